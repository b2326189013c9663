//! Products made, changed and deleted.
//!
//! Source: BigCommerce REST reference, "Catalog products"; titles of conflicts as clients match on
//! them; the suffix of an address that is taken was observed on the wire.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::fields::{Wrong, object, objects, require};
use super::product_body::ProductBody;
use super::product_fields::Change;
use super::product_filter::Filter;
use super::variants::bare;
use super::wanted::Wanted;
use super::{
    brands, done, ids, images, listing, only_known, product_of, product_variants, touched,
};
use crate::dates::whole_seconds;
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{Counters, slug, take};
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::catalog::{Availability, Condition, Form, Parts, Product, Tracking, Url};
use crate::state::index::{Owner, same};
use crate::state::later::Pending;

/// Most products of one batch. Source: BigCommerce REST reference.
const MOST_AT_ONCE: usize = 10;

/// Most ids of one deletion. Source: BigCommerce REST reference.
const MOST_DELETED: usize = 250;

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields"])?;
    let wanted = Wanted::read(&call.query)?.and_everything();
    let fields = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(
        &fields,
        &["name", "type", "weight", "price"],
        "",
        &mut wrong,
    );
    let change = Change::read(&fields, "", &mut wrong);
    wrong.refuse()?;
    check(store, &change, None)?;
    let id = store.create_product(&change, call.now)?;
    let product = store
        .world
        .product(id)
        .ok_or_else(|| super::no_product(id))?;
    Ok(touched(done(&ProductBody {
        product,
        wanted: &wanted,
        origin: &call.origin,
    })))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include", "include_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let id = product_of(store, call)?.id;
    let fields = object(&call.request.body)?;
    let is_changed = store.change_product(id, &fields, call.now)?;
    let product = store
        .world
        .product(id)
        .ok_or_else(|| super::no_product(id))?;
    let answer = done(&ProductBody {
        product,
        wanted: &wanted,
        origin: &call.origin,
    });
    Ok(if is_changed { touched(answer) } else { answer })
}

/// All of them or none.
pub(crate) fn put_batch(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut changes = Vec::new();
    let mut wrong = Wrong::default();
    for (at, fields) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        let id = match fields.get("id") {
            None => {
                wrong.add(format!("{prefix}id"), "error.path.missing");
                None
            }
            Some(id) => {
                if id.as_u64().is_none() {
                    wrong.add(format!("{prefix}id"), "error.expected.jsnumber");
                }
                id.as_u64()
            }
        };
        let change = Change::read(fields, &prefix, &mut wrong);
        if let Some(id) = id {
            changes.push((id, change));
        }
    }
    wrong.refuse()?;
    for (id, _change) in &changes {
        if store.world.product(*id).is_none() {
            return Err(super::no_product(*id));
        }
    }
    let mut before = Before::of(store);
    for (id, change) in &changes {
        if let Err(refused) = check(store, change, Some(*id)) {
            store.put_back(before);
            return Err(refused);
        }
        before.products.extend(store.world.product(*id).cloned());
        store.apply_change(*id, change, call.now);
        store.apply_variants(*id, change);
    }
    let data: Vec<ProductBody<'_>> = changes
        .iter()
        .filter_map(|(id, _change)| store.world.product(*id))
        .map(|product| ProductBody {
            product,
            wanted: &wanted,
            origin: &call.origin,
        })
        .collect();
    let answer = listing(&data, json!({}));
    Ok(if changes.is_empty() {
        answer
    } else {
        touched(answer)
    })
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = product_of(store, call)?.id;
    store.delete_products(&[id]);
    Ok(touched(Response::empty(204)))
}

/// Deletes what the filter finds. Without a filter nothing is: the real store is said to refuse that
/// too, so that nobody empties it by a slip.
pub(crate) fn delete_many(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &[
        "id:in",
        "name",
        "sku",
        "price",
        "weight",
        "condition",
        "brand_id",
        "date_modified",
        "date_last_imported",
        "is_visible",
        "is_featured",
        "inventory_level",
        "total_sold",
        "type",
        "categories",
        "keyword",
    ];
    only_known(&call.query, TAKES)?;
    let asked = ids(&call.query, "id:in")?.unwrap_or_default();
    if asked.len() > MOST_DELETED {
        let reason = "The maximum number of ids is 250";
        return Err(Box::new(refusals::v3_invalid("id:in", reason)));
    }
    let filter = Filter::read(&call.query, call.now)?;
    if filter.is_empty() {
        let title = "A filter is required to delete products";
        return Err(Box::new(refusals::v3(422, title, Map::new())));
    }
    let found = filter.find(&store.world.products, &store.world.brands);
    let found: Vec<u64> = found.iter().map(|product| product.id).collect();
    store.delete_products(&found);
    let answer = Response::empty(204);
    Ok(if found.is_empty() {
        answer
    } else {
        touched(answer)
    })
}

