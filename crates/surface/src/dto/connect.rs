use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Color, QuotaDto, Safety, ScopeLevel, WaitDto};
use crate::{AppError, TokenMistake};

/// A text that may name a store.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddressQuestion {
    /// As typed or pasted.
    pub text: String,
}

/// What kind of text it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AddressKind {
    /// Nothing typed.
    Empty,
    /// The hash alone.
    Bare,
    /// An API path.
    ApiPath,
    /// A control-panel address.
    ControlPanel,
    /// A channel's address.
    ChannelAddress,
    /// A web address without a hash in it.
    NoHash,
    /// Something that holds a secret and belongs in the next step, not here.
    Secret,
    /// Nothing that could be recognised.
    Unclear,
}

/// What a text says about which store is meant.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddressAnswer {
    /// What it was.
    pub kind: AddressKind,
    /// The hash, where there is one.
    pub hash: Option<String>,
    /// The host, where the text names one without a hash.
    pub host: Option<String>,
    /// Where the hash starts in the text, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// The system's keychain.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeychainInfo {
    /// One answers.
    pub available: bool,
    /// It is locked; using it will ask for its password.
    pub locked: bool,
    /// It was never used, and has no password yet; the first save will ask for one to be chosen.
    pub is_new: bool,
    /// Its name, such as "GNOME Keyring".
    pub name: String,
}

/// Asks where in the keychain a token lies.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectionQuestion {
    /// The store whose token is meant; `None` for where a new one would go.
    pub store: Option<String>,
    /// Its token for the storefront is meant, not its access token.
    #[serde(default)]
    pub storefront: bool,
}

/// A part of a keychain that has several.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeychainCollection {
    /// What it is called, such as "Login"; empty where there is none, or where it is not known.
    pub name: String,
}

/// Where credentials come from.
#[derive(Deserialize, Type)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum HandFrom {
    /// Typed into the window.
    Typed {
        /// The text. It goes one way only.
        token: String,
    },
    /// The clipboard, which the backend reads.
    Clipboard,
    /// A file that the person chooses in a dialog of the system's.
    Chosen,
    /// The file that was dropped on the window last.
    Dropped,
    /// What was handed over before, once more.
    Again,
}

/// Hands credentials over.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectBegin {
    /// Anything that names the store; empty if the credentials do.
    pub address: String,
    /// What the store is to be connected for.
    pub preset: PresetName,
    /// And to make tokens for the storefront. A store that has access to it keeps it in any case.
    #[serde(default)]
    pub storefront: bool,
    /// The credentials.
    pub from: HandFrom,
}

/// What kind of text was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HandedKind {
    /// Nothing.
    Empty,
    /// The downloaded credentials file.
    CredentialsFile,
    /// The pop-up's text.
    PopUp,
    /// Settings, such as an `.env` file.
    Settings,
    /// A curl command or a request's headers.
    Request,
    /// JSON.
    Json,
    /// A token by itself.
    Token,
    /// A hash or an address by itself.
    Address,
    /// Something else.
    Unclear,
}

/// Why a file can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FileTrouble {
    /// It isn't there (any more).
    Gone,
    /// It may not be read.
    Forbidden,
    /// It is a folder or a device.
    NoFile,
    /// Something else.
    Other,
}

/// Why credentials can't be checked as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum HandMistake {
    /// There is no access token in it.
    Token {
        /// What is there instead.
        mistake: TokenMistake,
    },
    /// Nothing names a store.
    NoStore,
    /// They are of another store than the address.
    OtherStore {
        /// The address's hash.
        wanted: String,
        /// Theirs.
        found: String,
    },
    /// They name several stores, and the address none or none of them.
    SeveralStores {
        /// The address's hash.
        wanted: Option<String>,
        /// Theirs.
        found: Vec<String>,
    },
    /// The file can't be read.
    File {
        /// Why.
        trouble: FileTrouble,
    },
}

