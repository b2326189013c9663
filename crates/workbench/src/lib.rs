//! Use cases: connect, refresh, browse and change a store.
//!
//! *Invariant:* every change goes plan → preview → journal → apply → settle → undo; nothing in
//! here sends a change of the shop that is not in the journal. (A token for the storefront is none;
//! the desk notes it.) Time, transport and randomness are handed in.

mod browse;
mod change;
mod connect;
mod doctor;
mod error;
mod home;
mod keeping;
mod leftover;
mod milestones;
mod notice;
mod older;
mod pictures;
mod refresh;
mod removing;
mod replacing;
mod sample;
mod store;
mod storefront;
mod stores;

/// Words of the rooms below, for those who translate them: `surface` and the hosts. Only words: what opens a file, a
/// connection or a keychain is reached through [`Workbench`] alone.
pub mod parts {
    /// Of the API's client.
    pub mod api {
        pub use bigcommerce::{
            Error, NetworkKind, Quota, StoreTrouble, WaitReason,
            request::storefront::{GraphqlError, NotAQuery},
        };
    }
    /// Of what people hand over, and of the keychain.
    pub mod credentials {
        pub use credentials::{
            AddressReading, FoundIn, HandedText, KeychainError, KeychainState, KeychainTrouble,
            StorefrontKind, TextKind, TokenMistake, read_address,
        };
    }
    /// Of what a person has set up.
    pub mod desk {
        pub use desk::{Profile, ProfileKey, Scope, TokenHome};
    }
    /// Of what was changed.
    pub mod journal {
        pub use journal::{
            Entry, EntryId, Filter, JobId, Query, Reason, Said, State, Step, StepKind,
        };
    }
    /// Of the copies.
    pub mod mirror {
        pub use mirror::{
            Area, CustomerSort, CustomersQuery, OrderSort, OrdersQuery, ProductSort, ProductsQuery,
            Query, StockIs, VisibilityIs,
        };
    }
}

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use bigcommerce::{ApiOrigin, Line, Pictures, Randomness, Transport};
use commerce::{AccessToken, Clock, StoreHash};
use credentials::{Keychain, Vault};
use desk::{Desk, ProfileKey};
use futures::future::AbortHandle;
use tokio::sync::broadcast;

pub use browse::{
    ActivityPage, CustomerDetail, CustomerRow, CustomersPage, Days, EntryDetail, Found,
    FoundCustomers, FoundOf, FoundOrders, FoundProducts, HomeNumbers, OrderDetail, OrderInList,
    OrdersPage, PartsRead, Period, ProductDetail, ProductRow, ProductsPage, SalesFigures,
    SalesOverTime, SinceYesterday, Span,
};
pub use change::{
    ASK_TWICE_ABOVE, About, Applied, AskTwice, Choice, Draft, Effect, ExportForm, JobProgress,
    KEEP_DAYS_MAX, LeftOut, LeftOutBecause, OrderDraft, Plan, PlanItem, PlanRequest, PriceDraft,
    ProductDraft,
};
pub use connect::{
    Attempt, CheckLine, CheckReport, CheckState, CheckStep, ConnectWish, Doubt, Grant, HandMistake,
    Handed, HandedFrom, HandedOver, LeftOver, Loss, SaveAs, ScopeLine,
};
pub use doctor::{Examination, Holdings, Refusal};
pub use error::{DataFile, Error};
pub use home::{Home, HomeError};
pub use milestones::{Milestone, Milestones, NoMilestones};
pub use notice::{Notice, What};
pub use pictures::{PictureSize, ShownPicture, picture_version};
pub use removing::RemoveAs;
pub use sample::{SampleAddress, SampleError, SampleStore};
pub use store::{AreaState, Phase, StoreState, TokenState, WaitState};
pub use storefront::{
    PastedToken, QUESTION_MAX, ServesPrograms, StorefrontAccess, StorefrontAccessToken,
    StorefrontAnswer, StorefrontQuestion, StorefrontTried, StorefrontTrouble, StorefrontWish,
    Which,
};

/// A store and token that the environment named when the app started.
#[derive(Clone)]
pub struct EnvironmentStore {
    /// Anything that names the store.
    pub address: String,
    /// The token.
    pub token: AccessToken,
}

/// What a workbench is made of.
pub struct Parts {
    /// The home, locked.
    pub home: Home,
    /// Where stores connected from now on have their API.
    pub origin: ApiOrigin,
    /// The way to the network.
    pub transport: Arc<dyn Transport>,
    /// The way to pictures.
    pub pictures: Pictures,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub randomness: Arc<dyn Randomness>,
    /// The system's keychain.
    pub keychain: Keychain,
    /// The built-in sample store.
    pub sample: Arc<dyn SampleStore>,
    /// A store named by the environment.
    pub environment: Option<EnvironmentStore>,
    /// Told of each state a change goes through.
    pub milestones: Arc<dyn Milestones>,
}

