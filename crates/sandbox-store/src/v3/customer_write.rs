//! Customers registered, changed and deleted, ten at a time.
//!
//! Source: BigCommerce REST reference, "Customers V3"; titles and errors observed on the wire.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::customer_body::body;
use super::fields::{Field, Shape, Wrong, field, objects, read, require};
use super::{ids, only_known, touched};
use crate::dates::whole_seconds;
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{CHANNEL, take};
use crate::state::Store;
use crate::state::people::{Address, Customer, Entry};
use crate::v2::countries;

/// Most customers of one request. Source: REST reference.
const MOST_AT_ONCE: usize = 10;

/// Most addresses of a new customer. Source: REST reference.
const MOST_ADDRESSES: usize = 10;

const FIELDS: &[Field] = &[
    field("email", Shape::Text(3, 250)),
    field("first_name", Shape::Text(1, 100)),
    field("last_name", Shape::Text(1, 100)),
    field("company", Shape::Text(0, 255)),
    field("phone", Shape::Text(0, 50)),
    field("notes", Shape::Text(0, 65_535)),
    field("tax_exempt_category", Shape::Text(0, 255)),
    field("customer_group_id", Shape::Count(0, 2_147_483_647)),
    field("registration_ip_address", Shape::Text(0, 30)),
    field("accepts_product_review_abandoned_cart_emails", Shape::Flag),
    field("origin_channel_id", Shape::Count(1, i64::MAX)),
];

pub(super) const ADDRESS_FIELDS: &[Field] = &[
    field("first_name", Shape::Text(1, 255)),
    field("last_name", Shape::Text(1, 255)),
    field("company", Shape::Text(0, 255)),
    field("address1", Shape::Text(1, 255)),
    field("address2", Shape::Text(0, 255)),
    field("city", Shape::Text(0, 100)),
    field("state_or_province", Shape::Text(0, 100)),
    field("postal_code", Shape::Text(0, 30)),
    field("country_code", Shape::Text(2, 2)),
    field("phone", Shape::Text(0, 50)),
    field("address_type", Shape::OneOf(&["residential", "commercial"])),
];

/// What is wrong with several customers, by dotted path.
type Errors = Map<String, Value>;

/// A body, read and checked.
#[derive(Debug)]
pub(crate) struct Change {
    fields: Map<String, Value>,
    must_reset_password: Option<bool>,
    store_credit: Option<Decimal>,
    /// `Some(None)`: held to none any more.
    channels: Option<Option<Vec<u64>>>,
    addresses: Vec<Map<String, Value>>,
    /// Attribute and value.
    attributes: Vec<(u64, Arc<str>)>,
    /// By the field's name.
    form_fields: Map<String, Value>,
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut changes = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(
            item,
            &["email", "first_name", "last_name"],
            &prefix,
            &mut wrong,
        );
        changes.push((None, Change::read(item, &prefix, &mut wrong)));
    }
    wrong.refuse()?;
    refuse("Create customers failed.", check(store, &changes, "create"))?;
    let now = whole_seconds(call.now);
    let made: Vec<u64> = changes
        .iter()
        .map(|(_, change)| store.register(change, now))
        .collect();
    Ok(answer(store, &made))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut changes = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["id"], &prefix, &mut wrong);
        let id = item.get("id").and_then(Value::as_u64);
        if item.contains_key("id") && id.is_none() {
            wrong.add(format!("{prefix}id"), "error.expected.jsnumber");
        }
        changes.push((id, Change::read(item, &prefix, &mut wrong)));
    }
    wrong.refuse()?;
    refuse("Update customers failed.", check(store, &changes, "update"))?;
    let now = whole_seconds(call.now);
    let mut changed = Vec::new();
    for (id, change) in &changes {
        if let Some(id) = id {
            store.update_customer(*id, change, now);
            changed.push(*id);
        }
    }
    Ok(answer(store, &changed))
}

/// Those that are there, all of them by id.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["id:in"])?;
    // Without ids nothing is deleted, and nothing is said. Source: REST reference.
    let ids = ids(&call.query, "id:in")?.unwrap_or_default();
    let answer = Response::empty(204);
    Ok(if remove(store, &ids) {
        touched(answer)
    } else {
        answer
    })
}

