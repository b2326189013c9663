//! The lists that can be walked, and what each goes by.

use commerce::{
    CurrencyCode, Customer, FullBrand, FullCategory, FullCustomer, FullOrder, FullProduct,
    Metafield, Order, OrderId, OrderLine, Product, Variant,
};
use jiff::Timestamp;

use super::{OVERLAP, Place, Row, Walk, Way};
use crate::request::{
    ListQuery, catalog,
    customers::{self, CustomersQuery, CustomersSort},
    filters::{BrandFilter, CategoryFilter, MetafieldFilter, VariantFilter},
    metafields::{self, Owner},
    order_parts,
    orders::{self, OrdersQuery, OrdersSort},
    products::{self, ProductsQuery, ProductsSort},
    variants,
};

fn order(order: &Order) -> Row {
    Row {
        number: order.id.0,
        modified_at: Some(order.modified_at),
    }
}

fn product(product: &Product) -> Row {
    Row {
        number: product.id.0,
        modified_at: Some(product.modified_at),
    }
}

fn customer(customer: &Customer) -> Row {
    Row {
        number: customer.id.0,
        modified_at: Some(customer.modified_at),
    }
}

/// The page that a place names, where it names one.
pub(super) const fn page_of(place: &Place) -> u32 {
    match place {
        Place::From(_, page) | Place::To(_, page) | Place::Since(_, page) | Place::Page(page) => {
            *page
        }
        Place::Window(window) => window.page,
        Place::First | Place::After(_) => 1,
    }
}

/// Times are whole seconds; see [`OVERLAP`].
fn since(at: Timestamp) -> Timestamp {
    at.checked_sub(OVERLAP).unwrap_or(at)
}

fn orders_at(query: &OrdersQuery, place: &Place) -> OrdersQuery {
    let query = query.clone().page(page_of(place));
    match place {
        Place::From(id, _) => query.min_id(OrderId(*id)),
        Place::To(id, _) => query.max_id(OrderId(*id)),
        Place::Since(at, _) => query.modified_since(since(*at)),
        Place::First | Place::After(_) | Place::Page(_) | Place::Window(_) => query,
    }
}

const fn orders_way(sort: OrdersSort) -> Way {
    match sort {
        OrdersSort::IdAscending => Way::Up,
        OrdersSort::IdDescending => Way::Down,
        OrdersSort::ModifiedAscending => Way::Changes,
        OrdersSort::ModifiedDescending | OrdersSort::By { .. } => Way::Pages,
    }
}

impl Walk<Order> {
    /// Orders. By number if they are sorted by number, by change if they are sorted by
    /// [change](OrdersSort::ModifiedAscending); by page in any other sequence, with what [`Walk::pages`] says of that.
    #[must_use]
    pub fn orders(query: OrdersQuery) -> Self {
        let (way, asked) = (orders_way(query.sorted()), query.page_size());
        Self::new(way, asked, order, move |place| {
            orders::list(&orders_at(&query, place))
        })
    }
}

impl Walk<FullOrder> {
    /// Orders with what comes along. As [`Walk::orders`]. Of an order whose lines were cut,
    /// [`Client::lines_of`](crate::Client::lines_of) gets all.
    #[must_use]
    pub fn orders_full(query: OrdersQuery) -> Self {
        let (way, asked) = (orders_way(query.sorted()), query.page_size());
        let row = |full: &FullOrder| order(&full.order);
        Self::new(way, asked, row, move |place| {
            orders::list_full(&orders_at(&query, place))
        })
    }
}

fn products_at(query: &ProductsQuery, place: &Place) -> ProductsQuery {
    let query = query.clone().page(page_of(place));
    match place {
        Place::From(id, _) => query.min_id(commerce::ProductId(*id)),
        Place::To(id, _) => query.max_id(commerce::ProductId(*id)),
        Place::Since(at, _) => query.modified_since(since(*at)),
        Place::First | Place::After(_) | Place::Page(_) | Place::Window(_) => query,
    }
}

const fn products_way(sort: ProductsSort) -> Way {
    match sort {
        ProductsSort::IdAscending => Way::Up,
        ProductsSort::IdDescending => Way::Down,
        ProductsSort::ModifiedAscending => Way::Changes,
        ProductsSort::ModifiedDescending | ProductsSort::By { .. } => Way::Pages,
    }
}

impl Walk<Product> {
    /// Products. By number if they are sorted by number, by change if they are sorted by
    /// [change](ProductsSort::ModifiedAscending); by page in any other sequence, with what [`Walk::pages`] says of that.
    #[must_use]
    pub fn products(query: ProductsQuery) -> Self {
        let (way, asked) = (products_way(query.sorted()), query.page_size());
        Self::new(way, asked, product, move |place| {
            products::list(&products_at(&query, place))
        })
    }
}

