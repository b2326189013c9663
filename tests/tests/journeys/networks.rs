//! What a network does to a connection on its way to BigCommerce's own host, and what a person reads
//! then. Nothing leaves this computer: a proxy of the test's own stands where the network would be, or
//! names can't be looked up.
//!
//! All by keys, in light and in dark, in a large window and in a small one.

use std::{fs, os::unix::fs::MetadataExt as _, path::Path, process::Stdio};

use serde_json::json;
use stockroom_tests::{
    desktop::Desktop,
    proxy::{Manner, Proxy},
    sandbox::{Sandbox, SandboxOptions},
    wait,
    window::{Look as _, Window},
};

use crate::{
    looking::light_large_and_dark_small,
    support::{Scene, check_again_by_keys, shop, to_check_by_keys},
};

const HOST: &str = "api.bigcommerce.com";

/// A panel that names cause, host and next step, and nothing that keeps anybody from reading it.
fn reads(window: &Window<'_>, name: &str, cause: &str, more: &[&str]) {
    let panel = window.thing("region", cause);
    panel.appears();
    for words in more {
        panel.sees(words);
    }
    panel.button("Check again").appears();
    let found = light_large_and_dark_small(window, "network", name);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_proxy_that_refuses_and_one_that_looks_in_are_told_apart_by_keys() {
    let scene = Scene::usual();
    let spy = Sandbox::start(SandboxOptions {
        tls: true,
        ..SandboxOptions::default()
    });
    let there = spy.origin().strip_prefix("https://").expect("it has TLS");
    let there = there.parse().expect("it is an address");
    let proxy = Proxy::start(Manner::Refuses(502));
    let app = scene.app().with("HTTPS_PROXY", proxy.url());
    let window = app.open();
    window.resize(1440, 900);

    to_check_by_keys(&window, &spy);
    let refuses = format!("The proxy refuses {HOST}");
    let ask = format!("Ask whoever runs the network to allow {HOST}, then check again.");
    reads(&window, "proxy", &refuses, &[&ask]);
    let mut asked_for = proxy.asked_for();
    asked_for.dedup();
    assert_eq!(asked_for, [format!("{HOST}:443")], "and nobody else");

    proxy.behave(Manner::LeadsTo(there));
    check_again_by_keys(&window);
    let cause = format!("The connection to {HOST} can’t be trusted");
    let more = [
        "a company network may be looking in",
        "Your token was not sent.",
    ];
    reads(&window, "tls", &cause, &more);
    assert_eq!(
        spy.log(),
        Vec::<serde_json::Value>::new(),
        "nothing was said"
    );

    for (manner, name) in [
        (Manner::Refuses(407), "proxy-asks"),
        (Manner::HangsUp, "proxy-mute"),
    ] {
        proxy.behave(manner);
        check_again_by_keys(&window);
        reads(&window, name, &refuses, &[&ask]);
    }
    drop(proxy);
    check_again_by_keys(&window);
    reads(&window, "proxy-gone", &refuses, &["or it isn’t there"]);
    assert_eq!(spy.log(), Vec::<serde_json::Value>::new());
}

/// The words before a command that runs where no name can be looked up. `None`, with a sentence on
/// standard error, where the system lets this user arrange that for nobody.
fn without_names(desktop: &Desktop) -> Option<Vec<String>> {
    let nowhere = desktop.root().join("nsswitch.conf");
    fs::write(&nowhere, "hosts: files\n").expect("the folder is ours");
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let mut words = vec!["unshare".to_owned(), "--mount".to_owned()];
    if !is_root {
        words.extend(["--user", "--map-root-user"].map(str::to_owned));
    }
    let script = "mount --bind \"$1\" /etc/nsswitch.conf && shift && exec \"$@\"";
    words.extend(["--", "sh", "-c", script, "without-names"].map(str::to_owned));
    words.push(nowhere.display().to_string());
    let mut tried = desktop.command(&words[0]);
    tried.args(&words[1..]).arg("true").stderr(Stdio::null());
    if Path::new("/etc/nsswitch.conf").exists() && tried.status().is_ok_and(|end| end.success()) {
        // The driver looks for no program by its name alone.
        words[0] = "/usr/bin/unshare".to_owned();
        return Some(words);
    }
    testkit::not_tried(
        "without names, for this system lets nobody put another file in place of one",
    );
    None
}

#[test]
fn a_name_that_is_not_found_is_no_fault_of_the_store() {
    let scene = Scene::usual();
    let shop = shop();
    let Some(through) = without_names(&scene.desktop) else {
        return;
    };
    let window = scene.app().through(through).open();
    window.resize(1440, 900);
    to_check_by_keys(&window, &shop);
    let more = format!(
        "The name {HOST} can’t be found. Check this computer’s connection, then check again."
    );
    reads(&window, "dns", "No network, or no such host", &[&more]);
    // And once more by keys: it is the same.
    check_again_by_keys(&window);
    window.sees("Checking");
    window
        .thing("region", "No network, or no such host")
        .appears();
}

/// Seconds that are said to be left.
fn left(window: &Window<'_>) -> Option<u32> {
    let text = window.text();
    let (_, rest) = text.split_once("using this store’s quota, goes on in ")?;
    rest.split(' ').next()?.parse().ok()
}

#[test]
fn a_quota_that_others_use_up_is_waited_for_with_the_seconds_shown() {
    let (scene, shop) = (Scene::usual(), shop());
    // Long enough for all that is looked at meanwhile, and shorter than a check may take.
    shop.misbehave(json!({ "times": 5, "fault": { "kind": "rateLimited", "resetMs": 45_000 } }));
    let app = scene.app_beside(&shop);
    let window = app.open();
    window.resize(1440, 900);
    to_check_by_keys(&window, &shop);
    window.sees("Other apps are using this store’s quota, goes on in ");
    let first = left(&window).expect("it says how long");
    wait::until("the seconds to run down", || {
        left(&window).filter(|now| *now < first)
    });
    let found = light_large_and_dark_small(&window, "network", "quota");
    assert_eq!(found, Vec::<String>::new());
    // Nobody presses anything. The rest of the wait may be longer than a window is usually waited for.
    wait::until("the quota to be there again", || {
        (!window.text().contains("Other apps are using")).then_some(())
    });
    window.sees("Checked. Everything is in order.");
}
