//! Tokens for the storefront as time passes, and questions that take too long.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bigcommerce::Method;
use commerce::{Access, AccessToken, ChannelId, Preset, Scope, StorefrontScope};
use credentials::{HandedText, StorefrontKind};
use serde_json::{Value, json};
use workbench::{
    CheckReport, Doubt, Error, Grant, Handed, ServesPrograms, StorefrontAnswer, StorefrontQuestion,
    StorefrontTrouble, StorefrontWish, Which,
};

use crate::world::{Bend, TOKEN, World, asked, control, sandbox, straight};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn wish(days: u32) -> StorefrontWish {
    StorefrontWish {
        channels: vec![ChannelId(1)],
        scopes: vec![StorefrontScope::Unauthenticated],
        days,
        until_quit: true,
    }
}

async fn make(world: &World, days: u32) {
    let wish = wish(days);
    let made = world.bench.make_storefront_token(&world.store, &wish);
    made.await.unwrap();
}

async fn ask(world: &World) -> Result<StorefrontAnswer, Error> {
    ask_on(world, 1).await
}

async fn ask_on(world: &World, channel: u64) -> Result<StorefrontAnswer, Error> {
    let question = StorefrontQuestion {
        channel: ChannelId(channel),
        document: "{ site { settings { storeName } } }".to_owned(),
        variables: String::new(),
        id: "one".to_owned(),
    };
    world.bench.ask_storefront(&world.store, &question).await
}

/// Holds what goes to an address that ends so, once it was armed and then once, until it is told to let go.
pub(crate) fn held_once(path: &'static str) -> (Bend, Arc<AtomicBool>, Arc<tokio::sync::Notify>) {
    let is_armed = Arc::new(AtomicBool::new(false));
    let gate = Arc::new(tokio::sync::Notify::new());
    let (armed, opens) = (Arc::clone(&is_armed), Arc::clone(&gate));
    let bend: Bend = Arc::new(move |request| {
        let waits = request.url.ends_with(path) && armed.swap(false, Ordering::SeqCst);
        let opens = Arc::clone(&opens);
        Box::pin(async move {
            if waits {
                opens.notified().await;
            }
            request
        })
    });
    (bend, is_armed, gate)
}

#[tokio::test]
async fn a_token_is_reminded_of_before_its_end_and_ends_without_a_request() {
    let (world, clock) = World::leaping(sandbox(3).await, straight()).await;
    make(&world, 90).await;
    let access = || world.bench.storefront_access(&world.store).unwrap();
    let token = access().current.unwrap();
    let days = |from, to: jiff::Timestamp| to.duration_since(from).as_hours() / 24;
    assert_eq!(days(token.remind_at, token.expires_at), 14);
    ask(&world).await.unwrap();

    clock.leap(DAY * 91);
    let error = ask(&world).await.unwrap_err();
    assert_eq!(error, Error::Storefront(StorefrontTrouble::Expired));
    // What has ended needs no revoking, and makes room for another.
    world
        .bench
        .revoke_storefront_token(&world.store, Which::Current, false)
        .await
        .unwrap();
    assert_eq!(access().current, None);
}

#[tokio::test]
async fn a_token_that_lasts_a_week_is_not_reminded_of_from_its_first_day() {
    let world = World::start(sandbox(3).await, straight()).await;
    make(&world, 8).await;
    let token = world.bench.storefront_access(&world.store).unwrap().current;
    let token = token.unwrap();
    let left = token.expires_at.duration_since(token.remind_at);
    // A quarter of its life, which ends on a whole second.
    assert_eq!(left.round(jiff::Unit::Minute).unwrap().as_hours(), 48);
}

#[tokio::test]
async fn a_wish_that_no_token_can_have_is_refused_before_anything_is_sent() {
    let world = World::start(sandbox(3).await, straight()).await;
    let nowhere = StorefrontWish {
        channels: Vec::new(),
        ..wish(1)
    };
    let nothing = StorefrontWish {
        scopes: Vec::new(),
        ..wish(1)
    };
    for (wish, field) in [
        (nowhere, "channels"),
        (nothing, "scopes"),
        (wish(0), "days"),
        (wish(3661), "days"),
    ] {
        let made = world.bench.make_storefront_token(&world.store, &wish);
        assert_eq!(made.await.unwrap_err(), Error::BadInput(field));
    }
}

