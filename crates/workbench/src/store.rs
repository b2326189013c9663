//! A store that is open: its files, its client, and how it is doing.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, RwLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bigcommerce::{ApiOrigin, Client, ClientParts, Pacing, Quota, WaitReason};
use commerce::{Access, AccessToken, CurrencyCode, SafetyMode, Scope, StatusId, StoreHash, Tick};
use credentials::{KeychainError, Opens, Prompt, TokenKey};
use desk::{Profile, ProfileKey, TokenHome};
use jiff::Timestamp;
use journal::{Counts, JobId, Journal};
use mirror::{Area, Generation, Marks, Mirror, Unreadable};
use tokio::{sync::Notify, task::AbortHandle};

use crate::{
    DataFile, Error, Inner, Notice, lock, pictures::PictureShelf, refresh::Compared,
    storefront::Counter,
};

/// What the background work on a store is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Waits for its next turn.
    Idle,
    /// Pulls orders for the first time.
    FirstPull,
    /// Asks for what changed.
    Refreshing,
    /// Stopped until what is wrong is mended.
    Stopped,
}

/// Whether requests can be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// At hand.
    Ready,
    /// Not asked for yet.
    NotAsked,
    /// The keychain waits for the person.
    Unlocking,
    /// The keychain is locked.
    Locked,
    /// There is none (any more).
    Missing,
    /// There is no keychain.
    NoKeychain,
}

/// A pause in sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitState {
    /// How long from now.
    pub left: Duration,
    /// Why.
    pub because: WaitReason,
}

impl WaitState {
    /// The pause that the pacer makes, if it is not over.
    pub(crate) fn of(pacing: &Pacing, now: Tick) -> Option<Self> {
        let wait = pacing.waiting?;
        let left = wait.until.since(now);
        (!left.is_zero()).then_some(Self {
            left,
            because: wait.because,
        })
    }
}

/// How a kind of thing that the window has a list of is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaState {
    /// Which.
    pub area: Area,
    /// How many are here.
    pub here: u32,
    /// How many there are in the store, where it said so.
    pub in_store: Option<u32>,
    /// All of them have been here once.
    pub is_complete: bool,
    /// Why the store doesn't let us read them, if it doesn't.
    pub out_of_reach: Option<Error>,
}

/// How a store is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreState {
    /// Background work.
    pub phase: Phase,
    /// Orders here.
    pub orders: u32,
    /// Orders in the store, where it said so.
    pub orders_in_store: Option<u32>,
    /// Orders, products and customers.
    pub areas: Vec<AreaState>,
    /// How long a first pull still takes.
    pub left: Option<Duration>,
    /// When the last refresh ended.
    pub refreshed_at: Option<Timestamp>,
    /// Quota from the newest answer.
    pub quota: Option<Quota>,
    /// A pause in sending.
    pub waiting: Option<WaitState>,
    /// What keeps it from refreshing or sending.
    pub trouble: Option<Error>,
    /// Whether requests can be signed.
    pub token: TokenState,
    /// Orders awaiting fulfillment.
    pub awaiting_fulfillment: u32,
    /// Changes on their way.
    pub changes_waiting: u32,
    /// Changes a person has to look at.
    pub changes_to_look_at: u32,
    /// The copy was damaged and is being pulled again from its beginning.
    pub pulled_again: bool,
    /// What the store sent and could not be read, of each kind at most 20.
    pub unreadable: Vec<(Area, Unreadable)>,
}

#[derive(Default)]
struct Doing {
    phase: Option<Phase>,
    token: Option<TokenState>,
    refresh_trouble: Option<Error>,
    change_trouble: Option<Error>,
    left: Option<Duration>,
    pulled_again: bool,
    /// What the token may not read.
    out_of_reach: HashMap<Area, Error>,
}

/// What the copy says of itself.
#[derive(Default)]
struct Pulled {
    marks: Marks,
    orders: u32,
    areas: Vec<AreaState>,
    awaiting_fulfillment: u32,
    unreadable: Vec<(Area, Unreadable)>,
}

