//! The places between two states of a change, between two steps of connecting a store or of its
//! removal, and between two steps of replacing its token or that of its storefront.

macro_rules! milestones {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// A place on the way of a change, of a new store, of a removal or of a replacement, named by what
        /// has just become true.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Milestone { $($(#[$doc])* $name,)+ }

        impl Milestone {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name in lower case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

milestones! {
    /// The person has confirmed a plan; nothing of it is written down.
    Confirmed = "confirmed",
    /// The plan is on the disk.
    Journalled = "journalled",
    /// The order was read fresh and is as the plan says.
    ReadAgain = "read-again",
    /// The journal says that sending begins; nothing has been sent.
    Sending = "sending",
    /// The store has answered; nothing was written about it yet.
    Answered = "answered",
    /// The mirror has the answer, the journal hasn't.
    Mirrored = "mirrored",
    /// The journal says done.
    Settled = "settled",
    /// The journal says that no answer came to what may have gone out.
    Unanswered = "unanswered",
    /// What became of it was read; the mirror has it, the journal hasn't.
    LookedFor = "looked-for",
    /// The journal says what became of it.
    Found = "found",
    /// The journal says that it waits again: nothing came of sending it, or it may be sent once more.
    WaitsAgain = "waits-again",
    /// Where a change goes next is known; the journal doesn't say so yet.
    Weighed = "weighed",
    /// The journal says that the store refused it.
    Refused = "refused",
    /// The journal says that somebody changed the same meanwhile.
    Conflicting = "conflicting",
    /// The journal says that the store had it so already.
    AlreadySo = "already-so",
    /// The journal says that only a person can tell.
    Unclear = "unclear",
    /// The journal says that it was found in the store, or that the person said so.
    DoneFound = "done-found",
    /// The journal says that nothing of it is in the store, or that the person said so.
    NotApplied = "not-applied",
    /// The journal says that it was given up; lists still show it.
    Dropped = "dropped",
    /// The journal says that what was left of a job is given up; lists still show it.
    Stopped = "stopped",
    /// The journal has left as it was what nobody decided about in time, and forgotten whom changes that
    /// are over were about.
    LeftAsItWas = "left-as-it-was",
    /// The token of a store that is being removed is out of the keychain.
    TokenForgotten = "token-forgotten",
    /// Its copy and its journal are where no store is looked for.
    SetAside = "set-aside",
    /// Its profile is gone; what was set aside is still on the disk.
    ProfileRemoved = "profile-removed",
    /// It is written down that another token is about to take the place of a store's.
    ReplacementNoted = "replacement-noted",
    /// It is written down that the keychain is about to hold a token that no store names yet.
    EntryNoted = "entry-noted",
    /// The keychain holds the new token, the profile doesn't know it.
    TokenSwapped = "token-swapped",
    /// A new store has its profile; the note about its entry is still there.
    StoreAdded = "store-added",
    /// The profile knows it.
    TokenReplaced = "token-replaced",
    /// A token for the storefront was made, and the desk has a note of it.
    StorefrontNoted = "storefront-noted",
    /// It is where it is kept; the one before is still in use.
    StorefrontKept = "storefront-kept",
    /// It is in use, and the one before is to be revoked.
    StorefrontSwapped = "storefront-swapped",
    /// The store knows a token for the storefront no more; it is still where it was kept.
    StorefrontRevoked = "storefront-revoked",
}

impl Milestone {
    /// Those of a change, in order.
    pub const OF_A_CHANGE: [Self; 6] = [
        Self::Journalled,
        Self::ReadAgain,
        Self::Sending,
        Self::Answered,
        Self::Mirrored,
        Self::Settled,
    ];
}

/// Is told of each milestone, on the spot. Tests end the process here; the app does nothing.
pub trait Milestones: Send + Sync + 'static {
    /// `milestone` has just become true.
    fn reached(&self, milestone: Milestone);
}

/// Does nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMilestones;

impl Milestones for NoMilestones {
    fn reached(&self, _: Milestone) {}
}
