//! Where the specification is wrong about BigCommerce, and nothing else: the only excuse there is.

use std::fmt;

use crate::judge::{Finding, Half};

/// A defect of the specification.
pub(crate) struct Defect {
    /// Operations of the specification it is about: `GET /v2/orders/{order_id}`; a `*` stands for anything.
    pub(crate) operation: &'static str,
    pub(crate) half: Half,
    /// The place in the request or answer, with `*` likewise.
    pub(crate) place: &'static str,
    /// What Prism says of it, with `*` likewise; of an answer, its status and a colon come first.
    pub(crate) message: &'static str,
    /// Why it is the specification that is wrong, and how that is known.
    pub(crate) reason: &'static str,
    /// Whether it is met only where everything is tried.
    pub(crate) only_in_full: bool,
}

impl Defect {
    /// Whether it is the cause of a finding.
    pub(crate) fn excuses(&self, finding: &Finding) -> bool {
        let said = match self.half {
            Half::Request => finding.message.clone(),
            Half::Answer => format!("{}: {}", finding.status, finding.message),
        };
        self.half == finding.half
            && fits(self.operation, &finding.operation)
            && fits(self.place, &finding.place)
            && fits(self.message, &said)
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            place,
            reason,
            ..
        } = self;
        write!(f, "{operation} {place}: {reason}")
    }
}

/// Whether a text fits a pattern whose `*` stand for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    (0..=text.len())
        .filter(|at| text.is_char_boundary(*at))
        .any(|at| fits(rest, &text[at..]))
}

/// Something wrong with what the specification wants of a request.
const fn request(
    operation: &'static str,
    place: &'static str,
    message: &'static str,
    reason: &'static str,
) -> Defect {
    Defect {
        operation,
        half: Half::Request,
        place,
        message,
        reason,
        only_in_full: false,
    }
}

/// Something wrong with what the specification wants of an answer.
const fn answer(
    operation: &'static str,
    place: &'static str,
    message: &'static str,
    reason: &'static str,
) -> Defect {
    Defect {
        half: Half::Answer,
        ..request(operation, place, message, reason)
    }
}

/// One that only shows where everything is tried.
const fn in_full(defect: Defect) -> Defect {
    Defect {
        only_in_full: true,
        ..defect
    }
}

const NEEDS_A_TYPE: &str = "*required property 'content-type'";
const NO_BODY: &str = "the type of a body is demanded where there is no body";
const EMPTY: &str = "an empty list of v2 is a 204 without a body, which is listed nowhere";
const NULL: &str =
    "what has no value is null on the wire; hardly any field is marked as one that can be";
const ONE_OF: &str =
    "several of the forms it may have fit at the same time, so it can never be exactly one";
const REFUSAL: &str = "the wire puts what is wrong into an object, by the name of the field";
const V2_DATE: &str = "dates of v2 are written as in e-mails, in its own examples too";

