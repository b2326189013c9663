//! Jobs: how far they have come, and holding, going on with and stopping them.

use std::{sync::Arc, time::Duration};

use desk::ProfileKey;
use journal::{Job, JobId};

use super::{plan, stale};
use crate::{Error, Notice, Workbench, on_disk, on_files, store::OpenStore};

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
            let dropped = store.journal.stop(&id, bench.clock.wall())?;
            store.halt(&id, true);
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
        let requests = plan::requests_for(count, job.sets_products && job.size > 1);
        let by_quota = plan::takes(requests, store.quota());
        let by_pace = store.pace_so_far().map(|each| each * count);
        Some(by_pace.map_or(by_quota, |pace| pace.max(by_quota.min(pace * 4))))
    };
    JobProgress { job, left }
}
