//! Orders, their payments and refunds.

use super::{Defect, EMPTY, NO_BODY, NULL, PAGE, UNPAID, answer, in_full, request};

pub(super) const DEFECTS: &[Defect] = &[
    request(
        "must have required property 'content-type'",
        &[
            ("GET /v2/orders/{order_id}/products", ""),
            ("GET /v2/orders/{order_id}/products", "header"),
            (
                "POST /v3/orders/{order_id}/payment_actions/capture",
                "header",
            ),
            ("POST /v3/orders/{order_id}/payment_actions/void", "header"),
        ],
        NO_BODY,
    ),
    request(
        "must be equal to one of the allowed values: id, customer_id, date_created, date_modified, status_id, channel_id, external_id",
        &[("GET /v2/orders", "sort")],
        "a direction goes behind the field, `id:asc`; only the fields are listed, the text beside them says both",
    ),
    in_full(answer(
        401,
        "The received media type \"text/plain; charset=utf-8\" does not match the one specified in the current response: application/json",
        &[("GET /v3/payments/methods", "")],
        PAGE,
    )),
    in_full(answer(
        401,
        "Response body must be object",
        &[("GET /v3/payments/methods", "body")],
        PAGE,
    )),
    in_full(answer(
        503,
        "must be object",
        &[
            ("GET /v3/orders/{order_id}/transactions", "body"),
            ("GET /v3/payments/methods", "body"),
            ("POST /v3/orders/{order_id}/payment_actions/capture", "body"),
            ("POST /v3/orders/{order_id}/payment_actions/refunds", "body"),
            ("POST /v3/orders/{order_id}/payment_actions/void", "body"),
        ],
        PAGE,
    )),
    in_full(answer(
        503,
        "The received media type \"text/html; charset=UTF-8\" does not match the one specified in the current response: application/json",
        &[
            ("GET /v3/orders/{order_id}/transactions", ""),
            ("GET /v3/payments/methods", ""),
            ("POST /v3/orders/{order_id}/payment_actions/capture", ""),
            ("POST /v3/orders/{order_id}/payment_actions/refunds", ""),
            ("POST /v3/orders/{order_id}/payment_actions/void", ""),
        ],
        PAGE,
    )),
    in_full(answer(
        429,
        "The received media type \"text/plain; charset=utf-8\" does not match the one specified in the current response: application/json",
        &[("GET /v3/payments/methods", "")],
        PAGE,
    )),
    in_full(answer(
        429,
        "must be object",
        &[("GET /v3/payments/methods", "body")],
        PAGE,
    )),
    in_full(answer(
        502,
        "The received media type \"text/html; charset=UTF-8\" does not match the one specified in the current response: application/json",
        &[
            ("GET /v3/payments/methods", ""),
            ("POST /v3/orders/{order_id}/payment_actions/capture", ""),
            ("POST /v3/orders/{order_id}/payment_actions/void", ""),
        ],
        PAGE,
    )),
    in_full(answer(
        502,
        "must be object",
        &[
            ("GET /v3/payments/methods", "body"),
            ("POST /v3/orders/{order_id}/payment_actions/capture", "body"),
            ("POST /v3/orders/{order_id}/payment_actions/void", "body"),
        ],
        PAGE,
    )),
    answer(
        204,
        "defined in the document: 200",
        &[
            ("GET /v2/orders/{order_id}/coupons", ""),
            ("GET /v2/orders/{order_id}/messages", ""),
            (
                "GET /v2/orders/{order_id}/shipping_addresses/{shipping_address_id}/shipping_quotes",
                "",
            ),
        ],
        EMPTY,
    ),
    answer(
        204,
        "defined in the document: 200,404",
        &[
            (
                "GET /v2/orders/{order_id}/consignments/shipping/{shipping_consignment_id}/shipping_quotes",
                "",
            ),
            ("GET /v2/orders/{order_id}/fees", ""),
        ],
        EMPTY,
    ),
    answer(
        201,
        "defined in the document: 200",
        &[("POST /v2/orders", "")],
        "an order is made with 201, as recorded",
    ),
    in_full(answer(
        204,
        "defined in the document: 200",
        &[
            ("GET /v2/orders/{order_id}/taxes", ""),
            ("GET /v2/orders", ""),
        ],
        EMPTY,
    )),
    in_full(answer(
        204,
        "The received media type \"\" does not match the one specified in the current response: application/json",
        &[("GET /v3/orders/{order_id}/transactions", "")],
        UNPAID,
    )),
    in_full(answer(
        204,
        "must be object",
        &[("GET /v3/orders/{order_id}/transactions", "body")],
        UNPAID,
    )),
    answer(
        200,
        "must NOT have additional properties; found 'fulfillment_source'",
        &[
            ("GET /v2/orders/{order_id}/products/{product_id}", "body"),
            ("GET /v2/orders/{order_id}/products", "body.*"),
        ],
        "a line has one more field, as recorded, and fields are added without notice",
    ),
    answer(
        200,
        "must be string,null",
        &[(
            "GET /v3/orders/payment_actions/refunds/{refund_id}",
            "body.data.items.*.requested_amount",
        )],
        "money of v3 is a number, in the list of the same refunds too",
    ),
    answer(
        200,
        "must be integer",
        &[(
            "GET /v3/orders/{order_id}/transactions",
            "body.data.*.reference_transaction_id",
        )],
        NULL,
    ),
    answer(
        200,
        "must be string",
        &[(
            "GET /v3/orders/payment_actions/refunds",
            "body.data.*.payments.*.transaction_id",
        )],
        NULL,
    ),
    in_full(answer(
        200,
        "must be object",
        &[("GET /v2/orders/{order_id}/fees", "body")],
        "what is described is one fee, and an order may have several, as its own example shows",
    )),
    in_full(answer(
        200,
        "must be integer",
        &[("GET /v2/orders/{order_id}/messages", "body.*.staff_id")],
        NULL,
    )),
    answer(
        200,
        "must be string",
        &[
            ("GET /v2/orders", "body.*.cart_id"),
            ("GET /v2/orders", "body.*.customer_message"),
            ("GET /v2/orders", "body.*.staff_notes"),
            ("GET /v2/orders", "body.*.payment_provider_id"),
        ],
        NULL,
    ),
    answer(
        200,
        "must be number",
        &[("GET /v2/orders", "body.*.payment_provider_id")],
        NULL,
    ),
    answer(
        200,
        "must match exactly one schema in oneOf",
        &[("GET /v2/orders", "body.*.payment_provider_id")],
        NULL,
    ),
    in_full(answer(
        200,
        "must be string",
        &[
            ("GET /v2/orders/{order_id}", "body.cart_id"),
            ("GET /v2/orders/{order_id}", "body.customer_message"),
            ("GET /v2/orders/{order_id}", "body.staff_notes"),
            ("GET /v2/orders/{order_id}", "body.payment_provider_id"),
            (
                "GET /v3/orders/{order_id}/payment_actions/refunds",
                "body.data.*.payments.*.transaction_id",
            ),
            ("PUT /v2/orders/{order_id}", "body.cart_id"),
            ("PUT /v2/orders/{order_id}", "body.customer_message"),
            ("PUT /v2/orders/{order_id}", "body.payment_provider_id"),
        ],
        NULL,
    )),
    in_full(answer(
        200,
        "must be number",
        &[
            ("GET /v2/orders/{order_id}", "body.payment_provider_id"),
            ("PUT /v2/orders/{order_id}", "body.payment_provider_id"),
        ],
        NULL,
    )),
    in_full(answer(
        200,
        "must match exactly one schema in oneOf",
        &[
            ("GET /v2/orders/{order_id}", "body.payment_provider_id"),
            ("PUT /v2/orders/{order_id}", "body.payment_provider_id"),
        ],
        NULL,
    )),
    in_full(answer(
        200,
        "must be object",
        &[(
            "GET /v3/orders/{order_id}/transactions",
            "body.data.*.credit_card",
        )],
        NULL,
    )),
    in_full(answer(
        201,
        "must be string",
        &[(
            "POST /v3/orders/{order_id}/payment_actions/refunds",
            "body.data.payments.*.transaction_id",
        )],
        NULL,
    )),
];
