//! A shop whose lists change between two requests, and what a walk through one must not do.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{
    ApiOrigin, BoxFuture, HttpRequest, HttpResponse, Lane, Page, Transport, TransportError, Walk,
};
use commerce::Order;
use futures::{FutureExt, StreamExt};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::{
    support::{self, Dice, TestClock, client, response},
    things,
};

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Orders,
    Products,
    Customers,
    Variants,
}

/// A store whose list changes between requests.
pub(super) struct Shop {
    pub(super) clock: Arc<TestClock>,
    pub(super) dice: Arc<Dice>,
    sort: Sort,
    /// The most it puts on a page, whatever is asked.
    most: usize,
    /// Changes between two requests, at most.
    bustle: u64,
    /// Whether things are also made and changed, or only deleted.
    makes: bool,
    pub(super) state: Mutex<Rows>,
}

#[derive(Default)]
pub(super) struct Rows {
    /// Seconds since the walk began at which each was last changed, by number.
    pub(super) rows: BTreeMap<u64, u64>,
    next: u64,
    second: u64,
    pub(super) requests: usize,
    /// From this request on, no more than so many on a page.
    pub(super) most_from: Option<(usize, usize)>,
    /// So many pages have a cursor; all if that is left open.
    pub(super) cursors: Option<usize>,
    /// Nobody changes anything any more.
    is_quiet: bool,
    /// Of things that were there all the time.
    always: BTreeSet<u64>,
}

pub(super) const BEGINNING: i64 = 1_790_000_000;
/// Seconds before the oldest change.
pub(super) const EARLIER: u64 = 10;

pub(super) fn at(second: u64) -> Timestamp {
    Timestamp::from_second(BEGINNING + i64::try_from(second).unwrap()).unwrap()
}

impl Shop {
    pub(super) fn new(
        seed: u64,
        sort: Sort,
        count: u64,
        most: usize,
        bustle: u64,
        makes: bool,
    ) -> Arc<Self> {
        let dice = Dice::new(seed);
        let span = 1 + dice.below(40);
        let rows: BTreeMap<u64, u64> = (1..=count)
            .map(|id| (id * 2, EARLIER + dice.below(span)))
            .collect();
        let always = rows.keys().copied().collect();
        Arc::new(Self {
            clock: TestClock::new(),
            dice,
            sort,
            most,
            bustle,
            makes,
            state: Mutex::new(Rows {
                next: count * 2 + 1,
                second: EARLIER + span,
                rows,
                requests: 0,
                most_from: None,
                cursors: None,
                is_quiet: false,
                always,
            }),
        })
    }

    /// What others do meanwhile.
    fn bustle(&self, state: &mut Rows) {
        if state.is_quiet {
            return;
        }
        for _ in 0..self.dice.below(self.bustle + 1) {
            state.second += self.dice.below(2);
            let ids: Vec<u64> = state.rows.keys().copied().collect();
            let chosen = if ids.is_empty() {
                0
            } else {
                ids[usize::try_from(self.dice.below(ids.len() as u64)).unwrap()]
            };
            let deed = if self.makes { self.dice.below(3) } else { 2 };
            match deed {
                // Where pages are counted things are made in between, too.
                0 if self.sort == Sort::Variants && self.dice.below(2) == 0 => {
                    let second = state.second;
                    let number = 1 + 2 * self.dice.below((state.next / 2).max(1));
                    state.rows.entry(number).or_insert(second);
                }
                0 => {
                    let second = state.second;
                    state.rows.insert(state.next, second);
                    state.next += 1 + self.dice.below(2);
                }
                1 if chosen > 0 => {
                    let second = state.second;
                    state.rows.insert(chosen, second);
                }
                _ => {
                    state.rows.remove(&chosen);
                    state.always.remove(&chosen);
                }
            }
        }
    }

    fn thing(&self, id: u64, second: u64) -> Value {
        let modified = at(second);
        let mut thing = match self.sort {
            Sort::Orders => support::order(id),
            Sort::Products => support::product(id),
            Sort::Customers => support::customer(id),
            Sort::Variants => things::variant(id),
        };
        thing["date_modified"] = match self.sort {
            Sort::Orders => modified.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
            _ => modified.to_string(),
        }
        .into();
        thing
    }

