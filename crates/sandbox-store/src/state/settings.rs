//! What the merchant has set about the store.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::dates::Iso;

/// By API name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) locale: Map<String, Value>,
    pub(crate) units: Map<String, Value>,
    /// Of stock: warning levels, safety stock, by variant.
    pub(crate) stock: std::collections::BTreeMap<u64, Map<String, Value>>,
    /// Whole, by API name, each with its `id`.
    pub(crate) currencies: Vec<Map<String, Value>>,
}

impl Settings {
    pub(crate) fn new() -> Self {
        Self {
            locale: object(json!({
                "default_shopper_language": "en",
                "shopper_language_selection_method": "default_shopper_language",
                "store_country": "United States",
            })),
            units: object(json!({
                "weight_measurement": "LBS",
                "length_measurement": "Inches",
                "decimal_token": ".",
                "thousands_token": ",",
                "decimal_places": 2,
                "factoring_dimension": "depth",
            })),
            stock: std::collections::BTreeMap::new(),
            currencies: vec![
                currency(1, "USD", "US Dollar", "$", ("US", 2), "1.0000000000"),
                currency(2, "CAD", "Canadian Dollar", "C$", ("CA", 2), "1.3825000000"),
                currency(3, "JPY", "Japanese Yen", "¥", ("JP", 0), "154.2000000000"),
            ],
        }
    }
}

fn currency(
    id: u64,
    code: &str,
    name: &str,
    token: &str,
    (country, places): (&str, u8),
    rate: &str,
) -> Map<String, Value> {
    object(json!({
        "id": id,
        "is_default": id == 1,
        "last_updated": "Mon, 16 Nov 2026 18:40:00 +0000",
        "country_iso2": country,
        "default_for_country_codes": [country],
        "currency_code": code,
        "currency_exchange_rate": rate,
        "name": name,
        "token": token,
        "auto_update": false,
        "token_location": "left",
        "decimal_token": ".",
        "thousands_token": ",",
        "decimal_places": places,
        "enabled": true,
        // Shoppers see the others, and pay in the first.
        "is_transactional": id == 1,
        "use_default_name": false,
    }))
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _other => Map::new(),
    }
}

/// A place that things are sent from.
pub(crate) fn location(opened: Timestamp) -> Value {
    json!({
        "id": 1,
        "code": "BC-LOCATION-1",
        "label": "Default location",
        "description": "",
        "managed_by_external_source": false,
        "type_id": "PHYSICAL",
        "enabled": true,
        "operating_hours": {},
        "time_zone": "America/Los_Angeles",
        "created_at": Iso::Zulu(opened),
        "updated_at": Iso::Zulu(opened),
        "address": {
            "address1": "100 Example Wharf",
            "address2": "",
            "city": "Bellingham",
            "state": "Washington",
            "zip": "98225",
            "email": "warehouse@example.com",
            "phone": "+1 360 555 0101",
            "country_code": "US",
            "geo_coordinates": { "latitude": 48.75, "longitude": -122.48 },
        },
        "storefront_visibility": true,
        "special_hours": [],
    })
}
