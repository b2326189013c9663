//! What shoppers and staff write on an order, so that it fits what was ordered, by whom, and how it goes out.

use std::borrow::Cow;
use std::sync::Arc;

use super::World;
use super::orders::PICKUP;
use super::places::Place;
use super::rng::Rng;
use crate::state::orders::{Line, Payment};
use crate::state::people::Address;
use crate::state::statuses::Status;

/// What is known of an order when somebody writes on it.
pub(super) struct About<'a> {
    pub(super) world: &'a World,
    pub(super) status: Status,
    pub(super) lines: &'a [Line],
    pub(super) buyer: &'a Address,
    pub(super) place: &'a Place,
    pub(super) shipping_method: &'a str,
    pub(super) payment: &'a Payment,
}

/// Whether something can be written on an order.
type Fits = fn(&About<'_>) -> bool;

/// What shoppers write at the checkout. One of them always fits.
const MESSAGES: &[(&str, Fits)] = &[
    (
        "Please leave it with the neighbor at number 12.",
        goes_to_a_home,
    ),
    (
        "Socks can follow later, need the jacket by Friday.",
        holds_jacket_and_socks,
    ),
    ("It's a gift: no prices in the box, please.", goes_to_a_home),
    ("Gate code is 0412.", is_carried),
    (
        "Could you pack the mugs extra well? Last time one arrived chipped.",
        holds_mugs,
    ),
    ("Merci de livrer après 17 h.", goes_to_quebec),
    (
        "Call before delivery – the road is closed on weekends.",
        is_carried_and_has_phone,
    ),
    ("I can come by on Saturday morning.", is_fetched),
    ("Thanks for the help with choosing!", always),
    ("Please send the invoice by e-mail.", always),
];

/// What the staff writes down. One of them always fits.
const NOTES: &[(&str, Fits)] = &[
    ("Jacket first, socks Thursday.", holds_jacket_and_socks),
    ("Called about the size, wants M.", wants_m),
    ("Address checked by phone.", is_carried_and_has_phone),
    ("Add a sticker and a thank-you card.", goes_to_a_home),
    ("Carrier claim open.", may_be_claimed),
    (
        "Waiting for the bank transfer, reminded once.",
        waits_for_the_bank,
    ),
    ("Wholesale terms: net 30.", is_on_account),
    ("Wrote back by e-mail.", always),
];

impl About<'_> {
    /// What the staff wrote down, if anything. Draws as often whatever fits, so that nothing else of the order
    /// depends on it.
    pub(super) fn note(&self, rng: &mut Rng) -> Option<Arc<str>> {
        rng.chance(60)
            .then(|| Arc::from(*rng.pick(&self.fitting(NOTES))))
    }

    /// What the shopper wrote at the checkout, if anything. Draws as [`Self::note`] does.
    pub(super) fn message(&self, rng: &mut Rng) -> Option<Arc<str>> {
        rng.chance(90).then(|| {
            let fitting = self.fitting(MESSAGES).into_iter();
            let mut fitting: Vec<Cow<'_, str>> = fitting.map(Cow::Borrowed).collect();
            fitting.extend(self.second_choice().map(Cow::Owned));
            Arc::from(&**rng.pick(&fitting))
        })
    }

    fn fitting(&self, all: &[(&'static str, Fits)]) -> Vec<&'static str> {
        all.iter()
            .filter(|(_, fits)| fits(self))
            .map(|(text, _)| *text)
            .collect()
    }

    /// A colour that will do as well as the one that was chosen.
    fn second_choice(&self) -> Option<String> {
        self.lines.iter().find_map(|line| {
            let chosen = line.options.iter().find(|option| option.name == "Color")?;
            let product = self.world.product(line.product_id)?;
            let mut options = product.options.iter();
            let colors = options.find(|option| option.id == chosen.option_id)?;
            let mut values = colors.values.iter();
            let other = values.find(|value| value.id != chosen.value_id)?;
            Some(format!(
                "If {} is sold out, {} is fine too.",
                chosen.value, other.label
            ))
        })
    }

    fn is_physical(&self) -> bool {
        self.lines.iter().any(|line| !line.is_digital)
    }

    fn holds(&self, word: &str) -> bool {
        self.lines.iter().any(|line| line.name.contains(word))
    }
}

fn always(_any: &About<'_>) -> bool {
    true
}

fn is_fetched(about: &About<'_>) -> bool {
    about.is_physical() && about.shipping_method == PICKUP
}

/// Somebody brings it, to wherever it goes.
fn is_carried(about: &About<'_>) -> bool {
    about.is_physical() && about.shipping_method != PICKUP
}

fn goes_to_a_home(about: &About<'_>) -> bool {
    is_carried(about) && about.buyer.company.is_empty()
}

fn goes_to_quebec(about: &About<'_>) -> bool {
    is_carried(about) && about.place.state == "Quebec"
}

fn is_carried_and_has_phone(about: &About<'_>) -> bool {
    is_carried(about) && !about.buyer.phone.is_empty()
}

fn holds_jacket_and_socks(about: &About<'_>) -> bool {
    is_carried(about) && about.holds("Jacket") && about.holds("Sock")
}

/// More than one.
fn holds_mugs(about: &About<'_>) -> bool {
    let mugs = about.lines.iter().filter(|line| line.name.contains("Mug"));
    is_carried(about) && mugs.map(|line| line.quantity).sum::<u32>() > 1
}

/// An M is on the order, and there is a number to call.
fn wants_m(about: &About<'_>) -> bool {
    let mut chosen = about.lines.iter().flat_map(|line| line.options.iter());
    !about.buyer.phone.is_empty()
        && chosen.any(|option| option.name == "Size" && &*option.value == "M")
}

/// It left with a carrier, and something may have gone wrong with it.
fn may_be_claimed(about: &About<'_>) -> bool {
    let is_out = matches!(
        about.status,
        Status::Shipped | Status::PartiallyRefunded | Status::Disputed
    );
    is_out && is_carried(about)
}

fn waits_for_the_bank(about: &About<'_>) -> bool {
    let is_unpaid = matches!(about.status, Status::Pending | Status::AwaitingPayment);
    is_unpaid && about.payment.method == "Bank Deposit"
}

/// A company that pays later, by no gateway.
fn is_on_account(about: &About<'_>) -> bool {
    !about.buyer.company.is_empty() && about.payment.provider_id.is_none()
}
