//! How an open store is doing.

use std::time::Duration;

use bigcommerce::{Pacing, Quota, WaitReason};
use commerce::{StatusId, Tick};
use jiff::Timestamp;
use journal::Counts;
use mirror::{Area, Marks, Unreadable};

use super::OpenStore;
use crate::{DataFile, Error, lock};

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
    /// Requests that wait until others have their answers.
    pub in_line: u32,
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

/// What the copy says of itself.
#[derive(Default)]
struct Pulled {
    marks: Marks,
    orders: u32,
    areas: Vec<AreaState>,
    awaiting_fulfillment: u32,
    unreadable: Vec<(Area, Unreadable)>,
}

impl OpenStore {
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
            in_line: pacing.map_or(0, |pacing| pacing.line_length),
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
