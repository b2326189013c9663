//! Customers registered, changed and deleted, ten at a time.
//!
//! Source: BigCommerce REST reference, "Customers V3"; titles and errors observed on the wire.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::customer_body::body;
use super::customer_fields::{
    TOLD, address_from, addresses, attributes, channels, form_fields, login, store_credit,
};
use super::fields::{Field, Shape, Wrong, field, objects, read, require};
use super::{ids, only_known, touched};
use crate::dates::whole_seconds;
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::take;
use crate::state::people::{Address, Customer, Entry};
use crate::state::{Email, Store, Subject};

/// Most customers of one request. Source: REST reference.
const MOST_AT_ONCE: usize = 10;

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

/// What is wrong with several customers, by dotted path.
type Errors = Map<String, Value>;

/// A body, read and checked.
#[derive(Debug)]
pub(crate) struct Change {
    fields: Map<String, Value>,
    must_reset_password: Option<bool>,
    has_password: bool,
    /// Of a new one: an e-mail tells them.
    is_told: bool,
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
    refuse_passwords(&changes)?;
    let now = whole_seconds(call.now);
    let mut made = Vec::new();
    let mut emailed = false;
    for (_, change) in &changes {
        let id = store.register(change, now);
        if change.is_told {
            store.mail_about_account(id, call.now);
            emailed = true;
        }
        made.push(id);
    }
    let mut answer = answer(store, &made);
    answer.effects.emailed = emailed;
    Ok(answer)
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
    refuse_passwords(&changes)?;
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
        let login = login(item, prefix, wrong);
        let told = read(item, TOLD, prefix, wrong);
        Self {
            must_reset_password: login.get("force_password_reset").and_then(Value::as_bool),
            has_password: login.contains_key("new_password"),
            is_told: told.values().any(|told| *told == true),
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

/// Nobody logs in here: whether a password was changed nobody could see.
fn refuse_passwords(changes: &[(Option<u64>, Change)]) -> Result<(), Box<Response>> {
    if changes.iter().any(|(_, change)| change.has_password) {
        let what = "`authentication.new_password` of a customer";
        return Err(Box::new(refusals::not_built(what)));
    }
    Ok(())
}

fn looks_like_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
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
        refuse_passwords(&changes)?;
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

    /// Tells them that they have an account.
    fn mail_about_account(&mut self, id: u64, now: Timestamp) {
        let Some(customer) = self.world.customer(id) else {
            return;
        };
        let email = Email {
            at: now,
            to: customer.person.email.clone(),
            subject: Subject::Account { customer_id: id },
        };
        self.emails.push(email);
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
