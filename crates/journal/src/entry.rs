//! What the journal holds.

use std::{fmt, str::FromStr};

use commerce::{Change, Field, MadeAs, ProductId, Values};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// Names what was confirmed at one time.
    JobId
}
text_id! {
    /// Names one change of one thing.
    EntryId
}

/// What a lost answer means for an entry's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendKind {
    /// Sending it again does no harm.
    Idempotent,
    /// Sending it again might do it twice; it is looked for instead.
    Once,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word that stands for it in the file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}

words! {
    /// How far an entry has come.
    State {
        /// Written down; nothing has been sent.
        Waiting = "waiting",
        /// The request may be on its way.
        Sending = "sending",
        /// The store said done.
        Done = "done",
        /// No answer came; the change was found in the store.
        DoneFound = "done-found",
        /// The store said no.
        Refused = "refused",
        /// Somebody changed the same field meanwhile; nothing was sent.
        Conflict = "conflict",
        /// No answer came, and it is not known yet what became of it.
        Unknown = "unknown",
        /// No answer came, and the store shows no trace of it.
        NotApplied = "not-applied",
        /// What the store says and shows does not settle what became of it: only a person can decide.
        Unclear = "unclear",
        /// Given up by the person, or tried again by a later change.
        Dropped = "dropped",
        /// The store had it as wanted before anything was sent.
        AlreadySo = "already-so",
        /// Nobody decided about it for so long that its personal data was erased: the store stays as it is, which
        /// for [`Reason::OnlyPart`] is with a part of it.
        LeftAsItWas = "left-as-it-was",
    }
}

impl State {
    /// The edges an entry may move along.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            // Unclear or not applied, if it was sent before and no answer came.
            Self::Waiting => matches!(
                next,
                Self::Sending
                    | Self::DoneFound
                    | Self::AlreadySo
                    | Self::Conflict
                    | Self::Refused
                    | Self::NotApplied
                    | Self::Unclear
                    | Self::Dropped
            ),
            Self::Sending => matches!(
                next,
                Self::Done | Self::Refused | Self::Unclear | Self::Unknown | Self::Waiting
            ),
            Self::Unknown => matches!(
                next,
                Self::DoneFound | Self::NotApplied | Self::Unclear | Self::Waiting
            ),
            // The person says what became of it, or has it looked for once more: some stores take their
            // time, and what was not to be seen then may be there now.
            Self::Unclear => matches!(
                next,
                Self::DoneFound | Self::NotApplied | Self::Unclear | Self::Dropped
            ),
            Self::NotApplied => matches!(
                next,
                Self::DoneFound
                    | Self::NotApplied
                    | Self::Unclear
                    | Self::Dropped
                    | Self::LeftAsItWas
            ),
            // Offered again means: the person looks at a new plan. The old entry only ends.
            Self::Conflict | Self::Refused => {
                matches!(next, Self::Dropped | Self::LeftAsItWas)
            }
            Self::Done | Self::DoneFound | Self::AlreadySo | Self::Dropped | Self::LeftAsItWas => {
                false
            }
        }
    }

    /// The store has the change.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::DoneFound | Self::AlreadySo)
    }

    /// No answer came, and a look at the store has not settled it: one more look may.
    #[must_use]
    pub const fn may_be_looked_for(self) -> bool {
        matches!(self, Self::Unknown | Self::NotApplied | Self::Unclear)
    }

    /// The store has the change, possibly from us.
    #[must_use]
    pub const fn may_be_ours(self) -> bool {
        matches!(self, Self::Done | Self::DoneFound)
    }

    /// It may still reach the store by itself, or may have reached it.
    #[must_use]
    pub const fn is_on_the_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Sending | Self::Unknown)
    }

    /// A person has to decide.
    #[must_use]
    pub const fn wants_a_look(self) -> bool {
        matches!(
            self,
            Self::Refused | Self::Conflict | Self::Unknown | Self::NotApplied | Self::Unclear
        )
    }
}

