//! Metafields, whoever owns them.

use super::{Defect, LISTED_ELSEWHERE, REFUSAL, answer, in_full, request};

pub(super) const DEFECTS: &[Defect] = &[
    request(
        "No supported content types, but request included a non-empty body",
        &[("DELETE /v3/customers/metafields", "")],
        "the ids go in the body, which is not listed; the same operation of every other owner lists it",
    ),
    request(
        "must have required property 'id'",
        &[(
            "PUT /v3/customers/{customerId}/metafields/{metafieldId}",
            "body",
        )],
        "the id is in the path; no other owner's metafields want it twice",
    ),
    request(
        "must be string",
        &[("PUT /v3/inventory/locations/metafields", "body.*.id")],
        "ids of metafields are numbers, in every answer of the same file too",
    ),
    answer(
        422,
        "must be array",
        &[
            ("DELETE /v3/catalog/brands/metafields", "body.errors"),
            ("DELETE /v3/catalog/categories/metafields", "body.errors"),
            ("DELETE /v3/catalog/products/metafields", "body.errors"),
            ("DELETE /v3/catalog/variants/metafields", "body.errors"),
            ("DELETE /v3/channels/metafields", "body.errors"),
            ("DELETE /v3/customers/metafields", "body.errors"),
            ("DELETE /v3/inventory/locations/metafields", "body.errors"),
            ("DELETE /v3/orders/metafields", "body.errors"),
            ("POST /v3/catalog/brands/metafields", "body.errors"),
            ("POST /v3/catalog/categories/metafields", "body.errors"),
            ("POST /v3/catalog/products/metafields", "body.errors"),
            ("POST /v3/catalog/variants/metafields", "body.errors"),
            ("POST /v3/customers/metafields", "body.errors"),
            ("POST /v3/inventory/locations/metafields", "body.errors"),
            ("POST /v3/orders/metafields", "body.errors"),
        ],
        REFUSAL,
    ),
    answer(
        404,
        "must be array",
        &[
            (
                "DELETE /v3/orders/{order_id}/metafields/{metafield_id}",
                "body.errors",
            ),
            (
                "GET /v3/orders/{order_id}/metafields/{metafield_id}",
                "body.errors",
            ),
            (
                "PUT /v3/orders/{order_id}/metafields/{metafield_id}",
                "body.errors",
            ),
        ],
        REFUSAL,
    ),
    answer(
        422,
        "must be object",
        &[("PUT /v3/catalog/brands/metafields", "body.errors")],
        LISTED_ELSEWHERE,
    ),
    in_full(answer(
        422,
        "must be array",
        &[
            ("PUT /v3/catalog/categories/metafields", "body.errors"),
            ("PUT /v3/catalog/products/metafields", "body.errors"),
            ("PUT /v3/catalog/variants/metafields", "body.errors"),
            ("PUT /v3/channels/metafields", "body.errors"),
            ("PUT /v3/customers/metafields", "body.errors"),
            ("PUT /v3/inventory/locations/metafields", "body.errors"),
            ("PUT /v3/orders/metafields", "body.errors"),
        ],
        REFUSAL,
    )),
    in_full(answer(
        422,
        "must be object",
        &[("POST /v3/channels/metafields", "body.errors")],
        LISTED_ELSEWHERE,
    )),
    answer(
        200,
        "must NOT have fewer than 1 characters",
        &[
            (
                "GET /v3/catalog/products/{product_id}/variants/{variant_id}/metafields/{metafield_id}",
                "body.data.description",
            ),
            (
                "GET /v3/catalog/products/{product_id}/variants/{variant_id}/metafields",
                "body.data.*.description",
            ),
            (
                "POST /v3/catalog/products/{product_id}/variants/{variant_id}/metafields",
                "body.data.description",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/variants/{variant_id}/metafields/{metafield_id}",
                "body.data.description",
            ),
        ],
        "a metafield without a description has an empty one, in its own examples too",
    ),
    answer(
        200,
        "must be array",
        &[
            ("POST /v3/customers/{customerId}/metafields", "body.data"),
            (
                "PUT /v3/customers/{customerId}/metafields/{metafieldId}",
                "body.data",
            ),
        ],
        "what is made or changed comes back by itself, as with all other owners",
    ),
    in_full(answer(
        200,
        "must be string",
        &[
            (
                "GET /v3/catalog/brands/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/catalog/brands/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/catalog/categories/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/catalog/categories/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/catalog/products/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/catalog/products/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/catalog/variants/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/catalog/variants/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/channels/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/channels/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/customers/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/customers/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/inventory/locations/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/inventory/locations/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/orders/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/orders/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
            (
                "GET /v3/orders/{order_id}/metafields",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/orders/{order_id}/metafields",
                "body.meta.cursor_pagination.start_cursor",
            ),
        ],
        "an empty page has no first and no last, and so null for both",
    )),
];
