#[cfg(test)]
use std::{cell::RefCell, collections::BTreeSet};
use std::{
    fmt::{self, Write as _},
    str::FromStr,
};

use commerce::{Aside, Parts, Unreadable};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde_json::{Map, Value};

/// Where an answer is not shaped as expected. Never holds a value of the store's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) path: String,
    pub(crate) what: String,
}

impl Misfit {
    pub(crate) fn at_root(what: impl Into<String>) -> Self {
        Self {
            path: "$".to_owned(),
            what: what.into(),
        }
    }
}

/// A value and where it stands. The way to it is only written out when something is wrong.
pub(crate) struct Node<'a> {
    value: &'a Value,
    above: Option<&'a Node<'a>>,
    step: Step,
}

#[derive(Clone, Copy)]
enum Step {
    Root,
    Member(&'static str),
    Item(usize),
}

impl<'a> Node<'a> {
    pub(crate) fn root(value: Option<&'a Value>) -> Self {
        Self {
            value: value.unwrap_or(&Value::Null),
            above: None,
            step: Step::Root,
        }
    }

    /// The member of that name; null where there is none.
    pub(crate) fn field(&self, name: &'static str) -> Node<'_> {
        #[cfg(test)]
        if matches!(self.step, Step::Root) {
            LOOKED_FOR.with_borrow_mut(|names| names.insert(name));
        }
        Node {
            value: self.value.get(name).unwrap_or(&Value::Null),
            above: Some(self),
            step: Step::Member(name),
        }
    }

    /// As a JSON path: `$.data[3].name`.
    pub(crate) fn path(&self) -> String {
        let mut path = self.above.map_or_else(String::new, Node::path);
        match self.step {
            Step::Root => path.push('$'),
            Step::Member(name) => {
                path.push('.');
                path.push_str(name);
            }
            Step::Item(index) => path.push_str(&format!("[{index}]")),
        }
        path
    }

    /// Whether there is a member of that name, be it null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.value.get(name).is_some()
    }

    pub(crate) fn misfit(&self, what: impl Into<String>) -> Misfit {
        Misfit {
            path: self.path(),
            what: what.into(),
        }
    }

    fn unlike(&self, wanted: &str) -> Misfit {
        let found = match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.misfit(format!("{wanted} was expected, {found} found"))
    }

    /// Null, or not there at all.
    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// A list, be it empty.
    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    /// An object.
    pub(crate) const fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// The value itself.
    pub(crate) const fn value(&self) -> &'a Value {
        self.value
    }

    /// All members but those of these names, as they came.
    pub(crate) fn aside(&self, known: &[&str]) -> Aside {
        self.aside_within(known, &[])
    }

    /// The same, and of the members named in `within` all members but those of the names beside them.
    pub(crate) fn aside_within(&self, known: &[&str], within: &[(&str, &[&str])]) -> Aside {
        fn keep(text: &mut String, name: &str, value: impl fmt::Display) {
            text.push(if text.is_empty() { '{' } else { ',' });
            // Writing into a text can't fail.
            let _ = write!(text, "{}:{value}", Value::from(name));
        }
        let Value::Object(members) = self.value else {
            return Aside::NOTHING;
        };
        let mut text = String::new();
        for (name, value) in members {
            let inside = within.iter().find(|(member, _)| *member == name.as_str());
            if let Some((_, known)) = inside {
                let kept = Node::root(Some(value)).aside(known);
                if let Some(kept) = kept.as_str() {
                    keep(&mut text, name, kept);
                }
            } else if !known.contains(&name.as_str()) {
                keep(&mut text, name, value);
            }
        }
        if !text.is_empty() {
            text.push('}');
        }
        Aside::new(text)
    }

    /// A list inside a thing, in which one bad item costs no other. Nothing at all is an empty one.
    pub(crate) fn parts<T>(
        &self,
        read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
    ) -> Result<Parts<T>, Misfit> {
        let mut parts = Parts::default();
        for item in self.items()? {
            match read(&item) {
                Ok(value) => parts.items.push(value),
                Err(Misfit { path, what }) => {
                    parts.unreadable.push(Unreadable { path, reason: what })
                }
            }
        }
        Ok(parts)
    }

    /// The same where nothing hangs on the list: one that is none is a part that could not be read.
    pub(crate) fn parts_if_any<T>(
        &self,
        read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
    ) -> Parts<T> {
        if self.is_blank() || self.value.as_object().is_some_and(Map::is_empty) {
            return Parts::default();
        }
        self.parts(read)
            .unwrap_or_else(|Misfit { path, what }| Parts {
                unreadable: vec![Unreadable { path, reason: what }],
                ..Parts::default()
            })
    }

