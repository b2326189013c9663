//! Moving prices, many alike.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::AMOUNT_MAX;

/// What becomes of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceChange {
    /// It is this from now on.
    To(Decimal),
    /// It rises by so much; falls, if that is negative.
    By(Decimal),
    /// It rises by so many percent; falls, if that is negative.
    ByPercent(Decimal),
}

/// To which amounts a price is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceRounding {
    /// So many places behind the point; half a unit away from zero.
    Places(u32),
    /// The nearest amount that ends so: `0.99` makes 19.40 into 18.99 or 19.99, whichever is
    /// nearer, and the higher of two that are equally near. At least 0 and less than 1.
    EndingIn(Decimal),
}

impl PriceChange {
    /// The new price; `None` if it falls below zero or past what a store takes.
    #[must_use]
    pub fn of(self, price: Decimal, rounding: PriceRounding) -> Option<Decimal> {
        let moved = match self {
            Self::To(amount) => amount,
            Self::By(amount) => price.checked_add(amount)?,
            Self::ByPercent(percent) => {
                let part = price
                    .checked_mul(percent)?
                    .checked_div(Decimal::ONE_HUNDRED)?;
                price.checked_add(part)?
            }
        };
        if moved < Decimal::ZERO {
            return None;
        }
        let rounded = rounding.of(moved)?;
        (rounded <= Decimal::from(AMOUNT_MAX)).then_some(rounded)
    }
}

impl PriceRounding {
    fn of(self, amount: Decimal) -> Option<Decimal> {
        match self {
            Self::Places(places) => {
                Some(amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
            }
            Self::EndingIn(end) => {
                let whole = amount.floor();
                [Decimal::ONE, Decimal::ZERO, Decimal::NEGATIVE_ONE]
                    .into_iter()
                    .filter_map(|step| whole.checked_add(step)?.checked_add(end))
                    .filter(|candidate| *candidate >= Decimal::ZERO)
                    // Of equally near ones the first, which is the higher, stays.
                    .min_by_key(|candidate| (*candidate - amount).abs())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_price_is_set_or_moved_by_an_amount_or_by_percent() {
        let cents = PriceRounding::Places(2);
        assert_eq!(
            PriceChange::To(d("12.5")).of(d("20"), cents),
            Some(d("12.5"))
        );
        assert_eq!(
            PriceChange::By(d("-0.55")).of(d("20"), cents),
            Some(d("19.45"))
        );
        assert_eq!(
            PriceChange::ByPercent(d("12.5")).of(d("19.99"), cents),
            Some(d("22.49"))
        );
        assert_eq!(PriceChange::By(d("-21")).of(d("20"), cents), None);
        let nines = d("9999999999");
        assert_eq!(PriceChange::ByPercent(d("1")).of(nines, cents), None);
    }

    #[test]
    fn a_price_ends_as_wanted_at_the_nearest_amount_that_does() {
        let ends = PriceRounding::EndingIn(d("0.99"));
        let of = |price: &str| PriceChange::By(Decimal::ZERO).of(d(price), ends).unwrap();
        assert_eq!(of("19.40"), d("18.99"));
        assert_eq!(of("19.50"), d("19.99"));
        assert_eq!(of("20.00"), d("19.99"));
        assert_eq!(of("0.10"), d("0.99"));
        let round = PriceRounding::EndingIn(Decimal::ZERO);
        assert_eq!(PriceChange::To(d("7.5")).of(d("1"), round), Some(d("8")));
    }
}
