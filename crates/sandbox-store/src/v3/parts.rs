//! Videos, bulk pricing rules and reviews: lists of small things that belong to a product.
//!
//! Source: BigCommerce REST reference, "Product videos", "Product bulk pricing rules" and "Product
//! reviews".

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::options::edit;
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, product_of, touched};
use crate::dates::{Iso, whole_seconds};
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{Counters, take};
use crate::state::Store;
use crate::state::catalog::{Parts, Product};

type Part = Map<String, Value>;

/// One kind of small thing.
pub(crate) struct Kind {
    /// As a body of a product names them.
    pub(super) name: &'static str,
    /// What is said of one that is not there.
    singular: &'static str,
    required: &'static [&'static str],
    fields: &'static [Field],
    /// Most of one product.
    most: usize,
    /// A list without any is a 204.
    is_empty_204: bool,
    of: fn(&Parts) -> &Vec<Map<String, Value>>,
    of_mut: fn(&mut Parts) -> &mut Vec<Map<String, Value>>,
    /// What it has besides the fields that were put.
    usual: fn(&Product) -> Value,
    /// What stands against one beside the others.
    check: fn(&Part, &[&Part]) -> Result<(), Box<Response>>,
}

pub(crate) const VIDEOS: Kind = Kind {
    name: "videos",
    singular: "video",
    required: &["video_id"],
    fields: &[
        field("title", Shape::Text(0, 255)),
        field("description", Shape::Text(0, 65_535)),
        field("sort_order", Shape::Count(-2_147_483_648, 2_147_483_647)),
        field("type", Shape::OneOf(&["youtube"])),
        field("video_id", Shape::Text(1, 25)),
    ],
    most: 1_000,
    is_empty_204: false,
    of: |parts| &parts.videos,
    of_mut: |parts| &mut parts.videos,
    usual: |product| {
        json!({
            "title": "", "description": "", "sort_order": 0, "type": "youtube",
            "product_id": product.id, "length": "",
        })
    },
    check: |_, _| Ok(()),
};

/// Most rules: BigCommerce platform limits.
pub(crate) const BULK_PRICING_RULES: Kind = Kind {
    name: "bulk_pricing_rules",
    singular: "bulk pricing rule",
    required: &["quantity_min", "quantity_max", "type", "amount"],
    fields: &[
        field("quantity_min", Shape::Count(0, 2_147_483_647)),
        field("quantity_max", Shape::Count(0, 2_147_483_647)),
        field("type", Shape::OneOf(&["price", "percent", "fixed"])),
        field("amount", Shape::Amount),
    ],
    most: 50,
    is_empty_204: false,
    of: |parts| &parts.bulk_pricing_rules,
    of_mut: |parts| &mut parts.bulk_pricing_rules,
    usual: |_| json!({}),
    check: check_rule,
};

pub(crate) const REVIEWS: Kind = Kind {
    name: "reviews",
    singular: "review",
    required: &["title", "date_reviewed"],
    fields: &[
        field("title", Shape::Text(0, 255)),
        field("text", Shape::Text(0, 65_535)),
        field(
            "status",
            Shape::OneOf(&["approved", "disapproved", "pending"]),
        ),
        field("rating", Shape::Count(0, 5)),
        field("email", Shape::Text(0, 255)),
        field("name", Shape::Text(0, 255)),
        field("date_reviewed", Shape::Date),
    ],
    most: usize::MAX,
    is_empty_204: true,
    of: |parts| &parts.reviews,
    of_mut: |parts| &mut parts.reviews,
    usual: |product| {
        json!({
            "product_id": product.id, "text": "", "status": "pending", "rating": 0, "email": "",
            "name": "", "date_created": Iso::Offset(product.modified),
            "date_modified": Iso::Offset(product.modified),
        })
    },
    check: |_, _| Ok(()),
};

/// A range that makes sense and meets no other. A highest quantity of 0 is none.
fn check_rule(
    rule: &Map<String, Value>,
    others: &[&Map<String, Value>],
) -> Result<(), Box<Response>> {
    let range = |rule: &Map<String, Value>| {
        let number = |name: &str| rule.get(name).and_then(Value::as_u64).unwrap_or(0);
        let most = match number("quantity_max") {
            0 => u64::MAX,
            most => most,
        };
        (number("quantity_min"), most)
    };
    let (least, most) = range(rule);
    let mut wrong = Wrong::default();
    if least > most {
        wrong.add("quantity_max", "error.min");
    }
    let amount = rule.get("amount").and_then(Decimal::read);
    let is_percent = rule.get("type").and_then(Value::as_str) == Some("percent");
    if is_percent && amount > Some(Decimal::whole(100)) {
        wrong.add("amount", "error.max");
    }
    wrong.refuse()?;
    let meets = |other: &&&Map<String, Value>| {
        let (from, until) = range(other);
        least <= until && from <= most
    };
    if others.iter().any(|other| meets(&other)) {
        return Err(Box::new(refusals::v3_conflict(
            "The bulk pricing rule overlaps with another one",
        )));
    }
    Ok(())
}

