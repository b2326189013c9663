//! Customers: list. There is no call for one of them; [`CustomersQuery::ids`] gives it.

use commerce::{
    AttributeId, AttributeValue, AttributeValueId, Customer, CustomerAddress, CustomerAddressEdit,
    CustomerAddressId, CustomerAttribute, CustomerEdit, CustomerGroup, CustomerGroupEdit,
    CustomerGroupId, CustomerId, FullCustomer,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Cursor, Few, ListQuery, Page, Request,
    filters::{
        AttributeFilter, AttributeValueFilter, CustomerAddressFilter, CustomerFilter, Filter,
        GroupFilter, Parameter,
    },
    list::Place,
    op,
    query::{self, Pairs, Term},
};
use crate::wire::{self, Write};

/// The most customers, addresses, attributes or values in one request that makes or changes them.
///
/// Source: BigCommerce REST reference, at each: above it they answer 413.
pub const BATCH_MAX: usize = 10;

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
    more: Vec<Parameter>,
    includes: Vec<CustomerInclude>,
    place: Place,
    limit: u32,
    sort: CustomersSort,
}

/// What may come along with customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum CustomerInclude {
    /// Ten of each customer at most.
    Addresses,
    StoreCredit,
    /// Ten of each customer at most.
    Attributes,
    FormFields,
    /// Kept aside.
    ShopperProfileId,
    /// Kept aside.
    SegmentIds,
}

impl CustomerInclude {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::StoreCredit => "storecredit",
            Self::Attributes => "attributes",
            Self::FormFields => "formfields",
            Self::ShopperProfileId => "shopper_profile_id",
            Self::SegmentIds => "segment_ids",
        }
    }
}