/// Takes customers out, with all that belongs to them. False if none of them is there.
pub(crate) fn remove(store: &mut Store, ids: &[u64]) -> bool {
    let world = &mut store.world;
    let before = world.customers.len();
    for customer in world.customers.iter().filter(|each| ids.contains(&each.id)) {
        world
            .index
            .remove_email(&customer.person.email, customer.id);
    }
    world
        .customers
        .retain(|customer| !ids.contains(&customer.id));
    world
        .attribute_values
        .retain(|value| !ids.contains(&value.customer_id));
    world.customers.len() != before
}

fn answer(store: &Store, ids: &[u64]) -> Response {
    let data: Vec<Value> = ids
        .iter()
        .filter_map(|id| store.world.customer(*id))
        .map(|customer| body(store, customer, &["storecredit"]))
        .collect();
    let answer = Response::json(200, &json!({ "data": data, "meta": {} }));
    if ids.is_empty() {
        answer
    } else {
        touched(answer)
    }
}

fn refuse(title: &str, errors: Errors) -> Result<(), Box<Response>> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Box::new(refusals::v3(422, title, errors)))
    }
}

/// What stands against the changes, beyond their own shape: nothing of them is made then.
fn check(store: &Store, changes: &[(Option<u64>, Change)], verb: &str) -> Errors {
    let mut errors = Errors::new();
    let mut emails: Vec<String> = Vec::new();
    for (at, (id, change)) in changes.iter().enumerate() {
        if id.is_some_and(|id| store.world.customer(id).is_none()) {
            errors.insert(format!("{at}.id"), "invalid customer ID".into());
        }
        let group = change.fields.get("customer_group_id");
        let group = group.and_then(Value::as_u64).unwrap_or(0);
        if group != 0 && !store.world.groups.iter().any(|known| known.id == group) {
            let path = format!("{at}.customer_group_id");
            errors.insert(path, "invalid customer group ID".into());
        }
        let known = &store.world.attributes;
        for (attribute, _) in &change.attributes {
            if !known.iter().any(|known| known.id == *attribute) {
                let path = format!("{at}.attributes");
                errors.insert(path, "invalid attribute ID".into());
            }
        }
        let Some(email) = change.text("email") else {
            continue;
        };
        let lower = email.to_lowercase();
        let owner = store.world.index.with_email(email);
        let is_taken = owner.is_some() && owner != *id;
        if is_taken || emails.contains(&lower) {
            let ing = if verb == "create" {
                "creating"
            } else {
                "updating"
            };
            let reason = format!("Error {ing} customers: email {email} already in use");
            errors.insert(format!(".customer_{verb}"), reason.into());
        }
        emails.push(lower);
    }
    errors
}

