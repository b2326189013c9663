//! Which requests stayed without an answer, and what that says: of the store, or of one thing.
//!
//! One answer of 500 may mean that the store is in trouble, and then every other change would fare no
//! better. Or this one thing has something about it that the store stumbles over each time, and then it
//! must not keep all the others waiting. Nobody can tell from the answer. So others are tried: whatever
//! failed stands back behind everything that has not, a batch comes back in halves, and what goes on
//! failing alone while others come through is told, and tried no more.

use std::{collections::HashMap, time::Duration};

use bigcommerce::{Error as Api, NetworkKind, StoreTrouble, request::products::BATCH_MAX};
use commerce::Tick;
use journal::EntryId;

use crate::Error;

/// Tries of one thing alone, after which it is told if others came through meanwhile. Each is up to
/// four requests of the client's own.
const TRIES: u32 = 3;
/// After so long it is told as well where there was no other to compare with, but the store let the
/// thing be read, or where that is what fails, answered something else.
const LONG: Duration = Duration::from_secs(10 * 60);

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Read,
    Write,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tries {
    failed: u32,
    /// The same was done for another thing since this one failed, alone or among others.
    others_came_through: bool,
}

#[derive(Clone, Debug)]
struct Trouble {
    since: Tick,
    /// For how long it had failed already when the app was started.
    before: Duration,
    /// When it may be tried again.
    due: Tick,
    /// Requests that failed, those for several together included.
    failed: u32,
    read: Tries,
    write: Tries,
    /// How many go together at most.
    at_most: usize,
    /// Why it failed last; nothing if that was before the app was started.
    error: Option<Error>,
}

impl Trouble {
    fn lasts(&self, now: Tick) -> Duration {
        now.since(self.since).saturating_add(self.before)
    }

    const fn tries(&mut self, asked: Asked) -> &mut Tries {
        match asked {
            Asked::Read => &mut self.read,
            Asked::Write => &mut self.write,
        }
    }
}

/// Entries whose requests failed without saying whose trouble it is.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    of: HashMap<EntryId, Trouble>,
    /// Reads that failed since the last one that came through.
    reads_in_a_row: u32,
    /// The same of writes. A store that lets itself be read may take no writes all the same.
    writes_in_a_row: u32,
    /// When something else may be tried.
    next: Option<Tick>,
    /// When entries of unknown fate are looked for again.
    looks: HashMap<EntryId, Tick>,
}

/// What to do with the entries that failed before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// These together are tried again, at most so many at a time.
    Of(Vec<EntryId>, usize),
    /// None of them yet, for this reason.
    NotYet(Error),
    /// There are none.
    Nobody,
}

impl Troubles {
    /// A request for these entries failed so that nobody can tell whose trouble it is.
    pub(crate) fn failed(&mut self, ids: &[EntryId], asked: Asked, error: &Error, now: Tick) {
        *match asked {
            Asked::Read => &mut self.reads_in_a_row,
            Asked::Write => &mut self.writes_in_a_row,
        } += 1;
        self.next = Some(now + pause(self.reads_in_a_row.max(self.writes_in_a_row)));
        for id in ids {
            let trouble = self.of.entry(id.clone()).or_insert_with(|| Trouble {
                since: now,
                before: Duration::ZERO,
                due: now,
                failed: 0,
                read: Tries::default(),
                write: Tries::default(),
                at_most: ids.len(),
                error: None,
            });
            trouble.failed += 1;
            trouble.error = Some(error.clone());
            trouble.at_most = (ids.len() / 2).clamp(1, trouble.at_most.max(1));
            if ids.len() == 1 {
                trouble.tries(asked).failed += 1;
            }
            let alone = trouble.read.failed + trouble.write.failed;
            trouble.due = now + pause(alone.max(1));
        }
    }

