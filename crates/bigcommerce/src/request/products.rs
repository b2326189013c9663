//! Products: list, read one, create, update, delete.
//!
//! Version 3 of the API. Every answer carries the picture that lists show, but for a product just
//! created, which has none.

use commerce::{FullProduct, Product, ProductEdit, ProductFields, ProductId};
use serde_json::Value;

pub use super::products_query::{ProductInclude, ProductsQuery, ProductsSort, ProductsSortKey};

use super::{Few, Page, Request, op, products_query::includes, query};
use crate::wire::{self, Write, products::body};

/// The most products one page may hold. Source: BigCommerce REST reference, "Get all products".
pub const PAGE_LIMIT_MAX: u32 = 250;

/// The most products on a page once options or modifiers come along.
///
/// Source: BigCommerce REST reference, "Get all products", parameter `include`.
pub const PAGE_LIMIT_WITH_OPTIONS: u32 = 10;

/// The most products that one request changes. Source: the same, "Update products (batch)".
pub const BATCH_MAX: usize = 10;

/// The most products that one request deletes. Source: BigCommerce documentation, "API rate
/// limits".
pub const DELETE_MAX: usize = 250;

/// One page of products. Past the end the page is empty.
#[must_use]
pub fn list(query: &ProductsQuery) -> Request<Page<Product>> {
    let mut request = Request::to(&op::PRODUCTS, &[], wire::products::list);
    request.query = query.pairs(&[ProductInclude::PrimaryImage]);
    request
}

/// One page of products with all that the store says of them, and with what comes along. Past the
/// end the page is empty.
///
/// Source: BigCommerce REST reference, "Get all products".
#[must_use]
pub fn list_full(query: &ProductsQuery) -> Request<Page<FullProduct>> {
    let mut request = Request::to(&op::PRODUCTS_FULL, &[], wire::data_list("id"));
    request.query = query.pairs(&query.includes);
    request
}

/// One product.
#[must_use]
pub fn one(id: ProductId) -> Request<Product> {
    Request::to(&op::PRODUCT, &[id.0], wire::products::one).asking("include", "primary_image")
}

/// One product with all that the store says of it, and with what comes along.
///
/// Source: BigCommerce REST reference, "Get a product".
#[must_use]
pub fn one_full(id: ProductId, with: &[ProductInclude]) -> Request<FullProduct> {
    let mut request = Request::to(&op::PRODUCT_FULL, &[id.0], wire::data_one);
    request.query.extend(includes(with));
    request
}

/// What to change of a product: the touched fields and nothing else. Arrays (categories, pictures)
/// are never among them, because the store replaces those as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductUpdate(ProductFields);

impl ProductUpdate {
    pub(super) fn body(&self) -> Value {
        body(&self.0)
    }
}

impl From<ProductFields> for ProductUpdate {
    fn from(fields: ProductFields) -> Self {
        Self(fields)
    }
}

impl From<&ProductFields> for ProductUpdate {
    fn from(fields: &ProductFields) -> Self {
        Self(fields.clone())
    }
}

/// Changes a product; answers with the product as it is now. Only the fields given are sent.
///
/// [`Kind::Idempotent`](super::Kind::Idempotent): every field is set to a value, and nothing is sent to anybody.
/// [`Answer::remarks`](crate::Answer::remarks) say what the store did not take although it saved
/// the rest (207: stock or address); the answer shows what it is now.
///
/// Source: BigCommerce REST reference, "Update a product".
#[must_use]
pub fn update(id: ProductId, update: &ProductUpdate) -> Request<Product> {
    Request::to(&op::PRODUCT_UPDATE, &[id.0], wire::products::one)
        .asking("include", "primary_image")
        .carrying(body(&update.0))
}

/// Changes a product, whatever of it; answers with it. Arrays that are given (categories, pictures,
/// custom fields, …) take the place of those it has or are added to them: leave out what you don't
/// edit.
///
/// [`Kind::Once`](super::Kind::Once) if one of the things in an array has no number yet, because
/// each sending adds it; otherwise [`Kind::Idempotent`](super::Kind::Idempotent).
///
/// Source: BigCommerce REST reference, "Update a product".
#[must_use]
pub fn edit(id: ProductId, edit: &ProductEdit) -> Request<FullProduct> {
    Request::to(&op::PRODUCT_EDIT, &[id.0], wire::data_one)
        .carrying(edit.write())
        .once_if(adds(edit))
}

/// Changes products, whatever of them; answers with them. Some may be changed and others not (207):
/// [remarks](crate::Answer::remarks) say what is wrong, by index. A refusal (422) changed none and
/// names the wrong one by its index.
///
/// [`Kind`](super::Kind) as of [`edit`].
///
/// Source: BigCommerce REST reference, "Update products (batch)".
#[must_use]
pub fn edit_batch(
    products: &Few<(ProductId, ProductEdit), BATCH_MAX>,
) -> Request<Page<FullProduct>> {
    let body: Value = products
        .iter()
        .map(|(id, edit)| wire::with_id("id", id.0, edit.write()))
        .collect();
    Request::to(&op::PRODUCTS_EDIT, &[], wire::data_list("id"))
        .carrying(body)
        .once_if(products.iter().any(|(_, edit)| adds(edit)))
}

