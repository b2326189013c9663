//! Every condition of every list, against a store in a box: each is understood there, and each
//! decides what comes. That none is missing follows from its names, which are held against the
//! specification in `specification`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use bigcommerce::{
    Page, Request,
    request::{
        Few, ListQuery, assignments, catalog, customers,
        filters::{
            AttributeFilter, AttributeValueFilter, BrandFilter, CategoryAssignmentFilter,
            CategoryFilter, ChannelAssignmentFilter, ChannelFilter, CountryFilter,
            CustomerAddressFilter, CustomerFilter, Filter, GroupFilter, LocationFilter,
            MessageFilter, MetafieldFilter, OrderFilter, ProductFilter, RefundFilter, StateFilter,
            StockAtFilter, StockFilter, TreeFilter, VariantFilter,
        },
        inventory, metafields, order_parts, orders, payments, products, settings, variants,
    },
};
use commerce::{
    AttributeId, BrandId, CategoryId, ChannelId, CustomerAddressId, CustomerGroupId, CustomerId,
    LocationId, MetafieldEdit, MetafieldId, OrderId, ProductId, RefundId, StatusId, TreeId,
    VariantId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use sandbox_store::{Scopes, Sizes};

use crate::sandbox::Shop;

/// What a list gives under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finds {
    /// No such thing is there, so a condition that got lost on the way shows.
    Nothing,
    /// Together with the others of the same name everything, once.
    APart,
    /// Not everything is so.
    Fewer,
    /// Everything but one.
    AllButOne,
    /// The same things, in another sequence or with something along.
    Otherwise,
    /// Everything is so in this store, whatever is asked: only the query shows the condition.
    Everything,
}
use Finds::{APart, AllButOne, Everything, Fewer, Nothing, Otherwise};

/// A number that nothing has.
const NOBODY: u64 = 987_654_321;

fn text(text: &str) -> String {
    text.to_owned()
}

fn texts(one: &str) -> Vec<String> {
    vec![text(one)]
}

fn amount(number: u32) -> Decimal {
    number.into()
}

fn long_ago() -> Timestamp {
    "1999-12-31T00:00:00Z".parse().unwrap()
}

fn far_off() -> Timestamp {
    "2099-12-31T00:00:00Z".parse().unwrap()
}

/// Tries a list with each condition there is.
async fn each<F: Filter + Clone + Debug, T: Debug>(
    shop: &Shop,
    conditions: Vec<(F, Finds)>,
    list: impl Fn(Option<F>) -> Request<Page<T>>,
) {
    let name = list(None).operation().unwrap().name;
    let tried = some(shop, conditions, list).await;
    let known: BTreeSet<&str> = F::PARAMETERS.iter().copied().collect();
    assert_eq!(tried, known, "{name}");
}

/// Tries a list with these conditions, one by one, and gives their names.
async fn some<F: Filter + Clone + Debug, T: Debug>(
    shop: &Shop,
    conditions: Vec<(F, Finds)>,
    list: impl Fn(Option<F>) -> Request<Page<T>>,
) -> BTreeSet<&'static str> {
    let given = async |condition: Option<F>| {
        let parameter = condition.as_ref().map(Filter::parameter);
        let request = list(condition);
        if let Some(parameter) = parameter {
            let query = request.query();
            let sent = url::form_urlencoded::parse(query.as_bytes())
                .any(|(name, value)| name == parameter.name() && value == parameter.value());
            assert!(sent, "{parameter:?} is not in {query}");
        }
        let page = shop.send(&request).await;
        let page = page.unwrap_or_else(|error| panic!("{request:?}: {error:?}"));
        assert!(page.broken.is_empty(), "{request:?}: {:?}", page.broken);
        page.items
    };
    let plain = given(None).await;
    let all = plain.len();
    let name = list(None).operation().unwrap().name;
    assert!(all > 0, "{name}: nothing there to be told apart");
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tried = BTreeSet::new();
    let mut wrong = Vec::new();
    for (condition, finds) in conditions {
        let parameter = condition.parameter().name();
        tried.insert(parameter);
        let items = given(Some(condition.clone())).await;
        let found = items.len();
        let is_right = match finds {
            Nothing => found == 0,
            Fewer => 0 < found && found < all,
            AllButOne => found + 1 == all,
            Otherwise => found == all && format!("{items:?}") != format!("{plain:?}"),
            Everything => found == all,
            APart => {
                *parts.entry(parameter).or_default() += found;
                true
            }
        };
        if !is_right {
            wrong.push(format!("{condition:?}: {found} of {all}"));
        }
    }
    let parts = parts.into_iter().filter(|(_, found)| *found != all);
    wrong.extend(parts.map(|(parameter, found)| format!("{parameter}: {found} of {all}")));
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    tried
}

