//! However pages fall, every order is here once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use commerce::{CategoryId, OrderId, Preset, ProductId, StoreInfo, WeightUnit};
use credentials::HandedText;
use mirror::{Area, CustomersQuery, ProductSort, ProductsQuery};
use rust_decimal::Decimal;
use sandbox_store::{Config, Sizes, Strict};
use workbench::{AreaState, Error, Handed, Phase, StoreState};

use crate::world::{
    Bend, TOKEN, World, asked, control, elsewhere, sandbox, save_as, small, straight,
};

/// A store that gives smaller pages than it is asked for, as the reference leaves open.
fn smaller_pages() -> Bend {
    Arc::new(|mut request| {
        request.url = request.url.replace("limit=250", "limit=50");
        Box::pin(async { request })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_smaller_pages_than_asked_for_loses_no_order() {
    let running = sandbox(430).await;
    let world = World::start(running, smaller_pages()).await;
    let state = world.until(|state| state.refreshed_at.is_some()).await;
    let orders = world.orders().await;
    assert_eq!(
        Some(u32::try_from(orders.len()).unwrap()),
        state.orders_in_store
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_placed_and_touched_during_the_first_pull_are_neither_lost_nor_doubled() {
    let running = sandbox(430).await;
    let origin = running.control_origin.clone().unwrap();
    let pages = Arc::new(AtomicU32::new(0));
    let bend: Bend = Arc::new(move |mut request| {
        let (origin, pages) = (origin.clone(), Arc::clone(&pages));
        Box::pin(async move {
            request.url = request.url.replace("limit=250", "limit=50");
            if request.url.contains("limit=50") {
                // Every page finds the store changed: two new orders, and an old one touched.
                let page = pages.fetch_add(1, Ordering::SeqCst);
                if page < 8 {
                    control(&origin, "POST", "/orders", r#"{"count":2}"#).await;
                    let touched = format!("/orders/{}", 48_219 - 30 * u64::from(page));
                    control(&origin, "POST", &touched, r#"{"staff_notes":"touched"}"#).await;
                }
            }
            request
        })
    });
    let world = World::start(running, bend).await;
    let counted_first = world
        .until(|state| state.refreshed_at.is_some())
        .await
        .orders_in_store
        .unwrap();
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| state.orders == counted_first + 16)
        .await;

    let orders = world.orders().await;
    let mut once = orders.clone();
    once.dedup();
    assert_eq!(orders, once);
    let new: Vec<u64> = orders.iter().copied().filter(|id| *id > 48_219).collect();
    assert_eq!(new, (48_220..48_236).collect::<Vec<_>>());
}

/// The area as the window is told of it.
fn area(state: &StoreState, area: Area) -> AreaState {
    let found = state.areas.iter().find(|one| one.area == area);
    found.cloned().unwrap()
}

fn is_complete(state: &StoreState) -> bool {
    state.refreshed_at.is_some() && state.areas.iter().all(|area| area.is_complete)
}

async fn products(world: &World) -> Vec<ProductId> {
    let query = ProductsQuery {
        sort: ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.to_vec()
}

async fn customers(world: &World) -> usize {
    let query = CustomersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.len()
}

async fn fault(origin: &str, rule: &str) {
    let rules = format!(r#"{{"rules":[{rule}]}}"#);
    control(origin, "POST", "/faults", &rules).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn however_small_the_pages_every_product_and_customer_is_here_once() {
    let config = Config {
        sizes: Sizes {
            products: 130,
            orders: 20,
            customers: 170,
        },
        ..small(20)
    };
    let running = Strict::serve(config).await.unwrap();
    let world = World::start(running, smaller_pages()).await;
    let state = world.until(is_complete).await;
    let found = products(&world).await;
    assert_eq!(found.len(), 130);
    assert_eq!(customers(&world).await, 170);
    let told = area(&state, Area::Products);
    assert_eq!((told.here, told.in_store), (130, Some(130)));
    // Brands and categories came along.
    let mut has_brand = false;
    let mut has_category = false;
    for id in found {
        let detail = world.bench.product(&world.store, id).await.unwrap();
        has_brand |= !detail.brand.is_empty();
        has_category |= !detail.categories.is_empty();
    }
    assert!(has_brand && has_category);
}

#[tokio::test(flavor = "multi_thread")]
async fn something_of_every_list_is_here_before_the_rest_of_any() {
    let running = sandbox(430).await;
    let control = running.control_origin.clone().unwrap();
    let world = World::start(running, smaller_pages()).await;
    world.until(is_complete).await;
    let asked = asked(&control).await;
    let first = |what: &str| {
        // Connecting asks for one of each; pulling asks for fifty.
        let is_page = |line: &String| line.contains(what) && line.contains("limit=50");
        asked.iter().position(is_page).unwrap()
    };
    let second_of_orders = asked
        .iter()
        .position(|line| line.contains("/v2/orders?") && line.contains("max_id"))
        .unwrap();
    assert!(first("/v2/orders?") < first("/v3/catalog/products?"));
    assert!(first("/v3/catalog/products?") < second_of_orders);
    assert!(first("/v3/customers?") < second_of_orders);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_token_may_not_read_is_named_and_stops_nothing_else() {
    let scopes = "store_v2_information_read_only,store_v2_orders,store_v2_products";
    let config = Config {
        scopes: scopes.parse().unwrap(),
        ..small(20)
    };
    let running = Strict::serve(config).await.unwrap();
    let control = running.control_origin.clone().unwrap();
    let world = World::start(running, straight()).await;
    let state = world.until(|state| state.refreshed_at.is_some()).await;
    assert_eq!(state.trouble, None);
    assert!(matches!(
        area(&state, Area::Customers).out_of_reach,
        Some(Error::Api(bigcommerce::Error::MissingScope { .. }))
    ));
    for area in [Area::Orders, Area::Products] {
        let told = self::area(&state, area);
        assert!(told.is_complete && told.out_of_reach.is_none(), "{told:?}");
    }
    assert_eq!(products(&world).await.len(), 30);
    // A token's scopes never change, so it isn't asked again and again.
    let tries = |asked: Vec<String>| {
        let is_try = |line: &&String| line.contains("/v3/customers?") && line.contains("limit=250");
        asked.iter().filter(is_try).count()
    };
    let before = tries(asked(&control).await);
    assert_eq!(before, 1);
    // Unless a person asks for it.
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until_so(async |_| tries(asked(&control).await) == before + 1)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_orders_products_come_all_the_same() {
    let running = sandbox(20).await;
    let control = running.control_origin.clone().unwrap();
    let refusal = r#"{"match":{"path":"/v2/order**"},"fault":{"kind":"status","status":403,"body":"{\"status\":403,\"title\":\"You don't have a required scope to access the endpoint\",\"type\":\"\",\"errors\":{}}","headers":{"Content-Type":"application/json"}}}"#;
    let origin = control.clone();
    let bend: Bend = Arc::new(move |request| {
        let origin = origin.clone();
        Box::pin(async move {
            // Connecting has found out by then.
            if request.url.contains("/v2/order_statuses") {
                fault(&origin, refusal).await;
            }
            request
        })
    });
    let world = World::start(running, bend).await;
    let state = world
        .until(|state| area(state, Area::Customers).is_complete && state.trouble.is_some())
        .await;
    assert!(matches!(
        state.trouble,
        Some(Error::Api(bigcommerce::Error::MissingScope { .. }))
    ));
    assert_eq!(products(&world).await.len(), 30);
    assert_eq!(customers(&world).await, 40);
}

const CATEGORIES: &str = "/v3/catalog/trees/categories";

/// Makes so many categories and gives their numbers.
async fn make_categories(origin: &str, names: std::ops::Range<u32>) -> Vec<u64> {
    let one = |name| serde_json::json!({"name": format!("Shelf {name}"), "tree_id": 1});
    let all = serde_json::Value::Array(names.map(one).collect());
    let made = elsewhere(origin, "POST", CATEGORIES, &all.to_string()).await;
    let made = made["data"].as_array().unwrap();
    let number = |one: &serde_json::Value| one["category_id"].as_u64().unwrap();
    made.iter().map(number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_is_here_though_others_were_deleted_and_made_between_two_pages() {
    let running = sandbox(0).await;
    let origin = running.origin.clone();
    let mut made = Vec::new();
    for part in 0..8 {
        made.extend(make_categories(&origin, part * 40..(part + 1) * 40).await);
    }
    let gone = made.remove(0);
    let pages = Arc::new(AtomicU32::new(0));
    let bend: Bend = Arc::new(move |request| {
        let (origin, pages) = (origin.clone(), Arc::clone(&pages));
        Box::pin(async move {
            let is_page = request.url.contains(CATEGORIES);
            if is_page && pages.fetch_add(1, Ordering::SeqCst) == 1 {
                // As many as before, and yet one has moved onto the page that was read.
                let path = format!("{CATEGORIES}?category_id:in={gone}");
                elsewhere(&origin, "DELETE", &path, "").await;
                make_categories(&origin, 900..901).await;
            }
            request
        })
    });
    let world = World::start(running, bend).await;
    world.until(is_complete).await;
    let numbers: Vec<CategoryId> = made.iter().map(|id| CategoryId(*id)).collect();
    let here = world.copy().categories(&numbers).unwrap();
    let here: Vec<u64> = here.iter().map(|one| one.id.0).collect();
    let missing: Vec<_> = made.iter().filter(|id| !here.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_the_store_can_t_give_stops_no_other() {
    let running = sandbox(20).await;
    let control = running.control_origin.clone().unwrap();
    let gone = |path| {
        format!(r#"{{"match":{{"path":"{path}"}},"fault":{{"kind":"status","status":404}}}}"#)
    };
    fault(&control, &gone("/v3/catalog/trees/categories")).await;
    let world = World::start(running, straight()).await;
    let state = world.until(is_complete).await;
    assert_eq!(state.trouble, None);
    assert!(state.areas.iter().all(|area| area.out_of_reach.is_none()));
    assert_eq!(products(&world).await.len(), 30);
    assert_eq!(customers(&world).await, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_changes_in_the_store_changes_here_and_one_that_goes_goes() {
    let running = sandbox(20).await;
    let control_origin = running.control_origin.clone().unwrap();
    let world = World::start(running, straight()).await;
    world.until(is_complete).await;
    let (bench, store) = (&world.bench, &world.store);
    let ids = products(&world).await;
    let (touched, gone) = (ids[7], ids[11]);
    let path = format!("/products/{touched}");
    control(
        &control_origin,
        "POST",
        &path,
        r#"{"name":"Renamed elsewhere"}"#,
    )
    .await;
    bench.refresh_now(store).await.unwrap();
    world
        .until_so(async |world| {
            let detail = world.bench.product(store, touched).await.unwrap();
            detail.product.name == "Renamed elsewhere"
        })
        .await;

    let path = format!("/products/{gone}");
    control(&control_origin, "DELETE", &path, "").await;
    // Deletions are told by nobody, so it stays until it is asked for.
    assert!(products(&world).await.contains(&gone));
    assert!(matches!(
        bench.refresh_product(store, gone).await,
        Err(Error::NotFound)
    ));
    assert!(!products(&world).await.contains(&gone));
    assert!(matches!(
        bench.product(store, gone).await,
        Err(Error::NotFound)
    ));
    bench.refresh_product(store, touched).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_can_t_be_read_is_named_and_the_others_come() {
    let running = sandbox(20).await;
    let control_origin = running.control_origin.clone().unwrap();
    let odd = r#"{"match":{"path":"/v3/catalog/products"},"fault":{"kind":"unreadable","at":2,"field":"price","value":{"odd":1}}}"#;
    fault(&control_origin, odd).await;
    let world = World::start(running, straight()).await;
    let state = world.until(is_complete).await;
    assert_eq!(products(&world).await.len(), 29);
    let [(area, unreadable)] = &state.unreadable[..] else {
        panic!("{:?}", state.unreadable);
    };
    assert_eq!(
        (*area, unreadable.path.as_str()),
        (Area::Products, "$.price")
    );
    // Once it can be read it is there.
    control(&control_origin, "DELETE", "/faults", "").await;
    let id = ProductId(unreadable.id.parse().unwrap());
    world.bench.refresh_product(&world.store, id).await.unwrap();
    let state = world.until(|state| state.unreadable.is_empty()).await;
    assert_eq!(self::area(&state, Area::Products).here, 30);
}

/// Killed between two pages, a first pull goes on from the last page that was kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_pull_that_was_cut_short_goes_on_where_it_stood() {
    let config = Config {
        sizes: Sizes {
            products: 130,
            orders: 20,
            customers: 170,
        },
        ..small(20)
    };
    let running = Strict::serve(config).await.unwrap();
    let control_origin = running.control_origin.clone().unwrap();
    let stuck: Bend = Arc::new(|mut request| {
        request.url = request.url.replace("limit=250", "limit=50");
        let never = request.url.contains("id%3Amin") || request.url.contains("id:min");
        Box::pin(async move {
            if never {
                std::future::pending::<()>().await;
            }
            request
        })
    });
    let world = World::start(running, stuck).await;
    world
        .until(|state| area(state, Area::Products).here == 50)
        .await;
    let before = asked(&control_origin).await.len();
    let world = world.reopened(smaller_pages()).await;
    world.until(is_complete).await;
    assert_eq!(products(&world).await.len(), 130);
    assert_eq!(customers(&world).await, 170);
    let later = asked(&control_origin).await.split_off(before);
    let pages: Vec<&String> = later
        .iter()
        .filter(|line| line.contains("/v3/catalog/products?") && line.contains("sort=id"))
        // Not the question how many there are.
        .filter(|line| !line.ends_with("limit=1"))
        .collect();
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert!(pages.iter().all(|line| line.contains("min")), "{pages:?}");
}

/// A store that gives three at a time of everything of version 2, whatever it is asked for.
fn three_at_a_time() -> Bend {
    Arc::new(|mut request| {
        if request.url.contains("/v2/") {
            request.url = request.url.replace("limit=250", "limit=3");
        }
        Box::pin(async { request })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_is_all_seen_though_the_store_gives_a_few_at_a_time() {
    let running = sandbox(30).await;
    let control_origin = running.control_origin.clone().unwrap();
    let world = World::start(running, three_at_a_time()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let touched: Vec<u64> = world.orders().await.into_iter().take(10).collect();
    assert_eq!(touched.len(), 10);
    for order in &touched {
        let path = format!("/orders/{order}");
        control(&control_origin, "POST", &path, r#"{"staff_notes":"seen"}"#).await;
    }
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until_so(async |world| {
            let mut seen = 0;
            for order in &touched {
                let detail = world.bench.order(&world.store, OrderId(*order)).await;
                seen += usize::from(detail.unwrap().order.staff_notes == "seen");
            }
            seen == touched.len()
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_has_all_its_lines_and_taxes_though_the_store_gives_a_few_at_a_time() {
    let running = sandbox(40).await;
    let world = World::start(running, three_at_a_time()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let mut most = 0;
    for order in world.orders().await {
        let id = OrderId(order);
        world.bench.refresh_order(&world.store, id).await.unwrap();
        let detail = world.bench.order(&world.store, id).await.unwrap();
        let parts = detail.parts.unwrap().parts;
        let path = format!("/v2/orders/{order}/products?limit=250");
        let there = world.elsewhere("GET", &path, "").await;
        let there = there.as_array().unwrap();
        let there: Vec<u64> = there
            .iter()
            .map(|line| line["id"].as_u64().unwrap())
            .collect();
        let here: Vec<u64> = parts.lines.iter().map(|line| line.id.0).collect();
        assert_eq!(here, there, "{order}");
        let taxes: Decimal = parts.taxes.iter().map(|tax| tax.amount.amount).sum();
        assert_eq!(taxes, detail.order.tax.amount, "{order}");
        most = most.max(here.len());
    }
    assert!(most > 3, "none has more lines than come at once: {most}");
}

/// One that is asked for the next page and gives the same again gives no line twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_heeds_no_number_of_a_page_doubles_nothing() {
    let running = sandbox(20).await;
    let control_origin = running.control_origin.clone().unwrap();
    let bend: Bend = Arc::new(|mut request| {
        if request.url.contains("/v2/") && !request.url.contains("max_id") {
            request.url = request.url.replace("page=2", "page=1");
        }
        Box::pin(async { request })
    });
    let world = World::start(running, bend).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let order = *world.orders().await.last().unwrap();
    let id = OrderId(order);
    world.bench.refresh_order(&world.store, id).await.unwrap();
    let detail = world.bench.order(&world.store, id).await.unwrap();
    let pieces: Decimal = detail
        .parts
        .unwrap()
        .parts
        .lines
        .iter()
        .map(|line| line.quantity)
        .sum();
    assert_eq!(pieces, Decimal::from(detail.order.item_count));
    // Nor does a look at what changed go on for ever.
    let path = format!("/orders/{order}");
    control(&control_origin, "POST", &path, r#"{"staff_notes":"seen"}"#).await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until_so(async |world| {
            let detail = world.bench.order(&world.store, id).await.unwrap();
            let state = world.bench.state(&world.store).await.unwrap();
            detail.order.staff_notes == "seen" && state.phase == Phase::Idle
        })
        .await;
}

/// What is known of the store.
fn info(world: &World) -> Option<StoreInfo> {
    let profiles = world.bench.profiles().unwrap();
    profiles.into_iter().find_map(|profile| profile.info)
}

/// How often it was asked what it says of itself.
async fn asked_of_itself(world: &World) -> usize {
    let asked = asked(&world.control).await;
    let about = asked.iter().filter(|line| line.contains("/v2/store?"));
    about.count()
}

const NOT_THERE: &str =
    r#"{"match":{"path":"/v2/store"},"fault":{"kind":"status","status":404,"body":"{}"}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_store_could_not_say_of_itself_is_asked_for_later_and_kept() {
    let running = sandbox(20).await;
    fault(running.control_origin.as_ref().unwrap(), NOT_THERE).await;
    let world = World::start(running, straight()).await;
    let refreshed = world.until(|state| state.refreshed_at.is_some()).await;
    assert_eq!((refreshed.trouble, info(&world)), (None, None));
    let before = asked_of_itself(&world).await;

    world.no_faults().await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until_so(async |world| info(world).is_some()).await;
    let known = info(&world);
    assert_eq!(known.as_ref().unwrap().name, "Northfold Supply");
    assert_eq!(asked_of_itself(&world).await, before + 1);

    // The same store once more, when it says nothing again.
    fault(&world.control, NOT_THERE).await;
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = world.bench.hand_over(typed, "w0rld", Preset::OrdersDesk);
    let attempt = over.await.unwrap().attempt.unwrap();
    let report = world.bench.check(&attempt.id).await.unwrap();
    assert_eq!((report.can_save, report.store), (true, None));
    let saved = world.bench.save(&attempt.id, &save_as()).await.unwrap();
    assert_eq!(saved.info, known);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_which_less_was_asked_once_tells_its_unit_of_weight_later() {
    let running = sandbox(20).await;
    let of_old = r#"{"match":{"path":"/v2/store"},"fault":{"kind":"status","status":200,"body":"{\"name\":\"Of old\"}","headers":{"Content-Type":"application/json"}}}"#;
    fault(running.control_origin.as_ref().unwrap(), of_old).await;
    let (world, clock) = World::leaping(running, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    assert_eq!(info(&world).unwrap().weight_unit, None);
    world.no_faults().await;

    world.bench.refresh_now(&world.store).await.unwrap();
    let weighs = |world: &World| info(world).and_then(|info| info.weight_unit);
    world.until_so(async |world| weighs(world).is_some()).await;
    assert_eq!(weighs(&world), Some(WeightUnit::Pounds));

    // What is known is not asked for again.
    // So that the next refresh shows: its moment is kept in seconds.
    clock.set_forward(Duration::from_secs(2));
    let before = asked_of_itself(&world).await;
    let last = world.bench.state(&world.store).await.unwrap().refreshed_at;
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until(|state| state.refreshed_at > last).await;
    assert_eq!(asked_of_itself(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_nowhere_any_more_is_not_taken_for_something_that_was_deleted() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let nowhere = r#"{"match":{"path":"**"},"fault":{"kind":"status","status":404,"body":"{}"}}"#;
    fault(&world.control, nowhere).await;
    world.bench.refresh_now(&world.store).await.unwrap();
    let state = world.until(|state| state.trouble.is_some()).await;
    assert_eq!(state.trouble, Some(Error::WrongStore));
    let found = world.bench.examine(&world.store).await.unwrap();
    assert_eq!(found.problem, Some(Error::WrongStore));

    world.no_faults().await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until(|state| state.trouble.is_none()).await;
}
