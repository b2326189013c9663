use workbench::{
    SaveAs,
    parts::credentials::{AddressReading, FoundIn, KeychainState, read_address},
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
        Ok(match self.workbench.keychain_state().await {
            KeychainState::Absent => KeychainInfo {
                available: false,
                locked: false,
                name: String::new(),
            },
            KeychainState::NotSetUp { name } | KeychainState::Locked { name } => KeychainInfo {
                available: true,
                locked: true,
                name,
            },
            KeychainState::Ready { name } => KeychainInfo {
                available: true,
                locked: false,
                name,
            },
        })
    }

    pub(crate) async fn connect_begin(&self, input: ConnectBegin) -> Result<Attempt, AppError> {
        let attempt = self.workbench.connect(&input.address, input.token)?;
        Ok(attempt_dto(attempt))
    }

    pub(crate) async fn connect_environment(&self, _: Nothing) -> Result<Attempt, AppError> {
        Ok(attempt_dto(self.workbench.connect_environment()?))
    }

    pub(crate) async fn connect_check(&self, input: AttemptRef) -> Result<CheckReport, AppError> {
        let report = self.workbench.check(&input.attempt).await?;
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

fn attempt_dto(attempt: workbench::Attempt) -> Attempt {
    Attempt {
        attempt: attempt.id,
        hash: attempt.hash.to_string(),
        last4: attempt.last_4,
        unusual_length: attempt.unusual_length.map(dto::count),
        connected_as: attempt.connected_as.map(|key| key.to_string()),
    }
}
