use std::sync::atomic::Ordering;

use commerce::StoreHash;
use workbench::parts::{
    credentials::{AddressReading, read_address},
    desk::{Profile, ProfileKey, Scope},
};

use super::{customer_id, key, order_id, product_id};
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
            open_sample: self.open_sample.load(Ordering::Relaxed),
        })
    }

    pub(super) fn store_dto(&self, profile: &Profile) -> Store {
        let token_entry = self.workbench.token_entry(profile);
        dto::store(profile, token_entry, self.workbench.may_connect(profile))
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
        let real = profile.filter(|profile| !profile.is_sample);
        let named = match &input.hash {
            Some(hash) if input.store.is_none() => Some(named_store(hash, input.page)?),
            Some(_) | None => None,
        };
        let url = match (input.page, &real) {
            (Page::Parcel, Some(profile)) => {
                self.parcel_url(&profile.key, &input.id, &input.shipment)
                    .await?
            }
            _ => {
                let hash = real.as_ref().map(|profile| &profile.hash);
                page_url(hash.or(named.as_ref()), input.page, input.id.as_deref())?
            }
        };
        self.host
            .open_in_browser(&url)
            .map_err(|message| AppError::Internal { message })?;
        Ok(Nothing {})
    }

    /// The one address that a store chooses, and only where [`Shipment::tracking_page`] lets it.
    ///
    /// [`Shipment::tracking_page`]: commerce::Shipment::tracking_page
    async fn parcel_url(
        &self,
        store: &ProfileKey,
        order: &Option<String>,
        shipment: &Option<String>,
    ) -> Result<String, AppError> {
        let order = order_id(order.as_deref().unwrap_or_default())?;
        let shipment = shipment.as_deref().unwrap_or_default();
        let parts = self.workbench.order(store, order).await?.parts;
        parts
            .iter()
            .flat_map(|read| &read.parts.shipments)
            .find(|one| one.id.to_string() == shipment)
            .and_then(|one| one.tracking_page().map(str::to_owned))
            .ok_or(AppError::NotFound)
    }
}

/// A store that is known by nothing but its hash. Of such a one only the list of API accounts is opened.
fn named_store(hash: &str, page: Page) -> Result<StoreHash, AppError> {
    match page {
        Page::ApiAccounts => hash.parse().map_err(|_| AppError::BadInput {
            field: "hash".to_owned(),
        }),
        Page::Order | Page::Product | Page::Customer | Page::Parcel | Page::Storefront => {
            Err(AppError::NotFound)
        }
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

/// Sources: BigCommerce documentation, "API accounts", for the page of API accounts; the deep link is
/// the one BigCommerce's own plugins use. The others are what the control panel's address bar shows.
fn page_url(hash: Option<&StoreHash>, page: Page, id: Option<&str>) -> Result<String, AppError> {
    let id = id.unwrap_or_default();
    let Some(hash) = hash else {
        // The sample store has neither control panel nor storefront.
        return match page {
            Page::ApiAccounts => Ok(
                "https://login.bigcommerce.com/deep-links/settings/auth/api-accounts".to_owned(),
            ),
            Page::Order | Page::Product | Page::Customer | Page::Parcel | Page::Storefront => {
                Err(AppError::NotFound)
            }
        };
    };
    let shop = format!("https://store-{hash}.mybigcommerce.com");
    Ok(match page {
        Page::ApiAccounts => format!("{shop}/manage/settings/auth/api-accounts"),
        Page::Order => format!("{shop}/manage/orders/{}", order_id(id)?),
        Page::Product => format!("{shop}/manage/products/edit/{}", product_id(id)?),
        Page::Customer => format!("{shop}/manage/customers/{}/edit", customer_id(id)?),
        Page::Storefront => shop,
        // The store's own address, and not one made here.
        Page::Parcel => return Err(AppError::NotFound),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(page: Page, id: &str) -> Option<String> {
        let hash = "abc123".parse().unwrap();
        page_url(Some(&hash), page, Some(id)).ok()
    }

    #[test]
    fn a_page_is_the_stores_own_and_its_thing_a_number() {
        let at = |path: &str| Some(format!("https://store-abc123.mybigcommerce.com{path}"));
        assert_eq!(url(Page::Order, "118"), at("/manage/orders/118"));
        assert_eq!(url(Page::Product, "77"), at("/manage/products/edit/77"));
        assert_eq!(url(Page::Customer, "5"), at("/manage/customers/5/edit"));
        assert_eq!(url(Page::Storefront, ""), at(""));
        for page in [Page::Order, Page::Product, Page::Customer] {
            for id in ["", "1/../../x", "1?a=b", "x", "-1"] {
                assert_eq!(url(page, id), None, "{page:?} {id}");
            }
        }
    }

    #[test]
    fn the_sample_store_has_no_pages() {
        for page in [Page::Order, Page::Product, Page::Customer, Page::Storefront] {
            assert!(page_url(None, page, Some("1")).is_err(), "{page:?}");
        }
        assert!(page_url(None, Page::ApiAccounts, None).is_ok());
    }

    #[test]
    fn a_hash_of_the_windows_opens_the_list_of_api_accounts_and_nothing_else() {
        let named = |hash: &str, page| named_store(hash, page).map(|hash| hash.to_string());
        assert_eq!(named("abc123", Page::ApiAccounts).unwrap(), "abc123");
        for hash in [
            "",
            "a.example/",
            "abc123.example.com",
            "abc/../x",
            "abc 123",
        ] {
            let refused = named(hash, Page::ApiAccounts).unwrap_err();
            assert!(matches!(refused, AppError::BadInput { .. }), "{hash}");
        }
        for page in [
            Page::Order,
            Page::Product,
            Page::Customer,
            Page::Parcel,
            Page::Storefront,
        ] {
            assert!(named("abc123", page).is_err(), "{page:?}");
        }
    }
}
