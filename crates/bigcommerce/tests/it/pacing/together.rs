//! How many are under way together, and which never are.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{ApiOrigin, BoxFuture, Client, Kind, Lane, Method, Pacing, Request, request};
use commerce::{AccessToken, Clock};
use futures::{FutureExt, future::join_all};
use proptest::prelude::*;

use super::{
    BEHIND,
    stores::{Busy, Watching},
};
use crate::support::{Dice, Stage, Step, TOKEN, TestClock, answer, client, simulated, time};
use testkit::samples::{Ids, samples};

#[test]
fn room_that_was_made_is_given_back_by_the_last_who_asked_for_it() {
    simulated(async {
        let stage = Stage::new([Step::Silence]);
        let line = stage.client.line();
        let clock = stage.clock.clone();
        let other = client(ApiOrigin::bigcommerce(), stage.script.clone(), clock, 2);
        let other = other.standing_in(&line).with_room_for(5);
        let again = other.clone();
        let time = request::time();
        let deadline = stage.within(600);
        let most = |client: &Client| {
            let before = stage.script.times().len();
            let mut all: Vec<_> = (0..9)
                .map(|_| Box::pin(client.send(&time, Lane::Person, deadline)))
                .collect();
            for one in &mut all {
                assert!(one.as_mut().now_or_never().is_none());
            }
            stage.script.times().len() - before
        };
        assert_eq!(most(&other), 5);
        assert_eq!(most(&stage.client), 3, "who didn't ask for it");
        drop(other);
        assert_eq!(most(&again), 5);
        drop(again);
        assert_eq!(most(&stage.client), 3);
    });
}

/// How many of nine go out at once, with all nine: they are given up with it.
fn out(stage: &Stage, client: &Client, lane: Lane) -> (usize, Vec<BoxFuture<'static, ()>>) {
    let before = stage.script.times().len();
    let deadline = stage.within(600);
    let mut asks: Vec<BoxFuture<'static, ()>> = (0..9)
        .map(|_| {
            let client = client.clone();
            let asked = async move { drop(client.send(&request::time(), lane, deadline).await) };
            asked.boxed()
        })
        .collect();
    for ask in &mut asks {
        assert!(ask.as_mut().now_or_never().is_none());
    }
    (stage.script.times().len() - before, asks)
}

#[test]
fn room_is_for_what_a_person_asks_of_whoever_made_it_and_takes_none_from_others() {
    simulated(async {
        let stage = Stage::new([Step::Silence]);
        let roomy = stage.client.clone().with_room_for(6);
        // Nobody else has it.
        for (lane, usual) in [
            (Lane::Person, 3),
            (Lane::Edit, 3),
            (Lane::Refresh, 2),
            (Lane::FirstPull, 2),
            (Lane::Backfill, 2),
        ] {
            assert_eq!(out(&stage, &stage.client, lane).0, usual, "{lane:?}");
            let theirs = if lane == Lane::Person { 6 } else { usual };
            assert_eq!(out(&stage, &roomy, lane).0, theirs, "{lane:?}");
        }
        // Who has it, and waits in it, keeps back nobody.
        let (all, theirs) = out(&stage, &roomy, Lane::Person);
        let (behind, backfill) = out(&stage, &stage.client, Lane::Backfill);
        let (person, others) = out(&stage, &stage.client, Lane::Person);
        assert_eq!((all, behind, person), (6, 2, 1));
        assert_eq!(stage.client.pacing().borrow().in_flight, 9);
        drop((theirs, backfill, others));
        // Who waits for one of the usual places doesn't keep those back.
        let (person, others) = out(&stage, &stage.client, Lane::Person);
        let (all, theirs) = out(&stage, &roomy, Lane::Person);
        assert_eq!((person, all), (3, 3), "six in all");
        drop((others, theirs));
        assert_eq!(*stage.client.pacing().borrow(), Pacing::default());
    });
}

#[test]
fn who_waits_for_a_usual_place_goes_on_when_one_is_given_back() {
    simulated(async {
        let stage = Stage::new([
            Step::Silence,
            Step::Silence,
            Step::Silence,
            Step::Silence,
            time(),
        ]);
        let roomy = stage.client.clone().with_room_for(4);
        let ask = |client: &Client| {
            let (client, deadline) = (client.clone(), stage.within(600));
            let asked = async move { client.send(&request::time(), Lane::Person, deadline).await };
            asked.boxed()
        };
        let mut usual: Vec<_> = (0..3).map(|_| ask(&stage.client)).collect();
        for one in &mut usual {
            assert!(one.as_mut().now_or_never().is_none());
        }
        let mut in_room = ask(&roomy);
        assert!(in_room.as_mut().now_or_never().is_none());
        let (mut behind, mut roomy_behind) = (ask(&stage.client), ask(&roomy));
        assert!(behind.as_mut().now_or_never().is_none());
        assert!(roomy_behind.as_mut().now_or_never().is_none());
        assert_eq!(stage.script.times().len(), 4);
        // A place of theirs is no place for the others.
        drop(in_room);
        roomy_behind.await.unwrap();
        assert!(behind.as_mut().now_or_never().is_none());
        drop(usual.pop());
        behind.await.unwrap();
    });
}

