//! A copy of a store in SQLite, which can be thrown away and pulled again.
//!
//! *Invariant:* a page that was asked for before a write was answered never overwrites that
//! answer, in whatever order they arrive.

mod file;
mod marks;
mod orders;
mod pending;
mod query;
mod statuses;

pub use database::Error;
pub use file::{Mirror, Stamp};
pub use marks::Marks;
pub use orders::{PageReport, UnreadableOrder};
pub use pending::Pending;
pub use query::{OrderSort, OrderView, OrdersQuery};
