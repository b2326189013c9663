//! One request under way, and what its answer tells.

use commerce::Tick;

use super::{
    CALM_ANSWERS, IN_FLIGHT_MAX, MARGIN, OVERLOAD_BASE, OVERLOAD_LONGEST, Pacer, SPREAD,
    WaitReason, growing, state::UnderWay,
};
use crate::transport::quota::{LONGEST_WAIT, Told};

/// The right to have one request under way, given back when dropped.
pub(crate) struct Turn<'a> {
    pub(super) pacer: &'a Pacer,
    pub(super) one: UnderWay,
    pub(super) number: u64,
    pub(super) began_at: Tick,
    /// The store may count it without our hearing of it.
    pub(super) may_be_counted: bool,
    /// Its answer gave the place back already.
    pub(super) is_over: bool,
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
    ///
    /// Its place is given back in the same moment in which its headers count: they speak of what is
    /// left without it, and whoever is next would else take it for one that is still to be counted.
    pub(crate) fn answered(mut self, told: Told, status: u16) {
        self.is_over = true;
        let pacer = self.pacer;
        let now = pacer.clock.now();
        let margin = MARGIN + SPREAD.mul_f64(pacer.unit());
        let unit = pacer.unit();
        pacer.change(|state| {
            state.end(&self.one);
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
                    if state.rooms_are_open {
                        state.rooms_are_open = false;
                    } else {
                        state.in_flight_max = (state.in_flight_max / 2).max(1);
                    }
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
        if self.is_over {
            return;
        }
        let lost = self.may_be_counted;
        self.pacer.change(|state| {
            state.end(&self.one);
            if lost && let Some(heard) = &mut state.heard {
                // It may still arrive there and be counted.
                heard.quota.left = heard.quota.left.saturating_sub(1);
            }
        });
    }
}
