//! A product as it was when it was made, to be told from one that somebody has worked on since.

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{BrandId, CategoryId, Field, Product, ProductFields, VariantId};

/// How much later than its answer says a store may date its own making of a product: it dates in whole
/// seconds, and may book something right behind the answer.
const AFTERWORK: SignedDuration = SignedDuration::from_secs(2);

/// What the store said of a product when it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeAs {
    /// The fields that can be changed from here, as far as the store spoke of them.
    #[serde(flatten)]
    pub fields: ProductFields,
    /// When the store last touched it, or when it was made where it was [found](MadeAs::found_as) only later;
    /// `None` where the store did not say, or that was not written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified_at: Option<Timestamp>,
    /// What else a list tells of it; `None` where that was not written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<ProductRest>,
}

/// What a list tells of a product beyond the fields that can be changed from here, as far as it stays what it
/// is while nobody touches it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductRest {
    /// The manufacturer's suggested price.
    pub retail_price: Decimal,
    /// At or below this the stock is low.
    pub inventory_warning_level: i64,
    /// Universal product code.
    pub upc: String,
    /// Manufacturer's part number.
    pub mpn: String,
    /// Brand.
    pub brand_id: Option<BrandId>,
    /// Categories it stands in.
    pub category_ids: Vec<CategoryId>,
    /// The variant that stands for the product itself.
    pub base_variant_id: Option<VariantId>,
    /// Address on the storefront.
    pub url: String,
    /// It has a picture.
    pub has_picture: bool,
}

impl From<ProductFields> for MadeAs {
    fn from(fields: ProductFields) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }
}

impl MadeAs {
    /// All that `product` says.
    #[must_use]
    pub fn all_of(product: &Product) -> Self {
        let is_dated = product.modified_at != Timestamp::UNIX_EPOCH;
        Self {
            fields: ProductFields::all_of(product),
            modified_at: is_dated.then_some(product.modified_at),
            rest: Some(ProductRest {
                retail_price: product.retail_price,
                inventory_warning_level: product.inventory_warning_level,
                upc: product.upc.clone(),
                mpn: product.mpn.clone(),
                brand_id: product.brand_id,
                category_ids: product.category_ids.items.clone(),
                base_variant_id: product.base_variant_id,
                url: product.url.clone(),
                has_picture: product.picture.is_some(),
            }),
        }
    }

    /// All that `product` says, which was found only some time after it was made. What somebody has done to it
    /// until then is no part of its making, so anything that the store dates later than that counts as done since.
    #[must_use]
    pub fn found_as(product: &Product) -> Self {
        let is_dated = product.created_at != Timestamp::UNIX_EPOCH;
        Self {
            modified_at: is_dated.then_some(product.created_at),
            ..Self::all_of(product)
        }
    }

    /// The same of only those fields that `said` accepts.
    #[must_use]
    pub fn only(self, said: impl Fn(Field) -> bool) -> Self {
        Self {
            fields: self.fields.only(said),
            ..self
        }
    }

    /// Nobody has touched `product` since, as far as can be seen: each field is as it was, and so is all else
    /// that was written down.
    ///
    /// Of a product that the store dates no later than its making, what no list tells (custom fields, further
    /// pictures) can't be seen.
    #[must_use]
    pub fn is_still(&self, product: &Product) -> bool {
        self.has_fields_of(product) && self.has_rest_of(product)
    }

    /// Each field that can be changed from here is as it was.
    #[must_use]
    pub fn has_fields_of(&self, product: &Product) -> bool {
        self.fields.as_in(product).reads_like(&self.fields)
    }

    /// All else is as it was, and the store has not touched it since.
    #[must_use]
    pub fn has_rest_of(&self, product: &Product) -> bool {
        let is_touched = self
            .modified_at
            .is_some_and(|made| product.modified_at.duration_since(made) > AFTERWORK);
        !is_touched && self.rest.as_ref().is_none_or(|rest| rest.is_of(product))
    }

    /// `product` with what was written down beyond the fields in it.
    #[must_use]
    pub fn put_rest_into(&self, product: &Product) -> Product {
        let mut product = product.clone();
        product.modified_at = self.modified_at.unwrap_or(product.modified_at);
        if let Some(rest) = &self.rest {
            product.retail_price = rest.retail_price;
            product.inventory_warning_level = rest.inventory_warning_level;
            product.upc.clone_from(&rest.upc);
            product.mpn.clone_from(&rest.mpn);
            product.brand_id = rest.brand_id;
            product.category_ids = rest.category_ids.clone().into();
            product.base_variant_id = rest.base_variant_id;
            product.url.clone_from(&rest.url);
            product.picture = product.picture.filter(|_| rest.has_picture);
        }
        product
    }
}

