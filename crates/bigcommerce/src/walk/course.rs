//! Where a walk is, and where a page takes it.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::{
    OVERLAP,
    counted::{Came, Counted, Onward, Window},
    lists,
};
use crate::{BrokenItem, Cursor, Page};

/// What a thing is told by.
pub(super) struct Row {
    pub(super) number: u64,
    pub(super) modified_at: Option<Timestamp>,
}

/// Says what a thing is told by.
type Tell<'a, T> = &'a dyn Fn(&T) -> Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    Cursor,
    Changes,
    Pages,
}

/// Where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    First,
    /// At this number or above.
    From(u64, u32),
    /// At this number or below.
    To(u64, u32),
    After(Cursor),
    /// Changed at this time or later.
    Since(Timestamp, u32),
    Page(u32),
    /// Where pages are counted.
    Window(Window),
}

pub(super) struct Course {
    pub(super) way: Way,
    pub(super) asked: usize,
    pub(super) place: Place,
    pub(super) is_over: bool,
    /// Changes given whose time lies so near that they come again.
    near: HashMap<u64, Given>,
    /// The newest change that was given.
    reached: Option<Timestamp>,
    /// How often it was begun anew at a first page.
    round: u64,
    /// Things that could not be read among the changes, and of which word was given.
    told_of: HashSet<u64>,
    /// Something new was found behind the first page of one and the same second.
    found_behind: bool,
    counted: Counted,
}

/// A change that was given.
#[derive(Clone, Copy)]
struct Given {
    modified_at: Option<Timestamp>,
    /// It may have been followed by another one of the same time.
    may_change: bool,
    /// In which round it was met last.
    round: u64,
}

/// Whether a thing may be changed again after it was read without its time telling so, for times are whole seconds: if the
/// store's clock was within a second of the time of its change then. A store that doesn't say what its clock was is
/// taken for one that changes nothing twice in a second.
fn may_change_unseen(modified_at: Option<Timestamp>, read_at: Option<Timestamp>) -> bool {
    let (Some(modified_at), Some(read_at)) = (modified_at, read_at) else {
        return false;
    };
    read_at.duration_since(modified_at).abs() <= OVERLAP
}

/// The number of a thing that could not be read, where that could be.
fn number_of(broken: &BrokenItem) -> Option<u64> {
    broken.id.as_deref()?.parse().ok()
}

impl Course {
    pub(super) fn new(way: Way, asked: usize) -> Self {
        Self {
            way,
            asked,
            place: Place::First,
            is_over: false,
            near: HashMap::new(),
            reached: None,
            round: 0,
            told_of: HashSet::new(),
            found_behind: false,
            counted: Counted::new(asked),
        }
    }

    /// The same course for somebody who looks ahead; `None` if it goes by more than numbers and
    /// cursors.
    pub(super) fn ahead(&self) -> Option<Self> {
        matches!(self.way, Way::Up | Way::Down | Way::Cursor).then(|| Self {
            place: self.place.clone(),
            ..Self::new(self.way, self.asked)
        })
    }

    /// Takes a page over: what was given before is taken out of it, and the place moves on.
    /// `most_seen` is the most that the list has ever given on a page, this one included; `read_at`
    /// what the store's clock was.
    pub(super) fn take<T>(
        &mut self,
        page: &mut Page<T>,
        row: Tell<'_, T>,
        most_seen: usize,
        read_at: Option<Timestamp>,
    ) {
        let is_last = self.is_last(page, most_seen);
        match self.way {
            Way::Up | Way::Down => self.take_numbered(page, row, is_last),
            Way::Cursor => self.take_cursor(page, row, is_last),
            Way::Changes => self.take_changes(page, row, is_last, read_at),
            Way::Pages => self.take_counted(page, row, is_last),
        }
    }

    /// Whether nothing comes after this page.
    ///
    /// A page of version 2 that is shorter than was asked may be the end or all that the store gives
    /// at a time, which nobody documents: the next one tells. Only what is shorter than a page of
    /// the same list was before, and than any store's usual one, is the end at once.
    fn is_last<T>(&self, page: &Page<T>, most_seen: usize) -> bool {
        let asked = match self.place {
            Place::Window(window) => window.limit as usize,
            _ => self.asked,
        };
        // On the first page the total counts what is left; it overrules a size that the store only
        // pretends to have. Behind a cursor nobody says what it counts.
        let is_first = !matches!(self.place, Place::After(_)) && lists::page_of(&self.place) == 1;
        let is_more_left = is_first
            && page.received > 0
            && page.total.is_some_and(|total| total > page.received as u64);
        page.is_last_of(asked, most_seen) && !is_more_left
    }

    /// The numbers on a page, those of unreadable things too.
    fn numbers<T>(page: &Page<T>, row: Tell<'_, T>) -> impl Iterator<Item = u64> {
        let broken = page.broken.iter().filter_map(number_of);
        page.items
            .iter()
            .map(move |item| row(item).number)
            .chain(broken)
    }