#[tokio::test]
async fn a_question_is_stopped_at_once_and_the_next_one_is_answered() {
    let holds = Arc::new(AtomicBool::new(false));
    let held = Arc::clone(&holds);
    let bend: Bend = Arc::new(move |request| {
        let held = held.load(Ordering::SeqCst) && request.url.ends_with("/graphql");
        Box::pin(async move {
            if held {
                std::future::pending::<()>().await;
            }
            request
        })
    });
    let world = World::start(sandbox(3).await, bend).await;
    make(&world, 9).await;
    holds.store(true, Ordering::SeqCst);
    let (answer, ()) = tokio::join!(ask(&world), async {
        tokio::task::yield_now().await;
        world.bench.stop_asking(&world.store, "another");
        world.bench.stop_asking(&world.store, "one");
    });
    assert_eq!(answer.unwrap_err(), Error::Cancelled);
    holds.store(false, Ordering::SeqCst);
    assert!(ask(&world).await.unwrap().data.contains("storeName"));
}

#[tokio::test]
async fn a_question_that_meets_a_renewal_says_nothing_against_the_new_token() {
    let (bend, is_armed, gate) = held_once("/graphql");
    let world = World::start(sandbox(3).await, bend).await;
    make(&world, 90).await;
    is_armed.store(true, Ordering::SeqCst);
    let (answer, ()) = tokio::join!(ask(&world), async {
        while is_armed.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        make(&world, 90).await;
        gate.notify_one();
    });
    // It was signed with the one before, which is revoked.
    let refused = Error::Storefront(StorefrontTrouble::Refused);
    assert_eq!(answer.unwrap_err(), refused);
    let access = world.bench.storefront_access(&world.store).unwrap();
    assert!(!access.current.unwrap().is_refused);
    ask(&world).await.unwrap();
}

#[tokio::test]
async fn a_channel_that_the_token_is_not_for_is_not_asked() {
    let world = World::start(sandbox(3).await, straight()).await;
    make(&world, 9).await;
    let schema = world.bench.storefront_schema(&world.store, ChannelId(2));
    assert_eq!(
        schema.await.unwrap_err(),
        Error::Storefront(StorefrontTrouble::NotAllowed)
    );
    let first = world.bench.storefront_schema(&world.store, ChannelId(1));
    let first = first.await.unwrap();
    let again = world.bench.storefront_schema(&world.store, ChannelId(1));
    assert!(Arc::ptr_eq(&first, &again.await.unwrap()), "it is kept");
}

#[tokio::test]
async fn one_token_is_made_for_several_channels_and_each_of_them_is_asked_with_it() {
    let made = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&made);
    // The store there is to test with has one channel, and is told of no other.
    let bend: Bend = Arc::new(move |mut request| {
        if request.method == Method::Post && request.url.ends_with("/api-token-private") {
            let mut body: Value = serde_json::from_slice(request.body.as_ref().unwrap()).unwrap();
            seen.lock().unwrap().push(body.clone());
            body["channel_ids"] = json!([1]);
            request.body = Some(body.to_string().into_bytes());
        }
        Box::pin(async move { request })
    });
    let world = World::start(sandbox(3).await, bend).await;
    let both = StorefrontWish {
        channels: vec![ChannelId(1), ChannelId(667)],
        ..wish(90)
    };
    let token = world.bench.make_storefront_token(&world.store, &both);
    token.await.unwrap();

    let bodies = made.lock().unwrap().clone();
    assert_eq!(bodies.len(), 1, "one token for both");
    assert_eq!(bodies[0]["channel_ids"], json!([1, 667]));
    assert_eq!(bodies[0].get("channel_id"), None, "exactly one of the two");
    let current = world.bench.storefront_access(&world.store).unwrap().current;
    assert_eq!(current.unwrap().channels, [ChannelId(1), ChannelId(667)]);
    for channel in [1, 667] {
        let schema = world
            .bench
            .storefront_schema(&world.store, ChannelId(channel));
        assert!(schema.await.is_ok(), "{channel}");
        let answer = ask_on(&world, channel).await.unwrap();
        assert_eq!(answer.errors.len(), 0, "{channel}: {:?}", answer.errors);
    }
    assert_eq!(
        ask_on(&world, 2).await.unwrap_err(),
        Error::Storefront(StorefrontTrouble::NotAllowed)
    );

    let tried = || world.bench.try_storefront_token(&world.store);
    assert_eq!(tried().await.unwrap().without_site, []);
    // They are asked in their order: the second one has no site, then the first one, then neither.
    let no_site = |after: u32, times: u32| {
        json!([{
            "match": { "path": "/graphql" }, "after": after, "times": times,
            "fault": { "kind": "status", "status": 404, "body": "{}" },
        }])
    };
    for (after, without) in [(1, ChannelId(667)), (0, ChannelId(1))] {
        world.faults(no_site(after, 1)).await;
        let good = tried().await.unwrap();
        assert_eq!(good.without_site, [without]);
        assert_eq!(good.shop.as_deref(), Some("Northfold Supply"));
    }
    world.faults(no_site(0, 2)).await;
    assert_eq!(
        tried().await.unwrap_err(),
        Error::Storefront(StorefrontTrouble::NoSite)
    );
}

