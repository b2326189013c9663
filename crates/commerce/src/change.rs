//! What can be changed, and by how much two versions differ.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Field, FieldStanding, InventoryTracking, MadeAs, Order, OrderId, Product, ProductId,
    ProductKind, StatusId, merge,
};

/// Values for some of an order's fields. `None` means: not touched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFields {
    /// Order status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_id: Option<StatusId>,
    /// Staff notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_notes: Option<String>,
}

impl OrderFields {
    /// Touches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.status_id.is_none() && self.staff_notes.is_none()
    }

    /// The same fields as `self` touches, with the values they have in `order`.
    #[must_use]
    pub fn as_in(&self, order: &Order) -> Self {
        Self {
            status_id: self.status_id.map(|_| order.status_id),
            staff_notes: self.staff_notes.as_ref().map(|_| order.staff_notes.clone()),
        }
    }

    /// `order` with these values in it.
    #[must_use]
    pub fn put_into(&self, order: &Order) -> Order {
        let mut order = order.clone();
        order.status_id = self.status_id.unwrap_or(order.status_id);
        if let Some(notes) = &self.staff_notes {
            order.staff_notes.clone_from(notes);
        }
        order
    }

    /// Only those fields whose value differs from `before`.
    #[must_use]
    pub fn without_those_in(&self, before: &Self) -> Self {
        Self {
            status_id: self.status_id.filter(|v| Some(*v) != before.status_id),
            staff_notes: self
                .staff_notes
                .clone()
                .filter(|v| Some(v) != before.staff_notes.as_ref()),
        }
    }

    /// Equal for a person: the store may write line ends its own way, and drop blanks at the end.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        let plain = |notes: &Option<String>| {
            notes
                .as_ref()
                .map(|notes| notes.replace("\r\n", "\n").trim_end().to_owned())
        };
        self.status_id == other.status_id && plain(&self.staff_notes) == plain(&other.staff_notes)
    }

    /// Which fields it touches.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let status = self.status_id.map(|_| Field::Status);
        let notes = self.staff_notes.as_ref().map(|_| Field::StaffNotes);
        status.into_iter().chain(notes).collect()
    }

    /// Only the fields that `wanted` accepts.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(Field) -> bool) -> Self {
        Self {
            status_id: self.status_id.filter(|_| wanted(Field::Status)),
            staff_notes: self
                .staff_notes
                .clone()
                .filter(|_| wanted(Field::StaffNotes)),
        }
    }

    /// These values, with those of `other` in their place where it has some.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            status_id: other.status_id.or(self.status_id),
            staff_notes: other
                .staff_notes
                .clone()
                .or_else(|| self.staff_notes.clone()),
        }
    }

    /// How `now` stands to these wanted values, field by field.
    #[must_use]
    pub fn standing(&self, before: &Self, now: &Self) -> Vec<(Field, FieldStanding)> {
        merge::fields(&self.fields(), |field| {
            let only = |values: &Self| values.only(|other| other == field);
            let now = only(now);
            (now.reads_like(&only(self)), now.reads_like(&only(before)))
        })
    }

    /// Touches a field that `other` touches as well.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        (self.status_id.is_some() && other.status_id.is_some())
            || (self.staff_notes.is_some() && other.staff_notes.is_some())
    }
}

/// Values for some of a product's fields. `None` means: not touched.
///
/// Amounts are in the store's default currency. A sale price of 0 means none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductFields {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Stock keeping unit, or empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Physical or digital. Only when a product is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ProductKind>,
    /// Price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Decimal>,
    /// Cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_price: Option<Decimal>,
    /// Sale price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_price: Option<Decimal>,
    /// Weight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
    /// Shown on the storefront.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_visible: Option<bool>,
    /// Description, HTML to the byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How stock is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory_tracking: Option<InventoryTracking>,
    /// Pieces in stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory_level: Option<i64>,
}

/// Does the same with each field, so that a new one can't be forgotten in one place.
macro_rules! each_product_field {
    ($with:ident) => {
        $with!(
            name Name,
            sku Sku,
            kind ProductKind,
            price Price,
            cost_price CostPrice,
            sale_price SalePrice,
            weight Weight,
            is_visible Visible,
            description Description,
            inventory_tracking InventoryTracking,
            inventory_level InventoryLevel
        )
    };
}

