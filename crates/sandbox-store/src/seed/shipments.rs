//! Packs what has left: parcels for the pieces that an order's lines say are shipped.

use std::sync::Arc;

use super::orders::{Counters, PICKUP};
use super::rng::Rng;
use crate::money::Cents;
use crate::state::orders::{Order, Shipment};

/// Makes the shipments of an order. From a stream of its own, so that nothing else about the order
/// depends on them.
pub(super) fn pack(seed: u64, next: &mut Counters, order: &mut Order) {
    let Some(left) = order.shipped else { return };
    let mut pieces: Vec<(u64, u32)> = order
        .lines
        .iter()
        .filter(|line| line.shipped > 0)
        .map(|line| (line.id, line.shipped))
        .collect();
    if pieces.is_empty() {
        return;
    }
    let mut rng = Rng::for_thing(seed, "shipments", order.id);
    let all: u32 = pieces.iter().map(|(_, pieces)| pieces).sum();
    let mut parcels = Vec::new();
    if all > 1 && rng.chance(180) {
        let first = take(&mut pieces, all / 2);
        parcels.push(first);
    }
    parcels.push(pieces);
    for items in parcels {
        let id = next.shipment;
        next.shipment += 1;
        let (provider, tracking_number) = track(&mut rng, &order.shipping_method);
        let is_left = rng.chance(40) && order.shipping_method != PICKUP;
        order.shipments.push(Shipment {
            id,
            created: left,
            items,
            method: Arc::from(&*order.shipping_method),
            provider: provider.into(),
            tracking_number,
            tracking_carrier: "".into(),
            tracking_link: "".into(),
            comments: if is_left {
                "Left with the neighbor.".into()
            } else {
                "".into()
            },
            cost: Cents::ZERO,
        });
    }
}

/// Takes so many pieces off the front.
fn take(pieces: &mut Vec<(u64, u32)>, wanted: u32) -> Vec<(u64, u32)> {
    let mut left = wanted;
    let mut taken = Vec::new();
    for (line, has) in pieces.iter_mut() {
        let some = left.min(*has);
        if some > 0 {
            taken.push((*line, some));
        }
        *has -= some;
        left -= some;
    }
    pieces.retain(|(_, has)| *has > 0);
    taken
}

/// Who carries it, and its number there.
fn track(rng: &mut Rng, method: &str) -> (&'static str, Arc<str>) {
    let digits = |rng: &mut Rng| rng.below(10_000_000_000_000_000);
    if method.starts_with("UPS") {
        ("ups", format!("1Z{:016}", digits(rng)).into())
    } else if method == PICKUP {
        ("", "".into())
    } else {
        ("usps", format!("9400{:016}", digits(rng)).into())
    }
}
