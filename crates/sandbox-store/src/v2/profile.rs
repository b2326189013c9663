//! The store itself, and its clock.
//!
//! Source: BigCommerce REST reference, "Store information V2".

use serde_json::json;

use crate::gate::Call;
use crate::http::Response;
use crate::state::Store;

/// Whole seconds since 1970.
pub(crate) fn time(call: &Call<'_>) -> Response {
    Response::json(200, &json!({ "time": call.now.as_second() }))
}

pub(crate) fn store(store: &Store) -> Response {
    let hash = &store.identity.hash;
    let plan = store.identity.plan.name();
    let body = json!({
        "id": hash,
        "account_uuid": format!("00000000-0000-4000-8000-{:012x}", store.seed()),
        "domain": format!("store-{hash}.example.com"),
        "secure_url": format!("https://store-{hash}.example.com"),
        "control_panel_base_url": format!("https://store-{hash}.mybigcommerce.com"),
        "status": "live",
        "name": "Northfold Supply",
        "first_name": "Sample",
        "last_name": "Owner",
        "address": "100 Example Wharf\nBellingham, Washington 98225",
        "country": "United States",
        "country_code": "US",
        "infrastructure_region": "us-central1",
        "phone": "+1 360 555 0100",
        "admin_email": "owner@example.com",
        "order_email": "orders@example.com",
        "favicon_url": "",
        "timezone": {
            "name": "America/Los_Angeles",
            "raw_offset": -28_800,
            "dst_offset": -25_200,
            "dst_correction": true,
            "date_format": {
                "display": "M jS Y",
                "export": "M jS Y",
                "extended_display": "M jS Y @ g:i A",
            },
        },
        "language": "en",
        "currency": "USD",
        "currency_symbol": "$",
        "decimal_separator": ".",
        "thousands_separator": ",",
        "decimal_places": 2,
        "currency_symbol_location": "left",
        "weight_units": "LBS",
        "dimension_units": "Inches",
        "dimension_decimal_places": 2,
        "dimension_decimal_token": ".",
        "dimension_thousands_token": ",",
        "plan_name": plan,
        "plan_level": plan,
        "plan_is_trial": false,
        "industry": "Sporting goods and outdoors",
        // A store without a logo sends an empty list here, not null. Source: REST reference.
        "logo": [],
        "is_price_entered_with_tax": false,
        "store_id": 1_001_000_000_u64 + store.seed() % 1_000_000,
        "default_channel_id": 1,
        "default_site_id": 1000,
        "active_comparison_modules": [],
        "features": {
            "stencil_enabled": true,
            "sitewidehttps_enabled": true,
            "facebook_catalog_id": "",
            "checkout_type": "optimized",
            "wishlists_enabled": true,
            "graphql_storefront_api_enabled": true,
            "shopper_consent_tracking_enabled": false,
            "multi_storefront_enabled": false,
            "storefront_limits": { "active": 1, "total_including_inactive": 2 },
        },
    });
    Response::json(200, &body)
}
