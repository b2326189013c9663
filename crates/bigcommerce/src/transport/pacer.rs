//! Who may send next, and when.
//!
//! One pacer per store. It follows the store's own headers, because other apps use up the same
//! quota; nothing is sent when the newest headers less our own requests under way leave nothing.
//!
//! Of the places under way, one is kept for a person and for edits: what happens behind their backs
//! may be slow, and who waits at the window must not wait for that.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use commerce::{Clock, Tick};
use futures::future::{Either, select};
use tokio::sync::{Notify, watch};

use super::{
    Quota, Randomness,
    quota::{LONGEST_WAIT, Told},
};
use crate::{Kind, Request, request::Apart};

/// Who is asking. The first variant goes first; within a lane, whoever asked first.
///
/// One of the places for requests under way is kept for [`Lane::Person`] and [`Lane::Edit`], so
/// that they never wait until one of the other lanes has its answer. A pause that the store asks
/// for, and a quota that is used up, hold back everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Somebody is looking at the window, waiting.
    Person,
    /// A change is being applied.
    Edit,
    /// Looking for what is new.
    Refresh,
    /// The first copy of a store.
    FirstPull,
    /// Whatever has time.
    Backfill,
}

impl Lane {
    /// Nobody is waiting for it.
    const fn is_background(self) -> bool {
        match self {
            Self::Person | Self::Edit => false,
            Self::Refresh | Self::FirstPull | Self::Backfill => true,
        }
    }
}

/// Why nothing is being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaitReason {
    /// The window's requests are used up, by us or by other apps.
    QuotaUsedUp,
    /// The store answered that it wants us to wait.
    StoreAskedToWait,
    /// Something failed and is tried again after a pause.
    BackingOff,
    /// Enough requests are under way, or others go first. Nobody knows how long that takes, so it is
    /// only told once the time is up: by [`Error::DeadlinePassed`](crate::Error::DeadlinePassed).
    InLine,
}

/// A wait with a known end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When it goes on, at the earliest.
    pub until: Tick,
    /// What for. Never [`WaitReason::InLine`].
    pub because: WaitReason,
    /// Who waits; of several whoever goes first, those among them that are tried again.
    pub lane: Lane,
}

/// What a store's pacer is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pacing {
    /// The quota as the newest answer told it; `None` before any, or where there is no limit.
    pub quota: Option<Quota>,
    /// Why and until when whoever goes first waits, if somebody does.
    pub waiting: Option<Wait>,
    /// Requests under way.
    pub in_flight: u32,
}

/// Most requests under way at a time, one less in the background. Source: BigCommerce documentation, "API rate limits":
/// several resources allow three.
const IN_FLIGHT_MAX: u32 = 3;
/// Answers without trouble after which one more request may be under way again.
const CALM_ANSWERS: u32 = 8;
/// Added to the store's reset, so that clocks and the network don't make us early.
const MARGIN: Duration = Duration::from_millis(100);
/// Up to so much more, at random, so that apps don't all come back at once.
const SPREAD: Duration = Duration::from_millis(400);
const OVERLOAD_BASE: Duration = Duration::from_secs(1);
const OVERLOAD_LONGEST: Duration = Duration::from_secs(60);

/// Why a turn did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoTurn {
    /// The wait would pass the deadline.
    Wait { retry_after: Duration },
    /// The deadline passed in line.
    Deadline,
}

pub(crate) struct Pacer {
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    state: Mutex<State>,
    pacing: watch::Sender<Pacing>,
    shown_version: AtomicU64,
}

/// A place in line: lane first, then the number drawn on arrival.
type Place = (Lane, u64);

/// What keeps a request from being under way together with some others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Alone {
    /// Others to the same path.
    Path(String),
    /// Others of the operation of that name.
    Operation(&'static str),
    /// Bulk changes of stock, against those of anything else.
    BulkOfStock,
    /// Bulk changes of anything else, against those of stock.
    BulkOfOthers,
}

