//! Products, their brands and what may be searched and sorted by.

use commerce::{
    Brand, BrandId, Category, CategoryId, InventoryTracking, Product, ProductId, ProductKind,
};
use mirror::{
    Area, Marks, Mirror, ProductNumbers, ProductSort, ProductsQuery, Query as _, StockIs,
    Unreadable, VisibilityIs,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{at, open, put};

pub(crate) fn product(id: u64) -> Product {
    Product {
        id: ProductId(id),
        kind: ProductKind::Physical,
        name: format!("Kettle {id}"),
        sku: format!("KE-{id:04}"),
        price: Decimal::new(1999, 2),
        cost_price: Decimal::ZERO,
        retail_price: Decimal::ZERO,
        sale_price: Decimal::ZERO,
        calculated_price: Decimal::new(1999, 2),
        weight: Decimal::ONE,
        is_visible: true,
        description: String::new(),
        inventory_tracking: InventoryTracking::Product,
        inventory_level: 10,
        inventory_warning_level: 3,
        upc: String::new(),
        mpn: String::new(),
        brand_id: None,
        category_ids: Vec::new().into(),
        base_variant_id: None,
        url: format!("/kettle-{id}/"),
        picture: None,
        created_at: at(0),
        modified_at: at(i64::try_from(id).unwrap()),
    }
}

fn found(mirror: &Mirror, query: &ProductsQuery) -> Vec<u64> {
    query.view(mirror).unwrap().iter().map(|id| id.0).collect()
}

fn search(mirror: &Mirror, text: &str) -> Vec<u64> {
    let query = ProductsQuery {
        search: text.into(),
        sort: ProductSort::Id,
        ..ProductsQuery::default()
    };
    found(mirror, &query)
}

#[test]
fn search_finds_by_everything_a_product_is_called() {
    let (_folder, mirror) = open();
    let known = Product {
        name: "Émaillé Kettle".into(),
        sku: "EM-77".into(),
        upc: "012345678905".into(),
        mpn: "MX-9".into(),
        brand_id: Some(BrandId(5)),
        description: "<p>Made in <b>Tarn</b>wood &amp; <i>oak</i></p>".into(),
        ..product(1)
    };
    put(&mirror, &[known, product(2)]);
    put(
        &mirror,
        &[Brand {
            id: BrandId(5),
            name: "Solveig & Sons".into(),
        }],
    );
    for text in [
        "émaillé",
        "ÉMAILLÉ",
        "em-77",
        "12345678905",
        "mx-9",
        "solveig",
        "kettle solveig",
        "oak",
        "wood & oak",
    ] {
        assert_eq!(search(&mirror, text), [1], "{text}");
    }
    assert_eq!(search(&mirror, "kettle"), [1, 2]);
    // Tags are not words, and a word that is broken by a tag is two.
    for text in ["<p>", "tarnwood", "emaille solveig oak7"] {
        assert!(search(&mirror, text).is_empty(), "{text}");
    }
}

#[test]
fn a_brand_that_is_renamed_is_found_by_its_new_name_only() {
    let (_folder, mirror) = open();
    let branded = Product {
        brand_id: Some(BrandId(5)),
        ..product(1)
    };
    let brand = |name: &str| Brand {
        id: BrandId(5),
        name: name.into(),
    };
    put(&mirror, &[branded]);
    put(&mirror, &[brand("Old Forge")]);
    let before = ProductsQuery::version(&mirror);
    put(&mirror, &[brand("New Forge")]);
    assert!(ProductsQuery::version(&mirror) > before);
    assert!(search(&mirror, "old forge").is_empty());
    assert_eq!(search(&mirror, "new forge"), [1]);
}

#[test]
fn lists_show_by_visibility_and_by_stock() {
    let (_folder, mirror) = open();
    let stock = |id, tracking, level| Product {
        inventory_tracking: tracking,
        inventory_level: level,
        is_visible: id != 3,
        ..product(id)
    };
    put(
        &mirror,
        &[
            stock(1, InventoryTracking::Product, 4),
            stock(2, InventoryTracking::Variant, 3),
            stock(3, InventoryTracking::Product, 0),
            stock(4, InventoryTracking::None, 0),
            stock(5, InventoryTracking::Product, -2),
        ],
    );
    let by = |stock, visibility| {
        let query = ProductsQuery {
            stock,
            visibility,
            sort: ProductSort::Id,
            ..ProductsQuery::default()
        };
        found(&mirror, &query)
    };
    assert_eq!(by(StockIs::Low, VisibilityIs::Any), [2]);
    assert_eq!(by(StockIs::Out, VisibilityIs::Any), [3, 5]);
    assert_eq!(by(StockIs::Out, VisibilityIs::Visible), [5]);
    assert_eq!(by(StockIs::Any, VisibilityIs::Hidden), [3]);
    assert_eq!(
        mirror.product_numbers().unwrap(),
        ProductNumbers {
            all: 5,
            low_stock: 1,
            out_of_stock: 2,
            hidden: 1,
            hidden_in_stock: 0,
            some_by_variant: true,
        }
    );
    // Hidden, with some left.
    put(&mirror, &[stock(3, InventoryTracking::Product, 2)]);
    assert_eq!(mirror.product_numbers().unwrap().hidden_in_stock, 1);
    put(&mirror, &[stock(3, InventoryTracking::Product, 0)]);
    // What isn't counted stands at the end, whichever way the column is turned.
    let sorted = |descending| {
        let query = ProductsQuery {
            sort: ProductSort::Stock,
            descending,
            ..ProductsQuery::default()
        };
        found(&mirror, &query)
    };
    assert_eq!(sorted(false), [5, 3, 2, 1, 4]);
    assert_eq!(sorted(true), [1, 2, 3, 5, 4]);
}

#[test]
fn a_shop_that_counts_by_variant_is_told_from_one_that_only_writes_of_it() {
    let (_folder, mirror) = open();
    let by_variant = || mirror.product_numbers().unwrap().some_by_variant;
    let writes = Product {
        description: r#""inventory_tracking":"variant""#.into(),
        ..product(1)
    };
    put(&mirror, &[writes, product(2)]);
    assert!(!by_variant());
    let counts = Product {
        inventory_tracking: InventoryTracking::Variant,
        ..product(2)
    };
    put(&mirror, &[counts]);
    assert!(by_variant());
    put(&mirror, &[product(2)]);
    assert!(!by_variant());
}

#[test]
fn prices_sort_by_amount_and_names_without_regard_to_letter_case() {
    let (_folder, mirror) = open();
    let priced = |id, name: &str, price: &str| Product {
        name: name.into(),
        price: price.parse().unwrap(),
        ..product(id)
    };
    put(
        &mirror,
        &[
            priced(1, "bell", "9.5"),
            priced(2, "Anvil", "100"),
            priced(3, "anchor", "9.49999"),
            priced(4, "Bell", "79228162514264337593543950335"),
        ],
    );
    let by = |sort| {
        found(
            &mirror,
            &ProductsQuery {
                sort,
                ..ProductsQuery::default()
            },
        )
    };
    assert_eq!(by(ProductSort::Price), [1, 3, 2, 4]);
    assert_eq!(by(ProductSort::Name), [3, 2, 1, 4]);
    assert_eq!(by(ProductSort::Sku), [1, 2, 3, 4]);
    assert_eq!(by(ProductSort::Modified), [1, 2, 3, 4]);
}

#[test]
fn a_product_that_was_deleted_is_not_brought_back_by_an_older_page() {
    let (_folder, mirror) = open();
    put(&mirror, &[product(1), product(2)]);
    let asked_before = mirror.stamp();
    let found_gone = mirror.stamp();
    assert!(mirror.remove_product(found_gone, ProductId(1)).unwrap());
    let report = mirror
        .put_page(asked_before, &[product(1)], &[], |_| Marks::default())
        .unwrap();
    assert_eq!((report.new, report.changed), (0, 0));
    assert_eq!(mirror.product(ProductId(1)).unwrap(), None);
    // Asked for later, it is there again: somebody has restored it.
    put(&mirror, &[product(1)]);
    assert!(mirror.product(ProductId(1)).unwrap().is_some());
}

#[test]
fn a_product_written_after_it_was_found_missing_stays() {
    let (_folder, mirror) = open();
    let asked = mirror.stamp();
    mirror.put_answer(&product(1)).unwrap();
    assert!(!mirror.remove_product(asked, ProductId(1)).unwrap());
    assert!(mirror.product(ProductId(1)).unwrap().is_some());
    // And it can still be brought up to date by a page asked for from now on.
    let renamed = Product {
        name: "Later".into(),
        ..product(1)
    };
    put(&mirror, &[renamed]);
    assert_eq!(mirror.product(ProductId(1)).unwrap().unwrap().name, "Later");
}

#[test]
fn a_removal_is_remembered_across_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.sqlite");
    let mirror = Mirror::open(&path).unwrap();
    for _ in 0..50 {
        let _ = mirror.stamp();
    }
    let asked = mirror.stamp();
    mirror.remove_product(asked, ProductId(1)).unwrap();
    drop(mirror);
    let mirror = Mirror::open(&path).unwrap();
    put(&mirror, &[product(1)]);
    assert!(mirror.product(ProductId(1)).unwrap().is_some());
}

