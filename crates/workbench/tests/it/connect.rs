//! From credentials in any shape to a store that is kept, over real HTTP.

use std::{
    io::ErrorKind,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use bigcommerce::{
    BoxFuture, Error as Api, HttpRequest, HttpResponse, HttpTransport, NetworkKind, Transport,
    TransportError, TransportErrorKind,
};
use commerce::{Access, Preset, SafetyMode, Scope};
use credentials::{HandedText, TextKind, TokenMistake};
use sandbox_store::Strict;
use workbench::{
    CheckReport, CheckState, Error, Grant, HandMistake, Handed, HandedFrom, HandedOver, Notice,
    Workbench,
};

use crate::world::{self, TOKEN, sandbox_for, save_as};

struct Desk {
    bench: Workbench,
    folder: tempfile::TempDir,
    _running: Strict,
}

impl Desk {
    async fn new(scopes: &str) -> Self {
        let running = sandbox_for(12, scopes).await;
        let way = Arc::new(HttpTransport::new("Stockroom-tests/0").unwrap());
        let (bench, folder) = world::bench(&running, way);
        Self {
            bench,
            folder,
            _running: running,
        }
    }

    fn file(&self, text: &str) -> PathBuf {
        let path = self.folder.path().join("BigCommerceAPI-credentials-1.txt");
        std::fs::write(&path, text).unwrap();
        path
    }

    async fn hand(&self, handed: Handed, address: &str) -> HandedOver {
        let over = self
            .bench
            .hand_over(handed, address, Preset::Everything)
            .await;
        let over = over.unwrap();
        assert!(!format!("{over:?}").contains(TOKEN), "it holds the token");
        over
    }

    async fn checked(&self, preset: Preset) -> (String, CheckReport) {
        let over = self.bench.hand_over(typed(TOKEN), "w0rld", preset).await;
        let attempt = over.unwrap().attempt.unwrap();
        let report = self.bench.check(&attempt.id).await.unwrap();
        (attempt.id, report)
    }
}

/// A network on which no connection comes about. It keeps what it was asked for.
struct Nowhere {
    kind: TransportErrorKind,
    asked: Mutex<Vec<String>>,
}

impl Transport for Nowhere {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.asked.lock().unwrap().push(request.url);
        Box::pin(async move {
            Err(TransportError {
                kind: self.kind,
                sent: false,
                detail: String::new(),
            })
        })
    }
}

fn typed(text: &str) -> Handed {
    Handed::Typed(HandedText::new(text.to_owned()))
}

fn copied(text: &str) -> Handed {
    Handed::Clipboard(HandedText::new(text.to_owned()))
}

fn credentials(hash: &str) -> String {
    format!(
        "ACCESS TOKEN: {TOKEN}\nCLIENT NAME: Packing desk\n\
         API PATH: https://api.bigcommerce.com/stores/{hash}/v3/\n"
    )
}

/// What the check says about the scopes as a whole.
fn about_scopes(report: &CheckReport) -> &CheckState {
    &report.lines[3].state
}

#[tokio::test]
async fn the_downloaded_file_is_all_that_it_takes() {
    let desk = Desk::new("all").await;
    let path = desk.file(&credentials("w0rld"));

    let over = desk.hand(Handed::File(path.clone()), "").await;

    assert_eq!(over.kind, TextKind::CredentialsFile);
    assert_eq!(over.from, HandedFrom::File(path.clone()));
    assert_eq!(over.client_name.as_deref(), Some("Packing desk"));
    assert_eq!(over.last_4, TOKEN[TOKEN.len() - 4..]);
    assert_eq!(over.mistakes, []);
    let attempt = over.attempt.unwrap();
    let report = desk.bench.check(&attempt.id).await.unwrap();
    assert!(report.can_save, "{report:?}");
    let profile = desk.bench.save(&attempt.id, &save_as()).await.unwrap();
    assert_eq!(profile.hash.as_str(), "w0rld");
    assert_eq!(profile.preset, Preset::Everything);

    let left = desk.bench.left_over().unwrap();
    assert_eq!(left.file().await.unwrap(), Some(path.clone()));
    assert!(left.is_in(&HandedText::new(credentials("w0rld"))));
    assert!(!left.is_in(&HandedText::new("something else".to_owned())));
    // Whoever wrote something else into it meanwhile keeps it.
    std::fs::write(&path, "shopping list").unwrap();
    assert_eq!(left.file().await.unwrap(), None);
    assert!(desk.bench.left_over().is_none(), "it is offered once");
}

