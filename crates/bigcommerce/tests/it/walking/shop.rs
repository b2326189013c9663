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
    /// How often each was changed, by number, for those that were.
    revisions: BTreeMap<u64, u64>,
    /// One in so many things can't be read, each time anew; none if that is 0.
    pub(super) broken_in: u64,
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
                revisions: BTreeMap::new(),
                broken_in: 0,
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
                    *state.revisions.entry(chosen).or_default() += 1;
                }
                _ => {
                    state.rows.remove(&chosen);
                    state.always.remove(&chosen);
                }
            }
        }
    }

    fn thing(&self, id: u64, second: u64, state: &Rows) -> Value {
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
        let revision = state.revisions.get(&id).copied().unwrap_or_default();
        let (words, amount) = match self.sort {
            Sort::Orders => ("customer_message", "total_inc_tax"),
            Sort::Products | Sort::Variants => ("description", "price"),
            Sort::Customers => ("notes", "store_credit_amounts"),
        };
        thing[words] = revision.to_string().into();
        if state.broken_in > 0 && self.dice.below(state.broken_in) == 0 {
            thing[amount] = "much".into();
        }
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
            .map(|(id, second)| self.thing(*id, *second, &state))
            .collect();
        let now = at(state.second)
            .strftime("%a, %d %b %Y %H:%M:%S GMT")
            .to_string();
        let headers = [("Date", now.as_str())];
        if self.sort == Sort::Orders {
            if things.is_empty() {
                return response(204, &headers, "");
            }
            return response(200, &headers, Value::Array(things));
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
        response(200, &headers, body)
    }
}

pub(super) struct Counter(pub(super) Arc<Shop>);

impl Transport for Counter {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        async move { Ok(self.0.list(&request.url)) }.boxed()
    }
}

/// A thing's number, the time of its last change, and how often it was changed.
pub(super) type Version = (u64, Timestamp, u64);

/// What came on a walk, one after another.
pub(super) enum Came {
    /// A thing, and what the store's clock was.
    Given(Version, Timestamp),
    /// Word of one that could not be read.
    Told(u64),
}

/// Walks to the end.
pub(super) async fn came<T: Send + 'static>(
    shop: &Arc<Shop>,
    walk: Walk<T>,
    row: fn(&T) -> Version,
) -> Vec<Came> {
    let clock = Arc::clone(&shop.clock);
    let transport = Arc::new(Counter(Arc::clone(shop)));
    let client = client(ApiOrigin::bigcommerce(), transport, clock, 1);
    let pages = client
        .walk(walk, Lane::Refresh, Duration::from_secs(60))
        .pages();
    let mut pages = std::pin::pin!(pages);
    let mut came = Vec::new();
    while let Some(page) = pages.next().await {
        let answer = page.unwrap();
        let now = answer.server_time.unwrap();
        let page: Page<T> = answer.value;
        assert!(page.items.len() <= 250, "one page at a time");
        let given = page.items.iter().map(|item| Came::Given(row(item), now));
        came.extend(given);
        let told = page
            .broken
            .iter()
            .map(|broken| Came::Told(broken.id.as_deref().unwrap().parse().unwrap()));
        came.extend(told);
    }
    came
}

/// Walks to the end of a list of which everything can be read.
pub(super) async fn walked<T: Send + 'static>(
    shop: &Arc<Shop>,
    walk: Walk<T>,
    row: fn(&T) -> Version,
) -> Vec<Version> {
    let came = came(shop, walk, row).await;
    came.iter()
        .map(|came| match came {
            Came::Given(version, _) => *version,
            Came::Told(number) => panic!("{number} could not be read"),
        })
        .collect()
}

pub(super) fn once_each(given: &[Version], shop: &Shop) -> TestCaseResult {
    let numbers: BTreeSet<u64> = given.iter().map(|(number, ..)| *number).collect();
    prop_assert_eq!(numbers.len(), given.len(), "something came twice");
    let state = shop.state.lock().unwrap();
    let missed: Vec<_> = state.always.difference(&numbers).collect();
    prop_assert!(missed.is_empty(), "missed {:?}", missed);
    Ok(())
}

