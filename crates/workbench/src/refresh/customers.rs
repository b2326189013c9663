//! Customers: pulled in the store's own sequence, from cursor to cursor where the store gives them,
//! else page by page.

use bigcommerce::{
    Cursor, Page, Request,
    request::customers::{self, CustomersQuery, CustomersSort},
};
use commerce::Customer;
use jiff::Timestamp;
use mirror::{Area, Marks};

use super::{
    changes::Changing,
    first::{After, Pulled},
};
use crate::What;

pub(super) struct Customers;

impl Pulled for Customers {
    type Item = Customer;
    const AREA: Area = Area::Customers;
    const STALE: &'static [What] = &[What::Customers];

    fn next(marks: &Marks, _: u32) -> Request<Page<Customer>> {
        let query = match (&marks.cursor, marks.pulled_to) {
            (Some(cursor), _) => CustomersQuery::new().after(Cursor::from(cursor.clone())),
            (None, pages) => {
                let pages = u32::try_from(pages.unwrap_or(0)).unwrap_or(u32::MAX - 1);
                CustomersQuery::new().page(pages + 1)
            }
        };
        customers::list(&query)
    }

    /// `pulled_to` counts the pages so far.
    fn after(marks: &Marks, page: &Page<Customer>, is_last: bool) -> After {
        let cursor = page.after.as_ref().map(|cursor| cursor.as_str().to_owned());
        // A store that leads back to where we are has nothing more to give.
        let is_same = cursor.is_some() && cursor == marks.cursor;
        After {
            marks: Some(Marks {
                pulled_to: Some(marks.pulled_to.unwrap_or(0) + 1),
                cursor,
                ..marks.clone()
            }),
            is_last: is_last || is_same,
        }
    }
}

impl Changing for Customers {
    fn changed(since: Timestamp, page: u32) -> Request<Page<Customer>> {
        let query = CustomersQuery::new()
            .modified_since(since)
            .sort(CustomersSort::ModifiedAscending)
            .page(page);
        customers::list(&query)
    }

    fn modified_at(customer: &Customer) -> Timestamp {
        customer.modified_at
    }

    fn number(customer: &Customer) -> u64 {
        customer.id.0
    }
}