/// Everything Stockroom can do, for any window. Cheap to clone.
#[derive(Clone)]
pub struct Workbench {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) home: Home,
    pub(crate) origin: ApiOrigin,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) pictures: Pictures,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) vault: Vault,
    pub(crate) sample: Arc<dyn SampleStore>,
    pub(crate) environment: Option<EnvironmentStore>,
    pub(crate) milestones: Arc<dyn Milestones>,
    pub(crate) desk: Desk,
    /// Held while a profile is changed, so that an open store has what was written last.
    pub(crate) profiles: Mutex<()>,
    /// Held while what is kept of a store's tokens for its storefront is changed.
    pub(crate) storefronts: Mutex<()>,
    /// Made once for each home.
    pub(crate) home_id: String,
    /// No store is opened any more.
    pub(crate) closing: AtomicBool,
    pub(crate) notices: broadcast::Sender<Notice>,
    pub(crate) stores: Mutex<HashMap<ProfileKey, Arc<store::OpenStore>>>,
    /// Where all stand who want something of a store, by where it is and its hash.
    pub(crate) lines: Mutex<HashMap<(String, StoreHash), Line>>,
    /// Held, store by store, while it is opened, reset or removed.
    pub(crate) turns: Mutex<HashMap<ProfileKey, Arc<tokio::sync::Mutex<()>>>>,
    pub(crate) attempts: Mutex<HashMap<String, Arc<connect::Pending>>>,
    /// What was handed over last, for as long as nothing is saved.
    pub(crate) held: Mutex<Option<connect::Held>>,
    /// The file that was dropped on the window last.
    pub(crate) dropped: Mutex<Option<PathBuf>>,
    /// What the token that was saved last may have left lying about.
    pub(crate) left_over: Mutex<Option<connect::LeftOver>>,
    pub(crate) plans: Mutex<HashMap<String, Arc<Plan>>>,
    pub(crate) views: Mutex<browse::Views>,
    /// Questions to the keychain that a person may be looking at, by store.
    pub(crate) asking: Mutex<HashMap<ProfileKey, AbortHandle>>,
    /// Tokens that are being given, by store.
    pub(crate) giving: Mutex<HashMap<ProfileKey, AbortHandle>>,
    pub(crate) leftovers: Arc<leftover::Leftovers>,
    next_id: AtomicU64,
}

impl Workbench {
    /// Opens the desk in the home. No request is made and the keychain isn't touched.
    ///
    /// # Errors
    /// [`Error::File`] if the desk can't be used.
    pub fn open(parts: Parts) -> Result<Self, Error> {
        let desk = Desk::open(&parts.home.desk())?;
        let home_id = home_id(&desk, parts.randomness.as_ref())?;
        removing::finish_removals(&parts.home, &desk);
        Ok(Self {
            inner: Arc::new(Inner {
                home: parts.home,
                origin: parts.origin,
                transport: parts.transport,
                pictures: parts.pictures,
                clock: parts.clock,
                randomness: parts.randomness,
                vault: Vault::new(parts.keychain),
                sample: parts.sample,
                environment: parts.environment,
                milestones: parts.milestones,
                desk,
                profiles: Mutex::default(),
                storefronts: Mutex::default(),
                home_id,
                closing: AtomicBool::new(false),
                notices: broadcast::channel(256).0,
                stores: Mutex::default(),
                lines: Mutex::default(),
                turns: Mutex::default(),
                attempts: Mutex::default(),
                held: Mutex::default(),
                dropped: Mutex::default(),
                left_over: Mutex::default(),
                plans: Mutex::default(),
                views: Mutex::default(),
                asking: Mutex::default(),
                giving: Mutex::default(),
                leftovers: Arc::default(),
                next_id: AtomicU64::new(1),
            }),
        })
    }

    /// What happens unasked, from now on. A listener that falls behind by 256 notices misses some
    /// and should ask for everything again.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.inner.notices.subscribe()
    }

    /// The person's own things: profiles, layouts, drafts.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.inner.desk
    }

    /// Whether the environment named a store: its address as given and the token's last four.
    #[must_use]
    pub fn environment(&self) -> Option<(String, String)> {
        let environment = self.inner.environment.as_ref()?;
        Some((environment.address.clone(), environment.token.last_4()))
    }

    /// Where the home is.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.inner.home.path().to_owned()
    }
}

impl Inner {
    pub(crate) fn notify(&self, notice: Notice) {
        // Nobody listening is fine.
        let _ = self.notices.send(notice);
    }

    /// An id that no other of this home has, now or later.
    pub(crate) fn new_id(&self) -> String {
        let count = self.next_id.fetch_add(1, Ordering::Relaxed);
        let random = random_32(self.randomness.as_ref());
        format!(
            "{:x}-{count:x}-{random:08x}",
            self.clock.wall().as_millisecond()
        )
    }

    pub(crate) fn open_stores(&self) -> MutexGuard<'_, HashMap<ProfileKey, Arc<store::OpenStore>>> {
        lock(&self.stores)
    }
}

fn home_id(desk: &Desk, randomness: &dyn Randomness) -> Result<String, Error> {
    let kept = desk.setting(&desk::Scope::App, "home-id")?;
    if let Some(id) = kept.as_ref().and_then(serde_json::Value::as_str) {
        return Ok(id.to_owned());
    }
    let id = format!("{:08x}{:08x}", random_32(randomness), random_32(randomness));
    desk.set_setting(&desk::Scope::App, "home-id", &id.clone().into())?;
    Ok(id)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a unit times 2^32 fits"
)]
fn random_32(randomness: &dyn Randomness) -> u32 {
    (randomness.unit() * f64::from(u32::MAX)) as u32
}

/// Locks, also after a panic elsewhere: what is kept behind these locks is whole at every step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As [`on_disk`], for work on a store's files: if its copy turns out to be damaged, it is pulled
/// again.
pub(crate) async fn on_files<T: Send + 'static>(
    of: store::Watched,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = on_disk(work).await;
    if let Err(error) = &done {
        of.met(error);
    }
    done
}

/// Runs work on files away from the threads that serve the window.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(Error::Stopping),
    }
}