    /// These failed so often, and since so long ago, when the app ran before: they stand back behind all
    /// others from the start.
    ///
    /// Without it, each start would try them first, as the oldest of all, and rest longer after each of
    /// them: an app that is started often would never get to what stands behind some that fail. How often
    /// each failed *alone* is counted anew, because what came through meanwhile is not known; a life of
    /// half a minute is enough for that, and until then it holds up nothing but later changes of the same
    /// thing.
    pub(crate) fn failed_before(
        &mut self,
        failed: impl IntoIterator<Item = (EntryId, u32, Duration)>,
        now: Tick,
    ) {
        for (id, failed, before) in failed {
            self.of.entry(id).or_insert(Trouble {
                since: now,
                before,
                due: now,
                failed,
                read: Tries::default(),
                write: Tries::default(),
                at_most: BATCH_MAX,
                error: None,
            });
        }
    }

    /// The store did as much for these, or for something else where there are none of them.
    pub(crate) fn came_through(&mut self, ids: &[EntryId], asked: Asked) {
        self.reads_in_a_row = 0;
        if asked == Asked::Write {
            self.writes_in_a_row = 0;
        }
        if self.writes_in_a_row == 0 {
            self.next = None;
        }
        for (id, trouble) in &mut self.of {
            let tries = trouble.tries(asked);
            if ids.contains(id) {
                *tries = Tries::default();
            } else {
                tries.others_came_through = true;
            }
        }
    }

    /// It has come to its end.
    pub(crate) fn is_over(&mut self, id: &EntryId) {
        self.of.remove(id);
        self.looks.remove(id);
    }

    /// It is looked for again then.
    pub(crate) fn look_later(&mut self, id: &EntryId, at: Tick) {
        self.looks.insert(id.clone(), at);
    }

    /// It was looked for; when that happens again is to be said anew.
    pub(crate) fn looked_for(&mut self, id: &EntryId) {
        self.looks.remove(id);
    }

    /// When it is looked for again, if that is settled.
    pub(crate) fn looks_at(&self, id: &EntryId) -> Option<Tick> {
        self.looks.get(id).copied()
    }

    /// When something is looked for again the next time.
    pub(crate) fn next_look(&self) -> Option<Tick> {
        self.looks.values().min().copied()
    }

    /// The person wants everything tried now.
    pub(crate) fn now(&mut self, now: Tick) {
        self.next = None;
        for trouble in self.of.values_mut() {
            trouble.due = trouble.due.min(now);
        }
    }

    /// Why it is to be tried no more, if so.
    pub(crate) fn gives_up(&self, id: &EntryId, asked: Asked, now: Tick) -> Option<Error> {
        let trouble = self.of.get(id)?;
        let tries = match asked {
            Asked::Read => trouble.read,
            Asked::Write => trouble.write,
        };
        // That it can be read says that it isn't the store as a whole; that it can't says nothing.
        let is_long = asked == Asked::Write && trouble.lasts(now) >= LONG;
        let is_its_own = tries.others_came_through || is_long;
        let error = trouble.error.clone();
        error.filter(|_| tries.failed >= TRIES && is_its_own)
    }

    /// Whether it can't be read for so long that the store is to be asked something else, to tell whose
    /// trouble that is.
    pub(crate) fn wants_another_asked(&self, id: &EntryId, now: Tick) -> bool {
        self.of
            .get(id)
            .is_some_and(|trouble| trouble.read.failed >= TRIES && trouble.lasts(now) >= LONG)
    }

    /// The store answered something else while it did not let this be read.
    pub(crate) fn another_was_answered(&mut self, id: &EntryId) {
        if let Some(trouble) = self.of.get_mut(id) {
            trouble.read.others_came_through = true;
        }
    }

    /// All that have failed and are not over.
    pub(crate) fn all(&self) -> Vec<EntryId> {
        self.of.keys().cloned().collect()
    }

    /// How often it has failed.
    pub(crate) fn failures(&self, id: &EntryId) -> u32 {
        self.of.get(id).map_or(0, |trouble| trouble.failed)
    }

    /// Why it is not to be tried at this moment, if so.
    pub(crate) fn not_yet(&self, id: &EntryId, now: Tick) -> Option<Error> {
        let trouble = self.of.get(id)?;
        trouble.error.clone().filter(|_| trouble.due > now)
    }

