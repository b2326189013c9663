//! Orders in a plan.

use commerce::{Change, OrderFields, OrderId, OrderStatus, STAFF_NOTES_MAX};

use super::{About, Earlier, LeftOutBecause, PlanItem, Planned, Present};
use crate::Error;

pub(super) fn set(
    present: &Present<'_>,
    id: OrderId,
    wanted: OrderFields,
    earlier: Earlier,
) -> Result<Planned, Error> {
    let Some(order) = present.store.mirror.order(id)? else {
        return Ok(Err(LeftOutBecause::NotHere));
    };
    fits(&wanted, &present.statuses)?;
    let change = |after: OrderFields| Change::Order {
        id,
        before: after.as_in(&order),
        after,
    };
    if present.meets_another(&change(wanted.clone())) {
        return Ok(Err(LeftOutBecause::ChangeOnItsWay));
    }
    let after = wanted.without_those_in(&wanted.as_in(&order));
    if after.is_empty() {
        return Ok(Err(LeftOutBecause::AlreadySo));
    }
    Ok(Ok(PlanItem {
        change: change(after),
        about: About::Order {
            customer: order.customer_name(),
            total: order.total,
        },
        on_storefront: false,
        moves_price_far: false,
        undoes: earlier.undoes,
        retries: earlier.retries,
    }))
}

fn fits(wanted: &OrderFields, statuses: &[OrderStatus]) -> Result<(), Error> {
    if let Some(status) = wanted.status_id
        && !statuses.iter().any(|known| known.id == status)
    {
        return Err(Error::BadInput("status"));
    }
    match &wanted.staff_notes {
        Some(notes) if notes.chars().count() > STAFF_NOTES_MAX => {
            Err(Error::BadInput("staffNotes"))
        }
        Some(_) | None => Ok(()),
    }
}
