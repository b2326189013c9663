//! What products are sorted into: brands and categories.

use commerce::{Access, Brand, Category, Scope};

use super::{Page, Request, query};
use crate::wire;

/// How many brands or categories are asked for at a time, the most there may be; see
/// [`Page::is_last`].
///
/// Source: BigCommerce REST reference, "Get all brands", "Get all categories".
pub const PAGE_SIZE: u32 = 250;

const READ: Option<(Scope, Access)> = Some((Scope::Products, Access::Read));

/// One page of brands. The page is counted from 1; past the end it is empty.
///
/// Source: BigCommerce REST reference, "Get all brands".
#[must_use]
pub fn brands(page: u32) -> Request<Page<Brand>> {
    paged(
        Request::get("/v3/catalog/brands", READ, wire::catalog::brands),
        page,
    )
}

/// One page of the categories of all trees. The page is counted from 1; past the end it is empty.
///
/// Source: BigCommerce REST reference, "Get all categories".
#[must_use]
pub fn categories(page: u32) -> Request<Page<Category>> {
    paged(
        Request::get(
            "/v3/catalog/trees/categories",
            READ,
            wire::catalog::categories,
        ),
        page,
    )
}

fn paged<T>(mut request: Request<Page<T>>, page: u32) -> Request<Page<T>> {
    request.query = vec![
        ("page", query::page(page).to_string().into()),
        ("limit", PAGE_SIZE.to_string().into()),
    ];
    request
}
