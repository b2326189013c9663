//! Jobs that Stockroom does, each with the least scopes that it takes.

use serde::{Deserialize, Serialize};

use crate::{Access, Scope};

/// A job that Stockroom is to do, with the least scopes that it takes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Preset {
    /// Orders, products and customers are looked at; nothing can be changed.
    LookOnly,
    /// Orders are worked on, with customers and products beside them.
    OrdersDesk,
    /// Products are worked on.
    CatalogEditor,
    /// All that Stockroom can do.
    #[default]
    Everything,
}

impl Preset {
    /// All of them, the one that may the least first.
    pub const ALL: [Self; 4] = [
        Self::LookOnly,
        Self::OrdersDesk,
        Self::CatalogEditor,
        Self::Everything,
    ];

    /// How far the job needs a scope; `None` if it does without. Only what Stockroom makes use of
    /// is ever asked for.
    #[must_use]
    pub const fn level(self, scope: Scope) -> Option<Access> {
        use Access::{Modify, Read};
        match scope {
            Scope::Information => Some(Read),
            Scope::Orders => match self {
                Self::LookOnly => Some(Read),
                Self::OrdersDesk | Self::Everything => Some(Modify),
                Self::CatalogEditor => None,
            },
            Scope::Products => match self {
                Self::LookOnly | Self::OrdersDesk => Some(Read),
                Self::CatalogEditor | Self::Everything => Some(Modify),
            },
            Scope::Customers => match self {
                Self::LookOnly | Self::OrdersDesk | Self::Everything => Some(Read),
                Self::CatalogEditor => None,
            },
            Scope::Content
            | Scope::CheckoutContent
            | Scope::CustomersLogin
            | Scope::Marketing
            | Scope::OrderTransactions
            | Scope::CreatePayments
            | Scope::PaymentMethods
            | Scope::StoredInstruments
            | Scope::Themes
            | Scope::Carts
            | Scope::Checkouts
            | Scope::Sites
            | Scope::ChannelSettings
            | Scope::ChannelListings
            | Scope::StorefrontTokens
            | Scope::StorefrontImpersonation
            | Scope::StoreLogs
            | Scope::Locations
            | Scope::Inventory
            | Scope::FulfillmentMethods
            | Scope::OrderFulfillment
            | Scope::Metafields
            | Scope::MetafieldOwnership => None,
        }
    }

    /// What the job needs, in the order of [`Scope::ALL`].
    pub fn needs(self) -> impl Iterator<Item = (Scope, Access)> {
        Scope::ALL
            .into_iter()
            .filter_map(move |scope| Some((scope, self.level(scope)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_asks_for_levels_that_there_are() {
        for preset in Preset::ALL {
            for (scope, access) in preset.needs() {
                let names = scope.oauth_names();
                let name = match access {
                    Access::Read => names.read,
                    Access::Modify => names.modify,
                };
                assert!(name.is_some(), "{scope} in {preset:?}");
            }
        }
    }

    #[test]
    fn everything_holds_what_any_job_needs() {
        for preset in Preset::ALL {
            for (scope, access) in preset.needs() {
                assert!(scope.used() >= Some(access), "{scope} in {preset:?}");
            }
        }
    }

    #[test]
    fn who_only_looks_can_change_nothing() {
        assert!(
            Preset::LookOnly
                .needs()
                .all(|(_, access)| access == Access::Read)
        );
    }
}