/// How a list of customers is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CustomersSort {
    /// As the store has it, which is by number. The one that cursors are made for.
    #[default]
    StoresOwn,
    /// Oldest change first.
    ModifiedAscending,
    /// Newest change first.
    ModifiedDescending,
    /// First registered first.
    RegisteredAscending,
    /// Last registered first.
    RegisteredDescending,
    /// By family name.
    LastNameAscending,
    /// By family name, from the end.
    LastNameDescending,
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
            more: Vec::new(),
            includes: Vec::new(),
            place: Place::Page(1),
            limit: PAGE_LIMIT_MAX,
            sort: CustomersSort::StoresOwn,
        }
    }

    /// One of these numbers, at most [`PAGE_LIMIT_MAX`] of them. None given, none found.
    #[must_use]
    pub fn ids(mut self, ids: impl IntoIterator<Item = CustomerId>) -> Self {
        query::overrule(&mut self.more, "id:in");
        self.ids = Some(ids.into_iter().collect());
        self
    }

    /// Changed after this instant, in whole seconds; finer parts are dropped. The reference leaves
    /// open whether a change in that very second counts: ask from a little earlier.
    #[must_use]
    pub fn modified_since(mut self, instant: Timestamp) -> Self {
        query::overrule(&mut self.more, "date_modified:min");
        self.modified_since = Some(instant);
        self
    }

    /// Those for which this holds as well. Of two conditions on the same parameter the later one
    /// counts.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a condition is made to be given away"
    )]
    pub fn with(mut self, condition: CustomerFilter) -> Self {
        let condition = condition.parameter();
        query::overrule(&mut self.more, condition.name);
        self.more.push(condition);
        self
    }

    /// What comes along, of [`list_full`] only.
    #[must_use]
    pub fn include(mut self, includes: impl IntoIterator<Item = CustomerInclude>) -> Self {
        self.includes = includes.into_iter().collect();
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
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, PAGE_LIMIT_MAX);
        self
    }

    /// The sequence.
    #[must_use]
    pub fn sort(mut self, sort: CustomersSort) -> Self {
        self.sort = sort;
        self
    }

    /// The sequence that is asked for.
    #[must_use]
    pub const fn sorted(&self) -> CustomersSort {
        self.sort
    }

    /// How many customers are asked for, as [`Page::is_last`] takes it.
    #[must_use]
    pub const fn page_size(&self) -> usize {
        self.limit as usize
    }

    fn pairs(&self, includes: &[CustomerInclude]) -> Pairs {
        let mut pairs = Pairs::new();
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        let ids = self.ids.as_ref();
        add(
            "id:in",
            ids.map(|ids| query::numbers(ids.iter().map(|id| id.0))),
        );
        let since = self.modified_since.map(query::date_with_z);
        add("date_modified:min", since);
        pairs.retain(|(name, _)| self.more.iter().all(|more| more.name != *name));
        pairs.extend(self.more.iter().map(|more| (more.name, more.term.clone())));
        if !includes.is_empty() {
            let names = includes.iter().map(|one| one.as_str().to_owned());
            pairs.push(("include", Term::List(names.collect())));
        }
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        add(
            "sort",
            match self.sort {
                CustomersSort::StoresOwn => None,
                CustomersSort::ModifiedAscending => Some("date_modified:asc"),
                CustomersSort::ModifiedDescending => Some("date_modified:desc"),
                CustomersSort::RegisteredAscending => Some("date_created:asc"),
                CustomersSort::RegisteredDescending => Some("date_created:desc"),
                CustomersSort::LastNameAscending => Some("last_name:asc"),
                CustomersSort::LastNameDescending => Some("last_name:desc"),
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
    let mut request = Request::to(&op::CUSTOMERS, &[], wire::customers::list);
    request.query = query.pairs(&[CustomerInclude::Addresses, CustomerInclude::StoreCredit]);
    request
}

/// One page of customers with all that the store says of them, and with what comes along. Past the
/// end the page is empty.
///
/// Source: BigCommerce REST reference, "Get all customers".
#[must_use]
pub fn list_full(query: &CustomersQuery) -> Request<Page<FullCustomer>> {
    let mut request = Request::to(&op::CUSTOMERS_FULL, &[], wire::data_list("id"));
    request.query = query.pairs(&query.includes);
    request
}

/// Registers customers: all or none. Each needs both names and an e-mail address.
///
/// [`Error::Conflict`](crate::Error::Conflict) with [`Clash::Email`](crate::Clash::Email) says that
/// an address is in use. Without an answer look for them by their addresses.
///
/// Source: BigCommerce REST reference, "Create customers".
#[must_use]
pub fn create(customers: &Few<CustomerEdit, BATCH_MAX>) -> Request<Page<FullCustomer>> {
    let body: Value = customers.iter().map(Write::write).collect();
    Request::to(&op::CUSTOMERS_CREATE, &[], wire::data_list("id")).carrying(body)
}

/// Changes customers: all or none. Store credit is set, not added. Addresses and the notice of a
/// new account are meant for [`create`]: the reference has neither here, so a store may refuse them.
///
/// [`Kind::Once`](super::Kind::Once) with addresses (each sending may add them) and with the notice
/// (an e-mail each time); otherwise [`Kind::Idempotent`](super::Kind::Idempotent).
///
/// Source: BigCommerce REST reference, "Update customers".
#[must_use]
pub fn update(
    customers: &Few<(CustomerId, CustomerEdit), BATCH_MAX>,
) -> Request<Page<FullCustomer>> {
    let body = customers
        .iter()
        .map(|(id, edit)| wire::with_id("id", id.0, edit.write()))
        .collect();
    let may_happen_twice = |edit: &CustomerEdit| {
        let adds = edit.addresses.as_ref().is_some_and(|all| !all.is_empty());
        adds || edit.trigger_account_created_notification == Some(true)
    };
    let is_once = customers.iter().any(|(_, edit)| may_happen_twice(edit));
    Request::to(&op::CUSTOMERS_UPDATE, &[], wire::data_list("id"))
        .carrying(body)
        .once_if(is_once)
}

/// Deletes customers for good. Their orders stay.
///
/// Source: BigCommerce REST reference, "Delete customers".
#[must_use]
pub fn delete(ids: &Few<CustomerId, 250>) -> Request<()> {
    Request::to(&op::CUSTOMERS_DELETE, &[], wire::nothing)
        .asking("id:in", query::numbers(ids.iter().map(|id| id.0)))
}

/// One page of the addresses that customers have saved.
///
/// Source: BigCommerce REST reference, "Get all customer addresses".
#[must_use]
pub fn addresses(query: &ListQuery<CustomerAddressFilter>) -> Request<Page<CustomerAddress>> {
    query.of(Request::to(
        &op::CUSTOMER_ADDRESSES,
        &[],
        wire::data_list("id"),
    ))
}

/// Saves addresses for customers. One that a customer has already is silently left out of the
/// answer.
///
/// Source: BigCommerce REST reference, "Create a customer address".
#[must_use]
pub fn create_addresses(
    addresses: &Few<(CustomerId, CustomerAddressEdit), BATCH_MAX>,
) -> Request<Page<CustomerAddress>> {
    let body = addresses
        .iter()
        .map(|(customer, edit)| wire::with_id("customer_id", customer.0, edit.write()))
        .collect();
    Request::to(&op::CUSTOMER_ADDRESSES_CREATE, &[], wire::data_list("id")).carrying(body)
}

/// Changes addresses.
///
/// Source: BigCommerce REST reference, "Update a customer address".
#[must_use]
pub fn update_addresses(
    addresses: &Few<(CustomerAddressId, CustomerAddressEdit), BATCH_MAX>,
) -> Request<Page<CustomerAddress>> {
    let body = addresses
        .iter()
        .map(|(id, edit)| wire::with_id("id", id.0, edit.write()))
        .collect();
    Request::to(&op::CUSTOMER_ADDRESSES_UPDATE, &[], wire::data_list("id")).carrying(body)
}

/// Deletes addresses.
///
/// Source: BigCommerce REST reference, "Delete a customer address".
#[must_use]
pub fn delete_addresses(ids: &Few<CustomerAddressId, 250>) -> Request<()> {
    Request::to(&op::CUSTOMER_ADDRESSES_DELETE, &[], wire::nothing)
        .asking("id:in", query::numbers(ids.iter().map(|id| id.0)))
}

/// One page of the attributes that the store keeps of customers.
///
/// Source: BigCommerce REST reference, "Get all customer attributes".
#[must_use]
pub fn attributes(query: &ListQuery<AttributeFilter>) -> Request<Page<CustomerAttribute>> {
    query.of(Request::to(&op::ATTRIBUTES, &[], wire::data_list("id")))
}

/// Makes attributes, each of a name and a kind (`string`, `number` or `date`).
///
/// Without an answer look for them by their names.
///
/// Source: BigCommerce REST reference, "Create a customer attribute".
#[must_use]
pub fn create_attributes(
    attributes: &Few<(String, String), BATCH_MAX>,
) -> Request<Page<CustomerAttribute>> {
    let body = attributes
        .iter()
        .map(|(name, kind)| json!({"name": name, "type": kind}))
        .collect();
    Request::to(&op::ATTRIBUTES_CREATE, &[], wire::data_list("id")).carrying(body)
}

/// Renames attributes. Their kind can't be changed.
///
/// Source: BigCommerce REST reference, "Update a customer attribute".
#[must_use]
pub fn rename_attributes(
    names: &Few<(AttributeId, String), BATCH_MAX>,
) -> Request<Page<CustomerAttribute>> {
    let body = names
        .iter()
        .map(|(id, name)| json!({"id": id.0, "name": name}))
        .collect();
    Request::to(&op::ATTRIBUTES_RENAME, &[], wire::data_list("id")).carrying(body)
}

/// Deletes attributes, with what customers have for them.
///
/// Source: BigCommerce REST reference, "Delete customer attributes".
#[must_use]
pub fn delete_attributes(ids: &Few<AttributeId, 250>) -> Request<()> {
    Request::to(&op::ATTRIBUTES_DELETE, &[], wire::nothing)
        .asking("id:in", query::numbers(ids.iter().map(|id| id.0)))
}

/// One page of what customers have for attributes.
///
/// Source: BigCommerce REST reference, "Get customer attribute values".
#[must_use]
pub fn attribute_values(query: &ListQuery<AttributeValueFilter>) -> Request<Page<AttributeValue>> {
    query.of(Request::to(
        &op::ATTRIBUTE_VALUES,
        &[],
        wire::data_list("id"),
    ))
}

/// Sets what customers have for attributes, whether they had something or not.
///
/// Source: BigCommerce REST reference, "Upsert customer attribute values".
#[must_use]
pub fn set_attribute_values(
    values: &Few<(CustomerId, AttributeId, String), BATCH_MAX>,
) -> Request<Page<AttributeValue>> {
    let body = values
        .iter()
        .map(|(customer, attribute, value)| {
            json!({"customer_id": customer.0, "attribute_id": attribute.0, "value": value})
        })
        .collect();
    Request::to(&op::ATTRIBUTE_VALUES_SET, &[], wire::data_list("id")).carrying(body)
}

/// Takes away what customers have for attributes.
///
/// Source: BigCommerce REST reference, "Delete customer attribute values".
#[must_use]
pub fn delete_attribute_values(ids: &Few<AttributeValueId, 250>) -> Request<()> {
    Request::to(&op::ATTRIBUTE_VALUES_DELETE, &[], wire::nothing)
        .asking("id:in", query::numbers(ids.iter().map(|id| id.0)))
}

/// One page of customer groups. Version 2 of the API.
///
/// Source: BigCommerce REST reference, "Get all customer groups".
#[must_use]
pub fn groups(query: &ListQuery<GroupFilter>) -> Request<Page<CustomerGroup>> {
    query.of(Request::to(&op::GROUPS, &[], wire::bare_list))
}

/// One customer group.
///
/// Source: BigCommerce REST reference, "Get a customer group".
#[must_use]
pub fn group(id: CustomerGroupId) -> Request<CustomerGroup> {
    Request::to(&op::GROUP, &[id.0], wire::bare_one)
}

/// Makes a customer group. Without an answer look for it by name.
///
/// Source: BigCommerce REST reference, "Create a customer group".
#[must_use]
pub fn create_group(group: &CustomerGroupEdit) -> Request<CustomerGroup> {
    Request::to(&op::GROUP_CREATE, &[], wire::bare_one).carrying(group.write())
}

/// Changes a customer group. Its discounts, if given, take the place of those it has.
///
/// Source: BigCommerce REST reference, "Update a customer group".
#[must_use]
pub fn update_group(id: CustomerGroupId, group: &CustomerGroupEdit) -> Request<CustomerGroup> {
    Request::to(&op::GROUP_UPDATE, &[id.0], wire::bare_one).carrying(group.write())
}

/// Deletes a customer group. Its customers stay, in none.
///
/// Source: BigCommerce REST reference, "Delete a customer group".
#[must_use]
pub fn delete_group(id: CustomerGroupId) -> Request<()> {
    Request::to(&op::GROUP_DELETE, &[id.0], wire::nothing)
}