/// A way on which the storefront knows no token for the first `unknown` questions.
fn unknown_for(unknown: usize) -> (Bend, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let bend: Bend = Arc::new(move |mut request| {
        if request.url.ends_with("/graphql") && count.fetch_add(1, Ordering::SeqCst) < unknown {
            request.token = AccessToken::new("nobodynobodynobodynobodynobody1".to_owned());
        }
        Box::pin(async move { request })
    });
    (bend, asked)
}

#[tokio::test]
async fn a_token_that_has_not_got_about_yet_is_given_a_moment() {
    let (bend, asked) = unknown_for(2);
    let world = World::start(sandbox(3).await, bend).await;
    make(&world, 90).await;
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let access = world.bench.storefront_access(&world.store).unwrap();
    assert!(access.current.is_some_and(|token| !token.is_refused));
    assert!(access.spare.is_none());
}

#[tokio::test]
async fn a_token_that_nobody_has_any_more_is_not_said_to_be_revoked() {
    let (world, clock) = World::leaping(sandbox(3).await, straight()).await;
    make(&world, 90).await;
    let access = |world: &World| world.bench.storefront_access(&world.store).unwrap();
    let first = access(&world).current.unwrap();
    // It was in memory only, and the app quits.
    let world = world.reopened(straight()).await;
    assert!(access(&world).current.unwrap().is_gone);

    make(&world, 30).await;

    let [lost] = access(&world).lost.try_into().unwrap();
    assert!(lost.is_gone);
    assert_eq!(
        (&lost.last_4, lost.expires_at),
        (&first.last_4, first.expires_at)
    );
    let now = access(&world);
    assert!(
        now.current
            .is_some_and(|token| !token.is_gone && token.made_at > first.made_at)
    );
    assert_eq!(now.spare, None);
    // A renewal of one that is there revokes that one, and goes on knowing of the other.
    make(&world, 30).await;
    assert_eq!(access(&world).lost, [lost]);

    let key = &world.store;
    let revoked = world.bench.revoke_storefront_token(key, Which::Lost, false);
    let gone = Error::Storefront(StorefrontTrouble::Gone);
    assert_eq!(revoked.await.unwrap_err(), gone);
    let forgotten = world.bench.revoke_storefront_token(key, Which::Lost, true);
    forgotten.await.unwrap();
    assert_eq!(access(&world).lost, []);
    assert!(access(&world).current.is_some());
    drop(clock);
}

