//! Stock: read by place, set and counted up or down. It settles a little later than it is answered.
//!
//! Source: BigCommerce REST reference, "Inventory"; what is refused observed on the wire. Two refusals have
//! all they say in their title, as the reference shows: the other reasons, made up, stand beside their item.

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::{Page, ids, listing, only_known, touched};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::catalog::{Product, Tracking, Variant};
use crate::state::later::{Later, Stock};
use crate::state::settings;

/// The one place things are sent from.
const LOCATION: u64 = 1;

/// Most items of one adjustment, and of one page. Source: BigCommerce REST reference.
const MOST_ADJUSTED: usize = 2_000;
const LONGEST_PAGE: usize = 1_000;

const INT_MAX: i64 = 2_147_483_647;

pub(crate) fn locations(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "page",
        "limit",
        "location_id:in",
        "location_code:in",
        "is_default",
        "type_id:in",
        "managed_by_external_source",
        "is_active",
        "storefront_visibility",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let page = Page::read_up_to(query, LONGEST_PAGE)?;
    let ids = ids(query, "location_id:in")?;
    let among = |name: &str, has: &str| {
        let text = query.get(name).filter(|text| !text.is_empty());
        text.is_none_or(|text| text.split(',').any(|word| word == has))
    };
    let is = |name: &str, has: bool| match query.get(name) {
        Some("true") => has,
        Some("false") => !has,
        None | Some(_) => true,
    };
    let fits = ids.is_none_or(|ids| ids.contains(&LOCATION))
        && among("location_code:in", "BC-LOCATION-1")
        && among("type_id:in", "PHYSICAL")
        && is("is_default", true)
        && is("is_active", true)
        && is("storefront_visibility", true)
        && is("managed_by_external_source", false);
    let all: Vec<Value> = store
        .location(LOCATION)
        .filter(|_| fits)
        .into_iter()
        .collect();
    let data = page.slice(&all);
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(data, json!({ "pagination": pagination })))
}

/// Everywhere.
pub(crate) fn items(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "sku:in",
        "variant_id:in",
        "product_id:in",
        "location_id:in",
        "location_code:in",
        "page",
        "limit",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let locations = ids(query, "location_id:in")?;
    let codes = query
        .get("location_code:in")
        .filter(|text| !text.is_empty());
    let is_here = locations.is_none_or(|ids| ids.contains(&LOCATION))
        && codes.is_none_or(|codes| codes.split(',').any(|code| code == "BC-LOCATION-1"));
    page_of(store, query, is_here, |product, variant| {
        let mut place = levels(store, product, variant);
        place["location_id"] = LOCATION.into();
        place["location_code"] = "BC-LOCATION-1".into();
        place["location_name"] = "Default location".into();
        place["location_enabled"] = true.into();
        json!({ "identity": identity(product, variant), "locations": [place] })
    })
}

/// In one place.
pub(crate) fn items_at(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &["sku:in", "variant_id:in", "product_id:in", "page", "limit"];
    let query = &call.query;
    only_known(query, KNOWN)?;
    location_of(call)?;
    page_of(store, query, true, |product, variant| {
        let mut item = levels(store, product, variant);
        item["identity"] = identity(product, variant);
        item
    })
}

