//! Every operation a client of this store needs: there, and behind its scope.

use sandbox_store::{Blueprint, Store, step};
use serde_json::json;

use crate::support::{blueprint, noon, request, shop};

/// Method, path, scope that opens it (`+` asks for the one that modifies).
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("GET", "/v2/time", "store_v2_information"),
    ("GET", "/v2/store", "store_v2_information"),
    (
        "GET",
        "/v3/settings/store/units-of-measurement",
        "store_v2_information",
    ),
    (
        "PUT",
        "/v3/settings/store/units-of-measurement",
        "store_v2_information+",
    ),
    ("GET", "/v3/settings/store/locale", "store_v2_information"),
    ("PUT", "/v3/settings/store/locale", "store_v2_information+"),
    ("GET", "/v2/currencies", "store_v2_information"),
    ("GET", "/v2/currencies/1", "store_v2_information"),
    ("GET", "/v2/tax_classes", "store_v2_information"),
    ("GET", "/v2/tax_classes/1", "store_v2_information"),
    ("GET", "/v2/countries", "store_v2_information"),
    ("GET", "/v2/countries/1", "store_v2_information"),
    ("GET", "/v2/countries/count", "store_v2_information"),
    ("GET", "/v2/countries/1/states", "store_v2_information"),
    ("GET", "/v2/countries/states", "store_v2_information"),
    ("GET", "/v3/channels", "store_channel_settings"),
    ("GET", "/v3/channels/1", "store_channel_settings"),
    ("GET", "/v2/payments/methods", "store_payments_methods_read"),
    (
        "GET",
        "/v3/payments/methods?order_id=48219",
        "store_payments_methods_read",
    ),
    ("GET", "/v2/orders", "store_v2_orders"),
    ("POST", "/v2/orders", "store_v2_orders+"),
    ("GET", "/v2/orders/count", "store_v2_orders"),
    ("GET", "/v2/orders/48219", "store_v2_orders"),
    ("PUT", "/v2/orders/48219", "store_v2_orders+"),
    ("DELETE", "/v2/orders/48219", "store_v2_orders+"),
    ("GET", "/v2/orders/48219/products", "store_v2_orders"),
    (
        "GET",
        "/v2/orders/48219/shipping_addresses",
        "store_v2_orders",
    ),
    (
        "PUT",
        "/v2/orders/48219/shipping_addresses/50131",
        "store_v2_orders+",
    ),
    ("GET", "/v2/orders/48219/consignments", "store_v2_orders"),
    ("GET", "/v2/orders/48219/shipments", "store_v2_orders"),
    ("POST", "/v2/orders/48219/shipments", "store_v2_orders+"),
    ("GET", "/v2/orders/48219/shipments/1", "store_v2_orders"),
    ("PUT", "/v2/orders/48219/shipments/1", "store_v2_orders+"),
    ("DELETE", "/v2/orders/48219/shipments/1", "store_v2_orders+"),
    ("GET", "/v2/orders/48219/coupons", "store_v2_orders"),
    ("GET", "/v2/orders/48219/taxes", "store_v2_orders"),
    ("GET", "/v2/orders/48219/messages", "store_v2_orders"),
    ("GET", "/v2/orders/48219/fees", "store_v2_orders"),
    ("GET", "/v2/order_statuses", "store_v2_orders"),
    (
        "GET",
        "/v3/orders/48219/transactions",
        "store_v2_transactions",
    ),
    (
        "POST",
        "/v3/orders/48219/payment_actions/capture",
        "store_v2_orders+",
    ),
    (
        "POST",
        "/v3/orders/48219/payment_actions/void",
        "store_v2_orders+",
    ),
    (
        "POST",
        "/v3/orders/48219/payment_actions/refund_quotes",
        "store_v2_orders+",
    ),
    (
        "POST",
        "/v3/orders/48219/payment_actions/refunds",
        "store_v2_orders+",
    ),
    (
        "GET",
        "/v3/orders/48219/payment_actions/refunds",
        "store_v2_orders",
    ),
    (
        "GET",
        "/v3/orders/payment_actions/refunds",
        "store_v2_orders",
    ),
    ("GET", "/v3/orders/48219/metafields", "store_v2_orders"),
    ("POST", "/v3/orders/48219/metafields", "store_v2_orders+"),
    ("PUT", "/v3/orders/48219/metafields/1", "store_v2_orders+"),
    (
        "DELETE",
        "/v3/orders/48219/metafields/1",
        "store_v2_orders+",
    ),
    ("GET", "/v3/catalog/products", "store_v2_products"),
    ("POST", "/v3/catalog/products", "store_v2_products+"),
    ("PUT", "/v3/catalog/products", "store_v2_products+"),
    (
        "DELETE",
        "/v3/catalog/products?id:in=1",
        "store_v2_products+",
    ),
    ("GET", "/v3/catalog/products/111", "store_v2_products"),
    ("PUT", "/v3/catalog/products/111", "store_v2_products+"),
    ("GET", "/v3/catalog/summary", "store_v2_products"),
    ("GET", "/v3/catalog/variants", "store_v2_products"),
    ("PUT", "/v3/catalog/variants", "store_v2_products+"),
    (
        "GET",
        "/v3/catalog/products/111/variants",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/variants",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/variants/301",
        "store_v2_products",
    ),
    (
        "PUT",
        "/v3/catalog/products/111/variants/301",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/variants/301/metafields",
        "store_v2_products",
    ),
    (
        "GET",
        "/v3/catalog/products/111/options",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/options",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/options/151/values",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/options/151/values",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/modifiers",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/modifiers",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/images",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/images",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/videos",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/videos",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/custom-fields",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/custom-fields",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/bulk-pricing-rules",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/bulk-pricing-rules",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/111/reviews",
        "store_v2_products",
    ),
    (
        "GET",
        "/v3/catalog/products/111/metafields",
        "store_v2_products",
    ),
    (
        "POST",
        "/v3/catalog/products/111/metafields",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/metafields",
        "store_v2_products",
    ),
    ("GET", "/v3/catalog/trees", "store_v2_products"),
    ("PUT", "/v3/catalog/trees", "store_v2_products+"),
    ("GET", "/v3/catalog/trees/1/categories", "store_v2_products"),
    ("GET", "/v3/catalog/trees/categories", "store_v2_products"),
    ("POST", "/v3/catalog/trees/categories", "store_v2_products+"),
    ("PUT", "/v3/catalog/trees/categories", "store_v2_products+"),
    (
        "DELETE",
        "/v3/catalog/trees/categories?category_id:in=1",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/category-assignments",
        "store_v2_products",
    ),
    (
        "PUT",
        "/v3/catalog/products/category-assignments",
        "store_v2_products+",
    ),
    (
        "DELETE",
        "/v3/catalog/products/category-assignments?product_id:in=1",
        "store_v2_products+",
    ),
    (
        "GET",
        "/v3/catalog/products/channel-assignments",
        "store_v2_products",
    ),
    (
        "PUT",
        "/v3/catalog/products/channel-assignments",
        "store_v2_products+",
    ),
    ("GET", "/v3/catalog/brands", "store_v2_products"),
    ("POST", "/v3/catalog/brands", "store_v2_products+"),
    ("PUT", "/v3/catalog/brands/41", "store_v2_products+"),
    ("DELETE", "/v3/catalog/brands/41", "store_v2_products+"),
    ("GET", "/v3/inventory/locations", "store_locations"),
    ("GET", "/v3/inventory/items", "store_inventory"),
    ("GET", "/v3/inventory/locations/1/items", "store_inventory"),
    ("PUT", "/v3/inventory/locations/1/items", "store_inventory+"),
    (
        "PUT",
        "/v3/inventory/adjustments/absolute",
        "store_inventory+",
    ),
    (
        "POST",
        "/v3/inventory/adjustments/relative",
        "store_inventory+",
    ),
    ("GET", "/v3/customers", "store_v2_customers"),
    ("POST", "/v3/customers", "store_v2_customers+"),
    ("PUT", "/v3/customers", "store_v2_customers+"),
    ("DELETE", "/v3/customers?id:in=1", "store_v2_customers+"),
    ("GET", "/v3/customers/addresses", "store_v2_customers"),
    ("POST", "/v3/customers/addresses", "store_v2_customers+"),
    ("PUT", "/v3/customers/addresses", "store_v2_customers+"),
    (
        "DELETE",
        "/v3/customers/addresses?id:in=1",
        "store_v2_customers+",
    ),
    ("GET", "/v3/customers/attributes", "store_v2_customers"),
    ("POST", "/v3/customers/attributes", "store_v2_customers+"),
    (
        "GET",
        "/v3/customers/attribute-values",
        "store_v2_customers",
    ),
    (
        "PUT",
        "/v3/customers/attribute-values",
        "store_v2_customers+",
    ),
    (
        "GET",
        "/v3/customers/form-field-values",
        "store_v2_customers",
    ),
    ("GET", "/v2/customer_groups", "store_v2_customers"),
    ("POST", "/v2/customer_groups", "store_v2_customers+"),
    ("PUT", "/v2/customer_groups/1", "store_v2_customers+"),
    ("DELETE", "/v2/customer_groups/1", "store_v2_customers+"),
    ("GET", "/v2/customer_groups/count", "store_v2_customers"),
    (
        "POST",
        "/v3/storefront/api-token-private",
        "store_storefront_api+",
    ),
    ("POST", "/v3/storefront/api-token", "store_storefront_api+"),
    (
        "DELETE",
        "/v3/storefront/api-token",
        "store_storefront_api+",
    ),
];

