//! The journal as its users see it, over real files.
#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use commerce::{Change, OrderFields, OrderId, ProductFields, ProductId, Scope, StatusId, Subject};
use jiff::Timestamp;
use journal::{
    EntryId, Error, Filter, JobId, Journal, Move, NewEntry, NewJob, Query, Reason, Said, SendKind,
    State, StepKind,
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
        name: "Ada Example".into(),
        labels: "Awaiting Fulfillment\nShipped".into(),
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

const FILE: &str = "journal.sqlite";

/// A journal without an entry, and the folder that it is in for as long as that is held.
fn empty() -> (Journal, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join(FILE)).unwrap();
    (journal, folder)
}

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
fn undoing_marks_the_first_change_only_once_the_second_is_done() {
    let (journal, _folder) = empty();
    let undone = Query {
        filter: Filter::Undone,
        ..Query::default()
    };
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
    assert_eq!(journal.ids(&undone).unwrap(), [id("a")]);
}

#[test]
fn the_stores_refusal_is_kept_in_its_own_words() {
    let (journal, _folder) = empty();
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
        journal.entry(&id("a")).unwrap().said.words,
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
        let (journal, _folder) = empty();
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
    let (journal, folder) = empty();
    let path = folder.path().join(FILE);
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
    assert_eq!(about[0].said.words, "the address could not be set");
    // An order of the same number is another thing.
    assert!(
        journal
            .about(Subject::Order(OrderId(77)))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_held_job_lets_others_pass_and_goes_on_where_it_was() {
    let (journal, folder) = empty();
    let path = folder.path().join(FILE);
    let first = job("j1", vec![entry("a", 7, None), entry("b", 8, None)]);
    journal.write(&first).unwrap();
    journal
        .write(&job("j2", vec![entry("c", 9, None)]))
        .unwrap();
    journal.hold(&JobId("j1".into()), at(1)).unwrap();
    drop(journal);

    let journal = Journal::open(&path).unwrap();
    assert!(journal.is_held(&JobId("j1".into())).unwrap());
    assert_eq!(journal.next_waiting().unwrap().unwrap().id, id("c"));
    journal.let_go(&JobId("j1".into())).unwrap();
    let next: Vec<EntryId> = journal
        .next_waiting_up_to(2)
        .unwrap()
        .into_iter()
        .map(|entry| entry.id)
        .collect();
    assert_eq!(next, [id("a"), id("b")]);
}

#[test]
fn for_want_of_which_scope_a_job_is_held_is_known_until_it_goes_on_or_a_person_holds_it() {
    let (journal, folder) = empty();
    let (one, other) = (JobId("j1".into()), JobId("j2".into()));
    for (job_id, entry_id) in [("j1", "a"), ("j2", "b")] {
        let entries = vec![entry(entry_id, 7, None)];
        journal.write(&job(job_id, entries)).unwrap();
    }
    let lack = Said::about(Reason::MissingScope, "store_v2_orders");
    journal.hold_for(&one, at(1), Scope::Orders, &lack).unwrap();
    journal
        .hold_because(&other, at(1), &"not for you".into())
        .unwrap();
    drop(journal);

    let journal = Journal::open(&folder.path().join(FILE)).unwrap();
    assert_eq!(journal.job(&one).unwrap().held_because, lack);
    assert!(!journal.let_go_but_for(&[Scope::Orders]).unwrap());
    // A person's hold is theirs to end, whatever is said of the job meanwhile.
    journal.hold(&one, at(2)).unwrap();
    journal.hold_for(&one, at(3), Scope::Orders, &lack).unwrap();
    assert!(!journal.let_go_but_for(&[]).unwrap());
    assert_eq!(journal.job(&one).unwrap().held_because, Said::default());
    assert!(journal.is_held(&one).unwrap());
    journal.let_go(&one).unwrap();
    journal.hold_for(&one, at(4), Scope::Orders, &lack).unwrap();
    assert!(journal.let_go_but_for(&[Scope::Products]).unwrap());
    assert!(!journal.is_held(&one).unwrap());
    assert!(journal.is_held(&other).unwrap(), "it is not for a scope");
}

#[test]
fn a_stopped_job_gives_up_what_waits_and_what_comes_back_to_waiting() {
    let (journal, _folder) = empty();
    let three = vec![
        entry("a", 7, None),
        entry("b", 8, None),
        entry("c", 9, None),
    ];
    journal.write(&job("j", three)).unwrap();
    journal
        .advance(&id("a"), State::Sending, at(1), StepKind::Sent, "")
        .unwrap();
    let the_job = JobId("j".into());
    assert_eq!(journal.stop(&the_job, at(2)).unwrap().len(), 2);
    assert_eq!(journal.job(&the_job).unwrap().dropped, 2);
    assert!(!journal.job(&the_job).unwrap().is_over());

    journal
        .advance(&id("a"), State::Waiting, at(3), StepKind::Postponed, "")
        .unwrap();
    assert_eq!(journal.next_waiting().unwrap(), None);
    let back = journal.stopped_and_waiting().unwrap();
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].id, id("a"));
}

