//! The store itself: channels, countries, money, stock and storefront tokens.

use super::{Defect, EMPTY, NO_BODY, NOTHING, V2_DATE, answer, request};

pub(super) const DEFECTS: &[Defect] = &[
    request(
        "must have required property 'content-type'",
        &[
            ("GET /v2/countries/{country_id}/states/{id}", "header"),
            ("GET /v2/countries/{country_id}/states", ""),
            ("GET /v2/countries/{country_id}/states", "header"),
            ("GET /v2/countries/{id}", "header"),
            ("GET /v2/countries", ""),
            ("GET /v2/countries", "header"),
        ],
        NO_BODY,
    ),
    answer(
        204,
        "defined in the document: 200",
        &[("GET /v2/countries/{country_id}/states", "")],
        EMPTY,
    ),
    answer(
        204,
        "The received media type \"\" does not match the one specified in the current response: application/json",
        &[("DELETE /v2/currencies/{id}", "")],
        NOTHING,
    ),
    answer(
        204,
        "must be object",
        &[("DELETE /v2/currencies/{id}", "body")],
        NOTHING,
    ),
    answer(
        200,
        "must be >= 1",
        &[("GET /v2/countries/{country_id}/states/count", "body.count")],
        "most countries have no states, and none counts as 0",
    ),
    answer(
        200,
        "must match format \"date-time\"",
        &[
            ("GET /v2/currencies/{id}", "body.last_updated"),
            ("GET /v2/currencies", "body.*.last_updated"),
            ("POST /v2/currencies", "body.last_updated"),
            ("PUT /v2/currencies/{id}", "body.last_updated"),
        ],
        V2_DATE,
    ),
    answer(
        200,
        "must match format \"url\"",
        &[
            ("GET /v3/channels/{channel_id}", "body.data.icon_url"),
            ("GET /v3/channels", "body.data.*.icon_url"),
        ],
        "a channel without a picture has an empty address",
    ),
];