    /// The item of a list of one.
    pub(crate) fn only_item(&self) -> Option<Node<'_>> {
        match self.value {
            Value::Array(items) if items.len() == 1 => self.items().ok()?.next(),
            _ => None,
        }
    }

    /// Nothing: absent, null, or PHP's way to write an empty object.
    pub(crate) fn is_nothing(&self) -> bool {
        match self.value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => false,
        }
    }

    /// Nothing, or a text of nothing but blanks.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_nothing()
            || self
                .value
                .as_str()
                .is_some_and(|text| text.trim().is_empty())
    }

    /// The items of a list; nothing is an empty one.
    pub(crate) fn items(&self) -> Result<impl Iterator<Item = Node<'_>>, Misfit> {
        let items = match self.value {
            Value::Null => [].as_slice(),
            Value::Array(items) => items.as_slice(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                return Err(self.unlike("a list"));
            }
        };
        Ok(items.iter().enumerate().map(move |(index, value)| Node {
            value,
            above: Some(self),
            step: Step::Item(index),
        }))
    }

    /// Fails unless it is an object.
    pub(crate) fn object(&self) -> Result<(), Misfit> {
        if self.value.is_object() {
            Ok(())
        } else {
            Err(self.unlike("an object"))
        }
    }

    /// Text; nothing is empty, numbers and truth values are written out.
    pub(crate) fn text(&self) -> Result<String, Misfit> {
        match self.value {
            _ if self.is_nothing() => Ok(String::new()),
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(truth) => Ok(truth.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => Err(self.unlike("a text")),
        }
    }

    /// A decimal number to its last digit, written as a number or as a text.
    pub(crate) fn decimal(&self) -> Result<Decimal, Misfit> {
        let text = match self.value {
            Value::Number(number) => number.as_str(),
            Value::String(text) => text.trim(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(self.unlike("a number"));
            }
        };
        exact(text).ok_or_else(|| self.misfit("not a number that can be kept exactly"))
    }

    /// A whole number from 0, written as a number or as a text.
    pub(crate) fn whole(&self) -> Result<u64, Misfit> {
        if let Some(whole) = self.value.as_u64() {
            return Ok(whole);
        }
        let number = self.decimal()?;
        if number.is_integer() && !number.is_sign_negative() {
            number.to_u64()
        } else {
            None
        }
        .ok_or_else(|| self.misfit("not a whole number from 0"))
    }

    /// A whole number that may be negative; a fraction that is no fraction (`5.0`) counts.
    pub(crate) fn signed(&self) -> Result<i64, Misfit> {
        let number = self.decimal()?;
        if number.is_integer() {
            number.to_i64()
        } else {
            None
        }
        .ok_or_else(|| self.misfit("not a whole number"))
    }

    /// The number of something else; nothing and 0 are BigCommerce's ways to say "none".
    pub(crate) fn id_if_any(&self) -> Result<Option<u64>, Misfit> {
        if self.is_blank() {
            return Ok(None);
        }
        self.whole().map(|id| (id != 0).then_some(id))
    }

    /// An amount that may be left out: nothing is zero.
    pub(crate) fn amount(&self) -> Result<Decimal, Misfit> {
        if self.is_blank() {
            Ok(Decimal::ZERO)
        } else {
            self.decimal()
        }
    }

    /// The same within 32 bits.
    pub(crate) fn small(&self) -> Result<u32, Misfit> {
        u32::try_from(self.whole()?).map_err(|_| self.misfit("a number past 32 bits"))
    }

    /// True or false in any of PHP's spellings; nothing is false.
    pub(crate) fn truth(&self) -> Result<bool, Misfit> {
        if self.is_blank() {
            return Ok(false);
        }
        if let Value::Bool(truth) = self.value {
            return Ok(*truth);
        }
        match self.text()?.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" => Ok(true),
            "0" | "false" | "no" => Ok(false),
            _ => Err(self.unlike("true or false")),
        }
    }
}

#[cfg(test)]
thread_local! {
    static LOOKED_FOR: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// Reads an answer, and says which of its members, those of things in it left aside, were looked for:
/// so that a list of them can be held against the reading itself.
#[cfg(test)]
pub(crate) fn looked_for<T>(
    answer: &Value,
    read: impl FnOnce(&Node<'_>) -> T,
) -> (T, BTreeSet<&'static str>) {
    LOOKED_FOR.set(BTreeSet::new());
    let read = read(&Node::root(Some(answer)));
    (read, LOOKED_FOR.take())
}

fn exact(text: &str) -> Option<Decimal> {
    let Some(at) = text.find(['e', 'E']) else {
        return Decimal::from_str_exact(text).ok();
    };
    // `from_scientific` rounds; the mantissa is read exactly and the point moved by hand.
    let mantissa = Decimal::from_str_exact(&text[..at]).ok()?;
    let exponent = i32::from_str(text[at + 1..].trim_start_matches('+')).ok()?;
    if mantissa.is_zero() {
        return Some(Decimal::ZERO);
    }
    let scale = i64::from(mantissa.scale()) - i64::from(exponent);
    match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(mantissa.mantissa(), scale).ok(),
        Err(_) => {
            let zeros = u32::try_from(scale.checked_neg()?).ok()?;
            let factor = 10_i128.checked_pow(zeros)?;
            Decimal::try_from_i128_with_scale(mantissa.mantissa().checked_mul(factor)?, 0).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_every_digit_in_all_spellings() {
        for (text, value) in [
            ("109.0000", "109.0000"),
            ("19.99", "19.99"),
            ("1e-7", "0.0000001"),
            ("1.5E+3", "1500"),
            (
                "0.1234567890123456789012345678",
                "0.1234567890123456789012345678",
            ),
            ("0e400", "0"),
        ] {
            assert_eq!(exact(text), Some(value.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "abc",
            "1,5",
            "1e400",
            "0.12345678901234567890123456789",
            "NaN",
            "1e",
            "--1",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
    }
}
