//! Refunds quoted and made. What is paid back has to be what was quoted.
//!
//! Source: BigCommerce REST reference, "Create a refund quote" and "Create a refund"; the reasons are
//! made up, where they stand (inside `data` for a refund) is not.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::fields::{Wrong, object};
use super::payment_actions::order_of;
use super::refunds::{body, paid};
use super::touched;
use crate::dates::whole_seconds;
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::money::{Cents, Plain};
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::later::Later;
use crate::state::orders::{Line, Move, Order, Refund, RefundItem, RefundPayment};

/// Most characters of a reason. Source: REST reference.
const LONGEST_REASON: usize = 1_000;

/// What is to go back, counted out.
struct Quote {
    items: Vec<RefundItem>,
    total: Cents,
    tax: Cents,
    /// The part that is not about any thing.
    order_level: Cents,
}

pub(crate) fn quote(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = order_of(store, call)?;
    let fields = object(&call.request.body)?;
    let quote = Quote::of(order, &fields)?;
    let methods: Vec<Vec<Value>> = ways(order, quote.total)
        .iter()
        .map(|way| way.iter().map(Step::body).collect())
        .collect();
    let body = json!({
        "data": {
            "order_id": order.id,
            "total_refund_amount": Plain(quote.total),
            "total_refund_tax_amount": Plain(quote.tax),
            "order_level_refund_amount": Plain(quote.order_level),
            "rounding": 0,
            "adjustment": 0,
            "tax_inclusive": false,
            "refund_methods": methods,
        },
        "meta": {},
    });
    Ok(Response::json(201, &body))
}

pub(crate) fn refund(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = order_of(store, call)?;
    let id = order.id;
    if store.is_settling(id) {
        let body = json!({ "data": [{
            "order_id": id, "status": 503,
            "error": "Another payment action of this order is still in progress",
        }]});
        return Err(Box::new(Response::json(503, &body)));
    }
    let fields = object(&call.request.body).map_err(within_data)?;
    let mut quote = Quote::of(order, &fields).map_err(within_data)?;
    let said = fields.get("merchant_calculated_override");
    if let Some(said) = said.filter(|said| !said.is_null()) {
        quote.take_over(said, order).map_err(within_data)?;
    }
    let payments = payments(order, &fields, quote.total).map_err(within_data)?;
    let reason = fields.get("reason").and_then(Value::as_str).unwrap_or("");
    if reason.chars().count() > LONGEST_REASON {
        let refused = refusals::v3_invalid("reason", "error.maxLength");
        return Err(within_data(Box::new(refused)));
    }
    let now = whole_seconds(call.now);
    let made = store.pay_back(id, quote, payments, (reason, said.is_some()), now);
    store.do_later(call.now, Later::Refunded { order: id });
    let order = order_of(store, call)?;
    let made = order.refunds.iter().find(|refund| refund.id == made);
    let data = made.map(|refund| body(order, refund));
    let answer = Response::json(201, &json!({ "data": data, "meta": {} }));
    Ok(touched(answer))
}

/// A refund's refusals stand in a list.
#[expect(clippy::boxed_local, reason = "that is how refusals travel")]
fn within_data(refused: Box<Response>) -> Box<Response> {
    let body = json!({ "data": [refused.body_json()] });
    Box::new(Response::json(refused.status, &body))
}

impl Quote {
    fn of(order: &Order, fields: &Map<String, Value>) -> Result<Self, Box<Response>> {
        let mut wrong = Wrong::default();
        let mut quote = Self {
            items: Vec::new(),
            total: Cents::ZERO,
            tax: Cents::ZERO,
            order_level: Cents::ZERO,
        };
        if !is_paid(order) {
            let title = "The order has no captured payment to refund";
            return Err(Box::new(refusals::v3(422, title, Map::new())));
        }
        match (fields.get("items"), fields.get("tax_adjustment_amount")) {
            (Some(Value::Array(items)), _) if !items.is_empty() => {
                for (at, item) in items.iter().enumerate() {
                    quote.add(order, item, &format!("items.{at}."), &mut wrong);
                }
            }
            (None, Some(amount)) => match amount_in(amount) {
                Some(amount) if amount <= order.total_tax() => {
                    quote.total += amount;
                    quote.tax += amount;
                }
                Some(_) | None => wrong.add("tax_adjustment_amount", "error.max"),
            },
            (Some(_), _) => wrong.add("items", "error.minLength"),
            (None, None) => wrong.add("items", "error.path.missing"),
        }
        wrong.refuse()?;
        let left = order.total_inc_tax() - order.refunded_in_all();
        if quote.total > left || quote.total <= Cents::ZERO {
            let mut wrong = Wrong::default();
            wrong.add("items", "The refund is more than what is left of the order");
            wrong.refuse()?;
        }
        Ok(quote)
    }

