//! Changing orders: a status, and a note.

use serde_json::json;
use stockroom_tests::window::{Look as _, Window};

use crate::{
    looking::reads_well,
    support::{Connected, an_order, go_to, open_order, reaches_the_disk},
};

/// What became of a change, as the list of changes says it.
fn sees_in_activity(window: &Window<'_>, order: u64, mark: &str, state: &str) {
    let changes = window.grid("Changes");
    window.waits(
        &format!("a change of order {order} {mark} is {state}"),
        || {
            let rows = changes.row(&format!("order {order}")).texts();
            let mut rows = rows.iter().filter(|row| row.contains(mark));
            rows.any(|row| row.contains(state))
        },
    );
}

#[test]
fn a_status_is_previewed_changed_and_put_back() {
    let connected = Connected::usual();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let order = an_order(&window, "Awaiting Fulfillment");

    let panel = open_order(&window, order);
    panel.button("Change status…").click();
    window.choice("Shipped").click();

    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.sees("Status Awaiting Fulfillment Shipped");
    preview.thing("img", "becomes").appears();
    preview.sees("The shopper may get an e-mail");
    preview.sees("An e-mail can’t be taken back.");
    preview.sees("No money moves");
    window.picture("change-1-preview");
    assert_eq!(
        shop.requests("PUT").len(),
        0,
        "sent before it was confirmed"
    );

    preview.button("Change to Shipped").click();
    preview.goes();
    window
        .grid("Orders")
        .row(&order.to_string())
        .sees("Shipped");
    window
        .thing("status", "Last change")
        .sees(&format!("Status of order {order} to Shipped Done Undo…"));
    window.picture("change-2-done");
    assert_eq!(shop.order(order)["statusId"], 2);
    let sent = shop.requests("PUT");
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0]["body"], json!({ "status_id": 2 }));

    go_to(&window, "Activity");
    sees_in_activity(&window, order, "to Shipped", "Done Undo…");
    window.picture("change-3-activity");
    window
        .button(&format!("Undo… Status of order {order}"))
        .click();

    let preview = window.sheet(&format!("Undo a change of order {order}"));
    preview.sees("Status Shipped Awaiting Fulfillment");
    window.picture("change-4-undo");
    preview.button("Put back to Awaiting Fulfillment").click();
    preview.goes();
    sees_in_activity(&window, order, "to Shipped", "Undone");
    sees_in_activity(&window, order, "put back", "Done");
    window.picture("change-5-undone");
    assert_eq!(shop.order(order)["statusId"], 11);
    assert_eq!(shop.requests("PUT").len(), 2);
    go_to(&window, "Orders");
    window
        .grid("Orders")
        .row(&order.to_string())
        .sees("Awaiting Fulfillment");
}

#[test]
fn who_turns_back_at_the_preview_has_changed_nothing() {
    let connected = Connected::usual();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let order = an_order(&window, "Awaiting Fulfillment");

    let panel = open_order(&window, order);
    panel.button("Change status…").click();
    window.choice("Completed").click();
    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.button("Cancel").click();
    preview.goes();

    panel.sees("Awaiting Fulfillment");
    go_to(&window, "Activity");
    window.sees("Nothing was changed from here yet");
    assert_eq!(shop.requests("PUT").len(), 0);
}

#[test]
fn demand_25_a_note_that_was_typed_is_there_after_quitting_and_after_a_crash() {
    let connected = Connected::usual();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let order = an_order(&window, "Awaiting Fulfillment");
    let note = "Gift wrap, no invoice.";

    let panel = open_order(&window, order);
    let notes = panel.field("Staff notes");
    notes.clear();
    notes.type_(note);
    // At once: the window has a last moment to keep what was just typed.
    window.quit();

    let window = app.open();
    let panel = window.panel(&format!("Order {order}"));
    panel.sees("Save note");
    assert_eq!(panel.field("Staff notes").value(), note);
    window.picture("note-1-after-quitting");
    reads_well(&window, "note-typed");
    panel.field("Staff notes").type_(" Call first.");
    let whole = format!("{note} Call first.");
    reaches_the_disk(app.home(), &whole);
    window.crash();

    let window = app.open();
    let panel = window.panel(&format!("Order {order}"));
    panel.sees("Save note");
    assert_eq!(panel.field("Staff notes").value(), whole);
    assert_eq!(shop.requests("PUT").len(), 0, "a draft was sent");

    panel.button("Save note").click();
    // Nobody hears of a note, so this store's safety mode lets it go at once.
    window.thing("status", "Last change").sees("Done");
    window.picture("note-2-saved");
    assert_eq!(shop.order(order)["staffNotes"], whole.as_str());
    assert_eq!(shop.emails().len(), 0);
    panel.button("Save note").goes();
}

#[test]
fn a_note_half_typed_stays_with_its_store_and_order_over_a_switch_of_store() {
    let connected = Connected::usual().and_the_sample();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let order = an_order(&window, "Awaiting Fulfillment");
    let panel = open_order(&window, order);
    let notes = panel.field("Staff notes");
    let there = shop.order(order)["staffNotes"].clone();
    let before = there.as_str().unwrap_or_default().to_owned();
    window.waits("the note is there", || notes.value() == before);
    notes.type_(" Ring the b");

    // Not a moment for it to be kept by itself.
    window.press("Control+2");
    window.thing_about("button", "Sample").appears();
    window.press("Control+1");
    go_to(&window, "Orders");
    let panel = open_order(&window, order);
    let whole = format!("{before} Ring the b");
    window.waits("what was typed is there", || {
        panel.field("Staff notes").value() == whole
    });
    assert_eq!(shop.requests("PUT").len(), 0, "nothing was sent");
    assert_eq!(shop.order(order)["staffNotes"], there);
}
