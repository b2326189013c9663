//! How many requests of a kind may be under way at once.
//!
//! Source: BigCommerce REST reference, the limits named there with each operation.

/// A kind of request and how many of it may be under way; `None` where no number is published.
/// `path` is without `/stores/{hash}`, e.g. `/v3/customers`.
pub(crate) fn cap_of(method: &str, path: &str) -> Option<(&'static str, usize)> {
    let pieces: Vec<&str> = path.trim_matches('/').split('/').collect();
    match (method, pieces.as_slice()) {
        (_, ["v3", "catalog", "trees", _tree, "categories"]) => Some(("tree", 1)),
        (_, ["v3", "catalog", "categories", ..] | ["v3", "catalog", "trees", ..]) => {
            Some(("categories", 40))
        }
        ("PUT", ["v3", "customers"]) => Some(("customers", 3)),
        ("POST" | "PUT", ["v3", "customers", "attributes" | "attribute-values"]) => {
            Some(("attributes", 3))
        }
        ("PUT", ["v3", "customers", "addresses"]) => Some(("changed addresses", 3)),
        ("POST", ["v3", "customers", "addresses"]) => Some(("new addresses", 10)),
        ("PUT", ["v3", "customers", "form-field-values"]) => Some(("form fields", 10)),
        (_, ["v3", "inventory", "locations", ..]) => Some(("locations", 50)),
        (_, ["v2", "customer_groups", ..]) => Some(("groups", 40)),
        ("GET", ["v3", "promotions", _id, "codes"]) => Some(("coupon codes", 10)),
        (_, ["v3", "promotions", _id, "codegen"]) => Some(("new coupon codes", 10)),
        (_, ["v3", "promotions", ..]) => Some(("promotions", 40)),
        ("DELETE", ["v3", "pricelists", list]) if *list != "assignments" => {
            Some(("deleted price lists", 1))
        }
        ("PUT", ["v3", "pricelists", _list, "assignments"]) => Some(("assigned price lists", 25)),
        ("PUT", ["v3", "pricelists", "records"]) => Some(("changed prices of several lists", 1)),
        ("GET", ["v3", "pricelists", _list, "records", _variant]) => {
            Some(("prices of a variant", 40))
        }
        ("GET", ["v3", "pricelists", _list, "records", _variant, _currency]) => {
            Some(("single prices", 50))
        }
        ("PUT", ["v3", "pricelists", _list, "records", _variant, _currency]) => {
            Some(("changed single prices", 40))
        }
        ("DELETE", ["v3", "pricelists", _list, "records", _variant, _currency]) => {
            Some(("deleted single prices", 25))
        }
        ("GET", ["v3", "pricelists", _list, "records"]) => Some(("read prices", 10)),
        ("POST", ["v3", "pricelists", .., "records"]) => Some(("new prices", 10)),
        ("PUT", ["v3", "pricelists", _list, "records"]) => Some(("changed prices", 2)),
        ("POST", ["v3", "pricing", "products"]) => Some(("prices worked out", 50)),
        ("POST", ["v3", "segments"]) => Some(("new segments", 10)),
        ("PUT", ["v3", "segments"]) => Some(("changed segments", 10)),
        ("POST", ["v3", "segments", _segment, "shopper-profiles"]) => {
            Some(("shoppers of segments", 10))
        }
        (_, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_that_is_published_is_kept_and_nothing_else_is_capped() {
        let table = [
            ("PUT", "/v3/customers", Some(3)),
            ("POST", "/v3/customers/attributes", Some(3)),
            ("PUT", "/v3/customers/attributes", Some(3)),
            ("PUT", "/v3/customers/attribute-values", Some(3)),
            ("PUT", "/v3/customers/addresses", Some(3)),
            ("POST", "/v3/customers/addresses", Some(10)),
            ("PUT", "/v3/customers/form-field-values", Some(10)),
            ("GET", "/v3/catalog/categories", Some(40)),
            ("GET", "/v3/catalog/trees/categories", Some(40)),
            ("POST", "/v3/catalog/trees/categories", Some(40)),
            ("GET", "/v3/catalog/trees/1/categories", Some(1)),
            ("GET", "/v3/promotions", Some(40)),
            ("DELETE", "/v3/promotions/7", Some(40)),
            ("GET", "/v3/promotions/7/codes", Some(10)),
            ("POST", "/v3/promotions/7/codegen", Some(10)),
            ("GET", "/v2/customer_groups", Some(40)),
            ("POST", "/v2/customer_groups", Some(40)),
            ("PUT", "/v2/customer_groups/1", Some(40)),
            ("DELETE", "/v2/customer_groups/1", Some(40)),
            ("GET", "/v2/customer_groups/count", Some(40)),
            ("GET", "/v3/pricelists/1/records", Some(10)),
            ("POST", "/v3/pricelists/records", Some(10)),
            ("PUT", "/v3/pricelists/1/records", Some(2)),
            ("DELETE", "/v3/pricelists/1", Some(1)),
            ("DELETE", "/v3/pricelists/assignments", None),
            ("PUT", "/v3/pricelists/1/assignments", Some(25)),
            ("POST", "/v3/pricelists/1/records", Some(10)),
            ("PUT", "/v3/pricelists/records", Some(1)),
            ("GET", "/v3/pricelists/1/records/7", Some(40)),
            ("GET", "/v3/pricelists/1/records/7/usd", Some(50)),
            ("PUT", "/v3/pricelists/1/records/7/usd", Some(40)),
            ("DELETE", "/v3/pricelists/1/records/7/usd", Some(25)),
            ("POST", "/v3/pricing/products", Some(50)),
            ("GET", "/v3/segments", None),
            ("POST", "/v3/segments", Some(10)),
            ("PUT", "/v3/segments", Some(10)),
            ("POST", "/v3/segments/1/shopper-profiles", Some(10)),
            ("GET", "/v3/inventory/locations", Some(50)),
            ("GET", "/v3/customers", None),
            ("POST", "/v3/customers", None),
            ("GET", "/v3/customers/addresses", None),
            ("GET", "/v3/pricelists", None),
            ("GET", "/v2/orders", None),
            ("PUT", "/v2/orders/48219", None),
            ("PUT", "/v3/catalog/products", None),
            ("PUT", "/v3/inventory/adjustments/absolute", None),
        ];
        for (method, path, most) in table {
            let cap = cap_of(method, path).map(|(_, most)| most);
            assert_eq!(cap, most, "{method} {path}");
        }
    }

    #[test]
    fn kinds_with_numbers_of_their_own_do_not_share_a_queue() {
        let kind = |method: &str, path: &str| cap_of(method, path).map(|(kind, _)| kind);
        let posted = kind("POST", "/v3/customers/addresses");
        assert_ne!(posted, kind("PUT", "/v3/customers/addresses"));
        assert_ne!(
            kind("PUT", "/v3/customers"),
            kind("PUT", "/v3/customers/attributes")
        );
        assert_ne!(
            kind("GET", "/v2/customer_groups"),
            kind("GET", "/v3/promotions")
        );
    }
}
