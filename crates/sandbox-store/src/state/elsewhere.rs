//! What changes without the API: orders come in, colleagues edit, an old log is replayed.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Store;
use super::statuses::Status;
use crate::dates::whole_seconds;
use crate::gate::{self, routes};
use crate::http::{Effects, Request};
use crate::seed;
use crate::v2::change_order::Change;

impl Store {
    /// Makes a logged change again: nobody asks for a token, a scope or the quota this time.
    pub(crate) fn replay(&mut self, request: &Request, at: Timestamp, account: usize) {
        self.settle(at);
        if let Some(route) = routes::find(&request.method, &request.path) {
            let _answered_then = gate::answer(self, request, &route, at, account);
        }
    }

    /// So many new orders, placed now. None if there is nothing to buy.
    pub(crate) fn receive_orders(&mut self, count: u32, now: Timestamp) -> Effects {
        self.world.fill_the_shelves();
        if self.world.for_sale.is_empty() || count == 0 {
            return Effects::default();
        }
        for _each in 0..count {
            let order = seed::orders::draw(&self.world, &mut self.next, whole_seconds(now), None);
            self.orders.push(order);
        }
        Effects {
            changed: true,
            emailed: false,
        }
    }

    /// Somebody else edits an order in the control panel. No e-mail: the control panel asks first.
    pub(crate) fn edit_order_elsewhere(
        &mut self,
        id: u64,
        status_id: Option<u8>,
        staff_notes: Option<&str>,
        now: Timestamp,
    ) -> Effects {
        let status = status_id.and_then(|id| Status::from_id(i64::from(id)));
        let change = Change::by_hand(status, staff_notes.map(Arc::from));
        self.change_order(id, &change, now, false)
    }

    /// Somebody else edits a product in the control panel. What the API would refuse changes nothing.
    pub(crate) fn edit_product_elsewhere(
        &mut self,
        id: u64,
        fields: &Map<String, Value>,
        now: Timestamp,
    ) -> Effects {
        let changed = self.world.product(id).is_some()
            && self.change_product(id, fields, now).unwrap_or(false);
        Effects {
            changed,
            emailed: false,
        }
    }

    /// Somebody else deletes a product in the control panel.
    pub(crate) fn delete_product_elsewhere(&mut self, id: u64) -> Effects {
        let changed = self.world.product(id).is_some();
        self.delete_products(&[id]);
        crate::v3::metafields::forget_orphans(self);
        Effects {
            changed,
            emailed: false,
        }
    }

    /// The order as the store keeps it, with nothing left out but what its shopper wrote later: amounts with four
    /// decimals, ISO dates.
    /// Sums, which are never kept, are added up.
    pub(crate) fn raw_order(&self, id: u64) -> Option<Value> {
        let order = self.order(id)?;
        let mut whole = serde_json::to_value(order).ok()?;
        whole["statusId"] = order.status.id().into();
        whole["email"] = json!(order.billing.email);
        whole["paymentStatus"] = json!(order.payment.status);
        whole["totalExTax"] = json!(order.total_ex_tax());
        whole["totalIncTax"] = json!(order.total_inc_tax());
        whole["refundedInAll"] = json!(order.refunded_in_all());
        Some(whole)
    }
}
