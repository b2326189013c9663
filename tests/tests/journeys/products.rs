//! Products: found, edited, reviewed, put back, and made.

use serde_json::{Value, json};
use stockroom_tests::{
    sandbox::Sandbox,
    wait,
    window::{Look as _, Thing, Window},
};

use crate::{
    looking::reads_well,
    support::{Connected, go_to, reaches_the_disk, rows, sees_pictures},
};

/// A product that is sold as it is, counted, shown, and in no sale.
fn simple(shop: &Sandbox) -> Value {
    let mut products = shop.products().into_iter();
    let found = products.find(|product| {
        product["inventory_tracking"] == "product"
            && product["is_visible"] == true
            && product["type"] == "physical"
            && product["sale_price"].as_f64().unwrap_or_default() == 0.0
            && product["price"].as_f64().unwrap_or_default() > 10.0
    });
    found.expect("the shop has one")
}

fn number(product: &Value) -> u64 {
    product["id"].as_u64().expect("it has a number")
}

fn words(product: &Value, field: &str) -> String {
    product[field].as_str().expect("it is a text").to_owned()
}

/// Opens a product beside the list, by its name.
fn open_product<'a>(window: &'a Window<'a>, name: &str) -> Thing<'a> {
    window.grid("Products").row(name).click();
    let panel = window.panel(&format!("Product {name}"));
    panel.appears();
    panel
}

fn fill(window: &Window<'_>, field: &str, text: &str) {
    let field = window.field(field);
    field.clear();
    field.type_(text);
}

/// Without a difference between 9.1 and 9.10.
fn loosely(fields: &Value) -> Vec<(String, String)> {
    let said = |value: &Value| match value.as_f64() {
        Some(number) => number.to_string(),
        None => value.to_string(),
    };
    let fields = fields.as_object().expect("fields");
    let mut fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.clone(), said(value)))
        .collect();
    fields.sort();
    fields
}

fn without_dates(mut product: Value) -> Value {
    for field in ["date_modified", "calculated_price"] {
        if let Some(product) = product.as_object_mut() {
            product.remove(field);
        }
    }
    // The variant that stands for a simple product repeats it, dates included.
    product
}

