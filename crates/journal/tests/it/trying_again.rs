//! What was tried again, what stands back meanwhile, and what the store took only in part.

use commerce::{Change, Field, ProductFields, ProductId};
use journal::{EntryId, JobId, Journal, Move, NewEntry, Reason, SendKind, State, StepKind};

use crate::{FILE, at, empty, entry, id, job};

fn again(name: &str, of: &str) -> NewEntry {
    NewEntry {
        retries: Some(id(of)),
        ..entry(name, 7, None)
    }
}

fn lose(journal: &Journal, name: &str) {
    let mut sent = Move::new(&id(name), State::Sending, StepKind::Sent, "");
    sent.sent = vec![Field::Status];
    journal.advance_all(&[sent], at(1)).unwrap();
    let go = |to, kind| journal.advance(&id(name), to, at(2), kind, "").unwrap();
    go(State::Unknown, StepKind::NoAnswer);
    go(State::NotApplied, StepKind::NotFoundInStore);
}

#[test]
fn what_is_tried_again_ends_in_the_moment_in_which_the_new_try_is_written() {
    let (journal, _folder) = empty();
    journal
        .write(&job("j1", vec![entry("a", 7, None)]))
        .unwrap();
    lose(&journal, "a");
    // A job that can't be written leaves the earlier try where it was.
    let twice = vec![again("b", "a"), again("b", "a")];
    assert!(journal.write(&job("j2", twice)).is_err());
    assert_eq!(journal.entry(&id("a")).unwrap().state, State::NotApplied);
    journal.write(&job("j2", vec![again("b", "a")])).unwrap();
    let ended = journal.entry(&id("a")).unwrap();
    assert_eq!(ended.state, State::Dropped);
    assert_eq!(ended.said.reason, Some(Reason::TriedAgain));
    // Somebody tried it once more in another place: it has ended, and the new one is written all the same.
    journal.write(&job("j3", vec![again("c", "a")])).unwrap();
    assert_eq!(journal.entry(&id("c")).unwrap().state, State::Waiting);
}

#[test]
fn a_try_knows_what_went_out_with_those_before_it() {
    let (journal, _folder) = empty();
    journal
        .write(&job("j1", vec![entry("a", 7, None)]))
        .unwrap();
    assert_eq!(journal.lost_before(&id("a")).unwrap(), None);
    lose(&journal, "a");
    journal.write(&job("j2", vec![again("b", "a")])).unwrap();
    journal
        .advance(&id("b"), State::Conflict, at(3), StepKind::FoundChanged, "")
        .unwrap();
    journal.write(&job("j3", vec![again("c", "b")])).unwrap();
    let sent = Some(vec![Field::Status]);
    for name in ["a", "b", "c"] {
        assert_eq!(journal.lost_before(&id(name)).unwrap(), sent, "{name}");
    }
    journal
        .write(&job("j4", vec![entry("d", 8, None)]))
        .unwrap();
    assert_eq!(journal.lost_before(&id("d")).unwrap(), None);
}

#[test]
fn what_stands_back_lets_others_pass_but_no_later_change_of_the_same_thing() {
    let (journal, _folder) = empty();
    let entries = vec![
        entry("a", 7, None),
        entry("b", 8, None),
        entry("c", 7, None),
        entry("d", 9, None),
    ];
    journal.write(&job("j", entries)).unwrap();
    let next = |but_for: &[EntryId]| -> Vec<String> {
        let next = journal.next_waiting_up_to(9, but_for).unwrap();
        next.into_iter().map(|entry| entry.id.0).collect()
    };
    assert_eq!(next(&[]), ["a", "b", "c", "d"]);
    assert_eq!(next(&[id("a")]), ["b", "d"]);
    // Nor is anything sent on top of what is of unknown fate.
    let go = |to, kind| journal.advance(&id("d"), to, at(1), kind, "").unwrap();
    go(State::Sending, StepKind::Sent);
    go(State::Unknown, StepKind::NoAnswer);
    journal.write(&job("k", vec![entry("e", 9, None)])).unwrap();
    assert_eq!(next(&[id("a")]), ["b"]);
    let among = journal.waiting_among(&[id("b"), id("a"), id("e")]).unwrap();
    let among: Vec<&str> = among.iter().map(|entry| entry.id.0.as_str()).collect();
    assert_eq!(among, ["a", "b"]);
    journal.hold(&JobId("j".into()), at(2)).unwrap();
    assert!(journal.waiting_among(&[id("a")]).unwrap().is_empty());
    // What the person holds may wait for ever; a later change of the same thing does not wait for that.
    journal.write(&job("m", vec![entry("f", 7, None)])).unwrap();
    assert_eq!(next(&[id("a")]), ["f"]);
    journal.let_go(&JobId("j".into())).unwrap();
    assert_eq!(next(&[id("a")]), ["b"]);
}

