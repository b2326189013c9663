//! Pictures of the products, drawn when they are asked for: a flat shape on a light ground.

mod draw;
mod shapes;

use crate::http::{Request, Response};
use crate::seed::kinds::{COLORS, Color, KINDS, Shape};
use crate::state::catalog::Product;

/// Widest and highest picture that is drawn, in pixels.
const LARGEST: u32 = 1_280;

/// Name of the picture file of a product, e.g. `jacket-spr.png`.
pub(crate) fn file_of(product: &Product) -> String {
    let color = product.picture.map_or("none", |color| color.code);
    format!(
        "{}-{}.png",
        name_of(product.kind.shape),
        color.to_lowercase()
    )
}

/// Address of the picture in that size.
pub(crate) fn url(origin: &str, product: &Product, width: u32, height: u32) -> String {
    let file = file_of(product);
    let stem = file.trim_end_matches(".png");
    format!(
        "{origin}/product_images/{}/{stem}.{width}.{height}.png?c=1",
        product.id
    )
}

/// Address of the picture of a variant in its own colour.
pub(crate) fn variant_url(origin: &str, product: &Product, variant: u64, color: &Color) -> String {
    let shape = name_of(product.kind.shape);
    let code = color.code.to_lowercase();
    format!("{origin}/product_images/variants/{variant}/{shape}-{code}.386.513.png?c=1")
}

/// Answers `/product_images/…/{shape}-{color}.{width}.{height}.png`. Open to everybody, as a content
/// network is.
pub(crate) fn answer(request: &Request) -> Response {
    let file = request.path.rsplit('/').next().unwrap_or("");
    match (request.method.as_str(), read(file)) {
        ("GET", Some((shape, color, width, height))) => {
            match draw::png(shape, color, width, height) {
                Some(bytes) => {
                    let mut response = Response::bytes(200, "image/png", bytes);
                    response.set_header("Cache-Control", "public, max-age=31536000");
                    response
                }
                None => Response::text(500, "the picture could not be drawn"),
            }
        }
        (_method, Some(_) | None) => Response::text(404, "Not Found"),
    }
}

fn read(file: &str) -> Option<(Shape, &'static Color, u32, u32)> {
    let mut parts = file.split('.');
    let (shape, code) = parts.next()?.split_once('-')?;
    let width: u32 = parts.next()?.parse().ok()?;
    let height: u32 = parts.next()?.parse().ok()?;
    if (parts.next(), parts.next()) != (Some("png"), None) {
        return None;
    }
    let fits = |side: u32| (1..=LARGEST).contains(&side);
    let shape = KINDS
        .iter()
        .map(|kind| kind.shape)
        .find(|known| name_of(*known) == shape)?;
    let color = COLORS
        .iter()
        .find(|color| color.code.eq_ignore_ascii_case(code))?;
    (fits(width) && fits(height)).then_some((shape, color, width, height))
}

fn name_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Tee => "tee",
        Shape::Beanie => "beanie",
        Shape::Tent => "tent",
        Shape::Bottle => "bottle",
        Shape::Boot => "boot",
        Shape::Sock => "sock",
        Shape::Jacket => "jacket",
        Shape::Pants => "pants",
        Shape::Backpack => "backpack",
        Shape::Mug => "mug",
        Shape::Headlamp => "headlamp",
        Shape::Glove => "glove",
        Shape::SleepingBag => "sleepingbag",
        Shape::Poles => "poles",
        Shape::Stove => "stove",
    }
}
