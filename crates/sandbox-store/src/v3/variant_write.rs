//! Variants made, changed and deleted.
//!
//! Source: BigCommerce REST reference, "Product variants"; that the one variant of a simple product
//! and the product are the same thing was observed on the wire.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, objects, read, require};
use super::options::edit;
use super::variant_body::VariantBody;
use super::variants::{bare, variant_of};
use super::wanted::Wanted;
use super::{done, form, images, product_of, touched};
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::pictures::{self, Drawing};
use crate::seed::catalog::{Counters, take};
use crate::state::Store;
use crate::state::catalog::{OptionValue, Product, ProductOption, Tracking, ValueData, Variant};
use crate::state::index::same;
use crate::state::orders::Chosen;

/// Most variants of one batch. Source: BigCommerce REST reference.
const MOST_AT_ONCE: usize = 50;

/// Most variants of one product. Source: BigCommerce platform limits.
pub(super) const MOST: usize = 600;

const INT_MAX: i64 = 2_147_483_647;

const FIELDS: &[Field] = &[
    field("sku", Shape::Text(0, 255)),
    field("price", Shape::OrNull(&Shape::Amount)),
    field("sale_price", Shape::OrNull(&Shape::Amount)),
    field("retail_price", Shape::OrNull(&Shape::Amount)),
    field("map_price", Shape::OrNull(&Shape::Amount)),
    field("cost_price", Shape::OrNull(&Shape::Amount)),
    field("weight", Shape::OrNull(&Shape::Measure)),
    field("width", Shape::OrNull(&Shape::Measure)),
    field("height", Shape::OrNull(&Shape::Measure)),
    field("depth", Shape::OrNull(&Shape::Measure)),
    field("is_free_shipping", Shape::Flag),
    field("fixed_cost_shipping_price", Shape::OrNull(&Shape::Amount)),
    field("purchasing_disabled", Shape::Flag),
    field("purchasing_disabled_message", Shape::Text(0, 255)),
    field("upc", Shape::Text(0, 14)),
    field("mpn", Shape::Text(0, 255)),
    field("gtin", Shape::Text(0, 14)),
    field("bin_picking_number", Shape::Text(0, 255)),
    field("image_url", Shape::Text(0, 255)),
    field("inventory_level", Shape::Count(0, INT_MAX)),
    field("inventory_warning_level", Shape::Count(0, INT_MAX)),
];

/// A variant as a body gives it, read and checked.
#[derive(Debug)]
pub(super) struct Change {
    /// The one it is about, where the body says so.
    pub(super) id: Option<u64>,
    fields: Map<String, Value>,
    choices: Vec<Choice>,
}

/// What a new variant is of an option: by ids, or by names.
#[derive(Debug)]
enum Choice {
    Ids { option: u64, value: u64 },
    Names { option: String, label: String },
}

