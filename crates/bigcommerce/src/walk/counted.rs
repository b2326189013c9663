//! Lists that can only be counted through, page after page.
//!
//! A deletion moves up what lies behind it, perhaps from the next page onto one that was read. So
//! each page is asked for in such a size that it begins before the end of what was read, and counts
//! only if it holds something that is known: then nothing can lie between the two. Otherwise the
//! walk steps back until it meets what it knows.

use std::collections::HashSet;

use super::numbers::Numbers;

/// A page: its number, counted from 1, and how many are on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) page: u32,
    pub(super) limit: u32,
}

impl Window {
    /// How many lie before it.
    fn start(self) -> u64 {
        u64::from(self.page - 1) * u64::from(self.limit)
    }

    fn end(self) -> u64 {
        self.start() + u64::from(self.limit)
    }
}

/// What is known of a page that came.
pub(super) struct Came {
    /// The numbers on it.
    pub(super) numbers: Vec<u64>,
    /// How many the store sent, those without a number too.
    pub(super) received: u32,
    /// How many it says it puts on a page.
    pub(super) per_page: Option<u32>,
    pub(super) total: Option<u64>,
    /// Nothing lies behind it.
    pub(super) is_last: bool,
}

/// The same page so often in a row is a store that heeds no number of a page.
const MOST_SAME: u32 = 4;

/// A page never asks for less than this, so a store that gives no more can't be seen to give more than was asked for.
const FEW: u32 = 2;

/// Where to go on after a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Onward {
    To(Window),
    Over,
}

pub(super) struct Counted {
    /// Numbers of all that was given or told of with everything before it.
    given: Numbers,
    /// Of those given or told of before a page joined on.
    astray: HashSet<u64>,
    /// Of all of them those of which only word was given, for they could not be read.
    unreadable: HashSet<u64>,
    /// The most that the store puts on a page.
    most: u32,
    /// How many lay before the end of what was read without a gap.
    reach: u64,
    /// How many of them the next page is to begin with, at least.
    overlap: u32,
    /// The last page did not join on.
    is_astray: bool,
    /// Pages come in the size that was asked for.
    heeds_size: bool,
    total: Option<u64>,
    /// The last page was shorter than asked, which may be the end, or all the store gives now.
    was_short: bool,
    /// The last page was larger than asked and brought nothing new.
    was_barren: bool,
    /// The numbers on the page before.
    page_before: Vec<u64>,
    /// Pages in a row that were the page before once more.
    same_pages: u32,
}

impl Counted {
    pub(super) fn new(asked: usize) -> Self {
        Self {
            given: Numbers::default(),
            astray: HashSet::new(),
            unreadable: HashSet::new(),
            most: u32::try_from(asked).unwrap_or(u32::MAX).max(1),
            reach: 0,
            overlap: 1,
            is_astray: false,
            heeds_size: true,
            total: None,
            was_short: false,
            was_barren: false,
            page_before: Vec::new(),
            same_pages: 0,
        }
    }

    pub(super) fn first(&self) -> Window {
        Window {
            page: 1,
            limit: self.most,
        }
    }

    fn is_known(&self, number: u64) -> bool {
        self.given.contains(number) || self.astray.contains(&number)
    }

    /// Whether a thing on a page that is not [taken](Self::take) yet is to be given: it is new, or could not be read
    /// before.
    pub(super) fn gives(&mut self, number: u64) -> bool {
        self.unreadable.remove(&number) || !self.is_known(number)
    }

    /// Whether word is to be given of a thing on such a page that can't be read.
    pub(super) fn tells_of(&mut self, number: u64) -> bool {
        !self.is_known(number) && self.unreadable.insert(number)
    }

    /// Notes what was given without a gap before it, on the way of a cursor.
    pub(super) fn note(&mut self, numbers: impl IntoIterator<Item = u64>) {
        for number in numbers {
            self.given.insert(number);
        }
        self.reach = self.given.count();
    }

    /// Where to go on from what was read.
    pub(super) fn onward(&self) -> Window {
        onward(self.reach, self.overlap, self.most)
    }

