//! The README names a test for what it says of the wire; those tests are there.

use std::path::Path;

const README: &str = include_str!("../../README.md");

/// The rows of the table of what is modelled: what it says, and what shows it.
fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    let (_, section) = README.split_once("## What is modelled").unwrap();
    let (table, _) = section.split_once("\nNot known").unwrap();
    let lines = table.lines().filter(|line| line.starts_with("| "));
    lines
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            let [_wire, here, shown] = cells.as_slice() else {
                panic!("three cells: {line}");
            };
            let names = shown.split('`').skip(1).step_by(2);
            (here.trim(), names.collect())
        })
        .collect()
}

#[test]
fn every_test_the_readme_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (_, names) in rows() {
        for name in names {
            let (file, test) = name.split_once("::").unwrap();
            let folder = match file {
                "caps" | "scopes" => root.join("src/gate"),
                _other => root.join("tests/it"),
            };
            let source = std::fs::read_to_string(folder.join(format!("{file}.rs"))).unwrap();
            assert!(source.contains(&format!("fn {test}(")), "{name}");
        }
    }
}

#[test]
fn what_the_readme_says_is_modelled_names_a_test_and_what_is_not_a_reason() {
    let rows = rows();
    assert!(rows.len() > 45, "{}", rows.len());
    for (here, names) in rows {
        let is_refused = here.starts_with("not modelled");
        assert!(is_refused || !names.is_empty(), "{here}");
        assert!(!is_refused || here.contains("because"), "{here}");
    }
}
