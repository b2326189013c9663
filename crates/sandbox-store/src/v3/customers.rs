//! Registered customers and their addresses, to read.
//!
//! Source: BigCommerce REST reference, "Customers V3"; page links are missing here on the wire.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::cursor::{self, Cursor};
use super::customer_body::{self, INCLUDES};
use super::{Page, ids, listing, only_known};
use crate::dates;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::state::Store;
use crate::state::people::{Customer, Entry};

/// Every parameter of the real list. One customer is found by `id:in`; there is no other way.
const KNOWN: &[&str] = &[
    "page",
    "limit",
    "id:in",
    "company:in",
    "customer_group_id:in",
    "date_created",
    "date_created:max",
    "date_created:min",
    "date_modified",
    "date_modified:min",
    "date_modified:max",
    "email:in",
    "name:in",
    "name:like",
    "phone:in",
    "registration_ip_address:in",
    "include",
    "sort",
    "after",
    "before",
];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let query = &call.query;
    only_known(query, KNOWN)?;
    let include = include(query, INCLUDES)?;
    let page = Page::read(query)?;
    let filter = Filter::read(query)?;
    let cursor = Cursor::read(query)?;
    let mut found: Vec<&Customer> = store
        .world
        .customers
        .iter()
        .filter(|customer| filter.takes(customer))
        .collect();
    sort(query, &mut found)?;
    let ids: Vec<u64> = found.iter().map(|customer| customer.id).collect();
    let (start, end) = match cursor {
        // The number of the page says nothing then.
        Some(cursor) => cursor.slice(&ids, page.limit),
        None => page.range(found.len()),
    };
    let data: Vec<Value> = found[start..end]
        .iter()
        .map(|customer| customer_body::body(store, customer, &include))
        .collect();
    let mut meta = json!({ "cursor_pagination": cursor::meta(&ids, start, end, page) });
    if cursor.is_none() {
        meta["pagination"] = page.meta(found.len(), data.len(), false);
    }
    Ok(listing(&data, meta))
}

/// All addresses of all customers.
pub(crate) fn addresses(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &[
        "page",
        "limit",
        "id:in",
        "customer_id:in",
        "company:in",
        "name:in",
        "include",
    ];
    let query = &call.query;
    only_known(query, TAKES)?;
    let include = include(query, &["formfields"])?;
    let page = Page::read(query)?;
    let (own, customers) = (ids(query, "id:in")?, ids(query, "customer_id:in")?);
    let (companies, names) = (words(query, "company:in"), words(query, "name:in"));
    let found: Vec<(&Customer, &Entry)> = store
        .world
        .customers
        .iter()
        .flat_map(|customer| customer.book.iter().map(move |entry| (customer, entry)))
        .filter(|(customer, entry)| {
            let address = &entry.address;
            let name = || format!("{} {}", address.first_name, address.last_name);
            own.as_ref().is_none_or(|ids| ids.contains(&entry.id))
                && customers
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&customer.id))
                && among(&companies, &address.company)
                && (names.is_none() || among(&names, &name()))
        })
        .collect();
    let data: Vec<Value> = page
        .slice(&found)
        .iter()
        .map(|(customer, entry)| {
            let mut body = customer_body::address(customer, entry);
            if !include.is_empty() {
                body["form_fields"] =
                    customer_body::form_fields(&entry.form_fields, ("address_id", entry.id));
            }
            body
        })
        .collect();
    let pagination = page.meta(found.len(), data.len(), false);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

fn include<'a>(query: &'a Query, known: &[&str]) -> Result<Vec<&'a str>, Box<Response>> {
    let text = query.get("include").unwrap_or("");
    let names: Vec<&str> = text.split(',').filter(|name| !name.is_empty()).collect();
    match names.iter().find(|name| !known.contains(name)) {
        None => Ok(names),
        Some(unknown) => {
            let reason = format!("{unknown} is not a sub-resource");
            Err(Box::new(refusals::v3_invalid("include", &reason)))
        }
    }
}