    fn take_numbered<T>(&mut self, page: &mut Page<T>, row: Tell<'_, T>, is_last: bool) {
        let place = self.place.clone();
        let is_new = move |number: u64| match place {
            Place::From(from, _) => number >= from,
            Place::To(to, _) => number <= to,
            _ => true,
        };
        let seen: Vec<u64> = Self::numbers(page, row)
            .filter(|number| is_new(*number))
            .collect();
        page.items.retain(|item| is_new(row(item).number));
        page.broken
            .retain(|broken| number_of(broken).is_none_or(&is_new));
        // Where a page brought no new number, all of it was unreadable: count on.
        let onward = match self.place {
            Place::From(from, number) => Place::From(from, number + 1),
            Place::To(to, number) => Place::To(to, number + 1),
            Place::Page(number) => Place::Page(number + 1),
            _ => Place::Page(2),
        };
        let moved = if self.way == Way::Up {
            seen.iter().max().map(|last| Place::From(last + 1, 1))
        } else {
            seen.iter()
                .min()
                .map(|last| Place::To(last.saturating_sub(1), 1))
        };
        self.is_over = is_last || moved == Some(Place::To(0, 1));
        self.place = moved.unwrap_or(onward);
    }

    fn take_cursor<T>(&mut self, page: &mut Page<T>, row: Tell<'_, T>, is_last: bool) {
        if self.place == Place::First && page.after.is_none() {
            // This list has no cursors.
            self.way = Way::Pages;
            return self.take_counted(page, row, is_last);
        }
        page.broken
            .retain(|broken| number_of(broken).is_none_or(|number| self.counted.tells_of(number)));
        self.counted.note(Self::numbers(page, row));
        self.is_over = is_last;
        match page.after.clone().map(Place::After) {
            // A cursor that leads back to itself has no end.
            Some(after) if after == self.place => self.is_over = true,
            Some(after) => self.place = after,
            None => {
                self.way = Way::Pages;
                self.place = Place::Window(self.counted.onward());
            }
        }
    }

    fn take_changes<T>(
        &mut self,
        page: &mut Page<T>,
        row: Tell<'_, T>,
        is_last: bool,
        read_at: Option<Timestamp>,
    ) {
        let number = lists::page_of(&self.place);
        let newest = page
            .items
            .iter()
            .filter_map(|item| row(item).modified_at)
            .max();
        let mut is_any_new = false;
        page.items.retain(|item| {
            let Row {
                number,
                modified_at,
            } = row(item);
            // A page that shows a later change was read when this second was over.
            let may_change = modified_at == newest && may_change_unseen(modified_at, read_at);
            let change = Given {
                modified_at,
                may_change,
                round: self.round,
            };
            let before = self.near.insert(number, change);
            let is_same = before.is_some_and(|before| before.modified_at == modified_at);
            is_any_new |= !is_same;
            !is_same || before.is_some_and(|before| before.may_change)
        });
        page.broken.retain(|broken| {
            let Some(number) = number_of(broken) else {
                return true;
            };
            let is_new = self.told_of.insert(number);
            is_any_new |= is_new;
            is_new
        });
        self.found_behind |= is_any_new && number > 1;
        let is_further = newest.is_some_and(|newest| self.reached.is_none_or(|at| newest > at));
        if !is_last && !is_further {
            // A whole page of one and the same second.
            self.place = match self.place {
                Place::Since(from, number) => Place::Since(from, number + 1),
                _ => Place::Page(number + 1),
            };
            return;
        }
        // Things that were changed again have left their second, and those behind them moved up
        // onto pages that were read: look again until nothing new is found behind the first page.
        if let Place::Since(from, _) = self.place
            && std::mem::take(&mut self.found_behind)
        {
            self.round += 1;
            self.place = Place::Since(from, 1);
            return;
        }
        let Some(newest) = newest.filter(|_| is_further) else {
            self.is_over = is_last;
            return;
        };
        // What may have changed unseen since an earlier page is looked at again; once more if it wasn't met, for a
        // deletion may have moved it onto a page that was read. Then it is gone.
        let from = self
            .near
            .values()
            .filter(|given| given.may_change && given.round + 1 >= self.round)
            .filter_map(|given| given.modified_at)
            .fold(newest, Timestamp::min);
        self.is_over = is_last && from == newest;
        self.reached = Some(newest);
        self.round += 1;
        self.place = Place::Since(from, 1);
        let asked_from = from - OVERLAP;
        self.near
            .retain(|_, given| given.modified_at.is_none_or(|at| at >= asked_from));
    }

    fn take_counted<T>(&mut self, page: &mut Page<T>, row: Tell<'_, T>, is_last: bool) {
        let window = match self.place {
            Place::Window(window) => window,
            _ => self.counted.first(),
        };
        let in_number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let came = Came {
            numbers: Self::numbers(page, row).collect(),
            received: in_number(page.received),
            per_page: page.per_page.map(in_number),
            total: page.total,
            is_last,
        };
        page.items
            .retain(|item| self.counted.gives(row(item).number));
        page.broken
            .retain(|broken| number_of(broken).is_none_or(|number| self.counted.tells_of(number)));
        match self.counted.take(window, &came) {
            Onward::To(window) => self.place = Place::Window(window),
            Onward::Over => self.is_over = true,
        }
    }
}
