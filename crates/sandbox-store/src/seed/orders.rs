//! Draws orders: two years of them, with growth, seasons and week-ends.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};

use super::fate::{Seat, is_of_a_gateway, may_be_fetched, settle, status};
use super::places::{PLACES, Place};
use super::rng::Rng;
use super::words::About;
use super::{World, later, people, shipments, talks};
use crate::money::Cents;
use crate::state::catalog::Form;
use crate::state::orders::{Coupon, Line, Order, Payment, Sums};
use crate::state::statuses::Status;

/// Id of the newest sample order: a shop that has lived.
const NEWEST_ORDER: u64 = 48_219;

/// Days of orders before the sample data ends.
const DAYS: u64 = 730;

/// From so many orders on a shop counts as large, however few its products are.
pub(super) const MANY: u32 = 10_000;

/// In a large shop one order in so many has more lines than the API sends along.
const BULK_EVERY: u64 = 1_499;

/// How an order that somebody fetches goes out.
pub(crate) const PICKUP: &str = "In-store Pickup";

/// The ids handed out next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counters {
    pub(crate) order: u64,
    pub(crate) line: u64,
    pub(crate) shipment: u64,
    pub(crate) fee: u64,
    /// Refunds, and their payments.
    pub(crate) refund: u64,
    /// What a gateway tells, besides the payments of sample orders.
    pub(crate) transaction: u64,
}

pub(crate) fn draw_all(world: &World, count: u32) -> (Vec<Order>, Counters) {
    let count = if world.for_sale.is_empty() {
        0
    } else {
        u64::from(count)
    };
    let newest = NEWEST_ORDER.max(count + count / 60 + 100);
    // Some ids are missing, as they are in a shop that has lived: about one in a hundred.
    let gaps = count / 97;
    let mut next = Counters {
        order: newest + 1 - count - gaps,
        line: 131_000,
        shipment: 9_100,
        fee: 601,
        // Well above those that are made up from the numbers of sample orders.
        refund: newest + 100_000,
        transaction: newest * 2 + 200_000,
    };
    let moments = moments(world, count);
    let orders = moments
        .iter()
        .enumerate()
        .map(|(number, created)| {
            if number > 0 && number % 97 == 0 {
                next.order += 1;
            }
            let number = number as u64;
            let seat = Seat {
                number,
                from_end: count - 1 - number,
            };
            draw(world, &mut next, *created, Some(seat))
        })
        .collect();
    (orders, next)
}

/// When the orders came, oldest first: days weighted by growth, season and week-day.
fn moments(world: &World, count: u64) -> Vec<Timestamp> {
    let midnight = later(world.today, -(18 * 3_600 + 40 * 60) + 8 * 3_600);
    let days: Vec<(Timestamp, u64)> = (0..DAYS)
        .map(|day| {
            let start = later(midnight, (i64::try_from(day).unwrap_or(0) - 729) * 86_400);
            (start, day_weight(start, day))
        })
        .collect();
    let total: u64 = days.iter().map(|(_, weight)| weight).sum();
    let mut rng = Rng::for_thing(world.seed, "moments", count);
    let mut moments: Vec<Timestamp> = (0..count)
        .map(|number| {
            // One order in each of `count` equal shares of the whole weight.
            let share = total * 1_000 / count.max(1);
            let mut left = (number * share + rng.below(share)) / 1_000;
            let mut day = days[days.len() - 1].0;
            for (start, weight) in &days {
                if left < *weight {
                    day = *start;
                    break;
                }
                left -= weight;
            }
            let hour = rng.weighted(HOURS);
            let second = hour * 3_600 + i64::try_from(rng.below(3_600)).unwrap_or(0);
            let at = later(day, second);
            if at < world.today {
                at
            } else {
                // Today is not over yet: what would come later came this morning.
                later(
                    world.today,
                    -i64::try_from(rng.between(240, 5 * 3_600)).unwrap_or(0),
                )
            }
        })
        .collect();
    moments.sort_unstable();
    moments
}

