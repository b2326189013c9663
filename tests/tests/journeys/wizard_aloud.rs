//! Each step of connecting a store, looked at by axe in light, in dark, in high contrast, with everything at
//! twice its size, and with text alone at twice its size.

use serde_json::json;
use stockroom_tests::{
    desktop::KeychainKind,
    window::{App, Look as _, Window},
};

use crate::{
    looking::{LOOKS, findings_in, in_each},
    support::{Scene, go_to, sees_all_orders, shop},
};

/// Names of what can be pressed or typed into that is cut off at a side of the window, or lies over another; and
/// of whatever holds more words than it shows. What is only said, what scrolls and what ends in “…” is no such thing.
const OUT_OF_PLACE: &str = "
    const all = [...document.querySelectorAll('main :is(button, a, input, textarea, select)')]
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([one, { width, height }]) => width > 2 && height > 2 && getComputedStyle(one).opacity !== '0');
    const name = (one) => one.getAttribute('aria-label') || one.textContent || one.name || one.tagName;
    const out = all.filter(([, at]) => at.left < 0 || at.right > innerWidth + 1).map(([one]) => 'cut off: ' + name(one));
    const foot = (one) => one.closest('form > :last-child');
    for (const [first, a] of all) for (const [second, b] of all) {
        if (first === second || first.contains(second) || second.contains(first) || foot(first) !== foot(second)) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 2 && a.left <= b.left) out.push(name(first) + ' lies over ' + name(second));
    }
    const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip';
    for (const one of document.querySelectorAll('main *')) {
        const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(one);
        const { clientWidth, clientHeight, scrollWidth, scrollHeight } = one;
        if (clientWidth <= 2 || clientHeight <= 2 || clipPath !== 'none') continue;
        const ends = textOverflow === 'ellipsis' || one.matches('input');
        const wide = cuts(overflowX) && !ends && scrollWidth > clientWidth + 1;
        const high = cuts(overflowY) && scrollHeight > clientHeight + 1;
        if (wide || high) out.push('shows only some of: ' + name(one).slice(0, 80));
    }
    return out;";

/// Doubles the size and the line of every text, as a person does who needs larger words and no larger window.
const LARGER_WORDS: &str = "
    const names = new Set();
    const collect = (rules) => {
        for (const rule of rules) {
            for (const name of rule.style ?? []) if (name.startsWith('--type')) names.add(name);
            collect(rule.cssRules ?? []);
        }
    };
    for (const sheet of document.styleSheets) collect(sheet.cssRules);
    const root = document.documentElement;
    for (const name of names) {
        const usual = getComputedStyle(root).getPropertyValue(name);
        root.style.setProperty(name, usual.replace(/([0-9.]+)px/g, (_, size) => `${2 * size}px`));
    }
    return names.size;";

fn look_at(window: &Window<'_>, step: &str, findings: &mut Vec<String>) {
    in_each(window, &LOOKS, |look| {
        let misplaced = window.script(OUT_OF_PLACE, &[]);
        assert_eq!(misplaced, json!([]), "{step}, {look}");
    });
    findings.extend(findings_in(window, &LOOKS, &format!("wizard-{step}")));
}

#[test]
fn axe_finds_nothing_on_any_step_in_any_look() {
    let scene = Scene::usual();
    every_step(scene.app(), "", |_| {});
}

#[test]
fn axe_finds_nothing_on_any_step_at_twice_the_size_and_nothing_is_cut_off() {
    // What a desktop does for those who need everything large; the smallest window then fills it.
    let scene = Scene::on_screen(KeychainKind::Unlocked, 1600, 1120);
    every_step(scene.app().with("GDK_SCALE", "2"), "-large", |_| {});
}

#[test]
fn axe_finds_nothing_on_any_step_with_words_of_twice_the_size_and_no_word_is_cut_off() {
    let scene = Scene::usual();
    every_step(scene.app(), "-words", |window| {
        let sizes = window.script(LARGER_WORDS, &[]);
        assert!(sizes.as_u64() > Some(4), "texts hang on {sizes} sizes");
    });
}

/// From the welcome to the store's name, with a stop at each step.
fn every_step(app: App<'_>, size: &str, dress: impl FnOnce(&Window<'_>)) {
    let mut shop = shop();
    let app = app.with("STOCKROOM_API_ORIGIN", shop.origin());
    let window = app.open();
    let mut findings = Vec::new();
    let look_at = |window: &Window<'_>, step: &str, findings: &mut Vec<String>| {
        look_at(window, &format!("{step}{size}"), findings);
    };
    window.button("Connect your store").appears();
    dress(&window);
    look_at(&window, "0-welcome", &mut findings);
    window.press("Control+k");
    let commands = window.thing("dialog", "Commands");
    commands.appears();
    findings.extend(findings_in(&window, &LOOKS, "commands at the welcome"));
    window.press("Escape");
    commands.goes();
    window.button("Connect your store").click();
    window
        .field("Address, API path or store hash")
        .type_(shop.hash());
    window.sees(&format!("Store hash {}", shop.hash()));
    look_at(&window, "1-store", &mut findings);
    // What was typed would be forgotten, so that is asked first.
    window.press("Escape");
    let leaving = window.thing_about("alertdialog", "Leave without connecting?");
    leaving.appears();
    look_at(&window, "1-leaving", &mut findings);
    leaving.button("Keep going").click();
    leaving.goes();
    window.button("Continue").click();
    window.row("Orders").appears();
    look_at(&window, "2-scopes", &mut findings);
    window.button("I have the credentials").click();
    window.field("Access token").appears();
    look_at(&window, "3-credentials", &mut findings);
    shop.allow("store_v2_information_read_only,store_v2_products_read_only");
    window.field("Access token").type_(shop.token());
    window.button("Check it").click();
    window.sees("2 scopes are missing");
    look_at(&window, "4-missing", &mut findings);
    shop.allow("all");
    window.button("Check again").click();
    window.sees("Checked. Everything is in order.");
    look_at(&window, "4-check", &mut findings);
    window.button("Continue").click();
    window.sees("GNOME Keyring");
    look_at(&window, "5-name", &mut findings);
    window.button("Save and start the first pull").click();
    sees_all_orders(&window);

    // The same store with another token, to its end.
    go_to(&window, "Settings");
    window.button("Replace the token…").click();
    let new = "newnewnewnewnewnewnewnewnewnew1";
    shop.replace_token(new);
    window.field("Access token").type_(new);
    window.button("Check it").click();
    window.sees("Checked. Everything is in order.");
    window.button("Continue").click();
    window.button("Save and use the new token").click();
    window.sees("Tried out: the store answers to it");
    look_at(&window, "6-replaced", &mut findings);
    assert_eq!(findings, Vec::<String>::new());
}
