//! OAuth scopes, by the control panel's own names.
//!
//! Source: BigCommerce documentation, "API accounts", table of OAuth scopes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Preset;

/// How far a scope goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// Read-only.
    Read,
    /// Modify, which includes reading.
    Modify,
}

/// What the control panel calls a level of a scope that is more than none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Read-only.
    ReadOnly,
    /// Modify.
    Modify,
    /// Manage, where there is nothing to read, only something to make and to take back.
    Manage,
}

/// A scope that an API account can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// Pages, blog, redirects, widgets.
    Content,
    /// Scripts.
    CheckoutContent,
    /// Customers, their groups and addresses.
    Customers,
    /// Logging shoppers in.
    CustomersLogin,
    /// Name, currency, time zone, plan, settings.
    Information,
    /// Coupons, gift certificates, banners, promotions.
    Marketing,
    /// Orders with all that belongs to them; capture, void and refund too.
    Orders,
    /// What was paid, captured and refunded.
    OrderTransactions,
    /// Taking payments.
    CreatePayments,
    /// Which ways of paying there are.
    PaymentMethods,
    /// Shoppers' stored cards.
    StoredInstruments,
    /// The whole catalog, and price lists.
    Products,
    /// Themes.
    Themes,
    /// Carts.
    Carts,
    /// Checkouts.
    Checkouts,
    /// Storefronts' addresses.
    Sites,
    /// Channels.
    ChannelSettings,
    /// What is listed on a channel.
    ChannelListings,
    /// Tokens for a storefront.
    StorefrontTokens,
    /// Tokens that act as a shopper.
    StorefrontImpersonation,
    /// The store's own log. Not in the documentation's table; the name is unconfirmed.
    StoreLogs,
    /// Places that hold stock.
    Locations,
    /// Stock by place.
    Inventory,
    /// Ways to pick an order up.
    FulfillmentMethods,
    /// Orders to be picked up.
    OrderFulfillment,
    /// Fields that apps add.
    Metafields,
    /// Whose metafields they are.
    MetafieldOwnership,
}

/// Something that Stockroom does with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// What the store says of itself: name, currency, time zone, plan.
    StoreFacts,
    /// Orders are listed and looked at.
    Orders,
    /// Their status and staff notes are changed.
    OrderChanges,
    /// Products are listed and looked at.
    Products,
    /// Prices, stock and texts are changed, and products made.
    ProductChanges,
    /// Customers are listed and looked at.
    Customers,
    /// Storefronts are called by their names.
    StorefrontNames,
    /// Tokens for a storefront are made and revoked.
    StorefrontTokens,
}

/// What a scope is called in OAuth, level by level; `None` for a level that it hasn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OauthNames {
    /// Read-only.
    pub read: Option<&'static str>,
    /// Modify or manage.
    pub modify: Option<&'static str>,
    /// More than that: not only what the account itself has made.
    pub full: Option<&'static str>,
}

impl Scope {
    /// All of them, in the order of the documentation's table.
    pub const ALL: [Self; 27] = [
        Self::Content,
        Self::CheckoutContent,
        Self::Customers,
        Self::CustomersLogin,
        Self::Information,
        Self::Marketing,
        Self::Orders,
        Self::OrderTransactions,
        Self::CreatePayments,
        Self::PaymentMethods,
        Self::StoredInstruments,
        Self::Products,
        Self::Themes,
        Self::Carts,
        Self::Checkouts,
        Self::Sites,
        Self::ChannelSettings,
        Self::ChannelListings,
        Self::StorefrontTokens,
        Self::StorefrontImpersonation,
        Self::StoreLogs,
        Self::Locations,
        Self::Inventory,
        Self::FulfillmentMethods,
        Self::OrderFulfillment,
        Self::Metafields,
        Self::MetafieldOwnership,
    ];