    fn add(&mut self, order: &Order, item: &Value, prefix: &str, wrong: &mut Wrong) {
        let text = |name: &str| item.get(name).and_then(Value::as_str);
        let Some(id) = item.get("item_id").and_then(Value::as_u64) else {
            wrong.add(format!("{prefix}item_id"), "error.path.missing");
            return;
        };
        let reason = text("reason").unwrap_or("");
        if reason.chars().count() > LONGEST_REASON {
            wrong.add(format!("{prefix}reason"), "error.maxLength");
        }
        let before = |kind: &str| -> Cents {
            let items = order.refunds.iter().flat_map(|refund| &refund.items);
            let same = items
                .chain(&self.items)
                .filter(|each| each.kind == kind && each.id == id);
            same.map(|each| each.amount).sum()
        };
        // What there is of it, and the tax in that.
        let (kind, whole, tax) = match text("item_type") {
            Some("PRODUCT") => {
                self.add_pieces(order, id, (item, reason), prefix, wrong);
                return;
            }
            Some("SHIPPING") if id == order.address_id => {
                let whole = order.shipping + order.shipping_tax;
                ("SHIPPING", whole, order.shipping_tax)
            }
            Some("HANDLING") if id == order.address_id => (
                "HANDLING",
                order.handling.1,
                order.handling.1 - order.handling.0,
            ),
            Some("FEE") if order.fees.iter().any(|fee| fee.id == id) => {
                let fees = order.fees.iter().filter(|fee| fee.id == id);
                let (cost, tax) = fees.fold((Cents::ZERO, Cents::ZERO), |(cost, tax), fee| {
                    (cost + fee.cost, tax + fee.tax)
                });
                ("FEE", cost + tax, tax)
            }
            Some("ORDER") if id == order.id => ("ORDER", order.total_inc_tax(), Cents::ZERO),
            Some("TAX") if id == order.id => ("TAX", order.total_tax(), order.total_tax()),
            // The sample shop wraps nothing.
            Some("GIFT_WRAPPING" | "SHIPPING" | "HANDLING" | "FEE" | "ORDER" | "TAX") => {
                wrong.add(
                    format!("{prefix}item_id"),
                    "The item is not part of the order",
                );
                return;
            }
            Some(_) => {
                wrong.add(
                    format!("{prefix}item_type"),
                    "error.expected.validenumvalue",
                );
                return;
            }
            None => {
                wrong.add(format!("{prefix}item_type"), "error.path.missing");
                return;
            }
        };
        let amount = item.get("amount").and_then(amount_in);
        let left = whole - before(kind);
        match amount {
            Some(amount) if amount > Cents::ZERO && amount <= left => {
                self.total += amount;
                self.tax += Cents(tax.0 * amount.0 / whole.0.max(1));
                if kind == "ORDER" {
                    self.order_level += amount;
                }
                self.items.push(RefundItem {
                    kind,
                    id,
                    quantity: 1,
                    amount,
                    reason: reason.into(),
                });
            }
            Some(_) => wrong.add(format!("{prefix}amount"), "error.max"),
            None => wrong.add(format!("{prefix}amount"), "error.path.missing"),
        }
    }

    fn add_pieces(
        &mut self,
        order: &Order,
        id: u64,
        (item, reason): (&Value, &str),
        prefix: &str,
        wrong: &mut Wrong,
    ) {
        let Some(line) = order.lines.iter().find(|line| line.id == id) else {
            wrong.add(
                format!("{prefix}item_id"),
                "The item is not part of the order",
            );
            return;
        };
        let asked = item.get("quantity").and_then(Value::as_u64);
        let Some(pieces) = asked.and_then(|pieces| u32::try_from(pieces).ok()) else {
            wrong.add(format!("{prefix}quantity"), "error.path.missing");
            return;
        };
        let here = self
            .items
            .iter()
            .filter(|each| each.kind == "PRODUCT" && each.id == id);
        let before = line.refunded + here.map(|each| each.quantity).sum::<u32>();
        if pieces == 0 || pieces > line.quantity.saturating_sub(before) {
            let reason = "More pieces than are left to refund";
            wrong.add(format!("{prefix}quantity"), reason);
            return;
        }
        let amount = part(line, paid(line), before, pieces);
        self.total += amount;
        self.tax += part(line, line.tax, before, pieces);
        self.items.push(RefundItem {
            kind: "PRODUCT",
            id,
            quantity: pieces,
            amount,
            reason: reason.into(),
        });
    }

