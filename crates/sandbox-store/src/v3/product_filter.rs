//! Filters and order of the product list.

use jiff::Timestamp;

use super::ids;
use crate::dates;
use crate::decimal::Decimal;
use crate::gate::refusals;
use crate::http::Response;
use crate::query::Query;
use crate::state::catalog::{Availability, Brand, Condition, Form, Product, Tracking};

/// Every parameter of the real list. Source: BigCommerce REST reference and guide to filtering;
/// `name:like` observed on the wire.
pub(super) const KNOWN: &[&str] = &[
    "id",
    "id:in",
    "id:not_in",
    "id:min",
    "id:max",
    "id:greater",
    "id:less",
    "channel_id:in",
    "include",
    "include_fields",
    "exclude_fields",
    "page",
    "limit",
    "sort",
    "direction",
    "name",
    "name:like",
    "sku",
    "sku:in",
    "mpn",
    "upc",
    "price",
    "price:min",
    "price:max",
    "price:greater",
    "price:less",
    "weight",
    "condition",
    "brand_id",
    "date_modified",
    "date_modified:min",
    "date_modified:max",
    "date_last_imported",
    "date_last_imported:not",
    "date_last_imported:min",
    "date_last_imported:max",
    "is_visible",
    "is_featured",
    "is_free_shipping",
    "inventory_level",
    "inventory_level:in",
    "inventory_level:not_in",
    "inventory_level:min",
    "inventory_level:max",
    "inventory_level:greater",
    "inventory_level:less",
    "inventory_low",
    "out_of_stock",
    "total_sold",
    "type",
    "categories",
    "categories:in",
    "keyword",
    "keyword_context",
    "availability",
];

/// One condition of many.
enum Test {
    Ids(Vec<u64>),
    NotIds(Vec<u64>),
    /// Assigned to any of these; one that is assigned to none is in no channel.
    Channels(Vec<u64>),
    Name(String),
    NameLike(String),
    /// The product's own SKU: variants are not searched.
    Skus(Vec<String>),
    Upc(String),
    Mpn(String),
    Price(Decimal),
    PriceFrom(Decimal),
    PriceUntil(Decimal),
    PriceAbove(Decimal),
    PriceBelow(Decimal),
    Weight(Decimal),
    Condition(Condition),
    Availability(Availability),
    Brand(u64),
    Modified(Timestamp),
    ModifiedFrom(Timestamp),
    ModifiedUntil(Timestamp),
    /// Imported at that time, after or before: none is.
    Imported,
    /// Imported at any other time: all are.
    NotImported,
    Visible(bool),
    Featured(bool),
    FreeShipping(bool),
    Levels(Vec<u64>),
    NotLevels(Vec<u64>),
    LevelFrom(u64),
    LevelUntil(u64),
    Low,
    OutOfStock,
    TotalSold(u64),
    Form(Form),
    /// In any of these.
    Categories(Vec<u64>),
    /// In this one and in no other.
    OnlyCategory(u64),
    Keyword(String),
}

/// All of these have to fit.
pub(super) struct Filter {
    tests: Vec<Test>,
    /// The ids it may have, both included.
    ids: (u64, u64),
}

impl Filter {
    /// `now` is the time of day of a date without one. Source: observed on the wire.
    pub(super) fn read(query: &Query, now: Timestamp) -> Result<Self, Box<Response>> {
        let mut tests = Vec::new();
        let mut ids = (0, u64::MAX);
        for name in query.names() {
            let value = query.get(name).unwrap_or("");
            if value.is_empty() {
                continue;
            }
            if let Some(suffix) = name.strip_prefix("id:")
                && narrow(&mut ids, suffix, value)?
            {
                continue;
            }
            if let Some(test) = test(query, name, value, now)? {
                tests.push(test);
            }
        }
        // A shopper finds only what shoppers see.
        if query.get("keyword_context") == Some("shopper") && query.get("keyword").is_some() {
            tests.push(Test::Visible(true));
        }
        Ok(Self { tests, ids })
    }

    /// Everything fits.
    pub(super) fn is_empty(&self) -> bool {
        self.tests.is_empty() && self.ids == (0, u64::MAX)
    }

    /// Those that fit, of products in order of id.
    pub(super) fn find<'a>(&self, products: &'a [Product], brands: &[Brand]) -> Vec<&'a Product> {
        let (from, until) = self.ids;
        let start = products.partition_point(|product| product.id < from);
        let end = products.partition_point(|product| product.id <= until);
        let some = products.get(start..end).unwrap_or_default().iter();
        some.filter(|product| self.tests.iter().all(|test| test.takes(product, brands)))
            .collect()
    }
}

