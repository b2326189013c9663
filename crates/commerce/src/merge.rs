//! Comparing three versions of a thing, field by field: as it was, as it should be, as it is.

use serde::{Deserialize, Serialize};

/// A field that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the fields")]
pub enum Field {
    Status,
    StaffNotes,
    Name,
    Sku,
    ProductKind,
    Price,
    CostPrice,
    SalePrice,
    Weight,
    Visible,
    Description,
    InventoryTracking,
    InventoryLevel,
}

impl Field {
    /// BigCommerce's name for it in requests and answers.
    ///
    /// Source: BigCommerce REST reference, "Update an order", "Update a product".
    #[must_use]
    pub const fn member(self) -> &'static str {
        match self {
            Self::Status => "status_id",
            Self::StaffNotes => "staff_notes",
            Self::Name => "name",
            Self::Sku => "sku",
            Self::ProductKind => "type",
            Self::Price => "price",
            Self::CostPrice => "cost_price",
            Self::SalePrice => "sale_price",
            Self::Weight => "weight",
            Self::Visible => "is_visible",
            Self::Description => "description",
            Self::InventoryTracking => "inventory_tracking",
            Self::InventoryLevel => "inventory_level",
        }
    }

    /// It is a field of orders; the others are of products.
    #[must_use]
    pub const fn is_of_orders(self) -> bool {
        matches!(self, Self::Status | Self::StaffNotes)
    }

    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Status,
        Self::StaffNotes,
        Self::Name,
        Self::Sku,
        Self::ProductKind,
        Self::Price,
        Self::CostPrice,
        Self::SalePrice,
        Self::Weight,
        Self::Visible,
        Self::Description,
        Self::InventoryTracking,
        Self::InventoryLevel,
    ];
}

/// How the store stands to what is wanted of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldStanding {
    /// As it was when the change was planned.
    AsBefore,
    /// As the change wants it.
    AsWanted,
    /// Neither: somebody else has changed it.
    Otherwise,
}

/// Wanted wins over before where both read alike: then there is nothing to send.
pub(crate) fn fields(
    touched: &[Field],
    compare: impl Fn(Field) -> (bool, bool),
) -> Vec<(Field, FieldStanding)> {
    touched
        .iter()
        .map(|field| {
            let standing = match compare(*field) {
                (true, _) => FieldStanding::AsWanted,
                (false, true) => FieldStanding::AsBefore,
                (false, false) => FieldStanding::Otherwise,
            };
            (*field, standing)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OrderFields, ProductFields, StatusId};

    #[test]
    fn each_field_is_compared_by_itself() {
        let fields = |name: &str, price: &str, visible| ProductFields {
            name: Some(name.into()),
            price: Some(price.parse().unwrap()),
            is_visible: Some(visible),
            ..ProductFields::default()
        };
        let (before, after) = (fields("a", "1", true), fields("b", "2", false));
        let now = fields("b", "1.00", true);
        assert_eq!(
            after.standing(&before, &now),
            [
                (Field::Name, FieldStanding::AsWanted),
                (Field::Price, FieldStanding::AsBefore),
                (Field::Visible, FieldStanding::AsBefore),
            ]
        );
        let now = fields("c", "2", true);
        assert_eq!(
            after.standing(&before, &now)[0],
            (Field::Name, FieldStanding::Otherwise)
        );
    }

    #[test]
    fn line_ends_and_blanks_at_the_end_are_no_change_of_somebody_elses() {
        let notes = |text: &str| OrderFields {
            status_id: None,
            staff_notes: Some(text.into()),
        };
        let standing = notes("new").standing(&notes("one\ntwo"), &notes("one\r\ntwo "));
        assert_eq!(standing, [(Field::StaffNotes, FieldStanding::AsBefore)]);
    }

    #[test]
    fn what_is_kept_of_a_change_is_what_was_asked_for() {
        let fields = OrderFields {
            status_id: Some(StatusId(2)),
            staff_notes: Some("n".into()),
        };
        let status = fields.only(|field| field == Field::Status);
        assert_eq!(status.fields(), [Field::Status]);
    }
}