impl ProductRest {
    fn is_of(&self, product: &Product) -> bool {
        let sorted = |ids: &[CategoryId]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        let Self {
            retail_price,
            inventory_warning_level,
            upc,
            mpn,
            brand_id,
            category_ids,
            base_variant_id,
            url,
            has_picture,
        } = self;
        *retail_price == product.retail_price
            && *inventory_warning_level == product.inventory_warning_level
            && *upc == product.upc
            && *mpn == product.mpn
            && *brand_id == product.brand_id
            && sorted(category_ids) == sorted(&product.category_ids.items)
            // The store gives it these itself, and need not have had them ready when it answered.
            && (base_variant_id.is_none() || *base_variant_id == product.base_variant_id)
            && (url.is_empty() || *url == product.url)
            && *has_picture == product.picture.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{InventoryTracking, Picture, ProductId, ProductKind};

    fn product() -> Product {
        Product {
            id: ProductId(7),
            kind: ProductKind::Physical,
            name: "Field kettle".into(),
            sku: "KET-1".into(),
            price: 20.into(),
            cost_price: Decimal::ZERO,
            retail_price: Decimal::ZERO,
            sale_price: Decimal::ZERO,
            calculated_price: 20.into(),
            weight: 1.into(),
            is_visible: false,
            description: String::new(),
            inventory_tracking: InventoryTracking::None,
            inventory_level: 0,
            inventory_warning_level: 0,
            upc: String::new(),
            mpn: String::new(),
            brand_id: None,
            category_ids: vec![CategoryId(3), CategoryId(2)].into(),
            base_variant_id: Some(VariantId(70)),
            url: "/field-kettle/".into(),
            picture: None,
            created_at: at(100),
            modified_at: at(100),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn edited(edit: impl FnOnce(&mut Product)) -> Product {
        let mut product = product();
        edit(&mut product);
        product
    }

    #[test]
    fn whatever_a_list_tells_of_a_product_shows_that_somebody_has_worked_on_it() {
        let made = MadeAs::all_of(&product());
        assert!(made.is_still(&product()));
        let picture = || Picture {
            thumbnail: String::new(),
            standard: String::new(),
            description: String::new(),
        };
        let edits = [
            edited(|it| it.price = 21.into()),
            edited(|it| it.retail_price = 30.into()),
            edited(|it| it.inventory_warning_level = 2),
            edited(|it| it.upc = "036000291452".into()),
            edited(|it| it.mpn = "K-1".into()),
            edited(|it| it.brand_id = Some(BrandId(4))),
            edited(|it| it.category_ids.items.push(CategoryId(9))),
            edited(|it| it.base_variant_id = None),
            edited(|it| it.url = "/kettle/".into()),
            edited(|it| it.picture = Some(picture())),
            edited(|it| it.modified_at = at(103)),
        ];
        for edit in &edits {
            assert!(!made.is_still(edit), "{edit:?}");
        }
        let same = edited(|it| it.category_ids.items.reverse());
        assert!(made.is_still(&same), "their order says nothing");
    }

    #[test]
    fn a_store_may_date_its_own_making_a_moment_later_than_its_answer_says() {
        let made = MadeAs::all_of(&product());
        assert!(made.is_still(&edited(|it| it.modified_at = at(102))));
        let bare = edited(|it| {
            it.base_variant_id = None;
            it.url = String::new();
            it.modified_at = Timestamp::UNIX_EPOCH;
        });
        let bare = MadeAs::all_of(&bare);
        assert!(bare.is_still(&product()), "it said nothing of these yet");
    }

    #[test]
    fn what_was_found_later_is_still_as_made_only_if_nobody_touched_it_before_it_was_found() {
        let untouched = edited(|it| it.modified_at = at(102));
        assert!(MadeAs::found_as(&untouched).is_still(&untouched));
        let edited_before = edited(|it| it.modified_at = at(103));
        assert!(!MadeAs::found_as(&edited_before).is_still(&edited_before));
        let undated = edited(|it| {
            it.created_at = Timestamp::UNIX_EPOCH;
            it.modified_at = Timestamp::UNIX_EPOCH;
        });
        assert!(MadeAs::found_as(&undated).is_still(&undated));
    }

    #[test]
    fn what_was_written_down_before_the_rest_was_is_compared_by_its_fields_alone() {
        let old = serde_json::to_string(&ProductFields::all_of(&product())).unwrap();
        let old: MadeAs = serde_json::from_str(&old).unwrap();
        assert_eq!(old, MadeAs::from(ProductFields::all_of(&product())));
        assert!(old.is_still(&edited(|it| it.upc = "036000291452".into())));
        assert!(!old.is_still(&edited(|it| it.price = 21.into())));
        let new = MadeAs::all_of(&product());
        let text = serde_json::to_string(&new).unwrap();
        assert_eq!(serde_json::from_str::<MadeAs>(&text).unwrap(), new);
    }

    #[test]
    fn what_an_answer_leaves_out_counts_as_it_was() {
        let made = MadeAs::all_of(&product());
        let now = edited(|it| {
            it.brand_id = Some(BrandId(4));
            it.category_ids = Vec::new().into();
            it.modified_at = at(500);
        });
        assert!(made.is_still(&made.put_rest_into(&now)));
    }
}
