//! What went back of orders' totals: no list of orders tells it, so it is asked for after them.
//!
//! *Of which orders.* Of those that may have refunds, by their status or that of their payment, and again once such an
//! order has changed; 250 at a time, the newest first, as far back as Home looks.
//!
//! *What can't be read.* Nobody knows whose refund that is. So the orders are asked about again, by halves, until that
//! order stands alone: only of that one it isn't known then how much went back.
//!
//! *What depends on it.* One figure of Home. So nothing waits for it: it is asked for once everything else of a round is
//! here, with at most [`REQUESTS`] of them, and what the store doesn't answer is asked again an hour later, or when a
//! person refreshes or gives another token. What did not get as far as the store is asked again in the next round.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{
    Error as Api, Lane, NetworkKind,
    request::{ListQuery, filters::RefundFilter, payments},
};
use commerce::{OrderId, Refund, RefundId, Tick};
use jiff::Timestamp;
use mirror::{Area, Refunded};
use rust_decimal::Decimal;

use super::{Turn, back};
use crate::{Error, What, lock, on_disk};

/// A year and a month: Home adds up twelve months, of which the last has not ended.
const LOOKED_AT: Duration = Duration::from_secs(400 * 24 * 60 * 60);
/// Orders that are asked about at a time.
const AT_A_TIME: u32 = 250;
/// Pages that an answer may have before fewer orders are asked about.
const PAGES: u32 = 4;
/// Requests of one round; the next round goes on. Enough to come from 250 orders down to a single one, of which each
/// answer has too many pages: so each round gets on.
const REQUESTS: u32 = 60;
/// How long one request may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(60);
/// After which a store that did not answer is asked again.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// When the store last did not answer, since it was opened.
#[derive(Default)]
pub(crate) struct Unanswered(Mutex<Noted>);

#[derive(Default)]
struct Noted {
    at: Option<Tick>,
    /// How often it was to be asked again. What was asked before the last time says nothing any more.
    again: u64,
}

impl Unanswered {
    /// Has it asked in the next round, also where a question is still on its way.
    pub(crate) fn again(&self) {
        let mut noted = lock(&self.0);
        noted.at = None;
        noted.again += 1;
    }

    /// What [`Unanswered::since`] wants of a question that begins now; `None` while none is to be asked.
    fn begins(&self, now: Tick) -> Option<u64> {
        let noted = lock(&self.0);
        let is_over = noted.at.is_none_or(|at| now.since(at) >= HOUR);
        is_over.then_some(noted.again)
    }

    /// A question was not answered. Says nothing if it was to be asked again since it began.
    fn since(&self, at: Tick, begun: u64) {
        let mut noted = lock(&self.0);
        if noted.again == begun {
            noted.at = Some(at);
        }
    }
}

/// An order, and when it was last modified.
type Asked = (OrderId, Timestamp);

/// What comes of a question.
enum Said {
    /// What went back of each order.
    Told(Vec<Refunded>),
    /// Something in it can't be read, or it has too many pages.
    Unclear,
    /// No answer, or no request left to have it.
    Nothing,
}

/// Asks for the refunds of orders that may have some and were not asked about since they changed.
///
/// # Errors
/// [`Error::Stopping`], [`Error::File`] and its kin. Never what the store answers to it.
pub(super) async fn ask(turn: &Turn<'_>) -> Result<(), Error> {
    let clock = &turn.bench.clock;
    if turn.store.out_of_reach(Area::Orders).is_some() {
        return Ok(());
    }
    let Some(begun) = turn.store.refunds_unanswered.begins(clock.now()) else {
        return Ok(());
    };
    let since = back(clock.wall(), LOOKED_AT);
    let mut left = REQUESTS;
    loop {
        let orders = turn.store.mirror.refunds_to_ask(since, AT_A_TIME)?;
        if orders.is_empty() {
            return Ok(());
        }
        let mut lists = vec![orders];
        while let Some(mut list) = lists.pop() {
            let said = answer(turn, &list, begun, &mut left).await?;
            turn.orders_meanwhile().await?;
            let told = match said {
                Said::Told(told) => told,
                Said::Unclear if list.len() > 1 => {
                    let rest = list.split_off(list.len() / 2);
                    lists.extend([rest, list]);
                    continue;
                }
                Said::Unclear => added_up(&list, []),
                Said::Nothing => return Ok(()),
            };
            let writer = Arc::clone(turn.store);
            if on_disk(move || Ok(writer.mirror.put_refunded(&told)?)).await? {
                turn.tell(&[What::Orders]);
            }
        }
    }
}

