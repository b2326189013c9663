//! Customers of version 3. Nothing but the number has to be there.

use commerce::{Customer, CustomerGroupId, CustomerId};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{Decoded, Misfit, Node, people, products};
use crate::Page;

pub(crate) fn list(answer: Option<&Value>) -> Result<Decoded<Page<Customer>>, Misfit> {
    super::data_page(answer, "id", customer).map(Decoded::from)
}

pub(super) fn customer(node: &Node<'_>) -> Result<Customer, Misfit> {
    node.object()?;
    let words = |name| node.field(name).text();
    let (created_at, modified_at) = products::lifetime(node);
    Ok(Customer {
        id: CustomerId(node.field("id").whole()?),
        email: words("email")?,
        first_name: words("first_name")?,
        last_name: words("last_name")?,
        company: words("company")?,
        phone: words("phone")?,
        notes: words("notes")?,
        group_id: node
            .field("customer_group_id")
            .id_if_any()?
            .map(CustomerGroupId),
        store_credit: store_credit(node)?,
        addresses: node
            .field("addresses")
            .parts_if_any(people::customer_address),
        accepts_marketing: node
            .field("accepts_product_review_abandoned_cart_emails")
            .truth()
            .unwrap_or_default(),
        created_at,
        modified_at,
    })
}

/// The store keeps one amount, in its default currency, in a list.
fn store_credit(node: &Node<'_>) -> Result<Decimal, Misfit> {
    match node.field("store_credit_amounts").items()?.next() {
        Some(first) => first.field("amount").amount(),
        None => Ok(Decimal::ZERO),
    }
}
