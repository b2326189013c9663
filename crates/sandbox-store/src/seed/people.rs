//! Draws customers and guests.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, json};

use super::names::{COMPANIES, FIRST, LAST, STREETS};
use super::places::{HOME, PLACES};
use super::rng::Rng;
use super::{back, later};
use crate::decimal::Decimal;
use crate::state::people::{Address, Counters, Customer, Entry, Group};

/// Id of the first customer.
const FIRST_CUSTOMER: u64 = 11;

/// Customer group of those who buy for a company.
const WHOLESALE: u64 = 2;

/// Customer groups: id and name.
const GROUPS: &[(u64, &str)] = &[(1, "Friends of the house"), (WHOLESALE, "Wholesale")];

pub(super) fn groups(opened: Timestamp) -> Vec<Group> {
    GROUPS
        .iter()
        .map(|(id, name)| Group {
            id: *id,
            name: Arc::from(*name),
            is_default: false,
            is_for_guests: false,
            category_access: json!({ "type": "all" }),
            discount_rules: json!([]),
            created: opened,
            modified: opened,
        })
        .collect()
}

pub(super) fn draw_all(seed: u64, today: Timestamp, count: u32) -> (Vec<Customer>, Counters) {
    let count = u64::from(count);
    let first_address = FIRST_CUSTOMER + 40;
    // The second addresses come after all the first ones.
    let mut next = Counters {
        customer: FIRST_CUSTOMER + count,
        address: first_address + count,
        group: 3,
        attribute: 1,
        attribute_value: 1,
    };
    let customers = (0..count)
        .map(|number| {
            let mut rng = Rng::for_thing(seed, "customer", number);
            let place = rng.index(PLACES.len());
            let company = (number % 17 == 4).then(|| {
                let at = usize::try_from(number / 17).unwrap_or(0);
                match at / COMPANIES.len() {
                    0 => COMPANIES[at % COMPANIES.len()].to_owned(),
                    again => format!("{} {}", COMPANIES[at % COMPANIES.len()], again + 1),
                }
            });
            let is_wholesale = company.is_some();
            let mut person = address(&mut rng, place, company.unwrap_or_default());
            // The number keeps addresses of namesakes apart.
            person.email = email(&person, Some(number));
            let created = back(today, i64::try_from(rng.between(48, 795 * 24)).unwrap_or(0));
            let person = Arc::new(person);
            let mut book = vec![Entry {
                id: first_address + number,
                address: Arc::clone(&person),
                is_commercial: is_wholesale,
                form_fields: Map::new(),
            }];
            book.extend(second_address(seed, number, &person, &mut next));
            Customer {
                id: FIRST_CUSTOMER + number,
                person,
                book,
                group_id: if is_wholesale { WHOLESALE } else { 0 },
                notes: if rng.chance(40) {
                    "Prefers e-mail over the phone.".into()
                } else {
                    "".into()
                },
                created,
                modified: later(created, i64::try_from(rng.below(40 * 3_600)).unwrap_or(0)),
                registration_ip: ip(&mut rng),
                accepts_reminders: rng.chance(350),
                tax_exempt_category: "".into(),
                must_reset_password: false,
                store_credit: Decimal::ZERO,
                channels: None,
                place: Some(place),
                form_fields: Map::new(),
            }
        })
        .collect();
    (customers, next)
}

/// One in six has somewhere else to send to.
fn second_address(seed: u64, number: u64, person: &Address, next: &mut Counters) -> Option<Entry> {
    let mut rng = Rng::for_thing(seed, "second address", number);
    if !rng.chance(170) {
        return None;
    }
    let place = rng.index(PLACES.len());
    let other = Address {
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        email: person.email.clone(),
        ..address(&mut rng, place, String::new())
    };
    Some(Entry {
        id: super::catalog::take(&mut next.address),
        address: Arc::new(other),
        is_commercial: rng.chance(300),
        form_fields: Map::new(),
    })
}

/// Somebody who buys without registering.
pub(super) fn guest(rng: &mut Rng) -> (Arc<Address>, usize) {
    let place = rng.index(PLACES.len());
    (without_account(rng, place), place)
}

/// A guest who lives where the shop is, for an order that is fetched there. Drawn apart: nothing else of the
/// shop depends on it.
pub(super) fn neighbor(seed: u64, order: u64) -> (Arc<Address>, usize) {
    let mut rng = Rng::for_thing(seed, "neighbor", order);
    (without_account(&mut rng, HOME), HOME)
}

fn without_account(rng: &mut Rng, place: usize) -> Arc<Address> {
    let mut person = address(rng, place, String::new());
    person.email = email(&person, None);
    Arc::new(person)
}

fn address(rng: &mut Rng, place: usize, company: String) -> Address {
    let at = &PLACES[place];
    let street_2 = match rng.below(12) {
        0 => format!("Apt {}", rng.between(1, 40)),
        1 => format!("Unit {}", *rng.pick(&["A", "B", "C", "D"])),
        _none => String::new(),
    };
    Address {
        first_name: (*rng.pick(FIRST)).to_owned(),
        last_name: (*rng.pick(LAST)).to_owned(),
        company,
        street_1: format!("{} {}", rng.between(3, 4_800), rng.pick(STREETS)),
        street_2,
        city: at.city.to_owned(),
        state: at.state.to_owned(),
        zip: if at.is_canada {
            format!(
                "{}{}{}",
                at.zip,
                rng.pick(&["A", "B", "C", "E", "G"]),
                rng.below(10)
            )
        } else {
            format!("{}{:02}", at.zip, rng.below(60))
        },
        country: if at.is_canada {
            "Canada".into()
        } else {
            "United States".into()
        },
        country_iso2: if at.is_canada {
            "CA".into()
        } else {
            "US".into()
        },
        phone: match rng.below(10) {
            0 => String::new(),
            1..4 => format!("{}5550{:03}", at.area_code, 100 + rng.below(100)),
            _usual => format!("+1 {} 555 0{:03}", at.area_code, 100 + rng.below(100)),
        },
        email: String::new(),
    }
}

fn email(person: &Address, number: Option<u64>) -> String {
    let plain = |name: &str| super::catalog::slug(name).replace('-', "");
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    format!(
        "{}.{}{number}@example.com",
        plain(&person.first_name),
        plain(&person.last_name)
    )
}

/// An address out of the ranges kept for documentation (RFC 5737).
pub(super) fn ip(rng: &mut Rng) -> String {
    let net = rng.pick(&["192.0.2", "198.51.100", "203.0.113"]);
    format!("{net}.{}", rng.between(1, 254))
}
