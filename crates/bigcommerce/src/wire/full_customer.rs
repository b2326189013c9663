//! A customer with all that the store says of them, and what belongs to customers.

use commerce::{
    AttributeValue, CategoryAccess, CategoryAccessEdit, CustomerAddress, CustomerAddressEdit,
    CustomerAttribute, CustomerEdit, CustomerGroup, CustomerGroupEdit, DiscountRule, FormField,
    FullCustomer,
};
use serde_json::{Map, Value, json};

use super::{
    Misfit, Node, Read, Write, customers, people,
    read::reads_aside,
    write::{along, number, put, writes_aside},
};

const KNOWN: &[&str] = &[
    "id",
    "email",
    "first_name",
    "last_name",
    "company",
    "phone",
    "notes",
    "customer_group_id",
    "store_credit_amounts",
    "addresses",
    "accepts_product_review_abandoned_cart_emails",
    "date_created",
    "date_modified",
    "tax_exempt_category",
    "address_count",
    "attribute_count",
    "origin_channel_id",
    "channel_ids",
    "attributes",
    "form_fields",
];

impl Read for FullCustomer {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        Ok(Self {
            customer: customers::customer(node)?,
            tax_exempt_category: Read::read(&node.field("tax_exempt_category"))?,
            address_count: Read::read(&node.field("address_count")).unwrap_or_default(),
            attribute_count: Read::read(&node.field("attribute_count")).unwrap_or_default(),
            force_password_reset: node
                .field("authentication")
                .field("force_password_reset")
                .truth()
                .unwrap_or_default(),
            origin_channel_id: Read::read(&node.field("origin_channel_id"))?,
            channel_ids: Read::read(&node.field("channel_ids"))?,
            addresses: Read::read(&node.field("addresses"))?,
            attributes: Read::read(&node.field("attributes"))?,
            form_fields: Read::read(&node.field("form_fields"))?,
            aside: node.aside_within(KNOWN, &[("authentication", &["force_password_reset"])]),
        })
    }
}

impl Read for CustomerAddress {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        Ok(Self {
            id: Read::read(&node.field("id"))?,
            customer_id: Read::read(&node.field("customer_id"))?,
            address: people::customer_address(node)?,
            address_type: Read::read(&node.field("address_type"))?,
            aside: node.aside(&[
                "id",
                "customer_id",
                "first_name",
                "last_name",
                "company",
                "address1",
                "address2",
                "city",
                "state_or_province",
                "postal_code",
                "country",
                "country_code",
                "phone",
                "address_type",
            ]),
        })
    }
}

impl Read for FormField {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        let value = node.field("value");
        let values = if value.is_list() {
            Vec::read(&value)?
        } else {
            vec![value.text()?]
        };
        Ok(Self {
            name: Read::read(&node.field("name"))?,
            values,
            aside: node.aside(&["name", "value"]),
        })
    }
}

reads_aside! {
    CustomerAttribute { id, name, kind: "type", date_created, date_modified }
    AttributeValue {
        id, attribute_id, customer_id, attribute_value, date_created, date_modified,
    }
    CustomerGroup {
        id, name, is_default, is_group_for_guests, category_access, discount_rules, date_created,
        date_modified,
    }
}

impl Read for CategoryAccess {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_nothing() {
            return Ok(Self::default());
        }
        node.object()?;
        Ok(Self {
            kind: Read::read(&node.field("type"))?,
            categories: Read::read(&node.field("categories"))?,
            aside: node.aside(&["type", "categories"]),
        })
    }
}

/// Which member names the number, by kind.
fn of_what(kind: &str) -> Option<&'static str> {
    match kind {
        "category" => Some("category_id"),
        "product" => Some("product_id"),
        "price_list" => Some("price_list_id"),
        _ => None,
    }
}

impl Read for DiscountRule {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        let kind: String = Read::read(&node.field("type"))?;
        let of = match of_what(&kind) {
            Some(member) => node.field(member).id_if_any()?,
            None => None,
        };
        let aside = node.aside(&["type", "method", "amount", of_what(&kind).unwrap_or("type")]);
        Ok(Self {
            kind,
            method: Read::read(&node.field("method"))?,
            amount: Read::read(&node.field("amount"))?,
            of,
            aside,
        })
    }
}

impl Write for DiscountRule {
    fn write(&self) -> Value {
        let Self {
            kind,
            method,
            amount,
            of,
            aside,
        } = self;
        let mut body = Map::new();
        body.insert("type".to_owned(), kind.as_str().into());
        if kind != "price_list" {
            body.insert("method".to_owned(), method.as_str().into());
            body.insert("amount".to_owned(), amount.to_string().into());
        }
        if let (Some(member), Some(of)) = (of_what(kind), of) {
            body.insert(member.to_owned(), (*of).into());
        }
        along(&mut body, Some(aside));
        Value::Object(body)
    }
}

impl Write for CategoryAccessEdit {
    fn write(&self) -> Value {
        let Self {
            kind,
            categories,
            aside,
        } = self;
        let mut body = Map::new();
        body.insert("type".to_owned(), kind.as_str().into());
        if kind == "specific" {
            body.insert("categories".to_owned(), categories.write());
        }
        along(&mut body, Some(aside));
        Value::Object(body)
    }
}

super::write::writes! {
    CustomerGroupEdit { name, is_default, is_group_for_guests, category_access, discount_rules }
}

writes_aside! {
    CustomerAddressEdit {
        first_name, last_name, company, address1, address2, city, state_or_province, postal_code,
        country_code, phone, address_type,
    }
}

impl Write for CustomerEdit {
    fn write(&self) -> Value {
        let Self {
            email,
            first_name,
            last_name,
            company,
            phone,
            notes,
            tax_exempt_category,
            customer_group_id,
            store_credit,
            accepts_product_review_abandoned_cart_emails,
            force_password_reset,
            channel_ids,
            trigger_account_created_notification,
            addresses,
        } = self;
        let mut body = Map::new();
        macro_rules! puts {
            ($($field:ident)*) => {$(put(&mut body, stringify!($field), $field.as_ref());)*};
        }
        puts! {
            email first_name last_name company phone notes tax_exempt_category customer_group_id
            accepts_product_review_abandoned_cart_emails channel_ids
            trigger_account_created_notification addresses
        }
        if let Some(credit) = store_credit {
            let amounts = json!([{"amount": number(*credit)}]);
            body.insert("store_credit_amounts".to_owned(), amounts);
        }
        if let Some(force) = force_password_reset {
            let authentication = json!({"force_password_reset": force});
            body.insert("authentication".to_owned(), authentication);
        }
        Value::Object(body)
    }
}
