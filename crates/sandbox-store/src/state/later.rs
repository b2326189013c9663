//! What is answered now and done a little later: stock, captures, voids, refunds.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::Store;
use super::catalog::Tracking;
use super::statuses::Status;

/// What is still to be done, in the order it was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pending(VecDeque<(Timestamp, Later)>);

/// One thing that is done later.
#[derive(Clone, Debug)]
pub(crate) enum Later {
    /// Stock of a variant, by the product where that is what is counted.
    Stock { variant: u64, change: Stock },
    /// What became of a payment.
    Payment { order: u64, status: &'static str },
    /// What a refund did to its order.
    Refunded { order: u64 },
}

/// How stock changes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stock {
    To(u32),
    By(i64),
}

impl Store {
    /// To be done once things have settled.
    pub(crate) fn do_later(&mut self, now: Timestamp, later: Later) {
        self.do_after(self.settling, now, later);
    }

    fn do_after(&mut self, wait: SignedDuration, now: Timestamp, later: Later) {
        let at = now.checked_add(wait).unwrap_or(now);
        self.pending.0.push_back((at, later));
        if wait.is_zero() {
            self.settle(now);
        }
    }

    /// Shows the level that a product had `before` until the one that it was just given is booked, where the
    /// store takes its time with that.
    pub(crate) fn book_late(&mut self, id: u64, before: u32, now: Timestamp) {
        if self.stock_lag.is_zero() {
            return;
        }
        let Some(product) = self.world.product_mut(id) else {
            return;
        };
        let (wanted, variant) = (product.level, product.variants.first());
        let Some(variant) = variant.map(|variant| variant.id) else {
            return;
        };
        if product.tracking != Tracking::Product || wanted == before {
            return;
        }
        product.level = before;
        let change = Stock::To(wanted);
        self.do_after(self.stock_lag, now, Later::Stock { variant, change });
    }

    /// Whether something about that order is still to settle.
    pub(crate) fn is_settling(&self, order: u64) -> bool {
        self.pending.0.iter().any(|(_, later)| match later {
            Later::Payment { order: id, .. } | Later::Refunded { order: id } => *id == order,
            Later::Stock { .. } => false,
        })
    }

    /// Does what is due.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        if self.pending.0.is_empty() {
            return;
        }
        // Not always the first ones: a clock may have been set back since.
        let (mut due, left) = std::mem::take(&mut self.pending.0)
            .into_iter()
            .partition::<Vec<_>, _>(|(at, _)| *at <= now);
        self.pending.0 = left.into();
        // As if somebody had looked all the time: what is due sooner was done sooner, whenever it was asked for.
        due.sort_by_key(|(at, _)| *at);
        for (at, later) in due {
            self.carry_out(&later, at);
        }
    }

    fn carry_out(&mut self, later: &Later, at: Timestamp) {
        let at = crate::dates::whole_seconds(at);
        match later {
            Later::Stock { variant, change } => self.set_stock(*variant, *change),
            Later::Payment { order, status } => {
                if let Some(order) = self.order_mut(*order) {
                    order.payment.status = status;
                    order.modified = at;
                }
            }
            Later::Refunded { order } => {
                if let Some(order) = self.order_mut(*order) {
                    let is_all = order.refunded_in_all() >= order.total_inc_tax();
                    let (status, payment) = if is_all {
                        (Status::Refunded, "refunded")
                    } else {
                        (Status::PartiallyRefunded, "partially refunded")
                    };
                    order.status = status;
                    order.payment.status = payment;
                    order.modified = at;
                }
            }
        }
    }

    fn set_stock(&mut self, variant: u64, change: Stock) {
        let Some((product, at)) = self.world.variant(variant) else {
            return;
        };
        let id = product.id;
        let Some(product) = self.world.product_mut(id) else {
            return;
        };
        let place = if product.tracking == Tracking::Product {
            &mut product.level
        } else {
            &mut product.variants[at].level
        };
        *place = match change {
            Stock::To(level) => level,
            Stock::By(pieces) => {
                u32::try_from((i64::from(*place) + pieces).max(0)).unwrap_or(u32::MAX)
            }
        };
        product.variants[at].is_stocked = true;
    }
}
