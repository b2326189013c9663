//! Who may send next, and when.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{
    ApiOrigin, BoxFuture, Error, HttpRequest, HttpResponse, Kind, Lane, Method, Pacing, Request,
    Transport, TransportError, TransportErrorKind, WaitReason, request,
};
use commerce::{Clock, OrderId, Tick};
use futures::{FutureExt, future::join_all};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{
    Dice, Stage, Step, TOKEN, TestClock, answer, answer_with, client, fail, response, simulated,
    time,
};
use testkit::samples::{Ids, samples};

const SOON: Duration = Duration::from_millis(700);

fn quota(left: &'static str, reset_ms: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("X-Rate-Limit-Requests-Quota", "150"),
        ("X-Rate-Limit-Requests-Left", left),
        ("X-Rate-Limit-Time-Window-Ms", "30000"),
        ("X-Rate-Limit-Time-Reset-Ms", reset_ms),
    ]
}

fn time_with(headers: &[(&str, &str)]) -> Step {
    answer_with(200, headers, json!({"time": 1}))
}

#[test]
fn a_used_up_quota_waits_for_the_next_window_and_a_bit() {
    simulated(async {
        let stage = Stage::new([time_with(&quota("0", "12000")), time()]);
        let ask = || stage.send(request::time(), Lane::Refresh, 60);
        ask().await.unwrap();
        let heard_at = stage.clock.now();
        assert_eq!(stage.client.quota().unwrap().left, 0);
        assert_eq!(stage.client.quota().unwrap().quota, 150);
        ask().await.unwrap();
        let waited = stage.script.times()[1].since(heard_at);
        assert!(waited > Duration::from_secs(12), "{waited:?}");
        assert!(waited < Duration::from_secs(12) + SOON, "{waited:?}");
    });
}

#[test]
fn a_wait_that_would_pass_the_deadline_is_told_at_once() {
    simulated(async {
        let stage = Stage::new([time_with(&quota("0", "12000"))]);
        let ask = |within| stage.send(request::time(), Lane::Person, within);
        ask(60).await.unwrap();
        let before = stage.clock.now();
        let Err(Error::RateLimited {
            retry_after,
            lost: false,
        }) = ask(5).await
        else {
            panic!("expected to be told to wait");
        };
        assert!(retry_after >= Duration::from_secs(12) && retry_after < Duration::from_secs(13));
        assert_eq!(stage.clock.now(), before);
        assert_eq!(stage.script.times().len(), 1);
    });
}

#[test]
fn another_token_of_the_same_store_stands_in_the_same_line() {
    simulated(async {
        let stage = Stage::new([
            answer_with(429, &[("X-Retry-After", "20")], ""),
            time(),
            time(),
        ]);
        let other = stage
            .client
            .with_token(commerce::AccessToken::new("another0token".to_owned()));
        let wait = stage.send(request::time(), Lane::Person, 5).await;
        assert!(matches!(wait, Err(Error::RateLimited { .. })), "{wait:?}");
        // What one was told holds for both, and what the other was told as well.
        let wait = other
            .send(&request::time(), Lane::Person, stage.within(5))
            .await;
        assert!(matches!(wait, Err(Error::RateLimited { .. })), "{wait:?}");
        assert_eq!(stage.script.requests().len(), 1);
        let pacing = *other.pacing().borrow();
        assert_eq!(pacing, *stage.client.pacing().borrow());
        other
            .send(&request::time(), Lane::Person, stage.within(60))
            .await
            .unwrap();
        stage.send(request::time(), Lane::Person, 60).await.unwrap();
        let tokens: Vec<_> = stage
            .script
            .requests()
            .iter()
            .map(|sent| sent.token.expose().to_owned())
            .collect();
        assert_eq!(tokens, [TOKEN, "another0token", TOKEN]);
    });
}

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
        let most = |client: &bigcommerce::Client| {
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
        assert_eq!(most(&stage.client), 5, "one line, one room");
        drop(other);
        assert_eq!(most(&again), 5);
        drop(again);
        assert_eq!(most(&stage.client), 3);
    });
}

