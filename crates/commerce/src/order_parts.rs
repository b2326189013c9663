//! What belongs to an order and is asked for by itself.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Address, Aside, Money, OrderAddressId, OrderLineId, Parts, ProductId, ShipmentId, VariantId,
};

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Number of the line; not the product's.
    pub id: OrderLineId,
    /// The product, `None` for a line typed by hand or a product that was deleted.
    pub product_id: Option<ProductId>,
    /// The variant.
    pub variant_id: Option<VariantId>,
    /// Name as it was sold.
    pub name: String,
    /// Stock keeping unit as it was sold, or empty.
    pub sku: String,
    /// Chosen options in the store's words, name and value.
    #[serde(
        serialize_with = "crate::aside::list_if_whole",
        deserialize_with = "crate::aside::parts_or_list"
    )]
    pub options: Parts<(String, String)>,
    /// Pieces ordered.
    pub quantity: Decimal,
    /// Pieces that have gone out.
    pub quantity_shipped: Decimal,
    /// Pieces that were refunded.
    pub quantity_refunded: Decimal,
    /// Price of one piece, without tax, before discounts.
    pub unit_price: Money,
    /// The same with tax, where the store says so.
    #[serde(default)]
    pub price_inc_tax: Option<Money>,
    /// Of all pieces, without tax and before discounts: all lines together make the subtotal.
    pub total: Money,
    /// What discounts and coupons take off this line, as a positive amount: all of
    /// [`OrderLine::applied_discounts`] that could be read. Part of the order's own discount.
    pub discount: Money,
    /// The discounts and coupons by themselves.
    #[serde(default)]
    pub applied_discounts: Parts<LineDiscount>,
    /// The address it goes to.
    pub address_id: Option<OrderAddressId>,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// A discount or a coupon that takes something off a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDiscount {
    /// What it is, as the store knows it: `coupon`, `manual-discount`, … May be empty.
    pub id: String,
    /// Name. May be empty.
    pub name: String,
    /// Code of the coupon. Empty where it is none.
    pub code: String,
    /// What it was given on: `order` or `product`. May be empty.
    pub target: String,
    /// What it takes off, as a positive amount.
    pub amount: Money,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// Where (a part of) an order goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingAddress {
    /// Number.
    pub id: OrderAddressId,
    /// Person and place.
    pub address: Address,
    /// How it is shipped, in the store's words. May be empty.
    pub method: String,
    /// What shipping there costs, without tax.
    pub cost: Money,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// A parcel that has gone out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Number.
    pub id: ShipmentId,
    /// When it was entered, where the store says so.
    pub created_at: Option<Timestamp>,
    /// Tracking number, or empty.
    pub tracking_number: String,
    /// Address of a page that follows the parcel, as the store gives it, or empty.
    pub tracking_link: String,
    /// Carrier in the store's words, or empty: what the store calls it, or else one of the two
    /// that follow.
    pub carrier: String,
    /// Code of whoever ships it, as the store knows them: `royalmail`. May be empty.
    #[serde(default)]
    pub shipping_provider: String,
    /// Code of the carrier for those who follow parcels: `royal-mail`. May be empty.
    #[serde(default)]
    pub tracking_carrier: String,
    /// The address it goes to.
    #[serde(default)]
    pub order_address_id: Option<OrderAddressId>,
    /// How it was shipped, in the store's words. May be empty.
    pub method: String,
    /// For the shopper. May be empty.
    pub comments: String,
    /// Lines in it and how many pieces of each.
    #[serde(deserialize_with = "crate::aside::parts_or_list")]
    pub items: Parts<(OrderLineId, Decimal)>,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

impl Shipment {
    /// Address of the page that follows the parcel, if it is one a person can be sent to: over
    /// https, at a host with a plain name and nothing before it that could pass for another, in
    /// characters that mean nothing else anywhere. Whatever else a store has there is text.
    #[must_use]
    pub fn tracking_page(&self) -> Option<&str> {
        let link = self.tracking_link.as_str();
        let rest = link.strip_prefix("https://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        let is_label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let is_name = host.split('.').all(is_label)
            && host
                .rsplit('.')
                .next()
                .is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic()))
            && host.contains('.');
        let is_plain = link.len() <= 2_000
            && link.bytes().all(|b| {
                b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'\\' | b'`' | b'<' | b'>')
            });
        (is_name && is_plain).then_some(link)
    }
}

/// A coupon used on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCoupon {
    /// Its code.
    pub code: String,
    /// What it took off.
    pub discount: Money,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// One tax on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTax {
    /// Its name, in the store's words.
    pub name: String,
    /// Rate in percent.
    pub rate: Decimal,
    /// Amount.
    pub amount: Money,
}

impl OrderTax {
    /// One for each name and rate, in the order of their first appearance. Two that can't be added
    /// stay apart.
    #[must_use]
    pub fn summed(taxes: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut sums: Vec<Self> = Vec::new();
        for tax in taxes {
            let same = sums
                .iter_mut()
                .filter(|sum| sum.name == tax.name && sum.rate == tax.rate)
                .find_map(|sum| Some((sum.amount.plus(tax.amount).ok()?, sum)));
            match same {
                Some((amount, sum)) => sum.amount = amount,
                None => sums.push(tax),
            }
        }
        sums
    }
}

