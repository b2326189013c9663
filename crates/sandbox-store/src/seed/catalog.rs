//! Draws the catalog.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use serde_json::Map;

use super::kinds::{
    BRANDS, CATEGORIES, COLORS, Color, FIRST_BRAND, FIRST_CATEGORY, KINDS, Kind, LINES, MADE_IN,
    NEIGHBORS, SHELVES, Sizing,
};
use super::rng::Rng;
use super::{back, later};
use crate::decimal::Decimal;
use crate::money::Cents;
use crate::pictures::Drawing;
use crate::state::catalog::{
    Availability, Brand, Category, Condition, CustomField, Form, Image, OptionValue, Parts,
    Product, ProductOption, Tracking, Tree, Url, ValueData, Variant,
};
use crate::state::orders::Chosen;

/// Id of the first product.
const FIRST_PRODUCT: u64 = 111;

/// The one channel there is.
pub(crate) const CHANNEL: u64 = 1;

/// The tree the sample shop's categories grow on.
pub(crate) const TREE: u64 = 1;

/// The ids handed out next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    pub(crate) product: u64,
    pub(crate) variant: u64,
    pub(crate) option: u64,
    pub(crate) image: u64,
    pub(crate) custom_field: u64,
    pub(crate) brand: u64,
    pub(crate) category: u64,
    pub(crate) tree: u64,
    /// Of option values, too.
    pub(crate) option_value: u64,
    /// Videos, bulk pricing rules, reviews, modifiers and their values.
    pub(crate) part: u64,
    pub(crate) metafield: u64,
}

/// Hands out the next id.
pub(crate) fn take(counter: &mut u64) -> u64 {
    let id = *counter;
    *counter += 1;
    id
}

pub(super) fn draw_all(seed: u64, today: Timestamp, count: u32) -> (Vec<Product>, Counters) {
    let mut names = Names::default();
    let mut next = Counters {
        product: FIRST_PRODUCT,
        variant: 301,
        option: 151,
        image: 311,
        custom_field: 21,
        brand: FIRST_BRAND + BRANDS.len() as u64,
        category: FIRST_CATEGORY + (CATEGORIES.len() + SHELVES.len()) as u64,
        tree: TREE + 1,
        option_value: 0,
        part: 501,
        metafield: 801,
    };
    let products = (0..u64::from(count))
        .map(|number| {
            let mut rng = Rng::for_thing(seed, "product", number);
            let kind = &KINDS[usize::try_from(number).unwrap_or(0) % KINDS.len()];
            let (name, price, code) = names.next(kind, number, &mut rng);
            let draft = Draft {
                number,
                kind,
                name,
                price,
                code,
            };
            let mut product = draw(&mut rng, today, draft, &mut next);
            product.custom_fields = custom_fields(seed, number, &mut next);
            product
        })
        .collect();
    // The sample shop numbers the values of an option in twenties.
    next.option_value = next.option * 20;
    (products, next)
}

pub(super) fn brands() -> Vec<Brand> {
    BRANDS
        .iter()
        .zip(FIRST_BRAND..)
        .map(|(name, id)| Brand {
            id,
            name: Arc::from(*name),
            url: Url {
                path: format!("/brands/{}/", slug(name)),
                is_customized: false,
            },
            others: Map::new(),
        })
        .collect()
}

/// The shop's categories, and a few shelves below them that nothing stands on yet.
pub(super) fn categories_of_the_tree() -> Vec<Category> {
    let tops =
        CATEGORIES
            .iter()
            .zip(FIRST_CATEGORY..)
            .zip(0..)
            .map(|(((name, path), id), sort_order)| Category {
                id,
                parent_id: 0,
                tree_id: TREE,
                name: Arc::from(*name),
                url: plain((*path).to_owned()),
                is_visible: true,
                sort_order,
                others: Map::new(),
            });
    let first_shelf = FIRST_CATEGORY + CATEGORIES.len() as u64;
    let shelves = SHELVES.iter().zip(first_shelf..).zip(0..).map(
        |(((parent, name, is_visible), id), sort_order)| Category {
            id,
            parent_id: *parent,
            tree_id: TREE,
            name: Arc::from(*name),
            url: plain(format!("/{}/", slug(name))),
            is_visible: *is_visible,
            sort_order,
            others: Map::new(),
        },
    );
    tops.chain(shelves).collect()
}

