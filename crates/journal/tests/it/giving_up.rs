//! Giving up what is not to be sent, or not again.

use commerce::Field;
use journal::{EntryId, Error, Journal, Move, Reason, Said, State, StepKind};

use crate::{at, empty, entry, id, job};

fn goes(journal: &Journal, entry: &str, to: State, kind: StepKind) {
    journal.advance(&id(entry), to, at(1), kind, "").unwrap();
}

fn given_up(journal: &Journal, entry: &str) -> (State, State) {
    let mut ends = journal.give_up(&[id(entry)], at(2)).unwrap();
    assert_eq!(ends.len(), 1);
    ends.remove(0)
}

#[test]
fn what_is_sent_without_an_answer_after_somebody_looked_is_not_called_given_up() {
    let (journal, _folder) = empty();
    let two = vec![entry("a", 7, None), entry("b", 8, None)];
    journal.write(&job("j", two)).unwrap();
    // As whoever gives it up has seen it.
    let seen = journal.entry(&id("a")).unwrap();
    assert!(seen.state == State::Waiting && !journal.was_lost(&seen.id).unwrap());
    goes(&journal, "a", State::Sending, StepKind::Sent);
    goes(&journal, "a", State::Waiting, StepKind::NoAnswer);
    let ends = given_up(&journal, "a");
    assert_eq!(ends, (State::Waiting, State::Unclear));
    let stands = journal.entry(&id("a")).unwrap();
    assert_eq!(stands.state, State::Unclear);
    let steps = journal.steps(&id("a")).unwrap();
    assert_eq!(steps.last().unwrap().kind, StepKind::Dropped);
    // The other was never sent.
    assert_eq!(given_up(&journal, "b"), (State::Waiting, State::Dropped));
    assert_eq!(journal.entry(&id("b")).unwrap().said, Said::default());
}

#[test]
fn what_may_be_in_the_store_or_partly_is_is_not_forgotten_with_what_is_given_up() {
    let (journal, _folder) = empty();
    let ends = [
        ("a", State::Unclear, Reason::OtherValues, false),
        ("b", State::Unclear, Reason::OnlyPart, false),
        ("c", State::Unclear, Reason::OnlyPart, true),
        ("d", State::Refused, Reason::OnlyPart, true),
        ("e", State::Refused, Reason::Invalid, false),
    ];
    let entries = ends.iter().zip(7..);
    let entries = entries.map(|((name, ..), order)| entry(name, order, None));
    journal.write(&job("j", entries.collect())).unwrap();
    for (name, to, why, has_taken) in ends {
        goes(&journal, name, State::Sending, StepKind::Sent);
        let mut end = Move::new(&id(name), to, StepKind::FoundUnclear, why);
        if has_taken {
            end.taken = vec![Field::Status];
        }
        journal.advance_all(&[end], at(1)).unwrap();
    }
    let ids: Vec<EntryId> = ends.iter().map(|(name, ..)| id(name)).collect();
    let moved = journal.give_up(&ids, at(2)).unwrap();
    assert!(moved.iter().all(|(_, to)| *to == State::Dropped));
    let why = |name: &str| journal.entry(&id(name)).unwrap().said.reason;
    assert_eq!(
        ["a", "b", "c", "d", "e"].map(why),
        [
            Some(Reason::MayBeDone),
            Some(Reason::MayBeDone),
            Some(Reason::OnlyPart),
            Some(Reason::OnlyPart),
            None
        ]
    );
}

#[test]
fn several_are_given_up_together_or_not_at_all() {
    let (journal, _folder) = empty();
    let two = vec![entry("a", 7, None), entry("b", 8, None)];
    journal.write(&job("j", two)).unwrap();
    goes(&journal, "b", State::Sending, StepKind::Sent);
    let both = journal.give_up(&[id("a"), id("b")], at(2));
    assert!(matches!(both, Err(Error::Moved { .. })));
    assert_eq!(journal.entry(&id("a")).unwrap().state, State::Waiting);
    let nobody = journal.give_up(&[id("z")], at(2));
    assert!(matches!(nobody, Err(Error::Gone)));
}
