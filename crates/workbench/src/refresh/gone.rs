//! What was deleted in the store. Nobody tells of it: by date only what is there comes.
//!
//! *When it is looked for.* About hourly, at a start and when a person refreshes, the store's total
//! is compared with what is here, right after having caught up with what changed. Everything that
//! was added is here then, so a smaller total means that something is gone. What was added in the
//! seconds between the two can hide as many deletions, until the next comparison; what the store
//! has and we lack can hide them for longer. For these, and where a store gives no total, everything
//! is asked about once a day.
//!
//! *How.* We don't walk through the store's list, whose pages move while others delete. We walk
//! through our own numbers and ask about a few at a time, so each question stands alone: what fails
//! is asked again, what was cut short goes on from the mark, and nothing that happens between two
//! questions can make a thing look gone. Only what is missing in an answer is asked about a second
//! time, by itself; only what the store then says it doesn't have goes.
//!
//! *What it costs.* One question for 250 things, and one for each that is missing; at most
//! [`QUESTIONS`] of 250 in one round, in the lane of refreshes, so that nobody waits for it.
//!
//! Only lists are changed. What was typed or is on its way stays where it is: a change of a thing
//! that is gone meets the store's answer on its own road.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{
    Lane, Page, Request,
    request::{
        self,
        customers::CustomersQuery,
        orders::OrdersQuery,
        products::{self as product_requests, ProductsQuery},
    },
};
use commerce::{CustomerId, OrderId, ProductId, Tick};
use mirror::{Area, Item, Mirror, Stamp};

use super::{
    Turn, customers::Customers, first::Pulled, numbers, orders::Orders, products::Products,
};
use crate::{Error, lock, on_disk};

/// Between two comparisons of totals.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// After which everything is asked about, whatever the totals say.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Things that are asked about at a time: as many as a page holds.
const AT_A_TIME: u32 = 250;
/// Questions about so many of one kind in one round; the next round goes on.
const QUESTIONS: u32 = 100;

/// When the totals were compared since the store was opened.
#[derive(Default)]
pub(crate) struct Compared(Mutex<HashMap<Area, Tick>>);

impl Compared {
    /// Has all of them compared in the next round.
    pub(crate) fn again(&self) {
        lock(&self.0).clear();
    }

    fn is_due(&self, area: Area, now: Tick) -> bool {
        let at = lock(&self.0).get(&area).copied();
        at.is_none_or(|at| now.since(at) >= HOUR)
    }

    fn done(&self, area: Area, at: Tick) {
        lock(&self.0).insert(area, at);
    }
}

/// A kind of thing that can be deleted in the store.
trait Vanishing: Pulled {
    /// How many of them the store lists, where it says so.
    fn total(turn: &Turn<'_>) -> impl Future<Output = Result<Option<u64>, Error>> + Send;

    /// Numbers of those among `few` that the store lists, perhaps with others or only the first of
    /// them. `few` is never empty.
    fn listed(
        turn: &Turn<'_>,
        few: &BTreeSet<u64>,
    ) -> impl Future<Output = Result<Vec<u64>, Error>> + Send;

    /// Which of `missing` the store says it does not have, asked about these alone. `witness` is one
    /// that it just said it has.
    fn denied(
        turn: &Turn<'_>,
        missing: &BTreeSet<u64>,
        witness: Option<u64>,
    ) -> impl Future<Output = Result<Vec<u64>, Error>> + Send;

    /// Forgets one.
    fn forget(mirror: &Mirror, asked: Stamp, number: u64) -> Result<bool, mirror::Error>;
}

impl Turn<'_> {
    /// Forgets what was deleted in the store, where it is time to look.
    pub(super) async fn what_is_gone(&self) -> Result<(), Error> {
        self.within_reach(Area::Orders, look::<Orders>(self))
            .await?;
        self.within_reach(Area::Products, look::<Products>(self))
            .await?;
        self.within_reach(Area::Customers, look::<Customers>(self))
            .await
    }
}

async fn look<V: Vanishing>(turn: &Turn<'_>) -> Result<(), Error> {
    if turn.is_complete(V::AREA)? && is_due::<V>(turn).await? {
        ask_about_all::<V>(turn).await?;
    }
    Ok(())
}

