//! What is written down, by whom it can be read, and a file of the version before.

use commerce::{OrderId, Subject};
use journal::{EntryId, JobId, Journal, Query, State, StepKind};

use crate::{FILE, at, empty, entry, id, job};

#[test]
fn what_was_written_is_there_after_opening_again() {
    let (journal, folder) = empty();
    let path = folder.path().join(FILE);
    journal
        .write(&job("j", vec![entry("a", 7, None), entry("b", 8, None)]))
        .unwrap();
    drop(journal);

    let journal = Journal::open(&path).unwrap();
    let next = journal.next_waiting().unwrap().unwrap();
    assert_eq!(next.id, id("a"));
    assert_eq!(next.change, entry("a", 7, None).change);
    assert_eq!(journal.on_the_way().unwrap().len(), 2);
    assert_eq!(journal.of_job(&JobId("j".into())).unwrap().len(), 2);
}

#[test]
fn a_job_is_written_whole_or_not_at_all() {
    let (journal, _folder) = empty();
    let twice = job("j", vec![entry("a", 7, None), entry("a", 8, None)]);
    assert!(journal.write(&twice).is_err());
    assert_eq!(journal.counts().unwrap().all, 0);
}

#[test]
fn another_program_can_read_who_changed_what_and_when() {
    let (journal, folder) = empty();
    let path = folder.path().join(FILE);
    journal.write(&job("j", vec![entry("a", 7, None)])).unwrap();
    let other = database::open_reader(&path).unwrap();
    let row: (String, String, String, i64, String, String) = other
        .query_row(
            "SELECT confirmed_utc, who, thing, number, before, after FROM readable",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )
        .unwrap();
    assert_eq!(row.0, "2026-09-21 14:13:20");
    assert_eq!((row.1.as_str(), row.2.as_str(), row.3), ("you", "order", 7));
    assert_eq!(row.4, r#"{"status_id":11}"#);
    assert_eq!(row.5, r#"{"status_id":2}"#);
}

#[test]
fn a_journal_of_the_version_before_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j.sqlite");
    let before =
        database::Migrations::new(vec![database::M::up(include_str!("../../src/schema.sql"))]);
    let old = database::open(&path, &before, database::Durability::PowerCut).unwrap();
    old.execute_batch(
        r#"INSERT INTO jobs VALUES ('j', 1790000000000, 'you', 'd');
           INSERT INTO entries (id, job, subject, subject_id, change, kind, state, state_at, store_words)
           VALUES ('a', 'j', 'order', 7,
           '{"what":"order","id":7,"before":{"status_id":11},"after":{"status_id":2}}',
           'once', 'unknown', 1790000000000, ''),
           ('b', 'j', 'product', 8, '{"what":"product","id":8,"before":{"name":"ÄB"},"after":{"name":"B"}}',
           'idempotent', 'done-found', 1790000000000, ''),
           ('c', 'j', 'product', 9, '{"what":"product","id":9,"before":{"name":"B"},"after":{"name":"C"}}',
           'idempotent', 'done-found', 1790000000000, '');
           INSERT INTO steps (entry, at, kind, words) VALUES ('a', 1, 'written', ''), ('a', 2, 'sent', ''),
           ('a', 3, 'no-answer', 'why'), ('b', 1, 'written', ''), ('b', 2, 'found-in-store', ''),
           ('c', 1, 'written', ''), ('c', 2, 'sent', ''), ('c', 3, 'found-in-store', '');"#,
    )
    .unwrap();
    drop(old);
    let journal = Journal::open(&path).unwrap();
    let never_sent = journal.entry(&id("b")).unwrap();
    assert_eq!(never_sent.state, State::AlreadySo);
    let maybe_ours = journal.entry(&id("c")).unwrap();
    assert!(maybe_ours.can_be_undone());
    assert_eq!(maybe_ours.what_was_sent(), maybe_ours.change);
    let found = |search: &str| {
        let query = Query {
            search: search.into(),
            ..Query::default()
        };
        journal.ids(&query).unwrap()
    };
    assert_eq!(found("äb"), [id("b")]);
    assert_eq!(found("name"), Vec::<EntryId>::new());
    let kept = journal.entry(&id("a")).unwrap();
    assert_eq!(kept.change, entry("a", 7, None).change);
    assert_eq!(journal.job(&kept.job).unwrap().size, 3);
    journal
        .note(&id("a"), at(4), StepKind::FoundUnclear, "")
        .unwrap();
    let steps = journal.steps(&id("a")).unwrap();
    let kinds: Vec<StepKind> = steps.iter().map(|step| step.kind).collect();
    let way = [
        StepKind::Written,
        StepKind::Sent,
        StepKind::NoAnswer,
        StepKind::FoundUnclear,
    ];
    assert_eq!(kinds, way);
    assert_eq!(steps[2].said, "why".into());
    assert_eq!(
        journal.open_about(&[Subject::Order(OrderId(7))]).unwrap(),
        [kept]
    );
    // Which entries are whose, also of those that come now.
    journal
        .write(&job("k", vec![entry("d", 7, None), entry("e", 8, None)]))
        .unwrap();
    let ids_of = |id: &str| -> Vec<String> {
        let entries = journal.of_job(&JobId(id.into())).unwrap();
        entries.into_iter().map(|entry| entry.id.0).collect()
    };
    assert_eq!(ids_of("j"), ["a", "b", "c"]);
    assert_eq!(ids_of("k"), ["d", "e"]);
    assert_eq!(ids_of("l"), Vec::<String>::new());
    let open = journal.open_jobs().unwrap();
    let open: Vec<(&str, u32, u32, u32)> = open
        .iter()
        .map(|job| (job.id.0.as_str(), job.waiting, job.under_way, job.done))
        .collect();
    assert_eq!(open, [("j", 0, 1, 2), ("k", 2, 0, 0)]);
}
