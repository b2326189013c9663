//! Numbers with up to four decimals, as the catalog keeps prices and weights. Never a float.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::money::Cents;

/// Ten-thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Decimal(i64);

/// Most digits before the point.
const WHOLE_DIGITS: i32 = 13;

impl Decimal {
    pub(crate) const ZERO: Self = Self(0);

    pub(crate) const fn whole(number: i64) -> Self {
        Self(number * 10_000)
    }

    pub(crate) const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths * 100)
    }

    pub(crate) const fn from_cents(cents: Cents) -> Self {
        Self::from_hundredths(cents.0)
    }

    /// What an order charges for it: rounded to the cent, half up.
    pub(crate) fn cents(self) -> Cents {
        Cents((self.0 + 50).div_euclid(100))
    }

    /// As v2 writes it: `0.9500`.
    pub(crate) fn four_decimals(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = self.0.unsigned_abs();
        format!("{sign}{}.{:04}", digits / 10_000, digits % 10_000)
    }

    /// Reads `12`, `12.5`, `-0.25` or `1.2e3`; a fifth decimal is rounded, half away from zero. `None`
    /// for anything else, and where 13 digits before the point are not enough.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, mantissa),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all: Vec<i64> = whole
            .bytes()
            .chain(part.bytes())
            .map(|byte| byte.is_ascii_digit().then(|| i64::from(byte - b'0')))
            .collect::<Option<_>>()?;
        if whole.is_empty() {
            return None;
        }
        let leading = all.iter().take_while(|digit| **digit == 0).count();
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        if leading == all.len() {
            return Some(Self::ZERO);
        }
        if point.saturating_sub(i32::try_from(leading).ok()?) > WHOLE_DIGITS {
            return None;
        }
        // The digit at place `point + 4` decides about rounding.
        let digit = |at: i32| {
            usize::try_from(at)
                .ok()
                .and_then(|at| all.get(at).copied())
                .unwrap_or(0)
        };
        let mut amount = 0_i64;
        for at in 0..point.saturating_add(4) {
            amount = amount * 10 + digit(at);
        }
        if digit(point.saturating_add(4)) >= 5 {
            amount += 1;
        }
        Some(Self(sign * amount))
    }

    /// A JSON number, or one in a string: the store takes both.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::parse(&number.to_string()),
            Value::String(text) => Self::parse(text.trim()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

impl Serialize for Decimal {
    /// A JSON number, whole where it can be (`24`, `24.5`, `0.0125`).
    #[expect(
        clippy::cast_precision_loss,
        reason = "only the spelling of the number is made here; the digits that are kept stay below 2^53"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 10_000 == 0 {
            serializer.serialize_i64(self.0 / 10_000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 10_000.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_json_spells_them() {
        assert_eq!(Decimal::parse("12"), Some(Decimal::whole(12)));
        assert_eq!(Decimal::parse("24.99"), Some(Decimal(249_900)));
        assert_eq!(Decimal::parse("1.2e3"), Some(Decimal::whole(1_200)));
        assert_eq!(Decimal::parse("5E-5"), Some(Decimal(1)));
        assert_eq!(Decimal::parse("-0.00004"), Some(Decimal(0)));
        assert_eq!(
            Decimal::parse("9999999999"),
            Some(Decimal::whole(9_999_999_999))
        );
        for wrong in [
            "",
            "-",
            ".5",
            "1,5",
            "1e",
            "12 ",
            "99999999999999",
            "1e40",
            "NaN",
        ] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_order_charges_whole_cents() {
        assert_eq!(Decimal(199_950).cents(), Cents(2_000));
        assert_eq!(Decimal(199_949).cents(), Cents(1_999));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(amount in 0_i64..900_000_000_000_000) {
            let written = serde_json::to_string(&Decimal(amount)).unwrap();
            prop_assert_eq!(Decimal::parse(&written), Some(Decimal(amount)), "{}", written);
        }
    }
}