pub(super) fn trees() -> Vec<Tree> {
    vec![Tree {
        id: TREE,
        name: "Default catalog tree".into(),
        channels: vec![CHANNEL],
    }]
}

fn plain(path: String) -> Url {
    Url {
        path,
        is_customized: false,
    }
}

/// One product in four says where it was made.
fn custom_fields(seed: u64, number: u64, next: &mut Counters) -> Vec<CustomField> {
    let mut rng = Rng::for_thing(seed, "custom field", number);
    if !rng.chance(250) {
        return Vec::new();
    }
    let country = *rng.pick(MADE_IN);
    vec![CustomField {
        id: take(&mut next.custom_field),
        name: "Made in".into(),
        value: country.into(),
    }]
}

/// From this product on a shop counts as large.
pub(super) const LARGE: u64 = 10_000;

/// Names of one edition, over all kinds of things.
const NAMES_PER_EDITION: u64 = 2_560;

/// Hands out names, each once, and a SKU piece that nobody else has.
#[derive(Default)]
struct Names {
    given: BTreeSet<String>,
    /// How often those three letters were given out.
    codes: HashMap<String, u32>,
}

impl Names {
    fn next(&mut self, kind: &Kind, number: u64, rng: &mut Rng) -> (String, Cents, String) {
        let own = kind
            .models
            .iter()
            .find(|(name, _)| !self.given.contains(*name))
            .map(|(name, cents)| ((*name).to_owned(), Cents(*cents)));
        let (name, price) = own.unwrap_or_else(|| {
            let dollars = rng.between(kind.dollars.0, kind.dollars.1);
            let cents = if rng.chance(350) { 95 } else { 0 };
            let price = Cents(i64::try_from(dollars).unwrap_or(0) * 100 + cents);
            (self.drawn(kind, number, rng), price)
        });
        self.given.insert(name.clone());
        let code = self.code(&name);
        (name, price, code)
    }

    fn drawn(&self, kind: &Kind, number: u64, rng: &mut Rng) -> String {
        // In a large shop the first editions are all given; looking through them again would take
        // longer with every product.
        let first = if number < LARGE {
            1
        } else {
            number / NAMES_PER_EDITION
        };
        for edition in first.. {
            for _try in 0..12 {
                let plain = format!("{} {}", rng.pick(LINES), rng.pick(kind.nouns));
                let name = match edition {
                    1 => plain,
                    later => format!("{plain} {later}"),
                };
                if !self.given.contains(&name) {
                    return name;
                }
            }
        }
        String::new()
    }

    /// Three consonants of the first word, as in `FJL` for Fjell; a number behind it on a clash.
    fn code(&mut self, name: &str) -> String {
        let mut letters: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_uppercase())
            .filter(|letter| !"AEIOUY".contains(*letter))
            .take(3)
            .collect();
        while letters.len() < 3 {
            letters.push('X');
        }
        let given = self.codes.entry(letters.clone()).or_default();
        *given += 1;
        match *given {
            1 => letters,
            number => format!("{letters}{number}"),
        }
    }
}

/// What is settled before the rest of a product is drawn.
struct Draft {
    number: u64,
    kind: &'static Kind,
    name: String,
    price: Cents,
    code: String,
}

