//! Lists whose ids are fixed when they are opened, rows read by place, and single things in full.

mod activity;
mod calendar;
mod customers;
mod find;
mod numbers;
mod order_parts;
mod orders;
mod products;
mod views;

use std::time::Duration;

use commerce::Subject;
use journal::Entry;

use crate::{Error, store::OpenStore};

pub use activity::{ActivityPage, EntryDetail};
pub use calendar::{Days, Period};
pub use customers::{CustomerDetail, CustomerRow, CustomersPage};
pub use find::{Found, FoundCustomers, FoundOf, FoundOrders, FoundProducts};
pub use numbers::{HomeNumbers, SalesFigures, SalesOverTime, SinceYesterday, Span};
pub use order_parts::PartsRead;
pub(crate) use orders::notes_subject;
use orders::order_rows;
pub use orders::{OrderDetail, OrderInList, OrdersPage};
pub use products::{ProductDetail, ProductRow, ProductsPage};
pub(crate) use views::Views;

/// How long a question that a person waits for may take.
const ASKING: Duration = Duration::from_secs(60);

/// The changes of these things that lists show: those on their way, and those that ended otherwise than wanted.
fn shown_changes(store: &OpenStore, subjects: &[Subject]) -> Result<Vec<Entry>, Error> {
    Ok(store.journal.open_about(subjects)?)
}

fn about(changes: &[Entry], subject: Subject) -> Vec<Entry> {
    changes
        .iter()
        .filter(|entry| entry.change.subject() == subject)
        .cloned()
        .collect()
}