impl Walk<FullProduct> {
    /// Products with what comes along. As [`Walk::products`]. With options or modifiers along, a
    /// page holds ten.
    #[must_use]
    pub fn products_full(query: ProductsQuery) -> Self {
        let (way, asked) = (products_way(query.sorted()), query.page_size());
        let row = |full: &FullProduct| product(&full.product);
        Self::new(way, asked, row, move |place| {
            products::list_full(&products_at(&query, place))
        })
    }
}

fn customers_at(query: &CustomersQuery, place: &Place) -> CustomersQuery {
    match place {
        Place::After(cursor) => query.clone().after(cursor.clone()),
        Place::Since(at, page) => query.clone().modified_since(since(*at)).page(*page),
        Place::First => query.clone(),
        other => query.clone().page(page_of(other)),
    }
}

const fn customers_way(sort: CustomersSort) -> Way {
    match sort {
        CustomersSort::StoresOwn => Way::Cursor,
        CustomersSort::ModifiedAscending => Way::Changes,
        CustomersSort::ModifiedDescending
        | CustomersSort::RegisteredAscending
        | CustomersSort::RegisteredDescending
        | CustomersSort::LastNameAscending
        | CustomersSort::LastNameDescending => Way::Pages,
    }
}

impl Walk<Customer> {
    /// Customers. By cursor in the store's own sequence, by change if they are sorted by
    /// [change](CustomersSort::ModifiedAscending); by page in any other sequence, with what [`Walk::pages`] says of that.
    /// By cursor, too, the numbers given are kept as told there: a store may stop giving cursors.
    #[must_use]
    pub fn customers(query: CustomersQuery) -> Self {
        let (way, asked) = (customers_way(query.sorted()), query.page_size());
        Self::new(way, asked, customer, move |place| {
            customers::list(&customers_at(&query, place))
        })
    }
}

impl Walk<FullCustomer> {
    /// Customers with what comes along. As [`Walk::customers`].
    #[must_use]
    pub fn customers_full(query: CustomersQuery) -> Self {
        let (way, asked) = (customers_way(query.sorted()), query.page_size());
        let row = |full: &FullCustomer| customer(&full.customer);
        Self::new(way, asked, row, move |place| {
            customers::list_full(&customers_at(&query, place))
        })
    }
}

impl Walk<FullBrand> {
    /// All brands, by page (see [`Walk::pages`]): the reference offers no sequence by number.
    #[must_use]
    pub fn brands() -> Self {
        let query = ListQuery::<BrandFilter>::new();
        Self::pages(
            query.page_size(),
            |brand: &FullBrand| brand.id.0,
            move |page| catalog::brands_full(&query.clone().page(page)),
        )
    }
}

impl Walk<Metafield> {
    /// The metafields of a thing, by cursor. Their numbers are kept as told at [`Walk::pages`]: a store may
    /// stop giving cursors.
    #[must_use]
    pub fn metafields(owner: Owner, query: ListQuery<MetafieldFilter>) -> Self {
        let row = |metafield: &Metafield| Row {
            number: metafield.id.0,
            modified_at: None,
        };
        Self::new(Way::Cursor, query.page_size(), row, move |place| {
            let query = query.clone();
            metafields::list(
                owner,
                &match place {
                    Place::After(cursor) => query.after(cursor.clone()),
                    other => query.page(page_of(other)),
                },
            )
        })
    }
}

impl Walk<Variant> {
    /// The variants of all products, by page (see [`Walk::pages`]): nothing else is offered. A whole
    /// store's come sooner along with its products.
    #[must_use]
    pub fn variants(query: ListQuery<VariantFilter>) -> Self {
        Self::pages(
            query.page_size(),
            |variant: &Variant| variant.id.0,
            move |page| variants::across(&query.clone().page(page)),
        )
    }
}

impl Walk<FullCategory> {
    /// Categories, by page (see [`Walk::pages`]): nothing else is offered.
    #[must_use]
    pub fn categories(query: ListQuery<CategoryFilter>) -> Self {
        Self::pages(
            query.page_size(),
            |category: &FullCategory| category.category_id.0,
            move |page| catalog::categories_full(&query.clone().page(page)),
        )
    }
}

impl Walk<OrderLine> {
    /// All lines of an order, by page (see [`Walk::pages`]).
    #[must_use]
    pub fn lines(order: OrderId, currency: CurrencyCode) -> Self {
        let asked = order_parts::PAGE_SIZE as usize;
        Self::pages(
            asked,
            |line: &OrderLine| line.id.0,
            move |page| order_parts::lines(order, currency, page),
        )
    }
}
