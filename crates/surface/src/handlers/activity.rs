use workbench::parts::journal::{EntryId, Filter};

use super::{key, place};
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn open_activity(
        &self,
        input: ActivityQuery,
    ) -> Result<ActivityView, AppError> {
        let filter = match input.filter {
            ActivityFilter::All => Filter::All,
            ActivityFilter::ToLookAt => Filter::ToLookAt,
            ActivityFilter::OnTheWay => Filter::OnTheWay,
            ActivityFilter::Undone => Filter::Undone,
        };
        let (view, count, counts) = self
            .workbench
            .open_activity(&key(&input.store)?, filter)
            .await?;
        Ok(ActivityView {
            view,
            count: dto::count(count),
            all: counts.all,
            to_look_at: counts.to_look_at,
            on_the_way: counts.on_the_way,
            undone: counts.undone,
        })
    }

    pub(crate) async fn activity_rows(
        &self,
        input: RowsQuestion,
    ) -> Result<ActivityRows, AppError> {
        let page = self
            .workbench
            .activity_rows(&input.view, place(input.from), place(input.to))
            .await?;
        let terms = dto::Terms {
            statuses: &page.statuses,
            currency: page.currency,
        };
        Ok(ActivityRows {
            from: dto::count(page.from),
            rows: page
                .rows
                .iter()
                .map(|(entry, name)| dto::activity_row(entry, name, terms))
                .collect(),
        })
    }

    pub(crate) async fn activity_entry(&self, input: EntryRef) -> Result<ActivityEntry, AppError> {
        let found = self
            .workbench
            .activity_entry(&key(&input.store)?, &EntryId(input.entry))
            .await?;
        let terms = dto::Terms {
            statuses: &found.statuses,
            currency: found.currency,
        };
        Ok(ActivityEntry {
            row: dto::activity_row(&found.entry, &found.name, terms),
            steps: found.steps.iter().map(dto::step).collect(),
            customer: found
                .order
                .map(|order| order.customer_name())
                .unwrap_or_default(),
        })
    }

    pub(crate) async fn look_for(&self, input: EntryRef) -> Result<Nothing, AppError> {
        self.workbench
            .look_for(&key(&input.store)?, &EntryId(input.entry))
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn drop_change(&self, input: EntryRef) -> Result<Nothing, AppError> {
        self.workbench
            .drop_change(&key(&input.store)?, &EntryId(input.entry))
            .await?;
        Ok(Nothing {})
    }
}