#[test]
fn a_product_is_found_edited_reviewed_and_put_back() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let product = simple(shop);
    let (id, name) = (number(&product), words(&product, "name"));
    // What a merchant's old editor left, and what must run nowhere.
    let html = "<p>Warm &amp; dry.</p>\r\n\t<script>top.hurt = 1</script>\n<img src=\"x\" onerror=\"top.hurt = 2\"><b>Bold</b>";
    shop.edit_product(
        id,
        json!({ "description": html, "price": 20, "cost_price": 8, "weight": 1.5 }),
    );
    let hidden = shop
        .products()
        .iter()
        .map(number)
        .find(|other| *other != id);
    let hidden = hidden.expect("the shop has more than one");
    shop.edit_product(hidden, json!({ "is_visible": false }));
    let before = without_dates(shop.product(id));
    assert_eq!(before["description"], html);

    let app = connected.app();
    let window = app.open();
    go_to(&window, "Products");
    let grid = window.grid("Products");
    grid.row(&name).sees("$20.00");
    sees_pictures(&window, "[role=grid]");
    window.picture("products-1-list");
    window.thing_about("button", "Hidden 1").click();
    window.waits("only hidden products are listed, each flagged", || {
        let rows = rows(&window, "Products");
        !rows.is_empty() && rows.iter().all(|row| row.contains("Hidden"))
    });
    window.thing_about("button", "All products").click();
    window.field("Search products").type_(&name);
    window.waits("only what was looked for is listed", || {
        let rows = rows(&window, "Products");
        !rows.is_empty() && rows.iter().all(|row| row.contains(&name))
    });

    let panel = open_product(&window, &name);
    panel.sees(&words(&product, "sku"));
    panel.sees("1.5 lb");
    sees_pictures(&window, "aside");
    window.picture("products-2-panel");
    panel.button("Edit").click();
    window.heading(&name).appears();
    let described = window.field("Description, HTML source");
    // A field of a page knows one kind of line ends; what is kept knows which each was.
    window.waits("the description is there, byte by byte", || {
        described.value() == html.replace("\r\n", "\n")
    });
    let renamed = format!("{name} II");
    fill(&window, "Name", &renamed);
    fill(&window, "SKU", "TARN-2");
    described.type_("<p>New.</p>");
    fill(&window, "Default price", "24.50");
    fill(&window, "Sale price", "22");
    fill(&window, "Cost", "9.1");
    fill(&window, "Stock level", "31");
    fill(&window, "Weight (lb)", "1.25");
    window.thing("switch", "Visible on storefront").click();
    window.sees("9 changes");
    window.sees("Left out here: script. It stays in the description.");
    window.picture("products-3-form");
    reads_well(&window, "changed-form");

    window.press("Control+Enter");
    let preview = window.sheet(&format!("Change {name}"));
    for (field, was, becomes) in [
        ("Name", name.as_str(), renamed.as_str()),
        ("Price", "$20.00", "$24.50"),
        ("Sale price", "none", "$22.00"),
        ("Cost", "$8.00", "$9.10"),
        ("Weight", "1.5 lb", "1.25 lb"),
        ("Visibility", "visible", "hidden"),
    ] {
        preview.sees(&format!("{field} {was} {becomes}"));
    }
    preview.sees("Shoppers see it on the storefront");
    window.picture("products-4-preview");
    reads_well(&window, "product-preview");
    assert_eq!(
        shop.requests("PUT").len(),
        0,
        "sent before it was confirmed"
    );
    preview.button("Change product").click();
    preview.goes();
    window.thing("status", "Last change").sees("Done");
    let sent = shop.requests("PUT");
    assert_eq!(sent.len(), 1, "{sent:#?}");
    let changed = json!({
        "name": renamed, "sku": "TARN-2", "description": format!("{html}<p>New.</p>"), "price": 24.50,
        "sale_price": 22, "cost_price": 9.1, "weight": 1.25, "is_visible": false, "inventory_level": 31,
    });
    assert_eq!(loosely(&sent[0]["body"]), loosely(&changed));
    let panel = window.panel(&format!("Product {renamed}"));
    panel.appears();
    window.picture("products-5-done");
    assert_eq!(
        window.script("return window.hurt ?? null", &[]),
        Value::Null
    );

    panel.button("More actions").click();
    window.choice("Undo last change…").click();
    let undo = window.sheet(&format!("Undo a change of {renamed}"));
    undo.sees(&format!("Name {renamed} {name}"));
    undo.button("Put it back").click();
    undo.goes();
    window.panel(&format!("Product {name}")).sees("$20.00");
    assert_eq!(without_dates(shop.product(id)), before, "all is as it was");
    assert_eq!(shop.requests("PUT").len(), 2);
}

#[test]
fn a_product_is_made_once_although_the_answer_was_lost_and_the_form_outlives_a_crash() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Products");
    window.button("New product").click();
    window.heading("New product").appears();
    window.field("Default price").type_("18.5");
    window.field("Name").type_("Tarn Mug");
    reaches_the_disk(app.home(), "Tarn Mug");
    window.crash();

    let window = app.open();
    window.heading("Tarn Mug").appears();
    assert_eq!(window.field("Default price").value(), "18.50");
    window.field("SKU").type_("MUG-1");
    window.picture("products-new-1-form");
    shop.misbehave(json!({
        "match": { "method": "POST", "path": "/v3/catalog/products" }, "times": 1,
        "fault": { "kind": "resetAfter" },
    }));
    window.button("Review new product").click();
    let preview = window.sheet("New product Tarn Mug");
    preview.button("Make product").appears();
    window.picture("products-new-2-preview");
    reads_well(&window, "new-product-preview");
    preview.button("Make product").click();
    preview.goes();

    // What became of it is found out without anybody doing anything.
    let panel = window.panel("Product Tarn Mug");
    panel.sees("$18.50");
    panel.sees("Hidden from storefront");
    window.picture("products-new-3-made");
    let mugs = || {
        let products = shop.products().into_iter();
        products
            .filter(|product| product["name"] == "Tarn Mug")
            .count()
    };
    assert_eq!(mugs(), 1);
    assert_eq!(shop.requests("POST").len(), 1);

    // It was made by mistake: putting that back deletes it.
    panel.button("More actions").click();
    window.choice("Undo last change…").click();
    let undo = window.sheet("Delete Tarn Mug");
    undo.sees("It can’t be put back: a deleted product is gone from the store");
    window.picture("products-new-4-undo");
    reads_well(&window, "deleting-preview");
    assert_eq!(mugs(), 1, "nothing is sent before it is confirmed");
    undo.button("Delete product").click();
    undo.goes();
    panel.sees("This product is not on this computer");
    window.grid("Products").row("Tarn Mug").goes();
    assert_eq!(mugs(), 0);
    assert_eq!(shop.requests("DELETE").len(), 1);

    // And nothing of it is left in the form.
    window.button("New product").click();
    window.heading("New product").appears();
    assert_eq!(window.field("Name").value(), "");
}

