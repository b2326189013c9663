use super::key;
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn find(&self, input: FindQuestion) -> Result<Found, AppError> {
        let store = key(&input.store)?;
        let found = self.workbench.find(&store, &input.search).await?;
        Ok(dto::found_everywhere(found))
    }
}