    fn list(&self, url: &str) -> HttpResponse {
        let mut state = self.state.lock().unwrap();
        state.requests += 1;
        self.bustle(&mut state);
        let url = url::Url::parse(url).unwrap();
        let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        let number = |name: &str| query.get(name).and_then(|text| text.parse::<u64>().ok());
        let date = |name: &str| -> Option<u64> {
            let at: Timestamp = query.get(name)?.parse().unwrap();
            Some(u64::try_from((at.as_second() - BEGINNING).max(0)).unwrap())
        };
        let (min, max) = (
            number("min_id").or(number("id:min")).unwrap_or(0),
            number("max_id").or(number("id:max")).unwrap_or(u64::MAX),
        );
        // Customers leave out the second that is asked from.
        let since = date("min_date_modified").or(date("date_modified:min"));
        let since = match (since, self.sort) {
            (Some(since), Sort::Customers) => since + 1,
            (since, _) => since.unwrap_or(0),
        };
        let after = query
            .get("after")
            .map_or(0, |cursor| cursor[1..].parse().unwrap());
        let mut rows: Vec<(u64, u64)> = state
            .rows
            .iter()
            .map(|(id, second)| (*id, *second))
            .filter(|(id, second)| *id >= min && *id <= max && *second >= since && *id > after)
            .collect();
        let by_date = query
            .get("sort")
            .is_some_and(|sort| sort.starts_with("date_modified"));
        if by_date {
            rows.sort_by_key(|(id, second)| (*second, *id));
        }
        let sort = query.get("sort").map_or("", String::as_str);
        if query.get("direction").is_some_and(|way| way == "desc") || sort.ends_with(":desc") {
            rows.reverse();
        }
        let total = rows.len();
        let most = match state.most_from {
            Some((from, most)) if state.requests > from => most,
            _ => self.most,
        };
        let limit = usize::try_from(number("limit").unwrap()).unwrap();
        let limit = limit.min(most);
        let page = usize::try_from(number("page").unwrap_or(1)).unwrap();
        let shown: Vec<(u64, u64)> = rows
            .into_iter()
            .skip((page - 1) * limit)
            .take(limit)
            .collect();
        let last = shown.last().map_or(0, |(id, _)| *id);
        let things: Vec<Value> = shown
            .iter()
            .map(|(id, second)| self.thing(*id, *second))
            .collect();
        if self.sort == Sort::Orders {
            if things.is_empty() {
                return response(204, &[], "");
            }
            return response(200, &[], Value::Array(things));
        }
        let mut body = json!({"data": things, "meta": {"pagination": {
            "total": total, "count": things.len(), "per_page": limit, "current_page": page,
            // Wrong on purpose: nobody should go by it.
            "total_pages": 1, "links": {}}}});
        let has_cursor = state.cursors.is_none_or(|most| state.requests <= most);
        if self.sort == Sort::Customers && !by_date && has_cursor {
            body["meta"]["cursor_pagination"] = json!({
                "count": things.len(), "per_page": limit, "end_cursor": format!("c{last}"), "links": {}
            });
        }
        response(200, &[], body)
    }
}

pub(super) struct Counter(pub(super) Arc<Shop>);

impl Transport for Counter {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        async move { Ok(self.0.list(&request.url)) }.boxed()
    }
}

/// Walks to the end and gives what came, as number and time of the last change.
pub(super) async fn walked<T: Send + 'static>(
    shop: &Arc<Shop>,
    walk: Walk<T>,
    row: fn(&T) -> (u64, Timestamp),
) -> Vec<(u64, Timestamp)> {
    let clock = Arc::clone(&shop.clock);
    let transport = Arc::new(Counter(Arc::clone(shop)));
    let client = client(ApiOrigin::bigcommerce(), transport, clock, 1);
    let pages = client
        .walk(walk, Lane::Refresh, Duration::from_secs(60))
        .pages();
    let mut pages = std::pin::pin!(pages);
    let mut given = Vec::new();
    while let Some(page) = pages.next().await {
        let page: Page<T> = page.unwrap().value;
        assert!(page.items.len() <= 250, "one page at a time");
        given.extend(page.items.iter().map(row));
    }
    given
}

pub(super) fn once_each(given: &[(u64, Timestamp)], shop: &Shop) -> TestCaseResult {
    let numbers: BTreeSet<u64> = given.iter().map(|(number, _)| *number).collect();
    prop_assert_eq!(numbers.len(), given.len(), "something came twice");
    let state = shop.state.lock().unwrap();
    let missed: Vec<_> = state.always.difference(&numbers).collect();
    prop_assert!(missed.is_empty(), "missed {:?}", missed);
    Ok(())
}

/// Every thing's last version came, and none came twice: with this walk or, of the very second in
/// which it ended, with the next one, which begins a little earlier.
pub(super) async fn last_versions<T: Send + 'static>(
    shop: &Arc<Shop>,
    walk: impl Fn(Option<Timestamp>) -> Walk<T>,
    row: fn(&T) -> (u64, Timestamp),
) -> TestCaseResult {
    let given = walked(shop, walk(None), row).await;
    let mut versions: BTreeSet<(u64, Timestamp)> = given.iter().copied().collect();
    prop_assert_eq!(versions.len(), given.len(), "a version came twice");
    let newest = given.iter().map(|(_, at)| *at).max();
    let missed = |versions: &BTreeSet<_>, state: &Rows| {
        let rows = state.rows.iter().map(|(id, second)| (*id, at(*second)));
        let missed = rows.filter(|version| !versions.contains(version));
        missed.collect::<Vec<_>>()
    };
    {
        let mut state = shop.state.lock().unwrap();
        state.is_quiet = true;
        for (id, at) in missed(&versions, &state) {
            let is_last = newest.is_none_or(|newest| at >= newest);
            prop_assert!(is_last, "missed {} at {}", id, at);
        }
    }
    let from = newest.map(|newest| newest - SignedDuration::from_secs(1));
    versions.extend(walked(shop, walk(from), row).await);
    let missed = missed(&versions, &shop.state.lock().unwrap());
    prop_assert!(missed.is_empty(), "missed for good: {:?}", missed);
    Ok(())
}

pub(super) fn order(order: &Order) -> (u64, Timestamp) {
    (order.id.0, order.modified_at)
}

pub(super) fn product(product: &commerce::Product) -> (u64, Timestamp) {
    (product.id.0, product.modified_at)
}

pub(super) fn variant(variant: &commerce::Variant) -> (u64, Timestamp) {
    (variant.id.0, Timestamp::UNIX_EPOCH)
}

pub(super) fn customer(customer: &commerce::Customer) -> (u64, Timestamp) {
    (customer.id.0, customer.modified_at)
}