#[test]
fn what_may_be_done_is_not_called_given_up_when_its_job_is_stopped() {
    let (journal, _folder) = empty();
    let two = vec![entry("a", 7, None), entry("b", 8, None)];
    journal.write(&job("j", two)).unwrap();
    journal
        .advance(&id("a"), State::Sending, at(1), StepKind::Sent, "")
        .unwrap();
    journal
        .advance(&id("a"), State::Waiting, at(2), StepKind::NoAnswer, "")
        .unwrap();
    assert!(journal.was_lost(&id("a")).unwrap());
    assert!(!journal.was_lost(&id("b")).unwrap());
    journal.stop(&JobId("j".into()), at(3)).unwrap();
    assert_eq!(journal.entry(&id("a")).unwrap().state, State::Unclear);
    assert_eq!(journal.entry(&id("b")).unwrap().state, State::Dropped);
}

#[test]
fn several_move_together_or_not_at_all() {
    let (journal, _folder) = empty();
    let two = vec![entry("a", 7, None), entry("b", 8, None)];
    journal.write(&job("j", two)).unwrap();
    let sent = |entry: &str| Move::new(&id(entry), State::Sending, StepKind::Sent, "");
    let done = |entry: &str| Move::new(&id(entry), State::Done, StepKind::StoreDone, "");
    // The second may not go there, so the first stays, too.
    let both = journal.advance_all(&[sent("a"), done("b")], at(1));
    assert!(matches!(both, Err(Error::Moved { .. })));
    assert_eq!(journal.entry(&id("a")).unwrap().state, State::Waiting);
    assert_eq!(journal.steps(&id("a")).unwrap().len(), 1);
    journal.advance_all(&[sent("a"), sent("b")], at(1)).unwrap();
    assert_eq!(journal.job(&JobId("j".into())).unwrap().under_way, 2);
}

#[test]
fn changes_are_found_by_number_name_and_value_in_any_case_of_letters() {
    let (journal, _folder) = empty();
    let mut note = entry("a", 7_312, None);
    note.name = "Zoë Example".into();
    note.change = Change::Order {
        id: OrderId(7_312),
        before: status(11),
        after: OrderFields {
            staff_notes: Some("Ring 100% TWICE".into()),
            ..status(2)
        },
    };
    journal
        .write(&job("j", vec![note, entry("b", 8, None)]))
        .unwrap();
    let found = |search: &str| {
        let query = Query {
            search: search.into(),
            ..Query::default()
        };
        journal.ids(&query).unwrap()
    };
    assert_eq!(found("7312"), [id("a")]);
    assert_eq!(found("ZOË"), [id("a")]);
    assert_eq!(found("twice zoë"), [id("a")]);
    assert_eq!(found("100%"), [id("a")], "what is typed is no pattern");
    assert_eq!(found("zoë ada"), Vec::<EntryId>::new());
    assert_eq!(found("").len(), 2);
    assert_eq!(found("SHIPPED zoë"), [id("a")], "as a status is called");
}

