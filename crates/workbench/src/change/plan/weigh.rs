//! What a plan costs, sets off, and has to be asked about.

use std::{collections::HashSet, time::Duration};

use bigcommerce::request::products::BATCH_MAX;
use commerce::{Change, SafetyMode};

use super::{ASK_TWICE_ABOVE, AskTwice, Effect, Plan, PlanItem};
use crate::change::together::{READ_AT_ONCE, product_of};

/// How many items each stretch has that is sent in one go, in the order of sending: changes of products that
/// stand next to each other, each of another one, and everything else by itself.
fn stretches(items: &[PlanItem]) -> Vec<u32> {
    let mut stretches = Vec::new();
    let mut products = HashSet::new();
    for item in items {
        let product = product_of(&item.change);
        let joins = !products.is_empty()
            && products.len() < READ_AT_ONCE as usize
            && product.is_some_and(|id| !products.contains(&id));
        match stretches.last_mut() {
            Some(last) if joins => *last += 1,
            Some(_) | None => {
                products.clear();
                stretches.push(1);
            }
        }
        products.extend(product);
    }
    stretches
}

/// Of each item, whether it goes along with others.
pub(super) fn go_together(items: &[PlanItem]) -> Vec<bool> {
    stretches(items)
        .into_iter()
        .flat_map(|size| std::iter::repeat_n(size > 1, size as usize))
        .collect()
}

/// Requests for all of them.
pub(super) fn requests_of(items: &[PlanItem]) -> u32 {
    stretches(items)
        .into_iter()
        .map(|together| requests_for(0, together))
        .fold(0, u32::saturating_add)
}

/// Requests for so many things that go alone, each read and written, and for so many products that go
/// `together`.
pub(in crate::change) fn requests_for(alone: u32, together: u32) -> u32 {
    let batch = u32::try_from(BATCH_MAX).unwrap_or(u32::MAX);
    let together = together
        .div_ceil(READ_AT_ONCE)
        .saturating_add(together.div_ceil(batch));
    alone.saturating_mul(2).saturating_add(together)
}

/// Whether the safety mode wants the person to confirm. Risky is what reaches a shopper, many
/// things at once, a price, or what can't be put back.
pub(super) fn asks(safety: SafetyMode, items: &[PlanItem]) -> bool {
    match safety {
        SafetyMode::ReadOnly | SafetyMode::AskAlways => true,
        SafetyMode::AskRisky => items.len() > 1 || items.iter().any(is_risky),
    }
}

fn is_risky(item: &PlanItem) -> bool {
    // It met somebody else's change once; what stands there now must be seen before it goes.
    if item.retries.is_some() {
        return true;
    }
    match &item.change {
        Change::Order { .. } => may_email(item),
        Change::Product { after, .. } => after.price.is_some() || after.sale_price.is_some(),
        Change::CreateProduct { after } => after.is_visible == Some(true),
        Change::DeleteProduct { .. } => true,
    }
}

fn may_email(item: &PlanItem) -> bool {
    matches!(&item.change, Change::Order { after, .. } if after.status_id.is_some())
}

/// Whether the person has yet to confirm it, or to confirm it once more.
pub(super) fn is_unconfirmed(
    plan: &Plan,
    safety: SafetyMode,
    confirmed: bool,
    confirmed_twice: bool,
) -> bool {
    (asks(safety, &plan.items) && !confirmed) || (!plan.ask_twice.is_empty() && !confirmed_twice)
}

/// Every reason to ask twice, gravest first: none hides another.
pub(super) fn asks_twice(items: &[PlanItem]) -> Vec<AskTwice> {
    reasons(items, Change::moves_money)
}

fn reasons(items: &[PlanItem], moves_money: impl Fn(&Change) -> bool) -> Vec<AskTwice> {
    let moves_money = items.iter().any(|item| moves_money(&item.change));
    let moves_far = items.iter().any(|item| item.moves_price_far);
    [
        (moves_money, AskTwice::MoneyLeaves),
        (moves_far, AskTwice::PriceMovesFar),
        (items.len() > ASK_TWICE_ABOVE, AskTwice::ManyThings),
    ]
    .into_iter()
    .filter_map(|(is_so, why)| is_so.then_some(why))
    .collect()
}

pub(super) fn effects(items: &[PlanItem]) -> Vec<Effect> {
    let any = |matches: fn(&PlanItem) -> bool| items.iter().any(matches);
    let mut effects = Vec::new();
    if any(may_email) {
        effects.extend([Effect::MayEmailShopper, Effect::NoMoneyMoves]);
    } else {
        effects.push(Effect::NoEmail);
    }
    if any(|item| item.on_storefront) {
        effects.push(Effect::ShoppersSeeIt);
    }
    if any(|item| !item.change.can_be_put_back()) {
        effects.push(Effect::CannotBePutBack);
    }
    effects
}

