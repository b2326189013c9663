//! Every word of the reference's that requests can send: sequences, what comes along, states. That
//! they are the reference's is shown in `specification`.

use bigcommerce::{
    Request,
    request::{
        ListQuery, catalog,
        customers::{self, CustomerInclude, CustomersQuery, CustomersSort},
        filters::{
            BrandFilter, ChannelFilter, CustomerAddressFilter, MessageFilter, MetafieldFilter,
            ProductFilter,
        },
        metafields::{self, Owner},
        order_parts,
        orders::{self, OrderInclude, OrdersQuery, OrdersSort, OrdersSortKey},
        products::{self, ProductInclude, ProductsQuery, ProductsSort, ProductsSortKey},
        settings, variants,
    },
};
use commerce::StatusId;
use sandbox_store::{Scopes, Sizes};
use testkit::samples::Ids;

use crate::sandbox::Shop;

/// A request with each word there is.
pub(crate) fn requests(ids: &Ids) -> Vec<Request<()>> {
    let mut all = of_orders(ids);
    all.extend(of_products(ids));
    all.extend(of_customers());
    all.extend(of_others(ids));
    all
}

fn whatever<T: 'static>(request: Request<T>) -> Request<()> {
    request.map(|_| ())
}

/// Each sequence of orders, and the same from behind.
pub(crate) fn orders_sorts() -> Vec<[OrdersSort; 2]> {
    use OrdersSortKey::{Channel, Customer, ExternalId, Placed, Status};
    let mut all = vec![
        [OrdersSort::IdAscending, OrdersSort::IdDescending],
        [
            OrdersSort::ModifiedAscending,
            OrdersSort::ModifiedDescending,
        ],
    ];
    let keys = [Customer, Placed, Status, Channel, ExternalId];
    all.extend(keys.map(|key| [false, true].map(|descending| OrdersSort::By { key, descending })));
    all
}

pub(crate) const ORDER_INCLUDES: [OrderInclude; 3] = [
    OrderInclude::Consignments,
    OrderInclude::Lines,
    OrderInclude::Fees,
];

fn of_orders(ids: &Ids) -> Vec<Request<()>> {
    let mut all = Vec::new();
    for sort in orders_sorts().into_iter().flatten() {
        let query = OrdersQuery::new().sort(sort);
        all.push(whatever(orders::list(&query)));
        all.push(whatever(orders::list_full(&query)));
    }
    for include in ORDER_INCLUDES {
        let query = OrdersQuery::new().include([include]);
        all.push(whatever(orders::list_full(&query)));
        all.push(whatever(orders::one_full(ids.order, &[include])));
    }
    for status in ["read", "unread"] {
        let query = ListQuery::new().with(MessageFilter::Status(status.to_owned()));
        all.push(whatever(order_parts::messages(ids.order, &query)));
    }
    all
}

/// Each sequence of products, and the same from behind.
pub(crate) fn products_sorts() -> Vec<[ProductsSort; 2]> {
    use ProductsSortKey::{
        CalculatedPrice, InventoryLevel, IsVisible, LastImported, Name, Price, Sku, TotalSold,
    };
    let keys = [
        Name,
        Sku,
        Price,
        LastImported,
        InventoryLevel,
        IsVisible,
        TotalSold,
        CalculatedPrice,
    ];
    let mut all = vec![
        [ProductsSort::IdAscending, ProductsSort::IdDescending],
        [
            ProductsSort::ModifiedAscending,
            ProductsSort::ModifiedDescending,
        ],
    ];
    all.extend(
        keys.map(|key| [false, true].map(|descending| ProductsSort::By { key, descending })),
    );
    all
}

fn of_products(ids: &Ids) -> Vec<Request<()>> {
    let sorts = products_sorts().into_iter().flatten();
    let mut queries: Vec<ProductsQuery> =
        sorts.map(|sort| ProductsQuery::new().sort(sort)).collect();
    let text = str::to_owned;
    let conditions =
        ["new", "used", "refurbished"].map(|word| ProductFilter::Condition(text(word)));
    let kinds = ["physical", "digital"].map(|word| ProductFilter::Kind(text(word)));
    let contexts = ["shopper", "merchant"].map(|word| ProductFilter::KeywordContext(text(word)));
    let availabilities =
        ["available", "disabled", "preorder"].map(|word| ProductFilter::Availability(text(word)));
    let featured = [true, false].map(ProductFilter::IsFeatured);
    let filters = conditions.into_iter().chain(kinds).chain(contexts);
    let filters = filters.chain(availabilities).chain(featured);
    queries.extend(filters.map(|filter| ProductsQuery::new().with(filter)));
    let mut all = Vec::new();
    for query in &queries {
        all.push(whatever(products::list(query)));
        all.push(whatever(products::list_full(query)));
    }
    for include in ProductInclude::ALL.iter().copied() {
        let query = ProductsQuery::new().include([include]);
        all.push(whatever(products::list_full(&query)));
        all.push(whatever(products::one_full(ids.product, &[include])));
    }
    all
}

