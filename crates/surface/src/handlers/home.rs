use workbench::Span;

use super::key;
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn home(&self, input: StoreRef) -> Result<HomeNumbers, AppError> {
        let numbers = self.workbench.home_numbers(&key(&input.store)?).await?;
        Ok(HomeNumbers {
            time_zone: numbers.time_zone,
            today: sales(&numbers.today),
            month: sales(&numbers.month),
            days: numbers.days.iter().map(sales).collect(),
            statuses: numbers
                .statuses
                .into_iter()
                .map(|(status, count)| dto::status_tab(status, count))
                .collect(),
            products: numbers.products.all,
            low_stock: numbers.products.low_stock,
            out_of_stock: numbers.products.out_of_stock,
            hidden: numbers.products.hidden,
            customers: numbers.customers,
        })
    }
}

fn sales(span: &Span) -> SalesDto {
    SalesDto {
        from: span.from.to_string(),
        orders: span.sales.orders,
        amounts: span
            .sales
            .amounts
            .iter()
            .map(|amount| dto::money(*amount))
            .collect(),
    }
}
