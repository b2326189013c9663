//! Questions to the storefront.

use std::sync::Arc;

use bigcommerce::{Error, Lane, TokenHeader, request::storefront};
use commerce::{AccessToken, ChannelId};
use serde_json::{Value, json};

use crate::support::{Stage, TOKEN, answer, fail, simulated};
use bigcommerce::TransportErrorKind;

const SECRET: &str = "eyJ0eXAi.storefront";

fn token() -> storefront::StorefrontToken {
    storefront::StorefrontToken::new(AccessToken::new(SECRET.to_owned()))
}

#[test]
fn a_question_goes_to_the_channels_own_host_with_its_own_token_only() {
    simulated(async {
        let stage = Stage::new([answer(200, json!({"data": {"site": {"id": 1}}}))]);
        let query = storefront::query("query Q($a: Int) { site { id } }", json!({"a": 1})).unwrap();
        for (channel, host) in [
            (1, "https://store-tins42.mybigcommerce.com/graphql"),
            (667, "https://store-tins42-667.mybigcommerce.com/graphql"),
        ] {
            let shop = stage.client.storefront(ChannelId(channel), token());
            let answer = shop
                .ask(&query, Lane::Person, stage.within(9))
                .await
                .unwrap();
            assert_eq!(answer.value.data["site"]["id"], 1);
            assert!(answer.value.errors.is_empty());
            let sent = stage.script.requests().pop().unwrap();
            assert_eq!(sent.url, host);
            assert_eq!(
                (sent.token.expose(), sent.token_in),
                (SECRET, TokenHeader::Bearer)
            );
            let body: Value = serde_json::from_slice(&sent.body.unwrap()).unwrap();
            assert_eq!(body["variables"], json!({"a": 1}));
            assert!(!body.to_string().contains(TOKEN));
        }
    });
}

#[test]
fn what_the_storefront_holds_against_a_question_comes_beside_the_data() {
    simulated(async {
        let stage = Stage::new([answer(
            200,
            json!({"data": null, "errors": [{
                "message": "no", "path": ["site", 0, "cart"],
                "locations": [{"line": 2, "column": 5}, {"line": 9, "column": 1}],
                "extensions": {"code": "INSUFFICIENT_ACCESS_SCOPE"}
            }]}),
        )]);
        let query = storefront::query("{ site { id } }", Value::Null).unwrap();
        let shop = stage.client.storefront(ChannelId(1), token());
        let answer = shop
            .ask(&query, Lane::Person, stage.within(9))
            .await
            .unwrap();
        assert_eq!(answer.value.data, Value::Null);
        assert_eq!(answer.value.errors[0].code, "INSUFFICIENT_ACCESS_SCOPE");
        assert_eq!(answer.value.errors[0].path, "site.0.cart");
        assert_eq!(answer.value.errors[0].at, Some((2, 5)));
    });
}

#[test]
fn what_the_storefront_says_is_cut_to_one_short_line() {
    simulated(async {
        let long = format!("first\nsecond\u{7}{}", "x".repeat(500));
        let stage = Stage::new([answer(
            200,
            json!({"data": null, "errors": [{
                "message": long, "path": [long, 0], "extensions": {"code": long}
            }]}),
        )]);
        let query = storefront::query("{ site { id } }", Value::Null).unwrap();
        let shop = stage.client.storefront(ChannelId(1), token());
        let answer = shop
            .ask(&query, Lane::Person, stage.within(9))
            .await
            .unwrap();
        let error = &answer.value.errors[0];
        for words in [&error.message, &error.path, &error.code] {
            assert!(words.starts_with("first second x"), "{words}");
            assert_eq!(words.chars().count(), 301, "{words}");
        }
    });
}

#[test]
fn a_question_is_asked_again_where_a_change_would_not_be() {
    simulated(async {
        let stage = Stage::new([
            fail(TransportErrorKind::Reset, true),
            answer(200, json!({"data": {}})),
        ]);
        let query = storefront::query("{ site { id } }", Value::Null).unwrap();
        let shop = stage.client.storefront(ChannelId(1), token());
        shop.ask(&query, Lane::Person, stage.within(60))
            .await
            .unwrap();
        assert_eq!(stage.script.requests().len(), 2);
    });
}

#[test]
fn an_answer_without_data_and_without_reason_is_unexpected() {
    simulated(async {
        let stage = Stage::new([answer(200, json!({}))]);
        let query = storefront::query("{ site { id } }", Value::Null).unwrap();
        let shop = stage.client.storefront(ChannelId(1), token());
        let error = shop
            .ask(&query, Lane::Person, stage.within(9))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::UnexpectedAnswer { .. }), "{error:?}");
    });
}

#[test]
fn what_a_client_was_told_of_going_out_holds_for_the_storefront_as_well() {
    simulated(async {
        let stage = Stage::new([fail(TransportErrorKind::Refused, false)]);
        let query = storefront::query("{ site { id } }", Value::Null).unwrap();
        let withdrawn = stage.client.with_permit(Arc::new(|| false));
        let shop = withdrawn.storefront(ChannelId(1), token());
        let asked = shop.ask(&query, Lane::Person, stage.within(60)).await;
        assert_eq!(asked.unwrap_err(), Error::Withdrawn { lost: false });
        assert_eq!(stage.script.times().len(), 0);

        let once = stage.client.clone().connecting_once();
        let shop = once.storefront(ChannelId(1), token());
        let asked = shop.ask(&query, Lane::Person, stage.within(60)).await;
        assert_eq!(asked.unwrap_err().code(), "network");
        assert_eq!(stage.script.times().len(), 1);
    });
}
