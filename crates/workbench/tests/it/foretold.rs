//! What a plan says will be asked of the store is what is asked, in that order.

use commerce::{OrderFields, OrderId, ProductFields, ProductId};
use mirror::{OrdersQuery, ProductsQuery};
use workbench::{Applied, Draft, OrderDraft, Plan, PlanRequest, ProductDraft};

use crate::world::{World, asked, sandbox, straight};

/// What a request is to a plan, by its line in the store's log; `None` for what a refresh asks as well.
fn kind(line: &str) -> Option<PlanRequest> {
    let (method, rest) = line.split_once(' ')?;
    let (path, query) = rest.split_once('?')?;
    let path = path.strip_prefix("/stores/w0rld/")?;
    let (list, last) = path.rsplit_once('/')?;
    let is_one = last.bytes().all(|byte| byte.is_ascii_digit())
        && ["v2/orders", "v3/catalog/products"].contains(&list);
    let is_list = path == "v3/catalog/products";
    match method {
        "GET" if is_one => Some(PlanRequest::Read),
        "GET" if is_list && query.starts_with("id:in=") => Some(PlanRequest::ReadTogether),
        "GET" if is_list && query.contains("name=") => Some(PlanRequest::LookForName),
        "PUT" if is_one => Some(PlanRequest::Write),
        "PUT" if is_list => Some(PlanRequest::WriteTogether),
        "POST" if is_list => Some(PlanRequest::Make),
        "DELETE" if is_one => Some(PlanRequest::Delete),
        "GET" => None,
        _ => panic!("nobody has foretold {line}"),
    }
}

/// What a plan tells, in the order of sending. Of those that go together each names what it goes along with: all
/// are read at once, and ten written.
fn told(plan: &Plan) -> Vec<PlanRequest> {
    let each: Vec<[PlanRequest; 2]> = plan
        .items
        .iter()
        .zip(&plan.together)
        .map(|(item, together)| item.requests(*together))
        .collect();
    each.chunk_by(|[read, _], [next, _]| read == next && *read == PlanRequest::ReadTogether)
        .flat_map(|stretch| {
            let [read, write] = stretch[0];
            [vec![read], vec![write; stretch.len().div_ceil(10)]].concat()
        })
        .collect()
}

/// Applies it, and compares what the plan told with what the store was asked.
async fn goes_as_told(world: &World, draft: Draft) -> Applied {
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let told = told(&plan);
    assert_eq!(plan.requests as usize, told.len(), "{told:?}");

    let before = asked(&world.control).await.len();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    let applied = applied.unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    let job = world.bench.job(&world.store, &applied.job).await;
    let done = job.unwrap().job;
    assert_eq!(done.done as usize, plan.items.len());
    let log = asked(&world.control).await;
    let asked: Vec<PlanRequest> = log[before..]
        .iter()
        .filter_map(|line| kind(line))
        .filter(|request| told.contains(request) || *request != PlanRequest::ReadTogether)
        .collect();
    assert_eq!(asked, told, "{:#?}", &log[before..]);
    applied
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_a_change_was_in_its_plan_in_that_order() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let query = OrdersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let orders: Vec<OrderId> = view.ids.to_vec();
    let query = ProductsQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let products: Vec<ProductId> = view.to_vec();

    let noted = |order: &OrderId| OrderDraft {
        order: *order,
        wanted: OrderFields {
            staff_notes: Some("packed".into()),
            ..OrderFields::default()
        },
    };
    let notes = goes_as_told(
        &world,
        Draft::Orders(orders[..3].iter().map(noted).collect()),
    )
    .await;
    let priced = |product: &ProductId| ProductDraft {
        product: *product,
        wanted: ProductFields {
            price: Some("21.43".parse().unwrap()),
            ..ProductFields::default()
        },
    };
    let one = Draft::Products(vec![priced(&products[0])]);
    let one = goes_as_told(&world, one).await;
    let many = products[1..13].iter().map(priced).collect();
    let many = goes_as_told(&world, Draft::Products(many)).await;
    let new = goes_as_told(
        &world,
        Draft::NewProduct(ProductFields {
            name: Some("Field kettle".into()),
            price: Some("19.90".parse().unwrap()),
            ..ProductFields::default()
        }),
    )
    .await;
    // Orders and products ticked in one list: only products that stand next to each other go together.
    let (orders, products) = (&notes.entries, &many.entries);
    let mixed = [&orders[..1], &products[..3], &orders[1..], &products[3..4]];
    goes_as_told(&world, Draft::Undo(mixed.concat())).await;
    // And back: one is put back, the others are, and what was made is deleted.
    for applied in [one, many, new] {
        goes_as_told(&world, Draft::UndoJob(applied.job)).await;
    }
}
