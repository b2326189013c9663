//! One channel and one location: enough for a shop with one storefront and one back room.

use serde_json::json;

use super::{Page, listing, only_known};
use crate::dates::Iso;
use crate::gate::Call;
use crate::http::Response;
use crate::state::Store;

/// Source: BigCommerce REST reference, "Channels".
pub(crate) fn channels(store: &Store, call: &Call<'_>) -> Response {
    const KNOWN: &[&str] = &[
        "page",
        "limit",
        "available",
        "status:in",
        "type:in",
        "platform:in",
        "date_created",
        "date_modified",
        "include",
    ];
    let channel = json!({
        "id": 1,
        "name": "BigCommerce",
        "type": "storefront",
        "platform": "bigcommerce",
        "status": "active",
        "external_id": "",
        "icon_url": "",
        "is_listable_from_ui": true,
        "is_visible": true,
        "is_enabled": true,
        "date_created": Iso::Zulu(store.identity.opened),
        "date_modified": Iso::Zulu(store.identity.opened),
    });
    one_thing(call, KNOWN, channel)
}

/// Source: BigCommerce REST reference, "Inventory locations".
pub(crate) fn locations(store: &Store, call: &Call<'_>) -> Response {
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
    let location = json!({
        "id": 1,
        "code": "BC-LOCATION-1",
        "label": "Default location",
        "description": "",
        "managed_by_external_source": false,
        "type_id": "PHYSICAL",
        "enabled": true,
        "operating_hours": {},
        "time_zone": "America/Los_Angeles",
        "created_at": Iso::Zulu(store.identity.opened),
        "updated_at": Iso::Zulu(store.identity.opened),
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
    });
    one_thing(call, KNOWN, location)
}

fn one_thing(call: &Call<'_>, known: &[&str], thing: serde_json::Value) -> Response {
    let page = only_known(&call.query, known).and_then(|()| Page::read(&call.query));
    match page {
        Ok(page) => {
            let all = [thing];
            let data = page.slice(&all);
            let pagination = page.meta(all.len(), data.len(), true);
            listing(data, json!({ "pagination": pagination }))
        }
        Err(refused) => *refused,
    }
}