/// All that the first items of a batch can have changed by the time one of the others is refused: not the whole
/// shop, which may be large.
struct Before {
    /// In the order they were changed.
    products: Vec<Product>,
    /// How many brands there were: new ones stand behind the others.
    brands: usize,
    next: Counters,
    pending: Pending,
}

impl Before {
    fn of(store: &Store) -> Self {
        Self {
            products: Vec::new(),
            brands: store.world.brands.len(),
            next: store.world.next,
            pending: store.pending.clone(),
        }
    }
}

/// What stands against a change, beyond its own shape. `own` is the product it is for.
fn check(store: &Store, change: &Change, own: Option<u64>) -> Result<(), Box<Response>> {
    let conflict = |title: &str| Err(Box::new(refusals::v3_conflict(title)));
    let world = &store.world;
    let named = change.text("name").and_then(|name| world.index.named(name));
    if named.is_some() && named != own {
        return conflict("The product name is a duplicate");
    }
    let mut skus: Vec<String> = Vec::new();
    // Of one that is there, they are looked at one by one below.
    let of_variants = change.variants.iter().filter_map(|each| each.sku());
    let of_variants = of_variants.filter(|_| own.is_none());
    for sku in change
        .text("sku")
        .into_iter()
        .chain(of_variants)
        .filter(|sku| !sku.is_empty())
    {
        let has = world.index.with_sku(sku);
        // Its own variants have theirs as well, unless the one it has is itself.
        let is_own_variants = own == has
            && own.and_then(|id| world.product(id)).is_some_and(|product| {
                let mut variants = product.variants.iter();
                !product.is_simple() && variants.any(|variant| same(&variant.sku) == same(sku))
            });
        if (has.is_some() && has != own) || is_own_variants || skus.contains(&same(sku)) {
            return conflict("The product sku is a duplicate");
        }
        skus.push(same(sku));
    }
    let at_url = change.url().and_then(|url| world.index.at_url(&url.path));
    if at_url.is_some() && at_url != own.map(Owner::Product) {
        return conflict("The product url is a duplicate");
    }
    if let Some(brand) = change.number("brand_id").filter(|id| *id > 0)
        && world.brand(brand).is_none()
    {
        return conflict(&format!("A brand was not found with an id of {brand}"));
    }
    let unknown = change.ids("categories").and_then(|ids| {
        let mut ids = ids.into_iter();
        ids.find(|id| !world.categories.iter().any(|category| category.id == *id))
    });
    if let Some(category) = unknown {
        return conflict(&format!(
            "A category was not found with an id of {category}"
        ));
    }
    let product = own.and_then(|id| world.product(id));
    if let Some(product) = product {
        product_variants::check(store, product, &change.variants)?;
    }
    hidden_price(product, change)
}

/// A price can only be hidden where the product cannot be bought. Source: REST reference.
fn hidden_price(product: Option<&Product>, change: &Change) -> Result<(), Box<Response>> {
    let hides = match change.fields.get("is_price_hidden") {
        Some(value) => value == true,
        None => product.is_some_and(|product| {
            product.others.get("is_price_hidden") == Some(&Value::Bool(true))
        }),
    };
    let availability = change
        .text("availability")
        .or(product.map(|product| product.availability.name()))
        .unwrap_or("available");
    if hides && availability != "disabled" {
        let reason = "The price can only be hidden if availability is disabled";
        return Err(Box::new(refusals::v3_invalid("is_price_hidden", reason)));
    }
    Ok(())
}

impl Store {
    /// Changes a product as a body asks. False if it asks for nothing.
    pub(crate) fn change_product(
        &mut self,
        id: u64,
        fields: &Map<String, Value>,
        now: Timestamp,
    ) -> Result<bool, Box<Response>> {
        let mut wrong = Wrong::default();
        let change = Change::read(fields, "", &mut wrong);
        wrong.refuse()?;
        check(self, &change, Some(id))?;
        self.apply_change(id, &change, now);
        self.apply_variants(id, &change);
        Ok(!change.is_empty())
    }

    /// A product with everything that belongs to it, its links without a host.
    pub(crate) fn product_as_json(&self, id: u64) -> Option<Value> {
        let body = ProductBody {
            product: self.world.product(id)?,
            wanted: &Wanted::everything(),
            origin: "",
        };
        serde_json::to_value(&body).ok()
    }

