//! Metafields of everything that has them: of one thing, and across all things of a kind.
//!
//! Source: BigCommerce REST reference, "Metafields"; a batch that fails in part is a 422 that says
//! what was done all the same.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::cursor::{self, Cursor};
use super::fields::{Field, Shape, Wrong, field, object, objects, parse, read, require};
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, touched, unreadable};
use crate::dates::{self, Iso, whole_seconds};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::metafields::Metafield;

/// A kind of thing that has metafields.
pub(crate) struct Kind {
    name: &'static str,
    /// How many ids in the path lead to the thing.
    depth: usize,
    /// What its lists take besides [`KNOWN`].
    also: &'static [&'static str],
    is_there: fn(&Store, u64) -> bool,
}

const NUMBERS: &[&str] = &[
    "id",
    "id:in",
    "id:not_in",
    "id:min",
    "id:max",
    "id:greater",
    "id:less",
];
const DAYS: &[&str] = &["date_created", "date_modified"];

pub(crate) const PRODUCT: Kind = Kind {
    name: "product",
    depth: 1,
    also: &[],
    is_there: |store, id| store.world.product(id).is_some(),
};
pub(crate) const VARIANT: Kind = Kind {
    name: "variant",
    depth: 2,
    also: &[],
    is_there: |store, id| store.world.variant(id).is_some(),
};
pub(crate) const CATEGORY: Kind = Kind {
    name: "category",
    depth: 1,
    also: NUMBERS,
    is_there: |store, id| store.world.category(id).is_some(),
};
pub(crate) const BRAND: Kind = Kind {
    name: "brand",
    depth: 1,
    also: NUMBERS,
    is_there: |store, id| store.world.brand(id).is_some(),
};
pub(crate) const ORDER: Kind = Kind {
    name: "order",
    depth: 1,
    also: DAYS,
    is_there: |store, id| store.order(id).is_some(),
};
pub(crate) const CUSTOMER: Kind = Kind {
    name: "customer",
    depth: 1,
    also: &[],
    is_there: |store, id| store.world.customer(id).is_some(),
};
pub(crate) const LOCATION: Kind = Kind {
    name: "location",
    depth: 1,
    also: &[],
    is_there: |store, id| store.location(id).is_some(),
};
pub(crate) const CHANNEL: Kind = Kind {
    name: "channel",
    depth: 1,
    also: DAYS,
    is_there: |_store, id| id == crate::seed::catalog::CHANNEL,
};

const KINDS: [&Kind; 8] = [
    &PRODUCT, &VARIANT, &CATEGORY, &BRAND, &ORDER, &CUSTOMER, &LOCATION, &CHANNEL,
];

/// Drops those of things that are gone: they go with them, whatever took the thing away.
pub(crate) fn forget_orphans(store: &mut Store) {
    if store.metafields.is_empty() {
        return;
    }
    let mut all = std::mem::take(&mut store.metafields);
    let mut known: HashMap<(&str, u64), bool> = HashMap::new();
    all.retain(|each| {
        *known
            .entry((each.resource, each.resource_id))
            .or_insert_with(|| {
                let kind = KINDS.iter().find(|kind| kind.name == each.resource);
                kind.is_none_or(|kind| (kind.is_there)(store, each.resource_id))
            })
    });
    store.metafields = all;
}

/// Most of one account about one thing. Source: BigCommerce platform limits.
const MOST: usize = 250;

/// Most of one batch. The reference gives no number; this one is that of other batches.
const MOST_AT_ONCE: usize = 50;

const PERMISSIONS: &[&str] = &[
    "app_only",
    "read",
    "write",
    "read_and_sf_access",
    "write_and_sf_access",
];

const REQUIRED: &[&str] = &["permission_set", "namespace", "key", "value"];

const FIELDS: &[Field] = &[
    field("permission_set", Shape::OneOf(PERMISSIONS)),
    field("namespace", Shape::Text(1, 64)),
    field("key", Shape::Text(1, 64)),
    field("value", Shape::Text(1, 65_535)),
    field("description", Shape::Text(0, 255)),
    field("resource_id", Shape::Count(1, i64::MAX)),
];