    /// The merchant's own sums.
    fn take_over(&mut self, said: &Value, order: &Order) -> Result<(), Box<Response>> {
        let sum = |name: &str| said.get(name).and_then(amount_in);
        let mut wrong = Wrong::default();
        let left = order.total_inc_tax() - order.refunded_in_all();
        match (sum("total_amount"), sum("total_tax")) {
            // Money goes back to the shopper, never the other way.
            (Some(total), Some(tax)) if total <= Cents::ZERO || tax < Cents::ZERO => {
                wrong.add("merchant_calculated_override", "error.min");
            }
            (Some(total), Some(tax)) if total <= left && tax <= total => {
                self.total = total;
                self.tax = tax;
            }
            (_, _) => wrong.add("merchant_calculated_override", "error.max"),
        }
        wrong.refuse()
    }
}

/// So many pieces' part of an amount, after so many others: all parts add up to the whole.
fn part(line: &Line, amount: Cents, before: u32, pieces: u32) -> Cents {
    let quantity = i64::from(line.quantity.max(1));
    let until = |count: u32| amount.0 * i64::from(count) / quantity;
    Cents(until(before + pieces) - until(before))
}

fn amount_in(value: &Value) -> Option<Cents> {
    Decimal::read(value).map(Decimal::cents)
}

/// Money came in: by a gateway, or by hand.
fn is_paid(order: &Order) -> bool {
    match order.payment.status {
        "captured" | "paid" | "partially refunded" => true,
        "" => order.payment.provider_id.is_none() && order.status.counts_as_sold(),
        _other => false,
    }
}

/// What one provider pays back; the whole of a way or a part of it.
struct Step {
    provider: &'static str,
    description: &'static str,
    amount: Cents,
    is_offline: bool,
}

impl Step {
    fn body(&self) -> Value {
        json!({
            "provider_id": self.provider,
            "provider_description": self.description,
            "amount": Plain(self.amount),
            "offline": self.is_offline,
            "offline_provider": self.is_offline,
            "offline_reason": if self.is_offline { "The payment was made by hand" } else { "" },
        })
    }
}

/// Every way to pay an amount back, each a list of steps that belong together: those of one step first.
///
/// What was paid in two ways can go back in two: by the gateway as far as it came through it, and the rest to
/// store credit. Source: REST reference, "Create a refund quote"; that the gateway's part goes first when less
/// than all is paid back was decided here.
fn ways(order: &Order, amount: Cents) -> Vec<Vec<Step>> {
    let step = |provider, description, amount, is_offline| Step {
        provider,
        description,
        amount,
        is_offline,
    };
    let has_account = order.customer_id > 0;
    let mut all = Vec::new();
    if let Some((provider, description)) = gateway(order) {
        let by_gateway = amount.min(left_at_gateway(order, provider).unwrap_or(amount));
        let to_credit = amount - by_gateway;
        if to_credit == Cents::ZERO {
            all.push(vec![step(provider, description, amount, false)]);
        } else if by_gateway > Cents::ZERO && has_account {
            all.push(vec![
                step(provider, description, by_gateway, false),
                step("storecredit", "Store credit", to_credit, false),
            ]);
        }
    }
    if has_account {
        all.push(vec![step("storecredit", "Store credit", amount, false)]);
    }
    all.push(vec![step("custom", "Custom", amount, true)]);
    all.sort_by_key(Vec::len);
    all
}

/// Who took the money that was paid online, by id and by name.
fn gateway(order: &Order) -> Option<(&'static str, &'static str)> {
    order.payment.provider_id.as_ref()?;
    Some(if order.payment.method == "Credit Card" {
        ("bigcommerce_payments", "Credit card")
    } else {
        ("paypalcommerce", "PayPal")
    })
}

