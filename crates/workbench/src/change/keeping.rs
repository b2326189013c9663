//! How long personal data is kept in the journal.

use std::{sync::Arc, time::Duration};

use desk::{ProfileKey, Scope};
use jiff::SignedDuration;
use serde_json::Value;

use super::stale;
use crate::{Error, Inner, Milestone, Notice, Workbench, on_disk, store::OpenStore};

const SETTING: &str = "journal.erase-after-days";
/// How often it is looked for something to erase.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// The longest time a person can choose: ten years.
pub const KEEP_DAYS_MAX: u32 = 3650;

impl Workbench {
    /// After how many days personal data is erased from changes that are over; `None` for never.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn erases_after(&self, key: &ProfileKey) -> Result<Option<u32>, Error> {
        self.inner.erases_after(key)
    }

    /// Chooses that. What is due is erased at once, or as soon as the store has answered.
    ///
    /// # Errors
    /// [`Error::BadInput`] for 0 or more than [`KEEP_DAYS_MAX`] days, [`Error::StoreGone`],
    /// [`Error::File`].
    pub async fn erase_after(&self, key: &ProfileKey, days: Option<u32>) -> Result<(), Error> {
        if days.is_some_and(|days| days == 0 || days > KEEP_DAYS_MAX) {
            return Err(Error::BadInput("days"));
        }
        let scope = Scope::Store(key.clone());
        match days {
            Some(days) => self.inner.desk.set_setting(&scope, SETTING, &days.into())?,
            None => self.inner.desk.remove_setting(&scope, SETTING)?,
        }
        let store = self.inner.open_store(key).await?;
        erase(&store, &self.inner).await
    }
}

impl Inner {
    fn erases_after(&self, key: &ProfileKey) -> Result<Option<u32>, Error> {
        let kept = self.desk.setting(&Scope::Store(key.clone()), SETTING)?;
        let days = kept.as_ref().and_then(Value::as_u64);
        Ok(days.and_then(|days| u32::try_from(days).ok()))
    }
}

/// Erases what is due, from time to time, once it is known what time it is.
pub(super) async fn tidy(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    if store.server_time().is_some() && store.is_time_to_tidy(bench.clock.now(), EVERY) {
        erase(store, bench).await?;
    }
    Ok(())
}

async fn erase(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    let Some(days) = bench.erases_after(&store.key)? else {
        return Ok(());
    };
    // What is erased is gone for good, and a computer's clock may be set to any date for an hour: nothing
    // goes before the store's own clock has come as far.
    let Some(server_time) = store.server_time() else {
        return Ok(());
    };
    let now = bench.clock.wall();
    let Ok(before) = now
        .min(server_time)
        .checked_sub(SignedDuration::from_hours(i64::from(days) * 24))
    else {
        return Ok(());
    };
    let writer = Arc::clone(store);
    bench.milestones.reached(Milestone::Weighed);
    let erased = on_disk(move || Ok(writer.journal.erase_personal_data(before, now)?)).await?;
    if erased > 0 {
        bench.milestones.reached(Milestone::LeftAsItWas);
        bench.notify(stale(&store.key, &mut std::iter::empty()));
        // What nobody decided about isn't to be looked at any more.
        bench.notify(Notice::State(store.key.clone()));
    }
    Ok(())
}
