use commerce::{
    CurrencyCode, InventoryTracking, Money, Picture, Product, ProductKind,
    WeightUnit as StoresWeightUnit,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use workbench::{ProductDetail as Found, ProductRow as Row, parts::journal::Entry};

use super::{Terms, activity_row, instant, latest, money, pending, tracking};
use crate::dto::*;

pub(crate) fn product_row(
    row: &Row,
    currency: CurrencyCode,
    weight_unit: Option<StoresWeightUnit>,
) -> ProductRow {
    let product = &row.product;
    ProductRow {
        id: product.id.to_string(),
        name: product.name.clone(),
        sku: product.sku.clone(),
        brand: row.brand.clone(),
        price: money(Money::new(product.price, currency)),
        sale_price: given(product.sale_price, currency),
        is_visible: product.is_visible,
        stock: stock(product),
        inventory_level: whole(product.inventory_level),
        has_variants: product.base_variant_id.is_none(),
        modified_at: known(product.modified_at),
        picture: product.picture.as_ref().map(picture),
        pending: pending(&row.changes, terms(currency, weight_unit)),
    }
}

pub(crate) fn product_detail(found: &Found) -> ProductDetail {
    let (product, currency) = (&found.product, found.currency);
    let terms = terms(currency, found.weight_unit);
    let amount = |amount| money(Money::new(amount, currency));
    let history = |entry: &Entry| activity_row(entry, &product.name, terms);
    ProductDetail {
        id: product.id.to_string(),
        name: product.name.clone(),
        sku: product.sku.clone(),
        is_digital: product.kind == ProductKind::Digital,
        price: amount(product.price),
        cost_price: given(product.cost_price, currency),
        sale_price: given(product.sale_price, currency),
        retail_price: given(product.retail_price, currency),
        calculated_price: amount(product.calculated_price),
        weight: number(product.weight),
        is_visible: product.is_visible,
        description: product.description.clone(),
        inventory_tracking: tracking(product.inventory_tracking),
        inventory_level: whole(product.inventory_level),
        inventory_warning_level: whole(product.inventory_warning_level),
        stock: stock(product),
        upc: product.upc.clone(),
        mpn: product.mpn.clone(),
        brand: found.brand.clone(),
        categories: found
            .categories
            .iter()
            .map(|names| CategoryPath {
                names: names.clone(),
            })
            .collect(),
        has_variants: product.base_variant_id.is_none(),
        url: product.url.clone(),
        picture: product.picture.as_ref().map(picture),
        created_at: known(product.created_at),
        modified_at: known(product.modified_at),
        pending: pending(&latest(&found.entries), terms),
        draft: found.draft.as_ref().map(ToString::to_string),
        history: found.entries.iter().map(history).collect(),
    }
}

const fn terms(currency: CurrencyCode, weight_unit: Option<StoresWeightUnit>) -> Terms<'static> {
    Terms {
        statuses: &[],
        currency: Some(currency),
        weight_unit,
    }
}

pub(crate) fn picture(picture: &Picture) -> PictureDto {
    PictureDto {
        version: workbench::picture_version(picture),
        description: picture.description.clone(),
    }
}

/// An amount where 0 stands for none.
fn given(amount: Decimal, currency: CurrencyCode) -> Option<MoneyDto> {
    (!amount.is_zero()).then(|| money(Money::new(amount, currency)))
}

/// A moment where the epoch stands for none.
pub(crate) fn known(at: Timestamp) -> Option<String> {
    (at != Timestamp::UNIX_EPOCH).then(|| instant(at))
}

pub(crate) fn number(number: Decimal) -> String {
    number.normalize().to_string()
}

/// The store counts stock in 32 bits.
fn whole(pieces: i64) -> i32 {
    i32::try_from(pieces).unwrap_or(if pieces < 0 { i32::MIN } else { i32::MAX })
}

fn stock(product: &Product) -> StockState {
    if product.inventory_tracking == InventoryTracking::None {
        StockState::Uncounted
    } else if product.is_out_of_stock() {
        StockState::Out
    } else if product.is_low_in_stock() {
        StockState::Low
    } else {
        StockState::Enough
    }
}