fn draw(rng: &mut Rng, today: Timestamp, draft: Draft, next: &mut Counters) -> Product {
    let Draft {
        number,
        kind,
        name,
        price,
        code,
    } = draft;
    let colors = pick_colors(rng, kind, number);
    let options = options(kind, &colors, next.option);
    next.option += options.len() as u64;
    let sku = format!("NF-{code}");
    let variants = variants(
        rng,
        kind,
        &colors,
        &options,
        &sku,
        number,
        price,
        next.variant,
    );
    next.variant += variants.len() as u64;
    let tracking = match rng.below(20) {
        0 => Tracking::None,
        _some if options.is_empty() => Tracking::Product,
        _some => Tracking::Variant,
    };
    let created = back(
        today,
        i64::try_from(rng.between(30 * 24, 790 * 24)).unwrap_or(0),
    );
    let modified = later(created, i64::try_from(rng.below(30 * 86_400)).unwrap_or(0));
    let drawn = |cents: Cents| Decimal::from_cents(cents);
    Product {
        id: take(&mut next.product),
        kind: Some(kind),
        form: Form::Physical,
        sku: sku.into(),
        upc: upc(number * 100).into(),
        description: format!(
            "<p><strong>{name}</strong></p><p>{} Made to be mended: send it back and we do.</p>",
            kind.about
        )
        .into(),
        url: Url {
            path: format!("/{}/", slug(&name)),
            is_customized: false,
        },
        price: drawn(price),
        cost: drawn(price.share(u32::try_from(rng.between(38_000, 58_000)).unwrap_or(50_000))),
        sale: if rng.chance(80) {
            drawn(price.share(80_000))
        } else {
            Decimal::ZERO
        },
        retail: if rng.chance(120) {
            drawn(price.share(115_000))
        } else {
            Decimal::ZERO
        },
        weight: Decimal::from_hundredths(
            i64::try_from(rng.between(kind.weight.0, kind.weight.1)).unwrap_or(0),
        ),
        categories: categories(rng, kind),
        brand_id: brand(rng, number, &name),
        name: name.into(),
        availability: Availability::Available,
        condition: Condition::New,
        is_visible: !rng.chance(45),
        is_featured: rng.chance(60),
        is_free_shipping: rng.chance(15),
        level: stock(rng),
        warning_level: 5,
        tracking,
        created,
        modified,
        images: if rng.chance(20) {
            Vec::new()
        } else {
            images(kind, &colors, modified, next)
        },
        options,
        variants,
        custom_fields: Vec::new(),
        parts: Parts::default(),
        channels: vec![CHANNEL],
        total_sold: 0,
        view_count: rng.between(20, 9_000),
        others: Map::new(),
    }
}

/// One picture of each colour.
fn images(
    kind: &'static Kind,
    colors: &[&'static Color],
    modified: Timestamp,
    next: &mut Counters,
) -> Vec<Image> {
    colors
        .iter()
        .zip(0..)
        .map(|(color, place)| Image {
            id: take(&mut next.image),
            drawing: Drawing {
                shape: kind.shape,
                color,
            },
            is_thumbnail: place == 0,
            sort_order: place,
            description: if place == 0 {
                "".into()
            } else {
                format!("In {}", color.name).into()
            },
            modified,
        })
        .collect()
}

/// In a large shop what comes late comes in one colour: it has about three variants a product.
fn pick_colors(rng: &mut Rng, kind: &Kind, number: u64) -> Vec<&'static Color> {
    let most = if number < LARGE { kind.colors } else { 1 };
    let wanted = usize::try_from(rng.between(1, most)).unwrap_or(1);
    let mut colors: Vec<&'static Color> = Vec::new();
    while colors.len() < wanted {
        let color = &COLORS[rng.index(COLORS.len())];
        if !colors.contains(&color) {
            colors.push(color);
        }
    }
    colors
}

