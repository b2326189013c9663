//! Brands and categories of version 3.

use commerce::{Brand, BrandId, Category, CategoryId};
use serde_json::Value;

use super::{Decoded, Misfit, Node};
use crate::Page;

pub(crate) fn brands(answer: Option<&Value>) -> Result<Decoded<Page<Brand>>, Misfit> {
    super::data_page(answer, "id", brand).map(Decoded::from)
}

pub(crate) fn categories(answer: Option<&Value>) -> Result<Decoded<Page<Category>>, Misfit> {
    super::data_page(answer, "category_id", category).map(Decoded::from)
}

fn brand(node: &Node<'_>) -> Result<Brand, Misfit> {
    node.object()?;
    Ok(Brand {
        id: BrandId(node.field("id").whole()?),
        name: node.field("name").text()?,
    })
}

fn category(node: &Node<'_>) -> Result<Category, Misfit> {
    node.object()?;
    Ok(Category {
        id: CategoryId(node.field("category_id").whole()?),
        parent_id: node.field("parent_id").id_if_any()?.map(CategoryId),
        name: node.field("name").text()?,
    })
}