#[test]
fn absent_headers_mean_no_limit() {
    simulated(async {
        let stage = Stage::new([time()]);
        for _ in 0..200 {
            let sent = stage.send(request::time(), Lane::Backfill, 1);
            sent.await.unwrap();
        }
        assert_eq!(stage.client.quota(), None);
        assert!(stage.clock.now() < Tick::at(Duration::from_millis(2100)));
    });
}

#[test]
fn what_never_went_out_leaves_the_quota_as_it_was() {
    // Withdrawn in its turn, not connected, not even that: one is left, and it can be used at once.
    let ways = [
        None,
        Some(fail(TransportErrorKind::Refused, false)),
        Some(Step::StuckConnecting),
    ];
    for way in ways {
        simulated(async {
            let quota = quota("1", "300000");
            let steps = [time_with(&quota)].into_iter().chain(way.clone());
            let stage = Stage::new(steps.chain([time_with(&quota)]));
            stage.send(request::time(), Lane::Edit, 60).await.unwrap();
            if way.is_none() {
                let client = stage.client.with_permit(Arc::new(|| false));
                let deadline = stage.within(60);
                let sent = client.send(&request::time(), Lane::Edit, deadline).await;
                sent.unwrap_err();
            }
            stage.send(request::time(), Lane::Edit, 60).await.unwrap();
            let left = stage.client.quota().unwrap().left;
            assert_eq!(left, 1, "{way:?}");
        });
    }
}

#[test]
fn every_kind_of_429_waits_as_long_as_it_says() {
    let reset = ("X-Rate-Limit-Time-Reset-Ms", "4000");
    let left = ("X-Rate-Limit-Requests-Left", "0");
    let retry = ("X-Retry-After", "9");
    type Said<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Said<'_>, u64, u64); 5] = [
        (&[left, reset], 4000, 4700),
        (&[left, retry], 9000, 9700),
        (&[reset, retry], 9000, 9700),
        (&[left, reset, retry], 9000, 9700),
        (&[], 500, 1100),
    ];
    for (headers, least, most) in cases {
        simulated(async {
            let stage = Stage::new([answer_with(429, headers, "slow down"), time()]);
            // A quota without its reset keeps to the usual window, which is longer.
            let least = if headers == [left, retry] {
                30_000
            } else {
                least
            };
            let most = if headers == [left, retry] {
                30_700
            } else {
                most
            };
            let sent = stage.send(request::time(), Lane::Edit, 60);
            sent.await.unwrap();
            let times = stage.script.times();
            let waited = times[1].since(times[0]);
            assert!(
                waited >= Duration::from_millis(least),
                "{headers:?} {waited:?}"
            );
            assert!(
                waited <= Duration::from_millis(most + 10),
                "{headers:?} {waited:?}"
            );
        });
    }
}

#[test]
fn a_429_that_says_nothing_waits_longer_each_time() {
    simulated(async {
        let stage = Stage::new([answer(429, "")]);
        let sent = stage.send(request::time(), Lane::Edit, 600);
        let Err(Error::RateLimited { .. }) = sent.await else {
            panic!("expected to give up at the deadline");
        };
        let times = stage.script.times();
        let waits: Vec<_> = times
            .windows(2)
            .map(|pair| pair[1].since(pair[0]))
            .collect();
        assert!(waits[3] > waits[0] * 2, "{waits:?}");
        assert!(
            waits.iter().all(|wait| *wait <= Duration::from_secs(61)),
            "{waits:?}"
        );
        assert!(times.len() < 30, "{waits:?}");
    });
}

#[test]
fn a_429_holds_back_everybody() {
    simulated(async {
        let stage = Stage::new([answer_with(429, &[("X-Retry-After", "5")], ""), time()]);
        let first = stage.send(request::time(), Lane::Backfill, 60);
        let later = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            stage.send(request::time(), Lane::Person, 60).await
        };
        let (first, later) = futures::join!(first, later);
        first.unwrap();
        later.unwrap();
        let times = stage.script.times();
        assert!(times[1].since(times[0]) >= Duration::from_secs(5));
        assert!(times[2].since(times[0]) >= Duration::from_secs(5));
    });
}