#[test]
fn each_kind_of_thing_keeps_its_own_marks_and_what_could_not_be_read() {
    let (_folder, mirror) = open();
    let broken = Unreadable {
        id: "1".into(),
        path: "$.price".into(),
        reason: "not a number".into(),
    };
    let marks = Marks {
        pulled_to: Some(77),
        cursor: Some("eyJpZCI6NX0".into()),
        in_store: Some(9),
        ..Marks::default()
    };
    let (asked, kept) = (mirror.stamp(), marks.clone());
    mirror
        .put_page::<Product>(asked, &[], std::slice::from_ref(&broken), move |_| kept)
        .unwrap();
    assert_eq!(mirror.marks(Area::Products).unwrap(), marks);
    assert_eq!(mirror.marks(Area::Orders).unwrap(), Marks::default());
    // An order with the same number has nothing to do with it.
    put(&mirror, &[crate::order(1, 11, 0)]);
    assert_eq!(
        mirror.unreadable(20).unwrap(),
        [(Area::Products, broken.clone())]
    );
    put(&mirror, &[product(1)]);
    assert!(mirror.unreadable(20).unwrap().is_empty());
}

#[test]
fn what_is_no_longer_in_a_list_that_is_read_whole_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.sqlite");
    let mirror = Mirror::open(&path).unwrap();
    let category = |id| Category {
        id: CategoryId(id),
        parent_id: None,
        name: format!("Category {id}"),
    };
    put(&mirror, &[category(1), category(2)]);
    let since = mirror.stamp();
    put(&mirror, &[category(2), category(3)]);
    // The app may well end between the pages of one reading.
    drop(mirror);
    let mirror = Mirror::open(&path).unwrap();
    put(&mirror, &[category(4)]);
    assert_eq!(mirror.forget_unseen::<Category>(since).unwrap(), 1);
    let all = [1, 2, 3, 4].map(CategoryId);
    let left: Vec<u64> = mirror
        .categories(&all)
        .unwrap()
        .iter()
        .map(|category| category.id.0)
        .collect();
    assert_eq!(left, [2, 3, 4]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A search word finds exactly the products that have it in what they are called.
    #[test]
    fn a_word_finds_just_those_that_have_it(
        names in prop::collection::vec("[a-cA-C%_' <]{0,6}", 1..12),
        word in "[a-cA-C%_']{1,3}",
    ) {
        let (_folder, mirror) = open();
        let products: Vec<Product> = (1..)
            .zip(&names)
            .map(|(id, name)| Product { name: name.clone(), sku: String::new(), ..product(id) })
            .collect();
        put(&mirror, &products);
        let wanted: Vec<u64> = products
            .iter()
            .filter(|product| product.name.to_lowercase().contains(&word.to_lowercase()))
            .map(|product| product.id.0)
            .collect();
        prop_assert_eq!(search(&mirror, &word), wanted);
    }
}

