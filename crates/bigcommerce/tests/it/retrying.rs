//! What is sent again, what never is, and when it ends.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    Error, Kind, Lane, NetworkKind, Request, StoreTrouble, TransportErrorKind,
    request::{
        self,
        orders::{OrderUpdate, OrdersQuery},
    },
};
use commerce::{Clock, Order, OrderId, Scope, StatusId};
use serde_json::json;

use crate::support::{self, Stage, Step, answer, answer_with, fail, order, simulated, time};

fn status_change() -> Request<Order> {
    let update = OrderUpdate {
        status_id: Some(StatusId(2)),
        staff_notes: Some("packed".to_owned()),
        ..OrderUpdate::default()
    };
    request::orders::update(OrderId(100), &update)
}

fn note_change() -> Request<Order> {
    let update = OrderUpdate {
        staff_notes: Some("packed".to_owned()),
        ..OrderUpdate::default()
    };
    request::orders::update(OrderId(100), &update)
}

/// All that a store answers when something is wrong on its side and may be over in a moment. 507
/// says that a limit of the platform is reached.
fn troubles() -> impl Iterator<Item = u16> {
    let servers = (500..=599).filter(|status| *status != 507);
    [408, 425].into_iter().chain(servers)
}

/// Everything that can go wrong once a request is out and that leaves open what became of it.
fn faults_after_sending() -> Vec<Step> {
    let mut faults = vec![
        Step::Silence,
        answer(200, "{\"id\": 100, "),
        answer(
            200,
            "<html><body>Welcome to the hotel's network</body></html>",
        ),
        answer(200, "{}"),
        answer(204, ""),
    ];
    faults.extend(troubles().map(|status| answer(status, "<html>")));
    faults.push(answer_with(503, &[("Retry-After", "1")], ""));
    faults.extend(
        [
            TransportErrorKind::Dns,
            TransportErrorKind::Refused,
            TransportErrorKind::Tls,
            TransportErrorKind::Proxy,
            TransportErrorKind::TimedOut,
            TransportErrorKind::Reset,
            TransportErrorKind::AnswerTooLarge,
            TransportErrorKind::Other,
        ]
        .map(|kind| fail(kind, true)),
    );
    faults
}

#[test]
fn what_may_send_an_email_is_never_sent_again_once_it_went_out() {
    for fault in faults_after_sending() {
        simulated(async {
            let stage = Stage::new([fault.clone(), answer(200, order(100))]);
            let result = stage.send(status_change(), Lane::Edit, 3600).await;
            assert!(
                matches!(result, Err(Error::Unknown { .. })),
                "{fault:?}: {result:?}"
            );
            assert!(result.unwrap_err().leaves_open());
            assert_eq!(stage.script.times().len(), 1, "{fault:?}");
        });
    }
}

#[test]
fn what_never_went_out_is_sent_even_if_it_may_send_an_email() {
    for fault in [
        fail(TransportErrorKind::Dns, false),
        fail(TransportErrorKind::Refused, false),
        fail(TransportErrorKind::Reset, false),
        Step::StuckConnecting,
        answer(429, ""),
        answer_with(429, &[("X-Retry-After", "3")], "{}"),
    ] {
        simulated(async {
            let stage = Stage::new([fault.clone(), answer(200, order(100))]);
            let result = stage.send(status_change(), Lane::Edit, 3600).await;
            assert_eq!(result.unwrap().value.id, OrderId(100), "{fault:?}");
            assert_eq!(stage.script.times().len(), 2, "{fault:?}");
        });
    }
}

#[test]
fn an_unknown_end_after_a_harmless_start_is_still_unknown() {
    simulated(async {
        let stage = Stage::new([
            fail(TransportErrorKind::Refused, false),
            answer(429, ""),
            Step::Silence,
            answer(200, order(100)),
        ]);
        let result = stage.send(status_change(), Lane::Edit, 3600).await;
        assert!(matches!(result, Err(Error::Unknown { .. })), "{result:?}");
        assert_eq!(stage.script.times().len(), 3);
    });
}

