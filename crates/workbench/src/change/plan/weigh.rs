//! What a plan costs, sets off, and has to be asked about.

use std::time::Duration;

use bigcommerce::request::products::BATCH_MAX;
use commerce::{Change, SafetyMode};

use super::{ASK_TWICE_ABOVE, AskTwice, Effect, PlanItem};
use crate::change::together::READ_AT_ONCE;

pub(super) fn goes_together(items: &[PlanItem]) -> bool {
    let sets = |item: &&PlanItem| matches!(item.change, Change::Product { .. });
    items.iter().filter(sets).nth(1).is_some()
}

/// Requests for so many things: together for products, else two for each.
pub(in crate::change) fn requests_for(count: u32, together: bool) -> u32 {
    if together {
        let batch = u32::try_from(BATCH_MAX).unwrap_or(u32::MAX);
        count.div_ceil(READ_AT_ONCE) + count.div_ceil(batch)
    } else {
        count.saturating_mul(2)
    }
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

/// Every reason to ask twice, gravest first: none hides another.
pub(super) fn asks_twice(items: &[PlanItem]) -> Vec<AskTwice> {
    let moves_money = items.iter().any(|item| item.change.moves_money());
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
