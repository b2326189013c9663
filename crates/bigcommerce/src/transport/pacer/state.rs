//! What is known of a store's quota and of everybody who wants something, and who may go next.

use std::{collections::BTreeMap, sync::Arc};

use commerce::Tick;
use tokio::sync::Notify;

use super::{
    IN_FLIGHT_MAX, Lane, Pacing, Quota, Wait, WaitReason,
    company::{Alone, Company},
};

/// A place in line: lane first, then the number drawn on arrival.
pub(super) type Place = (Lane, u64);

/// Somebody in line.
pub(super) struct Waiter {
    pub(super) notify: Arc<Notify>,
    pub(super) company: Company,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) version: u64,
    pub(super) next_number: u64,
    pub(super) turns_begun: u64,
    pub(super) line: BTreeMap<Place, Waiter>,
    /// Of those under way, what they may not be together with.
    pub(super) alone: Vec<Alone>,
    pub(super) backing_off: BTreeMap<Place, Tick>,
    pub(super) in_flight: u32,
    /// Of these, those of which only a few may be.
    pub(super) capped: u32,
    /// Of these, those in the background.
    pub(super) background: u32,
    pub(super) in_flight_max: u32,
    /// How many asked for more than usual.
    pub(super) rooms: u32,
    pub(super) calm_answers: u32,
    pub(super) overloads_in_a_row: u32,
    /// Turns begun until the newest 429 came.
    pub(super) overloaded_after_turn: u64,
    pub(super) heard: Option<Heard>,
    /// Until when nobody sends, and why.
    pub(super) hold: Option<(Tick, WaitReason)>,
}

/// The newest headers.
pub(super) struct Heard {
    pub(super) quota: Quota,
    /// Turns begun until they came.
    pub(super) after_turn: u64,
}

/// What keeps the first in line from sending.
#[derive(Clone, Copy)]
pub(super) enum Obstacle {
    /// Nobody sends until then.
    Time(Tick, WaitReason),
    /// As many as may be are under way. Where only the quota says so, a new window ends it as well.
    InFlight(Option<Tick>),
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
    pub(super) fn obstacle(&self, now: Tick, lane: Lane) -> Option<Obstacle> {
        if let Some((until, because)) = self.hold.filter(|(until, _)| *until > now) {
            return Some(Obstacle::Time(until, because));
        }
        if self.is_full(lane) {
            return Some(Obstacle::InFlight(None));
        }
        let heard = self.heard.as_ref()?;
        let quota = heard.quota;
        if quota.resets_at <= now {
            // A new window nobody has told us about yet: at most its quota under way.
            return (self.in_flight >= quota.quota).then_some(Obstacle::InFlight(None));
        }
        if quota.left > self.in_flight {
            None
        } else if quota.left > 0 {
            // What is left is meant for those under way, and not all of them need come to count.
            Some(Obstacle::InFlight(Some(quota.resets_at)))
        } else {
            Some(Obstacle::Time(quota.resets_at, WaitReason::QuotaUsedUp))
        }
    }

    /// One more is under way. Gives its number.
    pub(super) fn begin(&mut self, lane: Lane, company: &Company) -> u64 {
        self.in_flight += 1;
        self.background += u32::from(lane.is_background());
        self.capped += u32::from(company.is_capped);
        self.alone.extend(company.alone.clone());
        self.turns_begun += 1;
        self.turns_begun
    }

    /// One of those under way is so no longer.
    pub(super) fn end(&mut self, lane: Lane, company: &Company) {
        self.in_flight -= 1;
        self.background -= u32::from(lane.is_background());
        self.capped -= u32::from(company.is_capped);
        if let Some(alone) = &company.alone
            && let Some(at) = self.alone.iter().position(|other| other == alone)
        {
            self.alone.swap_remove(at);
        }
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
    pub(super) fn next(&self) -> Option<(Place, &Waiter)> {
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

    pub(super) fn wake_first(&self) {
        if let Some((_, waiter)) = self.next() {
            waiter.notify.notify_one();
        }
    }

    pub(super) fn pacing(&self, now: Tick) -> Pacing {
        // Whoever is kept apart waits for the same, and for longer.
        let in_line =
            self.line
                .keys()
                .next()
                .and_then(|place| match self.obstacle(now, place.0)? {
                    Obstacle::Time(until, because) => Some((*place, until, because)),
                    Obstacle::InFlight(_) => None,
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
    pub(super) fn hear(&mut self, quota: Quota, turn: u64) {
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
