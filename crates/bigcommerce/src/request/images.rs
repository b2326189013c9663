//! Pictures of a product.

use std::{fmt, sync::Arc};

use commerce::{ImageEdit, ImageId, ProductId, ProductImage};

use super::{Body, ListQuery, Page, Request, Upload, filters::NoFilter, op};
use crate::wire::{self, Write};

/// The largest file the store takes, in bytes. Source: BigCommerce help, "Platform limits".
pub const FILE_MAX_BYTES: usize = 8 * 1024 * 1024;

/// One page of a product's pictures; a product has at most 1,000.
///
/// Source: BigCommerce REST reference, "Get all product images".
#[must_use]
pub fn list(product: ProductId, query: &ListQuery<NoFilter>) -> Request<Page<ProductImage>> {
    query.of(Request::to(
        &op::IMAGES,
        &[product.0],
        wire::data_list("id"),
    ))
}

/// A file that holds a picture.
#[derive(Clone, PartialEq, Eq)]
pub struct ImageFile {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// Why a file is no picture that the store takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ImageFileError {
    /// Larger than [`FILE_MAX_BYTES`].
    #[error("a picture may be at most {} MB large", FILE_MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// Not one of the kinds that the store takes, by what is in it.
    #[error("this is no BMP, GIF, JPEG, PNG, WBMP, WebP or XBM picture")]
    Kind,
}

/// What a picture is may be what its owner wrote; only its size is told.
impl fmt::Debug for ImageFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ImageFile({}, {} bytes)",
            self.media_type,
            self.bytes.len()
        )
    }
}

impl ImageFile {
    /// A picture by its file's name and what is in it. The kind is told from what is in it, not
    /// from the name.
    ///
    /// # Errors
    /// [`ImageFileError`].
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, ImageFileError> {
        if bytes.len() > FILE_MAX_BYTES {
            return Err(ImageFileError::TooLarge);
        }
        let (media_type, ending) = kind(&bytes).ok_or(ImageFileError::Kind)?;
        let plain: String = name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_. ".contains(*c))
            .take(100)
            .collect();
        let stem = plain
            .rsplit_once('.')
            .map_or(plain.as_str(), |(stem, _)| stem)
            .trim();
        let stem = if stem.is_empty() { "picture" } else { stem };
        Ok(Self {
            name: format!("{stem}.{ending}"),
            media_type,
            bytes,
        })
    }
}

fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(("image/png", "png")),
        [0xFF, 0xD8, 0xFF, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(("image/gif", "gif")),
        [b'B', b'M', ..] => Some(("image/bmp", "bmp")),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(("image/webp", "webp")),
        _ if is_wbmp(bytes) => Some(("image/vnd.wap.wbmp", "wbmp")),
        _ if is_xbm(bytes) => Some(("image/x-xbitmap", "xbm")),
        _ => None,
    }
}

/// Of type 0: width, height and a bit for each dot, rows in whole bytes. So much begins with two
/// zeros that the sizes have to agree with what follows.
///
/// Source: WAP Forum, "Wireless Application Environment", WBMP.
fn is_wbmp(bytes: &[u8]) -> bool {
    fn size(bytes: &[u8]) -> Option<(usize, &[u8])> {
        let mut size = 0_usize;
        for (at, byte) in bytes.iter().enumerate().take(3) {
            size = (size << 7) | usize::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                return Some((size, &bytes[at + 1..]));
            }
        }
        None
    }
    let dots = || {
        let (width, rest) = size(bytes.strip_prefix(b"\0\0")?)?;
        let (height, rest) = size(rest)?;
        let is_any = width > 0 && height > 0;
        Some(is_any && width.div_ceil(8).checked_mul(height) == Some(rest.len()))
    };
    dots().unwrap_or(false)
}

/// C source that defines width, height and bits.
///
/// Source: X Consortium, "Xlib", bitmap files.
fn is_xbm(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1_024)];
    let Ok(text) = std::str::from_utf8(head) else {
        return false;
    };
    let defines = |what: &str| {
        text.lines().any(|line| {
            let mut words = line.split_ascii_whitespace();
            words.next() == Some("#define")
                && words.next().is_some_and(|name| name.ends_with(what))
                && words.next().is_some_and(|size| size.parse::<u32>().is_ok())
        })
    };
    text.starts_with("#define") && defines("width") && defines("height") && text.contains("bits")
}

