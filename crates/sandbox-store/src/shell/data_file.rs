//! What was changed, kept on disk: one JSON line per change, replayed at the next start.
//!
//! The first line says what the store was made from. A line counts once its line end is written: a
//! torn last line is a change nobody was told of, and is cut off.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::state::{Blueprint, FeesWithoutId, Sizes};

/// Raised when the lines, or the sample data they build upon, change: old files are refused then.
const FORMAT: u32 = 4;

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataFileError {
    /// The system refused.
    #[error("the file cannot be read or written")]
    Io(#[from] io::Error),
    /// Another process has this store open.
    #[error("another process has this file open")]
    InUse,
    /// It was made by another version of this program.
    #[error("the file has format {found}, this program reads {known}: start over with `reset`")]
    Format {
        /// The format of the file.
        found: u64,
        /// The one that this program reads: a lower one is of an earlier version, a higher one of a later.
        known: u64,
    },
    /// Somebody else's file, most likely: it was left as it is.
    #[error(
        "the file was not written by this program, and nothing in it was changed: give another one"
    )]
    Foreign,
    /// A line in it is not what this program writes.
    #[error("line {line} of the file cannot be read")]
    Line {
        /// Counted from 1.
        line: usize,
    },
}

/// What the store was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Origin {
    pub(super) format: u32,
    pub(super) seed: u64,
    pub(super) sizes: Sizes,
    pub(super) as_of: Date,
    /// What is kept was done as this had it.
    #[serde(default = "before_there_was_a_choice")]
    pub(super) fees_without_id: FeesWithoutId,
}

/// What fees did in files that do not say it.
fn before_there_was_a_choice() -> FeesWithoutId {
    FeesWithoutId::Replace
}

impl Origin {
    pub(super) fn of(blueprint: &Blueprint) -> Self {
        Self {
            format: FORMAT,
            seed: blueprint.seed,
            sizes: blueprint.sizes,
            as_of: blueprint.as_of,
            fees_without_id: blueprint.fees_without_id,
        }
    }
}

/// One change, and when it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) at: Timestamp,
    #[serde(flatten)]
    pub(super) change: Change,
}

/// Who changed something, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Change {
    /// Through the API.
    Request {
        method: String,
        /// Without `/stores/{hash}`: the file can be opened as another store.
        path: String,
        #[serde(default)]
        query: String,
        body: Value,
        /// Whose token it was: 0 is the first. Never the token itself.
        #[serde(default, skip_serializing_if = "is_first")]
        account: usize,
        /// Which storefront token a header named: 0 is the first that was given out. Never the token
        /// itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        storefront: Option<usize>,
    },
    /// Through the control server, as somebody else.
    Elsewhere(Elsewhere),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_first(account: &usize) -> bool {
    *account == 0
}

/// A change that did not come through the API.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Elsewhere {
    /// Orders came in.
    NewOrders { count: u32 },
    /// Somebody in the control panel edited an order.
    OrderEdited {
        id: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status_id: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        staff_notes: Option<String>,
    },
    /// Somebody in the control panel edited a product; fields by their API names.
    ProductEdited { id: u64, fields: Map<String, Value> },
    /// Somebody in the control panel deleted a product.
    ProductDeleted { id: u64 },
    /// Somebody in the control panel edited a customer; fields by their API names.
    CustomerEdited { id: u64, fields: Map<String, Value> },
    /// The store's clock goes so far ahead of this machine's from here on.
    ClockSet { offset_millis: i64 },
}

/// An open data file, locked for this process.
#[derive(Debug)]
pub(super) struct DataFile {
    file: File,
}

impl DataFile {
    /// Opens or makes the file. Gives what the store is made from (`fresh` if the file is new) and
    /// the changes since.
    pub(super) fn open(
        path: &Path,
        fresh: Origin,
    ) -> Result<(Self, Origin, Vec<Entry>), DataFileError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DataFileError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        // Nothing is cut off before all of it is known to be ours.
        let (whole, origin, entries) = read(&bytes)?;
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        let mut this = Self { file };
        let origin = match origin {
            Some(origin) => origin,
            None => {
                this.append(&fresh)?;
                fresh
            }
        };
        Ok((this, origin, entries))
    }

    /// Deletes the file at that path, if there is one and nobody has it open. Of whatever format, but
    /// only one that this program wrote.
    pub(super) fn delete(path: &Path) -> Result<(), DataFileError> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DataFileError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut start = Vec::new();
        io::Read::take(&mut file, HEAD_MAX).read_to_end(&mut start)?;
        match read(&start) {
            Err(DataFileError::Foreign) => Err(DataFileError::Foreign),
            // What it holds is not worth a thing any more.
            _ours => Ok(std::fs::remove_file(path)?),
        }
    }

    /// On disk when this returns.
    pub(super) fn write(&mut self, entry: &Entry) -> io::Result<()> {
        self.append(entry)
    }

    /// Forgets all changes.
    pub(super) fn start_over(&mut self, origin: &Origin) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.append(origin)
    }

    fn append<T: Serialize>(&mut self, line: &T) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let whole = self.file.stream_position()?;
        let written = self
            .file
            .write_all(&bytes)
            .and_then(|()| self.file.sync_data());
        if written.is_err() {
            // The next line must not go on from half a line: on a full disk, once there is room again.
            self.file.set_len(whole)?;
            self.file.seek(SeekFrom::Start(whole))?;
        }
        written
    }
}

/// Longer than any first line.
const HEAD_MAX: u64 = 4_096;

/// How every first line begins, whatever the format.
const BEGINNING: &[u8] = br#"{"format":"#;

/// How many of these bytes count, what the store was made from if that was written, and the changes
/// since.
fn read(bytes: &[u8]) -> Result<(usize, Option<Origin>, Vec<Entry>), DataFileError> {
    if !bytes.starts_with(BEGINNING) && !BEGINNING.starts_with(bytes) {
        return Err(DataFileError::Foreign);
    }
    let Some(whole) = bytes.iter().rposition(|byte| *byte == b'\n') else {
        // Nothing, or a first line that was torn. One that is whole JSON was written by somebody who
        // ends no lines.
        let is_whole = serde_json::from_slice::<Value>(bytes).is_ok();
        if is_whole || bytes.len() as u64 >= HEAD_MAX {
            return Err(DataFileError::Foreign);
        }
        return Ok((0, None, Vec::new()));
    };
    let mut lines = bytes[..whole]
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    let origin = lines.next().ok_or(DataFileError::Foreign)?;
    let origin = read_origin(origin)?;
    let entries = lines
        .enumerate()
        .map(|(at, line)| {
            serde_json::from_slice(line).map_err(|_error| DataFileError::Line { line: at + 2 })
        })
        .collect::<Result<_, _>>()?;
    Ok((whole + 1, Some(origin), entries))
}

fn read_origin(line: &[u8]) -> Result<Origin, DataFileError> {
    let value: Value = serde_json::from_slice(line).map_err(|_error| DataFileError::Foreign)?;
    let found = value.get("format").and_then(Value::as_u64);
    let found = found.ok_or(DataFileError::Foreign)?;
    let known = u64::from(FORMAT);
    if found != known {
        return Err(DataFileError::Format { found, known });
    }
    serde_json::from_value(value).map_err(|_error| DataFileError::Line { line: 1 })
}
