//! Videos of a product.

use commerce::{ProductId, ProductVideo, VideoEdit, VideoId};

use super::{ListQuery, Page, Request, filters::NoFilter, op};
use crate::wire::{self, Write};

/// One page of a product's videos.
///
/// Source: BigCommerce REST reference, "Get videos".
#[must_use]
pub fn list(product: ProductId, query: &ListQuery<NoFilter>) -> Request<Page<ProductVideo>> {
    query.of(Request::to(
        &op::VIDEOS,
        &[product.0],
        wire::data_list("id"),
    ))
}

/// Adds a video. It needs [`VideoEdit::video_id`].
///
/// Without an answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a video".
#[must_use]
pub fn create(product: ProductId, video: &VideoEdit) -> Request<ProductVideo> {
    Request::to(&op::VIDEO_CREATE, &[product.0], wire::data_one).carrying(video.write())
}

/// Changes a video.
///
/// Source: BigCommerce REST reference, "Update a video".
#[must_use]
pub fn update(product: ProductId, id: VideoId, video: &VideoEdit) -> Request<ProductVideo> {
    Request::to(&op::VIDEO_UPDATE, &[product.0, id.0], wire::data_one).carrying(video.write())
}

/// Deletes a video.
///
/// Source: BigCommerce REST reference, "Delete a video".
#[must_use]
pub fn delete(product: ProductId, id: VideoId) -> Request<()> {
    Request::to(&op::VIDEO_DELETE, &[product.0, id.0], wire::nothing)
}