/// Whether something may be gone, or was being asked about when that was cut short.
async fn is_due<V: Vanishing>(turn: &Turn<'_>) -> Result<bool, Error> {
    let (mirror, compared) = (&turn.store.mirror, &turn.store.compared);
    let mut marks = mirror.marks(V::AREA)?;
    if marks.checked_to.is_some() {
        return Ok(true);
    }
    let wall = turn.bench.clock.wall();
    match marks.checked_at {
        // A clock that was put back makes nothing believed for ever.
        Some(at) if at > wall || wall.duration_since(at).unsigned_abs() >= DAY => return Ok(true),
        Some(_) => {}
        // What has just been pulled is as the store has it.
        None => {
            marks.checked_at = Some(wall);
            mirror.set_marks(V::AREA, &marks)?;
        }
    }
    let now = turn.bench.clock.now();
    if !compared.is_due(V::AREA, now) {
        return Ok(false);
    }
    let total = V::total(turn).await?;
    compared.done(V::AREA, now);
    let here = u64::from(mirror.believed_count(V::AREA)?);
    Ok(total.is_some_and(|total| here > total))
}

/// Goes on asking where it stood, as far as one round may.
async fn ask_about_all<V: Vanishing>(turn: &Turn<'_>) -> Result<(), Error> {
    let mirror = &turn.store.mirror;
    for _ in 0..QUESTIONS {
        let before = mirror.marks(V::AREA)?.checked_to.unwrap_or(0);
        let few = mirror.numbers_after(V::AREA, before, AT_A_TIME)?;
        let highest = few.last().copied();
        if !few.is_empty() {
            ask_about_few::<V>(turn, few).await?;
        }
        let mut marks = mirror.marks(V::AREA)?;
        marks.checked_to = highest;
        if highest.is_none() {
            marks.checked_at = Some(turn.bench.clock.wall());
        }
        mirror.set_marks(V::AREA, &marks)?;
        if highest.is_none() {
            return Ok(());
        }
        turn.orders_meanwhile().await?;
    }
    Ok(())
}

