use workbench::{
    ConnectWish, Handed, SaveAs,
    parts::credentials::{AddressReading, FoundIn, HandedText, read_address},
};

use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn read_address(
        &self,
        input: AddressQuestion,
    ) -> Result<AddressAnswer, AppError> {
        let blank = |kind| AddressAnswer {
            kind,
            hash: None,
            host: None,
            start: 0,
            end: 0,
        };
        Ok(match read_address(&input.text) {
            AddressReading::Empty => blank(AddressKind::Empty),
            AddressReading::Secret => blank(AddressKind::Secret),
            AddressReading::Unclear => blank(AddressKind::Unclear),
            AddressReading::NoHash { host } => AddressAnswer {
                host: Some(host),
                ..blank(AddressKind::NoHash)
            },
            AddressReading::Hash {
                hash,
                found_in,
                start,
                end,
            } => AddressAnswer {
                kind: match found_in {
                    FoundIn::Bare => AddressKind::Bare,
                    FoundIn::ApiPath => AddressKind::ApiPath,
                    FoundIn::ControlPanel => AddressKind::ControlPanel,
                    FoundIn::ChannelAddress => AddressKind::ChannelAddress,
                },
                hash: Some(hash.to_string()),
                host: None,
                start: dto::count(start),
                end: dto::count(end),
            },
        })
    }

    pub(crate) async fn keychain(&self, _: Nothing) -> Result<KeychainInfo, AppError> {
        Ok(dto::keychain(self.workbench.keychain_state().await))
    }

    pub(crate) async fn keychain_collection(
        &self,
        input: CollectionQuestion,
    ) -> Result<KeychainCollection, AppError> {
        let store = input.store.as_deref().map(super::key).transpose()?;
        let found = match (store, input.storefront) {
            (Some(store), true) => self.workbench.storefront_collection(&store).await?,
            (store, _) => self.workbench.keychain_collection(store.as_ref()).await?,
        };
        Ok(KeychainCollection {
            name: found.unwrap_or_default(),
        })
    }

    pub(crate) async fn presets(&self, _: Nothing) -> Result<Presets, AppError> {
        Ok(dto::presets())
    }

    pub(crate) async fn connect_begin(&self, input: ConnectBegin) -> Result<HandedOver, AppError> {
        let handed = match input.from {
            HandFrom::Typed { token } => Handed::Typed(HandedText::new(token)),
            HandFrom::Clipboard => Handed::Clipboard(self.clipboard().await?),
            HandFrom::Chosen => {
                let chosen = self.host.choose_file().await;
                let chosen = chosen.map_err(|message| AppError::Internal { message })?;
                Handed::File(chosen.ok_or(AppError::Cancelled)?)
            }
            HandFrom::Dropped => Handed::Dropped,
            HandFrom::Again => Handed::Again,
        };
        let wish = ConnectWish {
            preset: dto::preset(input.preset),
            storefront: input.storefront,
        };
        let over = self
            .workbench
            .hand_over(handed, &input.address, wish)
            .await?;
        Ok(dto::handed_over(over))
    }

    async fn clipboard(&self) -> Result<HandedText, AppError> {
        let text = self.host.clipboard().await;
        text.map_err(|message| AppError::ClipboardFailed { message })
    }

    pub(crate) async fn connect_forget(&self, _: Nothing) -> Result<Nothing, AppError> {
        self.workbench.forget_handed();
        Ok(Nothing {})
    }

    pub(crate) async fn connect_tidy(&self, input: ConnectTidy) -> Result<Tidied, AppError> {
        let mut tidied = Tidied {
            clipboard: Tidy::Nothing,
            file: Tidy::Nothing,
        };
        let Some(left) = self.workbench.left_over() else {
            return Ok(tidied);
        };
        let done = |result: Result<(), String>| match result {
            Ok(()) => Tidy::Done,
            Err(_) => Tidy::Failed,
        };
        if input.clipboard {
            tidied.clipboard = match self.host.clipboard().await {
                Ok(text) if left.is_in(&text) => done(self.host.clear_clipboard().await),
                Ok(_) => Tidy::Nothing,
                Err(_) => Tidy::Failed,
            };
        }
        if input.file
            && let Some(file) = left.file().await?
        {
            tidied.file = done(self.host.move_to_trash(&file).await);
        }
        Ok(tidied)
    }

    pub(crate) async fn connect_environment(&self, _: Nothing) -> Result<Attempt, AppError> {
        Ok(dto::attempt(self.workbench.connect_environment()?))
    }

    pub(crate) async fn connect_check(&self, input: AttemptRef) -> Result<CheckReport, AppError> {
        let report = self.workbench.check(&input.attempt).await?;
        Ok(dto::check_report(&input.attempt, report))
    }

    pub(crate) async fn connect_check_writes(
        &self,
        input: AttemptRef,
    ) -> Result<CheckReport, AppError> {
        let report = self.workbench.check_writes(&input.attempt).await?;
        Ok(dto::check_report(&input.attempt, report))
    }

    pub(crate) async fn connect_cancel(&self, input: AttemptRef) -> Result<Nothing, AppError> {
        self.workbench.cancel_attempt(&input.attempt);
        Ok(Nothing {})
    }

    pub(crate) async fn connect_save(&self, input: ConnectSave) -> Result<Store, AppError> {
        let save_as = SaveAs {
            name: input.name,
            color: dto::store_color(input.color),
            safety: dto::safety_mode(input.safety),
            until_quit: input.until_quit,
        };
        let profile = self.workbench.save(&input.attempt, &save_as).await?;
        Ok(self.store_dto(&profile))
    }
}
