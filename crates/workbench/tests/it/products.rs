//! Changes of products, and products that are made, on the one road of every write.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use bigcommerce::Method;
use commerce::{ProductFields, ProductId, ProductKind};
use journal::{EntryId, Reason, State};
use serde_json::{Value, json};
use workbench::{AskTwice, Draft, Effect, EntryDetail, LeftOutBecause, Plan, ProductDraft};

use crate::world::{Bend, World, control, elsewhere, sandbox, straight};

async fn world() -> World {
    let world = World::start(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    world
}

impl World {
    async fn plan(&self, draft: Draft) -> std::sync::Arc<Plan> {
        self.bench.plan(&self.store, draft).await.unwrap()
    }

    /// Plans, confirms, and waits until it is settled.
    async fn change(&self, draft: Draft) -> EntryDetail {
        let plan = self.plan(draft).await;
        assert_eq!(plan.items.len(), 1, "{plan:?}");
        let applied = self
            .bench
            .apply(&plan.id, &plan.digest, true, true)
            .await
            .unwrap();
        self.settled(&applied.entries[0]).await
    }

    async fn settled(&self, entry: &EntryId) -> EntryDetail {
        self.until(|state| state.changes_waiting == 0).await;
        self.bench.activity_entry(&self.store, entry).await.unwrap()
    }

    /// A product as the store has it; null if it has none.
    async fn there(&self, id: ProductId) -> Value {
        let path = format!("/v3/catalog/products/{id}");
        self.elsewhere("GET", &path, "").await["data"].take()
    }

    /// How many products of that name the store has.
    async fn named(&self, name: &str) -> usize {
        let path = format!("/v3/catalog/products?name={}", name.replace(' ', "%20"));
        let found = self.elsewhere("GET", &path, "").await;
        found["data"].as_array().map_or(0, Vec::len)
    }

    /// The first product of the store that can be changed freely.
    async fn some_product(&self) -> ProductId {
        let found = self
            .elsewhere("GET", "/v3/catalog/products?limit=1", "")
            .await;
        ProductId(found["data"][0]["id"].as_u64().unwrap())
    }

    async fn some_category(&self) -> u64 {
        let found = self
            .elsewhere("GET", "/v3/catalog/categories?limit=1", "")
            .await;
        found["data"][0]["id"].as_u64().unwrap()
    }

    /// Putting back what was made leaves it in the store: if the edit `is_known` here nothing is planned, and if
    /// not, it is met on the way.
    async fn is_not_deleted(&self, made: EntryDetail, is_known: bool, edit: &str) {
        let undo = Draft::Undo(vec![made.entry.id]);
        if is_known {
            let id = made.entry.made.unwrap();
            self.bench.refresh_product(&self.store, id).await.unwrap();
            let plan = self.plan(undo).await;
            assert!(plan.items.is_empty(), "{edit}");
            assert_eq!(plan.left_out[0].because, LeftOutBecause::ChangedSince);
        } else {
            let met = self.change(undo).await;
            assert_eq!(met.entry.state, State::Conflict, "{edit}: {met:?}");
        }
        assert_eq!(self.named("Field kettle").await, 1, "{edit}");
    }

    async fn fault(&self, method: &str, kind: &str) {
        let rules = json!({ "rules": [{
            "match": { "method": method, "path": "/v3/catalog/products**" },
            "times": 1,
            "fault": { "kind": kind },
        }] });
        control(&self.control, "POST", "/faults", &rules.to_string()).await;
    }
}

fn priced(product: ProductId, price: &str) -> Draft {
    Draft::Products(vec![ProductDraft {
        product,
        wanted: ProductFields {
            price: Some(price.parse().unwrap()),
            ..ProductFields::default()
        },
    }])
}

fn kettle() -> ProductFields {
    ProductFields {
        name: Some("Field kettle".into()),
        sku: Some("KET-1".into()),
        price: Some("19.90".parse().unwrap()),
        weight: Some("0.6".parse().unwrap()),
        description: Some("<p>Boils.\r\n</p>".into()),
        inventory_level: Some(12),
        ..ProductFields::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_is_changed_in_the_store_and_put_back() {
    let world = world().await;
    let id = world.some_product().await;
    let before = world.there(id).await["price"].clone();

    let done = world.change(priced(id, "21.4375")).await;
    assert_eq!(done.entry.state, State::Done, "{done:?}");
    assert_eq!(world.there(id).await["price"].to_string(), "21.4375");

    let undone = world.change(Draft::Undo(vec![done.entry.id])).await;
    assert_eq!(undone.entry.state, State::Done);
    assert_eq!(world.there(id).await["price"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_touched_fields_are_sent() {
    let world = world().await;
    let id = world.some_product().await;
    let mut before = world.there(id).await;
    world.change(priced(id, "21.43")).await;
    let mut after = world.there(id).await;
    for moved in ["price", "calculated_price", "date_modified", "variants"] {
        before[moved] = Value::Null;
        after[moved] = Value::Null;
    }
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_made_once_and_undo_deletes_it() {
    let world = world().await;
    let plan = world.plan(Draft::NewProduct(kettle())).await;
    assert!(
        !plan.effects.contains(&Effect::ShoppersSeeIt),
        "hidden until somebody shows it"
    );
    let done = world.change(Draft::NewProduct(kettle())).await;
    assert_eq!(done.entry.state, State::Done, "{done:?}");
    let made = done.entry.made.unwrap();
    let there = world.there(made).await;
    assert_eq!(there["name"], "Field kettle");
    assert_eq!(there["description"], "<p>Boils.\r\n</p>", "to the byte");
    assert_eq!(there["is_visible"], false);
    assert_eq!(world.named("Field kettle").await, 1);

    let undo = world.plan(Draft::Undo(vec![done.entry.id.clone()])).await;
    assert!(undo.effects.contains(&Effect::CannotBePutBack));
    let deleted = world.change(Draft::Undo(vec![done.entry.id])).await;
    assert_eq!(deleted.entry.state, State::Done, "{deleted:?}");
    assert_eq!(world.named("Field kettle").await, 0);
    let again = world.plan(Draft::Undo(vec![deleted.entry.id])).await;
    assert_eq!(again.left_out[0].because, LeftOutBecause::NotUndoable);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_making_whose_answer_was_lost_is_found_never_sent_again_and_can_be_undone() {
    let world = world().await;
    world.fault("POST", "resetAfter").await;
    let found = world.change(Draft::NewProduct(kettle())).await;
    assert_eq!(found.entry.state, State::DoneFound, "{found:?}");
    assert!(found.entry.made.is_some());
    assert_eq!(world.named("Field kettle").await, 1);

    let deleted = world.change(Draft::Undo(vec![found.entry.id])).await;
    assert_eq!(deleted.entry.state, State::Done, "{deleted:?}");
    assert_eq!(world.named("Field kettle").await, 0);
}

/// Somebody works on the kettle a minute after it was made, before we find it.
fn worked_on_before_it_is_found(origin: String, clock: String, path: &str, edit: &str) -> Bend {
    let work = Arc::new((origin, clock, path.to_owned(), edit.to_owned()));
    let is_done = Arc::new(AtomicBool::new(false));
    Arc::new(move |request| {
        let (work, is_done) = (Arc::clone(&work), Arc::clone(&is_done));
        Box::pin(async move {
            if request.method != Method::Get || !request.url.contains("name=Field") {
                return request;
            }
            let (origin, clock, path, edit) = &*work;
            let list = "/v3/catalog/products?name=Field%20kettle";
            let found = elsewhere(origin, "GET", list, "").await;
            let Some(id) = found["data"][0]["id"].as_u64() else {
                return request;
            };
            if !is_done.swap(true, Ordering::SeqCst) {
                control(clock, "POST", "/clock", r#"{"offsetSeconds": 60}"#).await;
                let method = if path.is_empty() { "PUT" } else { "POST" };
                let path = format!("/v3/catalog/products/{id}{path}");
                elsewhere(origin, method, &path, edit).await;
            }
            request
        })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_worked_on_before_its_making_was_found_is_not_deleted_by_undo() {
    for (path, edit) in [
        ("", r#"{"cost_price": 4}"#),
        ("/custom-fields", r#"{"name": "Holds", "value": "1.2 l"}"#),
    ] {
        let running = sandbox(5).await;
        let clock = running.control_origin.clone().unwrap();
        let bend = worked_on_before_it_is_found(running.origin.clone(), clock, path, edit);
        let world = World::start(running, bend).await;
        world.until(|state| state.refreshed_at.is_some()).await;
        world.fault("POST", "resetAfter").await;
        let found = world.change(Draft::NewProduct(kettle())).await;
        assert_eq!(found.entry.state, State::DoneFound, "{edit}: {found:?}");
        world.is_not_deleted(found, true, edit).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_making_that_never_arrived_is_offered_again() {
    let world = world().await;
    world.fault("POST", "resetBefore").await;
    let lost = world.change(Draft::NewProduct(kettle())).await;
    assert_eq!(lost.entry.state, State::NotApplied, "{lost:?}");
    assert_eq!(world.named("Field kettle").await, 0);

    let done = world
        .change(Draft::Retry(vec![lost.entry.id.clone()]))
        .await;
    assert_eq!(done.entry.state, State::Done);
    assert_eq!(world.named("Field kettle").await, 1);
    assert_eq!(
        world.settled(&lost.entry.id).await.entry.state,
        State::Dropped
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_whose_answer_was_lost_is_done() {
    let world = world().await;
    let made = world.change(Draft::NewProduct(kettle())).await;
    world.fault("DELETE", "resetAfter").await;
    let deleted = world.change(Draft::Undo(vec![made.entry.id])).await;
    assert!(deleted.entry.state.is_done(), "{deleted:?}");
    assert_eq!(world.named("Field kettle").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_or_sku_of_another_product_is_said_before_anything_is_sent() {
    let world = world().await;
    let there = world.there(world.some_product().await).await;
    let named = ProductFields {
        name: Some(there["name"].as_str().unwrap().to_owned()),
        ..kettle()
    };
    let plan = world.plan(Draft::NewProduct(named)).await;
    assert_eq!(plan.left_out[0].because, LeftOutBecause::NameTaken);
    let sku = ProductFields {
        sku: Some(there["sku"].as_str().unwrap().to_lowercase()),
        ..kettle()
    };
    let plan = world.plan(Draft::NewProduct(sku)).await;
    assert_eq!(plan.left_out[0].because, LeftOutBecause::SkuTaken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_made_elsewhere_meanwhile_is_not_made_again() {
    let world = world().await;
    let theirs = json!({ "name": "Field kettle", "type": "physical", "weight": 1, "price": 5 });
    world
        .elsewhere("POST", "/v3/catalog/products", &theirs.to_string())
        .await;
    let met = world.change(Draft::NewProduct(kettle())).await;
    assert_eq!(met.entry.state, State::Conflict, "{met:?}");
    assert_eq!(met.entry.made, None);
    assert_eq!(world.named("Field kettle").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_changed_elsewhere_is_left_alone() {
    let world = world().await;
    let id = world.some_product().await;
    let path = format!("/v3/catalog/products/{id}");
    world.elsewhere("PUT", &path, r#"{"price": 77}"#).await;
    let met = world.change(priced(id, "21.43")).await;
    assert_eq!(met.entry.state, State::Conflict, "{met:?}");
    assert_eq!(world.there(id).await["price"], 77);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_and_edited_since_is_not_deleted_by_undo() {
    let world = world().await;
    let made = world.change(Draft::NewProduct(kettle())).await;
    world.change(priced(made.entry.made.unwrap(), "25")).await;
    let undo = world.plan(Draft::Undo(vec![made.entry.id])).await;
    assert!(undo.items.is_empty());
    assert_eq!(undo.left_out[0].because, LeftOutBecause::ChangedSince);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_and_then_edited_elsewhere_in_any_field_is_not_deleted_by_undo() {
    // In none of the fields that the making named.
    for edit in [
        r#"{"cost_price": 4}"#,
        r#"{"sale_price": 15}"#,
        r#"{"is_visible": true}"#,
        r#"{"brand_name": "Tarnworks"}"#,
        r#"{"categories": [CATEGORY]}"#,
        r#"{"images": [{"image_url": "https://example.com/kettle.png"}]}"#,
        r#"{"upc": "036000291452"}"#,
    ] {
        for is_known in [false, true] {
            let world = world().await;
            let made = world.change(Draft::NewProduct(kettle())).await;
            let path = format!("/v3/catalog/products/{}", made.entry.made.unwrap());
            let edit = edit.replace("CATEGORY", &world.some_category().await.to_string());
            world.elsewhere("PUT", &path, &edit).await;
            world.is_not_deleted(made, is_known, &edit).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_and_then_given_a_variant_elsewhere_is_not_deleted_by_undo() {
    for is_known in [false, true] {
        let world = world().await;
        let made = world.change(Draft::NewProduct(kettle())).await;
        let path = format!("/v3/catalog/products/{}", made.entry.made.unwrap());
        let size = json!({
            "display_name": "Size",
            "type": "dropdown",
            "option_values": [{ "label": "Large", "sort_order": 0 }],
        });
        let options = format!("{path}/options");
        world.elsewhere("POST", &options, &size.to_string()).await;
        let large = json!({
            "sku": "KET-1-L",
            "option_values": [{ "option_display_name": "Size", "label": "Large" }],
        });
        let variants = format!("{path}/variants");
        world.elsewhere("POST", &variants, &large.to_string()).await;
        world.is_not_deleted(made, is_known, "a variant").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_and_then_added_to_elsewhere_where_no_list_shows_it_is_not_deleted_by_undo() {
    for is_known in [false, true] {
        let world = world().await;
        let made = world.change(Draft::NewProduct(kettle())).await;
        let id = made.entry.made.unwrap();
        // The store's date of it is all that tells.
        control(&world.control, "POST", "/clock", r#"{"offsetSeconds": 60}"#).await;
        let path = format!("/v3/catalog/products/{id}/custom-fields");
        let field = r#"{"name": "Holds", "value": "1.2 l"}"#;
        world.elsewhere("POST", &path, field).await;
        world.is_not_deleted(made, is_known, field).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_did_already_is_told_so_and_is_not_ours_to_undo() {
    let world = world().await;
    let id = world.some_product().await;
    let path = format!("/v3/catalog/products/{id}");
    let plan = world.plan(priced(id, "21.43")).await;
    world.elsewhere("PUT", &path, r#"{"price": 21.43}"#).await;
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    let same = world.settled(&applied.unwrap().entries[0]).await;
    assert_eq!(same.entry.state, State::AlreadySo, "{same:?}");
    assert!(!same.entry.can_be_undone());
    let undo = world.plan(Draft::Undo(vec![same.entry.id])).await;
    assert!(undo.items.is_empty());
    assert_eq!(undo.left_out[0].because, LeftOutBecause::NothingSent);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_change_that_somebody_else_did_a_part_of_only_our_part_is_undone() {
    let world = world().await;
    let id = world.some_product().await;
    let before = world.there(id).await;
    let path = format!("/v3/catalog/products/{id}");
    let wanted = ProductFields {
        price: Some("21.43".parse().unwrap()),
        cost_price: Some("7.77".parse().unwrap()),
        ..ProductFields::default()
    };
    let plan = world
        .plan(Draft::Products(vec![ProductDraft {
            product: id,
            wanted,
        }]))
        .await;
    world
        .elsewhere("PUT", &path, r#"{"cost_price": 7.77}"#)
        .await;
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    let done = world.settled(&applied.unwrap().entries[0]).await;
    assert_eq!(done.entry.state, State::Done, "{done:?}");
    let undone = world.change(Draft::Undo(vec![done.entry.id])).await;
    assert_eq!(undone.entry.state, State::Done);
    let now = world.there(id).await;
    assert_eq!(now["price"], before["price"]);
    assert_eq!(now["cost_price"].to_string(), "7.77", "theirs stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_been_done_by_us_can_be_undone() {
    let world = world().await;
    let id = world.some_product().await;
    let before = world.there(id).await["price"].clone();
    world.fault("PUT", "resetAfter").await;
    let done = world.change(priced(id, "21.43")).await;
    assert!(done.entry.can_be_undone(), "{done:?}");
    world.change(Draft::Undo(vec![done.entry.id])).await;
    assert_eq!(world.there(id).await["price"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_for_one_product_are_one_item_unless_they_contradict_each_other() {
    let world = world().await;
    let id = world.some_product().await;
    let named = |name: &str| ProductDraft {
        product: id,
        wanted: ProductFields {
            name: Some(name.into()),
            ..ProductFields::default()
        },
    };
    let Draft::Products(priced) = priced(id, "21.43") else {
        panic!("it is of products")
    };
    let both = vec![priced[0].clone(), named("Ours")];
    let plan = world.plan(Draft::Products(both)).await;
    assert_eq!((plan.items.len(), plan.left_out.len()), (1, 0));
    let fields = plan.items[0].change.fields();
    assert_eq!(fields, [commerce::Field::Name, commerce::Field::Price]);

    let against = vec![named("One"), named("Another")];
    let plan = world.plan(Draft::Products(against)).await;
    assert_eq!(plan.items.len(), 1);
    assert_eq!(plan.left_out[0].because, LeftOutBecause::InThisPlan);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_of_the_price_is_asked_about_twice() {
    let world = world().await;
    let id = world.some_product().await;
    let plan = world.plan(priced(id, "0.01")).await;
    assert_eq!(plan.ask_twice, [AskTwice::PriceMovesFar]);
    let once = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    assert_eq!(once, Err(workbench::Error::NeedsConfirmation));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_product_needs_a_name_and_a_price() {
    let world = world().await;
    for (field, values) in [
        (
            "name",
            ProductFields {
                name: None,
                ..kettle()
            },
        ),
        (
            "name",
            ProductFields {
                name: Some("  ".into()),
                ..kettle()
            },
        ),
        (
            "price",
            ProductFields {
                price: None,
                ..kettle()
            },
        ),
    ] {
        let refused = world
            .bench
            .plan(&world.store, Draft::NewProduct(values))
            .await;
        assert_eq!(refused.err(), Some(workbench::Error::BadInput(field)));
    }
    let digital = ProductFields {
        kind: Some(ProductKind::Digital),
        ..kettle()
    };
    assert_eq!(world.plan(Draft::NewProduct(digital)).await.items.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_product_that_was_deleted_meanwhile_is_told_and_not_lost() {
    let world = world().await;
    let product = world.some_product().await;
    let plan = world.plan(priced(product, "12.5")).await;
    control(
        &world.control,
        "DELETE",
        &format!("/products/{product}"),
        "",
    )
    .await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until_so(async |world| {
            let gone = world.bench.product(&world.store, product).await;
            matches!(gone, Err(workbench::Error::NotFound))
        })
        .await;

    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, true)
        .await
        .unwrap();
    let entry = world.settled(&applied.entries[0]).await.entry;
    assert_eq!(entry.state, State::Refused, "{entry:?}");
    assert_eq!(entry.said, Reason::Gone.into());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_holds_against_one_field_is_kept_with_it_and_the_others_of_its_batch_are_sent()
 {
    let world = World::start(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let query = mirror::ProductsQuery {
        sort: mirror::ProductSort::Id,
        ..mirror::ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let draft = |product: &commerce::ProductId| ProductDraft {
        product: *product,
        wanted: commerce::ProductFields {
            price: Some("21.43".parse().unwrap()),
            ..commerce::ProductFields::default()
        },
    };
    let draft = Draft::Products(view.iter().take(10).map(draft).collect());
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let body = json!({ "status": 422, "title": "Wrong.", "errors": { "3.price": "too odd" } });
    let rules = json!({ "rules": [{ "match": { "method": "PUT" }, "times": 1, "fault": {
        "kind": "status", "status": 422, "body": body.to_string(),
        "headers": { "Content-Type": "application/json" } } }] });
    control(&world.control, "POST", "/faults", &rules.to_string()).await;
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    for (place, id) in applied.unwrap().entries.iter().enumerate() {
        let entry = world.settled(id).await.entry;
        if place == 3 {
            assert_eq!(entry.state, State::Refused);
            assert_eq!(entry.refused, [("price".to_owned(), "too odd".to_owned())]);
        } else {
            assert_eq!(entry.state, State::Done, "{place}");
        }
    }
}
