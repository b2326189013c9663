//! An order and its lines as v2 writes them: every field of a real order, in the wire's order.
//!
//! Source: BigCommerce REST reference, "Orders V2"; `custom_status` and `credit_card_type` observed
//! on the wire.

use serde::Serialize;
use serde_json::{Value, json};

use super::consignments;
use crate::dates::Rfc2822;
use crate::gate::refusals;
use crate::http::Response;
use crate::money::Cents;
use crate::query::Query;
use crate::state::Store;
use crate::state::orders::{Fee, Line, Order};
use crate::state::people::Address;

/// A sub-resource that has to be asked for on its own.
#[derive(Serialize)]
pub(super) struct Link {
    url: String,
    resource: String,
}

impl Link {
    /// `resource` starts with a slash; `origin` is the host the link points to.
    pub(super) fn to(store: &Store, origin: &str, resource: String) -> Self {
        Self {
            url: format!("{origin}/stores/{}/v2{resource}", store.identity.hash),
            resource,
        }
    }
}

/// What comes inside an order instead of as a link.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Including {
    pub(super) has_consignments: bool,
    pub(super) has_line_items: bool,
    pub(super) has_fees: bool,
    /// Consignments as an object; a list around it is the older way.
    is_object: bool,
}

impl Including {
    pub(super) fn read(query: &Query) -> Result<Self, Box<Response>> {
        let mut including = Self {
            is_object: query.get("consignment_structure") == Some("object"),
            ..Self::default()
        };
        let text = query.get("include").unwrap_or("");
        for name in text.split(',').filter(|name| !name.is_empty()) {
            match name {
                "consignments" => including.has_consignments = true,
                "consignments.line_items" => {
                    including.has_consignments = true;
                    including.has_line_items = true;
                }
                "fees" => including.has_fees = true,
                _unknown => return Err(Box::new(refusals::v2_invalid("include"))),
            }
        }
        Ok(including)
    }
}

/// A link, or what it leads to.
#[derive(Serialize)]
#[serde(untagged)]
enum Linked {
    Link(Link),
    Whole(Value),
}

#[derive(Serialize)]
pub(super) struct OrderBody<'a> {
    id: u64,
    customer_id: u64,
    date_created: Rfc2822,
    date_modified: Rfc2822,
    /// Empty, not null, while nothing has left.
    date_shipped: String,
    status_id: u8,
    status: &'static str,
    subtotal_ex_tax: Cents,
    subtotal_inc_tax: Cents,
    subtotal_tax: Cents,
    base_shipping_cost: Cents,
    shipping_cost_ex_tax: Cents,
    shipping_cost_inc_tax: Cents,
    shipping_cost_tax: Cents,
    shipping_cost_tax_class_id: u8,
    base_handling_cost: Cents,
    handling_cost_ex_tax: Cents,
    handling_cost_inc_tax: Cents,
    handling_cost_tax: Cents,
    handling_cost_tax_class_id: u8,
    base_wrapping_cost: Cents,
    wrapping_cost_ex_tax: Cents,
    wrapping_cost_inc_tax: Cents,
    wrapping_cost_tax: Cents,
    wrapping_cost_tax_class_id: u8,
    total_ex_tax: Cents,
    total_inc_tax: Cents,
    total_tax: Cents,
    items_total: u64,
    items_shipped: u64,
    payment_method: &'a str,
    payment_provider_id: Option<&'a str>,
    payment_status: &'static str,
    /// Documented as always zero, whatever was refunded. Source: REST reference.
    refunded_amount: Cents,
    order_is_digital: bool,
    store_credit_amount: Cents,
    gift_certificate_amount: Cents,
    ip_address: String,
    ip_address_v6: &'a str,
    geoip_country: &'a str,
    geoip_country_iso2: &'a str,
    currency_id: u8,
    currency_code: &'static str,
    currency_exchange_rate: &'static str,
    default_currency_id: u8,
    default_currency_code: &'static str,
    staff_notes: Option<&'a str>,
    customer_message: Option<&'a str>,
    discount_amount: Cents,
    coupon_discount: Cents,
    shipping_address_count: u8,
    is_deleted: bool,
    ebay_order_id: &'a str,
    cart_id: Option<String>,
    billing_address: BillingBody<'a>,
    is_email_opt_in: bool,
    credit_card_type: Option<&'static str>,
    order_source: &'a str,
    channel_id: u8,
    external_source: Option<&'a str>,
    consignments: Linked,
    products: Link,
    shipping_addresses: Link,
    coupons: Link,
    fees: Linked,
    external_id: Option<&'static str>,
    external_merchant_id: Option<&'a str>,
    tax_provider_id: &'a str,
    customer_locale: &'a str,
    external_order_id: &'a str,
    store_default_currency_code: &'static str,
    store_default_to_transactional_exchange_rate: &'static str,
    custom_status: &'a str,
    is_tax_inclusive_pricing: bool,
}

