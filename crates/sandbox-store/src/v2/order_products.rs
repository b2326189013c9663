//! Lines of an order: added, changed, taken out.
//!
//! Source: BigCommerce REST reference, "Update an order": a line without an id is added, one with a
//! quantity of 0 goes, and one that is changed loses its discounts.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::order_fields::amount;
use super::order_line_fields::{Choice, choices, name, not_built, number, text, wrong_options};
use super::{invalid, order_line_fields};
use crate::decimal::Decimal;
use crate::gate::refusals;
use crate::http::Response;
use crate::money::{Cents, MOST_OF_A_LINE};
use crate::seed::catalog::take;
use crate::seed::orders::Counters;
use crate::seed::places::tax_in;
use crate::state::Store;
use crate::state::catalog::{Form, Product, Variant};
use crate::state::orders::{Chosen, Line, Order};
use crate::state::people::Address;

/// A line as a body gives it.
#[derive(Clone, Debug)]
pub(super) enum LineChange {
    Add(Box<NewLine>),
    Edit(LineEdit),
}

/// A line that is there, changed.
#[derive(Clone, Debug)]
pub(super) struct LineEdit {
    pub(super) id: u64,
    quantity: Option<u32>,
    /// Of one piece, without and with tax.
    prices: Option<(Cents, Cents)>,
    name: Option<Arc<str>>,
    sku: Option<Arc<str>>,
    upc: Option<Arc<str>>,
    /// What it is of; it stays so.
    product_id: Option<u64>,
    variant_id: Option<u64>,
    choices: Vec<Choice>,
}

/// A line that is not there yet.
#[derive(Clone, Debug)]
pub(super) struct NewLine {
    /// Everything but its id and its tax.
    line: Line,
    /// Of one piece, with tax; `None`: as the place taxes it.
    price_inc_tax: Option<Cents>,
}

impl LineChange {
    pub(super) fn read_all(store: &Store, value: &Value) -> Result<Vec<Self>, Box<Response>> {
        let Value::Array(items) = value else {
            return Err(invalid("products"));
        };
        items
            .iter()
            .map(|item| match item {
                Value::Object(fields) => Self::read(store, fields),
                _other => Err(invalid("products")),
            })
            .collect()
    }

    fn read(store: &Store, fields: &Map<String, Value>) -> Result<Self, Box<Response>> {
        order_line_fields::check(fields)?;
        if fields.contains_key("id") {
            LineEdit::read(fields).map(Self::Edit)
        } else {
            NewLine::read(store, fields).map(|line| Self::Add(Box::new(line)))
        }
    }
}

impl LineEdit {
    fn read(fields: &Map<String, Value>) -> Result<Self, Box<Response>> {
        let id = fields.get("id").and_then(Value::as_u64);
        Ok(Self {
            id: id.ok_or_else(|| invalid("id"))?,
            quantity: quantity(fields)?,
            prices: prices(fields)?,
            name: name(fields, false)?,
            sku: text(fields, "sku")?,
            upc: text(fields, "upc")?,
            product_id: number(fields, "product_id")?,
            variant_id: number(fields, "variant_id")?,
            choices: choices(fields)?,
        })
    }

    /// Whether it stays the line of what it is a line of.
    fn fits(&self, line: &Line) -> bool {
        let chosen = |choice: &Choice| {
            let mut options = line.options.iter();
            options.any(|each| (each.option_id, Some(each.value_id)) == *choice)
        };
        self.product_id.is_none_or(|id| id == line.product_id)
            && self.variant_id.is_none_or(|id| id == line.variant_id)
            && self.choices.iter().all(chosen)
    }
}