impl Change {
    pub(super) fn read(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Self {
        let fields = read(item, FIELDS, prefix, wrong);
        let address = fields.get("image_url").and_then(Value::as_str);
        if address.is_some_and(|address| !address.is_empty() && !images::is_absolute(address)) {
            wrong.add(format!("{prefix}image_url"), "error.pattern");
        }
        Self {
            id: item.get("id").and_then(Value::as_u64),
            choices: choices(item, prefix, wrong),
            fields,
        }
    }

    /// That it has a picture of its own, at that address.
    fn of_picture(address: String) -> Self {
        Self {
            id: None,
            fields: Map::from_iter([("image_url".to_owned(), address.into())]),
            choices: Vec::new(),
        }
    }

    pub(super) fn sku(&self) -> Option<&str> {
        let sku = self.fields.get("sku").and_then(Value::as_str);
        sku.filter(|sku| !sku.is_empty())
    }

    pub(super) fn has_choices(&self) -> bool {
        !self.choices.is_empty()
    }

    /// Makes a variant out of a product's options. Options and values that are only named are made
    /// where `makes_options` says so. `None`: it does not fit the options.
    pub(super) fn create(
        &self,
        product: &mut Product,
        next: &mut Counters,
        makes_options: bool,
    ) -> Option<u64> {
        let mut chosen = Vec::new();
        for choice in &self.choices {
            chosen.push(choice.among(product, next, makes_options)?);
        }
        let is_whole = product
            .options
            .iter()
            .all(|option| chosen.iter().any(|each| each.option_id == option.id));
        if !is_whole || chosen.is_empty() {
            return None;
        }
        let id = take(&mut next.variant);
        let mut variant = bare(id);
        variant.chosen = chosen.into();
        // The one that stood for the product as long as there were none.
        product.variants.retain(|each| !each.chosen.is_empty());
        product.variants.push(variant);
        self.apply(product, id);
        Some(id)
    }

    /// Writes the fields into a variant; into the product, where the variant is all there is of it.
    pub(super) fn apply(&self, product: &mut Product, id: u64) {
        let mirrors = product.is_simple();
        let Some(at) = product.variants.iter().position(|each| each.id == id) else {
            return;
        };
        for (name, value) in &self.fields {
            if mirrors && set_product(product, name, value) {
                continue;
            }
            set(product.tracking, &mut product.variants[at], name, value);
        }
    }
}

/// True if the field is the product's own.
fn set_product(product: &mut Product, name: &str, value: &Value) -> bool {
    let text = || Arc::<str>::from(value.as_str().unwrap_or(""));
    let amount = || Decimal::read(value);
    match name {
        "sku" => product.sku = text(),
        "upc" => product.upc = text(),
        "price" => product.price = amount().unwrap_or(product.price),
        "cost_price" => product.cost = amount().unwrap_or_default(),
        "sale_price" => product.sale = amount().unwrap_or_default(),
        "retail_price" => product.retail = amount().unwrap_or_default(),
        "inventory_warning_level" => product.warning_level = count(value),
        "inventory_level" if product.tracking == Tracking::Product => {
            product.level = count(value);
            for variant in &mut product.variants {
                variant.is_stocked = true;
            }
        }
        "mpn" | "gtin" | "bin_picking_number" => {
            product.others.insert(name.to_owned(), value.clone());
        }
        _variants_own => return false,
    }
    true
}

fn set(tracking: Tracking, variant: &mut Variant, name: &str, value: &Value) {
    let text = || Arc::<str>::from(value.as_str().unwrap_or(""));
    match name {
        "sku" => variant.sku = text(),
        "upc" => variant.upc = text(),
        "price" => variant.price = Decimal::read(value),
        // Without tracking by variant a level is taken and changes nothing.
        "inventory_level" => {
            if tracking == Tracking::Variant {
                variant.level = count(value);
                variant.is_stocked = true;
            }
        }
        "inventory_warning_level" => variant.warning_level = count(value),
        plain => {
            let others = variant.others.get_or_insert_default();
            others.insert(plain.to_owned(), value.clone());
        }
    }
}

fn count(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap_or(0)).unwrap_or(u32::MAX)
}

fn choices(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Vec<Choice> {
    let path = format!("{prefix}option_values");
    let items = match item.get("option_values") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Vec::new();
        }
    };
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let id = |name: &str| item.get(name).and_then(Value::as_u64);
        let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
        let by_id = id("option_id").zip(id("id"));
        let by_name = text("option_display_name").zip(text("label"));
        match (by_id, by_name) {
            (Some((option, value)), _) => all.push(Choice::Ids { option, value }),
            (None, Some((option, label))) => all.push(Choice::Names { option, label }),
            (None, None) => wrong.add(format!("{path}.{at}"), "error.path.missing"),
        }
    }
    all
}

