//! From a method and a path to what is asked for.

use super::known::KNOWN;
use super::scopes::Area;

/// What the sandbox answers by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    Time,
    StoreProfile,
    Orders,
    OrdersCount,
    Order,
    ChangeOrder,
    OrderLines,
    OrderLine,
    ShippingAddresses,
    ShippingAddress,
    Shipments,
    ShipmentsCount,
    Shipment,
    CreateShipment,
    ChangeShipment,
    DeleteShipment,
    OrderCoupons,
    OrderTaxes,
    OrderMessages,
    OrderFees,
    RefundsOfOrder,
    Refunds,
    Refund,
    OrderStatuses,
    OrderStatus,
    Products,
    Product,
    CreateProduct,
    ChangeProduct,
    ChangeProducts,
    DeleteProduct,
    DeleteProducts,
    Images,
    Image,
    CreateImage,
    ChangeImage,
    DeleteImage,
    Variants,
    Variant,
    AllVariants,
    Assignments,
    Assign,
    Unassign,
    Brands,
    Brand,
    CreateBrand,
    Trees,
    Tree,
    Categories,
    OldCategories,
    OldCategory,
    Customers,
    CreateCustomers,
    ChangeCustomers,
    DeleteCustomers,
    Addresses,
    CustomerGroups,
    CustomerGroup,
    Channels,
    Locations,
    Transactions,
}

const ASSIGNMENTS: &str = "v3/catalog/products/channel-assignments";

impl Ask {
    /// The body may be a file instead of JSON.
    pub(crate) fn takes_files(self) -> bool {
        matches!(self, Self::CreateImage | Self::ChangeImage)
    }
}

/// Method, pattern, and what it asks.
const BUILT: &[(&str, &str, Ask)] = &[
    ("GET", "v2/time", Ask::Time),
    ("GET", "v2/store", Ask::StoreProfile),
    ("GET", "v2/orders", Ask::Orders),
    ("GET", "v2/orders/count", Ask::OrdersCount),
    ("GET", "v2/orders/*", Ask::Order),
    ("PUT", "v2/orders/*", Ask::ChangeOrder),
    ("GET", "v2/orders/*/products", Ask::OrderLines),
    ("GET", "v2/orders/*/products/*", Ask::OrderLine),
    (
        "GET",
        "v2/orders/*/shipping_addresses",
        Ask::ShippingAddresses,
    ),
    (
        "GET",
        "v2/orders/*/shipping_addresses/*",
        Ask::ShippingAddress,
    ),
    ("GET", "v2/orders/*/shipments", Ask::Shipments),
    ("POST", "v2/orders/*/shipments", Ask::CreateShipment),
    ("GET", "v2/orders/*/shipments/count", Ask::ShipmentsCount),
    ("GET", "v2/orders/*/shipments/*", Ask::Shipment),
    ("PUT", "v2/orders/*/shipments/*", Ask::ChangeShipment),
    ("DELETE", "v2/orders/*/shipments/*", Ask::DeleteShipment),
    ("GET", "v2/orders/*/coupons", Ask::OrderCoupons),
    ("GET", "v2/orders/*/taxes", Ask::OrderTaxes),
    ("GET", "v2/orders/*/messages", Ask::OrderMessages),
    ("GET", "v2/orders/*/fees", Ask::OrderFees),
    (
        "GET",
        "v3/orders/*/payment_actions/refunds",
        Ask::RefundsOfOrder,
    ),
    ("GET", "v3/orders/payment_actions/refunds", Ask::Refunds),
    ("GET", "v3/orders/payment_actions/refunds/*", Ask::Refund),
    ("GET", "v2/order_statuses", Ask::OrderStatuses),
    ("GET", "v2/order_statuses/*", Ask::OrderStatus),
    ("GET", "v3/catalog/products", Ask::Products),
    ("POST", "v3/catalog/products", Ask::CreateProduct),
    ("PUT", "v3/catalog/products", Ask::ChangeProducts),
    ("DELETE", "v3/catalog/products", Ask::DeleteProducts),
    ("GET", "v3/catalog/products/*", Ask::Product),
    ("PUT", "v3/catalog/products/*", Ask::ChangeProduct),
    ("DELETE", "v3/catalog/products/*", Ask::DeleteProduct),
    ("GET", "v3/catalog/products/*/images", Ask::Images),
    ("POST", "v3/catalog/products/*/images", Ask::CreateImage),
    ("GET", "v3/catalog/products/*/images/*", Ask::Image),
    ("PUT", "v3/catalog/products/*/images/*", Ask::ChangeImage),
    ("DELETE", "v3/catalog/products/*/images/*", Ask::DeleteImage),
    ("GET", "v3/catalog/products/*/variants", Ask::Variants),
    ("GET", "v3/catalog/products/*/variants/*", Ask::Variant),
    ("GET", "v3/catalog/variants", Ask::AllVariants),
    ("GET", ASSIGNMENTS, Ask::Assignments),
    ("PUT", ASSIGNMENTS, Ask::Assign),
    ("DELETE", ASSIGNMENTS, Ask::Unassign),
    ("GET", "v3/catalog/brands", Ask::Brands),
    ("POST", "v3/catalog/brands", Ask::CreateBrand),
    ("GET", "v3/catalog/brands/*", Ask::Brand),
    ("GET", "v3/catalog/trees", Ask::Trees),
    ("GET", "v3/catalog/trees/*/categories", Ask::Tree),
    ("GET", "v3/catalog/trees/categories", Ask::Categories),
    ("GET", "v3/catalog/categories", Ask::OldCategories),
    ("GET", "v3/catalog/categories/*", Ask::OldCategory),
    ("GET", "v3/customers", Ask::Customers),
    ("POST", "v3/customers", Ask::CreateCustomers),
    ("PUT", "v3/customers", Ask::ChangeCustomers),
    ("DELETE", "v3/customers", Ask::DeleteCustomers),
    ("GET", "v3/customers/addresses", Ask::Addresses),
    ("GET", "v2/customer_groups", Ask::CustomerGroups),
    ("GET", "v2/customer_groups/*", Ask::CustomerGroup),
    ("GET", "v3/channels", Ask::Channels),
    ("GET", "v3/inventory/locations", Ask::Locations),
    ("GET", "v3/orders/*/transactions", Ask::Transactions),
];