impl Alone {
    pub(crate) fn of<T>(request: &Request<T>) -> Option<Self> {
        match request.apart() {
            Apart::Nothing => None,
            Apart::Same => Some(Self::Path(request.path().to_owned())),
            Apart::SameOperation => request
                .operation()
                .map(|operation| Self::Operation(operation.name)),
            Apart::BulkOfOthers => Some(Self::BulkOfStock),
            Apart::BulkOfStock => Some(Self::BulkOfOthers),
        }
    }

    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(one), Self::Path(other)) => one == other,
            (Self::Operation(one), Self::Operation(other)) => one == other,
            (Self::BulkOfStock, Self::BulkOfOthers) | (Self::BulkOfOthers, Self::BulkOfStock) => {
                true
            }
            _ => false,
        }
    }
}

/// What a request may be under way together with.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    alone: Option<Alone>,
    /// No more than [`IN_FLIGHT_MAX`] of these together, whatever room was made.
    ///
    /// Source: BigCommerce REST reference: changes of customers and of their addresses, and
    /// everything about their attributes, go three at a time.
    is_capped: bool,
}

impl Company {
    pub(crate) fn of<T>(request: &Request<T>) -> Self {
        Self {
            alone: Alone::of(request),
            is_capped: request.kind() != Kind::Read || request.path().starts_with("/v3/customers"),
        }
    }
}

/// Somebody in line.
struct Waiter {
    notify: Arc<Notify>,
    company: Company,
}

#[derive(Default)]
struct State {
    version: u64,
    next_number: u64,
    turns_begun: u64,
    line: BTreeMap<Place, Waiter>,
    /// Of those under way, what they may not be together with.
    alone: Vec<Alone>,
    backing_off: BTreeMap<Place, Tick>,
    in_flight: u32,
    /// Of these, those of which only a few may be.
    capped: u32,
    /// Of these, those in the background.
    background: u32,
    in_flight_max: u32,
    /// How many asked for more than usual.
    rooms: u32,
    calm_answers: u32,
    overloads_in_a_row: u32,
    /// Turns begun until the newest 429 came.
    overloaded_after_turn: u64,
    heard: Option<Heard>,
    /// Until when nobody sends, and why.
    hold: Option<(Tick, WaitReason)>,
}

/// The newest headers.
struct Heard {
    quota: Quota,
    /// Turns begun until they came.
    after_turn: u64,
}

/// What keeps the first in line from sending.
#[derive(Clone, Copy)]
enum Obstacle {
    Time(Tick, WaitReason),
    InFlight,
}

impl State {
    /// Every place that such a request may take is taken.
    fn is_full(&self, lane: Lane) -> bool {
        if lane.is_background() {
            let places = self.in_flight_max.saturating_sub(1).max(1);
            self.in_flight >= self.in_flight_max || self.background >= places
        } else {
            // With everything under way in the background there is always one more place, also
            // when an overload has left no other.
            let others_are_out = self.in_flight > self.background;
            others_are_out && self.in_flight >= self.in_flight_max
        }
    }

    /// What keeps a request of that lane from being sent, were it the first in line.
    fn obstacle(&self, now: Tick, lane: Lane) -> Option<Obstacle> {
        if let Some((until, because)) = self.hold.filter(|(until, _)| *until > now) {
            return Some(Obstacle::Time(until, because));
        }
        if self.is_full(lane) {
            return Some(Obstacle::InFlight);
        }
        let heard = self.heard.as_ref()?;
        let quota = heard.quota;
        if quota.resets_at <= now {
            // A new window nobody has told us about yet: at most its quota under way.
            return (self.in_flight >= quota.quota).then_some(Obstacle::InFlight);
        }
        (quota.left <= self.in_flight)
            .then_some(Obstacle::Time(quota.resets_at, WaitReason::QuotaUsedUp))
    }

    /// Whether one under way keeps it from going out, whatever the quota.
    fn is_kept_apart(&self, company: &Company) -> bool {
        let Company { alone, is_capped } = company;
        (*is_capped && self.capped >= IN_FLIGHT_MAX)
            || alone
                .as_ref()
                .is_some_and(|alone| self.alone.iter().any(|other| alone.excludes(other)))
    }

