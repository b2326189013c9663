use commerce::{InventoryTracking, OrderFields, ProductFields, ProductKind, StatusId};
use rust_decimal::Decimal;
use workbench::{Draft, OrderDraft, ProductDraft, parts::journal::EntryId};

use super::{key, order_id, product_id};
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn plan_change(&self, input: PlanQuestion) -> Result<Plan, AppError> {
        self.plan(&input.store, draft(input.wanted)?).await
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
