//! Variants in the body of a change of a product.
//!
//! The reference has them in its example and nowhere else, so this is decided here, as other arrays of a
//! product are: one with an id is changed, one without is added, one that is not named stays.

use serde_json::Map;

use super::fields::Wrong;
use super::variant_write::{Change, MOST, check_sku, has_twin};
use crate::gate::refusals;
use crate::http::Response;
use crate::seed::catalog::Counters;
use crate::state::Store;
use crate::state::catalog::Product;
use crate::state::index::same;

/// Whether all of them can be done to a product.
pub(super) fn check(
    store: &Store,
    product: &Product,
    changes: &[Change],
) -> Result<(), Box<Response>> {
    let mut skus: Vec<String> = Vec::new();
    // Tried on a copy: nothing is made by halves.
    let mut copy = product.clone();
    let mut counters = store.world.next;
    for (at, change) in changes.iter().enumerate() {
        let refuse = |field: &str, reason: &str| {
            let mut wrong = Wrong::default();
            wrong.add(format!("variants.{at}.{field}"), reason);
            wrong.refuse()
        };
        if let Some(sku) = change.sku().map(same) {
            if skus.contains(&sku) {
                let title = "The product sku is a duplicate";
                return Err(Box::new(refusals::v3_conflict(title)));
            }
            skus.push(sku);
        }
        check_sku(store, change, change.id)?;
        if let Some(id) = change.id {
            if !product.variants.iter().any(|variant| variant.id == id) {
                refuse("id", "The variant was not found")?;
            }
            continue;
        }
        if copy.variants.len() >= MOST {
            let title = "The product already has 600 variants";
            return Err(Box::new(refusals::v3(507, title, Map::new())));
        }
        if change.create(&mut copy, &mut counters, false).is_none() {
            let reason = "Each option of the product needs one of its values";
            refuse("option_values", reason)?;
        }
        if has_twin(&copy) {
            return Err(Box::new(refusals::v3_conflict(
                "A variant with these option values already exists",
            )));
        }
    }
    Ok(())
}

/// Does what was checked.
pub(super) fn apply(product: &mut Product, next: &mut Counters, changes: &[Change]) {
    for change in changes {
        match change.id {
            Some(id) => change.apply(product, id),
            None => {
                change.create(product, next, false);
            }
        }
    }
}