/// Weight and hour of the day, local time.
const HOURS: &[(u64, i64)] = &[
    (2, 5),
    (5, 6),
    (9, 7),
    (12, 8),
    (13, 9),
    (13, 10),
    (12, 11),
    (14, 12),
    (12, 13),
    (10, 14),
    (10, 15),
    (10, 16),
    (11, 17),
    (13, 18),
    (16, 19),
    (18, 20),
    (16, 21),
    (10, 22),
    (4, 23),
];

fn day_weight(start: Timestamp, day: u64) -> u64 {
    let date = start.to_zoned(TimeZone::UTC).date();
    let growth = 1_000 + day * 550 / DAYS;
    let season = match (date.month(), date.day()) {
        (11, 20..) => 230,
        (12, ..=18) => 210,
        (11, _) => 135,
        (12, _) => 90,
        (6 | 7, _) => 125,
        (1 | 2, _) => 80,
        _rest => 100,
    };
    let week_day = match date.weekday().to_monday_zero_offset() {
        5 | 6 => 130,
        0 => 110,
        _midweek => 92,
    };
    growth * season * week_day / 10_000
}

/// Draws one order. Without a seat it is one that comes in while the store is open.
pub(crate) fn draw(
    world: &World,
    next: &mut Counters,
    created: Timestamp,
    seat: Option<Seat>,
) -> Order {
    let id = next.order;
    next.order += 1;
    let mut rng = Rng::for_thing(world.seed, "order", id);
    let customer = (!world.customers.is_empty() && rng.chance(720)).then(|| {
        // The first customers come back more often.
        let at = rng
            .index(world.customers.len())
            .min(rng.index(world.customers.len()));
        &world.customers[at]
    });
    let known = customer.and_then(|customer| {
        let person = Arc::clone(&customer.person);
        Some((customer.id, person, customer.place?))
    });
    let mut buyer = known.unwrap_or_else(|| {
        let (guest, place) = people::guest(&mut rng);
        (0, guest, place)
    });
    let mut status = match seat {
        Some(seat) => status(&mut rng, world, created, seat),
        None => Status::AwaitingFulfillment,
    };
    if status == Status::AwaitingPickup && !PLACES[buyer.2].is_near() {
        if seat.is_some_and(Seat::is_awaited) {
            let (neighbor, place) = people::neighbor(world.seed, id);
            buyer = (0, neighbor, place);
        } else {
            status = Status::AwaitingShipment;
        }
    }
    let (customer_id, billing, place) = buyer;
    let place = &PLACES[place];
    let is_wholesale = !billing.company.is_empty();
    let wanted = how_many_lines(world, &mut rng, is_wholesale, seat);
    let mut lines = draw_lines(world, &mut rng, next, created, (wanted, is_wholesale));
    if let [only] = lines.as_mut_slice()
        && only.quantity == 1
        && matches!(status, Status::PartiallyShipped | Status::PartiallyRefunded)
    {
        // One piece cannot go, or come back, by halves.
        only.quantity = 2;
    }
    let (coupon, discount) = take_off(&mut rng, &mut lines);
    tax(&mut lines, place);
    let (shipping_method, shipping) = ship(&mut rng, &lines, place, status);
    let shipping_tax = if place.taxes_shipping {
        shipping.share(place.tax)
    } else {
        Cents::ZERO
    };
    let mut payment = pay(&mut rng, is_wholesale, id);
    if payment.provider_id.is_none() && is_of_a_gateway(status) {
        payment = by_card(&mut Rng::for_thing(world.seed, "card", id), id);
    }
    let source = match rng.below(100) {
        _any if is_wholesale => "manual",
        0..82 => "www",
        82..90 => "iphone",
        90..95 => "android",
        95..98 => "checkout_api",
        _rest => "manual",
    };
    let about = About {
        world,
        status,
        lines: &lines,
        buyer: &billing,
        place,
        shipping_method,
        payment: &payment,
    };
    let staff_notes = about.note(&mut rng);
    let customer_message = about.message(&mut rng);
    let mut order = Order {
        id,
        customer_id,
        created,
        modified: created,
        shipped: None,
        status,
        lines,
        address_id: id + 1_912,
        billing,
        ship_to: None,
        shipping_method: shipping_method.into(),
        shipping,
        shipping_tax,
        handling: (Cents::ZERO, Cents::ZERO),
        wrapping: (Cents::ZERO, Cents::ZERO),
        fees: Vec::new(),
        says: Sums::default(),
        discount,
        coupon,
        store_credit: Cents::ZERO,
        payment,
        refunded: Cents::ZERO,
        refunded_at: None,
        refunds: Vec::new(),
        moves: Vec::new(),
        shipments: Vec::new(),
        source: Cow::Borrowed(source),
        staff_notes,
        customer_message,
        external_order_id: rng
            .chance(20)
            .then(|| format!("PO-{}", rng.between(1_000, 9_999)).into()),
        is_archived: seat.is_some_and(|seat| seat.number % 83 == 31),
        wants_mail: rng.chance(300),
        talk: None,
        others: BTreeMap::new(),
    };
    settle(&mut rng, world, &mut order);
    order.store_credit = store_credit(world.seed, &order);
    shipments::pack(world.seed, next, &mut order);
    order.talk = talks::talk(world.seed, &order);
    order
}

