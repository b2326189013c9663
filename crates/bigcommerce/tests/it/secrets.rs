//! Tokens go into one header each and nowhere else.

use std::sync::Arc;

use bigcommerce::{
    ApiOrigin, Client, ClientParts, Lane, TransportError, TransportErrorKind, request,
    request::{
        orders::OrdersQuery,
        storefront::{self, StorefrontToken},
    },
};
use commerce::{AccessToken, ChannelId, Clock, OrderId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Dice, Stage, Step, TOKEN, TestClock, answer, answer_with, simulated};

#[test]
fn the_token_is_in_no_debug_text() {
    simulated(async {
        let stage = Stage::new([answer(200, json!({"time": 1}))]);
        let sent = stage
            .client
            .send(&request::time(), Lane::Person, stage.within(9))
            .await
            .unwrap();
        let request = &stage.script.requests()[0];
        assert_eq!(request.token.expose(), TOKEN);
        let parts = ClientParts {
            origin: ApiOrigin::bigcommerce(),
            hash: "tins42".parse().unwrap(),
            token: AccessToken::new(TOKEN.to_owned()),
            transport: stage.script.clone(),
            clock: stage.clock.clone(),
            randomness: Dice::new(1),
        };
        for text in [
            format!("{request:?}"),
            format!("{:?}", stage.client),
            format!("{parts:?}"),
            format!("{sent:?}"),
        ] {
            assert!(!text.contains(TOKEN), "{text}");
        }
        assert!(!request.url.contains(TOKEN));
        assert!(
            request
                .headers
                .iter()
                .all(|(_, value)| !value.contains(TOKEN))
        );
    });
}

#[test]
fn a_text_that_can_be_no_token_is_not_sent() {
    simulated(async {
        for token in ["", "two words", "line\nbreak", "tökén", "nul\0"] {
            let clock = TestClock::new();
            let transport = Arc::new(NeverAsked);
            let client = Client::new(ClientParts {
                origin: ApiOrigin::bigcommerce(),
                hash: "tins42".parse().unwrap(),
                token: AccessToken::new(token.to_owned()),
                transport,
                clock: clock.clone(),
                randomness: Dice::new(1),
            });
            let deadline = clock.now() + std::time::Duration::from_secs(9);
            let error = client
                .send(&request::time(), Lane::Person, deadline)
                .await
                .unwrap_err();
            assert_eq!(error.code(), "unauthorized");
        }
    });
}

struct NeverAsked;

impl bigcommerce::Transport for NeverAsked {
    fn send(
        &self,
        _: bigcommerce::HttpRequest,
    ) -> bigcommerce::BoxFuture<'_, Result<bigcommerce::HttpResponse, TransportError>> {
        panic!("nothing may be sent")
    }
}

/// A token for the storefront.
const SECRET: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJjaWQiOjF9.c3RvcmVmcm9udA";

/// Ways in which a store, or something that plays one, could hand the token back.
fn echoes() -> impl Strategy<Value = String> {
    let around = "[ -~\u{0}-\u{1f}é]{0,320}";
    (around, around, 0_usize..10).prop_map(|(before, after, shape)| {
        let text = format!("{before}{TOKEN}{after}");
        match shape {
            0 => text,
            1 => json!({"title": text}).to_string(),
            2 => json!([{"status": 400, "message": text}]).to_string(),
            3 => json!({"errors": {text.clone(): text}}).to_string(),
            4 => json!({"errors": [text, {"message": TOKEN}]}).to_string(),
            5 => format!("<html><title>{text}</title>{TOKEN}"),
            6 => json!({"title": "scope", "detail": text, "data": [{"errors": {"a": [TOKEN]}}]})
                .to_string(),
            7 => json!([{"id": TOKEN, "date_created": TOKEN, "default_currency_code": TOKEN}])
                .to_string(),
            8 => json!({"data": null, "errors": [{
                "message": text, "path": [text, 0], "extensions": {"code": text}
            }]})
            .to_string(),
            _ => json!({TOKEN: TOKEN, "time": TOKEN, "name": [TOKEN], "errors": TOKEN}).to_string(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_store_that_echoes_a_token_never_gets_it_into_an_error(
        body in echoes(),
        status in prop::sample::select(vec![200_u16, 207, 302, 400, 401, 403, 404, 409, 413, 422, 423, 500, 503, 507, 599]),
        fails_on_the_way in prop::bool::weighted(0.1),
    ) {
        let step = |secret: &str| {
            let body = body.replace(TOKEN, secret);
            if fails_on_the_way {
                Step::Fail(TransportError { kind: TransportErrorKind::Other, sent: true, detail: body })
            } else {
                answer_with(status, &[("X-Request-Id", secret), ("Location", secret), ("Date", secret)], body)
            }
        };
        simulated(async {
            let stage = Stage::new([step(TOKEN)]);
            let deadline = stage.within(600);
            let mut texts = Vec::new();
            let list = request::orders::list(&OrdersQuery::new());
            match stage.client.send(&list, Lane::Person, deadline).await {
                Ok(answer) => texts.push(format!("{:?} {:?} {:?}", answer.request_id, answer.remarks, answer.value.broken)),
                Err(error) => texts.push(format!("{error} {error:?}")),
            }
            match stage.client.send(&request::store(), Lane::Person, deadline).await {
                Ok(answer) => texts.push(format!("{:?} {:?}", answer.request_id, answer.remarks)),
                Err(error) => texts.push(format!("{error} {error:?}")),
            }
            match stage.client.send(&request::orders::one(OrderId(1)), Lane::Person, deadline).await {
                Ok(answer) => texts.push(format!("{:?} {:?}", answer.request_id, answer.remarks)),
                Err(error) => texts.push(format!("{error} {error:?}")),
            }
            let stage = Stage::new([step(SECRET)]);
            let deadline = stage.within(600);
            let token = StorefrontToken::new(AccessToken::new(SECRET.to_owned()));
            match stage.client.send(&storefront::revoke_token(&token), Lane::Person, deadline).await {
                Ok(answer) => texts.push(format!("{:?} {:?}", answer.request_id, answer.remarks)),
                Err(error) => texts.push(format!("{error} {error:?}")),
            }
            let question = storefront::query("{ site { id } }", Value::Null).unwrap();
            let shop = stage.client.storefront(ChannelId(1), token);
            match shop.ask(&question, Lane::Person, deadline).await {
                Ok(answer) => texts.push(format!("{:?} {:?} {:?}", answer.request_id, answer.remarks, answer.value.errors)),
                Err(error) => texts.push(format!("{error} {error:?}")),
            }
            for text in texts {
                for secret in [TOKEN, SECRET] {
                    assert!(!text.contains(secret), "{text}");
                    // Cutting must not leave most of it either.
                    assert!(!text.contains(&secret[..16]), "{text}");
                }
            }
        });
    }
}
