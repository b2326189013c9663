//! Each step of connecting a store, looked at by axe in light, in dark, in high contrast, and with text
//! at twice its size.

use serde_json::json;
use stockroom_tests::window::{Look as _, Window};

use crate::support::{Scene, shop};

/// A look of the window, and what puts it on.
const LOOKS: [(&str, &str); 5] = [
    ("light", "theme = 'light'; contrast = ''; zoom = ''"),
    ("dark", "theme = 'dark'; contrast = ''; zoom = ''"),
    (
        "light, high contrast",
        "theme = 'light'; contrast = 'high'; zoom = ''",
    ),
    (
        "dark, high contrast",
        "theme = 'dark'; contrast = 'high'; zoom = ''",
    ),
    (
        "twice as large",
        "theme = 'light'; contrast = ''; zoom = '2'",
    ),
];

fn look_at(window: &Window<'_>, step: &str, findings: &mut Vec<String>) {
    for (look, put_on) in LOOKS {
        let script = format!(
            "let theme, contrast, zoom;
            {put_on};
            const {{ dataset, style }} = document.documentElement;
            dataset.theme = theme;
            if (contrast) dataset.contrast = contrast; else delete dataset.contrast;
            style.zoom = zoom;
            return true;"
        );
        assert_eq!(window.script(&script, &[]), json!(true));
        let name = look.replace([',', ' '], "-").replace("--", "-");
        window.picture(&format!("wizard-{step}-{name}"));
        let found = window.accessibility_findings();
        findings.extend(
            found
                .into_iter()
                .map(|line| format!("{step}, {look}: {line}")),
        );
    }
    let back = "const { dataset, style } = document.documentElement;
        dataset.theme = 'light'; delete dataset.contrast; style.zoom = ''; return true;";
    assert_eq!(window.script(back, &[]), json!(true));
}

#[test]
fn axe_finds_nothing_on_any_step_in_any_look() {
    let (scene, mut shop) = (Scene::usual(), shop());
    let app = scene
        .app()
        .with("STOCKROOM_API_ORIGIN", shop.origin().to_owned());
    let window = app.open();
    let mut findings = Vec::new();
    window.button("Connect your store").appears();
    look_at(&window, "0-welcome", &mut findings);
    window.button("Connect your store").click();
    window
        .field("Address, API path or store hash")
        .type_(shop.hash());
    window.sees(&format!("Store hash {}", shop.hash()));
    look_at(&window, "1-store", &mut findings);
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
    assert_eq!(findings, Vec::<String>::new());
}