fn scopes(name: &str) -> (String, String) {
    let plain = name.trim_end_matches('+');
    let read = match plain {
        "store_payments_methods_read" | "store_storefront_api" => plain.to_owned(),
        other => format!("{other}_read_only"),
    };
    (plain.to_owned(), read)
}

fn ask(store: &mut Store, method: &str, target: &str) -> u16 {
    let mut ask = request(method, target);
    if method != "GET" && method != "DELETE" {
        ask = ask.with_json(&json!({}));
    }
    step(store, ask, noon()).status
}

#[test]
fn no_operation_is_missing() {
    for (method, target, _) in OPERATIONS {
        let status = ask(&mut shop(), method, target);
        assert!(status != 501 && status < 500, "{method} {target}: {status}");
    }
}

#[test]
fn each_operation_needs_exactly_its_scope() {
    for (method, target, scope) in OPERATIONS {
        let (modify, read) = scopes(scope);
        let with = |scopes: &str| {
            let mut store = Store::open(&Blueprint {
                scopes: scopes.parse().unwrap(),
                ..blueprint()
            });
            ask(&mut store, method, target)
        };
        let is_write = scope.ends_with('+');
        assert!(with(&modify) != 403, "{method} {target} with {modify}");
        if modify != read {
            assert_eq!(
                with(&read) == 403,
                is_write,
                "{method} {target} with {read}"
            );
        }
        let other = if modify == "store_v2_marketing" {
            "store_cart"
        } else {
            "store_v2_marketing"
        };
        assert_eq!(with(other), 403, "{method} {target} with {other}");
    }
}

#[test]
fn several_accounts_have_scopes_of_their_own() {
    let reader = sandbox_store::Token::new("reader");
    let mut store = Store::open(&Blueprint {
        more_tokens: vec![(reader, "store_v2_orders_read_only".parse().unwrap())],
        ..blueprint()
    });
    let as_reader = |method: &str, target: &str| {
        let mut ask = sandbox_store::Request::new(method, &format!("/stores/northfold{target}"))
            .with_header("X-Auth-Token", "reader")
            .with_header("Accept", "application/json");
        if method == "PUT" {
            ask = ask.with_json(&json!({ "staff_notes": "x" }));
        }
        ask
    };
    assert_eq!(
        step(&mut store, as_reader("GET", "/v2/orders"), noon()).status,
        200
    );
    let put = step(&mut store, as_reader("PUT", "/v2/orders/48219"), noon());
    assert_eq!(put.status, 403);
    assert_eq!(ask(&mut store, "GET", "/v3/catalog/products"), 200);
}
