//! Pictures of products: the list of them, and the files themselves.

use sandbox_store::{Request, Store, step};
use serde_json::{Value, json};

use crate::support::{all_of, data, delete, get, noon, post, put, read, refusal, request, shop};

const IMAGES: &str = "/v3/catalog/products/112/images";

fn fetch(store: &mut Store, address: &str) -> sandbox_store::Response {
    let target = address.strip_prefix("http://shop.test").unwrap();
    step(store, Request::new("GET", target), noon())
}

/// Width and height as a PNG's header says.
fn size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    let at = |from: usize| u32::from_be_bytes(bytes[from..from + 4].try_into().unwrap());
    (at(16), at(20))
}

#[test]
fn every_address_of_every_picture_leads_to_a_picture_of_that_size() {
    let mut store = shop();
    let sizes = [
        ("url_tiny", (44, 58)),
        ("url_thumbnail", (220, 290)),
        ("url_standard", (386, 513)),
        ("url_zoom", (1280, 1280)),
    ];
    let mut seen = 0;
    for product in all_of(
        &mut store,
        "/v3/catalog/products?include=images&limit=5&id:max=113",
    ) {
        for image in product["images"].as_array().unwrap() {
            assert_eq!(image["product_id"], product["id"]);
            for (name, expected) in sizes {
                let response = fetch(&mut store, image[name].as_str().unwrap());
                assert_eq!(response.status, 200);
                assert_eq!(response.header("Content-Type"), Some("image/png"));
                assert_eq!(size(&response.body), expected, "{name}");
            }
            seen += 1;
        }
    }
    assert!(seen > 3);
}

#[test]
fn a_picture_may_be_kept_and_is_not_sent_twice() {
    let mut store = shop();
    let image = read(&mut store, "/v3/catalog/products/112?include=primary_image");
    let address = image["data"]["primary_image"]["url_thumbnail"]
        .as_str()
        .unwrap();
    let first = fetch(&mut store, address);
    assert_eq!(
        first.header("Cache-Control"),
        Some("public, max-age=31536000")
    );
    let tag = first.header("ETag").unwrap().to_owned();
    let target = address.strip_prefix("http://shop.test").unwrap();
    let again = Request::new("GET", target).with_header("If-None-Match", &tag);
    let again = step(&mut store, again, noon());
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("ETag"), Some(tag.as_str()));
    let other = Request::new("GET", target).with_header("If-None-Match", "\"other\"");
    assert_eq!(step(&mut store, other, noon()).status, 200);
}

#[test]
fn the_pictures_of_a_product_are_a_list_of_their_own() {
    let mut store = shop();
    let inline = read(&mut store, "/v3/catalog/products/112?include=images");
    let inline = inline["data"]["images"].as_array().unwrap().clone();
    assert!(inline.len() > 1, "one picture of each colour");
    assert_eq!(
        all_of_images(&mut store, &format!("{IMAGES}?limit=1")),
        inline
    );
    let id = &inline[1]["id"];
    assert_eq!(
        read(&mut store, &format!("{IMAGES}/{id}"))["data"],
        inline[1]
    );
    assert_eq!(get(&mut store, &format!("{IMAGES}/9")).status, 404);
    let few = read(&mut store, &format!("{IMAGES}?include_fields=url_tiny"));
    assert_eq!(few["data"][0].as_object().unwrap().len(), 2);
}

/// A page past the end of this list is an empty one.
fn all_of_images(store: &mut Store, target: &str) -> Vec<Value> {
    all_of(store, target)
}

#[test]
fn a_product_without_a_picture_has_no_list_of_them() {
    let mut store = shop();
    let made = json!({ "name": "Plain", "type": "physical", "weight": 1, "price": 1 });
    let id = data(&post(&mut store, "/v3/catalog/products", &made))["id"].clone();
    let none = get(&mut store, &format!("/v3/catalog/products/{id}/images"));
    assert_eq!((none.status, none.body.len()), (204, 0));
}

#[test]
fn a_picture_is_added_by_address_and_the_thumbnail_moves() {
    let mut store = shop();
    let before = all_of(&mut store, IMAGES);
    let body = json!({ "image_url": "https://example.com/a/tent-spr.png", "is_thumbnail": true, "description": "Pitched" });
    let response = post(&mut store, IMAGES, &body);
    let made = data(&response);
    assert!(response.effects.changed);
    assert_eq!(
        (&made["image_file"], &made["description"]),
        (&json!("tent-spr.png"), &json!("Pitched"))
    );
    assert_eq!(
        fetch(&mut store, made["url_tiny"].as_str().unwrap()).status,
        200
    );
    let after = all_of(&mut store, IMAGES);
    assert_eq!(after.len(), before.len() + 1);
    let thumbs: Vec<&Value> = after
        .iter()
        .filter(|image| image["is_thumbnail"] == true)
        .collect();
    assert_eq!(thumbs, [&made]);
    let product = read(&mut store, "/v3/catalog/products/112?include=primary_image");
    assert_eq!(product["data"]["primary_image"], made);
    assert_eq!(
        product["data"]["date_modified"],
        "2026-11-17T20:00:00+00:00"
    );
    // Without it the first one stands for the product again.
    let own = format!("{IMAGES}/{}", made["id"]);
    assert_eq!(delete(&mut store, &own).status, 204);
    assert_eq!(delete(&mut store, &own).status, 404);
    let left = all_of(&mut store, IMAGES);
    assert_eq!(left[0]["is_thumbnail"], true);
    assert_eq!(left.len(), before.len());
}

