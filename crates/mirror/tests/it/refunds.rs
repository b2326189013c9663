use commerce::{Change, Money, Order, OrderFields, OrderId, StatusId};
use jiff::Timestamp;
use mirror::{Mirror, Pending, Refunded, Refunds};

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
        (known[0].beside_sales, known[1].beside_sales),
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
        status_id: StatusId(2),
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
    assert_eq!(within(&mirror)[0].amount, None, "it was not asked about");
    assert!(mirror.put_refunded(&[untold]).unwrap(), "now it was");
    assert!(!mirror.put_refunded(&[untold]).unwrap(), "the same again");
    assert_eq!(to_ask(&mirror), [0; 0]);
    // The others are added up all the same.
    let other = placed(101, 14, "10", "USD");
    put(&mirror, std::slice::from_ref(&other));
    let told_other = [told(101, other.modified_at, "3")];
    mirror.put_refunded(&told_other).unwrap();
    let sum = within(&mirror)[0];
    assert_eq!((sum.amount, sum.unknown), (Some(usd("3")), 1));
    assert_eq!(sum.thousandths_of(usd("30")), None);
}

#[test]
fn what_is_known_of_an_order_stays_until_it_has_changed_and_the_store_can_not_tell() {
    let (_folder, mirror) = open();
    let one = placed(100, 14, "20", "USD");
    put(&mirror, std::slice::from_ref(&one));
    let known = told(100, one.modified_at, "4");
    mirror.put_refunded(&[known]).unwrap();
    let untold = |as_of| Refunded {
        amount: None,
        ..told(100, as_of, "0")
    };
    assert!(!mirror.put_refunded(&[untold(one.modified_at)]).unwrap());
    assert_eq!(within(&mirror)[0].amount, Some(usd("4")));
    let later = Order {
        modified_at: at(50),
        ..one
    };
    put(&mirror, &[later]);
    assert!(mirror.put_refunded(&[untold(at(50))]).unwrap());
    let sum = within(&mirror)[0];
    assert_eq!((sum.amount, sum.unknown), (Some(usd("0")), 1));
}

#[test]
fn what_went_back_is_as_the_store_has_it_while_a_change_of_status_is_on_its_way() {
    let (_folder, mirror) = open();
    let orders = [
        placed(100, 11, "30", "USD"),
        placed(101, 4, "50", "USD"),
        placed(102, 14, "20", "USD"),
    ];
    put(&mirror, &orders);
    let as_of = orders[0].modified_at;
    mirror.put_refunded(&[told(102, as_of, "5")]).unwrap();
    let sold = || mirror.sales(&[(at(100), at(200))]).unwrap().remove(0);
    let share = || within(&mirror)[0].thousandths_of(sold().amounts[0]);
    let before = (within(&mirror)[0].amount, share());
    assert_eq!(before, (Some(usd("55")), Some(550)));
    // Refunded by hand, the refunded one shipped, and the one refunded in part cancelled.
    for (number, wanted) in [(102, 4), (101, 2), (102, 5)] {
        let entry = format!("entry {number} {wanted}");
        let id = OrderId(number);
        let fields = |status_id| OrderFields {
            status_id,
            ..OrderFields::default()
        };
        let change = Change::Order {
            id,
            before: fields(mirror.order(id).unwrap().map(|order| order.status_id)),
            after: fields(Some(StatusId(wanted))),
        };
        let pending = Pending {
            entry: entry.clone(),
            change,
        };
        mirror.put_pending(&[pending]).unwrap();
        assert_eq!((within(&mirror)[0].amount, share()), before, "{entry}");
    }
}