/// Narrows the ids down; false if that is no bound of them.
fn narrow(ids: &mut (u64, u64), suffix: &str, value: &str) -> Result<bool, Box<Response>> {
    if !matches!(suffix, "min" | "max" | "greater" | "less") {
        return Ok(false);
    }
    let id: u64 = value.parse().map_err(|_| {
        let name = format!("id:{suffix}");
        Box::new(refusals::v3_invalid(&name, "error.expected.jsnumber"))
    })?;
    match suffix {
        "min" => ids.0 = ids.0.max(id),
        "greater" => ids.0 = ids.0.max(id.saturating_add(1)),
        "max" => ids.1 = ids.1.min(id),
        _less => ids.1 = ids.1.min(id.saturating_sub(1)),
    }
    Ok(true)
}

fn test(
    query: &Query,
    name: &str,
    value: &str,
    now: Timestamp,
) -> Result<Option<Test>, Box<Response>> {
    let refuse = |reason: &str| Box::new(refusals::v3_invalid(name, reason));
    let number = || {
        value
            .parse::<u64>()
            .map_err(|_| refuse("error.expected.jsnumber"))
    };
    let list = || ids(query, name).map(Option::unwrap_or_default);
    let words = || match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _other => Err(refuse("error.expected.jsboolean")),
    };
    // These two are numbers on the wire, not words.
    let digit = || match value {
        "1" => Ok(true),
        "0" => Ok(false),
        _other => Err(refuse("error.expected.jsnumber")),
    };
    let instant = || {
        dates::parse_with_time_of(value, now).ok_or_else(|| refuse("error.expected.date.isoformat"))
    };
    let amount = || Decimal::parse(value).ok_or_else(|| refuse("error.expected.jsnumber"));
    let unknown = || refuse("error.expected.validenumvalue");
    let lower = || value.to_lowercase();
    Ok(Some(match name {
        "id" => Test::Ids(vec![number()?]),
        "id:in" => Test::Ids(list()?),
        "id:not_in" => Test::NotIds(list()?),
        "channel_id:in" => Test::Channels(list()?),
        "name" => Test::Name(lower()),
        "name:like" => Test::NameLike(lower().trim_matches('%').to_owned()),
        "sku" => Test::Skus(vec![lower()]),
        "sku:in" => Test::Skus(lower().split(',').map(str::to_owned).collect()),
        "upc" => Test::Upc(value.to_owned()),
        "mpn" => Test::Mpn(value.to_owned()),
        "price" => Test::Price(amount()?),
        "price:min" => Test::PriceFrom(amount()?),
        "price:max" => Test::PriceUntil(amount()?),
        "price:greater" => Test::PriceAbove(amount()?),
        "price:less" => Test::PriceBelow(amount()?),
        "weight" => Test::Weight(amount()?),
        // Small letters here, capitals in a body.
        "condition" => Test::Condition(match value {
            "new" => Condition::New,
            "used" => Condition::Used,
            "refurbished" => Condition::Refurbished,
            _other => return Err(unknown()),
        }),
        "availability" => Test::Availability(Availability::read(value).ok_or_else(unknown)?),
        "keyword_context" if !matches!(value, "shopper" | "merchant") => return Err(unknown()),
        "brand_id" => Test::Brand(number()?),
        "date_modified" => Test::Modified(instant()?),
        "date_modified:min" => Test::ModifiedFrom(instant()?),
        "date_modified:max" => Test::ModifiedUntil(instant()?),
        "date_last_imported" | "date_last_imported:min" | "date_last_imported:max" => {
            instant()?;
            Test::Imported
        }
        "date_last_imported:not" => {
            instant()?;
            Test::NotImported
        }
        "is_visible" => Test::Visible(words()?),
        "is_featured" => Test::Featured(digit()?),
        "is_free_shipping" => Test::FreeShipping(digit()?),
        "inventory_level" => Test::Levels(vec![number()?]),
        "inventory_level:in" => Test::Levels(list()?),
        "inventory_level:not_in" => Test::NotLevels(list()?),
        "inventory_level:min" => Test::LevelFrom(number()?),
        "inventory_level:max" => Test::LevelUntil(number()?),
        "inventory_level:greater" => Test::LevelFrom(number()?.saturating_add(1)),
        "inventory_level:less" => Test::LevelUntil(number()?.saturating_sub(1)),
        "inventory_low" if digit()? => Test::Low,
        "out_of_stock" if digit()? => Test::OutOfStock,
        "total_sold" => Test::TotalSold(number()?),
        "type" => Test::Form(Form::read(value).ok_or_else(unknown)?),
        "categories" => Test::OnlyCategory(number()?),
        "categories:in" => Test::Categories(list()?),
        "keyword" => Test::Keyword(lower()),
        // How a page is cut and what it shows: no conditions.
        _shape => return Ok(None),
    }))
}