#[test]
fn three_are_under_way_at_most_and_fewer_after_overload() {
    /// Takes a second for each; answers 429 without a word to the first three.
    struct Busy(Mutex<(u32, u32, u32)>);
    impl Transport for Busy {
        fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
            let number = {
                let mut state = self.0.lock().unwrap();
                state.0 += 1;
                state.1 += 1;
                if state.0 > 3 {
                    state.2 = state.2.max(state.1);
                } else {
                    assert!(state.1 <= 3);
                }
                state.0
            };
            async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                self.0.lock().unwrap().1 -= 1;
                let status = if number <= 3 { 429 } else { 200 };
                Ok(response(status, &[], json!({"time": 1})))
            }
            .boxed()
        }
    }
    simulated(async {
        let clock = TestClock::new();
        let busy = Arc::new(Busy(Mutex::default()));
        let client = client(ApiOrigin::bigcommerce(), busy.clone(), clock.clone(), 1);
        let ask = || async {
            let deadline = clock.now() + Duration::from_secs(600);
            client
                .send(&request::time(), Lane::Edit, deadline)
                .await
                .unwrap();
        };
        join_all((0..8).map(|_| ask())).await;
        assert_eq!(
            busy.0.lock().unwrap().2,
            1,
            "one at a time after the overload"
        );
        join_all((0..40).map(|_| ask())).await;
        assert_eq!(
            busy.0.lock().unwrap().2,
            3,
            "three again after a calm while"
        );
    });
}

/// Asks nine times at once, with that much room and `refused` of the first told off; gives how many
/// are under way together afterwards, at most.
fn together_after_overload(room: u32, refused: usize) -> u32 {
    struct Busy {
        room: usize,
        refused: usize,
        begun: Mutex<usize>,
        under_way: Mutex<(u32, u32)>,
    }
    impl Transport for Busy {
        fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
            let number = {
                let mut begun = self.begun.lock().unwrap();
                *begun += 1;
                *begun
            };
            {
                let mut under_way = self.under_way.lock().unwrap();
                under_way.0 += 1;
                if number > self.room {
                    under_way.1 = under_way.1.max(under_way.0);
                }
            }
            async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                self.under_way.lock().unwrap().0 -= 1;
                let status = if number <= self.refused { 429 } else { 200 };
                Ok(response(status, &[], json!({"time": 1})))
            }
            .boxed()
        }
    }
    simulated(async {
        let clock = TestClock::new();
        let busy = Arc::new(Busy {
            room: room as usize,
            refused,
            begun: Mutex::default(),
            under_way: Mutex::default(),
        });
        let client = client(ApiOrigin::bigcommerce(), busy.clone(), clock.clone(), 1);
        let client = client.with_room_for(room);
        let deadline = clock.now() + Duration::from_secs(600);
        // Too few answers for the calm that gives a place back.
        let time = request::time();
        let all = (0..9).map(|_| client.send(&time, Lane::Person, deadline));
        for answer in join_all(all).await {
            answer.unwrap();
        }
        busy.under_way.lock().unwrap().1
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
fn urgent_lanes_go_first_and_within_a_lane_the_earliest() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("0", "1000")),
            time_with(&quota("1", "900")),
        ]);
        stage.send(request::time(), Lane::Person, 60).await.unwrap();
        let asks = [
            (Lane::Backfill, 0),
            (Lane::FirstPull, 1),
            (Lane::Refresh, 2),
            (Lane::Edit, 3),
            (Lane::Person, 4),
            (Lane::Refresh, 5),
            (Lane::Person, 6),
        ];
        let sent =
            asks.map(|(lane, number)| stage.send(request::orders::one(OrderId(number)), lane, 60));
        join_all(sent).await;
        let urls: Vec<_> = stage.script.requests()[1..]
            .iter()
            .map(|request| request.url.rsplit('/').next().unwrap().to_owned())
            .collect();
        assert_eq!(urls, ["4", "6", "3", "2", "5", "1", "0"]);
    });
}

