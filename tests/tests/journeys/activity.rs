//! Activity: ticking, putting back and trying again together, and what a long text was and became.

use std::{fs, path::Path};

use serde_json::json;
use stockroom_tests::{
    sandbox::{Sandbox, SandboxOptions},
    wait,
    window::{Look as _, Thing, Window},
};

use crate::{
    looking::reads_well,
    support::{Connected, choose_file, command, go_to, open_order, tab_to},
};

/// The words of a store that refuses for want of a scope.
const NO_SCOPE: &str = "You don't have a required scope to access the endpoint";

fn few_orders() -> Sandbox {
    Sandbox::start(SandboxOptions {
        orders: 12,
        ..SandboxOptions::default()
    })
}

/// Completes every order, up to the preview.
fn preview_of_all<'a>(window: &'a Window<'a>) -> Thing<'a> {
    window.grid("Orders").row("Awaiting").appears();
    window.tick_box("Select all").click();
    let ticked = window.thing("region", "Ticked orders");
    ticked.button("Change status…").click();
    window.choice("Completed").click();
    window.thing_about("dialog", "Change status of")
}

fn statuses(shop: &Sandbox, orders: &[u64]) -> Vec<u64> {
    let status = |order: &u64| shop.order(*order)["statusId"].as_u64().unwrap_or_default();
    orders.iter().map(status).collect()
}

fn in_the_dark(window: &Window<'_>, picture: &str) {
    for (theme, ending) in [("Light", "light"), ("Dark", "dark")] {
        let script = "document.documentElement.dataset.theme = arguments[0]";
        window.script(script, &[theme.to_lowercase().into()]);
        window.picture(&format!("{picture}-{ending}"));
    }
}

/// The orders of the first rows of Activity, from above.
fn listed(window: &Window<'_>) -> Vec<u64> {
    let rows = window.grid("Changes").only("row").texts();
    let order = |row: &String| {
        let after = row.split("order ").nth(1)?;
        after.split(' ').next()?.parse().ok()
    };
    rows.iter().filter_map(order).collect()
}

#[test]
fn ticked_changes_go_back_together_by_mouse_and_by_keys() {
    let connected = Connected::to(few_orders());
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let preview = preview_of_all(&window);
    // Somebody is first with one of them.
    let first = shop
        .listed()
        .into_iter()
        .find(|order| shop.order(*order)["statusId"] == 11);
    let first = first.expect("one awaits fulfillment");
    shop.edit(first, json!({ "status_id": 10 }));
    preview.thing_about("button", "Change ").click();
    preview.goes();
    window.thing("status", "Last change").sees("in the store");
    go_to(&window, "Activity");
    let changes = window.grid("Changes");
    changes.row("Already so").appears();
    window.waits("all are over", || !changes.row("Waiting").is_there());
    let orders = listed(&window);
    let ours: Vec<u64> = orders
        .iter()
        .copied()
        .filter(|order| *order != first)
        .collect();
    let chosen = &ours[..2];
    let before = shop.requests("PUT").len();

    for order in chosen {
        window
            .tick_box(&format!("Select Status of order {order}"))
            .click();
    }
    let bar = window.thing("region", "Ticked changes");
    bar.sees("2 of");
    in_the_dark(&window, "activity-1-ticked");
    reads_well(&window, "ticked-changes");
    bar.button("Undo them…").click();
    let undo = window.thing_about("dialog", "Undo changes of 2 orders");
    in_the_dark(&window, "activity-2-undo");
    undo.thing_about("button", "Put ").click();
    undo.goes();
    bar.goes();
    wait::until("both to be put back", || {
        let now = statuses(shop, chosen);
        now.iter().all(|status| *status != 10).then_some(())
    });
    assert_eq!(shop.requests("PUT").len(), before + 2, "and nothing else");
    assert_eq!(statuses(shop, &ours[2..]), vec![10; ours.len() - 2]);

    // The one that was already so is ticked by keys, and the preview says why it stays.
    window.grid("Changes").row("Undone").appears();
    window
        .grid("Changes")
        .row(&format!("order {first}"))
        .click();
    window.press("Escape");
    window.press(" ");
    bar.sees("1 of");
    window.press("Control+a");
    window.press("u");
    let undo = window.thing_about("dialog", "Undo");
    undo.sees("the store had it so already, nothing of yours to put back");
    in_the_dark(&window, "activity-3-left-out");
    reads_well(&window, "left-out");
    window.press("Escape");
    undo.goes();
    window.press("Escape");
    bar.goes();
    assert_eq!(shop.requests("PUT").len(), before + 2, "nothing was sent");
}