/// What the store says of some orders' refunds.
async fn answer(
    turn: &Turn<'_>,
    orders: &[Asked],
    begun: u64,
    left: &mut u32,
) -> Result<Said, Error> {
    let ids: Vec<OrderId> = orders.iter().map(|(id, _)| *id).collect();
    let mut refunds: HashMap<RefundId, (OrderId, Option<Decimal>)> = HashMap::new();
    for place in 1..=PAGES {
        if turn.store.is_closing() {
            return Err(Error::Stopping);
        }
        if *left == 0 {
            return Ok(Said::Nothing);
        }
        *left -= 1;
        let query = ListQuery::new()
            .with(RefundFilter::OrderIn(ids.clone()))
            .page(place);
        let question = payments::refunds(&query);
        let deadline = turn.bench.clock.now() + PATIENCE;
        let page = match turn.client.send(&question, Lane::Refresh, deadline).await {
            Ok(answer) => answer.value,
            Err(error) => {
                tracing::debug!(store = %turn.store.key, %error, "refunds are not known yet");
                // What it says to a token that was replaced meanwhile it need not say to the new one.
                if is_the_stores(&error) && turn.store.signs_with(turn.client.token_number) {
                    let unanswered = &turn.store.refunds_unanswered;
                    unanswered.since(turn.bench.clock.now(), begun);
                }
                return Ok(Said::Nothing);
            }
        };
        turn.store.answered();
        if !page.broken.is_empty() {
            return Ok(Said::Unclear);
        }
        let of_each = page.items.iter();
        refunds.extend(of_each.map(|one| (one.id, (one.order_id, went_back(one)))));
        if turn.client.is_last(&question, &page) {
            return Ok(Said::Told(added_up(orders, refunds.into_values())));
        }
    }
    Ok(Said::Unclear)
}

/// Whether the store itself did not give what it was asked for, rather than that this never got there: it would do so
/// again, and where it lets us wait, each round would wait with it.
const fn is_the_stores(error: &Api) -> bool {
    match error {
        Api::Network { kind, lost, .. } => *lost && matches!(kind, NetworkKind::TimedOut),
        Api::DeadlinePassed { waiting, lost, .. } => *lost && waiting.is_none(),
        Api::RateLimited { .. } | Api::Withdrawn { .. } => false,
        _ => true,
    }
}

/// What went back of each of some orders by these refunds of them.
fn added_up(
    orders: &[Asked],
    refunds: impl IntoIterator<Item = (OrderId, Option<Decimal>)>,
) -> Vec<Refunded> {
    let mut sums: HashMap<OrderId, Option<Decimal>> = HashMap::new();
    for (order, amount) in refunds {
        let sum = sums.entry(order).or_insert(Some(Decimal::ZERO));
        let both = sum.zip(amount);
        *sum = both.and_then(|(sum, amount)| sum.checked_add(amount));
    }
    let of_one = |(order, as_of): &Asked| Refunded {
        order: *order,
        as_of: *as_of,
        // Where the store has no refund, it was made elsewhere, and how much went back is not known.
        amount: sums.get(order).copied().flatten(),
    };
    orders.iter().map(of_one).collect()
}

/// What went back by a refund: not what a payment provider declined. `None` where that can't be told.
fn went_back(refund: &Refund) -> Option<Decimal> {
    if !refund.payments.is_whole() {
        return None;
    }
    let mut left = refund.total_amount;
    for way in refund.payments.items.iter().filter(|way| way.is_declined) {
        left = left.checked_sub(way.amount)?;
    }
    Some(left.max(Decimal::ZERO))
}

#[cfg(test)]
mod tests {
    use bigcommerce::{Clash, StoreTrouble, WaitReason};
    use commerce::{Aside, Parts, RefundDone};

    use super::*;

