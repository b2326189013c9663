//! The newer half of the API: `{data, meta}`, money as numbers, filters that must be known.

pub(crate) mod address_write;
pub(crate) mod assignments;
pub(crate) mod attributes;
pub(crate) mod brands;
pub(crate) mod categories;
pub(crate) mod category_write;
mod cursor;
pub(crate) mod custom_fields;
pub(crate) mod customer_body;
mod customer_fields;
pub(crate) mod customer_write;
pub(crate) mod customers;
mod fields;
mod form;
pub(crate) mod images;
pub(crate) mod inventory;
pub(crate) mod metafields;
pub(crate) mod modifiers;
mod option_config;
pub(crate) mod options;
pub(crate) mod parts;
pub(crate) mod payment_actions;
mod product_body;
mod product_fields;
mod product_filter;
mod product_variants;
pub(crate) mod product_write;
pub(crate) mod products;
pub(crate) mod refund_write;
pub(crate) mod refunds;
pub(crate) mod settings;
pub(crate) mod small;
pub(crate) mod storefront_tokens;
pub(crate) mod transactions;
mod variant_body;
pub(crate) mod variant_write;
pub(crate) mod variants;
mod wanted;

use serde::Serialize;
use serde_json::{Value, json};

use crate::gate::{Call, refusals};
use crate::http::{Effects, Response};
use crate::query::Query;
use crate::state::Store;
use crate::state::catalog::Product;

/// Things of one page when nothing is asked, and the most that may be asked.
const PAGE_LENGTH: usize = 50;
const LONGEST_PAGE: usize = 250;

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug)]
struct Page {
    number: usize,
    limit: usize,
}

impl Page {
    fn read(query: &Query) -> Result<Self, Box<Response>> {
        Self::read_up_to(query, LONGEST_PAGE)
    }

    /// The same of a list whose pages may be longer.
    fn read_up_to(query: &Query, longest: usize) -> Result<Self, Box<Response>> {
        let whole = |name: &str, usual: usize| match query.get(name) {
            None | Some("") => Ok(usual),
            Some(text) => match text.parse::<usize>() {
                Ok(number) if number > 0 => Ok(number),
                Ok(_) | Err(_) => Err(Box::new(refusals::v3_invalid(
                    name,
                    "error.expected.jsnumber",
                ))),
            },
        };
        let number = whole("page", 1)?;
        let limit = whole("limit", PAGE_LENGTH)?;
        if limit > longest {
            let reason = format!("The maximum limit is {longest}");
            return Err(Box::new(refusals::v3_invalid("limit", &reason)));
        }
        Ok(Self { number, limit })
    }

    /// Where the page starts and ends in a list of so many things.
    fn range(self, count: usize) -> (usize, usize) {
        let start = (self.number - 1).saturating_mul(self.limit).min(count);
        (start, start.saturating_add(self.limit).min(count))
    }

    fn slice<T>(self, items: &[T]) -> &[T] {
        let (start, end) = self.range(items.len());
        &items[start..end]
    }

    /// `links`: customers come without them, as observed on the wire.
    fn meta(self, total: usize, count: usize, links: bool) -> Value {
        let pages = total.div_ceil(self.limit);
        let mut pagination = json!({
            "total": total,
            "count": count,
            "per_page": self.limit,
            "current_page": self.number,
            "total_pages": pages,
        });
        if links {
            let link = |page: usize| format!("?page={page}&limit={}", self.limit);
            let mut both = json!({ "current": link(self.number) });
            if self.number > 1 {
                both["previous"] = link(self.number - 1).into();
            }
            if self.number < pages {
                both["next"] = link(self.number + 1).into();
            }
            pagination["links"] = both;
        }
        pagination
    }
}

/// Refuses parameters that are not in `known`, and empty ones.
fn only_known(query: &Query, known: &[&str]) -> Result<(), Box<Response>> {
    let mut unknown: Vec<&str> = query.names().filter(|name| !known.contains(name)).collect();
    if query.has_stray_separator {
        unknown.push("");
    }
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(Box::new(refusals::v3_unknown_filters(&unknown)))
    }
}

/// `1,2,3`; `Err` names the parameter.
fn ids(query: &Query, name: &str) -> Result<Option<Vec<u64>>, Box<Response>> {
    match query.get(name) {
        None | Some("") => Ok(None),
        Some(text) => text
            .split(',')
            .map(|id| id.trim().parse().ok())
            .collect::<Option<Vec<u64>>>()
            .map(Some)
            .ok_or_else(|| Box::new(refusals::v3_invalid(name, "error.expected.jsnumber"))),
    }
}

/// The same refusal as a 400: what the reference lists where a filter cannot be read, for a few lists alone.
fn unreadable(refused: &Response) -> Box<Response> {
    let body = refused.body_json().unwrap_or_default();
    let errors = body["errors"].as_object().cloned().unwrap_or_default();
    Box::new(refusals::v3(400, "Input is invalid", errors))
}

/// The filters of a number: `id`, `id:in`, `id:not_in`, `id:min` … Which of them a list has is for
/// [`only_known`] to say.
#[derive(Debug, Default)]
struct Ids {
    among: Vec<Vec<u64>>,
    not_among: Vec<u64>,
    from: Option<u64>,
    until: Option<u64>,
}

impl Ids {
    fn read(query: &Query, name: &str) -> Result<Self, Box<Response>> {
        let list = |suffix: &str| ids(query, &format!("{name}{suffix}"));
        let one = |suffix: &str| -> Result<Option<u64>, Box<Response>> {
            Ok(list(suffix)?.and_then(|all| all.first().copied()))
        };
        let above = one(":greater")?.map(|id| id.saturating_add(1));
        let below = one(":less")?.map(|id| id.saturating_sub(1));
        Ok(Self {
            among: list("")?.into_iter().chain(list(":in")?).collect(),
            not_among: list(":not_in")?.unwrap_or_default(),
            from: one(":min")?.max(above),
            until: one(":max")?.into_iter().chain(below).min(),
        })
    }

    fn takes(&self, id: u64) -> bool {
        self.among.iter().all(|ids| ids.contains(&id))
            && !self.not_among.contains(&id)
            && self.from.is_none_or(|from| id >= from)
            && self.until.is_none_or(|until| id <= until)
    }
}

#[derive(Serialize)]
struct Listing<'a, T: Serialize> {
    data: &'a [T],
    meta: Value,
}

fn listing<T: Serialize>(data: &[T], meta: Value) -> Response {
    Response::json(200, &Listing { data, meta })
}

/// One thing, or what became of it.
fn done<T: Serialize>(data: &T) -> Response {
    #[derive(Serialize)]
    struct Done<'a, T> {
        data: &'a T,
        meta: Value,
    }
    let meta = json!({});
    Response::json(200, &Done { data, meta })
}

/// The same answer, of a request that changed something.
fn touched(mut response: Response) -> Response {
    response.effects = Effects {
        changed: true,
        emailed: false,
    };
    response
}

/// The product whose id is the first in the path.
fn product_of<'a>(store: &'a Store, call: &Call<'_>) -> Result<&'a Product, Box<Response>> {
    let text = call.ids.first().copied().unwrap_or("");
    text.parse()
        .ok()
        .and_then(|id| store.world.product(id))
        .ok_or_else(|| no_product(text))
}

fn no_product(id: impl std::fmt::Display) -> Box<Response> {
    let title = format!("A product was not found with an id of {id}");
    Box::new(refusals::v3_not_found(&title))
}