impl NewLine {
    fn read(store: &Store, fields: &Map<String, Value>) -> Result<Self, Box<Response>> {
        let prices = prices(fields)?;
        let quantity = quantity(fields)?
            .filter(|quantity| *quantity > 0)
            .ok_or_else(|| invalid("quantity"))?;
        let product = match number(fields, "product_id")? {
            None | Some(0) => None,
            Some(id) => {
                let product = store.world.product(id);
                Some(product.ok_or_else(|| invalid("product_id"))?)
            }
        };
        let name = name(fields, product.is_none())?;
        let sku = text(fields, "sku")?;
        let mut line = match product {
            Some(product) => {
                if sku.is_some() {
                    return Err(Box::new(refusals::v2_read_only("products.sku")));
                }
                let mut line = from_catalog(store, product, fields)?;
                line.name = name.unwrap_or(line.name);
                line
            }
            // A custom one says everything itself.
            None => {
                let name = name.ok_or_else(|| invalid("name"))?;
                if prices.is_none() {
                    return Err(invalid("price_inc_tax"));
                }
                if number(fields, "variant_id")?.is_some_and(|id| id > 0) {
                    return Err(invalid("variant_id"));
                }
                if !choices(fields)?.is_empty() {
                    return Err(wrong_options());
                }
                custom(name)
            }
        };
        line.sku = sku.unwrap_or(line.sku);
        line.upc = text(fields, "upc")?.unwrap_or(line.upc);
        line.quantity = quantity;
        if let Some((without, _)) = prices {
            line.price = without;
        }
        let price = prices.map_or(line.price, |(_, with)| with);
        if price * quantity > MOST_OF_A_LINE {
            return Err(invalid("quantity"));
        }
        Ok(Self {
            line,
            price_inc_tax: prices.map(|(_, with)| with),
        })
    }
}

fn quantity(fields: &Map<String, Value>) -> Result<Option<u32>, Box<Response>> {
    let Some(value) = fields.get("quantity") else {
        return Ok(None);
    };
    let quantity = value.as_u64().and_then(|count| u32::try_from(count).ok());
    quantity.map(Some).ok_or_else(|| invalid("quantity"))
}

/// Both or neither: one alone would leave the tax to chance.
fn prices(fields: &Map<String, Value>) -> Result<Option<(Cents, Cents)>, Box<Response>> {
    let price = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => amount(name, value).map(Some),
    };
    match (price("price_ex_tax")?, price("price_inc_tax")?) {
        (Some(without), Some(with)) if with >= without => Ok(Some((without, with))),
        (None, None) => Ok(None),
        (Some(_), Some(_) | None) => Err(invalid("price_inc_tax")),
        (None, Some(_)) => Err(invalid("price_ex_tax")),
    }
}

fn from_catalog(
    store: &Store,
    product: &Product,
    fields: &Map<String, Value>,
) -> Result<Line, Box<Response>> {
    let variant = variant_of(product, fields)?;
    let brand = store.world.brand(product.brand_id);
    Ok(Line {
        product_id: product.id,
        variant_id: variant.id,
        sku: Arc::clone(product.sku_of(variant)),
        brand: brand.map_or_else(|| Arc::from(""), |brand| Arc::clone(&brand.name)),
        upc: Arc::clone(product.upc_of(variant)),
        weight: variant.amount("weight").unwrap_or(product.weight),
        price: product.price_of(variant).cents(),
        cost: product.cost.cents(),
        options: Arc::clone(&variant.chosen),
        is_digital: product.form == Form::Digital,
        ..custom(Arc::clone(&product.name))
    })
}

/// By its id, or by what is chosen of each option.
fn variant_of<'a>(
    product: &'a Product,
    fields: &Map<String, Value>,
) -> Result<&'a Variant, Box<Response>> {
    let chosen = choices(fields)?;
    for (id, _) in &chosen {
        let mut modifiers = product.parts.modifiers.iter();
        if modifiers.any(|each| each["id"].as_u64() == Some(*id)) {
            return Err(not_built("modifiers in a line of an order"));
        }
    }
    let mut variants = product.variants.iter();
    let variant = if let Some(id) = number(fields, "variant_id")? {
        let variant = variants.find(|variant| variant.id == id);
        variant.ok_or_else(|| invalid("variant_id"))?
    } else if product.is_simple() {
        variants.next().ok_or_else(wrong_options)?
    } else {
        let fits = |each: &Chosen| chosen.contains(&(each.option_id, Some(each.value_id)));
        let variant =
            variants.find(|variant| !chosen.is_empty() && variant.chosen.iter().all(fits));
        variant.ok_or_else(wrong_options)?
    };
    let is_its = |choice: &Choice| {
        let mut options = variant.chosen.iter();
        options.any(|each| (each.option_id, Some(each.value_id)) == *choice)
    };
    if chosen.iter().all(is_its) {
        Ok(variant)
    } else {
        Err(wrong_options())
    }
}