    /// What the control panel calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Content => "Content",
            Self::CheckoutContent => "Checkout content",
            Self::Customers => "Customers",
            Self::CustomersLogin => "Customers login",
            Self::Information => "Information & settings",
            Self::Marketing => "Marketing",
            Self::Orders => "Orders",
            Self::OrderTransactions => "Order transactions",
            Self::CreatePayments => "Create payments",
            Self::PaymentMethods => "Get payment methods",
            Self::StoredInstruments => "Stored payment instruments",
            Self::Products => "Products",
            Self::Themes => "Themes",
            Self::Carts => "Carts",
            Self::Checkouts => "Checkouts",
            Self::Sites => "Sites & routes",
            Self::ChannelSettings => "Channel settings",
            Self::ChannelListings => "Channel listings",
            Self::StorefrontTokens => "Storefront API tokens",
            Self::StorefrontImpersonation => "Storefront API customer impersonation tokens",
            Self::StoreLogs => "Store logs",
            Self::Locations => "Store locations",
            Self::Inventory => "Store inventory",
            Self::FulfillmentMethods => "Fulfillment methods",
            Self::OrderFulfillment => "Order fulfillment",
            Self::Metafields => "Metafields access",
            Self::MetafieldOwnership => "Metafield ownership",
        }
    }

    /// What OAuth calls it.
    #[must_use]
    pub const fn oauth_names(self) -> OauthNames {
        match self {
            Self::Content => both("store_v2_content", "store_v2_content_read_only"),
            Self::CheckoutContent => {
                both("store_content_checkout", "store_content_checkout_read_only")
            }
            Self::Customers => both("store_v2_customers", "store_v2_customers_read_only"),
            Self::CustomersLogin => modify_only("store_v2_customers_login"),
            Self::Information => both("store_v2_information", "store_v2_information_read_only"),
            Self::Marketing => both("store_v2_marketing", "store_v2_marketing_read_only"),
            Self::Orders => both("store_v2_orders", "store_v2_orders_read_only"),
            Self::OrderTransactions => {
                both("store_v2_transactions", "store_v2_transactions_read_only")
            }
            Self::CreatePayments => modify_only("store_payments_access_token_create"),
            Self::PaymentMethods => read_only("store_payments_methods_read"),
            Self::StoredInstruments => both(
                "store_stored_payment_instruments",
                "store_stored_payment_instruments_read_only",
            ),
            Self::Products => both("store_v2_products", "store_v2_products_read_only"),
            Self::Themes => both("store_themes_manage", "store_themes_read_only"),
            Self::Carts => both("store_cart", "store_cart_read_only"),
            Self::Checkouts => both("store_checkout", "store_checkout_read_only"),
            Self::Sites => both("store_sites", "store_sites_read_only"),
            Self::ChannelSettings => {
                both("store_channel_settings", "store_channel_settings_read_only")
            }
            Self::ChannelListings => {
                both("store_channel_listings", "store_channel_listings_read_only")
            }
            Self::StorefrontTokens => modify_only("store_storefront_api"),
            Self::StorefrontImpersonation => {
                modify_only("store_storefront_api_customer_impersonation")
            }
            Self::StoreLogs => read_only("store_logs_read_only"),
            Self::Locations => both("store_locations", "store_locations_read_only"),
            Self::Inventory => both("store_inventory", "store_inventory_read_only"),
            Self::FulfillmentMethods => both(
                "store_fulfillment_methods_manage",
                "store_fulfillment_methods_read_only",
            ),
            Self::OrderFulfillment => both(
                "store_order_fulfillment_manage",
                "store_order_fulfillment_read_only",
            ),
            Self::Metafields => OauthNames {
                full: Some("store_metafield_write_all"),
                ..modify_only("store_metafield_write")
            },
            Self::MetafieldOwnership => modify_only("store_metafield_change_owner"),
        }
    }

    /// What the control panel calls this level of it.
    #[must_use]
    pub const fn level_name(self, access: Access) -> Level {
        match (self, access) {
            (_, Access::Read) => Level::ReadOnly,
            (
                Self::StorefrontTokens | Self::StorefrontImpersonation | Self::MetafieldOwnership,
                Access::Modify,
            ) => Level::Manage,
            (_, Access::Modify) => Level::Modify,
        }
    }

    /// How far it takes to make tokens for the storefront here, which no preset asks for by itself;
    /// `None` if not at all. Listing the storefronts by name is part of it.
    #[must_use]
    pub const fn for_storefront(self) -> Option<Access> {
        match self {
            Self::ChannelSettings => Some(Access::Read),
            Self::StorefrontTokens => Some(Access::Modify),
            _ => None,
        }
    }

    /// What it unlocks here at this level, what goes farthest last; nothing for what Stockroom has no use for.
    #[must_use]
    pub const fn unlocks(self, access: Access) -> &'static [Feature] {
        match (self, access) {
            (Self::Information, _) => &[Feature::StoreFacts],
            (Self::Orders, Access::Read) => &[Feature::Orders],
            (Self::Orders, Access::Modify) => &[Feature::Orders, Feature::OrderChanges],
            (Self::Products, Access::Read) => &[Feature::Products],
            (Self::Products, Access::Modify) => &[Feature::Products, Feature::ProductChanges],
            (Self::Customers, _) => &[Feature::Customers],
            (Self::ChannelSettings, _) => &[Feature::StorefrontNames],
            (Self::StorefrontTokens, Access::Modify) => &[Feature::StorefrontTokens],
            _ => &[],
        }
    }

    /// How far a preset makes use of it at most; `None` if none does.
    #[must_use]
    pub const fn used(self) -> Option<Access> {
        Preset::Everything.level(self)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

const fn both(modify: &'static str, read: &'static str) -> OauthNames {
    OauthNames {
        read: Some(read),
        modify: Some(modify),
        full: None,
    }
}

const fn modify_only(modify: &'static str) -> OauthNames {
    OauthNames {
        read: None,
        modify: Some(modify),
        full: None,
    }
}

const fn read_only(read: &'static str) -> OauthNames {
    OauthNames {
        read: Some(read),
        modify: None,
        full: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_scopes_share_a_name() {
        let labels: HashSet<_> = Scope::ALL.iter().map(|scope| scope.label()).collect();
        assert_eq!(labels.len(), Scope::ALL.len());
        let names: Vec<_> = Scope::ALL
            .iter()
            .flat_map(|scope| {
                let OauthNames { read, modify, full } = scope.oauth_names();
                [read, modify, full]
            })
            .flatten()
            .collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        assert!(names.iter().all(|name| name.starts_with("store_")));
    }

    #[test]
    fn each_scope_that_is_asked_for_unlocks_something_and_each_level_of_it_something_more() {
        for scope in Scope::ALL {
            let asked = Preset::ALL.into_iter().filter_map(|it| it.level(scope));
            let asked: HashSet<_> = asked.chain(scope.for_storefront()).collect();
            for level in &asked {
                assert!(!scope.unlocks(*level).is_empty(), "{scope} {level:?}");
            }
            if asked.len() == 2 {
                let (read, modify) = (scope.unlocks(Access::Read), scope.unlocks(Access::Modify));
                assert!(modify.starts_with(read) && modify != read, "{scope}");
            }
            if asked.is_empty() {
                assert!(scope.unlocks(Access::Modify).is_empty(), "{scope}");
            }
        }
    }

    /// The documentation's table, written out once more: the control panel's name, and what OAuth calls
    /// reading and changing.
    const DOCUMENTED: [(&str, &str, &str); 27] = [
        ("Content", "store_v2_content_read_only", "store_v2_content"),
        (
            "Checkout content",
            "store_content_checkout_read_only",
            "store_content_checkout",
        ),
        (
            "Customers",
            "store_v2_customers_read_only",
            "store_v2_customers",
        ),
        ("Customers login", "", "store_v2_customers_login"),
        (
            "Information & settings",
            "store_v2_information_read_only",
            "store_v2_information",
        ),
        (
            "Marketing",
            "store_v2_marketing_read_only",
            "store_v2_marketing",
        ),
        ("Orders", "store_v2_orders_read_only", "store_v2_orders"),
        (
            "Order transactions",
            "store_v2_transactions_read_only",
            "store_v2_transactions",
        ),
        ("Create payments", "", "store_payments_access_token_create"),
        ("Get payment methods", "store_payments_methods_read", ""),
        (
            "Stored payment instruments",
            "store_stored_payment_instruments_read_only",
            "store_stored_payment_instruments",
        ),
        (
            "Products",
            "store_v2_products_read_only",
            "store_v2_products",
        ),
        ("Themes", "store_themes_read_only", "store_themes_manage"),
        ("Carts", "store_cart_read_only", "store_cart"),
        ("Checkouts", "store_checkout_read_only", "store_checkout"),
        ("Sites & routes", "store_sites_read_only", "store_sites"),
        (
            "Channel settings",
            "store_channel_settings_read_only",
            "store_channel_settings",
        ),
        (
            "Channel listings",
            "store_channel_listings_read_only",
            "store_channel_listings",
        ),
        ("Storefront API tokens", "", "store_storefront_api"),
        (
            "Storefront API customer impersonation tokens",
            "",
            "store_storefront_api_customer_impersonation",
        ),
        ("Store logs", "store_logs_read_only", ""),
        (
            "Store locations",
            "store_locations_read_only",
            "store_locations",
        ),
        (
            "Store inventory",
            "store_inventory_read_only",
            "store_inventory",
        ),
        (
            "Fulfillment methods",
            "store_fulfillment_methods_read_only",
            "store_fulfillment_methods_manage",
        ),
        (
            "Order fulfillment",
            "store_order_fulfillment_read_only",
            "store_order_fulfillment_manage",
        ),
        ("Metafields access", "", "store_metafield_write"),
        ("Metafield ownership", "", "store_metafield_change_owner"),
    ];

    #[test]
    fn every_scope_is_called_what_the_documentation_calls_it() {
        let ours = Scope::ALL.map(|scope| {
            let names = scope.oauth_names();
            let name = |name: Option<&'static str>| name.unwrap_or_default();
            (scope.label(), name(names.read), name(names.modify))
        });
        assert_eq!(ours, DOCUMENTED);
        let more: Vec<_> = Scope::ALL
            .into_iter()
            .filter_map(|scope| Some((scope, scope.oauth_names().full?)))
            .collect();
        assert_eq!(more, [(Scope::Metafields, "store_metafield_write_all")]);
    }

    #[test]
    fn a_level_is_called_what_the_control_panel_calls_it() {
        let managed: Vec<_> = Scope::ALL
            .into_iter()
            .filter(|scope| scope.level_name(Access::Modify) == Level::Manage)
            .collect();
        assert_eq!(
            managed,
            [
                Scope::StorefrontTokens,
                Scope::StorefrontImpersonation,
                Scope::MetafieldOwnership
            ]
        );
        // What is managed has no level below that.
        assert!(managed.iter().all(|it| it.oauth_names().read.is_none()));
        let read = Scope::ALL.map(|scope| scope.level_name(Access::Read));
        assert!(read.iter().all(|level| *level == Level::ReadOnly));
    }

    #[test]
    fn what_the_storefront_takes_has_those_levels_and_is_no_part_of_a_job() {
        let takes: Vec<_> = Scope::ALL
            .into_iter()
            .filter_map(|scope| Some((scope, scope.for_storefront()?)))
            .collect();
        assert_eq!(
            takes,
            [
                (Scope::ChannelSettings, Access::Read),
                (Scope::StorefrontTokens, Access::Modify)
            ]
        );
        for (scope, access) in takes {
            let names = scope.oauth_names();
            let name = match access {
                Access::Read => names.read,
                Access::Modify => names.modify,
            };
            assert!(name.is_some(), "{scope}");
            assert_eq!(scope.used(), None, "{scope}");
        }
    }
}
