//! What comes along with things where it is asked for: answers that are hardly ever judged otherwise, and that the
//! app lives on.

use serde_json::Value;

use crate::{Problem, Verdict, answers::wire, bodies::With, judge::Judge, shop::Shop};

/// A query that has things bring others along.
pub(crate) struct Along {
    method: &'static str,
    pattern: &'static str,
    /// Behind the path, question mark included.
    pub(crate) query: &'static str,
    /// What every thing has because of it; at least one of them has something in it.
    brought: &'static [&'static str],
    /// What every thing has because of it, though there is nothing in it here.
    hollow: &'static [&'static str],
}

/// Orders with everything that can come along.
pub(crate) const ORDERS_WHOLE: &str =
    "?limit=250&include=consignments.line_items,fees&consignment_structure=object";

/// One order with it.
pub(crate) const ORDER_WHOLE: &str =
    "?include=consignments.line_items,fees&consignment_structure=object";

/// All that the client can ask for. A list of products with options or modifiers is cut to ten, so that one has
/// the others.
const ALL: &[Along] = &[
    Along {
        method: "GET",
        pattern: "v3/catalog/products",
        query: "?limit=250&include=variants,images,primary_image,custom_fields,bulk_pricing_rules,videos,channels,reviews,parent_relations",
        brought: &[
            "variants",
            "images",
            "primary_image",
            "custom_fields",
            "bulk_pricing_rules",
            "videos",
            "channels",
            "reviews",
        ],
        hollow: &["parent_relations"],
    },
    Along {
        method: "GET",
        pattern: "v3/catalog/products",
        query: "?include=options,modifiers",
        brought: &["options", "modifiers"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v3/catalog/products",
        query: "?limit=250&include_fields=name,price&include=primary_image",
        brought: &["name", "price", "primary_image"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v3/catalog/products/*",
        query: "?include=variants,images,primary_image,custom_fields,bulk_pricing_rules,options,modifiers,videos,channels,reviews,parent_relations",
        brought: &[
            "variants",
            "images",
            "primary_image",
            "custom_fields",
            "bulk_pricing_rules",
            "options",
            "modifiers",
            "videos",
            "channels",
            "reviews",
        ],
        hollow: &["parent_relations"],
    },
    Along {
        method: "PUT",
        pattern: "v3/catalog/products/*",
        query: "?include=primary_image",
        brought: &["primary_image"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v3/catalog/brands",
        query: "?limit=250&include_fields=name",
        brought: &["name"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v3/catalog/trees/categories",
        query: "?limit=250&include_fields=name",
        brought: &["name"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v3/customers",
        query: "?limit=250&include=addresses,storecredit,attributes,formfields,shopper_profile_id,segment_ids",
        brought: &[
            "addresses",
            "store_credit_amounts",
            "attributes",
            "form_fields",
        ],
        hollow: &["shopper_profile_id", "segment_ids"],
    },
    Along {
        method: "GET",
        pattern: "v3/customers/addresses",
        query: "?limit=250&include=formfields",
        brought: &[],
        hollow: &["form_fields"],
    },
    Along {
        method: "GET",
        pattern: "v3/channels",
        query: "?include=currencies",
        brought: &["currencies"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v3/channels/*",
        query: "?include=currencies",
        brought: &["currencies"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v2/orders",
        query: ORDERS_WHOLE,
        brought: &["consignments", "fees"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v2/orders",
        query: "?limit=250&include=consignments&consignment_structure=object",
        brought: &["consignments"],
        hollow: &[],
    },
    Along {
        method: "GET",
        pattern: "v2/orders/*",
        query: ORDER_WHOLE,
        brought: &["consignments"],
        // The oldest order has none.
        hollow: &["fees"],
    },
    Along {
        method: "GET",
        pattern: "v2/orders/*",
        query: "?include=consignments&consignment_structure=object",
        brought: &["consignments"],
        hollow: &[],
    },
];

/// What an operation can be asked to bring along.
pub(crate) fn of(method: &str, pattern: &str) -> impl Iterator<Item = &'static Along> {
    ALL.iter()
        .filter(move |along| along.method == method && along.pattern == pattern)
}

/// Asks for all of it, of what an operation was granted before.
pub(crate) async fn every_one(
    judge: &Judge,
    (method, pattern, path): (&str, &str, &str),
    with: &With,
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    for along in of(method, pattern) {
        let asked = With {
            query: along.query.to_owned(),
            ..with.clone()
        };
        let operation = format!("{method} /{pattern}{}", along.query);
        let Some(judged) = judge
            .proxy(&wire(method, path, &asked, Shop::OWNER))
            .await?
        else {
            verdict.fault(&operation, "stands in no file of the specification");
            continue;
        };
        verdict.request(&judged);
        verdict.answer(&judged);
        if judged.status != 200 {
            verdict.fault(&operation, &format!("answers {}", judged.status));
            continue;
        }
        for lacking in along.lacking(&judged.body.unwrap_or_default()) {
            verdict.fault(&operation, &lacking);
        }
    }
    Ok(())
}

impl Along {
    /// What an answer should bring along and does not, in sentences.
    fn lacking(&self, body: &Value) -> Vec<String> {
        let things: Vec<&Value> = match body.get("data").unwrap_or(body) {
            Value::Array(things) => things.iter().collect(),
            thing => vec![thing],
        };
        let mut lacking = Vec::new();
        for name in self.brought.iter().chain(self.hollow).copied() {
            if things.iter().any(|thing| thing.get(name).is_none()) {
                lacking.push(format!("does not bring `{name}` along with everything"));
            }
        }
        for name in self.brought.iter().copied() {
            if !things.iter().any(|thing| holds_something(&thing[name])) {
                let count = things.len();
                lacking.push(format!("has nothing in `{name}` with any of {count}"));
            }
        }
        lacking
    }
}

/// Whether something came along, and not only a link to it.
fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty() && !fields.contains_key("resource"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_does_not_come_along_is_named() {
        let along = Along {
            method: "GET",
            pattern: "v2/kettles",
            query: "?include=lids,handles",
            brought: &["lids"],
            hollow: &["handles"],
        };
        let lacks = |body: Value| along.lacking(&body).len();
        let whole = json!({ "lids": [], "handles": [] });
        assert_eq!(
            lacks(json!([{ "lids": [{ "id": 1 }], "handles": [] }, whole])),
            0
        );
        assert_eq!(
            lacks(json!({ "data": { "lids": { "id": 1 }, "handles": null } })),
            0
        );
        // Nothing in it at all, a link instead, one thing without it, no things.
        assert_eq!(lacks(json!([whole])), 1);
        let link = json!({ "url": "http://a.example/v2/lids", "resource": "/lids" });
        assert_eq!(lacks(json!([{ "lids": link, "handles": [] }])), 1);
        assert_eq!(lacks(json!([{ "lids": [1], "handles": [] }, {}])), 2);
        assert_eq!(lacks(json!([{ "lids": [1] }])), 1);
        assert_eq!(lacks(json!({ "data": [] })), 1);
    }

    #[test]
    fn what_is_asked_to_come_along_is_looked_for() {
        for along in ALL {
            let asked = along.query.split("include=").nth(1).unwrap_or_default();
            let asked = asked.split('&').next().unwrap_or_default();
            let count = asked.split(',').filter(|name| !name.is_empty()).count();
            let looked_for = along.brought.len() + along.hollow.len();
            assert!(
                looked_for >= count && looked_for > 0,
                "{}: {looked_for}",
                along.query
            );
            assert!(
                sandbox_store::operations().any(|it| it == (along.method, along.pattern)),
                "{} {}",
                along.method,
                along.pattern
            );
        }
    }

    #[test]
    fn all_that_the_client_can_ask_of_products_is_asked() {
        for include in bigcommerce::request::products::ProductInclude::ALL {
            for pattern in ["v3/catalog/products", "v3/catalog/products/*"] {
                let is_asked = of("GET", pattern).any(|along| {
                    along
                        .query
                        .split(['=', ',', '&'])
                        .any(|name| name == include.as_str())
                });
                assert!(is_asked, "{pattern}: {}", include.as_str());
            }
        }
    }
}
