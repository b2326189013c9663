//! Moving entries along: journal, lists, window, in this order.

use std::{collections::BTreeSet, sync::Arc};

use commerce::Subject;
use jiff::Timestamp;
use journal::{Entry, EntryId, JobId, Journal, Move, Said, SendKind, State, StepKind};

use super::{jobs, stale};
use crate::{Error, Inner, Milestone, Notice, on_disk, store::OpenStore};

/// An entry that moves.
pub(super) struct Moving {
    subject: Subject,
    job: JobId,
    from: State,
    step: Move,
}

impl Moving {
    pub(super) fn new(entry: &Entry, step: Move) -> Self {
        Self {
            subject: entry.change.subject(),
            job: entry.job.clone(),
            from: entry.state,
            step,
        }
    }

    /// For one reason.
    pub(super) fn to(entry: &Entry, to: State, kind: StepKind, said: impl Into<Said>) -> Self {
        Self::new(entry, Move::new(&entry.id, to, kind, said))
    }

    /// No answer came to what may have gone out.
    pub(super) fn lost(entry: &Entry) -> Self {
        let to = match entry.kind {
            SendKind::Once => State::Unknown,
            SendKind::Idempotent => State::Waiting,
        };
        Self::to(entry, to, StepKind::NoAnswer, "")
    }
}

/// An entry that has moved in the journal.
struct Moved {
    id: EntryId,
    subject: Subject,
    job: JobId,
    from: State,
    to: State,
}

/// Moves entries, all or none of them, and shows it.
pub(super) async fn go(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    moving: Vec<Moving>,
) -> Result<(), Error> {
    if moving.is_empty() {
        return Ok(());
    }
    write(store, bench, move |journal, at| {
        let (mut moved, mut steps) = (Vec::new(), Vec::new());
        for Moving {
            subject,
            job,
            from,
            step,
        } in moving
        {
            moved.push(Moved {
                id: step.id.clone(),
                subject,
                job,
                from,
                to: step.to,
            });
            steps.push(step);
        }
        journal.advance_all(&steps, at)?;
        Ok(moved)
    })
    .await
}

/// Gives entries up, all or none of them, by where the journal has each at that moment, and shows it.
pub(super) async fn give_up(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entries: Vec<Entry>,
) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    write(store, bench, move |journal, at| {
        let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id.clone()).collect();
        let ends = journal.give_up(&ids, at)?;
        let moved = entries.into_iter().zip(ends);
        let moved = moved.map(|(entry, (from, to))| Moved {
            subject: entry.change.subject(),
            id: entry.id,
            job: entry.job,
            from,
            to,
        });
        Ok(moved.collect())
    })
    .await
}

/// Journal first, by `write`, then lists and window.
async fn write(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    write: impl FnOnce(&Journal, Timestamp) -> Result<Vec<Moved>, Error> + Send + 'static,
) -> Result<(), Error> {
    bench.milestones.reached(Milestone::Weighed);
    let at = bench.clock.wall();
    let (writer, told) = (Arc::clone(store), Arc::clone(bench));
    let (subjects, ended) = on_disk(move || {
        let moved = write(&writer.journal, at)?;
        for end in moved.iter().filter_map(|one| milestone(one.to)) {
            told.milestones.reached(end);
        }
        let (mut subjects, mut over) = (Vec::new(), Vec::new());
        let mut jobs = BTreeSet::new();
        let mut newly_over = 0;
        for Moved {
            id,
            subject,
            job,
            from,
            to,
        } in moved
        {
            if !to.is_on_the_way() {
                over.push((id, subject));
                // Looked for once more, decided or given up after that: it ended its job when it
                // came off the way, and ends it no second time.
                if from.is_on_the_way() {
                    newly_over += 1;
                    jobs.insert(job);
                }
            }
            subjects.push(subject);
        }
        writer.pace(newly_over);
        for (id, _) in &over {
            writer.troubles().is_over(id);
        }
        if !over.is_empty() {
            let over: Vec<(&str, Subject)> = over
                .iter()
                .map(|(id, subject)| (id.0.as_str(), *subject))
                .collect();
            if let Err(error) = writer.mirror.remove_all_pending(&over) {
                // The journal has it right; the list follows as soon as there is room again.
                tracing::warn!(store = %writer.key, %error, "a settled change is still shown");
                writer.pending_is_stale();
            }
        }
        let mut ended = Vec::new();
        for job in jobs {
            let job = writer.journal.job(&job)?;
            if job.is_over() {
                ended.push(job);
            }
        }
        Ok((subjects, ended))
    })
    .await?;
    bench.notify(stale(&store.key, &mut subjects.into_iter()));
    bench.notify(Notice::State(store.key.clone()));
    for job in ended {
        bench.notify(jobs::ended(store, job));
    }
    Ok(())
}

/// What has become true once the journal has an entry there, where no later step says so.
const fn milestone(to: State) -> Option<Milestone> {
    match to {
        State::Unknown => Some(Milestone::Unanswered),
        State::Waiting => Some(Milestone::WaitsAgain),
        State::Refused => Some(Milestone::Refused),
        State::Conflict => Some(Milestone::Conflicting),
        State::AlreadySo => Some(Milestone::AlreadySo),
        State::Unclear => Some(Milestone::Unclear),
        State::DoneFound => Some(Milestone::DoneFound),
        State::NotApplied => Some(Milestone::NotApplied),
        State::Dropped => Some(Milestone::Dropped),
        State::LeftAsItWas => Some(Milestone::LeftAsItWas),
        State::Sending | State::Done => None,
    }
}

/// Moves one entry for one reason.
pub(super) async fn step(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    to: State,
    kind: StepKind,
    said: Said,
) -> Result<(), Error> {
    go(store, bench, vec![Moving::to(entry, to, kind, said)]).await
}