impl Test {
    fn takes(&self, product: &Product, brands: &[Brand]) -> bool {
        let level = || product.stock();
        match self {
            Self::Ids(ids) => ids.contains(&product.id),
            Self::NotIds(ids) => !ids.contains(&product.id),
            Self::Channels(ids) => product.channels.iter().any(|id| ids.contains(id)),
            Self::Name(name) => product.name.to_lowercase() == *name,
            Self::NameLike(part) => product.name.to_lowercase().contains(part),
            Self::Skus(skus) => skus.contains(&product.sku.to_lowercase()),
            Self::Upc(upc) => *product.upc == **upc,
            Self::Mpn(mpn) => {
                let own = product.others.get("mpn").and_then(|mpn| mpn.as_str());
                own.unwrap_or("") == mpn
            }
            Self::Price(price) => product.price == *price,
            Self::PriceFrom(least) => product.price >= *least,
            Self::PriceUntil(most) => product.price <= *most,
            Self::PriceAbove(least) => product.price > *least,
            Self::PriceBelow(most) => product.price < *most,
            Self::Weight(weight) => product.weight == *weight,
            Self::Condition(condition) => product.condition == *condition,
            Self::Availability(availability) => product.availability == *availability,
            Self::Brand(id) => product.brand_id == *id,
            Self::Modified(at) => product.modified == *at,
            Self::Imported => false,
            Self::NotImported => true,
            Self::ModifiedFrom(at) => product.modified >= *at,
            Self::ModifiedUntil(at) => product.modified <= *at,
            Self::Visible(yes) => product.is_visible == *yes,
            Self::Featured(yes) => product.is_featured == *yes,
            Self::FreeShipping(yes) => product.is_free_shipping == *yes,
            Self::Levels(levels) => levels.contains(&level()),
            Self::NotLevels(levels) => !levels.contains(&level()),
            Self::LevelFrom(least) => level() >= *least,
            Self::LevelUntil(most) => level() <= *most,
            Self::Low => match product.tracking {
                Tracking::None => false,
                Tracking::Product => product.level <= product.warning_level,
                Tracking::Variant => product
                    .variants
                    .iter()
                    .any(|variant| variant.level <= variant.warning_level),
            },
            Self::OutOfStock => product.tracking != Tracking::None && product.stock() == 0,
            Self::TotalSold(sold) => product.total_sold == *sold,
            Self::Form(form) => product.form == *form,
            Self::Categories(ids) => product.categories.iter().any(|id| ids.contains(id)),
            Self::OnlyCategory(id) => product.categories == [*id],
            Self::Keyword(word) => {
                let fields = [&*product.name, &*product.sku, &*product.description];
                let mut brands = brands.iter();
                let brand = brands.find(|brand| brand.id == product.brand_id);
                brand.is_some_and(|brand| brand.name.to_lowercase().contains(word))
                    || fields
                        .iter()
                        .any(|field| field.to_lowercase().contains(word))
            }
        }
    }
}

/// Puts the list in order; equal ones stay in order of id.
pub(super) fn sort(query: &Query, products: &mut [&Product]) -> Result<(), Box<Response>> {
    let refuse = |name: &str| Box::new(refusals::v3_invalid(name, "error.expected.validenumvalue"));
    match query.get("sort").unwrap_or("id") {
        "id" | "" => {}
        "name" => products.sort_by_key(|product| product.name.to_lowercase()),
        "sku" => products.sort_by_key(|product| product.sku.to_lowercase()),
        "price" => products.sort_by_key(|product| product.price),
        "date_modified" => products.sort_by_key(|product| product.modified),
        "inventory_level" => products.sort_by_key(|product| product.stock()),
        "is_visible" => products.sort_by_key(|product| product.is_visible),
        "total_sold" => products.sort_by_key(|product| product.total_sold),
        "calculated_price" => products.sort_by_key(|product| product.calculated_price()),
        "date_last_imported" => {}
        _other => return Err(refuse("sort")),
    }
    match query.get("direction").unwrap_or("asc") {
        "asc" | "" => {}
        "desc" => products.reverse(),
        _other => return Err(refuse("direction")),
    }
    Ok(())
}
