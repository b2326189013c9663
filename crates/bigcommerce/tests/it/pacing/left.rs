//! What is left of the quota, and who waits for it.

use std::{
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use bigcommerce::{ApiOrigin, Lane, Pacing, TransportErrorKind, WaitReason, request};
use commerce::{Clock, Sleep, Tick, TreeId};
use futures::FutureExt;
use jiff::Timestamp;
use tokio::sync::watch;

use super::{SOON, quota, time_with};
use crate::support::{Stage, Step, TestClock, answer_with, client, fail, simulated, time};

#[test]
fn who_waits_for_a_place_that_is_left_is_not_told_to_come_back_later() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("1", "60000")),
            fail(TransportErrorKind::Refused, false),
            time(),
        ]);
        let ask = || stage.send(request::time(), Lane::Edit, 5);
        ask().await.unwrap();
        // The only place is taken by a request that won't get through.
        let (_, behind) = futures::join!(ask(), ask());
        behind.unwrap();
        let times = stage.script.times();
        let waited = times[2].since(times[1]);
        assert!(waited < Duration::from_millis(50), "{waited:?}");
    });
}

#[test]
fn who_waits_for_a_place_that_is_left_goes_on_with_the_next_window_at_the_latest() {
    simulated(async {
        let stage = Stage::new([time_with(&quota("1", "4000")), Step::Silence, time()]);
        let ask = || Box::pin(stage.send(request::time(), Lane::Edit, 20));
        ask().await.unwrap();
        let mut taken = ask();
        assert!(taken.as_mut().now_or_never().is_none());
        let mut behind = ask();
        assert!(behind.as_mut().now_or_never().is_none());
        // It may go on any moment, so no end of the wait is told.
        let shown = *stage.client.pacing().borrow();
        assert_eq!((shown.waiting, shown.in_line), (None, Some(Lane::Edit)));
        behind.await.unwrap();
        assert_eq!(stage.client.pacing().borrow().in_line, None);
        let times = stage.script.times();
        let waited = times[2].since(times[1]);
        assert!(waited >= Duration::from_secs(4), "{waited:?}");
        assert!(waited < Duration::from_secs(4) + SOON, "{waited:?}");
    });
}

#[test]
fn who_waits_for_a_place_is_shown_for_as_long_as_they_do() {
    simulated(async {
        let stage = Stage::new([Step::Silence]);
        let ask = |lane| Box::pin(stage.send(request::time(), lane, 600));
        let in_line = || stage.client.pacing().borrow().in_line;
        let how_many = || stage.client.pacing().borrow().line_length;
        let mut out: Vec<_> = (0..3).map(|_| ask(Lane::Person)).collect();
        for one in &mut out {
            assert!(one.as_mut().now_or_never().is_none());
            assert_eq!(in_line(), None, "there was a place");
            assert_eq!(how_many(), 0);
        }
        let mut behind = ask(Lane::Backfill);
        assert!(behind.as_mut().now_or_never().is_none());
        assert_eq!(in_line(), Some(Lane::Backfill));
        let mut person = ask(Lane::Person);
        assert!(person.as_mut().now_or_never().is_none());
        assert_eq!(in_line(), Some(Lane::Person), "they go first");
        assert_eq!(how_many(), 2);
        drop(person);
        assert_eq!(in_line(), Some(Lane::Backfill));
        assert_eq!(how_many(), 1);
        assert_eq!(stage.client.pacing().borrow().waiting, None);
        drop((behind, out));
        assert_eq!(*stage.client.pacing().borrow(), Pacing::default());
    });
}

