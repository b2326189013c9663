//! Products, categories, brands and what belongs to them.

use super::{
    Defect, JSON, NO_BODY, NO_TYPE, NO_TYPE_EITHER, NULL, PLAIN_TEXT, REFUSAL, REFUSED_IN_JSON,
    TREE_OR_PARENT, TWICE, answer, in_full, request,
};

pub(super) const DEFECTS: &[Defect] = &[
    request(
        "must have required property 'content-type'",
        &[
            (
                "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
                "",
            ),
            (
                "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
                "header",
            ),
        ],
        NO_BODY,
    ),
    request(
        "must have required property 'name'",
        &[("DELETE /v3/catalog/brands", "query")],
        "brands are named by `id:in`, as elsewhere in the catalogue; the filters are those of another operation",
    ),
    request(
        "must have required property 'parent_id'",
        &[("POST /v3/catalog/trees/categories", "body.*")],
        TREE_OR_PARENT,
    ),
    request(
        "must match a schema in anyOf",
        &[("POST /v3/catalog/trees/categories", "body.*")],
        TREE_OR_PARENT,
    ),
    answer(
        422,
        "must have required property 'errors'",
        &[
            ("GET /v3/catalog/trees/categories", "body.errors"),
            ("GET /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    ),
    answer(
        422,
        "must have required property 'status'",
        &[
            ("GET /v3/catalog/trees/categories", "body.errors"),
            ("GET /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    ),
    answer(
        422,
        "must have required property 'title'",
        &[
            ("GET /v3/catalog/trees/categories", "body.errors"),
            ("GET /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    ),
    answer(
        422,
        "must have required property 'type'",
        &[
            ("GET /v3/catalog/trees/categories", "body.errors"),
            ("GET /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    ),
    in_full(answer(
        422,
        "must have required property 'errors'",
        &[
            ("DELETE /v3/catalog/trees/categories", "body.errors"),
            ("DELETE /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    )),
    in_full(answer(
        422,
        "must have required property 'status'",
        &[
            ("DELETE /v3/catalog/trees/categories", "body.errors"),
            ("DELETE /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    )),
    in_full(answer(
        422,
        "must have required property 'title'",
        &[
            ("DELETE /v3/catalog/trees/categories", "body.errors"),
            ("DELETE /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    )),
    in_full(answer(
        422,
        "must have required property 'type'",
        &[
            ("DELETE /v3/catalog/trees/categories", "body.errors"),
            ("DELETE /v3/catalog/trees", "body.errors"),
        ],
        TWICE,
    )),
    in_full(answer(
        400,
        "must be array",
        &[
            ("DELETE /v3/catalog/trees/categories", "body.errors"),
            ("POST /v3/catalog/trees/categories", "body.errors"),
            ("PUT /v3/catalog/trees/categories", "body.errors"),
        ],
        REFUSAL,
    )),
    in_full(answer(
        400,
        "The received media type \"application/problem+json\" does not match the one specified in the current response: plain/text",
        &[("GET /v3/catalog/trees/categories", "")],
        NO_TYPE_EITHER,
    )),
    in_full(answer(
        400,
        "must be string",
        &[("GET /v3/catalog/trees/categories", "body")],
        NO_TYPE_EITHER,
    )),
    in_full(answer(
        401,
        "The received media type \"text/plain; charset=utf-8\" does not match the one specified in the current response: plain/text",
        &[
            ("DELETE /v3/catalog/brands", ""),
            ("DELETE /v3/catalog/trees/categories", ""),
            ("DELETE /v3/catalog/trees", ""),
            ("DELETE /v3/catalog/brands/{brand_id}", ""),
            (
                "DELETE /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
            ("GET /v3/catalog/brands/{brand_id}", ""),
            ("GET /v3/catalog/brands", ""),
            (
                "GET /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
            ("GET /v3/catalog/products/{product_id}/custom-fields", ""),
            ("GET /v3/catalog/trees/categories", ""),
            ("GET /v3/catalog/trees/{tree_id}/categories", ""),
            ("GET /v3/catalog/trees", ""),
            ("POST /v3/catalog/brands", ""),
            ("POST /v3/catalog/products/{product_id}/custom-fields", ""),
            ("POST /v3/catalog/trees/categories", ""),
            ("PUT /v3/catalog/brands/{brand_id}", ""),
            (
                "PUT /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
            ("PUT /v3/catalog/trees/categories", ""),
            ("PUT /v3/catalog/trees", ""),
        ],
        NO_TYPE,
    )),
    in_full(answer(
        415,
        "The received media type \"application/json\" does not match the one specified in the current response: text/html",
        &[
            ("POST /v3/catalog/products/{product_id}/custom-fields", ""),
            (
                "PUT /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
        ],
        REFUSED_IN_JSON,
    )),
    in_full(answer(
        415,
        "Response body must be string",
        &[
            (
                "POST /v3/catalog/products/{product_id}/custom-fields",
                "body",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "body",
            ),
        ],
        REFUSED_IN_JSON,
    )),
    answer(
        401,
        "The received media type \"application/json\" does not match the one specified in the current response: plain/text",
        &[
            ("DELETE /v3/catalog/brands", ""),
            ("DELETE /v3/catalog/trees/categories", ""),
            ("DELETE /v3/catalog/trees", ""),
        ],
        PLAIN_TEXT,
    ),
    answer(
        401,
        "must be string",
        &[
            ("DELETE /v3/catalog/brands", "body"),
            ("DELETE /v3/catalog/trees/categories", "body"),
            ("DELETE /v3/catalog/trees", "body"),
        ],
        JSON,
    ),
    in_full(answer(
        401,
        "The received media type \"application/json\" does not match the one specified in the current response: plain/text",
        &[
            ("DELETE /v3/catalog/brands/{brand_id}", ""),
            (
                "DELETE /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
            ("GET /v3/catalog/brands/{brand_id}", ""),
            ("GET /v3/catalog/brands", ""),
            (
                "GET /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
            ("GET /v3/catalog/products/{product_id}/custom-fields", ""),
            ("GET /v3/catalog/trees/categories", ""),
            ("GET /v3/catalog/trees/{tree_id}/categories", ""),
            ("GET /v3/catalog/trees", ""),
            ("POST /v3/catalog/brands", ""),
            ("POST /v3/catalog/products/{product_id}/custom-fields", ""),
            ("POST /v3/catalog/trees/categories", ""),
            ("PUT /v3/catalog/brands/{brand_id}", ""),
            (
                "PUT /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "",
            ),
            ("PUT /v3/catalog/trees/categories", ""),
            ("PUT /v3/catalog/trees", ""),
        ],
        PLAIN_TEXT,
    )),
    in_full(answer(
        401,
        "must be string",
        &[
            ("DELETE /v3/catalog/brands/{brand_id}", "body"),
            (
                "DELETE /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "body",
            ),
            ("GET /v3/catalog/brands/{brand_id}", "body"),
            ("GET /v3/catalog/brands", "body"),
            (
                "GET /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "body",
            ),
            (
                "GET /v3/catalog/products/{product_id}/custom-fields",
                "body",
            ),
            ("GET /v3/catalog/trees/categories", "body"),
            ("GET /v3/catalog/trees/{tree_id}/categories", "body"),
            ("GET /v3/catalog/trees", "body"),
            ("POST /v3/catalog/brands", "body"),
            (
                "POST /v3/catalog/products/{product_id}/custom-fields",
                "body",
            ),
            ("POST /v3/catalog/trees/categories", "body"),
            ("PUT /v3/catalog/brands/{brand_id}", "body"),
            (
                "PUT /v3/catalog/products/{product_id}/custom-fields/{custom_field_id}",
                "body",
            ),
            ("PUT /v3/catalog/trees/categories", "body"),
            ("PUT /v3/catalog/trees", "body"),
        ],
        JSON,
    )),
    in_full(answer(
        207,
        "must be array",
        &[("POST /v3/catalog/products", "body.data")],
        "one product is made, and answered as one in the 200 of the same operation; the list is that of the batch",
    )),
    answer(
        200,
        "must be object",
        &[(
            "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
            "body.data",
        )],
        "a list is answered, as its own example shows",
    ),
    answer(
        200,
        "must be object",
        &[
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.config",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers",
                "body.data.*.config",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.config",
            ),
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.modifiers.*.config",
            ),
            ("GET /v3/catalog/products", "body.data.*.modifiers.*.config"),
        ],
        "without settings it is an empty list, as its own examples show",
    ),
    answer(
        200,
        "must be object",
        &[
            (
                "GET /v3/catalog/products/{product_id}/options/{option_id}",
                "body.data.config",
            ),
            (
                "GET /v3/catalog/products/{product_id}/options",
                "body.data.*.config",
            ),
            (
                "POST /v3/catalog/products/{product_id}/options",
                "body.data.config",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/options/{option_id}",
                "body.data.config",
            ),
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.options.*.config",
            ),
            ("GET /v3/catalog/products", "body.data.*.options.*.config"),
        ],
        "without settings it is an empty list, as the examples of modifiers show",
    ),
    answer(
        200,
        "must be object",
        &[
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values/{value_id}",
                "body.data.adjusters.price",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values/{value_id}",
                "body.data.adjusters.weight",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values",
                "body.data.*.adjusters.price",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values",
                "body.data.*.adjusters.weight",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.option_values.*.adjusters.price",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.option_values.*.adjusters.weight",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers",
                "body.data.*.option_values.*.adjusters.price",
            ),
            (
                "GET /v3/catalog/products/{product_id}/modifiers",
                "body.data.*.option_values.*.adjusters.weight",
            ),
            (
                "POST /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values",
                "body.data.adjusters.price",
            ),
            (
                "POST /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values",
                "body.data.adjusters.weight",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values/{value_id}",
                "body.data.adjusters.price",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values/{value_id}",
                "body.data.adjusters.weight",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.option_values.*.adjusters.price",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.option_values.*.adjusters.weight",
            ),
            (
                "POST /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values",
                "body.data.value_data",
            ),
            (
                "POST /v3/catalog/products/{product_id}/options",
                "body.data.option_values.*.value_data",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}/values/{value_id}",
                "body.data.value_data",
            ),
            (
                "PUT /v3/catalog/products/{product_id}/modifiers/{modifier_id}",
                "body.data.option_values.*.value_data",
            ),
            ("POST /v3/catalog/products", "body.data.primary_image"),
            ("GET /v3/catalog/products", "body.data.*.primary_image"),
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.modifiers.*.option_values.*.adjusters.price",
            ),
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.modifiers.*.option_values.*.adjusters.weight",
            ),
            (
                "GET /v3/catalog/products",
                "body.data.*.modifiers.*.option_values.*.adjusters.price",
            ),
            (
                "GET /v3/catalog/products",
                "body.data.*.modifiers.*.option_values.*.adjusters.weight",
            ),
        ],
        NULL,
    ),
    in_full(answer(
        200,
        "must be object",
        &[(
            "GET /v3/catalog/products/{product_id}",
            "body.data.primary_image",
        )],
        NULL,
    )),
    answer(
        200,
        "must be integer",
        &[
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.base_variant_id",
            ),
            (
                "PUT /v3/catalog/products/{product_id}",
                "body.data.base_variant_id",
            ),
            ("PUT /v3/catalog/products", "body.data.*.base_variant_id"),
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.option_set_id",
            ),
            ("POST /v3/catalog/products", "body.data.option_set_id"),
            (
                "PUT /v3/catalog/products/{product_id}",
                "body.data.option_set_id",
            ),
            ("PUT /v3/catalog/products", "body.data.*.option_set_id"),
            ("GET /v3/catalog/products", "body.data.*.base_variant_id"),
            ("GET /v3/catalog/products", "body.data.*.option_set_id"),
        ],
        NULL,
    ),
    answer(
        200,
        "must be string",
        &[
            (
                "GET /v3/catalog/products/{product_id}",
                "body.data.date_last_imported",
            ),
            ("POST /v3/catalog/products", "body.data.date_last_imported"),
            (
                "PUT /v3/catalog/products/{product_id}",
                "body.data.date_last_imported",
            ),
            ("PUT /v3/catalog/products", "body.data.*.date_last_imported"),
            ("GET /v3/catalog/products", "body.data.*.date_last_imported"),
        ],
        NULL,
    ),
    in_full(answer(
        207,
        "must be integer",
        &[
            (
                "PUT /v3/catalog/products/{product_id}",
                "body.data.base_variant_id",
            ),
            (
                "PUT /v3/catalog/products/{product_id}",
                "body.data.option_set_id",
            ),
        ],
        NULL,
    )),
    in_full(answer(200, "must be string", &[], NULL)),
    in_full(answer(
        207,
        "must be string",
        &[(
            "PUT /v3/catalog/products/{product_id}",
            "body.data.date_last_imported",
        )],
        NULL,
    )),
];
