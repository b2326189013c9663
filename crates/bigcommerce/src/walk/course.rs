//! Where a walk is, and where a page takes it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{OVERLAP, lists};
use crate::{Cursor, Page};

/// A page shorter than this is the last one, whatever size a store may have for pages.
///
/// Source: BigCommerce REST reference: pages hold 50 where nothing else is asked.
const USUAL_PAGE: usize = 50;

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
}

pub(super) struct Course {
    pub(super) way: Way,
    pub(super) asked: usize,
    pub(super) place: Place,
    pub(super) is_over: bool,
    /// Changes given whose time lies so near that they come again.
    near: HashMap<u64, Option<Timestamp>>,
    /// Numbers of all that was given, where pages are counted, and whether everything before it was
    /// given, too.
    given: HashMap<u64, bool>,
    total: Option<u64>,
    /// Something new was found behind the first page of one and the same second; where pages are
    /// counted, a page before which something may be missing.
    found_behind: bool,
}

impl Course {
    pub(super) fn new(way: Way, asked: usize) -> Self {
        Self {
            way,
            asked,
            place: Place::First,
            is_over: false,
            near: HashMap::new(),
            given: HashMap::new(),
            total: None,
            found_behind: false,
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
    /// `most` is the most that a page of this list ever held.
    pub(super) fn take<T>(
        &mut self,
        page: &mut Page<T>,
        row: Tell<'_, T>,
        most: &mut Option<usize>,
    ) {
        let is_last = self.is_last(page, most);
        match self.way {
            Way::Up | Way::Down => self.take_numbered(page, row, is_last),
            Way::Cursor => self.take_cursor(page, is_last),
            Way::Changes => self.take_changes(page, row, is_last),
            Way::Pages => self.take_counted(page, row, is_last),
        }
    }

    /// Whether nothing comes after this page. `most` is the most that a page of this list ever held.
    ///
    /// Version 3 says how much it puts on a page. Version 2 doesn't: if it gave less than was
    /// asked, that may be the end, or all it ever gives. It is the end if it gave more once, or if
    /// no store gives so little.
    fn is_last<T>(&self, page: &Page<T>, most: &mut Option<usize>) -> bool {
        if page.received == 0 {
            return true;
        }
        if let Some(per_page) = page.per_page {
            // Where what is left begins on the first page, the total counts what is left; it
            // overrules a size that the store only pretends to have.
            let is_more_left = matches!(self.way, Way::Up | Way::Down | Way::Changes)
                && lists::page_of(&self.place) == 1
                && page.total.is_some_and(|total| total > page.received as u64);
            return page.received < per_page.min(self.asked) && !is_more_left;
        }
        let before = most.unwrap_or(0);
        *most = Some(before.max(page.received));
        page.received < before.max(USUAL_PAGE).min(self.asked)
    }

    /// The numbers on a page, those of unreadable things too.
    fn numbers<T>(page: &Page<T>, row: Tell<'_, T>) -> impl Iterator<Item = u64> {
        let broken = page
            .broken
            .iter()
            .filter_map(|broken| broken.id.as_deref()?.parse().ok());
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

    fn take_cursor<T>(&mut self, page: &Page<T>, is_last: bool) {
        self.is_over = is_last;
        match page.after.clone().map(Place::After) {
            // A cursor that leads back to itself has no end.
            Some(after) if after == self.place => self.is_over = true,
            Some(after) => self.place = after,
            None => {
                self.way = Way::Pages;
                self.place = Place::Page(2);
            }
        }
    }

    fn take_changes<T>(&mut self, page: &mut Page<T>, row: Tell<'_, T>, is_last: bool) {
        let (at, number) = match self.place {
            Place::Since(at, number) => (Some(at), number),
            Place::Page(number) => (None, number),
            _ => (None, 1),
        };
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
            let is_new = self.near.get(&number) != Some(&modified_at);
            is_any_new |= is_new;
            is_new
        });
        for item in &page.items {
            let Row {
                number,
                modified_at,
            } = row(item);
            self.near.insert(number, modified_at);
        }
        self.found_behind |= is_any_new && number > 1;
        let is_further = newest.is_some_and(|newest| at.is_none_or(|at| newest > at));
        if !is_last && !is_further {
            // A whole page of one and the same second.
            self.place = at.map_or(Place::Page(number + 1), |at| Place::Since(at, number + 1));
            return;
        }
        // Things that were changed again have left their second, and those behind them moved up
        // onto pages that were read: look again until nothing new is found behind the first page.
        if let Some(at) = at
            && std::mem::take(&mut self.found_behind)
        {
            self.place = Place::Since(at, 1);
            return;
        }
        self.is_over = is_last;
        if let Some(newest) = newest.filter(|_| is_further) {
            self.place = Place::Since(newest, 1);
            let from = newest - OVERLAP;
            self.near
                .retain(|_, modified_at| modified_at.is_none_or(|at| at >= from));
        }
    }

    fn take_counted<T>(&mut self, page: &mut Page<T>, row: Tell<'_, T>, is_last: bool) {
        let number = match self.place {
            Place::Page(number) => number,
            _ => 1,
        };
        let before = self.total;
        self.total = page.total.or(before);
        let has_shrunk = matches!((before, self.total), (Some(before), Some(now)) if now < before);
        let numbers: Vec<u64> = Self::numbers(page, row).collect();
        // Things behind what was deleted have moved up, perhaps past the page that was read last. A
        // page joins on if it holds one of those that no gap lies before.
        let joins_on = number == 1
            || !(has_shrunk || self.found_behind)
            || numbers
                .iter()
                .any(|number| self.given.get(number) == Some(&true));
        page.items
            .retain(|item| !self.given.contains_key(&row(item).number));
        for number in numbers {
            *self.given.entry(number).or_default() |= joins_on;
        }
        self.found_behind = !joins_on;
        self.is_over = joins_on && is_last;
        self.place = Place::Page(if joins_on { number + 1 } else { number - 1 });
    }
}
