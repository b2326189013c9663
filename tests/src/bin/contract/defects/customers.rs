//! Customers, their addresses, attributes and groups.

use super::{Defect, EMPTY, NULL, answer, in_full};

pub(super) const DEFECTS: &[Defect] = &[
    in_full(answer(
        204,
        "defined in the document: 200",
        &[("GET /v2/customers", "")],
        EMPTY,
    )),
    in_full(answer(
        400,
        "must be object",
        &[
            ("DELETE /v2/customer_groups/{customer_group_id}", "body"),
            ("GET /v2/customer_groups/{customer_group_id}", "body"),
        ],
        "v2 refuses with a list of what is wrong, as measured",
    )),
    in_full(answer(
        200,
        "must be string",
        &[
            (
                "GET /v3/customers",
                "body.meta.cursor_pagination.end_cursor",
            ),
            (
                "GET /v3/customers",
                "body.meta.cursor_pagination.start_cursor",
            ),
        ],
        "an empty page has no first and no last, and so null for both",
    )),
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
];
