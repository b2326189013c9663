//! What a v3 body may hold, field by field: checked, and brought into one spelling.
//!
//! The codes are those of the wire's JSON reader: `error.path.missing`, `error.expected.jsstring` …

use serde_json::{Map, Value, json};

use crate::dates;
use crate::decimal::Decimal;
use crate::gate::refusals;
use crate::http::Response;

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// So many characters, from and to.
    Text(usize, usize),
    /// A text of any length, or a number.
    TextOrNumber,
    /// A number from 0, as a number or in a string.
    Amount,
    /// A number from 0 to 9,999,999,999.
    Measure,
    /// Any number, below 0 as well.
    Number,
    /// A whole number, from and to.
    Count(i64, i64),
    Flag,
    OneOf(&'static [&'static str]),
    /// Whole numbers, at most so many.
    Ids(usize),
    /// Texts.
    Texts,
    /// An ISO-8601 date or null.
    Date,
    /// `{url, is_customized, create_redirect}`.
    Url,
    /// The same, or null.
    OrNull(&'static Shape),
}

/// A field that may be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
}

pub(super) const fn field(name: &'static str, shape: Shape) -> Field {
    Field { name, shape }
}

/// Everything that is wrong with a body, by dotted path.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    errors: Map<String, Value>,
    title: Option<&'static str>,
}

impl Wrong {
    pub(super) fn add(&mut self, path: impl Into<String>, code: &str) {
        self.errors.insert(path.into(), code.into());
    }

    /// The same, where the wire has a title for just this.
    pub(super) fn add_titled(&mut self, path: String, code: &str, title: &'static str) {
        self.add(path, code);
        self.title = Some(title);
    }

    /// The path of something that is wrong.
    pub(super) fn first(&self) -> Option<String> {
        self.errors.keys().next().cloned()
    }

    /// Ok if nothing is wrong.
    pub(super) fn refuse(self) -> Result<(), Box<Response>> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let title = self.title.unwrap_or("JSON data is missing or invalid");
        Err(Box::new(refusals::v3(422, title, self.errors)))
    }
}

/// The body as an object.
pub(super) fn object(body: &[u8]) -> Result<Map<String, Value>, Box<Response>> {
    match parse(body)? {
        Value::Object(fields) => Ok(fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(Box::new(refusals::v3_invalid(
                "",
                "error.expected.jsobject",
            )))
        }
    }
}

/// The body as an array of objects, at most so many.
pub(super) fn objects(body: &[u8], most: usize) -> Result<Vec<Map<String, Value>>, Box<Response>> {
    let Value::Array(items) = parse(body)? else {
        return Err(Box::new(refusals::v3_invalid("", "error.expected.jsarray")));
    };
    if items.len() > most {
        return Err(Box::new(refusals::too_many_items(most)));
    }
    let mut wrong = Wrong::default();
    let mut objects = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(fields) => objects.push(fields),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => wrong.add(at.to_string(), "error.expected.jsobject"),
        }
    }
    wrong.refuse()?;
    Ok(objects)
}

/// The body, whatever it holds.
pub(super) fn parse(body: &[u8]) -> Result<Value, Box<Response>> {
    serde_json::from_slice(body)
        .map_err(|_error| Box::new(refusals::v3(400, "Input is invalid", Map::new())))
}

/// The known fields of a body, checked and in one spelling; unknown ones are left out, as the wire
/// ignores them. `prefix` goes before every path.
pub(super) fn read(
    body: &Map<String, Value>,
    known: &[Field],
    prefix: &str,
    wrong: &mut Wrong,
) -> Map<String, Value> {
    let mut fields = Map::new();
    for Field { name, shape } in known {
        let Some(value) = body.get(*name) else {
            continue;
        };
        match shape.read(value) {
            Ok(value) => {
                fields.insert((*name).to_owned(), value);
            }
            Err((inner, code)) => wrong.add(format!("{prefix}{name}{inner}"), code),
        }
    }
    fields
}

/// Notes the names that are not there.
pub(super) fn require(body: &Map<String, Value>, names: &[&str], prefix: &str, wrong: &mut Wrong) {
    for name in names.iter().filter(|name| !body.contains_key(**name)) {
        wrong.add(format!("{prefix}{name}"), "error.path.missing");
    }
}

