//! Every way a command can fail, as a value the window acts on.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::dto::{ScopeName, ScopeNeed};

/// How the network failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NetworkTrouble {
    /// The name could not be found.
    Dns,
    /// Nobody answers at that address.
    Refused,
    /// This computer has no certificates of authorities, so nothing can be trusted.
    NoAuthorities,
    /// The certificate is not trusted.
    Tls,
    /// The proxy refuses.
    Proxy,
    /// No answer in time.
    TimedOut,
    /// The connection was cut.
    Reset,
    /// The answer pointed to another host, and was not followed.
    Redirected,
    /// Something else.
    Other,
}

/// Why a store does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StoreTrouble {
    /// Down, suspended or in maintenance (503).
    Unavailable,
    /// Locked (423).
    Locked,
    /// The server failed (5xx).
    ServerTrouble,
}

/// What was wrong with a typed or pasted token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TokenMistake {
    /// Nothing there.
    Empty,
    /// A client secret.
    ClientSecret,
    /// A storefront token.
    StorefrontToken,
    /// Its end is missing.
    CutOff,
    /// Dots or stars in the token's place.
    Masked,
    /// An address.
    ApiPath,
    /// Spaces or line breaks inside.
    Whitespace,
    /// Characters no token has.
    Characters,
    /// Far too much text.
    TooLong,
    /// A client ID.
    ClientId,
    /// A token of a Stencil CLI account.
    StencilToken,
    /// A token of Shopify.
    Shopify,
    /// A key of Stripe.
    Stripe,
    /// A key of WooCommerce.
    WooCommerce,
    /// A token of Square.
    Square,
    /// A token or key of some other service.
    OtherService,
    /// A token that goes by a name that isn't known.
    UnknownService,
    /// A name that stands where the token goes.
    Placeholder,
    /// The path of a file.
    FilePath,
    /// No text at all.
    Binary,
    /// Two or more tokens.
    Several,
    /// A text without a token in it.
    Missing,
}

/// Why a storefront could not be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StorefrontTrouble {
    /// There is no token for it.
    NoToken,
    /// The token is nowhere any more.
    Gone,
    /// The token has ended.
    Expired,
    /// The storefront does not know the token (any more).
    Refused,
    /// The token is not for that channel, or not for programs.
    NotAllowed,
    /// Nothing answers for that channel.
    NoSite,
    /// The storefront said something else.
    Said,
}

/// Why the folder for Stockroom's data can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HomeTrouble {
    /// Something that is no folder has its name, or that of a folder on the way to it.
    NotAFolder,
    /// The person may not write there.
    Forbidden,
    /// What it lies on can only be read.
    ReadOnlyDisk,
    /// The place where it belongs is not there.
    NoPlace,
    /// Something else.
    Other,
}

/// What went wrong with the keychain itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeychainTrouble {
    /// What was put in was not there afterwards, or was something else.
    NotKept,
    /// Its entry holds something that is no token.
    NotAToken,
    /// Its own data can't be read.
    Damaged,
    /// It takes no such entry, or can't do that with it.
    NotTaken,
    /// Nobody says.
    Unknown,
    /// The system says it in its own words.
    Said,
}

/// A field that the store or we refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Dotted path. May be empty.
    pub path: String,
    /// What is wrong, in the store's words.
    pub message: String,
}

/// Why a command gave no answer. The window matches on `code`, never on text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AppError {
    /// The store does not know the token.
    Unauthorized,
    /// The token lacks a scope.
    MissingScope {
        /// Which, where it is known.
        needs: Option<ScopeNeed>,
    },
    /// Every area refuses the token: it was made without any scope.
    NoScopes,
    /// The token was made for something else: it opens these, and nothing that is of use here.
    OtherScopes {
        /// What it opens.
        scopes: Vec<ScopeName>,
    },
    /// The clipboard can't be read.
    ClipboardFailed {
        /// Why, in the system's words. May be empty.
        message: String,
    },
    /// Hash and token don't belong together, or the hash is wrong.
    WrongStore {
        /// The store's words.
        message: String,
    },
    /// It is not in the store (any more).
    NotFound,
    /// The store refused what was sent.
    Invalid {
        /// Field by field.
        fields: Vec<FieldProblem>,
        /// The whole of it.
        message: String,
    },
    /// The quota is used up.
    RateLimited {
        /// Seconds to wait.
        seconds: u32,
    },
    /// Other requests to the store went first until the time was up: nothing was sent.
    NotSentInTime,
    /// The store does not serve.
    StoreUnavailable {
        /// Why.
        trouble: StoreTrouble,
        /// HTTP status, for the details.
        status: u32,
    },
    /// The store could not be reached.
    Network {
        /// How.
        trouble: NetworkTrouble,
        /// The host that was asked.
        host: String,
    },
    /// The answer is not what the reference says.
    UnexpectedAnswer {
        /// Where it differs.
        path: String,
    },
    /// There is no keychain on this system.
    KeychainAbsent,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain was asked and refused, or its prompt was dismissed.
    KeychainRefused,
    /// The keychain holds no token for this store.
    KeychainNoEntry,
    /// The keychain holds two tokens for this store.
    KeychainAmbiguous,
    /// The keychain failed.
    KeychainFailed {
        /// How.
        trouble: KeychainTrouble,
        /// The system's words, where it says more.
        message: String,
    },
    /// No store is named by that text.
    NoHash,
    /// That is no access token.
    TokenMistake {
        /// What it is instead.
        mistake: TokenMistake,
    },
    /// The token belongs to another store.
    OtherStore {
        /// The store it belongs to.
        name: String,
    },
    /// The store is read-only here.
    ReadOnly,
    /// The store was connected to another API address; it opens offline only.
    OtherOrigin,
    /// The storefront could not be asked.
    Storefront {
        /// Why.
        trouble: StorefrontTrouble,
        /// The storefront's words. May be empty.
        message: String,
    },
    /// That may not be sent to the storefront.
    NotAQuery {
        /// It would change something, or asks to be told of changes. Else it is no question at all.
        changes: bool,
    },
    /// The plan is gone, was applied already, or is not the one that was shown.
    PlanGone,
    /// The plan wants a confirmation.
    NeedsConfirmation,
    /// The list is gone; open it again.
    ViewGone,
    /// No such store in this app (any more).
    StoreGone,
    /// No such attempt (any more): hand over the token again.
    AttemptGone,
    /// The change is no longer in a state that allows this.
    EntryMoved,
    /// Something that was typed does not fit.
    BadInput {
        /// Which field.
        field: String,
    },
    /// Another Stockroom has this computer's data open.
    HomeHeld {
        /// Its process number. May be empty.
        process: String,
    },
    /// The folder for Stockroom's data can't be used.
    HomeUnusable {
        /// Why.
        trouble: HomeTrouble,
        /// The same in the system's words, without the folder's path.
        message: String,
    },
    /// A file that was asked for could not be written.
    FileNotWritten {
        /// Why, in the system's words.
        message: String,
    },
    /// No room left on the disk.
    DiskFull,
    /// A file was written by a newer Stockroom.
    NewerFiles,
    /// An earlier Stockroom kept what was done in the sample store, which is another in this one.
    SampleOutdated,
    /// A newer Stockroom kept what was done in the sample store.
    SampleNewer,
    /// A file can't be read.
    DamagedFile {
        /// Which: `mirror`, `desk` or `journal`.
        file: String,
    },
    /// Stopped by the person.
    Cancelled,
    /// A mistake of ours.
    Internal {
        /// What we know of it, without secrets or customers' data. May be empty.
        message: String,
    },
}