/// What came through the gateway and has not gone back through it; `None` where all came through it.
fn left_at_gateway(order: &Order, provider: &str) -> Option<Cents> {
    if order.store_credit == Cents::ZERO {
        return None;
    }
    let payments = order.refunds.iter().flat_map(|refund| &refund.payments);
    let back: Cents = payments
        .filter(|payment| *payment.provider == *provider)
        .map(|payment| payment.amount)
        .sum();
    let left = order.total_inc_tax() - order.store_credit - back;
    Some(left.max(Cents::ZERO))
}

/// Those of one quoted way, step by step and to the cent.
fn payments(
    order: &Order,
    fields: &Map<String, Value>,
    total: Cents,
) -> Result<Vec<(&'static str, Cents, bool)>, Box<Response>> {
    let mut wrong = Wrong::default();
    let Some(Value::Array(items)) = fields.get("payments") else {
        wrong.add("payments", "error.path.missing");
        wrong.refuse()?;
        return Ok(Vec::new());
    };
    let asked: Vec<(Option<&str>, Option<Cents>)> = items
        .iter()
        .map(|item| {
            let provider = item.get("provider_id").and_then(Value::as_str);
            (provider, item.get("amount").and_then(amount_in))
        })
        .collect();
    for (at, (_, amount)) in asked.iter().enumerate() {
        if amount.is_some_and(|amount| amount <= Cents::ZERO) {
            wrong.add(format!("payments.{at}.amount"), "error.min");
        }
    }
    let sum: Cents = asked.iter().filter_map(|(_, amount)| *amount).sum();
    if sum != total {
        wrong.add(
            "payments",
            "The payments do not add up to the refund that was quoted",
        );
    }
    let quoted = ways(order, total).into_iter().find(|way| {
        let mut steps = way.iter().zip(&asked);
        way.len() == asked.len()
            && steps.all(|(step, (provider, _))| *provider == Some(step.provider))
    });
    if quoted.is_none() {
        wrong.add(
            "payments.0.provider_id",
            "The payment method was not quoted for this order",
        );
    }
    let way = quoted.unwrap_or_default();
    for (at, (step, (_, amount))) in way.iter().zip(&asked).enumerate() {
        if *amount != Some(step.amount) {
            wrong.add(
                format!("payments.{at}.amount"),
                "The amount is not the one that was quoted",
            );
        }
    }
    wrong.refuse()?;
    let said_offline = |at: usize| items[at].get("offline") == Some(&Value::Bool(true));
    Ok(way
        .iter()
        .enumerate()
        .map(|(at, step)| {
            (
                step.provider,
                step.amount,
                step.is_offline || said_offline(at),
            )
        })
        .collect())
}

impl Store {
    fn pay_back(
        &mut self,
        order: u64,
        quote: Quote,
        payments: Vec<(&'static str, Cents, bool)>,
        (reason, is_merchants_sum): (&str, bool),
        now: Timestamp,
    ) -> u64 {
        let mut next = self.next;
        let id = take(&mut next.refund);
        let mut moves = Vec::new();
        let mut credit = Cents::ZERO;
        let payments = payments
            .into_iter()
            .map(|(provider, amount, is_offline)| {
                let is_gateway = !is_offline && provider != "storecredit";
                let transaction_id = is_gateway.then(|| take(&mut next.transaction));
                if let Some(id) = transaction_id {
                    moves.push(Move {
                        id,
                        event: "refund",
                        amount,
                        at: now,
                    });
                }
                if provider == "storecredit" {
                    credit += amount;
                }
                RefundPayment {
                    id: take(&mut next.refund),
                    provider: provider.into(),
                    amount,
                    is_offline,
                    transaction_id,
                }
            })
            .collect();
        self.next = next;
        let Some(order) = self.order_mut(order) else {
            return id;
        };
        for item in quote.items.iter().filter(|item| item.kind == "PRODUCT") {
            for line in order.lines.iter_mut().filter(|line| line.id == item.id) {
                line.refunded += item.quantity;
            }
        }
        order.refunds.push(Refund {
            id,
            created: now,
            reason: Arc::from(reason),
            total: quote.total,
            tax: quote.tax,
            is_merchants_sum,
            items: quote.items,
            payments,
        });
        order.moves.append(&mut moves);
        order.modified = now;
        let customer = order.customer_id;
        if let Some(customer) = self.world.customer_mut(customer) {
            let before = customer.store_credit.cents();
            customer.store_credit = Decimal::from_cents(before + credit);
        }
        id
    }
}
