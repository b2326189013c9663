//! What the page may not do, tried in the real web view from inside the page.

use serde_json::json;

use stockroom_tests::{sandbox::Sandbox, window::Look as _};

use crate::support::Connected;

/// What is tried; each answers "refused" or what happened.
const TRIES: [(&str, &str); 7] = [
    (
        "a request",
        "fetch(there).then(() => done('it went out'), () => done('refused'))",
    ),
    (
        "a socket",
        "try { const s = new WebSocket(there.replace('http', 'ws'));
               s.onopen = () => done('it opened'); s.onerror = () => done('refused'); }
         catch { done('refused'); }",
    ),
    (
        "a stream",
        "try { const s = new EventSource(there); s.onopen = () => done('it opened'); s.onerror = () => done('refused'); }
         catch { done('refused'); }",
    ),
    (
        "a picture",
        "const i = new Image(); i.onload = () => done('it came'); i.onerror = () => done('refused');
         document.addEventListener('securitypolicyviolation', () => done('refused'), { once: true });
         i.src = there;",
    ),
    (
        "a script of somebody else",
        "const s = document.createElement('script'); s.onload = () => done('it ran');
         s.onerror = () => done('refused'); s.src = there; document.head.append(s);",
    ),
    (
        "a script in the page",
        "const s = document.createElement('script'); s.textContent = 'window.slippedIn = true';
         document.head.append(s);
         setTimeout(() => done(window.slippedIn ? 'it ran' : 'refused'));",
    ),
    (
        "a frame",
        "const f = document.createElement('iframe');
         document.addEventListener('securitypolicyviolation', () => done('refused'), { once: true });
         f.src = there; document.body.append(f);",
    ),
];

/// Where the page has its backend and its pictures on Windows. Elsewhere anybody on this computer may answer there.
const ON_WINDOWS: [&str; 2] = [
    "http://ipc.localhost/from-the-page",
    "http://picture.localhost/from-the-page",
];

/// Two ways there; each answers which rule stood in the way. Nobody has to be at such an address, so that nothing
/// came from there says nothing: the wall itself has to speak up.
const RULES: [(&str, &str); 2] = [
    (
        "connect-src",
        "fetch(there).then(() => done('it went out'), later);",
    ),
    (
        "img-src",
        "const i = new Image(); i.onload = () => done('it came'); i.onerror = later; i.src = there;",
    ),
];

#[test]
fn the_page_reaches_nothing_but_its_own_backend() {
    let there = Connected::usual();
    let window = there.app().open();
    window.sees("Orders");
    let address = format!("{}/from-the-page", there.shop.origin());
    for (what, script) in TRIES {
        let script = format!("const [there, done] = arguments; {script}");
        let answer = window.script_that_answers(&script, &[json!(address)]);
        assert_eq!(answer, json!("refused"), "{what}");
    }
    // An answer that can't be read would look refused as well.
    nothing_was_asked(&there.shop);
    for address in ON_WINDOWS {
        for (rule, script) in RULES {
            let script = format!(
                "const [there, done] = arguments;
                 const later = () => setTimeout(() => done('nothing stood in the way'), 2000);
                 document.addEventListener('securitypolicyviolation',
                     (event) => done(event.effectiveDirective), {{ once: true }});
                 {script}"
            );
            let answer = window.script_that_answers(&script, &[json!(address)]);
            assert_eq!(answer, json!(rule), "{address}");
        }
    }

    // Nor does the page go there itself, with what it knows in the address: it stays, and works on.
    for (what, leave) in LEAVES {
        window.script(leave, &[json!(address)]);
        window.link("Products").click();
        window.grid("Products").appears();
        window.thing_about("link", "Orders").click();
        window.grid("Orders").appears();
        assert!(window.title().contains("Stockroom"), "{what}");
        nothing_was_asked(&there.shop);
    }
}

/// What the app's parts could do for a page that were allowed to ask them, and with what.
const FAVOURS: [(&str, &str); 8] = [
    ("plugin:opener|open_url", "{ url: 'https://example.com' }"),
    ("plugin:opener|open_path", "{ path: '/etc/passwd' }"),
    ("plugin:dialog|open", "{ options: {} }"),
    ("plugin:fs|read_text_file", "{ path: '/etc/passwd' }"),
    ("plugin:window|close", "{ label: 'main' }"),
    (
        "plugin:webview|create_webview_window",
        "{ options: { label: 'other' } }",
    ),
    ("plugin:event|emit", "{ event: 'told', payload: {} }"),
    ("plugin:app|app_hide", "{}"),
];

#[test]
fn the_page_may_ask_for_nothing_but_its_own_commands() {
    let there = Connected::usual();
    let window = there.app().open();
    window.sees("Orders");
    for (favour, input) in FAVOURS {
        let script = format!(
            "const done = arguments[0];
             window.__TAURI_INTERNALS__.invoke('{favour}', {input})
                 .then(() => done('it was done'), (error) => done(String(error)));"
        );
        let answer = window.script_that_answers(&script, &[]);
        let answer = answer.as_str().unwrap_or_default();
        assert!(answer.contains("not allowed"), "{favour}: {answer}");
    }
    window.sees("Orders");
}

/// How a page leaves for another address.
const LEAVES: [(&str, &str); 6] = [
    (
        "by a form",
        "const f = document.createElement('form'); f.action = arguments[0]; document.body.append(f); f.submit();",
    ),
    ("by its address", "location.href = arguments[0]"),
    ("in its place", "location.replace(arguments[0])"),
    (
        "by a link",
        "const a = document.createElement('a'); a.href = arguments[0]; document.body.append(a); a.click();",
    ),
    (
        "by a refresh",
        "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = `0; url=${arguments[0]}`;
         document.head.append(m);",
    ),
    ("in another window", "window.open(arguments[0])"),
];

fn nothing_was_asked(shop: &Sandbox) {
    let asked = shop.log();
    assert!(
        asked
            .iter()
            .all(|request| request["path"] != "/from-the-page"),
        "{asked:#?}"
    );
}
