//! Settings of the store: language, units; ways to pay; the figures of the catalog.
//!
//! Source: BigCommerce REST reference, "Settings", "Get payment methods" and "Catalog summary".

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::{done, ids, only_known, touched};
use crate::dates::Iso;
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::state::Store;
use crate::v2::money_settings::METHODS;

const LOCALE: &[Field] = &[
    field("default_shopper_language", Shape::Text(2, 10)),
    field(
        "shopper_language_selection_method",
        Shape::OneOf(&["browser", "default_shopper_language"]),
    ),
    field("store_country", Shape::Text(1, 255)),
];

const UNITS: &[Field] = &[
    field(
        "weight_measurement",
        Shape::OneOf(&["LBS", "Ounces", "KGS", "Grams", "Tonnes"]),
    ),
    field(
        "length_measurement",
        Shape::OneOf(&["Inches", "Centimeters"]),
    ),
    field("decimal_token", Shape::Text(1, 1)),
    field("thousands_token", Shape::Text(0, 1)),
    field("decimal_places", Shape::Count(0, 8)),
    field(
        "factoring_dimension",
        Shape::OneOf(&["depth", "height", "width"]),
    ),
];

pub(crate) fn locale(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["channel_id"])?;
    Ok(done(&store.settings.locale))
}

pub(crate) fn put_locale(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["default_shopper_language"], "", &mut wrong);
    let fields = read(&item, LOCALE, "", &mut wrong);
    wrong.refuse()?;
    store.settings.locale.extend(fields);
    Ok(touched(done(&store.settings.locale)))
}

pub(crate) fn units(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["channel_id"])?;
    Ok(done(&store.settings.units))
}

pub(crate) fn put_units(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let fields = read(&item, UNITS, "", &mut wrong);
    wrong.refuse()?;
    store.settings.units.extend(fields);
    Ok(touched(done(&store.settings.units)))
}

/// For one order or one checkout; this store has no checkouts.
pub(crate) fn payment_methods(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["order_id", "checkout_id"])?;
    let order = ids(&call.query, "order_id")?.and_then(|ids| ids.first().copied());
    let checkout = call.query.get("checkout_id").filter(|id| !id.is_empty());
    let Some(order) = order else {
        return Err(match checkout {
            Some(_) => Box::new(refusals::v3_not_found("The checkout was not found")),
            None => {
                let title = "Either order_id or checkout_id is required";
                Box::new(refusals::v3(400, title, Map::new()))
            }
        });
    };
    if store.order(order).is_none() {
        return Err(Box::new(refusals::v3_not_found("The order was not found")));
    }
    let all: Vec<Value> = METHODS
        .iter()
        .map(|(code, name)| {
            let is_card = *code == "bigcommerce_payments";
            let cards: &[&str] = if is_card {
                &["VISA", "MASTERCARD", "AMEX"]
            } else {
                &[]
            };
            let instruments: Vec<Value> = cards
                .iter()
                .map(|card| json!({ "instrument_type": card, "verification_value_required": true }))
                .collect();
            json!({
                "id": if is_card { format!("{code}.card") } else { (*code).to_owned() },
                "name": name,
                "stored_instruments": [],
                "supported_instruments": instruments,
                "test_mode": false,
                "type": if is_card { "card" } else { "offline" },
            })
        })
        .collect();
    Ok(done(&all))
}

/// The catalog in figures.
pub(crate) fn summary(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &[])?;
    let world = &store.world;
    let mut prices: Vec<Decimal> = Vec::new();
    let (mut pieces, mut value) = (0_u64, 0_i64);
    for product in &world.products {
        pieces += product.stock();
        value += i64::try_from(product.stock()).unwrap_or(0) * product.cost.cents().0;
        prices.extend(
            product
                .variants
                .iter()
                .map(|variant| product.price_of(variant)),
        );
    }
    let sum: i64 = prices.iter().map(|price| price.cents().0).sum();
    let count = i64::try_from(prices.len()).unwrap_or(0).max(1);
    let category = world.categories.first();
    let dates = world.products.iter().map(|product| product.created);
    Ok(done(&json!({
        "inventory_count": pieces,
        "inventory_value": Decimal::from_hundredths(value),
        "primary_category_id": category.map_or(0, |category| category.id),
        "primary_category_name": category.map_or("", |category| &*category.name),
        "variant_count": prices.len(),
        "highest_variant_price": prices.iter().max().copied().unwrap_or_default(),
        "average_variant_price": Decimal::from_hundredths(sum / count),
        // A string on the wire.
        "lowest_variant_price": prices.iter().min().copied().unwrap_or_default().four_decimals(),
        "oldest_variant_date": dates.clone().min().map(Iso::Offset),
        "newest_variant_date": dates.max().map(Iso::Offset),
    })))
}
