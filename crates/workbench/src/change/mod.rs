//! Every change goes one road: plan, preview, journal, apply, settle, undo.

mod apply;
mod export;
mod jobs;
mod keeping;
#[cfg(test)]
mod merging;
mod one;
mod plan;
mod reading;
mod road;
mod said;
mod settle;
mod split;
mod stumbles;
mod things;
mod together;
mod troubles;

pub(crate) use apply::{pending, run};
use commerce::Subject;
use desk::ProfileKey;
pub use export::ExportForm;
pub(crate) use export::{archive, not_written};
pub use jobs::JobProgress;
pub(crate) use jobs::progress;
pub use keeping::KEEP_DAYS_MAX;
pub use plan::{
    ASK_TWICE_ABOVE, About, Applied, AskTwice, Choice, Draft, Effect, LeftOut, LeftOutBecause,
    OrderDraft, Plan, PlanItem, PlanRequest, PriceDraft, ProductDraft,
};
pub(crate) use troubles::Troubles;

use crate::{Notice, What};

/// What was read of these things, and of the journal, may be out of date.
fn stale(store: &ProfileKey, subjects: &mut dyn Iterator<Item = Subject>) -> Notice {
    let mut what = vec![What::Activity];
    for subject in subjects {
        let kind = match subject {
            Subject::Order(_) => What::Orders,
            Subject::Product(_) | Subject::NewProduct => What::Products,
        };
        if !what.contains(&kind) {
            what.push(kind);
        }
    }
    Notice::Stale {
        store: Some(store.clone()),
        what,
    }
}
