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
}