    /// Who is next: the first in line that none under way keeps back. Whoever is kept back lets
    /// the others past, but for those that would keep them back in turn.
    fn next(&self) -> Option<(Place, &Waiter)> {
        let mut kept: Vec<&Alone> = Vec::new();
        for (place, waiter) in &self.line {
            let alone = waiter.company.alone.as_ref();
            let is_barred = alone.is_some_and(|alone| kept.iter().any(|one| one.excludes(alone)));
            if !is_barred && !self.is_kept_apart(&waiter.company) {
                return Some((*place, waiter));
            }
            if let Some(alone) = alone
                && !kept.contains(&alone)
            {
                kept.push(alone);
            }
        }
        None
    }

    fn wake_first(&self) {
        if let Some((_, waiter)) = self.next() {
            waiter.notify.notify_one();
        }
    }

    fn pacing(&self, now: Tick) -> Pacing {
        // Whoever is kept apart waits for the same, and for longer.
        let in_line =
            self.line
                .keys()
                .next()
                .and_then(|place| match self.obstacle(now, place.0)? {
                    Obstacle::Time(until, because) => Some((*place, until, because)),
                    Obstacle::InFlight => None,
                });
        let backing_off = self.backing_off.iter().next();
        let backing_off =
            backing_off.map(|(place, until)| (*place, *until, WaitReason::BackingOff));
        let waiting = in_line
            .into_iter()
            .chain(backing_off)
            .min_by_key(|(place, ..)| *place);
        Pacing {
            quota: self.heard.as_ref().map(|heard| heard.quota),
            waiting: waiting.map(|((lane, _), until, because)| Wait {
                until,
                because,
                lane,
            }),
            in_flight: self.in_flight,
        }
    }

    /// Takes over what an answer told, unless newer headers are known.
    fn hear(&mut self, quota: Quota, turn: u64) {
        let newest = match &self.heard {
            None => quota,
            // Asked after the last headers came: certainly newer.
            Some(heard) if turn > heard.after_turn => quota,
            // The two crossed on the way, and which the store wrote last can't be known.
            Some(heard) => {
                let half = heard.quota.window / 2;
                if quota.resets_at > heard.quota.resets_at + half {
                    quota
                } else if quota.resets_at + half < heard.quota.resets_at {
                    return;
                } else {
                    Quota {
                        left: quota.left.min(heard.quota.left),
                        resets_at: quota.resets_at.max(heard.quota.resets_at),
                        ..quota
                    }
                }
            }
        };
        self.heard = Some(Heard {
            quota: newest,
            after_turn: self.turns_begun,
        });
    }
}

