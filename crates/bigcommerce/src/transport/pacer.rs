//! Who may send next, and when.
//!
//! One pacer per store. It follows the store's own headers, because other apps use up the same
//! quota; nothing is sent when the newest headers less our own requests under way leave nothing.
//!
//! Of the places under way, one is kept for a person and for edits: what happens behind their backs
//! may be slow, and who waits at the window must not wait for that.

mod company;
mod state;
mod turn;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use commerce::{Clock, Tick};
use futures::future::{Either, select};
use tokio::sync::{Notify, watch};

use super::{Quota, Randomness};
pub(crate) use company::Company;
use state::{Obstacle, Place, State, Waiter};
pub(crate) use turn::Turn;

/// Who is asking. The first variant goes first; within a lane, whoever asked first.
///
/// Three are under way at most, but for [`Client::with_room_for`](crate::Client::with_room_for). One of
/// the places is kept for [`Lane::Person`] and [`Lane::Edit`], so that they never wait until one of the
/// other lanes has its answer. A pause that the store asks for, and a quota that is used up, hold back
/// everybody.
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
    /// Enough requests are under way, or others go first. Nobody knows how long that takes, so it is no
    /// [`Wait`]: [`Pacing::in_line`] shows it, and [`Error::DeadlinePassed`](crate::Error::DeadlinePassed)
    /// tells it once the time is up.
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
#[non_exhaustive]
pub struct Pacing {
    /// The quota as the newest answer told it; `None` before any, or where there is no limit.
    pub quota: Option<Quota>,
    /// Why and until when whoever goes first waits, if somebody does.
    pub waiting: Option<Wait>,
    /// Who waits until one of those under way has its answer, if somebody does; of several whoever goes
    /// first. Nobody knows how long that takes.
    pub in_line: Option<Lane>,
    /// How many wait like that.
    pub line_length: u32,
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

    /// Lets whoever holds it have more under way for a person than usual, until the store finds it too
    /// much.
    pub(crate) fn make_room(self: &Arc<Self>, most: u32) -> Room {
        self.change(|state| {
            state.rooms += 1;
            // A store that found the usual too much is not asked more for somebody new in its line.
            state.rooms_are_open |= most > IN_FLIGHT_MAX && state.in_flight_max >= IN_FLIGHT_MAX;
        });
        Room {
            pacer: Arc::clone(self),
            most,
        }
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
                match state.obstacle(now, place.0, &company) {
                    Some(Obstacle::Time(until, _)) if until > deadline => {
                        return Err(NoTurn::Wait {
                            retry_after: until.since(now),
                        });
                    }
                    // Where nobody has a place by then, somebody has to show that the pause is over.
                    Some(Obstacle::Time(until, _)) => until,
                    Some(Obstacle::InFlight(Some(until))) if is_first => until,
                    None if is_first => {
                        let (one, number) = state.begin(place.0, company);
                        drop(state);
                        drop(in_line);
                        return Ok(Turn {
                            pacer: self,
                            one,
                            number,
                            began_at: now,
                            may_be_counted: true,
                            is_over: false,
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

    /// Changes the state, then lets whoever is next in line look again.
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
pub(crate) struct Room {
    pacer: Arc<Pacer>,
    most: u32,
}

impl Room {
    /// How many may be under way at a time.
    pub(crate) const fn most(&self) -> u32 {
        self.most
    }

    /// Whether it is this pacer's.
    pub(crate) fn is_of(&self, pacer: &Arc<Pacer>) -> bool {
        Arc::ptr_eq(&self.pacer, pacer)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.pacer.change(|state| {
            state.rooms -= 1;
            state.rooms_are_open &= state.rooms > 0;
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