/// Where inside the field, and what is wrong there.
type Refused = (String, &'static str);

impl Shape {
    fn read(self, value: &Value) -> Result<Value, Refused> {
        let here = |code: &'static str| (String::new(), code);
        match self {
            Self::Text(least, most) => {
                let text = value.as_str().ok_or(here("error.expected.jsstring"))?;
                match text.chars().count() {
                    count if count < least => Err(here("error.minLength")),
                    count if count > most => Err(here("error.maxLength")),
                    _fits => Ok(value.clone()),
                }
            }
            Self::TextOrNumber => match value {
                Value::String(_) | Value::Number(_) => Ok(value.clone()),
                _other => Err(here("error.expected.jsstring")),
            },
            Self::Number => match value {
                Value::Number(_) => Ok(value.clone()),
                _other => Err(here("error.expected.jsnumber")),
            },
            Self::Amount => amount(value, None).map_err(here),
            Self::Measure => amount(value, Some(Decimal::whole(9_999_999_999))).map_err(here),
            Self::Count(least, most) => {
                let count = whole(value).map_err(here)?;
                match count {
                    count if count < least => Err(here("error.min")),
                    count if count > most => Err(here("error.max")),
                    count => Ok(count.into()),
                }
            }
            Self::Flag => match value {
                Value::Bool(_) => Ok(value.clone()),
                _other => Err(here("error.expected.jsboolean")),
            },
            Self::OneOf(names) => match value.as_str() {
                Some(text) if names.contains(&text) => Ok(value.clone()),
                Some(_other) => Err(here("error.expected.validenumvalue")),
                None => Err(here("error.expected.jsstring")),
            },
            Self::Ids(most) => {
                let all = each(value, |item| whole(item).map(Value::from))?;
                if all.len() > most {
                    return Err(here("error.maxLength"));
                }
                Ok(all.into())
            }
            Self::Texts => each(value, |item| match item {
                Value::String(_) => Ok(item.clone()),
                _other => Err("error.expected.jsstring"),
            })
            .map(Value::from),
            Self::Date => match value {
                Value::Null => Ok(Value::Null),
                Value::String(text) if dates::parse(text).is_some() => Ok(value.clone()),
                _other => Err(here("error.expected.date.isoformat")),
            },
            Self::Url => url(value),
            Self::OrNull(_shape) if value.is_null() => Ok(Value::Null),
            Self::OrNull(shape) => shape.read(value),
        }
    }
}

fn amount(value: &Value, most: Option<Decimal>) -> Result<Value, &'static str> {
    let amount = Decimal::read(value).ok_or("error.expected.jsnumber")?;
    if amount < Decimal::ZERO {
        return Err("error.min");
    }
    if most.is_some_and(|most| amount > most) {
        return Err("error.max");
    }
    Ok(json!(amount))
}

fn whole(value: &Value) -> Result<i64, &'static str> {
    match value {
        Value::Number(number) => number.as_i64().ok_or("error.expected.int"),
        _other => Err("error.expected.jsnumber"),
    }
}

fn each(
    value: &Value,
    read: impl Fn(&Value) -> Result<Value, &'static str>,
) -> Result<Vec<Value>, Refused> {
    let Value::Array(items) = value else {
        return Err((String::new(), "error.expected.jsarray"));
    };
    items
        .iter()
        .enumerate()
        .map(|(at, item)| read(item).map_err(|code| (format!(".{at}"), code)))
        .collect()
}

/// A path in the storefront: Latin letters, a slash at the start.
fn url(value: &Value) -> Result<Value, Refused> {
    let Value::Object(fields) = value else {
        return Err((String::new(), "error.expected.jsobject"));
    };
    let inside = |code: &'static str| (".url".to_owned(), code);
    let text = match fields.get("url") {
        None => return Err(inside("error.path.missing")),
        Some(Value::String(text)) => text,
        Some(_other) => return Err(inside("error.expected.jsstring")),
    };
    match text.chars().count() {
        0 => return Err(inside("error.minLength")),
        256.. => return Err(inside("error.maxLength")),
        _fits => {}
    }
    if !text.chars().all(|letter| letter.is_ascii_graphic()) {
        return Err(inside("error.pattern"));
    }
    let is_customized = match fields.get("is_customized") {
        None => true,
        Some(Value::Bool(yes)) => *yes,
        Some(_other) => {
            return Err((".is_customized".to_owned(), "error.expected.jsboolean"));
        }
    };
    let slash = if text.starts_with('/') { "" } else { "/" };
    Ok(json!({ "url": format!("{slash}{text}"), "is_customized": is_customized }))
}
