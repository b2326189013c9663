//! What would be done, before anything is.

mod digest;
mod draft;
mod earlier;
mod making;
mod orders;
mod products;
mod shape;
mod weigh;
mod write;

use std::{collections::HashMap, sync::Arc};

use commerce::SafetyMode;
use desk::ProfileKey;
use journal::EntryId;

pub(super) use self::weigh::{requests_for, takes};
pub use self::{
    draft::{Choice, Draft, OrderDraft, PriceDraft, ProductDraft},
    shape::{
        About, Applied, AskTwice, Effect, LeftOut, LeftOutBecause, Plan, PlanItem, PlanRequest,
    },
};
use self::{
    making::{Earlier, Planned, Present},
    weigh::is_unconfirmed,
};
use super::{road::give_up, stale};
use crate::{Error, Milestone, Notice, Workbench, lock, on_disk, on_files};

/// A plan of more items than this is asked about twice.
pub const ASK_TWICE_ABOVE: usize = 100;
/// Plans kept at once; a window shows one at a time.
const MOST_PLANS: usize = 16;
/// Items of all plans kept at once, but for the newest plan, which may be of any size.
const MOST_ITEMS_KEPT: usize = 20_000;

impl Workbench {
    /// A plan that was made and not applied or forgotten.
    ///
    /// # Errors
    /// [`Error::PlanGone`].
    pub fn kept_plan(&self, plan: &str) -> Result<Arc<Plan>, Error> {
        let plans = lock(&self.inner.plans);
        plans.get(plan).cloned().ok_or(Error::PlanGone)
    }

    /// Plans. Nothing is sent and nothing is written.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a note that is too long or a status the store doesn't have,
    /// [`Error::StoreGone`], [`Error::NotFound`], [`Error::File`].
    pub async fn plan(&self, key: &ProfileKey, draft: Draft) -> Result<Arc<Plan>, Error> {
        let store = self.inner.open_store(key).await?;
        let bench = Arc::clone(&self.inner);
        let quota = store.quota();
        let plan = on_files(store.watched(), move || {
            making::make(&bench, &store, draft, quota)
        })
        .await?;
        let plan = Arc::new(plan);
        let mut plans = lock(&self.inner.plans);
        let too_many = |plans: &HashMap<String, Arc<Plan>>| {
            let items: usize = plans.values().map(|plan| plan.items.len()).sum();
            plans.len() >= MOST_PLANS || items > MOST_ITEMS_KEPT
        };
        while too_many(&plans) {
            let Some(any) = plans.keys().min().cloned() else {
                break;
            };
            plans.remove(&any);
        }
        plans.insert(plan.id.clone(), Arc::clone(&plan));
        Ok(plan)
    }

    /// Forgets a plan.
    pub fn discard(&self, plan: &str) {
        lock(&self.inner.plans).remove(plan);
    }

    /// Writes the plan to the journal, as it was shown and once only, and starts sending it.
    ///
    /// # Errors
    /// [`Error::PlanGone`] if it isn't the plan that was shown or was applied already,
    /// [`Error::ReadOnly`], [`Error::NeedsConfirmation`], [`Error::DiskFull`]; then nothing was
    /// written.
    pub async fn apply(
        &self,
        plan: &str,
        digest: &str,
        confirmed: bool,
        confirmed_twice: bool,
    ) -> Result<Applied, Error> {
        let held = lock(&self.inner.plans).get(plan).cloned();
        let held = held
            .filter(|held| held.digest == digest)
            .ok_or(Error::PlanGone)?;
        let store = self.inner.open_store(&held.store).await?;
        // As it is now, not as it was when the plan was made.
        let safety = store.profile().safety;
        if safety == SafetyMode::ReadOnly {
            return Err(Error::ReadOnly);
        }
        if is_unconfirmed(&held, safety, confirmed, confirmed_twice) {
            return Err(Error::NeedsConfirmation);
        }
        if held.items.is_empty() {
            return Err(Error::BadInput("changes"));
        }
        // Taken out before it is written: of two calls at once only one finds it.
        let taken = lock(&self.inner.plans)
            .remove(plan)
            .ok_or(Error::PlanGone)?;
        let bench = Arc::clone(&self.inner);
        let (writer, written) = (Arc::clone(&store), Arc::clone(&taken));
        // All of it in one piece: a window that goes away meanwhile stops none of it.
        let applied = on_files(store.watched(), move || {
            bench.milestones.reached(Milestone::Confirmed);
            let applied = write::write(&bench, &writer, &written)?;
            bench.milestones.reached(Milestone::Journalled);
            let mut subjects = written.items.iter().map(|item| item.change.subject());
            bench.notify(stale(&writer.key, &mut subjects));
            bench.notify(Notice::State(writer.key.clone()));
            writer.kick_changes.notify_one();
            Ok(applied)
        })
        .await;
        if applied.is_err() {
            // Nothing was written, so the same plan may be applied once there is room.
            lock(&self.inner.plans).insert(taken.id.clone(), taken);
        }
        applied
    }

    /// Gives up a change that has not been sent, or that a person has looked at.
    ///
    /// # Errors
    /// [`Error::EntryMoved`], [`Error::NotFound`], [`Error::File`].
    pub async fn drop_change(&self, key: &ProfileKey, id: &EntryId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let (reader, id) = (Arc::clone(&store), id.clone());
        let entry = on_disk(move || Ok(reader.journal.entry(&id)?)).await?;
        give_up(&store, &self.inner, vec![entry]).await?;
        // A later change of the same thing may have stood back for it.
        store.kick_changes.notify_one();
        Ok(())
    }
}