    /// A refund of 10.50 on these ways, each with whether it was declined.
    fn refund(ways: &[(&str, bool)]) -> Refund {
        let way = |(amount, is_declined): &(&str, bool)| RefundDone {
            provider_id: "somebody".into(),
            amount: amount.parse().unwrap(),
            offline: false,
            is_declined: *is_declined,
            declined_message: String::new(),
            aside: Aside::default(),
        };
        Refund {
            id: RefundId(7),
            order_id: OrderId(1),
            created: None,
            reason: String::new(),
            total_amount: "10.50".parse().unwrap(),
            total_tax: Decimal::ZERO,
            uses_merchant_override_values: false,
            items: Parts::default(),
            payments: ways.iter().map(way).collect::<Vec<_>>().into(),
            aside: Aside::default(),
        }
    }

    #[test]
    fn only_what_the_store_did_not_answer_itself_waits_for_an_hour() {
        let way = |kind, lost| Api::Network {
            kind,
            host: "api.example".to_owned(),
            detail: String::new(),
            lost,
        };
        let late = |waiting, lost| Api::DeadlinePassed {
            waiting,
            host: "api.example".to_owned(),
            lost,
        };
        let message = String::new;
        let of_the_store = [
            Api::Unauthorized,
            Api::MissingScope { needs: None },
            Api::Forbidden { message: message() },
            Api::NotFound,
            Api::Invalid {
                status: 422,
                fields: Vec::new(),
                message: message(),
            },
            Api::Conflict {
                which: Clash::Other,
                fields: Vec::new(),
                message: message(),
            },
            Api::TooLarge { message: message() },
            Api::LimitReached { message: message() },
            Api::StoreUnavailable {
                status: 500,
                kind: StoreTrouble::ServerTrouble,
                retry_after: None,
            },
            Api::UnexpectedAnswer {
                path: "$".to_owned(),
                what: "a text".to_owned(),
            },
            way(NetworkKind::TimedOut, true),
            late(None, true),
        ];
        for error in of_the_store {
            assert!(is_the_stores(&error), "{error:?}");
        }
        let on_the_way = [
            Api::RateLimited {
                retry_after: HOUR,
                lost: false,
            },
            way(NetworkKind::Dns, false),
            way(NetworkKind::Refused, false),
            way(NetworkKind::NoAuthorities, false),
            way(NetworkKind::Tls, false),
            way(NetworkKind::Proxy, false),
            way(NetworkKind::Redirected, false),
            way(NetworkKind::Reset, true),
            way(NetworkKind::TimedOut, false),
            late(Some(WaitReason::InLine), false),
            late(None, false),
            Api::Withdrawn { lost: false },
        ];
        for error in on_the_way {
            assert!(!is_the_stores(&error), "{error:?}");
        }
    }

    #[test]
    fn an_answer_to_what_was_asked_before_does_not_undo_that_it_is_asked_again() {
        let unanswered = Unanswered::default();
        let start = Tick::default();
        let begun = unanswered.begins(start).unwrap();
        unanswered.since(start, begun);
        assert_eq!(unanswered.begins(start), None);
        assert_eq!(unanswered.begins(start + HOUR), Some(begun));

        unanswered.again();
        let anew = unanswered.begins(start).unwrap();
        unanswered.since(start, begun);
        assert_eq!(unanswered.begins(start), Some(anew), "of an earlier one");
        unanswered.since(start, anew);
        assert_eq!(unanswered.begins(start), None);
    }

    #[test]
    fn what_a_provider_declined_did_not_go_back() {
        let back = |ways: &[(&str, bool)]| went_back(&refund(ways)).unwrap().to_string();
        assert_eq!(back(&[("10.50", false)]), "10.50");
        assert_eq!(back(&[("4.50", false), ("6.00", true)]), "4.50");
        assert_eq!(back(&[("10.50", true)]), "0.00");
        assert_eq!(back(&[("12.00", true)]), "0", "never less than nothing");
        let mut unclear = refund(&[("10.50", false)]);
        unclear.payments.is_cut = true;
        assert_eq!(went_back(&unclear), None);
    }

    #[test]
    fn an_order_is_known_where_each_of_its_refunds_is() {
        let amount = |text: &str| Some(text.parse::<Decimal>().unwrap());
        let orders = [1, 2, 3].map(|id| (OrderId(id), Timestamp::UNIX_EPOCH));
        let refunds = [
            (OrderId(1), amount("4")),
            (OrderId(2), amount("1")),
            (OrderId(2), None),
            (OrderId(1), amount("0.5")),
        ];
        let told = added_up(&orders, refunds);
        let amounts: Vec<_> = told.iter().map(|one| one.amount).collect();
        assert_eq!(amounts, [amount("4.5"), None, None]);
    }
}