const KNOWN: &[&str] = &[
    "page",
    "limit",
    "key",
    "key:in",
    "namespace",
    "namespace:in",
    "direction",
    "include_fields",
    "exclude_fields",
    "date_created:min",
    "date_created:max",
    "date_modified:min",
    "date_modified:max",
    "before",
    "after",
    "resource_id:in",
];

/// Of one thing.
pub(crate) fn list(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<Response, Box<Response>> {
    let thing = thing(store, call, kind)?;
    page_of(store, call, kind, |metafield| {
        metafield.resource == kind.name && metafield.resource_id == thing
    })
}

/// Of all things of a kind.
pub(crate) fn all(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<Response, Box<Response>> {
    page_of(store, call, kind, |metafield| {
        metafield.resource == kind.name
    })
}

fn page_of(
    store: &Store,
    call: &Call<'_>,
    kind: &Kind,
    takes: impl Fn(&Metafield) -> bool,
) -> Result<Response, Box<Response>> {
    let query = &call.query;
    only_known(query, &[KNOWN, kind.also].concat())?;
    let wanted = Wanted::read(query)?;
    let page = Page::read(query)?;
    // Source: REST reference, of those of brands; for the others it lists no refusal at all.
    let filter = Filter::read(query).map_err(|refused| unreadable(&refused))?;
    let cursor = Cursor::read(query)?;
    let mut found: Vec<&Metafield> = store
        .metafields
        .iter()
        .filter(|each| each.is_seen_by(call.client) && takes(each) && filter.takes(each))
        .collect();
    if query.get("direction") == Some("desc") {
        found.reverse();
    }
    let ids: Vec<u64> = found.iter().map(|each| each.id).collect();
    let (start, end) = match cursor {
        Some(cursor) => cursor.slice(&ids, page.limit),
        None => page.range(found.len()),
    };
    let data: Vec<Value> = found[start..end]
        .iter()
        .map(|each| wanted.only(body(each)))
        .collect();
    let mut meta = json!({ "cursor_pagination": cursor::meta(&ids, start, end, page) });
    if cursor.is_none() {
        meta["pagination"] = page.meta(found.len(), data.len(), true);
    }
    Ok(listing(&data, meta))
}

pub(crate) fn one(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let metafield = metafield_of(store, call, kind)?;
    Ok(done(&wanted.only(body(metafield))))
}

pub(crate) fn post(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let thing = thing(store, call, kind)?;
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, REQUIRED, "", &mut wrong);
    let fields = read(&item, FIELDS, "", &mut wrong);
    wrong.refuse()?;
    let made = store.note(call, kind, thing, &fields)?;
    Ok(touched(done(&made)))
}

pub(crate) fn put(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let id = metafield_of(store, call, kind)?.id;
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let fields = read(&item, FIELDS, "", &mut wrong);
    wrong.refuse()?;
    let changed = store.change_note(call, id, &fields)?;
    Ok(touched(done(&changed)))
}

pub(crate) fn delete(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let metafield = metafield_of(store, call, kind)?;
    let id = metafield.id;
    may_write(metafield, call)?;
    store.metafields.retain(|each| each.id != id);
    Ok(touched(Response::empty(204)))
}

pub(crate) fn post_batch(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, REQUIRED, &prefix, &mut wrong);
        require(item, &["resource_id"], &prefix, &mut wrong);
        all.push(read(item, FIELDS, &prefix, &mut wrong));
    }
    wrong.refuse()?;
    let done = all.iter().map(|fields| {
        let thing = fields
            .get("resource_id")
            .and_then(Value::as_u64)
            .unwrap_or(0);
        if !(kind.is_there)(store, thing) {
            return Err(no_thing(kind));
        }
        store.note(call, kind, thing, fields)
    });
    Ok(in_part(done.collect()))
}

pub(crate) fn put_batch(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["id"], &prefix, &mut wrong);
        all.push((id_in(item), read(item, FIELDS, &prefix, &mut wrong)));
    }
    wrong.refuse()?;
    let done = all.iter().map(|(id, fields)| {
        let id = id.filter(|id| store.has_note(call, kind, *id));
        store.change_note(call, id.ok_or_else(not_found)?, fields)
    });
    Ok(in_part(done.collect()))
}

/// A number, or a number in a string: the reference says both.
fn id_in(item: &Map<String, Value>) -> Option<u64> {
    match item.get("id")? {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    }
}

