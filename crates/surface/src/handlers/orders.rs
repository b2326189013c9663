use commerce::StatusId;
use workbench::parts::mirror::{OrderSort, OrdersQuery as Query};

use super::{customer_id, day, key, order_id, place};
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn statuses(&self, input: StoreRef) -> Result<Statuses, AppError> {
        let statuses = self.workbench.statuses(&key(&input.store)?).await?;
        let finished = statuses
            .iter()
            .filter(|(status, _)| status.id != StatusId::INCOMPLETE);
        Ok(Statuses {
            total: finished.map(|(_, count)| count).sum(),
            statuses: statuses
                .into_iter()
                .map(|(status, count)| dto::status_tab(status, count))
                .collect(),
        })
    }

    pub(crate) async fn open_orders(&self, input: OrdersQuery) -> Result<OrdersView, AppError> {
        let store = key(&input.store)?;
        let first = day(input.placed_from.as_deref(), "placedFrom")?;
        let last = day(input.placed_to.as_deref(), "placedTo")?;
        let placed = if first.is_none() && last.is_none() {
            None
        } else {
            Some(self.workbench.days_between(&store, first, last).await?)
        };
        let query = Query {
            placed,
            status: input.status_id.map(StatusId),
            customer: input.customer.as_deref().map(customer_id).transpose()?,
            search: input.search.trim().to_owned(),
            show_incomplete: input.show_incomplete,
            sort: match input.sort {
                OrdersSort::Number => OrderSort::Number,
                OrdersSort::Placed => OrderSort::Placed,
                OrdersSort::Customer => OrderSort::Customer,
                OrdersSort::Items => OrderSort::Items,
                OrdersSort::Status => OrderSort::Status,
                OrdersSort::Total => OrderSort::Total,
            },
            descending: input.descending,
        };
        let without_search = if query.search.is_empty() {
            None
        } else {
            let all = Query {
                search: String::new(),
                ..query.clone()
            };
            Some(self.workbench.open_list(&store, all).await?.1.ids.len())
        };
        let (view, opened) = self.workbench.open_list(&store, query).await?;
        let count = dto::count(opened.ids.len());
        Ok(OrdersView {
            view,
            count,
            totals: opened
                .totals
                .iter()
                .map(|total| dto::money(*total))
                .collect(),
            count_without_search: without_search.map_or(count, dto::count),
        })
    }

    pub(crate) async fn order_rows(&self, input: RowsQuestion) -> Result<OrderRows, AppError> {
        let page = self
            .workbench
            .order_rows(&input.view, place(input.from), place(input.to))
            .await?;
        Ok(OrderRows {
            from: dto::count(page.from),
            rows: page
                .rows
                .iter()
                .map(|row| {
                    let (order, changes) = row.as_ref()?;
                    Some(dto::order_row(order, changes, &page.statuses))
                })
                .collect(),
        })
    }

    pub(crate) async fn order_place(&self, input: PlaceQuestion) -> Result<Place, AppError> {
        let id = order_id(&input.id)?;
        let index = self.workbench.place_in_list::<Query>(&input.view, id)?;
        Ok(Place {
            index: index.map(dto::count),
        })
    }

    pub(crate) async fn order(&self, input: OrderRef) -> Result<OrderDetail, AppError> {
        let found = self
            .workbench
            .order(&key(&input.store)?, order_id(&input.order)?)
            .await?;
        let (order, statuses) = (&found.order, &found.statuses);
        let terms = dto::Terms::of_orders(statuses);
        Ok(OrderDetail {
            id: order.id.to_string(),
            status_id: order.status_id.0,
            status_label: dto::label(statuses, order.status_id),
            placed_at: dto::instant(order.placed_at),
            modified_at: dto::instant(order.modified_at),
            shipped_at: order.shipped_at.map(dto::instant),
            customer: order.customer_name(),
            is_guest: order.customer_id.is_none(),
            customer_id: order.customer_id.map(|id| id.to_string()),
            customer_orders: found.customer_orders,
            billing: dto::address(&order.billing),
            item_count: order.item_count,
            subtotal: dto::money(order.subtotal),
            discount: dto::money(order.discount),
            shipping: dto::money(order.shipping),
            tax: dto::money(order.tax),
            other: dto::money(order.other()),
            handling: order.handling.map(dto::money),
            wrapping: order.wrapping.map(dto::money),
            store_credit: order.store_credit.map(dto::money),
            gift_certificates: order.gift_certificates.map(dto::money),
            total: dto::money(order.total),
            payment_method: order.payment_method.clone(),
            payment_status: order.payment_status.clone(),
            staff_notes: order.staff_notes.clone(),
            customer_message: order.customer_message.clone(),
            source: order.source.clone(),
            is_archived: order.is_archived,
            pending: dto::pending(&dto::latest(&found.entries), terms),
            draft_staff_notes: found.draft_notes,
            history: found
                .entries
                .iter()
                .map(|entry| dto::activity_row(entry, "", terms))
                .collect(),
            parts: found.parts.as_ref().map(dto::order_parts),
        })
    }

    pub(crate) async fn refresh_order(&self, input: OrderRef) -> Result<Nothing, AppError> {
        self.workbench
            .refresh_order(&key(&input.store)?, order_id(&input.order)?)
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn draft_notes(&self, input: NotesDraft) -> Result<Nothing, AppError> {
        self.workbench
            .draft_notes(&key(&input.store)?, order_id(&input.order)?, input.text)
            .await?;
        Ok(Nothing {})
    }
}