fn page_of(
    store: &Store,
    query: &Query,
    is_here: bool,
    body: impl Fn(&Product, &Variant) -> Value,
) -> Result<Response, Box<Response>> {
    let page = Page::read_up_to(query, LONGEST_PAGE)?;
    let products = ids(query, "product_id:in")?;
    let variants = ids(query, "variant_id:in")?;
    let skus = query.get("sku:in").filter(|text| !text.is_empty());
    let skus: Option<Vec<String>> =
        skus.map(|text| text.to_lowercase().split(',').map(str::to_owned).collect());
    let found: Vec<(&Product, &Variant)> = store
        .world
        .products
        .iter()
        .filter(|product| {
            is_here
                && products
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&product.id))
        })
        .flat_map(|product| {
            product
                .variants
                .iter()
                .map(move |variant| (product, variant))
        })
        .filter(|(product, variant)| {
            variants
                .as_ref()
                .is_none_or(|ids| ids.contains(&variant.id))
                && skus
                    .as_ref()
                    .is_none_or(|skus| skus.contains(&product.sku_of(variant).to_lowercase()))
        })
        .collect();
    let data: Vec<Value> = page
        .slice(&found)
        .iter()
        .map(|(product, variant)| body(product, variant))
        .collect();
    let pagination = page.meta(found.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

fn identity(product: &Product, variant: &Variant) -> Value {
    json!({
        "sku": product.sku_of(variant),
        "variant_id": variant.id,
        "product_id": product.id,
        "sku_id": variant.id + 40,
    })
}

/// What is on the shelf and what of it may be sold.
fn levels(store: &Store, product: &Product, variant: &Variant) -> Value {
    let level = match product.tracking {
        Tracking::Product => product.level,
        Tracking::None | Tracking::Variant => variant.level,
    };
    let warning = if product.is_simple() {
        product.warning_level
    } else {
        variant.warning_level
    };
    let own = store.settings.stock.get(&variant.id);
    let set = |name: &str| own.and_then(|own| own.get(name));
    let safety = set("safety_stock").and_then(Value::as_u64).unwrap_or(0);
    json!({
        "available_to_sell": u64::from(level).saturating_sub(safety),
        "total_inventory_onhand": level,
        "settings": {
            "safety_stock": safety,
            "is_in_stock": set("is_in_stock").cloned().unwrap_or_else(|| (level > 0).into()),
            "warning_level": warning,
            "bin_picking_number": set("bin_picking_number").cloned().unwrap_or_else(|| "".into()),
        },
    })
}

fn location_of(call: &Call<'_>) -> Result<(), Box<Response>> {
    let id = call.ids.first().and_then(|id| id.parse().ok());
    if id == Some(LOCATION) {
        return Ok(());
    }
    Err(Box::new(refusals::v3_not_found(
        "The location was not found",
    )))
}

/// Warning levels and the like.
pub(crate) fn put_settings(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const FIELDS: &[Field] = &[
        field("safety_stock", Shape::Count(0, INT_MAX)),
        field("is_in_stock", Shape::Flag),
        field("warning_level", Shape::Count(0, INT_MAX)),
        field("bin_picking_number", Shape::Text(0, 255)),
    ];
    location_of(call)?;
    let body = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&body, &["settings"], "", &mut wrong);
    let items = list_in(&body, "settings", &mut wrong)?;
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("settings.{at}.");
        let fields = read(item, FIELDS, &prefix, &mut wrong);
        let identity = item.get("identity").and_then(Value::as_object);
        match identity.and_then(|identity| store.stocked_thing(identity)) {
            Some(Thing { variant, .. }) => all.push((variant, fields)),
            None => wrong.add(format!("{prefix}identity"), "The item was not found"),
        }
    }
    wrong.refuse()?;
    for (variant, mut fields) in all {
        if let Some(level) = fields
            .remove("warning_level")
            .and_then(|level| level.as_u64())
        {
            store.set_warning_level(variant, u32::try_from(level).unwrap_or(u32::MAX));
        }
        store
            .settings
            .stock
            .entry(variant)
            .or_default()
            .extend(fields);
    }
    Ok(touched(transaction(store)))
}

/// To so many pieces, whatever there were before.
pub(crate) fn absolute(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    adjust(store, call, true)
}

/// By so many pieces, up or down.
pub(crate) fn relative(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    adjust(store, call, false)
}

