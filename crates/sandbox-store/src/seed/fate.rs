//! What has become of an order: its status, and what follows from it.

use jiff::Timestamp;

use super::rng::Rng;
use super::{World, later};
use crate::money::Cents;
use crate::state::orders::Order;
use crate::state::statuses::Status;

/// The place of a sample order among all of them, counted from 0 from either end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    pub(super) number: u64,
    pub(super) from_end: u64,
}

/// How far from the end somebody is awaited at the counter, however small the shop is.
const AWAITED: u64 = 9;

impl Seat {
    /// Its order is to be fetched, whoever ordered it.
    pub(super) fn is_awaited(self) -> bool {
        self.from_end == AWAITED
    }
}

/// Whether such an order may be one that is fetched at the counter: what stands in a parcel, or came back out
/// of one, was sent.
pub(super) fn may_be_fetched(status: Status) -> bool {
    !matches!(
        status,
        Status::AwaitingShipment
            | Status::Shipped
            | Status::PartiallyShipped
            | Status::Refunded
            | Status::PartiallyRefunded
            | Status::Disputed
    )
}

/// Whether a gateway has spoken: nobody but one declines a payment, holds it for review or tells of a dispute.
pub(super) fn is_of_a_gateway(status: Status) -> bool {
    matches!(
        status,
        Status::Declined | Status::ManualVerificationRequired | Status::Disputed
    )
}

/// Old orders are done; new ones wait. One of each kind is kept near the end.
pub(super) fn status(rng: &mut Rng, world: &World, created: Timestamp, seat: Seat) -> Status {
    use Status::{
        AwaitingFulfillment, AwaitingPayment, AwaitingPickup, AwaitingShipment, Cancelled,
        Completed, Declined, Disputed, Incomplete, ManualVerificationRequired, PartiallyRefunded,
        PartiallyShipped, Pending, Refunded, Shipped,
    };
    // However small the shop is, somebody waits for something, and there is one of everything.
    let kept = match (seat.from_end, seat.number % 45) {
        (3, _) => Some(AwaitingPayment),
        (5, _) => Some(Incomplete),
        (6, _) => Some(AwaitingShipment),
        (8, _) => Some(ManualVerificationRequired),
        (AWAITED, _) => Some(AwaitingPickup),
        (11, _) => Some(Pending),
        (12, _) => Some(PartiallyShipped),
        (13, _) => Some(Declined),
        (19, _) => Some(Cancelled),
        (_, 7) => Some(Refunded),
        (_, 8) if seat.number.is_multiple_of(4) => Some(Disputed),
        (_, 9) => Some(PartiallyRefunded),
        (_, _) => None,
    };
    if let Some(kept) = kept {
        return kept;
    }
    // In a small shop the newest few orders count as fresh, though they are days apart.
    let hours = (world.today.as_second() - created.as_second()) / 3_600;
    let hours = hours.min(i64::try_from(seat.from_end.saturating_mul(4)).unwrap_or(i64::MAX));
    match hours {
        ..24 => rng.weighted(&[
            (62, AwaitingFulfillment),
            (11, AwaitingPayment),
            (8, AwaitingShipment),
            (4, AwaitingPickup),
            (4, ManualVerificationRequired),
            (3, Incomplete),
            (3, Pending),
            (2, Declined),
            (3, Cancelled),
        ]),
        24..96 => rng.weighted(&[
            (34, AwaitingFulfillment),
            (16, AwaitingShipment),
            (7, AwaitingPayment),
            (5, AwaitingPickup),
            (9, PartiallyShipped),
            (20, Shipped),
            (2, ManualVerificationRequired),
            (3, Incomplete),
            (2, Declined),
            (2, Cancelled),
        ]),
        96..336 => rng.weighted(&[
            (58, Shipped),
            (15, Completed),
            (7, AwaitingFulfillment),
            (4, AwaitingPayment),
            (6, PartiallyShipped),
            (3, AwaitingPickup),
            (3, Incomplete),
            (2, Cancelled),
            (2, PartiallyRefunded),
        ]),
        336.. => rng.weighted(&[
            (680, Completed),
            (215, Shipped),
            (30, Refunded),
            (25, PartiallyRefunded),
            (20, Cancelled),
            (10, Declined),
            (15, Incomplete),
            (3, Disputed),
            (2, AwaitingPayment),
        ]),
    }
}

