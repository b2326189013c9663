//! Many changes at once: how far they have come, holding, stopping, and what a person decides.

use serde_json::{Value, json};
use stockroom_tests::{
    sandbox::{Sandbox, SandboxOptions},
    wait,
    window::{Look as _, Thing, Window},
};

use crate::{
    looking::reads_well,
    support::{Connected, an_order, go_to, open_order},
};

/// Ticks every order and gives all of them a status, up to the preview.
fn preview_of_all<'a>(window: &'a Window<'a>, status: &str) -> Thing<'a> {
    window.tick_box("Select all").click();
    let ticked = window.thing("region", "Ticked orders");
    ticked.button("Change status…").click();
    window.choice(status).click();
    window.thing_about("dialog", "Change status of")
}

/// Gives an order a status, up to the preview.
fn preview_of<'a>(window: &'a Window<'a>, order: u64, status: &str) -> Thing<'a> {
    let panel = open_order(window, order);
    panel.button("Change status…").click();
    window.choice(status).click();
    window.sheet(&format!("Change status of order {order}"))
}

fn statuses_sent(shop: &Sandbox) -> usize {
    shop.requests("PUT").len()
}

#[test]
fn a_job_is_seen_on_its_way_held_gone_on_with_stopped_and_put_back_as_a_whole() {
    let shop = Sandbox::start(SandboxOptions {
        orders: 40,
        ..SandboxOptions::default()
    });
    let connected = Connected::to(shop);
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    window.grid("Orders").row("Awaiting Fulfillment").appears();

    let preview = preview_of_all(&window, "Completed");
    window.picture("job-1-preview");
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "fault": { "kind": "latency", "ms": 400 },
    }));
    preview.thing_about("button", "Change ").click();
    preview.goes();
    let strip = window.thing("status", "Last change");
    strip.button("Pause").appears();
    wait::until("some of it to be sent", || {
        (statuses_sent(shop) >= 2).then_some(())
    });
    window.picture("job-2-on-its-way");

    strip.button("Pause").click();
    strip.sees("Paused");
    window.picture("job-3-paused");
    // What was out comes to its end; then it stays where it is, also over another look at it.
    strip.button("Close").click();
    go_to(&window, "Activity");
    let jobs = window.thing("region", "On their way");
    jobs.sees("Paused");
    window.picture("job-4-paused-in-activity");
    let held = statuses_sent(shop);
    window.press("Control+r");
    window.sees("Up to date");
    assert!(statuses_sent(shop) <= held + 1, "it is held");

    jobs.button("Go on").click();
    let before = statuses_sent(shop);
    wait::until("it to go on", || {
        (statuses_sent(shop) > before).then_some(())
    });
    jobs.button("Stop").click();
    jobs.goes();
    let sent = statuses_sent(shop);
    let strip = window.thing("status", "Last change");
    strip.sees("in the store now");
    window.picture("job-5-stopped");
    strip.button("Show in Activity").click();
    window.sees("Changed together");

    // All that was done goes back, and nothing else.
    shop.behave();
    let changes = window.grid("Changes");
    let row = changes.row("Status of order 48180");
    row.sees("Given up");
    row.click();
    window.button("Undo all of it…").click();
    let undo = window.thing_about("dialog", "Undo");
    window.picture("job-6-undo");
    undo.thing_about("button", "Put ").click();
    undo.goes();
    wait::until("as many to be put back", || {
        (statuses_sent(shop) == 2 * sent).then_some(())
    });
    window.thing("status", "Last change").sees("in the store");
    window.picture("job-7-undone");
}

#[test]
fn what_somebody_else_changed_is_chosen_field_by_field_and_what_is_unclear_is_decided() {
    let connected = Connected::usual();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let order = an_order(&window, "Awaiting Fulfillment");
    let preview = preview_of(&window, order, "Shipped");
    shop.edit(order, json!({ "status_id": 9 }));
    preview.button("Change to Shipped").click();
    preview.goes();
    go_to(&window, "Activity");
    window
        .grid("Changes")
        .row(&format!("order {order}"))
        .click();
    let change = window.panel(&format!("Change of order {order}"));
    change.sees("Changed meanwhile");
    change.sees("Choose field by field");
    window.picture("conflict-1-choose");
    assert_eq!(statuses_sent(shop), 0, "nothing was sent");
    change.thing_about("radio", "Shipped").click();
    window.picture("conflict-2-chosen");
    reads_well(&window, "conflict");
    change.button("Preview…").click();
    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.sees("Awaiting Shipment");
    preview.button("Change to Shipped").click();
    preview.goes();
    wait::until("it to be sent", || {
        (shop.order(order)["statusId"] == 2).then_some(())
    });

    // Another one, whose answer gets lost while somebody else gives the order a third status.
    go_to(&window, "Orders");
    let order = an_order(&window, "Awaiting Payment");
    let preview = preview_of(&window, order, "Completed");
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": { "kind": "resetBefore" },
    }));
    preview.button("Change to Completed").click();
    preview.goes();
    wait::until("it to be sent", || (statuses_sent(shop) >= 2).then_some(()));
    shop.edit(order, json!({ "status_id": 5 }));
    go_to(&window, "Activity");
    window
        .grid("Changes")
        .row(&format!("order {order}"))
        .click();
    let change = window.panel(&format!("Change of order {order}"));
    change.sees("Not clear");
    window.picture("unclear");
    reads_well(&window, "unclear");
    change.button("It was not done").click();
    change.sees("Not applied");
    change.button("Try again…").appears();
    window.picture("unclear-decided");
    let log: Vec<Value> = shop.requests("PUT");
    assert_eq!(log.len(), 2, "nothing is sent unseen: {log:#?}");
}