#[test]
fn room_goes_along_into_another_line_and_is_given_back_there() {
    simulated(async {
        let stage = Stage::new([Step::Silence]);
        let clock = stage.clock.clone();
        let other = client(
            ApiOrigin::bigcommerce(),
            stage.script.clone(),
            clock.clone(),
            2,
        );
        let other = other.with_room_for(5).standing_in(&stage.client.line());
        let time = request::time();
        let most = |client: &Client| {
            let before = stage.script.times().len();
            let mut all: Vec<_> = (0..9)
                .map(|_| Box::pin(client.send(&time, Lane::Person, stage.within(600))))
                .collect();
            for one in &mut all {
                assert!(one.as_mut().now_or_never().is_none());
            }
            stage.script.times().len() - before
        };
        assert_eq!(most(&other), 5);
        assert_eq!(most(&stage.client), 3);
        // Another token in the same line needs no other room.
        let again = other.with_token(AccessToken::new(TOKEN.to_owned()));
        drop(other);
        assert_eq!(most(&again), 5);
        // Nor is it that of a line in which it stood before.
        let elsewhere = client(ApiOrigin::bigcommerce(), stage.script.clone(), clock, 3);
        let again = again.standing_in(&elsewhere.line());
        assert_eq!(most(&again), 5);
        assert_eq!(most(&elsewhere), 3);
    });
}

#[test]
fn three_are_under_way_at_most_and_fewer_after_overload() {
    simulated(async {
        let clock = TestClock::new();
        let busy = Busy::refusing(3, 3);
        let client = client(ApiOrigin::bigcommerce(), busy.clone(), clock.clone(), 1);
        let ask = || async {
            let deadline = clock.now() + Duration::from_secs(600);
            client
                .send(&request::time(), Lane::Edit, deadline)
                .await
                .unwrap();
        };
        join_all((0..8).map(|_| ask())).await;
        assert_eq!(busy.most_together(), 1, "one at a time after the overload");
        join_all((0..40).map(|_| ask())).await;
        assert_eq!(busy.most_together(), 3, "three again after a calm while");
    });
}

/// Asks nine times at once, with that much room and `refused` of the first told off; gives how many
/// are under way together afterwards, at most.
fn together_after_overload(room: u32, refused: usize) -> u32 {
    simulated(async {
        let clock = TestClock::new();
        let busy = Busy::refusing(refused, room as usize);
        let client = client(ApiOrigin::bigcommerce(), busy.clone(), clock.clone(), 1);
        let client = client.with_room_for(room);
        let deadline = clock.now() + Duration::from_secs(600);
        // Too few answers for the calm that gives a place back.
        let time = request::time();
        let all = (0..9).map(|_| client.send(&time, Lane::Person, deadline));
        for answer in join_all(all).await {
            answer.unwrap();
        }
        busy.most_together()
    })
}

#[test]
fn an_overload_takes_back_the_room_that_was_made_and_only_then_more() {
    // Told off together counts once: three again, however many were refused.
    assert_eq!(together_after_overload(6, 6), 3);
    assert_eq!(together_after_overload(6, 1), 3);
    assert_eq!(together_after_overload(3, 3), 1);
}

#[test]
fn who_went_out_in_room_that_was_taken_back_counts_until_answered() {
    simulated(async {
        let stage = Stage::new([answer(429, ""), Step::Silence]);
        let roomy = stage.client.clone().with_room_for(6);
        let (all, mut asks) = out(&stage, &roomy, Lane::Person);
        assert_eq!(all, 6);
        let sent = |asks: &mut [BoxFuture<'static, ()>]| {
            for ask in asks {
                assert!(ask.as_mut().now_or_never().is_none());
            }
            stage.script.times().len()
        };
        // The first is told off, the others take longer than the pause.
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(sent(&mut asks), 6);
        tokio::time::sleep(Duration::from_secs(5)).await;
        let mut seen = vec![(5, sent(&mut asks))];
        for left in [4, 3, 2] {
            drop(asks.remove(1));
            seen.push((left, sent(&mut asks)));
        }
        assert_eq!(seen, [(5, 6), (4, 6), (3, 6), (2, 7)]);
    });
}

