//! Long lists, page by page, while others change them.
//!
//! A page's number is a bad place to go on from: as soon as somebody deletes a thing on an earlier
//! page, one is missed. So a walk goes on from what it saw last: from a number where the list can
//! be sorted by numbers, from a cursor where the store gives one, from the time of the last change
//! where changes are looked for. Only where a list has none of these it counts pages, keeps the
//! numbers of what it gave (not the things), and steps back when the total changes.
//!
//! One page is held at a time. Changes made in the very second in which a walk through changes ends
//! may not be in it: begin the next one a little before the newest that was given.

use std::{collections::HashMap, fmt, sync::Arc, time::Duration};

use commerce::{FullOrder, OrderLine};
use futures::{Stream, stream};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::{Answer, Client, Cursor, Error, Lane, Page, Request};

mod lists;

/// Changes are looked for from a little earlier: stores count whole seconds, and some leave out
/// those of the very second that is asked from.
const OVERLAP: SignedDuration = SignedDuration::from_secs(1);

/// A page shorter than this is the last one, whatever size a store may have for pages.
///
/// Source: BigCommerce REST reference: pages hold 50 where nothing else is asked.
const USUAL_PAGE: usize = 50;

/// A way through a list. Made by one of its constructors, walked by [`Client::walk`].
pub struct Walk<T> {
    ask: Ask<T>,
    row: Tell<T>,
    way: Way,
    asked: usize,
    place: Place,
    is_over: bool,
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

/// Makes the request for the page at a place.
type Ask<T> = Arc<dyn Fn(&Place) -> Request<Page<T>> + Send + Sync>;

/// Says what a thing is told by.
type Tell<T> = Arc<dyn Fn(&T) -> Row + Send + Sync>;

/// What a thing is told by.
struct Row {
    number: u64,
    modified_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    Cursor,
    Changes,
    Pages,
}

/// Where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
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

impl<T> fmt::Debug for Walk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("way", &self.way)
            .field("place", &self.place)
            .field("is_over", &self.is_over)
            .finish_non_exhaustive()
    }
}