impl Change {
    fn read(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Self {
        let fields = read(item, FIELDS, prefix, wrong);
        let email = fields.get("email").and_then(Value::as_str);
        if email.is_some_and(|email| !looks_like_mail(email)) {
            wrong.add(format!("{prefix}email"), "error.email");
        }
        let must_reset_password = item
            .get("authentication")
            .and_then(|fields| fields.get("force_password_reset"))
            .and_then(Value::as_bool);
        Self {
            must_reset_password,
            store_credit: store_credit(item, prefix, wrong),
            channels: channels(item, prefix, wrong),
            addresses: addresses(item, prefix, wrong),
            attributes: attributes(item, prefix, wrong),
            form_fields: form_fields(item, prefix, wrong),
            fields,
        }
    }

    /// A body about one customer, `id` if they are there, checked whole. `Err`: the path of what is wrong.
    pub(crate) fn of_one(
        store: &Store,
        item: &Map<String, Value>,
        id: Option<u64>,
    ) -> Result<Self, String> {
        let mut wrong = Wrong::default();
        let change = Self::read(item, "", &mut wrong);
        if let Some(path) = wrong.first() {
            return Err(path);
        }
        let verb = if id.is_some() { "update" } else { "create" };
        let changes = [(id, change)];
        let errors = check(store, &changes, verb);
        let [(_, change)] = changes;
        match errors.keys().next() {
            // Of a list of one, its number is no news.
            Some(path) => Err(path.trim_start_matches("0.").to_owned()),
            None => Ok(change),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    fn apply(&self, customer: &mut Customer, now: Timestamp) {
        let person = Arc::make_mut(&mut customer.person);
        let set = |name: &str, place: &mut String| {
            if let Some(text) = self.text(name) {
                text.clone_into(place);
            }
        };
        set("email", &mut person.email);
        set("first_name", &mut person.first_name);
        set("last_name", &mut person.last_name);
        set("company", &mut person.company);
        set("phone", &mut person.phone);
        set("registration_ip_address", &mut customer.registration_ip);
        if let Some(notes) = self.text("notes") {
            customer.notes = notes.into();
        }
        if let Some(category) = self.text("tax_exempt_category") {
            customer.tax_exempt_category = category.into();
        }
        if let Some(group) = self.fields.get("customer_group_id").and_then(Value::as_u64) {
            customer.group_id = group;
        }
        let reminders = "accepts_product_review_abandoned_cart_emails";
        if let Some(yes) = self.fields.get(reminders).and_then(Value::as_bool) {
            customer.accepts_reminders = yes;
        }
        customer.must_reset_password = self
            .must_reset_password
            .unwrap_or(customer.must_reset_password);
        customer.store_credit = self.store_credit.unwrap_or(customer.store_credit);
        if let Some(channels) = &self.channels {
            customer.channels.clone_from(channels);
        }
        customer.form_fields.extend(self.form_fields.clone());
        customer.modified = now;
    }
}

fn looks_like_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

/// `[{"amount": 43.15}]`
fn store_credit(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Option<Decimal> {
    let path = format!("{prefix}store_credit_amounts");
    match item.get("store_credit_amounts")? {
        Value::Array(amounts) => {
            let first = amounts.first()?;
            let amount = first.get("amount").and_then(Decimal::read);
            if amount.is_none() {
                wrong.add(format!("{path}.0.amount"), "error.expected.jsnumber");
            }
            amount
        }
        _other => {
            wrong.add(path, "error.expected.jsarray");
            None
        }
    }
}

/// `[{"attribute_id": 1, "attribute_value": "blue"}]`
fn attributes(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Vec<(u64, Arc<str>)> {
    let path = format!("{prefix}attributes");
    let items = match item.get("attributes") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Vec::new();
        }
    };
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let id = item.get("attribute_id").and_then(Value::as_u64);
        let value = item.get("attribute_value").and_then(Value::as_str);
        match (id, value) {
            (Some(id), Some(value)) if value.chars().count() <= 255 => all.push((id, value.into())),
            (None, _) => wrong.add(format!("{path}.{at}.attribute_id"), "error.path.missing"),
            (_, _) => wrong.add(
                format!("{path}.{at}.attribute_value"),
                "error.expected.jsstring",
            ),
        }
    }
    all
}

/// `[{"name": "Size", "value": "L"}]`, by name.
pub(super) fn form_fields(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Map<String, Value> {
    let path = format!("{prefix}form_fields");
    let items = match item.get("form_fields") {
        None | Some(Value::Null) => return Map::new(),
        Some(Value::Array(items)) => items,
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Map::new();
        }
    };
    let mut all = Map::new();
    for (at, item) in items.iter().enumerate() {
        let name = item.get("name").and_then(Value::as_str);
        match (name, item.get("value")) {
            (Some(name), Some(value)) => {
                all.insert(name.to_owned(), value.clone());
            }
            (None, _) => wrong.add(format!("{path}.{at}.name"), "error.path.missing"),
            (_, None) => wrong.add(format!("{path}.{at}.value"), "error.path.missing"),
        }
    }
    all
}

fn channels(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Option<Option<Vec<u64>>> {
    match item.get("channel_ids")? {
        Value::Null => Some(None),
        Value::Array(ids) => {
            let ids: Option<Vec<u64>> = ids.iter().map(Value::as_u64).collect();
            if ids
                .as_ref()
                .is_none_or(|ids| ids.iter().any(|id| *id != CHANNEL))
            {
                wrong.add(format!("{prefix}channel_ids"), "invalid channel ID");
            }
            Some(ids)
        }
        _other => {
            wrong.add(format!("{prefix}channel_ids"), "error.expected.jsarray");
            None
        }
    }
}

fn addresses(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Vec<Map<String, Value>> {
    const REQUIRED: &[&str] = &[
        "first_name",
        "last_name",
        "address1",
        "city",
        "country_code",
    ];
    let path = format!("{prefix}addresses");
    let addresses = match item.get("addresses") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(addresses)) if addresses.len() <= MOST_ADDRESSES => addresses,
        Some(Value::Array(_)) => {
            wrong.add(path, "error.maxLength");
            return Vec::new();
        }
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Vec::new();
        }
    };
    let mut read_ones = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        let inside = format!("{path}.{at}.");
        match address {
            Value::Object(address) => {
                require(address, REQUIRED, &inside, wrong);
                let mut fields = read(address, ADDRESS_FIELDS, &inside, wrong);
                let own = form_fields(address, &inside, wrong);
                fields.insert("form_fields".to_owned(), own.into());
                read_ones.push(fields);
            }
            _other => wrong.add(format!("{path}.{at}"), "error.expected.jsobject"),
        }
    }
    read_ones
}

