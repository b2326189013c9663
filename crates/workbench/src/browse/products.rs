//! Products: rows of a list, and one in full.

use std::{collections::HashSet, sync::Arc};

use bigcommerce::{Lane, request};
use commerce::{
    BrandId, Category, CategoryId, CurrencyCode, Product, ProductId, Subject, WeightUnit,
};
use credentials::Prompt;
use desk::ProfileKey;
use journal::Entry;
use mirror::{Mirror, ProductsQuery};
use serde_json::Value;

use super::{ASKING, about, shown_changes};
use crate::{Error, Notice, What, Workbench, on_disk, on_files, store::OpenStore};

/// Categories above each other, at most: a store whose tree runs in a circle must not hang us.
///
/// Source: BigCommerce help, "Platform limits" (eight levels).
const DEEPEST: usize = 8;

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// The product.
    pub product: Product,
    /// Its brand's name; empty for none, or one that isn't here.
    pub brand: String,
    /// Its changes that are on their way or ended otherwise than wanted.
    pub changes: Vec<Entry>,
}

/// Rows of a list of products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductsPage {
    /// The currency of the store's prices.
    pub currency: CurrencyCode,
    /// What it weighs its products in, where known.
    pub weight_unit: Option<WeightUnit>,
    /// Place of the first.
    pub from: usize,
    /// The products, `None` for one that isn't here any more.
    pub rows: Vec<Option<ProductRow>>,
}

/// A product in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDetail {
    /// The product.
    pub product: Product,
    /// Its brand's name; empty for none, or one that isn't here.
    pub brand: String,
    /// The categories it stands in, each by its names from the top down.
    pub categories: Vec<Vec<String>>,
    /// The currency of the store's prices.
    pub currency: CurrencyCode,
    /// What it weighs its products in, where known.
    pub weight_unit: Option<WeightUnit>,
    /// What was typed about it and not applied.
    pub draft: Option<Value>,
    /// What the journal knows of it, newest first.
    pub entries: Vec<Entry>,
}

impl Workbench {
    /// Rows `from..to` of an opened list of products, at most 500.
    ///
    /// # Errors
    /// [`Error::ViewGone`], [`Error::File`].
    pub async fn product_rows(
        &self,
        view: &str,
        from: usize,
        to: usize,
    ) -> Result<ProductsPage, Error> {
        let (store, from, ids) = self.stretch::<ProductsQuery>(view, from, to).await?;
        on_files(store.watched(), move || {
            let rows = product_rows(&store, &ids)?;
            Ok(ProductsPage {
                currency: store.shown_currency()?,
                weight_unit: store.weight_unit(),
                from,
                rows,
            })
        })
        .await
    }

