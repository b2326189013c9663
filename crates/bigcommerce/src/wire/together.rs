//! Things read just before they are changed, and as a write's answer shows them, with what their
//! answers left out.

use commerce::{Field, Order, Product};
use serde_json::Value;

use super::{Decoded, Misfit, Node};
use crate::{
    Page,
    request::together::{Lacks, Seen},
};

/// A member that an answer may leave out, and how its value is taken from the thing as it was known.
type Member<T> = (&'static str, fn(&mut T, &T));

/// `member field`: all that is read of a thing, so that what is left out can be told from what is
/// nothing.
macro_rules! members {
    ($($member:literal $field:ident)*) => {
        &[$(($member, |to, known| to.$field = known.$field.clone()),)*]
    };
}

const OF_PRODUCTS: &[Member<Product>] = members!(
    "type" kind
    "name" name
    "sku" sku
    "price" price
    "cost_price" cost_price
    "retail_price" retail_price
    "sale_price" sale_price
    "weight" weight
    "is_visible" is_visible
    "description" description
    "inventory_tracking" inventory_tracking
    "inventory_level" inventory_level
    "inventory_warning_level" inventory_warning_level
    "upc" upc
    "mpn" mpn
    "brand_id" brand_id
    "categories" category_ids
    "base_variant_id" base_variant_id
    "custom_url" url
    "primary_image" picture
    "date_created" created_at
    "date_modified" modified_at
);

/// Without those that an order can't be read without.
const OF_ORDERS: &[Member<Order>] = members!(
    "date_modified" modified_at
    "date_shipped" shipped_at
    "customer_id" customer_id
    "billing_address" billing
    "items_total" item_count
    "subtotal_ex_tax" subtotal
    "discount_amount" discount
    "coupon_discount" discount
    "shipping_cost_ex_tax" shipping
    "handling_cost_ex_tax" handling
    "wrapping_cost_ex_tax" wrapping
    "total_tax" tax
    "store_credit_amount" store_credit
    "gift_certificate_amount" gift_certificates
    "payment_method" payment_method
    "payment_status" payment_status
    "staff_notes" staff_notes
    "customer_message" customer_message
    "channel_id" channel_id
    "order_source" source
    "is_deleted" is_archived
);

pub(crate) fn fill_product(product: &mut Product, lacks: &[&'static str], known: &Product) {
    fill(OF_PRODUCTS, product, lacks, known);
    // What a shopper pays follows from the two others, unless a rule of the store's has a say in it.
    let same = product.price == known.price && product.sale_price == known.sale_price;
    if lacks.contains(&CALCULATED_PRICE) && same {
        product.calculated_price = known.calculated_price;
    }
}

pub(crate) fn fill_order(order: &mut Order, lacks: &[&'static str], known: &Order) {
    fill(OF_ORDERS, order, lacks, known);
}

const CALCULATED_PRICE: &str = "calculated_price";

fn fill<T>(members: &[Member<T>], thing: &mut T, lacks: &[&'static str], known: &T) {
    for (_, take) in members.iter().filter(|(name, _)| lacks.contains(name)) {
        take(thing, known);
    }
}

pub(crate) fn products(answer: Option<&Value>) -> Result<Decoded<Page<Seen<Product>>>, Misfit> {
    super::data_page(answer, "id", seen_product).map(Decoded::from)
}

pub(crate) fn product(answer: Option<&Value>) -> Result<Decoded<Seen<Product>>, Misfit> {
    super::data(answer, seen_product).map(Decoded::from)
}

pub(crate) fn order(answer: Option<&Value>) -> Result<Decoded<Seen<Order>>, Misfit> {
    let root = Node::root(answer);
    Ok(Decoded::from(Seen {
        thing: super::orders::order(&root)?,
        left_out: left_out(&root, Field::is_of_orders),
        lacks: lacks(&root, OF_ORDERS.iter().map(|(name, _)| *name)),
    }))
}

fn seen_product(node: &Node<'_>) -> Result<Seen<Product>, Misfit> {
    let members = OF_PRODUCTS.iter().map(|(name, _)| *name);
    Ok(Seen {
        thing: super::products::product(node)?,
        left_out: left_out(node, |field| !field.is_of_orders()),
        lacks: lacks(node, members.chain([CALCULATED_PRICE])),
    })
}

fn lacks(node: &Node<'_>, members: impl Iterator<Item = &'static str>) -> Lacks {
    Lacks(members.filter(|name| !node.has(name)).collect())
}

fn left_out(node: &Node<'_>, may_be_there: impl Fn(Field) -> bool) -> Vec<Field> {
    Field::ALL
        .into_iter()
        .filter(|field| may_be_there(*field) && !node.has(field.member()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;
    use crate::wire::{node::looked_for, orders};

    #[test]
    fn everything_that_is_read_of_an_order_can_be_told_from_nothing() {
        let least = orders::least();
        let (order, read) = looked_for(&least, orders::order);
        order.unwrap();
        let mut told: BTreeSet<_> = OF_ORDERS.iter().map(|(name, _)| *name).collect();
        for name in [
            "id",
            "status_id",
            "date_created",
            "total_inc_tax",
            "default_currency_code",
        ] {
            let mut without = least.clone();
            without.as_object_mut().unwrap().remove(name);
            let read = orders::order(&Node::root(Some(&without)));
            assert!(read.is_err(), "nothing has to be known of {name}");
            told.insert(name);
        }
        assert_eq!(read, told);
    }

    #[test]
    fn nothing_that_is_known_of_an_order_is_lost_to_an_answer_that_left_it_out() {
        let least = orders::least();
        let mut whole = least.clone();
        for (name, _) in OF_ORDERS {
            whole[*name] = match *name {
                "date_modified" | "date_shipped" => json!("Fri, 19 Jun 2026 08:00:00 +0000"),
                "billing_address" => json!({"first_name": "Ada"}),
                "is_deleted" => json!(true),
                _ => json!("7"),
            };
        }
        let known = orders::order(&Node::root(Some(&whole))).unwrap();
        let Seen {
            thing: mut seen,
            lacks,
            ..
        } = order(Some(&least)).unwrap().value;
        assert_ne!(seen, known);
        lacks.fill_order(&mut seen, &known);
        assert_eq!(seen, known);
    }

    /// A member that is not there, is null, or has a value.
    #[derive(Clone, Copy, Debug)]
    enum Member {
        Absent,
        Null,
        Given,
    }

    fn value(field: Field) -> Value {
        match field {
            Field::Name | Field::Sku | Field::Description => json!("words"),
            Field::ProductKind => json!("digital"),
            Field::Visible => json!(true),
            Field::InventoryTracking => json!("product"),
            _ => json!(7),
        }
    }

    proptest! {
        #[test]
        fn only_a_member_that_is_not_there_is_left_out_and_null_is_not(
            members in prop::collection::vec(
                prop_oneof![Just(Member::Absent), Just(Member::Null), Just(Member::Given)],
                Field::ALL.len(),
            ),
        ) {
            let mut product = Map::from_iter([("id".to_owned(), json!(1))]);
            let mut absent = Vec::new();
            let of_products = Field::ALL.into_iter().zip(members);
            for (field, member) in of_products.filter(|(field, _)| !field.is_of_orders()) {
                let value = match member {
                    Member::Absent => {
                        absent.push(field);
                        continue;
                    }
                    Member::Null => Value::Null,
                    Member::Given => value(field),
                };
                product.insert(field.member().to_owned(), value);
            }
            let answer = Value::Object(product);
            let seen = seen_product(&Node::root(Some(&answer)));
            let seen = seen.map_err(|misfit| TestCaseError::fail(format!("{misfit:?}")))?;
            prop_assert_eq!(seen.left_out, absent);
        }
    }
}
