//! What belongs to one order: version 2, but for refunds.
//!
//! Amounts carry no currency of their own here: they are in the order's.

use commerce::{
    CurrencyCode, FullOrderTax, LineDiscount, Money, OrderAddressId, OrderCoupon, OrderLine,
    OrderLineId, OrderRefund, OrderTax, Parts, ProductId, Shipment, ShipmentId, ShippingAddress,
    VariantId,
};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{Decoded, Misfit, Node, Read, full_product, people};
use crate::Page;

type PageOf<T> = Result<Decoded<Page<T>>, Misfit>;

pub(crate) fn lines(answer: Option<&Value>, currency: CurrencyCode) -> PageOf<OrderLine> {
    super::page(answer, |node| line(node, currency)).map(Decoded::from)
}

pub(crate) fn shipping_addresses(
    answer: Option<&Value>,
    currency: CurrencyCode,
) -> PageOf<ShippingAddress> {
    super::page(answer, |node| shipping_address(node, currency)).map(Decoded::from)
}

pub(crate) fn shipments(answer: Option<&Value>) -> PageOf<Shipment> {
    super::page(answer, shipment).map(Decoded::from)
}

pub(crate) fn coupons(answer: Option<&Value>, currency: CurrencyCode) -> PageOf<OrderCoupon> {
    super::page(answer, |node| coupon(node, currency)).map(Decoded::from)
}

pub(crate) fn taxes(answer: Option<&Value>, currency: CurrencyCode) -> PageOf<OrderTax> {
    super::page(answer, |node| tax(node, currency)).map(Decoded::from)
}

pub(crate) fn taxes_full(answer: Option<&Value>, currency: CurrencyCode) -> PageOf<FullOrderTax> {
    super::page(answer, |node| full_tax(node, currency)).map(Decoded::from)
}

pub(crate) fn refunds(answer: Option<&Value>, currency: CurrencyCode) -> PageOf<OrderRefund> {
    super::data_page(answer, "id", |node| refund(node, currency)).map(Decoded::from)
}

pub(super) fn line(node: &Node<'_>, currency: CurrencyCode) -> Result<OrderLine, Misfit> {
    node.object()?;
    let money = |name| Ok(Money::new(node.field(name).amount()?, currency));
    let other = |name| node.field(name).id_if_any();
    let price_inc_tax: Option<Decimal> = Read::read(&node.field("price_inc_tax"))?;
    let (applied_discounts, discount) = discounts(node, currency)?;
    Ok(OrderLine {
        id: OrderLineId(node.field("id").whole()?),
        product_id: other("product_id")?.map(ProductId),
        variant_id: other("variant_id")?.map(VariantId),
        name: first_words(node, &["name", "name_customer", "name_merchant"])?,
        sku: node.field("sku").text()?,
        options: options(node),
        // Without it nobody knows what to pack, so it is the one amount that has to be there.
        quantity: node.field("quantity").decimal()?,
        quantity_shipped: node.field("quantity_shipped").amount()?,
        quantity_refunded: node.field("quantity_refunded").amount()?,
        unit_price: money("price_ex_tax")?,
        price_inc_tax: price_inc_tax.map(|amount| Money::new(amount, currency)),
        total: money("total_ex_tax")?,
        discount,
        applied_discounts,
        address_id: other("order_address_id")?.map(OrderAddressId),
        aside: node.aside(LINE_KNOWN),
    })
}

/// What [`line`] reads. Other names of the same goods are kept.
const LINE_KNOWN: &[&str] = &[
    "id",
    "product_id",
    "variant_id",
    "order_address_id",
    "name",
    "sku",
    "product_options",
    "configurable_fields",
    "quantity",
    "quantity_shipped",
    "quantity_refunded",
    "price_ex_tax",
    "price_inc_tax",
    "total_ex_tax",
    "applied_discounts",
];

/// The first of several members that says something.
fn first_words(node: &Node<'_>, names: &[&'static str]) -> Result<String, Misfit> {
    for name in names {
        let field = node.field(name);
        if !field.is_blank() {
            return field.text();
        }
    }
    Ok(String::new())
}

/// Name and value of what the shopper chose, and of the fields they filled in (older stores).
fn options(node: &Node<'_>) -> Parts<(String, String)> {
    let read = |list, name: &[&'static str], value: &[&'static str]| {
        node.field(list).parts_if_any(|item| {
            item.object()?;
            let pair = (first_words(item, name)?, first_words(item, value)?);
            if pair.0.is_empty() && pair.1.is_empty() {
                return Err(item.misfit("a name or a value was expected, nothing found"));
            }
            Ok(pair)
        })
    };
    let mut pairs = read(
        "product_options",
        &["display_name", "display_name_customer", "name"],
        &["display_value", "display_value_customer", "value"],
    );
    let fields = read("configurable_fields", &["name"], &["value"]);
    pairs.items.extend(fields.items);
    pairs.unreadable.extend(fields.unreadable);
    pairs
}

/// What takes something off a line, and how much all that could be read takes off it.
fn discounts(
    node: &Node<'_>,
    currency: CurrencyCode,
) -> Result<(Parts<LineDiscount>, Money), Misfit> {
    let list = node.field("applied_discounts");
    let discounts = list.parts(|one| line_discount(one, currency))?;
    let mut sum = Decimal::ZERO;
    for discount in &discounts.items {
        sum = sum
            .checked_add(discount.amount.amount)
            .ok_or_else(|| list.misfit("too large an amount"))?;
    }
    Ok((discounts, Money::new(sum, currency)))
}

