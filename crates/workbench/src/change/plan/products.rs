//! Products in a plan.

use commerce::{
    AMOUNT_MAX, Change, Field, INVENTORY_LEVEL_MAX, InventoryTracking, MadeAs, PRODUCT_NAME_MAX,
    PriceChange, PriceRounding, Product, ProductFields, ProductId, ProductKind, SKU_MAX,
};
use rust_decimal::Decimal;

use super::{About, Earlier, LeftOutBecause, PlanItem, Planned, Present};
use crate::Error;

pub(super) fn set(
    present: &Present<'_>,
    id: ProductId,
    wanted: ProductFields,
    earlier: Earlier,
) -> Result<Planned, Error> {
    let Some(product) = present.store.mirror.product(id)? else {
        return Ok(Err(LeftOutBecause::NotHere));
    };
    let wanted = tidy(wanted);
    fits(&wanted)?;
    if wanted.kind.is_some() {
        return Err(Error::BadInput("kind"));
    }
    if let Some(taken) = taken(present, &wanted, Some(id))? {
        return Ok(Err(taken));
    }
    let tracking = wanted
        .inventory_tracking
        .unwrap_or(product.inventory_tracking);
    if wanted.inventory_level.is_some() && tracking == InventoryTracking::Variant {
        return Ok(Err(LeftOutBecause::StockIsPerVariant));
    }
    let change = |after: ProductFields| Change::Product {
        id,
        before: after.as_in(&product),
        after,
    };
    if present.meets_another(&change(wanted.clone())) {
        return Ok(Err(LeftOutBecause::ChangeOnItsWay));
    }
    let after = wanted.without_those_in(&wanted.as_in(&product));
    if after.is_empty() {
        return Ok(Err(LeftOutBecause::AlreadySo));
    }
    Ok(Ok(PlanItem {
        on_storefront: after.is_visible.unwrap_or(product.is_visible)
            && after.shows_on_storefront()
            || after.is_visible == Some(false),
        moves_price_far: moves_price_far(&product, &after),
        change: change(after),
        about: about(&product),
        undoes: earlier.undoes,
        retries: earlier.retries,
    }))
}

/// Moves a product's price. A price that stays as it is leaves the product out.
pub(super) fn move_price(
    present: &Present<'_>,
    id: ProductId,
    change: PriceChange,
    rounding: PriceRounding,
) -> Result<Planned, Error> {
    let Some(product) = present.store.mirror.product(id)? else {
        return Ok(Err(LeftOutBecause::NotHere));
    };
    let Some(price) = change.of(product.price, rounding) else {
        return Ok(Err(LeftOutBecause::PriceOutOfBounds));
    };
    let wanted = ProductFields {
        price: Some(price),
        ..ProductFields::default()
    };
    set(present, id, wanted, Earlier::default())
}

/// Whether a price can be moved so at all.
pub(super) fn price_draft_fits(change: PriceChange, rounding: PriceRounding) -> Result<(), Error> {
    let max = Decimal::from(AMOUNT_MAX);
    let fits = match change {
        PriceChange::To(amount) => !amount.is_sign_negative() && amount <= max,
        PriceChange::By(amount) => amount.abs() <= max,
        PriceChange::ByPercent(percent) => {
            percent >= Decimal::NEGATIVE_ONE * Decimal::ONE_HUNDRED && percent <= max
        }
    };
    if !fits {
        return Err(Error::BadInput("price"));
    }
    let fits = match rounding {
        PriceRounding::Places(places) => places <= 4,
        PriceRounding::EndingIn(end) => {
            !end.is_sign_negative() && end < Decimal::ONE && end.scale() <= 4
        }
    };
    if fits {
        Ok(())
    } else {
        Err(Error::BadInput("rounding"))
    }
}