#[test]
fn waits_are_visible_with_their_reason_and_end() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("0", "8000")),
            answer_with(429, &[("X-Retry-After", "3")], ""),
            fail(TransportErrorKind::Reset, true),
            time(),
        ]);
        let mut pacing = stage.client.pacing();
        let seen = Arc::new(Mutex::new(Vec::<Pacing>::new()));
        let watching = {
            let seen = Arc::clone(&seen);
            tokio::task::spawn(async move {
                while pacing.changed().await.is_ok() {
                    let now = *pacing.borrow_and_update();
                    seen.lock().unwrap().push(now);
                }
            })
        };
        for _ in 0..2 {
            let sent = stage.send(request::time(), Lane::Refresh, 60);
            sent.await.unwrap();
        }
        tokio::task::yield_now().await;
        watching.abort();
        let seen = seen.lock().unwrap();
        let reasons: Vec<_> = seen.iter().filter_map(|pacing| pacing.waiting).collect();
        for because in [
            WaitReason::QuotaUsedUp,
            WaitReason::StoreAskedToWait,
            WaitReason::BackingOff,
        ] {
            let wait = reasons.iter().find(|wait| wait.because == because);
            assert_eq!(
                wait.map(|wait| wait.lane),
                Some(Lane::Refresh),
                "{because:?} {seen:?}"
            );
            // That is when it goes on; the clock of the test counts whole milliseconds.
            let until = wait.unwrap().until;
            let soon = until + Duration::from_millis(1);
            let times = stage.script.times();
            let goes_on = times.iter().any(|at| (until..=soon).contains(at));
            assert!(goes_on, "{because:?} {until:?} {times:?}");
        }
        assert!(seen.iter().any(|pacing| pacing.in_flight == 1));
        let last = seen.last().unwrap();
        assert_eq!((last.in_flight, last.waiting), (0, None));
    });
}

const BEHIND: [Lane; 3] = [Lane::Refresh, Lane::FirstPull, Lane::Backfill];

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

#[test]
fn whoever_gives_up_leaves_nothing_behind() {
    simulated(async {
        let stage = Stage::new([Step::Silence, Step::Silence, Step::Silence, time()]);
        let ask = || stage.send(request::time(), Lane::Person, 600);
        // Three are out, and three wait for them.
        let mut given_up: Vec<_> = (0..6).map(|_| Box::pin(ask())).collect();
        for ask in &mut given_up {
            assert!(ask.as_mut().now_or_never().is_none());
        }
        assert_eq!(stage.client.pacing().borrow().in_flight, 3);
        // Somebody behind all of them gets through as soon as they leave.
        let behind = stage.send(request::time(), Lane::Backfill, 5);
        let leaving = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            drop(given_up.split_off(3));
            drop(given_up);
        };
        let (behind, ()) = futures::join!(behind, leaving);
        behind.unwrap();
        assert_eq!(*stage.client.pacing().borrow(), Pacing::default());
    });
}

#[test]
fn giving_up_a_pause_leaves_nothing_behind() {
    simulated(async {
        let stage = Stage::new([answer(500, ""), time()]);
        let asked = stage.send(request::time(), Lane::Person, 600);
        let given_up = tokio::time::timeout(Duration::from_millis(200), asked).await;
        assert!(given_up.is_err());
        assert_eq!(*stage.client.pacing().borrow(), Pacing::default());
    });
}

#[test]
fn a_request_given_up_still_counts_against_what_is_left() {
    simulated(async {
        let stage = Stage::new([time_with(&quota("1", "5000")), Step::Silence, time()]);
        stage.send(request::time(), Lane::Edit, 60).await.unwrap();
        let given_up = stage.send(request::time(), Lane::Edit, 60);
        let given_up = tokio::time::timeout(Duration::from_millis(50), given_up).await;
        assert!(given_up.is_err());
        stage.send(request::time(), Lane::Edit, 60).await.unwrap();
        let times = stage.script.times();
        assert_eq!(times.len(), 3);
        assert!(times[2].since(times[1]) > Duration::from_secs(4));
    });
}

