//! What the journal holds.

use std::{fmt, str::FromStr};

use commerce::{Change, ProductId};
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
        /// Given up by the person before it was sent.
        Dropped = "dropped",
    }
}

impl State {
    /// The edges an entry may move along.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Waiting => matches!(
                next,
                Self::Sending | Self::DoneFound | Self::Conflict | Self::Refused | Self::Dropped
            ),
            Self::Sending => matches!(
                next,
                Self::Done | Self::Refused | Self::Unknown | Self::Waiting
            ),
            Self::Unknown => matches!(
                next,
                Self::DoneFound | Self::NotApplied | Self::Conflict | Self::Waiting
            ),
            // Offered again means: the person looks at a new plan. The old entry only ends.
            Self::NotApplied | Self::Conflict | Self::Refused => matches!(next, Self::Dropped),
            Self::Done | Self::DoneFound | Self::Dropped => false,
        }
    }

    /// The store has the change.
    #[must_use]
    pub const fn is_done(self) -> bool {
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
            Self::Refused | Self::Conflict | Self::Unknown | Self::NotApplied
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
        /// Given up by the person.
        Dropped = "dropped",
        /// Put back by a later change.
        Undone = "undone",
    }
}

/// One step on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, by the computer's clock.
    pub at: Timestamp,
    /// What.
    pub kind: StepKind,
    /// More about it: the store's words, a value found. Never a secret. May be empty.
    pub words: String,
}

/// One change of one thing, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Its id.
    pub id: EntryId,
    /// What it changes, from what to what.
    pub change: Change,
    /// What a lost answer means.
    pub kind: SendKind,
    /// The earlier entry that this one puts back.
    pub undoes: Option<EntryId>,
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
    /// The product it has made.
    pub made: Option<ProductId>,
    /// What a lost answer means.
    pub kind: SendKind,
    /// How far it has come.
    pub state: State,
    /// When it came there.
    pub state_at: Timestamp,
    /// The store's words, where it said no or did only a part. May be empty.
    pub store_words: String,
    /// The earlier entry that this one puts back.
    pub undoes: Option<EntryId>,
    /// The later entry that has put this one back.
    pub undone_by: Option<EntryId>,
}

impl Entry {
    /// It is done, and nothing has put it back yet.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        self.state.is_done() && self.undone_by.is_none() && self.change.can_be_put_back()
    }
}