async fn each_of_list<F: Filter + Clone + Debug, T: Debug>(
    shop: &Shop,
    conditions: Vec<(F, Finds)>,
    list: impl Fn(&ListQuery<F>) -> Request<Page<T>>,
) {
    each(shop, conditions, |condition| {
        let all = ListQuery::new();
        list(&match condition {
            Some(condition) => all.with(condition),
            None => all,
        })
    })
    .await;
}

async fn shop() -> Shop {
    let sizes = Sizes {
        products: 60,
        orders: 90,
        customers: 40,
    };
    Shop::open(Scopes::All, sizes).await
}

#[tokio::test]
async fn every_condition_on_orders_and_what_belongs_to_them_decides() {
    let shop = shop().await;
    let conditions = vec![
        (OrderFilter::MinId(OrderId(NOBODY)), Nothing),
        (OrderFilter::MaxId(OrderId(1)), Nothing),
        (OrderFilter::MinTotal(amount(90_000_000)), Nothing),
        (OrderFilter::MaxTotal("0.001".parse().unwrap()), Nothing),
        (OrderFilter::Customer(CustomerId(NOBODY)), Nothing),
        (OrderFilter::Email(text("nobody@tins.example")), Nothing),
        (OrderFilter::Cart(text("no-such-cart")), Nothing),
        (OrderFilter::PaymentMethod(text("Seashells")), Nothing),
        (OrderFilter::PlacedSince(far_off()), Nothing),
        (OrderFilter::PlacedUntil(long_ago()), Nothing),
        (OrderFilter::ModifiedSince(far_off()), Nothing),
        (OrderFilter::ModifiedUntil(long_ago()), Nothing),
        (OrderFilter::Channel(ChannelId(NOBODY)), Nothing),
        (OrderFilter::ExternalOrderId(text("no-such-one")), Nothing),
    ];
    let all = shop.send(&orders::count()).await.unwrap().total;
    for (condition, _) in &conditions {
        let counted = orders::count_of([condition.clone()]);
        let counted = shop.send(&counted).await.unwrap().total;
        assert!(counted == 0 && all > 0, "{condition:?}: {counted} of {all}");
    }
    let counted = orders::count_of([OrderFilter::Status(StatusId(10))]);
    let counted = shop.send(&counted).await.unwrap().total;
    assert!(0 < counted && counted < all, "{counted} of {all}");
    let statuses = (0..=14).map(|id| (OrderFilter::Status(StatusId(id)), APart));
    each(
        &shop,
        conditions.into_iter().chain(statuses).collect(),
        |condition| {
            let all = orders::OrdersQuery::new();
            orders::list(&match condition {
                Some(condition) => all.with(condition),
                None => all,
            })
        },
    )
    .await;

    let mut with_messages = None;
    for order in shop
        .first_page(orders::list(&orders::OrdersQuery::new()))
        .await
    {
        let messages = order_parts::messages(order.id, &ListQuery::new());
        if !shop.first_page(messages).await.is_empty() {
            with_messages = Some(order.id);
            break;
        }
    }
    let order = with_messages.expect("somebody wrote to the shop");
    let conditions = vec![
        (MessageFilter::MinId(NOBODY), Nothing),
        (MessageFilter::MaxId(0), Nothing),
        (MessageFilter::Customer(CustomerId(NOBODY)), Nothing),
        (MessageFilter::Since(far_off()), Nothing),
        (MessageFilter::Until(long_ago()), Nothing),
        (MessageFilter::IsFlagged(true), APart),
        (MessageFilter::IsFlagged(false), APart),
        (MessageFilter::Status(text("read")), APart),
        (MessageFilter::Status(text("unread")), APart),
    ];
    each_of_list(&shop, conditions, |query| {
        order_parts::messages(order, query)
    })
    .await;

    let conditions = vec![
        (RefundFilter::OrderIn(vec![OrderId(NOBODY)]), Nothing),
        (RefundFilter::IdIn(vec![RefundId(NOBODY)]), Nothing),
        (RefundFilter::CreatedSince(far_off()), Nothing),
        (RefundFilter::CreatedUntil(long_ago()), Nothing),
        (RefundFilter::Transaction(text("no-such-one")), Nothing),
    ];
    each_of_list(&shop, conditions, payments::refunds).await;
    shop.stop().await;
}