#[test]
fn after_the_reset_no_more_go_out_unasked_than_the_store_grants() {
    simulated(async {
        let small = |left| {
            [
                ("X-Rate-Limit-Requests-Quota", "2"),
                ("X-Rate-Limit-Requests-Left", left),
                ("X-Rate-Limit-Time-Reset-Ms", "1000"),
            ]
        };
        let stage = Stage::new([time_with(&small("0")), time_with(&small("1"))]);
        stage.send(request::time(), Lane::Edit, 60).await.unwrap();
        join_all((0..3).map(|_| stage.send(request::time(), Lane::Edit, 60))).await;
        let times = stage.script.times();
        assert_eq!(times[1], times[2]);
        assert!(times[3] > times[2]);
    });
}

#[test]
fn refunds_of_one_order_go_one_by_one_and_let_others_past() {
    simulated(async {
        let stage = Stage::new([Step::Silence, time()]);
        let refund = |order| {
            let order = commerce::OrderId(order);
            let mut all = samples(&Ids {
                order,
                ..Ids::default()
            });
            let at = all
                .iter()
                .position(|one| {
                    one.request
                        .operation()
                        .is_some_and(|op| op.name == "payments::refund")
                })
                .unwrap();
            all.swap_remove(at).request
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
        let named = |name: &str| {
            let mut all = samples(&Ids::default());
            let at = all
                .iter()
                .position(|one| one.request.operation().is_some_and(|op| op.name == name))
                .unwrap();
            all.swap_remove(at).request
        };
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
fn those_told_off_together_count_as_one() {
    simulated(async {
        let stage = Stage::new([answer(429, ""), answer(429, ""), answer(429, ""), time()]);
        join_all((0..3).map(|_| stage.send(request::time(), Lane::Edit, 60))).await;
        let times = stage.script.times();
        assert!(
            times[3].since(times[2]) <= Duration::from_millis(1100),
            "{times:?}"
        );
    });
}

#[test]
fn a_store_that_refuses_again_and_again_is_asked_ever_less() {
    simulated(async {
        let stage = Stage::new([answer_with(429, &[("X-Rate-Limit-Time-Reset-Ms", "0")], "")]);
        let result = stage.send(request::time(), Lane::Backfill, 600).await;
        assert!(matches!(result, Err(Error::RateLimited { .. })));
        assert!(
            stage.script.times().len() < 30,
            "{}",
            stage.script.times().len()
        );
    });
}

#[test]
fn one_more_request_than_is_left_is_never_sent_together() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("2", "5000")),
            time_with(&quota("1", "4000")),
        ]);
        let ask = || stage.send(request::time(), Lane::Edit, 60);
        ask().await.unwrap();
        let start = stage.clock.now();
        join_all((0..3).map(|_| ask())).await;
        let soon = stage.script.times()[1..]
            .iter()
            .filter(|at| at.since(start) < Duration::from_millis(5))
            .count();
        assert_eq!(soon, 2);
    });
}

/// A store with fixed windows, a rival that uses the same quota, and answers that overtake each
/// other. It checks every request against what the client can know.
struct Shared {
    clock: Arc<TestClock>,
    dice: Arc<Dice>,
    quota: u64,
    window: Duration,
    busy_rival: u64,
    state: Mutex<SharedState>,
}

#[derive(Default)]
struct SharedState {
    window_number: u128,
    used: u64,
    under_way: u64,
    /// Fewest left that the client was told in that window.
    told: Option<(u128, u64)>,
    /// Refused in this window.
    refused: u64,
}

impl Shared {
    fn window_number(&self) -> u128 {
        self.clock.now().since(Tick::default()).as_millis() / self.window.as_millis()
    }
}

