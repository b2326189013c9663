//! Jobs: how far they have come, and holding, going on with and stopping them.

use std::{sync::Arc, time::Duration};

use desk::ProfileKey;
use journal::{Job, JobId};

use super::{plan, stale};
use crate::{Error, Milestone, Notice, Workbench, on_disk, on_files, store::OpenStore};

/// A job and how long it still takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobProgress {
    /// The job.
    pub job: Job,
    /// How long the rest takes, from the store's quota and from how fast it went so far; `None`
    /// while it is held, or once it is over.
    pub left: Option<Duration>,
}

impl Workbench {
    /// Jobs of which something is on its way, in the order they are sent.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn open_jobs(&self, key: &ProfileKey) -> Result<Vec<JobProgress>, Error> {
        let store = self.inner.open_store(key).await?;
        on_files(store.watched(), move || {
            let jobs = store.journal.open_jobs()?;
            Ok(jobs.into_iter().map(|job| progress(&store, job)).collect())
        })
        .await
    }

    /// One job.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn job(&self, key: &ProfileKey, id: &JobId) -> Result<JobProgress, Error> {
        let (store, id) = (self.inner.open_store(key).await?, id.clone());
        on_files(store.watched(), move || {
            Ok(progress(&store, store.journal.job(&id)?))
        })
        .await
    }

    /// Holds a job: nothing more of it is sent, also after another start, until it goes on. What is
    /// under way comes to its end.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn pause_job(&self, key: &ProfileKey, id: &JobId) -> Result<(), Error> {
        self.set_held(key, id, true).await
    }

    /// Goes on with a job that was held.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn resume_job(&self, key: &ProfileKey, id: &JobId) -> Result<(), Error> {
        self.set_held(key, id, false).await
    }

    async fn set_held(&self, key: &ProfileKey, id: &JobId, held: bool) -> Result<(), Error> {
        let (store, id) = (self.inner.open_store(key).await?, id.clone());
        let (writer, at) = (Arc::clone(&store), self.inner.clock.wall());
        on_disk(move || {
            if held {
                writer.journal.hold(&id, at)?;
            } else {
                writer.journal.let_go(&id)?;
            }
            writer.halt(&id, held);
            Ok(())
        })
        .await?;
        self.inner
            .notify(stale(&store.key, &mut std::iter::empty()));
        self.inner.notify(Notice::State(store.key.clone()));
        store.kick_changes.notify_one();
        Ok(())
    }

    /// Gives up all of a job that has not been sent. What was done stays done, and what is under way
    /// comes to its end.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn stop_job(&self, key: &ProfileKey, id: &JobId) -> Result<(), Error> {
        let (store, id) = (self.inner.open_store(key).await?, id.clone());
        let (bench, kicked) = (Arc::clone(&self.inner), Arc::clone(&store));
        on_disk(move || {
            bench.milestones.reached(Milestone::Weighed);
            let dropped = store.journal.stop(&id, bench.clock.wall())?;
            bench.milestones.reached(Milestone::Stopped);
            store.halt(&id, true);
            for entry in &dropped {
                store.troubles().is_over(&entry.id);
            }
            let pending: Vec<_> = dropped
                .iter()
                .map(|entry| (entry.id.0.as_str(), entry.change.subject()))
                .collect();
            if let Err(error) = store.mirror.remove_all_pending(&pending) {
                tracing::warn!(store = %store.key, %error, "a stopped job is still shown");
                store.pending_is_stale();
            }
            let mut subjects = dropped.iter().map(|entry| entry.change.subject());
            bench.notify(stale(&store.key, &mut subjects));
            bench.notify(Notice::State(store.key.clone()));
            let job = store.journal.job(&id)?;
            if job.is_over() {
                bench.notify(ended(&store, job));
            }
            Ok(())
        })
        .await?;
        kicked.kick_changes.notify_one();
        Ok(())
    }
}