pub(crate) struct OpenStore {
    pub(crate) key: ProfileKey,
    pub(crate) bench: Weak<Inner>,
    pub(crate) mirror: Mirror,
    pub(crate) journal: Journal,
    pub(crate) pictures: PictureShelf,
    pub(crate) counter: Counter,
    pub(crate) compared: Compared,
    pub(crate) kick_refresh: Notify,
    pub(crate) kick_changes: Notify,
    profile: RwLock<Profile>,
    client: Mutex<Option<Client>>,
    /// Held while a token is being fetched, so that one prompt serves all who need it.
    signing: tokio::sync::Mutex<()>,
    doing: Mutex<Doing>,
    unlocking: Mutex<Option<AbortHandle>>,
    tasks: Mutex<Vec<tokio::task::JoinHandle<()>>>,
    /// Watches the present client's pacing; has nothing to end well, so it is just stopped.
    watcher: Mutex<Option<AbortHandle>>,
    closing: AtomicBool,
    /// Jobs that the person has held or stopped since the store was opened. What is held from earlier
    /// stands in the journal, and nothing of it is begun.
    halted: Mutex<HashSet<JobId>>,
    /// The job of which the store forbade something, and how often it did so one after the other.
    forbidden: Mutex<Option<(JobId, u32)>>,
    pending_stale: AtomicBool,
    damaged: AtomicBool,
    /// How fast changes go, since sending began last.
    pace: Mutex<Option<Pace>>,
    tidied_at: Mutex<Option<Tick>>,
}

#[derive(Clone, Copy)]
struct Pace {
    since: Tick,
    ended: u32,
}

/// Work on a store's files, whose failure may tell that the copy is damaged.
pub(crate) struct Watched {
    store: Arc<OpenStore>,
    copy: Generation,
}

impl Watched {
    /// Has the copy pulled again if `error` says that it is damaged.
    pub(crate) fn met(&self, error: &Error) {
        if *error == Error::Damaged(DataFile::Mirror) {
            self.store.found_damaged(self.copy);
        }
    }
}

impl OpenStore {
    pub(crate) fn new(
        bench: &Arc<Inner>,
        profile: Profile,
        mirror: Mirror,
        journal: Journal,
    ) -> Self {
        Self {
            key: profile.key.clone(),
            bench: Arc::downgrade(bench),
            mirror,
            journal,
            pictures: PictureShelf::default(),
            counter: Counter::default(),
            compared: Compared::default(),
            kick_refresh: Notify::new(),
            kick_changes: Notify::new(),
            profile: RwLock::new(profile),
            client: Mutex::default(),
            signing: tokio::sync::Mutex::default(),
            doing: Mutex::default(),
            unlocking: Mutex::default(),
            tasks: Mutex::default(),
            watcher: Mutex::default(),
            closing: AtomicBool::new(false),
            halted: Mutex::default(),
            forbidden: Mutex::default(),
            pending_stale: AtomicBool::new(false),
            damaged: AtomicBool::new(false),
            pace: Mutex::default(),
            tidied_at: Mutex::default(),
        }
    }

    /// For work that reads or writes the copy.
    pub(crate) fn watched(self: &Arc<Self>) -> Watched {
        Watched {
            store: Arc::clone(self),
            copy: self.mirror.generation(),
        }
    }

    /// Whether something was found that can't be read.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }

    fn found_damaged(&self, copy: Generation) {
        // What was found in a file that was set aside since says nothing of the new one.
        if self.mirror.generation() != copy || self.damaged.swap(true, Ordering::SeqCst) {
            return;
        }
        tracing::warn!(store = %self.key, "the copy is damaged");
        // On a disk that damages whatever is written, pulling again takes its time.
        if !lock(&self.doing).pulled_again {
            self.kick_refresh.notify_one();
        }
    }

    /// The copy is empty from now on, and what is pulled into it is sound.
    pub(crate) fn is_pulled_again(&self) {
        self.damaged.store(false, Ordering::SeqCst);
        self.set_doing(|doing| doing.pulled_again = true);
    }

    /// All of the store is in the copy.
    pub(crate) fn is_whole(&self) {
        self.set_doing(|doing| doing.pulled_again = false);
    }

    pub(crate) fn bench(&self) -> Result<Arc<Inner>, Error> {
        self.bench.upgrade().ok_or(Error::Stopping)
    }

