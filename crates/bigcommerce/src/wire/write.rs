//! Bodies of writes: the fields given, and nothing else.

use std::str::FromStr;

use commerce::{
    Aside, BrandId, BulkPricingRuleId, CategoryId, ChannelId, CustomFieldId, CustomerGroupId,
    CustomerId, FeeId, ImageId, ModifierValueId, OptionId, OptionValueId, OrderAddressId,
    OrderLineId, ProductId, Setting, StatusId, TaxClassId, TreeId, VariantId, VideoId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

/// Can be written as JSON.
pub(crate) trait Write {
    fn write(&self) -> Value;
}

/// To the last digit: `19.90` stays `19.90` and passes through no float.
pub(crate) fn number(amount: Decimal) -> Value {
    let number = Number::from_str(&amount.to_string());
    Value::Number(number.expect("a decimal is written as JSON writes numbers"))
}

impl Write for String {
    fn write(&self) -> Value {
        self.as_str().into()
    }
}

impl Write for bool {
    fn write(&self) -> Value {
        (*self).into()
    }
}

impl Write for u64 {
    fn write(&self) -> Value {
        (*self).into()
    }
}

impl Write for i64 {
    fn write(&self) -> Value {
        (*self).into()
    }
}

impl Write for Decimal {
    fn write(&self) -> Value {
        number(*self)
    }
}

/// ISO 8601 with a written-out offset, in whole seconds.
impl Write for Timestamp {
    fn write(&self) -> Value {
        self.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string().into()
    }
}

impl<T: Write> Write for Setting<T> {
    fn write(&self) -> Value {
        match self {
            Self::Cleared => Value::Null,
            Self::To(value) => value.write(),
        }
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Value {
        self.iter().map(Write::write).collect()
    }
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl Write for $id {
            fn write(&self) -> Value {
                self.0.into()
            }
        }
    )*};
}

ids! {
    BrandId BulkPricingRuleId CategoryId ChannelId CustomFieldId CustomerGroupId CustomerId FeeId
    ImageId ModifierValueId OptionId OptionValueId OrderAddressId OrderLineId ProductId StatusId
    TaxClassId TreeId VariantId VideoId
}

/// Sets a member, if it is given.
pub(crate) fn put<T: Write>(body: &mut Map<String, Value>, member: &str, value: Option<&T>) {
    if let Some(value) = value {
        body.insert(member.to_owned(), value.write());
    }
}

/// What was kept aside goes along, but never in place of what is given.
pub(crate) fn along(body: &mut Map<String, Value>, aside: Option<&Aside>) {
    let kept = aside
        .and_then(Aside::as_str)
        .and_then(|text| serde_json::from_str(text).ok());
    if let Some(Value::Object(kept)) = kept {
        for (member, value) in kept {
            body.entry(member).or_insert(value);
        }
    }
}

/// How edits are written. All fields are taken apart by name, so that a new one can't be
/// forgotten; `kind: "type"` where field and member differ.
macro_rules! writes {
    ($($type:ident { $($field:ident $(: $member:literal)?),* $(,)? })*) => {$(
        impl crate::wire::Write for $type {
            fn write(&self) -> serde_json::Value {
                let Self { $($field),* } = self;
                let mut body = serde_json::Map::new();
                $(crate::wire::write::put(
                    &mut body,
                    crate::wire::read::member!($field $($member)?),
                    $field.as_ref(),
                );)*
                serde_json::Value::Object(body)
            }
        }
    )*};
}
pub(crate) use writes;

/// The same for edits that send along what was kept aside.
macro_rules! writes_aside {
    ($($type:ident { $($field:ident $(: $member:literal)?),* $(,)? })*) => {$(
        impl crate::wire::Write for $type {
            fn write(&self) -> serde_json::Value {
                let Self { $($field,)* aside } = self;
                let mut body = serde_json::Map::new();
                $(crate::wire::write::put(
                    &mut body,
                    crate::wire::read::member!($field $($member)?),
                    $field.as_ref(),
                );)*
                crate::wire::write::along(&mut body, aside.as_ref());
                serde_json::Value::Object(body)
            }
        }
    )*};
}
pub(crate) use writes_aside;