impl Transport for Shared {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let window = self.window_number();
        {
            let mut state = self.state.lock().unwrap();
            if let Some((told_window, left)) = state.told
                && told_window == window
            {
                assert!(
                    left > state.under_way,
                    "sent with {left} left and {} under way",
                    state.under_way
                );
            }
            state.under_way += 1;
        }
        let there = Duration::from_millis(self.dice.below(300));
        let back = Duration::from_millis(self.dice.below(300));
        async move {
            tokio::time::sleep(there).await;
            let now = self.clock.now().since(Tick::default());
            let window = self.window_number();
            let (status, left) = {
                let mut state = self.state.lock().unwrap();
                if state.window_number != window {
                    state.window_number = window;
                    state.used = 0;
                    state.refused = 0;
                }
                state.used = (state.used + self.dice.below(self.busy_rival + 1)).min(self.quota);
                if state.used < self.quota {
                    state.used += 1;
                    (200, self.quota - state.used)
                } else {
                    state.refused += 1;
                    assert!(state.refused <= 3, "went on after being refused");
                    (429, 0)
                }
            };
            let reset = self.window.as_millis() - now.as_millis() % self.window.as_millis();
            tokio::time::sleep(back).await;
            let mut state = self.state.lock().unwrap();
            state.under_way -= 1;
            state.told = match state.told {
                Some((told_window, told)) if told_window == window => {
                    Some((window, told.min(left)))
                }
                Some((told_window, told)) if told_window > window => Some((told_window, told)),
                Some(_) | None => Some((window, left)),
            };
            let headers = [
                ("x-rate-limit-requests-quota", self.quota.to_string()),
                ("x-rate-limit-requests-left", left.to_string()),
                (
                    "x-rate-limit-time-window-ms",
                    self.window.as_millis().to_string(),
                ),
                ("x-rate-limit-time-reset-ms", reset.to_string()),
            ];
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            Ok(response(status, &headers, json!({"time": 1})))
        }
        .boxed()
    }
}

/// Takes its time for each, and notes when a person's request (for statuses) went out.
struct Slow {
    dice: Arc<Dice>,
    clock: Arc<TestClock>,
    persons: Mutex<Vec<Tick>>,
}

impl Transport for Slow {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let is_time = request.url.ends_with("/time");
        if !is_time {
            self.persons.lock().unwrap().push(self.clock.now());
        }
        let took = Duration::from_millis(self.dice.below(500));
        async move {
            tokio::time::sleep(took).await;
            let body = if is_time {
                json!({"time": 1})
            } else {
                json!([])
            };
            Ok(response(200, &[], body))
        }
        .boxed()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_person_alone_never_waits_behind_others(
        seed in any::<u32>(),
        behind in prop::collection::vec(0_usize..3, 0..40),
        pauses in prop::collection::vec(0_u64..900, 1..10),
    ) {
        simulated(async {
            let clock = TestClock::new();
            let slow = Arc::new(Slow { dice: Dice::new(u64::from(seed)), clock: clock.clone(), persons: Mutex::default() });
            let client = client(ApiOrigin::bigcommerce(), slow.clone(), clock.clone(), u64::from(seed));
            let deadline = clock.now() + Duration::from_secs(3600);
            let crowd = join_all(behind.iter().map(|lane| {
                let client = client.clone();
                async move { client.send(&request::time(), BEHIND[*lane], deadline).await.unwrap() }
            }));
            let person = async {
                let mut asked = Vec::new();
                for pause in &pauses {
                    tokio::time::sleep(Duration::from_millis(*pause)).await;
                    asked.push(clock.now());
                    let order = request::orders::statuses();
                    client.send(&order, Lane::Person, deadline).await.unwrap();
                }
                asked
            };
            let (_, asked) = futures::join!(crowd, person);
            assert_eq!(*slow.persons.lock().unwrap(), asked);
        });
    }

