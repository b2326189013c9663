//! A store that is open: its files, the work on it, and what is known of it.

mod access;
mod pace;
mod scopes;
mod state;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, RwLock, Weak,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::Quota;
use commerce::{CurrencyCode, SafetyMode, Scope, StoreInfo, Tick, WeightUnit};
use desk::{Profile, ProfileKey};
use jiff::Timestamp;
use journal::{JobId, Journal};
use mirror::{Area, Generation, Mirror};
use tokio::{sync::Notify, task::AbortHandle};

use crate::{
    DataFile, Error, Inner, Notice,
    change::Troubles,
    lock,
    pictures::PictureShelf,
    refresh::{Compared, Unanswered},
    storefront::Counter,
};

use pace::Pace;

pub(crate) use access::{Signed, new_client};
pub use state::{AreaState, Phase, StoreState, TokenState, WaitState};

#[derive(Default)]
struct Doing {
    phase: Option<Phase>,
    token: Option<TokenState>,
    refresh_trouble: Option<Error>,
    change_trouble: Option<Error>,
    left: Option<Duration>,
    pulled_again: bool,
    /// The store has been asked what it says of itself, and asking once more would tell no more.
    told_of_itself: bool,
    /// What the token may not read.
    out_of_reach: HashMap<Area, Error>,
}

pub(crate) struct OpenStore {
    pub(crate) key: ProfileKey,
    pub(crate) bench: Weak<Inner>,
    pub(crate) mirror: Mirror,
    pub(crate) journal: Journal,
    pub(crate) pictures: PictureShelf,
    pub(crate) counter: Counter,
    pub(crate) compared: Compared,
    pub(crate) refunds_unanswered: Unanswered,
    /// Orders that came in and that the person has not seen, as far as anybody knows.
    pub(crate) unseen_orders: AtomicU32,
    pub(crate) kick_refresh: Notify,
    pub(crate) kick_changes: Notify,
    profile: RwLock<Profile>,
    client: Mutex<Option<Signed>>,
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
    /// The newest that was heard of the store's own clock since the store was opened.
    server_time: Mutex<Option<Timestamp>>,
    troubles: Mutex<Troubles>,
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
            refunds_unanswered: Unanswered::default(),
            unseen_orders: AtomicU32::new(0),
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
            server_time: Mutex::default(),
            troubles: Mutex::default(),
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

    /// What the store weighs its products in, where it has said so.
    pub(crate) fn weight_unit(&self) -> Option<WeightUnit> {
        self.profile().info.and_then(|info| info.weight_unit)
    }

    /// Whether to ask what the store says of itself: some of that isn't known, and may be learned.
    pub(crate) fn is_to_tell_of_itself(&self) -> bool {
        let info = self.profile().info;
        let is_known = info.is_some_and(|info| info.weight_unit.is_some());
        let is_told = lock(&self.doing).told_of_itself;
        !is_known && !is_told && !self.is_known_to_lack(Scope::Information)
    }

    /// What the store says of itself: the profile says so from now on.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`] and its kin.
    pub(crate) fn tells_of_itself(&self, info: StoreInfo) -> Result<(), Error> {
        let bench = self.bench()?;
        bench.change_profile(&self.key, |profile| profile.info = Some(info))?;
        self.tells_nothing_of_itself();
        bench.stale_app();
        Ok(())
    }

    /// There is nothing (more) that the store would tell this token of itself.
    pub(crate) fn tells_nothing_of_itself(&self) {
        lock(&self.doing).told_of_itself = true;
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

    /// Whether this is the number of the token that is in use.
    pub(crate) fn signs_with(&self, token_number: u32) -> bool {
        self.profile().token_number == token_number
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
        *lock(&self.pace) = Some(Pace::since(now));
    }

    /// Nothing is being sent any more.
    pub(crate) fn rest(&self) {
        *lock(&self.pace) = None;
    }

    /// So many changes came to their end.
    pub(crate) fn pace(&self, ended: usize) {
        if let Some(pace) = lock(&self.pace).as_mut() {
            pace.add(ended);
        }
    }

    /// How long a change took, on average, since sending began.
    pub(crate) fn pace_so_far(&self) -> Option<Duration> {
        let pace = (*lock(&self.pace))?;
        pace.each(self.bench.upgrade()?.clock.now())
    }

    /// What of the changes on their way failed without saying whose trouble it is.
    pub(crate) fn troubles(&self) -> MutexGuard<'_, Troubles> {
        lock(&self.troubles)
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

    /// What the store's own clock was when it answered.
    pub(crate) fn says_the_time(&self, time: Timestamp) {
        let mut newest = lock(&self.server_time);
        let is_first = newest.is_none();
        *newest = (*newest).max(Some(time));
        drop(newest);
        if is_first {
            // Tidying up has waited for it.
            self.kick_changes.notify_one();
        }
    }

    /// The store's own clock, which is not older than its last refresh; `None` before any answer since the
    /// store was opened.
    pub(crate) fn server_time(&self) -> Option<Timestamp> {
        *lock(&self.server_time)
    }

    /// The store's quota by its newest answer.
    pub(crate) fn quota(&self) -> Option<Quota> {
        lock(&self.client)
            .as_ref()
            .and_then(|signed| signed.quota())
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

    pub(crate) fn set_phase(&self, phase: Phase, left: Option<Duration>) {
        self.set_doing(|doing| {
            doing.phase = Some(phase);
            doing.left = left;
        });
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
                    | Error::WrongStore
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