#[derive(Serialize)]
struct BillingBody<'a> {
    first_name: &'a str,
    last_name: &'a str,
    company: &'a str,
    street_1: &'a str,
    street_2: &'a str,
    city: &'a str,
    state: &'a str,
    zip: &'a str,
    country: &'a str,
    country_iso2: &'a str,
    phone: &'a str,
    email: &'a str,
    form_fields: [u8; 0],
}

impl<'a> BillingBody<'a> {
    fn of(address: &'a Address) -> Self {
        Self {
            first_name: &address.first_name,
            last_name: &address.last_name,
            company: &address.company,
            street_1: &address.street_1,
            street_2: &address.street_2,
            city: &address.city,
            state: &address.state,
            zip: &address.zip,
            country: &address.country,
            country_iso2: &address.country_iso2,
            phone: &address.phone,
            email: &address.email,
            form_fields: [],
        }
    }
}

impl<'a> OrderBody<'a> {
    /// `origin` is the host the links point to.
    pub(super) fn of(
        store: &'a Store,
        order: &'a Order,
        origin: &str,
        including: Including,
    ) -> Self {
        let link = |what: &str| Link::to(store, origin, format!("/orders/{}/{what}", order.id));
        let by_hand = order.source == "manual" || order.source == "external";
        let other = |name: &str| order.others.get(name);
        let text =
            |name: &str, usual: &'a str| other(name).and_then(Value::as_str).unwrap_or(usual);
        let count = |name: &str, usual: u32| {
            other(name)
                .and_then(Value::as_u64)
                .unwrap_or(u64::from(usual))
        };
        let (handling, wrapping) = (order.handling, order.wrapping);
        let (country, country_iso2) = if by_hand {
            ("", "")
        } else {
            (&*order.billing.country, &*order.billing.country_iso2)
        };
        let inside = consignments_of(store, order, origin, including);
        Self {
            id: order.id,
            customer_id: order.customer_id,
            date_created: Rfc2822(order.created),
            date_modified: Rfc2822(order.modified),
            date_shipped: order
                .shipped
                .map(|at| Rfc2822(at).to_string())
                .unwrap_or_default(),
            status_id: order.status.id(),
            status: order.status.name(),
            subtotal_ex_tax: order.subtotal_ex_tax(),
            subtotal_inc_tax: order.subtotal_inc_tax(),
            subtotal_tax: order.subtotal_tax(),
            base_shipping_cost: order.shipping,
            shipping_cost_ex_tax: order.shipping,
            shipping_cost_inc_tax: order.shipping + order.shipping_tax,
            shipping_cost_tax: order.shipping_tax,
            shipping_cost_tax_class_id: 2,
            base_handling_cost: handling.0,
            handling_cost_ex_tax: handling.0,
            handling_cost_inc_tax: handling.1,
            handling_cost_tax: handling.1 - handling.0,
            handling_cost_tax_class_id: 2,
            base_wrapping_cost: wrapping.0,
            wrapping_cost_ex_tax: wrapping.0,
            wrapping_cost_inc_tax: wrapping.1,
            wrapping_cost_tax: wrapping.1 - wrapping.0,
            wrapping_cost_tax_class_id: 3,
            total_ex_tax: order.total_ex_tax(),
            total_inc_tax: order.total_inc_tax(),
            total_tax: order.total_tax(),
            items_total: count("items_total", order.items_total()),
            items_shipped: count("items_shipped", order.items_shipped()),
            payment_method: &order.payment.method,
            payment_provider_id: order.payment.provider_id.as_deref(),
            payment_status: order.payment.status,
            refunded_amount: Cents::ZERO,
            order_is_digital: other("order_is_digital")
                .and_then(Value::as_bool)
                .unwrap_or_else(|| order.is_digital()),
            store_credit_amount: order.store_credit,
            gift_certificate_amount: Cents::ZERO,
            ip_address: match other("ip_address").and_then(Value::as_str) {
                Some(address) => address.to_owned(),
                None if by_hand => String::new(),
                None => order.ip_address(),
            },
            ip_address_v6: text("ip_address_v6", ""),
            geoip_country: text("geoip_country", country),
            geoip_country_iso2: text("geoip_country_iso2", country_iso2),
            currency_id: 1,
            currency_code: "USD",
            currency_exchange_rate: "1.0000000000",
            default_currency_id: 1,
            default_currency_code: "USD",
            staff_notes: order.staff_notes.as_deref(),
            customer_message: order.customer_message.as_deref(),
            discount_amount: order.discount,
            coupon_discount: order.coupon_discount(),
            shipping_address_count: u8::from(!order.is_digital()),
            is_deleted: order.is_archived,
            ebay_order_id: text("ebay_order_id", "0"),
            cart_id: order.cart_id(),
            billing_address: BillingBody::of(&order.billing),
            is_email_opt_in: order.wants_mail,
            credit_card_type: None,
            order_source: text("order_source", &order.source),
            channel_id: 1,
            external_source: other("external_source").and_then(Value::as_str),
            consignments: inside.unwrap_or_else(|| Linked::Link(link("consignments"))),
            products: link("products"),
            shipping_addresses: link("shipping_addresses"),
            coupons: link("coupons"),
            fees: if including.has_fees {
                Linked::Whole(order.fees.iter().map(fee).collect())
            } else {
                Linked::Link(link("fees"))
            },
            external_id: None,
            external_merchant_id: other("external_merchant_id").and_then(Value::as_str),
            tax_provider_id: text("tax_provider_id", "BasicTaxProvider"),
            customer_locale: text("customer_locale", "en"),
            external_order_id: order.external_order_id.as_deref().unwrap_or(""),
            store_default_currency_code: "USD",
            store_default_to_transactional_exchange_rate: "1.0000000000",
            custom_status: store.label_of(order.status),
            is_tax_inclusive_pricing: false,
        }
    }
}