#[tokio::test]
async fn another_access_token_is_compared_with_what_the_storefront_takes() {
    const OTHER: &str = "0therothertokenothertokenother1";
    // The store has two API accounts, and knows one token.
    let bend: Bend = Arc::new(|mut request| {
        if request.token.expose() == OTHER {
            request.token = AccessToken::new(TOKEN.to_owned());
        }
        Box::pin(async move { request })
    });
    let world = World::start(sandbox(3).await, bend).await;
    let hand = async |token: &str| {
        let typed = Handed::Typed(HandedText::new(token.to_owned()));
        let over = world.bench.hand_over(typed, "w0rld", Preset::Everything);
        let attempt = over.await.unwrap().attempt.unwrap();
        let report = world.bench.check(&attempt.id).await.unwrap();
        (attempt.storefront, report)
    };
    let line = |report: &CheckReport, scope| {
        let found = report.scopes.iter().find(|line| line.scope == scope);
        found.map(|line| (line.wants, line.read, line.write))
    };
    let (storefront, report) = hand(TOKEN).await;
    assert!(!storefront);
    assert_eq!(line(&report, Scope::StorefrontTokens), None);

    make(&world, 90).await;
    let body = r#"{"status":403,"title":"You don't have a required scope to access the endpoint"}"#;
    let rule = json!({
        "match": { "path": "/v3/channels" },
        "fault": {
            "kind": "status", "status": 403, "body": body,
            "headers": { "Content-Type": "application/json" },
        },
    });
    let rules = json!({ "rules": [rule] }).to_string();
    control(&world.control, "POST", "/faults", &rules).await;
    let (storefront, report) = hand(OTHER).await;
    assert!(storefront);
    assert_eq!(
        line(&report, Scope::ChannelSettings),
        Some((Some(Access::Read), Grant::Missing, Grant::NotNeeded))
    );
    // No safe request tells, so nobody is asked.
    assert_eq!(
        line(&report, Scope::StorefrontTokens),
        Some((Some(Access::Modify), Grant::NotNeeded, Grant::NotChecked))
    );
    let losses: Vec<_> = report
        .losses
        .iter()
        .filter(|loss| loss.scope.for_storefront().is_some())
        .map(|loss| (loss.scope, loss.doubt))
        .collect();
    assert_eq!(
        losses,
        [
            (Scope::ChannelSettings, Doubt::OldUnproven),
            (Scope::StorefrontTokens, Doubt::NewUnchecked),
        ]
    );
}

#[tokio::test]
async fn a_token_for_customers_or_companies_alone_is_made_and_tried_out() {
    let world = World::start(sandbox(3).await, straight()).await;
    for scope in [StorefrontScope::Customer, StorefrontScope::B2B] {
        let wish = StorefrontWish {
            scopes: vec![scope],
            ..wish(30)
        };
        let made = world.bench.make_storefront_token(&world.store, &wish).await;
        // What only visitors see, it may not ask about.
        assert_eq!(made.unwrap().shop, None, "{scope:?}");
        let access = world.bench.storefront_access(&world.store).unwrap();
        assert_eq!(access.current.unwrap().scopes, [scope]);
        assert_eq!(access.spare, None);
    }
}

#[tokio::test]
async fn a_token_that_was_made_here_is_known_again_and_others_by_what_they_say() {
    let asked_with = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&asked_with);
    let bend: Bend = Arc::new(move |request| {
        if request.url.ends_with("/graphql") {
            request.token.expose().clone_into(&mut seen.lock().unwrap());
        }
        Box::pin(async move { request })
    });
    let world = World::start(sandbox(3).await, bend).await;
    make(&world, 90).await;
    let ours = asked_with.lock().unwrap().clone();
    let read = |token: String| world.bench.read_storefront_token(token).unwrap();
    let token = read(ours);
    assert_eq!(token.kind, StorefrontKind::Private);
    assert_eq!(token.serves_programs, ServesPrograms::Yes);

    let elsewhere = async |kind: &str, more: Value| {
        let mut body = json!({ "channel_id": 1, "expires_at": 4_000_000_000_i64 });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let path = format!("/v3/storefront/api-token{kind}");
        let made = world.elsewhere("POST", &path, &body.to_string()).await;
        made["data"]["token"].as_str().unwrap().to_owned()
    };
    let sites = json!({ "allowed_cors_origins": ["https://shop.example.com"] });
    let browser = read(elsewhere("", sites).await);
    assert_eq!(browser.kind, StorefrontKind::Browser);
    assert_eq!(browser.sites, ["https://shop.example.com"]);
    let customer = elsewhere("-customer-impersonation", json!({})).await;
    assert_eq!(read(customer).kind, StorefrontKind::Impersonation);
    // Nobody knows one that another program has made, and it says nothing of itself.
    let scopes = json!({ "scopes": ["Unauthenticated"] });
    let private = read(elsewhere("-private", scopes).await);
    assert_eq!(private.kind, StorefrontKind::Unsaid);
}

