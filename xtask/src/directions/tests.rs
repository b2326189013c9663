use super::*;

/// A workspace of all our crates, in which one of them has one more dependency.
fn with(from: &str, to: &str, kind: Kind) -> Vec<String> {
    let names = RULES
        .iter()
        .map(|rule| rule.name)
        .chain(UNBOUND.iter().copied());
    let mut members: Vec<Package> = names.map(|name| package(name, Vec::new())).collect();
    match members.iter_mut().find(|member| member.name == from) {
        Some(member) => member.dependencies.push(Dependency {
            name: to.to_owned(),
            kind,
        }),
        None => members.push(package(from, Vec::new())),
    }
    check(&members)
}

fn package(name: &str, dependencies: Vec<Dependency>) -> Package {
    Package {
        id: name.to_owned(),
        name: name.to_owned(),
        version: "0.1.0".to_owned(),
        source: None,
        license: None,
        folder: name.into(),
        dependencies,
        targets: Vec::new(),
    }
}

#[test]
fn the_directions_of_the_house_hold() {
    assert!(with("workbench", "mirror", Kind::Normal).is_empty());
    assert!(with("stockroom", "tauri", Kind::Normal).is_empty());
    assert!(with("stockroom", "tauri-build", Kind::Build).is_empty());
    assert!(with("database", "rusqlite_migration", Kind::Normal).is_empty());
    assert!(with("surface", "specta-typescript", Kind::Normal).is_empty());
    assert!(with("mirror", "serde", Kind::Normal).is_empty());
}

#[test]
fn an_edge_against_the_direction_is_named_with_what_to_do() {
    let breaches = with("bigcommerce", "workbench", Kind::Normal);
    assert_eq!(breaches.len(), 1);
    assert!(
        breaches[0].contains("`bigcommerce` depends on `workbench`"),
        "{}",
        breaches[0]
    );
    assert!(breaches[0].contains("only commerce"), "{}", breaches[0]);
}

#[test]
fn neighbours_do_not_know_each_other() {
    assert_eq!(with("bigcommerce", "mirror", Kind::Normal).len(), 1);
    assert_eq!(with("mirror", "journal", Kind::Dev).len(), 1);
    assert_eq!(with("surface", "mirror", Kind::Normal).len(), 1);
    assert_eq!(with("workbench", "database", Kind::Normal).len(), 1);
}

#[test]
fn only_tests_use_the_test_crates() {
    assert!(with("desk", "testkit", Kind::Dev).is_empty());
    assert!(with("bigcommerce", "sandbox-store", Kind::Dev).is_empty());
    assert_eq!(with("desk", "testkit", Kind::Normal).len(), 1);
    assert_eq!(with("bigcommerce", "sandbox-store", Kind::Build).len(), 1);
}

#[test]
fn the_sandbox_store_shares_nothing_even_in_its_tests() {
    assert_eq!(with("sandbox-store", "commerce", Kind::Dev).len(), 1);
    assert_eq!(with("sandbox-store", "testkit", Kind::Dev).len(), 1);
}

#[test]
fn every_wall_stands() {
    for (from, to) in [
        ("surface", "tauri"),
        ("bridge", "tauri-plugin-log"),
        ("host", "reqwest"),
        ("sandbox-store", "reqwest"),
        ("sandbox-store", "hyper-rustls"),
        ("bridge", "hyper-util"),
        ("workbench", "rusqlite"),
        ("host", "keyring-core"),
        ("stockroom", "zbus-secret-service-keyring-store"),
        ("host", "axum"),
        ("commerce", "specta"),
        ("stockroom", "specta-typescript"),
    ] {
        let breaches = with(from, to, Kind::Normal);
        assert_eq!(breaches.len(), 1, "{from} → {to}");
        assert!(
            breaches[0].contains(&format!("`{from}` depends on `{to}`")),
            "{}",
            breaches[0]
        );
    }
}

#[test]
fn a_crate_that_nobody_thought_of_is_named() {
    let hosts = ["host", "bridge", "stockroom"];
    let behind_no_wall = [
        "ureq",
        "isahc",
        "curl",
        "sqlx",
        "redb",
        "oo7",
        "secret-service",
        "security-framework",
    ];
    let of_hosts = hosts
        .into_iter()
        .flat_map(|host| behind_no_wall.map(|stranger| (host, stranger)));
    let of_others = [
        ("workbench", "ureq"),
        ("workbench", "oo7"),
        ("surface", "sqlx"),
        ("mirror", "tokio"),
        ("commerce", "regex"),
        ("sandbox-store", "ureq"),
        ("testkit", "curl"),
        ("xtask", "regex"),
    ];
    for (from, to) in of_hosts.chain(of_others) {
        for kind in [Kind::Normal, Kind::Build] {
            let breaches = with(from, to, kind);
            assert_eq!(breaches.len(), 1, "{from} → {to}, {kind:?}");
            assert!(
                breaches[0].contains("not among the crates it may use"),
                "{}",
                breaches[0]
            );
        }
        assert!(with(from, to, Kind::Dev).is_empty(), "{from} → {to}");
    }
    assert!(with("host", "dirs", Kind::Normal).is_empty());
}

#[test]
fn every_crate_takes_the_lints() {
    let package = "[package]\nname = \"desk\"\n";
    let all = format!("{package}\n[lints]\nworkspace = true\n\n[dependencies]\n");
    assert_eq!(lints("desk", &all), None);
    let own = "[lints.rust]\nmissing_docs = \"warn\"\nunsafe_code = \"deny\"\n[dependencies]\n";
    assert_eq!(lints("host", own), None);
    for (name, without) in [
        ("desk", package),
        ("desk", own),
        ("desk", "[lints]\n[other]\nworkspace = true\n"),
        ("host", "[lints.rust]\nmissing_docs = \"warn\"\n"),
    ] {
        let breach = lints(name, without).unwrap();
        assert!(breach.contains(name), "{breach}");
    }
}

#[test]
fn tests_may_look_behind_a_wall() {
    assert!(with("sandbox-store", "reqwest", Kind::Dev).is_empty());
    assert!(with("bigcommerce", "axum", Kind::Dev).is_empty());
}

#[test]
fn the_tests_of_the_whole_see_everything() {
    assert!(with("stockroom-tests", "mirror", Kind::Normal).is_empty());
    assert!(with("stockroom-tests", "reqwest", Kind::Normal).is_empty());
}

#[test]
fn a_new_crate_needs_a_line_in_the_table() {
    let breaches = with("helpers", "commerce", Kind::Normal);
    assert!(
        breaches.len() == 1 && breaches[0].contains("`helpers` has no line"),
        "{breaches:?}"
    );
}

#[test]
fn the_table_names_only_crates_of_the_table() {
    for rule in RULES {
        for name in rule.uses.iter().chain(rule.tests_use) {
            assert!(
                RULES.iter().any(|other| other.name == *name),
                "{} uses unknown {name}",
                rule.name
            );
        }
    }
}
