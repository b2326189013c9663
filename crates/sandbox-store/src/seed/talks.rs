//! What shoppers ask about an order once it is placed, and what the shop answers. Drawn with the order and kept
//! there: whatever becomes of the order, what somebody wrote stays as it was.

use std::sync::Arc;

use jiff::Timestamp;

use super::later;
use super::orders::PICKUP;
use super::rng::Rng;
use crate::state::orders::{Order, Said, Talk};
use crate::state::statuses::Status;

/// Seconds after the order.
const ASKED: i64 = 1_800;
const ANSWERED: i64 = 5_400;

/// What is asked and answered. No answer says that something of the order was changed: nothing is.
struct Topic {
    subject: &'static str,
    question: &'static str,
    answer: &'static str,
    /// Whether it can be asked, and answered so, about an order that was placed.
    fits: fn(&Order) -> bool,
}

const TOPICS: &[Topic] = &[
    Topic {
        subject: "Delivery",
        question: "When will it be here? We leave on Saturday.",
        answer: "You get an e-mail as soon as it is on its way.",
        fits: is_awaited,
    },
    Topic {
        subject: "Size",
        question: "Could I still change the L to an M?",
        answer: "Not any more, sorry. Please send the L back unworn, and we send you an M.",
        fits: brings_an_l,
    },
    Topic {
        subject: "Invoice",
        question: "Please put our company on the invoice.",
        answer: "You will find it in your account.",
        fits: is_of_a_company,
    },
    Topic {
        subject: "Receipt",
        question: "Could you send me the receipt once more?",
        answer: "It is in your inbox.",
        fits: is_paid,
    },
];

/// One order in twelve is talked about, where it gives cause for it; most questions are answered. From a stream of
/// its own, so that nothing else of the shop depends on it.
pub(super) fn talk(seed: u64, order: &Order) -> Option<Arc<Talk>> {
    let mut rng = Rng::for_thing(seed, "messages", order.id);
    if !rng.chance(80) || !is_placed(order) {
        return None;
    }
    let fitting: Vec<&Topic> = TOPICS.iter().filter(|topic| (topic.fits)(order)).collect();
    if fitting.is_empty() {
        return None;
    }
    let topic = *rng.pick(&fitting);
    let is_answered = rng.chance(700);
    Some(Arc::new(Talk {
        customer_id: order.customer_id,
        subject: topic.subject,
        is_flagged: rng.chance(100),
        question: Said {
            text: topic.question,
            at: later(order.created, ASKED),
        },
        answer: is_answered.then(|| Said {
            text: topic.answer,
            at: answered(order),
        }),
    }))
}

fn answered(order: &Order) -> Timestamp {
    later(order.created, ANSWERED)
}

/// The checkout was finished, nobody has called the order off or turned it down, and its money was not yet back when
/// it was talked about.
fn is_placed(order: &Order) -> bool {
    let is_over = matches!(
        order.status,
        Status::Incomplete | Status::Pending | Status::Cancelled | Status::Declined
    );
    !is_over && order.refunded_at.is_none_or(|at| at > answered(order))
}

fn is_carried(order: &Order) -> bool {
    !order.is_digital() && order.shipping_method != PICKUP
}

/// Nothing of it was on its way yet when that was answered.
fn is_awaited(order: &Order) -> bool {
    is_carried(order) && order.shipped.is_none_or(|at| at > answered(order))
}

fn brings_an_l(order: &Order) -> bool {
    let mut chosen = order.lines.iter().flat_map(|line| line.options.iter());
    is_carried(order) && chosen.any(|option| option.name == "Size" && &*option.value == "L")
}

fn is_of_a_company(order: &Order) -> bool {
    order.customer_id > 0 && !order.billing.company.is_empty()
}

/// The money was taken at the checkout.
fn is_paid(order: &Order) -> bool {
    matches!(
        order.payment.status,
        "captured" | "refunded" | "partially refunded"
    )
}
