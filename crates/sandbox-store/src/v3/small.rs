//! One channel: enough for a shop with one storefront.

use serde_json::{Value, json};

use super::{Page, customers::Dates, done, listing, only_known};
use crate::dates::Iso;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::CHANNEL;
use crate::state::Store;

/// Source: BigCommerce REST reference, "Channels".
pub(crate) fn channels(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "page",
        "limit",
        "available",
        "status:in",
        "type:in",
        "platform:in",
        "date_created",
        "date_created:min",
        "date_created:max",
        "date_modified",
        "date_modified:min",
        "date_modified:max",
        "include",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let page = Page::read(query)?;
    let among = |name: &str, has: &str| {
        let text = query.get(name).filter(|text| !text.is_empty());
        text.is_none_or(|text| text.split(',').any(|word| word == has))
    };
    let opened = store.identity.opened;
    // One that is active is available.
    let fits = query.get("available") != Some("false")
        && among("status:in", "active")
        && among("type:in", "storefront")
        && among("platform:in", "bigcommerce")
        && Dates::read(query, "date_created")?.take(opened)
        && Dates::read(query, "date_modified")?.take(opened);
    let all: Vec<Value> = fits.then(|| body(store, call)).into_iter().collect();
    let data = page.slice(&all);
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(data, json!({ "pagination": pagination })))
}

pub(crate) fn channel(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include"])?;
    if call.ids.first().and_then(|id| id.parse().ok()) == Some(CHANNEL) {
        return Ok(done(&body(store, call)));
    }
    Err(Box::new(refusals::v3_not_found(
        "The channel was not found",
    )))
}

fn body(store: &Store, call: &Call<'_>) -> Value {
    let mut channel = json!({
        "id": CHANNEL,
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
    if call.query.get("include") == Some("currencies") {
        let currencies = store.settings.currencies.iter();
        let codes: Vec<&Value> = currencies.map(|each| &each["currency_code"]).collect();
        channel["currencies"] = json!({
            "channel_id": CHANNEL,
            "enabled_currencies": codes,
            "default_currency": "USD",
        });
    }
    channel
}
