//! What the sample shop says of one thing agrees with what it says of another.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::date;

use super::World;
use super::catalog::slug;
use super::fate::{is_of_a_gateway, may_be_fetched};
use super::kinds::{BRANDS, FIRST_BRAND, FIRST_CATEGORY, Shape};
use super::orders::{self, PICKUP};
use crate::money::Cents;
use crate::state::Sizes;
use crate::state::orders::Order;
use crate::state::statuses::Status;

/// Enough of them that what is rare occurs.
static SHOPS: LazyLock<Vec<(World, Vec<Order>)>> = LazyLock::new(|| {
    let shop = |seed| {
        let world = stocked(seed, 60, 200);
        let (orders, _next) = orders::draw_all(&world, 15_000);
        (world, orders)
    };
    (1..4).map(shop).collect()
});

fn stocked(seed: u64, products: u32, customers: u32) -> World {
    let sizes = Sizes {
        products,
        orders: 0,
        customers,
    };
    World::draw(seed, date(2026, 11, 16), sizes)
}

fn all_orders() -> impl Iterator<Item = (&'static World, &'static Order)> {
    let shops = SHOPS.iter();
    shops.flat_map(|(world, orders)| orders.iter().map(move |order| (world, order)))
}

fn is_fetched(order: &Order) -> bool {
    order.shipping_method == PICKUP
}

#[test]
fn only_who_lives_in_the_shops_state_fetches_an_order_and_no_carrier_has_it() {
    let mut fetched = 0;
    for (_, order) in all_orders() {
        let is_canadian = &*order.billing.country_iso2 == "CA";
        let goes_to_canada = order.shipping_method == "UPS Standard to Canada";
        assert_eq!(is_canadian, goes_to_canada, "{order:?}");
        assert!(
            order.status != Status::AwaitingPickup || is_fetched(order),
            "{order:?}"
        );
        if is_fetched(order) {
            fetched += 1;
            assert_eq!(order.billing.state, "Washington", "{order:?}");
            assert!(may_be_fetched(order.status), "{order:?}");
            let costs = (order.shipping, order.shipping_tax);
            assert_eq!(costs, (Cents::ZERO, Cents::ZERO), "{order:?}");
            for parcel in &order.shipments {
                let carried = [&parcel.provider, &parcel.tracking_number, &parcel.comments];
                assert!(carried.iter().all(|text| text.is_empty()), "{parcel:?}");
            }
        }
    }
    assert!(fetched > 50, "only {fetched} are fetched");
}

#[test]
fn somebody_is_awaited_at_the_counter_however_few_customers_there_are() {
    for seed in 0..20 {
        let world = stocked(seed, 25, 5);
        let (orders, _next) = orders::draw_all(&world, 60);
        let mut orders = orders.iter();
        assert!(
            orders.any(|order| order.status == Status::AwaitingPickup),
            "seed {seed}"
        );
    }
}

#[test]
fn only_a_gateway_says_how_a_payment_stands() {
    let mut of_a_gateway = 0;
    for (_, order) in all_orders() {
        let (status, payment) = (order.status, &order.payment);
        let is_online = payment.provider_id.is_some();
        assert!(is_online || payment.status.is_empty(), "{order:?}");
        assert!(is_online || !is_of_a_gateway(status), "{order:?}");
        of_a_gateway += usize::from(is_of_a_gateway(status));
    }
    assert!(of_a_gateway > 100, "{of_a_gateway}");
}

#[test]
fn an_order_goes_out_and_comes_back_in_its_time() {
    for (world, order) in all_orders() {
        let mut before = order.created;
        for at in [order.shipped, order.refunded_at].into_iter().flatten() {
            assert!(before <= at && at <= world.today, "{order:?}");
            before = at;
        }
        if order.status == Status::Refunded {
            let sent = order.items_shipped();
            let is_out = order.shipped.is_some();
            let expected = if is_out { order.items_total() } else { 0 };
            assert_eq!(sent, expected, "{order:?}");
        }
    }
}

