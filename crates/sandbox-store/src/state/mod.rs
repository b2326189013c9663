//! What the store remembers.

pub(crate) mod catalog;
mod diff;
mod elsewhere;
pub(crate) mod index;
pub(crate) mod later;
pub(crate) mod mail;
pub(crate) mod metafields;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod settings;
pub(crate) mod statuses;
pub(crate) mod storefront;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::gate::limiter::{Limiter, Plan};
use crate::gate::scopes::Scopes;
use crate::http::Request;
use crate::seed;
pub use mail::{Email, Subject};

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

/// What fees without an id do in the change of an order. The reference says both; by default a client meets what hurts
/// more if it repeats a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FeesWithoutId {
    /// The fees of a body take the place of all there are: one without an id is new, one that is not named goes.
    Replace,
    /// They come on top of those that are there, each time: only an empty list takes any away.
    #[default]
    Add,
}

impl FromStr for FeesWithoutId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "replace" => Ok(Self::Replace),
            "add" => Ok(Self::Add),
            other => Err(format!("`{other}` is not one of replace, add")),
        }
    }
}

/// Everything that decides what is in the store when it opens. The same blueprint always gives the
/// same store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blueprint {
    /// The store's hash in every path: 1 to 32 of `[a-z0-9]`.
    pub hash: String,
    /// The first token that opens it.
    pub token: Token,
    /// What that token may do.
    pub scopes: Scopes,
    /// Tokens of other API accounts, each with what it may do.
    pub more_tokens: Vec<(Token, Scopes)>,
    /// The plan: name and quota.
    pub plan: Plan,
    /// The part of the quota that another app of the store uses, in thousandths: 0 to 1000.
    pub competitor_permille: u32,
    /// How long stock, captures, voids and refunds take to settle after they were answered.
    pub settling: Duration,
    /// How long stock that comes with a product takes to be booked after it was answered.
    pub stock_lag: Duration,
    /// What fees without an id do in the change of an order.
    pub fees_without_id: FeesWithoutId,
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
            more_tokens: Vec::new(),
            plan: Plan::Standard,
            competitor_permille: 0,
            settling: Duration::from_millis(800),
            stock_lag: Duration::ZERO,
            fees_without_id: FeesWithoutId::default(),
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
    pub(crate) plan: Plan,
    pub(crate) opened: Timestamp,
}

/// An API account: a token and what it may do.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) token: Token,
    pub(crate) scopes: Scopes,
    pub(crate) is_revoked: bool,
    /// Whose metafields are whose.
    pub(crate) client_id: String,
}

/// A store with everything in it.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) identity: Identity,
    /// The first is the one of [`Blueprint::token`].
    pub(crate) accounts: Vec<Account>,
    pub(crate) limiter: Limiter,
    pub(crate) requests_seen: u64,
    pub(crate) world: seed::World,
    /// Oldest first, so ids rise.
    pub(crate) orders: Vec<orders::Order>,
    pub(crate) custom_labels: BTreeMap<u8, String>,
    pub(crate) emails: Vec<Email>,
    /// What the next order and the next order line will be called.
    pub(crate) next: seed::orders::Counters,
    /// In the order they were made, so ids rise.
    pub(crate) metafields: Vec<metafields::Metafield>,
    pub(crate) settings: settings::Settings,
    pub(crate) storefront: storefront::Tokens,
    pub(crate) pending: later::Pending,
    pub(crate) settling: SignedDuration,
    pub(crate) stock_lag: SignedDuration,
    pub(crate) fees_without_id: FeesWithoutId,
    /// `http` or `https`: links are made with it.
    pub(crate) scheme: &'static str,
}

impl Store {
    /// Opens the store that the blueprint describes.
    #[must_use]
    pub fn open(blueprint: &Blueprint) -> Self {
        let mut world = seed::World::draw(blueprint.seed, blueprint.as_of, blueprint.sizes);
        let (orders, next) = seed::orders::draw_all(&world, blueprint.sizes.orders);
        world.began_before(&orders);
        let mut store = Self {
            identity: Identity {
                hash: blueprint.hash.clone(),
                plan: blueprint.plan,
                opened: world.opened(),
            },
            accounts: accounts(blueprint),
            limiter: Limiter::new(blueprint.plan, blueprint.competitor_permille),
            requests_seen: 0,
            world,
            orders,
            custom_labels: blueprint.custom_labels.clone(),
            emails: Vec::new(),
            next,
            metafields: Vec::new(),
            settings: settings::Settings::new(),
            storefront: storefront::Tokens::default(),
            pending: later::Pending::default(),
            scheme: "http",
            settling: SignedDuration::try_from(blueprint.settling).unwrap_or_default(),
            stock_lag: SignedDuration::try_from(blueprint.stock_lag).unwrap_or_default(),
            fees_without_id: blueprint.fees_without_id,
        };
        store.count_what_sold();
        store
    }

    /// The e-mails sent to shoppers, oldest first.
    #[must_use]
    pub fn emails(&self) -> &[Email] {
        &self.emails
    }

    /// Links lead back to the host that was asked.
    pub(crate) fn origin_for(&self, host: &str) -> String {
        format!("{}://{host}", self.scheme)
    }

    /// Which account a request comes from; the first where it says nothing.
    pub(crate) fn account_of(&self, request: &Request) -> usize {
        let token = request.header("X-Auth-Token").unwrap_or("");
        let mut accounts = self.accounts.iter();
        let account = accounts.position(|account| account.token.expose() == token);
        account.unwrap_or(0)
    }

    /// The token opens nothing any more, until [`Self::forgive`].
    pub(crate) fn revoke(&mut self, token: &str) {
        for account in &mut self.accounts {
            account.is_revoked |= account.token.expose() == token;
        }
    }

    /// Revoked tokens work again.
    pub(crate) fn forgive(&mut self) {
        for account in &mut self.accounts {
            account.is_revoked = false;
        }
    }

    /// A name for one more exchange.
    pub(crate) fn next_request_id(&mut self) -> String {
        self.requests_seen += 1;
        format!("{:016x}{:016x}", self.seed(), self.requests_seen)
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

/// An account for each token. Client ids are 31 of `[a-z0-9]`, as real ones are.
fn accounts(blueprint: &Blueprint) -> Vec<Account> {
    let first = (blueprint.token.clone(), blueprint.scopes.clone());
    std::iter::once(first)
        .chain(blueprint.more_tokens.iter().cloned())
        .zip(1..)
        .map(|((token, scopes), number)| Account {
            token,
            scopes,
            is_revoked: false,
            client_id: client_id(number),
        })
        .collect()
}

fn client_id(number: u64) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut rng = seed::rng::Rng::for_thing(0, "client", number);
    (0..31).map(|_| char::from(*rng.pick(LETTERS))).collect()
}