fn adjust(
    store: &mut Store,
    call: &Call<'_>,
    is_absolute: bool,
) -> Result<Response, Box<Response>> {
    let (least, most) = if is_absolute {
        (0, INT_MAX)
    } else {
        (-INT_MAX, INT_MAX)
    };
    let fields = [
        field("location_id", Shape::Count(1, i64::MAX)),
        field("quantity", Shape::Count(least, most)),
    ];
    let body = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&body, &["items"], "", &mut wrong);
    let reason = body.get("reason").is_none_or(Value::is_string);
    if !reason {
        wrong.add("reason", "error.expected.jsstring");
    }
    let items = list_in(&body, "items", &mut wrong)?;
    let mut refused = Refused::default();
    let mut all: Vec<(u64, i64)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("items.{at}.");
        require(item, &["location_id", "quantity"], &prefix, &mut wrong);
        let fields = read(item, &fields, &prefix, &mut wrong);
        let location = fields.get("location_id").and_then(Value::as_u64);
        if location.is_some_and(|id| id != LOCATION) {
            wrong.add(format!("{prefix}location_id"), "The location was not found");
        }
        let quantity = fields.get("quantity").and_then(Value::as_i64).unwrap_or(0);
        let Some(thing) = store.stocked_thing(item) else {
            wrong.add(format!("{prefix}variant_id"), "The item was not found");
            continue;
        };
        let before: i64 = all
            .iter()
            .filter(|(id, _)| *id == thing.variant)
            .map(|(_, by)| by)
            .sum();
        match thing.refusal(is_absolute, before + quantity) {
            None => {}
            Some(Refusal::Elsewhere(by)) => refused.elsewhere.push(thing.counted(by)),
            Some(Refusal::NotYet) => refused.not_yet.push(thing.named.clone()),
            Some(Refusal::Plain(reason)) => {
                wrong.add(format!("{prefix}{}", thing.named_by), reason);
            }
        }
        all.push((thing.variant, quantity));
    }
    wrong.refuse()?;
    refused.refuse()?;
    let is_changed = !all.is_empty();
    for (variant, quantity) in all {
        let change = if is_absolute {
            Stock::To(u32::try_from(quantity).unwrap_or(0))
        } else {
            Stock::By(quantity)
        };
        store.do_later(call.now, Later::Stock { variant, change });
    }
    let answer = transaction(store);
    Ok(if is_changed { touched(answer) } else { answer })
}

fn list_in(
    body: &Map<String, Value>,
    name: &str,
    wrong: &mut Wrong,
) -> Result<Vec<Map<String, Value>>, Box<Response>> {
    let Some(Value::Array(items)) = body.get(name) else {
        if body.contains_key(name) {
            wrong.add(name, "error.expected.jsarray");
        }
        return Ok(Vec::new());
    };
    if items.len() > MOST_ADJUSTED {
        return Err(Box::new(refusals::too_many_items(MOST_ADJUSTED)));
    }
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            Value::Object(item) => all.push(item.clone()),
            _other => wrong.add(format!("{name}.{at}"), "error.expected.jsobject"),
        }
    }
    Ok(all)
}

/// Not wrapped in `data`. Source: REST reference.
fn transaction(store: &Store) -> Response {
    let mut rng = Rng::for_thing(store.seed(), "inventory", store.requests_seen);
    let (high, low) = (rng.next(), rng.next());
    let id = format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    );
    Response::json(200, &json!({ "transaction_id": id }))
}

/// A thing whose stock is counted, and how it was named.
struct Thing {
    variant: u64,
    named_by: &'static str,
    /// `variant_id 301`, as refusals call it.
    named: String,
    tracking: Tracking,
    is_simple: bool,
    is_stocked: bool,
    level: u32,
}