/// About two in a small shop. In a large one people find more: about three, and now and then somebody
/// equips a whole camp.
fn how_many_lines(world: &World, rng: &mut Rng, is_wholesale: bool, seat: Option<Seat>) -> u64 {
    let wanted = if is_wholesale {
        rng.between(2, 6)
    } else {
        rng.weighted(&[(46, 1), (28, 2), (15, 3), (7, 4), (3, 5), (1, 7)])
    };
    if !world.is_large {
        return wanted;
    }
    if seat.is_some_and(|seat| seat.number % BULK_EVERY == 700) {
        return rng.between(51, 74);
    }
    wanted + rng.below(3)
}

fn draw_lines(
    world: &World,
    rng: &mut Rng,
    next: &mut Counters,
    created: Timestamp,
    (wanted, is_wholesale): (u64, bool),
) -> Vec<Line> {
    let month = created.to_zoned(TimeZone::UTC).month();
    let is_winter = matches!(month, 10..=12 | 1..=3);
    // What comes up twice is one line the fewer; so many of them that there would be too few for a
    // large order are drawn anew.
    let tries = if wanted > 50 { wanted * 4 } else { wanted };
    let mut lines: Vec<Line> = Vec::new();
    for _try in 0..tries {
        if lines.len() as u64 == wanted {
            break;
        }
        // Few products sell much, many sell little; and a tent sells in June.
        let mut at = world.for_sale[rng
            .index(world.for_sale.len())
            .min(rng.index(world.for_sale.len()))];
        for _again in 0..3 {
            let season = world.products[at].kind.map_or((10, 10), |kind| kind.season);
            if rng.below(10) < if is_winter { season.0 } else { season.1 } {
                break;
            }
            at = world.for_sale[rng.index(world.for_sale.len())];
        }
        let product = &world.products[at];
        let variant = rng.pick(&product.variants);
        if lines.iter().any(|line| line.variant_id == variant.id) {
            continue;
        }
        let most = product.kind.map_or(1, |kind| kind.most);
        let quantity = if is_wholesale {
            rng.between(4, 14)
        } else {
            rng.between(1, most).min(rng.between(1, most))
        };
        lines.push(Line {
            id: next.line,
            product_id: product.id,
            variant_id: variant.id,
            name: Arc::clone(&product.name),
            sku: Arc::clone(product.sku_of(variant)),
            brand: world
                .brand(product.brand_id)
                .map_or_else(|| Arc::from(""), |brand| Arc::clone(&brand.name)),
            upc: Arc::clone(product.upc_of(variant)),
            weight: product.weight,
            price: product.price_of(variant).cents(),
            cost: product.cost.cents(),
            quantity: u32::try_from(quantity).unwrap_or(1),
            shipped: 0,
            refunded: 0,
            coupon: Cents::ZERO,
            discount: Cents::ZERO,
            tax: Cents::ZERO,
            options: Arc::clone(&variant.chosen),
            is_digital: product.form == Form::Digital,
        });
        next.line += 1;
    }
    lines
}

