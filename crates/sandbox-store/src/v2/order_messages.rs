//! What shoppers and staff wrote to each other about an order. The API can only read it.
//!
//! Source: BigCommerce REST reference, "Order messages".

use jiff::Timestamp;
use serde_json::{Value, json};

use super::order_body::Link;
use super::{orders, page_of, parameter};
use crate::dates::{self, Rfc2822};
use crate::gate::Call;
use crate::http::Response;
use crate::seed::later;
use crate::seed::orders::PICKUP;
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::orders::Order;

/// What is asked and answered.
struct Talk {
    subject: &'static str,
    question: &'static str,
    answer: &'static str,
    /// Whether it can be asked about an order.
    fits: fn(&Order) -> bool,
}

/// The last one always fits.
const TALKS: &[Talk] = &[
    Talk {
        subject: "Delivery",
        question: "When will it be here? We leave on Saturday.",
        answer: "You get an e-mail as soon as it is on its way.",
        fits: is_carried,
    },
    Talk {
        subject: "Size",
        question: "Could I still change the L to an M?",
        answer: "Done, the M is put aside for you.",
        fits: comes_in_l,
    },
    Talk {
        subject: "Invoice",
        question: "Please put our company on the invoice.",
        answer: "You will find it in your account.",
        fits: is_of_a_company,
    },
    Talk {
        subject: "Receipt",
        question: "Could you send me the receipt once more?",
        answer: "It is in your inbox.",
        fits: always,
    },
];

fn is_carried(order: &Order) -> bool {
    !order.is_digital() && order.shipping_method != PICKUP
}

fn comes_in_l(order: &Order) -> bool {
    let mut chosen = order.lines.iter().flat_map(|line| line.options.iter());
    chosen.any(|option| option.name == "Size" && &*option.value == "L")
}

fn is_of_a_company(order: &Order) -> bool {
    order.customer_id > 0 && !order.billing.company.is_empty()
}

fn always(_any: &Order) -> bool {
    true
}

/// One message.
struct Message {
    id: u64,
    is_from_staff: bool,
    subject: &'static str,
    text: &'static str,
    is_read: bool,
    is_flagged: bool,
    created: Timestamp,
}

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let query = &call.query;
    let min_id: Option<u64> = parameter(query, "min_id")?;
    let max_id: Option<u64> = parameter(query, "max_id")?;
    let customer: Option<u64> = parameter(query, "customer_id")?;
    let is_flagged: Option<bool> = parameter(query, "is_flagged")?;
    // As in the list of orders, a date that cannot be read is no filter.
    let date = |name: &str| query.get(name).and_then(dates::parse);
    let (from, until) = (date("min_date_created"), date("max_date_created"));
    let is_read = match query.get("status") {
        Some("read") => Some(true),
        Some("unread") => Some(false),
        None | Some(_) => None,
    };
    let found: Vec<Value> = about(store, order)
        .into_iter()
        .filter(|message| {
            min_id.is_none_or(|id| message.id >= id)
                && max_id.is_none_or(|id| message.id <= id)
                && customer.is_none_or(|id| order.customer_id == id)
                && is_flagged.is_none_or(|wanted| message.is_flagged == wanted)
                && is_read.is_none_or(|wanted| message.is_read == wanted)
                && from.is_none_or(|from| message.created >= from)
                && until.is_none_or(|until| message.created <= until)
        })
        .map(|message| body(store, order, &message, &call.origin))
        .collect();
    page_of(query, &found)
}

/// One order in twelve is talked about; most questions are answered.
fn about(store: &Store, order: &Order) -> Vec<Message> {
    let mut rng = Rng::for_thing(store.seed(), "messages", order.id);
    if !rng.chance(80) {
        return Vec::new();
    }
    let fitting: Vec<&Talk> = TALKS.iter().filter(|talk| (talk.fits)(order)).collect();
    let Talk {
        subject,
        question,
        answer,
        ..
    } = **rng.pick(&fitting);
    let is_answered = rng.chance(700);
    let mut all = vec![Message {
        id: order.id * 2,
        is_from_staff: false,
        subject,
        text: question,
        is_read: is_answered,
        is_flagged: rng.chance(100),
        created: later(order.created, 1_800),
    }];
    if is_answered {
        all.push(Message {
            id: order.id * 2 + 1,
            is_from_staff: true,
            subject,
            text: answer,
            is_read: true,
            is_flagged: false,
            created: later(order.created, 5_400),
        });
    }
    all
}

fn body(store: &Store, order: &Order, message: &Message, origin: &str) -> Value {
    // A guest has no account to point to.
    let customer = (order.customer_id > 0)
        .then(|| Link::to(store, origin, format!("/customers/{}", order.customer_id)));
    json!({
        "id": message.id,
        "order_id": order.id,
        "staff_id": if message.is_from_staff { Some(1) } else { None },
        "customer_id": order.customer_id,
        "type": if message.is_from_staff { "merchant" } else { "customer" },
        "subject": message.subject,
        "message": message.text,
        "status": if message.is_read { "read" } else { "unread" },
        "is_flagged": message.is_flagged,
        "date_created": Rfc2822(message.created),
        "customer": customer,
    })
}
