//! Currencies, tax classes and payment methods.
//!
//! Source: BigCommerce REST reference, "Currencies V2", "Tax classes V2" and "Payment methods V2".

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{invalid, object, page_of, touched};
use crate::dates::{Iso, Rfc2822, whole_seconds};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::state::Store;

/// What a new currency cannot do without.
const REQUIRED: &[&str] = &[
    "currency_code",
    "currency_exchange_rate",
    "token_location",
    "token",
    "decimal_token",
    "thousands_token",
    "decimal_places",
    "name",
];

pub(crate) fn currencies(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    page_of(&call.query, &store.settings.currencies)
}

pub(crate) fn currency(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let at = place_of(store, call)?;
    Ok(Response::json(200, &store.settings.currencies[at]))
}

pub(crate) fn post_currency(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let fields = object(call)?;
    if let Some(missing) = REQUIRED.iter().find(|name| !fields.contains_key(**name)) {
        let message = format!("The required field '{missing}' was not supplied.");
        return Err(Box::new(refusals::v2(400, &message)));
    }
    check(&fields)?;
    let known = &store.settings.currencies;
    let code = fields["currency_code"].as_str().unwrap_or("");
    if known.iter().any(|known| known["currency_code"] == code) {
        return Err(Box::new(refusals::v2(409, "The currency already exists.")));
    }
    let id = known.iter().filter_map(|known| known["id"].as_u64()).max();
    let mut currency = crate::state::settings::object(json!({
        "id": id.unwrap_or(0) + 1,
        "is_default": false,
        "country_iso2": "",
        "default_for_country_codes": [],
        "auto_update": false,
        "enabled": false,
        "is_transactional": false,
        "use_default_name": false,
    }));
    currency.extend(fields);
    Ok(touched(keep(store, currency, call.now)))
}

pub(crate) fn put_currency(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let at = place_of(store, call)?;
    let fields = object(call)?;
    check(&fields)?;
    if fields.contains_key("currency_code") {
        return Err(Box::new(refusals::v2_read_only("currency_code")));
    }
    // Another one can become the default; this one cannot stop being it.
    if fields.get("is_default") == Some(&Value::Bool(false)) {
        return Err(invalid("is_default"));
    }
    let mut currency = store.settings.currencies[at].clone();
    currency.extend(fields);
    Ok(touched(keep(store, currency, call.now)))
}

/// The one the store counts in stays.
pub(crate) fn delete_currency(
    store: &mut Store,
    call: &Call<'_>,
) -> Result<Response, Box<Response>> {
    let at = place_of(store, call)?;
    if store.settings.currencies[at]["is_default"] == true {
        let message = "The default currency cannot be deleted.";
        return Err(Box::new(refusals::v2(403, message)));
    }
    store.settings.currencies.remove(at);
    Ok(touched(Response::empty(204)))
}

fn keep(store: &mut Store, mut currency: Map<String, Value>, now: Timestamp) -> Response {
    currency.insert(
        "last_updated".to_owned(),
        json!(Rfc2822(whole_seconds(now))),
    );
    let answer = Response::json(200, &currency);
    let all = &mut store.settings.currencies;
    if currency["is_default"] == true {
        for other in all.iter_mut() {
            other.insert("is_default".to_owned(), false.into());
        }
    }
    match all.iter_mut().find(|known| known["id"] == currency["id"]) {
        Some(known) => *known = currency,
        None => all.push(currency),
    }
    answer
}

fn check(fields: &Map<String, Value>) -> Result<(), Box<Response>> {
    for (name, value) in fields {
        let fits = match name.as_str() {
            "is_default" | "auto_update" | "enabled" | "is_transactional" => value.is_boolean(),
            "currency_code" => value.as_str().is_some_and(|code| code.len() == 3),
            "currency_exchange_rate" => {
                let spelled = match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                crate::decimal::Decimal::parse(&spelled).is_some()
            }
            "decimal_places" => value.as_u64().is_some_and(|places| places <= 8),
            "token_location" => matches!(value.as_str(), Some("left" | "right")),
            "country_iso2" | "token" | "decimal_token" | "thousands_token" | "name" => {
                value.is_string()
            }
            "id" | "last_updated" => return Err(Box::new(refusals::v2_read_only(name))),
            unknown => return Err(Box::new(refusals::v2_unsupported(unknown))),
        };
        if !fits {
            return Err(invalid(name));
        }
    }
    Ok(())
}

fn place_of(store: &Store, call: &Call<'_>) -> Result<usize, Box<Response>> {
    let id: Option<u64> = call.ids.first().and_then(|id| id.parse().ok());
    let mut currencies = store.settings.currencies.iter();
    currencies
        .position(|currency| currency["id"].as_u64() == id)
        .ok_or_else(|| Box::new(refusals::v2_not_found()))
}

/// Their ids are strings on the wire, and their dates are not those of the rest of v2.
fn every_class(store: &Store) -> Vec<Value> {
    [
        ("0", "Default Tax Class"),
        ("1", "Non-Taxable Products"),
        ("2", "Shipping"),
        ("3", "Gift Wrapping"),
    ]
    .iter()
    .map(|(id, name)| {
        json!({
            "id": id,
            "name": name,
            "created_at": Iso::Offset(store.identity.opened),
            "updated_at": Iso::Offset(store.identity.opened),
        })
    })
    .collect()
}

pub(crate) fn tax_classes(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    page_of(&call.query, &every_class(store))
}

pub(crate) fn tax_class(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = call.ids.first().copied().unwrap_or("");
    let mut classes = every_class(store).into_iter();
    match classes.find(|class| class["id"] == id) {
        Some(class) => Ok(Response::json(200, &class)),
        None => Err(Box::new(refusals::v2_not_found())),
    }
}

/// Code and name of the ways to pay.
pub(crate) const METHODS: &[(&str, &str)] = &[
    ("bigcommerce_payments", "Credit Card"),
    ("paypalcommerce", "PayPal"),
    ("bankdeposit", "Bank Deposit"),
    ("cheque", "Check"),
];

pub(crate) fn payment_methods(call: &Call<'_>) -> Result<Response, Box<Response>> {
    let all: Vec<Value> = METHODS
        .iter()
        .map(|(code, name)| json!({ "code": code, "name": name, "test_mode": false }))
        .collect();
    page_of(&call.query, &all)
}