/// How long so many requests take at the store's quota, about.
pub(in crate::change) fn takes(requests: u32, quota: Option<bigcommerce::Quota>) -> Duration {
    // About what a round trip takes, one after the other.
    let trips = Duration::from_millis(300) * requests;
    let waits = quota.map_or(Duration::ZERO, |quota| {
        let beyond = requests.saturating_sub(quota.left);
        quota
            .window
            .saturating_mul(beyond.div_ceil(quota.quota.max(1)))
    });
    trips.max(waits)
}

#[cfg(test)]
mod tests {
    use commerce::{CurrencyCode, Money, OrderFields, OrderId, ProductFields, ProductId};

    use super::*;
    use crate::change::plan::About;

    fn note() -> PlanItem {
        let currency: CurrencyCode = "USD".parse().unwrap();
        PlanItem {
            change: Change::Order {
                id: OrderId(7),
                before: OrderFields::default(),
                after: OrderFields {
                    status_id: None,
                    staff_notes: Some("call first".into()),
                },
            },
            about: About::Order {
                customer: "Ada Example".into(),
                total: Money {
                    amount: 12_i32.into(),
                    currency,
                },
            },
            on_storefront: false,
            moves_price_far: false,
            undoes: None,
            retries: None,
        }
    }

    fn plan(items: Vec<PlanItem>, ask_twice: Vec<AskTwice>) -> Plan {
        Plan {
            id: "plan".into(),
            digest: "digest".into(),
            store: "store".parse().unwrap(),
            is_undo: false,
            effects: effects(&items),
            must_confirm: false,
            ask_twice,
            read_only: false,
            takes: Duration::ZERO,
            requests: 2,
            together: go_together(&items),
            items,
            left_out: Vec::new(),
            statuses: Vec::new(),
            currency: None,
            weight_unit: None,
        }
    }

    fn priced(id: u64) -> PlanItem {
        PlanItem {
            change: Change::Product {
                id: ProductId(id),
                before: ProductFields::default(),
                after: ProductFields {
                    price: Some(21_i32.into()),
                    ..ProductFields::default()
                },
            },
            ..note()
        }
    }

    #[test]
    fn only_products_that_stand_next_to_each_other_go_together() {
        let mixed = [note(), priced(1), priced(2), note(), priced(3)];
        assert_eq!(stretches(&mixed), [1, 2, 1, 1]);
        assert_eq!(requests_of(&mixed), 4 * 2);
        let mut many: Vec<PlanItem> = (0..30).map(|_| note()).collect();
        many.extend([priced(1), priced(2)]);
        assert_eq!(requests_of(&many), 30 * 2 + 2);
    }

    #[test]
    fn one_product_twice_begins_another_stretch_and_so_does_a_full_reading() {
        assert_eq!(stretches(&[priced(1), priced(2), priced(1)]), [2, 1]);
        let many: Vec<PlanItem> = (0..260).map(priced).collect();
        assert_eq!(stretches(&many), [250, 10]);
        assert_eq!(requests_of(&many), (1 + 25) + (1 + 1));
        assert_eq!(requests_of(&many[..251]), (1 + 25) + 2);
        assert_eq!(requests_of(&[]), 0);
    }

    #[test]
    fn money_that_leaves_is_asked_about_twice_before_anything_else() {
        let far = PlanItem {
            moves_price_far: true,
            ..note()
        };
        let of_money = |items: &[PlanItem]| reasons(items, |_| true);
        assert_eq!(of_money(&[note()]), [AskTwice::MoneyLeaves]);
        let both = [AskTwice::MoneyLeaves, AskTwice::PriceMovesFar];
        assert_eq!(of_money(&[far]), both);
        assert_eq!(asks_twice(&[note()]), [], "no change moves any so far");
    }

    #[test]
    fn what_is_asked_about_twice_is_unconfirmed_until_it_was_confirmed_twice() {
        let plan = plan(vec![note()], reasons(&[note()], |_| true));
        let safety = SafetyMode::AskRisky;
        assert!(is_unconfirmed(&plan, safety, false, false));
        assert!(is_unconfirmed(&plan, safety, true, false));
        assert!(!is_unconfirmed(&plan, safety, true, true));
        let always = SafetyMode::AskAlways;
        assert!(is_unconfirmed(&plan, always, false, true), "nor only twice");
    }
}
