//! Long lists, page by page, while others change them.
//!
//! A page's number is a bad place to go on from: as soon as somebody deletes a thing on an earlier
//! page, one is missed. So a walk goes on from what it saw last: from a number where the list can
//! be sorted by numbers, from a cursor where the store gives one, from the time of the last change
//! where changes are looked for. Only where a list has none of these it counts pages: see
//! [`Walk::pages`].
//!
//! One page is held at a time, and what the store sent of the next one. Changes made in the very
//! second in which a walk through changes ends may not be in it: begin the next one a little before
//! the newest that was given. A change that was read in the very second in which it was made may be
//! given again, with what else was changed in that second: nothing but the thing itself tells the
//! two apart.
//!
//! Of what can't be read word is given once, and the thing itself if it can be read on a later page.
//! Only what has no number that could be read may be told of again.

use std::{fmt, sync::Arc, time::Duration};

use commerce::{FullOrder, OrderLine};
use jiff::SignedDuration;
use rust_decimal::Decimal;

use crate::{Answer, BrokenItem, Client, Error, Lane, Page, Request};

mod counted;
mod course;
mod lists;
mod numbers;
mod walker;

pub(crate) use counted::requests as requests_by_pages;
use course::{Course, Place, Row, Way};
pub use walker::Walker;

/// Changes are looked for from a little earlier: stores count whole seconds, and some leave out
/// those of the very second that is asked from.
const OVERLAP: SignedDuration = SignedDuration::from_secs(1);

/// A way through a list. Made by one of its constructors, walked by [`Client::walk`].
pub struct Walk<T> {
    ask: Ask<T>,
    row: Tell<T>,
    course: Course,
}

/// Makes the request for the page at a place.
type Ask<T> = Arc<dyn Fn(&Place) -> Request<Page<T>> + Send + Sync>;

/// Says what a thing is told by.
type Tell<T> = Arc<dyn Fn(&T) -> Row + Send + Sync>;

impl<T> fmt::Debug for Walk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("way", &self.course.way)
            .field("place", &self.course.place)
            .field("is_over", &self.course.is_over)
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
            course: Course::new(way, asked),
        }
    }

    /// Any list by its pages, `asked` at a time, told apart by their numbers.
    ///
    /// Nothing that is there all the time is missed and nothing comes twice, whatever others delete
    /// and make meanwhile, as long as what stays keeps its sequence. In a sequence that the things
    /// themselves change (by name, by price, newest change first) one that changes may leap over
    /// the place where the walk is: where all have to come, walk by number.
    ///
    /// For this every page but the first begins with something known, which takes sizes of pages
    /// that fit: [`floor::by_pages`](crate::floor::by_pages) counts the requests, with pages of 250
    /// up to a tenth more than without. Where a page doesn't join on, because others deleted what it should have begun
    /// with, the walk steps back. What this can't hold: stores that don't keep to the size asked
    /// for, and lists of which half a page is deleted again and again between two requests; with
    /// pages of fewer than 23, one seam in thousands or less (every 2,520 things with pages of
    /// ten). There a falling total, where the list has one, makes the walk step back.
    ///
    /// `ask` makes the request for a page; its parameter `limit` is set by the walk. The numbers
    /// given are kept, of those that follow each other the first and the last: of most lists that is
    /// next to nothing, however long they are. Where numbers lie apart, each takes some thirty bytes.
    pub fn pages(
        asked: usize,
        number: impl Fn(&T) -> u64 + Send + Sync + 'static,
        ask: impl Fn(u32) -> Request<Page<T>> + Send + Sync + 'static,
    ) -> Self {
        let row = move |thing: &T| Row {
            number: number(thing),
            modified_at: None,
        };
        Self::new(Way::Pages, asked, row, move |place| {
            ask(lists::page_of(place))
        })
    }

    fn request(&self, place: &Place) -> Request<Page<T>> {
        let request = (self.ask)(place);
        match place {
            Place::Window(window) => request.with_limit(window.limit),
            _ => request,
        }
    }

    /// What to ask next; `None` when all was given.
    fn next(&self) -> Option<Request<Page<T>>> {
        (!self.course.is_over).then(|| self.request(&self.course.place))
    }

    /// The request after a page of which nothing but the numbers is known, where they decide: on a
    /// walk by number or cursor.
    fn after(&self, mut numbers: Page<u64>, most_seen: usize) -> Option<Request<Page<T>>> {
        let mut course = self.course.ahead()?;
        let row = |number: &u64| Row {
            number: *number,
            modified_at: None,
        };
        course.take(&mut numbers, &row, most_seen, None);
        let goes_on = !course.is_over && course.way != Way::Pages;
        goes_on.then(|| self.request(&course.place))
    }

    /// Takes a page over, as [`Course::take`].
    fn take(&mut self, answer: &mut Answer<Page<T>>, most_seen: usize) {
        let read_at = answer.server_time;
        self.course
            .take(&mut answer.value, &*self.row, most_seen, read_at);
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
        Walker::new(self.clone(), walk, lane, patience)
    }

    /// All lines of an order: those that came along, or, where the store left some out (as it may
    /// without a word, see [`FullOrder::lines`]), all of them asked for by themselves. With them comes
    /// word of those that could not be read.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn lines_of(
        &self,
        order: &FullOrder,
        lane: Lane,
        patience: Duration,
    ) -> Result<(Vec<OrderLine>, Vec<BrokenItem>), Error> {
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
            // What could not be read on one page may have been readable on another.
            broken.retain(|broken: &BrokenItem| {
                !lines
                    .iter()
                    .any(|line: &OrderLine| broken.id == Some(line.id.to_string()))
            });
            // The order says how many pieces there are, so nothing more has to be asked for.
            let sum = lines
                .iter()
                .try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.quantity));
            if sum == Some(pieces) && broken.is_empty() {
                break;
            }
        }
        Ok((lines, broken))
    }
}
