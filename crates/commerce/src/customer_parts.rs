//! What belongs to a customer, and a customer with all of it.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Address, Aside, AttributeId, AttributeValueId, CategoryId, ChannelId, Customer,
    CustomerAddressId, CustomerGroupId, CustomerId, Parts,
};

/// An address that a customer has saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerAddress {
    /// Number.
    pub id: CustomerAddressId,
    /// Whose.
    pub customer_id: CustomerId,
    /// Person and place.
    pub address: Address,
    /// `residential` or `commercial`.
    pub address_type: String,
    /// What this version doesn't know, form fields included.
    pub aside: Aside,
}

/// Something that the store keeps of every customer besides the usual. A store has at most 50.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerAttribute {
    /// Number.
    pub id: AttributeId,
    /// Name. Unique in the store.
    pub name: String,
    /// `string`, `number` or `date`. Can't be changed.
    pub kind: String,
    /// When it was made, where the store says so.
    pub date_created: Option<Timestamp>,
    /// When it was last touched, where the store says so.
    pub date_modified: Option<Timestamp>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// What one customer has for an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// Number.
    pub id: AttributeValueId,
    /// Attribute.
    pub attribute_id: AttributeId,
    /// Whose.
    pub customer_id: CustomerId,
    /// The value, as text in all three kinds.
    pub attribute_value: String,
    /// When it was made, where the store says so.
    pub date_created: Option<Timestamp>,
    /// When it was last touched, where the store says so.
    pub date_modified: Option<Timestamp>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A field that the store added to its forms, filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Name.
    pub name: String,
    /// What was filled in: one text, or several where several boxes may be ticked.
    pub values: Vec<String>,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// A customer with everything that the store says of them. Of parts, `None` is "not asked for".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullCustomer {
    /// What lists show.
    pub customer: Customer,
    /// Pays no tax, for a reason of this code. May be empty.
    pub tax_exempt_category: String,
    /// How many addresses they have; [`FullCustomer::addresses`] holds ten at most.
    pub address_count: u64,
    /// How many attributes they have; [`FullCustomer::attributes`] holds ten at most.
    pub attribute_count: u64,
    /// Has to choose a new password.
    pub force_password_reset: bool,
    /// Where they registered.
    pub origin_channel_id: Option<ChannelId>,
    /// Channels they may shop on; `None` is all of them.
    pub channel_ids: Option<Parts<ChannelId>>,
    /// Saved addresses.
    pub addresses: Option<Parts<CustomerAddress>>,
    /// Attributes.
    pub attributes: Option<Parts<AttributeValue>>,
    /// Form fields.
    pub form_fields: Option<Parts<FormField>>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerGroup {
    /// Number.
    pub id: CustomerGroupId,
    /// Name. Unique in the store.
    pub name: String,
    /// New customers come into it.
    pub is_default: bool,
    /// Guests are in it.
    pub is_group_for_guests: bool,
    /// Which categories they see.
    pub category_access: CategoryAccess,
    /// What they pay less.
    pub discount_rules: Parts<DiscountRule>,
    /// When it was made, where the store says so.
    pub date_created: Option<Timestamp>,
    /// When it was last touched, where the store says so.
    pub date_modified: Option<Timestamp>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// Which categories a group sees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryAccess {
    /// `all`, `specific` or `none`.
    pub kind: String,
    /// Which, if specific.
    pub categories: Parts<CategoryId>,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// What a group pays less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountRule {
    /// For what: `all`, `category`, `product` or `price_list`.
    pub kind: String,
    /// How: `percent`, `fixed` or `price`. Empty for a price list.
    pub method: String,
    /// How much. 0 for a price list.
    pub amount: Decimal,
    /// The number of the category, product or price list.
    pub of: Option<u64>,
    /// What this version doesn't know.
    pub aside: Aside,
}
