//! What the store remembers.

pub(crate) mod catalog;
mod elsewhere;
pub(crate) mod mail;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod statuses;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::gate::limiter::{Limiter, Plan};
use crate::gate::scopes::Scopes;
use crate::seed;
pub use mail::Email;

/// An access token. Prints as `[REDACTED]` and is written to no file.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes the text as it is; [`crate::serve`] checks that it can be one.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text itself, to be sent as `X-Auth-Token`.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

/// How much the shop holds when it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sizes {
    /// Products in the catalog. Orders need at least one; with none there are no orders either.
    pub products: u32,
    /// Orders over the two years before [`Blueprint::as_of`], archived ones included.
    pub orders: u32,
    /// Registered customers; guests come on top.
    pub customers: u32,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            products: 200,
            orders: 500,
            customers: 300,
        }
    }
}

/// Everything that decides what is in the store when it opens. The same blueprint always gives the
/// same store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blueprint {
    /// The store's hash in every path: 1 to 32 of `[a-z0-9]`.
    pub hash: String,
    /// The one token that opens it.
    pub token: Token,
    /// What that token may do.
    pub scopes: Scopes,
    /// The plan: name and quota.
    pub plan: Plan,
    /// How much there is.
    pub sizes: Sizes,
    /// Another seed, another shop.
    pub seed: u64,
    /// The day the sample data ends, about midday in Los Angeles.
    pub as_of: Date,
    /// Labels the merchant gave to order statuses, by status id.
    pub custom_labels: BTreeMap<u8, String>,
}

impl Default for Blueprint {
    fn default() -> Self {
        Self {
            hash: "northfold".to_owned(),
            token: Token::new("sandboxsandboxsandboxsandboxsan"),
            scopes: Scopes::All,
            plan: Plan::Standard,
            sizes: Sizes::default(),
            seed: 1,
            as_of: Date::constant(2026, 11, 16),
            custom_labels: BTreeMap::new(),
        }
    }
}

/// Who the store is.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) hash: String,
    pub(crate) token: Token,
    pub(crate) plan: Plan,
    pub(crate) opened: Timestamp,
}

/// A store with everything in it.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) identity: Identity,
    pub(crate) scopes: Scopes,
    pub(crate) token_is_revoked: bool,
    pub(crate) limiter: Limiter,
    pub(crate) requests_seen: u64,
    pub(crate) world: seed::World,
    /// Oldest first, so ids rise.
    pub(crate) orders: Vec<orders::Order>,
    pub(crate) custom_labels: BTreeMap<u8, String>,
    pub(crate) emails: Vec<Email>,
    /// What the next order and the next order line will be called.
    pub(crate) next: seed::orders::Counters,
}

impl Store {
    /// Opens the store that the blueprint describes.
    #[must_use]
    pub fn open(blueprint: &Blueprint) -> Self {
        let world = seed::World::draw(blueprint.seed, blueprint.as_of, blueprint.sizes);
        let (orders, next) = seed::orders::draw_all(&world, blueprint.sizes.orders);
        let mut store = Self {
            identity: Identity {
                hash: blueprint.hash.clone(),
                token: blueprint.token.clone(),
                plan: blueprint.plan,
                opened: world.opened(),
            },
            scopes: blueprint.scopes.clone(),
            token_is_revoked: false,
            limiter: Limiter::new(blueprint.plan),
            requests_seen: 0,
            world,
            orders,
            custom_labels: blueprint.custom_labels.clone(),
            emails: Vec::new(),
            next,
        };
        store.count_what_sold();
        store
    }

    /// The e-mails sent to shoppers, oldest first.
    #[must_use]
    pub fn emails(&self) -> &[Email] {
        &self.emails
    }

    pub(crate) fn seed(&self) -> u64 {
        self.world.seed
    }

    pub(crate) fn order(&self, id: u64) -> Option<&orders::Order> {
        let at = self
            .orders
            .binary_search_by_key(&id, |order| order.id)
            .ok()?;
        self.orders.get(at)
    }

    pub(crate) fn order_mut(&mut self, id: u64) -> Option<&mut orders::Order> {
        let at = self
            .orders
            .binary_search_by_key(&id, |order| order.id)
            .ok()?;
        self.orders.get_mut(at)
    }

    /// What the merchant calls a status.
    pub(crate) fn label_of(&self, status: statuses::Status) -> &str {
        self.custom_labels
            .get(&status.id())
            .map_or_else(|| status.name(), String::as_str)
    }

    fn count_what_sold(&mut self) {
        let mut sold: BTreeMap<u64, u64> = BTreeMap::new();
        for line in self
            .orders
            .iter()
            .filter(|order| order.status.counts_as_sold())
            .flat_map(|order| &order.lines)
        {
            *sold.entry(line.product_id).or_default() += u64::from(line.quantity);
        }
        for product in &mut self.world.products {
            product.total_sold = sold.get(&product.id).copied().unwrap_or(0);
        }
    }
}