    /// One product.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn product(&self, key: &ProfileKey, id: ProductId) -> Result<ProductDetail, Error> {
        let store = self.inner.open_store(key).await?;
        // A draft that can't be read is no reason to hide the product.
        let draft = self.product_draft(key, Some(id)).await.unwrap_or_default();
        on_files(store.watched(), move || {
            let mirror = &store.mirror;
            let product = mirror.product(id)?.ok_or(Error::NotFound)?;
            let brand = mirror.brand_names(product.brand_id)?.into_values().next();
            Ok(ProductDetail {
                brand: brand.unwrap_or_default(),
                categories: category_paths(mirror, &product.category_ids.items)?,
                currency: store.shown_currency()?,
                weight_unit: store.weight_unit(),
                draft,
                entries: store.journal.about(Subject::Product(id))?,
                product,
            })
        })
        .await
    }

    /// Products that are yet to be made, or are being made, in the order they were confirmed: they are in no list.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn to_be_made(&self, key: &ProfileKey) -> Result<Vec<Entry>, Error> {
        let store = self.inner.open_store(key).await?;
        on_files(store.watched(), move || Ok(store.journal.to_be_made()?)).await
    }

    /// Asks the store for one product now, and keeps the answer. One that is not in the store any
    /// more goes from the lists.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it isn't there, [`Error::Api`], [`Error::Keychain`],
    /// [`Error::OtherOrigin`].
    pub async fn refresh_product(&self, key: &ProfileKey, id: ProductId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let client = store.client(Prompt::Never).await?;
        let deadline = self.inner.clock.now() + ASKING;
        let asked = store.mirror.stamp();
        let answer = client
            .send(&request::products::one(id), Lane::Person, deadline)
            .await;
        let there = match answer {
            Ok(answer) => Some(answer.value),
            Err(bigcommerce::Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let is_there = there.is_some();
        let writer = Arc::clone(&store);
        on_files(store.watched(), move || {
            match there {
                Some(product) => writer.mirror.put_read(asked, &product)?,
                None => drop(writer.mirror.remove_product(asked, id)?),
            }
            Ok(())
        })
        .await?;
        self.inner.notify(Notice::Stale {
            store: Some(store.key.clone()),
            what: vec![What::Products],
        });
        if is_there {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }

    /// What was typed in a product's form and not applied; without a number, in a new product's.
    ///
    /// # Errors
    /// [`Error::File`].
    pub async fn product_draft(
        &self,
        key: &ProfileKey,
        id: Option<ProductId>,
    ) -> Result<Option<Value>, Error> {
        let (bench, key) = (Arc::clone(&self.inner), key.clone());
        on_disk(move || {
            let draft = bench.desk.draft(&key, &product_subject(id))?;
            Ok(draft.map(|draft| draft.body))
        })
        .await
    }

    /// Keeps what is being typed in a product's form, or throws the draft away.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn draft_product(
        &self,
        key: &ProfileKey,
        id: Option<ProductId>,
        draft: Option<Value>,
    ) -> Result<(), Error> {
        let (bench, key) = (Arc::clone(&self.inner), key.clone());
        on_disk(move || {
            let subject = product_subject(id);
            match draft {
                Some(draft) => bench
                    .desk
                    .set_draft(&key, &subject, &draft, bench.clock.wall())?,
                None => bench.desk.remove_draft(&key, &subject)?,
            }
            Ok(())
        })
        .await
    }
}

/// These products with their changes, `None` for one that isn't here any more.
pub(super) fn product_rows(
    store: &OpenStore,
    ids: &[ProductId],
) -> Result<Vec<Option<ProductRow>>, Error> {
    let products = store.mirror.products(ids)?;
    let brands: HashSet<BrandId> = products
        .iter()
        .flatten()
        .filter_map(|product| product.brand_id)
        .collect();
    let brands = store.mirror.brand_names(brands)?;
    let subjects: Vec<Subject> = ids.iter().copied().map(Subject::Product).collect();
    let changes = shown_changes(store, &subjects)?;
    let rows = products.into_iter().map(|product| {
        let product = product?;
        let brand = product.brand_id.and_then(|id| brands.get(&id)).cloned();
        Some(ProductRow {
            brand: brand.unwrap_or_default(),
            changes: about(&changes, Subject::Product(product.id)),
            product,
        })
    });
    Ok(rows.collect())
}

/// The names of each category from the top down.
fn category_paths(mirror: &Mirror, ids: &[CategoryId]) -> Result<Vec<Vec<String>>, Error> {
    mirror
        .categories(ids)?
        .into_iter()
        .map(|category| {
            let mut path = Vec::new();
            let mut above = Some(category);
            while let Some(Category {
                name, parent_id, ..
            }) = above.take()
            {
                path.push(name);
                if path.len() < DEEPEST
                    && let Some(parent) = parent_id
                {
                    above = mirror.categories(&[parent])?.pop();
                }
            }
            path.reverse();
            Ok(path)
        })
        .collect()
}

/// The draft of a product's form; without a number, of a new product's.
fn product_subject(product: Option<ProductId>) -> String {
    match product {
        Some(id) => format!("product/{id}"),
        None => "product/new".to_owned(),
    }
}
