//! What is asked of each operation of the sandbox so that it grants it.

use serde_json::{Value, json};

use crate::{Problem, shop::Shop};

/// What goes with a method and a path.
#[derive(Clone, Debug, Default)]
pub(crate) struct With {
    /// Behind the path, question mark included.
    pub(crate) query: String,
    pub(crate) body: Option<Value>,
    /// A picture as a browser's form sends it, instead of a body.
    pub(crate) is_picture: bool,
    pub(crate) header: Option<(&'static str, String)>,
}

impl With {
    fn query(name: &str, value: &Value) -> Self {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Self {
            query: format!("?{name}={value}"),
            ..Self::default()
        }
    }

    pub(crate) fn body(body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::default()
        }
    }
}

/// Where a picture could be.
const PICTURE: &str = "https://pictures.example.com/kettle.png";

/// What goes with a call so that the shop grants it: its patterns are those of the sandbox's table.
pub(crate) async fn with(
    shop: &Shop,
    method: &str,
    pattern: &str,
    path: &str,
) -> Result<With, Problem> {
    if pattern.ends_with("metafields") || pattern.ends_with("metafields/*") {
        return metafield(shop, method, pattern).await;
    }
    Ok(match method {
        "POST" if pattern == "v3/catalog/brands/*/image" => With {
            is_picture: true,
            ..With::default()
        },
        "GET" => match pattern {
            "v3/payments/methods" => {
                With::query("order_id", &first(shop, "/v2/orders", "id").await?)
            }
            _ => With::default(),
        },
        "DELETE" => delete(shop, pattern).await?,
        _ => With {
            body: match pattern.split_once('/') {
                Some(("v2", rest)) => v2(shop, method, rest, path).await?,
                Some((_, rest)) => v3(shop, method, rest, path).await?,
                None => None,
            },
            ..With::default()
        },
    })
}

async fn first(shop: &Shop, list: &str, field: &str) -> Result<Value, Problem> {
    Ok(shop.read(list).await?[0][field].clone())
}

async fn delete(shop: &Shop, pattern: &str) -> Result<With, Problem> {
    let (list, field, filter) = match pattern {
        "v3/catalog/products" => ("/v3/catalog/products", "id", "id:in"),
        "v3/catalog/brands" => ("/v3/catalog/brands", "id", "id:in"),
        "v3/catalog/products/category-assignments" => (
            "/v3/catalog/products/category-assignments",
            "product_id",
            "product_id:in",
        ),
        "v3/catalog/products/channel-assignments" => (
            "/v3/catalog/products/channel-assignments",
            "product_id",
            "product_id:in",
        ),
        "v3/catalog/trees" => ("/v3/catalog/trees", "id", "id:in"),
        "v3/catalog/trees/categories" => (
            "/v3/catalog/trees/categories",
            "category_id",
            "category_id:in",
        ),
        "v3/customers" => ("/v3/customers", "id", "id:in"),
        "v3/customers/addresses" => ("/v3/customers/addresses", "id", "id:in"),
        "v3/customers/attributes" => ("/v3/customers/attributes", "id", "id:in"),
        "v3/customers/attribute-values" => ("/v3/customers/attribute-values", "id", "id:in"),
        "v3/storefront/api-token" => {
            let body = private_token();
            let token = shop
                .call("POST", "/v3/storefront/api-token-private", Some(&body))
                .await?;
            let token = token["token"].as_str().unwrap_or_default().to_owned();
            return Ok(With {
                header: Some(("sf-api-token", token)),
                ..With::default()
            });
        }
        _ => return Ok(With::default()),
    };
    Ok(With::query(filter, &first(shop, list, field).await?))
}

async fn metafield(shop: &Shop, method: &str, pattern: &str) -> Result<With, Problem> {
    let one = || json!({ "namespace": "stockroom", "key": fresh("shelf"), "value": "B 12", "permission_set": "write" });
    let is_one = pattern.contains('*');
    if method == "GET" || is_one && method == "DELETE" {
        return Ok(With::default());
    }
    if is_one {
        return Ok(With::body(one()));
    }
    // Several at once, of whatever has them.
    let owners = match pattern.trim_end_matches("/metafields") {
        "v3/orders" => "/v2/orders".to_owned(),
        owners => format!("/{owners}"),
    };
    let mut many = one();
    many["resource_id"] = first(shop, &owners, "id").await?;
    let many = json!([many]);
    if method == "POST" {
        return Ok(With::body(many));
    }
    let made = shop
        .call("POST", &format!("/{pattern}"), Some(&many))
        .await?;
    let id = made[0]["id"].clone();
    if method == "DELETE" {
        return Ok(With::body(json!([id])));
    }
    let mut changed = one();
    changed["id"] = id;
    Ok(With::body(json!([changed])))
}

