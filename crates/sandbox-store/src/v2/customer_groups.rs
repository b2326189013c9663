//! Customer groups.
//!
//! Source: BigCommerce REST reference, "Customer groups V2".

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{invalid, list_of, object, page, parameter};
use crate::dates::{self, Rfc2822, whole_seconds};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::people::Group;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let (skip, take) = page(&call.query)?;
    let groups: Vec<Value> = found(store, &call.query)?
        .into_iter()
        .skip(skip)
        .take(take)
        .map(body)
        .collect();
    Ok(list_of(&groups))
}

pub(crate) fn count(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let count = found(store, &call.query)?.len();
    Ok(Response::json(200, &json!({ "count": count })))
}

fn found<'a>(store: &'a Store, query: &Query) -> Result<Vec<&'a Group>, Box<Response>> {
    let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let like = text("name:like").map(|part| part.trim_matches('%').to_lowercase());
    let is_default: Option<bool> = parameter(query, "is_default")?;
    let is_for_guests: Option<bool> = parameter(query, "is_group_for_guests")?;
    // As in the list of orders, a date that cannot be read is no filter.
    let within = |name: &str, at: Timestamp| {
        let date = |suffix: &str| text(&format!("{name}{suffix}")).and_then(dates::parse);
        date("").is_none_or(|exactly| at == exactly)
            && date(":min").is_none_or(|from| at >= from)
            && date(":max").is_none_or(|until| at <= until)
    };
    let groups = store.world.groups.iter().filter(|group| {
        text("name").is_none_or(|wanted| wanted.eq_ignore_ascii_case(&group.name))
            && like
                .as_ref()
                .is_none_or(|part| group.name.to_lowercase().contains(part))
            && is_default.is_none_or(|wanted| group.is_default == wanted)
            && is_for_guests.is_none_or(|wanted| group.is_for_guests == wanted)
            && within("date_created", group.created)
            && within("date_modified", group.modified)
    });
    Ok(groups.collect())
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    Ok(Response::json(200, &body(group_of(store, call)?)))
}

fn group_of<'a>(store: &'a Store, call: &Call<'_>) -> Result<&'a Group, Box<Response>> {
    // Source: REST reference, which lists a 400 for a group and no 404.
    let id = call.ids.first().and_then(|id| id.parse::<u64>().ok());
    let id = id.ok_or_else(|| invalid("id"))?;
    let mut groups = store.world.groups.iter();
    groups
        .find(|group| group.id == id)
        .ok_or_else(|| Box::new(refusals::v2_not_found()))
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let fields = object(call)?;
    let now = whole_seconds(call.now);
    let mut group = Group {
        id: store.world.next_person.group,
        name: "".into(),
        is_default: false,
        is_for_guests: false,
        category_access: json!({ "type": "all" }),
        discount_rules: json!([]),
        created: now,
        modified: now,
    };
    if !fields.contains_key("name") {
        return Err(Box::new(refusals::v2(
            400,
            "The required field 'name' was not supplied.",
        )));
    }
    change(store, &mut group, &fields)?;
    take(&mut store.world.next_person.group);
    let answer = Response::json(200, &body(&group));
    keep(store, group);
    Ok(super::touched(answer))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let mut group = group_of(store, call)?.clone();
    let fields = object(call)?;
    change(store, &mut group, &fields)?;
    group.modified = whole_seconds(call.now);
    let answer = Response::json(200, &body(&group));
    keep(store, group);
    Ok(super::touched(answer))
}

/// Its customers are in no group then.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = group_of(store, call)?.id;
    store.world.groups.retain(|group| group.id != id);
    for customer in &mut store.world.customers {
        if customer.group_id == id {
            customer.group_id = 0;
        }
    }
    Ok(super::touched(Response::empty(204)))
}

/// One group is the default one, and one is for guests.
fn keep(store: &mut Store, group: Group) {
    for other in &mut store.world.groups {
        other.is_default &= !group.is_default;
        other.is_for_guests &= !group.is_for_guests;
    }
    let groups = &mut store.world.groups;
    match groups.iter_mut().find(|known| known.id == group.id) {
        Some(known) => *known = group,
        None => groups.push(group),
    }
}

fn change(
    store: &Store,
    group: &mut Group,
    fields: &Map<String, Value>,
) -> Result<(), Box<Response>> {
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("name", Value::String(text)) if (1..=255).contains(&text.chars().count()) => {
                let mut others = store.world.groups.iter().filter(|each| each.id != group.id);
                if others.any(|other| other.name.eq_ignore_ascii_case(text)) {
                    let message = format!("A customer group named {text} already exists.");
                    return Err(Box::new(refusals::v2(409, &message)));
                }
                group.name = Arc::from(text.as_str());
            }
            ("is_default", Value::Bool(yes)) => group.is_default = *yes,
            ("is_group_for_guests", Value::Bool(yes)) => group.is_for_guests = *yes,
            ("category_access", Value::Object(access)) => {
                let kind = access.get("type").and_then(Value::as_str);
                if !matches!(kind, Some("all" | "specific" | "none")) {
                    return Err(invalid(name));
                }
                group.category_access = value.clone();
            }
            ("discount_rules", Value::Array(rules)) => {
                let is_rule = |rule: &Value| {
                    let kind = rule.get("type").and_then(Value::as_str);
                    matches!(kind, Some("price_list" | "all" | "category" | "product"))
                };
                if !rules.iter().all(is_rule) {
                    return Err(invalid(name));
                }
                group.discount_rules = value.clone();
            }
            ("id" | "date_created" | "date_modified", _) => {
                return Err(Box::new(refusals::v2_read_only(name)));
            }
            (
                "name"
                | "is_default"
                | "is_group_for_guests"
                | "category_access"
                | "discount_rules",
                _,
            ) => {
                return Err(invalid(name));
            }
            (_unknown, _) => return Err(Box::new(refusals::v2_unsupported(name))),
        }
    }
    Ok(())
}

pub(crate) fn body(group: &Group) -> Value {
    json!({
        "id": group.id,
        "name": group.name,
        "is_default": group.is_default,
        "category_access": group.category_access,
        "discount_rules": group.discount_rules,
        "is_group_for_guests": group.is_for_guests,
        "date_created": Rfc2822(group.created),
        "date_modified": Rfc2822(group.modified),
    })
}