#[tokio::test]
async fn a_token_alone_waits_for_the_store_to_be_named() {
    let desk = Desk::new("all").await;
    let over = desk.hand(copied(TOKEN), "").await;
    assert_eq!(over.mistakes, [HandMistake::NoStore]);
    assert_eq!(over.attempt, None);
    let vanity = desk.hand(Handed::Again, "shop.example.com").await;
    assert_eq!(vanity.mistakes, [HandMistake::NoStore]);

    let named = desk.hand(Handed::Again, "w0rld").await;

    assert_eq!(named.from, HandedFrom::Clipboard);
    let report = desk.bench.check(&named.attempt.unwrap().id).await.unwrap();
    assert!(report.can_save);
}

#[tokio::test]
async fn credentials_of_another_store_than_was_named_are_noticed_before_anything_is_asked() {
    let desk = Desk::new("all").await;
    let over = desk.hand(copied(&credentials("w0rld")), "an0ther").await;
    let other = HandMistake::OtherStore {
        wanted: "an0ther".parse().unwrap(),
        found: "w0rld".parse().unwrap(),
    };
    assert_eq!(over.mistakes, [other]);
    assert_eq!(over.attempt, None);
    // The person says which.
    let theirs = desk.hand(Handed::Again, "w0rld").await;
    assert_eq!(theirs.attempt.unwrap().hash.as_str(), "w0rld");
}

#[tokio::test]
async fn credentials_that_name_two_stores_are_taken_for_the_one_that_was_named() {
    let desk = Desk::new("all").await;
    let two = format!("{}STORE HASH: an0ther\n", credentials("w0rld"));
    let over = desk.hand(copied(&two), "").await;
    let found = ["an0ther", "w0rld"]
        .map(|hash| hash.parse().unwrap())
        .to_vec();
    let several = |wanted: Option<&str>| HandMistake::SeveralStores {
        wanted: wanted.map(|hash| hash.parse().unwrap()),
        found: found.clone(),
    };
    assert_eq!(over.mistakes, [several(None)]);
    // One that is not among them is as wrong as another one would be.
    let over = desk.hand(Handed::Again, "th1rd").await;
    assert_eq!(over.mistakes, [several(Some("th1rd"))]);
    assert_eq!(over.attempt, None);
    let over = desk.hand(Handed::Again, "w0rld").await;
    assert!(over.attempt.is_some());
}

#[tokio::test]
async fn a_connected_store_takes_no_token_out_of_another_stores_text() {
    let desk = Desk::new("all").await;
    let (id, _) = desk.checked(Preset::LookOnly).await;
    let store = desk.bench.save(&id, &save_as()).await.unwrap().key;
    let theirs = credentials("an0ther").replace(TOKEN, "an0theran0theran0theran0thertok");
    let given = desk.bench.give_token(&store, theirs, true).await;
    assert_eq!(given, Err(Error::WrongStore));
    let ours = desk.bench.give_token(&store, credentials("w0rld"), true);
    ours.await.unwrap();
}

#[tokio::test]
async fn a_mistake_keeps_nothing() {
    let desk = Desk::new("all").await;
    let secret = "0123456789abcdef".repeat(4);
    let over = desk.hand(typed(&secret), "w0rld").await;
    assert_eq!(
        over.mistakes,
        [HandMistake::Token(TokenMistake::ClientSecret)]
    );
    assert_eq!(over.last_4, "");
    let again = desk
        .bench
        .hand_over(Handed::Again, "w0rld", Preset::Everything);
    assert_eq!(again.await.unwrap_err(), Error::AttemptGone);
}

#[tokio::test]
async fn what_was_handed_over_is_forgotten_when_told_to() {
    let desk = Desk::new("all").await;
    let over = desk.hand(typed(TOKEN), "w0rld").await;
    desk.bench.file_dropped(desk.file("x"));
    desk.bench.forget_handed();
    let gone = desk.bench.check(&over.attempt.unwrap().id).await;
    assert_eq!(gone.unwrap_err(), Error::AttemptGone);
    for handed in [Handed::Again, Handed::Dropped] {
        let again = desk.bench.hand_over(handed, "w0rld", Preset::Everything);
        assert_eq!(again.await.unwrap_err(), Error::AttemptGone);
    }
}