pub(crate) fn delete_batch(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let ids: Vec<u64> = serde_json::from_value(parse(&call.request.body)?)
        .map_err(|_error| Box::new(refusals::v3_invalid("", "error.expected.jsarray")))?;
    let done = ids.iter().map(|id| {
        let is_there = store.has_note(call, kind, *id);
        let found = store.metafields.iter().find(|each| each.id == *id);
        let metafield = found.filter(|_| is_there).ok_or_else(not_found)?;
        may_write(metafield, call)?;
        store.metafields.retain(|each| each.id != *id);
        Ok(Value::from(*id))
    });
    Ok(in_part(done.collect()))
}

/// What of a batch was done, and what was not.
fn in_part(results: Vec<Result<Value, Box<Response>>>) -> Response {
    let total = results.len();
    let mut data = Vec::new();
    let mut errors = Vec::new();
    for result in results {
        match result {
            Ok(value) => data.push(value),
            Err(refused) => errors.push(refused.body_json().unwrap_or_default()),
        }
    }
    let (success, failed) = (data.len(), errors.len());
    let status = if failed > 0 { 422 } else { 200 };
    let body = json!({
        "data": data,
        "errors": errors,
        "meta": { "total": total, "success": success, "failed": failed },
    });
    let answer = Response::json(status, &body);
    if success > 0 { touched(answer) } else { answer }
}

pub(crate) fn body(metafield: &Metafield) -> Value {
    json!({
        "id": metafield.id,
        "key": metafield.key,
        "value": metafield.value,
        "namespace": metafield.namespace,
        "permission_set": metafield.permission,
        "resource_type": metafield.resource,
        "resource_id": metafield.resource_id,
        "description": metafield.description,
        "date_created": Iso::Offset(metafield.created),
        "date_modified": Iso::Offset(metafield.modified),
        "owner_client_id": metafield.owner,
    })
}

