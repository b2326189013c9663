//! Products: list, read one, create, update, delete.
//!
//! Version 3 of the API. Every answer carries the picture that lists show, but for a product just
//! created, which has none.

use std::str::FromStr;

use commerce::{Access, InventoryTracking, Product, ProductFields, ProductId, ProductKind, Scope};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

use super::{
    Absence, Kind, Method, Page, Request,
    query::{self, Pairs, Term},
};
use crate::wire;

/// The most products one page may hold. Source: BigCommerce REST reference, "Get all products".
pub const PAGE_LIMIT_MAX: u32 = 250;

const READ: Option<(Scope, Access)> = Some((Scope::Products, Access::Read));
const MODIFY: Option<(Scope, Access)> = Some((Scope::Products, Access::Modify));
const PATH: &str = "/v3/catalog/products";

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
    page: u32,
    limit: u32,
    sort: ProductsSort,
}

/// How a list of products is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
}

impl ProductsSort {
    const fn member(self) -> &'static str {
        match self {
            Self::IdAscending | Self::IdDescending => "id",
            Self::ModifiedAscending | Self::ModifiedDescending => "date_modified",
        }
    }

    const fn direction(self) -> &'static str {
        match self {
            Self::IdAscending | Self::ModifiedAscending => "asc",
            Self::IdDescending | Self::ModifiedDescending => "desc",
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
            page: 1,
            limit: PAGE_LIMIT_MAX,
            sort: ProductsSort::IdAscending,
        }
    }

    /// One of these numbers, at most [`PAGE_LIMIT_MAX`] of them. None given, none found.
    #[must_use]
    pub fn ids(mut self, ids: impl IntoIterator<Item = ProductId>) -> Self {
        self.ids = Some(ids.into_iter().collect());
        self
    }

    /// This number or higher.
    #[must_use]
    pub const fn min_id(mut self, id: ProductId) -> Self {
        self.min_id = Some(id);
        self
    }

    /// This number or lower.
    #[must_use]
    pub const fn max_id(mut self, id: ProductId) -> Self {
        self.max_id = Some(id);
        self
    }

    /// With exactly this name. Whether letter case counts isn't documented: compare again.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With exactly this SKU of its own; those of variants don't count.
    #[must_use]
    pub fn sku(mut self, sku: impl Into<String>) -> Self {
        self.sku = Some(sku.into());
        self
    }

    /// With this in its name, description, SKU or brand, as a merchant searches.
    #[must_use]
    pub fn keyword(mut self, keyword: impl Into<String>) -> Self {
        self.keyword = Some(keyword.into());
        self
    }

    /// Changed at or after this instant. The store counts whole seconds: finer parts are dropped,
    /// so that nothing is missed and a change may be seen twice.
    #[must_use]
    pub const fn modified_since(mut self, instant: Timestamp) -> Self {
        self.modified_since = Some(instant);
        self
    }

    /// Shown on the storefront, or hidden.
    #[must_use]
    pub const fn is_visible(mut self, is_visible: bool) -> Self {
        self.is_visible = Some(is_visible);
        self
    }

    /// The page, counted from 1; 0 is taken for 1.
    #[must_use]
    pub const fn page(mut self, page: u32) -> Self {
        self.page = query::page(page);
        self
    }

    /// Products per page, brought into 1 to [`PAGE_LIMIT_MAX`].
    #[must_use]
    pub const fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, PAGE_LIMIT_MAX);
        self
    }

    /// The sequence.
    #[must_use]
    pub const fn sort(mut self, sort: ProductsSort) -> Self {
        self.sort = sort;
        self
    }

    /// How many products are asked for, as [`Page::is_last`] takes it.
    #[must_use]
    pub const fn page_size(&self) -> usize {
        self.limit as usize
    }

    fn pairs(&self) -> Pairs {
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
        add("include", Some("primary_image".into()));
        add("sort", Some(self.sort.member().into()));
        add("direction", Some(self.sort.direction().into()));
        add("page", Some(self.page.to_string().into()));
        add("limit", Some(self.limit.to_string().into()));
        pairs
    }
}

/// One page of products. Past the end the page is empty.
#[must_use]
pub fn list(query: &ProductsQuery) -> Request<Page<Product>> {
    let mut request = Request::get(PATH, READ, wire::products::list);
    request.query = query.pairs();
    request
}

