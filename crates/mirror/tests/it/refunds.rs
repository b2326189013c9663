use commerce::{Money, Order, OrderId};
use jiff::Timestamp;
use mirror::{Mirror, Refunded, Refunds};

use crate::{at, open, order, put, usd};

/// An order that is placed at the second of its number.
fn placed(id: u64, status: u32, total: &str, currency: &str) -> Order {
    let total = Money::new(total.parse().unwrap(), currency.parse().unwrap());
    Order {
        total,
        ..order(id, status, 0)
    }
}

fn told(id: u64, as_of: Timestamp, amount: &str) -> Refunded {
    Refunded {
        order: OrderId(id),
        as_of,
        amount: Some(amount.parse().unwrap()),
    }
}

fn to_ask(mirror: &Mirror) -> Vec<u64> {
    let orders = mirror.refunds_to_ask(at(0), 10).unwrap();
    orders.iter().map(|(id, _)| id.0).collect()
}

fn within(mirror: &Mirror) -> Vec<Refunds> {
    mirror.refunds((at(100), at(200))).unwrap()
}

#[test]
fn refunds_and_the_average_are_of_the_orders_that_count_each_in_its_currency() {
    let (_folder, mirror) = open();
    let euros = |text: &str| Money::new(text.parse().unwrap(), "EUR".parse().unwrap());
    let archived = Order {
        is_archived: true,
        ..placed(109, 14, "1024", "USD")
    };
    let back = |payment_status: &str, order| Order {
        payment_status: payment_status.into(),
        ..order
    };
    let orders = [
        placed(100, 11, "30", "USD"),
        // In full, and in part: by its status, and by what the store says of the payment.
        placed(101, 4, "50", "USD"),
        placed(102, 14, "20", "USD"),
        back("partially refunded", placed(103, 10, "10", "USD")),
        // Another currency.
        placed(104, 14, "8", "EUR"),
        // No sales: cancelled, declined, never finished, archived; and one of another time.
        back("refunded", placed(105, 5, "64", "USD")),
        placed(106, 6, "128", "USD"),
        placed(107, 0, "256", "USD"),
        archived,
        placed(200, 14, "512", "USD"),
    ];
    put(&mirror, &orders);
    let as_of = orders[0].modified_at;
    assert_eq!(to_ask(&mirror), [200, 104, 103, 102]);

    // What isn't known is no number; of euros it says nothing either.
    let amounts = |all: Vec<Refunds>| -> Vec<_> { all.iter().map(|one| one.amount).collect() };
    assert_eq!(amounts(within(&mirror)), [None, None]);
    let in_part = [told(102, as_of, "4.5"), told(104, as_of, "8")];
    assert!(mirror.put_refunded(&in_part).unwrap());
    assert_eq!(amounts(within(&mirror)), [Some(euros("8")), None]);
    assert!(mirror.put_refunded(&[told(103, as_of, "1.25")]).unwrap());
    let known = within(&mirror);
    assert_eq!(
        amounts(known.clone()),
        [Some(euros("8")), Some(usd("55.75"))]
    );
    assert_eq!(
        (known[0].in_full, known[1].in_full),
        (euros("0"), usd("50"))
    );

    let sales = mirror.sales(&[(at(100), at(200))]).unwrap().remove(0);
    assert_eq!(sales.amounts, [usd("60"), euros("8")]);
    assert_eq!(sales.counted, [3, 1]);
    assert_eq!(sales.average("USD".parse().unwrap()), Some(usd("20")));
    assert_eq!(known[1].thousandths_of(sales.amounts[0]), Some(507));
}

#[test]
fn an_order_is_asked_about_again_once_it_has_changed_and_keeps_what_was_known_until_then() {
    let (_folder, mirror) = open();
    let first = placed(100, 14, "20", "USD");
    put(&mirror, std::slice::from_ref(&first));
    let told_first = [told(100, first.modified_at, "4")];
    assert!(mirror.put_refunded(&told_first).unwrap());
    assert!(!mirror.put_refunded(&told_first).unwrap(), "the same again");
    assert_eq!(to_ask(&mirror), [0; 0]);

    // Shipped again, by which the status says nothing of it any more.
    let later = Order {
        status_id: commerce::StatusId(2),
        modified_at: at(50),
        ..first
    };
    put(&mirror, &[later]);
    assert_eq!(within(&mirror)[0].amount, Some(usd("4")));
    assert_eq!(to_ask(&mirror), [100]);
    // It changed once more while it was asked about.
    mirror.put_refunded(&[told(100, at(40), "6")]).unwrap();
    assert_eq!(within(&mirror)[0].amount, Some(usd("6")));
    assert_eq!(to_ask(&mirror), [100]);
    mirror.put_refunded(&[told(100, at(50), "6")]).unwrap();
    assert_eq!(to_ask(&mirror), [0; 0]);
}

#[test]
fn an_order_of_which_the_store_can_not_tell_is_not_asked_about_for_ever_and_stays_unknown() {
    let (_folder, mirror) = open();
    let one = placed(100, 14, "20", "USD");
    put(&mirror, std::slice::from_ref(&one));
    let untold = Refunded {
        amount: None,
        ..told(100, one.modified_at, "0")
    };
    mirror.put_refunded(&[untold]).unwrap();
    assert_eq!(to_ask(&mirror), [0; 0]);
    assert_eq!(within(&mirror)[0].amount, None);
}
