//! Every intended write, durable before it is sent. Never thrown away.
//!
//! *Invariant:* an entry moves only along the edges of [`State::may_become`], each move is one
//! transaction with a step that says why, and every commit survives a power cut.

mod entry;
mod file;

pub use database::Error as FileError;
pub use entry::{Entry, EntryId, JobId, NewEntry, NewJob, SendKind, State, Step, StepKind};
pub use file::{Counts, Error, Filter, Journal};
