//! Finding changes again.

use commerce::{Change, OrderFields, OrderId, ProductFields, ProductId};
use journal::{EntryId, Filter, JobId, Move, NewEntry, Query, State, StepKind};

use crate::{at, empty, entry, id, job, status};

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
fn words_are_looked_for_in_the_job_that_is_looked_at_and_in_no_other() {
    let (journal, _folder) = empty();
    let named = |entry_id: &str, name: &str| NewEntry {
        name: name.into(),
        ..entry(entry_id, 7, None)
    };
    let one = vec![named("a", "Zoë Example"), named("b", "Ada Example")];
    let other = vec![named("c", "Zoë Example"), named("d", "Ada Zoë")];
    journal.write(&job("j", one)).unwrap();
    journal.write(&job("k", other)).unwrap();
    for over in ["a", "d"] {
        let (to, kind) = (State::Dropped, StepKind::Dropped);
        journal.advance(&id(over), to, at(1), kind, "").unwrap();
    }
    let found = |filter, job: &str, search: &str| {
        let query = Query {
            filter,
            search: search.into(),
            job: Some(JobId(job.into())),
        };
        journal.ids(&query).unwrap()
    };
    assert_eq!(found(Filter::All, "j", "zoë"), [id("a")]);
    assert_eq!(found(Filter::All, "k", "zoë"), [id("d"), id("c")]);
    assert_eq!(found(Filter::All, "k", "zoë ada"), [id("d")]);
    assert_eq!(found(Filter::All, "j", "zoë ada"), Vec::<EntryId>::new());
    assert_eq!(found(Filter::All, "l", "zoë"), Vec::<EntryId>::new());
    assert_eq!(found(Filter::OnTheWay, "k", "zoë"), [id("c")]);
}

#[test]
fn what_is_yet_to_be_made_is_found_until_it_is_over() {
    let (journal, _folder) = empty();
    let making = |name: &str| NewEntry {
        change: Change::CreateProduct {
            after: ProductFields {
                name: Some("Tarn Mug".into()),
                ..ProductFields::default()
            },
        },
        ..entry(name, 0, None)
    };
    let entries = vec![making("a"), entry("b", 7, None), making("c"), making("d")];
    journal.write(&job("j", entries)).unwrap();
    let ids = || -> Vec<EntryId> {
        let entries = journal.to_be_made().unwrap();
        entries.into_iter().map(|entry| entry.id).collect()
    };
    assert_eq!(ids(), [id("a"), id("c"), id("d")]);
    let go = |name: &str, to, kind| journal.advance(&id(name), to, at(1), kind, "").unwrap();
    go("a", State::Dropped, StepKind::Dropped);
    go("c", State::Sending, StepKind::Sent);
    assert_eq!(ids(), [id("c"), id("d")]);
    go("c", State::Done, StepKind::StoreDone);
    assert_eq!(ids(), [id("d")]);
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