pub(super) fn create(
    present: &Present<'_>,
    wanted: ProductFields,
    earlier: Earlier,
) -> Result<Planned, Error> {
    let mut after = tidy(wanted);
    fits(&after)?;
    // What BigCommerce asks for always, with the values a person would expect for the rest.
    let (Some(name), Some(_)) = (after.name.clone(), after.price) else {
        return Err(Error::BadInput(if after.name.is_none() {
            "name"
        } else {
            "price"
        }));
    };
    after.kind.get_or_insert(ProductKind::Physical);
    after.weight.get_or_insert(Decimal::ZERO);
    // The store's own default is to show it; a person decides that, so it is always said.
    let is_visible = *after.is_visible.get_or_insert(false);
    if after.inventory_level.is_some() {
        after
            .inventory_tracking
            .get_or_insert(InventoryTracking::Product);
    }
    if let Some(taken) = taken(present, &after, None)? {
        return Ok(Err(taken));
    }
    let sku = after.sku.clone().unwrap_or_default();
    let change = Change::CreateProduct { after };
    if present.meets_another(&change) {
        return Ok(Err(LeftOutBecause::ChangeOnItsWay));
    }
    Ok(Ok(PlanItem {
        change,
        about: About::Product { name, sku },
        on_storefront: is_visible,
        moves_price_far: false,
        undoes: earlier.undoes,
        retries: earlier.retries,
    }))
}

/// Deletes what was made from here, as long as nobody has worked on it since.
pub(super) fn delete(
    present: &Present<'_>,
    id: ProductId,
    made_as: MadeAs,
    earlier: Earlier,
) -> Result<Planned, Error> {
    let Some(product) = present.store.mirror.product(id)? else {
        return Ok(Err(LeftOutBecause::NotHere));
    };
    if !made_as.is_still(&product) {
        return Ok(Err(LeftOutBecause::ChangedSince));
    }
    let before = MadeAs {
        fields: made_as.fields.as_in(&product),
        ..made_as
    };
    let change = Change::DeleteProduct { id, before };
    if present.meets_another(&change) {
        return Ok(Err(LeftOutBecause::ChangeOnItsWay));
    }
    Ok(Ok(PlanItem {
        change,
        about: about(&product),
        on_storefront: product.is_visible,
        moves_price_far: false,
        undoes: earlier.undoes,
        retries: earlier.retries,
    }))
}

fn about(product: &Product) -> About {
    About::Product {
        name: product.name.clone(),
        sku: product.sku.clone(),
    }
}

/// Blanks around a name or a SKU are slips of the hand; the store would cut them off, too.
fn tidy(wanted: ProductFields) -> ProductFields {
    ProductFields {
        name: wanted.name.map(|text| text.trim().to_owned()),
        sku: wanted.sku.map(|text| text.trim().to_owned()),
        ..wanted
    }
}

fn fits(wanted: &ProductFields) -> Result<(), Error> {
    let length = |text: &Option<String>| text.as_ref().map(|text| text.chars().count());
    if length(&wanted.name).is_some_and(|length| length == 0 || length > PRODUCT_NAME_MAX) {
        return Err(Error::BadInput("name"));
    }
    if length(&wanted.sku).is_some_and(|length| length > SKU_MAX) {
        return Err(Error::BadInput("sku"));
    }
    let amounts = [
        (wanted.price, "price"),
        (wanted.cost_price, "costPrice"),
        (wanted.sale_price, "salePrice"),
        (wanted.weight, "weight"),
    ];
    for (amount, field) in amounts {
        let fits = amount.is_none_or(|amount| {
            !amount.is_sign_negative() && amount <= Decimal::from(AMOUNT_MAX) && amount.scale() <= 4
        });
        if !fits {
            return Err(Error::BadInput(field));
        }
    }
    match wanted.inventory_level {
        Some(level) if !(0..=INVENTORY_LEVEL_MAX).contains(&level) => {
            Err(Error::BadInput("inventoryLevel"))
        }
        Some(_) | None => Ok(()),
    }
}

