//! Customers: list. There is no call for one of them; [`CustomersQuery::ids`] gives it.

use commerce::{Access, Customer, CustomerId, Scope};
use jiff::Timestamp;

use super::{
    Cursor, Page, Request,
    query::{self, Pairs, Term},
};
use crate::wire;

/// The most customers one page may hold. Source: BigCommerce REST reference, "Get all customers".
pub const PAGE_LIMIT_MAX: u32 = 250;

/// Which customers, in which order, which page. All conditions have to hold together.
///
/// Without any: the first 250 customers, in the store's own sequence.
///
/// Source: BigCommerce REST reference, "Get all customers".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomersQuery {
    ids: Option<Vec<CustomerId>>,
    modified_since: Option<Timestamp>,
    place: Place,
    limit: u32,
    sort: CustomersSort,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Page(u32),
    After(Cursor),
}

/// How a list of customers is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CustomersSort {
    /// As the store has it, which is by number. The one that cursors are made for.
    #[default]
    StoresOwn,
    /// Oldest change first.
    ModifiedAscending,
    /// Newest change first.
    ModifiedDescending,
}

impl Default for CustomersQuery {
    fn default() -> Self {
        Self::new()
    }
}

impl CustomersQuery {
    /// All customers, page 1 of 250.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            ids: None,
            modified_since: None,
            place: Place::Page(1),
            limit: PAGE_LIMIT_MAX,
            sort: CustomersSort::StoresOwn,
        }
    }

    /// One of these numbers, at most [`PAGE_LIMIT_MAX`] of them. None given, none found.
    #[must_use]
    pub fn ids(mut self, ids: impl IntoIterator<Item = CustomerId>) -> Self {
        self.ids = Some(ids.into_iter().collect());
        self
    }

    /// Changed after this instant, in whole seconds; finer parts are dropped. The reference leaves
    /// open whether a change in that very second counts: ask from a little earlier.
    #[must_use]
    pub const fn modified_since(mut self, instant: Timestamp) -> Self {
        self.modified_since = Some(instant);
        self
    }

    /// The page, counted from 1; 0 is taken for 1. Takes the place of a cursor.
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.place = Place::Page(query::page(page));
        self
    }

    /// What comes after a page, by its [`Page::after`]: nobody is missed or doubled by what
    /// others do meanwhile. Takes the place of a page's number.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.place = Place::After(cursor);
        self
    }

    /// Customers per page, brought into 1 to [`PAGE_LIMIT_MAX`].
    #[must_use]
    pub const fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, PAGE_LIMIT_MAX);
        self
    }

    /// The sequence.
    #[must_use]
    pub const fn sort(mut self, sort: CustomersSort) -> Self {
        self.sort = sort;
        self
    }

    /// How many customers are asked for, as [`Page::is_last`] takes it.
    #[must_use]
    pub const fn page_size(&self) -> usize {
        self.limit as usize
    }

    fn pairs(&self) -> Pairs {
        let mut pairs = Pairs::new();
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        let ids = self.ids.as_ref();
        add(
            "id:in",
            ids.map(|ids| query::numbers(ids.iter().map(|id| id.0))),
        );
        let since = self.modified_since.map(query::date_with_z);
        add("date_modified:min", since);
        add(
            "include",
            Some(Term::Plain("addresses,storecredit".to_owned())),
        );
        add(
            "sort",
            match self.sort {
                CustomersSort::StoresOwn => None,
                CustomersSort::ModifiedAscending => Some("date_modified:asc"),
                CustomersSort::ModifiedDescending => Some("date_modified:desc"),
            }
            .map(|sort| Term::Plain(sort.to_owned())),
        );
        match &self.place {
            Place::Page(page) => add("page", Some(page.to_string().into())),
            Place::After(cursor) => add("after", Some(cursor.as_str().into())),
        }
        add("limit", Some(self.limit.to_string().into()));
        pairs
    }
}

/// One page of customers with their store credit and up to ten saved addresses each, which is as
/// many as the store sends along. Past the end the page is empty.
#[must_use]
pub fn list(query: &CustomersQuery) -> Request<Page<Customer>> {
    let mut request = Request::get(
        "/v3/customers",
        Some((Scope::Customers, Access::Read)),
        wire::customers::list,
    );
    request.query = query.pairs();
    request
}