#[test]
fn a_job_that_lacks_a_scope_says_so_and_what_was_refused_is_tried_again_together() {
    let connected = Connected::to(few_orders());
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let preview = preview_of_all(&window);
    let body = json!({ "status": 403, "title": NO_SCOPE }).to_string();
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "times": null,
        "fault": { "kind": "status", "status": 403, "body": body,
            "headers": { "Content-Type": "application/json" } },
    }));
    preview.thing_about("button", "Change ").click();
    preview.goes();
    let strip = window.thing("status", "Last change");
    strip.sees("Paused:");
    in_the_dark(&window, "activity-4-paused-strip");
    strip.button("Close").click();
    go_to(&window, "Activity");
    let jobs = window.thing("region", "On their way");
    jobs.sees("Paused:");
    in_the_dark(&window, "activity-5-paused");
    reads_well(&window, "job-out-of-reach");
    jobs.button("Replace the token…").appears();
    window.grid("Changes").row("Refused").click();
    let refused = window.thing_about("complementary", "Change of order");
    refused.sees("Scopes can’t be added to an account");
    refused.button("Replace the token…").appears();
    reads_well(&window, "refused-for-a-scope");
    window.press("Escape");
    refused.goes();

    let orders = listed(&window);
    assert_eq!(orders.len(), 11);
    shop.behave();
    jobs.button("Go on").click();
    jobs.goes();
    let changes = window.grid("Changes");
    window.thing_about("button", "To look at").click();
    changes.row("Refused").appears();
    reads_well(&window, "refused-changes");
    window.tick_box("Select all").click();
    let bar = window.thing("region", "Ticked changes");
    bar.button("Try them again…").click();
    let again = window.thing_about("dialog", "Change status of");
    in_the_dark(&window, "activity-6-again");
    again.thing_about("button", "Change ").click();
    again.goes();
    window.sees("Nothing needs your eyes");
    wait::until("all to be completed", || {
        let now = statuses(shop, &orders);
        now.iter().all(|status| *status == 10).then_some(())
    });
}

/// The orders that a written table speaks of, in its order.
fn written(file: &Path) -> Vec<u64> {
    let table = fs::read_to_string(file).expect("it is written");
    let mut lines = table.trim_start_matches('\u{feff}').lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let number = head.iter().position(|name| *name == "number");
    let number = number.unwrap_or_else(|| panic!("no column for the number: {head:?}"));
    lines
        .filter_map(|line| line.split(',').nth(number)?.parse().ok())
        .collect()
}