impl<T: 'static> Walk<T> {
    fn new(
        way: Way,
        asked: usize,
        row: impl Fn(&T) -> Row + Send + Sync + 'static,
        ask: impl Fn(&Place) -> Request<Page<T>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            ask: Arc::new(ask),
            row: Arc::new(row),
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

    /// Any list by its pages, `asked` at a time, told apart by their numbers.
    ///
    /// Rows that others delete or add meanwhile are noticed by the list's total, if it has one;
    /// then the walk steps back until it meets what it knows without a gap. Memory grows with the numbers given,
    /// twenty bytes or so for each.
    pub fn pages(
        asked: usize,
        number: impl Fn(&T) -> u64 + Send + Sync + 'static,
        ask: impl Fn(u32) -> Request<Page<T>> + Send + Sync + 'static,
    ) -> Self {
        let row = move |thing: &T| Row {
            number: number(thing),
            modified_at: None,
        };
        Self::new(Way::Pages, asked, row, move |place| match place {
            Place::Page(page) => ask(*page),
            _ => ask(1),
        })
    }

    /// What to ask next; `None` when all was given.
    fn next(&self) -> Option<Request<Page<T>>> {
        (!self.is_over).then(|| (self.ask)(&self.place))
    }

    /// Takes a page over: what was given before is taken out of it, and the place moves on.
    /// `most` is the most that a page of this list ever held.
    fn take(&mut self, page: &mut Page<T>, most: &mut Option<usize>) {
        let is_last = self.is_last(page, most);
        match self.way {
            Way::Up | Way::Down => self.take_numbered(page, is_last),
            Way::Cursor => self.take_cursor(page, is_last),
            Way::Changes => self.take_changes(page, is_last),
            Way::Pages => self.take_counted(page, is_last),
        }
    }

    /// Whether nothing comes after this page. `most` is the most that a page of this list ever held.
    ///
    /// Version 3 says how much it puts on a page. Version 2 doesn't: if it gave less than was
    /// asked, that may be the end, or all it ever gives. It is the end if it gave more once, or if
    /// no store gives so little.
    fn is_last(&self, page: &Page<T>, most: &mut Option<usize>) -> bool {
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
    fn numbers(&self, page: &Page<T>) -> impl Iterator<Item = u64> {
        let broken = page
            .broken
            .iter()
            .filter_map(|broken| broken.id.as_deref()?.parse().ok());
        page.items
            .iter()
            .map(|item| (self.row)(item).number)
            .chain(broken)
    }

    fn take_numbered(&mut self, page: &mut Page<T>, is_last: bool) {
        let (row, place) = (Arc::clone(&self.row), self.place.clone());
        let is_new = move |number: u64| match place {
            Place::From(from, _) => number >= from,
            Place::To(to, _) => number <= to,
            _ => true,
        };
        let seen: Vec<u64> = self
            .numbers(page)
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

    fn take_cursor(&mut self, page: &mut Page<T>, is_last: bool) {
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

    fn take_changes(&mut self, page: &mut Page<T>, is_last: bool) {
        let row = Arc::clone(&self.row);
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

    fn take_counted(&mut self, page: &mut Page<T>, is_last: bool) {
        let number = match self.place {
            Place::Page(number) => number,
            _ => 1,
        };
        let before = self.total;
        self.total = page.total.or(before);
        let has_shrunk = matches!((before, self.total), (Some(before), Some(now)) if now < before);
        let numbers: Vec<u64> = self.numbers(page).collect();
        // Things behind what was deleted have moved up, perhaps past the page that was read last. A
        // page joins on if it holds one of those that no gap lies before.
        let joins_on = number == 1
            || !(has_shrunk || self.found_behind)
            || numbers
                .iter()
                .any(|number| self.given.get(number) == Some(&true));
        let row = Arc::clone(&self.row);
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

/// Somebody on a [`Walk`].
pub struct Walker<T> {
    client: Client,
    walk: Walk<T>,
    lane: Lane,
    patience: Duration,
}

impl<T> fmt::Debug for Walker<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Walker").field(&self.walk).finish()
    }
}

impl<T: Send + 'static> Walker<T> {
    /// The next page, without what was given before; `None` when all was given. May be empty.
    ///
    /// # Errors
    /// [`Error`]. The walk stays where it is: the next call asks for the same page again.
    pub async fn next(&mut self) -> Option<Result<Answer<Page<T>>, Error>> {
        let request = self.walk.next()?;
        let deadline = self.client.now() + self.patience;
        let mut answer = match self.client.send(&request, self.lane, deadline).await {
            Ok(answer) => answer,
            Err(error) => return Some(Err(error)),
        };
        self.client
            .with_page_size(&request, |most| self.walk.take(&mut answer.value, most));
        Some(Ok(answer))
    }

    /// The pages one by one, to the end or to the first error.
    pub fn pages(self) -> impl Stream<Item = Result<Answer<Page<T>>, Error>> + Send {
        stream::unfold(Some(self), |walker| async move {
            let mut walker = walker?;
            let page = walker.next().await?;
            let goes_on = page.is_ok();
            Some((page, goes_on.then_some(walker)))
        })
    }
}

impl Client {
    /// Walks through a list. Each page may take as long as `patience`, waiting in line included.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use bigcommerce::{Client, Error, Lane, Walk, request::products::ProductsQuery};
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let all = Walk::products(ProductsQuery::new());
    /// let mut walker = client.walk(all, Lane::FirstPull, Duration::from_secs(300));
    /// while let Some(page) = walker.next().await {
    ///     for product in page?.value.items {
    ///         println!("{}", product.name);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn walk<T>(&self, walk: Walk<T>, lane: Lane, patience: Duration) -> Walker<T> {
        Walker {
            client: self.clone(),
            walk,
            lane,
            patience,
        }
    }

    /// All lines of an order: those that came along, or, where the store left some out, all of them
    /// asked for by themselves. With them comes word of those that could not be read.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn lines_of(
        &self,
        order: &FullOrder,
        lane: Lane,
        patience: Duration,
    ) -> Result<(Vec<OrderLine>, Vec<crate::BrokenItem>), Error> {
        if let Some(lines) = order.lines() {
            return Ok((lines.into_iter().cloned().collect(), Vec::new()));
        }
        let walk = Walk::lines(order.order.id, order.order.total.currency);
        let mut walker = self.walk(walk, lane, patience);
        let (mut lines, mut broken) = (Vec::new(), Vec::new());
        let pieces = Decimal::from(order.order.item_count);
        while let Some(page) = walker.next().await {
            let page = page?.value;
            lines.extend(page.items);
            broken.extend(page.broken);
            // The order says how many pieces there are, so nothing more has to be asked for.
            let sum: Decimal = lines.iter().map(|line| line.quantity).sum();
            if sum == pieces && broken.is_empty() {
                break;
            }
        }
        Ok((lines, broken))
    }
}
