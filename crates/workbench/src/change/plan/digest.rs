//! What a plan is told from others by.

use std::fmt::Write as _;

use desk::ProfileKey;
use sha2::{Digest as _, Sha256};

use super::PlanItem;

/// Everything that decides what would be sent, and nothing else: ids of plans and moments don't.
pub(super) fn digest(store: &ProfileKey, items: &[PlanItem]) -> String {
    let mut hash = Sha256::new();
    hash.update(store.as_str());
    for item in items {
        let values =
            serde_json::to_vec(&item.change).expect("numbers and texts always have a JSON form");
        hash.update((values.len() as u64).to_le_bytes());
        hash.update(values);
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a String takes everything");
            text
        })
}
