use commerce::{
    InventoryTracking, OrderFields, PriceChange as Moved, PriceRounding as Rounded, ProductFields,
    ProductKind, StatusId,
};
use rust_decimal::Decimal;
use workbench::{
    Choice as Chosen, Draft, OrderDraft, PriceDraft, ProductDraft,
    parts::journal::{EntryId, JobId},
};

use super::{key, order_id, place, product_id};
use crate::{AppError, Surface, dto::*, into_dto as dto};

/// Rows of a plan given at once.
const ROWS_AT_ONCE: usize = 500;

impl Surface {
    pub(crate) async fn plan_change(&self, input: PlanQuestion) -> Result<Plan, AppError> {
        self.plan(&input.store, draft(input.wanted)?).await
    }

    pub(crate) async fn plan_undo(&self, input: EntryRefs) -> Result<Plan, AppError> {
        let entries = input.entries.into_iter().map(EntryId).collect();
        self.plan(&input.store, Draft::Undo(entries)).await
    }

    pub(crate) async fn plan_retry(&self, input: EntryRefs) -> Result<Plan, AppError> {
        let entries = input.entries.into_iter().map(EntryId).collect();
        self.plan(&input.store, Draft::Retry(entries)).await
    }

    pub(crate) async fn plan_retry_job(&self, input: JobRef) -> Result<Plan, AppError> {
        self.plan(&input.store, Draft::RetryJob(JobId(input.job)))
            .await
    }

    pub(crate) async fn plan_undo_job(&self, input: JobRef) -> Result<Plan, AppError> {
        self.plan(&input.store, Draft::UndoJob(JobId(input.job)))
            .await
    }

    pub(crate) async fn plan_resolve(&self, input: ResolveQuestion) -> Result<Plan, AppError> {
        let choices = input.choices.iter().map(|FieldChoice { field, choice }| {
            let choice = match choice {
                Choice::Ours => Chosen::Ours,
                Choice::Theirs => Chosen::Theirs,
                Choice::Before => Chosen::Before,
            };
            (dto::commerce_field(*field), choice)
        });
        let draft = Draft::Resolve(EntryId(input.entry), choices.collect());
        self.plan(&input.store, draft).await
    }

    pub(crate) async fn plan_rows(&self, input: RowsQuestion) -> Result<PlanRows, AppError> {
        let plan = self.workbench.kept_plan(&input.view)?;
        let (from, to) = (place(input.from), place(input.to));
        let to = to.min(from.saturating_add(ROWS_AT_ONCE));
        Ok(PlanRows {
            from: input.from,
            rows: dto::plan_items(&plan, from, to),
        })
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

fn draft(wanted: Wanted) -> Result<Draft, AppError> {
    match wanted {
        Wanted::Orders { changes } => changes
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
            .collect::<Result<_, _>>()
            .map(Draft::Orders),
        Wanted::Products { changes } => changes
            .into_iter()
            .map(|change| {
                Ok(ProductDraft {
                    product: product_id(&change.product)?,
                    wanted: product_fields(change.values)?,
                })
            })
            .collect::<Result<_, _>>()
            .map(Draft::Products),
        Wanted::Prices {
            products,
            change,
            rounding,
        } => Ok(Draft::Prices(PriceDraft {
            products: products
                .iter()
                .map(|product| product_id(product))
                .collect::<Result<_, _>>()?,
            change: match &change {
                PriceChange::To { amount: to } => Moved::To(amount(to, "price")?),
                PriceChange::By { amount: by } => Moved::By(amount(by, "price")?),
                PriceChange::ByPercent { percent } => Moved::ByPercent(amount(percent, "price")?),
            },
            rounding: match &rounding {
                PriceRounding::Places { places } => Rounded::Places(*places),
                PriceRounding::EndingIn { end } => Rounded::EndingIn(amount(end, "rounding")?),
            },
        })),
        Wanted::NewProduct { values } => product_fields(values).map(Draft::NewProduct),
    }
}

fn product_fields(values: ProductValues) -> Result<ProductFields, AppError> {
    let none_is_zero = |text: Option<String>, field| {
        text.map(|text| {
            if text.trim().is_empty() {
                Ok(Decimal::ZERO)
            } else {
                amount(&text, field)
            }
        })
        .transpose()
    };
    let exact = |text: Option<String>, field| text.map(|text| amount(&text, field)).transpose();
    Ok(ProductFields {
        name: values.name,
        sku: values.sku,
        kind: values.is_digital.map(|is_digital| {
            if is_digital {
                ProductKind::Digital
            } else {
                ProductKind::Physical
            }
        }),
        price: exact(values.price, "price")?,
        cost_price: none_is_zero(values.cost_price, "costPrice")?,
        sale_price: none_is_zero(values.sale_price, "salePrice")?,
        weight: none_is_zero(values.weight, "weight")?,
        is_visible: values.is_visible,
        description: values.description,
        inventory_tracking: values.inventory_tracking.map(|how| match how {
            TrackingDto::None => InventoryTracking::None,
            TrackingDto::Product => InventoryTracking::Product,
            TrackingDto::Variant => InventoryTracking::Variant,
        }),
        inventory_level: values
            .inventory_level
            .map(|text| text.trim().parse().map_err(|_| bad_input("inventoryLevel")))
            .transpose()?,
    })
}

/// Digits with at most one point: what the window made of what was typed in the person's own way.
fn amount(text: &str, field: &'static str) -> Result<Decimal, AppError> {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    text.parse::<Decimal>()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| bad_input(field))
}

fn bad_input(field: &str) -> AppError {
    AppError::BadInput {
        field: field.to_owned(),
    }
}
