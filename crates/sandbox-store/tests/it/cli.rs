//! The program itself: what its flags do.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::wire::client;

/// A store in a process of its own, which ends with this.
struct Served {
    child: Child,
    hello: Value,
}

impl Drop for Served {
    fn drop(&mut self) {
        // Ended already, if not.
        let _over = self.child.kill();
        let _over = self.child.wait();
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox-store"));
    command.args([
        "serve",
        "--products",
        "5",
        "--orders",
        "5",
        "--customers",
        "5",
    ]);
    command.args(["--token", "writer", "--control-port", "0"]);
    command
}

impl Served {
    fn with(flags: &[&str]) -> Self {
        Self::start(program().args(flags))
    }

    /// Once it has said where it listens.
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let hello = serde_json::from_str(&line).unwrap();
        Self { child, hello }
    }

    async fn ask(&self, token: &str, method: &str, target: &str) -> reqwest::Response {
        let origin = self.hello["origin"].as_str().unwrap();
        let url = format!("{origin}/stores/northfold{target}");
        let ask = client().request(method.parse().unwrap(), url);
        let ask = ask
            .header("X-Auth-Token", token)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json");
        let ask = if method == "GET" { ask } else { ask.body("{}") };
        ask.send().await.unwrap()
    }

    async fn counts(&self) -> Value {
        let url = format!("{}/counts", self.hello["control"].as_str().unwrap());
        let answer = client().get(url).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }
}

fn quota(answer: &reqwest::Response) -> (u32, u32) {
    let number = |name: &str| answer.headers()[name].to_str().unwrap().parse().unwrap();
    (
        number("x-rate-limit-requests-quota"),
        number("x-rate-limit-requests-left"),
    )
}

/// What programs that start a store of their own rely on: these words, and this one line.
#[tokio::test]
async fn a_store_says_in_one_line_where_it_is_once_it_listens() {
    let words = "serve --port 0 --store-hash h4sh --token t0ken --scopes all --plan standard --products 200 \
                 --orders 500 --customers 300 --seed 1 --latency-ms 0";
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox-store"));
    let served = Served::start(command.args(words.split_whitespace()));
    let said = served.hello.as_object().unwrap();
    let members: BTreeSet<&str> = said.keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["origin", "storeHash", "token"]));
    assert_eq!(
        (&said["storeHash"], &said["token"]),
        (&json!("h4sh"), &json!("t0ken"))
    );

    let url = format!("{}/stores/h4sh/v2/store", said["origin"].as_str().unwrap());
    let ask = client().get(url).header("Accept", "application/json");
    let answer = ask.header("X-Auth-Token", "t0ken").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(quota(&answer), (150, 149));
    let store: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(store["id"], "h4sh");
}

#[tokio::test]
async fn plans_have_their_quotas_and_a_competitor_uses_its_share() {
    for (flags, expected) in [
        (&["--plan", "pro"][..], (450, 449)),
        (&["--plan", "plus"], (150, 149)),
        // One of ours, and the first one of theirs.
        (&["--plan", "pro", "--competitor", "0.5"], (450, 448)),
    ] {
        let served = Served::with(flags);
        let answer = served.ask("writer", "GET", "/v2/time").await;
        assert_eq!(quota(&answer), expected, "{flags:?}");
    }
}

#[tokio::test]
async fn another_token_may_do_what_its_scopes_say_and_refusals_are_counted() {
    let served = Served::with(&["--also-token", "reader=store_v2_orders_read_only"]);
    for (token, method, target, status) in [
        ("writer", "GET", "/v3/catalog/products", 200),
        ("reader", "GET", "/v2/orders/count", 200),
        ("reader", "GET", "/v3/catalog/products", 403),
        ("reader", "PUT", "/v2/orders/48219", 403),
        ("nobody", "GET", "/v2/orders/count", 401),
    ] {
        let answer = served.ask(token, method, target).await;
        assert_eq!(answer.status(), status, "{token} {method} {target}");
    }
    let counts = served.counts().await;
    assert_eq!(
        (&counts["requests"], &counts["refused"]),
        (&json!(5), &json!(3))
    );
    assert_eq!(counts["byStatus"], json!({ "200": 2, "401": 1, "403": 2 }));
}