impl Choice {
    fn among(
        &self,
        product: &mut Product,
        next: &mut Counters,
        makes_options: bool,
    ) -> Option<Chosen> {
        let place = i64::try_from(product.options.len()).unwrap_or(0);
        let (option, value) = match self {
            Self::Ids { option, value } => {
                let mut options = product.options.iter();
                let option = options.find(|each| each.id == *option)?;
                let mut values = option.values.iter();
                (option, values.find(|each| each.id == *value)?)
            }
            Self::Names { option, label } => {
                let is_it = |each: &ProductOption| each.name.eq_ignore_ascii_case(option);
                let at = match product.options.iter().position(is_it) {
                    Some(at) => at,
                    None if makes_options => {
                        product.options.push(ProductOption {
                            id: take(&mut next.option),
                            name: option.clone().into(),
                            style: "dropdown".into(),
                            sort_order: place,
                            values: Vec::new(),
                            config: None,
                        });
                        product.options.len() - 1
                    }
                    None => return None,
                };
                let option = &mut product.options[at];
                let is_it = |each: &OptionValue| each.label.eq_ignore_ascii_case(label);
                let at = match option.values.iter().position(is_it) {
                    Some(at) => at,
                    None if makes_options => {
                        option.values.push(OptionValue {
                            id: take(&mut next.option_value),
                            label: label.as_str().into(),
                            sort_order: i64::try_from(option.values.len()).unwrap_or(0),
                            is_default: false,
                            data: ValueData::None,
                        });
                        option.values.len() - 1
                    }
                    None => return None,
                };
                let option = &*option;
                (option, &option.values[at])
            }
        };
        Some(Chosen {
            option_id: option.id,
            name: option.name.clone(),
            value: Arc::clone(&value.label),
            value_id: value.id,
        })
    }
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, has_room) = (product.id, product.variants.len() < MOST);
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["option_values"], "", &mut wrong);
    let change = Change::read(&item, "", &mut wrong);
    if change.choices.is_empty() && item.contains_key("option_values") {
        wrong.add("option_values", "error.minLength");
    }
    wrong.refuse()?;
    if !has_room {
        let title = "The product already has 600 variants";
        return Err(Box::new(refusals::v3(507, title, Map::new())));
    }
    check_sku(store, &change, None)?;
    // Tried on a copy first: nothing is made by halves.
    let mut copy = product_of(store, call)?.clone();
    let mut counters = store.world.next;
    let Some(_fits) = change.create(&mut copy, &mut counters, false) else {
        let mut wrong = Wrong::default();
        wrong.add(
            "option_values",
            "Each option of the product needs one of its values",
        );
        return Err(wrong
            .refuse()
            .err()
            .unwrap_or_else(|| super::no_product(id)));
    };
    if has_twin(&copy) {
        return Err(Box::new(refusals::v3_conflict(
            "A variant with these option values already exists",
        )));
    }
    let variant = edit(store, call, id, |product, next| {
        change.create(product, next, false)
    })?;
    answer(store, call, id, variant.unwrap_or(0))
}

/// The newest variant chooses what another one does.
pub(super) fn has_twin(product: &Product) -> bool {
    let values = |variant: &Variant| {
        let mut ids: Vec<u64> = variant.chosen.iter().map(|each| each.value_id).collect();
        ids.sort_unstable();
        ids
    };
    let Some((newest, others)) = product.variants.split_last() else {
        return false;
    };
    others.iter().any(|other| values(other) == values(newest))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, variant) = (product.id, variant_of(product, call)?.id);
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let change = Change::read(&item, "", &mut wrong);
    wrong.refuse()?;
    check_sku(store, &change, Some(variant))?;
    edit(store, call, id, |product, _next| {
        change.apply(product, variant);
    })?;
    answer(store, call, id, variant)
}

