//! Reading by type: what a field is decides how tolerant it is read.
//!
//! Texts, amounts and counts that are missing are empty or zero; ids have to be there unless they
//! are optional; a date that can't be read is left out, because nothing is decided by it.

use commerce::{
    AttributeId, AttributeValueId, BrandId, BulkPricingRuleId, CategoryId, ChannelId,
    ConsignmentId, CountryId, CurrencyCode, CurrencyId, CustomFieldId, CustomerAddressId,
    CustomerGroupId, CustomerId, FeeId, ImageId, LocationId, MessageId, MetafieldId, ModifierId,
    ModifierValueId, OptionId, OptionValueId, OrderAddressId, OrderId, OrderLineId, OrderTaxId,
    Parts, ProductId, RefundId, StateId, TaxClassId, TransactionId, TreeId, VariantId, VideoId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{Misfit, Node};

/// Can be read from where it stands.
pub(crate) trait Read: Sized {
    fn read(node: &Node<'_>) -> Result<Self, Misfit>;
}

impl Read for String {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.text()
    }
}

impl Read for bool {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.truth()
    }
}

impl Read for Decimal {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.amount()
    }
}

impl Read for Option<Decimal> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_blank() {
            Ok(None)
        } else {
            node.decimal().map(Some)
        }
    }
}

impl Read for u64 {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_blank() { Ok(0) } else { node.whole() }
    }
}

impl Read for u32 {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_blank() { Ok(0) } else { node.small() }
    }
}

impl Read for i64 {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_blank() {
            Ok(0)
        } else {
            node.signed()
        }
    }
}

impl Read for CurrencyCode {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.text()?
            .parse()
            .map_err(|_| node.misfit("not a currency code"))
    }
}

impl Read for Option<CurrencyCode> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        Ok(node.text().ok().and_then(|text| text.parse().ok()))
    }
}

impl Read for Option<Timestamp> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        Ok(node.date_if_any().ok().flatten())
    }
}

/// Every item has to be readable: it is part of what the thing is.
impl<T: Read> Read for Vec<T> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.items()?.map(|item| T::read(&item)).collect()
    }
}

impl<T: Read> Read for Parts<T> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.parts(T::read)
    }
}

/// What was not asked for is absent, or a link to where it can be had.
impl<T: Read> Read for Option<Parts<T>> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_absent() || node.is_object() {
            Ok(None)
        } else {
            node.parts(T::read).map(Some)
        }
    }
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl Read for $id {
            fn read(node: &Node<'_>) -> Result<Self, Misfit> {
                node.whole().map($id)
            }
        }

        impl Read for Option<$id> {
            fn read(node: &Node<'_>) -> Result<Self, Misfit> {
                Ok(node.id_if_any()?.map($id))
            }
        }
    )*};
}

ids! {
    AttributeId AttributeValueId BrandId BulkPricingRuleId CategoryId ChannelId ConsignmentId
    CountryId CurrencyId CustomFieldId CustomerAddressId CustomerGroupId CustomerId FeeId ImageId
    LocationId MessageId MetafieldId ModifierId ModifierValueId OptionId OptionValueId OrderId
    OrderLineId OrderAddressId OrderTaxId ProductId RefundId StateId TaxClassId TransactionId TreeId VariantId VideoId
}

/// The member's name: the field's own, or another.
macro_rules! member {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $member:literal) => {
        $member
    };
}
pub(crate) use member;

/// How things are read, member by member; `kind: "type"` where field and member differ.
macro_rules! reads {
    ($($type:ident { $($field:ident $(: $member:literal)?),* $(,)? })*) => {$(
        impl crate::wire::Read for $type {
            fn read(node: &crate::wire::Node<'_>) -> Result<Self, crate::wire::Misfit> {
                node.object()?;
                Ok(Self {
                    $($field: crate::wire::Read::read(
                        &node.field(crate::wire::read::member!($field $($member)?)),
                    )?,)*
                })
            }
        }
    )*};
}
pub(crate) use reads;

/// The same for things that keep all other members aside.
macro_rules! reads_aside {
    ($($type:ident { $($field:ident $(: $member:literal)?),* $(,)? })*) => {$(
        impl crate::wire::Read for $type {
            fn read(node: &crate::wire::Node<'_>) -> Result<Self, crate::wire::Misfit> {
                node.object()?;
                Ok(Self {
                    $($field: crate::wire::Read::read(
                        &node.field(crate::wire::read::member!($field $($member)?)),
                    )?,)*
                    aside: node.aside(&[
                        $(crate::wire::read::member!($field $($member)?),)*
                    ]),
                })
            }
        }
    )*};
}
pub(crate) use reads_aside;
