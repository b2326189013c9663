//! Every change goes one road: plan, preview, journal, apply, settle, undo.

mod apply;
mod plan;
mod settle;

pub(crate) use apply::{pending, run};
pub use plan::{
    ASK_TWICE_ABOVE, Applied, Draft, Effect, LeftOut, LeftOutBecause, OrderDraft, Plan, PlanItem,
};
