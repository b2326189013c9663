use std::time::Duration;

use commerce::{Access, Address, Level, Money, SafetyMode, Scope, StoreColor};
use jiff::Timestamp;

use crate::dto::*;

pub(crate) fn instant(at: Timestamp) -> String {
    at.to_string()
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whole seconds, rounded up: a wait is never shown as over before it is.
pub(crate) fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

pub(crate) fn money(money: Money) -> MoneyDto {
    // Cents at least, so that the text reads as money; more only where they are not zero.
    let mut amount = money.amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    MoneyDto {
        amount: amount.to_string(),
        currency: money.currency.to_string(),
    }
}

pub(crate) fn color(color: StoreColor) -> Color {
    match color {
        StoreColor::Spruce => Color::Spruce,
        StoreColor::Fjord => Color::Fjord,
        StoreColor::Heather => Color::Heather,
        StoreColor::Berry => Color::Berry,
        StoreColor::Rust => Color::Rust,
        StoreColor::Ochre => Color::Ochre,
        StoreColor::Moss => Color::Moss,
        StoreColor::Slate => Color::Slate,
    }
}

pub(crate) fn store_color(color: Color) -> StoreColor {
    match color {
        Color::Spruce => StoreColor::Spruce,
        Color::Fjord => StoreColor::Fjord,
        Color::Heather => StoreColor::Heather,
        Color::Berry => StoreColor::Berry,
        Color::Rust => StoreColor::Rust,
        Color::Ochre => StoreColor::Ochre,
        Color::Moss => StoreColor::Moss,
        Color::Slate => StoreColor::Slate,
    }
}

pub(crate) fn safety(mode: SafetyMode) -> Safety {
    match mode {
        SafetyMode::ReadOnly => Safety::ReadOnly,
        SafetyMode::AskAlways => Safety::AskAlways,
        SafetyMode::AskRisky => Safety::AskRisky,
    }
}

pub(crate) fn safety_mode(safety: Safety) -> SafetyMode {
    match safety {
        Safety::ReadOnly => SafetyMode::ReadOnly,
        Safety::AskAlways => SafetyMode::AskAlways,
        Safety::AskRisky => SafetyMode::AskRisky,
    }
}

pub(crate) fn need(scope: Scope, access: Access) -> ScopeNeed {
    ScopeNeed {
        scope: super::scope_name(scope),
        level: level(scope, access),
    }
}

pub(crate) fn level(scope: Scope, access: Access) -> ScopeLevel {
    match scope.level_name(access) {
        Level::ReadOnly => ScopeLevel::ReadOnly,
        Level::Modify => ScopeLevel::Modify,
        Level::Manage => ScopeLevel::Manage,
    }
}

pub(crate) fn address(address: &Address) -> AddressDto {
    let person = format!("{} {}", address.first_name.trim(), address.last_name.trim());
    AddressDto {
        name: person.trim().to_owned(),
        company: address.company.clone(),
        street1: address.street_1.clone(),
        street2: address.street_2.clone(),
        city: address.city.clone(),
        state: address.state.clone(),
        postal_code: address.postal_code.clone(),
        country: address.country.clone(),
        phone: address.phone.clone(),
        email: address.email.clone(),
    }
}