#[tokio::test]
async fn a_dropped_file_is_named_to_the_window_and_read_only_when_asked_for() {
    let desk = Desk::new("all").await;
    let mut notices = desk.bench.notices();
    desk.bench.file_dropped(desk.file(&credentials("w0rld")));
    let name = "BigCommerceAPI-credentials-1.txt".to_owned();
    assert_eq!(notices.recv().await.unwrap(), Notice::FileDropped(name));
    let over = desk.hand(Handed::Dropped, "").await;
    assert!(over.attempt.is_some());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_a_mistake_with_its_reason() {
    let desk = Desk::new("all").await;
    let gone = desk.folder.path().join("gone.txt");
    let over = desk.hand(Handed::File(gone), "w0rld").await;
    assert_eq!(
        over.mistakes,
        [HandMistake::Unreadable(ErrorKind::NotFound)]
    );
    let folder = desk.folder.path().to_owned();
    let over = desk.hand(Handed::File(folder), "w0rld").await;
    let no_file = HandMistake::Unreadable(ErrorKind::InvalidInput);
    assert_eq!(over.mistakes, [no_file]);
}

/// The scopes of a preset, as a token would have them.
#[tokio::test]
async fn a_check_that_reaches_nobody_says_so_after_one_try() {
    for (kind, said) in [
        (TransportErrorKind::Dns, NetworkKind::Dns),
        (TransportErrorKind::Refused, NetworkKind::Refused),
        (TransportErrorKind::TimedOut, NetworkKind::TimedOut),
    ] {
        let running = sandbox_for(12, "all").await;
        let way = Arc::new(Nowhere {
            kind,
            asked: Mutex::default(),
        });
        let (bench, _folder) = world::bench(&running, way.clone());
        let over = bench.hand_over(typed(TOKEN), "w0rld", Preset::Everything);
        let attempt = over.await.unwrap().attempt.unwrap();

        let report = bench.check(&attempt.id).await.unwrap();

        let CheckState::Bad(Error::Api(Api::Network { kind: found, .. })) = &report.lines[0].state
        else {
            panic!("{report:?}");
        };
        assert_eq!(*found, said);
        assert!(report.finished);
        let mut asked = way.asked.lock().unwrap().clone();
        let all = asked.len();
        asked.sort_unstable();
        asked.dedup();
        assert_eq!(asked.len(), all, "nothing is asked twice: {asked:?}");
    }
}

fn exactly(preset: Preset) -> String {
    let names: Vec<&str> = preset
        .needs()
        .filter_map(|(scope, access)| match access {
            Access::Read => scope.oauth_names().read,
            Access::Modify => scope.oauth_names().modify,
        })
        .collect();
    names.join(",")
}

#[tokio::test]
async fn a_token_with_exactly_what_a_preset_asks_for_lacks_nothing() {
    for preset in Preset::ALL {
        let desk = Desk::new(&exactly(preset)).await;
        let (id, report) = desk.checked(preset).await;
        assert_eq!(about_scopes(&report), &CheckState::Ok, "{preset:?}");
        for line in report.scopes.iter().filter(|line| line.wants.is_some()) {
            assert_eq!(line.read, Grant::Granted, "{preset:?}: {line:?}");
        }
        let profile = desk.bench.save(&id, &save_as()).await.unwrap();
        assert_eq!(profile.preset, preset);
        let wanted = |(scope, _): &(Scope, Access)| preset.level(*scope).is_some();
        assert!(!profile.missing_scopes.iter().any(wanted));
    }
}

#[tokio::test]
async fn the_preset_decides_what_counts_as_missing() {
    let desk = Desk::new("store_v2_information_read_only,store_v2_products").await;
    let (_, for_catalog) = desk.checked(Preset::CatalogEditor).await;
    assert_eq!(about_scopes(&for_catalog), &CheckState::Ok);

    let (id, for_all) = desk.checked(Preset::Everything).await;
    assert!(matches!(
        about_scopes(&for_all),
        CheckState::Bad(Error::Api(_))
    ));
    let missing: Vec<Scope> = for_all
        .scopes
        .iter()
        .filter(|line| line.read == Grant::Missing)
        .map(|line| line.scope)
        .collect();
    assert_eq!(missing, [Scope::Customers, Scope::Orders]);
    let profile = desk.bench.save(&id, &save_as()).await.unwrap();
    // No preset asks for the last of them, and it is known all the same.
    let lowest: Vec<_> = missing
        .into_iter()
        .chain([Scope::ChannelSettings])
        .map(|scope| (scope, Access::Read))
        .collect();
    assert_eq!(profile.missing_scopes, lowest);
}

#[tokio::test]
async fn a_token_for_something_else_is_not_called_one_without_scopes() {
    let desk = Desk::new("store_channel_settings").await;
    let (_, report) = desk.checked(Preset::Everything).await;
    let other = Error::OtherScopes(vec![Scope::ChannelSettings]);
    assert_eq!(about_scopes(&report), &CheckState::Bad(other));
    assert!(!report.can_save);

    let desk = Desk::new("none").await;
    let (_, report) = desk.checked(Preset::Everything).await;
    assert_eq!(about_scopes(&report), &CheckState::Bad(Error::NoScopes));
}

#[tokio::test]
async fn the_same_store_with_another_preset_keeps_its_place() {
    let desk = Desk::new("all").await;
    let (id, _) = desk.checked(Preset::LookOnly).await;
    let first = desk.bench.save(&id, &save_as()).await.unwrap();

    let over = desk
        .hand(typed(TOKEN), "store-w0rld.mybigcommerce.com")
        .await;

    let attempt = over.attempt.unwrap();
    assert_eq!(attempt.connected_as.as_ref(), Some(&first.key));
    desk.bench.check(&attempt.id).await.unwrap();
    let second = desk.bench.save(&attempt.id, &save_as()).await.unwrap();
    assert_eq!(second.key, first.key);
    assert_eq!(second.preset, Preset::Everything);
    assert_eq!(desk.bench.profiles().unwrap().len(), 1);
}

fn writes(report: &CheckReport) -> Vec<(Scope, Grant)> {
    let wanted = report
        .scopes
        .iter()
        .filter(|line| line.wants == Some(Access::Modify));
    wanted.map(|line| (line.scope, line.write)).collect()
}

#[tokio::test]
async fn whether_a_token_may_change_things_is_asked_only_when_that_is_allowed() {
    let scopes = "store_v2_information_read_only,store_v2_customers_read_only,\
                  store_v2_orders,store_v2_products_read_only";
    let desk = Desk::new(scopes).await;
    let (id, report) = desk.checked(Preset::Everything).await;
    let not_yet = [
        (Scope::Orders, Grant::NotChecked),
        (Scope::Products, Grant::NotChecked),
    ];
    assert_eq!(writes(&report), not_yet);
    assert_eq!(about_scopes(&report), &CheckState::Ok);

    let report = desk.bench.check_writes(&id).await.unwrap();

    let asked = [
        (Scope::Orders, Grant::Granted),
        (Scope::Products, Grant::Missing),
    ];
    assert_eq!(writes(&report), asked);
    assert!(matches!(
        about_scopes(&report),
        CheckState::Bad(Error::Api(bigcommerce::Error::MissingScope {
            needs: Some((Scope::Products, Access::Modify))
        }))
    ));
    // It may be used for what it is good for, and what it isn't is known from the start.
    let profile = desk.bench.save(&id, &save_as()).await.unwrap();
    let lacks = [
        (Scope::Products, Access::Modify),
        (Scope::ChannelSettings, Access::Read),
    ];
    assert_eq!(profile.missing_scopes, lacks);
    let orders = desk.bench.check_writes(&id).await;
    assert_eq!(orders.unwrap_err(), Error::AttemptGone);
}

#[tokio::test]
async fn no_write_is_asked_of_a_store_that_is_read_only_here() {
    let desk = Desk::new("all").await;
    let (id, _) = desk.checked(Preset::Everything).await;
    let profile = desk.bench.save(&id, &save_as()).await.unwrap();
    let edited = desk.bench.edit(
        &profile.key,
        &profile.name,
        profile.color,
        SafetyMode::ReadOnly,
    );
    edited.unwrap();
    // Another token for it is on its way in.
    let (id, _) = desk.checked(Preset::Everything).await;
    let asked = desk.bench.check_writes(&id).await;
    assert_eq!(asked.unwrap_err(), Error::ReadOnly);
}

#[tokio::test]
async fn writing_is_not_asked_before_reading_is_known() {
    let desk = Desk::new("all").await;
    let over = desk.hand(typed(TOKEN), "w0rld").await;
    let early = desk.bench.check_writes(&over.attempt.unwrap().id).await;
    assert_eq!(early.unwrap_err(), Error::BadInput("attempt"));
}
