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