#[test]
fn one_picture_always_stands_for_the_product() {
    let mut store = shop();
    let made = json!({ "name": "Plain", "type": "physical", "weight": 1, "price": 1 });
    let id = data(&post(&mut store, "/v3/catalog/products", &made))["id"].clone();
    let images = format!("/v3/catalog/products/{id}/images");
    let first = json!({ "image_url": "https://example.com/a.png" });
    let first = data(&post(&mut store, &images, &first));
    assert_eq!(
        first["is_thumbnail"], true,
        "the first one does without being asked to"
    );
    let own = format!("{images}/{}", first["id"]);
    let declined = data(&put(&mut store, &own, &json!({ "is_thumbnail": false })));
    assert_eq!(declined["is_thumbnail"], true, "there is no other");
}

#[test]
fn another_picture_has_another_address() {
    let mut store = shop();
    let image = all_of(&mut store, IMAGES)[0].clone();
    let own = format!("{IMAGES}/{}", image["id"]);
    let described = data(&put(
        &mut store,
        &own,
        &json!({ "description": "d", "sort_order": -3 }),
    ));
    assert_eq!(
        (&described["description"], &described["sort_order"]),
        (&json!("d"), &json!(-3))
    );
    assert_eq!(described["url_tiny"], image["url_tiny"]);
    let url = json!({ "image_url": "https://example.com/mug-oat.jpg" });
    let replaced = data(&put(&mut store, &own, &url));
    assert_ne!(replaced["url_tiny"], image["url_tiny"]);
    let (old, new) = (
        fetch(&mut store, image["url_tiny"].as_str().unwrap()),
        fetch(&mut store, replaced["url_tiny"].as_str().unwrap()),
    );
    assert_ne!(old.body, new.body);
}

#[test]
fn what_is_no_address_is_refused_with_the_words_of_the_wire() {
    let mut store = shop();
    let long = format!("https://example.com/{}", "x".repeat(240));
    for address in [
        "",
        "tent.png",
        "/tent.png",
        "ftp://example.com/tent.png",
        "https://",
        &long,
    ] {
        let refused = post(&mut store, IMAGES, &json!({ "image_url": address }));
        let (status, title, _errors) = refusal(&refused);
        assert_eq!(status, 422, "{address}");
        if address.len() < 250 {
            assert_eq!(title, "The field 'image_url' is invalid.", "{address}");
        }
    }
    let none = (
        422,
        "image_url must be present if uploading by url".to_owned(),
        json!({}),
    );
    let missing = post(&mut store, IMAGES, &json!({ "description": "x" }));
    assert_eq!(refusal(&missing), none);
    // An address in a form is none either.
    let address: &[u8] = b"https://example.com/tent.png";
    for form in [form(&[]), form(&[("image_url", None, address)])] {
        assert_eq!(refusal(&step(&mut store, form, noon())), none);
    }
    let text = form(&[("image_file", Some("tent.png"), b"not a picture")]);
    assert_eq!(step(&mut store, text, noon()).status, 422);
    let mut half = form(&[("image_file", Some("tent.png"), b"\x89PNG...")]);
    half.body.truncate(60);
    assert_eq!(step(&mut store, half, noon()).status, 400);
}

#[test]
fn a_brand_takes_a_picture_in_a_form_and_nothing_else_for_one() {
    let mut store = shop();
    let to_brand = |mut form: Request| {
        form.path = form.path.replace("products/112/images", "brands/36/image");
        form
    };
    let file = Some("mark.png");
    let picture = form(&[("image_file", file, b"\x89PNG...")]);
    let mut half = picture.clone();
    half.body.truncate(60);
    for (refused, status) in [
        (form(&[("image_file", file, b"not a picture")]), 422),
        (form(&[("picture", file, b"\x89PNG...")]), 422),
        (form(&[]), 422),
        (half, 400),
    ] {
        let refused = step(&mut store, to_brand(refused), noon());
        assert_eq!(refused.status, status);
    }
    let brand = "/v3/catalog/brands/36";
    assert_eq!(read(&mut store, brand)["data"]["image_url"], "");
    let url = data(&step(&mut store, to_brand(picture), noon()))["image_url"].clone();
    assert_eq!(read(&mut store, brand)["data"]["image_url"], url);
}