/// One product.
#[must_use]
pub fn one(id: ProductId) -> Request<Product> {
    let mut request = Request::get(format!("{PATH}/{id}"), READ, wire::products::one);
    request.query.push(("include", "primary_image".into()));
    request
}

/// What to change of a product: the touched fields and nothing else. Arrays (categories, pictures)
/// are never among them, because the store replaces those as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductUpdate(ProductFields);

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
/// [`Kind::Idempotent`]: every field is set to a value, and nothing is sent to anybody.
/// [`Answer::remarks`](crate::Answer::remarks) say what the store did not take although it saved
/// the rest (207: stock or address); the answer shows what it is now.
///
/// Source: BigCommerce REST reference, "Update a product".
#[must_use]
pub fn update(id: ProductId, update: &ProductUpdate) -> Request<Product> {
    let mut request = one(id);
    request.method = Method::Put;
    request.needs = MODIFY;
    request.kind = Kind::Idempotent;
    request.body = Some(body(&update.0));
    request
}

/// A product to be made: a name, a kind, a price and a weight, and what else is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct(ProductFields);

/// What a product can't be made without. The store wants a weight of digital products too.
///
/// Source: BigCommerce REST reference, "Create a product".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
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
/// [`Kind::Once`]. Without an answer look for it by [name](ProductsQuery::name) and
/// [SKU](ProductsQuery::sku), both unique in a store. With [remarks](crate::Answer::remarks) (207)
/// it is made all the same: update what they name, never create again.
/// [`Error::Conflict`](crate::Error::Conflict) says that the name or the SKU is taken.
///
/// Source: BigCommerce REST reference, "Create a product".
#[must_use]
pub fn create(product: &NewProduct) -> Request<Product> {
    let mut request = Request::get(PATH, MODIFY, wire::products::one);
    request.method = Method::Post;
    request.kind = Kind::Once;
    request.body = Some(body(&product.0));
    request
}

/// Deletes a product for good, with its variants and pictures.
///
/// [`Kind::Idempotent`]. If an earlier try of the same sending stayed without an answer, "not
/// found" means that it is done, and that is the answer. A first try that meets nothing is
/// [`Error::NotFound`](crate::Error::NotFound): whoever asks because an earlier sending was
/// [left open](crate::Error::leaves_open) takes that for done as well.
///
/// Source: BigCommerce REST reference, "Delete a product".
#[must_use]
pub fn delete(id: ProductId) -> Request<()> {
    let mut request = Request::get(format!("{PATH}/{id}"), MODIFY, wire::nothing);
    request.method = Method::Delete;
    request.kind = Kind::Idempotent;
    request.absence = Absence::DoneBefore;
    request
}

fn body(fields: &ProductFields) -> Value {
    // Taken apart by name, so that a new field can't be forgotten.
    let ProductFields {
        name,
        sku,
        kind,
        price,
        cost_price,
        sale_price,
        weight,
        is_visible,
        description,
        inventory_tracking,
        inventory_level,
    } = fields;
    let mut body = Map::new();
    let mut set = |member: &str, value: Option<Value>| {
        body.extend(value.map(|value| (member.to_owned(), value)));
    };
    let words = |text: &Option<String>| text.as_deref().map(Value::from);
    set("name", words(name));
    set("sku", words(sku));
    set("type", kind.map(kind_text).map(Value::from));
    set("price", price.map(number));
    set("cost_price", cost_price.map(number));
    set("sale_price", sale_price.map(number));
    set("weight", weight.map(number));
    set("is_visible", is_visible.map(Value::from));
    set("description", words(description));
    let tracking = inventory_tracking.map(tracking_text);
    set("inventory_tracking", tracking.map(Value::from));
    set("inventory_level", inventory_level.map(Value::from));
    Value::Object(body)
}

/// To the last digit: `19.90` stays `19.90` and passes through no float.
fn number(amount: Decimal) -> Value {
    let number = Number::from_str(&amount.to_string());
    Value::Number(number.expect("a decimal is written as JSON writes numbers"))
}

const fn kind_text(kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::Physical => "physical",
        ProductKind::Digital => "digital",
    }
}

const fn tracking_text(tracking: InventoryTracking) -> &'static str {
    match tracking {
        InventoryTracking::None => "none",
        InventoryTracking::Product => "product",
        InventoryTracking::Variant => "variant",
    }
}