/// Each sequence of customers, and the same from behind; besides there is the store's own.
pub(crate) const CUSTOMERS_SORTS: [[CustomersSort; 2]; 3] = [
    [
        CustomersSort::ModifiedAscending,
        CustomersSort::ModifiedDescending,
    ],
    [
        CustomersSort::RegisteredAscending,
        CustomersSort::RegisteredDescending,
    ],
    [
        CustomersSort::LastNameAscending,
        CustomersSort::LastNameDescending,
    ],
];

pub(crate) const CUSTOMER_INCLUDES: [CustomerInclude; 6] = [
    CustomerInclude::Addresses,
    CustomerInclude::StoreCredit,
    CustomerInclude::Attributes,
    CustomerInclude::FormFields,
    CustomerInclude::ShopperProfileId,
    CustomerInclude::SegmentIds,
];

fn of_customers() -> Vec<Request<()>> {
    let sorts = CUSTOMERS_SORTS.into_iter().flatten();
    let mut all = Vec::new();
    for sort in sorts.chain([CustomersSort::StoresOwn]) {
        let query = CustomersQuery::new().sort(sort);
        all.push(whatever(customers::list(&query)));
        all.push(whatever(customers::list_full(&query)));
    }
    for include in CUSTOMER_INCLUDES {
        let query = CustomersQuery::new().include([include]);
        all.push(whatever(customers::list_full(&query)));
    }
    let along = CustomerAddressFilter::Include("formfields".to_owned());
    all.push(whatever(customers::addresses(
        &ListQuery::new().with(along),
    )));
    all
}

fn of_others(ids: &Ids) -> Vec<Request<()>> {
    let mut all = Vec::new();
    let by_name = BrandFilter::Sort("name".to_owned());
    all.push(whatever(catalog::brands_full(
        &ListQuery::new().with(by_name),
    )));
    let owners = [
        Owner::Order(ids.order),
        Owner::Product(ids.product),
        Owner::Variant(ids.product, ids.variant),
        Owner::Category(ids.category),
        Owner::Customer(ids.customer),
    ];
    for direction in ["asc", "desc"].map(str::to_owned) {
        let query = ListQuery::new().with(BrandFilter::Direction(direction.clone()));
        all.push(whatever(catalog::brands_full(&query)));
        let query = ListQuery::new().with(MetafieldFilter::Direction(direction));
        all.extend(owners.map(|owner| whatever(metafields::list(owner, &query))));
    }
    let statuses = [
        "prelaunch",
        "active",
        "inactive",
        "connected",
        "disconnected",
        "archived",
        "deleted",
        "terminated",
    ];
    let kinds = ["marketplace", "marketing", "pos", "storefront"];
    let statuses = statuses.map(|word| ChannelFilter::StatusIn(vec![word.to_owned()]));
    let kinds = kinds.map(|word| ChannelFilter::TypeIn(vec![word.to_owned()]));
    let along = ChannelFilter::Include("currencies".to_owned());
    for filter in statuses.into_iter().chain(kinds).chain([along]) {
        all.push(whatever(settings::channels(&ListQuery::new().with(filter))));
    }
    all.push(whatever(settings::channel(ids.channel)));
    all
}

#[tokio::test]
async fn every_word_of_the_references_is_understood() {
    let sizes = Sizes {
        orders: 120,
        ..Sizes::default()
    };
    let shop = Shop::open(Scopes::All, sizes).await;
    let mut ids = shop.ids(StatusId::AWAITING_FULFILLMENT).await;
    let variant = shop
        .first(variants::across(&ListQuery::new()))
        .await
        .unwrap();
    (ids.product, ids.variant) = (variant.product_id, variant.id);
    for request in requests(&ids) {
        let answer = shop.send(&request).await;
        assert!(answer.is_ok(), "{request:?}: {answer:?}");
    }
    shop.stop().await;
}
