use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    dto::{CheckReport, StoreState},
    tags::Tag,
};

/// What the backend tells a window unasked.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// Answers with these tags are out of date.
    Stale {
        /// The store, or `null` for all.
        store: Option<String>,
        /// Which answers.
        tags: Vec<Tag>,
    },
    /// How a store is doing now.
    State {
        /// The whole of it.
        state: StoreState,
    },
    /// Orders came in since the last refresh. The window has the words in which the system is to say it.
    NewOrders {
        /// The store.
        store: String,
        /// How many there are that the person has not seen, at least one: those that were announced
        /// earlier are among them.
        count: u32,
    },
    /// The person wants to see the newest orders of a store: they pressed what announced them.
    ShowOrders {
        /// The store.
        store: String,
    },
    /// A check has got further.
    Check {
        /// The whole of it.
        report: CheckReport,
    },
    /// Everything that was confirmed together has come to its end.
    JobEnded {
        /// The store.
        store: String,
        /// The job.
        job: String,
        /// How many of its changes are done.
        done: u32,
        /// How many a person has to look at.
        to_look_at: u32,
    },
    /// A file is held over the window, or no longer.
    FileOver {
        /// It is.
        over: bool,
    },
    /// A file was dropped on the window. The backend has its place, and reads it when asked to.
    FileDropped {
        /// Its name, without its folder.
        name: String,
    },
}