/// A job has come to its end.
pub(super) fn ended(store: &OpenStore, job: Job) -> Notice {
    Notice::JobEnded {
        store: store.key.clone(),
        job: job.id,
        done: job.done,
        to_look_at: job.to_look_at,
    }
}

pub(crate) fn progress(store: &OpenStore, job: Job) -> JobProgress {
    let left = if job.is_over() || job.held_at.is_some() {
        None
    } else {
        let count = job.waiting + job.under_way;
        let alone = count.saturating_sub(job.products_left);
        let requests = plan::requests_for(alone, job.products_left);
        let by_quota = plan::takes(requests, store.quota());
        Some(time_left(count, store.pace_so_far(), by_quota))
    };
    JobProgress { job, left }
}

/// How long so many changes take, if each took so long up to now. Before the first has ended, what the
/// quota says; later the quota may say up to four times as much, for a wait that is still to come.
fn time_left(count: u32, each: Option<Duration>, by_quota: Duration) -> Duration {
    let Some(each) = each else {
        return by_quota;
    };
    let by_pace = each.saturating_mul(count);
    by_pace.max(by_quota.min(by_pace.saturating_mul(4)))
}

#[cfg(test)]
mod tests {
    use bigcommerce::Quota;
    use commerce::Tick;
    use proptest::prelude::*;

    use super::*;

    fn quotas() -> impl Strategy<Value = Option<Quota>> {
        let some =
            (0..20_000_u32, 0..20_000_u32, 0..600_000_u64).prop_map(|(left, quota, window_ms)| {
                let window = Duration::from_millis(window_ms);
                Quota::new(quota, left, window, Tick::default())
            });
        prop::option::of(some)
    }

    fn requests_for(count: u32, together: bool) -> u32 {
        if together {
            plan::requests_for(0, count)
        } else {
            plan::requests_for(count, 0)
        }
    }

    proptest! {
        #[test]
        fn at_a_steady_speed_what_is_left_falls_with_each_change_that_ends(
            size in 1..3_000_u32,
            each_ms in 1..5_000_u64,
            together in any::<bool>(),
            quota in quotas(),
        ) {
            let each = Duration::from_millis(each_ms);
            let left = |count: u32, each: Option<Duration>| {
                let by_quota = plan::takes(requests_for(count, together), quota);
                time_left(count, each, by_quota)
            };
            let mut before = left(size, Some(each));
            for count in (0..size).rev() {
                let now = left(count, Some(each));
                prop_assert!(now <= before, "{count}: {now:?} after {before:?}");
                // Never less than the speed so far says, nor more than four times that.
                prop_assert!(now >= each * count && now <= each * count * 4, "{count}: {now:?}");
                before = now;
            }
            prop_assert_eq!(before, Duration::ZERO, "nothing is left of nothing");
        }

        #[test]
        fn before_anything_has_ended_it_is_what_the_quota_says(count in any::<u32>(), quota in quotas()) {
            let by_quota = plan::takes(requests_for(count, true), quota);
            prop_assert_eq!(time_left(count, None, by_quota), by_quota);
        }
    }

    #[test]
    fn with_room_in_the_quota_a_steady_speed_is_told_exactly() {
        let each = Duration::from_secs(2);
        let by_quota = plan::takes(requests_for(60, false), None);
        assert_eq!(by_quota, Duration::from_secs(36));
        for count in [60, 59, 1] {
            let by_quota = plan::takes(requests_for(count, false), None);
            assert_eq!(time_left(count, Some(each), by_quota), each * count);
        }
    }

    #[test]
    fn no_number_is_too_large_to_be_told() {
        let forever = Quota::new(0, 0, Duration::MAX, Tick::default());
        let by_quota = plan::takes(u32::MAX, Some(forever));
        assert_eq!(
            time_left(u32::MAX, Some(Duration::MAX), by_quota),
            Duration::MAX
        );
    }
}
