//! What both hosts of the surface share: the clock, the environment, the sample store, the log.
//!
//! *Invariant:* this and the two hosts are the only places that read the wall clock, sleep, make
//! random numbers or look at the environment.

mod clock;
mod environment;
mod log;
mod sample;
mod start;
mod trash;

pub use clock::{OsRandomness, SystemClock};
pub use environment::{Environment, EnvironmentError};
pub use log::keep_log;
pub use start::{StartError, start};
pub use trash::move_to_trash;
pub use workbench::{Milestone, Milestones, NoMilestones};