    /// Takes the page over that was asked for at `window`.
    pub(super) fn take(&mut self, window: Window, came: &Came) -> Onward {
        let before = self.total;
        self.total = came.total.or(before);
        let has_shrunk = matches!((before, self.total), (Some(before), Some(now)) if now < before);
        let size = came.per_page.unwrap_or(window.limit).min(window.limit);
        self.heeds_size &= came.received <= window.limit;
        // Where no page can begin before the end of the last one, the total is all there is to tell.
        let may_follow = !self.heeds_size || window.start() >= self.reach;
        let joins_on = window.page == 1
            || (may_follow && !has_shrunk && !self.is_astray)
            || came
                .numbers
                .iter()
                .any(|number| self.given.contains(*number));
        let is_any_new = came.numbers.iter().any(|number| !self.is_known(*number));
        for number in &came.numbers {
            if joins_on {
                self.given.insert(*number);
                self.astray.remove(number);
            } else {
                // None of them is among those given: it would have joined on.
                self.astray.insert(*number);
            }
        }
        let was_astray = std::mem::replace(&mut self.is_astray, !joins_on);
        if !joins_on {
            // As often as this happens in a row, the next page begins earlier.
            if !was_astray {
                self.overlap = self.overlap.saturating_mul(2);
                self.heeds_size &= self.overlap <= self.most.div_ceil(2);
            }
            self.was_short = false;
            return Onward::To(Window {
                page: window.page - 1,
                ..window
            });
        }
        if is_any_new {
            self.overlap = 1;
        }
        let is_barren = came.received > window.limit && !is_any_new;
        // So few always fit what was asked for. A page may be asked for again, with another size; not as often as
        // that.
        let is_same = window.page > 1
            && came.received <= FEW
            && !is_any_new
            && came.numbers == self.page_before;
        self.same_pages = if is_same { self.same_pages + 1 } else { 0 };
        // A store that heeds neither size nor number of a page would give the same one for ever.
        if came.is_last || (is_barren && self.was_barren) || self.same_pages == MOST_SAME {
            return Onward::Over;
        }
        self.was_barren = is_barren;
        self.page_before.clone_from(&came.numbers);
        if !self.heeds_size {
            return Onward::To(Window {
                page: window.page + 1,
                ..window
            });
        }
        // Not the end, and yet not full: the store gives no more at a time.
        let is_short = came.received < size;
        if is_short && (window.page == 1 || self.was_short) {
            self.most = came.received.max(1);
            self.was_short = false;
            if window.page > 1 {
                self.reach = 0;
                return Onward::To(self.first());
            }
        } else {
            if size < window.limit {
                self.most = size.max(1);
            }
            self.was_short = is_short;
        }
        let start = Window {
            limit: size,
            ..window
        };
        self.reach = start.start() + u64::from(came.received);
        Onward::To(self.onward())
    }
}

/// The page to ask for next, or, where no page can begin earlier, the one that begins at `reach`.
fn onward(reach: u64, overlap: u32, most: u32) -> Window {
    seam(reach, overlap, most)
        .or_else(|| seam(reach, 1, most))
        .unwrap_or_else(|| Window {
            page: u32::try_from(reach.div_ceil(most.into()) + 1).unwrap_or(u32::MAX),
            limit: most,
        })
}

/// See [`floor::by_pages`](crate::floor::by_pages).
pub(crate) fn requests(rows: u64, most: u32) -> u64 {
    let mut window = Window {
        page: 1,
        limit: most,
    };
    let mut requests = 1;
    while window.end() <= rows {
        window = onward(window.end(), 1, most);
        requests += 1;
    }
    requests
}

/// The page of at most `most` that reaches farthest beyond `reach` and begins at least `overlap`
/// before it. `None` where there is none: `reach` can be divided by every number up to `most`, which
/// happens with pages of fewer than 23.
fn seam(reach: u64, overlap: u32, most: u32) -> Option<Window> {
    let before = reach.saturating_sub(overlap.into());
    (1..=most)
        .map(|limit| Window {
            page: u32::try_from(before / u64::from(limit) + 1).unwrap_or(u32::MAX),
            limit,
        })
        .filter(|window| window.end() > reach)
        .max_by_key(|window| window.end())
}