#[test]
fn who_is_kept_apart_is_in_line_and_who_waits_for_the_quota_is_not() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("5", "9000")),
            Step::Silence,
            time_with(&quota("0", "8000")),
        ]);
        let tree = |number| {
            let tree = request::catalog::tree(TreeId(number), None);
            Box::pin(stage.send(tree, Lane::Refresh, 60))
        };
        let shown = || *stage.client.pacing().borrow();
        stage.send(request::time(), Lane::Edit, 60).await.unwrap();
        let (mut first, mut apart) = (tree(1), tree(2));
        assert!(first.as_mut().now_or_never().is_none());
        assert!(apart.as_mut().now_or_never().is_none());
        assert_eq!(
            (shown().waiting, shown().in_line),
            (None, Some(Lane::Refresh))
        );
        // From now on it waits for a new window, as everybody does.
        stage.send(request::time(), Lane::Edit, 60).await.unwrap();
        let because = shown().waiting.map(|wait| wait.because);
        assert_eq!(
            (because, shown().in_line, shown().line_length),
            (Some(WaitReason::QuotaUsedUp), None, 0)
        );
    });
}

#[test]
fn a_pause_at_whose_end_nobody_has_a_place_is_shown_no_longer() {
    for seconds_of_the_first in [5, 600] {
        simulated(async {
            // The first doesn't live to see the end of the pause, or it does.
            let stage = Stage::new([
                answer_with(429, &[("X-Retry-After", "20")], ""),
                Step::Silence,
            ]);
            let ask = |seconds| Box::pin(stage.send(request::time(), Lane::Refresh, seconds));
            let mut first = ask(seconds_of_the_first);
            let mut others = [ask(600), ask(600)];
            assert!(first.as_mut().now_or_never().is_none());
            for other in &mut others {
                assert!(other.as_mut().now_or_never().is_none());
            }
            assert_eq!(stage.script.times().len(), 2);
            tokio::time::sleep(Duration::from_millis(20)).await;
            let is_over = first.as_mut().now_or_never().is_some();
            assert_eq!(is_over, seconds_of_the_first == 5);
            // One is under way, which is as many as may be from now on.
            let mut shown = || {
                for other in &mut others {
                    assert!(other.as_mut().now_or_never().is_none());
                }
                if !is_over {
                    assert!(first.as_mut().now_or_never().is_none());
                }
                let pacing = *stage.client.pacing().borrow();
                let because = pacing.waiting.map(|wait| wait.because);
                (because, pacing.in_line, pacing.in_flight)
            };
            let asked_to_wait = Some(WaitReason::StoreAskedToWait);
            assert_eq!(shown(), (asked_to_wait, None, 1));
            tokio::time::sleep(Duration::from_secs(25)).await;
            assert_eq!(shown(), (None, Some(Lane::Refresh), 1));
        });
    }
}

/// A clock that notes what is shown of the pacer whenever the pacer looks at it.
struct Onlooker {
    clock: Arc<TestClock>,
    shown: OnceLock<watch::Receiver<Pacing>>,
    seen: Mutex<Vec<Pacing>>,
}

impl Clock for Onlooker {
    fn now(&self) -> Tick {
        if let Some(shown) = self.shown.get() {
            let shown = *shown.borrow();
            self.seen.lock().unwrap().push(shown);
        }
        self.clock.now()
    }

    fn wall(&self) -> Timestamp {
        self.clock.wall()
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        self.clock.sleep_until(deadline)
    }
}

#[test]
fn what_an_answer_leaves_and_the_place_it_gives_back_are_known_together() {
    simulated(async {
        let stage = Stage::new([
            time_with(&quota("5", "60000")),
            time_with(&quota("3", "60000")),
        ]);
        let onlooker = Arc::new(Onlooker {
            clock: stage.clock.clone(),
            shown: OnceLock::new(),
            seen: Mutex::default(),
        });
        let script = stage.script.clone();
        let client = client(ApiOrigin::bigcommerce(), script, onlooker.clone(), 1);
        onlooker.shown.set(client.pacing()).unwrap();
        for _ in 0..2 {
            let time = request::time();
            let asked = client.send(&time, Lane::Edit, stage.within(60));
            asked.await.unwrap();
        }
        onlooker.now();
        let seen = onlooker.seen.lock().unwrap();
        let with_three: Vec<_> = seen
            .iter()
            .filter(|pacing| pacing.quota.is_some_and(|quota| quota.left == 3))
            .map(|pacing| pacing.in_flight)
            .collect();
        assert!(!with_three.is_empty());
        assert!(
            with_three.iter().all(|in_flight| *in_flight == 0),
            "{with_three:?}"
        );
    });
}