impl Pacer {
    pub(crate) fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        let state = State {
            in_flight_max: IN_FLIGHT_MAX,
            ..State::default()
        };
        Self {
            clock,
            randomness,
            state: Mutex::new(state),
            pacing: watch::Sender::new(Pacing::default()),
            shown_version: AtomicU64::new(0),
        }
    }

    /// Another one, with the same clock and randomness, that knows nothing yet.
    pub(crate) fn another(&self) -> Self {
        Self::new(Arc::clone(&self.clock), Arc::clone(&self.randomness))
    }

    /// Lets more be under way at a time than usual, until the store finds it too much or the last
    /// such room is given back.
    pub(crate) fn make_room(self: &Arc<Self>, most: u32) -> Room {
        self.change(|state| {
            state.rooms += 1;
            // A store that found the usual too much is not asked more for somebody new in its line.
            if state.in_flight_max >= IN_FLIGHT_MAX {
                state.in_flight_max = state.in_flight_max.max(most);
            }
        });
        Room(Arc::clone(self))
    }

    pub(crate) fn pacing(&self) -> watch::Receiver<Pacing> {
        self.pacing.subscribe()
    }

    pub(crate) fn quota(&self) -> Option<Quota> {
        self.lock().heard.as_ref().map(|heard| heard.quota)
    }

    /// A place at the end of a lane, kept through all tries of one request.
    pub(crate) fn place(&self, lane: Lane) -> Place {
        let mut state = self.lock();
        state.next_number += 1;
        (lane, state.next_number)
    }

    /// Waits for the turn. Dropping the future gives the place up.
    pub(crate) async fn turn(
        &self,
        place: Place,
        company: Company,
        deadline: Tick,
    ) -> Result<Turn<'_>, NoTurn> {
        let notify = Arc::new(Notify::new());
        let in_line = InLine { pacer: self, place };
        self.change(|state| {
            let waiter = Waiter {
                notify: Arc::clone(&notify),
                company: company.clone(),
            };
            state.line.insert(place, waiter);
        });
        loop {
            let now = self.clock.now();
            if now >= deadline {
                return Err(NoTurn::Deadline);
            }
            let wake_at = {
                let mut state = self.lock();
                let is_first = state.next().map(|(next, _)| next) == Some(place);
                match state.obstacle(now, place.0) {
                    Some(Obstacle::Time(until, _)) if until > deadline => {
                        return Err(NoTurn::Wait {
                            retry_after: until.since(now),
                        });
                    }
                    Some(Obstacle::Time(until, _)) if is_first => until,
                    None if is_first => {
                        state.in_flight += 1;
                        state.background += u32::from(place.0.is_background());
                        state.turns_begun += 1;
                        state.capped += u32::from(company.is_capped);
                        state.alone.extend(company.alone.clone());
                        let number = state.turns_begun;
                        drop(state);
                        drop(in_line);
                        return Ok(Turn {
                            pacer: self,
                            lane: place.0,
                            company,
                            number,
                            began_at: now,
                            may_be_counted: true,
                        });
                    }
                    Some(_) | None => deadline,
                }
            };
            self.publish();
            let notified = std::pin::pin!(notify.notified());
            match select(notified, self.clock.sleep_until(wake_at.min(deadline))).await {
                Either::Left(_) | Either::Right(_) => {}
            }
        }
    }

    /// Sits out a pause of `place`'s own, visibly.
    pub(crate) async fn pause(&self, place: Place, until: Tick) {
        struct Pausing<'a>(&'a Pacer, Place);
        impl Drop for Pausing<'_> {
            fn drop(&mut self) {
                self.0.change(|state| {
                    state.backing_off.remove(&self.1);
                });
            }
        }
        self.change(|state| {
            state.backing_off.insert(place, until);
        });
        let _pausing = Pausing(self, place);
        self.clock.sleep_until(until).await;
    }

    /// A pause before another try: doubling from `base`, half of it at random.
    pub(crate) fn backoff(&self, base: Duration, longest: Duration, earlier: u32) -> Duration {
        growing(base, longest, earlier, self.unit())
    }

    fn unit(&self) -> f64 {
        let unit = self.randomness.unit();
        if unit.is_finite() {
            unit.clamp(0.0, 1.0)
        } else {
            0.5
        }
    }

    /// A poisoned lock is taken over: the state holds counts that every step leaves whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, then lets the first in line look again.
    fn change(&self, step: impl FnOnce(&mut State)) {
        {
            let mut state = self.lock();
            step(&mut state);
            state.wake_first();
        }
        self.publish();
    }

    fn publish(&self) {
        let now = self.clock.now();
        let (version, pacing) = {
            let mut state = self.lock();
            state.version += 1;
            (state.version, state.pacing(now))
        };
        // Not under our lock: whoever looks at the channel may ask for the quota meanwhile. So two
        // threads can get here in the wrong sequence, and the older view is dropped.
        self.pacing.send_if_modified(|shown| {
            if self.shown_version.fetch_max(version, Ordering::Relaxed) > version {
                return false;
            }
            let is_new = *shown != pacing;
            *shown = pacing;
            is_new
        });
    }
}

/// Room for more than usual, given back when dropped.
pub(crate) struct Room(Arc<Pacer>);

impl Drop for Room {
    fn drop(&mut self) {
        self.0.change(|state| {
            state.rooms -= 1;
            if state.rooms == 0 {
                state.in_flight_max = state.in_flight_max.min(IN_FLIGHT_MAX);
            }
        });
    }
}