#[tokio::test]
async fn every_condition_on_products_decides() {
    let shop = shop().await;
    let first = products::list(&products::ProductsQuery::new());
    let first = shop.first_page(first).await.swap_remove(0);
    let conditions = vec![
        (ProductFilter::Id(ProductId(NOBODY)), Nothing),
        (ProductFilter::IdIn(vec![ProductId(NOBODY)]), Nothing),
        (ProductFilter::IdNotIn(vec![first.id]), AllButOne),
        (ProductFilter::IdMin(ProductId(NOBODY)), Nothing),
        (ProductFilter::IdMax(ProductId(1)), Nothing),
        (ProductFilter::IdGreater(ProductId(NOBODY)), Nothing),
        (ProductFilter::IdLess(ProductId(1)), Nothing),
        (ProductFilter::ChannelIn(vec![ChannelId(NOBODY)]), Nothing),
        (ProductFilter::Category(CategoryId(NOBODY)), Nothing),
        (
            ProductFilter::CategoriesIn(vec![CategoryId(NOBODY)]),
            Nothing,
        ),
        (ProductFilter::Name(text("No such kettle")), Nothing),
        (ProductFilter::Mpn(text("no-such-mpn")), Nothing),
        (ProductFilter::Upc(text("000000000000")), Nothing),
        (ProductFilter::Price(amount(90_000_000)), Nothing),
        (ProductFilter::Weight(amount(90_000_000)), Nothing),
        (ProductFilter::Condition(text("new")), APart),
        (ProductFilter::Condition(text("used")), APart),
        (ProductFilter::Condition(text("refurbished")), APart),
        (ProductFilter::Brand(BrandId(NOBODY)), Nothing),
        (ProductFilter::Modified(long_ago()), Nothing),
        (ProductFilter::ModifiedSince(far_off()), Nothing),
        (ProductFilter::ModifiedUntil(long_ago()), Nothing),
        (ProductFilter::Imported(long_ago()), Nothing),
        // Nothing was ever imported there.
        (ProductFilter::NotImported(long_ago()), Everything),
        (ProductFilter::ImportedSince(far_off()), Nothing),
        (ProductFilter::ImportedUntil(long_ago()), Nothing),
        (ProductFilter::IsVisible(true), APart),
        (ProductFilter::IsVisible(false), APart),
        (ProductFilter::IsFeatured(true), APart),
        (ProductFilter::IsFeatured(false), APart),
        (ProductFilter::IsFreeShipping(true), APart),
        (ProductFilter::IsFreeShipping(false), APart),
        (ProductFilter::InventoryLevel(87_654_321), Nothing),
        (ProductFilter::InventoryLevelIn(vec![87_654_321]), Nothing),
        (
            ProductFilter::InventoryLevelNotIn(vec![first.inventory_level]),
            Fewer,
        ),
        (ProductFilter::InventoryLevelMin(87_654_321), Nothing),
        (
            ProductFilter::InventoryLevelMax(first.inventory_level),
            Fewer,
        ),
        (ProductFilter::InventoryLevelGreater(87_654_321), Nothing),
        (ProductFilter::InventoryLevelLess(0), Nothing),
        (ProductFilter::InventoryLow(true), Fewer),
        (ProductFilter::OutOfStock(true), APart),
        (ProductFilter::OutOfStock(false), APart),
        (ProductFilter::TotalSold(87_654_321), Nothing),
        (ProductFilter::Kind(text("physical")), APart),
        (ProductFilter::Kind(text("digital")), APart),
        (ProductFilter::Keyword(text("nosuchkettle")), Nothing),
        // Without a keyword it decides nothing; see below.
        (ProductFilter::KeywordContext(text("merchant")), Everything),
        (ProductFilter::Availability(text("available")), APart),
        (ProductFilter::Availability(text("disabled")), APart),
        (ProductFilter::Availability(text("preorder")), APart),
        (ProductFilter::Sku(text("no-such-sku")), Nothing),
        (ProductFilter::SkuIn(texts("no-such-sku")), Nothing),
    ];
    each(&shop, conditions, |condition| {
        let all = products::ProductsQuery::new();
        products::list(&match condition {
            Some(condition) => all.with(condition),
            None => all,
        })
    })
    .await;

    // Only a merchant finds what shoppers don't see.
    let hidden = products::ProductsQuery::new().is_visible(false);
    let hidden = shop
        .first_page(products::list(&hidden))
        .await
        .swap_remove(0);
    for (context, finds) in [("merchant", true), ("shopper", false)] {
        let query = products::ProductsQuery::new()
            .keyword(hidden.name.clone())
            .with(ProductFilter::KeywordContext(text(context)));
        let found = shop.first_page(products::list(&query)).await;
        let is_there = found.iter().any(|product| product.id == hidden.id);
        assert_eq!(is_there, finds, "{context}");
    }

    let conditions = vec![
        (VariantFilter::Id(VariantId(NOBODY)), Nothing),
        (VariantFilter::Sku(text("no-such-sku")), Nothing),
        (VariantFilter::Upc(text("000000000000")), Nothing),
        (VariantFilter::ProductIn(vec![ProductId(NOBODY)]), Nothing),
    ];
    each_of_list(&shop, conditions, variants::across).await;
    shop.stop().await;
}