fn options(kind: &Kind, colors: &[&'static Color], first: u64) -> Vec<ProductOption> {
    let mut options = Vec::new();
    if colors.len() > 1 {
        options.push(ProductOption {
            id: first,
            name: "Color".into(),
            style: "swatch".into(),
            sort_order: 0,
            values: colors
                .iter()
                .zip(first * 20..)
                .zip(0..)
                .map(|((color, id), place)| {
                    value(id, place, color.name, ValueData::Color(color.hex))
                })
                .collect(),
            config: None,
        });
    }
    if let Some((name, values)) = kind.sizing.values() {
        let id = first + options.len() as u64;
        options.push(ProductOption {
            id,
            name: name.into(),
            style: "rectangles".into(),
            sort_order: if options.is_empty() { 0 } else { 1 },
            values: values
                .iter()
                .zip(id * 20..)
                .zip(0..)
                .map(|(((label, _), id), place)| value(id, place, label, ValueData::None))
                .collect(),
            config: None,
        });
    }
    options
}

fn value(id: u64, place: i64, label: &str, data: ValueData) -> OptionValue {
    OptionValue {
        id,
        label: Arc::from(label),
        sort_order: place,
        is_default: false,
        data,
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is needed once, and only here"
)]
fn variants(
    rng: &mut Rng,
    kind: &Kind,
    colors: &[&'static Color],
    options: &[ProductOption],
    sku: &str,
    number: u64,
    price: Cents,
    first: u64,
) -> Vec<Variant> {
    let one_size: &[(&str, &str)] = &[("", "")];
    let sizes = kind.sizing.values().map_or(one_size, |(_, values)| values);
    let color_option = options.iter().find(|option| option.name == "Color");
    let size_option = options.iter().find(|option| option.name != "Color");
    let mut variants = Vec::new();
    for (color_at, color) in colors.iter().enumerate() {
        for (size_at, (_, size_code)) in sizes.iter().enumerate() {
            let mut own = sku.to_owned();
            if color_option.is_some() {
                own.push('-');
                own.push_str(color.code);
            }
            if !size_code.is_empty() {
                own.push('-');
                own.push_str(size_code);
            }
            let at = variants.len() as u64;
            let chosen = [(color_option, color_at), (size_option, size_at)];
            let bigger = kind.sizing == Sizing::Volumes && size_at > 0;
            variants.push(Variant {
                id: first + at,
                sku: own.into(),
                upc: upc(number * 100 + at + 1).into(),
                price: bigger.then(|| Decimal::from_cents(price + Cents(600))),
                level: stock(rng),
                warning_level: 4,
                chosen: chosen
                    .iter()
                    .filter_map(|(option, at)| Some(choose((*option)?, *at)))
                    .collect(),
                color: Some(color),
                is_stocked: true,
                others: None,
            });
        }
    }
    variants
}

fn choose(option: &ProductOption, at: usize) -> Chosen {
    let value = &option.values[at];
    Chosen {
        option_id: option.id,
        name: option.name.clone(),
        value: Arc::clone(&value.label),
        value_id: value.id,
    }
}

/// Mostly enough, sometimes low, sometimes gone.
fn stock(rng: &mut Rng) -> u32 {
    let level = match rng.below(100) {
        0..6 => 0,
        6..16 => rng.between(1, 4),
        _rest => rng.between(6, 90),
    };
    u32::try_from(level).unwrap_or(0)
}

/// The first things of each kind are the house's own, and so is what bears its name.
fn brand(rng: &mut Rng, number: u64, name: &str) -> u64 {
    if number < 2 * KINDS.len() as u64 {
        return FIRST_BRAND;
    }
    let drawn = FIRST_BRAND + rng.index(BRANDS.len()) as u64;
    if name.starts_with(BRANDS[0]) {
        FIRST_BRAND
    } else {
        drawn
    }
}

/// Where it stands; now and then somewhere near besides.
fn categories(rng: &mut Rng, kind: &Kind) -> Vec<u64> {
    let mut categories = vec![FIRST_CATEGORY + kind.category as u64];
    if rng.chance(120) {
        categories.push(FIRST_CATEGORY + *rng.pick(NEIGHBORS[kind.category]));
    }
    categories
}

/// A number that looks like a UPC, check digit included.
fn upc(number: u64) -> String {
    let digits = format!("850{number:08}");
    let sum: u32 = digits
        .chars()
        .enumerate()
        .map(|(at, digit)| digit.to_digit(10).unwrap_or(0) * if at % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        let letter = match letter {
            'å' | 'ä' => 'a',
            'ø' | 'ö' => 'o',
            'é' | 'ë' => 'e',
            other => other,
        };
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug
}