#[test]
fn a_place_is_kept_for_a_person_and_an_edit() {
    for lane in [Lane::Person, Lane::Edit] {
        simulated(async {
            let stage = Stage::new([Step::Silence, Step::Silence, time()]);
            let mut behind: Vec<_> = BEHIND
                .iter()
                .map(|lane| Box::pin(stage.send(request::time(), *lane, 600)))
                .collect();
            for ask in &mut behind {
                assert!(ask.as_mut().now_or_never().is_none());
            }
            assert_eq!(stage.client.pacing().borrow().in_flight, 2);
            let asked_at = stage.clock.now();
            stage.send(request::time(), lane, 5).await.unwrap();
            assert_eq!(stage.script.times()[2], asked_at, "{lane:?} waited");
            // The place isn't lent out meanwhile, and what waits gets the next other one.
            assert!(behind[2].as_mut().now_or_never().is_none());
            assert_eq!(stage.client.pacing().borrow().in_flight, 2);
            drop(behind.remove(0));
            behind.remove(1).await.unwrap();
        });
    }
}

#[test]
fn a_person_does_not_wait_behind_the_one_request_left_after_overload() {
    simulated(async {
        let stage = Stage::new([answer(429, ""), time(), Step::Silence, time()]);
        stage
            .send(request::time(), Lane::Refresh, 60)
            .await
            .unwrap();
        let mut behind: Vec<_> = (0..2)
            .map(|_| Box::pin(stage.send(request::time(), Lane::Backfill, 600)))
            .collect();
        for ask in &mut behind {
            assert!(ask.as_mut().now_or_never().is_none());
        }
        assert_eq!(stage.client.pacing().borrow().in_flight, 1);
        let asked_at = stage.clock.now();
        let ask = || stage.send(request::time(), Lane::Person, 5);
        let (first, second) = futures::join!(ask(), ask());
        first.unwrap();
        second.unwrap();
        let times = stage.script.times();
        assert_eq!(times[3], asked_at);
        assert!(times[4] > times[3], "persons among themselves keep to one");
    });
}

/// The first sample of that operation, about these things.
fn named_of(name: &str, ids: &Ids) -> Request<()> {
    let mut all = samples(ids);
    let at = all
        .iter()
        .position(|one| one.request.operation().is_some_and(|op| op.name == name))
        .unwrap();
    all.swap_remove(at).request
}

fn named(name: &str) -> Request<()> {
    named_of(name, &Ids::default())
}

/// The categories of that tree.
fn tree(number: u64) -> Request<()> {
    let ids = Ids {
        tree: commerce::TreeId(number),
        ..Ids::default()
    };
    named_of("catalog::tree", &ids)
}

#[test]
fn categories_are_asked_for_one_tree_at_a_time() {
    simulated(async {
        let stage = Stage::new([Step::Silence, time()]);
        let mut first = Box::pin(stage.send(tree(1), Lane::Refresh, 600));
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(stage.send(tree(2), Lane::Refresh, 600));
        assert!(second.as_mut().now_or_never().is_none());
        assert_eq!(stage.script.times().len(), 1, "the other tree waits");
        drop(first);
        second.await.unwrap_err();
        assert_eq!(stage.script.times().len(), 2);
    });
}

#[test]
fn refunds_of_one_order_go_one_by_one_and_let_others_past() {
    simulated(async {
        let stage = Stage::new([Step::Silence, time()]);
        let refund = |order| {
            let order = commerce::OrderId(order);
            let ids = Ids {
                order,
                ..Ids::default()
            };
            named_of("payments::refund", &ids)
        };
        let first = stage.send(refund(1), Lane::Person, 600);
        let mut first = Box::pin(first);
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(stage.send(refund(1), Lane::Person, 600));
        assert!(second.as_mut().now_or_never().is_none());
        assert_eq!(
            stage.script.times().len(),
            1,
            "the second waits for the first"
        );
        // Behind it in line, and yet not kept back.
        let other = stage.send(refund(2), Lane::Backfill, 600).await;
        other.unwrap_err();
        stage
            .send(request::time(), Lane::Backfill, 600)
            .await
            .unwrap();
        assert_eq!(stage.script.times().len(), 3);
        drop(first);
        second.await.unwrap_err();
        assert_eq!(stage.script.times().len(), 4);
        assert_eq!(*stage.client.pacing().borrow(), Pacing::default());
    });
}

