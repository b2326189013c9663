//! From the workbench's words to the window's shapes, and back.

mod activity;
mod change;
mod connect;
mod error;
mod orders;
mod shared;
mod store;

pub(crate) use activity::*;
pub(crate) use change::*;
pub(crate) use connect::*;
pub(crate) use orders::*;
pub(crate) use shared::*;
pub(crate) use store::*;