/// Everything was given once or told of once, or told of until it could be read.
pub(super) fn once_each_or_told(came: &[Came], shop: &Shop) -> TestCaseResult {
    let (mut given, mut told) = (BTreeSet::new(), BTreeSet::new());
    for came in came {
        match came {
            Came::Given((number, ..), _) => {
                prop_assert!(given.insert(*number), "{} was given twice", number);
            }
            Came::Told(number) => {
                prop_assert!(told.insert(*number), "{} was told of twice", number);
                prop_assert!(!given.contains(number), "{} had been given", number);
            }
        }
    }
    let state = shop.state.lock().unwrap();
    let came: BTreeSet<u64> = given.union(&told).copied().collect();
    let missed: Vec<_> = state.always.difference(&came).collect();
    prop_assert!(missed.is_empty(), "missed {:?}", missed);
    Ok(())
}

/// No version was given again, but for those that were read within a second of their time: they may have been followed by
/// another one of the same time.
fn once_unless_fresh(came: &[Came]) -> TestCaseResult {
    let mut settled = BTreeSet::new();
    for came in came {
        if let Came::Given(version, now) = came {
            let (_, at, _) = version;
            prop_assert!(!settled.contains(version), "{:?} came twice", version);
            if now.duration_since(*at) > SignedDuration::from_secs(1) {
                settled.insert(*version);
            }
        }
    }
    Ok(())
}

/// Every thing's last version came, be it one of several of the same time, and none came twice without need: with this
/// walk or, of the very second in which it ended, with the next one, which begins a little earlier.
pub(super) async fn last_versions<T: Send + 'static>(
    shop: &Arc<Shop>,
    walk: impl Fn(Option<Timestamp>) -> Walk<T>,
    row: fn(&T) -> Version,
) -> TestCaseResult {
    let all = came(shop, walk(None), row).await;
    once_unless_fresh(&all)?;
    let mut versions: BTreeSet<Version> = all
        .iter()
        .filter_map(|came| match came {
            Came::Given(version, _) => Some(*version),
            Came::Told(_) => None,
        })
        .collect();
    let newest = versions.iter().map(|(_, at, _)| *at).max();
    let missed = |versions: &BTreeSet<_>, state: &Rows| {
        let revision = |id: &u64| state.revisions.get(id).copied().unwrap_or_default();
        let rows = state.rows.iter();
        let rows = rows.map(|(id, second)| (*id, at(*second), revision(id)));
        let missed = rows.filter(|version| !versions.contains(version));
        missed.collect::<Vec<_>>()
    };
    {
        let mut state = shop.state.lock().unwrap();
        state.is_quiet = true;
        for (id, at, revision) in missed(&versions, &state) {
            let is_last = newest.is_none_or(|newest| at >= newest);
            prop_assert!(
                is_last,
                "missed {} at {}, changed {} times",
                id,
                at,
                revision
            );
        }
    }
    let from = newest.map(|newest| newest - SignedDuration::from_secs(1));
    versions.extend(walked(shop, walk(from), row).await);
    let missed = missed(&versions, &shop.state.lock().unwrap());
    prop_assert!(missed.is_empty(), "missed for good: {:?}", missed);
    Ok(())
}

/// How often a thing was changed, from the words in it.
fn revision(words: &str) -> u64 {
    words.parse().unwrap_or_default()
}

pub(super) fn order(order: &Order) -> Version {
    (
        order.id.0,
        order.modified_at,
        revision(&order.customer_message),
    )
}

pub(super) fn product(product: &commerce::Product) -> Version {
    (
        product.id.0,
        product.modified_at,
        revision(&product.description),
    )
}

pub(super) fn variant(variant: &commerce::Variant) -> Version {
    (variant.id.0, Timestamp::UNIX_EPOCH, 0)
}

pub(super) fn customer(customer: &commerce::Customer) -> Version {
    (
        customer.id.0,
        customer.modified_at,
        revision(&customer.notes),
    )
}
