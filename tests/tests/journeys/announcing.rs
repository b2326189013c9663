//! New orders, said by the desktop.

use stockroom_tests::{
    announcements::Announcements,
    window::{Look as _, Window},
};

use crate::support::{Connected, go_to};

/// Orders come in, and the store is asked.
fn come_in(connected: &Connected, window: &Window<'_>, count: u32) -> Vec<u64> {
    let ids = connected.shop.new_orders(count);
    window.press("Control+r");
    ids
}

#[test]
fn new_orders_are_announced_and_a_press_leads_to_them_unless_that_is_switched_off() {
    let connected = Connected::usual();
    let desktop = Announcements::on(&connected.scene.desktop);
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Settings");
    let name = window.field("Name");
    name.clear();
    name.type_("Fjord & <Sons>");
    window.press("Tab");
    window
        .thing_about("button", "Store: Fjord & <Sons>")
        .appears();

    // Whoever looks at the store sees them come in.
    window.look_here();
    let ids = come_in(&connected, &window, 1);
    go_to(&window, "Orders");
    window.grid("Orders").row(&ids[0].to_string()).appears();
    assert_eq!(
        desktop.all(),
        [],
        "neither a first pull nor this is announced"
    );

    window.look_away();
    come_in(&connected, &window, 3);
    let first = desktop.wait_for(1);
    assert_eq!(first.program, "Stockroom");
    assert_eq!(first.title, "3 new orders");
    // Where markup is read, this reads as the name.
    assert_eq!(first.body, "Fjord &amp; &lt;Sons&gt;");
    assert_eq!(first.replaces, 0);
    assert_eq!(first.actions[0], "default");

    // The next one takes the place of one that nobody has read, and counts its orders, too.
    come_in(&connected, &window, 1);
    let second = desktop.wait_for(2);
    assert_eq!(second.title, "4 new orders");
    assert_eq!(second.replaces, first.id);

    go_to(&window, "Settings");
    desktop.press(&second);
    window.heading("Orders").appears();
    window.picture("announced");

    // Nobody is told again of what they have seen: pressed, put away, or looked at in the window.
    window.look_away();
    come_in(&connected, &window, 1);
    let third = desktop.wait_for(3);
    assert_eq!(third.title, "1 new order", "the others were pressed");
    desktop.put_away(&third);
    // That is heard by the time the window has gone there and back.
    go_to(&window, "Settings");
    go_to(&window, "Orders");
    come_in(&connected, &window, 2);
    let fourth = desktop.wait_for(4);
    assert_eq!(fourth.title, "2 new orders", "the other was put away");
    window.look_here();
    // So is this, by the time it has gone there.
    go_to(&window, "Settings");
    window.look_away();
    go_to(&window, "Orders");
    go_to(&window, "Settings");
    let [order] = come_in(&connected, &window, 1)[..] else {
        panic!("one came in");
    };
    let fifth = desktop.wait_for(5);
    assert_eq!(fifth.title, "1 new order", "the others were looked at");

    window.thing("switch", "Announce new orders").click();
    go_to(&window, "Orders");
    window.grid("Orders").row(&order.to_string()).appears();
    window.look_away();
    let ids = come_in(&connected, &window, 2);
    go_to(&window, "Orders");
    window.grid("Orders").row(&ids[1].to_string()).appears();
    assert_eq!(desktop.all().len(), 5, "{:#?}", desktop.all());

    // Switched on again, the next thing said is of the next order: what came in meanwhile was said to nobody.
    go_to(&window, "Settings");
    window.thing("switch", "Announce new orders").click();
    window.look_away();
    let _ = come_in(&connected, &window, 1);
    let sixth = desktop.wait_for(6);
    assert_eq!(sixth.title, "1 new order");
    assert_eq!(desktop.all().len(), 6, "{:#?}", desktop.all());
}

#[test]
fn a_desktop_that_announces_nothing_costs_nothing() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Settings");
    let ids = come_in(&connected, &window, 1);
    go_to(&window, "Orders");
    window.grid("Orders").row(&ids[0].to_string()).appears();
    window.thing_about("button", "Up to date").appears();
}