/// What follows from the status: shipped and refunded pieces, payment, dates.
pub(super) fn settle(rng: &mut Rng, world: &World, order: &mut Order) {
    let day = 86_400_i64;
    let mut after = |low: i64, high: i64| {
        let seconds = rng.between(low.unsigned_abs(), high.unsigned_abs());
        let at = later(order.created, i64::try_from(seconds).unwrap_or(0));
        at.min(later(world.today.max(order.created), -60).max(order.created))
    };
    let paid = if order.payment.provider_id.is_some() {
        "captured"
    } else {
        ""
    };
    match order.status {
        Status::Incomplete => {
            order.payment.status = "";
            order.payment.provider_id = None;
        }
        Status::Pending | Status::AwaitingPayment => {
            order.payment.provider_id = None;
            order.payment.status = "";
            order.modified = after(60, 3_600);
        }
        Status::Shipped | Status::Completed => {
            let gone = after(day / 2, 3 * day);
            order.shipped = Some(gone);
            order.payment.status = paid;
            order.modified = if order.status == Status::Completed {
                after(3 * day, 9 * day)
            } else {
                gone
            };
            order
                .lines
                .iter_mut()
                .for_each(|line| line.shipped = line.quantity);
        }
        Status::PartiallyShipped => {
            order.shipped = Some(after(day / 4, day));
            order.modified = order.shipped.unwrap_or(order.created);
            order.payment.status = paid;
            let pieces: u32 = order.lines.iter().map(|line| line.quantity).sum();
            let mut left = pieces / 2;
            for line in &mut order.lines {
                line.shipped = line.quantity.min(left);
                left -= line.shipped;
            }
        }
        Status::Refunded => {
            order.modified = after(2 * day, 20 * day);
            order.payment.status = if paid.is_empty() { "" } else { "refunded" };
            order
                .lines
                .iter_mut()
                .for_each(|line| line.refunded = line.quantity);
            order.refunded = order.total_inc_tax();
            order.refunded_at = Some(order.modified);
            // Soon after the order it was called off before anything went out; later it was sent back.
            let took = order.modified.as_second() - order.created.as_second();
            if took >= 8 * day {
                order.shipped = Some(later(order.created, took / 4));
                order
                    .lines
                    .iter_mut()
                    .for_each(|line| line.shipped = line.quantity);
            }
        }
        Status::PartiallyRefunded => {
            order.shipped = Some(after(day, 3 * day));
            order.modified = after(4 * day, 20 * day);
            order.payment.status = if paid.is_empty() {
                ""
            } else {
                "partially refunded"
            };
            order
                .lines
                .iter_mut()
                .for_each(|line| line.shipped = line.quantity);
            if let Some(line) = order.lines.first_mut() {
                line.refunded = 1;
                let part = line.total_inc_tax() - line.coupon - line.discount;
                order.refunded = Cents(part.0 / i64::from(line.quantity.max(1)));
                order.refunded_at = Some(order.modified);
            }
        }
        Status::Cancelled => {
            order.payment.status = if paid.is_empty() { "" } else { "void" };
            order.modified = after(600, 2 * day);
        }
        Status::Declined => {
            order.payment.status = "declined";
            order.modified = after(5, 600);
        }
        Status::ManualVerificationRequired => {
            order.payment.status = "held for review";
            order.modified = after(5, 600);
        }
        Status::Disputed => {
            order.shipped = Some(after(day, 3 * day));
            order.modified = after(10 * day, 40 * day);
            order.payment.status = paid;
            order
                .lines
                .iter_mut()
                .for_each(|line| line.shipped = line.quantity);
        }
        Status::AwaitingFulfillment | Status::AwaitingShipment | Status::AwaitingPickup => {
            order.payment.status = if paid.is_empty() { "" } else { "authorized" };
            order.modified = after(30, 7_200);
        }
    }
}
