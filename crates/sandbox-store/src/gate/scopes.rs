//! What a token may do, by OAuth scope name.
//!
//! Source: BigCommerce guide to API accounts.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The scopes of the store's one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scopes {
    /// Every scope there is.
    All,
    /// Only these, by OAuth name, e.g. `store_v2_orders_read_only`. The modify scope implies the
    /// read-only one. An empty set is a token that may do nothing.
    Only(BTreeSet<String>),
}

impl Scopes {
    /// Whether a call of this area is allowed.
    pub(crate) fn allow(&self, area: Area, writes: bool) -> bool {
        match self {
            Self::All => true,
            // Either of two scopes is enough. Source: BigCommerce guide to API accounts.
            Self::Only(_) if area == Area::PaymentActions => {
                self.allow(Area::Orders, writes) || self.allow(Area::Transactions, writes)
            }
            Self::Only(names) => {
                let (modify, read) = area.names();
                names.contains(modify) || (!writes && names.contains(read))
            }
        }
    }
}

/// A scope name that does not look like one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an OAuth scope name such as store_v2_orders_read_only")]
pub struct UnknownScope(pub String);

impl FromStr for Scopes {
    type Err = UnknownScope;

    /// `all`, `none`, or names separated by commas.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "all" => Ok(Self::All),
            "none" => Ok(Self::Only(BTreeSet::new())),
            names => names
                .split(',')
                .map(|name| {
                    let name = name.trim();
                    let known = Area::EVERY
                        .iter()
                        .any(|area| area.names().0 == name || area.names().1 == name);
                    if known || ELSEWHERE.contains(&name) {
                        Ok(name.to_owned())
                    } else {
                        Err(UnknownScope(name.to_owned()))
                    }
                })
                .collect::<Result<_, _>>()
                .map(Self::Only),
        }
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Only(names) if names.is_empty() => f.write_str("none"),
            Self::Only(names) => {
                for (at, name) in names.iter().enumerate() {
                    if at > 0 {
                        f.write_str(",")?;
                    }
                    f.write_str(name)?;
                }
                Ok(())
            }
        }
    }
}

/// Scopes an account can have that open no part of this store: what they are about is done by GraphQL
/// for administrators, by a login page, or not at all by the requests that BigCommerce publishes.
///
/// Metafields are opened by the scope of the thing they belong to.
const ELSEWHERE: &[&str] = &[
    "store_metafield_change_owner",
    "store_metafield_write",
    "store_metafield_write_all",
    "store_v2_customers_login",
];

/// A part of the API that one pair of scopes opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    Carts,
    Channels,
    Checkouts,
    Content,
    CustomerImpersonation,
    Customers,
    Fulfillment,
    Information,
    Inventory,
    Listings,
    Locations,
    Logs,
    Marketing,
    Orders,
    /// Captures, voids and refunds: see [`Scopes::allow`].
    PaymentActions,
    PaymentMethods,
    Payments,
    Pickups,
    Products,
    Scripts,
    Sites,
    StorefrontTokens,
    StoredInstruments,
    Themes,
    Transactions,
}

impl Area {
    const EVERY: [Self; 24] = [
        Self::Carts,
        Self::Channels,
        Self::Checkouts,
        Self::Content,
        Self::CustomerImpersonation,
        Self::Customers,
        Self::Fulfillment,
        Self::Information,
        Self::Inventory,
        Self::Listings,
        Self::Locations,
        Self::Logs,
        Self::Marketing,
        Self::Orders,
        Self::PaymentMethods,
        Self::Payments,
        Self::Pickups,
        Self::Products,
        Self::Scripts,
        Self::Sites,
        Self::StorefrontTokens,
        Self::StoredInstruments,
        Self::Themes,
        Self::Transactions,
    ];