#[test]
fn a_refusal_of_what_may_send_an_email_is_certain() {
    for (status, code) in [
        (400, "invalid"),
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "notFound"),
        (409, "conflict"),
        (413, "tooLarge"),
        (422, "invalid"),
        (423, "storeUnavailable"),
        (507, "limitReached"),
        (302, "network"),
    ] {
        simulated(async {
            let stage = Stage::new([answer(status, "")]);
            let error = stage
                .send(status_change(), Lane::Edit, 60)
                .await
                .unwrap_err();
            assert_eq!(error.code(), code);
            assert!(!error.leaves_open(), "{status}");
            assert_eq!(stage.script.times().len(), 1, "{status}");
        });
    }
}

#[test]
fn a_store_that_says_where_to_see_the_outcome_may_have_done_it() {
    for (status, may_be_done) in [(301, false), (302, false), (303, true), (307, false)] {
        let end = |request: Request<Order>| {
            simulated(async {
                let stage = Stage::new([answer(status, "")]);
                let error = stage.send(request, Lane::Edit, 60).await.unwrap_err();
                assert_eq!(stage.script.times().len(), 1, "{status}");
                error
            })
        };
        let error = end(status_change());
        let is_unknown = matches!(error, Error::Unknown { .. });
        assert_eq!(is_unknown, may_be_done, "{status}: {error:?}");
        let error = end(note_change());
        assert_eq!(error.leaves_open(), may_be_done, "{status}: {error:?}");
    }
}

#[test]
fn reads_and_plain_settings_survive_three_troubles() {
    let others = [
        Step::Silence,
        fail(TransportErrorKind::Reset, true),
        fail(TransportErrorKind::TimedOut, true),
        fail(TransportErrorKind::Dns, false),
        fail(TransportErrorKind::Refused, false),
    ];
    let answers = troubles().map(|status| answer(status, "<html>"));
    for trouble in others.into_iter().chain(answers) {
        simulated(async {
            let three = || [trouble.clone(), trouble.clone(), trouble.clone()];
            let stage = Stage::new(three().into_iter().chain([time()]));
            let read = stage.send(request::time(), Lane::Refresh, 3600);
            assert!(read.await.is_ok(), "{trouble:?}");

            let stage = Stage::new(three().into_iter().chain([answer(200, order(100))]));
            assert_eq!(note_change().kind(), Kind::Idempotent);
            let write = stage.send(note_change(), Lane::Edit, 3600);
            assert!(write.await.is_ok(), "{trouble:?}");
        });
    }
}

#[test]
fn an_answer_that_lost_its_content_is_asked_for_again_and_never_taken_for_an_empty_list() {
    let orders = || request::orders::list(&OrdersQuery::new());
    let brands = || request::catalog::brands(1);
    for (status, body) in [(200, ""), (200, " \n"), (200, "null"), (206, "")] {
        simulated(async {
            let cut = || answer(status, body);
            let stage = Stage::new([cut(), answer(200, json!([order(7)]))]);
            let page = stage.send(orders(), Lane::FirstPull, 60).await.unwrap();
            assert_eq!(page.value.items.len(), 1, "{status} {body:?}");

            let stage = Stage::new([cut(), answer(200, support::data(vec![support::brand(4)]))]);
            let page = stage.send(brands(), Lane::FirstPull, 60).await.unwrap();
            assert_eq!(page.value.items.len(), 1, "{status} {body:?}");

            let stage = Stage::new([cut()]);
            let error = stage.send(orders(), Lane::FirstPull, 60).await.unwrap_err();
            assert_eq!(error.code(), "unexpectedAnswer", "{status} {body:?}");
            assert_eq!(stage.script.times().len(), 4);
        });
    }
    // That there is nothing is said by 204, and a probe is answered by the status alone.
    simulated(async {
        let stage = Stage::new([answer(204, ""), answer(200, "")]);
        let page = stage.send(orders(), Lane::FirstPull, 60).await.unwrap();
        assert_eq!(page.value.received, 0);
        let probe = request::probe(Scope::Orders).unwrap();
        stage.send(probe, Lane::Person, 60).await.unwrap();
        assert_eq!(stage.script.times().len(), 2);
    });
}