    /// Who is next of those that wait, in the order they were confirmed.
    pub(crate) fn turn(&self, waiting: &[EntryId], now: Tick) -> Turn {
        let known = |id: &&EntryId| self.of.contains_key(*id);
        let waiting: Vec<&EntryId> = waiting.iter().filter(known).collect();
        let is_due = |id: &&&EntryId| self.not_yet(id, now).is_none();
        let next = waiting
            .iter()
            .filter(is_due)
            .min_by_key(|id| self.failures(id));
        let Some(next) = next else {
            let first = waiting.first().and_then(|id| self.not_yet(id, now));
            return first.map_or(Turn::Nobody, Turn::NotYet);
        };
        let at_most = self.of.get(*next).map_or(1, |trouble| trouble.at_most);
        let same = |id: &&&EntryId| {
            let like = |trouble: &Trouble| trouble.at_most == at_most;
            self.failures(id) == self.failures(next) && self.of.get(**id).is_some_and(like)
        };
        let together = waiting.iter().filter(is_due).filter(same);
        Turn::Of(together.map(|id| (*id).clone()).collect(), at_most)
    }

    /// How long to leave the store alone.
    pub(crate) fn pause(&self, now: Tick) -> Duration {
        let is_ahead = |at: &Tick| *at > now;
        let of_one = self.of.values().map(|trouble| trouble.due);
        let ahead = of_one.chain(self.looks.values().copied()).filter(is_ahead);
        // What is due of one thing waits as well while the store as a whole is left alone.
        let next = self.next.filter(is_ahead).or_else(|| ahead.min());
        next.map_or(pause(1), |at| at.since(now))
    }
}

/// After so many failures: first as long as a store needs to settle, then longer and longer.
fn pause(failures: u32) -> Duration {
    let doubled = 1_u32 << failures.saturating_sub(1).min(10);
    (super::settle::SETTLING * doubled).min(LONG)
}

