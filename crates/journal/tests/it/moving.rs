//! Entries on their way, alone and together.

use commerce::{Change, Field, OrderId, ProductFields, ProductId, Subject};
use journal::{Error, Filter, JobId, Journal, Move, NewEntry, Query, Reason, State, StepKind};
use proptest::prelude::*;

use crate::{FILE, at, empty, entry, id, job};

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
    let words = "the address could not be set";
    let mut done = Move::new(&id("a"), State::Done, StepKind::StoreDone, words);
    done.made = Some(made);
    journal.advance_all(&[done], at(2)).unwrap();
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
fn what_was_taken_in_part_and_is_found_whole_later_is_put_back_whole() {
    let (journal, _folder) = empty();
    journal.write(&job("j", vec![entry("a", 7, None)])).unwrap();
    let mut sent = Move::new(&id("a"), State::Sending, StepKind::Sent, "");
    sent.sent = vec![Field::Status];
    let why = Reason::OnlyPart;
    let mut partly = Move::new(&id("a"), State::Unclear, StepKind::FoundUnclear, why);
    // Not of the change, so that its part is told from the whole.
    partly.taken = vec![Field::StaffNotes];
    journal.advance_all(&[sent, partly], at(1)).unwrap();
    let part = journal.entry(&id("a")).unwrap();
    assert!(part.can_be_undone());
    assert_eq!(part.what_was_sent().fields(), []);
    journal
        .advance(
            &id("a"),
            State::DoneFound,
            at(2),
            StepKind::FoundInStore,
            "",
        )
        .unwrap();
    let whole = journal.entry(&id("a")).unwrap();
    assert_eq!(whole.what_was_sent().fields(), [Field::Status]);
}
