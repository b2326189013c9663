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
        (_, _) => None,
    }
}