#[test]
fn a_limit_of_the_platform_is_not_asked_about_again() {
    simulated(async {
        let stage = Stage::new([answer(507, "")]);
        for error in [
            stage.send(request::time(), Lane::Refresh, 3600).await.err(),
            stage.send(note_change(), Lane::Edit, 3600).await.err(),
        ] {
            assert!(matches!(error, Some(Error::LimitReached { .. })));
        }
        assert_eq!(stage.script.times().len(), 2);
    });
}

#[test]
fn the_fourth_trouble_is_told_as_it_is() {
    simulated(async {
        let stage = Stage::new([answer_with(503, &[("Retry-After", "7")], "")]);
        let error = stage
            .send(request::time(), Lane::Person, 3600)
            .await
            .unwrap_err();
        assert_eq!(
            error,
            Error::StoreUnavailable {
                status: 503,
                kind: StoreTrouble::Maintenance,
                retry_after: Some(Duration::from_secs(7)),
            }
        );
        let times = stage.script.times();
        assert_eq!(times.len(), 4);
        for pair in times.windows(2) {
            assert!(pair[1].since(pair[0]) >= Duration::from_secs(7));
        }
    });
}

#[test]
fn pauses_between_tries_grow() {
    simulated(async {
        let stage = Stage::new([answer(500, "")]);
        let _ = stage.send(request::time(), Lane::Person, 3600).await;
        let times = stage.script.times();
        let pauses: Vec<_> = times
            .windows(2)
            .map(|pair| pair[1].since(pair[0]))
            .collect();
        for (pause, (least, most)) in pauses.iter().zip([(500, 1100), (1000, 2100), (2000, 4100)]) {
            assert!(*pause >= Duration::from_millis(least), "{pauses:?}");
            assert!(*pause <= Duration::from_millis(most), "{pauses:?}");
        }
    });
}

#[test]
fn pauses_are_spread_by_chance_so_that_not_all_come_back_at_once() {
    let pauses = |seed| {
        simulated(async {
            let mut stage = Stage::new([answer(500, "")]);
            stage.client = support::client(
                bigcommerce::ApiOrigin::bigcommerce(),
                stage.script.clone(),
                stage.clock.clone(),
                seed,
            );
            let _ = stage.send(request::time(), Lane::Person, 3600).await;
            let times = stage.script.times();
            let pauses = times.windows(2).map(|pair| pair[1].since(pair[0]));
            pauses.collect::<Vec<_>>()
        })
    };
    assert_eq!(pauses(1), pauses(1));
    let all: std::collections::BTreeSet<_> = (1..9).flat_map(pauses).collect();
    assert_eq!(all.len(), 8 * 3, "each is another one");
}

#[test]
fn one_refusal_and_one_trouble_cost_a_batch_of_changes_one_request_each() {
    use bigcommerce::request::products;
    simulated(async {
        let done = || answer(200, support::data(vec![support::product(7)]));
        let mut steps: Vec<Step> = (0..20).map(|_| done()).collect();
        steps.insert(3, answer(429, ""));
        steps.insert(9, answer(503, ""));
        let stage = Stage::new(steps);
        for _ in 0..20 {
            let edit = (commerce::ProductId(7), commerce::ProductEdit::default());
            let change = products::edit_batch(&edit.into());
            assert_eq!(change.kind(), Kind::Idempotent);
            let changed = stage.send(change, Lane::Edit, 600).await.unwrap();
            assert_eq!(changed.value.items.len(), 1);
        }
        assert_eq!(stage.script.times().len(), 22);
    });
}