impl Store {
    /// Somebody else edits a customer in the control panel: the fields of the API, and its refusals.
    /// False if there is no such customer.
    pub(crate) fn edit_customer(
        &mut self,
        id: u64,
        fields: &Map<String, Value>,
        now: Timestamp,
    ) -> Result<bool, Box<Response>> {
        let mut wrong = Wrong::default();
        let change = Change::read(fields, "", &mut wrong);
        wrong.refuse()?;
        let changes = [(Some(id), change)];
        refuse("Update customers failed.", check(self, &changes, "update"))?;
        self.update_customer(id, &changes[0].1, whole_seconds(now));
        Ok(self.world.customer(id).is_some())
    }

    /// A customer with everything that belongs to them.
    pub(crate) fn customer_as_json(&self, id: u64) -> Option<Value> {
        let include = super::customer_body::INCLUDES;
        Some(body(self, self.world.customer(id)?, include))
    }

    pub(crate) fn update_customer(&mut self, id: u64, change: &Change, now: Timestamp) {
        let Some(customer) = self.world.customer_mut(id) else {
            return;
        };
        let before = customer.person.email.clone();
        change.apply(customer, now);
        let after = customer.person.email.clone();
        self.world.index.remove_email(&before, id);
        self.world.index.add_email(&after, id);
        // Values of attributes have an address of their own. Source: REST reference.
    }

    pub(crate) fn register(&mut self, change: &Change, now: Timestamp) -> u64 {
        let id = take(&mut self.world.next_person.customer);
        let mut book = Vec::new();
        for address in &change.addresses {
            let own = address.get("form_fields").and_then(Value::as_object);
            book.push(Entry {
                id: take(&mut self.world.next_person.address),
                address: Arc::new(address_from(address)),
                is_commercial: address.get("address_type") == Some(&json!("commercial")),
                form_fields: own.cloned().unwrap_or_default(),
            });
        }
        let mut customer = Customer {
            id,
            person: Arc::new(Address::default()),
            book,
            group_id: 0,
            notes: "".into(),
            created: now,
            modified: now,
            registration_ip: String::new(),
            accepts_reminders: false,
            tax_exempt_category: "".into(),
            must_reset_password: false,
            store_credit: Decimal::ZERO,
            channels: None,
            place: None,
            form_fields: Map::new(),
        };
        change.apply(&mut customer, now);
        self.world.index.add_email(&customer.person.email, id);
        self.world.customers.push(customer);
        for (attribute, value) in &change.attributes {
            self.set_attribute(*attribute, id, Arc::clone(value), now);
        }
        id
    }
}

/// A whole address out of the fields of a body.
pub(super) fn address_from(fields: &Map<String, Value>) -> Address {
    let text = |name: &str| {
        let text = fields.get(name).and_then(Value::as_str);
        text.unwrap_or("").to_owned()
    };
    let code = text("country_code").to_uppercase();
    Address {
        first_name: text("first_name"),
        last_name: text("last_name"),
        company: text("company"),
        street_1: text("address1"),
        street_2: text("address2"),
        city: text("city"),
        state: text("state_or_province"),
        zip: text("postal_code"),
        country: countries::name_of(&code).unwrap_or(&code).into(),
        country_iso2: code.into(),
        phone: text("phone"),
        email: String::new(),
    }
}