/// What was found in what was handed over. Holds no secret.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandedOver {
    /// What kind of text it is.
    pub kind: HandedKind,
    /// The file's name, if it was one.
    pub file_name: Option<String>,
    /// The store hash in it.
    pub hash: Option<String>,
    /// The token's last four characters. Empty if there is none.
    pub last4: String,
    /// What the API account is called, if it says so.
    pub client_name: Option<String>,
    /// The token's length, if it is unusual.
    pub unusual_length: Option<u32>,
    /// All that keeps it from being checked.
    pub mistakes: Vec<HandMistake>,
    /// Ready to be checked, if there are no mistakes.
    pub attempt: Option<Attempt>,
}

/// A token held in memory while it is being checked.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Its id.
    pub attempt: String,
    /// The store hash.
    pub hash: String,
    /// The token's last four characters.
    pub last4: String,
    /// The token's length, if it is unusual.
    pub unusual_length: Option<u32>,
    /// The store is already connected under this key: saving replaces its token.
    pub connected_as: Option<String>,
    /// What it is checked for.
    pub preset: PresetName,
    /// And for making tokens for the storefront.
    pub storefront: bool,
}

/// What to put away after a store was saved.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectTidy {
    /// Clear the clipboard, if the token is still in it.
    pub clipboard: bool,
    /// Move the file to the trash, if the token came in one and is still in it.
    pub file: bool,
}

/// What became of a wish to put something away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Tidy {
    /// It was not wished, or there was nothing.
    Nothing,
    /// Done.
    Done,
    /// The system would not.
    Failed,
}

/// What was put away.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Tidied {
    /// The clipboard.
    pub clipboard: Tidy,
    /// The file.
    pub file: Tidy,
}

/// What a store is connected for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PresetName {
    /// Looking only.
    LookOnly,
    /// Working on orders.
    OrdersDesk,
    /// Working on products.
    CatalogEditor,
    /// All that Stockroom can do.
    Everything,
}

/// A scope that a preset asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PresetScope {
    /// Which.
    pub scope: ScopeName,
    /// At which level.
    pub level: ScopeLevel,
    /// What that unlocks here, what goes farthest last.
    pub unlocks: Vec<FeatureName>,
}

/// Something that a scope unlocks here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FeatureName {
    /// What the store says of itself.
    StoreFacts,
    /// Looking at orders.
    Orders,
    /// Changing them.
    OrderChanges,
    /// Looking at products.
    Products,
    /// Changing and making them.
    ProductChanges,
    /// Looking at customers.
    Customers,
    /// The names of storefronts.
    StorefrontNames,
    /// Tokens for storefronts.
    StorefrontTokens,
}

/// What a store can be connected for, and what that takes.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PresetDto {
    /// Which.
    pub preset: PresetName,
    /// The least scopes that it takes, in the documentation's order.
    pub scopes: Vec<PresetScope>,
}

/// A scope as the control panel offers it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OfferedScope {
    /// Which.
    pub scope: ScopeName,
    /// It has a read-only level.
    pub read_only: bool,
    /// What its level above that is called, if it has one.
    pub modify: Option<ScopeLevel>,
}

/// Everything a store can be connected for, the least first.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Presets {
    /// Each of them.
    pub presets: Vec<PresetDto>,
    /// What it takes besides to make tokens for the storefront.
    pub storefront: Vec<PresetScope>,
    /// Every scope that the control panel offers, in the documentation's order.
    pub offered: Vec<OfferedScope>,
}

/// A scope by its place in the documentation, for the words about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the scopes")]
pub enum ScopeName {
    Content,
    CheckoutContent,
    Customers,
    CustomersLogin,
    Information,
    Marketing,
    Orders,
    OrderTransactions,
    CreatePayments,
    PaymentMethods,
    StoredInstruments,
    Products,
    Themes,
    Carts,
    Checkouts,
    Sites,
    ChannelSettings,
    ChannelListings,
    StorefrontTokens,
    StorefrontImpersonation,
    StoreLogs,
    Locations,
    Inventory,
    FulfillmentMethods,
    OrderFulfillment,
    Metafields,
    MetafieldOwnership,
}

