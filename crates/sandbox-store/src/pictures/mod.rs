//! Pictures of the products, drawn when they are asked for: a flat shape on a light ground.

mod draw;
mod shapes;

use crate::http::{Request, Response};
use crate::query::Query;
use crate::seed::kinds::{COLORS, Color, KINDS, Shape};
use crate::seed::rng::Rng;
use crate::state::catalog::{Image, Product};

/// Widest and highest picture that is drawn, in pixels.
const LARGEST: u32 = 1_280;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drawing {
    pub(crate) shape: Shape,
    pub(crate) color: &'static Color,
}

impl Drawing {
    /// The drawing that stands for a picture somewhere else: the same address always gives the same.
    /// An address of one of the store's own pictures gives that picture.
    pub(crate) fn standing_for(address: &str) -> Self {
        let path = address.split(['?', '#']).next().unwrap_or("");
        let file = path.rsplit('/').next().unwrap_or("");
        let stem = file.split('.').next().unwrap_or("");
        drawing_named(stem).unwrap_or_else(|| {
            let mut rng = Rng::for_thing(0, address, 0);
            Self {
                shape: rng.pick(KINDS).shape,
                color: rng.pick(COLORS),
            }
        })
    }

    /// Name of its file without the size, e.g. `jacket-spr`.
    fn stem(self) -> String {
        let code = self.color.code.to_lowercase();
        format!("{}-{code}", name_of(self.shape))
    }

    /// Name of its file, e.g. `jacket-spr.png`.
    pub(crate) fn file(self) -> String {
        format!("{}.png", self.stem())
    }
}

/// Address of a picture of a product in that size.
pub(crate) fn url(
    origin: &str,
    product: &Product,
    image: &Image,
    width: u32,
    height: u32,
) -> String {
    let (product, stem) = (product.id, image.drawing.stem());
    let image = image.id;
    format!("{origin}/product_images/{product}/{image}/{stem}.{width}.{height}.png?c=1")
}

/// Address of the picture of a variant in its own colour.
pub(crate) fn variant_url(origin: &str, variant: u64, drawing: Drawing) -> String {
    let stem = drawing.stem();
    format!("{origin}/product_images/variants/{variant}/{stem}.386.513.png?c=1")
}

/// Answers `/product_images/…/{shape}-{color}.{width}.{height}.png`. Open to everybody, as a content
/// network is; like one, it lets pictures be kept for a year, and says 304 to those who still have
/// them.
pub(crate) fn answer(request: &Request) -> Response {
    let file = request.path.rsplit('/').next().unwrap_or("");
    let (drawing, width, height) = match (request.method.as_str(), read(file)) {
        ("GET", Some(asked)) => asked,
        (_method, Some(_) | None) => return Response::text(404, "Not Found"),
    };
    let version = Query::parse(&request.query)
        .get("c")
        .unwrap_or("")
        .to_owned();
    let tag = format!("\"{}-{width}x{height}-{version}\"", drawing.stem());
    let mut response = if request.header("If-None-Match") == Some(tag.as_str()) {
        Response::empty(304)
    } else {
        match draw::png(drawing.shape, drawing.color, width, height) {
            Some(bytes) => Response::bytes(200, "image/png", bytes),
            None => return Response::text(500, "the picture could not be drawn"),
        }
    };
    response.set_header("Cache-Control", "public, max-age=31536000");
    response.set_header("ETag", &tag);
    response
}

fn read(file: &str) -> Option<(Drawing, u32, u32)> {
    let mut parts = file.split('.');
    let drawing = drawing_named(parts.next()?)?;
    let width: u32 = parts.next()?.parse().ok()?;
    let height: u32 = parts.next()?.parse().ok()?;
    if (parts.next(), parts.next()) != (Some("png"), None) {
        return None;
    }
    let fits = |side: u32| (1..=LARGEST).contains(&side);
    (fits(width) && fits(height)).then_some((drawing, width, height))
}

/// Reads `jacket-spr`.
fn drawing_named(stem: &str) -> Option<Drawing> {
    let (shape, code) = stem.split_once('-')?;
    let shape = KINDS
        .iter()
        .map(|kind| kind.shape)
        .find(|known| name_of(*known) == shape)?;
    let color = COLORS
        .iter()
        .find(|color| color.code.eq_ignore_ascii_case(code))?;
    Some(Drawing { shape, color })
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