fn growing(base: Duration, longest: Duration, earlier: u32, unit: f64) -> Duration {
    let factor = 2_u32.saturating_pow(earlier);
    let full = base.saturating_mul(factor).min(longest);
    full / 2 + full.mul_f64(unit / 2.0)
}

/// A place in line, given up when dropped.
struct InLine<'a> {
    pacer: &'a Pacer,
    place: Place,
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.pacer.change(|state| {
            state.line.remove(&self.place);
        });
    }
}

/// The right to have one request under way, given back when dropped.
pub(crate) struct Turn<'a> {
    pacer: &'a Pacer,
    lane: Lane,
    company: Company,
    number: u64,
    began_at: Tick,
    /// The store may count it without our hearing of it.
    may_be_counted: bool,
}

impl Turn<'_> {
    /// When the request may go out: now.
    pub(crate) const fn began_at(&self) -> Tick {
        self.began_at
    }

    /// Nothing went out, so the store counts nothing.
    pub(crate) fn unused(mut self) {
        self.may_be_counted = false;
    }

    /// An answer came. After a 429 nobody sends for as long as it asks.
    pub(crate) fn answered(mut self, told: Told, status: u16) {
        self.may_be_counted = false;
        let pacer = self.pacer;
        let now = pacer.clock.now();
        let margin = MARGIN + SPREAD.mul_f64(pacer.unit());
        let unit = pacer.unit();
        pacer.change(|state| {
            if let Some(quota) = told.quota_at(now, margin) {
                state.hear(quota, self.number);
            } else if state
                .heard
                .as_ref()
                .is_some_and(|heard| heard.quota.resets_at <= now)
            {
                // Its window is over and the store names no limit any more.
                state.heard = None;
            }
            if status == 429 {
                // Several under way at once that are told off together count as one.
                let is_another = self.number > state.overloaded_after_turn;
                if is_another {
                    state.overloads_in_a_row = state.overloads_in_a_row.saturating_add(1);
                }
                state.overloaded_after_turn = state.turns_begun;
                let earlier = state.overloads_in_a_row.saturating_sub(1);
                let overload = growing(OVERLOAD_BASE, OVERLOAD_LONGEST, earlier, unit);
                let pause = match told.asked_wait() {
                    // What it asks has not helped: grow all the same.
                    Some(asked) if earlier > 0 => (asked + margin).max(overload),
                    Some(asked) => asked + margin,
                    None => overload,
                }
                .min(LONGEST_WAIT);
                state.calm_answers = 0;
                if is_another && told.left != Some(0) {
                    // Not the quota, so it must be how many were under way at once.
                    state.in_flight_max = if state.in_flight_max > IN_FLIGHT_MAX {
                        IN_FLIGHT_MAX
                    } else {
                        (state.in_flight_max / 2).max(1)
                    };
                }
                let because = if told.left == Some(0) {
                    WaitReason::QuotaUsedUp
                } else {
                    WaitReason::StoreAskedToWait
                };
                let until = now + pause;
                if state.hold.is_none_or(|(hold, _)| hold < until) {
                    state.hold = Some((until, because));
                }
            } else if self.number > state.overloaded_after_turn {
                state.overloads_in_a_row = 0;
                state.calm_answers += 1;
                if state.calm_answers >= CALM_ANSWERS && state.in_flight_max < IN_FLIGHT_MAX {
                    state.calm_answers = 0;
                    state.in_flight_max += 1;
                }
            }
        });
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let lost = self.may_be_counted;
        self.pacer.change(|state| {
            state.in_flight -= 1;
            state.capped -= u32::from(self.company.is_capped);
            if let Some(alone) = &self.company.alone
                && let Some(at) = state.alone.iter().position(|other| other == alone)
            {
                state.alone.swap_remove(at);
            }
            state.background -= u32::from(self.lane.is_background());
            if lost && let Some(heard) = &mut state.heard {
                // It may still arrive there and be counted.
                heard.quota.left = heard.quota.left.saturating_sub(1);
            }
        });
    }
}
