//! Products, categories and brands as a shopper sees them.

use async_graphql::{
    Context, Error, InputValueError, InputValueResult, Object, Result, Scalar, ScalarType,
    SimpleObject, Value,
};

use super::schema::{asked, world};
use crate::decimal::Decimal;
use crate::pictures;
use crate::seed::World;
use crate::state::catalog::{Availability, Brand, Category, Product, Tracking, Variant};

/// Most things of one page. Source: BigCommerce guide to the GraphQL Storefront API.
const LONGEST_PAGE: usize = 50;

/// See [`Page::weight`].
const HEAVIEST: usize = 1_000_000_000;

/// Things of one page when nothing is asked.
const PAGE_LENGTH: usize = 10;

/// Which part of a list is wanted.
pub(super) struct Page {
    count: usize,
    is_last: bool,
    after: Option<u64>,
    before: Option<u64>,
}

impl Page {
    /// How many things it may hold.
    pub(super) fn cost(first: Option<i32>, last: Option<i32>) -> usize {
        let count = first.or(last).and_then(|count| usize::try_from(count).ok());
        count.unwrap_or(PAGE_LENGTH)
    }

    /// What a page of things weighs, each weighing so much. Capped far above what may be asked, so
    /// that no query, however deep, counts past the end of the numbers.
    pub(super) fn weight(first: Option<i32>, last: Option<i32>, each: usize) -> usize {
        let all = Self::cost(first, last).saturating_mul(each);
        all.min(HEAVIEST) + 1
    }

    pub(super) fn read(
        first: Option<i32>,
        last: Option<i32>,
        after: Option<String>,
        before: Option<String>,
    ) -> Result<Self> {
        if first.is_some() && last.is_some() {
            return Err(Error::new("Give either first or last"));
        }
        if first.or(last).is_some_and(|count| count < 0) {
            return Err(Error::new("The number of things has to be positive"));
        }
        let count = Self::cost(first, last);
        if count > LONGEST_PAGE {
            return Err(Error::new(format!(
                "At most {LONGEST_PAGE} can be asked for at once"
            )));
        }
        let cursor = |text: Option<String>| match text {
            None => Ok(None),
            Some(text) => match text.strip_prefix("id:").and_then(|id| id.parse().ok()) {
                Some(id) => Ok(Some(id)),
                None => Err(Error::new("The cursor is not valid")),
            },
        };
        Ok(Self {
            count,
            is_last: last.is_some(),
            after: cursor(after)?,
            before: cursor(before)?,
        })
    }

    /// Start and end of it among things with these ids, which rise.
    fn range(&self, ids: &[u64]) -> (usize, usize) {
        let from = self
            .after
            .map_or(0, |id| ids.partition_point(|own| *own <= id));
        let until = self
            .before
            .map_or(ids.len(), |id| ids.partition_point(|own| *own < id));
        let until = until.max(from);
        if self.is_last {
            (until.saturating_sub(self.count).max(from), until)
        } else {
            (from, (from + self.count).min(until))
        }
    }
}

fn cursor(id: u64) -> String {
    format!("id:{id}")
}

/// Where a page lies.
#[derive(SimpleObject)]
pub(super) struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

impl PageInfo {
    fn of(ids: &[u64], start: usize, end: usize) -> Self {
        let some = start < end;
        Self {
            has_next_page: end < ids.len(),
            has_previous_page: start > 0,
            start_cursor: some.then(|| cursor(ids[start])),
            end_cursor: some.then(|| cursor(ids[end - 1])),
        }
    }
}

/// A page of products.
#[derive(SimpleObject)]
pub(super) struct ProductConnection {
    page_info: PageInfo,
    edges: Vec<ProductEdge>,
}

/// A product and its place.
#[derive(SimpleObject)]
struct ProductEdge {
    cursor: String,
    node: ProductNode,
}

