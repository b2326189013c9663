//! Habits of the wire about what is on the shelf, named as those in `quirks.rs` are.

use sandbox_store::{Store, step};
use serde_json::{Value, json};

use crate::pictures::form;
use crate::support::{all_of, data, get, ids_in, noon, post, put, read, refusal, shop};

const PRODUCTS: &str = "/v3/catalog/products";
const PRODUCT: &str = "/v3/catalog/products/111";

#[test]
fn section_3_an_address_of_a_picture_has_255_letters() {
    let mut store = shop();
    let of = |length: usize| {
        let start = "https://example.com/";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    let images = format!("{PRODUCT}/images");
    let variant = read(&mut store, &format!("{PRODUCT}/variants"))["data"][0]["id"].clone();
    let variant = format!("{PRODUCT}/variants/{variant}");
    for length in [255, 256] {
        let expected = if length == 255 { 200 } else { 422 };
        let body = json!({ "image_url": of(length) });
        assert_eq!(post(&mut store, &images, &body).status, expected);
        assert_eq!(put(&mut store, &variant, &body).status, expected);
        let inside = json!({ "images": [body] });
        assert_eq!(put(&mut store, PRODUCT, &inside).status, expected);
    }
}

#[test]
fn section_3_a_variant_has_one_picture_and_another_takes_its_place() {
    let mut store = shop();
    let variants = "/v3/catalog/products/112/variants";
    let own = read(&mut store, variants)["data"][0]["id"].clone();
    let own = format!("{variants}/{own}");
    for name in ["a", "b"] {
        let picture = json!({ "image_url": format!("https://example.com/{name}.png") });
        let told = data(&post(&mut store, &format!("{own}/image"), &picture));
        assert_eq!(told, picture);
        let whole = read(&mut store, &own)["data"].clone();
        assert_eq!(whole["image_url"], picture["image_url"]);
        assert!(whole.get("images").is_none(), "{whole}");
    }
}

#[test]
fn section_4_variants_come_fifty_at_a_time_unless_more_is_asked_for() {
    let mut store = shop();
    let page = read(&mut store, "/v3/catalog/variants");
    assert_eq!(page["meta"]["pagination"]["per_page"], 50);
    assert_eq!(page["data"].as_array().unwrap().len(), 50);
    let page = read(&mut store, "/v3/catalog/variants?limit=51");
    assert_eq!(page["data"].as_array().unwrap().len(), 51);
}

#[test]
fn section_4_a_keyword_looks_in_names_numbers_descriptions_and_brands() {
    let mut store = shop();
    let brand = read(&mut store, "/v3/catalog/brands?name=northfold")["data"][0].clone();
    for (name, field, value) in [
        ("Zyxword itself", "upc", json!("1")),
        ("By its number", "sku", json!("A-ZYXWORD-1")),
        (
            "By what is said of it",
            "description",
            json!("<p>A zyxword.</p>"),
        ),
        ("By its brand", "brand_name", json!("Zyxword & Sons")),
        ("Not by its place", "bin_picking_number", json!("zyxword")),
        (
            "Not by what is searched for",
            "search_keywords",
            json!("zyxword"),
        ),
        ("Not by its title", "page_title", json!("zyxword")),
    ] {
        let body =
            json!({ "name": name, "type": "physical", "weight": 1, "price": 1, field: value });
        assert_eq!(post(&mut store, PRODUCTS, &body).status, 200, "{name}");
    }
    let found = all_of(&mut store, &format!("{PRODUCTS}?keyword=zyxWORD"));
    let names: Vec<&str> = found
        .iter()
        .map(|each| each["name"].as_str().unwrap())
        .collect();
    let expected = [
        "Zyxword itself",
        "By its number",
        "By what is said of it",
        "By its brand",
    ];
    assert_eq!(names, expected);
    let of_brand = all_of(
        &mut store,
        &format!("{PRODUCTS}?limit=250&brand_id={}", brand["id"]),
    );
    let by_word = all_of(
        &mut store,
        &format!("{PRODUCTS}?limit=250&keyword=northfold"),
    );
    let by_word = ids_in(&by_word);
    assert!(!of_brand.is_empty() && ids_in(&of_brand).iter().all(|id| by_word.contains(id)));
}

#[test]
fn section_5_a_sale_price_of_nothing_is_none() {
    let mut store = shop();
    let price = |store: &mut Store, body: Value| {
        let changed = data(&put(store, "/v3/catalog/products/120", &body));
        changed["calculated_price"].as_f64().unwrap()
    };
    // JSON numbers that a float holds exactly.
    assert_eq!(
        price(&mut store, json!({ "price": 20, "sale_price": 15 })),
        15.0
    );
    assert_eq!(price(&mut store, json!({ "sale_price": 0 })), 20.0);
}

#[test]
fn section_5_a_hidden_price_has_a_label_of_zero_until_it_is_given_one() {
    let mut store = shop();
    let label = |store: &mut Store| {
        let product = read(store, PRODUCT)["data"].clone();
        (
            product["price_hidden_label"].clone(),
            product["preorder_message"].clone(),
        )
    };
    assert_eq!(label(&mut store), (json!("0"), json!("0")));
    let text = "é".repeat(200);
    assert_eq!(
        put(&mut store, PRODUCT, &json!({ "price_hidden_label": text })).status,
        200
    );
    assert_eq!(label(&mut store).0, text);
    let longer = json!({ "price_hidden_label": format!("{text}é") });
    assert_eq!(put(&mut store, PRODUCT, &longer).status, 422);
}

#[test]
fn section_6_options_and_modifiers_have_types_and_those_of_modifiers_are_more() {
    const BOTH: &[&str] = &[
        "radio_buttons",
        "rectangles",
        "dropdown",
        "product_list",
        "product_list_with_images",
        "swatch",
    ];
    const MODIFIERS: &[&str] = &[
        "date",
        "checkbox",
        "file",
        "text",
        "multi_line_text",
        "numbers_only_text",
    ];
    let mut store = shop();
    let own = json!({ "name": "Of all kinds", "type": "physical", "weight": 1, "price": 1 });
    let own = data(&post(&mut store, PRODUCTS, &own))["id"].clone();
    let mut answer = |list: &str, kind: &str| {
        let body = json!({ "display_name": format!("Of {kind}"), "type": kind, "required": false });
        post(&mut store, &format!("{PRODUCTS}/{own}/{list}"), &body)
    };
    for kind in BOTH {
        assert_eq!(data(&answer("options", kind))["type"], *kind);
        assert_eq!(data(&answer("modifiers", kind))["type"], *kind);
    }
    for kind in MODIFIERS {
        let refused = refusal(&answer("options", kind));
        let expected = json!({ "type": "error.expected.validenumvalue" });
        assert_eq!((refused.0, refused.2), (422, expected), "{kind}");
        assert_eq!(data(&answer("modifiers", kind))["type"], *kind);
    }
    assert_eq!(answer("modifiers", "slider").status, 422);
}

#[test]
fn section_6_a_picture_comes_as_a_file_or_by_its_address_one_at_a_time() {
    let mut store = shop();
    // Where `form` sends its files.
    let images = "/v3/catalog/products/112/images";
    let count = |store: &mut Store| all_of_pictures(store, images);
    let before = count(&mut store);
    let by_address = json!({ "image_url": "https://example.com/a.png" });
    assert_eq!(post(&mut store, images, &by_address).status, 200);
    let file = b"\x89PNG\r\n\x1a\n...";
    let sent = form(&[("image_file", Some("a.png"), file)]);
    assert_eq!(step(&mut store, sent, noon()).status, 200);
    assert_eq!(count(&mut store), before + 2);
    // No list of them, and no second file beside the first.
    let list = json!([by_address, by_address]);
    assert_eq!(post(&mut store, images, &list).status, 422);
    assert_eq!(count(&mut store), before + 2);
    let two = form(&[
        ("image_file", Some("b.png"), file),
        ("image_file", Some("c.png"), file),
    ]);
    assert_eq!(step(&mut store, two, noon()).status, 200);
    assert_eq!(count(&mut store), before + 3);
    // An address counts in JSON alone.
    let neither = form(&[("image_url", None, b"https://example.com/a.png")]);
    assert_eq!(step(&mut store, neither, noon()).status, 422);
}

fn all_of_pictures(store: &mut Store, target: &str) -> usize {
    let page = get(store, &format!("{target}?limit=250"));
    page.body_json().unwrap()["data"].as_array().unwrap().len()
}
