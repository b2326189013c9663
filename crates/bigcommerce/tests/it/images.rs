//! Pictures on their way to the store: as a file, and as an address.

use bigcommerce::{
    Kind, Lane,
    request::{ListQuery, images, products},
};
use commerce::{ImageEdit, ProductId};
use sandbox_store::{Scopes, Sizes};
use serde_json::json;

use crate::{
    sandbox::Shop,
    support::{Stage, answer, simulated},
};

/// A black dot, with bytes that are no text.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn words() -> ImageEdit {
    ImageEdit {
        description: Some("A kettle, »small«".to_owned()),
        sort_order: Some(4),
        ..ImageEdit::default()
    }
}

/// As the store answers to both. Shape: BigCommerce REST reference, "Create a product image".
fn made() -> serde_json::Value {
    json!({"data": {"id": 9, "product_id": 7, "is_thumbnail": false, "sort_order": 4,
        "description": "A kettle", "image_file": "k/1/kettle.gif", "url_zoom": "", "url_standard": "",
        "url_thumbnail": "", "url_tiny": "", "date_modified": "2026-03-02T09:15:00+00:00"}, "meta": {}})
}

#[test]
fn a_file_goes_out_as_a_form_with_every_byte_of_it() {
    simulated(async {
        let stage = Stage::new([answer(200, made())]);
        let file = images::ImageFile::new("kettle.gif", GIF.to_vec()).unwrap();
        let upload = images::upload(ProductId(7), &file, &words());
        assert_eq!(
            upload.kind(),
            Kind::Once,
            "a second time is a second picture"
        );
        let image = stage.send(upload, Lane::Edit, 9).await.unwrap().value;
        assert_eq!(image.id.0, 9);

        let sent = stage.script.requests().remove(0);
        assert!(
            sent.url.ends_with("/v3/catalog/products/7/images"),
            "{}",
            sent.url
        );
        let media_type = sent
            .headers
            .iter()
            .find(|(name, _)| *name == "Content-Type");
        let boundary = media_type
            .and_then(|(_, value)| value.strip_prefix("multipart/form-data; boundary="))
            .unwrap();
        let body = sent.body.unwrap();
        let has = |part: &[u8]| body.windows(part.len()).any(|window| window == part);
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"image_file\"; \
             filename=\"kettle.gif\"\r\nContent-Type: image/gif\r\n\r\n"
        );
        let mut part = head.into_bytes();
        part.extend_from_slice(GIF);
        part.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        assert!(body.ends_with(&part), "the file comes last and whole");
        assert!(has(
            "name=\"description\"\r\n\r\nA kettle, »small«\r\n".as_bytes()
        ));
        assert!(has(b"name=\"sort_order\"\r\n\r\n4\r\n"));
        assert!(!has(b"image_url"));
    });
}

#[test]
fn an_address_goes_out_as_json_and_no_file_with_it() {
    simulated(async {
        let stage = Stage::new([answer(200, made())]);
        let image = ImageEdit {
            image_url: Some("https://pictures.example/kettle.png".to_owned()),
            ..words()
        };
        let add = images::add(ProductId(7), &image);
        assert_eq!(add.kind(), Kind::Once, "a second time is a second picture");
        stage.send(add, Lane::Edit, 9).await.unwrap();

        let sent = stage.script.requests().remove(0);
        assert!(
            sent.url.ends_with("/v3/catalog/products/7/images"),
            "{}",
            sent.url
        );
        assert!(
            sent.headers
                .contains(&("Content-Type", "application/json".to_owned()))
        );
        let body: serde_json::Value = serde_json::from_slice(&sent.body.unwrap()).unwrap();
        let expected = json!({"image_url": "https://pictures.example/kettle.png",
            "description": "A kettle, »small«", "sort_order": 4});
        assert_eq!(body, expected);
    });
}

#[tokio::test]
async fn a_store_has_both_pictures_afterwards_and_says_what_is_wrong_with_an_address() {
    let sizes = Sizes {
        products: 3,
        orders: 0,
        customers: 0,
    };
    let shop = Shop::open(Scopes::All, sizes).await;
    let product = shop.first(products::list(&products::ProductsQuery::new()));
    let product = product.await.unwrap().id;
    let pictures = images::list(product, &ListQuery::new());
    let before = shop.first_page(pictures.clone()).await.len();

    let file = images::ImageFile::new("kettle.gif", GIF.to_vec()).unwrap();
    let by_file = shop
        .send(&images::upload(product, &file, &words()))
        .await
        .unwrap();
    let address = |address: &str| ImageEdit {
        image_url: Some(address.to_owned()),
        description: Some("From elsewhere".to_owned()),
        ..ImageEdit::default()
    };
    let by_address = images::add(product, &address("https://pictures.example/kettle.png"));
    let by_address = shop.send(&by_address).await.unwrap();

    let after = shop.first_page(pictures).await;
    assert_eq!(after.len(), before + 2);
    let described = |id| {
        let image = after.iter().find(|image| image.id == id).unwrap();
        (image.description.as_str(), image.sort_order)
    };
    assert_eq!(described(by_file.id), ("A kettle, »small«", 4));
    assert_eq!(described(by_address.id).0, "From elsewhere");

    let error = shop
        .send(&images::add(product, &address("kettle.png")))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "invalid", "{error:?}");
    shop.stop().await;
}

#[tokio::test]
async fn every_kind_of_picture_that_a_store_takes_is_sent_as_what_it_is() {
    let sizes = Sizes {
        products: 3,
        orders: 0,
        customers: 0,
    };
    let shop = Shop::open(Scopes::All, sizes).await;
    let product = shop.first(products::list(&products::ProductsQuery::new()));
    let product = product.await.unwrap().id;
    let xbm = b"#define k_width 8\n#define k_height 1\nstatic char k_bits[] = { 0x18 };\n";
    let kinds: [(&str, &[u8]); 7] = [
        ("image/bmp", b"BM...."),
        ("image/gif", GIF),
        ("image/jpeg", b"\xFF\xD8\xFF\xE0...."),
        ("image/png", b"\x89PNG\r\n\x1A\n...."),
        ("image/vnd.wap.wbmp", b"\0\0\x08\x01\x18"),
        ("image/webp", b"RIFF....WEBP...."),
        ("image/x-xbitmap", xbm),
    ];
    for (kind, bytes) in kinds {
        let file = images::ImageFile::new("kettle", bytes.to_vec()).unwrap();
        assert!(format!("{file:?}").contains(kind), "{file:?}");
        let upload = images::upload(product, &file, &words());
        shop.send(&upload).await.unwrap();
    }
    shop.stop().await;
}
