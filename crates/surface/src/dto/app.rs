use serde::{Deserialize, Serialize};
use specta::Type;

use super::Store;

/// Everything a window needs to draw its first frame. Read without any request or keychain access.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// Stockroom's own version.
    pub version: String,
    /// Connected stores, in the person's order.
    pub stores: Vec<Store>,
    /// The store that was open last.
    pub current: Option<String>,
    /// A store named by the environment, offered and never used unasked.
    pub environment: Option<EnvironmentOffer>,
    /// How the window looks.
    pub preferences: Preferences,
    /// The sample store was asked for on the command line.
    pub open_sample: bool,
}

/// `BIGCOMMERCE_STORE_HASH` and `BIGCOMMERCE_ACCESS_TOKEN` were set when the app started.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentOffer {
    /// The store hash.
    pub hash: String,
    /// The token's last four characters; empty for a short one.
    pub last4: String,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How far words and lines stand out from their ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Contrast {
    /// As the system says.
    #[default]
    System,
    /// High: words at least 7 to 1.
    High,
}

/// How tall rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// 32 px.
    #[default]
    Compact,
    /// 40 px.
    Comfortable,
}

/// How the window looks and behaves, for all stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// Contrast.
    pub contrast: Contrast,
    /// Row height.
    pub density: Density,
    /// New orders are announced by the system while the window is not looked at.
    pub announce_orders: bool,
    /// Keys that are only letters do something while nothing is being typed.
    pub letter_keys: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            contrast: Contrast::default(),
            density: Density::default(),
            announce_orders: true,
            letter_keys: true,
        }
    }
}

/// A small thing the window remembers: column widths, the panel's width, the last filter.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Layout {
    /// The store it belongs to; `null` for the whole app.
    pub store: Option<String>,
    /// Its name, at most 64 characters.
    pub name: String,
    /// JSON text of at most 64 KiB; `null` where nothing is remembered.
    pub value: Option<String>,
}

/// Asks for a remembered thing.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LayoutQuestion {
    /// The store it belongs to; `null` for the whole app.
    pub store: Option<String>,
    /// Its name.
    pub name: String,
}

/// Orders of a store came in: the words for it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnnounceOrders {
    /// The store.
    pub store: String,
    /// How many there are.
    pub title: String,
    /// What a press on it does.
    pub press: String,
}
