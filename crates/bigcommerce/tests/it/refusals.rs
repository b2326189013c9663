//! What refusals mean, in all the shapes the store has for them.

use std::time::Duration;

use bigcommerce::{
    Clash, Error, FieldError, Kind, Lane, NetworkKind, Request, StoreTrouble, request,
};
use commerce::{Access, OrderId, Scope};
use serde_json::json;

use crate::support::{Stage, Step, answer, answer_with, order, simulated};
use testkit::samples::{Ids, samples};

fn refusal_of<T>(request: &Request<T>, step: Step) -> Error {
    simulated(async {
        let stage = Stage::new([step]);
        let result = stage
            .client
            .send(request, Lane::Person, stage.within(600))
            .await;
        result.err().expect("the store refused")
    })
}

fn refusal(status: u16, body: impl ToString) -> Error {
    refusal_of(&request::orders::one(OrderId(1)), answer(status, body))
}

fn field(path: &str, message: &str) -> FieldError {
    FieldError {
        path: path.to_owned(),
        message: message.to_owned(),
    }
}

#[test]
fn a_refused_token_is_told_from_text_and_from_json() {
    for body in [
        "X-Auth-Token header is required".to_owned(),
        "X-Auth-Token header should have correct format".to_owned(),
        json!({"status": 401, "title": "Unauthorized", "type": "about:blank"}).to_string(),
        String::new(),
    ] {
        assert_eq!(refusal(401, body), Error::Unauthorized);
    }
}

#[test]
fn a_missing_scope_is_told_from_other_bans() {
    let sentence = "You don't have a required scope to access the endpoint";
    let body = json!({"status": 403, "title": sentence, "type": "about:blank", "errors": {}});
    assert_eq!(
        refusal(403, &body),
        Error::MissingScope {
            needs: Some((Scope::Orders, Access::Read))
        }
    );
    let message = "Forbidden".to_owned();
    assert_eq!(refusal(403, "Forbidden"), Error::Forbidden { message });
}

#[test]
fn version_2_names_the_field_in_its_sentence() {
    let body = json!([{"status": 400, "message": "The field 'status_id' is invalid."}]);
    assert_eq!(
        refusal(400, body),
        Error::Invalid {
            status: 400,
            fields: vec![field("status_id", "The field 'status_id' is invalid.")],
            message: "The field 'status_id' is invalid.".to_owned(),
        }
    );
}

#[test]
fn version_3_names_the_field_by_its_path() {
    let body = json!({
        "status": 422, "title": "JSON data is missing or invalid", "type": "about:blank",
        "errors": {"0.meta_keywords": "error.expected.jsarray", "0.name": ["too long", "empty"]}
    });
    assert_eq!(
        refusal(422, body),
        Error::Invalid {
            status: 422,
            fields: vec![
                field("0.meta_keywords", "error.expected.jsarray"),
                field("0.name", "[\"too long\",\"empty\"]"),
            ],
            message: "JSON data is missing or invalid".to_owned(),
        }
    );
}