#[test]
fn changes_are_searched_and_written_to_a_file_by_mouse_and_by_keys() {
    let connected = Connected::to(few_orders());
    let app = connected.app();
    let window = app.open();
    let preview = preview_of_all(&window);
    preview.thing_about("button", "Change ").click();
    preview.goes();
    window.thing("status", "Last change").sees("in the store");
    go_to(&window, "Activity");
    let changes = window.grid("Changes");
    changes.row("Done").appears();
    let all = listed(&window);
    assert!(all.len() > 2, "{all:?}");
    let folder = connected.scene.desktop.root().join("home");

    // By mouse: one of them, as a table.
    let one = all[1];
    let search = window.field("Search changes");
    search.type_(&one.to_string());
    window.waits("only that one is listed", || listed(&window) == [one]);
    in_the_dark(&window, "activity-4-found");
    window.button("Export").click();
    in_the_dark(&window, "activity-5-export");
    window.choice("For a spreadsheet (CSV)").click();
    let file = folder.join("one.csv");
    choose_file(&connected.scene, &window, &file);
    window.sees("1 change written to one.csv");
    window.picture("activity-6-written");
    assert_eq!(written(&file), [one]);

    // By keys: another, for programs, and at last all of them.
    let other = all[2];
    window.press("/");
    window.waits("the search has the focus", || {
        window.focus().1 == "Search changes"
    });
    window.press("Control+a");
    window.types(&other.to_string());
    window.waits("only the other is listed", || listed(&window) == [other]);
    command(&window, "Export these changes: For programs");
    let file = folder.join("other.json");
    choose_file(&connected.scene, &window, &file);
    window.sees("1 change written to other.json");
    let json = fs::read_to_string(&file).expect("it is written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let text = json.to_string();
    assert!(text.contains(&other.to_string()), "{text}");
    assert!(!text.contains(&one.to_string()), "{text}");

    window.press("/");
    window.press("Control+a");
    window.press("Delete");
    window.waits("all are listed", || listed(&window) == all);
    tab_to(&window, "Export");
    window.press("Enter");
    window.waits("the menu has the focus", || window.focus().0 == "menuitem");
    window.press("Enter");
    let file = folder.join("all.csv");
    choose_file(&connected.scene, &window, &file);
    window.sees("written to all.csv");
    assert_eq!(written(&file), all);
}

#[test]
fn a_long_text_stands_side_by_side_before_and_after_with_what_differs_marked() {
    let connected = Connected::to(few_orders());
    let (app, shop) = (connected.app(), &connected.shop);
    let products = shop.products();
    let (id, name) = (&products[0]["id"], &products[0]["name"]);
    let (id, name) = (id.as_u64().unwrap(), name.as_str().unwrap());
    let part = |number: usize| {
        format!(
            "<p>Part {number}: turned from solid oak, oiled twice by hand and left to dry in the shade.</p>"
        )
    };
    let text: String = (1..=14).map(part).collect();
    let html = format!("<h2>The long way</h2>{text}<ul><li>Comes flat</li><li>Four legs</li></ul>");
    shop.edit_product(id, json!({ "description": html }));
    let window = app.open();
    go_to(&window, "Products");
    window.grid("Products").row(name).click();
    let panel = window.panel(&format!("Product {name}"));
    panel.button("Edit").click();
    window.heading(name).appears();
    let described = window.field("Description, HTML source");
    window.waits("the description is there", || {
        described.value().contains("Part 14")
    });
    let to_sight = "document.querySelector('textarea').scrollIntoView({ block: 'center' })";
    window.script(to_sight, &[]);
    // Words of it, as somebody does who has marked them with the mouse; and a line at the end.
    let marks = "const area = document.querySelector('textarea');
        const at = area.value.indexOf(arguments[0] + arguments[1]) + arguments[0].length;
        area.focus();
        area.setSelectionRange(at, at + arguments[1].length);";
    window.script(marks, &[json!("Part 7: "), json!("turned from solid oak")]);
    window.types("cut from solid ash");
    window.press("Control+End");
    window.types("<p>New: felt under every leg.</p>");
    window.press("Control+Enter");
    let preview = window.sheet(&format!("Change {name}"));
    preview.sees("lines are the same");
    preview.sees("felt under every leg");
    preview.sees("cut from solid ash");
    assert!(!preview.text().contains("Part 3"), "it is folded");
    in_the_dark(&window, "activity-7-sides-preview");
    reads_well(&window, "texts-in-the-preview");
    preview.button("Change product").click();
    preview.goes();
    window.thing("status", "Last change").sees("Done");

    go_to(&window, "Activity");
    window.grid("Changes").row("Description of").click();
    let change = window.panel(&format!("Change of {name}"));
    change.sees("cut from solid ash");
    in_the_dark(&window, "activity-8-sides-panel");
    reads_well(&window, "texts-in-the-panel");
    change.button("6 lines are the same").click();
    change.sees("Part 3");
    window.resize(1000, 640);
    in_the_dark(&window, "activity-9-sides-small");
}

#[test]
fn what_landed_after_it_was_told_to_have_left_no_trace_is_found_by_another_look_and_put_back() {
    let connected = Connected::to(few_orders());
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let preview = preview_of_all(&window);
    in_the_dark(&window, "activity-11-rows");
    window.press("Escape");
    preview.goes();
    window.press("Escape");

    // One never lands, another when everybody has stopped looking for it.
    let orders = [48218, 48219];
    let faults = [
        json!({ "kind": "resetBefore" }),
        json!({ "kind": "resetThenApplied", "ms": 45_000 }),
    ];
    for (order, fault) in orders.into_iter().zip(faults) {
        shop.misbehave(json!({ "match": { "method": "PUT" }, "times": 1, "fault": fault }));
        let panel = open_order(&window, order);
        panel.button("Change status…").click();
        window.choice("Completed").click();
        let preview = window.sheet(&format!("Change status of order {order}"));
        preview.sees("In this order: read again, send");
        preview.button("Change to Completed").click();
        preview.goes();
        window.thing("status", "Last change").sees("Not applied");
    }
    let [given_up, late] = orders;
    go_to(&window, "Activity");
    let changes = window.grid("Changes");
    wait::until("the later one to land", || {
        (shop.order(late)["statusId"] == 10).then_some(())
    });
    changes.row(&format!("order {late}")).click();
    let change = window.panel(&format!("Change of order {late}"));
    change.sees("It can be looked for once more");
    in_the_dark(&window, "activity-12-no-trace");
    reads_well(&window, "no-trace");
    change.button("Look again").click();
    change.sees("the change was found in the store");
    in_the_dark(&window, "activity-13-found");
    change.button("Undo…").click();
    let undo = window.sheet(&format!("Undo a change of order {late}"));
    undo.thing_about("button", "Put back to").click();
    undo.goes();
    change.sees("Done, and put back since");
    changes.row("put back").sees("Done");

    // The other is given up, and nobody is told that it was never sent.
    changes.row(&format!("order {given_up}")).click();
    let change = window.panel(&format!("Change of order {given_up}"));
    change.button("Give up").click();
    change.sees("Given up after it was sent");
    window.resize(1000, 640);
    in_the_dark(&window, "activity-14-given-up");
}

/// Lets days go by for a journal that nobody has open.
fn let_days_go_by(home: &Path, days: i64) {
    let stores = fs::read_dir(home.join("stores")).expect("stores have a folder");
    for store in stores {
        let file = store
            .expect("it can be listed")
            .path()
            .join("journal.sqlite");
        let journal = database::Connection::open(file).expect("the journal opens");
        let earlier = "UPDATE entries SET state_at = state_at - ?1";
        let changed = journal.execute(earlier, [days * 24 * 60 * 60 * 1000]);
        assert!(changed.expect("days go by") > 0);
    }
}

#[test]
fn what_nobody_decides_about_is_left_as_it_was_after_the_time_that_was_chosen() {
    let connected = Connected::to(few_orders());
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let preview = preview_of_all(&window);
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "times": 2,
        "fault": { "kind": "status", "status": 400, "body": r#"[{"status":400,"message":"No."}]"# },
    }));
    preview.thing_about("button", "Change ").click();
    preview.goes();
    go_to(&window, "Activity");
    window.thing_about("button", "To look at 2").appears();
    window.thing_about("button", "On the way 0").appears();
    window.quit();
    let_days_go_by(app.home(), 31);

    let window = app.open();
    let changes = window.grid("Changes");
    changes.row("Refused").appears();
    window
        .thing_about("button", "Erase names and notes")
        .click();
    window.choice("After 30 days").click();
    let left = changes.row("Left as it was");
    left.appears();
    window.waits("both are left", || left.count() == 2);
    let link = window.thing_about("link", "Activity");
    window.waits("nothing is to be looked at", || link.text() == "Activity");
    window.grid("Changes").row("Status of order 48219").click();
    window
        .panel("Change of order 48219")
        .sees("so the store was left as it was");
    in_the_dark(&window, "activity-10-left-as-it-was");
    assert_eq!(shop.order(48219)["statusId"], 11);
}
