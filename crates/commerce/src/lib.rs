//! The shop's words: money, ids, orders, scopes and field limits, without any I/O.
//!
//! Every other crate of Stockroom speaks in these types. They know nothing of JSON as a store
//! sends it, of SQL, or of windows.

mod address;
mod change;
mod clock;
mod customer;
mod ids;
mod limits;
mod money;
mod order;
mod order_parts;
mod product;
mod profile;
mod scope;
mod store;
mod token;

pub use address::Address;
pub use change::{Change, OrderFields, ProductFields, Subject};
pub use clock::{Clock, Sleep, Tick};
pub use customer::Customer;
pub use ids::{
    BrandId, CategoryId, ChannelId, CustomerGroupId, CustomerId, OrderAddressId, OrderId,
    OrderLineId, ProductId, ShipmentId, StatusId, StoreHash, StoreHashError, VariantId,
};
pub use limits::{
    AMOUNT_MAX, CUSTOMER_MESSAGE_MAX, INVENTORY_LEVEL_MAX, PRODUCT_NAME_MAX, SKU_MAX,
    STAFF_NOTES_MAX,
};
pub use money::{CurrencyCode, Money, MoneyError};
pub use order::{DISPLAY_ORDER, Order, OrderStatus};
pub use order_parts::{
    OrderCoupon, OrderLine, OrderParts, OrderRefund, OrderTax, Shipment, ShippingAddress,
};
pub use product::{Brand, Category, InventoryTracking, Picture, Product, ProductKind};
pub use profile::{SafetyMode, StoreColor};
pub use scope::{Access, OauthNames, Preset, Scope};
pub use store::StoreInfo;
pub use token::AccessToken;
