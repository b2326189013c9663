//! Pictures of a product.
//!
//! Source: BigCommerce REST reference, "Product images"; the titles about `image_url` are matched by
//! clients, so they are the wire's.

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read};
use super::form::{self, Form};
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, product_of, touched};
use crate::dates::{Iso, whole_seconds};
use crate::gate::{Call, refusals};
use crate::http::{Request, Response};
use crate::pictures::{self, Drawing};
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::catalog::{Image, Product};

/// Most pictures of one product. Source: BigCommerce platform limits.
const MOST: usize = 1_000;

const NO_ADDRESS: &str = "The field 'image_url' is invalid.";

/// Neither a file nor an address.
const NO_PICTURE: &str = "image_url must be present if uploading by url";

const FIELDS: &[Field] = &[
    field("id", Shape::Count(1, i64::MAX)),
    field("image_url", Shape::Text(0, 255)),
    field("is_thumbnail", Shape::Flag),
    field("sort_order", Shape::Count(-2_147_483_648, 2_147_483_647)),
    field("description", Shape::Text(0, usize::MAX)),
];

/// What a body asks for one picture.
#[derive(Debug)]
pub(super) struct Change {
    /// One that is there already.
    id: Option<u64>,
    drawing: Option<Drawing>,
    fields: Map<String, Value>,
}

impl Change {
    /// What is wrong is noted under `path`.
    pub(super) fn read(body: &Value, path: &str, wrong: &mut Wrong) -> Option<Self> {
        let Value::Object(body) = body else {
            wrong.add(path, "error.expected.jsobject");
            return None;
        };
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}.")
        };
        let fields = read(body, FIELDS, &prefix, wrong);
        let address = fields.get("image_url").and_then(Value::as_str);
        if address.is_some_and(|address| !is_absolute(address)) {
            wrong.add_titled(format!("{prefix}image_url"), "error.pattern", NO_ADDRESS);
        }
        Some(Self {
            id: fields.get("id").and_then(Value::as_u64),
            drawing: address.map(Drawing::standing_for),
            fields,
        })
    }

    fn apply(&self, image: &mut Image, now: Timestamp) {
        if let Some(drawing) = self.drawing {
            image.drawing = drawing;
        }
        if let Some(order) = self.fields.get("sort_order").and_then(Value::as_i64) {
            image.sort_order = order;
        }
        if let Some(text) = self.fields.get("description").and_then(Value::as_str) {
            image.description = text.into();
        }
        image.modified = now;
    }

    fn wants_thumbnail(&self) -> Option<bool> {
        self.fields.get("is_thumbnail").and_then(Value::as_bool)
    }
}

pub(super) fn is_absolute(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(' '))
}

/// Adds or changes pictures; those without an address that are not there yet are left out. Gives the
/// id of the last one.
pub(super) fn apply(
    product: &mut Product,
    changes: &[Change],
    next_image: &mut u64,
    now: Timestamp,
) -> Option<u64> {
    let mut last = None;
    for change in changes {
        let known = change
            .id
            .and_then(|id| product.images.iter().position(|image| image.id == id));
        let at = match (known, change.drawing) {
            (Some(at), _) => at,
            (None, Some(drawing)) => {
                product.images.push(Image {
                    id: take(next_image),
                    drawing,
                    is_thumbnail: false,
                    sort_order: 0,
                    description: "".into(),
                    modified: now,
                });
                product.images.len() - 1
            }
            (None, None) => continue,
        };
        change.apply(&mut product.images[at], now);
        match change.wants_thumbnail() {
            Some(true) => {
                for image in &mut product.images {
                    image.is_thumbnail = false;
                }
                product.images[at].is_thumbnail = true;
            }
            Some(false) => product.images[at].is_thumbnail = false,
            None => {}
        }
        last = Some(product.images[at].id);
    }
    keep_one_thumbnail(product);
    last
}

/// A product with pictures always has one that stands for it.
fn keep_one_thumbnail(product: &mut Product) {
    if !product.images.iter().any(|image| image.is_thumbnail)
        && let Some(first) = product.images.first_mut()
    {
        first.is_thumbnail = true;
    }
}

