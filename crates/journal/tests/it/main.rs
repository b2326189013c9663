//! The journal as its users see it, over real files.
#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use commerce::{Change, OrderFields, OrderId, ProductFields, ProductId, StatusId, Subject};
use jiff::Timestamp;
use journal::{
    EntryId, Error, Filter, JobId, Journal, NewEntry, NewJob, SendKind, State, StepKind,
};
use proptest::prelude::*;

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
        kind: SendKind::Once,
        undoes: undoes.map(|id| EntryId(id.into())),
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

#[test]
fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let journal = Journal::open(&path).unwrap();
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
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("j.sqlite")).unwrap();
    let twice = job("j", vec![entry("a", 7, None), entry("a", 8, None)]);
    assert!(journal.write(&twice).is_err());
    assert_eq!(journal.counts().unwrap().all, 0);
}

#[test]
fn undoing_marks_the_first_change_only_once_the_second_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("j.sqlite")).unwrap();
    let go = |entry: &str, to, kind| journal.advance(&id(entry), to, at(1), kind, "").unwrap();
    journal
        .write(&job("j1", vec![entry("a", 7, None)]))
        .unwrap();
    go("a", State::Sending, StepKind::Sent);
    go("a", State::Done, StepKind::StoreDone);
    journal
        .write(&job("j2", vec![entry("b", 7, Some("a"))]))
        .unwrap();
    go("b", State::Sending, StepKind::Sent);
    assert!(journal.entry(&id("a")).unwrap().can_be_undone());
    go("b", State::Done, StepKind::StoreDone);
    let first = journal.entry(&id("a")).unwrap();
    assert_eq!(first.undone_by, Some(id("b")));
    assert!(!first.can_be_undone());
    let steps: Vec<_> = journal
        .steps(&id("a"))
        .unwrap()
        .iter()
        .map(|s| s.kind)
        .collect();
    assert_eq!(
        steps,
        [
            StepKind::Written,
            StepKind::Sent,
            StepKind::StoreDone,
            StepKind::Undone
        ]
    );
    assert_eq!(journal.ids(Filter::Undone).unwrap(), [id("a")]);
}

#[test]
fn the_stores_refusal_is_kept_in_its_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("j.sqlite")).unwrap();
    journal.write(&job("j", vec![entry("a", 7, None)])).unwrap();
    journal
        .advance(&id("a"), State::Sending, at(1), StepKind::Sent, "")
        .unwrap();
    journal
        .advance(
            &id("a"),
            State::Refused,
            at(2),
            StepKind::StoreRefused,
            "no such status",
        )
        .unwrap();
    assert_eq!(
        journal.entry(&id("a")).unwrap().store_words,
        "no such status"
    );
    assert_eq!(journal.counts().unwrap().to_look_at, 1);
    assert_eq!(journal.counts().unwrap().on_the_way, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is asked of it, an entry that was sent never waits to be sent again unless
    /// somebody settled that it had no effect, and a finished one never moves.
    #[test]
    fn an_entry_only_moves_along_the_allowed_edges(moves in prop::collection::vec(0..State::ALL.len(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("j.sqlite")).unwrap();
        journal.write(&job("j", vec![entry("a", 7, None)])).unwrap();
        let mut now = State::Waiting;
        for wanted in moves {
            let wanted = State::ALL[wanted];
            let moved = journal.advance(&id("a"), wanted, at(1), StepKind::Sent, "");
            if now.may_become(wanted) {
                prop_assert!(moved.is_ok());
                now = wanted;
            } else {
                let refused = matches!(moved, Err(Error::Moved { .. }));
                prop_assert!(refused);
            }
            prop_assert_eq!(journal.entry(&id("a")).unwrap().state, now);
        }
    }
}

#[test]
fn a_product_that_was_made_is_found_again_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j.sqlite");
    let journal = Journal::open(&path).unwrap();
    let after = ProductFields {
        name: Some("Field kettle".into()),
        price: Some("19.90".parse().unwrap()),
        ..ProductFields::default()
    };
    let making = NewEntry {
        change: Change::CreateProduct {
            after: after.clone(),
        },
        ..entry("a", 0, None)
    };
    journal.write(&job("j", vec![making])).unwrap();
    journal
        .advance(&id("a"), State::Sending, at(1), StepKind::Sent, "")
        .unwrap();
    let made = ProductId(77);
    journal
        .advance_made(
            &id("a"),
            State::Done,
            at(2),
            StepKind::StoreDone,
            "the address could not be set",
            made,
        )
        .unwrap();
    drop(journal);

    let journal = Journal::open(&path).unwrap();
    let about = journal.about(Subject::Product(made)).unwrap();
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].change, Change::CreateProduct { after });
    assert_eq!(about[0].made, Some(made));
    assert_eq!(about[0].store_words, "the address could not be set");
    // An order of the same number is another thing.
    assert!(
        journal
            .about(Subject::Order(OrderId(77)))
            .unwrap()
            .is_empty()
    );
}
