//! The query's root: the site and its settings, and the customer who asks.

use std::sync::{Arc, OnceLock};

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Error, ErrorExtensions, Object, Result, Schema,
    SimpleObject,
};

use super::catalog::{
    BrandNode, CategoryNode, CategoryTreeItem, Page, ProductConnection, ProductNode, products,
};
use crate::seed::World;

/// Most complex query. Source: BigCommerce guide to the GraphQL Storefront API.
const MOST_COMPLEX: usize = 10_000;

/// Deepest query; not published, and far more than anybody needs.
const DEEPEST: usize = 30;

/// Who asks, and where.
pub(super) struct Asked {
    pub(super) origin: String,
    pub(super) hash: String,
    pub(super) scopes: Vec<String>,
    /// Whom the asker speaks for.
    pub(super) customer: Option<u64>,
}

type StorefrontSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// Made once: it says nothing about any store.
pub(super) fn schema() -> &'static StorefrontSchema {
    static SCHEMA: OnceLock<StorefrontSchema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        Schema::build(Query, EmptyMutation, EmptySubscription)
            .limit_complexity(MOST_COMPLEX)
            .limit_depth(DEEPEST)
            .finish()
    })
}

pub(super) fn world<'a>(context: &Context<'a>) -> Result<&'a World> {
    Ok(context.data::<Arc<World>>()?.as_ref())
}

pub(super) fn asked<'a>(context: &Context<'a>) -> Result<&'a Asked> {
    context.data::<Asked>()
}

fn need(context: &Context<'_>, scope: &str) -> Result<()> {
    if asked(context)?.scopes.iter().any(|has| has == scope) {
        return Ok(());
    }
    let why = format!("The token does not have the scope {scope}");
    Err(Error::new(why).extend_with(|_, extensions| {
        extensions.set("code", "INSUFFICIENT_ACCESS_SCOPE");
    }))
}

/// What can be asked.
pub(super) struct Query;

#[Object]
impl Query {
    /// The site.
    async fn site(&self, context: &Context<'_>) -> Result<Site> {
        need(context, "Unauthenticated")?;
        Ok(Site)
    }

    /// The customer the asker speaks for.
    async fn customer(&self, context: &Context<'_>) -> Result<Option<CustomerNode>> {
        need(context, "Customer")?;
        let customer = asked(context)?.customer;
        let customer = customer.and_then(|id| world(context).ok()?.customer(id));
        Ok(customer.map(|customer| CustomerNode {
            entity_id: customer.id,
            email: customer.person.email.clone(),
            first_name: customer.person.first_name.clone(),
            last_name: customer.person.last_name.clone(),
            company: customer.person.company.clone(),
            phone: customer.person.phone.clone(),
            customer_group_id: customer.group_id,
        }))
    }
}

/// A customer.
#[derive(SimpleObject)]
#[graphql(name = "Customer")]
struct CustomerNode {
    entity_id: u64,
    email: String,
    first_name: String,
    last_name: String,
    company: String,
    phone: String,
    customer_group_id: u64,
}

/// A site.
struct Site;

#[Object]
impl Site {
    /// What the merchant has set.
    async fn settings(&self, context: &Context<'_>) -> Result<Settings> {
        let asked = asked(context)?;
        let url = format!("https://store-{}.example.com", asked.hash);
        Ok(Settings {
            store_name: "Northfold Supply".to_owned(),
            store_hash: asked.hash.clone(),
            status: "LAUNCHED".to_owned(),
            url: UrlSettings {
                vanity_url: url.clone(),
                cdn_url: asked.origin.clone(),
                checkout_url: url,
            },
            contact: Contact {
                address: "100 Example Wharf\nBellingham, Washington 98225".to_owned(),
                country: "United States".to_owned(),
                email: "owner@example.com".to_owned(),
                phone: "+1 360 555 0100".to_owned(),
            },
        })
    }

    /// One product, by its id or by a SKU of its own or of one of its variants.
    async fn product(
        &self,
        context: &Context<'_>,
        entity_id: Option<u64>,
        sku: Option<String>,
    ) -> Result<Option<ProductNode>> {
        let world = world(context)?;
        let by_sku = sku.and_then(|sku| world.index.with_sku(&sku));
        let id = entity_id.or(by_sku);
        let product = id.and_then(|id| world.product(id));
        Ok(product.and_then(ProductNode::of))
    }

    /// Products, a page at a time.
    #[graphql(complexity = "Page::weight(first, last, child_complexity)")]
    async fn products(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        last: Option<i32>,
        after: Option<String>,
        before: Option<String>,
        entity_ids: Option<Vec<u64>>,
    ) -> Result<ProductConnection> {
        let page = Page::read(first, last, after, before)?;
        products(world(context)?, &page, |product| {
            entity_ids
                .as_ref()
                .is_none_or(|ids| ids.contains(&product.id))
        })
    }

    /// One category.
    async fn category(
        &self,
        context: &Context<'_>,
        entity_id: u64,
    ) -> Result<Option<CategoryNode>> {
        let category = world(context)?.category(entity_id);
        Ok(category
            .filter(|category| category.is_visible)
            .map(CategoryNode::of))
    }

    /// Categories as a tree: all of it, or what is below one of them.
    #[graphql(complexity = "Page::weight(Some(50), None, child_complexity)")]
    async fn category_tree(
        &self,
        context: &Context<'_>,
        root_entity_id: Option<u64>,
    ) -> Result<Vec<CategoryTreeItem>> {
        Ok(CategoryTreeItem::below(
            world(context)?,
            root_entity_id.unwrap_or(0),
        ))
    }

    /// One brand.
    async fn brand(&self, context: &Context<'_>, entity_id: u64) -> Result<Option<BrandNode>> {
        Ok(world(context)?.brand(entity_id).map(BrandNode::of))
    }
}

/// What the merchant has set.
#[derive(SimpleObject)]
struct Settings {
    store_name: String,
    store_hash: String,
    status: String,
    url: UrlSettings,
    contact: Contact,
}

/// Addresses of the site.
#[derive(SimpleObject)]
struct UrlSettings {
    vanity_url: String,
    cdn_url: String,
    checkout_url: String,
}

/// How the merchant is reached.
#[derive(SimpleObject)]
struct Contact {
    address: String,
    country: String,
    email: String,
    phone: String,
}
