use workbench::PictureSize;

use super::{key, product_id};
use crate::Surface;

/// A picture as a host hands it to its window.
pub struct PictureAnswer {
    /// Its media type: one of a few, and always a picture's.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Surface {
    /// The picture that a window asks for by `STORE/PRODUCT/thumbnail` or `STORE/PRODUCT/standard`;
    /// `None` if it can't be had. A slash may be written `%2F`, and one may come first.
    pub async fn picture(&self, path: &str) -> Option<PictureAnswer> {
        let path = path.replace("%2F", "/").replace("%2f", "/");
        let mut parts = path.trim_start_matches('/').split('/');
        let (store, product, size) = (parts.next()?, parts.next()?, parts.next()?);
        let size = match (size, parts.next()) {
            ("thumbnail", None) => PictureSize::Thumbnail,
            ("standard", None) => PictureSize::Standard,
            _ => return None,
        };
        let (store, product) = (key(store).ok()?, product_id(product).ok()?);
        let shown = self.workbench.picture(&store, product, size).await.ok()?;
        Some(PictureAnswer {
            media_type: shown.kind.media_type(),
            bytes: shown.bytes,
        })
    }
}