#[tokio::test]
async fn every_condition_on_what_orders_the_catalog_decides() {
    let shop = shop().await;
    let brand = shop.first_page(catalog::brands_full(&ListQuery::new()));
    let brand = brand.await[0].id;
    let conditions = vec![
        (BrandFilter::Id(BrandId(NOBODY)), Nothing),
        (BrandFilter::IdIn(vec![BrandId(NOBODY)]), Nothing),
        (BrandFilter::IdNotIn(vec![brand]), AllButOne),
        (BrandFilter::IdMin(BrandId(NOBODY)), Nothing),
        (BrandFilter::IdMax(BrandId(0)), Nothing),
        (BrandFilter::IdGreater(BrandId(NOBODY)), Nothing),
        (BrandFilter::IdLess(BrandId(1)), Nothing),
        (BrandFilter::Name(text("No such brand")), Nothing),
        (BrandFilter::NameLike(text("nosuchbrand")), Nothing),
        (BrandFilter::PageTitle(text("No such title")), Nothing),
        (BrandFilter::Sort(text("name")), Otherwise),
        (BrandFilter::Direction(text("desc")), Otherwise),
    ];
    each_of_list(&shop, conditions, catalog::brands_full).await;

    let conditions = vec![
        (TreeFilter::IdIn(vec![TreeId(NOBODY)]), Nothing),
        (TreeFilter::ChannelIn(vec![ChannelId(NOBODY)]), Nothing),
    ];
    each(&shop, conditions, catalog::trees).await;

    let shelves = shop
        .first_page(catalog::categories_full(&ListQuery::new()))
        .await;
    let shelf = shelves.iter().find(|shelf| shelf.parent_id.is_some());
    let shelf = shelf.expect("one stands below another");
    let nobodys = || texts("00000000-0000-4000-8000-000000000000");
    let conditions = vec![
        (CategoryFilter::UuidIn(nobodys()), Nothing),
        (
            CategoryFilter::UuidNotIn(vec![shelf.category_uuid.clone()]),
            AllButOne,
        ),
        (CategoryFilter::IdIn(vec![CategoryId(NOBODY)]), Nothing),
        (CategoryFilter::IdNotIn(vec![shelf.category_id]), AllButOne),
        (CategoryFilter::TreeIn(vec![TreeId(NOBODY)]), Nothing),
        (
            CategoryFilter::TreeNotIn(shelf.tree_id.into_iter().collect()),
            Nothing,
        ),
        (CategoryFilter::ParentIn(vec![CategoryId(NOBODY)]), Nothing),
        (
            CategoryFilter::ParentNotIn(shelf.parent_id.into_iter().collect()),
            Fewer,
        ),
        (CategoryFilter::PageTitle(text("No such title")), Nothing),
        (CategoryFilter::PageTitleLike(text("nosuchtitle")), Nothing),
        (CategoryFilter::Name(text("No such category")), Nothing),
        (CategoryFilter::NameLike(text("nosuchcategory")), Nothing),
        (CategoryFilter::Keyword(text("nosuchcategory")), Nothing),
        (CategoryFilter::IsVisible(true), APart),
        (CategoryFilter::IsVisible(false), APart),
    ];
    each_of_list(&shop, conditions, catalog::categories_full).await;

    let products = || vec![ProductId(NOBODY)];
    let conditions = vec![
        (CategoryAssignmentFilter::ProductIn(products()), Nothing),
        (
            CategoryAssignmentFilter::CategoryIn(vec![CategoryId(NOBODY)]),
            Nothing,
        ),
    ];
    each_of_list(&shop, conditions, assignments::of_categories).await;
    let conditions = vec![
        (ChannelAssignmentFilter::ProductIn(products()), Nothing),
        (
            ChannelAssignmentFilter::ChannelIn(vec![ChannelId(NOBODY)]),
            Nothing,
        ),
    ];
    each_of_list(&shop, conditions, assignments::of_channels).await;
    shop.stop().await;
}