    #[test]
    fn a_hidden_rival_never_makes_us_send_when_nothing_is_left(
        seed in any::<u32>(),
        quota in 1_u64..20,
        busy_rival in 0_u64..6,
        asks in 1_usize..60,
    ) {
        simulated(async {
            let clock = TestClock::new();
            let shared = Arc::new(Shared {
                clock: clock.clone(),
                dice: Dice::new(u64::from(seed)),
                quota,
                window: Duration::from_secs(10),
                busy_rival,
                state: Mutex::default(),
            });
            let client = client(ApiOrigin::bigcommerce(), shared.clone(), clock.clone(), u64::from(seed));
            // Long enough for any luck: with one request in a window and a rival that
            // mostly takes it, sixty asks may need hours, and an end by the deadline
            // would be right and say nothing about what is looked at here.
            let deadline = clock.now() + Duration::from_secs(90 * 24 * 3600);
            let lanes = [Lane::Person, Lane::Edit, Lane::Refresh, Lane::FirstPull, Lane::Backfill];
            let all = join_all((0..asks).map(|number| {
                let client = client.clone();
                let lane = lanes[number % lanes.len()];
                async move { client.send(&request::time(), lane, deadline).await.map(|_| number) }
            }))
            .await;
            let answered: BTreeSet<_> = all.into_iter().map(Result::unwrap).collect();
            assert_eq!(answered.len(), asks);
            assert_eq!(client.pacing().borrow().in_flight, 0);
        });
    }
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

/// A store that answers some time later, and looks at what is under way together.
struct Watching {
    dice: Arc<Dice>,
    under_way: Mutex<Vec<(Method, String)>>,
    most_writes: Mutex<usize>,
}

fn is_capped((method, path): &(Method, String)) -> bool {
    // Asking for a quote changes nothing.
    (*method != Method::Get && !path.ends_with("/refund_quotes"))
        || path.starts_with("/v3/customers")
}

fn is_refund((method, path): &(Method, String)) -> bool {
    *method == Method::Post && path.ends_with("/payment_actions/refunds")
}

impl Transport for Watching {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let (_, path) = request.url.split_once("/stores/tins42").unwrap();
        let path = path.split('?').next().unwrap().to_owned();
        let this = (request.method, path);
        let took = Duration::from_millis(1 + self.dice.below(500));
        {
            let mut under_way = self.under_way.lock().unwrap();
            under_way.push(this.clone());
            let count = |what: fn(&(Method, String)) -> bool| {
                under_way.iter().filter(|one| what(one)).count()
            };
            assert!(count(is_capped) <= 3, "{under_way:?}");
            assert!(count(is_refund) <= 1, "{under_way:?}");
            let writes = count(|(method, _)| *method != Method::Get);
            let mut most = self.most_writes.lock().unwrap();
            *most = (*most).max(writes);
        }
        async move {
            tokio::time::sleep(took).await;
            let mut under_way = self.under_way.lock().unwrap();
            let at = under_way.iter().position(|one| *one == this).unwrap();
            under_way.swap_remove(at);
            drop(under_way);
            Ok(response(204, &[], ""))
        }
        .boxed()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn writes_of_all_kinds_together_are_three_at_a_time_at_most(seed in any::<u32>()) {
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
            let mut all = samples(&Ids::default());
            for at in (1..all.len()).rev() {
                all.swap(at, usize::try_from(dice.below(at as u64 + 1)).unwrap());
            }
            let lanes = [Lane::Person, Lane::Edit, Lane::Refresh, Lane::FirstPull, Lane::Backfill];
            join_all(all.iter().enumerate().map(|(number, sample)| {
                let lane = lanes[number % lanes.len()];
                // What the answer was is not looked at, only that one came.
                let client = client.clone();
                async move { drop(client.send(&sample.request, lane, deadline).await) }
            }))
            .await;
            assert_eq!(*watching.most_writes.lock().unwrap(), 3, "the room that there is is used");
            assert!(clock.now() < deadline);
            assert_eq!(*client.pacing().borrow(), Pacing::default());
        });
    }
}