/// What the store would refuse because another product has it.
fn taken(
    present: &Present<'_>,
    wanted: &ProductFields,
    but: Option<ProductId>,
) -> Result<Option<LeftOutBecause>, Error> {
    let mirror = &present.store.mirror;
    if let Some(name) = &wanted.name
        && (present.is_given(Field::Name, name)
            || mirror
                .product_named(name)?
                .is_some_and(|id| Some(id) != but))
    {
        return Ok(Some(LeftOutBecause::NameTaken));
    }
    if let Some(sku) = wanted.sku.as_ref().filter(|sku| !sku.is_empty())
        && (present.is_given(Field::Sku, sku)
            || mirror
                .product_with_sku(sku)?
                .is_some_and(|id| Some(id) != but))
    {
        return Ok(Some(LeftOutBecause::SkuTaken));
    }
    Ok(None)
}

/// A price that moves by more than half, a sale that takes off more than half, or what shoppers pay that moves
/// by more than half, is more often a slip than a wish.
fn moves_price_far(product: &Product, after: &ProductFields) -> bool {
    let far =
        |from: Decimal, to: Decimal| !from.is_zero() && (to - from).abs() * Decimal::TWO > from;
    // A sale price of 0 is none.
    let paid = |price: Decimal, sale: Decimal| if sale.is_zero() { price } else { sale };
    let price = after.price.unwrap_or(product.price);
    let sale = after.sale_price.unwrap_or(product.sale_price);
    let begins = after.sale_price.filter(|sale| !sale.is_zero());
    far(product.price, price)
        || begins.is_some_and(|sale| far(price, sale))
        || far(paid(product.price, product.sale_price), paid(price, sale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far(now: &str, price: Option<&str>, sale: Option<&str>) -> bool {
        far_on_sale(now, "0", price, sale)
    }

    fn far_on_sale(now: &str, at: &str, price: Option<&str>, sale: Option<&str>) -> bool {
        let amount = |text: &str| text.parse().unwrap();
        let product = Product {
            price: amount(now),
            sale_price: amount(at),
            ..testkit::product(1)
        };
        let after = ProductFields {
            price: price.map(amount),
            sale_price: sale.map(amount),
            ..ProductFields::default()
        };
        moves_price_far(&product, &after)
    }

    #[test]
    fn a_price_moved_by_more_than_half_is_asked_about_twice() {
        assert!(!far("20", Some("10"), None));
        assert!(far("20", Some("9.99"), None));
        assert!(!far("20", Some("30"), None));
        assert!(far("20", Some("30.01"), None));
        // A price where there was none is no move.
        assert!(!far("0", Some("30"), None));
    }

    #[test]
    fn a_sale_that_takes_off_more_than_half_is_asked_about_twice() {
        assert!(!far("20", None, Some("15")));
        assert!(far("20", None, Some("1.5")));
        assert!(!far("20", None, Some("0")));
        assert!(far("20", Some("16"), Some("7.99")));
    }

    #[test]
    fn what_shoppers_pay_is_asked_about_twice_where_it_moves_by_more_than_half() {
        assert!(far_on_sale("100", "60", None, Some("20")));
        assert!(far_on_sale("100", "55", None, Some("100")));
        // The sale is over, and all of the price is back.
        assert!(far_on_sale("100", "60", None, Some("0")));
        assert!(!far_on_sale("100", "80", None, Some("0")));
        assert!(!far_on_sale("100", "60", None, Some("70")));
        // Nobody pays the price while there is a sale, and it is asked about all the same.
        assert!(far_on_sale("100", "60", Some("200"), None));
        assert!(!far_on_sale("100", "60", Some("110"), None));
        assert!(far_on_sale("100", "20", None, Some("60")));
        assert!(far_on_sale("100", "20", None, Some("0")));
    }

    #[test]
    fn amounts_are_kept_within_what_the_store_takes() {
        let with = |price: &str| ProductFields {
            price: Some(price.parse().unwrap()),
            ..ProductFields::default()
        };
        assert!(fits(&with("0")).is_ok());
        assert!(fits(&with("19.9999")).is_ok());
        assert!(fits(&with("-1")).is_err());
        assert!(fits(&with("1.00001")).is_err());
        assert!(fits(&with("10000000000")).is_err());
    }
}