/// All of them. What nobody needs has to go: the command says so.
pub(crate) const DEFECTS: &[Defect] = &[
    // ── Requests ──
    request("GET /v2/countries*", "*", NEEDS_A_TYPE, NO_BODY),
    request(
        "GET /v2/orders/{order_id}/products",
        "*",
        NEEDS_A_TYPE,
        NO_BODY,
    ),
    request(
        "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
        "*",
        NEEDS_A_TYPE,
        NO_BODY,
    ),
    request(
        "POST /v3/orders/{order_id}/payment_actions/capture",
        "*",
        NEEDS_A_TYPE,
        NO_BODY,
    ),
    request(
        "POST /v3/orders/{order_id}/payment_actions/void",
        "*",
        NEEDS_A_TYPE,
        NO_BODY,
    ),
    request(
        "GET /v2/orders",
        "sort",
        "*allowed values*",
        "a direction goes behind the field, `id:asc`; only the fields are listed, the text beside them says both",
    ),
    request(
        "DELETE /v3/catalog/brands",
        "query",
        "*required property 'name'",
        "brands are named by `id:in`, as elsewhere in the catalogue; the filters are those of another operation",
    ),
    request(
        "DELETE /v3/customers/metafields",
        "*",
        "No supported content types*",
        "the ids go in the body, which is not listed; the same operation of every other owner lists it",
    ),
    request(
        "POST /v3/catalog/trees/categories",
        "body.*",
        "*",
        "a tree or a parent is enough, as the text beside it says; both are demanded",
    ),
    request(
        "PUT /v3/customers/{customerId}/metafields/{metafieldId}",
        "body",
        "*required property 'id'",
        "the id is in the path; no other owner's metafields want it twice",
    ),
    request(
        "PUT /v3/inventory/locations/metafields",
        "body.*.id",
        "*must be string",
        "ids of metafields are numbers, in every answer of the same file too",
    ),
    request(
        "PUT /v3/inventory/locations/{location_id}/items",
        "body.settings.*.identity",
        "*",
        ONE_OF,
    ),
    // ── Answers: refusals ──
    answer("*/metafields", "body.errors", "*must be array", REFUSAL),
    answer(
        "* /v3/orders/{order_id}/metafields/{metafield_id}",
        "body.errors",
        "*must be array",
        REFUSAL,
    ),
    answer(
        "* /v3/*/metafields",
        "body.errors",
        "*must be object",
        "the same refusal is a list with all other owners of metafields",
    ),
    answer(
        "GET /v3/catalog/trees*",
        "body.errors",
        "*required property*",
        "the whole refusal is described once more inside of its own `errors`",
    ),
    answer(
        "* /v3/catalog/*",
        "*",
        "*plain/text",
        "a wrong token is refused in JSON, as measured; `plain/text` is no type at all",
    ),
    answer(
        "* /v3/catalog/*",
        "body",
        "*must be string",
        "a wrong token is refused in JSON, as measured",
    ),
    // ── Answers: nothing ──
    answer(
        "GET /v2/countries/{country_id}/states",
        "",
        "204: *status code*",
        EMPTY,
    ),
    answer("GET /v2/orders*", "", "204: *status code*", EMPTY),
    answer(
        "GET /v2/countries/{country_id}/states/count",
        "body.count",
        "*must be >= 1",
        "most countries have no states, and none counts as 0",
    ),
    answer(
        "DELETE /v2/currencies/{id}",
        "*",
        "*",
        "a 204 has no body, and an object is demanded of it",
    ),
    answer(
        "POST /v2/orders",
        "",
        "201: *status code*",
        "an order is made with 201, as recorded",
    ),
    // ── Answers: forms ──
    answer("* /v2/currencies*", "*last_updated", "*date-time*", V2_DATE),
    answer("* /v2/customer_groups*", "*discount_rules", "*", ONE_OF),
    answer(
        "* /v2/orders/{order_id}",
        "body.consignments",
        "*oneOf",
        ONE_OF,
    ),
    answer(
        "* /v3/catalog/products/{product_id}/images*",
        "body.data",
        "*oneOf",
        ONE_OF,
    ),
    answer(
        "GET /v2/orders/{order_id}/products*",
        "*",
        "*'fulfillment_source'",
        "a line has one more field, as recorded, and fields are added without notice",
    ),
    answer(
        "GET /v3/catalog/products/{product_id}/bulk-pricing-rules",
        "body.data",
        "*must be object",
        "a list is answered, as its own example shows",
    ),
    answer(
        "*/modifiers*",
        "*config",
        "*must be object",
        "without settings it is an empty list, as its own examples show",
    ),
    answer(
        "*/options*",
        "*config",
        "*must be object",
        "without settings it is an empty list, as the examples of modifiers show",
    ),
    answer(
        "* /v3/catalog/products/{product_id}/variants/{variant_id}/metafields*",
        "*description",
        "*fewer than 1 characters",
        "a metafield without a description has an empty one, in its own examples too",
    ),
    answer(
        "GET /v3/channels*",
        "*icon_url",
        "*format \"url\"",
        "a channel without a picture has an empty address",
    ),
    answer(
        "* /v3/customers/{customerId}/metafields*",
        "body.data",
        "*must be array",
        "what is made or changed comes back by itself, as with all other owners",
    ),
    answer(
        "GET /v3/orders/payment_actions/refunds/{refund_id}",
        "*requested_amount",
        "*must be string,null",
        "money of v3 is a number, in the list of the same refunds too",
    ),
    // ── Answers: nulls ──
    answer("*/modifiers*", "*adjusters.*", "*must be object", NULL),
    answer(
        "* /v3/catalog/products/{product_id}/*",
        "*value_data",
        "*must be object",
        NULL,
    ),
    answer(
        "* /v3/catalog/products*",
        "*base_variant_id",
        "*must be integer",
        NULL,
    ),
    answer(
        "* /v3/catalog/products*",
        "*option_set_id",
        "*must be integer",
        NULL,
    ),
    answer(
        "* /v3/catalog/products*",
        "*date_last_imported",
        "*must be string",
        NULL,
    ),
    answer(
        "POST /v3/catalog/products",
        "body.data.primary_image",
        "*must be object",
        NULL,
    ),
    answer("* /v3/customers", "*channel_ids", "*must be array", NULL),
    answer(
        "GET /v3/orders/payment_actions/refunds",
        "*transaction_id",
        "*must be string",
        NULL,
    ),
    answer(
        "GET /v3/orders/{order_id}/transactions",
        "*reference_transaction_id",
        "*must be integer",
        NULL,
    ),
    in_full(answer(
        "GET /v2/orders/{order_id}",
        "body.cart_id",
        "*must be string",
        NULL,
    )),
    in_full(answer(
        "GET /v2/orders/{order_id}",
        "body.customer_message",
        "*must be string",
        NULL,
    )),
    in_full(answer(
        "GET /v2/orders/{order_id}",
        "body.staff_notes",
        "*must be string",
        NULL,
    )),
    in_full(answer(
        "GET /v2/orders/{order_id}",
        "body.payment_provider_id",
        "*",
        NULL,
    )),
    in_full(answer(
        "GET /v2/orders/{order_id}/messages",
        "body.*.customer",
        "*must be object",
        NULL,
    )),
    in_full(answer(
        "GET /v2/orders/{order_id}/messages",
        "body.*.staff_id",
        "*must be integer",
        NULL,
    )),
    in_full(answer(
        "GET /v3/orders/{order_id}/transactions",
        "*credit_card",
        "*must be object",
        NULL,
    )),
    in_full(answer(
        "GET /v3/catalog/summary",
        "*_variant_date",
        "*must be string",
        NULL,
    )),
    in_full(answer(
        "GET /v3/*",
        "*cursor_pagination.*_cursor",
        "*must be string",
        "an empty page has no first and no last, and so null for both",
    )),
    in_full(answer(
        "GET /v3/orders/{order_id}/transactions",
        "*",
        "204: The received media type*",
        "an order without payments is a 204, which has no body: it is listed, and a body demanded of it",
    )),
    in_full(answer(
        "GET /v3/orders/{order_id}/transactions",
        "body",
        "*must be object",
        "an order without payments is a 204, which has no body: it is listed, and a body demanded of it",
    )),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        assert!(fits("GET /v2/*", "GET /v2/orders") && !fits("GET /v2/*", "GET /v3/orders"));
        assert!(fits("*.name", "body.data.*.name") && !fits("*.name", "body.names"));
        assert!(fits("* /v2/*s", "GET /v2/orders") && fits("*", ""));
        assert!(!fits("GET /v2/orders", "GET /v2/orders/count"));
    }
}
