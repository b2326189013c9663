//! What axe has to say of what a journey stands before, in light, in dark and in high contrast.

use serde_json::Value;
use stockroom_tests::window::Window;

/// A look of the window: its name, its theme, and its contrast where that is no usual one.
#[derive(Clone, Copy)]
pub(crate) struct Dress(&'static str, &'static str, &'static str);

pub(crate) const LIGHT: Dress = Dress("light", "light", "");
pub(crate) const DARK: Dress = Dress("dark", "dark", "");
pub(crate) const LIGHT_HIGH: Dress = Dress("light-high-contrast", "light", "high");
pub(crate) const DARK_HIGH: Dress = Dress("dark-high-contrast", "dark", "high");

/// All of them; the first is the one that is looked at as a whole.
pub(crate) const LOOKS: [Dress; 4] = [LIGHT, DARK, LIGHT_HIGH, DARK_HIGH];

const PUT_ON: &str = "
    const { dataset } = document.documentElement;
    const worn = [dataset.theme ?? '', dataset.contrast ?? ''];
    const [theme, contrast] = arguments;
    if (theme) dataset.theme = theme; else delete dataset.theme;
    if (contrast) dataset.contrast = contrast; else delete dataset.contrast;
    return worn;";

/// Puts another theme and contrast on, and gives those that were worn.
fn put_on(window: &Window<'_>, theme: &str, contrast: &str) -> (String, String) {
    let worn = window.script(PUT_ON, &[theme.into(), contrast.into()]);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (word(&worn[0]), word(&worn[1]))
}

/// Looks at the window in each of these looks, the name of which is said; it wears afterwards what it wore.
pub(crate) fn in_each(window: &Window<'_>, dresses: &[Dress], mut look: impl FnMut(&str)) {
    let mut wore = None;
    for Dress(name, theme, contrast) in dresses {
        let worn = put_on(window, theme, contrast);
        wore.get_or_insert(worn);
        look(name);
    }
    if let Some((theme, contrast)) = wore {
        put_on(window, &theme, &contrast);
    }
}

/// Has axe look at the window in each of these looks. Roles, names and sizes are looked at once, in the first of them.
pub(crate) fn findings_in(window: &Window<'_>, dresses: &[Dress], what: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut is_first = true;
    in_each(window, dresses, |look| {
        let found = if is_first {
            window.accessibility_findings()
        } else {
            window.findings_of_colors()
        };
        is_first = false;
        let named = found
            .into_iter()
            .map(|line| format!("{what}, {look}: {line}"));
        findings.extend(named);
    });
    findings
}

/// Axe finds nothing wrong with what is shown now, in any look.
pub(crate) fn reads_well(window: &Window<'_>, what: &str) {
    let findings = findings_in(window, &LOOKS, what);
    assert_eq!(findings, Vec::<String>::new());
}

/// Looks at what is shown in light on a large window, also in high contrast, and in dark on the smallest there can be:
/// a picture of both (`KIND-light-NAME`, `KIND-dark-NAME`), and what axe has to say. Afterwards all is as it was before.
pub(crate) fn light_large_and_dark_small(
    window: &Window<'_>,
    kind: &str,
    name: &str,
) -> Vec<String> {
    let (width, height) = window.size();
    let what = format!("{kind}-{name}");
    window.picture(&format!("{kind}-light-{name}"));
    let mut findings = findings_in(window, &[LIGHT, LIGHT_HIGH], &what);
    window.resize(1000, 700);
    in_each(window, &[DARK], |_| {
        window.picture(&format!("{kind}-dark-{name}"));
        // The sizes are others here: all is looked at.
        let found = window.accessibility_findings();
        findings.extend(
            found
                .into_iter()
                .map(|line| format!("{what}, small and dark: {line}")),
        );
    });
    window.resize(width, height);
    findings
}