#[tokio::test]
async fn every_condition_on_metafields_decides() {
    let shop = shop().await;
    let metafield = |key| MetafieldEdit {
        namespace: Some(text("stockroom")),
        key: Some(text(key)),
        value: Some(text("B 12")),
        permission_set: Some(text("read")),
        ..MetafieldEdit::default()
    };
    type Conditions = fn(MetafieldId) -> Vec<(MetafieldFilter, Finds)>;
    let of = async |owner, conditions: Conditions| {
        let made = metafields::create(owner, &metafield("shelf"));
        let made = shop.send(&made).await.unwrap().id;
        let another = metafields::create(owner, &metafield("drawer"));
        shop.send(&another).await.unwrap();
        some(&shop, conditions(made), |condition| {
            let all = ListQuery::new();
            let query = match condition {
                Some(condition) => all.with(condition),
                None => all,
            };
            metafields::list(owner, &query)
        })
        .await
    };
    let order = shop.first_page(orders::list(&orders::OrdersQuery::new()));
    let of_order: Conditions = |_| {
        vec![
            (MetafieldFilter::Created(long_ago()), Nothing),
            (MetafieldFilter::Modified(long_ago()), Nothing),
        ]
    };
    let mut tried = of(metafields::Owner::Order(order.await[0].id), of_order).await;

    let of_category: Conditions = |made| {
        let id = MetafieldId(NOBODY);
        vec![
            (MetafieldFilter::Id(id), Nothing),
            (MetafieldFilter::IdIn(vec![id]), Nothing),
            (MetafieldFilter::IdNotIn(vec![made]), AllButOne),
            (MetafieldFilter::IdMin(id), Nothing),
            (MetafieldFilter::IdMax(MetafieldId(0)), Nothing),
            (MetafieldFilter::IdGreater(id), Nothing),
            (MetafieldFilter::IdLess(MetafieldId(1)), Nothing),
            (MetafieldFilter::Key(text("no-such-key")), Nothing),
            (MetafieldFilter::KeyIn(texts("no-such-key")), Nothing),
            (
                MetafieldFilter::Namespace(text("no-such-namespace")),
                Nothing,
            ),
            (
                MetafieldFilter::NamespaceIn(texts("no-such-namespace")),
                Nothing,
            ),
            (MetafieldFilter::Direction(text("desc")), Otherwise),
            (MetafieldFilter::CreatedSince(far_off()), Nothing),
            (MetafieldFilter::CreatedUntil(long_ago()), Nothing),
            (MetafieldFilter::ModifiedSince(far_off()), Nothing),
            (MetafieldFilter::ModifiedUntil(long_ago()), Nothing),
        ]
    };
    let category = shop.first_page(catalog::categories_full(&ListQuery::new()));
    let category = metafields::Owner::Category(category.await[0].category_id);
    tried.extend(of(category, of_category).await);
    let known: BTreeSet<&str> = MetafieldFilter::PARAMETERS.iter().copied().collect();
    assert_eq!(tried, known);
    shop.stop().await;
}