/// Coupon and promotion, spread over the lines so that the parts add up to the whole.
fn take_off(rng: &mut Rng, lines: &mut [Line]) -> (Option<Coupon>, Cents) {
    let subtotal: Cents = lines.iter().map(Line::total_ex_tax).sum();
    let coupon = match rng.below(100) {
        0..7 => Some(("TRAIL10", subtotal.share(10_000))),
        7..10 => Some(("WELCOME15", subtotal.share(15_000))),
        10..12 if subtotal > Cents(6_000) => Some(("TAKE20", Cents(2_000))),
        _none => None,
    };
    let coupon = coupon.map(|(code, taken_off)| Coupon { code, taken_off });
    if let Some(coupon) = &coupon {
        spread(coupon.taken_off, lines, |line, part| line.coupon = part);
    }
    let discount = if subtotal > Cents(30_000) && rng.chance(150) {
        subtotal.share(5_000)
    } else {
        Cents::ZERO
    };
    spread(discount, lines, |line, part| line.discount = part);
    (coupon, discount)
}

/// Gives each line its part by value; the last one takes what rounding left.
fn spread(amount: Cents, lines: &mut [Line], mut give: impl FnMut(&mut Line, Cents)) {
    let subtotal: Cents = lines.iter().map(Line::total_ex_tax).sum();
    let count = lines.len();
    let mut left = amount;
    for (at, line) in lines.iter_mut().enumerate() {
        let part = if at + 1 == count {
            left
        } else {
            Cents(amount.0 * line.total_ex_tax().0 / subtotal.0.max(1))
        };
        left = left - part;
        give(line, part);
    }
}

fn tax(lines: &mut [Line], place: &Place) {
    for line in lines {
        line.tax = (line.total_ex_tax() - line.coupon - line.discount).share(place.tax);
    }
}

/// How it goes out, and for how much. Nobody fetches from another state.
fn ship(rng: &mut Rng, lines: &[Line], place: &Place, status: Status) -> (&'static str, Cents) {
    let subtotal: Cents = lines.iter().map(Line::total_ex_tax).sum();
    if place.is_canada {
        return ("UPS Standard to Canada", Cents(2_450));
    }
    match rng.below(100) {
        _any if status == Status::AwaitingPickup => (PICKUP, Cents::ZERO),
        0..8 => ("UPS 2nd Day Air", Cents(2_495)),
        8..12 if place.is_near() && may_be_fetched(status) => (PICKUP, Cents::ZERO),
        _rest if subtotal >= Cents(15_000) => ("Free Shipping", Cents::ZERO),
        12..55 => ("UPS Ground", Cents(1_200)),
        _rest => ("USPS Ground Advantage", Cents(895)),
    }
}

fn pay(rng: &mut Rng, is_wholesale: bool, id: u64) -> Payment {
    let (method, is_online) = match rng.below(100) {
        0..60 if is_wholesale => ("Bank Deposit", false),
        0..68 => ("Credit Card", true),
        68..86 => ("PayPal", true),
        86..93 => ("Shop by Card", true),
        93..97 => ("Bank Deposit", false),
        _rest => ("Check", false),
    };
    Payment {
        method: Cow::Borrowed(method),
        provider_id: is_online.then(|| charge(rng, id)),
        status: "",
    }
}

fn by_card(rng: &mut Rng, id: u64) -> Payment {
    Payment {
        method: Cow::Borrowed("Credit Card"),
        provider_id: Some(charge(rng, id)),
        status: "",
    }
}

/// What the provider calls a payment.
fn charge(rng: &mut Rng, id: u64) -> Arc<str> {
    Arc::from(format!("ch_{id}{:08x}", rng.next() >> 32))
}

/// Now and then somebody has store credit left and pays a part with it, all that there is. Drawn apart:
/// nothing else of the shop depends on it.
fn store_credit(seed: u64, order: &Order) -> Cents {
    let mut rng = Rng::for_thing(seed, "store credit", order.id);
    let is_captured = order.payment.provider_id.is_some() && order.payment.status == "captured";
    if order.customer_id == 0 || !is_captured || !rng.chance(100) {
        return Cents::ZERO;
    }
    let part = u32::try_from(rng.between(10, 50)).unwrap_or(25);
    // Whole dollars.
    Cents(order.total_inc_tax().share(part * 1_000).0 / 100 * 100)
}
