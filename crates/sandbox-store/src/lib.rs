//! A BigCommerce-compatible store in a box, for tests, development and a first look.
//!
//! The core is a pure function: [`step`] takes a [`Store`], a [`Request`] and the time, and gives a
//! [`Response`]. [`serve`] puts it behind HTTP on this machine. It is written from the published
//! reference and from what was observed on the wire; it shares nothing with any client.

#![recursion_limit = "256"] // the widest answers are written as one `json!`

mod dates;
mod decimal;
mod gate;
mod http;
mod money;
mod pictures;
mod query;
mod seed;
mod shell;
mod state;
mod storefront;
mod v2;
mod v3;

pub use gate::limiter::{Plan, UnknownPlan};
pub use gate::routes::operations;
pub use gate::scopes::{Scopes, UnknownScope};
pub use gate::step;
pub use http::{Effects, Request, Response};
pub use shell::{Condition, Config, DataFileError, Running, ServeError, Strict, reset, serve};
pub use state::{Blueprint, Email, FeesWithoutId, Sizes, Store, Subject, Token};