#[tokio::test]
async fn every_condition_on_stock_decides() {
    let shop = shop().await;
    let conditions = vec![
        (LocationFilter::IdIn(vec![LocationId(NOBODY)]), Nothing),
        (LocationFilter::CodeIn(texts("NO-SUCH-PLACE")), Nothing),
        (LocationFilter::IsDefault(true), APart),
        (LocationFilter::IsDefault(false), APart),
        (LocationFilter::TypeIn(texts("PHYSICAL")), APart),
        (LocationFilter::TypeIn(texts("VIRTUAL")), APart),
        (LocationFilter::ManagedByExternalSource(true), APart),
        (LocationFilter::ManagedByExternalSource(false), APart),
        (LocationFilter::IsActive(true), APart),
        (LocationFilter::IsActive(false), APart),
        (LocationFilter::StorefrontVisibility(true), APart),
        (LocationFilter::StorefrontVisibility(false), APart),
    ];
    each_of_list(&shop, conditions, inventory::locations).await;

    let conditions = vec![
        (StockFilter::SkuIn(texts("no-such-sku")), Nothing),
        (StockFilter::VariantIn(vec![VariantId(NOBODY)]), Nothing),
        (StockFilter::ProductIn(vec![ProductId(NOBODY)]), Nothing),
        (StockFilter::LocationIn(vec![LocationId(NOBODY)]), Nothing),
        (StockFilter::LocationCodeIn(texts("NO-SUCH-PLACE")), Nothing),
    ];
    each_of_list(&shop, conditions, inventory::items).await;

    let conditions = vec![
        (StockAtFilter::SkuIn(texts("no-such-sku")), Nothing),
        (StockAtFilter::VariantIn(vec![VariantId(NOBODY)]), Nothing),
        (StockAtFilter::ProductIn(vec![ProductId(NOBODY)]), Nothing),
    ];
    let place = LocationId(1);
    each_of_list(&shop, conditions, |query| inventory::items_at(place, query)).await;
    shop.stop().await;
}

#[tokio::test]
async fn every_condition_on_customers_decides() {
    let shop = shop().await;
    let id = || vec![CustomerId(NOBODY)];
    let conditions = vec![
        (CustomerFilter::IdIn(id()), Nothing),
        (CustomerFilter::CompanyIn(texts("No such company")), Nothing),
        (
            CustomerFilter::GroupIn(vec![CustomerGroupId(NOBODY)]),
            Nothing,
        ),
        (CustomerFilter::Registered(long_ago()), Nothing),
        (CustomerFilter::RegisteredSince(far_off()), Nothing),
        (CustomerFilter::RegisteredUntil(long_ago()), Nothing),
        (CustomerFilter::Modified(long_ago()), Nothing),
        (CustomerFilter::ModifiedSince(far_off()), Nothing),
        (CustomerFilter::ModifiedUntil(long_ago()), Nothing),
        (
            CustomerFilter::EmailIn(texts("nobody@tins.example")),
            Nothing,
        ),
        (CustomerFilter::NameIn(texts("Nobody Atall")), Nothing),
        (CustomerFilter::NameLike(texts("nosuchname")), Nothing),
        (CustomerFilter::PhoneIn(texts("0000000")), Nothing),
        (
            CustomerFilter::RegistrationIpAddressIn(texts("240.0.0.1")),
            Nothing,
        ),
    ];
    each(&shop, conditions, |condition| {
        let all = customers::CustomersQuery::new();
        customers::list(&match condition {
            Some(condition) => all.with(condition),
            None => all,
        })
    })
    .await;

    let conditions = vec![
        (
            CustomerAddressFilter::IdIn(vec![CustomerAddressId(NOBODY)]),
            Nothing,
        ),
        (CustomerAddressFilter::CustomerIn(id()), Nothing),
        (
            CustomerAddressFilter::CompanyIn(texts("No such company")),
            Nothing,
        ),
        (
            CustomerAddressFilter::NameIn(texts("Nobody Atall")),
            Nothing,
        ),
        (
            CustomerAddressFilter::Include(text("formfields")),
            Otherwise,
        ),
    ];
    each_of_list(&shop, conditions, customers::addresses).await;

    let made = customers::create_attributes(&Few::from((text("Shoe size"), text("number"))));
    let attribute = shop.first_page(made).await[0].id;
    let customer = customers::list(&customers::CustomersQuery::new());
    let customer = shop.first_page(customer).await[0].id;
    let value = Few::from((customer, attribute, text("42")));
    let set = customers::set_attribute_values(&value);
    shop.send(&set).await.unwrap();
    let conditions = vec![
        (AttributeFilter::Name(text("No such attribute")), Nothing),
        (AttributeFilter::NameLike(text("nosuchattribute")), Nothing),
        (AttributeFilter::Kind(text("string")), APart),
        (AttributeFilter::Kind(text("number")), APart),
        (AttributeFilter::Kind(text("date")), APart),
        (AttributeFilter::Created(long_ago()), Nothing),
        (AttributeFilter::CreatedSince(far_off()), Nothing),
        (AttributeFilter::CreatedUntil(long_ago()), Nothing),
        (AttributeFilter::Modified(long_ago()), Nothing),
        (AttributeFilter::ModifiedSince(far_off()), Nothing),
        (AttributeFilter::ModifiedUntil(long_ago()), Nothing),
    ];
    each_of_list(&shop, conditions, customers::attributes).await;

    let conditions = vec![
        (AttributeValueFilter::CustomerIn(id()), Nothing),
        (
            AttributeValueFilter::AttributeIn(vec![AttributeId(NOBODY)]),
            Nothing,
        ),
        (
            AttributeValueFilter::Name(text("No such attribute")),
            Nothing,
        ),
        (AttributeValueFilter::Created(long_ago()), Nothing),
        (AttributeValueFilter::CreatedSince(far_off()), Nothing),
        (AttributeValueFilter::CreatedUntil(long_ago()), Nothing),
        (AttributeValueFilter::Modified(long_ago()), Nothing),
        (AttributeValueFilter::ModifiedSince(far_off()), Nothing),
        (AttributeValueFilter::ModifiedUntil(long_ago()), Nothing),
    ];
    each_of_list(&shop, conditions, customers::attribute_values).await;

    let conditions = vec![
        (GroupFilter::Name(text("No such group")), Nothing),
        (GroupFilter::NameLike(text("nosuchgroup")), Nothing),
        (GroupFilter::IsDefault(true), APart),
        (GroupFilter::IsDefault(false), APart),
        (GroupFilter::IsGroupForGuests(true), APart),
        (GroupFilter::IsGroupForGuests(false), APart),
        (GroupFilter::Created(long_ago()), Nothing),
        (GroupFilter::CreatedSince(far_off()), Nothing),
        (GroupFilter::CreatedUntil(long_ago()), Nothing),
        (GroupFilter::Modified(long_ago()), Nothing),
        (GroupFilter::ModifiedSince(far_off()), Nothing),
        (GroupFilter::ModifiedUntil(long_ago()), Nothing),
    ];
    each_of_list(&shop, conditions, customers::groups).await;
    shop.stop().await;
}

