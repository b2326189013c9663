//! What products are sorted into: brands, category trees and categories.

use commerce::{
    Brand, BrandEdit, BrandId, Category, CategoryEdit, CategoryId, CategoryNode, CategoryTree,
    FullBrand, FullCategory, TreeId,
};
use serde_json::Value;

use super::{
    Few, ListQuery, Page, Request,
    filters::{BrandFilter, CategoryFilter, TreeFilter},
    op, query,
};
use crate::wire::{self, Write};

/// How many brands or categories are asked for at a time, the most there may be; see
/// [`Page::is_last`].
///
/// Source: BigCommerce REST reference, "Get all brands", "Get all categories".
pub const PAGE_SIZE: u32 = 250;

/// The most categories that one request makes or changes.
///
/// Observed for changes; the reference names no number.
pub const CATEGORIES_MAX: usize = 50;

/// One page of brands. The page is counted from 1; past the end it is empty.
///
/// Source: BigCommerce REST reference, "Get all brands".
#[must_use]
pub fn brands(page: u32) -> Request<Page<Brand>> {
    paged(Request::to(&op::BRANDS, &[], wire::catalog::brands), page)
}

/// One page of brands with all that the store says of them.
///
/// Source: BigCommerce REST reference, "Get all brands".
#[must_use]
pub fn brands_full(query: &ListQuery<BrandFilter>) -> Request<Page<FullBrand>> {
    // By name alone they could be sorted; without a sort they come by number.
    query.of(Request::to(&op::BRANDS_FULL, &[], wire::data_list("id")))
}

/// One brand.
///
/// Source: BigCommerce REST reference, "Get a brand".
#[must_use]
pub fn brand(id: BrandId) -> Request<FullBrand> {
    Request::to(&op::BRAND, &[id.0], wire::data_one)
}

/// Makes a brand. [`Error::Conflict`](crate::Error::Conflict) if the name is taken; without an
/// answer look for it by name.
///
/// Source: BigCommerce REST reference, "Create a brand".
#[must_use]
pub fn create_brand(brand: &BrandEdit) -> Request<FullBrand> {
    Request::to(&op::BRAND_CREATE, &[], wire::data_one).carrying(brand.write())
}

/// Changes a brand.
///
/// Source: BigCommerce REST reference, "Update a brand".
#[must_use]
pub fn update_brand(id: BrandId, brand: &BrandEdit) -> Request<FullBrand> {
    Request::to(&op::BRAND_UPDATE, &[id.0], wire::data_one).carrying(brand.write())
}

/// Deletes a brand. Its products stay.
///
/// Source: BigCommerce REST reference, "Delete a brand".
#[must_use]
pub fn delete_brand(id: BrandId) -> Request<()> {
    Request::to(&op::BRAND_DELETE, &[id.0], wire::nothing)
}

/// All category trees, on one page. There are few.
///
/// Source: BigCommerce REST reference, "Get all category trees".
#[must_use]
pub fn trees(conditions: impl IntoIterator<Item = TreeFilter>) -> Request<Page<CategoryTree>> {
    let mut request = Request::to(&op::TREES, &[], wire::data_list("id"));
    for condition in conditions {
        let condition = super::filters::Filter::parameter(&condition);
        request.query.push((condition.name, condition.term));
    }
    request
}

/// A tree's categories, each inside the one it stands in, down to a depth (all if `None`). The
/// store builds this slowly, and only one at a time may be under way.
///
/// Source: BigCommerce REST reference, "Get a category tree".
#[must_use]
pub fn tree(id: TreeId, depth: Option<u32>) -> Request<Page<CategoryNode>> {
    let request = Request::to(&op::TREE, &[id.0], wire::data_list("id"));
    match depth {
        Some(depth) => request.asking("depth", depth.to_string()),
        None => request,
    }
}

/// One page of the categories of all trees. The page is counted from 1; past the end it is empty.
///
/// Source: BigCommerce REST reference, "Get all categories".
#[must_use]
pub fn categories(page: u32) -> Request<Page<Category>> {
    paged(
        Request::to(&op::CATEGORIES, &[], wire::catalog::categories),
        page,
    )
}

/// One page of categories with all that the store says of them.
///
/// Source: BigCommerce REST reference, "Get all categories".
#[must_use]
pub fn categories_full(query: &ListQuery<CategoryFilter>) -> Request<Page<FullCategory>> {
    query.of(Request::to(
        &op::CATEGORIES_FULL,
        &[],
        wire::data_list("category_id"),
    ))
}

/// Makes categories. Some may be made and others not: those made are in the answer, and
/// [remarks](crate::Answer::remarks) say what is wrong with the others (207).
///
/// Source: BigCommerce REST reference, "Create categories".
#[must_use]
pub fn create_categories(
    categories: &Few<CategoryEdit, CATEGORIES_MAX>,
) -> Request<Page<FullCategory>> {
    let body: Value = categories.iter().map(Write::write).collect();
    Request::to(&op::CATEGORIES_CREATE, &[], wire::data_list("category_id")).carrying(body)
}

/// Changes categories. The store doesn't answer with them; [remarks](crate::Answer::remarks) say
/// what it did not take (207).
///
/// Source: BigCommerce REST reference, "Update categories".
#[must_use]
pub fn update_categories(
    categories: &Few<(CategoryId, CategoryEdit), CATEGORIES_MAX>,
) -> Request<()> {
    let body = categories
        .iter()
        .map(|(id, edit)| wire::with_id("category_id", id.0, edit.write()))
        .collect();
    Request::to(&op::CATEGORIES_UPDATE, &[], wire::nothing).carrying(body)
}

/// Deletes categories and those in them. Their products stay.
///
/// Source: BigCommerce REST reference, "Delete categories".
#[must_use]
pub fn delete_categories(ids: &Few<CategoryId, 250>) -> Request<()> {
    Request::to(&op::CATEGORIES_DELETE, &[], wire::nothing)
        .asking("category_id:in", query::numbers(ids.iter().map(|id| id.0)))
}

fn paged<T>(request: Request<Page<T>>, page: u32) -> Request<Page<T>> {
    request
        .asking("page", query::page(page).to_string())
        .asking("limit", PAGE_SIZE.to_string())
}
