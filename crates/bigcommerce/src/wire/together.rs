//! Things read just before they are changed, with what their answers left out.

use commerce::{Field, Order, Product};
use serde_json::Value;

use super::{Decoded, Misfit, Node};
use crate::{Page, request::together::Seen};

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
    }))
}

fn seen_product(node: &Node<'_>) -> Result<Seen<Product>, Misfit> {
    Ok(Seen {
        thing: super::products::product(node)?,
        left_out: left_out(node, |field| !field.is_of_orders()),
    })
}

fn left_out(node: &Node<'_>, may_be_there: impl Fn(Field) -> bool) -> Vec<Field> {
    Field::ALL
        .into_iter()
        .filter(|field| may_be_there(*field) && !node.has(field.member()))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;

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
