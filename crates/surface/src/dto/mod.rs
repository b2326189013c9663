//! Shapes that cross the wall between the backend and a window.
//!
//! Ids are text, money is a decimal text with its currency, instants are ISO 8601 in UTC: nothing
//! a JavaScript number could round.

mod activity;
mod app;
mod change;
mod connect;
mod customers;
mod doctor;
mod find;
mod home;
mod order_parts;
mod orders;
mod products;
mod shared;
mod store;
mod storefront;

pub use activity::*;
pub use app::*;
pub use change::*;
pub use connect::*;
pub use customers::*;
pub use doctor::*;
pub use find::*;
pub use home::*;
pub use order_parts::*;
pub use orders::*;
pub use products::*;
pub use shared::*;
pub use store::*;
pub use storefront::*;
