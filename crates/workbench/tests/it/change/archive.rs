//! What stays of the changes of a store that is removed.

use journal::State;
use workbench::{Draft, Error, RemoveAs};

use super::{awaiting, notes, world};
use crate::world::World;

async fn noted(world: &World) {
    let order = awaiting(world, 1).await[0];
    let draft = Draft::Orders(vec![notes(order, "ring twice")]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    applied.unwrap();
    world.until(|state| state.changes_waiting == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_stores_journal_stays_as_a_table_if_the_person_wants_it() {
    for is_wanted in [true, false] {
        let world = world().await;
        noted(&world).await;
        let home = world.bench.home();
        let how = RemoveAs {
            keep_journal: is_wanted,
            ..RemoveAs::default()
        };
        let removed = world.bench.remove(&world.store, how).await;
        removed.unwrap();
        assert!(world.bench.profiles().unwrap().is_empty());
        let kept = std::fs::read_dir(home.join("archive"));
        let kept: Vec<_> = kept.into_iter().flatten().flatten().collect();
        assert_eq!(kept.len(), usize::from(is_wanted));
        for file in kept {
            let name = file.file_name().into_string().unwrap();
            assert!(name.starts_with("World w0rld 20"), "{name}");
            let table = std::fs::read_to_string(file.path()).unwrap();
            let [head, row] = table.lines().collect::<Vec<_>>()[..] else {
                panic!("{table}")
            };
            assert!(
                head.contains("before") && row.contains("ring twice"),
                "{table}"
            );
            assert!(row.contains(",done,"), "{table}");
            // Its whole way as well.
            let (_, way) = row.rsplit_once(',').unwrap();
            let way: Vec<&str> = way.split("; ").collect();
            assert!(head.ends_with(",way (UTC)"), "{table}");
            assert!(way[0].ends_with("Z written"), "{table}");
            assert!(way.last().unwrap().ends_with("Z store-done"), "{table}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_journal_cannot_be_kept_is_not_removed() {
    let world = world().await;
    noted(&world).await;
    std::fs::write(world.bench.home().join("archive"), "in the way").unwrap();
    let how = RemoveAs {
        keep_journal: true,
        ..RemoveAs::default()
    };
    let refused = world.bench.remove(&world.store, how).await;
    assert!(matches!(refused, Err(Error::NotWritten(_))), "{refused:?}");
    assert_eq!(world.bench.profiles().unwrap().len(), 1);
    noted_again(&world).await;
}

/// The store has its token, and works.
async fn noted_again(world: &World) {
    let order = awaiting(world, 2).await[1];
    let draft = Draft::Orders(vec![notes(order, "leave it with the neighbour")]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    let id = applied.unwrap().entries[0].clone();
    world.until(|state| state.changes_waiting == 0).await;
    let detail = world.bench.activity_entry(&world.store, &id).await;
    assert_eq!(detail.unwrap().entry.state, State::Done);
}
