//! Where the specification is wrong about BigCommerce, and nothing else: the only excuse there is.
//!
//! Each excuse names the very operations, places, status and words it is for. One that nobody needs is reported.

use std::fmt;

use crate::judge::{Finding, Half};

/// A defect of the specification.
pub(crate) struct Defect {
    half: Half,
    /// Of the answer; of a request 0.
    status: u16,
    /// What Prism's message ends with.
    message: &'static str,
    /// The operation, as the specification writes it, and the place in the request or answer; `*` is any place
    /// in a list.
    pub(crate) at: &'static [(&'static str, &'static str)],
    /// Why it is the specification that is wrong, and how that is known.
    pub(crate) reason: &'static str,
    /// Whether it is met only where everything is tried.
    pub(crate) only_in_full: bool,
}

impl Defect {
    /// Which of its places a finding is about, if it is the cause.
    pub(crate) fn excuses(&self, finding: &Finding) -> Option<usize> {
        let status = match self.half {
            Half::Request => 0,
            Half::Answer => finding.status,
        };
        if self.half != finding.half
            || self.status != status
            || !finding.message.ends_with(self.message)
        {
            return None;
        }
        let about = (finding.operation.as_str(), finding.place.as_str());
        self.at.iter().position(|at| *at == about)
    }

    /// What is excused at one of its places.
    pub(crate) fn tell(&self, at: usize) -> String {
        let Self {
            status,
            message,
            reason,
            ..
        } = self;
        let (operation, place) = self.at[at];
        match self.half {
            Half::Request => format!("{operation}: request, {place}: {message} ({reason})"),
            Half::Answer => format!("{operation}: answer {status}, {place}: {message} ({reason})"),
        }
    }
}

/// Something wrong with what the specification wants of a request.
const fn request(
    message: &'static str,
    at: &'static [(&'static str, &'static str)],
    reason: &'static str,
) -> Defect {
    Defect {
        half: Half::Request,
        status: 0,
        message,
        at,
        reason,
        only_in_full: false,
    }
}

/// Something wrong with what the specification wants of an answer.
const fn answer(
    status: u16,
    message: &'static str,
    at: &'static [(&'static str, &'static str)],
    reason: &'static str,
) -> Defect {
    Defect {
        half: Half::Answer,
        status,
        ..request(message, at, reason)
    }
}

/// One that only shows where everything is tried.
const fn in_full(defect: Defect) -> Defect {
    Defect {
        only_in_full: true,
        ..defect
    }
}

/// A property that the specification says has exactly one of several forms, where the forms are no
/// alternatives: what is right fits several of them. It is judged as any of them instead.
pub(crate) struct Overlap {
    pub(crate) operation: &'static str,
    pub(crate) property: &'static str,
    reason: &'static str,
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            property,
            reason,
        } = self;
        write!(f, "{operation}, `{property}`: {reason}")
    }
}

const fn overlap(operation: &'static str, property: &'static str, reason: &'static str) -> Overlap {
    Overlap {
        operation,
        property,
        reason,
    }
}

const WHOLE_OR_LINK: &str = "a link is an object, and the whole consignments are one too, without a field that either needs";
const IMAGE: &str = "its forms differ by fields that none of them needs";
const RULES: &str = "its forms differ by fields that none of them needs";

/// All of them; one that the specification does not have stops the judge.
pub(crate) const OVERLAPS: &[Overlap] = &[
    overlap("GET /v2/orders", "consignments", WHOLE_OR_LINK),
    overlap("GET /v2/orders/{order_id}", "consignments", WHOLE_OR_LINK),
    overlap("PUT /v2/orders/{order_id}", "consignments", WHOLE_OR_LINK),
    overlap(
        "POST /v3/catalog/products/{product_id}/images",
        "data",
        IMAGE,
    ),
    overlap(
        "PUT /v3/catalog/products/{product_id}/images/{image_id}",
        "data",
        IMAGE,
    ),
    overlap("GET /v2/customer_groups", "discount_rules", RULES),
    overlap("POST /v2/customer_groups", "discount_rules", RULES),
    overlap(
        "GET /v2/customer_groups/{customer_group_id}",
        "discount_rules",
        RULES,
    ),
    overlap(
        "PUT /v2/customer_groups/{customer_group_id}",
        "discount_rules",
        RULES,
    ),
    overlap(
        "PUT /v3/inventory/locations/{location_id}/items",
        "identity",
        "each form needs none of its fields, so that every object fits all of them",
    ),
];

