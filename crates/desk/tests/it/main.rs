//! The desk with real files.

#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is how a test's helper fails the test"
)]

mod files;
mod profiles;
mod settings_and_drafts;

use commerce::{Access, ChannelId, Preset, SafetyMode, Scope, StoreColor, StoreInfo, WeightUnit};
use desk::{Desk, Profile, TokenHome};

/// A desk in a folder of its own.
fn fresh() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
    (folder, desk)
}

/// A profile with something unusual in every field.
fn full(key: &str) -> Profile {
    Profile {
        key: key.parse().unwrap(),
        hash: "abc123".parse().unwrap(),
        origin: "https://api.bigcommerce.com".into(),
        is_sample: false,
        name: "Zoë's 'Teahouse' \u{1f375}".into(),
        color: StoreColor::Heather,
        safety: SafetyMode::AskAlways,
        channel_id: Some(ChannelId(664_177)),
        token_home: TokenHome::Session,
        token_last_4: "x7k2".into(),
        added_at: "2026-03-01T09:30:00.123456789Z".parse().unwrap(),
        position: 3,
        info: Some(StoreInfo {
            hash: Some("abc123".parse().unwrap()),
            name: "Teahouse".into(),
            domain: "tea.example.com".into(),
            control_panel_url: String::new(),
            address: "1 Leaf Street".into(),
            currency: Some("EUR".parse().unwrap()),
            time_zone: "Europe/Berlin".into(),
            plan: "Plus".into(),
            weight_unit: Some(WeightUnit::Kilograms),
        }),
        preset: Preset::LookOnly,
        missing_scopes: vec![
            (Scope::OrderTransactions, Access::Read),
            (Scope::Inventory, Access::Modify),
        ],
        proven_writes: vec![Scope::Orders],
        token_number: 2,
    }
}

/// A profile with as little as there can be.
fn bare(key: &str) -> Profile {
    Profile {
        name: String::new(),
        channel_id: None,
        token_home: TokenHome::Keychain,
        token_last_4: String::new(),
        info: None,
        missing_scopes: Vec::new(),
        proven_writes: Vec::new(),
        token_number: 0,
        ..full(key)
    }
}