fn private_token() -> Value {
    json!({ "channel_ids": [1], "expires_at": 4_102_444_800_u64, "scopes": ["Unauthenticated"] })
}

fn address() -> Value {
    json!({
        "first_name": "Ada", "last_name": "Tinker", "street_1": "1 Kettle Row", "city": "Leith",
        "state": "Midlothian", "zip": "EH6 6AA", "country": "United Kingdom", "country_iso2": "GB",
        "email": "ada@tins.example",
    })
}

/// Another name each time: names may be given once only.
fn fresh(name: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static GIVEN: AtomicU32 = AtomicU32::new(1);
    format!("{name} {}", GIVEN.fetch_add(1, Ordering::Relaxed))
}

async fn v2(
    shop: &Shop,
    method: &str,
    pattern: &str,
    path: &str,
) -> Result<Option<Value>, Problem> {
    let order = || path.split('/').take(4).collect::<Vec<_>>().join("/");
    Ok(Some(match (method, pattern) {
        ("POST", "orders") => json!({
            "billing_address": address(),
            "products": [{ "name": "Engraving", "quantity": 1, "price_inc_tax": 10.5, "price_ex_tax": 10.5 }],
            "fees": [{
                "type": "custom_fee", "display_name_customer": "Wrapping",
                "display_name_merchant": "Wrapping", "source": "AA", "cost_inc_tax": 2.5, "cost_ex_tax": 2.5,
            }],
        }),
        ("PUT", "orders/*") => json!({ "staff_notes": "fragile" }),
        ("PUT", "orders/*/shipping_addresses/*") => json!({ "first_name": "Grace" }),
        ("POST", "orders/*/shipments") => json!({
            "order_address_id": first(shop, &format!("{}/shipping_addresses", order()), "id").await?,
            "items": [{
                "order_product_id": first(shop, &format!("{}/products", order()), "id").await?,
                "quantity": 1,
            }],
            "tracking_number": "TIN123",
        }),
        ("PUT", "orders/*/shipments/*") => json!({ "tracking_number": "TIN124" }),
        ("POST", "currencies") => json!({
            "currency_code": "EUR", "currency_exchange_rate": "0.92", "token_location": "right", "token": "€",
            "decimal_token": ",", "thousands_token": ".", "decimal_places": 2, "name": "Euro",
        }),
        ("PUT", "currencies/*") => json!({ "currency_exchange_rate": "0.93" }),
        ("POST", "customers") => json!({
            "email": format!("{}@tins.example", fresh("mary").replace(' ', "")),
            "first_name": "Mary", "last_name": "Tinker", "store_credit": 5,
        }),
        ("PUT", "customers/*") => json!({ "notes": "Likes tin" }),
        ("POST", "customer_groups") => json!({ "name": fresh("Tinkers") }),
        ("PUT", "customer_groups/*") => json!({ "name": fresh("Tinkers") }),
        _ => return Ok(None),
    }))
}

