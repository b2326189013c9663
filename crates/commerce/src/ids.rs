//! Ids are types, so that an order's number can't be taken for a customer's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! numeric_id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

numeric_id! {
    /// An order's number, as the shopper and the control panel show it.
    OrderId(u64)
}
numeric_id! {
    /// A registered customer. Guests have none: BigCommerce writes 0 for them, we write `None`.
    CustomerId(u64)
}
numeric_id! {
    /// The place an order came from: a storefront, a marketplace, a point of sale.
    ChannelId(u64)
}
numeric_id! {
    /// An order status, 0 to 14. The label belongs to the store, the meaning to the number.
    StatusId(u32)
}

numeric_id! {
    /// A product of the catalog.
    ProductId(u64)
}
numeric_id! {
    /// One combination of a product's options.
    VariantId(u64)
}
numeric_id! {
    /// A brand of the catalog.
    BrandId(u64)
}
numeric_id! {
    /// A category of the catalog.
    CategoryId(u64)
}
numeric_id! {
    /// A group of customers.
    CustomerGroupId(u64)
}
numeric_id! {
    /// A line of an order. Not the number of the product in it.
    OrderLineId(u64)
}
numeric_id! {
    /// A shipping address of an order.
    OrderAddressId(u64)
}
numeric_id! {
    /// A shipment of an order.
    ShipmentId(u64)
}
numeric_id! {
    /// A class that decides how a product is taxed.
    TaxClassId(u64)
}
numeric_id! {
    /// A country, as version 2 numbers them.
    CountryId(u64)
}
numeric_id! {
    /// A state or province, as version 2 numbers them.
    StateId(u64)
}
numeric_id! {
    /// A currency of the store.
    CurrencyId(u64)
}
numeric_id! {
    /// An option that tells a product's variants apart.
    OptionId(u64)
}
numeric_id! {
    /// One value of an option.
    OptionValueId(u64)
}
numeric_id! {
    /// A modifier: something the shopper chooses or fills in that makes no variant.
    ModifierId(u64)
}
numeric_id! {
    /// One value of a modifier.
    ModifierValueId(u64)
}
numeric_id! {
    /// A picture of a product.
    ImageId(u64)
}
numeric_id! {
    /// A video of a product.
    VideoId(u64)
}
numeric_id! {
    /// A custom field of a product.
    CustomFieldId(u64)
}
numeric_id! {
    /// A bulk pricing rule of a product.
    BulkPricingRuleId(u64)
}
numeric_id! {
    /// A metafield, whatever it belongs to.
    MetafieldId(u64)
}
numeric_id! {
    /// A category tree.
    TreeId(u64)
}
numeric_id! {
    /// A place that holds stock.
    LocationId(u64)
}
numeric_id! {
    /// An address that a customer has saved.
    CustomerAddressId(u64)
}
numeric_id! {
    /// A customer attribute.
    AttributeId(u64)
}
numeric_id! {
    /// What one customer has for an attribute.
    AttributeValueId(u64)
}
numeric_id! {
    /// A refund.
    RefundId(u64)
}
numeric_id! {
    /// A transaction on an order.
    TransactionId(u64)
}
numeric_id! {
    /// A message that belongs to an order.
    MessageId(u64)
}
numeric_id! {
    /// A fee on an order.
    FeeId(u64)
}
numeric_id! {
    /// A tax on one thing of an order.
    OrderTaxId(u64)
}
numeric_id! {
    /// A part of an order that goes out together.
    ConsignmentId(u64)
}

impl StatusId {
    /// A checkout that was never finished. Hidden from lists unless asked for.
    pub const INCOMPLETE: Self = Self(0);
    /// Waits to be packed.
    pub const AWAITING_FULFILLMENT: Self = Self(11);
}

/// The short code that names a store in API paths and control-panel addresses.
///
/// 1 to 32 lower-case letters and digits; those seen are 6 to 10 long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StoreHash(String);

/// A text that can't be a store hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a store hash holds 1 to 32 letters and digits, nothing else")]
pub struct StoreHashError;

impl StoreHash {
    /// The hash as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for StoreHash {
    type Err = StoreHashError;

    fn from_str(text: &str) -> Result<Self, StoreHashError> {
        let hash = text.trim().to_ascii_lowercase();
        let fits = (1..=32).contains(&hash.len());
        if fits && hash.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Ok(Self(hash))
        } else {
            Err(StoreHashError)
        }
    }
}

impl TryFrom<String> for StoreHash {
    type Error = StoreHashError;

    fn try_from(text: String) -> Result<Self, StoreHashError> {
        text.parse()
    }
}

impl From<StoreHash> for String {
    fn from(hash: StoreHash) -> Self {
        hash.0
    }
}

impl fmt::Display for StoreHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
