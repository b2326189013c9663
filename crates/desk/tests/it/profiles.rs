use commerce::{Access, ChannelId, Preset, SafetyMode, Scope, StoreColor, StoreHash};
use desk::{Desk, Error, Profile, ProfileKey, TokenHome};
use proptest::prelude::*;

use crate::{bare, fresh, full};

#[test]
fn a_profile_comes_back_as_it_was_also_after_a_restart() {
    let (folder, desk) = fresh();
    let (full, bare) = (full("one"), bare("two"));
    desk.add_profile(&full).unwrap();
    desk.add_profile(&bare).unwrap();
    assert_eq!(desk.profile(&full.key).unwrap().as_ref(), Some(&full));

    drop(desk);
    let desk = Desk::open(&folder.path().join("desk.sqlite")).unwrap();
    assert_eq!(desk.profile(&full.key).unwrap(), Some(full));
    assert_eq!(desk.profile(&bare.key).unwrap(), Some(bare));
}

#[test]
fn profiles_are_listed_by_their_place() {
    let (_folder, desk) = fresh();
    for (key, position) in [("c", 1), ("a", 2), ("b", 0)] {
        let profile = Profile {
            position,
            ..full(key)
        };
        desk.add_profile(&profile).unwrap();
    }
    let profiles = desk.profiles().unwrap();
    let keys: Vec<&str> = profiles.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(keys, ["b", "c", "a"]);
}

#[test]
fn a_change_may_concern_every_field() {
    let (_folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    let changed = Profile {
        key: "one".parse().unwrap(),
        hash: "zzz999".parse().unwrap(),
        origin: "http://127.0.0.1:8123".into(),
        is_sample: true,
        name: "Sample".into(),
        color: StoreColor::Moss,
        safety: SafetyMode::ReadOnly,
        channel_id: Some(ChannelId(1)),
        token_home: TokenHome::Sample,
        token_last_4: "0000".into(),
        added_at: "2026-04-01T00:00:00Z".parse().unwrap(),
        position: 9,
        info: None,
        preset: Preset::CatalogEditor,
        missing_scopes: vec![(Scope::Orders, Access::Modify)],
        proven_writes: vec![Scope::Products, Scope::Customers],
        token_number: 3,
    };
    let put = |profile: &mut Profile| *profile = changed.clone();
    let now = desk.change_profile(&changed.key, put).unwrap();
    assert_eq!(now, changed);
    assert_eq!(desk.profiles().unwrap(), [changed]);
}

#[test]
fn a_key_that_is_taken_leaves_the_first_profile_alone() {
    let (_folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    let again = desk.add_profile(&bare("one"));
    assert!(matches!(again, Err(Error::ProfileExists)), "{again:?}");
    assert_eq!(desk.profiles().unwrap(), [full("one")]);
}

#[test]
fn a_profile_that_is_not_there_can_not_be_changed_but_may_be_removed() {
    let (_folder, desk) = fresh();
    let changed = desk.change_profile(&full("one").key, |_| panic!("there is nothing to change"));
    assert!(matches!(changed, Err(Error::NoProfile)), "{changed:?}");
    desk.remove_profile(&full("one").key).unwrap();
    assert_eq!(desk.profile(&full("one").key).unwrap(), None);
}

#[test]
fn changes_made_at_the_same_time_all_stay_and_none_moves_a_profile_to_another_key() {
    let (_folder, desk) = fresh();
    let key = full("one").key;
    desk.add_profile(&Profile {
        position: 0,
        ..full("one")
    })
    .unwrap();
    std::thread::scope(|all| {
        for _ in 0..4 {
            all.spawn(|| {
                for _ in 0..25 {
                    let more = |profile: &mut Profile| {
                        profile.position += 1;
                        profile.key = "two".parse().unwrap();
                    };
                    desk.change_profile(&key, more).unwrap();
                }
            });
        }
    });
    let now = desk.profiles().unwrap();
    assert_eq!(
        now,
        [Profile {
            position: 100,
            ..full("one")
        }]
    );
}

#[test]
fn a_key_can_always_name_a_folder() {
    for good in [
        "a",
        "store-abc123",
        "0",
        &"x".repeat(64),
        "com10",
        "console",
    ] {
        assert!(good.parse::<ProfileKey>().is_ok(), "{good}");
    }
    for bad in [
        "",
        "A",
        "a b",
        "a/b",
        "..",
        "ä",
        "a_b",
        "a\0",
        "con",
        "nul",
        "com1",
        "lpt9",
        &"x".repeat(65),
    ] {
        assert!(bad.parse::<ProfileKey>().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn every_store_has_a_key_that_can_be_read_back(hash in "[a-z0-9]{1,32}") {
        let hash: StoreHash = hash.parse().unwrap();
        let key = ProfileKey::of_store(&hash);
        prop_assert_eq!(key.as_str().parse::<ProfileKey>().unwrap(), key);
    }
}