async fn v3(
    shop: &Shop,
    method: &str,
    pattern: &str,
    path: &str,
) -> Result<Option<Value>, Problem> {
    if pattern.starts_with("catalog/") {
        return catalog(shop, method, pattern, path).await;
    }
    let customer = || first(shop, "/v3/customers", "id");
    Ok(Some(match (method, pattern) {
        ("POST", "customers") => json!([{
            "email": format!("{}@tins.example", fresh("grace").replace(' ', "")),
            "first_name": "Grace", "last_name": "Tinker",
        }]),
        ("PUT", "customers") => json!([{ "id": customer().await?, "first_name": "Joan" }]),
        ("POST", "customers/addresses") => json!([{
            "customer_id": customer().await?, "first_name": "Ada", "last_name": "Tinker",
            "address1": fresh("Kettle Row"), "city": "Leith", "state_or_province": "Midlothian",
            "postal_code": "EH6 6AA", "country_code": "GB",
        }]),
        ("PUT", "customers/addresses") => {
            json!([{ "id": first(shop, "/v3/customers/addresses", "id").await?, "city": "Perth" }])
        }
        ("POST", "customers/attributes") => {
            json!([{ "name": fresh("Shoe size"), "type": "string" }])
        }
        ("PUT", "customers/attributes") => {
            json!([{ "id": first(shop, "/v3/customers/attributes", "id").await?, "name": fresh("Shoes") }])
        }
        ("PUT", "customers/attribute-values") => {
            let attributes = shop.read("/v3/customers/attributes").await?;
            let of_text = attributes
                .as_array()
                .into_iter()
                .flatten()
                .find(|each| each["type"] == "string");
            json!([{
                "customer_id": customer().await?,
                "attribute_id": of_text.map(|attribute| &attribute["id"]), "value": "42",
            }])
        }
        ("PUT", "customers/form-field-values") => {
            json!([{ "name": "Heard of us", "value": "Friends", "customer_id": customer().await? }])
        }
        ("PUT", "settings/store/locale") => json!({ "default_shopper_language": "fr" }),
        ("PUT", "settings/store/units-of-measurement") => {
            json!({ "weight_measurement": "KGS", "length_measurement": "Centimeters" })
        }
        ("PUT", "inventory/locations/*/items") => json!({ "settings": [{
            "identity": { "variant_id": first(shop, "/v3/catalog/variants", "id").await? },
            "safety_stock": 2, "warning_level": 9, "bin_picking_number": "A1",
        }]}),
        ("PUT", "inventory/adjustments/absolute") | ("POST", "inventory/adjustments/relative") => {
            json!({
                "reason": "counted",
                "items": [{ "location_id": 1, "variant_id": tracked(shop).await?, "quantity": 5 }],
            })
        }
        ("POST", "orders/*/payment_actions/refund_quotes") => {
            json!({ "items": refunded(shop, path).await? })
        }
        ("POST", "orders/*/payment_actions/refunds") => {
            let items = refunded(shop, path).await?;
            let quotes = path.replace("/refunds", "/refund_quotes");
            let quote = shop
                .call("POST", &quotes, Some(&json!({ "items": items })))
                .await?;
            let way = &quote["refund_methods"][0][0];
            json!({
                "items": items,
                "payments": [{
                    "provider_id": way["provider_id"], "amount": way["amount"], "offline": way["offline"],
                }],
            })
        }
        ("POST", "storefront/api-token") => json!({
            "channel_id": 1, "expires_at": 4_102_444_800_u64,
            "allowed_cors_origins": ["https://shop.example.com"],
        }),
        ("POST", "storefront/api-token-private") => private_token(),
        ("POST", "storefront/api-token-customer-impersonation") => {
            json!({ "channel_id": 1, "expires_at": 4_102_444_800_u64 })
        }
        _ => return Ok(None),
    }))
}

/// A variant whose stock is counted.
async fn tracked(shop: &Shop) -> Result<Value, Problem> {
    let products = shop
        .read("/v3/catalog/products?include=variants&limit=50")
        .await?;
    let counted = products
        .as_array()
        .into_iter()
        .flatten()
        .find(|product| product["inventory_tracking"] == "variant");
    Ok(counted.map_or(Value::Null, |product| product["variants"][0]["id"].clone()))
}

/// One piece of the first line of the order that a path is about.
pub(crate) async fn refunded(shop: &Shop, path: &str) -> Result<Value, Problem> {
    let order = path.split('/').nth(3).unwrap_or_default();
    let line = first(shop, &format!("/v2/orders/{order}/products"), "id").await?;
    Ok(json!([{ "item_type": "PRODUCT", "item_id": line, "quantity": 1 }]))
}