#[tokio::test]
async fn a_picture_of_a_brand_is_kept_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let config = || sandbox_store::Config {
        data_file: Some(folder.path().join("store.jsonl")),
        ..crate::wire::config()
    };
    let store = sandbox_store::serve(config()).await.unwrap();
    let picture = form(&[("image_file", Some("mark.png"), b"\x89PNG...")]);
    let sent = crate::wire::ask(&store, "POST", "/v3/catalog/brands/36/image")
        .header("Content-Type", "multipart/form-data; boundary=xyz")
        .body(picture.body);
    assert_eq!(sent.send().await.unwrap().status(), 200);
    store.stop().await;
    let store = sandbox_store::serve(config()).await.unwrap();
    let brand = crate::wire::get(&store, "/v3/catalog/brands/36").await;
    let url = brand["data"]["image_url"].as_str().unwrap();
    assert!(url.ends_with("/product_images/brands/36/mark.png"), "{url}");
    store.stop().await;
}

/// The first variant of the product that `form` is about.
fn variant(page: &Value) -> String {
    format!(
        "/v3/catalog/products/112/variants/{}",
        page["data"][0]["id"]
    )
}

const VARIANTS: &str = "/v3/catalog/products/112/variants?limit=1";

#[test]
fn a_variant_takes_a_picture_in_a_form_and_nothing_else_for_one() {
    let mut store = shop();
    let variant = variant(&read(&mut store, VARIANTS));
    let to_variant = |mut form: Request| {
        form.path = format!("/stores/northfold{variant}/image");
        form
    };
    let before = read(&mut store, &variant)["data"]["image_url"].clone();
    let file = Some("mug-spr.png");
    let picture = form(&[("image_file", file, b"\x89PNG...")]);
    let mut half = picture.clone();
    half.body.truncate(60);
    for (refused, status) in [
        (form(&[("image_file", file, b"not a picture")]), 422),
        (form(&[("picture", file, b"\x89PNG...")]), 422),
        (
            form(&[("image_url", None, b"https://example.com/a.png")]),
            422,
        ),
        (form(&[]), 422),
        (half, 400),
    ] {
        let refused = step(&mut store, to_variant(refused), noon());
        assert_eq!((refused.status, refused.effects.changed), (status, false));
    }
    assert_eq!(read(&mut store, &variant)["data"]["image_url"], before);
    let url = data(&step(&mut store, to_variant(picture), noon()))["image_url"].clone();
    assert_eq!(read(&mut store, &variant)["data"]["image_url"], url);
    // The drawing that stands for it is there.
    let url = url.as_str().unwrap();
    assert!(url.contains("/mug-spr."), "{url}");
    assert_eq!(size(&fetch(&mut store, url).body), (386, 513));
}

#[tokio::test]
async fn a_picture_of_a_variant_is_kept_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let config = || sandbox_store::Config {
        data_file: Some(folder.path().join("store.jsonl")),
        ..crate::wire::config()
    };
    let store = sandbox_store::serve(config()).await.unwrap();
    let variant = variant(&crate::wire::get(&store, VARIANTS).await);
    let picture = form(&[("image_file", Some("mug-spr.png"), b"\x89PNG...")]);
    let sent = crate::wire::ask(&store, "POST", &format!("{variant}/image"))
        .header("Content-Type", "multipart/form-data; boundary=xyz")
        .body(picture.body);
    assert_eq!(sent.send().await.unwrap().status(), 200);
    store.stop().await;
    let store = sandbox_store::serve(config()).await.unwrap();
    let kept = crate::wire::get(&store, &variant).await;
    let url = kept["data"]["image_url"].as_str().unwrap();
    assert!(url.contains("/mug-spr."), "{url}");
    store.stop().await;
}

/// A form with these fields: name, name of the file, bytes.
pub(crate) fn form(fields: &[(&str, Option<&str>, &[u8])]) -> sandbox_store::Request {
    let mut ask =
        request("POST", IMAGES).with_header("Content-Type", "multipart/form-data; boundary=xyz");
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        body.extend_from_slice(
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--xyz--\r\n");
    ask.body = body;
    ask
}

#[test]
fn a_picture_can_be_sent_as_a_file() {
    let mut store = shop();
    let before = all_of(&mut store, IMAGES).len();
    let sent = form(&[
        ("image_file", Some("tent-spr.png"), b"\x89PNG\r\n\x1a\n..."),
        ("is_thumbnail", None, b"true"),
        ("sort_order", None, b"7"),
        ("description", None, b"The tent"),
    ]);
    let made = data(&step(&mut store, sent, noon()));
    assert_eq!(
        (
            &made["is_thumbnail"],
            &made["sort_order"],
            &made["description"]
        ),
        (&json!(true), &json!(7), &json!("The tent"))
    );
    assert_eq!(made["image_file"], "tent-spr.png");
    let all = all_of(&mut store, IMAGES);
    assert_eq!(all.len(), before + 1);
    let thumbnails = all.iter().filter(|image| image["is_thumbnail"] == true);
    assert_eq!(thumbnails.count(), 1);
}
