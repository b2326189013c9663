//! Orders: pulled from the newest down by number, so that orders that are placed or touched
//! meanwhile can't move a page's edge.

use bigcommerce::{
    Lane, Page, Request,
    request::{
        self,
        orders::{OrdersQuery, OrdersSort},
    },
};
use commerce::{Order, OrderId};
use jiff::Timestamp;
use mirror::{Area, Marks};

use super::{
    Turn,
    changes::Changing,
    first::{After, Pulled},
    numbers,
};
use crate::{Error, What};

pub(super) struct Orders;

impl Pulled for Orders {
    type Item = Order;
    const AREA: Area = Area::Orders;
    // What customers have ordered is counted from their orders.
    const STALE: &'static [What] = &[What::Orders, What::Customers];

    async fn begin(turn: &Turn<'_>) -> Result<(), Error> {
        let (_, answer) = turn.ask(&request::orders::count(), Lane::FirstPull).await?;
        let mirror = &turn.store.mirror;
        let mut marks = mirror.marks(Area::Orders)?;
        marks.changes_since = Some(turn.changes_from_now(&answer));
        marks.in_store = u32::try_from(answer.value.total).ok();
        Ok(mirror.set_marks(Area::Orders, &marks)?)
    }

    fn next(marks: &Marks, further: u32) -> Request<Page<Order>> {
        let mut query = OrdersQuery::new()
            .sort(OrdersSort::IdDescending)
            .page(1 + further);
        match marks.pulled_to {
            Some(0 | 1) => query = query.max_id(OrderId(1)),
            Some(lowest) => query = query.max_id(OrderId(lowest - 1)),
            None => {}
        }
        request::orders::list(&query)
    }

    fn after(marks: &Marks, page: &Page<Order>, _: bool) -> After {
        let lowest = numbers(page, |order| order.id.0).min();
        let is_lower = match (lowest, marks.pulled_to) {
            (Some(lowest), Some(before)) => lowest < before,
            (lowest, _) => lowest.is_some(),
        };
        After {
            marks: is_lower.then(|| Marks {
                pulled_to: lowest,
                ..marks.clone()
            }),
            // What is taken to be all of them has to be: the store is asked until it has no more.
            is_last: page.received == 0 || lowest == Some(1),
        }
    }
}

impl Changing for Orders {
    fn changed(since: Timestamp, page: u32) -> Request<Page<Order>> {
        let query = OrdersQuery::new()
            .modified_since(since)
            .sort(OrdersSort::ModifiedAscending)
            .page(page);
        request::orders::list(&query)
    }

    fn modified_at(order: &Order) -> Timestamp {
        order.modified_at
    }

    fn number(order: &Order) -> u64 {
        order.id.0
    }
}

/// The store's own labels.
pub(super) async fn statuses(turn: &Turn<'_>) -> Result<(), Error> {
    let (_, answer) = turn
        .ask(&request::orders::statuses(), Lane::Refresh)
        .await?;
    Ok(turn.store.mirror.put_statuses(&answer.value)?)
}