    /// Gone for good; their ids are not given out again.
    pub(crate) fn delete_products(&mut self, ids: &[u64]) {
        self.world.remove_products(ids);
        self.metafields
            .retain(|each| each.resource != "product" || !ids.contains(&each.resource_id));
    }

    /// As it was before, down to the numbers that the next things get: what is refused is kept nowhere, and a store
    /// that is opened again knows nothing of it.
    fn put_back(&mut self, before: Before) {
        // The last first, in case one is there twice.
        for was in before.products.into_iter().rev() {
            self.world
                .edit_product(was.id, |product, _next| *product = was);
        }
        brands::keep_first(self, before.brands);
        self.world.next = before.next;
        self.pending = before.pending;
    }

    fn apply_change(&mut self, id: u64, change: &Change, now: Timestamp) {
        if change.is_empty() {
            return;
        }
        let now = whole_seconds(now);
        let brand = self.brand_for(change);
        let level = self.world.product(id).map(|product| product.level);
        self.world.edit_product(id, |product, next| {
            change.apply(product, next, now);
            if let Some(brand) = brand {
                product.brand_id = brand;
            }
            images::apply(product, &change.images, &mut next.image, now);
        });
        if let Some(level) = level {
            self.book_late(id, level, now);
        }
    }

    fn apply_variants(&mut self, id: u64, change: &Change) {
        self.world.edit_product(id, |product, next| {
            product_variants::apply(product, next, &change.variants);
        });
    }

    /// The brand a body asks for: by id, or by a name that is made a brand if it is none yet.
    fn brand_for(&mut self, change: &Change) -> Option<u64> {
        match change.text("brand_name").map(str::trim) {
            None | Some("") => change.number("brand_id"),
            Some(name) => Some(brands::find_or_create(self, name)),
        }
    }

    fn create_product(&mut self, change: &Change, now: Timestamp) -> Result<u64, Box<Response>> {
        let now = whole_seconds(now);
        let before = self.world.next;
        let id = take(&mut self.world.next.product);
        let variant = take(&mut self.world.next.variant);
        let url = self.free_url(change.text("name").unwrap_or(""), id);
        let mut product = blank(id, variant, url, now);
        for (at, variant) in change.variants.iter().enumerate() {
            if variant
                .create(&mut product, &mut self.world.next, true)
                .is_none()
            {
                self.world.next = before;
                let path = format!("variants.{at}.option_values");
                let reason = "Each option of the product needs one of its values";
                return Err(Box::new(refusals::v3_invalid(&path, reason)));
            }
        }
        self.world.add_product(product);
        self.apply_change(id, change, now);
        Ok(id)
    }

    /// An address made from the name; if it is taken, with something random behind it.
    fn free_url(&self, name: &str, id: u64) -> Url {
        let slug = match slug(name).trim_matches('-') {
            // Not a Latin letter in it.
            "" => format!("product-{id}"),
            slug => slug.to_owned(),
        };
        let mut rng = Rng::for_thing(self.seed(), "url", id);
        let mut path = format!("/{slug}/");
        while self.world.index.at_url(&path).is_some() {
            path = format!("/{slug}-{:06x}/", rng.next() >> 40);
        }
        Url {
            path,
            is_customized: false,
        }
    }
}

/// A product before anything is written into it.
fn blank(id: u64, variant: u64, url: Url, now: Timestamp) -> Product {
    let none: Arc<str> = "".into();
    Product {
        id,
        kind: None,
        name: Arc::clone(&none),
        form: Form::Physical,
        sku: Arc::clone(&none),
        upc: Arc::clone(&none),
        description: Arc::clone(&none),
        url,
        price: Decimal::ZERO,
        cost: Decimal::ZERO,
        sale: Decimal::ZERO,
        retail: Decimal::ZERO,
        weight: Decimal::ZERO,
        categories: Vec::new(),
        brand_id: 0,
        is_visible: true,
        is_featured: false,
        is_free_shipping: false,
        availability: Availability::Available,
        condition: Condition::New,
        tracking: Tracking::None,
        level: 0,
        warning_level: 0,
        created: now,
        modified: now,
        options: Vec::new(),
        variants: vec![bare(variant)],
        images: Vec::new(),
        custom_fields: Vec::new(),
        parts: Parts::default(),
        // In no channel until somebody puts it there.
        channels: Vec::new(),
        total_sold: 0,
        view_count: 0,
        others: Map::new(),
    }
}