/// A refund made on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRefund {
    /// When, where the store says so.
    pub created_at: Option<Timestamp>,
    /// Why, in the shop's words. May be empty.
    pub reason: String,
    /// Total.
    pub amount: Money,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// Everything that belongs to one order and doesn't come with the list of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderParts {
    /// Lines.
    pub lines: Vec<OrderLine>,
    /// Where it goes.
    pub shipping_addresses: Vec<ShippingAddress>,
    /// Parcels that have gone out.
    pub shipments: Vec<Shipment>,
    /// Coupons used.
    pub coupons: Vec<OrderCoupon>,
    /// Taxes, one for each name and rate.
    pub taxes: Vec<OrderTax>,
    /// Refunds.
    pub refunds: Vec<OrderRefund>,
    /// Parts that could not be read, each with the reason. Words for the details only.
    pub unreadable: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taxes_of_one_name_and_rate_are_one_tax() {
        let tax = |name: &str, rate: &str, amount: &str, currency: &str| OrderTax {
            name: name.to_owned(),
            rate: rate.parse().unwrap(),
            amount: Money::new(amount.parse().unwrap(), currency.parse().unwrap()),
        };
        let sums = OrderTax::summed([
            tax("VAT", "20", "1.10", "GBP"),
            tax("Duty", "5", "2", "GBP"),
            tax("VAT", "20.0000", "0.20", "GBP"),
            tax("VAT", "5", "7", "GBP"),
            tax("VAT", "20", "3", "EUR"),
        ]);
        assert_eq!(
            sums,
            [
                tax("VAT", "20", "1.30", "GBP"),
                tax("Duty", "5", "2", "GBP"),
                tax("VAT", "5", "7", "GBP"),
                tax("VAT", "20", "3", "EUR"),
            ]
        );
    }

    #[test]
    fn parts_that_were_kept_before_more_was_known_of_them_are_read() {
        let without = |mut kept: serde_json::Value, members: &[&str]| {
            for member in members {
                let removed = kept.as_object_mut().unwrap().remove(*member);
                assert!(removed.is_some(), "{member}");
            }
            kept
        };
        let mut kept = without(
            serde_json::to_value(shipment()).unwrap(),
            &[
                "shipping_provider",
                "tracking_carrier",
                "order_address_id",
                "aside",
            ],
        );
        let read =
            |kept: &serde_json::Value| serde_json::from_str::<Shipment>(&kept.to_string()).unwrap();
        assert_eq!(read(&kept), shipment());
        let list = kept["items"]["items"].take();
        assert!(list.is_array());
        kept["items"] = list;
        assert_eq!(read(&kept), shipment());
        let kept = without(
            serde_json::to_value(line()).unwrap(),
            &["price_inc_tax", "applied_discounts", "aside"],
        );
        assert_eq!(serde_json::from_value::<OrderLine>(kept).unwrap(), line());
    }

    #[test]
    fn options_are_kept_as_a_list_unless_one_could_not_be_read() {
        let whole = OrderLine {
            options: vec![("Size".to_owned(), "Large".to_owned())].into(),
            ..line()
        };
        let kept = serde_json::to_value(&whole).unwrap();
        assert_eq!(kept["options"], serde_json::json!([["Size", "Large"]]));
        let mut cut = whole.clone();
        cut.options.unreadable.push(crate::Unreadable {
            path: "$[0].product_options[1]".to_owned(),
            reason: "an object was expected, nothing found".to_owned(),
        });
        for line in [whole, cut] {
            let kept = serde_json::to_string(&line).unwrap();
            assert_eq!(serde_json::from_str::<OrderLine>(&kept).unwrap(), line);
        }
    }

    fn line() -> OrderLine {
        let price = Money::new(Decimal::TEN, "GBP".parse().unwrap());
        OrderLine {
            id: OrderLineId(11),
            product_id: Some(ProductId(7)),
            variant_id: None,
            name: "Kettle".to_owned(),
            sku: String::new(),
            options: Parts::default(),
            quantity: Decimal::ONE,
            quantity_shipped: Decimal::ZERO,
            quantity_refunded: Decimal::ZERO,
            unit_price: price,
            price_inc_tax: None,
            total: price,
            discount: price,
            applied_discounts: Parts::default(),
            address_id: None,
            aside: Aside::NOTHING,
        }
    }

    #[test]
    fn only_a_plain_https_address_is_a_page_to_follow_a_parcel() {
        let page = |link: &str| {
            let shipment = Shipment {
                tracking_link: link.to_owned(),
                ..shipment()
            };
            shipment.tracking_page().map(str::to_owned)
        };
        for link in [
            "https://track.example.com/",
            "https://track.example.com/parcels?id=1Z999&lang=en#now",
            "https://example.com",
        ] {
            assert_eq!(page(link).as_deref(), Some(link));
        }
        for link in [
            "",
            "1Z999",
            "http://track.example.com/",
            "HTTPS://track.example.com/",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https:///path",
            "https://localhost/x",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://track.example.com:8443/x",
            "https://track.example.com@elsewhere.example/x",
            "https://track.example.com\\@elsewhere.example",
            "https://tr\u{430}ck.example.com/",
            "https://track.example.com/a b",
            "https://track.example.com/\n--flag",
            "https://track.example.com/'; rm -rf ~",
            " https://track.example.com/",
        ] {
            assert_eq!(page(link), None, "{link:?}");
        }
        assert_eq!(
            page(&format!("https://example.com/{}", "a".repeat(2_000))),
            None
        );
    }

    fn shipment() -> Shipment {
        Shipment {
            id: ShipmentId(1),
            created_at: None,
            tracking_number: String::new(),
            tracking_link: String::new(),
            carrier: String::new(),
            shipping_provider: String::new(),
            tracking_carrier: String::new(),
            order_address_id: None,
            method: String::new(),
            comments: String::new(),
            items: vec![(OrderLineId(11), Decimal::ONE)].into(),
            aside: Aside::NOTHING,
        }
    }
}
