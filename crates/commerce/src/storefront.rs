use serde::{Deserialize, Serialize};

/// What a private token for the storefront's GraphQL API may ask about.
///
/// Source: BigCommerce REST reference, "Create a Private API Token", member `scopes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StorefrontScope {
    /// What any visitor sees: products, categories, settings of the site.
    Unauthenticated,
    /// What a signed-in customer sees of their own.
    Customer,
    /// What the members of a company that buys see.
    #[serde(rename = "B2B")]
    B2B,
}

impl StorefrontScope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unauthenticated, Self::Customer, Self::B2B];

    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Unauthenticated",
            Self::Customer => "Customer",
            Self::B2B => "B2B",
        }
    }
}
