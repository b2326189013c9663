//! Products, brands and categories, in and out.

use std::collections::HashMap;

use commerce::{Brand, BrandId, Category, CategoryId, Product, ProductId};
use database::{Connection, Error, OptionalExtension as _, params};
use jiff::Timestamp;

use crate::{
    Area, Mirror, Stamp,
    item::{ReadWhole, Row, e4, search_text},
    pending,
};

/// How a product's stock stands, as the column `stock` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stock {
    Uncounted = 0,
    Enough = 1,
    Low = 2,
    Out = 3,
}

impl Stock {
    fn of(product: &Product) -> Self {
        if product.inventory_tracking == commerce::InventoryTracking::None {
            Self::Uncounted
        } else if product.is_out_of_stock() {
            Self::Out
        } else if product.is_low_in_stock() {
            Self::Low
        } else {
            Self::Enough
        }
    }
}

impl Row for Product {
    const AREA: Area = Area::Products;

    fn key(&self) -> i64 {
        self.id.0.cast_signed()
    }

    fn modified_at(&self) -> Option<Timestamp> {
        Some(self.modified_at)
    }

    fn write(&self, connection: &Connection, body: &str) -> Result<(), Error> {
        let shown = pending::as_shown(connection, self)?;
        connection
            .prepare_cached(
                "INSERT INTO products (id, name, sku, price_e4, visible, stock, level, \
                 modified_at, brand_id, search, body) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, sku = excluded.sku, \
                 price_e4 = excluded.price_e4, visible = excluded.visible, \
                 stock = excluded.stock, level = excluded.level, \
                 modified_at = excluded.modified_at, brand_id = excluded.brand_id, \
                 search = excluded.search, body = excluded.body",
            )?
            .execute(params![
                self.key(),
                shown.name,
                shown.sku,
                e4(shown.price),
                shown.is_visible,
                Stock::of(&shown) as i64,
                shown.inventory_level,
                self.modified_at.as_second(),
                self.brand_id.map(|id| id.0.cast_signed()),
                searched(&shown),
                body,
            ])?;
        Ok(())
    }
}

impl Row for Brand {
    const AREA: Area = Area::Brands;
    const READ_WHOLE: bool = true;

    fn key(&self) -> i64 {
        self.id.0.cast_signed()
    }

    fn modified_at(&self) -> Option<Timestamp> {
        None
    }

    fn write(&self, connection: &Connection, body: &str) -> Result<(), Error> {
        connection
            .prepare_cached(
                "INSERT INTO brands (id, search, body) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (id) DO UPDATE SET search = excluded.search, body = excluded.body",
            )?
            .execute(params![self.key(), self.name.to_lowercase(), body])?;
        Ok(())
    }
}

impl ReadWhole for Brand {}

impl Row for Category {
    const AREA: Area = Area::Categories;
    const READ_WHOLE: bool = true;

    fn key(&self) -> i64 {
        self.id.0.cast_signed()
    }

    fn modified_at(&self) -> Option<Timestamp> {
        None
    }

    fn write(&self, connection: &Connection, body: &str) -> Result<(), Error> {
        connection
            .prepare_cached(
                "INSERT INTO categories (id, body) VALUES (?1, ?2) \
                 ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            )?
            .execute(params![self.key(), body])?;
        Ok(())
    }
}

impl ReadWhole for Category {}

impl Mirror {
    /// One product.
    ///
    /// # Errors
    /// [`Error`].
    pub fn product(&self, id: ProductId) -> Result<Option<Product>, Error> {
        self.one(id.0.cast_signed())
    }

    /// The products with these numbers, in that order; `None` for one that isn't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn products(&self, ids: &[ProductId]) -> Result<Vec<Option<Product>>, Error> {
        self.several(ids.iter().map(|id| id.0.cast_signed()))
    }

    /// A product with this name, letter case aside: names are unique in a store.
    ///
    /// # Errors
    /// [`Error`].
    pub fn product_named(&self, name: &str) -> Result<Option<ProductId>, Error> {
        self.product_where("name", name)
    }

    /// A product with this stock keeping unit, letter case aside: they are unique in a store.
    ///
    /// # Errors
    /// [`Error`].
    pub fn product_with_sku(&self, sku: &str) -> Result<Option<ProductId>, Error> {
        self.product_where("sku", sku)
    }

    fn product_where(&self, column: &str, text: &str) -> Result<Option<ProductId>, Error> {
        let id: Option<i64> = self
            .reader()
            .prepare_cached(&format!(
                "SELECT id FROM products WHERE {column} = ?1 COLLATE NOCASE LIMIT 1"
            ))?
            .query_row([text], |row| row.get(0))
            .optional()?;
        Ok(id.map(|id| ProductId(id.cast_unsigned())))
    }

    /// Forgets a product that is not in the store, as a question asked at `asked` has shown. One
    /// that a write's answer has given since stays. Gives whether there was one to forget.
    ///
    /// Pages asked for before `asked` will not bring it back.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_product(&self, asked: Stamp, id: ProductId) -> Result<bool, Error> {
        self.remove::<Product>(asked, id.0.cast_signed())
    }

    /// The names of these brands, of those that are here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn brand_names(
        &self,
        ids: impl IntoIterator<Item = BrandId>,
    ) -> Result<HashMap<BrandId, String>, Error> {
        let ids: Vec<BrandId> = ids.into_iter().collect();
        let brands = self.several::<Brand>(ids.iter().map(|id| id.0.cast_signed()))?;
        Ok(brands
            .into_iter()
            .flatten()
            .map(|brand| (brand.id, brand.name))
            .collect())
    }

    /// All brands, by number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn brands(&self) -> Result<Vec<Brand>, Error> {
        self.every()
    }

    /// The categories with these numbers, in that order, without those that aren't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn categories(&self, ids: &[CategoryId]) -> Result<Vec<Category>, Error> {
        let found = self.several::<Category>(ids.iter().map(|id| id.0.cast_signed()))?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// The brand's name is looked up when searching: it may change without its products.
fn searched(product: &Product) -> String {
    search_text([
        product.name.clone(),
        product.sku.clone(),
        product.upc.clone(),
        product.mpn.clone(),
        words_of(&product.description),
    ])
}

/// What a person reads of a description: no tags, and the commonest entities written out.
fn words_of(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                words.push(' ');
            }
            '>' if inside => inside = false,
            _ if inside => {}
            c => words.push(c),
        }
    }
    for (entity, text) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        if words.contains(entity) {
            words = words.replace(entity, text);
        }
    }
    words
}
