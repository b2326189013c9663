//! OAuth scopes, by the control panel's own names.
//!
//! Source: BigCommerce documentation, "API accounts", table of OAuth scopes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How far a scope goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// Read-only.
    Read,
    /// Modify, which includes reading.
    Modify,
}

/// A scope that Stockroom can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// Information & settings.
    Information,
    /// Orders.
    Orders,
    /// Order transactions.
    OrderTransactions,
    /// Products.
    Products,
    /// Customers.
    Customers,
    /// Store inventory.
    Inventory,
    /// Store locations.
    Locations,
    /// Channel settings.
    ChannelSettings,
}

impl Scope {
    /// All of them, in the control panel's alphabetical order.
    pub const ALL: [Self; 8] = [
        Self::ChannelSettings,
        Self::Customers,
        Self::Information,
        Self::OrderTransactions,
        Self::Orders,
        Self::Products,
        Self::Inventory,
        Self::Locations,
    ];

    /// What the control panel calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Information => "Information & settings",
            Self::Orders => "Orders",
            Self::OrderTransactions => "Order transactions",
            Self::Products => "Products",
            Self::Customers => "Customers",
            Self::Inventory => "Store inventory",
            Self::Locations => "Store locations",
            Self::ChannelSettings => "Channel settings",
        }
    }

    /// The OAuth name of the modify level; the read-only one adds `_read_only`.
    #[must_use]
    pub const fn oauth_name(self) -> &'static str {
        match self {
            Self::Information => "store_v2_information",
            Self::Orders => "store_v2_orders",
            Self::OrderTransactions => "store_v2_transactions",
            Self::Products => "store_v2_products",
            Self::Customers => "store_v2_customers",
            Self::Inventory => "store_inventory",
            Self::Locations => "store_locations",
            Self::ChannelSettings => "store_channel_settings",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