/// A picture as v3 writes it.
pub(super) struct ImageBody<'a> {
    pub(super) product: &'a Product,
    pub(super) image: &'a Image,
    pub(super) origin: &'a str,
}

impl Serialize for ImageBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            id: u64,
            product_id: u64,
            is_thumbnail: bool,
            sort_order: i64,
            description: &'a str,
            image_file: String,
            url_zoom: String,
            url_standard: String,
            url_thumbnail: String,
            url_tiny: String,
            date_modified: Iso,
        }
        let Self {
            product,
            image,
            origin,
        } = *self;
        let url = |width: u32, height: u32| pictures::url(origin, product, image, width, height);
        Fields {
            id: image.id,
            product_id: product.id,
            is_thumbnail: image.is_thumbnail,
            sort_order: image.sort_order,
            description: &image.description,
            image_file: image.drawing.file(),
            url_zoom: url(1280, 1280),
            url_standard: url(386, 513),
            url_thumbnail: url(220, 290),
            url_tiny: url(44, 58),
            date_modified: Iso::Offset(image.modified),
        }
        .serialize(serializer)
    }
}

fn body(product: &Product, image: &Image, origin: &str) -> Value {
    let body = ImageBody {
        product,
        image,
        origin,
    };
    serde_json::to_value(&body).unwrap_or_default()
}

/// 204 where there are none. Source: REST reference.
pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &["page", "limit", "include_fields", "exclude_fields"];
    only_known(&call.query, TAKES)?;
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let product = product_of(store, call)?;
    if product.images.is_empty() {
        return Ok(Response::empty(204));
    }
    let data: Vec<Value> = page
        .slice(&product.images)
        .iter()
        .map(|image| wanted.only(body(product, image, &call.origin)))
        .collect();
    let pagination = page.meta(product.images.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let product = product_of(store, call)?;
    let image = image_of(product, call)?;
    Ok(done(&wanted.only(body(product, image, &call.origin))))
}

/// The picture at the address is not fetched: a drawing of the store's own stands for it.
pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = product_of(store, call)?.id;
    let mut change = asked(call)?;
    change.id = None;
    if change.drawing.is_none() {
        return Err(Box::new(refusals::v3(422, NO_PICTURE, Map::new())));
    }
    write(store, call, id, &change)
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let id = product.id;
    let image = image_of(product, call)?.id;
    let mut change = asked(call)?;
    change.id = Some(image);
    write(store, call, id, &change)
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, image) = (product.id, image_of(product, call)?.id);
    let now = whole_seconds(call.now);
    if let Some(product) = store.world.product_mut(id) {
        product.images.retain(|known| known.id != image);
        keep_one_thumbnail(product);
        product.modified = now;
    }
    Ok(touched(Response::empty(204)))
}

fn asked(call: &Call<'_>) -> Result<Change, Box<Response>> {
    let mut wrong = Wrong::default();
    let body: Value = match form::read(call.request)? {
        Some(form) => from_form(&form, &mut wrong)?,
        None => object(&call.request.body)?.into(),
    };
    let drawing = body.get(FILE).and_then(Value::as_str);
    let drawing = drawing.map(Drawing::standing_for);
    let mut change = Change::read(&body, "", &mut wrong);
    wrong.refuse()?;
    if let Some(change) = &mut change {
        change.drawing = change.drawing.or(drawing);
    }
    change.ok_or_else(|| Box::new(refusals::v3_invalid("", "error.expected.jsobject")))
}

/// Where a form's file stands once it is read: by its name, which is all that is kept of it.
const FILE: &str = "\u{0}file";

/// The name of the picture in a form, once it was looked at; `None` if there is none in it.
pub(super) fn sent(call: &Call<'_>) -> Result<Option<String>, Box<Response>> {
    let body = match form::read(call.request)? {
        Some(form) => from_form(&form, &mut Wrong::default())?,
        // As the data file keeps it.
        None => serde_json::from_slice(&call.request.body).unwrap_or_default(),
    };
    Ok(body.get(FILE).and_then(Value::as_str).map(str::to_owned))
}

/// A form as the JSON that asks for the same, for the data file. `None` if it is none.
pub(crate) fn form_as_json(request: &Request) -> Option<Value> {
    let form = form::read(request).ok()??;
    from_form(&form, &mut Wrong::default()).ok()
}