#[test]
fn what_cannot_get_better_is_tried_once() {
    for (step, code) in [
        (answer(401, ""), "unauthorized"),
        (answer(423, ""), "storeUnavailable"),
        (answer(200, "nonsense"), "unexpectedAnswer"),
        (fail(TransportErrorKind::NoAuthorities, false), "network"),
        (fail(TransportErrorKind::Tls, false), "network"),
        (fail(TransportErrorKind::Proxy, false), "network"),
    ] {
        simulated(async {
            let stage = Stage::new([step.clone()]);
            let error = stage
                .send(request::time(), Lane::Person, 3600)
                .await
                .unwrap_err();
            assert_eq!(error.code(), code);
            assert_eq!(stage.script.times().len(), 1);
        });
    }
}

#[test]
fn one_try_of_a_read_takes_thirty_seconds_at_most_and_of_a_write_sixty() {
    for (seconds, is_write) in [(30, false), (60, true)] {
        simulated(async {
            let stage = Stage::new([Step::Silence, answer(200, order(100))]);
            let deadline = stage.within(3600);
            if is_write {
                stage
                    .client
                    .send(&note_change(), Lane::Edit, deadline)
                    .await
                    .unwrap();
            } else {
                let read = request::orders::one(OrderId(100));
                stage
                    .client
                    .send(&read, Lane::Edit, deadline)
                    .await
                    .unwrap();
            }
            let times = stage.script.times();
            let between = times[1].since(times[0]);
            assert!(between >= Duration::from_secs(seconds), "{between:?}");
            assert!(between <= Duration::from_secs(seconds + 2), "{between:?}");
        });
    }
}

#[test]
fn a_store_that_never_answers_is_told_by_that_and_by_whether_anything_went_out() {
    for (step, went_out) in [(Step::Silence, true), (Step::StuckConnecting, false)] {
        simulated(async {
            let stage = Stage::new([step.clone()]);
            let read = request::orders::one(OrderId(100));
            let error = stage.send(read, Lane::Refresh, 3600).await.unwrap_err();
            let Error::Network { kind, lost, .. } = &error else {
                panic!("{error:?}");
            };
            assert_eq!((*kind, *lost), (NetworkKind::TimedOut, went_out));
            // What never went out is no riddle, whatever it would have done.
            let stage = Stage::new([step.clone()]);
            let error = stage.send(status_change(), Lane::Edit, 3600).await;
            let error = error.unwrap_err();
            assert_eq!(
                matches!(error, Error::Unknown { .. }),
                went_out,
                "{error:?}"
            );
            let tries = if went_out { 1 } else { 4 };
            assert_eq!(stage.script.times().len(), tries);
        });
    }
}

#[test]
fn nothing_outlives_its_deadline() {
    let steps = faults_after_sending().into_iter().chain([
        answer(429, ""),
        answer_with(429, &[("X-Retry-After", "2")], ""),
        fail(TransportErrorKind::Refused, false),
        Step::StuckConnecting,
    ]);
    for step in steps {
        for request in [
            note_change(),
            status_change(),
            request::orders::one(OrderId(1)),
        ] {
            simulated(async {
                let stage = Stage::new([step.clone()]);
                let deadline = stage.within(5);
                let result = stage.client.send(&request, Lane::Person, deadline).await;
                assert!(result.is_err());
                assert!(
                    stage.clock.now() <= deadline + Duration::from_millis(1),
                    "{step:?}"
                );
                assert_eq!(stage.client.pacing().borrow().in_flight, 0);
                assert_eq!(stage.client.pacing().borrow().waiting, None);
            });
        }
    }
}

#[test]
fn a_deadline_already_passed_sends_nothing() {
    simulated(async {
        let stage = Stage::new([time()]);
        let result = stage
            .client
            .send(&request::time(), Lane::Person, stage.clock.now())
            .await;
        assert!(matches!(
            result,
            Err(Error::DeadlinePassed { lost: false, .. })
        ));
        assert_eq!(stage.script.times().len(), 0);
    });
}