/// A route that BigCommerce has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route<'a> {
    /// The store in the path; not checked yet.
    pub(crate) hash: &'a str,
    pub(crate) is_v2: bool,
    pub(crate) area: Area,
    pub(crate) writes: bool,
    /// The path's own pattern, e.g. `v2/orders/*`.
    pub(crate) pattern: &'static str,
    /// The ids in the path, in order.
    pub(crate) ids: Vec<&'a str>,
    /// `None`: BigCommerce has it, the sandbox does not.
    pub(crate) ask: Option<Ask>,
}

/// The route of a request; `None` where BigCommerce has none for that method.
pub(crate) fn find<'a>(method: &str, path: &'a str) -> Option<Route<'a>> {
    let letter = match method {
        "GET" => 'G',
        "POST" => 'P',
        "PUT" => 'U',
        "DELETE" => 'D',
        _other => return None,
    };
    let (hash, rest) = path.strip_prefix("/stores/")?.split_once('/')?;
    // v2 is old enough to be asked with ".json" at the end or a slash too many.
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let rest = rest.strip_suffix(".json").unwrap_or(rest);
    let (pattern, ids) = KNOWN
        .iter()
        .filter(|(methods, _)| methods.contains(letter))
        .filter_map(|(_, pattern)| Some((*pattern, matches(pattern, rest)?)))
        // `orders/count` is both itself and an order called "count": the plainer one wins.
        .min_by_key(|(_, ids)| ids.len())?;
    Some(Route {
        hash,
        is_v2: pattern.starts_with("v2/"),
        area: Area::of(pattern),
        writes: letter != 'G',
        pattern,
        ids,
        ask: BUILT
            .iter()
            .find(|(known, built, _)| *known == method && *built == pattern)
            .map(|(_, _, ask)| *ask),
    })
}

/// The ids where `path` fits `pattern`.
fn matches<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut ids = Vec::new();
    let mut pieces = path.split('/');
    for expected in pattern.split('/') {
        let piece = pieces.next()?;
        if expected == "*" {
            if piece.is_empty() {
                return None;
            }
            ids.push(piece);
        } else if expected != piece {
            return None;
        }
    }
    pieces.next().is_none().then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_built_is_also_known() {
        for (method, pattern, ask) in BUILT {
            let path = format!("/stores/abc/{}", pattern.replace('*', "7"));
            let route = find(method, &path).unwrap();
            assert_eq!(route.ask, Some(*ask), "{method} {pattern}");
        }
    }

    #[test]
    fn a_count_is_not_an_order() {
        assert_eq!(
            find("GET", "/stores/abc/v2/orders/count").unwrap().ask,
            Some(Ask::OrdersCount)
        );
        assert_eq!(find("GET", "/stores/abc/v2/orders/12").unwrap().ids, ["12"]);
    }

    #[test]
    fn routes_differ_by_method() {
        assert_eq!(find("POST", "/stores/abc/v2/time"), None);
        assert_eq!(find("GET", "/stores/abc/v2/nothing"), None);
        let unbuilt = find("POST", "/stores/abc/v2/orders").unwrap();
        assert_eq!((unbuilt.ask, unbuilt.writes), (None, true));
    }
}
