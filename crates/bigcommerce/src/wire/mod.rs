//! JSON exactly as BigCommerce sends it. Private to this crate, and read by walking
//! [`serde_json::Value`]: numbers keep every digit, and no derive stands between an odd member and
//! the good ones beside it.

use serde_json::Value;

pub(crate) mod catalog;
mod catalog_parts;
pub(crate) mod customers;
pub(crate) mod dates;
mod full_customer;
pub(crate) mod full_order;
mod full_product;
pub(crate) mod inventory;
mod node;
pub(crate) mod order_parts;
pub(crate) mod orders;
mod payment;
mod people;
pub(crate) mod products;
mod read;
pub(crate) mod refusal;
mod settings;
pub(crate) mod store;
pub(crate) mod together;
pub(crate) mod write;

pub(crate) use node::{Misfit, Node};
pub(crate) use read::Read;
pub(crate) use write::Write;

use crate::{BrokenItem, Cursor, Page};

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

/// For requests whose answer has nothing to say.
#[expect(
    clippy::unnecessary_wraps,
    reason = "has the shape of the other readers"
)]
pub(crate) fn nothing(_: Option<&Value>) -> Result<Decoded<()>, Misfit> {
    Ok(().into())
}

/// A bare list (version 2) in which one bad item costs no other. Nothing at all is an empty list.
pub(crate) fn page<T>(
    answer: Option<&Value>,
    read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<Page<T>, Misfit> {
    items(&Node::root(answer), "id", read)
}

/// The same inside `{data, meta}` (version 3). `id` names the member that holds an item's number, with
/// dots between it and those it stands in.
pub(crate) fn data_page<T>(
    answer: Option<&Value>,
    id: &'static str,
    read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<Page<T>, Misfit> {
    let root = Node::root(answer);
    if answer.is_none_or(Value::is_null) {
        return items(&root, id, read);
    }
    root.object()?;
    let data = root.field("data");
    if data.is_absent() {
        return Err(data.misfit("a list was expected, nothing found"));
    }
    let mut page = items(&data, id, read)?;
    let meta = root.field("meta");
    let counted = meta.field("pagination");
    let walked = meta.field("cursor_pagination");
    let number = |node: &Node<'_>, name| {
        node.field(name)
            .whole()
            .ok()
            .and_then(|n| usize::try_from(n).ok())
            .filter(|n| *n > 0)
    };
    page.total = counted.field("total").whole().ok();
    page.per_page = number(&walked, "per_page").or_else(|| number(&counted, "per_page"));
    page.after = walked
        .field("end_cursor")
        .text()
        .ok()
        .filter(|cursor| !cursor.trim().is_empty())
        .map(Cursor::from);
    Ok(page)
}

/// Nothing but the numbers of a list of either version, and what the list says of itself; `None` if
/// it is none. Much sooner read than the things themselves.
pub(crate) fn numbers(answer: Option<&Value>) -> Option<Page<u64>> {
    let number = |item: &Node<'_>| item.field("id").whole();
    if Node::root(answer).is_object() {
        data_page(answer, "id", number).ok()
    } else {
        page(answer, number).ok()
    }
}

fn items<T>(
    list: &Node<'_>,
    id: &'static str,
    read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<Page<T>, Misfit> {
    let mut page = Page::empty();
    for item in list.items()? {
        page.received += 1;
        match read(&item) {
            Ok(value) => page.items.push(value),
            Err(Misfit { path, what }) => page.broken.push(BrokenItem {
                id: number_at(&item, id).map(|id| id.to_string()),
                path,
                reason: what,
            }),
        }
    }
    Ok(page)
}

fn number_at(item: &Node<'_>, place: &'static str) -> Option<u64> {
    match place.split_once('.') {
        Some((member, place)) => number_at(&item.field(member), place),
        None => item.field(place).whole().ok(),
    }
}

/// The same for bare lists whose broken items are only worth a remark.
pub(crate) fn list<T>(
    answer: Option<&Value>,
    read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
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

/// One thing inside `{data, meta}`; a half success (207) may put it into a list of one, and the
/// reference shows one that isn't wrapped at all.
pub(crate) fn data<T>(
    answer: Option<&Value>,
    read: impl Fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<T, Misfit> {
    let root = Node::root(answer);
    root.object()?;
    let data = root.field("data");
    if data.is_absent() {
        return read(&root);
    }
    match data.only_item() {
        Some(item) => read(&item),
        None => read(&data),
    }
}

/// A list inside `{data, meta}`, read by type.
pub(crate) fn data_list<T: Read>(
    id: &'static str,
) -> impl Fn(Option<&Value>) -> Result<Decoded<Page<T>>, Misfit> + Send + Sync {
    move |answer| data_page(answer, id, T::read).map(Decoded::from)
}

/// One thing inside `{data, meta}`, read by type.
pub(crate) fn data_one<T: Read>(answer: Option<&Value>) -> Result<Decoded<T>, Misfit> {
    data(answer, T::read).map(Decoded::from)
}

/// A bare list (version 2), read by type.
pub(crate) fn bare_list<T: Read>(answer: Option<&Value>) -> Result<Decoded<Page<T>>, Misfit> {
    page(answer, T::read).map(Decoded::from)
}

/// One bare thing (version 2), read by type.
pub(crate) fn bare_one<T: Read>(answer: Option<&Value>) -> Result<Decoded<T>, Misfit> {
    T::read(&Node::root(answer)).map(Decoded::from)
}

/// A body with the number of what it changes, as batches want it.
pub(crate) fn with_id(member: &str, id: u64, mut body: Value) -> Value {
    if let Value::Object(members) = &mut body {
        members.insert(member.to_owned(), id.into());
    }
    body
}

/// The name of a stock adjustment, which stands alone or in `data`.
pub(crate) fn transaction_id(answer: Option<&Value>) -> Result<Decoded<String>, Misfit> {
    if answer.is_none() {
        return Ok(String::new().into());
    }
    data(answer, |node| node.field("transaction_id").text()).map(Decoded::from)
}
