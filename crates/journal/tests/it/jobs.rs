//! Jobs: held, let go, stopped.

use commerce::{Change, Field, MadeAs, ProductFields, ProductId, Scope};
use journal::{EntryId, JobId, Journal, Move, NewEntry, Reason, Said, State, StepKind};

use crate::{FILE, at, empty, entry, id, job};

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
        .next_waiting_up_to(2, &[])
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
fn a_job_says_how_many_products_are_left_of_it_whatever_it_began_with() {
    let (journal, _folder) = empty();
    let set = |name: &str, number: u64| NewEntry {
        change: Change::Product {
            id: ProductId(number),
            before: ProductFields::default(),
            after: ProductFields {
                name: Some("Tarn Mug".into()),
                ..ProductFields::default()
            },
        },
        ..entry(name, 0, None)
    };
    let making = NewEntry {
        change: Change::CreateProduct {
            after: ProductFields::default(),
        },
        ..entry("m", 0, None)
    };
    let mixed = vec![entry("a", 7, None), set("b", 1), set("c", 2), making];
    journal.write(&job("j", mixed)).unwrap();
    let left = || journal.job(&JobId("j".into())).unwrap().products_left;
    assert_eq!(left(), 2);
    journal
        .advance(&id("b"), State::AlreadySo, at(1), StepKind::AlreadySo, "")
        .unwrap();
    assert_eq!(left(), 1);
}

#[test]
fn a_job_says_how_much_of_it_can_be_put_back_also_where_that_is_only_a_part() {
    let (journal, _folder) = empty();
    let the_job = JobId("j".into());
    let deleting = NewEntry {
        change: Change::DeleteProduct {
            id: ProductId(5),
            before: MadeAs::default(),
        },
        ..entry("d", 0, None)
    };
    let four = vec![
        entry("a", 7, None),
        entry("b", 8, None),
        entry("c", 9, None),
        deleting,
    ];
    journal.write(&job("j", four)).unwrap();
    let can = || journal.job(&the_job).unwrap().to_put_back;
    for id in ["a", "c", "d"] {
        journal
            .advance(
                &EntryId(id.into()),
                State::Sending,
                at(1),
                StepKind::Sent,
                "",
            )
            .unwrap();
    }
    assert_eq!(can(), 0, "nothing has come through yet");
    // One taken in part, one that was so already, one done, one that can't be put back.
    let mut partly = Move::new(
        &id("a"),
        State::Refused,
        StepKind::StoreRefused,
        Reason::OnlyPart,
    );
    partly.taken = vec![Field::Status];
    journal.advance_all(&[partly], at(2)).unwrap();
    assert_eq!(can(), 1);
    journal
        .advance(&id("b"), State::AlreadySo, at(2), StepKind::AlreadySo, "")
        .unwrap();
    assert_eq!(can(), 1, "that was nobody's of ours");
    for id in ["c", "d"] {
        journal
            .advance(
                &EntryId(id.into()),
                State::Done,
                at(3),
                StepKind::StoreDone,
                "",
            )
            .unwrap();
    }
    assert_eq!(can(), 2, "a deletion stays");
    let ours = journal.of_job(&the_job).unwrap();
    let ours = ours.iter().filter(|entry| entry.can_be_undone()).count();
    assert_eq!(ours, 2, "as the entries say themselves");
    for (undo, of) in [("u1", "a"), ("u2", "c")] {
        journal
            .write(&job(undo, vec![entry(undo, 7, Some(of))]))
            .unwrap();
        journal
            .advance(
                &EntryId(undo.into()),
                State::AlreadySo,
                at(4),
                StepKind::AlreadySo,
                "",
            )
            .unwrap();
    }
    assert_eq!(can(), 0);
}
