use std::path::Path;

use workbench::{
    ExportForm as Form,
    parts::journal::{EntryId, Filter, JobId, Query},
};

use super::{key, place};
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn open_activity(
        &self,
        input: ActivityQuery,
    ) -> Result<ActivityView, AppError> {
        let store = key(&input.store)?;
        let (view, count, counts) = self.workbench.open_activity(&store, query(input)).await?;
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
            weight_unit: page.weight_unit,
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
            weight_unit: found.weight_unit,
        };
        Ok(ActivityEntry {
            row: dto::activity_row(&found.entry, &found.name, terms),
            steps: found
                .steps
                .iter()
                .map(|step| dto::step(step, &found.entry, terms))
                .collect(),
            found: dto::found(found.entry.found.as_ref(), terms),
            job: dto::job(&found.job),
            customer: found
                .order
                .map(|order| order.customer_name())
                .unwrap_or_default(),
        })
    }

    pub(crate) async fn jobs(&self, input: StoreRef) -> Result<Jobs, AppError> {
        let jobs = self.workbench.open_jobs(&key(&input.store)?).await?;
        Ok(Jobs {
            jobs: jobs.iter().map(dto::job).collect(),
        })
    }

    pub(crate) async fn job(&self, input: JobRef) -> Result<Job, AppError> {
        let job = self
            .workbench
            .job(&key(&input.store)?, &JobId(input.job))
            .await?;
        Ok(dto::job(&job))
    }

    pub(crate) async fn pause_job(&self, input: JobRef) -> Result<Nothing, AppError> {
        self.workbench
            .pause_job(&key(&input.store)?, &JobId(input.job))
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn resume_job(&self, input: JobRef) -> Result<Nothing, AppError> {
        self.workbench
            .resume_job(&key(&input.store)?, &JobId(input.job))
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn stop_job(&self, input: JobRef) -> Result<Nothing, AppError> {
        self.workbench
            .stop_job(&key(&input.store)?, &JobId(input.job))
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn decide(&self, input: Decision) -> Result<Nothing, AppError> {
        self.workbench
            .decide(&key(&input.store)?, &EntryId(input.entry), input.done)
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn export_activity(
        &self,
        input: ExportQuestion,
    ) -> Result<Exported, AppError> {
        let store = key(&input.which.store)?;
        let (form, name) = match input.form {
            ExportForm::Csv => (Form::Csv, "stockroom-activity.csv"),
            ExportForm::Json => (Form::Json, "stockroom-activity.json"),
        };
        let chosen = self.host.choose_place(name).await;
        let chosen = chosen.map_err(|message| AppError::Internal { message })?;
        let Some(file) = chosen else {
            return Ok(Exported {
                file: None,
                count: 0,
            });
        };
        let name = file.file_name().map(Path::new);
        let name = name.map(|name| name.display().to_string());
        let which = query(input.which);
        let count = self
            .workbench
            .export_activity(&store, which, form, file)
            .await?;
        Ok(Exported {
            file: name,
            count: dto::count(count),
        })
    }

    pub(crate) async fn activity_keeping(
        &self,
        input: StoreRef,
    ) -> Result<ActivityKeeping, AppError> {
        let erase_after_days = self.workbench.erases_after(&key(&input.store)?)?;
        Ok(ActivityKeeping {
            store: input.store,
            erase_after_days,
        })
    }

    pub(crate) async fn set_activity_keeping(
        &self,
        input: ActivityKeeping,
    ) -> Result<Nothing, AppError> {
        self.workbench
            .erase_after(&key(&input.store)?, input.erase_after_days)
            .await?;
        Ok(Nothing {})
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

fn query(asked: ActivityQuery) -> Query {
    Query {
        filter: match asked.filter {
            ActivityFilter::All => Filter::All,
            ActivityFilter::ToLookAt => Filter::ToLookAt,
            ActivityFilter::OnTheWay => Filter::OnTheWay,
            ActivityFilter::Undone => Filter::Undone,
        },
        search: asked.search.unwrap_or_default(),
        job: asked.job.map(JobId),
    }
}
