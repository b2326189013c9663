//! What belongs to an order.

use commerce::{OrderId, OrderParts};
use mirror::{OrdersQuery, Query as _};

use crate::{at, open};

fn parts(words: &str) -> OrderParts {
    OrderParts {
        unreadable: vec![words.to_owned()],
        ..OrderParts::default()
    }
}

#[test]
fn parts_asked_for_earlier_never_overwrite_those_asked_for_later() {
    let (_folder, mirror) = open();
    let id = OrderId(7);
    assert_eq!(mirror.order_parts(id).unwrap(), None);
    let (early, late) = (mirror.stamp(), mirror.stamp());
    let before = OrdersQuery::version(&mirror);
    assert!(
        mirror
            .put_order_parts(late, id, &parts("late"), at(2))
            .unwrap()
    );
    assert!(OrdersQuery::version(&mirror) > before);
    assert!(
        !mirror
            .put_order_parts(early, id, &parts("early"), at(3))
            .unwrap()
    );
    assert_eq!(
        mirror.order_parts(id).unwrap(),
        Some((parts("late"), at(2)))
    );
    // The same again is no change, and yet was read just now.
    let again = mirror.stamp();
    assert!(
        !mirror
            .put_order_parts(again, id, &parts("late"), at(9))
            .unwrap()
    );
    assert_eq!(mirror.order_parts(id).unwrap().unwrap().1, at(9));
}
