//! One thin function a command: check at the edge, call the use case, give the answer.

mod activity;
mod app;
mod change;
mod connect;
mod event;
mod orders;
mod store;

use commerce::{OrderId, ProductId};
use workbench::parts::desk::ProfileKey;

use crate::AppError;

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

fn place(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