fn price_and_stock(name: &str) -> NewEntry {
    let fields = |price: &str, level| ProductFields {
        price: Some(price.parse().unwrap()),
        inventory_level: Some(level),
        ..ProductFields::default()
    };
    NewEntry {
        change: Change::Product {
            id: ProductId(5),
            before: fields("1", 1),
            after: fields("2", 2),
        },
        kind: SendKind::Idempotent,
        ..entry(name, 0, None)
    }
}

#[test]
fn what_the_store_took_of_a_change_can_be_put_back_whatever_became_of_the_rest() {
    let (journal, folder) = empty();
    journal
        .write(&job("j", vec![price_and_stock("a")]))
        .unwrap();
    let mut sent = Move::new(&id("a"), State::Sending, StepKind::Sent, "");
    sent.sent = vec![Field::Price, Field::InventoryLevel];
    let why = Reason::OnlyPart;
    let mut partly = Move::new(&id("a"), State::Refused, StepKind::StoreRefused, why);
    partly.taken = vec![Field::Price];
    journal.advance_all(&[sent, partly], at(1)).unwrap();
    let the_job = JobId("j".into());
    let stands = |journal: &Journal| {
        let partly = journal.entry(&id("a")).unwrap();
        assert!(partly.can_be_undone() && partly.was_sent());
        assert_eq!(partly.what_was_sent().fields(), [Field::Price]);
        assert_eq!(journal.done_of_job(&the_job).unwrap(), [id("a")]);
    };
    stands(&journal);
    journal
        .advance(&id("a"), State::Dropped, at(2), StepKind::Dropped, "")
        .unwrap();
    drop(journal);
    let journal = Journal::open(&folder.path().join(FILE)).unwrap();
    stands(&journal);
    let undo = NewEntry {
        undoes: Some(id("a")),
        ..price_and_stock("b")
    };
    journal.write(&job("k", vec![undo])).unwrap();
    let go = |to, kind| journal.advance(&id("b"), to, at(3), kind, "").unwrap();
    go(State::Sending, StepKind::Sent);
    go(State::Done, StepKind::StoreDone);
    assert!(!journal.entry(&id("a")).unwrap().can_be_undone());
}

#[test]
fn a_journal_from_before_tries_were_written_down_says_what_never_went_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let before = database::Migrations::new(vec![
        database::M::up(include_str!("../../src/schema.sql")),
        database::M::up(include_str!("../../src/jobs.sql")),
        database::M::up(include_str!("../../src/steps.sql")),
        database::M::up(include_str!("../../src/sent.sql")),
        database::M::up(include_str!("../../src/held_for.sql")),
        database::M::up(include_str!("../../src/reason.sql")),
    ]);
    let old = database::open(&path, &before, database::Durability::PowerCut).unwrap();
    old.execute_batch(
        r#"INSERT INTO jobs (id, at, who, digest, size) VALUES ('j', 1790000000000, 'you', 'd', 2);
           INSERT INTO entries (id, job, subject, subject_id, change, kind, state, state_at, store_words)
           VALUES ('a', 'j', 'order', 7,
           '{"what":"order","id":7,"before":{"status_id":11},"after":{"status_id":2}}',
           'once', 'dropped', 1790000000000, ''),
           ('b', 'j', 'order', 8,
           '{"what":"order","id":8,"before":{"status_id":11},"after":{"status_id":2}}',
           'once', 'not-applied', 1790000000000, '');
           INSERT INTO steps (entry, number, at, kind, words) VALUES ('a', 1, 1, 'written', ''),
           ('a', 2, 2, 'dropped', ''), ('b', 1, 1, 'written', ''), ('b', 2, 2, 'sent', ''),
           ('b', 3, 3, 'no-answer', '');"#,
    )
    .unwrap();
    drop(old);
    let journal = Journal::open(&path).unwrap();
    assert!(!journal.entry(&id("a")).unwrap().was_sent());
    let sent = journal.entry(&id("b")).unwrap();
    assert!(sent.was_sent() && sent.taken.is_empty());
    assert_eq!(journal.lost_before(&id("b")).unwrap(), Some(Vec::new()));
    journal.write(&job("k", vec![again("c", "b")])).unwrap();
    assert_eq!(journal.entry(&id("b")).unwrap().state, State::Dropped);
}
