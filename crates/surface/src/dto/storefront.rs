use serde::{Deserialize, Serialize};
use specta::Type;

/// What a private token for the storefront may ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StorefrontScope {
    /// What any visitor sees.
    Unauthenticated,
    /// What a signed-in customer sees of their own.
    Customer,
    /// What the members of a company that buys see.
    B2b,
}

/// Access to a store's storefront.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontAccess {
    /// The token in use; `null` if there is none.
    pub current: Option<StorefrontToken>,
    /// One that is not in use and could not be revoked yet.
    pub spare: Option<StorefrontToken>,
    /// Those that others took the place of, and that could not be revoked, as nobody had them any more.
    /// They work until they end. Oldest first.
    pub lost: Vec<StorefrontToken>,
}

/// What is known of a token for the storefront. Never the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontToken {
    /// Its last four characters.
    pub last4: String,
    /// Numbers of the channels it is good for.
    pub channels: Vec<String>,
    /// What it may ask about.
    pub scopes: Vec<StorefrontScope>,
    /// When it was made, ISO 8601 in UTC.
    pub made_at: String,
    /// When it ends.
    pub expires_at: String,
    /// From when on the person is to be reminded of that.
    pub remind_at: String,
    /// The keychain's entry, as its own program shows it. Empty when kept in memory only.
    pub entry: String,
    /// Nobody has it any more: it was in memory only, and that is over, or it was not found in the
    /// keychain when it was looked for last.
    pub is_gone: bool,
    /// The storefront has refused it since.
    pub is_refused: bool,
}

/// The storefronts of a store.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontChannels {
    /// By number.
    pub channels: Vec<StorefrontChannel>,
}

/// A storefront.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontChannel {
    /// Its channel's number.
    pub id: String,
    /// Its channel's name.
    pub name: String,
}

/// What a new token is to be good for. It takes the place of the one in use, which is revoked.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontWish {
    /// The store.
    pub store: String,
    /// Numbers of channels, 1 to 100.
    pub channels: Vec<String>,
    /// What it may ask about; at least one.
    pub scopes: Vec<StorefrontScope>,
    /// How many days it is to last, 1 to 3660.
    pub days: u32,
    /// Keep it in memory only.
    pub until_quit: bool,
}

/// A token was tried, and is good.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontTried {
    /// The host that answered first.
    pub host: String,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The shop's name, where the token may ask for it.
    pub shop: Option<String>,
    /// Numbers of the channels that nothing answers for, as they have no site.
    pub without_site: Vec<String>,
}

/// Which of the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StorefrontWhich {
    /// The one in use.
    Current,
    /// The one that is not.
    Spare,
    /// All that are lost; they can only be forgotten.
    Lost,
}

/// Ends a token before its time.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontRevoke {
    /// The store.
    pub store: String,
    /// Which one.
    pub which: StorefrontWhich,
    /// Only forget it: it can't be revoked, as nobody has it any more.
    pub only_forget: bool,
}

/// A question to the storefront.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontQuestion {
    /// The store.
    pub store: String,
    /// The number of a channel that the token is good for.
    pub channel: String,
    /// A GraphQL document of queries, at most 64 KiB.
    pub document: String,
    /// Values for its variables, as a JSON object. May be empty.
    pub variables: String,
    /// A name by which it can be stopped.
    pub id: String,
}

/// What the storefront answered.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontAnswer {
    /// The data as indented JSON, at most 2 MiB.
    pub data: String,
    /// Its end was cut off.
    pub is_cut: bool,
    /// What the storefront holds against the question.
    pub errors: Vec<StorefrontProblem>,
    /// The host that answered.
    pub host: String,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// Something that the storefront holds against a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontProblem {
    /// In the storefront's words.
    pub message: String,
    /// Where in the answer: names and indices, dotted. May be empty.
    pub path: String,
    /// The storefront's code. May be empty.
    pub code: String,
    /// Where in the question: its line, from 1.
    pub line: Option<u32>,
    /// And its column, from 1.
    pub column: Option<u32>,
}

/// Stops a question.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontStop {
    /// The store.
    pub store: String,
    /// The question's name.
    pub id: String,
}

/// Asks what can be asked.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontSchemaQuestion {
    /// The store.
    pub store: String,
    /// The number of a channel that the token is good for.
    pub channel: String,
}

/// What can be asked of a storefront.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontSchema {
    /// In the GraphQL schema language, without what changes anything.
    pub schema: String,
}

/// A token somebody has for a storefront, to be told what it is.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontTokenTyped {
    /// As typed. It goes one way only, and is kept nowhere.
    pub token: String,
}

/// The kinds of tokens for a storefront.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StorefrontTokenKind {
    /// For pages in a browser.
    Browser,
    /// For programs.
    Private,
    /// For programs, in the name of one customer at a time.
    Impersonation,
    /// The token doesn't say.
    Unsaid,
}

/// Whether a token may be used by a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StorefrontForPrograms {
    /// Yes.
    Yes,
    /// Until 31 March 2027.
    Until,
    /// No.
    No,
    /// The token doesn't say enough.
    Unsaid,
}

/// What a token says of itself.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorefrontTokenReading {
    /// Which kind it is.
    pub kind: StorefrontTokenKind,
    /// When it was made, where it says so. ISO 8601 in UTC.
    pub made_at: Option<String>,
    /// When it ends, where it says so.
    pub expires_at: Option<String>,
    /// It has ended.
    pub is_over: bool,
    /// Addresses of the sites on whose pages a browser may use it.
    pub sites: Vec<String>,
    /// Whether a program may use it.
    pub for_programs: StorefrontForPrograms,
}
