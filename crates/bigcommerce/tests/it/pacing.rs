//! Who may send next, and when.

mod left;
mod stores;
mod together;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{ApiOrigin, Error, Lane, Pacing, TransportErrorKind, WaitReason, request};
use commerce::{Clock, OrderId, Tick, TreeId};
use futures::{FutureExt, future::join_all};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{
    Dice, Stage, Step, TOKEN, TestClock, answer, answer_with, client, fail, simulated, time,
};
use stores::{Shared, Slow};

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
    let cases: [(Said<'_>, u64, u64); 6] = [
        (&[left, reset], 4000, 4700),
        (&[retry], 9000, 9700),
        (&[left, retry], 9000, 9700),
        (&[reset, retry], 9000, 9700),
        (&[left, reset, retry], 9000, 9700),
        (&[], 500, 1100),
    ];
    for (headers, least, most) in cases {
        simulated(async {
            let stage = Stage::new([answer_with(429, headers, "slow down"), time()]);
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

#[test]
fn a_person_who_is_tried_again_is_not_hidden_behind_others_in_line() {
    simulated(async {
        let stage = Stage::new([
            fail(TransportErrorKind::Reset, true),
            time_with(&quota("0", "8000")),
            time(),
        ]);
        let ask = |lane| Box::pin(stage.send(request::time(), lane, 60));
        let person = ask(Lane::Person);
        // Its answer says that nothing is left, while the person is in a pause.
        let first = ask(Lane::Backfill);
        let watching = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let mut behind = ask(Lane::Backfill);
            assert!(behind.as_mut().now_or_never().is_none());
            let shown = stage.client.pacing().borrow().waiting.unwrap();
            assert_eq!(
                (shown.lane, shown.because),
                (Lane::Person, WaitReason::BackingOff)
            );
        };
        let (person, first, ()) = futures::join!(person, first, watching);
        person.unwrap();
        first.unwrap();
    });
}

#[test]
fn who_is_kept_apart_is_shown_with_what_all_wait_for() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("2", "9000")),
            Step::Silence,
            time_with(&quota("0", "8000")),
        ]);
        stage.send(request::time(), Lane::Person, 60).await.unwrap();
        let mut first =
            Box::pin(stage.send(request::catalog::tree(TreeId(1), None), Lane::Refresh, 60));
        assert!(first.as_mut().now_or_never().is_none());
        stage.send(request::time(), Lane::Person, 60).await.unwrap();
        let mut apart =
            Box::pin(stage.send(request::catalog::tree(TreeId(2), None), Lane::Person, 60));
        assert!(apart.as_mut().now_or_never().is_none());
        let mut behind = Box::pin(stage.send(request::time(), Lane::Backfill, 60));
        assert!(behind.as_mut().now_or_never().is_none());
        let shown = stage.client.pacing().borrow().waiting.unwrap();
        assert_eq!(
            (shown.lane, shown.because),
            (Lane::Person, WaitReason::QuotaUsedUp)
        );
    });
}

const BEHIND: [Lane; 3] = [Lane::Refresh, Lane::FirstPull, Lane::Backfill];

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