fn help(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox-store"));
    let Output { status, stdout, .. } = command.args(arguments).output().unwrap();
    assert!(status.success());
    String::from_utf8(stdout).unwrap()
}

#[test]
fn help_shows_what_to_type_wherever_it_is_asked_for() {
    for arguments in [&["--help"][..], &["serve", "--help"]] {
        let help = help(arguments);
        assert!(help.contains("Examples:"), "{help}");
        assert!(
            help.contains("sandbox-store serve --control-port 0"),
            "{help}"
        );
    }
    assert!(help(&["--help"]).contains("reset"));
}

#[test]
fn every_flag_of_serve_stands_in_the_readme_and_no_other() {
    let (_, rest) = README.split_once("| Flag | |").unwrap();
    let (table, _) = rest.split_once("\n\n").unwrap();
    // In the first cell alone: the second one names flags of other commands.
    let cells = table.lines().filter_map(|line| line.split(" | ").next());
    let named: BTreeSet<String> = cells.flat_map(flags_in).collect();
    let mut known: BTreeSet<String> = help(&["serve", "--help"])
        .lines()
        .filter(|line| line.trim_start().starts_with('-'))
        .flat_map(flags_in)
        .collect();
    known.remove("--help");
    assert_eq!(named, known);
}

const README: &str = include_str!("../../README.md");

/// `--so` and `--so-on`.
fn flags_in(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    text.split(|letter: char| !is_part(letter))
        .filter(|word| word.starts_with("--") && word.len() > 3)
        .map(str::to_owned)
        .collect()
}

#[test]
fn fees_without_an_id_are_added_again_unless_it_is_said_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("store.jsonl");
    for (flags, meant) in [
        (&["--seed", "1"][..], "add"),
        (&["--fees-without-id", "replace"], "replace"),
    ] {
        let mut command = program();
        drop(Served::start(command.args(flags).arg("--data").arg(&data)));
        // Its first line says what the store was made with.
        let kept = std::fs::read_to_string(&data).unwrap();
        let kept: Value = serde_json::from_str(kept.lines().next().unwrap()).unwrap();
        assert_eq!(kept["feesWithoutId"], meant, "{flags:?}");
        std::fs::remove_file(&data).unwrap();
    }
}

#[tokio::test]
async fn faults_are_given_as_json_or_as_a_file_with_it() {
    let rules = r#"{"rules":[{"match":{"path":"/v2/time"},"fault":{"kind":"html502"}}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.json");
    std::fs::write(&file, rules).unwrap();
    for spec in [rules, file.to_str().unwrap()] {
        let served = Served::with(&["--faults", spec]);
        let hit = served.ask("writer", "GET", "/v2/time").await;
        assert_eq!(hit.status(), 502, "{spec}");
        let other = served.ask("writer", "GET", "/v2/store").await;
        assert_eq!(other.status(), 200, "{spec}");
    }
}

#[tokio::test]
async fn answers_take_as_long_as_they_are_told_to() {
    let took = async |flags: &[&str]| {
        let served = Served::with(flags);
        // The first one opens the connection.
        served.ask("writer", "GET", "/v2/time").await;
        let began = std::time::Instant::now();
        served.ask("writer", "GET", "/v2/time").await;
        began.elapsed().as_millis()
    };
    assert!(took(&["--latency-ms", "300"]).await >= 300);
    let jittery = took(&["--latency-ms", "300", "--jitter-ms", "50"]).await;
    assert!(jittery >= 300, "{jittery}");
}

#[test]
fn flags_that_make_no_sense_are_refused_with_a_way_out() {
    for (flags, said) in [
        (["--competitor", "1.5"], "0.5"),
        (["--competitor", "half"], "0.5"),
        (["--also-token", "reader"], "TOKEN=SCOPES"),
        (["--also-token", "reader=store_v2_oders"], "store_v2_oders"),
        (["--plan", "gold"], "enterprise"),
        (["--faults", "refuse"], "html502=1%"),
    ] {
        let Output { status, stderr, .. } = program().args(flags).output().unwrap();
        let stderr = String::from_utf8_lossy(&stderr);
        assert!(!status.success(), "{flags:?}");
        assert!(stderr.contains(said), "{flags:?}: {stderr}");
    }
}