const NO_BODY: &str = "the type of a body is demanded where there is no body";
const EMPTY: &str = "an empty list of v2 is a 204 without a body, which is listed nowhere";
const NULL: &str =
    "what has no value is null on the wire; hardly any field is marked as one that can be";
const PAGE: &str = "where the layer in front of the API answers, it is with a page or a word, whatever the operation lists";
const REFUSAL: &str = "the wire puts what is wrong into an object, by the name of the field";
const V2_DATE: &str = "dates of v2 are written as in e-mails, in its own examples too";
const TREE_OR_PARENT: &str =
    "a tree or a parent is enough, as the text beside it says; both are demanded";
const LISTED_ELSEWHERE: &str = "the same refusal is a list with all other owners of metafields";
const TWICE: &str = "the whole refusal is described once more inside of its own `errors`";
const PLAIN_TEXT: &str =
    "a wrong token is refused in JSON, as measured; `plain/text` is no type at all";
const JSON: &str = "a wrong token is refused in JSON, as measured";
const NOTHING: &str = "a 204 has no body, and an object is demanded of it";
const UNPAID: &str = "an order without payments is a 204, which has no body: it is listed, and a body demanded of it";

/// All of them. What nobody needs has to go: the command says so.
pub(crate) const DEFECTS: &[Defect] = &[
    // ── Requests ──
    request(
        "must have required property 'content-type'",
        &[
            ("GET /v2/countries/{country_id}/states/{id}", "header"),
            ("GET /v2/countries/{country_id}/states", ""),
            ("GET /v2/countries/{country_id}/states", "header"),
            ("GET /v2/countries/{id}", "header"),
            ("GET /v2/countries", ""),
            ("GET /v2/countries", "header"),
            ("GET /v2/orders/{order_id}/products", ""),
            ("GET /v2/orders/{order_id}/products", "header"),
            (
                "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
                "",
            ),
            (
                "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
                "header",
            ),
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
    request(
        "must have required property 'name'",
        &[("DELETE /v3/catalog/brands", "query")],
        "brands are named by `id:in`, as elsewhere in the catalogue; the filters are those of another operation",
    ),
    request(
        "No supported content types, but request included a non-empty body",
        &[("DELETE /v3/customers/metafields", "")],
        "the ids go in the body, which is not listed; the same operation of every other owner lists it",
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
    // ── Answers: refusals ──
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
    // ── Answers: nothing, and parts ──
    answer(
        204,
        "defined in the document: 200",
        &[
            ("GET /v2/countries/{country_id}/states", ""),
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
            ("GET /v2/customers", ""),
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
    in_full(answer(
        207,
        "must be array",
        &[("POST /v3/catalog/products", "body.data")],
        "one product is made, and answered as one in the 200 of the same operation; the list is that of the batch",
    )),
    // ── Answers: forms ──
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
        "must NOT have additional properties; found 'fulfillment_source'",
        &[
            ("GET /v2/orders/{order_id}/products/{product_id}", "body"),
            ("GET /v2/orders/{order_id}/products", "body.*"),
        ],
        "a line has one more field, as recorded, and fields are added without notice",
    ),
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
        ],
        "without settings it is an empty list, as the examples of modifiers show",
    ),
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
        "must match format \"url\"",
        &[
            ("GET /v3/channels/{channel_id}", "body.data.icon_url"),
            ("GET /v3/channels", "body.data.*.icon_url"),
        ],
        "a channel without a picture has an empty address",
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
    answer(
        200,
        "must be string,null",
        &[(
            "GET /v3/orders/payment_actions/refunds/{refund_id}",
            "body.data.items.*.requested_amount",
        )],
        "money of v3 is a number, in the list of the same refunds too",
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
                "GET /v3/customers",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/customers",
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
    // ── Answers: nulls ──
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
        ],
        NULL,
    ),
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
            (
                "GET /v3/orders/{order_id}/transactions",
                "body.data.*.reference_transaction_id",
            ),
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
            (
                "GET /v3/orders/payment_actions/refunds",
                "body.data.*.payments.*.transaction_id",
            ),
        ],
        NULL,
    ),
    answer(
        200,
        "must be array",
        &[
            ("GET /v3/customers", "body.data.*.channel_ids"),
            ("POST /v3/customers", "body.data.*.channel_ids"),
            ("PUT /v3/customers", "body.data.*.channel_ids"),
        ],
        NULL,
    ),
    in_full(answer(
        200,
        "must be integer",
        &[
            ("GET /v3/catalog/products", "body.data.*.base_variant_id"),
            ("GET /v3/catalog/products", "body.data.*.option_set_id"),
            ("GET /v2/orders/{order_id}/messages", "body.*.staff_id"),
        ],
        NULL,
    )),
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
    in_full(answer(
        200,
        "must be string",
        &[
            ("GET /v3/catalog/products", "body.data.*.date_last_imported"),
            ("GET /v2/orders/{order_id}", "body.cart_id"),
            ("GET /v2/orders/{order_id}", "body.customer_message"),
            ("GET /v2/orders/{order_id}", "body.staff_notes"),
            ("GET /v2/orders/{order_id}", "body.payment_provider_id"),
            ("GET /v3/catalog/summary", "body.data.newest_variant_date"),
            ("GET /v3/catalog/summary", "body.data.oldest_variant_date"),
            ("GET /v2/orders", "body.*.cart_id"),
            ("GET /v2/orders", "body.*.customer_message"),
            ("GET /v2/orders", "body.*.staff_notes"),
            ("GET /v2/orders", "body.*.payment_provider_id"),
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
        207,
        "must be string",
        &[(
            "PUT /v3/catalog/products/{product_id}",
            "body.data.date_last_imported",
        )],
        NULL,
    )),
    in_full(answer(
        200,
        "must be number",
        &[
            ("GET /v2/orders/{order_id}", "body.payment_provider_id"),
            ("GET /v2/orders", "body.*.payment_provider_id"),
            ("PUT /v2/orders/{order_id}", "body.payment_provider_id"),
        ],
        NULL,
    )),
    in_full(answer(
        200,
        "must match exactly one schema in oneOf",
        &[
            ("GET /v2/orders/{order_id}", "body.payment_provider_id"),
            ("GET /v2/orders", "body.*.payment_provider_id"),
            ("PUT /v2/orders/{order_id}", "body.payment_provider_id"),
        ],
        NULL,
    )),
    in_full(answer(
        200,
        "must be object",
        &[
            ("GET /v2/orders/{order_id}/messages", "body.*.customer"),
            (
                "GET /v3/orders/{order_id}/transactions",
                "body.data.*.credit_card",
            ),
        ],
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

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(operation: &str, status: u16, place: &str, message: &str) -> Finding {
        Finding {
            operation: operation.to_owned(),
            half: Half::Answer,
            status,
            place: place.to_owned(),
            message: message.to_owned(),
        }
    }

    #[test]
    fn an_excuse_is_for_its_own_operation_place_status_and_words() {
        let defect = answer(
            200,
            "must be string",
            &[("GET /v2/orders", "body.*.cart_id"), ("GET /v2/a", "b")],
            "null",
        );
        let message = "Response body property *.cart_id must be string";
        let said = |operation, status, place, message| {
            defect.excuses(&finding(operation, status, place, message))
        };
        assert_eq!(
            said("GET /v2/orders", 200, "body.*.cart_id", message),
            Some(0)
        );
        assert_eq!(said("GET /v2/a", 200, "body.*.cart_id", message), None);
        assert_eq!(
            said("GET /v2/orders/{id}", 200, "body.*.cart_id", message),
            None
        );
        assert_eq!(said("GET /v2/orders", 404, "body.*.cart_id", message), None);
        assert_eq!(said("GET /v2/orders", 200, "body.*.id", message), None);
        let other = "Response body property *.cart_id must be integer";
        assert_eq!(said("GET /v2/orders", 200, "body.*.cart_id", other), None);
        let asked = Finding {
            half: Half::Request,
            ..finding("GET /v2/orders", 200, "body.*.cart_id", message)
        };
        assert_eq!(defect.excuses(&asked), None);
    }

    #[test]
    fn nothing_is_excused_twice_and_nothing_at_large() {
        let mut all: Vec<String> = Vec::new();
        for defect in DEFECTS {
            for at in 0..defect.at.len() {
                let (operation, _) = defect.at[at];
                assert!(
                    !operation.contains('*') && operation.contains(" /v"),
                    "{operation}"
                );
                let told = defect.tell(at);
                assert!(!all.contains(&told), "{told}");
                all.push(told);
            }
        }
    }
}
