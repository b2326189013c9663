//! The places between two states of a change, between two steps of connecting a store or of its
//! removal, and between two steps of replacing its token or that of its storefront.

/// A place on the way of a change, of a new store, of a removal or of a replacement, named by what has
/// just become true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Milestone {
    /// The plan is on the disk.
    Journalled,
    /// The order was read fresh and is as the plan says.
    ReadAgain,
    /// The journal says that sending begins; nothing has been sent.
    Sending,
    /// The store has answered; nothing was written about it yet.
    Answered,
    /// The mirror has the answer, the journal hasn't.
    Mirrored,
    /// The journal says done.
    Settled,
    /// The journal says that no answer came to what may have gone out.
    Unanswered,
    /// What became of it was read; the mirror has it, the journal hasn't.
    LookedFor,
    /// The journal says what became of it.
    Found,
    /// The journal says that it waits again: nothing came of sending it, or it may be sent once more.
    WaitsAgain,
    /// The journal says that the store refused it.
    Refused,
    /// The journal says that somebody changed the same meanwhile.
    Conflicting,
    /// The journal says that the store had it so already.
    AlreadySo,
    /// The journal says that only a person can tell.
    Unclear,
    /// The token of a store that is being removed is out of the keychain.
    TokenForgotten,
    /// Its copy and its journal are where no store is looked for.
    SetAside,
    /// Its profile is gone; what was set aside is still on the disk.
    ProfileRemoved,
    /// It is written down that another token is about to take the place of a store's.
    ReplacementNoted,
    /// It is written down that the keychain is about to hold a token that no store names yet.
    EntryNoted,
    /// The keychain holds the new token, the profile doesn't know it.
    TokenSwapped,
    /// A new store has its profile; the note about its entry is still there.
    StoreAdded,
    /// The profile knows it.
    TokenReplaced,
    /// A token for the storefront was made, and the desk has a note of it.
    StorefrontNoted,
    /// It is where it is kept; the one before is still in use.
    StorefrontKept,
    /// It is in use, and the one before is to be revoked.
    StorefrontSwapped,
    /// The store knows a token for the storefront no more; it is still where it was kept.
    StorefrontRevoked,
}

impl Milestone {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Journalled,
        Self::ReadAgain,
        Self::Sending,
        Self::Answered,
        Self::Mirrored,
        Self::Settled,
        Self::Unanswered,
        Self::LookedFor,
        Self::Found,
        Self::WaitsAgain,
        Self::Refused,
        Self::Conflicting,
        Self::AlreadySo,
        Self::Unclear,
        Self::TokenForgotten,
        Self::SetAside,
        Self::ProfileRemoved,
        Self::ReplacementNoted,
        Self::EntryNoted,
        Self::TokenSwapped,
        Self::StoreAdded,
        Self::TokenReplaced,
        Self::StorefrontNoted,
        Self::StorefrontKept,
        Self::StorefrontSwapped,
        Self::StorefrontRevoked,
    ];
    /// Those of a change, in order.
    pub const OF_A_CHANGE: [Self; 6] = [
        Self::Journalled,
        Self::ReadAgain,
        Self::Sending,
        Self::Answered,
        Self::Mirrored,
        Self::Settled,
    ];
    /// Those of a change whose answer was lost, from there on, in order.
    pub const OF_A_LOST_ANSWER: [Self; 3] = [Self::Unanswered, Self::LookedFor, Self::Found];
    /// Ends of a change other than being done by us.
    pub const OF_AN_OTHER_END: [Self; 4] = [
        Self::Refused,
        Self::Conflicting,
        Self::AlreadySo,
        Self::Unclear,
    ];
    /// Those of a removal, in order.
    pub const OF_A_REMOVAL: [Self; 3] =
        [Self::TokenForgotten, Self::SetAside, Self::ProfileRemoved];
    /// Those of connecting a store for the first time, in order.
    pub const OF_A_CONNECTION: [Self; 3] = [Self::EntryNoted, Self::TokenSwapped, Self::StoreAdded];
    /// Those of replacing a token, in order.
    pub const OF_A_REPLACEMENT: [Self; 3] = [
        Self::ReplacementNoted,
        Self::TokenSwapped,
        Self::TokenReplaced,
    ];
    /// Those of renewing a token for the storefront, in order.
    pub const OF_A_RENEWAL: [Self; 4] = [
        Self::StorefrontNoted,
        Self::StorefrontKept,
        Self::StorefrontSwapped,
        Self::StorefrontRevoked,
    ];

    /// Its name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Journalled => "journalled",
            Self::ReadAgain => "read-again",
            Self::Sending => "sending",
            Self::Answered => "answered",
            Self::Mirrored => "mirrored",
            Self::Settled => "settled",
            Self::Unanswered => "unanswered",
            Self::LookedFor => "looked-for",
            Self::Found => "found",
            Self::WaitsAgain => "waits-again",
            Self::Refused => "refused",
            Self::Conflicting => "conflicting",
            Self::AlreadySo => "already-so",
            Self::Unclear => "unclear",
            Self::TokenForgotten => "token-forgotten",
            Self::SetAside => "set-aside",
            Self::ProfileRemoved => "profile-removed",
            Self::ReplacementNoted => "replacement-noted",
            Self::EntryNoted => "entry-noted",
            Self::TokenSwapped => "token-swapped",
            Self::StoreAdded => "store-added",
            Self::TokenReplaced => "token-replaced",
            Self::StorefrontNoted => "storefront-noted",
            Self::StorefrontKept => "storefront-kept",
            Self::StorefrontSwapped => "storefront-swapped",
            Self::StorefrontRevoked => "storefront-revoked",
        }
    }
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
