//! Writing an entry to the journal and moving it to its end, against bare commits of the same size
//! and durability.

use commerce::{Change, OrderFields, OrderId, StatusId};
use database::{Durability, M, Migrations, params};
use jiff::Timestamp;
use journal::{EntryId, JobId, Journal, NewEntry, NewJob, SendKind, State, StepKind};

use crate::{Figure, Report, report::ratio};

const ENTRIES: u32 = 100;

pub(crate) fn run(report: &mut Report) {
    at_size(report, ENTRIES, "journal_ratio");
    at_size(report, ENTRIES / 10, "journal_ratio_tenth");
}

fn at_size(report: &mut Report, entries: u32, name: &'static str) {
    let folder = tempfile::tempdir().expect("a folder for the benchmark");
    let journal = Journal::open(&folder.path().join("journal.sqlite")).expect("a fresh journal");
    let tables = Migrations::new(vec![M::up(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)",
    )]);
    let bare = database::open(
        &folder.path().join("bare.sqlite"),
        &tables,
        Durability::PowerCut,
    )
    .expect("a fresh file");
    let at = Timestamp::from_second(1_790_000_000).expect("a date in range");
    let body = "x".repeat(200);
    let mut next = 0_u32;
    let value = ratio(
        5,
        || {
            for _ in 0..entries {
                next += 1;
                write(&journal, at, next);
            }
        },
        || {
            // Three commits: written, sent, done.
            for _ in 0..entries * 3 {
                bare.execute("INSERT INTO t (body) VALUES (?1)", params![body])
                    .expect("a commit");
            }
        },
    );
    report.add(&Figure {
        name,
        value,
        unit: "ratio",
        limit: 2.0,
    });
}

fn write(journal: &Journal, at: Timestamp, number: u32) {
    let id = EntryId(number.to_string());
    let fields = |status| OrderFields {
        status_id: Some(StatusId(status)),
        staff_notes: None,
    };
    let job = NewJob {
        id: JobId(number.to_string()),
        at,
        who: "you".into(),
        digest: "d".into(),
        entries: vec![NewEntry {
            id: id.clone(),
            change: Change::Order {
                id: OrderId(u64::from(number)),
                before: fields(11),
                after: fields(2),
            },
            kind: SendKind::Once,
            undoes: None,
        }],
    };
    journal.write(&job).expect("written");
    journal
        .advance(&id, State::Sending, at, StepKind::Sent, "")
        .expect("sent");
    journal
        .advance(&id, State::Done, at, StepKind::StoreDone, "")
        .expect("done");
}
