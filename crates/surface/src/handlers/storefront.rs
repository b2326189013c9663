use commerce::ChannelId;
use workbench::{StorefrontQuestion as Question, StorefrontWish as Wish};

use super::key;
use crate::{AppError, Surface, dto::*, into_dto as dto};

fn channel(text: &str) -> Result<ChannelId, AppError> {
    text.parse().map(ChannelId).map_err(|_| AppError::BadInput {
        field: "channel".to_owned(),
    })
}

impl Surface {
    pub(crate) async fn storefront_access(
        &self,
        input: StoreRef,
    ) -> Result<StorefrontAccess, AppError> {
        let access = self.workbench.storefront_access(&key(&input.store)?)?;
        Ok(dto::storefront_access(access))
    }

    pub(crate) async fn storefront_channels(
        &self,
        input: StoreRef,
    ) -> Result<StorefrontChannels, AppError> {
        let channels = self
            .workbench
            .storefront_channels(&key(&input.store)?)
            .await?;
        Ok(StorefrontChannels {
            channels: channels
                .into_iter()
                .map(|(id, name)| StorefrontChannel {
                    id: id.0.to_string(),
                    name,
                })
                .collect(),
        })
    }

    pub(crate) async fn make_storefront_token(
        &self,
        input: StorefrontWish,
    ) -> Result<StorefrontTried, AppError> {
        let channels: Result<_, AppError> = input.channels.iter().map(|id| channel(id)).collect();
        let wish = Wish {
            channels: channels?,
            scopes: input
                .scopes
                .into_iter()
                .map(dto::storefront_scope)
                .collect(),
            days: input.days,
            until_quit: input.until_quit,
        };
        let store = key(&input.store)?;
        let tried = self.workbench.make_storefront_token(&store, &wish).await?;
        Ok(dto::storefront_tried(tried))
    }

    pub(crate) async fn try_storefront_token(
        &self,
        input: StoreRef,
    ) -> Result<StorefrontTried, AppError> {
        let store = key(&input.store)?;
        let tried = self.workbench.try_storefront_token(&store).await?;
        Ok(dto::storefront_tried(tried))
    }

    pub(crate) async fn revoke_storefront_token(
        &self,
        input: StorefrontRevoke,
    ) -> Result<Nothing, AppError> {
        let which = dto::storefront_which(input.which);
        self.workbench
            .revoke_storefront_token(&key(&input.store)?, which, input.only_forget)
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn ask_storefront(
        &self,
        input: StorefrontQuestion,
    ) -> Result<StorefrontAnswer, AppError> {
        let store = key(&input.store)?;
        let question = Question {
            channel: channel(&input.channel)?,
            document: input.document,
            variables: input.variables,
            id: input.id,
        };
        let answer = self.workbench.ask_storefront(&store, &question).await?;
        Ok(dto::storefront_answer(answer))
    }

    pub(crate) async fn stop_asking(&self, input: StorefrontStop) -> Result<Nothing, AppError> {
        self.workbench.stop_asking(&key(&input.store)?, &input.id);
        Ok(Nothing {})
    }

    pub(crate) async fn storefront_schema(
        &self,
        input: StorefrontSchemaQuestion,
    ) -> Result<StorefrontSchema, AppError> {
        let (store, channel) = (key(&input.store)?, channel(&input.channel)?);
        let schema = self.workbench.storefront_schema(&store, channel).await?;
        Ok(StorefrontSchema {
            schema: schema.to_string(),
        })
    }

    pub(crate) async fn read_storefront_token(
        &self,
        input: StorefrontTokenTyped,
    ) -> Result<StorefrontTokenReading, AppError> {
        let read = self.workbench.read_storefront_token(input.token)?;
        Ok(dto::storefront_pasted(read))
    }
}