    /// The modify and the read-only name.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Carts => ("store_cart", "store_cart_read_only"),
            Self::Channels => ("store_channel_settings", "store_channel_settings_read_only"),
            Self::Checkouts => ("store_checkout", "store_checkout_read_only"),
            Self::Content => ("store_v2_content", "store_v2_content_read_only"),
            Self::CustomerImpersonation => (
                "store_storefront_api_customer_impersonation",
                "store_storefront_api_customer_impersonation",
            ),
            Self::Customers => ("store_v2_customers", "store_v2_customers_read_only"),
            Self::Fulfillment => (
                "store_fulfillment_methods_manage",
                "store_fulfillment_methods_read_only",
            ),
            Self::Information => ("store_v2_information", "store_v2_information_read_only"),
            Self::Inventory => ("store_inventory", "store_inventory_read_only"),
            Self::Listings => ("store_channel_listings", "store_channel_listings_read_only"),
            Self::Locations => ("store_locations", "store_locations_read_only"),
            Self::Logs => ("store_logs_read_only", "store_logs_read_only"),
            Self::Marketing => ("store_v2_marketing", "store_v2_marketing_read_only"),
            Self::Orders => ("store_v2_orders", "store_v2_orders_read_only"),
            Self::PaymentActions => Self::Orders.names(),
            Self::PaymentMethods => ("store_payments_methods_read", "store_payments_methods_read"),
            Self::Payments => (
                "store_payments_access_token_create",
                "store_payments_access_token_create",
            ),
            Self::Pickups => (
                "store_order_fulfillment_manage",
                "store_order_fulfillment_read_only",
            ),
            Self::Products => ("store_v2_products", "store_v2_products_read_only"),
            Self::Scripts => ("store_content_checkout", "store_content_checkout_read_only"),
            Self::Sites => ("store_sites", "store_sites_read_only"),
            Self::StorefrontTokens => ("store_storefront_api", "store_storefront_api"),
            Self::StoredInstruments => (
                "store_stored_payment_instruments",
                "store_stored_payment_instruments_read_only",
            ),
            Self::Themes => ("store_themes_manage", "store_themes_read_only"),
            Self::Transactions => ("store_v2_transactions", "store_v2_transactions_read_only"),
        }
    }

    /// The area of a known route; `pattern` as in [`super::known::KNOWN`].
    pub(super) fn of(pattern: &str) -> Self {
        /// The first prefix that fits decides, so the longer ones come first.
        const BY_PREFIX: &[(&str, Area)] = &[
            ("v2/banners", Area::Marketing),
            ("v2/blog", Area::Content),
            ("v2/coupons", Area::Marketing),
            ("v2/customer", Area::Customers),
            ("v2/gift_certificates", Area::Marketing),
            ("v2/order", Area::Orders),
            ("v2/pages", Area::Content),
            ("v2/payments", Area::PaymentMethods),
            ("v2/redirects", Area::Content),
            ("v3/abandoned-carts", Area::Carts),
            ("v3/carts", Area::Carts),
            ("v3/catalog", Area::Products),
            ("v3/channels/*/listings", Area::Listings),
            ("v3/channels/*/site", Area::Sites),
            ("v3/channels", Area::Channels),
            ("v3/checkouts", Area::Checkouts),
            ("v3/content/scripts", Area::Scripts),
            ("v3/content", Area::Content),
            ("v3/customers/*/stored-instruments", Area::StoredInstruments),
            ("v3/customers", Area::Customers),
            ("v3/inventory/locations/*/items", Area::Inventory),
            ("v3/inventory/locations", Area::Locations),
            ("v3/inventory", Area::Inventory),
            ("v3/orders/*/transactions", Area::Transactions),
            ("v3/orders/*/payment_actions", Area::PaymentActions),
            ("v3/orders/payment_actions", Area::PaymentActions),
            ("v3/orders/pickups", Area::Pickups),
            ("v3/orders", Area::Orders),
            ("v3/payments/access_tokens", Area::Payments),
            ("v3/payments", Area::PaymentMethods),
            ("v3/pickup", Area::Fulfillment),
            ("v3/pric", Area::Products),
            ("v3/promotions", Area::Marketing),
            ("v3/segments", Area::Customers),
            ("v3/shopper-profiles", Area::Customers),
            ("v3/sites", Area::Sites),
            ("v3/store/systemlogs", Area::Logs),
            (
                "v3/storefront/api-token-customer-impersonation",
                Area::CustomerImpersonation,
            ),
            ("v3/storefront/api-token", Area::StorefrontTokens),
            ("v3/storefront/redirects", Area::Content),
            ("v3/themes", Area::Themes),
            ("v3/wishlists", Area::Customers),
        ];
        BY_PREFIX
            .iter()
            .find(|(prefix, _)| pattern.starts_with(prefix))
            .map_or(Self::Information, |(_, area)| *area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modify_implies_read_but_not_the_other_way_round() {
        let modify: Scopes = "store_v2_orders".parse().unwrap();
        let read: Scopes = "store_v2_orders_read_only".parse().unwrap();
        assert!(modify.allow(Area::Orders, false) && modify.allow(Area::Orders, true));
        assert!(read.allow(Area::Orders, false) && !read.allow(Area::Orders, true));
        assert!(!read.allow(Area::Products, false));
    }

    #[test]
    fn refunds_open_to_either_of_two_scopes() {
        for name in ["store_v2_orders", "store_v2_transactions"] {
            let modify: Scopes = name.parse().unwrap();
            let read: Scopes = format!("{name}_read_only").parse().unwrap();
            assert!(modify.allow(Area::PaymentActions, true));
            assert!(
                read.allow(Area::PaymentActions, false) && !read.allow(Area::PaymentActions, true)
            );
        }
        let other: Scopes = "store_v2_products".parse().unwrap();
        assert!(!other.allow(Area::PaymentActions, false));
    }

    #[test]
    fn every_scope_an_account_can_have_is_known_by_its_name() {
        // With a read-only name that is made from it.
        let pairs = [
            "store_v2_content",
            "store_content_checkout",
            "store_v2_customers",
            "store_v2_information",
            "store_v2_marketing",
            "store_v2_orders",
            "store_v2_transactions",
            "store_stored_payment_instruments",
            "store_v2_products",
            "store_cart",
            "store_checkout",
            "store_sites",
            "store_channel_settings",
            "store_channel_listings",
            "store_locations",
            "store_inventory",
        ];
        let others = [
            "store_v2_customers_login",
            "store_payments_access_token_create",
            "store_payments_methods_read",
            "store_themes_manage",
            "store_themes_read_only",
            "store_storefront_api",
            "store_storefront_api_customer_impersonation",
            "store_logs_read_only",
            "store_fulfillment_methods_manage",
            "store_fulfillment_methods_read_only",
            "store_order_fulfillment_manage",
            "store_order_fulfillment_read_only",
            "store_metafield_write",
            "store_metafield_write_all",
            "store_metafield_change_owner",
        ];
        let all: BTreeSet<String> = pairs
            .iter()
            .flat_map(|name| [(*name).to_owned(), format!("{name}_read_only")])
            .chain(others.iter().map(|name| (*name).to_owned()))
            .collect();
        let text: Vec<&str> = all.iter().map(String::as_str).collect();
        let scopes: Scopes = text.join(",").parse().unwrap();
        assert_eq!(scopes, Scopes::Only(all));
    }

    #[test]
    fn a_scope_that_is_about_something_else_opens_nothing() {
        for name in ELSEWHERE {
            let scopes: Scopes = name.parse().unwrap();
            for area in Area::EVERY {
                assert!(!scopes.allow(area, false), "{name} {area:?}");
            }
        }
    }

    #[test]
    fn a_misspelt_scope_is_refused_by_name() {
        let refused = "store_v2_orders,store_v2_oders".parse::<Scopes>();
        assert_eq!(refused, Err(UnknownScope("store_v2_oders".to_owned())));
    }
}