/// Adds a picture from a file. Its number and [`ImageEdit::image_url`] mean nothing here.
///
/// Without an answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a product image".
#[must_use]
pub fn upload(product: ProductId, file: &ImageFile, image: &ImageEdit) -> Request<ProductImage> {
    let mut fields = Vec::new();
    if let Some(is_thumbnail) = image.is_thumbnail {
        fields.push(("is_thumbnail", is_thumbnail.to_string()));
    }
    if let Some(sort_order) = image.sort_order {
        fields.push(("sort_order", sort_order.to_string()));
    }
    if let Some(description) = &image.description {
        fields.push(("description", description.clone()));
    }
    let mut request = Request::to(&op::IMAGE_UPLOAD, &[product.0], wire::data_one);
    request.body = Some(Body::File(Arc::new(Upload {
        fields,
        field: "image_file",
        name: file.name.clone(),
        media_type: file.media_type,
        bytes: file.bytes.clone(),
    })));
    request
}

/// Adds a picture from an address, which the store fetches by itself. It needs
/// [`ImageEdit::image_url`].
///
/// Without an answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a product image".
#[must_use]
pub fn add(product: ProductId, image: &ImageEdit) -> Request<ProductImage> {
    Request::to(&op::IMAGE_ADD, &[product.0], wire::data_one).carrying(image.write())
}

/// Changes a picture's place, words, or picture.
///
/// Source: BigCommerce REST reference, "Update a product image".
#[must_use]
pub fn update(product: ProductId, id: ImageId, image: &ImageEdit) -> Request<ProductImage> {
    Request::to(&op::IMAGE_UPDATE, &[product.0, id.0], wire::data_one).carrying(image.write())
}

/// Deletes a picture.
///
/// Source: BigCommerce REST reference, "Delete a product image".
#[must_use]
pub fn delete(product: ProductId, id: ImageId) -> Request<()> {
    Request::to(&op::IMAGE_DELETE, &[product.0, id.0], wire::nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_what_is_in_the_file_and_not_what_its_name_says() {
        let png = b"\x89PNG\r\n\x1A\n....".to_vec();
        let file = ImageFile::new("kettle \"1\".exe", png.clone()).unwrap();
        assert_eq!(
            (file.name.as_str(), file.media_type),
            ("kettle 1.png", "image/png")
        );
        let nameless = ImageFile::new("…", png).unwrap();
        assert_eq!(nameless.name, "picture.png");
        assert_eq!(
            ImageFile::new("kettle.png", b"<svg>".to_vec()),
            Err(ImageFileError::Kind)
        );
        assert_eq!(
            ImageFile::new("kettle.png", vec![0; FILE_MAX_BYTES + 1]),
            Err(ImageFileError::TooLarge)
        );
    }

    #[test]
    fn pictures_of_one_bit_are_told_from_what_only_begins_like_them() {
        let kind = |bytes: &[u8]| {
            let file = ImageFile::new("kettle", bytes.to_vec()).ok()?;
            Some((file.name, file.media_type))
        };
        let wbmp = Some(("kettle.wbmp".to_owned(), "image/vnd.wap.wbmp"));
        assert_eq!(kind(b"\0\0\x01\x01\x80"), wbmp);
        assert_eq!(kind(b"\0\0\x09\x02\0\0\0\0"), wbmp, "rows are whole bytes");
        let mut wide = b"\0\0\x81\x00\x01".to_vec();
        wide.extend([0_u8; 16]);
        assert_eq!(kind(&wide), wbmp, "128 dots");
        let others: [&[u8]; 6] = [
            b"\0\0",
            b"\0\0\0\0",
            b"\0\0\x01\0\x01\0\x10\x10",
            b"\0\0\0\x18ftypmp42",
            b"\0\0\x09\x02\0\0\0",
            b"\0\0\x80\x80\x80\x80\x80",
        ];
        for other in others {
            assert_eq!(kind(other), None, "{other:?}");
        }

        let xbm = "#define k_width 8\n#define k_height 1\nstatic char k_bits[] = { 0x18 };\n";
        let is_xbm = Some(("kettle.xbm".to_owned(), "image/x-xbitmap"));
        assert_eq!(kind(xbm.as_bytes()), is_xbm);
        assert_eq!(kind(xbm.replace('\n', "\r\n").as_bytes()), is_xbm);
        for other in [
            "#define k_width 8\n#define k_height 1\n",
            "#define k_width 8\nstatic char k_bits[] = { 0x18 };\n",
            "#define k_width wide\n#define k_height 1\nstatic char k_bits[];\n",
            "#include <bits.h>\n#define k_width 8\n#define k_height 1\n",
        ] {
            assert_eq!(kind(other.as_bytes()), None, "{other}");
        }
    }
}