/// A form with the picture itself in it: like one behind an address it is looked at, not kept.
fn from_form(form: &Form, wrong: &mut Wrong) -> Result<Value, Box<Response>> {
    let mut body = Map::new();
    for part in &form.parts {
        let text = || String::from_utf8_lossy(&part.bytes).into_owned();
        let value: Value = match part.name.as_str() {
            "image_file" => {
                check_picture(&part.bytes)?;
                let name = part.file_name.clone().unwrap_or_default();
                body.insert(FILE.to_owned(), name.into());
                continue;
            }
            // An address counts in JSON alone. Source: REST reference.
            "image_url" => continue,
            "sort_order" | "id" => match text().trim().parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => {
                    wrong.add(part.name.clone(), "error.expected.jsnumber");
                    continue;
                }
            },
            "is_thumbnail" => matches!(text().trim(), "true" | "1").into(),
            _text => text().into(),
        };
        body.insert(part.name.clone(), value);
    }
    Ok(body.into())
}

/// Source: BigCommerce platform limits; the texts are made up.
fn check_picture(bytes: &[u8]) -> Result<(), Box<Response>> {
    const LARGEST: usize = 8 * 1024 * 1024;
    if bytes.len() > LARGEST {
        let title = "The image is larger than 8 MB";
        return Err(Box::new(refusals::v3(413, title, Map::new())));
    }
    if is_picture(bytes) {
        Ok(())
    } else {
        let title = "The image could not be processed";
        Err(Box::new(refusals::v3(422, title, Map::new())))
    }
}

/// One of the seven formats, as its start tells: BMP, GIF, JPEG, PNG, WBMP, WEBP, XBM. Source: REST
/// reference.
fn is_picture(bytes: &[u8]) -> bool {
    const STARTS: &[&[u8]] = &[b"BM", b"GIF8", b"\xff\xd8\xff", b"\x89PNG"];
    STARTS.iter().any(|start| bytes.starts_with(start))
        || is_webp(bytes)
        || is_wbmp(bytes)
        || is_xbm(bytes)
}

/// The container of that name holds sounds and films as well.
fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice())
}

/// Two zeros, then width and height: seven bits a byte, the eighth says that there are more. An icon or a
/// film, which begin with zeros too, has no height there.
fn is_wbmp(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\0\0") else {
        return false;
    };
    for _side in ["width", "height"] {
        let Some(last) = rest.iter().position(|byte| byte & 0x80 == 0) else {
            return false;
        };
        let (side, after) = rest.split_at(last + 1);
        if side.iter().all(|byte| byte & 0x7f == 0) {
            return false;
        }
        rest = after;
    }
    true
}

/// Source text: `#define tent_width 16`.
fn is_xbm(bytes: &[u8]) -> bool {
    let line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    line.starts_with(b"#define ") && line.windows(7).any(|word| word == b"_width ")
}

fn write(
    store: &mut Store,
    call: &Call<'_>,
    id: u64,
    change: &Change,
) -> Result<Response, Box<Response>> {
    let now = whole_seconds(call.now);
    let mut next = store.world.next;
    let product = store
        .world
        .product_mut(id)
        .ok_or_else(|| super::no_product(id))?;
    if change.id.is_none() && product.images.len() >= MOST {
        return Err(Box::new(refusals::v3_invalid("", "error.maxLength")));
    }
    let image = apply(product, std::slice::from_ref(change), &mut next.image, now);
    product.modified = now;
    store.world.next = next;
    let product = store
        .world
        .product(id)
        .ok_or_else(|| super::no_product(id))?;
    let image = image
        .and_then(|image| product.images.iter().find(|known| known.id == image))
        .ok_or_else(not_found)?;
    Ok(touched(done(&body(product, image, &call.origin))))
}

fn image_of<'a>(product: &'a Product, call: &Call<'_>) -> Result<&'a Image, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    product
        .images
        .iter()
        .find(|image| Some(image.id) == id)
        .ok_or_else(not_found)
}

fn not_found() -> Box<Response> {
    Box::new(refusals::v3_not_found("The image was not found"))
}
