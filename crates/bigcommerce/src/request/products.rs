//! Products: list, read one, create, update, delete.
//!
//! Version 3 of the API. Every answer carries the picture that lists show, but for a product just
//! created, which has none.

use commerce::{FullProduct, Product, ProductEdit, ProductFields, ProductId};
use jiff::Timestamp;
use serde_json::Value;

use super::{
    Few, Page, Request,
    filters::{Filter, Parameter, ProductFilter},
    op,
    query::{self, Pairs, Term},
};
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

/// Which products, in which order, which page. All conditions have to hold together.
///
/// Without any: the first 250 products by number, hidden ones included.
///
/// Source: BigCommerce REST reference, "Get all products".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductsQuery {
    ids: Option<Vec<ProductId>>,
    min_id: Option<ProductId>,
    max_id: Option<ProductId>,
    name: Option<String>,
    sku: Option<String>,
    keyword: Option<String>,
    modified_since: Option<Timestamp>,
    is_visible: Option<bool>,
    more: Vec<Parameter>,
    includes: Vec<ProductInclude>,
    only_fields: Vec<String>,
    without_fields: Vec<String>,
    page: u32,
    limit: u32,
    sort: ProductsSort,
}

/// What may come along with products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum ProductInclude {
    Variants,
    Images,
    PrimaryImage,
    CustomFields,
    BulkPricingRules,
    /// Makes pages of [`PAGE_LIMIT_WITH_OPTIONS`].
    Options,
    /// Makes pages of [`PAGE_LIMIT_WITH_OPTIONS`].
    Modifiers,
    Videos,
    Channels,
    /// Kept aside.
    Reviews,
    /// Kept aside.
    ParentRelations,
}

impl ProductInclude {
    /// All there are.
    pub const ALL: &'static [Self] = &[
        Self::Variants,
        Self::Images,
        Self::PrimaryImage,
        Self::CustomFields,
        Self::BulkPricingRules,
        Self::Options,
        Self::Modifiers,
        Self::Videos,
        Self::Channels,
        Self::Reviews,
        Self::ParentRelations,
    ];

    /// The reference's name for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Variants => "variants",
            Self::Images => "images",
            Self::PrimaryImage => "primary_image",
            Self::CustomFields => "custom_fields",
            Self::BulkPricingRules => "bulk_pricing_rules",
            Self::Options => "options",
            Self::Modifiers => "modifiers",
            Self::Videos => "videos",
            Self::Channels => "channels",
            Self::Reviews => "reviews",
            Self::ParentRelations => "parent_relations",
        }
    }

    const fn shortens_pages(self) -> bool {
        matches!(self, Self::Options | Self::Modifiers)
    }
}

/// How a list of products is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProductsSort {
    /// Lowest number first.
    #[default]
    IdAscending,
    /// Highest number first.
    IdDescending,
    /// Oldest change first.
    ModifiedAscending,
    /// Newest change first.
    ModifiedDescending,
    /// By something else.
    By {
        /// By what.
        key: ProductsSortKey,
        /// Highest, newest, last first.
        descending: bool,
    },
}

/// What else products can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum ProductsSortKey {
    Name,
    Sku,
    Price,
    LastImported,
    InventoryLevel,
    IsVisible,
    TotalSold,
    CalculatedPrice,
}

/// The field with the time of the last change.
const MODIFIED: &str = "date_modified";

impl ProductsSort {
    const fn member(self) -> &'static str {
        match self {
            Self::By { key, .. } => match key {
                ProductsSortKey::Name => "name",
                ProductsSortKey::Sku => "sku",
                ProductsSortKey::Price => "price",
                ProductsSortKey::LastImported => "date_last_imported",
                ProductsSortKey::InventoryLevel => "inventory_level",
                ProductsSortKey::IsVisible => "is_visible",
                ProductsSortKey::TotalSold => "total_sold",
                ProductsSortKey::CalculatedPrice => "calculated_price",
            },
            Self::IdAscending | Self::IdDescending => "id",
            Self::ModifiedAscending | Self::ModifiedDescending => MODIFIED,
        }
    }

    const fn is_by_change(self) -> bool {
        matches!(self, Self::ModifiedAscending | Self::ModifiedDescending)
    }

    const fn direction(self) -> &'static str {
        match self {
            Self::IdAscending | Self::ModifiedAscending => "asc",
            Self::IdDescending | Self::ModifiedDescending => "desc",
            Self::By { descending, .. } => {
                if descending {
                    "desc"
                } else {
                    "asc"
                }
            }
        }
    }
}

impl Default for ProductsQuery {
    fn default() -> Self {
        Self::new()
    }
}

