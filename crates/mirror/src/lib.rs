//! A copy of a store in SQLite, which can be thrown away and pulled again.
//!
//! *Invariant:* a page that was asked for before a write was answered never overwrites that
//! answer, in whatever order they arrive.

mod area;
mod catalog;
mod customers;
mod file;
mod gone;
mod item;
mod marks;
mod numbers;
mod order_parts;
mod orders;
mod pending;
mod query;
mod refunds;
mod statuses;

pub use area::Area;
pub use customers::Ordered;
pub use database::Error;
pub use file::{Generation, Mirror, Stamp};
pub use item::{Item, PageReport, ReadWhole, Unreadable};
pub use marks::Marks;
pub use numbers::{ProductNumbers, Sales};
pub use pending::Pending;
pub use query::{
    CustomerSort, CustomersQuery, Hits, OrderSort, OrderView, OrdersQuery, ProductSort,
    ProductsQuery, Query, StockIs, VisibilityIs,
};
pub use refunds::{Refunded, Refunds};
