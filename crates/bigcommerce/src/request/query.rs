//! Percent-encoding, exactly once: a date whose `+` is encoded twice is silently ignored as a
//! filter, and one whose `+` is not encoded becomes a space.

use commerce::{
    AttributeId, BrandId, CategoryId, ChannelId, CustomerAddressId, CustomerGroupId, CustomerId,
    LocationId, MetafieldId, OrderId, ProductId, RefundId, StatusId, TreeId, VariantId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::filters::Parameter;

/// The value of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// Everything but unreserved characters is encoded (RFC 3986).
    Text(String),
    /// Commas and colons stay as they are, which a query allows (RFC 3986, section 3.4): lists as
    /// the reference writes them, and the dates of customers, whose filters were seen to overlook
    /// an encoded colon (github.com/bigcommerce/docs, issue 620).
    Plain(String),
    /// Each encoded, with plain commas between. None at all is a 0, which nothing has for a number
    /// or a name: an empty filter would be no filter.
    List(Vec<String>),
}

impl Term {
    /// The number that it is, if it is one.
    pub(super) fn number(&self) -> Option<usize> {
        match self {
            Self::Text(text) | Self::Plain(text) => text.parse().ok(),
            Self::List(_) => None,
        }
    }
}

/// What can be the value of a parameter.
pub(super) trait ToTerm {
    fn to_term(&self) -> Term;
}

impl ToTerm for String {
    fn to_term(&self) -> Term {
        Term::Text(self.clone())
    }
}

impl ToTerm for Timestamp {
    fn to_term(&self) -> Term {
        date(*self)
    }
}

macro_rules! written_out {
    ($($type:ty)*) => {$(
        impl ToTerm for $type {
            fn to_term(&self) -> Term {
                Term::Text(self.to_string())
            }
        }
    )*};
}

written_out! {
    bool u64 Decimal i64 BrandId CategoryId ChannelId CustomerId MetafieldId OrderId ProductId
    StatusId VariantId
}

macro_rules! lists {
    ($($type:ty)*) => {$(
        impl ToTerm for Vec<$type> {
            fn to_term(&self) -> Term {
                Term::List(self.iter().map(ToString::to_string).collect())
            }
        }
    )*};
}

lists! {
    String i64 AttributeId BrandId CategoryId ChannelId CustomerAddressId CustomerGroupId
    CustomerId LocationId MetafieldId OrderId ProductId RefundId TreeId VariantId
}

/// The choice of fields, so that those `needed` come along. Nothing chosen is all of them.
pub(super) fn fields(only: &[String], without: &[String], needed: &[&str]) -> Pairs {
    let mut only = only.to_vec();
    if !only.is_empty() {
        for field in needed {
            if !only.iter().any(|asked| asked == field) {
                only.push((*field).to_owned());
            }
        }
    }
    let mut without = without.to_vec();
    without.retain(|field| !needed.contains(&field.as_str()));
    [("include_fields", only), ("exclude_fields", without)]
        .into_iter()
        .filter(|(_, fields)| !fields.is_empty())
        .map(|(name, fields)| (name, Term::List(fields)))
        .collect()
}

/// Of two conditions on the same parameter the later one counts, however they were given.
pub(super) fn overrule(earlier: &mut Vec<Parameter>, name: &str) {
    earlier.retain(|condition| condition.name != name);
}

/// 1 or 0, where the reference wants that.
pub(super) fn bit(truth: &bool) -> Term {
    Term::Plain(if *truth { "1" } else { "0" }.to_owned())
}

/// A date with `Z`.
pub(super) fn zulu(instant: &Timestamp) -> Term {
    date_with_z(*instant)
}

impl From<String> for Term {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Term {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Parameters in the sequence in which they are sent.
pub(super) type Pairs = Vec<(&'static str, Term)>;

/// `name=value` pairs joined by `&`. Names stand as the reference writes them: `id:in`.
pub(super) fn encode(pairs: &[(&'static str, Term)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        encode_into(&mut text, name, b":");
        text.push('=');
        match value {
            Term::Text(value) => encode_into(&mut text, value, b""),
            Term::Plain(value) => encode_into(&mut text, value, b",:"),
            Term::List(values) if values.is_empty() => text.push('0'),
            Term::List(values) => {
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    encode_into(&mut text, value, b":");
                }
            }
        }
    }
    text
}

fn encode_into(text: &mut String, value: &str, kept: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Numbers in a row. None at all is a 0, which nothing has for a number: an empty filter would be
/// no filter.
pub(super) fn numbers(ids: impl IntoIterator<Item = u64>) -> Term {
    let mut texts: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    if texts.is_empty() {
        texts.push("0".to_owned());
    }
    Term::Plain(texts.join(","))
}

/// ISO 8601 with a written-out offset, one of the two documented forms of orders and products;
/// whole seconds, rounded down.
pub(super) fn date(instant: Timestamp) -> Term {
    Term::Text(written(instant, "%Y-%m-%dT%H:%M:%S+00:00"))
}

/// The same with `Z`, for customers.
pub(super) fn date_with_z(instant: Timestamp) -> Term {
    Term::Plain(written(instant, "%Y-%m-%dT%H:%M:%SZ"))
}

fn written(instant: Timestamp, form: &str) -> String {
    let whole = instant.as_nanosecond().div_euclid(1_000_000_000);
    let second = i64::try_from(whole).unwrap_or_default();
    Timestamp::from_second(second)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .strftime(form)
        .to_string()
}

/// A page's number; pages are counted from 1.
pub(super) const fn page(page: u32) -> u32 {
    if page == 0 { 1 } else { page }
}

/// A page's length, brought into 1 to `most`.
pub(super) const fn limit(limit: u32, most: u32) -> u32 {
    if limit == 0 {
        1
    } else if limit > most {
        most
    } else {
        limit
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_plus_and_the_colon_of_a_date_are_encoded_once() {
        let date = date("2026-06-18T12:05:04Z".parse().unwrap());
        assert_eq!(
            encode(&[("min_date_modified", date), ("page", "2".into())]),
            "min_date_modified=2026-06-18T12%3A05%3A04%2B00%3A00&page=2"
        );
    }

    #[test]
    fn lists_and_the_dates_of_customers_stand_as_the_reference_writes_them() {
        let since = date_with_z("2026-06-18T12:05:04.7Z".parse().unwrap());
        assert_eq!(
            encode(&[("id:in", numbers([4, 5])), ("date_modified:min", since)]),
            "id:in=4,5&date_modified:min=2026-06-18T12:05:04Z"
        );
        assert_eq!(encode(&[("id:in", numbers([]))]), "id:in=0");
    }

    proptest! {
        #[test]
        fn what_was_encoded_reads_back_as_it_was(
            values in prop::collection::vec((any::<String>(), any::<bool>()), 0..4),
        ) {
            let pairs: Vec<_> = values
                .iter()
                .map(|(value, plain)| {
                    let value = value.clone();
                    ("name:in", if *plain { Term::Plain(value) } else { Term::Text(value) })
                })
                .collect();
            let url = url::Url::parse(&format!("http://localhost/?{}", encode(&pairs))).unwrap();
            // Nothing on the way to the socket encodes it again.
            prop_assert_eq!(url.query().unwrap_or(""), encode(&pairs));
            let read: Vec<String> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
            let sent: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
            prop_assert_eq!(read, sent);
        }
    }
}
