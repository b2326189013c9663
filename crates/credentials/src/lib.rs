//! Reads what people paste, and keeps tokens in the operating system's keychain.
//!
//! *Invariant:* nothing else in Stockroom reads a secret out of the keychain, and nothing in here
//! writes one anywhere but there. No error, log line or `Debug` text holds a token or any part of
//! the text it was read from.

mod keychain;
mod reading;
mod vault;

pub use keychain::{
    Ask, Backend, Keychain, KeychainError, KeychainPlace, KeychainState, KeychainTrouble, Opens,
    Prompt, TokenKey,
};
pub use reading::{
    AddressReading, FoundIn, HandedText, Reading, StoreNamed, StorefrontKind, StorefrontReading,
    TextKind, TokenMistake, TokenReading, Unusual, file_holds, read_address, read_credentials,
    read_file, read_storefront, read_token, read_typed,
};
pub use vault::{Home, Vault};
