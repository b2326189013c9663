use std::path::Path;

use super::key;
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn examine(&self, input: StoreRef) -> Result<Examination, AppError> {
        let found = self.workbench.examine(&key(&input.store)?).await?;
        Ok(dto::examination(found))
    }

    pub(crate) async fn holdings(&self, input: StoreRef) -> Result<Holdings, AppError> {
        let held = self.workbench.holdings(&key(&input.store)?).await?;
        Ok(dto::holdings(held))
    }

    pub(crate) async fn export_journal(&self, input: StoreRef) -> Result<Exported, AppError> {
        let store = key(&input.store)?;
        let suggested = format!("Stockroom changes of {store}.csv");
        let place = self.host.choose_place(&suggested).await;
        let place = place.map_err(|message| AppError::Internal { message })?;
        let place = place.ok_or(AppError::Cancelled)?;
        let name = place.file_name().map(Path::new);
        let name = name.map(|name| name.display().to_string());
        let changes = self.workbench.export_journal(&store, place).await?;
        Ok(Exported {
            name: name.unwrap_or_default(),
            changes,
        })
    }
}
