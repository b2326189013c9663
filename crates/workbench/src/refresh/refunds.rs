//! What went back of orders' totals: no list of orders tells it, so it is asked for after them.
//!
//! *Of which orders.* Of those that may have refunds, by their status or that of their payment, and again once such an
//! order has changed; 250 at a time, the newest first, as far back as Home looks.
//!
//! *What depends on it.* One figure of Home, which isn't shown while it isn't known. So nothing waits for it for long,
//! and what fails stops nothing else: it is asked for in the next round.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bigcommerce::{
    Lane,
    request::{ListQuery, filters::RefundFilter, payments},
};
use commerce::{OrderId, RefundId};
use jiff::Timestamp;
use mirror::{Area, Refunded};
use rust_decimal::Decimal;

use super::{Turn, back};
use crate::{Error, What, on_disk};

/// A year and a month: Home adds up twelve months, of which the last has not ended.
const LOOKED_AT: Duration = Duration::from_secs(400 * 24 * 60 * 60);
/// Orders that are asked about at a time.
const AT_A_TIME: u32 = 250;
/// Questions about so many in one round; the next round goes on.
const QUESTIONS: u32 = 20;
/// Pages that an answer may have.
const PAGES: u32 = 20;
/// How long one request may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks for the refunds of orders that may have some and were not asked about since they changed.
///
/// # Errors
/// [`Error::Stopping`], [`Error::File`] and its kin. Never what the store answers to it.
pub(super) async fn ask(turn: &Turn<'_>) -> Result<(), Error> {
    if turn.store.out_of_reach(Area::Orders).is_some() {
        return Ok(());
    }
    let since = back(turn.bench.clock.wall(), LOOKED_AT);
    for _ in 0..QUESTIONS {
        let orders = turn.store.mirror.refunds_to_ask(since, AT_A_TIME)?;
        if orders.is_empty() {
            return Ok(());
        }
        let Some(told) = answers(turn, &orders).await? else {
            return Ok(());
        };
        let writer = Arc::clone(turn.store);
        if on_disk(move || Ok(writer.mirror.put_refunded(&told)?)).await? {
            turn.tell(&[What::Orders]);
        }
        turn.orders_meanwhile().await?;
    }
    Ok(())
}

/// What the store says of some orders' refunds; `None` where it doesn't answer that now.
async fn answers(
    turn: &Turn<'_>,
    orders: &[(OrderId, Timestamp)],
) -> Result<Option<Vec<Refunded>>, Error> {
    let ids: Vec<OrderId> = orders.iter().map(|(id, _)| *id).collect();
    let mut refunds: HashMap<RefundId, (OrderId, Decimal)> = HashMap::new();
    let mut is_whole = false;
    for place in 1..=PAGES {
        if turn.store.is_closing() {
            return Err(Error::Stopping);
        }
        let query = ListQuery::new()
            .with(RefundFilter::OrderIn(ids.clone()))
            .page(place);
        let question = payments::refunds(&query);
        let deadline = turn.bench.clock.now() + PATIENCE;
        let page = match turn.client.send(&question, Lane::Refresh, deadline).await {
            Ok(answer) => answer.value,
            Err(error) => {
                let error = Error::from(error);
                tracing::debug!(store = %turn.store.key, %error, "refunds are not known yet");
                return Ok(None);
            }
        };
        turn.store.answered();
        let is_last = turn.client.is_last(&question, &page);
        let of_each = page.items.iter();
        refunds.extend(of_each.map(|one| (one.id, (one.order_id, one.total_amount))));
        // Nobody knows whose refund it is that can't be read.
        if !page.broken.is_empty() {
            break;
        }
        if is_last {
            is_whole = true;
            break;
        }
    }
    let mut sums: HashMap<OrderId, Decimal> = HashMap::new();
    for (order, amount) in refunds.into_values() {
        let sum = sums.entry(order).or_default();
        *sum = sum.checked_add(amount).unwrap_or(Decimal::MAX);
    }
    let told = orders.iter().map(|(order, as_of)| Refunded {
        order: *order,
        as_of: *as_of,
        // Where the store has no refund, it was made elsewhere, and how much went back is not known.
        amount: sums.get(order).copied().filter(|_| is_whole),
    });
    Ok(Some(told.collect()))
}
