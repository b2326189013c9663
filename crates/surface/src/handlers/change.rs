use commerce::{OrderFields, StatusId};
use workbench::{Draft, OrderDraft, parts::journal::EntryId};

use super::{key, order_id};
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn plan_change(&self, input: PlanQuestion) -> Result<Plan, AppError> {
        let drafts = input
            .changes
            .into_iter()
            .map(|change| {
                Ok(OrderDraft {
                    order: order_id(&change.order)?,
                    wanted: OrderFields {
                        status_id: change.status_id.map(StatusId),
                        staff_notes: change.staff_notes,
                    },
                })
            })
            .collect::<Result<_, AppError>>()?;
        self.plan(&input.store, Draft::Set(drafts)).await
    }

    pub(crate) async fn plan_undo(&self, input: UndoQuestion) -> Result<Plan, AppError> {
        let entries = input.entries.into_iter().map(EntryId).collect();
        self.plan(&input.store, Draft::Undo(entries)).await
    }

    pub(crate) async fn plan_retry(&self, input: EntryRef) -> Result<Plan, AppError> {
        self.plan(&input.store, Draft::Retry(EntryId(input.entry)))
            .await
    }

    async fn plan(&self, store: &str, draft: Draft) -> Result<Plan, AppError> {
        let plan = self.workbench.plan(&key(store)?, draft).await?;
        Ok(dto::plan(&plan))
    }

    pub(crate) async fn apply(&self, input: ApplyPlan) -> Result<Applied, AppError> {
        let applied = self
            .workbench
            .apply(
                &input.plan,
                &input.digest,
                input.confirmed,
                input.confirmed_twice,
            )
            .await?;
        Ok(Applied {
            job: applied.job.to_string(),
            entries: applied.entries.iter().map(ToString::to_string).collect(),
        })
    }

    pub(crate) async fn discard_plan(&self, input: PlanRef) -> Result<Nothing, AppError> {
        self.workbench.discard(&input.plan);
        Ok(Nothing {})
    }
}
