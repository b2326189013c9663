use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Color, PresetName, Safety, ScopeLevel, ScopeName};
use crate::AppError;

/// Names a store.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreRef {
    /// The store's key in this app.
    pub store: String,
}

/// Asks for a store to be removed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemoveStore {
    /// The store.
    pub store: String,
    /// Whether its journal is put into a table in the home's folder `archive` first.
    #[serde(default)]
    pub keep_journal: bool,
    /// Does without a keychain that stays closed: it is not asked for its password, and what it holds
    /// of the store goes as soon as it is open.
    #[serde(default)]
    pub leave_token_behind: bool,
}

/// Where a token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TokenHome {
    /// In the system's keychain.
    Keychain,
    /// In memory, until the app quits.
    UntilQuit,
    /// Made anew on every start, for the sample store.
    Sample,
}

/// What a store weighs its products in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WeightUnit {
    /// Avoirdupois pounds.
    Pounds,
    /// Avoirdupois ounces.
    Ounces,
    /// Kilograms.
    Kilograms,
    /// Grams.
    Grams,
    /// Metric tonnes.
    Tonnes,
}

/// A scope that a token was last seen to lack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MissingScope {
    /// Which.
    pub scope: ScopeName,
    /// The highest level that Stockroom could use.
    pub level: ScopeLevel,
    /// It may be read all the same: only changing is out of reach.
    pub readable: bool,
}

/// A connected store, as kept on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Store {
    /// Its key in this app.
    pub key: String,
    /// Store hash.
    pub hash: String,
    /// The person's name for it.
    pub name: String,
    /// Accent.
    pub color: Color,
    /// What has to happen before a change is sent.
    pub safety: Safety,
    /// The number of the channel that is meant where one is to be chosen.
    pub channel: String,
    /// The built-in sample store.
    pub is_sample: bool,
    /// The shop's address on the web. May be empty.
    pub domain: String,
    /// Plan, in the store's words. May be empty.
    pub plan: String,
    /// IANA time zone. May be empty.
    pub time_zone: String,
    /// ISO 4217 code. May be empty.
    pub currency: String,
    /// What its products are weighed in; `null` where the store hasn't said.
    pub weight_unit: Option<WeightUnit>,
    /// Where the token lives.
    pub token_home: TokenHome,
    /// The token's last four characters. May be empty.
    pub token_last4: String,
    /// The keychain's entry, as its own program shows it. Empty when not in a keychain. With
    /// [`TokenHome::UntilQuit`] it is an older token's, left in a keychain that was locked.
    pub token_entry: String,
    /// What it was connected for.
    pub preset: PresetName,
    /// Scopes that Stockroom has a use for, and that the last check found missing. Some may be
    /// outside of what the preset asks for.
    pub missing_scopes: Vec<MissingScope>,
    /// False if it belongs to another API address than the one in force: it opens offline only.
    pub may_connect: bool,
}

/// What the background work on a store is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RefreshPhase {
    /// Nothing; waits for the next turn.
    Idle,
    /// Pulling orders for the first time.
    FirstPull,
    /// Asking for what changed.
    Refreshing,
    /// Stopped until something named in `trouble` is mended.
    Stopped,
}

/// Whether requests can be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// At hand.
    Ready,
    /// Not asked for yet.
    NotAsked,
    /// The keychain waits for its password.
    Unlocking,
    /// The keychain is locked.
    Locked,
    /// There is no entry (any more), or it was kept only until the app quit.
    Missing,
    /// This system has no keychain that answers.
    NoKeychain,
}

/// Why sending waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WaitBecause {
    /// This window's requests are used up, by us or by other apps.
    QuotaUsedUp,
    /// The store asked us to wait.
    StoreAsked,
    /// After trouble, before the next try.
    BackingOff,
}

/// A pause in sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitDto {
    /// Whole seconds left, rounded up.
    pub seconds: u32,
    /// Why.
    pub because: WaitBecause,
}