words! {
    /// What happened on the way.
    StepKind {
        /// Written to the journal.
        Written = "written",
        /// Read again before sending; nobody had changed it.
        ReadAgain = "read-again",
        /// Sending began.
        Sent = "sent",
        /// The store said done.
        StoreDone = "store-done",
        /// The store said no.
        StoreRefused = "store-refused",
        /// Somebody had changed it meanwhile.
        FoundChanged = "found-changed",
        /// No answer came.
        NoAnswer = "no-answer",
        /// Looked for in the store and found.
        FoundInStore = "found-in-store",
        /// Looked for in the store and not found.
        NotFoundInStore = "not-found-in-store",
        /// Could not be sent for the moment.
        Postponed = "postponed",
        /// Looked for in the store; what it shows fits neither before nor after.
        FoundUnclear = "found-unclear",
        /// The store refused several together because of another; sent apart from it.
        SentApart = "sent-apart",
        /// The person said that it was done.
        SaidDone = "said-done",
        /// The person said that it was not done.
        SaidNotDone = "said-not-done",
        /// Given up by the person.
        Dropped = "dropped",
        /// Put back by a later change.
        Undone = "undone",
        /// Read again before sending; the store had it as wanted already.
        AlreadySo = "already-so",
        /// Nobody decided about it in the time that the person chose.
        LeftAsItWas = "left-as-it-was",
    }
}

words! {
    /// Why a step was taken, as far as it is for us to say. A code: whoever shows it has the words.
    Reason {
        /// The thing is not in the store (any more).
        Gone = "gone",
        /// A part of what was sent is in the store, and a part is not.
        OnlyPart = "only-part",
        /// Another product has that name already.
        NameTaken = "name-taken",
        /// The store's answer leaves fields out; [`Said::about`] are their members, with commas between.
        NotSaid = "not-said",
        /// What the store says of it can't be read; [`Said::about`] is where, as a JSON path.
        Unreadable = "unreadable",
        /// Other values stand in the store: [`Step::found`].
        OtherValues = "other-values",
        /// A product that was to be deleted is not as it was when it was made, in something beside its fields.
        WorkedOn = "worked-on",
        /// The store said done, and shows what was there before.
        StillAsBefore = "still-as-before",
        /// The store does not know the token.
        TokenRefused = "token-refused",
        /// The token lacks a scope; [`Said::about`] is its OAuth name, or empty.
        MissingScope = "missing-scope",
        /// The store forbids it without naming a scope.
        Forbidden = "forbidden",
        /// The store does not take what was sent.
        Invalid = "invalid",
        /// It clashes with something else in the store.
        Conflict = "conflict",
        /// Too much at once for the store.
        TooLarge = "too-large",
        /// The store has as many as it may have.
        LimitReached = "limit-reached",
        /// The store asked to wait longer than we could.
        RateLimited = "rate-limited",
        /// The store does not serve at the time.
        Unavailable = "unavailable",
        /// No connection.
        NoConnection = "no-connection",
        /// No answer in time.
        TooLate = "too-late",
        /// A later change took its place.
        TriedAgain = "tried-again",
        /// Nobody knows whether it is in the store, and the person wants to know no more.
        MayBeDone = "may-be-done",
    }
}

/// What there is to say of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Why, where we know it.
    pub reason: Option<Reason>,
    /// What the reason speaks of. May be empty.
    pub about: String,
    /// The store's own words. Never a secret. May be empty.
    pub words: String,
}

impl Said {
    /// A reason, and the store's words for it.
    #[must_use]
    pub fn because(reason: Reason, words: impl Into<String>) -> Self {
        Self {
            reason: Some(reason),
            about: String::new(),
            words: words.into(),
        }
    }

    /// A reason, and what it speaks of.
    #[must_use]
    pub fn about(reason: Reason, about: impl Into<String>) -> Self {
        Self {
            reason: Some(reason),
            about: about.into(),
            words: String::new(),
        }
    }
}

impl From<Reason> for Said {
    fn from(reason: Reason) -> Self {
        Self::because(reason, "")
    }
}

/// The store's own words.
impl From<String> for Said {
    fn from(words: String) -> Self {
        Self {
            words,
            ..Self::default()
        }
    }
}

/// The store's own words.
impl From<&str> for Said {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

/// One step on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, by the computer's clock.
    pub at: Timestamp,
    /// What.
    pub kind: StepKind,
    /// More about it.
    pub said: Said,
    /// Values that stood in the store.
    pub found: Option<Values>,
}

/// One change of one thing, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Its id.
    pub id: EntryId,
    /// What it changes, from what to what.
    pub change: Change,
    /// What a person knows the thing by. May be empty.
    pub name: String,
    /// What else a person sees its values called, to be found by: the labels of statuses.
    pub labels: String,
    /// What a lost answer means.
    pub kind: SendKind,
    /// The earlier entry that this one puts back.
    pub undoes: Option<EntryId>,
    /// The earlier entry that this one tries again; it ends as it is written down.
    pub retries: Option<EntryId>,
}

