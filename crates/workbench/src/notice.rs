use desk::ProfileKey;
use journal::JobId;

/// A kind of thing that can go out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// Stores, preferences.
    App,
    /// Orders.
    Orders,
    /// Products, with their brands and categories.
    Products,
    /// Customers.
    Customers,
    /// The journal.
    Activity,
    /// Access to a storefront.
    Storefront,
}

/// What happens unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// What was read of this may be out of date.
    Stale {
        /// The store, or all.
        store: Option<ProfileKey>,
        /// What.
        what: Vec<What>,
    },
    /// A store is doing differently.
    State(ProfileKey),
    /// A check has got further.
    Check(String),
    /// Orders came in since the last refresh. Never told of a first pull.
    NewOrders {
        /// The store.
        store: ProfileKey,
        /// How many there are that the person has not seen, at least one: those that were told of
        /// earlier are among them.
        count: u32,
    },
    /// Everything that was confirmed together has come to its end.
    JobEnded {
        /// The store.
        store: ProfileKey,
        /// The job.
        job: JobId,
        /// How many of its changes are done.
        done: u32,
        /// How many a person has to look at.
        to_look_at: u32,
    },
    /// A file is held over the window, or no longer.
    FileOver(bool),
    /// A file of this name was dropped on the window.
    FileDropped(String),
}
