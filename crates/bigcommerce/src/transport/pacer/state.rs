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

/// One under way, as it was counted.
pub(super) struct UnderWay {
    lane: Lane,
    company: Company,
    is_in_room: bool,
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
    /// Of these, those that went out because there was more room than usual for them.
    pub(super) in_room: u32,
    /// Most under way without such room.
    pub(super) in_flight_max: u32,
    /// How many asked for more than usual.
    pub(super) rooms: u32,
    /// They have it: the store has not found it too much.
    pub(super) rooms_are_open: bool,
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
    /// How much room there is for such a request, where it is more than usual.
    fn room_for(&self, lane: Lane, company: &Company) -> Option<u32> {
        let may_have_it = lane == Lane::Person && self.rooms_are_open;
        company
            .room
            .filter(|most| may_have_it && *most > IN_FLIGHT_MAX)
    }

    /// Every place that such a request may take is taken. What has more room than usual takes none from the
    /// others, who go on among themselves as if it weren't there. Once the store has found it too much, all
    /// that is still under way counts.
    fn is_full(&self, lane: Lane, company: &Company) -> bool {
        if let Some(most) = self.room_for(lane, company) {
            return self.in_flight >= most;
        }
        let in_flight = if self.rooms_are_open {
            self.in_flight - self.in_room
        } else {
            self.in_flight
        };
        if lane.is_background() {
            let places = self.in_flight_max.saturating_sub(1).max(1);
            in_flight >= self.in_flight_max || self.background >= places
        } else {
            // With everything under way in the background there is always one more place, also
            // when an overload has left no other.
            let others_are_out = in_flight > self.background;
            others_are_out && in_flight >= self.in_flight_max
        }
    }

    /// What keeps such a request from being sent, were it the first in line.
    pub(super) fn obstacle(&self, now: Tick, lane: Lane, company: &Company) -> Option<Obstacle> {
        if let Some((until, because)) = self.hold.filter(|(until, _)| *until > now) {
            return Some(Obstacle::Time(until, because));
        }
        if self.is_full(lane, company) {
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

    /// One more is under way. Gives its number as well.
    pub(super) fn begin(&mut self, lane: Lane, company: Company) -> (UnderWay, u64) {
        let is_in_room = self.room_for(lane, &company).is_some();
        self.in_flight += 1;
        self.in_room += u32::from(is_in_room);
        self.background += u32::from(lane.is_background());
        self.capped += u32::from(company.is_capped);
        self.alone.extend(company.alone.clone());
        self.turns_begun += 1;
        let one = UnderWay {
            lane,
            company,
            is_in_room,
        };
        (one, self.turns_begun)
    }

    /// One of those under way is so no longer.
    pub(super) fn end(&mut self, one: &UnderWay) {
        self.in_flight -= 1;
        self.in_room -= u32::from(one.is_in_room);
        self.background -= u32::from(one.lane.is_background());
        self.capped -= u32::from(one.company.is_capped);
        if let Some(alone) = &one.company.alone
            && let Some(at) = self.alone.iter().position(|other| other == alone)
        {
            self.alone.swap_remove(at);
        }
    }

    /// Whether one under way keeps it from going out, whatever the quota.
    fn is_kept_apart(&self, company: &Company) -> bool {
        (company.is_capped && self.capped >= IN_FLIGHT_MAX)
            || company
                .alone
                .as_ref()
                .is_some_and(|alone| self.alone.iter().any(|other| alone.excludes(other)))
    }

    /// Who is next: the first in line that none under way keeps back, and for whom there is a place. Whoever
    /// is kept back lets the others past, but for those that would keep them back in turn.
    pub(super) fn next(&self) -> Option<(Place, &Waiter)> {
        let mut kept: Vec<&Alone> = Vec::new();
        for (place, waiter) in &self.line {
            let alone = waiter.company.alone.as_ref();
            let is_barred = alone.is_some_and(|alone| kept.iter().any(|one| one.excludes(alone)));
            let is_kept =
                self.is_full(place.0, &waiter.company) || self.is_kept_apart(&waiter.company);
            if !is_barred && !is_kept {
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

    /// Lets the next look again. Where nobody is, the first in line does: a pause may have begun, and somebody
    /// has to be awake when it ends.
    pub(super) fn wake_first(&self) {
        let next = self.next().map(|(_, waiter)| waiter);
        if let Some(waiter) = next.or_else(|| self.line.values().next()) {
            waiter.notify.notify_one();
        }
    }

    pub(super) fn pacing(&self, now: Tick) -> Pacing {
        // Whoever is kept apart waits for the same, and for longer.
        let held = self.line.iter().find_map(|(place, waiter)| {
            match self.obstacle(now, place.0, &waiter.company)? {
                Obstacle::Time(until, because) => Some((*place, until, because)),
                Obstacle::InFlight(_) => None,
            }
        });
        let backing_off = self.backing_off.iter().next();
        let backing_off =
            backing_off.map(|(place, until)| (*place, *until, WaitReason::BackingOff));
        let waiting = held
            .into_iter()
            .chain(backing_off)
            .min_by_key(|(place, ..)| *place);
        let mut in_line = self.line.iter().filter(|(place, waiter)| {
            match self.obstacle(now, place.0, &waiter.company) {
                Some(Obstacle::Time(..)) => false,
                Some(Obstacle::InFlight(_)) => true,
                None => self.is_kept_apart(&waiter.company),
            }
        });
        let first_in_line = in_line.next().map(|(place, _)| place.0);
        let behind = u32::try_from(in_line.count()).unwrap_or(u32::MAX);
        Pacing {
            quota: self.heard.as_ref().map(|heard| heard.quota),
            waiting: waiting.map(|((lane, _), until, because)| Wait {
                until,
                because,
                lane,
            }),
            in_line: first_in_line,
            line_length: first_in_line.map_or(0, |_| behind.saturating_add(1)),
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