/// What shoppers see of the products that are wanted.
pub(super) fn products(
    world: &World,
    page: &Page,
    takes: impl Fn(&Product) -> bool,
) -> Result<ProductConnection> {
    let found: Vec<&Product> = world
        .products
        .iter()
        .filter(|product| is_seen(product) && takes(product))
        .collect();
    let ids: Vec<u64> = found.iter().map(|product| product.id).collect();
    let (start, end) = page.range(&ids);
    Ok(ProductConnection {
        page_info: PageInfo::of(&ids, start, end),
        edges: ids[start..end]
            .iter()
            .map(|id| ProductEdge {
                cursor: cursor(*id),
                node: ProductNode { id: *id },
            })
            .collect(),
    })
}

/// Visible, and sold somewhere.
fn is_seen(product: &Product) -> bool {
    product.is_visible && !product.channels.is_empty()
}

/// An exact number.
pub(super) struct BigDecimal(Decimal);

/// An exact number.
#[Scalar(name = "BigDecimal")]
impl ScalarType for BigDecimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::Number(number) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        match Decimal::parse(&number.to_string()) {
            Some(amount) => Ok(Self(amount)),
            None => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        let number = serde_json::to_value(self.0).ok();
        match number {
            Some(serde_json::Value::Number(number)) => Value::Number(number),
            _never => Value::Null,
        }
    }
}

/// An amount of money.
#[derive(SimpleObject)]
struct Money {
    value: BigDecimal,
    currency_code: &'static str,
}

impl Money {
    fn of(amount: Decimal) -> Self {
        Self {
            value: BigDecimal(amount),
            currency_code: "USD",
        }
    }

    /// Nothing is no price.
    fn some(amount: Decimal) -> Option<Self> {
        (amount > Decimal::ZERO).then(|| Self::of(amount))
    }
}

/// What something costs.
#[derive(SimpleObject)]
struct Prices {
    price: Money,
    base_price: Option<Money>,
    sale_price: Option<Money>,
    retail_price: Option<Money>,
}

/// A product.
pub(super) struct ProductNode {
    id: u64,
}

impl ProductNode {
    /// `None` for one that no shopper sees.
    pub(super) fn of(product: &Product) -> Option<Self> {
        is_seen(product).then_some(Self { id: product.id })
    }

    fn product<'a>(&self, context: &Context<'a>) -> Result<&'a Product> {
        world(context)?
            .product(self.id)
            .ok_or_else(|| Error::new("The product is gone"))
    }
}

#[Object(name = "Product")]
impl ProductNode {
    async fn id(&self) -> String {
        format!("Product:{}", self.id)
    }

    async fn entity_id(&self) -> u64 {
        self.id
    }

    async fn name(&self, context: &Context<'_>) -> Result<String> {
        Ok(self.product(context)?.name.to_string())
    }

    async fn sku(&self, context: &Context<'_>) -> Result<String> {
        Ok(self.product(context)?.sku.to_string())
    }

    async fn upc(&self, context: &Context<'_>) -> Result<Option<String>> {
        let upc = &self.product(context)?.upc;
        Ok((!upc.is_empty()).then(|| upc.to_string()))
    }

    /// Its address on the site.
    async fn path(&self, context: &Context<'_>) -> Result<String> {
        Ok(self.product(context)?.url.path.clone())
    }

    /// HTML.
    async fn description(&self, context: &Context<'_>) -> Result<String> {
        Ok(self.product(context)?.description.to_string())
    }