#[test]
fn a_price_on_its_way_is_what_lists_show_until_it_is_settled_or_forgotten() {
    let (folder, mirror) = open();
    let dear = product(1);
    mirror.put_answer(&dear).unwrap();
    mirror.put_answer(&product(2)).unwrap();
    let by_price = ProductsQuery {
        sort: ProductSort::Price,
        descending: true,
        ..ProductsQuery::default()
    };
    let wanted = |price: &str| commerce::Change::Product {
        id: dear.id,
        before: commerce::ProductFields::default(),
        after: commerce::ProductFields {
            price: Some(price.parse().unwrap()),
            ..commerce::ProductFields::default()
        },
    };
    let first = |mirror: &Mirror| ProductId(found(mirror, &by_price)[0]);
    let pending = |entry: &str, price: &str| mirror::Pending {
        entry: entry.into(),
        change: wanted(price),
    };
    mirror.put_pending(&[pending("e", "500")]).unwrap();
    assert_eq!(first(&mirror), dear.id);
    // A refresh that still has the old price doesn't make it jump back, and the store's own word
    // stays what it was.
    mirror.put_answer(&dear).unwrap();
    assert_eq!(first(&mirror), dear.id);
    assert_eq!(mirror.product(dear.id).unwrap().unwrap().price, dear.price);
    mirror
        .remove_pending("e", commerce::Subject::Product(dear.id))
        .unwrap();
    assert_ne!(first(&mirror), dear.id);

    // What is on its way comes from the journal: a copy opened again knows nothing of it.
    mirror.put_pending(&[pending("f", "500")]).unwrap();
    drop(mirror);
    let mirror = Mirror::open(&folder.path().join("mirror.sqlite")).unwrap();
    assert_ne!(first(&mirror), dear.id);
}

#[test]
fn those_touched_since_a_moment_are_listed_and_counted() {
    let (_folder, mirror) = open();
    let touched = |id, second| Product {
        modified_at: at(second),
        ..product(id)
    };
    put(&mirror, &[touched(1, 30), touched(2, 10), touched(3, 20)]);
    let since = |second| {
        let query = ProductsQuery {
            modified_since: Some(at(second)),
            sort: ProductSort::Modified,
            ..ProductsQuery::default()
        };
        let listed = found(&mirror, &query);
        let counted = mirror.products_since(at(second)).unwrap();
        assert_eq!(counted as usize, listed.len());
        listed
    };
    assert_eq!(since(20), [3, 1]);
    assert_eq!(since(31), [0; 0]);
}