/// A line of nothing in the catalog.
fn custom(name: Arc<str>) -> Line {
    let none: Arc<str> = "".into();
    Line {
        id: 0,
        product_id: 0,
        variant_id: 0,
        name,
        sku: Arc::clone(&none),
        brand: Arc::clone(&none),
        upc: none,
        weight: Decimal::ZERO,
        price: Cents::ZERO,
        cost: Cents::ZERO,
        quantity: 1,
        shipped: 0,
        refunded: 0,
        coupon: Cents::ZERO,
        discount: Cents::ZERO,
        tax: Cents::ZERO,
        options: Arc::new([]),
        is_digital: false,
    }
}

impl NewLine {
    /// The line itself, for an order that goes there.
    fn line(&self, to: &Address, next: &mut Counters) -> Line {
        let mut line = self.line.clone();
        line.id = take(&mut next.line);
        line.tax = match self.price_inc_tax {
            Some(with) => (with - line.price) * line.quantity,
            None => line.total_ex_tax().share(tax_in(&to.city, &to.state)),
        };
        line
    }
}

/// What stands against the changes: lines that are not there, or fewer pieces than have left.
pub(super) fn check(order: &Order, changes: &[LineChange]) -> Result<(), Box<Response>> {
    let mut gone = 0;
    for change in changes {
        let LineChange::Edit(edit) = change else {
            continue;
        };
        let line = order.lines.iter().find(|line| line.id == edit.id);
        let line = line.ok_or_else(|| invalid("id"))?;
        if !edit.fits(line) {
            let what = "another product, variant or option in a line that is there";
            return Err(not_built(what));
        }
        if edit.sku.is_some() && line.product_id > 0 {
            return Err(Box::new(refusals::v2_read_only("products.sku")));
        }
        if edit
            .quantity
            .is_some_and(|quantity| quantity < line.shipped)
        {
            return Err(invalid("quantity"));
        }
        let price = edit.prices.map_or(line.price, |(_, with)| with);
        if price * edit.quantity.unwrap_or(line.quantity) > MOST_OF_A_LINE {
            return Err(invalid("quantity"));
        }
        gone += usize::from(edit.quantity == Some(0));
    }
    let added = changes
        .iter()
        .filter(|change| matches!(change, LineChange::Add(_)));
    if order.lines.len() + added.count() <= gone {
        return Err(invalid("products"));
    }
    Ok(())
}

pub(super) fn apply(order: &mut Order, changes: &[LineChange], next: &mut Counters) {
    let to = Arc::clone(order.destination());
    let rate = tax_in(&to.city, &to.state);
    for change in changes {
        let edit = match change {
            LineChange::Add(line) => {
                order.lines.push(line.line(&to, next));
                continue;
            }
            LineChange::Edit(edit) => edit,
        };
        let Some(at) = order.lines.iter().position(|line| line.id == edit.id) else {
            continue;
        };
        lose_discounts(order, at);
        if edit.quantity == Some(0) {
            order.lines.remove(at);
            continue;
        }
        let line = &mut order.lines[at];
        line.quantity = edit.quantity.unwrap_or(line.quantity);
        for (place, text) in [
            (&mut line.name, &edit.name),
            (&mut line.sku, &edit.sku),
            (&mut line.upc, &edit.upc),
        ] {
            if let Some(text) = text {
                *place = Arc::clone(text);
            }
        }
        line.tax = match edit.prices {
            Some((without, with)) => {
                line.price = without;
                (with - without) * line.quantity
            }
            None => line.total_ex_tax().share(rate),
        };
    }
}

/// What a coupon or a promotion took off the line is taken off no more.
fn lose_discounts(order: &mut Order, at: usize) {
    let line = &mut order.lines[at];
    let (coupon, discount) = (line.coupon, line.discount);
    (line.coupon, line.discount) = (Cents::ZERO, Cents::ZERO);
    order.discount = order.discount - discount;
    if let Some(used) = &mut order.coupon {
        used.taken_off = used.taken_off - coupon;
    }
    order.coupon = order
        .coupon
        .take()
        .filter(|used| used.taken_off > Cents::ZERO);
}