/// The consignments themselves, if they are wanted inside.
fn consignments_of(
    store: &Store,
    order: &Order,
    origin: &str,
    including: Including,
) -> Option<Linked> {
    if !including.has_consignments {
        return None;
    }
    let body = consignments::body(store, order, origin, including.has_line_items);
    Some(Linked::Whole(if including.is_object {
        body
    } else {
        json!([body])
    }))
}

/// A fee that an integration put on an order.
pub(super) fn fee(fee: &Fee) -> Value {
    json!({
        "id": fee.id,
        "type": "custom_fee",
        "display_name_customer": fee.name_customer,
        "display_name_merchant": fee.name_merchant,
        "source": fee.source,
        "base_cost": fee.cost,
        "cost_ex_tax": fee.cost,
        "cost_inc_tax": fee.cost + fee.tax,
        "cost_tax": fee.tax,
        "tax_class_id": fee.tax_class_id,
    })
}

/// One line of an order.
pub(super) fn line(order: &Order, line: &Line) -> Value {
    let quantity = line.quantity.max(1);
    // The unit's tax has four decimals on the wire; the line's is what was charged.
    let unit_tax_tenths = line.tax.0 * 100 / i64::from(quantity);
    let unit_inc = line.price.0 * 100 + unit_tax_tenths;
    let four = |hundredths: i64| format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000);
    let cost = line.cost.to_string();
    let zero = Cents::ZERO.to_string();
    let mut discounts = Vec::new();
    if let (Some(coupon), true) = (&order.coupon, line.coupon > Cents::ZERO) {
        discounts.push(json!({
            "id": "coupon",
            "amount": line.coupon,
            "name": coupon.code,
            "code": coupon.code,
            "target": "order",
        }));
    }
    if line.discount > Cents::ZERO {
        discounts.push(json!({
            "id": "total-discount",
            "amount": line.discount,
            "name": "5 % off over $300",
            "code": null,
            "target": "order",
        }));
    }
    let options: Vec<Value> = line
        .options
        .iter()
        .enumerate()
        .map(|(at, chosen)| {
            json!({
                "id": line.id * 4 + at as u64,
                "option_id": chosen.option_id,
                "order_product_id": line.id,
                "product_option_id": chosen.option_id,
                "display_name": chosen.name,
                "display_name_customer": chosen.name,
                "display_name_merchant": chosen.name,
                "display_value": chosen.value,
                "display_value_customer": chosen.value,
                "display_value_merchant": chosen.value,
                "value": chosen.value_id.to_string(),
                "type": if chosen.name == "Color" { "Swatch" } else { "Multiple choice" },
                "name": format!("{}{}", chosen.name, chosen.option_id),
                "display_style": if chosen.name == "Color" { "" } else { "Rectangle" },
            })
        })
        .collect();
    json!({
        "id": line.id,
        "order_id": order.id,
        "product_id": line.product_id,
        "variant_id": line.variant_id,
        "order_pickup_method_id": 0,
        "order_address_id": if line.is_digital { 0 } else { order.address_id },
        "name": line.name,
        "name_customer": line.name,
        "name_merchant": line.name,
        "sku": line.sku,
        "upc": line.upc,
        "type": if line.is_digital { "digital" } else { "physical" },
        "base_price": line.price,
        "price_ex_tax": line.price,
        "price_inc_tax": four(unit_inc),
        "price_tax": four(unit_tax_tenths),
        "base_total": line.total_ex_tax(),
        "total_ex_tax": line.total_ex_tax(),
        "total_inc_tax": line.total_inc_tax(),
        "total_tax": line.tax,
        "quantity": line.quantity,
        "base_cost_price": cost,
        "cost_price_inc_tax": cost,
        "cost_price_ex_tax": cost,
        "cost_price_tax": zero,
        "weight": line.weight.four_decimals(),
        "width": "0.0000",
        "height": "0.0000",
        "depth": "0.0000",
        "is_refunded": line.refunded == line.quantity,
        "quantity_refunded": line.refunded,
        // Documented as always zero. Source: REST reference.
        "refund_amount": zero,
        "return_id": 0,
        "wrapping_id": 0,
        "wrapping_name": "",
        "base_wrapping_cost": zero,
        "wrapping_cost_ex_tax": zero,
        "wrapping_cost_inc_tax": zero,
        "wrapping_cost_tax": zero,
        "wrapping_message": "",
        "quantity_shipped": line.shipped,
        "event_name": null,
        "event_date": null,
        "fixed_shipping_cost": zero,
        "ebay_item_id": "",
        "ebay_transaction_id": "",
        "option_set_id": null,
        "parent_order_product_id": null,
        "is_bundled_product": false,
        "bin_picking_number": "",
        "external_id": null,
        "fulfillment_source": "",
        "brand": line.brand,
        "gift_certificate_id": null,
        "applied_discounts": discounts,
        "product_options": options,
        "configurable_fields": [],
        "discounted_total_inc_tax": line.total_inc_tax() - line.coupon - line.discount,
    })
}