#[test]
fn each_status_has_its_meaning() {
    let title = |text: &str| json!({"title": text, "errors": {}});
    let message = |text: &str| text.to_owned();
    assert_eq!(
        refusal(404, "The route is not found, check the URL"),
        Error::NotFound
    );
    assert_eq!(refusal(410, ""), Error::NotFound);
    assert_eq!(
        refusal(409, title("The product name is a duplicate")),
        Error::Conflict {
            which: Clash::Name,
            fields: vec![],
            message: message("The product name is a duplicate")
        }
    );
    assert_eq!(
        refusal(413, title("too large")),
        Error::TooLarge {
            message: message("too large")
        }
    );
    assert_eq!(
        refusal(507, title("full")),
        Error::LimitReached {
            message: message("full")
        }
    );
    assert_eq!(
        refusal(415, "plain words"),
        Error::Invalid {
            status: 415,
            fields: vec![],
            message: message("plain words")
        }
    );
    assert_eq!(
        refusal(422, json!({"detail": "no"})),
        Error::Invalid {
            status: 422,
            fields: vec![],
            message: message("no")
        }
    );
    let unavailable = |status, kind| Error::StoreUnavailable {
        status,
        kind,
        retry_after: None,
    };
    assert_eq!(refusal(423, ""), unavailable(423, StoreTrouble::Locked));
    assert_eq!(refusal(402, ""), unavailable(402, StoreTrouble::Suspended));
    assert_eq!(
        refusal(503, "<html><title>Back soon</title>"),
        unavailable(503, StoreTrouble::Maintenance)
    );
    assert_eq!(
        refusal(503, "<html><TITLE>Store Suspended</TITLE>"),
        unavailable(503, StoreTrouble::Suspended)
    );
    assert_eq!(
        refusal(500, "<html>oh</html>"),
        unavailable(500, StoreTrouble::ServerTrouble)
    );
    let step = answer_with(302, &[("Location", "https://elsewhere.example")], "");
    let error = refusal_of(&request::time(), step);
    assert!(
        matches!(
            error,
            Error::Network {
                kind: NetworkKind::Redirected,
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn bodies_of_no_known_shape_never_break_anything() {
    for body in [
        "",
        "null",
        "[]",
        "[[[[[[\"deep\"]]]]]]",
        "{\"errors\": [1, null, {\"message\": {}}]}",
        "\u{0}\u{1}",
        "7",
    ] {
        let error = refusal(400, body);
        assert!(matches!(error, Error::Invalid { .. }), "{body} {error:?}");
    }
}

#[test]
fn long_words_are_cut_and_lines_joined() {
    let Error::Forbidden { message } = refusal(403, format!("a\nb\u{7}c {}", "é".repeat(10_000)))
    else {
        panic!("expected a ban");
    };
    assert!(message.starts_with("a b c é"));
    assert_eq!(message.chars().count(), 301);
}

#[test]
fn a_half_success_keeps_the_thing_and_the_complaint() {
    simulated(async {
        let mut body = order(1);
        body["errors"] = json!({"inventory": "could not be set"});
        let stage = Stage::new([answer(207, body)]);
        let one = request::orders::one(OrderId(1));
        let answer = stage
            .client
            .send(&one, Lane::Person, stage.within(9))
            .await
            .unwrap();
        assert_eq!(answer.value.id, OrderId(1));
        assert_eq!(answer.remarks, ["inventory: could not be set"]);
    });
}

#[test]
fn a_probe_takes_everything_but_a_ban_for_granted() {
    for scope in Scope::ALL {
        let Some(probe) = request::probe(scope) else {
            assert_eq!(
                scope.used(),
                None,
                "what is asked for can be looked at: {scope}"
            );
            continue;
        };
        for step in [
            answer(200, "{}"),
            answer(204, ""),
            answer(404, "no such thing"),
        ] {
            simulated(async {
                let stage = Stage::new([step]);
                stage
                    .client
                    .send(&probe, Lane::Person, stage.within(9))
                    .await
                    .unwrap();
                let url = &stage.script.requests()[0].url;
                assert!(
                    url.starts_with("https://api.bigcommerce.com/stores/tins42/v"),
                    "{url}"
                );
            });
        }
        let sentence = json!({"title": "You don't have a required scope to access the endpoint"});
        assert_eq!(
            refusal_of(&probe, answer(403, sentence)),
            Error::MissingScope {
                needs: Some((scope, Access::Read))
            }
        );
        assert_eq!(refusal_of(&probe, answer(401, "")), Error::Unauthorized);
    }
}

#[test]
fn every_error_says_something_a_person_can_read() {
    let errors = [
        refusal(401, ""),
        refusal(403, "scope"),
        refusal(404, ""),
        refusal(422, json!({"title": "no", "errors": {"name": "missing"}})),
        refusal(500, ""),
        Error::RateLimited {
            retry_after: Duration::from_secs(3),
            lost: false,
        },
    ];
    let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "the store refused the access token",
            "the access token lacks the scope Orders (read-only)",
            "not found",
            "the store refused the data: name: missing",
            "the store is unavailable (server trouble, status 500)",
            "the store asked us to wait 3 s",
        ]
    );
}

#[test]
fn a_conflict_says_what_is_taken() {
    let clash = |status, body: serde_json::Value| match refusal(status, body) {
        Error::Conflict { which, .. } => which,
        other => panic!("{other:?}"),
    };
    let titled = |title: &str| json!({"status": 409, "title": title, "errors": {}});
    assert_eq!(
        clash(409, titled("The product name is a duplicate")),
        Clash::Name
    );
    assert_eq!(clash(409, titled("The sku is a duplicate")), Clash::Sku);
    assert_eq!(
        clash(409, titled("The product URL is a duplicate")),
        Clash::Url
    );
    assert_eq!(clash(409, titled("busy")), Clash::Other);
    let by_field = |path: &str| json!({"title": "conflict", "errors": {path: "taken"}});
    assert_eq!(clash(409, by_field("0.custom_url.url")), Clash::Url);
    assert_eq!(clash(409, by_field("namespace")), Clash::Key);
    let email = "Error creating customers: email ada@name.example already in use";
    let body = json!({"status": 422, "title": "Create customers failed.", "errors": {".customer_create": email}});
    assert_eq!(clash(422, body), Clash::Email);
}

#[test]
fn what_is_taken_is_never_guessed_from_somebodys_own_words() {
    let clash = |title: &str, errors: serde_json::Value| match refusal(
        409,
        json!({"status": 409, "title": title, "errors": errors}),
    ) {
        Error::Conflict { which, .. } => which,
        other => panic!("{other:?}"),
    };
    for (words, which) in [
        ("The product name 'Curly Kale' is a duplicate", Clash::Name),
        ("The product name Curly Kale is a duplicate", Clash::Name),
        ("The sku \"URL EMAIL-CARD\" is a duplicate", Clash::Sku),
        ("The sku EMAIL-CARD is a duplicate", Clash::Sku),
        ("The product's sku “my url” is taken", Clash::Sku),
        ("Dangling ' quote: the url is taken", Clash::Url),
        ("EMAIL-CARD is a duplicate", Clash::Other),
        ("hourly renames collide", Clash::Other),
        ("The product URL /sku/name/ is a duplicate", Clash::Url),
    ] {
        assert_eq!(clash(words, json!({})), which, "{words}");
    }
    // A field that is named says it, whatever the sentence says.
    assert_eq!(
        clash("The name is taken", json!({"2.sku": "url"})),
        Clash::Sku
    );
    assert_eq!(
        clash("conflict", json!({"custom_url": "taken"})),
        Clash::Url
    );
    assert_eq!(clash("conflict", json!({"0.key": "taken"})), Clash::Key);
    assert_eq!(clash("conflict", json!({"0.shurl": "taken"})), Clash::Other);

    for (words, is_scope, is_limit) in [
        ("The telescope is for members", false, false),
        ("This is limited to staff", false, false),
        ("'The Limit' may not be seen", false, false),
        (
            "You don't have a required scope to access the endpoint",
            true,
            false,
        ),
        ("Limit reached.", false, true),
    ] {
        let error = refusal(403, json!({"status": 403, "title": words, "errors": {}}));
        let told = (
            matches!(error, Error::MissingScope { .. }),
            matches!(error, Error::LimitReached { .. }),
        );
        assert_eq!(told, (is_scope, is_limit), "{words}: {error:?}");
    }
}

#[test]
fn a_limit_is_told_from_a_ban() {
    for (status, title) in [
        (507, "full"),
        (403, "You have reached the limit of 16000 categories"),
        (403, "Maximum number of custom fields exceeded"),
    ] {
        let error = refusal(status, json!({"status": status, "title": title}));
        assert!(matches!(error, Error::LimitReached { .. }), "{error:?}");
    }
    assert!(matches!(refusal(403, "Forbidden"), Error::Forbidden { .. }));
}

#[test]
fn a_batch_names_the_wrong_item_by_its_index() {
    let body = json!({"status": 422, "title": "no", "errors": {
        "3.variants.0.sku": "taken", "12": "not an object", "name": "missing"
    }});
    let Error::Invalid { fields, .. } = refusal(422, body) else {
        panic!("expected a refusal of fields");
    };
    let items: Vec<_> = fields.iter().map(FieldError::item).collect();
    assert_eq!(items, [Some((12, "")), Some((3, "variants.0.sku")), None]);
}

#[test]
fn every_operation_that_needs_a_scope_says_which_one_is_missing() {
    let sentence = json!({"status": 403, "title": "You don't have a required scope to access the endpoint", "errors": {}});
    for sample in samples(&Ids::default()) {
        let Some(needs) = sample.request.needs() else {
            continue;
        };
        let error = refusal_of(&sample.request, answer(403, &sentence));
        assert_eq!(
            error,
            Error::MissingScope { needs: Some(needs) },
            "{:?}",
            sample.request
        );
    }
}

#[test]
fn every_operation_tells_each_documented_error_apart() {
    let cases = [
        (
            400,
            json!([{"status": 400, "message": "The field 'x' is invalid."}]),
            "invalid",
        ),
        (
            401,
            json!({"status": 401, "title": "Unauthorized"}),
            "unauthorized",
        ),
        (
            404,
            json!({"status": 404, "title": "Not found"}),
            "notFound",
        ),
        (
            409,
            json!({"status": 409, "title": "The name is a duplicate"}),
            "conflict",
        ),
        (
            413,
            json!({"status": 413, "title": "too large"}),
            "tooLarge",
        ),
        (
            422,
            json!({"status": 422, "title": "no", "errors": {"x": "y"}}),
            "invalid",
        ),
        (423, json!("locked"), "storeUnavailable"),
        (507, json!({"status": 507, "title": "full"}), "limitReached"),
    ];
    for sample in samples(&Ids::default()) {
        for (status, body, code) in &cases {
            let error = refusal_of(&sample.request, answer(*status, body));
            assert_eq!(error.code(), *code, "{:?} {status}", sample.request);
            assert!(!error.leaves_open(), "{:?} {status}", sample.request);
        }
        // Trouble leaves open what a write did, and of those never repeated makes it unknown.
        let error = refusal_of(&sample.request, answer(500, "<html>oh</html>"));
        let expected = match sample.kind {
            Kind::Once => "unknown",
            Kind::Read | Kind::Idempotent => "storeUnavailable",
        };
        assert_eq!(error.code(), expected, "{:?}", sample.request);
    }
}
