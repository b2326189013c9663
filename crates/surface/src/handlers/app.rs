use workbench::parts::{
    credentials::{AddressReading, read_address},
    desk::{Profile, Scope},
};

use super::{key, order_id};
use crate::{AppError, Surface, dto::*, into_dto as dto};

/// Most a window may remember under one name.
const LAYOUT_MAX: usize = 64 * 1024;

impl Surface {
    pub(crate) async fn app_state(&self, _: Nothing) -> Result<AppState, AppError> {
        let profiles = self.workbench.profiles()?;
        let preferences = self
            .workbench
            .desk()
            .setting(&Scope::App, "preferences")
            .map_err(workbench::Error::from)?;
        let environment = self.workbench.environment().and_then(|(address, last4)| {
            match read_address(&address) {
                AddressReading::Hash { hash, .. } => Some(EnvironmentOffer {
                    hash: hash.to_string(),
                    last4,
                }),
                AddressReading::Empty
                | AddressReading::NoHash { .. }
                | AddressReading::Secret
                | AddressReading::Unclear => None,
            }
        });
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stores: profiles
                .iter()
                .map(|profile| self.store_dto(profile))
                .collect(),
            current: self.workbench.current()?.map(|key| key.to_string()),
            environment,
            preferences: preferences
                .and_then(|value| serde_json::from_value(value).ok())
                .unwrap_or_default(),
            open_sample: self.open_sample,
        })
    }

    pub(super) fn store_dto(&self, profile: &Profile) -> Store {
        dto::store(profile, self.workbench.may_connect(profile))
    }

    pub(crate) async fn set_preferences(&self, input: Preferences) -> Result<Nothing, AppError> {
        let value = serde_json::to_value(input).map_err(|error| AppError::Internal {
            message: error.to_string(),
        })?;
        self.workbench
            .desk()
            .set_setting(&Scope::App, "preferences", &value)
            .map_err(workbench::Error::from)?;
        Ok(Nothing {})
    }

    pub(crate) async fn layout(&self, input: LayoutQuestion) -> Result<Layout, AppError> {
        let scope = layout_scope(input.store.as_deref())?;
        let value = self
            .workbench
            .desk()
            .setting(&scope, &layout_name(&input.name)?)
            .map_err(workbench::Error::from)?;
        Ok(Layout {
            store: input.store,
            name: input.name,
            value: value.map(|value| value.to_string()),
        })
    }

    pub(crate) async fn set_layout(&self, input: Layout) -> Result<Nothing, AppError> {
        let scope = layout_scope(input.store.as_deref())?;
        let name = layout_name(&input.name)?;
        let desk = self.workbench.desk();
        let bad = || AppError::BadInput {
            field: "value".to_owned(),
        };
        match input.value {
            Some(text) if text.len() > LAYOUT_MAX => return Err(bad()),
            Some(text) => {
                let value = serde_json::from_str(&text).map_err(|_| bad())?;
                desk.set_setting(&scope, &name, &value)
            }
            None => desk.remove_setting(&scope, &name),
        }
        .map_err(workbench::Error::from)?;
        Ok(Nothing {})
    }

    pub(crate) async fn open_page(&self, input: OpenPage) -> Result<Nothing, AppError> {
        let profile = match &input.store {
            Some(store) => {
                let key = key(store)?;
                let profiles = self.workbench.profiles()?;
                profiles.into_iter().find(|profile| profile.key == key)
            }
            None => None,
        };
        let url = page_url(profile.as_ref(), input.page, input.order.as_deref())?;
        self.host
            .open_in_browser(&url)
            .map_err(|message| AppError::Internal { message })?;
        Ok(Nothing {})
    }
}

fn layout_scope(store: Option<&str>) -> Result<Scope, AppError> {
    Ok(match store {
        Some(store) => Scope::Store(key(store)?),
        None => Scope::App,
    })
}

/// Kept apart from the app's own settings by its prefix.
fn layout_name(name: &str) -> Result<String, AppError> {
    if name.is_empty() || name.len() > 64 {
        return Err(AppError::BadInput {
            field: "name".to_owned(),
        });
    }
    Ok(format!("layout.{name}"))
}

/// Source: BigCommerce documentation, "API accounts"; the deep link is the one BigCommerce's own
/// plugins use.
fn page_url(
    profile: Option<&Profile>,
    page: Page,
    order: Option<&str>,
) -> Result<String, AppError> {
    let panel =
        |profile: &Profile| format!("https://store-{}.mybigcommerce.com/manage", profile.hash);
    let real = profile.filter(|profile| !profile.is_sample);
    match (page, real) {
        (Page::ApiAccounts, Some(profile)) => {
            Ok(format!("{}/settings/auth/api-accounts", panel(profile)))
        }
        (Page::ApiAccounts, None) => {
            Ok("https://login.bigcommerce.com/deep-links/settings/auth/api-accounts".to_owned())
        }
        (Page::Order, Some(profile)) => {
            let order = order_id(order.unwrap_or_default())?;
            Ok(format!("{}/orders/{order}", panel(profile)))
        }
        (Page::Storefront, Some(profile)) => {
            Ok(format!("https://store-{}.mybigcommerce.com", profile.hash))
        }
        // The sample store has no control panel.
        (Page::Order | Page::Storefront, None) => Err(AppError::NotFound),
    }
}