impl ProductsQuery {
    /// All products, page 1 of 250, lowest number first.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            ids: None,
            min_id: None,
            max_id: None,
            name: None,
            sku: None,
            keyword: None,
            modified_since: None,
            is_visible: None,
            more: Vec::new(),
            includes: Vec::new(),
            only_fields: Vec::new(),
            without_fields: Vec::new(),
            page: 1,
            limit: PAGE_LIMIT_MAX,
            sort: ProductsSort::IdAscending,
        }
    }

    /// One of these numbers, at most [`PAGE_LIMIT_MAX`] of them. None given, none found.
    #[must_use]
    pub fn ids(mut self, ids: impl IntoIterator<Item = ProductId>) -> Self {
        query::overrule(&mut self.more, "id:in");
        self.ids = Some(ids.into_iter().collect());
        self
    }

    /// This number or higher.
    #[must_use]
    pub fn min_id(mut self, id: ProductId) -> Self {
        query::overrule(&mut self.more, "id:min");
        self.min_id = Some(id);
        self
    }

    /// This number or lower.
    #[must_use]
    pub fn max_id(mut self, id: ProductId) -> Self {
        query::overrule(&mut self.more, "id:max");
        self.max_id = Some(id);
        self
    }

    /// With exactly this name. Whether letter case counts isn't documented: compare again.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        query::overrule(&mut self.more, "name");
        self.name = Some(name.into());
        self
    }

    /// With exactly this SKU of its own; those of variants don't count.
    #[must_use]
    pub fn sku(mut self, sku: impl Into<String>) -> Self {
        query::overrule(&mut self.more, "sku");
        self.sku = Some(sku.into());
        self
    }

    /// With this in its name, description, SKU or brand, as a merchant searches.
    #[must_use]
    pub fn keyword(mut self, keyword: impl Into<String>) -> Self {
        query::overrule(&mut self.more, "keyword");
        query::overrule(&mut self.more, "keyword_context");
        self.keyword = Some(keyword.into());
        self
    }

    /// Changed at or after this instant. The store counts whole seconds: finer parts are dropped,
    /// so that nothing is missed and a change may be seen twice.
    #[must_use]
    pub fn modified_since(mut self, instant: Timestamp) -> Self {
        query::overrule(&mut self.more, "date_modified:min");
        self.modified_since = Some(instant);
        self
    }

    /// Shown on the storefront, or hidden.
    #[must_use]
    pub fn is_visible(mut self, is_visible: bool) -> Self {
        query::overrule(&mut self.more, "is_visible");
        self.is_visible = Some(is_visible);
        self
    }

    /// Those for which this holds as well. Of two conditions on the same parameter the later one
    /// counts.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a condition is made to be given away"
    )]
    pub fn with(mut self, condition: ProductFilter) -> Self {
        let condition = condition.parameter();
        query::overrule(&mut self.more, condition.name);
        self.more.push(condition);
        self
    }

    /// What comes along, of [`list_full`] only.
    #[must_use]
    pub fn include(mut self, includes: impl IntoIterator<Item = ProductInclude>) -> Self {
        self.includes = includes.into_iter().collect();
        self
    }

    /// Only these fields, by the reference's names; the number always comes along, and so does the
    /// time of the last change where the list is sorted by it.
    #[must_use]
    pub fn only_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.only_fields = fields.into_iter().map(Into::into).collect();
        self
    }

    /// All fields but these, by the reference's names, and never without what the list is sorted by.
    #[must_use]
    pub fn without_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.without_fields = fields.into_iter().map(Into::into).collect();
        self
    }

    /// The page, counted from 1; 0 is taken for 1.
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.page = query::page(page);
        self
    }

    /// Products per page, brought into 1 to [`PAGE_LIMIT_MAX`].
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, PAGE_LIMIT_MAX);
        self
    }

    /// The sequence.
    #[must_use]
    pub fn sort(mut self, sort: ProductsSort) -> Self {
        self.sort = sort;
        self
    }

    /// The sequence that is asked for.
    #[must_use]
    pub const fn sorted(&self) -> ProductsSort {
        self.sort
    }

    /// How many products are asked for, as [`Page::is_last`] takes it: fewer than wanted where
    /// options or modifiers come along.
    #[must_use]
    pub fn page_size(&self) -> usize {
        let shortened = self.includes.iter().any(|include| include.shortens_pages());
        let most = if shortened {
            PAGE_LIMIT_WITH_OPTIONS
        } else {
            PAGE_LIMIT_MAX
        };
        self.limit.min(most) as usize
    }

    fn pairs(&self, includes_of: &[ProductInclude]) -> Pairs {
        let mut pairs = Pairs::new();
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        let ids = self.ids.as_ref();
        add(
            "id:in",
            ids.map(|ids| query::numbers(ids.iter().map(|id| id.0))),
        );
        add("id:min", self.min_id.map(|id| id.to_string().into()));
        add("id:max", self.max_id.map(|id| id.to_string().into()));
        add("name", self.name.clone().map(Term::Text));
        add("sku", self.sku.clone().map(Term::Text));
        add("keyword", self.keyword.clone().map(Term::Text));
        let merchant = self.keyword.is_some().then(|| "merchant".into());
        add("keyword_context", merchant);
        add("date_modified:min", self.modified_since.map(query::date));
        add(
            "is_visible",
            self.is_visible.map(|is| is.to_string().into()),
        );
        pairs.retain(|(name, _)| self.more.iter().all(|more| more.name != *name));
        pairs.extend(self.more.iter().map(|more| (more.name, more.term.clone())));
        // What the list is sorted by has to come along, or nobody could go on from it.
        let needed: &[&str] = if self.sort.is_by_change() {
            &[MODIFIED]
        } else {
            &[]
        };
        pairs.extend(query::fields(
            &self.only_fields,
            &self.without_fields,
            needed,
        ));
        pairs.extend(includes(includes_of));
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        add("sort", Some(self.sort.member().into()));
        add("direction", Some(self.sort.direction().into()));
        add("page", Some(self.page.to_string().into()));
        add("limit", Some(self.page_size().to_string().into()));
        pairs
    }
}

fn includes(includes: &[ProductInclude]) -> Option<(&'static str, Term)> {
    let names: Vec<String> = includes.iter().map(|one| one.as_str().to_owned()).collect();
    (!names.is_empty()).then_some(("include", Term::List(names)))
}

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
