//! A store's journal as a table that any spreadsheet opens.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use desk::ProfileKey;
use journal::{Entry, Filter};
use serde_json::Value;

use crate::{Error, Workbench, on_disk};

const HEADS: [&str; 9] = [
    "Confirmed at",
    "By",
    "What",
    "Number",
    "Before",
    "After",
    "State",
    "Since",
    "The store said",
];

impl Workbench {
    /// Writes every change that was ever made from here into a CSV file at `path`, oldest first; how
    /// many there are. The file is there whole or not at all.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::NotWritten`], [`Error::StoreGone`], [`Error::File`].
    pub async fn export_journal(&self, key: &ProfileKey, path: PathBuf) -> Result<u32, Error> {
        let store = self.inner.open_store(key).await?;
        on_disk(move || {
            let ids = store.journal.ids(Filter::All)?;
            let entries = ids.iter().rev().map(|id| store.journal.entry(id));
            let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
            write_whole(&path, &entries).map_err(|error| match error.kind() {
                io::ErrorKind::StorageFull => Error::DiskFull,
                _ => Error::NotWritten(error.to_string()),
            })?;
            Ok(u32::try_from(entries.len()).unwrap_or(u32::MAX))
        })
        .await
    }
}

fn write_whole(path: &Path, entries: &[Entry]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = write(&beside, entries).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Nothing of it is of use.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write(path: &Path, entries: &[Entry]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(File::create(path)?);
    table.write_record(HEADS)?;
    for entry in entries {
        let change = serde_json::to_value(&entry.change).unwrap_or_default();
        let row = [
            entry.at.to_string(),
            entry.who.clone(),
            plain(&change["what"]),
            plain(&change["id"]),
            fields(&change["before"]),
            fields(&change["after"]),
            entry.state.word().to_owned(),
            entry.state_at.to_string(),
            entry.store_words.clone(),
        ];
        table.write_record(row.map(harmless))?;
    }
    let file = table
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    file.sync_all()
}

/// `price: 12.50; name: Tent`, of the fields that are said something about.
fn fields(value: &Value) -> String {
    let Some(fields) = value.as_object() else {
        return plain(value);
    };
    let said = fields.iter().filter(|(_, value)| !value.is_null());
    let said: Vec<String> = said
        .map(|(name, value)| format!("{name}: {}", plain(value)))
        .collect();
    said.join("; ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A spreadsheet takes a cell that begins so for a formula, and would run what a stranger wrote.
///
/// Source: OWASP, "CSV Injection".
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_said_stands_in_a_cell() {
        let before = json!({ "price": "12.50", "name": null, "is_visible": true });
        assert_eq!(fields(&before), "is_visible: true; price: 12.50");
        assert_eq!(fields(&Value::Null), "");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+1", "@x", "-1", "\tx"] {
            assert!(harmless(bad.to_owned()).starts_with('\''), "{bad}");
        }
        assert_eq!(harmless("price: =1".to_owned()), "price: =1");
    }
}
