use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Doing, Field, FieldChange, FieldValue, ScopeNeed, Subject};

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
    /// The change was found in the store when it was looked for.
    DoneFound,
    /// The store said no.
    Refused,
    /// Somebody changed the same field meanwhile; nothing was sent.
    Conflict,
    /// No answer came, and it is not known yet what became of it.
    Unknown,
    /// It was looked for, and the store shows no trace of it: offered again.
    NotApplied,
    /// What the store says and shows does not settle what became of it: a person decides.
    Unclear,
    /// Given up by the person, or tried again by a later change.
    Dropped,
    /// Done, and put back since.
    Undone,
    /// The store had it as wanted before anything was sent.
    AlreadySo,
    /// Nobody decided about it for so long that its personal data was erased: it stays as it was.
    LeftAsItWas,
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
    /// Words that all stand in the thing's number, its name or a value.
    pub search: Option<String>,
    /// Of this job only.
    pub job: Option<String>,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportForm {
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// Asks for changes as a file; the person chooses where in a dialog of the system's.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportQuestion {
    /// Which changes.
    pub which: ActivityQuery,
    /// In which form.
    pub form: ExportForm,
}

/// What became of an export.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The file's name, without its folder; nothing if the person chose none.
    pub file: Option<String>,
    /// How many changes are in it.
    pub count: u32,
}

/// How long personal data is kept in the journal.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityKeeping {
    /// The store.
    pub store: String,
    /// Names, notes and the store's words are erased from changes that are over after so many days,
    /// 1 to 3650; nothing for never.
    pub erase_after_days: Option<u32>,
}

/// Names a job.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JobRef {
    /// The store.
    pub store: String,
    /// The job.
    pub job: String,
}

/// What was confirmed at one time, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// Its id.
    pub job: String,
    /// When it was confirmed.
    pub at: String,
    /// How many changes it has.
    pub size: u32,
    /// It is held.
    pub is_paused: bool,
    /// What holds it; nothing if the person holds it.
    pub paused_because: Said,
    /// The person gave up what was left of it.
    pub is_stopped: bool,
    /// Not sent yet.
    pub waiting: u32,
    /// Sent, without an answer so far.
    pub under_way: u32,
    /// Done.
    pub done: u32,
    /// Something of it can be put back: what was done, or the part of a change that the store took.
    pub can_undo: bool,
    /// A person has to look at them.
    pub to_look_at: u32,
    /// Given up.
    pub dropped: u32,
    /// Seconds the rest takes, about; nothing while it is paused, or once it is over.
    pub seconds_left: Option<u32>,
}

/// Jobs of which something is on its way, in the order they are sent.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Jobs {
    /// The jobs.
    pub jobs: Vec<Job>,
}

/// What a person says became of a change whose fate nobody can find out.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The store.
    pub store: String,
    /// The change.
    pub entry: String,
    /// It was done.
    pub done: bool,
}

/// What stands in the store in the place of a field's value before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldFound {
    /// The field.
    pub field: Field,
    /// Its value.
    pub value: FieldValue,
}

/// What the store holds against one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldRefused {
    /// The field, where it is one that was changed.
    pub field: Option<Field>,
    /// The store's name for it.
    pub name: String,
    /// The store's words.
    pub words: String,
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
    /// Who confirmed it: `you` for the person at this computer.
    pub who: String,
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
    /// Why it stands where it stands, where there is more to say.
    pub said: Said,
    /// It can be undone.
    pub can_undo: bool,
    /// It can be tried again, as a new plan.
    pub can_retry: bool,
    /// The store can be asked what became of it.
    pub can_look: bool,
    /// It can be given up.
    pub can_drop: bool,
    /// A person may say what became of it.
    pub can_decide: bool,
    /// Its personal data was erased.
    pub is_erased: bool,
    /// Something of it may have gone out at some time.
    pub was_sent: bool,
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
    /// Looked for in the store; what it shows fits neither before nor after.
    FoundUnclear,
    /// The store refused several together because of another; sent apart from it.
    SentApart,
    /// The person said that it was done.
    SaidDone,
    /// The person said that it was not done.
    SaidNotDone,
    /// Given up by the person.
    Dropped,
    /// Put back by a later change.
    Undone,
    /// Read again before sending; the store had it as wanted already.
    AlreadySo,
    /// Nobody decided about it in the time that the person chose.
    LeftAsItWas,
}

/// Why a change stands where it stands, as far as it isn't in the store's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Reason {
    /// The thing is not in the store (any more).
    Gone,
    /// A part of what was sent is in the store, and a part is not.
    OnlyPart {
        /// What the store says of the fields that are not. As [`Reason::Invalid`] has them.
        fields: Vec<FieldRefused>,
    },
    /// Another product has that name already.
    NameTaken,
    /// The store's answer leaves these fields out.
    NotSaid {
        /// The fields. Empty once personal data was erased.
        fields: Vec<Field>,
    },
    /// What the store says of it can't be read.
    Unreadable {
        /// Where, as a JSON path. May be empty.
        path: String,
    },
    /// Other values stand in the store.
    OtherValues,
    /// A product that was to be deleted is not as it was when it was made, in something beside its fields.
    WorkedOn,
    /// The store said done, and shows what was there before.
    StillAsBefore,
    /// The store does not know the token.
    TokenRefused,
    /// The token lacks a scope.
    MissingScope {
        /// Which, where it is known.
        needs: Option<ScopeNeed>,
    },
    /// The store forbids it without naming a scope.
    Forbidden,
    /// The store does not take what was sent.
    Invalid {
        /// What it holds against single fields; what it said says the same, by its own names for them.
        /// Empty where it named none, and once personal data was erased.
        fields: Vec<FieldRefused>,
    },
    /// It clashes with something else in the store.
    Conflict,
    /// Too much at once for the store.
    TooLarge,
    /// The store has as many as it may have.
    LimitReached,
    /// The store asked to wait longer than we could.
    RateLimited,
    /// The store does not serve at the time.
    Unavailable,
    /// No connection.
    NoConnection,
    /// No answer in time.
    TooLate,
    /// A later change took its place.
    TriedAgain,
    /// Nobody knows whether it is in the store.
    MayBeDone,
}

/// What there is to say of a change, a step of it or a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// Why, where it is known.
    pub reason: Option<Reason>,
    /// The store's own words. May be empty.
    pub words: String,
}

/// One step on the way.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// When.
    pub at: String,
    /// What.
    pub kind: StepKind,
    /// More about it.
    pub said: Said,
    /// What stood in the store.
    pub found: Vec<FieldFound>,
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
    /// What stood in the store where it met somebody else's change, field by field.
    pub found: Vec<FieldFound>,
    /// The job it was confirmed with.
    pub job: Job,
}

/// Names several changes, in any order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryRefs {
    /// The store.
    pub store: String,
    /// The entries.
    pub entries: Vec<String>,
}
