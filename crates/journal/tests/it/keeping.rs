//! How long personal data is kept, and that nothing of it is left.

use commerce::{Change, OrderFields, OrderId};
use journal::{JobId, Move, NewEntry, Reason, Said, State, StepKind};

use crate::{FILE, at, empty, entry, id, job, status};

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
    assert_eq!(journal.erase_personal_data(at(6), at(9)).unwrap(), 3);
    assert_eq!(journal.erase_personal_data(at(9), at(9)).unwrap(), 0);
    for closed in ["conflict", "refused", "trace"] {
        let entry = journal.entry(&id(closed)).unwrap();
        assert_eq!(entry.state, State::LeftAsItWas, "{closed}");
        assert!(entry.is_erased && entry.found.is_none() && entry.said == Said::default());
        let last = journal.steps(&id(closed)).unwrap().pop().unwrap();
        assert_eq!(last.kind, StepKind::LeftAsItWas);
    }
    // A person still decides about this one, and needs for that what it was.
    let unclear = journal.entry(&id("unclear")).unwrap();
    assert_eq!((unclear.state, unclear.is_erased), (State::Unclear, false));
    assert_eq!(unclear.change, with_note("unclear").change);
    assert_eq!(unclear.said.words, "Quillfeather");
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

#[test]
fn what_the_store_did_a_part_of_and_nobody_decided_about_still_says_so_once_it_is_closed() {
    let (journal, _folder) = empty();
    let names = ["partly", "decided", "refused", "put back"];
    let entries = names.map(|name| entry(name, 7, None)).to_vec();
    journal.write(&job("j", entries)).unwrap();
    let go = |step: Move, second| journal.advance_all(&[step], at(second)).unwrap();
    for name in names {
        go(Move::new(&id(name), State::Sending, StepKind::Sent, ""), 4);
    }
    let why = Said::because(Reason::OnlyPart, "The note is too long.");
    let refused = (State::Refused, StepKind::StoreRefused);
    let partly = |name: &str| Move::new(&id(name), refused.0, refused.1, why.clone());
    go(partly("partly"), 5);
    // Its part was put back, and is not in the store any more.
    let mut put_back = partly("put back");
    put_back.taken = vec![commerce::Field::Status];
    go(put_back, 5);
    let back = entry("back", 7, Some("put back"));
    journal.write(&job("k", vec![back])).unwrap();
    go(
        Move::new(&id("back"), State::Sending, StepKind::Sent, ""),
        5,
    );
    let done = (State::Done, StepKind::StoreDone);
    go(Move::new(&id("back"), done.0, done.1, ""), 5);
    // A person said that it was not done, and a part of it was.
    let mut unclear = Move::new(
        &id("decided"),
        State::Unclear,
        StepKind::FoundUnclear,
        Reason::OnlyPart,
    );
    unclear.taken = vec![commerce::Field::Status];
    go(unclear, 5);
    let said = (State::NotApplied, StepKind::SaidNotDone);
    go(Move::new(&id("decided"), said.0, said.1, ""), 5);
    go(Move::new(&id("refused"), refused.0, refused.1, "No."), 5);

    assert_eq!(journal.erase_personal_data(at(6), at(9)).unwrap(), 5);
    for (name, why) in [
        ("put back", Said::default()),
        ("partly", Said::from(Reason::OnlyPart)),
        ("decided", Reason::OnlyPart.into()),
        ("refused", Said::default()),
    ] {
        let entry = journal.entry(&id(name)).unwrap();
        assert_eq!(
            (entry.state, &entry.said),
            (State::LeftAsItWas, &why),
            "{name}"
        );
        let last = journal.steps(&id(name)).unwrap().pop().unwrap();
        assert_eq!(last.said, why, "{name}");
    }
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
