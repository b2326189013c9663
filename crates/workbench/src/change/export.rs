//! The journal as a file for other programs.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use commerce::{Change, Field, Subject};
use desk::ProfileKey;
use journal::{Entry, Query, Reason, Step};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Error, Workbench, on_files, store::OpenStore};

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// A row for each field of each change, for spreadsheets. UTF-8 with a byte order mark.
    Csv,
    /// A list with each change and its whole way, for programs.
    Json,
}

const HEAD: [&str; 18] = [
    "confirmed (UTC)",
    "by",
    "thing",
    "number",
    "name",
    "field",
    "before",
    "after",
    "in the store",
    "state",
    "since (UTC)",
    "reason",
    "about",
    "store's words",
    "against the field",
    "change",
    "job",
    "way (UTC)",
];

impl Workbench {
    /// Writes changes to a file, newest first: those that `query` finds. A file of that name is
    /// replaced once the new one is whole. Gives how many changes were written.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::DiskFull`], [`Error::NotWritten`], [`Error::File`].
    pub async fn export_activity(
        &self,
        key: &ProfileKey,
        query: Query,
        form: ExportForm,
        file: PathBuf,
    ) -> Result<usize, Error> {
        let store = self.inner.open_store(key).await?;
        on_files(store.watched(), move || write(&store, &query, form, &file)).await
    }
}

/// Writes all changes down for a person, newest first.
pub(crate) fn archive(store: &OpenStore, file: &Path) -> Result<(), Error> {
    write(store, &Query::default(), ExportForm::Csv, file).map(drop)
}

fn write(store: &OpenStore, query: &Query, form: ExportForm, file: &Path) -> Result<usize, Error> {
    let ids = store.journal.ids(query)?;
    let mut unfinished = file.as_os_str().to_owned();
    unfinished.push(".part");
    let unfinished = PathBuf::from(unfinished);
    let mut out = BufWriter::new(fs::File::create(&unfinished).map_err(not_written)?);
    let written = ids.iter().enumerate().try_for_each(|(at, id)| {
        let entry = store.journal.entry(id)?;
        let steps = store.journal.steps(id)?;
        let written = match form {
            ExportForm::Csv => {
                if at == 0 {
                    head(&mut out).map_err(not_written)?;
                }
                rows(&mut out, &entry, &steps)
            }
            ExportForm::Json => {
                let before = if at == 0 { "[\n" } else { ",\n" };
                write!(out, "{before}{}", as_json(&entry, &steps))
            }
        };
        written.map_err(not_written)
    });
    let ended = written.and_then(|()| {
        let end = match (form, ids.is_empty()) {
            (ExportForm::Csv, true) => head(&mut out),
            (ExportForm::Csv, false) => Ok(()),
            (ExportForm::Json, true) => out.write_all(b"[]\n"),
            (ExportForm::Json, false) => out.write_all(b"\n]\n"),
        };
        end.and_then(|()| out.flush())
            .and_then(|()| out.get_ref().sync_all())
            .and_then(|()| fs::rename(&unfinished, file))
            .map_err(not_written)
    });
    if let Err(error) = ended {
        let _ = fs::remove_file(&unfinished);
        return Err(error);
    }
    Ok(ids.len())
}

/// A file of the person's could not be written.
pub(crate) fn not_written(error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::StorageFull {
        Error::DiskFull
    } else {
        Error::NotWritten(error.kind().to_string())
    }
}

fn head(out: &mut impl Write) -> io::Result<()> {
    // Without the mark spreadsheets take UTF-8 for something else.
    out.write_all("\u{feff}".as_bytes())?;
    row(out, &HEAD.map(str::to_owned))
}

fn rows(out: &mut impl Write, entry: &Entry, steps: &[Step]) -> io::Result<()> {
    let way: Vec<String> = steps.iter().map(told).collect();
    let way = way.join("; ");
    let found = entry.found.as_ref().map(plain);
    let (before, after) = sides(&entry.change);
    let fields = entry.change.fields();
    let is_of = |field: Field, (name, _): &&(String, String)| *name == field.member();
    for (at, field) in fields.iter().copied().enumerate() {
        let value = |side: &Value| shown(side.get(member(field)));
        // What is held against a field of another name than ours stands in the first row.
        let is_strange = |refused: &&(String, String)| {
            at == 0 && !fields.iter().any(|field| is_of(*field, refused))
        };
        let against: Vec<String> = entry
            .refused
            .iter()
            .filter(|refused| is_of(field, refused) || is_strange(refused))
            .map(|refused| {
                if is_of(field, &refused) {
                    refused.1.clone()
                } else {
                    format!("{}: {}", refused.0, refused.1)
                }
            })
            .collect();
        row(
            out,
            &[
                entry.at.to_string(),
                entry.who.clone(),
                thing(entry).to_owned(),
                number(entry),
                entry.name.clone(),
                field.member().to_owned(),
                value(&before),
                value(&after),
                found.as_ref().map(&value).unwrap_or_default(),
                entry.state.word().to_owned(),
                entry.state_at.to_string(),
                entry.said.reason.map_or("", Reason::word).to_owned(),
                entry.said.about.clone(),
                entry.said.words.clone(),
                against.join("; "),
                entry.id.to_string(),
                entry.job.to_string(),
                way.clone(),
            ],
        )?;
    }
    Ok(())
}

