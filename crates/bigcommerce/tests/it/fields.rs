//! Lists of which only some fields are asked for: everything in them is read all the same.

use std::collections::BTreeSet;

use bigcommerce::{
    Method, Page, Request,
    request::{
        ListQuery, catalog, custom_fields,
        filters::{Filter, Selects},
        images, metafields, modifiers, operations, options,
        products::{self, ProductsQuery},
        variants, videos,
    },
};
use commerce::ProductId;
use sandbox_store::{Scopes, Sizes};
use testkit::samples;

use crate::sandbox::{SHIPPED, Shop};

/// What things are told apart by, and what they belong to.
const NUMBERS: [&str; 4] = ["id", "product_id", "category_id", "resource_id"];

struct Choosing<'a> {
    shop: &'a Shop,
    tried: BTreeSet<&'static str>,
}

impl Choosing<'_> {
    /// Asks for a field alone, and for all but that one and the numbers.
    async fn list<F: Filter + Selects, T>(
        &mut self,
        field: &str,
        request: impl Fn(&ListQuery<F>) -> Request<Page<T>>,
    ) {
        let only = ListQuery::<F>::new().only_fields([field]);
        let without = ListQuery::<F>::new().without_fields(NUMBERS.into_iter().chain([field]));
        self.both(request(&only), request(&without)).await;
    }

    async fn both<T>(&mut self, only: Request<Page<T>>, without: Request<Page<T>>) {
        let operation = only.operation().unwrap();
        self.tried.insert(operation.name);
        let mut requests = vec![only];
        if operation.parameters.concat().contains(&"exclude_fields") {
            requests.push(without);
        }
        for request in requests {
            let page = self.shop.send(&request).await.unwrap();
            let asked = format!("{request:?} {}", request.query());
            assert!(page.broken.is_empty(), "{asked}: {:?}", page.broken);
            assert!(!page.items.is_empty(), "{asked}: there is nothing to read");
        }
    }
}

#[tokio::test]
async fn whatever_fields_are_chosen_every_thing_is_read() {
    let sizes = Sizes {
        orders: 120,
        ..Sizes::default()
    };
    let shop = Shop::open(Scopes::All, sizes).await;
    let ids = shop.ids(SHIPPED).await;
    let furnished = shop.furnish(ids).await;
    let mut choosing = Choosing {
        shop: &shop,
        tried: BTreeSet::new(),
    };

    let only = ProductsQuery::new().only_fields(["sku"]);
    let without = ProductsQuery::new().without_fields(["id", "sku"]);
    let (these, others) = (products::list(&only), products::list(&without));
    choosing.both(these, others).await;
    let (these, others) = (products::list_full(&only), products::list_full(&without));
    choosing.both(these, others).await;
    let product = ids.product;
    choosing
        .list("sku", |query| variants::list(product, query))
        .await;
    choosing.list("sku", variants::across).await;
    choosing
        .list("description", |query| images::list(product, query))
        .await;
    let product = furnished.product;
    choosing
        .list("name", |query| options::list(product, query))
        .await;
    choosing
        .list("label", |query| {
            options::values(product, furnished.option, query)
        })
        .await;
    choosing
        .list("name", |query| modifiers::list(product, query))
        .await;
    choosing
        .list("label", |query| {
            modifiers::values(product, furnished.modifier, query)
        })
        .await;
    choosing
        .list("title", |query| videos::list(product, query))
        .await;
    choosing
        .list("name", |query| custom_fields::list(product, query))
        .await;
    choosing.list("name", catalog::brands_full).await;
    choosing.list("name", catalog::categories_full).await;
    let metafield = samples::a_metafield();
    for owner in ids.owners() {
        let create = metafields::create(owner, &metafield);
        shop.send(&create).await.unwrap();
        choosing
            .list("value", |query| metafields::list(owner, query))
            .await;
    }

    let can_choose: BTreeSet<&str> = operations()
        .iter()
        .filter(|operation| operation.method == Method::Get)
        .filter(|operation| operation.parameters.concat().contains(&"include_fields"))
        .map(|operation| operation.name)
        .collect();
    assert_eq!(choosing.tried, can_choose);
    shop.stop().await;
}

#[test]
fn what_a_thing_cannot_be_read_without_is_asked_for_unbidden() {
    let fields = |query: String| {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let fields = pairs.filter(|(name, _)| name.ends_with("_fields"));
        fields.map(|(_, value)| value).collect::<Vec<_>>()
    };
    let only = |names: &[&'static str]| {
        let query = ListQuery::new().only_fields(names.iter().copied());
        fields(variants::across(&query).query())
    };
    let without = |names: &[&'static str]| {
        let query = ListQuery::new().without_fields(names.iter().copied());
        fields(variants::list(ProductId(7), &query).query())
    };
    assert_eq!(only(&["sku"]), ["sku,product_id"]);
    assert_eq!(only(&["product_id", "sku"]), ["product_id,sku"]);
    assert_eq!(only(&[]), [""; 0], "all fields come");
    assert_eq!(without(&["sku", "product_id"]), ["sku"]);
    assert_eq!(without(&["product_id"]), [""; 0]);
    let categories = ListQuery::new().only_fields(["name"]);
    assert_eq!(
        fields(catalog::categories_full(&categories).query()),
        ["name,category_id"]
    );
    let fields_of_custom_fields = ListQuery::new().only_fields(["name"]);
    let asked = custom_fields::list(ProductId(7), &fields_of_custom_fields);
    assert_eq!(fields(asked.query()), ["name"]);
}