fn line_discount(node: &Node<'_>, currency: CurrencyCode) -> Result<LineDiscount, Misfit> {
    node.object()?;
    Ok(LineDiscount {
        id: node.field("id").text()?,
        name: node.field("name").text()?,
        code: node.field("code").text()?,
        target: node.field("target").text()?,
        amount: Money::new(node.field("amount").amount()?.abs(), currency),
        aside: node.aside(&["id", "name", "code", "target", "amount"]),
    })
}

pub(super) fn shipping_address(
    node: &Node<'_>,
    currency: CurrencyCode,
) -> Result<ShippingAddress, Misfit> {
    node.object()?;
    let mut known = vec!["id", "shipping_method", "cost_ex_tax"];
    known.extend_from_slice(people::ORDER_ADDRESS);
    Ok(ShippingAddress {
        id: OrderAddressId(node.field("id").whole()?),
        address: people::order_address(node)?,
        method: node.field("shipping_method").text()?,
        cost: Money::new(node.field("cost_ex_tax").amount()?, currency),
        aside: node.aside(&known),
    })
}

pub(super) fn shipment(node: &Node<'_>) -> Result<Shipment, Misfit> {
    node.object()?;
    Ok(Shipment {
        id: ShipmentId(node.field("id").whole()?),
        created_at: node.field("date_created").date_if_any().ok().flatten(),
        tracking_number: node.field("tracking_number").text()?,
        tracking_link: first_words(node, &["tracking_link", "generated_tracking_link"])?,
        carrier: first_words(
            node,
            &[
                "shipping_provider_display_name",
                "shipping_provider",
                "tracking_carrier",
            ],
        )?,
        shipping_provider: node.field("shipping_provider").text()?,
        tracking_carrier: node.field("tracking_carrier").text()?,
        order_address_id: node
            .field("order_address_id")
            .id_if_any()?
            .map(OrderAddressId),
        method: node.field("shipping_method").text()?,
        comments: node.field("comments").text()?,
        items: node.field("items").parts(shipped_item)?,
        aside: node.aside(SHIPMENT_KNOWN),
    })
}

/// What [`shipment`] reads. The link that the store made is kept, because another may be shown.
const SHIPMENT_KNOWN: &[&str] = &[
    "id",
    "date_created",
    "tracking_number",
    "tracking_link",
    "shipping_provider_display_name",
    "shipping_provider",
    "tracking_carrier",
    "order_address_id",
    "shipping_method",
    "comments",
    "items",
];

fn shipped_item(node: &Node<'_>) -> Result<(OrderLineId, Decimal), Misfit> {
    let line = OrderLineId(node.field("order_product_id").whole()?);
    Ok((line, node.field("quantity").decimal()?))
}

fn coupon(node: &Node<'_>, currency: CurrencyCode) -> Result<OrderCoupon, Misfit> {
    node.object()?;
    Ok(OrderCoupon {
        code: node.field("code").text()?,
        discount: Money::new(node.field("discount").amount()?.abs(), currency),
        aside: node.aside(&["code", "discount"]),
    })
}

fn tax(node: &Node<'_>, currency: CurrencyCode) -> Result<OrderTax, Misfit> {
    node.object()?;
    Ok(OrderTax {
        name: first_words(node, &["name", "class"])?,
        rate: node.field("rate").amount()?,
        amount: Money::new(node.field("line_amount").amount()?, currency),
    })
}

fn full_tax(node: &Node<'_>, currency: CurrencyCode) -> Result<FullOrderTax, Misfit> {
    node.object()?;
    let money = |name| Ok(Money::new(node.field(name).amount()?, currency));
    Ok(FullOrderTax {
        tax_class_id: full_product::tax_class(node)?,
        order_pickup_method_id: node.field("order_pickup_method_id").id_if_any()?,
        priority_amount: money("priority_amount")?,
        line_amount: money("line_amount")?,
        aside: node.aside(TAX_KNOWN),
        id: Read::read(&node.field("id"))?,
        order_id: Read::read(&node.field("order_id"))?,
        order_address_id: Read::read(&node.field("order_address_id"))?,
        order_product_id: Read::read(&node.field("order_product_id"))?,
        line_item_type: Read::read(&node.field("line_item_type"))?,
        sales_tax_id: Read::read(&node.field("sales_tax_id"))?,
        name: Read::read(&node.field("name"))?,
        class: Read::read(&node.field("class"))?,
        rate: Read::read(&node.field("rate"))?,
        priority: Read::read(&node.field("priority"))?,
    })
}

/// What [`full_tax`] reads.
const TAX_KNOWN: &[&str] = &[
    "id",
    "order_id",
    "order_address_id",
    "order_pickup_method_id",
    "order_product_id",
    "line_item_type",
    "sales_tax_id",
    "tax_class_id",
    "name",
    "class",
    "rate",
    "priority",
    "priority_amount",
    "line_amount",
];

fn refund(node: &Node<'_>, currency: CurrencyCode) -> Result<OrderRefund, Misfit> {
    node.object()?;
    Ok(OrderRefund {
        created_at: node.field("created").date_if_any().ok().flatten(),
        reason: node.field("reason").text()?,
        amount: Money::new(node.field("total_amount").decimal()?, currency),
        aside: node.aside(&["created", "reason", "total_amount"]),
    })
}

/// One shipment.
pub(crate) fn one_shipment(answer: Option<&Value>) -> Result<Decoded<Shipment>, Misfit> {
    shipment(&Node::root(answer)).map(Decoded::from)
}

/// One shipping address.
pub(crate) fn one_shipping_address(
    answer: Option<&Value>,
    currency: CurrencyCode,
) -> Result<Decoded<ShippingAddress>, Misfit> {
    shipping_address(&Node::root(answer), currency).map(Decoded::from)
}