#[test]
fn changes_are_found_by_nothing_that_a_person_cannot_see() {
    let (journal, _folder) = empty();
    let mut price = entry("p", 0, None);
    price.labels = String::new();
    price.change = Change::Product {
        id: ProductId(9),
        before: ProductFields {
            is_visible: Some(false),
            price: Some("19.90".parse().unwrap()),
            ..ProductFields::default()
        },
        after: ProductFields {
            is_visible: Some(true),
            price: Some("21.43".parse().unwrap()),
            ..ProductFields::default()
        },
    };
    journal
        .write(&job("j", vec![entry("a", 7, None), price]))
        .unwrap();
    let found = |search: &str| {
        let query = Query {
            search: search.into(),
            ..Query::default()
        };
        journal.ids(&query).unwrap()
    };
    for key in [
        "status_id",
        "what",
        "before",
        "after",
        "is_visible",
        "true",
        "price",
        "{",
        "\"",
        "product",
    ] {
        assert_eq!(found(key), Vec::<EntryId>::new(), "{key}");
    }
    assert_eq!(found("19.90 21.43"), [id("p")]);
    let sent = Move::new(&id("p"), State::Sending, StepKind::Sent, "");
    let mut refused = Move::new(
        &id("p"),
        State::Refused,
        StepKind::StoreRefused,
        "Keines Falls",
    );
    refused.refused = vec![("price".into(), "too Odd".into())];
    journal.advance_all(&[sent, refused], at(1)).unwrap();
    assert_eq!(found("keines FALLS odd"), [id("p")], "the store's words");
}

#[test]
fn erased_personal_data_is_in_none_of_the_files_bytes() {
    let (journal, folder) = empty();
    let note = |text: &str| OrderFields {
        status_id: None,
        staff_notes: Some(text.into()),
    };
    let mut entries: Vec<NewEntry> = Vec::new();
    for number in 0..700 {
        let mut one = entry(&format!("e{number}"), number, None);
        one.name = "Persephone Quillfeather".into();
        one.change = Change::Order {
            id: OrderId(number),
            before: note("rang Quillfeather"),
            after: note("Quillfeather called back"),
        };
        entries.push(one);
    }
    journal.write(&job("j", entries)).unwrap();
    for number in 0..699 {
        let one = id(&format!("e{number}"));
        let go = |to, kind, words| journal.advance(&one, to, at(5), kind, words).unwrap();
        go(State::Sending, StepKind::Sent, "");
        go(State::Done, StepKind::StoreDone, "hello Quillfeather");
    }
    // The last one is still to be sent, and keeps all.
    let last = id("e699");

    let said = "Quillfeather may not".into();
    journal
        .hold_because(&JobId("j".into()), at(5), &said)
        .unwrap();
    assert_eq!(
        journal.erase_personal_data(at(5), at(9)).unwrap(),
        0,
        "too early"
    );
    assert_eq!(journal.erase_personal_data(at(6), at(9)).unwrap(), 699);
    assert_eq!(journal.erase_personal_data(at(6), at(9)).unwrap(), 0);
    let erased = journal.entry(&id("e3")).unwrap();
    assert!(erased.is_erased && !erased.can_be_undone());
    assert_eq!(erased.state, State::Done);
    assert_eq!(erased.change.fields(), [commerce::Field::StaffNotes]);
    assert_eq!(
        journal.entry(&last).unwrap().name,
        "Persephone Quillfeather"
    );
    journal
        .advance(&last, State::Dropped, at(7), StepKind::Dropped, "")
        .unwrap();
    assert_eq!(journal.erase_personal_data(at(8), at(9)).unwrap(), 1);
    assert!(!journal.owes_emptying());
    drop(journal);
    holds_no_trace(folder.path());
}

