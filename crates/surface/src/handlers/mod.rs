//! One thin function a command: check at the edge, call the use case, give the answer.

mod activity;
mod app;
mod change;
mod connect;
mod customers;
mod doctor;
mod event;
mod find;
mod home;
mod orders;
mod pictures;
mod products;
mod store;
mod storefront;

pub use pictures::PictureAnswer;

use commerce::{CustomerId, OrderId, ProductId};
use jiff::{Timestamp, civil::Date};
use workbench::parts::{desk::ProfileKey, mirror::Query};

use crate::{AppError, Surface, dto::ListView, into_dto};

fn key(text: &str) -> Result<ProfileKey, AppError> {
    text.parse().map_err(|_| AppError::StoreGone)
}

fn order_id(text: &str) -> Result<OrderId, AppError> {
    text.parse().map(OrderId).map_err(|_| AppError::BadInput {
        field: "order".to_owned(),
    })
}

fn product_id(text: &str) -> Result<ProductId, AppError> {
    text.parse().map(ProductId).map_err(|_| AppError::BadInput {
        field: "product".to_owned(),
    })
}

fn customer_id(text: &str) -> Result<CustomerId, AppError> {
    text.parse()
        .map(CustomerId)
        .map_err(|_| AppError::BadInput {
            field: "customer".to_owned(),
        })
}

/// A day of the store's calendar.
fn day(text: Option<&str>, field: &str) -> Result<Option<Date>, AppError> {
    let bad = |_| AppError::BadInput {
        field: field.to_owned(),
    };
    text.map(|text| text.parse().map_err(bad)).transpose()
}

fn place(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

impl Surface {
    /// When a day of the store's calendar begins.
    async fn begin_of(
        &self,
        store: &str,
        text: Option<&str>,
        field: &str,
    ) -> Result<Option<Timestamp>, AppError> {
        let Some(first) = day(text, field)? else {
            return Ok(None);
        };
        let store = key(store)?;
        let (begin, _) = self
            .workbench
            .days_between(&store, Some(first), None)
            .await?;
        Ok(Some(begin))
    }

    /// Opens a list, and counts what it would hold without its search.
    async fn open_list<Q: Query>(
        &self,
        store: &str,
        query: Q,
        without_search: Option<Q>,
    ) -> Result<ListView, AppError> {
        let store = key(store)?;
        let all = match without_search {
            Some(all) => Some(self.workbench.open_list(&store, all).await?.1),
            None => None,
        };
        let (view, opened) = self.workbench.open_list(&store, query).await?;
        let opened: &Q::View = &opened;
        let count = into_dto::count(opened.as_ref().len());
        Ok(ListView {
            view,
            count,
            count_without_search: all.map_or(count, |all| {
                let all: &Q::View = &all;
                into_dto::count(all.as_ref().len())
            }),
        })
    }
}