#[test]
fn bulk_changes_of_stock_and_of_anything_else_are_never_under_way_together() {
    simulated(async {
        let stage = Stage::new([Step::Silence]);
        let asks = |name: &str| Box::pin(stage.send(named(name), Lane::Edit, 600));
        let mut stock = asks("inventory::adjust_absolute");
        assert!(stock.as_mut().now_or_never().is_none());
        // Whatever changes several things at once.
        let is_bulk = |one: &testkit::samples::Sample| {
            let request = &one.request;
            let takes_list = request.body().is_some_and(serde_json::Value::is_array);
            let names_some = request.parameters().any(|name| name.ends_with(":in"));
            request.method() != Method::Get
                && (takes_list || (request.method() == Method::Delete && names_some))
        };
        let bulk: BTreeSet<_> = samples(&Ids::default())
            .iter()
            .filter(|one| is_bulk(one))
            .filter_map(|one| one.request.operation())
            .map(|operation| operation.name)
            .collect();
        assert!(bulk.len() > 15, "{bulk:?}");
        for other in bulk {
            let mut waits = asks(other);
            assert!(waits.as_mut().now_or_never().is_none());
            assert_eq!(stage.script.times().len(), 1, "{other}");
        }
        let mut more = asks("inventory::adjust_relative");
        assert!(more.as_mut().now_or_never().is_none());
        assert_eq!(stage.script.times().len(), 2);
    });
}

#[test]
fn a_change_of_stock_by_a_person_does_not_wait_for_a_whole_bulk_edit() {
    simulated(async {
        let stage = Stage::new([answer(204, "")]);
        let ask = |name: &str, lane| Box::pin(stage.send(named(name), lane, 600));
        let mut edit: Vec<_> = (0..20)
            .map(|_| ask("products::edit_batch", Lane::Edit))
            .collect();
        for (number, batch) in edit.iter_mut().enumerate() {
            assert!(batch.as_mut().now_or_never().is_none());
            // One after another, so that none ends together with the others under way.
            if number < 2 {
                tokio::time::sleep(Duration::from_millis(3)).await;
            }
        }
        let mut stock = ask("inventory::adjust_absolute", Lane::Person);
        assert!(stock.as_mut().now_or_never().is_none());
        drop(futures::join!(join_all(edit), stock));
        let requests = stage.script.requests();
        assert_eq!(requests.len(), 21);
        let at = requests
            .iter()
            .position(|sent| sent.url.ends_with("/adjustments/absolute"));
        assert_eq!(
            at,
            Some(3),
            "only what was under way already goes before it"
        );
    });
}

const ROOM: u32 = 20;

/// The most of the same request that BigCommerce takes at a time, where it says so and that is less
/// than what room was made for. Source: BigCommerce REST reference, of each of these.
fn cap(request: &Request<()>) -> u32 {
    match request.operation().unwrap().name {
        "payments::refund" | "catalog::tree" => 1,
        _ if request.path().starts_with("/v3/customers") || request.kind() != Kind::Read => 3,
        _ => ROOM,
    }
}

#[test]
fn no_room_that_was_made_lets_more_of_a_kind_out_than_the_store_takes() {
    for sample in samples(&Ids::default()) {
        simulated(async {
            let name = sample.request.operation().unwrap().name;
            let stage = Stage::new([Step::Silence]);
            let clients = stage.client.clone().with_room_for(ROOM);
            let deadline = stage.clock.now() + Duration::from_secs(600);
            let mut all: Vec<_> = (0..ROOM + 5)
                .map(|_| Box::pin(clients.send(&sample.request, Lane::Person, deadline)))
                .collect();
            for one in &mut all {
                assert!(one.as_mut().now_or_never().is_none(), "{name}");
            }
            let most = u32::try_from(stage.script.times().len()).unwrap();
            assert_eq!(most, cap(&sample.request), "{name}");
            drop(all);
            assert_eq!(*stage.client.pacing().borrow(), Pacing::default(), "{name}");
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_kinds_together_keep_to_what_the_store_takes_of_each(seed in any::<u32>()) {
        simulated(async {
            let clock = TestClock::new();
            let dice = Dice::new(u64::from(seed));
            let watching = Arc::new(Watching {
                dice: Arc::clone(&dice),
                under_way: Mutex::default(),
                most_writes: Mutex::default(),
            });
            let client = client(ApiOrigin::bigcommerce(), watching.clone(), clock.clone(), u64::from(seed));
            let client = client.with_room_for(ROOM);
            let deadline = clock.now() + Duration::from_secs(24 * 3600);
            let mut all: Vec<_> = samples(&Ids::default()).into_iter().map(|one| one.request).collect();
            all.extend((2..8).map(tree));
            for at in (1..all.len()).rev() {
                all.swap(at, usize::try_from(dice.below(at as u64 + 1)).unwrap());
            }
            let lanes = [Lane::Person, Lane::Edit, Lane::Refresh, Lane::FirstPull, Lane::Backfill];
            join_all(all.iter().enumerate().map(|(number, request)| {
                let lane = lanes[number % lanes.len()];
                // What the answer was is not looked at, only that one came.
                let client = client.clone();
                async move { drop(client.send(request, lane, deadline).await) }
            }))
            .await;
            assert_eq!(*watching.most_writes.lock().unwrap(), 3, "the room that there is is used");
            assert!(clock.now() < deadline);
            assert_eq!(*client.pacing().borrow(), Pacing::default());
        });
    }
}
