use workbench::{Period, ProductRow as Row, SalesFigures as Figures, Span};

use super::key;
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn home(&self, input: StoreRef) -> Result<HomeNumbers, AppError> {
        let numbers = self.workbench.home_numbers(&key(&input.store)?).await?;
        let rows = |rows: &[Row]| -> Vec<ProductRow> {
            let row = |row| dto::product_row(row, numbers.currency, numbers.weight_unit);
            rows.iter().map(row).collect()
        };
        let since = &numbers.since_yesterday;
        Ok(HomeNumbers {
            now: dto::instant(numbers.now),
            today: sales(&numbers.today),
            yesterday: sales(&numbers.yesterday),
            month: sales(&numbers.month),
            month_before: sales(&numbers.month_before),
            since_yesterday: SinceYesterdayDto {
                sales: sales(&since.span),
                awaiting_fulfillment: since.awaiting,
                customers: since.customers,
                products: since.products,
            },
            oldest_awaiting: numbers
                .oldest_awaiting
                .map(|(order, placed_at)| OldestOrder {
                    order: order.to_string(),
                    placed_at: dto::instant(placed_at),
                }),
            products: numbers.products.all,
            low_stock: numbers.products.low_stock,
            out_of_stock: numbers.products.out_of_stock,
            hidden: numbers.products.hidden,
            hidden_in_stock: numbers.products.hidden_in_stock,
            some_by_variant: numbers.products.some_by_variant,
            low_stock_rows: rows(&numbers.low_stock),
            out_of_stock_rows: rows(&numbers.out_of_stock),
            hidden_rows: rows(&numbers.hidden),
            customers: numbers.customers,
            statuses: numbers
                .statuses
                .into_iter()
                .map(|(status, count)| dto::status_tab(status, count))
                .collect(),
            time_zone: numbers.time_zone,
        })
    }

    pub(crate) async fn sales(&self, input: SalesQuestion) -> Result<SalesOverTime, AppError> {
        let period = match input.period {
            SalesPeriod::Days7 => Period::Days7,
            SalesPeriod::Days30 => Period::Days30,
            SalesPeriod::Months12 => Period::Months12,
        };
        let over_time = self
            .workbench
            .sales_over_time(&key(&input.store)?, period)
            .await?;
        let bar = |(now, before): &(Span, Span)| SalesBar {
            now: sales(now),
            before: sales(before),
        };
        Ok(SalesOverTime {
            bars: over_time.bars.iter().map(bar).collect(),
            whole: sales(&over_time.whole),
            before: sales(&over_time.before),
            figures: over_time.figures.iter().map(figures).collect(),
            time_zone: over_time.time_zone,
        })
    }
}

fn figures(figures: &Figures) -> SalesFigures {
    SalesFigures {
        currency: figures.currency.to_string(),
        average: figures.average.map(dto::money),
        refunded: figures.refunded.map(dto::money),
        refunded_unknown: figures.refunded_unknown,
        refunded_thousandths: figures.refunded_thousandths,
    }
}

fn sales(span: &Span) -> SalesDto {
    SalesDto {
        from: span.days.first.to_string(),
        to: span.days.last.to_string(),
        orders: span.sales.orders,
        amounts: span
            .sales
            .amounts
            .iter()
            .map(|amount| dto::money(*amount))
            .collect(),
    }
}
