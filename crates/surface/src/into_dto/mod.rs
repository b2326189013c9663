//! From the workbench's words to the window's shapes, and back.

mod activity;
mod change;
mod connect;
mod customers;
mod doctor;
mod error;
mod find;
mod order_parts;
mod orders;
mod products;
mod shared;
mod store;
mod storefront;

pub(crate) use activity::*;
pub(crate) use change::*;
pub(crate) use connect::*;
pub(crate) use customers::*;
pub(crate) use doctor::*;
pub(crate) use find::*;
pub(crate) use order_parts::*;
pub(crate) use orders::*;
pub(crate) use products::*;
pub(crate) use shared::*;
pub(crate) use store::*;
pub(crate) use storefront::*;
