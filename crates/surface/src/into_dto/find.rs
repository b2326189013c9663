use commerce::{CurrencyCode, Customer, Money, Order, OrderStatus, Product};
use rust_decimal::Decimal;
use workbench::{Found as Held, FoundOf};

use super::{label, money};
use crate::dto::*;

pub(crate) fn found_everywhere(held: Held) -> Found {
    let mut failed = Vec::new();
    Found {
        orders: of(held.orders, Area::Orders, &mut failed).map(|orders| FoundOrders {
            best: orders
                .best
                .iter()
                .map(|one| order(one, &orders.statuses))
                .collect(),
            count: orders.count,
        }),
        products: of(held.products, Area::Products, &mut failed).map(|products| FoundProducts {
            best: products
                .best
                .iter()
                .map(|one| product(one, products.currency))
                .collect(),
            count: products.count,
        }),
        customers: of(held.customers, Area::Customers, &mut failed).map(|customers| {
            FoundCustomers {
                best: customers
                    .best
                    .iter()
                    .map(|(one, orders)| customer(one, *orders))
                    .collect(),
                count: customers.count,
            }
        }),
        failed,
    }
}

/// What was found of a kind. What could not be searched is noted.
fn of<T>(found: FoundOf<T>, area: Area, failed: &mut Vec<Area>) -> Option<T> {
    match found? {
        Ok(found) => Some(found),
        Err(error) => {
            tracing::warn!(?area, %error, "could not be searched");
            failed.push(area);
            None
        }
    }
}

fn order(order: &Order, statuses: &[OrderStatus]) -> FoundOrder {
    let names = [order.customer_name(), order.billing.company.clone()];
    FoundOrder {
        id: order.id.to_string(),
        customer: names
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default(),
        status_id: order.status_id.0,
        status_label: label(statuses, order.status_id),
        total: money(order.total),
    }
}

fn product(product: &Product, currency: CurrencyCode) -> FoundProduct {
    let price = if product.sale_price == Decimal::ZERO {
        product.price
    } else {
        product.sale_price
    };
    FoundProduct {
        id: product.id.to_string(),
        name: product.name.clone(),
        sku: product.sku.clone(),
        price: money(Money::new(price, currency)),
    }
}

fn customer(customer: &Customer, orders: u32) -> FoundCustomer {
    FoundCustomer {
        id: customer.id.to_string(),
        name: customer.display_name(),
        email: customer.email.clone(),
        orders,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use workbench::{DataFile, Error, FoundProducts as Products};

    #[test]
    fn a_kind_that_could_not_be_searched_is_named_and_one_out_of_reach_is_not() {
        let found = found_everywhere(Held {
            orders: Some(Err(Error::Damaged(DataFile::Mirror))),
            products: Some(Ok(Products {
                best: Vec::new(),
                currency: "USD".parse().expect("it has three letters"),
                count: 7,
            })),
            customers: None,
        });
        assert_eq!(found.failed, [Area::Orders]);
        assert!(found.orders.is_none() && found.customers.is_none());
        assert_eq!(found.products.map(|products| products.count), Some(7));
    }
}