async fn ask_about_few<V: Vanishing>(turn: &Turn<'_>, few: Vec<u64>) -> Result<(), Error> {
    let mut missing: BTreeSet<u64> = few.into_iter().collect();
    let mut witness = None;
    // A store may put fewer on a page than it is asked for, so what is missing in one answer is
    // asked about again for as long as that finds some of it.
    while !missing.is_empty() {
        let before = missing.len();
        for number in V::listed(turn, &missing).await? {
            if missing.remove(&number) {
                witness = Some(number);
            }
        }
        if missing.len() == before {
            break;
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    // From before the second question: what a write of ours brings meanwhile stays.
    let asked = turn.store.mirror.stamp();
    let denied = V::denied(turn, &missing, witness).await?;
    if denied.is_empty() {
        return Ok(());
    }
    let writer = Arc::clone(turn.store);
    let count = denied.len();
    on_disk(move || {
        for number in denied {
            V::forget(&writer.mirror, asked, number)?;
        }
        Ok(())
    })
    .await?;
    tracing::info!(store = %turn.store.key, area = ?V::AREA, count, "deleted in the store");
    turn.tell(V::STALE);
    turn.tell_state();
    Ok(())
}

/// Asks about each by itself, and keeps those that are there all the same: archived orders are.
async fn one_by_one<T: Item + Send + Sync + 'static>(
    turn: &Turn<'_>,
    missing: &BTreeSet<u64>,
    stale: &[crate::What],
    one: impl Fn(u64) -> Request<T> + Send,
) -> Result<Vec<u64>, Error> {
    let mut denied = Vec::new();
    for number in missing {
        match turn.ask(&one(*number), Lane::Refresh).await {
            Ok((asked, answer)) => {
                let writer = Arc::clone(turn.store);
                on_disk(move || Ok(writer.mirror.put_read(asked, &answer.value)?)).await?;
                turn.tell(stale);
            }
            Err(Error::Api(bigcommerce::Error::NotFound)) => denied.push(*number),
            // It is there, whatever it looks like.
            Err(Error::Api(bigcommerce::Error::UnexpectedAnswer { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(denied)
}

impl Vanishing for Orders {
    async fn total(turn: &Turn<'_>) -> Result<Option<u64>, Error> {
        let (_, answer) = turn.ask(&request::orders::count(), Lane::Refresh).await?;
        Ok(Some(answer.value.total))
    }

    /// Orders can't be asked for by several numbers, but from one number to another.
    async fn listed(turn: &Turn<'_>, few: &BTreeSet<u64>) -> Result<Vec<u64>, Error> {
        let mut query = OrdersQuery::new();
        if let (Some(first), Some(last)) = (few.first(), few.last()) {
            query = query.min_id(OrderId(*first)).max_id(OrderId(*last));
        }
        let question = request::orders::list(&query);
        let page = turn.ask(&question, Lane::Refresh).await?.1.value;
        Ok(numbers(&page, |order| order.id.0).collect())
    }

    async fn denied(
        turn: &Turn<'_>,
        missing: &BTreeSet<u64>,
        _: Option<u64>,
    ) -> Result<Vec<u64>, Error> {
        one_by_one(turn, missing, Self::STALE, |number| {
            request::orders::one(OrderId(number))
        })
        .await
    }

    fn forget(mirror: &Mirror, asked: Stamp, number: u64) -> Result<bool, mirror::Error> {
        mirror.remove_order(asked, OrderId(number))
    }
}

impl Vanishing for Products {
    async fn total(turn: &Turn<'_>) -> Result<Option<u64>, Error> {
        let question = product_requests::list(&ProductsQuery::new().limit(1));
        Ok(turn.ask(&question, Lane::Refresh).await?.1.value.total)
    }

    async fn listed(turn: &Turn<'_>, few: &BTreeSet<u64>) -> Result<Vec<u64>, Error> {
        let query = ProductsQuery::new()
            .ids(few.iter().copied().map(ProductId))
            .only_fields(["id"]);
        let question = product_requests::list_full(&query);
        let page = turn.ask(&question, Lane::Refresh).await?.1.value;
        Ok(numbers(&page, |product| product.product.id.0).collect())
    }

    async fn denied(
        turn: &Turn<'_>,
        missing: &BTreeSet<u64>,
        _: Option<u64>,
    ) -> Result<Vec<u64>, Error> {
        one_by_one(turn, missing, Self::STALE, |number| {
            product_requests::one(ProductId(number))
        })
        .await
    }

    fn forget(mirror: &Mirror, asked: Stamp, number: u64) -> Result<bool, mirror::Error> {
        mirror.remove_product(asked, ProductId(number))
    }
}

impl Vanishing for Customers {
    async fn total(turn: &Turn<'_>) -> Result<Option<u64>, Error> {
        let question = request::customers::list(&CustomersQuery::new().limit(1));
        Ok(turn.ask(&question, Lane::Refresh).await?.1.value.total)
    }

    async fn listed(turn: &Turn<'_>, few: &BTreeSet<u64>) -> Result<Vec<u64>, Error> {
        let page = customers_among(turn, few.iter().copied()).await?;
        Ok(numbers(&page, |customer| customer.customer.id.0).collect())
    }

    /// There is no call for one customer that could say that there is none. So someone who is there
    /// is asked for as well: an answer without them says nothing of the others. A store that gives
    /// nobody at all is not believed.
    async fn denied(
        turn: &Turn<'_>,
        missing: &BTreeSet<u64>,
        witness: Option<u64>,
    ) -> Result<Vec<u64>, Error> {
        let witness = match witness {
            Some(witness) => witness,
            None => {
                let question = request::customers::list(&CustomersQuery::new().limit(1));
                let page = turn.ask(&question, Lane::Refresh).await?.1.value;
                match numbers(&page, |customer| customer.id.0).next() {
                    Some(witness) => witness,
                    None => return Ok(Vec::new()),
                }
            }
        };
        let missing: Vec<u64> = missing.iter().copied().collect();
        let mut denied = Vec::new();
        // With room for the witness.
        for few in missing.chunks(AT_A_TIME as usize - 1) {
            let few_and_witness = few.iter().copied().chain([witness]);
            let page = customers_among(turn, few_and_witness).await?;
            let there: Vec<u64> = numbers(&page, |customer| customer.customer.id.0).collect();
            // One that has no number may be any of them, and a full page may not be all.
            let is_clear = there.contains(&witness)
                && there.len() == page.received
                && page.total.is_none_or(|total| total == page.received as u64);
            if is_clear {
                denied.extend(few.iter().filter(|number| !there.contains(number)));
            }
        }
        Ok(denied)
    }

    fn forget(mirror: &Mirror, asked: Stamp, number: u64) -> Result<bool, mirror::Error> {
        mirror.remove_customer(asked, CustomerId(number))
    }
}

/// Without what else could come along: only the numbers are looked at.
async fn customers_among(
    turn: &Turn<'_>,
    few: impl Iterator<Item = u64>,
) -> Result<Page<commerce::FullCustomer>, Error> {
    let query = CustomersQuery::new().ids(few.map(CustomerId));
    let question = request::customers::list_full(&query);
    Ok(turn.ask(&question, Lane::Refresh).await?.1.value)
}
