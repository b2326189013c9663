//! Pictures, from the sandbox store's own host over real HTTP.

use bigcommerce::PictureKind;
use commerce::{Picture, Product, ProductId};
use desk::ProfileKey;
use mirror::ProductsQuery;
use workbench::{Error, PictureSize, Workbench};

use crate::world::{World, asked, control, sandbox, straight};

/// A product that has a picture.
pub(crate) async fn with_picture(bench: &Workbench, store: &ProfileKey) -> Product {
    let query = ProductsQuery::default();
    let (_, view) = bench.open_list(store, query).await.unwrap();
    for id in view.iter() {
        let detail = bench.product(store, *id).await.unwrap();
        if detail.product.picture.is_some() {
            return detail.product;
        }
    }
    panic!("no product has a picture");
}

async fn started() -> (World, Product) {
    let world = World::start(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let product = with_picture(&world.bench, &world.store).await;
    (world, product)
}

async fn times_asked(world: &World) -> usize {
    let is_picture = |line: &&String| line.contains("/product_images/");
    asked(&world.control)
        .await
        .iter()
        .filter(is_picture)
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_fetched_once_and_then_comes_from_this_computer() {
    let (world, product) = started().await;
    let thumbnail = || {
        world
            .bench
            .picture(&world.store, product.id, PictureSize::Thumbnail)
    };
    let first = thumbnail().await.unwrap();
    assert_eq!(first.kind, PictureKind::Png);
    assert_eq!(times_asked(&world).await, 1);
    assert_eq!(thumbnail().await.unwrap(), first);
    assert_eq!(times_asked(&world).await, 1);
    let large = world
        .bench
        .picture(&world.store, product.id, PictureSize::Standard)
        .await
        .unwrap();
    assert!(large.bytes.len() > first.bytes.len());
    // Also without the store, and after a restart.
    let world = world.reopened(straight()).await;
    control(
        &world.control,
        "POST",
        "/faults",
        r#"{"rules":[{"match":{"path":"/product_images/**"},"fault":{"kind":"resetBefore"}}]}"#,
    )
    .await;
    let again = world
        .bench
        .picture(&world.store, product.id, PictureSize::Thumbnail)
        .await;
    assert_eq!(again.unwrap(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_can_t_be_had_is_not_asked_for_again_at_once() {
    let (world, product) = started().await;
    // The store says that the picture lies where there is none.
    let lost = Product {
        picture: Some(Picture {
            thumbnail: "http://127.0.0.1:9/product_images/none.png".into(),
            standard: String::new(),
            description: String::new(),
        }),
        ..product.clone()
    };
    world.put(&lost);
    for _ in 0..3 {
        let shown = world
            .bench
            .picture(&world.store, product.id, PictureSize::Thumbnail)
            .await;
        assert!(matches!(shown, Err(Error::NotFound)), "{shown:?}");
    }
    assert_eq!(times_asked(&world).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_are_not_the_stores_are_never_asked() {
    let (world, product) = started().await;
    // Somebody listens on another address of this computer.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let elsewhere = listener.local_addr().unwrap();
    for address in [
        "https://cdn11.bigcommerce.com/a.png".to_owned(),
        "http://10.0.0.1/a.png".to_owned(),
        "file:///etc/hostname".to_owned(),
        format!("http://user@{elsewhere}/a.png"),
    ] {
        let odd = Product {
            picture: Some(Picture {
                thumbnail: address.clone(),
                standard: String::new(),
                description: String::new(),
            }),
            ..product.clone()
        };
        world.put(&odd);
        let shown = world
            .bench
            .picture(&world.store, product.id, PictureSize::Thumbnail)
            .await;
        assert!(matches!(shown, Err(Error::NotFound)), "{address}");
    }
    assert_eq!(times_asked(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_here_has_no_picture() {
    let (world, _) = started().await;
    let shown = world
        .bench
        .picture(&world.store, ProductId(99_999_999), PictureSize::Standard)
        .await;
    assert!(matches!(shown, Err(Error::NotFound)));
}