#[tokio::test]
async fn every_condition_on_settings_decides() {
    let shop = shop().await;
    let conditions = vec![
        (ChannelFilter::Available(true), APart),
        (ChannelFilter::Available(false), APart),
        (ChannelFilter::StatusIn(texts("archived")), Nothing),
        (ChannelFilter::TypeIn(texts("pos")), Nothing),
        (
            ChannelFilter::PlatformIn(texts("no-such-platform")),
            Nothing,
        ),
        (ChannelFilter::Include(text("currencies")), Otherwise),
        (ChannelFilter::Created(long_ago()), Nothing),
        (ChannelFilter::CreatedSince(far_off()), Nothing),
        (ChannelFilter::CreatedUntil(long_ago()), Nothing),
        (ChannelFilter::Modified(long_ago()), Nothing),
        (ChannelFilter::ModifiedSince(far_off()), Nothing),
        (ChannelFilter::ModifiedUntil(long_ago()), Nothing),
    ];
    each_of_list(&shop, conditions, settings::channels).await;

    let conditions = vec![
        (CountryFilter::Name(text("Utopia")), Nothing),
        // Codes that no country ever gets.
        (CountryFilter::Iso2(text("XX")), Nothing),
        (CountryFilter::Iso3(text("XZZ")), Nothing),
    ];
    each_of_list(&shop, conditions, settings::countries).await;

    let conditions = vec![
        (StateFilter::Name(text("Erewhon")), Nothing),
        (StateFilter::Abbreviation(text("XX")), Nothing),
    ];
    let usa = ListQuery::new().with(CountryFilter::Iso2(text("US")));
    let usa = shop.first_page(settings::countries(&usa)).await[0].id;
    each_of_list(&shop, conditions, |query| settings::states(usa, query)).await;
    shop.stop().await;
}
