//! Which products are listed, and what comes along with them.

use commerce::ProductId;
use jiff::Timestamp;

use super::{
    filters::{Filter, Parameter, ProductFilter},
    products::{PAGE_LIMIT_MAX, PAGE_LIMIT_WITH_OPTIONS},
    query::{self, Pairs, Term},
};

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
    pub(super) includes: Vec<ProductInclude>,
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

    /// What comes along, of [`list_full`](super::products::list_full) only.
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

    /// How many products are asked for, as [`Page::is_last`](super::Page::is_last) takes it: fewer than wanted where
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

    pub(super) fn pairs(&self, includes_of: &[ProductInclude]) -> Pairs {
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

/// The parameter that has these come along, if there are any.
pub(super) fn includes(includes: &[ProductInclude]) -> Option<(&'static str, Term)> {
    let names: Vec<String> = includes.iter().map(|one| one.as_str().to_owned()).collect();
    (!names.is_empty()).then_some(("include", Term::List(names)))
}