    #[graphql(name = "type")]
    async fn kind(&self, context: &Context<'_>) -> Result<&'static str> {
        Ok(self.product(context)?.form.name())
    }

    async fn availability_v2(&self, context: &Context<'_>) -> Result<ProductAvailability> {
        let (status, description) = match self.product(context)?.availability {
            Availability::Available => ("Available", ""),
            Availability::Disabled => ("Unavailable", "Not for sale at the moment"),
            Availability::Preorder => ("Preorder", "Can be ordered ahead"),
        };
        Ok(ProductAvailability {
            status,
            description,
        })
    }

    async fn prices(&self, context: &Context<'_>) -> Result<Prices> {
        let product = self.product(context)?;
        Ok(Prices {
            price: Money::of(product.calculated_price()),
            base_price: Money::some(product.price),
            sale_price: Money::some(product.sale),
            retail_price: Money::some(product.retail),
        })
    }

    async fn inventory(&self, context: &Context<'_>) -> Result<Inventory> {
        let product = self.product(context)?;
        let is_tracked = product.tracking != Tracking::None;
        Ok(Inventory {
            is_in_stock: !is_tracked || product.stock() > 0,
            has_variant_inventory: product.tracking == Tracking::Variant,
            aggregated: is_tracked.then(|| Aggregated {
                available_to_sell: product.stock(),
                warning_level: product.warning_level,
            }),
        })
    }

    async fn brand(&self, context: &Context<'_>) -> Result<Option<BrandNode>> {
        let brand = world(context)?.brand(self.product(context)?.brand_id);
        Ok(brand.map(BrandNode::of))
    }

    #[graphql(complexity = "Page::weight(Some(10), None, child_complexity)")]
    async fn categories(&self, context: &Context<'_>) -> Result<CategoryConnection> {
        let world = world(context)?;
        let categories = self.product(context)?.categories.iter();
        let seen = categories.filter_map(|id| world.category(*id));
        Ok(CategoryConnection {
            edges: seen
                .filter(|category| category.is_visible)
                .map(|category| CategoryEdge {
                    node: CategoryNode::of(category),
                })
                .collect(),
        })
    }

    async fn default_image(&self, context: &Context<'_>) -> Result<Option<ImageNode>> {
        let product = self.product(context)?;
        Ok(product.thumbnail().map(|image| ImageNode {
            product: product.id,
            image: image.id,
        }))
    }

    #[graphql(complexity = "Page::weight(first, None, child_complexity)")]
    async fn variants(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<VariantConnection> {
        let product = self.product(context)?;
        let page = Page::read(first, None, after, None)?;
        let ids: Vec<u64> = product.variants.iter().map(|variant| variant.id).collect();
        let (start, end) = page.range(&ids);
        Ok(VariantConnection {
            page_info: PageInfo::of(&ids, start, end),
            edges: product.variants[start..end]
                .iter()
                .map(|variant| VariantEdge {
                    cursor: cursor(variant.id),
                    node: VariantNode::of(product, variant),
                })
                .collect(),
        })
    }
}

/// Whether it can be bought.
#[derive(SimpleObject)]
struct ProductAvailability {
    status: &'static str,
    description: &'static str,
}

/// What is on the shelf.
#[derive(SimpleObject)]
struct Inventory {
    is_in_stock: bool,
    has_variant_inventory: bool,
    aggregated: Option<Aggregated>,
}

/// Pieces over all variants.
#[derive(SimpleObject)]
struct Aggregated {
    available_to_sell: u64,
    warning_level: u32,
}

/// A page of variants.
#[derive(SimpleObject)]
struct VariantConnection {
    page_info: PageInfo,
    edges: Vec<VariantEdge>,
}

/// A variant and its place.
#[derive(SimpleObject)]
struct VariantEdge {
    cursor: String,
    node: VariantNode,
}

/// A variant.
#[derive(SimpleObject)]
#[graphql(name = "Variant")]
struct VariantNode {
    entity_id: u64,
    sku: String,
    upc: Option<String>,
    prices: Prices,
}

impl VariantNode {
    fn of(product: &Product, variant: &Variant) -> Self {
        let upc = product.upc_of(variant);
        Self {
            entity_id: variant.id,
            sku: product.sku_of(variant).to_string(),
            upc: (!upc.is_empty()).then(|| upc.to_string()),
            prices: Prices {
                price: Money::of(product.price_of(variant)),
                base_price: Money::some(variant.price.unwrap_or(product.price)),
                sale_price: variant.amount("sale_price").map(Money::of),
                retail_price: Money::some(product.retail),
            },
        }
    }
}

/// A picture of a product.
struct ImageNode {
    product: u64,
    image: u64,
}

#[Object(name = "Image")]
impl ImageNode {
    /// Its address, in that size.
    async fn url(
        &self,
        context: &Context<'_>,
        width: u32,
        height: Option<u32>,
    ) -> Result<Option<String>> {
        let product = world(context)?.product(self.product);
        let image = product.and_then(|product| {
            let mut images = product.images.iter();
            Some((product, images.find(|image| image.id == self.image)?))
        });
        let origin = &asked(context)?.origin;
        let height = height.unwrap_or(width);
        Ok(image.map(|(product, image)| pictures::url(origin, product, image, width, height)))
    }

    async fn alt_text(&self, context: &Context<'_>) -> Result<String> {
        let product = world(context)?.product(self.product);
        let images = product.map(|product| product.images.as_slice());
        let mut images = images.unwrap_or_default().iter();
        let image = images.find(|image| image.id == self.image);
        Ok(image
            .map(|image| image.description.to_string())
            .unwrap_or_default())
    }

    async fn is_default(&self) -> bool {
        true
    }
}

/// A brand.
#[derive(SimpleObject)]
#[graphql(name = "Brand")]
pub(super) struct BrandNode {
    entity_id: u64,
    name: String,
    path: String,
}

impl BrandNode {
    pub(super) fn of(brand: &Brand) -> Self {
        Self {
            entity_id: brand.id,
            name: brand.name.to_string(),
            path: brand.url.path.clone(),
        }
    }
}

/// Categories of a product.
#[derive(SimpleObject)]
struct CategoryConnection {
    edges: Vec<CategoryEdge>,
}

/// A category of a product.
#[derive(SimpleObject)]
struct CategoryEdge {
    node: CategoryNode,
}

/// A category.
pub(super) struct CategoryNode {
    id: u64,
    name: String,
    path: String,
}

impl CategoryNode {
    pub(super) fn of(category: &Category) -> Self {
        Self {
            id: category.id,
            name: category.name.to_string(),
            path: category.url.path.clone(),
        }
    }
}

#[Object(name = "Category")]
impl CategoryNode {
    async fn entity_id(&self) -> u64 {
        self.id
    }

    async fn name(&self) -> &str {
        &self.name
    }

    async fn path(&self) -> &str {
        &self.path
    }

    #[graphql(complexity = "Page::weight(first, last, child_complexity)")]
    async fn products(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        last: Option<i32>,
        after: Option<String>,
        before: Option<String>,
    ) -> Result<ProductConnection> {
        let page = Page::read(first, last, after, before)?;
        products(world(context)?, &page, |product| {
            product.categories.contains(&self.id)
        })
    }
}

/// A category with what grows below it.
pub(super) struct CategoryTreeItem {
    id: u64,
    name: String,
    path: String,
}

impl CategoryTreeItem {
    /// What shoppers see below a category; 0 is the top.
    pub(super) fn below(world: &World, parent: u64) -> Vec<Self> {
        world
            .categories
            .iter()
            .filter(|category| category.parent_id == parent && category.is_visible)
            .map(|category| Self {
                id: category.id,
                name: category.name.to_string(),
                path: category.url.path.clone(),
            })
            .collect()
    }
}

#[Object]
impl CategoryTreeItem {
    async fn entity_id(&self) -> u64 {
        self.id
    }

    async fn name(&self) -> &str {
        &self.name
    }

    async fn path(&self) -> &str {
        &self.path
    }

    async fn has_children(&self, context: &Context<'_>) -> Result<bool> {
        Ok(!CategoryTreeItem::below(world(context)?, self.id).is_empty())
    }

    async fn children(&self, context: &Context<'_>) -> Result<Vec<CategoryTreeItem>> {
        Ok(CategoryTreeItem::below(world(context)?, self.id))
    }
}
