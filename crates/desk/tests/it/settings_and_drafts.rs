use desk::{Desk, Draft, Error, ProfileKey, Scope};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{bare, fresh};

fn two_stores(desk: &Desk) -> (ProfileKey, ProfileKey) {
    desk.add_profile(&bare("one")).unwrap();
    desk.add_profile(&bare("two")).unwrap();
    ("one".parse().unwrap(), "two".parse().unwrap())
}

#[test]
fn a_setting_holds_for_its_own_scope_only() {
    let (_folder, desk) = fresh();
    let (one, two) = two_stores(&desk);
    desk.set_setting(&Scope::App, "theme", &json!("dark"))
        .unwrap();
    desk.set_setting(
        &Scope::Store(one.clone()),
        "theme",
        &json!({"accent": 1.50}),
    )
    .unwrap();

    let get = |scope: &Scope| desk.setting(scope, "theme").unwrap();
    assert_eq!(get(&Scope::App), Some(json!("dark")));
    assert_eq!(get(&Scope::Store(one)), Some(json!({"accent": 1.50})));
    assert_eq!(get(&Scope::Store(two)), None);
}

#[test]
fn a_setting_can_be_replaced_and_taken_back() {
    let (_folder, desk) = fresh();
    let (one, _) = two_stores(&desk);
    for scope in [Scope::App, Scope::Store(one)] {
        for value in [json!(1), json!(null), json!([2])] {
            desk.set_setting(&scope, "columns", &value).unwrap();
            assert_eq!(desk.setting(&scope, "columns").unwrap(), Some(value));
        }
        desk.remove_setting(&scope, "columns").unwrap();
        desk.remove_setting(&scope, "columns").unwrap();
        assert_eq!(desk.setting(&scope, "columns").unwrap(), None);
    }
}

#[test]
fn nothing_is_kept_for_a_store_without_a_profile() {
    let (_folder, desk) = fresh();
    let key: ProfileKey = "gone".parse().unwrap();
    let set = desk.set_setting(&Scope::Store(key.clone()), "a", &json!(1));
    assert!(matches!(set, Err(Error::NoProfile)), "{set:?}");
    let at = "2026-03-01T00:00:00Z".parse().unwrap();
    let set = desk.set_draft(&key, "a", &json!(1), at);
    assert!(matches!(set, Err(Error::NoProfile)), "{set:?}");
}

#[test]
fn the_latest_draft_comes_first_and_each_subject_has_one() {
    let (_folder, desk) = fresh();
    let (one, two) = two_stores(&desk);
    // The second is a tenth of a second later, and its text sorts before the first's.
    let early = "2026-03-01T00:00:00Z".parse().unwrap();
    let late = "2026-03-01T00:00:00.1Z".parse().unwrap();
    desk.set_draft(&one, "order/1", &json!("typo"), early)
        .unwrap();
    desk.set_draft(&one, "order/1", &json!("note"), early)
        .unwrap();
    desk.set_draft(&one, "order/2", &json!({"q": 2}), late)
        .unwrap();
    desk.set_draft(&two, "order/1", &json!("other"), early)
        .unwrap();

    let draft = |subject: &str, body, at| Draft {
        subject: subject.into(),
        body,
        at,
    };
    let first = draft("order/1", json!("note"), early);
    let second = draft("order/2", json!({"q": 2}), late);
    assert_eq!(desk.drafts(&one).unwrap(), [second, first.clone()]);
    assert_eq!(desk.draft(&one, "order/1").unwrap(), Some(first));

    desk.remove_draft(&one, "order/1").unwrap();
    desk.remove_draft(&one, "order/1").unwrap();
    assert_eq!(desk.draft(&one, "order/1").unwrap(), None);
    assert_eq!(desk.drafts(&one).unwrap().len(), 1);
    desk.remove_drafts(&one).unwrap();
    desk.remove_drafts(&one).unwrap();
    assert_eq!(desk.drafts(&one).unwrap(), []);
    assert_eq!(desk.drafts(&two).unwrap().len(), 1);
}

#[test]
fn a_profile_takes_its_layouts_and_drafts_along_and_nobody_elses() {
    let (_folder, desk) = fresh();
    let (one, two) = two_stores(&desk);
    let at = "2026-03-01T00:00:00Z".parse().unwrap();
    desk.set_setting(&Scope::App, "theme", &json!("dark"))
        .unwrap();
    for store in [&one, &two] {
        desk.set_setting(&Scope::Store(store.clone()), "columns", &json!([1]))
            .unwrap();
        desk.set_draft(store, "order/1", &json!("note"), at)
            .unwrap();
    }

    desk.remove_profile(&one).unwrap();
    // Connected again under the same key, it starts afresh.
    desk.add_profile(&bare("one")).unwrap();

    assert_eq!(
        desk.setting(&Scope::Store(one.clone()), "columns").unwrap(),
        None
    );
    assert_eq!(desk.setting(&Scope::App, "columns").unwrap(), None);
    assert_eq!(desk.drafts(&one).unwrap(), []);
    assert_eq!(
        desk.setting(&Scope::App, "theme").unwrap(),
        Some(json!("dark"))
    );
    assert_eq!(
        desk.setting(&Scope::Store(two.clone()), "columns").unwrap(),
        Some(json!([1]))
    );
    assert_eq!(desk.drafts(&two).unwrap().len(), 1);
}

#[test]
fn an_update_of_the_profile_keeps_its_layouts_and_drafts() {
    let (_folder, desk) = fresh();
    let (one, _) = two_stores(&desk);
    desk.set_setting(&Scope::Store(one.clone()), "columns", &json!([1]))
        .unwrap();
    desk.change_profile(&one, |profile| *profile = bare("one"))
        .unwrap();
    assert_eq!(
        desk.setting(&Scope::Store(one), "columns").unwrap(),
        Some(json!([1]))
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_value_under_any_name_comes_back(name in ".*", value in any_json()) {
        let (_folder, desk) = fresh();
        desk.set_setting(&Scope::App, &name, &value).unwrap();
        prop_assert_eq!(desk.setting(&Scope::App, &name).unwrap(), Some(value));
    }
}