pub(crate) fn list(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &["page", "limit", "include_fields", "exclude_fields"];
    let more: &[&str] = if kind.name == "reviews" {
        &["status"]
    } else {
        &[]
    };
    only_known(&call.query, &[TAKES, more].concat())?;
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let parts = (kind.of)(&product_of(store, call)?.parts);
    let is_approved = match call.query.get("status") {
        Some("1") => Some(true),
        Some("0") => Some(false),
        None | Some(_) => None,
    };
    let found: Vec<&Map<String, Value>> = parts
        .iter()
        .filter(|part| is_approved.is_none_or(|yes| (part["status"] == "approved") == yes))
        .collect();
    if found.is_empty() && kind.is_empty_204 {
        return Ok(Response::empty(204));
    }
    let data: Vec<Value> = page
        .slice(&found)
        .iter()
        .map(|part| wanted.only(Value::Object((*part).clone())))
        .collect();
    let pagination = page.meta(found.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let part = part_of(product_of(store, call)?, call, kind)?;
    Ok(done(&wanted.only(Value::Object(part.clone()))))
}

pub(crate) fn post(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let id = product.id;
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, kind.required, "", &mut wrong);
    let fields = read(&item, kind.fields, "", &mut wrong);
    let all = (kind.of)(&product.parts);
    if all.len() >= kind.most {
        wrong.add("", "error.maxLength");
    }
    wrong.refuse()?;
    (kind.check)(&fields, &all.iter().collect::<Vec<_>>())?;
    let part = edit(store, call, id, |product, next| {
        let part = kind.made(product, next, fields);
        (kind.of_mut)(&mut product.parts).push(part.clone());
        part
    })?;
    Ok(touched(done(&part)))
}

pub(crate) fn put(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let part = part_of(product, call, kind)?;
    let (id, part_id) = (product.id, part["id"].clone());
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let fields = read(&item, kind.fields, "", &mut wrong);
    wrong.refuse()?;
    let mut part = part.clone();
    part.extend(fields);
    if kind.name == "reviews" {
        part.insert(
            "date_modified".to_owned(),
            json!(Iso::Offset(whole_seconds(call.now))),
        );
    }
    let others: Vec<&Map<String, Value>> = (kind.of)(&product.parts)
        .iter()
        .filter(|other| other["id"] != part_id)
        .collect();
    (kind.check)(&part, &others)?;
    let changed = part.clone();
    edit(store, call, id, |product, _next| {
        for known in (kind.of_mut)(&mut product.parts) {
            if known["id"] == part_id {
                *known = changed.clone();
            }
        }
    })?;
    Ok(touched(done(&part)))
}

pub(crate) fn delete(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, part) = (product.id, part_of(product, call, kind)?["id"].clone());
    edit(store, call, id, |product, _next| {
        (kind.of_mut)(&mut product.parts).retain(|known| known["id"] != part);
    })?;
    Ok(touched(Response::empty(204)))
}

fn part_of<'a>(
    product: &'a Product,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<&'a Map<String, Value>, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut parts = (kind.of)(&product.parts).iter();
    parts.find(|part| part["id"].as_u64() == id).ok_or_else(|| {
        let title = format!("The {} was not found", kind.singular);
        Box::new(refusals::v3_not_found(&title))
    })
}

impl Kind {
    fn made(
        &self,
        product: &Product,
        next: &mut Counters,
        fields: Map<String, Value>,
    ) -> Map<String, Value> {
        let mut part = match (self.usual)(product) {
            Value::Object(part) => part,
            _other => Map::new(),
        };
        part.insert("id".to_owned(), take(&mut next.part).into());
        part.extend(fields);
        part
    }

    /// Those that the body of a product gives: all there are to be.
    pub(super) fn in_body(
        &self,
        body: &Map<String, Value>,
        prefix: &str,
        wrong: &mut Wrong,
    ) -> Option<Vec<Map<String, Value>>> {
        let path = format!("{prefix}{}", self.name);
        let items = match body.get(self.name) {
            None | Some(Value::Null) => return None,
            Some(Value::Array(items)) if items.len() <= self.most => items,
            Some(Value::Array(_)) => {
                wrong.add(path, "error.maxLength");
                return None;
            }
            Some(_other) => {
                wrong.add(path, "error.expected.jsarray");
                return None;
            }
        };
        let mut all: Vec<Map<String, Value>> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let Value::Object(item) = item else {
                wrong.add(format!("{path}.{at}"), "error.expected.jsobject");
                continue;
            };
            let inside = format!("{path}.{at}.");
            require(item, self.required, &inside, wrong);
            let mut fields = read(item, self.fields, &inside, wrong);
            if let Some(id) = item.get("id").filter(|id| id.is_u64()) {
                fields.insert("id".to_owned(), id.clone());
            }
            if let Err(_refused) = (self.check)(&fields, &all.iter().collect::<Vec<_>>()) {
                wrong.add(format!("{path}.{at}"), "The rule overlaps with another one");
            }
            all.push(fields);
        }
        Some(all)
    }

    /// Puts those that a body gives into the product. Ids that are known stay.
    pub(super) fn replace(
        &self,
        product: &mut Product,
        next: &mut Counters,
        items: &[Map<String, Value>],
    ) {
        let known: Vec<Value> = (self.of)(&product.parts)
            .iter()
            .map(|part| part["id"].clone())
            .collect();
        let parts = items
            .iter()
            .map(|item| {
                let mut fields = item.clone();
                if fields.get("id").is_some_and(|id| !known.contains(id)) {
                    fields.remove("id");
                }
                self.made(product, next, fields)
            })
            .collect();
        *(self.of_mut)(&mut product.parts) = parts;
    }
}
