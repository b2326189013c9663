//! Amounts in whole cents. Never a float: what adds up here adds up to the cent.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use serde::{Serialize, Serializer};

/// An amount in cents of the store's currency (US dollars).
///
/// Bodies that would lead to amounts beyond [`MOST_OF_A_LINE`] are refused, so sums stay far within
/// 64 bits; what passes them all the same stays at the end of the range instead of starting anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cents(pub(crate) i64);

/// Most that a line of an order may come to: a hundred thousand million. The reference names no bound.
pub(crate) const MOST_OF_A_LINE: Cents = Cents(10_000_000_000_000);

impl Cents {
    pub(crate) const ZERO: Self = Self(0);

    /// This part of the amount, rounded half up. `rate` is in thousandths of a percent: 8.8 % is 8 800.
    pub(crate) fn share(self, rate: u32) -> Self {
        let exact = (i128::from(self.0) * i128::from(rate) + 50_000).div_euclid(100_000);
        Self(i64::try_from(exact).unwrap_or(i64::MAX))
    }

    /// Reads `"12"`, `"12.5"` or `"12.5000"`; finer than a cent is cut off.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = match text.trim().strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.trim()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || !all_digits(whole) || !all_digits(part) {
            return None;
        }
        let cents: String = part.chars().chain("00".chars()).take(2).collect();
        let whole: i64 = whole.parse().ok()?;
        let cents: i64 = cents.parse().ok()?;
        Some(Self(sign * (whole * 100 + cents)))
    }
}

impl fmt::Display for Cents {
    /// As v2 writes it: four decimals, `109.0000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}00", cents / 100, cents % 100)
    }
}

impl Serialize for Cents {
    /// v2: a string with four decimals. Source: BigCommerce REST reference, "Orders V2".
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The same amount as v3 writes it: a JSON number, whole where it can be (`24`, `24.5`, `24.99`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain(pub(crate) Cents);

impl Serialize for Plain {
    #[expect(
        clippy::cast_precision_loss,
        reason = "only the spelling of the number is made here; prices stay far below 2^53 cents"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cents = self.0.0;
        if cents % 100 == 0 {
            serializer.serialize_i64(cents / 100)
        } else {
            serializer.serialize_f64(cents as f64 / 100.0)
        }
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Neg for Cents {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}
impl Mul<u32> for Cents {
    type Output = Self;
    fn mul(self, times: u32) -> Self {
        Self(self.0.saturating_mul(i64::from(times)))
    }
}
impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v2_writes_four_decimals_and_v3_a_number() {
        assert_eq!(
            serde_json::to_string(&Cents(10_900)).unwrap(),
            "\"109.0000\""
        );
        assert_eq!(serde_json::to_string(&Cents(-5)).unwrap(), "\"-0.0500\"");
        assert_eq!(serde_json::to_string(&Plain(Cents(2_400))).unwrap(), "24");
        assert_eq!(
            serde_json::to_string(&Plain(Cents(2_499))).unwrap(),
            "24.99"
        );
    }

    #[test]
    fn a_share_is_rounded_half_up() {
        assert_eq!(Cents(44_130).share(8_800), Cents(3_883));
        assert_eq!(Cents(50).share(1_000), Cents(1));
        assert_eq!(Cents(49).share(1_000), Cents(0));
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(Cents::parse("12"), Some(Cents(1_200)));
        assert_eq!(Cents::parse("12.5"), Some(Cents(1_250)));
        assert_eq!(Cents::parse("-0.0500"), Some(Cents(-5)));
        assert_eq!(Cents::parse("12,5"), None);
        assert_eq!(Cents::parse(""), None);
    }
}
