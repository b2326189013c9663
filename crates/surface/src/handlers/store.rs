use std::sync::atomic::Ordering;

use commerce::ChannelId;
use workbench::RemoveAs;

use super::key;
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn open_sample(&self, _: Nothing) -> Result<Store, AppError> {
        // Asked for once, shown once, also if it can't be opened.
        self.open_sample.store(false, Ordering::Relaxed);
        let profile = self.workbench.open_sample().await?;
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn reset_sample(&self, _: Nothing) -> Result<Store, AppError> {
        let profile = self.workbench.reset_sample().await?;
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn select_store(&self, input: StoreRef) -> Result<StoreState, AppError> {
        let state = self.workbench.select(&key(&input.store)?).await?;
        Ok(dto::store_state(&input.store, state))
    }

    pub(crate) async fn edit_store(&self, input: StoreEdit) -> Result<Store, AppError> {
        let store = key(&input.store)?;
        let channel: Option<u64> = input
            .channel
            .map(|channel| channel.parse())
            .transpose()
            .map_err(|_| AppError::BadInput {
                field: "channel".to_owned(),
            })?;
        let mut profile = self.workbench.edit(
            &store,
            &input.name,
            dto::store_color(input.color),
            dto::safety_mode(input.safety),
        )?;
        if let Some(channel) = channel {
            profile = self.workbench.prefer_channel(&store, ChannelId(channel))?;
        }
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn remove_store(&self, input: RemoveStore) -> Result<Nothing, AppError> {
        let store = key(&input.store)?;
        let how = RemoveAs {
            keep_journal: input.keep_journal,
            leave_token_behind: input.leave_token_behind,
        };
        self.workbench.remove(&store, how).await?;
        Ok(Nothing {})
    }

    pub(crate) async fn store_state(&self, input: StoreRef) -> Result<StoreState, AppError> {
        let state = self.workbench.state(&key(&input.store)?).await?;
        Ok(dto::store_state(&input.store, state))
    }

    pub(crate) async fn refresh(&self, input: StoreRef) -> Result<Nothing, AppError> {
        self.workbench.refresh_now(&key(&input.store)?).await?;
        Ok(Nothing {})
    }

    pub(crate) async fn unlock(&self, input: StoreRef) -> Result<StoreState, AppError> {
        self.workbench.unlock(&key(&input.store)?).await?;
        self.store_state(input).await
    }

    pub(crate) async fn cancel_unlock(&self, input: StoreRef) -> Result<Nothing, AppError> {
        self.workbench.cancel_unlock(&key(&input.store)?);
        Ok(Nothing {})
    }

    pub(crate) async fn take_older_token(&self, input: StoreRef) -> Result<StoreState, AppError> {
        self.workbench.take_older_token(&key(&input.store)?).await?;
        self.store_state(input).await
    }

    pub(crate) async fn give_token(&self, input: GiveToken) -> Result<StoreState, AppError> {
        let store = key(&input.store)?;
        self.workbench
            .give_token(&store, input.token, input.until_quit)
            .await?;
        self.store_state(StoreRef { store: input.store }).await
    }
}
