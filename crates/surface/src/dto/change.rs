use serde::{Deserialize, Serialize};
use specta::Type;

use super::MoneyDto;

/// A field that Stockroom can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// Order status.
    Status,
    /// Staff notes.
    StaffNotes,
}

/// What should become of one order. A field left out stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderChange {
    /// The order.
    pub order: String,
    /// New status.
    pub status_id: Option<u32>,
    /// New staff notes.
    pub staff_notes: Option<String>,
}

/// Asks for a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanQuestion {
    /// The store.
    pub store: String,
    /// The wanted changes.
    pub changes: Vec<OrderChange>,
}

/// Before and after of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Text before; for a status, its label.
    pub before: String,
    /// Text after; for a status, its label.
    pub after: String,
    /// The status before, if it is one.
    pub before_status_id: Option<u32>,
    /// The status after, if it is one.
    pub after_status_id: Option<u32>,
}

/// What a change sets off beyond the field itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// BigCommerce may send the shopper an e-mail, depending on the store's settings.
    MayEmailShopper,
    /// Nobody gets an e-mail.
    NoEmail,
    /// No money moves, whatever the status says.
    NoMoneyMoves,
}

/// Why an order stays out of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeftOutBecause {
    /// It already is as wanted.
    AlreadySo,
    /// It is not on this computer.
    NotHere,
    /// Another change of the same field is still on its way.
    ChangeOnItsWay,
    /// It has changed since, so there is nothing to put back.
    ChangedSince,
    /// This change can't be undone from here.
    NotUndoable,
}

/// An order that stays out of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// The order.
    pub order: String,
    /// Why.
    pub because: LeftOutBecause,
}

/// One order of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanItem {
    /// The order.
    pub order: String,
    /// Who ordered.
    pub customer: String,
    /// Grand total.
    pub total: MoneyDto,
    /// Before and after.
    pub fields: Vec<FieldChange>,
}

/// A plan, kept in the backend. Nothing has been sent.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Its id.
    pub plan: String,
    /// Digest of all it holds. Applying needs it.
    pub digest: String,
    /// The store.
    pub store: String,
    /// Puts an earlier change back.
    pub is_undo: bool,
    /// Every order that changes.
    pub items: Vec<PlanItem>,
    /// Orders that stay out.
    pub left_out: Vec<LeftOut>,
    /// Requests it takes.
    pub requests: u32,
    /// Seconds it takes, from the store's real quota.
    pub seconds: u32,
    /// What it sets off.
    pub effects: Vec<Effect>,
    /// The whole of it can be put back afterwards.
    pub undoable: bool,
    /// The store's safety mode wants a person to confirm it.
    pub must_confirm: bool,
    /// So large that it has to be confirmed twice.
    pub ask_twice: bool,
    /// The store is read-only here: it can be looked at but not applied.
    pub read_only: bool,
}

/// Applies a plan as it was shown.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ApplyPlan {
    /// The plan.
    pub plan: String,
    /// Its digest.
    pub digest: String,
    /// The person confirmed it. Without this only what needs no question is applied.
    pub confirmed: bool,
    /// The person confirmed it a second time, where that is asked.
    pub confirmed_twice: bool,
}

/// Names a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanRef {
    /// The plan.
    pub plan: String,
}

/// Durable in the journal; sending goes on by itself.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// The job.
    pub job: String,
    /// Its entries.
    pub entries: Vec<String>,
}