/// A step that takes an entry to another state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The entry.
    pub id: EntryId,
    /// Where it goes.
    pub to: State,
    /// What happened, oldest first; the last one is why it goes there. At least one.
    pub steps: Vec<(StepKind, Said)>,
    /// The product it has made.
    pub made: Option<ProductId>,
    /// What the store said of that product when it was made.
    pub made_as: Option<MadeAs>,
    /// The fields that are being sent.
    pub sent: Vec<Field>,
    /// Values found in the store in the place of those before: part of the last step.
    pub found: Option<Values>,
    /// What the store holds against single fields: its name for the field, its words.
    pub refused: Vec<(String, String)>,
    /// The fields that the store took of a change that it took only in part.
    pub taken: Vec<Field>,
}

impl Move {
    /// A move for one reason.
    #[must_use]
    pub fn new(id: &EntryId, to: State, kind: StepKind, said: impl Into<Said>) -> Self {
        Self {
            id: id.clone(),
            to,
            steps: vec![(kind, said.into())],
            made: None,
            made_as: None,
            sent: Vec::new(),
            found: None,
            refused: Vec::new(),
            taken: Vec::new(),
        }
    }
}

/// How a job stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// When it was confirmed.
    pub at: Timestamp,
    /// Who confirmed it.
    pub who: String,
    /// How many entries it has.
    pub size: u32,
    /// Since when it is held.
    pub held_at: Option<Timestamp>,
    /// Why it is held; nothing is said where the person holds it.
    pub held_because: Said,
    /// When the person gave up what was left of it.
    pub stopped_at: Option<Timestamp>,
    /// Of those that wait or are under way: how many set fields of products, which go several at a time.
    pub products_left: u32,
    /// Not sent yet.
    pub waiting: u32,
    /// Sent, no answer yet, or none that came.
    pub under_way: u32,
    /// Done.
    pub done: u32,
    /// How many can be put back: done, or taken in part, whatever became of the rest.
    pub to_put_back: u32,
    /// A person has to look at them. Those of unknown fate are counted as under way.
    pub to_look_at: u32,
    /// Given up.
    pub dropped: u32,
}

impl Job {
    /// Everything has come to an end.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.waiting == 0 && self.under_way == 0
    }
}

/// What was confirmed at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// When it was confirmed.
    pub at: Timestamp,
    /// Who confirmed it: `you` for the person at this computer.
    pub who: String,
    /// Digest of the plan that was shown.
    pub digest: String,
    /// In the order they are to be sent.
    pub entries: Vec<NewEntry>,
}

/// An entry as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// What it was confirmed with.
    pub job: JobId,
    /// When it was confirmed.
    pub at: Timestamp,
    /// Who confirmed it.
    pub who: String,
    /// What it changes, from what to what.
    pub change: Change,
    /// What a person knew the thing by when it was confirmed. May be empty.
    pub name: String,
    /// The product it has made.
    pub made: Option<ProductId>,
    /// What the store said of that product when it was made; `None` if it isn't known.
    pub made_as: Option<MadeAs>,
    /// The fields that were ever sent; `None` where that was not written down. The others stood in
    /// the store as wanted, and are not for us to put back.
    pub sent: Option<Vec<Field>>,
    /// The fields that the store took, where it took only a part at first; empty for any other change.
    pub taken: Vec<Field>,
    /// What a lost answer means.
    pub kind: SendKind,
    /// How far it has come.
    pub state: State,
    /// When it came there.
    pub state_at: Timestamp,
    /// Why it stands where it stands. The words are the store's, where it said no or did only a part.
    pub said: Said,
    /// The earlier entry that this one puts back.
    pub undoes: Option<EntryId>,
    /// The later entry that has put this one back.
    pub undone_by: Option<EntryId>,
    /// Values that stood in the store where it met somebody else's change.
    pub found: Option<Values>,
    /// What the store held against single fields: its name for the field, its words.
    pub refused: Vec<(String, String)>,
    /// Its personal data was erased; it can't be put back or tried again.
    pub is_erased: bool,
}

impl Entry {
    /// It is done, possibly by us, in whole or in part, and nothing has put it back yet.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        (self.state.may_be_ours() || !self.taken.is_empty())
            && self.undone_by.is_none()
            && !self.is_erased
            && self.change.can_be_put_back()
    }

    /// Of what it changes only what was sent; where the store took only a part, that part, unless the rest was
    /// found there later.
    #[must_use]
    pub fn what_was_sent(&self) -> Change {
        if !self.taken.is_empty() && !self.state.may_be_ours() {
            return self.change.only(|field| self.taken.contains(&field));
        }
        let was_sent = |field: Field| self.sent.as_ref().is_none_or(|sent| sent.contains(&field));
        self.change.only(was_sent)
    }

    /// Something of it may have gone out at some time.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.sent.as_ref().is_none_or(|sent| !sent.is_empty())
    }
}
