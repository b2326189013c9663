//! JSON exactly as BigCommerce sends it. Private to this crate, and read by walking
//! [`serde_json::Value`]: numbers keep every digit, and no derive stands between an odd member and
//! the good ones beside it.

use serde_json::Value;

pub(crate) mod dates;
mod node;
pub(crate) mod orders;
pub(crate) mod refusal;
pub(crate) mod store;

pub(crate) use node::{Misfit, Node};

use crate::{BrokenItem, Page};

/// What an answer said, and what could not be read beside it.
pub(crate) struct Decoded<T> {
    pub(crate) value: T,
    pub(crate) remarks: Vec<String>,
}

impl<T> From<T> for Decoded<T> {
    fn from(value: T) -> Self {
        Self {
            value,
            remarks: Vec::new(),
        }
    }
}

/// JSON of an answer's body; `None` where there is none (204, or nothing but blanks).
pub(crate) fn parse(body: &[u8]) -> Result<Option<Value>, Misfit> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let body = body.trim_ascii();
    if body.is_empty() {
        return Ok(None);
    }
    if body.first() == Some(&b'<') {
        return Err(Misfit::at_root("a web page or XML instead of JSON"));
    }
    serde_json::from_slice(body).map(Some).map_err(|error| {
        let what = match error.classify() {
            serde_json::error::Category::Eof => "the JSON ends too early",
            _ => "not JSON",
        };
        Misfit::at_root(format!(
            "{what} (line {}, column {})",
            error.line(),
            error.column()
        ))
    })
}

/// Whatever it says, as long as it says it in JSON.
#[expect(
    clippy::unnecessary_wraps,
    reason = "has the shape of the other readers"
)]
pub(crate) fn anything(_: Option<&Value>) -> Result<Decoded<()>, Misfit> {
    Ok(().into())
}

/// A list in which one bad item costs no other. Nothing at all is an empty list.
pub(crate) fn page<T>(
    answer: Option<&Value>,
    read: fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<Page<T>, Misfit> {
    let root = Node::root(answer);
    let mut page = Page {
        items: Vec::new(),
        broken: Vec::new(),
        received: 0,
    };
    for item in root.items()? {
        page.received += 1;
        match read(&item) {
            Ok(value) => page.items.push(value),
            Err(Misfit { path, what }) => page.broken.push(BrokenItem {
                id: item.field("id").whole().ok().map(|id| id.to_string()),
                path,
                reason: what,
            }),
        }
    }
    Ok(page)
}

/// The same for lists whose broken items are only worth a remark.
pub(crate) fn list<T>(
    answer: Option<&Value>,
    read: fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<Decoded<Vec<T>>, Misfit> {
    let page = page(answer, read)?;
    Ok(Decoded {
        value: page.items,
        remarks: page
            .broken
            .iter()
            .map(|broken| format!("{}: {}", broken.path, broken.reason))
            .collect(),
    })
}
