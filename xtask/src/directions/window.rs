//! Each rule for the window's imports, tried on an import that it has to find.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::count;
use crate::project::Project;

/// A file, what it imports, and the rule against that.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("src/lib/circle.ts", "./round", "no-cycles"),
    ("src/app/one.ts", "../helpers/help", "only-known-folders"),
    ("src/app/two.ts", "../help", "only-known-folders"),
    (
        "src/features/orders/one.ts",
        "../../app/App",
        "nothing-imports-app",
    ),
    (
        "src/features/orders/two.ts",
        "../products/Products",
        "features-stand-alone",
    ),
    (
        "src/components/One.tsx",
        "../features/orders/Orders",
        "components-are-plain",
    ),
    (
        "src/components/Two.tsx",
        "../ipc/calls",
        "components-are-plain",
    ),
    ("src/lib/one.ts", "../components/Button", "lib-is-below"),
    ("src/lib/two.ts", "../ipc/calls", "lib-is-below"),
    ("src/ipc/one.ts", "../lib/money", "ipc-and-words-are-leaves"),
    (
        "src/i18n/one.ts",
        "../ipc/bindings",
        "ipc-and-words-are-leaves",
    ),
    (
        "src/app/three.ts",
        "@tauri-apps/api/core",
        "only-ipc-knows-the-host",
    ),
    (
        "src/features/orders/three.ts",
        "../../testing/render",
        "tests-stay-out",
    ),
    ("src/app/four.ts", "./nowhere", "no-unresolved"),
];

/// What no rule may find.
const ALLOWED: &[(&str, &str)] = &[
    ("src/lib/round.ts", "./circle"),
    ("src/main.tsx", "./app/App"),
    ("src/app/App.tsx", "../features/orders/Orders"),
    ("src/app/App.tsx", "../testing.css"),
    ("src/features/orders/Orders.tsx", "./list"),
    ("src/features/orders/Orders.tsx", "../../components/Button"),
    ("src/features/orders/Orders.tsx", "../../ipc/calls"),
    (
        "src/features/orders/Orders.test.tsx",
        "../../testing/render",
    ),
    ("src/components/Button.tsx", "../lib/money"),
    ("src/components/Button.tsx", "../ipc/bindings"),
    ("src/components/Button.test.tsx", "../testing/render"),
    ("src/lib/money.ts", "../i18n/words"),
    ("src/lib/money.ts", "../ipc/bindings"),
    ("src/ipc/calls.ts", "./bindings"),
    ("src/ipc/calls.ts", "@tauri-apps/api/core"),
    ("src/testing/render.tsx", "../app/App"),
];

/// Files that import nothing, and the package that knows the host.
const OTHERS: &[(&str, &str)] = &[
    ("src/features/orders/list.ts", "export {};"),
    ("src/features/products/Products.tsx", "export {};"),
    ("src/help.ts", "export {};"),
    ("src/helpers/help.ts", "export {};"),
    ("src/i18n/words.ts", "export {};"),
    ("src/ipc/bindings.ts", "export {};"),
    ("node_modules/@tauri-apps/api/core.js", "export {};"),
    (
        "node_modules/@tauri-apps/api/package.json",
        r#"{"name": "@tauri-apps/api", "type": "module", "exports": {"./core": "./core.js"}}"#,
    ),
];

fn write(folder: &Path, file: &str, line: &str) {
    let file = folder.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let mut file = fs::File::options()
        .append(true)
        .create(true)
        .open(file)
        .unwrap();
    writeln!(file, "{line}").unwrap();
}

#[test]
fn each_rule_for_the_window_finds_an_import_that_it_forbids_and_no_other() {
    let ui = Project::find().unwrap().ui();
    let cruiser = ui.join("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    if !cruiser.is_file() {
        let why = "the directions of the window, for its packages are not installed: cargo xtask test does that";
        return count::say_not_tried(why);
    }
    let folder = std::env::temp_dir().join(format!("xtask-window-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in OTHERS {
        write(&folder, file, text);
    }
    let forbidden = FORBIDDEN.iter().map(|(file, import, _)| (file, import));
    let allowed = ALLOWED.iter().map(|(file, import)| (file, import));
    for (file, import) in forbidden.chain(allowed) {
        write(&folder, file, &format!("import \"{import}\";"));
    }
    fs::copy(ui.join("tsconfig.json"), folder.join("tsconfig.json")).unwrap();
    let said = Command::new("node")
        .arg(cruiser)
        .args(["src", "--output-type", "json", "--config"])
        .arg(ui.join(".dependency-cruiser.cjs"))
        .current_dir(&folder)
        .output();
    fs::remove_dir_all(&folder).unwrap();
    let said = said.expect("what installed the packages is here");
    let answer: Value = serde_json::from_slice(&said.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&said.stderr)));

    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let rules = list(&answer["summary"]["ruleSetUsed"]["forbidden"]);
    let untried: Vec<String> = rules
        .iter()
        .map(|rule| text(&rule["name"]))
        .filter(|name| !FORBIDDEN.iter().any(|(_, _, rule)| rule == name))
        .collect();
    assert!(
        !rules.is_empty() && untried.is_empty(),
        "these rules of ui/.dependency-cruiser.cjs want an import that they forbid, in xtask/src/directions/window.rs: \
         {untried:?}"
    );
    // Only an error turns `npm run directions` red.
    let found: BTreeSet<[String; 3]> = list(&answer["summary"]["violations"])
        .iter()
        .map(|it| [&it["from"], &it["rule"]["name"], &it["rule"]["severity"]].map(text))
        .collect();
    let expected: BTreeSet<[String; 3]> = FORBIDDEN
        .iter()
        .map(|(file, _, rule)| [*file, *rule, "error"].map(str::to_owned))
        .collect();
    assert_eq!(found, expected);
}
