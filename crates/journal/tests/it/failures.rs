//! What failed without saying whose trouble it is, over another start.

use journal::{Failed, Journal, State, StepKind};

use crate::{FILE, at, empty, entry, id, job};

#[test]
fn how_often_and_since_when_something_fails_outlives_a_start_until_it_is_over() {
    let (journal, folder) = empty();
    let three = vec![
        entry("a", 7, None),
        entry("b", 8, None),
        entry("c", 9, None),
    ];
    journal.write(&job("j", three)).unwrap();
    assert_eq!(journal.failed().unwrap(), []);
    journal.has_failed(&[id("a"), id("b")], at(5)).unwrap();
    journal.has_failed(&[id("b")], at(9)).unwrap();
    drop(journal);

    let journal = Journal::open(&folder.path().join(FILE)).unwrap();
    let failed = |name: &str, times: u32| Failed {
        id: id(name),
        times,
        since: at(5),
    };
    assert_eq!(journal.failed().unwrap(), [failed("a", 1), failed("b", 2)]);
    // Nothing else about it has moved.
    assert_eq!(journal.entry(&id("b")).unwrap().state, State::Waiting);
    assert_eq!(journal.steps(&id("b")).unwrap().len(), 1);
    journal
        .advance(&id("b"), State::Dropped, at(10), StepKind::Dropped, "")
        .unwrap();
    assert_eq!(journal.failed().unwrap(), [failed("a", 1)]);
}