/// Of several products, all of them or none.
pub(crate) fn put_batch(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut changes = Vec::new();
    let mut errors = Vec::new();
    let mut skus: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let mut wrong = Wrong::default();
        require(item, &["id"], "", &mut wrong);
        let change = Change::read(item, "", &mut wrong);
        let sku = change.sku().map(same);
        if sku.as_ref().is_some_and(|sku| skus.contains(sku)) {
            wrong.add("sku", "The sku is there twice");
        }
        skus.extend(sku);
        let id = item.get("id").and_then(Value::as_u64);
        let product = id.and_then(|id| store.world.index.product_of(id));
        if item.contains_key("id") && product.is_none() {
            wrong.add("id", "The variant was not found");
        }
        if let Err(refused) = wrong.refuse() {
            errors.push(batch_error(at, &refused));
        } else if let Err(refused) = check_sku(store, &change, id) {
            errors.push(batch_error(at, &refused));
        }
        if let (Some(id), Some(product)) = (id, product) {
            changes.push((product, id, change));
        }
    }
    if !errors.is_empty() {
        let body = json!({ "batch_errors": errors });
        return Err(Box::new(Response::json(422, &body)));
    }
    for (product, variant, change) in &changes {
        edit(store, call, *product, |product, _next| {
            change.apply(product, *variant);
        })?;
    }
    let wanted = Wanted::default();
    let data: Vec<VariantBody<'_>> = changes
        .iter()
        .filter_map(|(_, variant, _)| store.world.variant(*variant))
        .map(|(product, at)| VariantBody {
            product,
            variant: &product.variants[at],
            wanted: &wanted,
            origin: &call.origin,
        })
        .collect();
    let answer = super::listing(&data, json!({}));
    Ok(if changes.is_empty() {
        answer
    } else {
        touched(answer)
    })
}

/// The refusal of one item, with its place in front of each path.
fn batch_error(at: usize, refused: &Response) -> Value {
    let mut body = refused.body_json().unwrap_or_default();
    let errors: Map<String, Value> = body["errors"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(path, reason)| (format!("{at}.{path}"), reason.clone()))
        .collect();
    body["errors"] = errors.into();
    body
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, variant) = (product.id, variant_of(product, call)?.id);
    if product.is_simple() {
        let title = "The base variant of a product cannot be deleted";
        return Err(Box::new(refusals::v3(422, title, Map::new())));
    }
    edit(store, call, id, |product, next| {
        product.variants.retain(|each| each.id != variant);
        if product.variants.is_empty() {
            product.variants.push(bare(take(&mut next.variant)));
        }
    })?;
    Ok(touched(Response::empty(204)))
}

/// A picture of its own: at an address, or as a file, which is looked at and not kept: a drawing stands for it.
pub(crate) fn post_image(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, variant) = (product.id, variant_of(product, call)?.id);
    let change = match images::sent(call)? {
        Some(name) => {
            let drawing = Drawing::standing_for(&name);
            Change::of_picture(pictures::variant_url(&call.origin, variant, drawing))
        }
        None => by_address(call)?,
    };
    edit(store, call, id, |product, _next| {
        change.apply(product, variant);
    })?;
    let address = change.fields.get("image_url");
    Ok(touched(done(&json!({ "image_url": address }))))
}

/// A picture at an address, which a form cannot give.
fn by_address(call: &Call<'_>) -> Result<Change, Box<Response>> {
    if form::read(call.request)?.is_some() {
        let refused = refusals::v3_invalid("image_file", "error.path.missing");
        return Err(Box::new(refused));
    }
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["image_url"], "", &mut wrong);
    let change = Change::read(&item, "", &mut wrong);
    wrong.refuse()?;
    Ok(change)
}

fn answer(
    store: &Store,
    call: &Call<'_>,
    product: u64,
    variant: u64,
) -> Result<Response, Box<Response>> {
    let found = store.world.variant(variant);
    let (product, at) = found.ok_or_else(|| super::no_product(product))?;
    let wanted = Wanted::default();
    Ok(touched(done(&VariantBody {
        product,
        variant: &product.variants[at],
        wanted: &wanted,
        origin: &call.origin,
    })))
}

/// A SKU is nobody else's: no other product's, and no other variant's of the same one.
pub(super) fn check_sku(
    store: &Store,
    change: &Change,
    own: Option<u64>,
) -> Result<(), Box<Response>> {
    let Some(sku) = change.sku() else {
        return Ok(());
    };
    let Some(product) = store.world.index.with_sku(sku) else {
        return Ok(());
    };
    let is_own = own.is_some_and(|own| {
        store.world.variant(own).is_some_and(|(owner, at)| {
            owner.id == product
                && owner
                    .sku_of(&owner.variants[at])
                    .trim()
                    .eq_ignore_ascii_case(sku.trim())
        })
    });
    if is_own {
        return Ok(());
    }
    Err(Box::new(refusals::v3_conflict(
        "The product sku is a duplicate",
    )))
}