/// Whether a text on an order has a cause in it. Texts that go with any order have none.
fn fits(world: &World, order: &Order, text: &str) -> bool {
    let is_carried = !is_fetched(order) && !order.is_digital();
    let is_private = order.billing.company.is_empty();
    let has_phone = !order.billing.phone.is_empty();
    let named = |word: &str| order.lines.iter().any(|line| line.name.contains(word));
    let chosen = |name: &str, value: &str| {
        let mut options = order.lines.iter().flat_map(|line| line.options.iter());
        options.any(|option| option.name == name && &*option.value == value)
    };
    match text {
        "Please leave it with the neighbor at number 12."
        | "It's a gift: no prices in the box, please."
        | "Add a sticker and a thank-you card." => is_carried && is_private,
        "Socks can follow later, need the jacket by Friday." | "Jacket first, socks Thursday." => {
            is_carried && named("Jacket") && named("Sock")
        }
        "Gate code is 0412." => is_carried,
        "Could you pack the mugs extra well? Last time one arrived chipped." => {
            is_carried && named("Mug")
        }
        "Merci de livrer après 17 h." => is_carried && order.billing.state == "Quebec",
        "Call before delivery – the road is closed on weekends." | "Address checked by phone." => {
            is_carried && has_phone
        }
        "I can come by on Saturday morning." => is_fetched(order),
        "Called about the size, wants M." => has_phone && chosen("Size", "M"),
        "Carrier claim open." => is_carried && !order.shipments.is_empty(),
        "Waiting for the bank transfer, reminded once." => {
            let is_unpaid = matches!(order.status, Status::Pending | Status::AwaitingPayment);
            is_unpaid && order.payment.method == "Bank Deposit"
        }
        "Wholesale terms: net 30." => !is_private && order.payment.provider_id.is_none(),
        "Thanks for the help with choosing!"
        | "Please send the invoice by e-mail."
        | "Wrote back by e-mail." => true,
        choice => {
            let colors = choice
                .strip_prefix("If ")
                .and_then(|rest| rest.strip_suffix(" is fine too."))
                .and_then(|rest| rest.split_once(" is sold out, "));
            let (first, second) = colors.unwrap();
            let mut lines = order.lines.iter();
            first != second
                && chosen("Color", first)
                && lines.any(|line| {
                    let product = world.product(line.product_id).unwrap();
                    let mut values = product.options.iter().flat_map(|option| &option.values);
                    values.any(|value| &*value.label == second)
                })
        }
    }
}

#[test]
fn what_is_written_on_an_order_fits_it() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (world, order) in all_orders() {
        let written = [&order.staff_notes, &order.customer_message];
        for text in written.into_iter().flatten() {
            assert!(fits(world, order, text), "{text}: {order:?}");
            seen.insert(text);
        }
    }
    for text in [
        "Could you pack the mugs extra well? Last time one arrived chipped.",
        "Merci de livrer après 17 h.",
        "Called about the size, wants M.",
        "Wholesale terms: net 30.",
    ] {
        assert!(seen.contains(text), "{text}: {seen:?}");
    }
    assert!(
        seen.iter().any(|text| text.ends_with(" is fine too.")),
        "{seen:?}"
    );
}

#[test]
fn what_is_asked_about_an_order_and_answered_fits_how_it_stands() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (_, order) in all_orders() {
        let Some(talk) = order.talk.as_deref() else {
            continue;
        };
        let is_placed = !matches!(
            order.status,
            Status::Incomplete | Status::Pending | Status::Cancelled | Status::Declined
        );
        assert!(is_placed, "{order:?}");
        let last = talk.answer.unwrap_or(talk.question).at;
        let is_after = |at: Option<Timestamp>| at.is_none_or(|at| at > last);
        assert!(is_after(order.refunded_at), "{order:?}");
        let is_carried = !is_fetched(order) && !order.is_digital();
        let answer = talk.answer.map_or("", |said| said.text);
        let fits = match talk.subject {
            "Delivery" => is_carried && is_after(order.shipped),
            "Size" => {
                let mut options = order.lines.iter().flat_map(|line| line.options.iter());
                let has_l = options.any(|each| each.name == "Size" && &*each.value == "L");
                // The line says L still.
                is_carried && has_l && (answer.is_empty() || answer.contains("send the L back"))
            }
            "Invoice" => order.customer_id > 0 && !order.billing.company.is_empty(),
            "Receipt" => {
                ["captured", "refunded", "partially refunded"].contains(&order.payment.status)
            }
            other => panic!("{other}"),
        };
        assert!(fits, "{talk:?}: {order:?}");
        seen.insert(talk.subject);
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[test]
fn things_stand_where_somebody_would_look_for_them_and_what_bears_our_name_is_ours() {
    let (shelter, kitchen, light) = (FIRST_CATEGORY + 3, FIRST_CATEGORY + 4, FIRST_CATEGORY + 6);
    let mut twice = 0;
    for product in &stocked(1, 900, 0).products {
        let may_stand_in = match product.kind.unwrap().shape {
            Shape::Tent | Shape::SleepingBag => [shelter, light],
            Shape::Mug | Shape::Stove | Shape::Bottle => [kitchen, light],
            _other => continue,
        };
        let mut stands_in = product.categories.iter();
        assert!(
            stands_in.all(|id| may_stand_in.contains(id)),
            "{}: {:?}",
            product.name,
            product.categories
        );
        twice += usize::from(product.categories.len() > 1);
    }
    assert!(twice > 5, "{twice}");
    for seed in 0..20 {
        let world = stocked(seed, 40, 0);
        let mut ours = world.products.iter();
        let ours = ours.find(|product| product.name.starts_with(BRANDS[0]));
        assert_eq!(ours.unwrap().brand_id, FIRST_BRAND, "seed {seed}");
    }
}

#[test]
fn an_e_mail_address_holds_the_whole_name() {
    assert_eq!(slug("Zoë Renée Søren"), "zoe-renee-soren");
    for customer in SHOPS.iter().flat_map(|(world, _)| &world.customers) {
        let person = &customer.person;
        let (first, _rest) = person.email.split_once('.').unwrap();
        let letters = person.first_name.chars().count();
        assert_eq!(first.len(), letters, "{}", person.email);
    }
}
