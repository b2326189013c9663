use serde::{Deserialize, Serialize};
use specta::Type;

use super::ScopeName;

/// Nothing to ask or to say.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, Type)]
pub struct Nothing {}

/// An amount with its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MoneyDto {
    /// Decimal text with a point, such as `480.13`.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// The accent that tells stores apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the colours")]
pub enum Color {
    Spruce,
    Fjord,
    Heather,
    Berry,
    Rust,
    Ochre,
    Moss,
    Slate,
}

/// What has to happen before a change is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Safety {
    /// Nothing that could change the store is ever sent.
    ReadOnly,
    /// Each change is shown and waits for the person.
    AskAlways,
    /// Small edits that can be undone go at once; the rest waits for the person.
    AskRisky,
}

/// A postal address; empty text where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddressDto {
    /// Person.
    pub name: String,
    /// Company.
    pub company: String,
    /// Street and number.
    pub street1: String,
    /// Flat, floor or similar.
    pub street2: String,
    /// City.
    pub city: String,
    /// State, written out.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Country, written out.
    pub country: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// What the control panel calls a level of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ScopeLevel {
    /// Read-only.
    ReadOnly,
    /// Modify.
    Modify,
    /// Manage, where there is nothing to read.
    Manage,
}

/// A scope with a level of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScopeNeed {
    /// Which.
    pub scope: ScopeName,
    /// The least level that will do.
    pub level: ScopeLevel,
}
