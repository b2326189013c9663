//! An order with what came along, its messages, and what is set of it. Version 2.

use commerce::{
    Consignment, ConsignmentKind, CurrencyCode, FullOrder, Money, OrderAddressEdit, OrderEdit,
    OrderFee, OrderFeeEdit, OrderLineEdit, OrderMessage, Parts, ShipmentEdit, Unreadable,
};
use serde_json::{Map, Value};

use super::{
    Misfit, Node, Read, Write, order_parts, orders, people,
    write::{along, put, writes},
};

/// What [`orders::order`] and [`FullOrder`] read.
const KNOWN: &[&str] = &[
    "id",
    "status_id",
    "date_created",
    "date_modified",
    "date_shipped",
    "customer_id",
    "items_total",
    "subtotal_ex_tax",
    "discount_amount",
    "coupon_discount",
    "shipping_cost_ex_tax",
    "handling_cost_ex_tax",
    "wrapping_cost_ex_tax",
    "total_tax",
    "total_inc_tax",
    "store_credit_amount",
    "gift_certificate_amount",
    "payment_method",
    "payment_status",
    "staff_notes",
    "customer_message",
    "channel_id",
    "order_source",
    "is_deleted",
    "default_currency_code",
    "consignments",
    "fees",
];

/// The members of which it reads some members, and those.
const WITHIN: &[(&str, &[&str])] = &[("billing_address", people::ORDER_ADDRESS)];

/// All that the store takes of a fee. Version 2 refuses a whole change for a member that it doesn't take, and more of
/// them are in what it gives: what it works out by itself, and what came since this was written.
const TAKEN_OF_A_FEE: &[&str] = &[
    "id",
    "type",
    "display_name_customer",
    "display_name_merchant",
    "source",
    "cost_ex_tax",
    "cost_inc_tax",
    "tax_class_id",
];

/// The line in which a store says that it left lines out.
///
/// Source: github.com/bigcommerce/docs, issue 960.
const WARNING: &str = "__warning__";

impl Read for FullOrder {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        let order = orders::order(node)?;
        let currency = order.total.currency;
        Ok(Self {
            order,
            consignments: consignments(&node.field("consignments"), currency),
            fees: fees(&node.field("fees"), currency)?,
            aside: node.aside_within(KNOWN, WITHIN),
        })
    }
}

fn fees(node: &Node<'_>, currency: CurrencyCode) -> Result<Option<Parts<OrderFee>>, Misfit> {
    if node.is_list() {
        node.parts(|fee| order_fee(fee, currency)).map(Some)
    } else {
        Ok(None)
    }
}

/// One fee of an order.
pub(crate) fn order_fee(node: &Node<'_>, currency: CurrencyCode) -> Result<OrderFee, Misfit> {
    node.object()?;
    Ok(OrderFee {
        id: Read::read(&node.field("id"))?,
        kind: Read::read(&node.field("type"))?,
        display_name_customer: Read::read(&node.field("display_name_customer"))?,
        display_name_merchant: Read::read(&node.field("display_name_merchant"))?,
        source: Read::read(&node.field("source"))?,
        cost_ex_tax: Money::new(Read::read(&node.field("cost_ex_tax"))?, currency),
        cost_inc_tax: Money::new(Read::read(&node.field("cost_inc_tax"))?, currency),
        aside: node.aside(&[
            "id",
            "type",
            "display_name_customer",
            "display_name_merchant",
            "source",
            "cost_ex_tax",
            "cost_inc_tax",
        ]),
    })
}

/// As an object by kinds, or, from older stores, a list of such objects. A link means that nobody
/// asked for them.
fn consignments(node: &Node<'_>, currency: CurrencyCode) -> Option<Parts<Consignment>> {
    let mut all = Parts::default();
    if node.is_list() {
        for item in node.items().ok()? {
            kinds(&item, currency, &mut all);
        }
        return Some(all);
    }
    let is_link = !node.field("resource").is_absent() && !node.field("url").is_absent();
    if !node.is_object() || is_link {
        return None;
    }
    kinds(node, currency, &mut all);
    Some(all)
}

fn kinds(node: &Node<'_>, currency: CurrencyCode, all: &mut Parts<Consignment>) {
    if node.object().is_err() {
        let Misfit { path, what } = node.misfit("not a consignment");
        all.unreadable.push(Unreadable { path, reason: what });
        return;
    }
    all.is_cut |= !node.field(WARNING).is_absent();
    let email = node.field("email");
    for (kind, list) in [
        (ConsignmentKind::Shipping, node.field("shipping")),
        (ConsignmentKind::Pickup, node.field("pickups")),
        (ConsignmentKind::Download, node.field("downloads")),
        (ConsignmentKind::Email, email.field("gift_certificates")),
    ] {
        match list.parts(|item| consignment(item, kind, currency)) {
            Ok(some) => {
                all.items.extend(some.items);
                all.unreadable.extend(some.unreadable);
            }
            Err(Misfit { path, what }) => {
                all.unreadable.push(Unreadable { path, reason: what });
            }
        }
    }
}