/// What happened and when, and what was said of it.
fn told(step: &Step) -> String {
    let mut told = format!("{} {}", step.at, step.kind.word());
    let said = &step.said;
    let reason = said.reason.map_or("", Reason::word);
    for more in [reason, said.about.as_str(), said.words.as_str()] {
        if !more.is_empty() {
            told.push_str(", ");
            told.push_str(more);
        }
    }
    told
}

fn as_json(entry: &Entry, steps: &[Step]) -> Value {
    let (before, after) = sides(&entry.change);
    json!({
        "change": entry.id, "job": entry.job, "confirmed": entry.at.to_string(), "by": entry.who,
        "thing": thing(entry), "number": number(entry), "name": entry.name,
        "before": before, "after": after,
        "found": entry.found.as_ref().map(plain),
        "state": entry.state.word(), "since": entry.state_at.to_string(),
        "reason": entry.said.reason.map(Reason::word), "about": entry.said.about,
        "storeWords": entry.said.words,
        "refused": entry.refused.iter().map(|(field, words)| json!({ "field": field, "words": words }))
            .collect::<Vec<_>>(),
        "taken": entry.taken.iter().map(|field| field.member()).collect::<Vec<_>>(),
        "undoes": entry.undoes, "undoneBy": entry.undone_by,
        "way": steps.iter().map(|step| json!({
            "at": step.at.to_string(), "what": step.kind.word(), "reason": step.said.reason.map(Reason::word), "about": step.said.about,
            "words": step.said.words,
            "found": step.found.as_ref().map(plain),
        })).collect::<Vec<_>>(),
    })
}

fn sides(change: &Change) -> (Value, Value) {
    match change {
        Change::Order { before, after, .. } => (plain(before), plain(after)),
        Change::Product { before, after, .. } => (plain(before), plain(after)),
        Change::CreateProduct { after } => (Value::Null, plain(after)),
        Change::DeleteProduct { before, .. } => (plain(&before.fields), Value::Null),
    }
}

fn plain(values: &impl Serialize) -> Value {
    serde_json::to_value(values).expect("numbers and texts always have a JSON form")
}

/// What a field is called in [`commerce::OrderFields`] and [`commerce::ProductFields`].
const fn member(field: Field) -> &'static str {
    match field {
        // The store calls it `type`.
        Field::ProductKind => "kind",
        other => other.member(),
    }
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

const fn thing(entry: &Entry) -> &'static str {
    match entry.change.subject() {
        Subject::Order(_) => "order",
        Subject::Product(_) | Subject::NewProduct => "product",
    }
}

fn number(entry: &Entry) -> String {
    match (entry.made, entry.change.subject()) {
        (Some(id), _) | (None, Subject::Product(id)) => id.to_string(),
        (None, Subject::Order(id)) => id.to_string(),
        (None, Subject::NewProduct) => String::new(),
    }
}

fn row<const N: usize>(out: &mut impl Write, cells: &[String; N]) -> io::Result<()> {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        out.write_all(csv_cell(cell).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// Quoted where it has to be; a text that a spreadsheet would take for a formula gets an apostrophe
/// before it, which spreadsheets don't show.
///
/// Source: RFC 4180; OWASP, "CSV Injection".
fn csv_cell(text: &str) -> String {
    let is_number = text.parse::<rust_decimal::Decimal>().is_ok();
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use commerce::{OrderFields, ProductFields};
    use journal::{Said, StepKind};

    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_is_never_a_formula() {
        assert_eq!(csv_cell("plain"), "plain");
        assert_eq!(csv_cell("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell("-5.20"), "-5.20");
    }

    #[test]
    fn a_step_tells_when_what_and_why() {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let step = |kind, said| Step {
            at,
            kind,
            said,
            found: None,
        };
        let sent = step(StepKind::Sent, Said::default());
        assert_eq!(told(&sent), "1970-01-01T00:00:00Z sent");
        let no = Said {
            reason: Some(Reason::Invalid),
            about: String::new(),
            words: "No.".into(),
        };
        let refused = step(StepKind::StoreRefused, no);
        assert_eq!(
            told(&refused),
            "1970-01-01T00:00:00Z store-refused, invalid, No."
        );
    }

    #[test]
    fn every_field_is_found_under_its_name() {
        let product = plain(&ProductFields {
            name: Some("n".into()),
            kind: Some(commerce::ProductKind::Digital),
            is_visible: Some(true),
            ..ProductFields::default()
        });
        let order = plain(&OrderFields {
            status_id: Some(commerce::StatusId(2)),
            staff_notes: Some(String::new()),
        });
        for field in [Field::Name, Field::ProductKind, Field::Visible] {
            assert!(product.get(member(field)).is_some(), "{field:?}");
        }
        for field in [Field::Status, Field::StaffNotes] {
            assert!(order.get(member(field)).is_some(), "{field:?}");
        }
    }
}