/// Whether the failure of one request may be about what it asked for, rather than about the store.
pub(crate) fn may_be_of_one_thing(error: &Api) -> bool {
    match error {
        Api::StoreUnavailable { kind, .. } => *kind == StoreTrouble::ServerTrouble,
        Api::Network { kind, .. } => {
            matches!(kind, NetworkKind::TimedOut | NetworkKind::Reset)
        }
        Api::DeadlinePassed { waiting, .. } => waiting.is_none(),
        Api::Unknown { cause } => may_be_of_one_thing(cause),
        // An answer that a read of something that is there should not get.
        Api::UnexpectedAnswer { .. }
        | Api::Invalid { .. }
        | Api::Conflict { .. }
        | Api::TooLarge { .. }
        | Api::LimitReached { .. } => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(of: std::ops::Range<u32>) -> Vec<EntryId> {
        of.map(|n| EntryId(format!("e{n:02}"))).collect()
    }

    fn at(seconds: u64) -> Tick {
        Tick::at(Duration::from_secs(seconds))
    }

    fn error() -> Error {
        Error::Api(Api::StoreUnavailable {
            status: 500,
            kind: StoreTrouble::ServerTrouble,
            retry_after: None,
        })
    }

    /// Sends everything, of which some fail whenever they are part of a request. Gives what came through,
    /// what was told, and how many requests failed.
    fn send(count: u32, bad: &[u32], is_down: bool) -> (Vec<EntryId>, Vec<EntryId>, u32) {
        let is_bad = |id: &EntryId| is_down || bad.iter().any(|n| ids(*n..n + 1)[0] == *id);
        let mut troubles = Troubles::default();
        let (mut waiting, mut done, mut told) = (ids(0..count), Vec::new(), Vec::new());
        let (mut now, mut failures) = (0, 0);
        while !waiting.is_empty() && now < 3600 {
            let untried: Vec<EntryId> = waiting
                .iter()
                .filter(|id| !troubles.all().contains(id))
                .cloned()
                .collect();
            let (run, at_most) = match troubles.turn(&waiting, at(now)) {
                _ if !untried.is_empty() => (untried, 10),
                Turn::Of(run, at_most) => (run, at_most),
                Turn::NotYet(_) => {
                    now += troubles.pause(at(now)).as_secs();
                    continue;
                }
                Turn::Nobody => panic!("all that wait have failed"),
            };
            for batch in run.chunks(at_most) {
                let over = |id: &EntryId| troubles.gives_up(id, Asked::Write, at(now)).is_some();
                if let [id] = batch
                    && over(id)
                {
                    told.push(id.clone());
                } else if batch.iter().any(is_bad) {
                    failures += 1;
                    troubles.failed(batch, Asked::Write, &error(), at(now));
                    now += troubles.pause(at(now)).as_secs();
                    break;
                } else {
                    troubles.came_through(batch, Asked::Write);
                    done.extend_from_slice(batch);
                }
                for id in batch {
                    troubles.is_over(id);
                }
                waiting.retain(|id| !batch.contains(id));
            }
        }
        (done, told, failures)
    }

    #[test]
    fn one_that_always_fails_is_told_and_all_the_others_come_through() {
        for bad in [0, 7, 29] {
            let (done, told, failures) = send(30, &[bad], false);
            assert_eq!(told, ids(bad..bad + 1));
            assert_eq!(done.len(), 29);
            assert!(failures <= 8, "{failures} requests failed");
        }
    }

    #[test]
    fn several_that_always_fail_are_told_and_all_the_others_come_through() {
        let (mut done, mut told, _) = send(40, &[0, 1, 2, 17, 39], false);
        done.sort();
        told.sort();
        assert_eq!(told.len(), 5);
        assert_eq!(done.len(), 35);
    }

    #[test]
    fn of_a_store_that_is_down_nothing_is_told_and_it_is_left_alone() {
        let (done, told, failures) = send(40, &[], true);
        assert!(done.is_empty() && told.is_empty(), "{told:?}");
        assert!(failures < 20, "{failures} requests in an hour");
    }

    #[test]
    fn a_lone_one_is_told_after_a_long_time_if_the_store_lets_it_be_read() {
        let mut troubles = Troubles::default();
        let [id] = &ids(0..1)[..] else { unreachable!() };
        let alone = std::slice::from_ref(id);
        for minute in 0..10 {
            let now = at(60 * minute);
            assert_eq!(troubles.gives_up(id, Asked::Write, now), None);
            troubles.failed(alone, Asked::Write, &error(), now);
            troubles.failed(alone, Asked::Read, &error(), now);
        }
        let later = at(60 * 10);
        assert_eq!(troubles.gives_up(id, Asked::Write, later), Some(error()));
        assert_eq!(troubles.gives_up(id, Asked::Read, later), None);
        // It can't be read; that says something once the store answers another question.
        assert!(!troubles.wants_another_asked(id, at(60 * 10 - 1)));
        assert!(troubles.wants_another_asked(id, later));
        troubles.another_was_answered(id);
        assert_eq!(troubles.gives_up(id, Asked::Read, later), Some(error()));
    }

    #[test]
    fn what_failed_before_a_start_stands_back_and_its_time_goes_on() {
        let mut troubles = Troubles::default();
        let old = ids(0..2);
        let long_ago = Duration::from_secs(9 * 60);
        let before = [(old[0].clone(), 3, long_ago), (old[1].clone(), 1, long_ago)];
        troubles.failed_before(before, at(5));
        assert_eq!(troubles.all().len(), 2);
        // What failed least goes first, at once, and as many together as ever.
        let next = Turn::Of(vec![old[1].clone()], BATCH_MAX);
        assert_eq!(troubles.turn(&old, at(5)), next);
        let alone = std::slice::from_ref(&old[0]);
        for minute in 0..3 {
            let now = at(5 + 30 * minute);
            assert_eq!(troubles.gives_up(&old[0], Asked::Write, now), None);
            troubles.failed(alone, Asked::Write, &error(), now);
        }
        assert_eq!(
            troubles.gives_up(&old[0], Asked::Write, at(5 + 60)),
            Some(error()),
            "nine minutes before and one since"
        );
    }
}
