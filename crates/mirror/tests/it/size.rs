//! What a store of 100,000 products and customers asks of a mirror. Measures, so it is not run by
//! itself: `cargo test -p mirror --release -- --ignored --nocapture`.

use std::time::Instant;

use commerce::{Brand, BrandId, Customer, CustomerId, Order, Product, StatusId};
use jiff::Timestamp;
use mirror::{
    CustomerSort, CustomersQuery, Marks, OrdersQuery, ProductSort, ProductsQuery, Query, StockIs,
    VisibilityIs,
};

use crate::{at, customers::customer, open, order, products::product};

const MANY: u64 = 100_000;

#[test]
#[ignore = "a measurement"]
fn lists_of_100_000() {
    let (_folder, mirror) = open();
    let words = "<p>Forged by hand from one piece of steel and finished with linseed oil.</p>";
    let fill = |from: u64| -> (Vec<Product>, Vec<Customer>, Vec<Order>) {
        let range = || from..(from + 250).min(MANY);
        (
            range()
                .map(|id| Product {
                    description: words.repeat(15),
                    brand_id: Some(BrandId(id % 500)),
                    is_visible: id % 20 != 0,
                    inventory_level: i64::try_from(id % 50).unwrap(),
                    ..product(id)
                })
                .collect(),
            range().map(customer).collect(),
            range()
                .map(|id| Order {
                    customer_id: Some(CustomerId(id * 7 % MANY)),
                    ..order(id, u32::try_from(id % 15).unwrap(), 0)
                })
                .collect(),
        )
    };
    let began = Instant::now();
    for from in (0..MANY).step_by(250) {
        let (products, customers, orders) = fill(from);
        let asked = mirror.stamp();
        mirror
            .put_page(asked, &products, &[], |_| Marks::default())
            .unwrap();
        mirror
            .put_page(asked, &customers, &[], |_| Marks::default())
            .unwrap();
        mirror
            .put_page(asked, &orders, &[], |_| Marks::default())
            .unwrap();
    }
    let brands: Vec<Brand> = (0..500)
        .map(|id| Brand {
            id: BrandId(id),
            name: format!("Brand number {id}"),
        })
        .collect();
    mirror
        .put_page(mirror.stamp(), &brands, &[], |_| Marks::default())
        .unwrap();
    println!("filled in {:?}", began.elapsed());
    let products = |name: &str, query: ProductsQuery| timed(name, &mirror, &query);
    products("products", ProductsQuery::default());
    for sort in [
        ProductSort::Sku,
        ProductSort::Price,
        ProductSort::Stock,
        ProductSort::Modified,
    ] {
        products(
            &format!("by {sort:?}"),
            ProductsQuery {
                sort,
                ..ProductsQuery::default()
            },
        );
    }
    products(
        "hidden",
        ProductsQuery {
            visibility: VisibilityIs::Hidden,
            ..ProductsQuery::default()
        },
    );
    products(
        "out",
        ProductsQuery {
            stock: StockIs::Out,
            ..ProductsQuery::default()
        },
    );
    for search in ["ke-0777", "brand number 7", "linseed", "nothing at all"] {
        products(
            search,
            ProductsQuery {
                search: search.into(),
                ..ProductsQuery::default()
            },
        );
    }
    for sort in [
        CustomerSort::Name,
        CustomerSort::Email,
        CustomerSort::Orders,
        CustomerSort::Spent,
    ] {
        let query = CustomersQuery {
            sort,
            ..CustomersQuery::default()
        };
        timed(&format!("customers by {sort:?}"), &mirror, &query);
    }
    let query = CustomersQuery {
        search: "maro 777".into(),
        ..CustomersQuery::default()
    };
    timed("customers found", &mirror, &query);
    let began = Instant::now();
    mirror.product_numbers().unwrap();
    println!("numbers of products {:?}", began.elapsed());
    let began = Instant::now();
    mirror.sales(&[(at(0), at(50_000))]).unwrap();
    println!("sales of half of all orders {:?}", began.elapsed());
    let began = Instant::now();
    mirror.counts_by_status().unwrap();
    println!("orders by status {:?}", began.elapsed());
    let path = mirror.path().to_owned();
    drop(mirror);
    let began = Instant::now();
    mirror::Mirror::open(&path).unwrap();
    println!("opened in {:?}", began.elapsed());
}

#[test]
#[ignore = "a measurement"]
fn sales_of_250_000_orders_in_two_years() {
    let (_folder, mirror) = open();
    const ORDERS: u64 = 250_000;
    let apart = 2 * 365 * 86_400 / i64::try_from(ORDERS).unwrap();
    for from in (0..ORDERS).step_by(250) {
        let orders: Vec<Order> = (from..from + 250)
            .map(|id| Order {
                placed_at: at(i64::try_from(id).unwrap() * apart),
                ..order(id, u32::try_from(id % 15).unwrap(), 0)
            })
            .collect();
        mirror
            .put_page(mirror.stamp(), &orders, &[], |_| Marks::default())
            .unwrap();
    }
    let days = |first: i64, count: i64| -> Vec<(Timestamp, Timestamp)> {
        (first..first + count)
            .map(|day| (at(day * 86_400), at((day + 1) * 86_400)))
            .collect()
    };
    let took = |name: &str, stretches: &[(Timestamp, Timestamp)]| {
        mirror.sales(stretches).unwrap();
        let began = Instant::now();
        let sales = mirror.sales(stretches).unwrap();
        let orders: u32 = sales.iter().map(|sales| sales.orders).sum();
        println!("{name}: {orders} orders in {:?}", began.elapsed());
    };
    took("60 days", &days(670, 60));
    took("two years by the day", &days(0, 730));
    took("two years", &[(at(0), at(730 * 86_400))]);
    let began = Instant::now();
    mirror.oldest_in_status(StatusId(11)).unwrap();
    mirror
        .count_in_status(StatusId(11), at(729 * 86_400))
        .unwrap();
    println!("what awaits fulfillment {:?}", began.elapsed());
    let began = Instant::now();
    mirror.counts_by_status().unwrap();
    println!("orders by status {:?}", began.elapsed());
    let day = OrdersQuery {
        placed: Some((at(700 * 86_400), at(701 * 86_400))),
        descending: true,
        ..OrdersQuery::default()
    };
    timed("orders of a day", &mirror, &day);
    let month = OrdersQuery {
        placed: Some((at(700 * 86_400), at(731 * 86_400))),
        ..day
    };
    timed("orders of a month", &mirror, &month);
}

fn timed<Q: Query>(name: &str, mirror: &mirror::Mirror, query: &Q) {
    let began = Instant::now();
    let count = query.view(mirror).unwrap().as_ref().len();
    println!("{name}: {count} in {:?}", began.elapsed());
}