/// Why the stock of one thing is not changed so.
enum Refusal {
    /// It is counted by `product` or by `variant`, and was named by the other.
    Elsewhere(&'static str),
    /// Nobody has said yet how much there is.
    NotYet,
    /// Said beside the item.
    Plain(&'static str),
}

impl Thing {
    fn refusal(&self, is_absolute: bool, quantity: i64) -> Option<Refusal> {
        // The one variant of a simple product is the product.
        match self.tracking {
            Tracking::None => {
                return Some(Refusal::Plain("Inventory is not tracked for this product"));
            }
            Tracking::Product if self.named_by != "product_id" && !self.is_simple => {
                return Some(Refusal::Elsewhere("product"));
            }
            Tracking::Variant if self.named_by == "product_id" && !self.is_simple => {
                return Some(Refusal::Elsewhere("variant"));
            }
            Tracking::Product | Tracking::Variant => {}
        }
        if is_absolute {
            return None;
        }
        if !self.is_stocked {
            return Some(Refusal::NotYet);
        }
        let after = i64::from(self.level) + quantity;
        let reason = if after < 0 {
            "The adjustment would leave less than nothing"
        } else if after > INT_MAX {
            "The adjustment would leave too much"
        } else {
            return None;
        };
        Some(Refusal::Plain(reason))
    }

    /// The wire's words. That of a variant is made after that of a product.
    fn counted(&self, by: &str) -> String {
        let Self { named, .. } = self;
        format!("Item with {named} is tracked by {by}, please update stock by {by} id")
    }
}

/// What is refused in the title alone: `errors` stays empty, and only the texts tell the items. The
/// reference shows one item each time; several are listed here within the same brackets.
#[derive(Default)]
struct Refused {
    /// Sentences.
    elsewhere: Vec<String>,
    /// Names.
    not_yet: Vec<String>,
}

impl Refused {
    /// Ok if nothing is.
    fn refuse(self) -> Result<(), Box<Response>> {
        let title = if !self.elsewhere.is_empty() {
            format!("[{}]", self.elsewhere.join(", "))
        } else if !self.not_yet.is_empty() {
            let names = self.not_yet.join(", ");
            format!("Items with identity: [{names}] requires absolute adjustment before relative")
        } else {
            return Ok(());
        };
        Err(Box::new(refusals::v3(422, &title, Map::new())))
    }
}

impl Store {
    /// The place of that id.
    pub(super) fn location(&self, id: u64) -> Option<Value> {
        (id == LOCATION).then(|| settings::location(self.identity.opened))
    }

    /// What an item of an adjustment is about: by variant, SKU or product.
    fn stocked_thing(&self, item: &Map<String, Value>) -> Option<Thing> {
        let world = &self.world;
        let id = |name: &str| item.get(name).and_then(Value::as_u64);
        let (product, at, named_by, value) = if let Some(variant) = id("variant_id") {
            let (product, at) = world.variant(variant)?;
            (product, at, "variant_id", variant.to_string())
        } else if let Some(sku) = item.get("sku").and_then(Value::as_str) {
            let product = world.product(world.index.with_sku(sku)?)?;
            let mut variants = product.variants.iter();
            let at = variants
                .position(|variant| product.sku_of(variant).eq_ignore_ascii_case(sku.trim()))?;
            (product, at, "sku", sku.trim().to_owned())
        } else {
            let product = world.product(id("product_id")?)?;
            (product, 0, "product_id", product.id.to_string())
        };
        let variant = &product.variants[at];
        Some(Thing {
            variant: variant.id,
            named_by,
            named: format!("{named_by} {value}"),
            tracking: product.tracking,
            is_simple: product.is_simple(),
            is_stocked: variant.is_stocked,
            level: match product.tracking {
                Tracking::Product => product.level,
                Tracking::None | Tracking::Variant => variant.level,
            },
        })
    }

    fn set_warning_level(&mut self, variant: u64, level: u32) {
        let Some((product, at)) = self.world.variant(variant) else {
            return;
        };
        let (id, is_simple) = (product.id, product.is_simple());
        if let Some(product) = self.world.product_mut(id) {
            if is_simple {
                product.warning_level = level;
            }
            product.variants[at].warning_level = level;
        }
    }
}