impl ProductFields {
    /// Touches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same fields as `self` touches, with the values they have in `product`.
    #[must_use]
    pub fn as_in(&self, product: &Product) -> Self {
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                Self { $($field: self.$field.as_ref().map(|_| product.$field.clone()),)* }
            };
        }
        each_product_field!(with)
    }

    /// All fields, with the values they have in `product`.
    #[must_use]
    pub fn all_of(product: &Product) -> Self {
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                Self { $($field: Some(product.$field.clone()),)* }
            };
        }
        each_product_field!(with)
    }

    /// `product` with these values in it.
    #[must_use]
    pub fn put_into(&self, product: &Product) -> Product {
        let mut product = product.clone();
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                $(if let Some(value) = &self.$field {
                    product.$field = value.clone();
                })*
            };
        }
        each_product_field!(with);
        product
    }

    /// Only those fields whose value differs from `before`.
    #[must_use]
    pub fn without_those_in(&self, before: &Self) -> Self {
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                Self { $($field: self.$field.clone().filter(|v| Some(v) != before.$field.as_ref()),)* }
            };
        }
        each_product_field!(with)
    }

    /// Which fields it touches.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                $(if self.$field.is_some() {
                    fields.push(Field::$name);
                })*
            };
        }
        each_product_field!(with);
        fields
    }

    /// Only the fields that `wanted` accepts.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(Field) -> bool) -> Self {
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                Self { $($field: self.$field.clone().filter(|_| wanted(Field::$name)),)* }
            };
        }
        each_product_field!(with)
    }

    /// These values, with those of `other` in their place where it has some.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                Self { $($field: other.$field.clone().or_else(|| self.$field.clone()),)* }
            };
        }
        each_product_field!(with)
    }

    /// How `now` stands to these wanted values, field by field.
    #[must_use]
    pub fn standing(&self, before: &Self, now: &Self) -> Vec<(Field, FieldStanding)> {
        merge::fields(&self.fields(), |field| {
            let only = |values: &Self| values.only(|other| other == field);
            let now = only(now);
            (now.reads_like(&only(self)), now.reads_like(&only(before)))
        })
    }

    /// Touches something a shopper sees on the storefront.
    #[must_use]
    pub fn shows_on_storefront(&self) -> bool {
        self.name.is_some()
            || self.price.is_some()
            || self.sale_price.is_some()
            || self.is_visible.is_some()
            || self.description.is_some()
            || self.inventory_level.is_some()
            || self.inventory_tracking.is_some()
    }

    /// Equal for a person: the store may trim a name and write line ends its own way.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        let plain = |fields: &Self| Self {
            name: fields.name.as_ref().map(|text| text.trim().to_owned()),
            sku: fields.sku.as_ref().map(|text| text.trim().to_owned()),
            description: fields
                .description
                .as_ref()
                .map(|text| text.replace("\r\n", "\n").trim_end().to_owned()),
            ..fields.clone()
        };
        plain(self) == plain(other)
    }

    /// Touches a field that `other` touches as well.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        macro_rules! with {
            ($($field:ident $name:ident),*) => {
                $((self.$field.is_some() && other.$field.is_some()))||*
            };
        }
        each_product_field!(with)
    }
}

/// Values of some fields of a thing, as they were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// Of an order.
    Order(OrderFields),
    /// Of a product.
    Product(ProductFields),
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An order.
    Order(OrderId),
    /// A product.
    Product(ProductId),
    /// A product that isn't in the store yet, or of which it isn't known yet.
    NewProduct,
}

/// One change of one thing: what it was and what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Change {
    /// Sets fields of an order.
    Order {
        /// The order.
        id: OrderId,
        /// Values before, of the fields it touches.
        before: OrderFields,
        /// Wanted values.
        after: OrderFields,
    },
    /// Sets fields of a product.
    Product {
        /// The product.
        id: ProductId,
        /// Values before, of the fields it touches.
        before: ProductFields,
        /// Wanted values.
        after: ProductFields,
    },
    /// Makes a product.
    CreateProduct {
        /// All that is said of it; name, kind, price and weight always.
        after: ProductFields,
    },
    /// Deletes a product that was made by mistake. Can't be put back.
    DeleteProduct {
        /// The product.
        id: ProductId,
        /// What it has to be like, or nothing is deleted.
        before: MadeAs,
    },
}

impl Change {
    /// What it is about.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Order { id, .. } => Subject::Order(*id),
            Self::Product { id, .. } | Self::DeleteProduct { id, .. } => Subject::Product(*id),
            Self::CreateProduct { .. } => Subject::NewProduct,
        }
    }

    /// Concerns a field that `other` concerns as well, of the same thing.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Order { id, after, .. },
                Self::Order {
                    id: other_id,
                    after: other_after,
                    ..
                },
            ) => id == other_id && after.meets(other_after),
            (
                Self::Product { id, after, .. },
                Self::Product {
                    id: other_id,
                    after: other_after,
                    ..
                },
            ) => id == other_id && after.meets(other_after),
            // Names are unique in a store, so two with the same would be one too many.
            (Self::CreateProduct { after }, Self::CreateProduct { after: other }) => {
                after.name == other.name
            }
            (Self::DeleteProduct { .. }, _) | (_, Self::DeleteProduct { .. }) => {
                self.subject() == other.subject()
            }
            _ => false,
        }
    }

    /// Can be put back once it is done.
    #[must_use]
    pub const fn can_be_put_back(&self) -> bool {
        !matches!(self, Self::DeleteProduct { .. })
    }

    /// Money leaves the shop.
    #[must_use]
    pub const fn moves_money(&self) -> bool {
        match self {
            // A status never moves money. Source: BigCommerce REST reference, "Update an order".
            Self::Order { .. }
            | Self::Product { .. }
            | Self::CreateProduct { .. }
            | Self::DeleteProduct { .. } => false,
        }
    }

    /// Which fields it touches.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        match self {
            Self::Order { after, .. } => after.fields(),
            Self::Product { after, .. } | Self::CreateProduct { after } => after.fields(),
            Self::DeleteProduct { before, .. } => before.fields.fields(),
        }
    }

    /// Of a change of fields only those that `wanted` accepts. Making and deleting are whole.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(Field) -> bool) -> Self {
        match self {
            Self::Order { id, before, after } => Self::Order {
                id: *id,
                before: before.only(&wanted),
                after: after.only(&wanted),
            },
            Self::Product { id, before, after } => Self::Product {
                id: *id,
                before: before.only(&wanted),
                after: after.only(&wanted),
            },
            Self::CreateProduct { .. } | Self::DeleteProduct { .. } => self.clone(),
        }
    }

    /// The same without what people wrote about people: notes. Everything else stays, so that the
    /// list of changes still says what was done.
    #[must_use]
    pub fn without_personal_data(&self) -> Self {
        let mut change = self.clone();
        if let Self::Order { before, after, .. } = &mut change {
            for fields in [before, after] {
                fields.staff_notes = fields.staff_notes.as_ref().map(|_| String::new());
            }
        }
        change
    }
}