/// Whether each sending adds something.
fn adds(edit: &ProductEdit) -> bool {
    edit.images.iter().flatten().any(|one| one.id.is_none())
        || edit
            .custom_fields
            .iter()
            .flatten()
            .any(|one| one.id.is_none())
        || edit
            .bulk_pricing_rules
            .iter()
            .flatten()
            .any(|one| one.id.is_none())
        || edit.videos.iter().flatten().any(|one| one.id.is_none())
        || edit
            .variants
            .as_ref()
            .is_some_and(|variants| !variants.is_empty())
}

/// A product to be made: a name, a kind, a price and a weight, and what else is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct(ProductFields);

/// What a product can't be made without. The store wants a weight of digital products too.
///
/// Source: BigCommerce REST reference, "Create a product".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MissingField {
    /// A name that isn't blank.
    #[error("a product needs a name")]
    Name,
    /// Physical or digital.
    #[error("a product is physical or digital")]
    Kind,
    /// A price; 0 is one.
    #[error("a product needs a price")]
    Price,
    /// A weight; 0 is one.
    #[error("a product needs a weight")]
    Weight,
}

impl TryFrom<&ProductFields> for NewProduct {
    type Error = MissingField;

    fn try_from(fields: &ProductFields) -> Result<Self, MissingField> {
        let name = fields.name.as_deref().unwrap_or_default();
        for (is_there, missing) in [
            (!name.trim().is_empty(), MissingField::Name),
            (fields.kind.is_some(), MissingField::Kind),
            (fields.price.is_some(), MissingField::Price),
            (fields.weight.is_some(), MissingField::Weight),
        ] {
            if !is_there {
                return Err(missing);
            }
        }
        Ok(Self(fields.clone()))
    }
}

impl TryFrom<ProductFields> for NewProduct {
    type Error = MissingField;

    fn try_from(fields: ProductFields) -> Result<Self, MissingField> {
        Self::try_from(&fields)
    }
}

/// Makes a product; answers with it.
///
/// [`Kind::Once`](super::Kind::Once). Without an answer look for it by [name](ProductsQuery::name) and
/// [SKU](ProductsQuery::sku), both unique in a store. With [remarks](crate::Answer::remarks) (207)
/// it is made all the same: update what they name, never create again.
/// [`Error::Conflict`](crate::Error::Conflict) says that the name or the SKU is taken.
///
/// Source: BigCommerce REST reference, "Create a product".
#[must_use]
pub fn create(product: &NewProduct) -> Request<Product> {
    Request::to(&op::PRODUCT_CREATE, &[], wire::products::one).carrying(body(&product.0))
}

/// A product to be made with more than what lists show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFullProduct(ProductEdit);

impl TryFrom<ProductEdit> for NewFullProduct {
    type Error = MissingField;

    fn try_from(edit: ProductEdit) -> Result<Self, MissingField> {
        NewProduct::try_from(edit.basic.clone().unwrap_or_default())?;
        Ok(Self(edit))
    }
}

/// Makes a product with its pictures, custom fields, variants; answers with it. As [`create`].
///
/// Source: BigCommerce REST reference, "Create a product".
#[must_use]
pub fn create_full(product: &NewFullProduct) -> Request<FullProduct> {
    Request::to(&op::PRODUCT_CREATE_FULL, &[], wire::data_one).carrying(product.0.write())
}

/// Deletes a product for good, with its variants and pictures.
///
/// [`Kind::Idempotent`](super::Kind::Idempotent). If an earlier try of the same sending stayed without an answer, "not
/// found" means that it is done, and that is the answer. A first try that meets nothing is
/// [`Error::NotFound`](crate::Error::NotFound): whoever asks because an earlier sending was
/// [left open](crate::Error::leaves_open) takes that for done as well.
///
/// Source: BigCommerce REST reference, "Delete a product".
#[must_use]
pub fn delete(id: ProductId) -> Request<()> {
    Request::to(&op::PRODUCT_DELETE, &[id.0], wire::nothing)
}

/// Deletes products for good, with their variants and pictures. Of those that don't exist the
/// store says nothing.
///
/// Source: BigCommerce REST reference, "Delete products".
#[must_use]
pub fn delete_batch(ids: &Few<ProductId, DELETE_MAX>) -> Request<()> {
    Request::to(&op::PRODUCTS_DELETE, &[], wire::nothing)
        .asking("id:in", query::numbers(ids.iter().map(|id| id.0)))
}