fn consignment(
    node: &Node<'_>,
    kind: ConsignmentKind,
    currency: CurrencyCode,
) -> Result<Consignment, Misfit> {
    node.object()?;
    let address = match kind {
        ConsignmentKind::Shipping => people::order_address(node)?,
        ConsignmentKind::Pickup | ConsignmentKind::Download | ConsignmentKind::Email => {
            commerce::Address {
                email: node.field("recipient_email").text().unwrap_or_default(),
                ..commerce::Address::default()
            }
        }
    };
    let method = match kind {
        ConsignmentKind::Pickup => "pickup_method_display_name",
        ConsignmentKind::Shipping | ConsignmentKind::Download | ConsignmentKind::Email => {
            "shipping_method"
        }
    };
    let mut known = vec!["id", method, "line_items", WARNING];
    known.extend_from_slice(match kind {
        ConsignmentKind::Shipping => people::ORDER_ADDRESS,
        ConsignmentKind::Pickup | ConsignmentKind::Download | ConsignmentKind::Email => {
            &["recipient_email"]
        }
    });
    Ok(Consignment {
        id: Read::read(&node.field("id"))?,
        kind,
        address,
        shipping_method: node.field(method).text()?,
        lines: inline_lines(node, currency)?,
        aside: node.aside(&known),
    })
}

fn inline_lines(
    node: &Node<'_>,
    currency: CurrencyCode,
) -> Result<Option<Parts<commerce::OrderLine>>, Misfit> {
    let list = node.field("line_items");
    // Seen beside the lines; whether it may stand among them or below them, nobody says.
    let mut is_cut = !node.field(WARNING).is_absent() || !list.field(WARNING).is_absent();
    if !list.is_list() {
        return Ok(None);
    }
    let mut lines = Parts::default();
    for item in list.items()? {
        let is_link = item.field("id").is_absent() && !item.field("resource").is_absent();
        if is_link {
            return Ok(None);
        }
        if !item.field(WARNING).is_absent() {
            is_cut = true;
            continue;
        }
        match order_parts::line(&item, currency) {
            Ok(line) => lines.items.push(line),
            Err(Misfit { path, what }) => {
                lines.unreadable.push(Unreadable { path, reason: what });
            }
        }
    }
    lines.is_cut = is_cut;
    Ok(Some(lines))
}

impl Read for OrderMessage {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        let staff: Option<commerce::CustomerId> = Read::read(&node.field("staff_id"))?;
        Ok(Self {
            id: Read::read(&node.field("id"))?,
            order_id: Read::read(&node.field("order_id"))?,
            is_from_staff: staff.is_some(),
            subject: Read::read(&node.field("subject"))?,
            message: Read::read(&node.field("message"))?,
            status: Read::read(&node.field("status"))?,
            is_flagged: Read::read(&node.field("is_flagged"))?,
            date_created: Read::read(&node.field("date_created"))?,
            aside: node.aside(&[
                "id",
                "order_id",
                "staff_id",
                "subject",
                "message",
                "status",
                "is_flagged",
                "date_created",
            ]),
        })
    }
}

writes! {
    OrderAddressEdit {
        id, first_name, last_name, company, street_1, street_2, city, state, zip, country,
        country_iso2, phone, email, shipping_method,
    }
    OrderLineEdit {
        id, product_id, variant_id, name, sku, quantity, price_ex_tax, price_inc_tax,
    }
    ShipmentEdit {
        order_address_id, tracking_number, tracking_link, shipping_provider, tracking_carrier,
        shipping_method, comments,
    }
}

impl Write for OrderFeeEdit {
    fn write(&self) -> Value {
        let Self {
            id,
            display_name_customer,
            display_name_merchant,
            source,
            cost_ex_tax,
            cost_inc_tax,
            tax_class_id,
            aside,
        } = self;
        let mut body = Map::new();
        put(&mut body, "id", id.as_ref());
        body.insert("type".to_owned(), "custom_fee".into());
        put(
            &mut body,
            "display_name_customer",
            display_name_customer.as_ref(),
        );
        put(
            &mut body,
            "display_name_merchant",
            display_name_merchant.as_ref(),
        );
        put(&mut body, "source", source.as_ref());
        put(&mut body, "cost_ex_tax", cost_ex_tax.as_ref());
        put(&mut body, "cost_inc_tax", cost_inc_tax.as_ref());
        put(&mut body, "tax_class_id", tax_class_id.as_ref());
        along(&mut body, aside.as_ref());
        body.retain(|member, _| TAKEN_OF_A_FEE.contains(&member.as_str()));
        Value::Object(body)
    }
}

impl Write for OrderEdit {
    fn write(&self) -> Value {
        let Self {
            status_id,
            staff_notes,
            customer_message,
            customer_id,
            channel_id,
            billing_address,
            shipping_addresses,
            products,
            fees,
            discount_amount,
            shipping_cost_ex_tax,
            shipping_cost_inc_tax,
            payment_method,
            default_currency_code,
            external_order_id,
            external_source,
            date_created,
        } = self;
        let mut body = Map::new();
        macro_rules! puts {
            ($($field:ident)*) => {$(put(&mut body, stringify!($field), $field.as_ref());)*};
        }
        puts! {
            status_id staff_notes customer_message customer_id channel_id billing_address
            shipping_addresses products fees payment_method default_currency_code
            external_order_id external_source
        }
        // Version 2 takes amounts of the whole order as texts, and dates as it writes them.
        let amounts = [
            ("discount_amount", discount_amount),
            ("shipping_cost_ex_tax", shipping_cost_ex_tax),
            ("shipping_cost_inc_tax", shipping_cost_inc_tax),
        ];
        for (member, amount) in amounts {
            put(
                &mut body,
                member,
                amount.map(|amount| amount.to_string()).as_ref(),
            );
        }
        let date = date_created.map(|at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string());
        put(&mut body, "date_created", date.as_ref());
        Value::Object(body)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::wire::node::looked_for;

    #[test]
    fn what_is_read_of_an_order_is_not_kept_aside_as_well() {
        let (order, read) = looked_for(&orders::least(), FullOrder::read);
        order.unwrap();
        let within = WITHIN.iter().map(|(name, _)| *name);
        let known: BTreeSet<_> = KNOWN.iter().copied().chain(within).collect();
        assert_eq!(read, known);
    }
}