/// Requests in the present window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuotaDto {
    /// Left.
    pub left: u32,
    /// In all.
    pub quota: u32,
    /// Length of the window in seconds.
    pub window_seconds: u32,
}

/// How a store is doing right now.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreState {
    /// The store.
    pub store: String,
    /// Background work.
    pub phase: RefreshPhase,
    /// Orders on this computer.
    pub orders: u32,
    /// Orders in the store, where it said so.
    pub orders_in_store: Option<u32>,
    /// Orders, products and customers.
    pub areas: Vec<AreaState>,
    /// Seconds left of a first pull, from the store's real quota.
    pub seconds_left: Option<u32>,
    /// When the last refresh ended.
    pub refreshed_at: Option<String>,
    /// Quota from the newest answer; `null` where the store names none.
    pub quota: Option<QuotaDto>,
    /// A pause in sending.
    pub waiting: Option<WaitDto>,
    /// Requests that wait until others have their answers. No event is told for it alone.
    pub in_line: u32,
    /// What keeps it from refreshing.
    pub trouble: Option<AppError>,
    /// Whether requests can be signed.
    pub token: TokenState,
    /// Orders awaiting fulfillment.
    pub awaiting_fulfillment: u32,
    /// Changes that wait or are being sent.
    pub changes_waiting: u32,
    /// Changes a person has to look at.
    pub changes_to_look_at: u32,
    /// The copy was damaged and is being pulled again from its beginning.
    pub pulled_again: bool,
    /// What the store sent and could not be read, with the reason; of each kind at most 20.
    pub unreadable: Vec<Unreadable>,
}

/// A kind of thing that is pulled by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Area {
    /// Orders.
    Orders,
    /// Products.
    Products,
    /// Brands.
    Brands,
    /// Categories.
    Categories,
    /// Customers.
    Customers,
}

/// How a kind of thing that the window has a list of is doing.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AreaState {
    /// Which.
    pub area: Area,
    /// How many are on this computer.
    pub here: u32,
    /// How many there are in the store, where it said so.
    pub in_store: Option<u32>,
    /// All of them have been here once.
    pub is_complete: bool,
    /// Why the store doesn't let us read them; `null` if it does.
    pub out_of_reach: Option<AppError>,
}

/// Something the store sent that could not be understood.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// What kind of thing it is.
    pub area: Area,
    /// Its number, if that much was readable.
    pub id: Option<String>,
    /// The field.
    pub path: String,
    /// What was wrong with it.
    pub reason: String,
}

/// What a person may change about a connected store.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreEdit {
    /// The store.
    pub store: String,
    /// New name, 1 to 80 characters.
    pub name: String,
    /// New accent.
    pub color: Color,
    /// New safety mode.
    pub safety: Safety,
    /// The number of the channel that is meant where one is to be chosen; as it was without it.
    #[serde(default)]
    pub channel: Option<String>,
}

/// A page in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Page {
    /// BigCommerce's list of store-level API accounts.
    ApiAccounts,
    /// An order in the control panel.
    Order,
    /// A product in the control panel.
    Product,
    /// A customer in the control panel.
    Customer,
    /// The page that follows a parcel, as the store gives it.
    Parcel,
    /// The shop itself.
    Storefront,
}

/// Opens a page in the person's browser. The address is made in the backend.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenPage {
    /// The store, where there is one yet.
    pub store: Option<String>,
    /// Which page.
    pub page: Page,
    /// The number of the order, product or customer whose page it is; of a parcel's order.
    pub id: Option<String>,
    /// The number of the shipment whose parcel it is.
    #[serde(default)]
    pub shipment: Option<String>,
    /// The hash of a store that is not connected here yet, for its list of API accounts.
    #[serde(default)]
    pub hash: Option<String>,
}

/// A new token for a store that has lost its own.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GiveToken {
    /// The store.
    pub store: String,
    /// The token as typed. It goes one way only.
    pub token: String,
    /// Keep it in memory only.
    pub until_quit: bool,
}
