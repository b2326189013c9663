//! Draws the catalog.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::kinds::{BRANDS, CATEGORIES, COLORS, Color, FIRST_CATEGORY, KINDS, Kind, LINES, Sizing};
use super::rng::Rng;
use super::{back, later};
use crate::money::Cents;
use crate::state::catalog::{Product, ProductOption, Tracking, Variant};
use crate::state::orders::Chosen;

/// Id of the first product.
const FIRST_PRODUCT: u64 = 111;

pub(super) fn draw_all(seed: u64, today: Timestamp, count: u32) -> Vec<Product> {
    let mut names = Names::default();
    let mut next_variant = 301;
    let mut next_option = 151;
    (0..u64::from(count))
        .map(|number| {
            let mut rng = Rng::for_thing(seed, "product", number);
            let kind = &KINDS[usize::try_from(number).unwrap_or(0) % KINDS.len()];
            let (name, price, code) = names.next(kind, &mut rng);
            let draft = Draft {
                number,
                kind,
                name,
                price,
                code,
            };
            let product = draw(&mut rng, today, draft, next_variant, next_option);
            next_variant += product.variants.len() as u64;
            next_option += product.options.len() as u64;
            product
        })
        .collect()
}

/// Hands out names, each once, and a SKU piece that nobody else has.
#[derive(Default)]
struct Names {
    given: BTreeSet<String>,
    codes: BTreeSet<String>,
}

impl Names {
    fn next(&mut self, kind: &Kind, rng: &mut Rng) -> (String, Cents, String) {
        let own = kind
            .models
            .iter()
            .find(|(name, _)| !self.given.contains(*name))
            .map(|(name, cents)| ((*name).to_owned(), Cents(*cents)));
        let (name, price) = own.unwrap_or_else(|| {
            let dollars = rng.between(kind.dollars.0, kind.dollars.1);
            let cents = if rng.chance(350) { 95 } else { 0 };
            let price = Cents(i64::try_from(dollars).unwrap_or(0) * 100 + cents);
            (self.drawn(kind, rng), price)
        });
        self.given.insert(name.clone());
        let code = self.code(&name);
        (name, price, code)
    }

    fn drawn(&self, kind: &Kind, rng: &mut Rng) -> String {
        for edition in 1_u32.. {
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
        let mut code = letters.clone();
        let mut number = 1;
        while !self.codes.insert(code.clone()) {
            number += 1;
            code = format!("{letters}{number}");
        }
        code
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

fn draw(
    rng: &mut Rng,
    today: Timestamp,
    draft: Draft,
    next_variant: u64,
    next_option: u64,
) -> Product {
    let Draft {
        number,
        kind,
        name,
        price,
        code,
    } = draft;
    let colors = pick_colors(rng, kind);
    let options = options(kind, &colors, next_option);
    let sku = format!("NF-{code}");
    let variants = variants(
        rng,
        kind,
        &colors,
        &options,
        &sku,
        number,
        price,
        next_variant,
    );
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
    let house = number < 2 * KINDS.len() as u64;
    Product {
        id: FIRST_PRODUCT + number,
        kind,
        sku: sku.into(),
        upc: upc(number * 100).into(),
        description: format!(
            "<p><strong>{name}</strong></p><p>{} Made to be mended: send it back and we do.</p>",
            kind.about
        ),
        slug: slug(&name),
        name: name.into(),
        price,
        cost: price.share(u32::try_from(rng.between(38_000, 58_000)).unwrap_or(50_000)),
        sale: if rng.chance(80) {
            price.share(80_000)
        } else {
            Cents::ZERO
        },
        retail: if rng.chance(120) {
            price.share(115_000)
        } else {
            Cents::ZERO
        },
        weight_lb_hundredths: u32::try_from(rng.between(kind.weight.0, kind.weight.1)).unwrap_or(0),
        categories: categories(rng, kind),
        brand: if house { 0 } else { rng.index(BRANDS.len()) },
        is_visible: !rng.chance(45),
        is_featured: rng.chance(60),
        is_free_shipping: rng.chance(15),
        level: stock(rng),
        warning_level: 5,
        tracking,
        created,
        modified,
        picture: if rng.chance(20) {
            None
        } else {
            colors.first().copied()
        },
        options,
        variants,
        total_sold: 0,
        view_count: rng.between(20, 9_000),
    }
}

fn pick_colors(rng: &mut Rng, kind: &Kind) -> Vec<&'static Color> {
    let wanted = usize::try_from(rng.between(1, kind.colors)).unwrap_or(1);
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
            name: "Color",
            style: "swatch",
            values: colors
                .iter()
                .zip(first * 20..)
                .map(|(color, id)| (id, Arc::from(color.name), Some(color.hex)))
                .collect(),
        });
    }
    if let Some((name, values)) = kind.sizing.values() {
        let id = first + options.len() as u64;
        options.push(ProductOption {
            id,
            name,
            style: "rectangles",
            values: values
                .iter()
                .zip(id * 20..)
                .map(|((label, _), value)| (value, Arc::from(*label), None))
                .collect(),
        });
    }
    options
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
                price: bigger.then(|| price + Cents(600)),
                level: stock(rng),
                warning_level: 4,
                chosen: chosen
                    .iter()
                    .filter_map(|(option, at)| Some(choose((*option)?, *at)))
                    .collect(),
                color: Some(color),
            });
        }
    }
    variants
}

fn choose(option: &ProductOption, at: usize) -> Chosen {
    let (value_id, value, _) = &option.values[at];
    Chosen {
        option_id: option.id,
        name: option.name,
        value: Arc::clone(value),
        value_id: *value_id,
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

fn categories(rng: &mut Rng, kind: &Kind) -> Vec<u64> {
    let own = FIRST_CATEGORY + kind.category as u64;
    let mut categories = vec![own];
    if rng.chance(120) {
        let other = FIRST_CATEGORY + rng.below(CATEGORIES.len() as u64);
        if other != own {
            categories.push(other);
        }
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

pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        let letter = match letter {
            'å' | 'ä' => 'a',
            'ø' | 'ö' => 'o',
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
