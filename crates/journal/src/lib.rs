//! Every intended write, durable before it is sent. Never thrown away.
//!
//! *Invariant:* an entry moves only along the edges of [`State::may_become`], each move is one
//! transaction with a step that says why, and every commit survives a power cut.

mod entry;
mod failures;
mod file;
mod giving_up;
mod jobs;
mod keeping;
mod read;
mod row;

pub use database::Error as FileError;
pub use entry::{
    Entry, EntryId, Job, JobId, Move, NewEntry, NewJob, Reason, Said, SendKind, State, Step,
    StepKind,
};
pub use failures::Failed;
pub use file::{Error, Journal};
pub use read::{Counts, Filter, Query};