/// Names an attempt.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttemptRef {
    /// Its id.
    pub attempt: String,
}

/// One thing the check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CheckStep {
    /// The API answers.
    Reached,
    /// The token is accepted.
    Token,
    /// Which store it is.
    Store,
    /// The scopes.
    Scopes,
}

/// How one thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CheckState {
    /// Not reached yet.
    Waiting,
    /// Being looked at.
    Running,
    /// Fine.
    Ok,
    /// Not fine; `problem` says why.
    Bad,
    /// Could not be looked at, because something before it failed.
    Skipped,
}

/// One line of the check.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckLine {
    /// What.
    pub step: CheckStep,
    /// How it stands.
    pub state: CheckState,
    /// Why it is not fine.
    pub problem: Option<AppError>,
}

/// Whether a level of a scope is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Grant {
    /// The store answered.
    Granted,
    /// The store refused for want of the scope.
    Missing,
    /// No safe request tells.
    NotChecked,
    /// The preset does without.
    NotNeeded,
}

/// One scope of the check.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScopeLine {
    /// Which.
    pub scope: ScopeName,
    /// The preset asks for it.
    pub wanted: bool,
    /// At the modify level, not just read-only.
    pub wants_modify: bool,
    /// What the control panel calls that level.
    pub level: ScopeLevel,
    /// Reading.
    pub read: Grant,
    /// Writing.
    pub write: Grant,
}

/// How sure it is that a new token takes something away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Doubt {
    /// The token in use has it, and the new one has not.
    Lost,
    /// The new one has it not; the token in use was meant to have it, and was never seen to.
    OldUnproven,
    /// The token in use has it; the new one was not asked about.
    NewUnchecked,
    /// The token in use was meant to have it; neither was asked about.
    NeitherChecked,
}

/// Something that the token in use can do, or may be able to do, and the new one may not.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// The scope.
    pub scope: ScopeName,
    /// Only changing things is meant, not the whole scope.
    pub only_modify: bool,
    /// How sure it is.
    pub doubt: Doubt,
}

/// Which store it is.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreFacts {
    /// Name.
    pub name: String,
    /// Address on the web.
    pub domain: String,
    /// Postal address in one line.
    pub address: String,
    /// Currency.
    pub currency: String,
    /// Time zone.
    pub time_zone: String,
    /// Plan.
    pub plan: String,
}

/// A check, finished or under way.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// The attempt.
    pub attempt: String,
    /// The host that was asked.
    pub host: String,
    /// Milliseconds the first answer took.
    pub answered_in_ms: Option<u32>,
    /// Four lines, always in the same order.
    pub lines: Vec<CheckLine>,
    /// Which store it is, where it could be read.
    pub store: Option<StoreFacts>,
    /// Every scope that a preset has a use for, and those for the storefront where they are wanted, in the
    /// documentation's order.
    pub scopes: Vec<ScopeLine>,
    /// What the token in use of a connected store can do and this one may not, once it has ended.
    pub losses: Vec<Loss>,
    /// Quota, where the store names one.
    pub quota: Option<QuotaDto>,
    /// How far this computer's clock is ahead of the store's, in seconds, if by more than a minute.
    pub clock_ahead_seconds: Option<i32>,
    /// A pause in asking: usually because other apps have used up the store's requests.
    pub waiting: Option<WaitDto>,
    /// Good enough to be saved.
    pub can_save: bool,
    /// Ended.
    pub finished: bool,
}

/// Saves a checked attempt.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectSave {
    /// The attempt.
    pub attempt: String,
    /// Name, 1 to 80 characters.
    pub name: String,
    /// Accent.
    pub color: Color,
    /// Safety mode.
    pub safety: Safety,
    /// Keep the token in memory only.
    pub until_quit: bool,
}
