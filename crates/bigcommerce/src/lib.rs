//! A patient client for the BigCommerce REST API.
//!
//! Three parts, and the doors between them are narrow:
//!
//! - [`request`]: what can be asked, as plain values built without a network;
//! - `wire` (private): JSON exactly as BigCommerce sends it, read tolerantly into the words of
//!   [`commerce`];
//! - `transport`: sending, pacing, retrying and telling failures apart, behind [`Client`].
//!
//! One pacer per store decides who sends next ([`Lane`]): at most three requests are under way, at
//! most two of them in the background, so that a person never waits behind a refresh or a pull. The
//! one exception is what a person asks by a client that has more room
//! ([`Client::with_room_for`]): it goes beside those three.
//!
//! [`request::operations`] is the table of everything that can be asked: method, path, scope, what a
//! lost answer means ([`Kind`]), every parameter. Products, stock, customers and what is new at
//! BigCommerce are version 3 of the API, orders and customer groups version 2; the shapes of the
//! answers don't show it.
//!
//! Lists come page by page, each page one request, and what could not be read stands in
//! [`Page::broken`] beside the rest. A [`Walk`] goes through a whole list and neither misses nor
//! doubles what others move meanwhile; what that takes where a list can only be counted through is
//! told at [`Walk::pages`]. What a thing holds that this version doesn't know is kept
//! [aside](commerce::Aside) for the way back. [`floor`] says how few requests something can take.
//!
//! Depending on this crate turns on the feature `arbitrary_precision` of [`serde_json`] for the whole
//! program: that is how amounts keep every digit. A number is then compared by its digits, and what
//! buffers before it reads (`#[serde(flatten)]`, untagged and internally tagged types) finds a map
//! where a number was.
//!
//! *Invariant:* no other crate knows store JSON or the HTTP library. This one never reads the wall
//! clock, never sleeps by itself and makes no random numbers: [`commerce::Clock`], [`Transport`]
//! and [`Randomness`] are handed in. The access token is in no error, no log line and no `Debug`.
//!
//! ```
//! use std::{sync::Arc, time::Duration};
//! use bigcommerce::{ApiOrigin, Client, ClientParts, Error, HttpTransport, Lane, Randomness, request};
//! use bigcommerce::commerce::{AccessToken, Clock, StoreHash};
//!
//! # async fn example(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>, hash: StoreHash, token: AccessToken)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(ClientParts {
//!     origin: ApiOrigin::bigcommerce(),
//!     hash,
//!     token,
//!     transport: Arc::new(HttpTransport::new("Stockroom/0.1")?),
//!     clock: Arc::clone(&clock),
//!     randomness,
//! });
//! let changed = request::orders::list(
//!     &request::orders::OrdersQuery::new().sort(request::orders::OrdersSort::ModifiedAscending),
//! );
//! let deadline = clock.now() + Duration::from_secs(120);
//! match client.send(&changed, Lane::Refresh, deadline).await {
//!     Ok(answer) => println!("{} orders", answer.value.items.len()),
//!     Err(Error::RateLimited { retry_after, .. }) => println!("again in {retry_after:?}"),
//!     Err(other) => return Err(other.into()),
//! }
//! # Ok(())
//! # }
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod client;
mod error;
pub mod floor;
mod origin;
mod pictures;
pub mod request;
mod transport;
mod walk;
mod wire;

/// The words that requests and answers are made of: numbers, money, orders, products. Here once more,
/// as are [`jiff`], [`rust_decimal`] and [`serde_json`], whose types stand among them, so that a
/// program has the same versions without naming any of them. What [`Client::pacing`] gives is tokio's.
pub use commerce;
pub use jiff;
pub use rust_decimal;
pub use serde_json;

pub use client::{Answer, Client, ClientParts, Line, Permit, Storefront};
pub use error::{Clash, Error, FieldError, NetworkKind, StoreTrouble};
pub use futures::future::BoxFuture;
pub use origin::{ApiOrigin, OriginError};
pub use pictures::{
    FetchedPicture, PICTURE_MAX_BYTES, PictureError, PictureKind, PictureSource, Pictures,
};
pub use request::{BrokenItem, Cursor, Kind, Method, Page, Request};
pub use transport::{
    Headers, HttpRequest, HttpResponse, HttpTransport, HttpTransportError, Lane, Pacing, Progress,
    Quota, Randomness, TokenHeader, Transport, TransportError, TransportErrorKind, Wait,
    WaitReason,
};
pub use walk::{Walk, Walker};
