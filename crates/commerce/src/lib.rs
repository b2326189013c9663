//! The shop's words: money, ids, orders, scopes and field limits, without any I/O.
//!
//! Every other crate of Stockroom speaks in these types. They know nothing of JSON as a store
//! sends it, of SQL, or of windows.

mod address;
mod change;
mod clock;
mod ids;
mod limits;
mod money;
mod order;
mod profile;
mod scope;
mod store;
mod token;

pub use address::Address;
pub use change::OrderFields;
pub use clock::{Clock, Sleep, Tick};
pub use ids::{ChannelId, CustomerId, OrderId, StatusId, StoreHash, StoreHashError};
pub use limits::{CUSTOMER_MESSAGE_MAX, STAFF_NOTES_MAX};
pub use money::{CurrencyCode, Money, MoneyError};
pub use order::{DISPLAY_ORDER, Order, OrderStatus};
pub use profile::{SafetyMode, StoreColor};
pub use scope::{Access, Scope};
pub use store::StoreInfo;
pub use token::AccessToken;
