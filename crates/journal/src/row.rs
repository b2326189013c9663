//! How an entry lies in its row.

use std::str::FromStr;

use commerce::{Change, OrderFields, ProductFields, ProductId, Subject, Values};
use database::Row;
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Entry, EntryId, Error, JobId, Said, SendKind};

/// The columns that [`read_entry`] reads, of `entries` joined with `jobs`.
pub(crate) const COLUMNS: &str = "entries.id, entries.job, jobs.at, jobs.who, entries.change, \
     entries.name, entries.made_id, entries.kind, entries.state, entries.state_at, \
     entries.store_words, entries.undoes, entries.undone_by, entries.found, entries.refused, \
     entries.erased_at, entries.sent, entries.made_as, entries.reason, entries.about, entries.taken";

pub(crate) fn read_entry(row: &Row<'_>) -> Result<Entry, Error> {
    let text = |at: usize| row.get::<_, String>(at).map_err(Error::sql);
    let number = |at: usize| row.get::<_, i64>(at).map_err(Error::sql);
    let maybe_text = |at: usize| row.get::<_, Option<String>>(at).map_err(Error::sql);
    let maybe_number = |at: usize| row.get::<_, Option<i64>>(at).map_err(Error::sql);
    Ok(Entry {
        id: EntryId(text(0)?),
        job: JobId(text(1)?),
        at: timestamp(number(2)?)?,
        who: text(3)?,
        change: from_json(&text(4)?)?,
        name: text(5)?,
        made: maybe_number(6)?.map(|id| ProductId(id.cast_unsigned())),
        kind: if text(7)? == kind_word(SendKind::Once) {
            SendKind::Once
        } else {
            SendKind::Idempotent
        },
        state: parse(&text(8)?)?,
        state_at: timestamp(number(9)?)?,
        said: Said {
            reason: maybe_text(18)?.map(|word| parse(&word)).transpose()?,
            about: text(19)?,
            words: text(10)?,
        },
        undoes: maybe_text(11)?.map(EntryId),
        undone_by: maybe_text(12)?.map(EntryId),
        found: maybe_text(13)?
            .map(|json| from_json::<Values>(&json))
            .transpose()?,
        refused: maybe_text(14)?
            .map(|json| from_json(&json))
            .transpose()?
            .unwrap_or_default(),
        is_erased: maybe_number(15)?.is_some(),
        sent: maybe_text(16)?.map(|json| from_json(&json)).transpose()?,
        made_as: maybe_text(17)?.map(|json| from_json(&json)).transpose()?,
        taken: maybe_text(20)?
            .map(|json| from_json(&json))
            .transpose()?
            .unwrap_or_default(),
    })
}

/// What an entry is found by, which is what a person sees of it: the thing's number and name, every
/// value before and after, `labels` that stand for values. In lower case, as far as letters have one.
pub(crate) fn search_text(name: &str, labels: &str, change: &Change) -> String {
    let number = subject_number(change.subject()).map(|id| id.to_string());
    let mut text = number.unwrap_or_default();
    for words in [name.to_owned(), labels.to_owned()]
        .into_iter()
        .chain(values(change))
    {
        add_words(&mut text, &words);
    }
    text
}

/// Adds to what an entry is found by.
pub(crate) fn add_words(text: &mut String, words: &str) {
    if !words.is_empty() {
        text.push('\n');
        text.push_str(&words.to_lowercase());
    }
}

/// The values that are shown as they are. Others are shown by words of the window's.
fn values(change: &Change) -> Vec<String> {
    let of_order = |fields: &OrderFields| fields.staff_notes.iter().cloned().collect();
    match change {
        Change::Order { before, after, .. } => [before, after]
            .into_iter()
            .flat_map(|fields| -> Vec<String> { of_order(fields) })
            .collect(),
        Change::Product { before, after, .. } => {
            [before, after].into_iter().flat_map(of_product).collect()
        }
        Change::CreateProduct { after } => of_product(after),
        Change::DeleteProduct { before, .. } => of_product(&before.fields),
    }
}

fn of_product(fields: &ProductFields) -> Vec<String> {
    let ProductFields {
        name,
        sku,
        kind: _,
        price,
        cost_price,
        sale_price,
        weight,
        is_visible: _,
        description,
        inventory_tracking: _,
        inventory_level,
    } = fields;
    let words = [name, sku, description].into_iter().flatten().cloned();
    let amounts = [price, cost_price, sale_price, weight]
        .into_iter()
        .flatten();
    let level = inventory_level.iter().map(ToString::to_string);
    words
        .chain(amounts.map(ToString::to_string))
        .chain(level)
        .collect()
}

pub(crate) const fn kind_word(kind: SendKind) -> &'static str {
    match kind {
        SendKind::Idempotent => "idempotent",
        SendKind::Once => "once",
    }
}

pub(crate) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(crate) fn timestamp(millis: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(millis).map_err(|_| database::Error::Damaged.into())
}

pub(crate) fn parse<T: FromStr>(word: &str) -> Result<T, Error> {
    word.parse().map_err(|_| database::Error::Damaged.into())
}

pub(crate) const fn subject_word(subject: Subject) -> &'static str {
    match subject {
        Subject::Order(_) => "order",
        Subject::Product(_) => "product",
        Subject::NewProduct => "new-product",
    }
}

pub(crate) fn subject_number(subject: Subject) -> Option<i64> {
    match subject {
        Subject::Order(id) => Some(id.0.cast_signed()),
        Subject::Product(id) => Some(id.0.cast_signed()),
        Subject::NewProduct => None,
    }
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("numbers and texts always have a JSON form")
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| database::Error::Damaged.into())
}