    pub(crate) fn profile(&self) -> Profile {
        self.profile
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// The currency of the store's prices, where it has said so.
    pub(crate) fn currency(&self) -> Option<CurrencyCode> {
        self.profile().info.and_then(|info| info.currency)
    }

    /// The currency to show prices in: where the store hasn't said, the one most orders are in;
    /// without orders `XXX`, which stands for none.
    ///
    /// Source: ISO 4217.
    pub(crate) fn shown_currency(&self) -> Result<CurrencyCode, Error> {
        if let Some(currency) = self.currency() {
            return Ok(currency);
        }
        let usual = self.mirror.usual_currency()?;
        Ok(usual.unwrap_or_else(|| "XXX".parse().expect("it has three letters")))
    }

    pub(crate) fn set_profile(&self, profile: Profile) {
        *self
            .profile
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = profile;
    }

    /// The store has said which scopes may not even be read. Those that are known to lack only writing
    /// are kept, as long as they may be read. What is lacking now.
    ///
    /// # Errors
    /// [`Error::File`] and its kin.
    pub(crate) fn says_lacks(
        &self,
        unread: Vec<(Scope, Access)>,
    ) -> Result<Vec<(Scope, Access)>, Error> {
        let bench = self.bench()?;
        let mut profile = self.profile();
        let is_unread = |scope| unread.iter().any(|(lacked, _)| *lacked == scope);
        let mut lacks = profile.missing_scopes.clone();
        lacks.retain(|(scope, level)| *level == Access::Modify && !is_unread(*scope));
        lacks.extend(unread);
        lacks.sort_unstable();
        if lacks != profile.missing_scopes && !profile.is_sample {
            profile.missing_scopes.clone_from(&lacks);
            bench.desk.update_profile(&profile)?;
            self.set_profile(profile);
            bench.stale_app();
        }
        Ok(lacks)
    }

    /// The store has refused something for want of a scope: the profile says so from now on.
    ///
    /// # Errors
    /// [`Error::File`] and its kin.
    pub(crate) fn lacks(&self, scope: Scope, access: Access) -> Result<(), Error> {
        let bench = self.bench()?;
        let mut profile = self.profile();
        let known = |(lacked, level): &(Scope, Access)| *lacked == scope && *level <= access;
        if profile.is_sample || profile.missing_scopes.iter().any(known) {
            return Ok(());
        }
        profile
            .missing_scopes
            .retain(|(lacked, _)| *lacked != scope);
        profile.missing_scopes.push((scope, access));
        profile.missing_scopes.sort_unstable();
        bench.desk.update_profile(&profile)?;
        self.set_profile(profile);
        bench.stale_app();
        Ok(())
    }

    pub(crate) fn add_task(&self, task: tokio::task::JoinHandle<()>) {
        lock(&self.tasks).push(task);
    }

    /// Asks the background work to end where it stands well.
    pub(crate) fn close(&self) -> Vec<tokio::task::JoinHandle<()>> {
        self.closing.store(true, Ordering::SeqCst);
        self.cancel_unlock();
        if let Some(watcher) = lock(&self.watcher).take() {
            watcher.abort();
        }
        self.kick_changes.notify_one();
        self.kick_refresh.notify_one();
        std::mem::take(&mut *lock(&self.tasks))
    }

    /// Sending begins.
    pub(crate) fn begin(&self, now: Tick) {
        *lock(&self.pace) = Some(Pace {
            since: now,
            ended: 0,
        });
    }

    /// Nothing is being sent any more.
    pub(crate) fn rest(&self) {
        *lock(&self.pace) = None;
    }

    /// So many changes came to their end.
    pub(crate) fn pace(&self, ended: usize) {
        if let Some(pace) = lock(&self.pace).as_mut() {
            let ended = u32::try_from(ended).unwrap_or(u32::MAX);
            pace.ended = pace.ended.saturating_add(ended);
        }
    }

    /// How long a change took, on average, since sending began.
    pub(crate) fn pace_so_far(&self) -> Option<Duration> {
        let pace = (*lock(&self.pace)).filter(|pace| pace.ended > 0)?;
        let now = self.bench.upgrade()?.clock.now();
        Some(now.since(pace.since) / pace.ended)
    }

    /// Whether it is so long since this said yes.
    pub(crate) fn is_time_to_tidy(&self, now: Tick, every: Duration) -> bool {
        let mut last = lock(&self.tidied_at);
        let is_time = last.is_none_or(|last| now.since(last) >= every);
        if is_time {
            *last = Some(now);
        }
        is_time
    }

    /// The store's quota by its newest answer.
    pub(crate) fn quota(&self) -> Option<Quota> {
        lock(&self.client).as_ref().and_then(Client::quota)
    }

    /// Lists don't show what the journal says; to be put right at the next opportunity.
    pub(crate) fn pending_is_stale(&self) {
        self.pending_stale.store(true, Ordering::SeqCst);
    }

    pub(crate) fn take_pending_is_stale(&self) -> bool {
        self.pending_stale.swap(false, Ordering::SeqCst)
    }

    /// How often the store has forbidden something of this job, one after the other, this time included.
    pub(crate) fn forbidden_in_a_row(&self, job: &JobId) -> u32 {
        let mut forbidden = lock(&self.forbidden);
        let before = forbidden.take().filter(|(other, _)| other == job);
        let times = before.map_or(1, |(_, times)| times + 1);
        *forbidden = Some((job.clone(), times));
        times
    }

    /// The store did something.
    pub(crate) fn was_allowed(&self) {
        *lock(&self.forbidden) = None;
    }

    /// Nothing more of this job goes out from now on, or it may again.
    pub(crate) fn halt(&self, job: &JobId, is_halted: bool) {
        let mut halted = lock(&self.halted);
        if is_halted {
            halted.insert(job.clone());
        } else {
            halted.remove(job);
        }
    }

    /// Whether the person lets something of this job go out at this very moment.
    pub(crate) fn may_go(&self, job: &JobId) -> bool {
        !self.is_closing()
            && self.profile().safety != SafetyMode::ReadOnly
            && !lock(&self.halted).contains(job)
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// The client, made with the token from wherever it is kept.
    ///
    /// # Errors
    /// [`Error::OtherOrigin`], [`Error::Keychain`], [`Error::Sample`].
    pub(crate) async fn client(&self, prompt: Prompt) -> Result<Client, Error> {
        let here = || lock(&self.client).clone();
        if let Some(client) = here() {
            return Ok(client);
        }
        let _turn = self.signing.lock().await;
        if let Some(client) = here() {
            return Ok(client);
        }
        let bench = self.bench()?;
        let profile = self.profile();
        let made = self.sign(&bench, &profile, prompt).await;
        let (token_state, client) = match made {
            Ok(client) => (TokenState::Ready, Ok(client)),
            Err(error) => {
                let state = match &error {
                    Error::Keychain(KeychainError::Absent) => TokenState::NoKeychain,
                    Error::Keychain(KeychainError::NoEntry | KeychainError::Ambiguous) => {
                        TokenState::Missing
                    }
                    Error::Keychain(_) => TokenState::Locked,
                    _ => TokenState::NotAsked,
                };
                (state, Err(error))
            }
        };
        self.set_doing(|doing| {
            // A try that asks nobody says nothing of the question that the person is looking at.
            let is_asked = doing.token == Some(TokenState::Unlocking) && prompt == Prompt::Never;
            if !is_asked || client.is_ok() {
                doing.token = Some(token_state);
            }
        });
        let client = client?;
        *lock(&self.client) = Some(client.clone());
        self.watch_pacing(&client);
        Ok(client)
    }

    async fn sign(
        &self,
        bench: &Inner,
        profile: &Profile,
        prompt: Prompt,
    ) -> Result<Client, Error> {
        if profile.is_sample {
            let folder = bench.home.store(&profile.key).map_err(folder_error)?;
            let sample = bench
                .sample
                .start(&folder)
                .await
                .map_err(|error| Error::Sample(error.to_string()))?;
            return Ok(new_client(bench, sample.origin, sample.hash, sample.token));
        }
        if profile.origin != bench.origin.as_str() {
            return Err(Error::OtherOrigin);
        }
        let key = bench.token_key(profile);
        // What was to be kept only until quitting is never looked for in the keychain.
        let is_kept = match profile.token_home {
            TokenHome::Session | TokenHome::SessionOverOlder => bench.vault.is_session_only(&key),
            TokenHome::Keychain | TokenHome::Sample => true,
        };
        if !is_kept {
            return Err(KeychainError::NoEntry.into());
        }
        let token = bench.vault.load(&key, prompt).await?;
        bench.forget_leftovers().await;
        if let Some(settled) = bench.settle_replacement(profile, &token) {
            self.set_profile(settled);
            bench.stale_app();
        }
        Ok(new_client(
            bench,
            bench.origin.clone(),
            profile.hash.clone(),
            token,
        ))
    }

    /// Signs with another token from now on.
    pub(crate) fn forget_client(&self) {
        *lock(&self.client) = None;
        self.counter.forget_ways();
        self.set_doing(|doing| {
            doing.token = None;
            doing.out_of_reach.clear();
            doing.refresh_trouble = None;
            doing.change_trouble = None;
        });
    }

    /// Tells the window when sending has to wait, and when it goes on.
    fn watch_pacing(&self, client: &Client) {
        let mut pacing = client.pacing();
        let (bench, key) = (self.bench.clone(), self.key.clone());
        let mut was_waiting = false;
        let watcher = tokio::spawn(async move {
            while pacing.changed().await.is_ok() {
                let is_waiting = pacing.borrow_and_update().waiting.is_some();
                let Some(bench) = bench.upgrade() else { return };
                if is_waiting || was_waiting != is_waiting {
                    bench.notify(Notice::State(key.clone()));
                }
                was_waiting = is_waiting;
            }
        });
        if let Some(before) = lock(&self.watcher).replace(watcher.abort_handle()) {
            before.abort();
        }
    }

    /// Waits for the keychain's prompt in a way that can be stopped.
    pub(crate) async fn unlock(self: &Arc<Self>) -> Result<(), Error> {
        self.set_doing(|doing| doing.token = Some(TokenState::Unlocking));
        let store = Arc::clone(self);
        let task = tokio::spawn(async move { store.client(Prompt::Allowed).await.map(drop) });
        *lock(&self.unlocking) = Some(task.abort_handle());
        let done = task.await;
        *lock(&self.unlocking) = None;
        match done {
            Ok(result) => {
                if result.is_ok() {
                    self.kick_refresh.notify_one();
                    self.kick_changes.notify_one();
                }
                result
            }
            Err(_) => {
                self.set_doing(|doing| doing.token = Some(TokenState::Locked));
                Err(Error::Cancelled)
            }
        }
    }

    pub(crate) fn cancel_unlock(&self) {
        if let Some(task) = lock(&self.unlocking).take() {
            task.abort();
        }
    }

    pub(crate) fn set_phase(&self, phase: Phase, left: Option<Duration>) {
        self.set_doing(|doing| {
            doing.phase = Some(phase);
            doing.left = left;
        });
    }

    /// Notes what the token may not read, or that it may again.
    pub(crate) fn set_out_of_reach(&self, area: Area, because: Option<Error>) {
        self.set_doing(|doing| {
            match because {
                Some(because) => doing.out_of_reach.insert(area, because),
                None => doing.out_of_reach.remove(&area),
            };
        });
    }

    /// Why the store doesn't let us read these, as far as that was tried.
    /// The store was connected for something that needs this.
    pub(crate) fn is_wanted(&self, area: Area) -> bool {
        self.profile().preset.level(scope_of(area)).is_some()
    }

    /// What the token may not read, and was not made to read, is not asked for in vain.
    pub(crate) fn leave_out_what_is_not_wanted(&self) {
        let lacked = self.profile().missing_scopes;
        for area in [
            Area::Orders,
            Area::Products,
            Area::Brands,
            Area::Categories,
            Area::Customers,
        ] {
            let lack = (scope_of(area), Access::Read);
            if lacked.contains(&lack) && !self.is_wanted(area) && self.out_of_reach(area).is_none()
            {
                let needs = Some(lack);
                let because = bigcommerce::Error::MissingScope { needs };
                self.set_out_of_reach(area, Some(because.into()));
            }
        }
    }

    pub(crate) fn out_of_reach(&self, area: Area) -> Option<Error> {
        lock(&self.doing).out_of_reach.get(&area).cloned()
    }

    /// Has everything tried again that the token may not read.
    pub(crate) fn reach_again(&self) {
        lock(&self.doing).out_of_reach.clear();
    }

    /// Whether that is what kept it from refreshing or sending already.
    pub(crate) fn is_known(&self, trouble: &Error) -> bool {
        let doing = lock(&self.doing);
        [&doing.refresh_trouble, &doing.change_trouble].contains(&&Some(trouble.clone()))
    }

    pub(crate) fn set_refresh_trouble(&self, trouble: Option<Error>) {
        self.set_doing(|doing| doing.refresh_trouble = trouble);
    }

    /// The store has answered a refresh: what kept it from answering is over, however long the rest
    /// of the refresh takes.
    pub(crate) fn answered(&self) {
        use bigcommerce::Error as Api;
        let is_over = matches!(
            lock(&self.doing).refresh_trouble,
            Some(
                Error::Api(
                    Api::Network { .. }
                        | Api::StoreUnavailable { .. }
                        | Api::RateLimited { .. }
                        | Api::DeadlinePassed { .. }
                        | Api::Unauthorized
                ) | Error::Keychain(_)
            )
        );
        if is_over {
            self.set_refresh_trouble(None);
            // What waited for the store need not wait for its own next try.
            self.kick_changes.notify_one();
        }
    }

    pub(crate) fn set_change_trouble(&self, trouble: Option<Error>) {
        self.set_doing(|doing| doing.change_trouble = trouble);
    }

    fn set_doing(&self, change: impl FnOnce(&mut Doing)) {
        change(&mut lock(&self.doing));
        if let Some(bench) = self.bench.upgrade() {
            bench.notify(Notice::State(self.key.clone()));
        }
    }

    /// How the store is doing. Reads files only.
    pub(crate) fn state(&self) -> Result<StoreState, Error> {
        let bench = self.bench()?;
        let copy = self.mirror.generation();
        let pulled = match self.pulled() {
            Err(Error::Damaged(DataFile::Mirror)) => {
                self.found_damaged(copy);
                Pulled::default()
            }
            pulled => pulled?,
        };
        let (counts, journal_trouble) = match self.journal.counts().map_err(Error::from) {
            Err(error @ Error::Damaged(DataFile::Journal)) => (Counts::default(), Some(error)),
            counts => (counts?, None),
        };
        let pacing = lock(&self.client)
            .as_ref()
            .map(|client| *client.pacing().borrow());
        let now = bench.clock.now();
        let doing = lock(&self.doing);
        Ok(StoreState {
            phase: doing.phase.unwrap_or(Phase::Idle),
            orders: pulled.orders,
            orders_in_store: pulled.marks.in_store,
            areas: pulled.areas,
            left: doing.left,
            refreshed_at: pulled.marks.refreshed_at,
            quota: pacing.and_then(|pacing| pacing.quota),
            waiting: pacing.and_then(|pacing| WaitState::of(&pacing, now)),
            trouble: journal_trouble
                .or_else(|| doing.refresh_trouble.clone())
                .or_else(|| doing.change_trouble.clone())
                .or_else(|| {
                    self.is_damaged()
                        .then_some(Error::Damaged(DataFile::Mirror))
                }),
            token: doing.token.unwrap_or(TokenState::NotAsked),
            awaiting_fulfillment: pulled.awaiting_fulfillment,
            changes_waiting: counts.on_the_way,
            changes_to_look_at: counts.to_look_at,
            pulled_again: doing.pulled_again,
            unreadable: pulled.unreadable,
        })
    }

    fn pulled(&self) -> Result<Pulled, Error> {
        let by_status = self.mirror.counts_by_status()?;
        let areas = [Area::Orders, Area::Products, Area::Customers];
        let area = |area| {
            let marks = self.mirror.marks(area)?;
            Ok(AreaState {
                area,
                here: self.mirror.count(area)?,
                in_store: marks.in_store,
                is_complete: marks.first_pull_done,
                out_of_reach: self.out_of_reach(area),
            })
        };
        Ok(Pulled {
            marks: self.mirror.marks(Area::Orders)?,
            orders: self.mirror.order_count()?,
            areas: areas.into_iter().map(area).collect::<Result<_, Error>>()?,
            awaiting_fulfillment: by_status
                .iter()
                .find(|(status, _)| *status == StatusId::AWAITING_FULFILLMENT)
                .map_or(0, |(_, count)| *count),
            unreadable: self.mirror.unreadable(20)?,
        })
    }
}

impl Inner {
    /// Under which name a profile's token is kept. Homes have names of their own: a token that was
    /// given to one is out of the others' reach, whatever address those send requests to.
    pub(crate) fn token_key(&self, profile: &Profile) -> TokenKey {
        TokenKey {
            store: format!("{}/{}", self.home_id, profile.key),
            hash: profile.hash.clone(),
            opens: Opens::Api,
        }
    }
}

/// The scope that lets an area be read.
const fn scope_of(area: Area) -> Scope {
    match area {
        Area::Orders => Scope::Orders,
        Area::Products | Area::Brands | Area::Categories => Scope::Products,
        Area::Customers => Scope::Customers,
    }
}

pub(crate) fn new_client(
    bench: &Inner,
    origin: ApiOrigin,
    hash: StoreHash,
    token: AccessToken,
) -> Client {
    Client::new(ClientParts {
        origin,
        hash,
        token,
        transport: Arc::clone(&bench.transport),
        clock: Arc::clone(&bench.clock),
        randomness: Arc::clone(&bench.randomness),
    })
}

pub(crate) fn folder_error(error: std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::StorageFull {
        Error::DiskFull
    } else {
        Error::File {
            file: crate::DataFile::Mirror,
            what: error.kind().to_string(),
        }
    }
}
