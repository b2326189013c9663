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
use crate::state::Store;
use crate::state::orders::{Order, Said};

/// One message.
struct Message {
    id: u64,
    is_from_staff: bool,
    customer_id: u64,
    subject: &'static str,
    said: Said,
    is_read: bool,
    is_flagged: bool,
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
    let found: Vec<Value> = about(order, call.now)
        .into_iter()
        .filter(|message| {
            min_id.is_none_or(|id| message.id >= id)
                && max_id.is_none_or(|id| message.id <= id)
                && customer.is_none_or(|id| message.customer_id == id)
                && is_flagged.is_none_or(|wanted| message.is_flagged == wanted)
                && is_read.is_none_or(|wanted| message.is_read == wanted)
                && from.is_none_or(|from| message.said.at >= from)
                && until.is_none_or(|until| message.said.at <= until)
        })
        .map(|message| body(store, order, &message, &call.origin))
        .collect();
    page_of(query, &found)
}

/// What has been written by now.
fn about(order: &Order, now: Timestamp) -> Vec<Message> {
    let Some(talk) = order.talk.as_deref() else {
        return Vec::new();
    };
    let is_written = |said: &Said| said.at <= now;
    let answer = talk.answer.filter(is_written);
    let question = Some(talk.question).filter(is_written);
    let question = question.map(|said| Message {
        id: order.id * 2,
        is_from_staff: false,
        customer_id: talk.customer_id,
        subject: talk.subject,
        said,
        is_read: answer.is_some(),
        is_flagged: talk.is_flagged,
    });
    let answer = answer.map(|said| Message {
        id: order.id * 2 + 1,
        is_from_staff: true,
        customer_id: talk.customer_id,
        subject: talk.subject,
        said,
        is_read: true,
        is_flagged: false,
    });
    question.into_iter().chain(answer).collect()
}

fn body(store: &Store, order: &Order, message: &Message, origin: &str) -> Value {
    // A guest has no account to point to.
    let customer = (message.customer_id > 0)
        .then(|| Link::to(store, origin, format!("/customers/{}", message.customer_id)));
    json!({
        "id": message.id,
        "order_id": order.id,
        "staff_id": if message.is_from_staff { Some(1) } else { None },
        "customer_id": message.customer_id,
        "type": if message.is_from_staff { "merchant" } else { "customer" },
        "subject": message.subject,
        "message": message.said.text,
        "status": if message.is_read { "read" } else { "unread" },
        "is_flagged": message.is_flagged,
        "date_created": Rfc2822(message.said.at),
        "customer": customer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::later;
    use crate::state::Blueprint;

    #[test]
    fn about_an_order_that_has_just_come_in_nobody_has_written_yet() {
        let mut store = Store::open(&Blueprint::default());
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let _effects = store.receive_orders(300, now);
        let (mut asked, mut answered) = (0, 0);
        for order in store.orders.iter().filter(|order| order.created == now) {
            assert!(about(order, later(now, 29 * 60)).is_empty(), "{order:?}");
            let first = about(order, later(now, 31 * 60));
            let is_open = |each: &Message| !each.is_from_staff && !each.is_read;
            assert!(first.len() < 2 && first.iter().all(is_open), "{order:?}");
            let all = about(order, later(now, 91 * 60));
            asked += first.len();
            answered += all.len() - first.len();
        }
        assert!(asked > 5, "{asked} have asked");
        assert!(answered > 3 && answered < asked, "{answered} of {asked}");
    }
}
