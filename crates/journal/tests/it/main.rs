//! The journal as its users see it, over real files.
#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

mod failures;
mod finding;
mod giving_up;
mod jobs;
mod keeping;
mod moving;
mod trying_again;
mod upgrading;
mod writing;

use commerce::{Change, OrderFields, OrderId, StatusId};
use jiff::Timestamp;
use journal::{EntryId, JobId, Journal, NewEntry, NewJob, SendKind};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn status(id: u32) -> OrderFields {
    OrderFields {
        status_id: Some(StatusId(id)),
        staff_notes: None,
    }
}

fn entry(id: &str, order: u64, undoes: Option<&str>) -> NewEntry {
    NewEntry {
        id: EntryId(id.into()),
        change: Change::Order {
            id: OrderId(order),
            before: status(11),
            after: status(2),
        },
        name: "Ada Example".into(),
        labels: "Awaiting Fulfillment\nShipped".into(),
        kind: SendKind::Once,
        undoes: undoes.map(|id| EntryId(id.into())),
        retries: None,
    }
}

fn job(id: &str, entries: Vec<NewEntry>) -> NewJob {
    NewJob {
        id: JobId(id.into()),
        at: at(0),
        who: "you".into(),
        digest: "d".into(),
        entries,
    }
}

fn id(text: &str) -> EntryId {
    EntryId(text.into())
}

const FILE: &str = "journal.sqlite";

/// A journal without an entry, and the folder that it is in for as long as that is held.
fn empty() -> (Journal, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join(FILE)).unwrap();
    (journal, folder)
}