async fn catalog(
    shop: &Shop,
    method: &str,
    pattern: &str,
    path: &str,
) -> Result<Option<Value>, Problem> {
    let product = || first(shop, "/v3/catalog/products", "id");
    let category = || first(shop, "/v3/catalog/trees/categories", "category_id");
    let value = || json!({ "label": fresh("Large"), "sort_order": 9 });
    Ok(Some(
        match (method, pattern.trim_start_matches("catalog/")) {
            ("POST", "products") => json!({
                "name": fresh("Iron kettle"), "type": "physical", "weight": 1.25, "price": 49.9,
            }),
            ("PUT", "products") => json!([{ "id": product().await?, "price": 50.9 }]),
            ("PUT", "products/*") => json!({ "price": 51.9 }),
            ("POST", "products/*/images") => json!({ "image_url": PICTURE }),
            ("PUT", "products/*/images/*") => json!({ "description": "From the front" }),
            ("PUT", "products/channel-assignments") => {
                json!([{ "product_id": product().await?, "channel_id": 1 }])
            }
            ("PUT", "products/category-assignments") => {
                json!([{ "product_id": product().await?, "category_id": category().await? }])
            }
            ("POST", "products/*/variants") => {
                let options = shop.read(&path.replace("/variants", "/options")).await?;
                let mut chosen = Vec::new();
                for option in options.as_array().into_iter().flatten() {
                    let values = format!(
                        "{}/{}/values",
                        path.replace("/variants", "/options"),
                        option["id"]
                    );
                    let made = shop.call("POST", &values, Some(&value())).await?;
                    chosen.push(json!({ "option_id": option["id"], "id": made["id"] }));
                }
                json!({ "sku": fresh("KET").replace(' ', "-"), "option_values": chosen })
            }
            ("PUT", "products/*/variants/*") => json!({ "price": 12.5 }),
            ("POST", "products/*/variants/*/image") => json!({ "image_url": PICTURE }),
            ("PUT", "variants") => {
                json!([{ "id": first(shop, "/v3/catalog/variants", "id").await?, "price": 12.75 }])
            }
            ("POST", "products/*/options") => json!({
                "display_name": fresh("Size"), "type": "dropdown", "option_values": [value(), value()],
            }),
            ("PUT", "products/*/options/*") => json!({ "display_name": fresh("Sizes") }),
            ("POST", "products/*/options/*/values") => value(),
            ("PUT", "products/*/options/*/values/*") => value(),
            ("POST", "products/*/modifiers") => json!({
                "display_name": fresh("Wrapping"), "type": "dropdown", "required": false,
                "option_values": [value(), value()],
            }),
            ("PUT", "products/*/modifiers/*") => json!({ "required": true, "type": "dropdown" }),
            ("POST", "products/*/modifiers/*/values") => value(),
            ("PUT", "products/*/modifiers/*/values/*") => value(),
            ("POST", "products/*/custom-fields") => {
                json!({ "name": fresh("Metal"), "value": "Copper" })
            }
            ("PUT", "products/*/custom-fields/*") => json!({ "value": "Brass" }),
            ("POST", "products/*/videos") => {
                json!({ "type": "youtube", "video_id": "z3fRu9pkuXE", "title": "Boiling" })
            }
            ("PUT", "products/*/videos/*") => json!({ "title": "Boiling over" }),
            ("POST", "products/*/bulk-pricing-rules") => {
                json!({ "quantity_min": 5000, "quantity_max": 0, "type": "percent", "amount": 5 })
            }
            ("PUT", "products/*/bulk-pricing-rules/*") => {
                json!({ "quantity_min": 5000, "quantity_max": 0, "type": "percent", "amount": 6 })
            }
            ("POST", "products/*/reviews") => {
                json!({ "title": "Boils well", "date_reviewed": "2026-06-01T10:00:00Z" })
            }
            ("PUT", "products/*/reviews/*") => {
                json!({ "title": "Boils very well", "date_reviewed": "2026-06-01T10:00:00Z" })
            }
            ("PUT", "trees") => json!([{ "name": fresh("Outlet") }]),
            ("POST", "trees/categories") => {
                json!([{ "tree_id": first(shop, "/v3/catalog/trees", "id").await?, "name": fresh("Kettles") }])
            }
            ("PUT", "trees/categories") => {
                json!([{ "category_id": category().await?, "description": "<p>All kettles</p>" }])
            }
            ("POST", "brands") => json!({ "name": fresh("Tinker & Daughters") }),
            ("PUT", "brands/*") => json!({ "name": fresh("Tinker & Daughters") }),
            _ => return Ok(None),
        },
    ))
}
