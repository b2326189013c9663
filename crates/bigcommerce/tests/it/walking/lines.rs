//! Lines of an order: those that came along, and those that have to be asked for.

use std::time::Duration;

use bigcommerce::{Lane, request::orders};
use serde_json::{Value, json};

use crate::{
    support::{self, Stage, answer, simulated},
    things,
};

#[test]
fn lines_that_were_cut_are_asked_for_by_themselves() {
    simulated(async {
        let mut cut = things::full_order(7);
        cut["consignments"]["shipping"][0]["__warning__"] = json!({"message": "only 50"});
        // Two pieces of each line: what came is all, and nothing more has to be asked for.
        let mut told = cut.clone();
        told["items_total"] = json!(120);
        let lines: Vec<Value> = (1..=60).map(support::order_line).collect();
        let stage = Stage::new([
            answer(200, json!([things::full_order(6), told, cut])),
            answer(200, Value::Array(lines.clone())),
            answer(200, Value::Array(lines)),
            // Whether 60 are all only the next page tells, which begins with the last of them.
            answer(200, json!([support::order_line(60)])),
        ]);
        let query = orders::OrdersQuery::new().include([orders::OrderInclude::Lines]);
        let list = stage
            .send(orders::list_full(&query), Lane::Refresh, 9)
            .await
            .unwrap();
        let patience = Duration::from_secs(9);
        let mut counts = Vec::new();
        for order in &list.value.items {
            let (lines, broken) = stage
                .client
                .lines_of(order, Lane::Refresh, patience)
                .await
                .unwrap();
            assert!(broken.is_empty());
            counts.push(lines.len());
        }
        assert_eq!(counts, [3, 60, 60]);
        let urls: Vec<_> = stage
            .script
            .requests()
            .into_iter()
            .map(|sent| sent.url)
            .collect();
        assert!(urls[0].contains("include=consignments.line_items&consignment_structure=object"));
        assert!(
            urls[1].contains("/v2/orders/7/products?page=1&limit=250"),
            "{urls:?}"
        );
        assert_eq!(urls.len(), 4, "the first order's lines were all there");
        assert!(urls[3].contains("page=2&limit=59"), "{urls:?}");
    });
}

#[test]
fn lines_that_a_store_left_out_without_a_word_are_asked_for_by_themselves() {
    // Source: github.com/bigcommerce/dev-docs, issue 2052.
    let mut empty = things::full_order(7);
    for lines in [
        "/consignments/shipping/0/line_items",
        "/consignments/downloads/0/line_items",
    ] {
        *empty.pointer_mut(lines).unwrap() = json!([]);
    }
    let mut one_less = things::full_order(7);
    let lines = &mut one_less["consignments"]["shipping"][0]["line_items"];
    lines.as_array_mut().unwrap().pop();
    for order in [empty, one_less] {
        simulated(async {
            let lines = [51, 52, 53].map(support::order_line);
            let stage = Stage::new([answer(200, json!([order])), answer(200, json!(lines))]);
            let query = orders::OrdersQuery::new().include([orders::OrderInclude::Lines]);
            let list = orders::list_full(&query);
            let list = stage.send(list, Lane::Refresh, 9).await.unwrap().value;
            assert_eq!(list.items[0].lines(), None);
            let patience = Duration::from_secs(9);
            let lines = stage
                .client
                .lines_of(&list.items[0], Lane::Refresh, patience);
            let (lines, broken) = lines.await.unwrap();
            let ids: Vec<u64> = lines.iter().map(|line| line.id.0).collect();
            assert_eq!((ids, broken), (vec![51, 52, 53], Vec::new()));
            assert_eq!(stage.script.requests().len(), 2);
        });
    }
}

/// A line that can't be read, but for its number.
fn broken_line(id: u64) -> Value {
    let mut line = support::order_line(id);
    line["quantity"] = json!("many");
    line
}

#[test]
fn a_line_that_could_not_be_read_is_told_once_and_given_once_it_can_be() {
    simulated(async {
        let mut cut = things::full_order(7);
        cut["consignments"]["shipping"][0]["__warning__"] = json!({"message": "only 50"});
        let mut first: Vec<Value> = (1..=60).map(support::order_line).collect();
        first[58] = broken_line(59);
        first[59] = broken_line(60);
        let stage = Stage::new([
            answer(200, json!([cut])),
            answer(200, Value::Array(first)),
            // The next page begins with what is known: one is still broken, the other no more.
            answer(200, json!([support::order_line(59), broken_line(60)])),
            answer(200, json!([])),
        ]);
        let list = orders::list_full(&orders::OrdersQuery::new());
        let list = stage.send(list, Lane::Refresh, 9).await.unwrap().value;
        let patience = Duration::from_secs(9);
        let lines = stage
            .client
            .lines_of(&list.items[0], Lane::Refresh, patience);
        let (lines, broken) = lines.await.unwrap();
        let mut ids: Vec<u64> = lines.iter().map(|line| line.id.0).collect();
        ids.sort_unstable();
        assert_eq!(ids, (1..=59).collect::<Vec<_>>());
        let told: Vec<_> = broken
            .iter()
            .map(|broken| broken.id.as_deref().unwrap())
            .collect();
        assert_eq!(told, ["60"]);
    });
}