#[test]
fn an_error_remembers_that_an_earlier_try_was_lost() {
    simulated(async {
        let stage = Stage::new([
            fail(TransportErrorKind::Reset, true),
            fail(TransportErrorKind::Refused, false),
        ]);
        let error = stage
            .send(note_change(), Lane::Edit, 3600)
            .await
            .unwrap_err();
        assert!(
            matches!(
                &error,
                Error::Network {
                    kind: NetworkKind::Refused,
                    lost: true,
                    ..
                }
            ),
            "{error:?}"
        );
        assert!(error.leaves_open());
    });
}

#[test]
fn a_refusal_of_the_next_try_says_nothing_of_the_one_that_was_lost() {
    for status in [400, 401, 402, 403, 404, 409, 410, 413, 422, 423, 507] {
        for lost in faults_after_sending() {
            let end = |request: Request<Order>| {
                simulated(async {
                    let stage = Stage::new([lost.clone(), answer(status, "{}")]);
                    let result = stage.send(request, Lane::Edit, 3600).await;
                    (result.unwrap_err(), stage.script.times().len())
                })
            };
            let (error, tries) = end(note_change());
            assert!(error.leaves_open(), "{lost:?}, {status}: {error:?}");
            if tries == 2 {
                assert!(matches!(error, Error::Unknown { .. }), "{lost:?}, {status}");
            }
            // Nothing can be lost of what only reads.
            let (error, _) = end(request::orders::one(OrderId(100)));
            assert!(
                !matches!(error, Error::Unknown { .. }),
                "{lost:?}, {status}"
            );
        }
    }
}

#[test]
fn a_store_that_is_away_for_long_is_named_at_once() {
    simulated(async {
        let stage = Stage::new([answer_with(503, &[("Retry-After", "60")], "")]);
        let error = stage
            .send(request::time(), Lane::Person, 3600)
            .await
            .unwrap_err();
        assert_eq!(
            error,
            Error::StoreUnavailable {
                status: 503,
                kind: StoreTrouble::Maintenance,
                retry_after: Some(Duration::from_secs(60)),
            }
        );
        assert_eq!(stage.script.times().len(), 1);
    });
}

/// A client that lets so many tries pass.
fn permitting(stage: &Stage, tries: u32) -> bigcommerce::Client {
    let asked = AtomicU32::new(0);
    let permit = move || asked.fetch_add(1, Ordering::SeqCst) < tries;
    stage.client.with_permit(Arc::new(permit))
}

#[test]
fn what_is_withdrawn_while_it_waits_is_not_sent() {
    simulated(async {
        let stage = Stage::new([answer(200, order(100))]);
        let client = permitting(&stage, 0);
        let sent = client
            .send(&status_change(), Lane::Edit, stage.within(3600))
            .await;
        assert_eq!(sent.unwrap_err(), Error::Withdrawn { lost: false });
        assert_eq!(stage.script.times().len(), 0);
    });
}

#[test]
fn what_is_withdrawn_before_it_is_tried_again_is_not_sent_again() {
    let again = [
        (
            answer_with(429, &[("X-Rate-Limit-Time-Reset-Ms", "9000")], ""),
            false,
        ),
        (fail(TransportErrorKind::Reset, false), false),
        (fail(TransportErrorKind::Reset, true), true),
        (answer(500, ""), true),
    ];
    for (first, lost) in again {
        simulated(async {
            let stage = Stage::new([first.clone(), answer(200, order(100))]);
            let client = permitting(&stage, 1);
            let sent = client
                .send(&note_change(), Lane::Edit, stage.within(3600))
                .await;
            let error = sent.unwrap_err();
            assert_eq!(error, Error::Withdrawn { lost }, "{first:?}");
            assert_eq!(error.leaves_open(), lost);
            assert_eq!(stage.script.times().len(), 1, "{first:?}");
        });
    }
}
