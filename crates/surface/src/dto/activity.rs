use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Doing, FieldChange, Subject};

/// How far a change has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EntryState {
    /// Written down; nothing has been sent.
    Waiting,
    /// Being sent.
    Sending,
    /// The store said done.
    Done,
    /// No answer came; the change was found in the store.
    DoneFound,
    /// The store said no.
    Refused,
    /// Somebody changed the same field meanwhile; nothing was sent.
    Conflict,
    /// No answer came, and it is not known yet what became of it.
    Unknown,
    /// No answer came, and the store shows no trace of it: offered again.
    NotApplied,
    /// Given up by the person before it was sent.
    Dropped,
    /// Done, and put back since.
    Undone,
}

/// Which entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ActivityFilter {
    /// All of them.
    #[default]
    All,
    /// Those a person has to decide about.
    ToLookAt,
    /// Those that wait or are being sent.
    OnTheWay,
    /// Those that were put back.
    Undone,
}

/// Asks for a list of changes, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityQuery {
    /// The store.
    pub store: String,
    /// Which.
    pub filter: ActivityFilter,
}

/// An opened list of changes.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// Its id.
    pub view: String,
    /// How many rows it has.
    pub count: u32,
    /// Of all kinds.
    pub all: u32,
    /// To look at.
    pub to_look_at: u32,
    /// On the way.
    pub on_the_way: u32,
    /// Undone.
    pub undone: u32,
}

/// Rows of a stretch.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRows {
    /// Place of the first.
    pub from: u32,
    /// The rows.
    pub rows: Vec<ActivityRow>,
}

/// One change of one thing.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRow {
    /// Its id.
    pub entry: String,
    /// The job it belongs to.
    pub job: String,
    /// When it was confirmed.
    pub at: String,
    /// What it is about; the product itself, once one was made.
    pub subject: Subject,
    /// A product's name. Empty for an order.
    pub name: String,
    /// What is done with it.
    pub doing: Doing,
    /// Before and after.
    pub fields: Vec<FieldChange>,
    /// How far it has come.
    pub state: EntryState,
    /// When it came there.
    pub state_at: String,
    /// It puts this earlier entry back.
    pub undoes: Option<String>,
    /// The store's own words, where it said no or did only a part.
    pub store_words: String,
    /// It can be undone.
    pub can_undo: bool,
    /// It can be tried again, as a new plan.
    pub can_retry: bool,
    /// The store can be asked what became of it.
    pub can_look: bool,
    /// It can be given up.
    pub can_drop: bool,
}

/// Names a change.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryRef {
    /// The store.
    pub store: String,
    /// The entry.
    pub entry: String,
}

/// What happened on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StepKind {
    /// Written to the journal.
    Written,
    /// Read again before sending; nobody had changed it.
    ReadAgain,
    /// Sending began.
    Sent,
    /// The store said done.
    StoreDone,
    /// The store said no.
    StoreRefused,
    /// Somebody had changed it meanwhile.
    FoundChanged,
    /// No answer came.
    NoAnswer,
    /// Looked for in the store and found.
    FoundInStore,
    /// Looked for in the store and not found.
    NotFoundInStore,
    /// Could not be sent for the moment; waits.
    Postponed,
    /// Given up by the person.
    Dropped,
    /// Put back by a later change.
    Undone,
}

/// One step on the way.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// When.
    pub at: String,
    /// What.
    pub kind: StepKind,
    /// More about it: the store's words, a value found. May be empty.
    pub words: String,
}

/// A change with its whole way.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityEntry {
    /// The change.
    pub row: ActivityRow,
    /// Its way, oldest first.
    pub steps: Vec<Step>,
    /// Who ordered. Empty where it is not about an order.
    pub customer: String,
}

/// Asks for the plan that puts changes back.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoQuestion {
    /// The store.
    pub store: String,
    /// The entries.
    pub entries: Vec<String>,
}