/// All of these have to fit.
struct Filter {
    ids: Option<Vec<u64>>,
    groups: Option<Vec<u64>>,
    companies: Option<Vec<String>>,
    emails: Option<Vec<String>>,
    names: Option<Vec<String>>,
    parts_of_names: Option<Vec<String>>,
    phones: Option<Vec<String>>,
    registered_from: Option<Vec<String>>,
    created: Dates,
    modified: Dates,
}

impl Filter {
    fn read(query: &Query) -> Result<Self, Box<Response>> {
        let parts = words(query, "name:like");
        Ok(Self {
            ids: ids(query, "id:in")?,
            groups: ids(query, "customer_group_id:in")?,
            companies: words(query, "company:in"),
            emails: words(query, "email:in"),
            names: words(query, "name:in"),
            parts_of_names: parts.map(|parts| {
                let bare = parts.iter().map(|part| part.trim_matches('%').to_owned());
                bare.collect()
            }),
            phones: words(query, "phone:in"),
            registered_from: words(query, "registration_ip_address:in"),
            created: Dates::read(query, "date_created")?,
            modified: Dates::read(query, "date_modified")?,
        })
    }

    fn takes(&self, customer: &Customer) -> bool {
        let person = &customer.person;
        let name = || customer.full_name().to_lowercase();
        self.ids
            .as_ref()
            .is_none_or(|ids| ids.contains(&customer.id))
            && self
                .groups
                .as_ref()
                .is_none_or(|ids| ids.contains(&customer.group_id))
            && among(&self.companies, &person.company)
            && among(&self.emails, &person.email)
            && self
                .names
                .as_ref()
                .is_none_or(|names| names.contains(&name()))
            && self.parts_of_names.as_ref().is_none_or(|parts| {
                let name = name();
                parts.iter().any(|part| name.contains(part))
            })
            && among(&self.phones, &person.phone)
            && among(&self.registered_from, &customer.registration_ip)
            && self.created.take(customer.created)
            && self.modified.take(customer.modified)
    }
}

/// The list of a parameter, in small letters.
fn words(query: &Query, name: &str) -> Option<Vec<String>> {
    let text = query.get(name).filter(|text| !text.is_empty())?;
    let words = text.split(',').map(|word| word.trim().to_lowercase());
    Some(words.collect())
}

fn among(words: &Option<Vec<String>>, text: &str) -> bool {
    let words = words.as_ref();
    words.is_none_or(|words| words.contains(&text.to_lowercase()))
}

#[derive(Default)]
pub(super) struct Dates {
    at: Option<Timestamp>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Dates {
    pub(super) fn read(query: &Query, name: &str) -> Result<Self, Box<Response>> {
        let date = |suffix: &str| {
            let name = format!("{name}{suffix}");
            match query.get(&name) {
                None | Some("") => Ok(None),
                Some(text) => match dates::parse(text) {
                    Some(at) => Ok(Some(at)),
                    None => {
                        let code = "error.expected.date.isoformat";
                        Err(Box::new(refusals::v3_invalid(&name, code)))
                    }
                },
            }
        };
        Ok(Self {
            at: date("")?,
            from: date(":min")?,
            until: date(":max")?,
        })
    }

    pub(super) fn take(&self, at: Timestamp) -> bool {
        self.at.is_none_or(|exactly| at == exactly)
            && self.from.is_none_or(|from| at >= from)
            && self.until.is_none_or(|until| at <= until)
    }
}

/// Equal ones stay in order of id.
fn sort(query: &Query, customers: &mut [&Customer]) -> Result<(), Box<Response>> {
    let refuse = || {
        let code = "error.expected.validenumvalue";
        Box::new(refusals::v3_invalid("sort", code))
    };
    let Some(text) = query.get("sort").filter(|text| !text.is_empty()) else {
        return Ok(());
    };
    let (field, direction) = text.split_once(':').ok_or_else(refuse)?;
    match field {
        "date_created" => customers.sort_by_key(|customer| (customer.created, customer.id)),
        "date_modified" => customers.sort_by_key(|customer| (customer.modified, customer.id)),
        "last_name" => {
            customers
                .sort_by_key(|customer| (customer.person.last_name.to_lowercase(), customer.id));
        }
        _other => return Err(refuse()),
    }
    match direction {
        "asc" => {}
        "desc" => customers.reverse(),
        _other => return Err(refuse()),
    }
    Ok(())
}