#[test]
fn what_nobody_decided_about_for_so_long_is_closed_and_forgets_people_too() {
    let (journal, folder) = empty();
    let ends = [
        ("refused", State::Refused, StepKind::StoreRefused),
        ("unclear", State::Unclear, StepKind::FoundUnclear),
        ("unknown", State::Unknown, StepKind::NoAnswer),
    ];
    let with_note = |name: &str| {
        let mut one = entry(name, 7, None);
        one.name = "Persephone Quillfeather".into();
        one.change = Change::Order {
            id: OrderId(7),
            before: status(11),
            after: OrderFields {
                staff_notes: Some("Quillfeather called".into()),
                ..status(2)
            },
        };
        one
    };
    let names = ["conflict", "refused", "unclear", "unknown", "trace"];
    let entries = names.map(with_note).to_vec();
    journal.write(&job("j", entries)).unwrap();
    let mut met = Move::new(
        &id("conflict"),
        State::Conflict,
        StepKind::FoundChanged,
        Reason::OtherValues,
    );
    met.found = Some(commerce::Values::Order(OrderFields {
        staff_notes: Some("Quillfeather rang".into()),
        ..OrderFields::default()
    }));
    let found = met.found.clone();
    journal.advance_all(&[met], at(5)).unwrap();
    let stands = journal.entry(&id("conflict")).unwrap();
    let last = journal.steps(&id("conflict")).unwrap().pop().unwrap();
    assert_eq!(stands.said, Reason::OtherValues.into());
    assert_eq!(
        (last.said, &last.found),
        (Reason::OtherValues.into(), &found)
    );
    for (name, to, kind) in ends {
        let one = id(name);
        journal
            .advance(&one, State::Sending, at(4), StepKind::Sent, "")
            .unwrap();
        journal
            .advance(&one, to, at(5), kind, "Quillfeather")
            .unwrap();
    }
    let go = |to, kind| {
        journal
            .advance(&id("trace"), to, at(5), kind, "Quill")
            .unwrap()
    };
    go(State::Sending, StepKind::Sent);
    go(State::Unknown, StepKind::NoAnswer);
    go(State::NotApplied, StepKind::NotFoundInStore);

    assert_eq!(
        journal.erase_personal_data(at(5), at(9)).unwrap(),
        0,
        "too early"
    );
    assert_eq!(journal.erase_personal_data(at(6), at(9)).unwrap(), 4);
    assert_eq!(journal.erase_personal_data(at(9), at(9)).unwrap(), 0);
    for closed in ["conflict", "refused", "trace"] {
        let entry = journal.entry(&id(closed)).unwrap();
        assert_eq!(entry.state, State::LeftAsItWas, "{closed}");
        assert!(entry.is_erased && entry.found.is_none() && entry.said == Said::default());
        let last = journal.steps(&id(closed)).unwrap().pop().unwrap();
        assert_eq!(last.kind, StepKind::LeftAsItWas);
    }
    // A person still decides about this one, by its number and what was to become of it.
    let unclear = journal.entry(&id("unclear")).unwrap();
    assert_eq!((unclear.state, unclear.is_erased), (State::Unclear, true));
    assert_eq!(unclear.change.subject(), Subject::Order(OrderId(7)));
    assert_eq!(journal.counts().unwrap().to_look_at, 2);
    journal
        .advance(
            &id("unclear"),
            State::NotApplied,
            at(10),
            StepKind::SaidNotDone,
            "",
        )
        .unwrap();
    assert_eq!(journal.erase_personal_data(at(11), at(12)).unwrap(), 1);
    assert_eq!(
        journal.entry(&id("unclear")).unwrap().state,
        State::LeftAsItWas
    );
    // What is still being found out needs what it was, until it is.
    assert_eq!(
        journal.entry(&id("unknown")).unwrap().name,
        "Persephone Quillfeather"
    );
    journal
        .advance(
            &id("unknown"),
            State::DoneFound,
            at(13),
            StepKind::FoundInStore,
            "",
        )
        .unwrap();
    assert_eq!(journal.erase_personal_data(at(14), at(15)).unwrap(), 1);
    drop(journal);
    holds_no_trace(folder.path());
}

fn holds_no_trace(folder: &std::path::Path) {
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        let found = bytes
            .windows(5)
            .any(|five| five.eq_ignore_ascii_case(b"quill"));
        assert!(!found, "{:?} still holds it", file.file_name());
    }
}

#[test]
fn a_log_that_somebody_reads_while_it_is_to_be_emptied_is_emptied_later() {
    let (journal, folder) = empty();
    let path = folder.path().join(FILE);
    let mut one = entry("a", 7, None);
    one.name = "Persephone Quillfeather".into();
    journal.write(&job("j", vec![one])).unwrap();
    let go = |to, kind| journal.advance(&id("a"), to, at(1), kind, "").unwrap();
    go(State::Dropped, StepKind::Dropped);

    let other = database::open_reader(&path).unwrap();
    other
        .execute_batch("BEGIN; SELECT count(*) FROM entries;")
        .unwrap();
    assert_eq!(journal.erase_personal_data(at(2), at(3)).unwrap(), 1);
    assert!(journal.owes_emptying());
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(journal.erase_personal_data(at(2), at(4)).unwrap(), 0);
    assert!(!journal.owes_emptying());
    holds_no_trace(folder.path());
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
}