/// The thing that the path leads to.
fn thing(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<u64, Box<Response>> {
    let id = call.ids.get(kind.depth - 1).and_then(|id| id.parse().ok());
    id.filter(|id| (kind.is_there)(store, *id))
        .ok_or_else(|| no_thing(kind))
}

fn no_thing(kind: &Kind) -> Box<Response> {
    let title = format!("The {} was not found", kind.name);
    Box::new(refusals::v3_not_found(&title))
}

fn not_found() -> Box<Response> {
    Box::new(refusals::v3_not_found("The metafield was not found"))
}

fn metafield_of<'a>(
    store: &'a Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<&'a Metafield, Box<Response>> {
    let thing = thing(store, call, kind)?;
    let id: Option<u64> = call.ids.get(kind.depth).and_then(|id| id.parse().ok());
    let mut all = store.metafields.iter();
    all.find(|each| {
        Some(each.id) == id
            && each.resource == kind.name
            && each.resource_id == thing
            && each.is_seen_by(call.client)
    })
    .ok_or_else(not_found)
}

/// Another account's is not to be touched, unless that account says so. Source: REST reference.
fn may_write(metafield: &Metafield, call: &Call<'_>) -> Result<(), Box<Response>> {
    if metafield.is_written_by(call.client) {
        return Ok(());
    }
    let title = "The metafield belongs to another API account";
    Err(Box::new(refusals::v3(403, title, Map::new())))
}

impl Store {
    fn has_note(&self, call: &Call<'_>, kind: &Kind, id: u64) -> bool {
        let mut all = self.metafields.iter();
        all.any(|each| each.id == id && each.resource == kind.name && each.is_seen_by(call.client))
    }

    fn note(
        &mut self,
        call: &Call<'_>,
        kind: &Kind,
        thing: u64,
        fields: &Map<String, Value>,
    ) -> Result<Value, Box<Response>> {
        let text = |name: &str| -> Arc<str> {
            let text = fields.get(name).and_then(Value::as_str);
            text.unwrap_or("").into()
        };
        let now = whole_seconds(call.now);
        let own = self.metafields.iter().filter(|each| {
            each.resource == kind.name && each.resource_id == thing && *each.owner == *call.client
        });
        if own.count() >= MOST {
            let title = "The resource already has 250 metafields of this API account";
            return Err(Box::new(refusals::v3(422, title, Map::new())));
        }
        let metafield = Metafield {
            id: self.world.next.metafield,
            resource: kind.name,
            resource_id: thing,
            namespace: text("namespace"),
            key: text("key"),
            value: text("value"),
            description: text("description"),
            permission: text("permission_set"),
            owner: call.client.into(),
            created: now,
            modified: now,
        };
        self.no_twin(&metafield)?;
        take(&mut self.world.next.metafield);
        let made = body(&metafield);
        self.metafields.push(metafield);
        Ok(made)
    }

    fn change_note(
        &mut self,
        call: &Call<'_>,
        id: u64,
        fields: &Map<String, Value>,
    ) -> Result<Value, Box<Response>> {
        let mut all = self.metafields.iter();
        let mut changed = all
            .find(|each| each.id == id)
            .ok_or_else(not_found)?
            .clone();
        may_write(&changed, call)?;
        for (name, value) in fields {
            let text: Arc<str> = value.as_str().unwrap_or("").into();
            match name.as_str() {
                "namespace" => changed.namespace = text,
                "key" => changed.key = text,
                "value" => changed.value = text,
                "description" => changed.description = text,
                "permission_set" => changed.permission = text,
                // Which thing it is about stays.
                _resource => {}
            }
        }
        changed.modified = whole_seconds(call.now);
        self.no_twin(&changed)?;
        let answer = body(&changed);
        for known in self.metafields.iter_mut().filter(|each| each.id == id) {
            known.clone_from(&changed);
        }
        Ok(answer)
    }

    /// Namespace and key are there once only, for each account and thing.
    fn no_twin(&self, metafield: &Metafield) -> Result<(), Box<Response>> {
        let mut all = self.metafields.iter();
        let is_twin = all.any(|other| {
            other.id != metafield.id
                && other.resource == metafield.resource
                && other.resource_id == metafield.resource_id
                && other.owner == metafield.owner
                && other.namespace == metafield.namespace
                && other.key == metafield.key
        });
        if is_twin {
            let title = "A metafield with this namespace and key already exists";
            return Err(Box::new(refusals::v3_conflict(title)));
        }
        Ok(())
    }
}

/// All of these have to fit.
struct Filter {
    keys: Vec<Vec<String>>,
    namespaces: Vec<Vec<String>>,
    things: Option<Vec<u64>>,
    numbers: super::Ids,
    /// At the very moment.
    at: (Option<Timestamp>, Option<Timestamp>),
    created: (Option<Timestamp>, Option<Timestamp>),
    modified: (Option<Timestamp>, Option<Timestamp>),
}

impl Filter {
    fn read(query: &Query) -> Result<Self, Box<Response>> {
        let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
        let words = |name: &str| {
            let one = text(name).map(|word| vec![word.to_owned()]);
            let list = text(&format!("{name}:in"))
                .map(|words| words.split(',').map(str::to_owned).collect());
            one.into_iter().chain(list).collect()
        };
        let date = |name: &str| match text(name) {
            None => Ok(None),
            Some(text) => dates::parse(text).map(Some).ok_or_else(|| {
                Box::new(refusals::v3_invalid(name, "error.expected.date.isoformat"))
            }),
        };
        Ok(Self {
            keys: words("key"),
            namespaces: words("namespace"),
            things: super::ids(query, "resource_id:in")?,
            numbers: super::Ids::read(query, "id")?,
            at: (date("date_created")?, date("date_modified")?),
            created: (date("date_created:min")?, date("date_created:max")?),
            modified: (date("date_modified:min")?, date("date_modified:max")?),
        })
    }

    fn takes(&self, metafield: &Metafield) -> bool {
        let among = |lists: &[Vec<String>], text: &str| {
            lists
                .iter()
                .all(|list| list.iter().any(|word| word == text))
        };
        let within = |(from, until): (Option<Timestamp>, Option<Timestamp>), at: Timestamp| {
            from.is_none_or(|from| at >= from) && until.is_none_or(|until| at <= until)
        };
        among(&self.keys, &metafield.key)
            && among(&self.namespaces, &metafield.namespace)
            && self
                .things
                .as_ref()
                .is_none_or(|ids| ids.contains(&metafield.resource_id))
            && self.numbers.takes(metafield.id)
            && self.at.0.is_none_or(|at| at == metafield.created)
            && self.at.1.is_none_or(|at| at == metafield.modified)
            && within(self.created, metafield.created)
            && within(self.modified, metafield.modified)
    }
}
