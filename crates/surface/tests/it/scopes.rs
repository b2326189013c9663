use commerce::Scope;
use serde_json::Value;

/// The window's words for scopes: compiled in, so that this is tried anew when they change.
const WORDS: &str = include_str!("../../../../ui/src/i18n/en/scopes.ts");

#[test]
fn the_window_calls_each_scope_what_the_control_panel_calls_it() {
    let words: Vec<(&str, &str)> = WORDS
        .lines()
        .filter_map(|line| {
            let (name, word) = line
                .trim()
                .strip_prefix("\"scope.name.")?
                .split_once("\": \"")?;
            Some((name, word.strip_suffix("\",")?))
        })
        .collect();
    let names = Scope::ALL.map(|scope| serde_json::to_value(scope).unwrap());
    let known: Vec<(&str, &str)> = names
        .iter()
        .zip(Scope::ALL)
        .map(|(name, scope)| (name.as_str().unwrap(), scope.label()))
        .collect();
    assert_eq!(words, known);
}

#[test]
fn each_scope_crosses_the_wall_by_its_own_name() {
    let bindings = surface::bindings::typescript();
    let (_, table) = bindings
        .split_once("export const scopeTable: Presets = ")
        .unwrap();
    let table: Value = serde_json::from_str(table.trim_end().trim_end_matches(';')).unwrap();
    let crossed: Vec<&Value> = table["offered"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offered| &offered["scope"])
        .collect();
    let names = Scope::ALL.map(|scope| serde_json::to_value(scope).unwrap());
    assert_eq!(crossed, names.iter().collect::<Vec<_>>());
}
