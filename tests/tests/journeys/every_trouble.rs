//! Every way in which a check can fail that one computer can bring about: what a person reads, in light
//! and in dark, in a large window and in a small one.

use serde_json::json;
use stockroom_tests::sandbox::Sandbox;

use crate::{
    looking::light_large_and_dark_small,
    support::{Scene, check_again_by_keys, shop, to_check_by_keys},
};

/// Something that is wrong, and the words that say so.
struct Trouble {
    name: &'static str,
    /// Makes it happen.
    begin: fn(&mut Sandbox),
    /// Ends it.
    end: fn(&mut Sandbox),
    /// Cause and next step.
    words: &'static [&'static str],
}

const ALL: &[Trouble] = &[
    Trouble {
        name: "unreached",
        begin: Sandbox::close,
        end: Sandbox::open_again,
        words: &["Nobody answers at 127.0.0.1", "Check again"],
    },
    Trouble {
        name: "revoked",
        begin: |shop| shop.misbehave(json!({ "times": 1, "fault": { "kind": "revokeToken" } })),
        end: |shop| shop.behave(),
        words: &[
            "BigCommerce doesn’t know this token",
            "or it is the client ID, which looks alike: take the line “Access token”",
            "Paste the token again",
        ],
    },
    Trouble {
        name: "other-store",
        begin: |shop| {
            let body = json!({ "status": 403, "title": "Forbidden" }).to_string();
            let fault = json!({ "kind": "status", "status": 403, "body": body });
            shop.misbehave(json!({ "fault": fault }));
        },
        end: |shop| shop.behave(),
        words: &[
            "Hash and token don’t belong together",
            "Compare hash and token",
        ],
    },
    Trouble {
        name: "no-scopes",
        begin: |shop| shop.allow("none"),
        end: |shop| shop.allow("all"),
        words: &[
            "This token has no scopes at all",
            "is not the hash of your store, BigCommerce may answer the same way",
            "Use a new account",
        ],
    },
    Trouble {
        name: "some-scopes-missing",
        begin: |shop| shop.allow("store_v2_information_read_only,store_v2_products_read_only"),
        end: |shop| shop.allow("all"),
        words: &[
            "2 scopes are missing",
            "Copy for owner",
            "Continue with less",
        ],
    },
    Trouble {
        name: "made-for-something-else",
        begin: |shop| shop.allow("store_channel_settings"),
        end: |shop| shop.allow("all"),
        words: &[
            "This token was made for something else",
            "Use a new account",
        ],
    },
    Trouble {
        name: "maintenance",
        begin: |shop| shop.misbehave(json!({ "fault": { "kind": "maintenance" } })),
        end: |shop| shop.behave(),
        words: &["The store is not available", "Check again"],
    },
    Trouble {
        name: "locked",
        begin: |shop| shop.misbehave(json!({ "fault": { "kind": "locked" } })),
        end: |shop| shop.behave(),
        words: &["The store is locked", "Check again"],
    },
    Trouble {
        name: "odd-answer",
        begin: |shop| {
            let fault = json!({ "kind": "status", "status": 200, "body": "<html>Sign in</html>" });
            shop.misbehave(json!({ "fault": fault }));
        },
        end: |shop| shop.behave(),
        words: &["The store answered in an unknown way", "Copy a report"],
    },
    Trouble {
        name: "missing-field",
        begin: |shop| {
            let fault = json!({ "kind": "patch", "pointer": "/time", "value": null });
            shop.misbehave(json!({ "match": { "path": "/v2/time" }, "fault": fault }));
        },
        end: |shop| shop.behave(),
        words: &[
            "The store answered in an unknown way",
            "The field time is not as BigCommerce’s reference says",
            "Copy a report",
        ],
    },
    Trouble {
        name: "clock-ahead",
        begin: |shop| shop.clock_off_by(-3600),
        end: |shop| shop.clock_off_by(0),
        words: &[
            "This computer’s clock is 1 hour ahead",
            "Set the clock by the network.",
        ],
    },
    Trouble {
        name: "clock-behind",
        begin: |shop| shop.clock_off_by(3600),
        end: |shop| shop.clock_off_by(0),
        words: &[
            "This computer’s clock is 1 hour behind",
            "Set the clock by the network.",
        ],
    },
];

#[test]
fn every_trouble_of_a_check_names_its_cause_and_the_next_step() {
    let (scene, mut shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    window.resize(1440, 900);
    to_check_by_keys(&window, &shop);
    window.sees("Checked. Everything is in order.");
    let mut findings = Vec::new();
    for trouble in ALL {
        (trouble.begin)(&mut shop);
        check_again_by_keys(&window);
        for words in trouble.words {
            window.sees(words);
        }
        findings.extend(light_large_and_dark_small(&window, "trouble", trouble.name));
        (trouble.end)(&mut shop);
    }
    // And nothing of it lasts.
    check_again_by_keys(&window);
    window.sees("Checked. Everything is in order.");
    assert_eq!(findings, Vec::<String>::new());
}
