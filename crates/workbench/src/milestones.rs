//! The places between two states of a change.

/// A place on the way of a change, named by what has just become true.
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
}

impl Milestone {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Journalled,
        Self::ReadAgain,
        Self::Sending,
        Self::Answered,
        Self::Mirrored,
        Self::Settled,
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
