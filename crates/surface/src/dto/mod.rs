//! Shapes that cross the wall between the backend and a window.
//!
//! Ids are text, money is a decimal text with its currency, instants are ISO 8601 in UTC: nothing
//! a JavaScript number could round.

mod activity;
mod app;
mod change;
mod connect;
mod orders;
mod shared;
mod store;

pub use activity::*;
pub use app::*;
pub use change::*;
pub use connect::*;
pub use orders::*;
pub use shared::*;
pub use store::*;