#[tokio::test]
async fn a_token_stays_named_until_the_store_has_revoked_it_or_says_that_it_is_none() {
    let world = World::start(sandbox(3).await, straight()).await;
    make(&world, 90).await;
    let revoke = || {
        let key = &world.store;
        world
            .bench
            .revoke_storefront_token(key, Which::Current, false)
    };
    let current = || world.bench.storefront_access(&world.store).unwrap().current;
    let answers = async |status: u16, body: &str| {
        let rule = json!([{
            "match": { "method": "DELETE", "path": "/v3/storefront/api-token" }, "times": 1,
            "fault": {
                "kind": "status", "status": status, "body": body,
                "headers": { "Content-Type": "application/json" },
            },
        }]);
        world.faults(rule).await;
    };
    let token = current();
    assert!(token.is_some());
    for (status, body) in [
        (404, "{}"),
        (400, r#"{"status":400,"title":"Bad request"}"#),
        (
            422,
            r#"{"status":422,"title":"JSON data is missing or invalid","errors":{}}"#,
        ),
    ] {
        answers(status, body).await;
        assert!(revoke().await.is_err(), "{status}");
        assert_eq!(current(), token, "{status}");
    }
    answers(
        422,
        r#"{"status":422,"title":"Invalid JWT Token provided"}"#,
    )
    .await;
    revoke().await.unwrap();
    assert_eq!(current(), None);
}

#[tokio::test]
async fn what_is_noted_of_a_token_while_another_is_made_stays_noted() {
    let (bend, is_armed, gate) = held_once("/api-token-private");
    let world = World::start(sandbox(3).await, bend).await;
    make(&world, 90).await;
    let storefront_says = async |status: u16| {
        let rule = json!([{
            "match": { "path": "/graphql" },
            "fault": {
                "kind": "status", "status": status, "body": "{}",
                "headers": { "Content-Type": "application/json" },
            },
        }]);
        world.no_faults().await;
        world.faults(rule).await;
    };
    let current = || {
        world
            .bench
            .storefront_access(&world.store)
            .unwrap()
            .current
            .unwrap()
    };
    let first = current();

    is_armed.store(true, Ordering::SeqCst);
    let another = wish(30);
    let making = world.bench.make_storefront_token(&world.store, &another);
    let (made, ()) = tokio::join!(making, async {
        while is_armed.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        storefront_says(401).await;
        let refused = Error::Storefront(StorefrontTrouble::Refused);
        assert_eq!(ask(&world).await.unwrap_err(), refused);
        assert!(current().is_refused);
        // So the new one does not get far either.
        storefront_says(403).await;
        gate.notify_one();
    });
    let not_allowed = Error::Storefront(StorefrontTrouble::NotAllowed);
    assert_eq!(made.unwrap_err(), not_allowed);
    let now = current();
    assert_eq!(now.last_4, first.last_4);
    assert!(now.is_refused);
}

#[tokio::test]
async fn a_token_whose_making_is_stopped_before_the_store_answers_is_revoked_once_it_does() {
    let (bend, is_armed, gate) = held_once("/api-token-private");
    let world = World::start(sandbox(3).await, bend).await;
    make(&world, 90).await;
    let access = || world.bench.storefront_access(&world.store).unwrap();
    let before = access();

    is_armed.store(true, Ordering::SeqCst);
    let another = wish(30);
    let making = world.bench.make_storefront_token(&world.store, &another);
    let (made, ()) = tokio::join!(making, async {
        while is_armed.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        world.bench.cancel_unlock(&world.store);
        gate.notify_one();
    });

    assert_eq!(made.unwrap_err(), Error::Cancelled);
    assert_eq!(access(), before);
    let asked = asked(&world.control).await;
    let revoked = asked
        .iter()
        .filter(|line| line.starts_with("DELETE /stores/w0rld/v3/storefront/api-token"));
    assert_eq!(revoked.count(), 1, "{asked:#?}");
    ask(&world).await.unwrap();
}