#[test]
fn a_price_that_moves_far_is_marked_in_the_preview_and_asked_about_twice() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let product = simple(shop);
    let (id, name) = (number(&product), words(&product, "name"));
    shop.edit_product(id, json!({ "price": 20 }));
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Products");
    window.grid("Products").row(&name).sees("$20.00");
    open_product(&window, &name).button("Edit").click();
    fill(&window, "Default price", "2.45");
    window.press("Control+Enter");
    let preview = window.sheet(&format!("Change {name}"));
    preview.sees("The price moves by more than half");
    preview.sees("In this order: read again, send");
    window.picture("products-price-far");
    preview.button("Change product").click();
    let question = window.thing("alertdialog", "Really change the price this much?");
    question.sees("The price moves by more than half.");
    window.picture("products-price-far-twice");
    reads_well(&window, "price-far");
    question.button("Cancel").click();
    question.goes();
    assert_eq!(shop.product(id)["price"], 20, "nothing is sent");
    preview.button("Change product").click();
    question.button("Change product").click();
    preview.goes();
    wait::until("the price to be changed", || {
        (shop.product(id)["price"] == 2.45).then_some(())
    });
}

#[test]
fn what_somebody_else_changed_meanwhile_is_said_at_its_field_and_never_overwritten_unseen() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let product = simple(shop);
    let (id, name) = (number(&product), words(&product, "name"));
    shop.edit_product(id, json!({ "price": 20 }));
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Products");
    let grid = window.grid("Products");
    grid.row(&name).sees("$20.00");
    open_product(&window, &name).button("Edit").click();
    fill(&window, "Default price", "24");

    shop.edit_product(id, json!({ "price": 26 }));
    window.press("Control+r");
    window.sees("Somebody changed it in the store meanwhile, to $26.00.");
    assert_eq!(window.field("Default price").value(), "24");
    window.picture("products-meanwhile");
    reads_well(&window, "meanwhile");
    window.button("Stay with mine").click();
    window.press("Control+Enter");
    let preview = window.sheet(&format!("Change {name}"));
    preview.sees("Price $26.00 $24.00");

    // Once more, after the preview was made.
    shop.edit_product(id, json!({ "price": 27 }));
    preview.button("Change product").click();
    preview.goes();
    let last = window.thing("status", "Last change");
    last.sees("Changed meanwhile");
    window
        .panel(&format!("Product {name}"))
        .sees("Not changed: somebody was first");
    window.picture("products-conflict");
    reads_well(&window, "product-conflict");
    assert_eq!(shop.product(id)["price"], 27, "theirs stays");
    assert_eq!(shop.requests("PUT").len(), 0);
}

#[test]
fn a_product_that_a_colleague_deletes_leaves_the_list_and_its_open_panel_says_so() {
    let there = Connected::usual();
    let shop = &there.shop;
    let product = simple(shop);
    let name = words(&product, "name");
    let window = there.app().open();
    go_to(&window, "Products");
    let panel = open_product(&window, &name);
    panel.sees(&words(&product, "sku"));

    shop.delete_product(number(&product));
    window.thing_about("button", "Up to date").click();
    let details = window.thing("dialog", "How the store is doing");
    details.button("Refresh now").click();
    window.press("Escape");
    details.goes();

    window.grid("Products").row(&name).goes();
    panel.sees("This product is not on this computer");
    panel.sees("It may have been deleted in the store.");
    window.picture("product-deleted-elsewhere");
    reads_well(&window, "product-gone");
}
