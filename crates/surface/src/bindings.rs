//! The TypeScript side of the wall, made from the same list as the dispatch.

use std::fmt::Write as _;

use specta_typescript::Typescript;

use crate::{
    commands::{COMMANDS, CommandKind, types},
    into_dto::presets,
};

/// The whole of `ui/src/ipc/bindings.ts`.
///
/// # Panics
/// Only on a type that has no TypeScript form; a test makes the bindings, so it never leaves CI.
#[must_use]
pub fn typescript() -> String {
    let mut text = Typescript::default()
        .header("// Made by `cargo xtask bindings` from crates/surface. Never edited by hand.\n")
        .export(&types(), specta_serde::Format)
        .expect("every type that crosses the wall has a TypeScript form");
    text.push_str("\n/** Sends one command to the backend and gives its answer. */\nexport type Send = (command: string, input: unknown) => Promise<unknown>;\n");
    text.push_str("\n/** One function a command, over any way of sending. */\nexport function commands(send: Send) {\n  return {\n");
    for command in COMMANDS {
        let name = camel(command.name);
        let (input, value) = if command.takes == "Nothing" {
            (String::new(), "{}")
        } else {
            (format!("input: {}", command.takes), "input")
        };
        let gives = if command.gives == "Nothing" {
            "void"
        } else {
            command.gives
        };
        writeln!(text, "    /** {} */", command.doc.trim()).expect("a String takes everything");
        writeln!(
            text,
            "    {name}: ({input}) => send(\"{}\", {value}) as Promise<{gives}>,",
            command.name
        )
        .expect("a String takes everything");
    }
    text.push_str("  };\n}\n");
    table(
        &mut text,
        "provides",
        "What each read provides.",
        CommandKind::Read,
    );
    table(
        &mut text,
        "stales",
        "What each write makes stale.",
        CommandKind::Write,
    );
    let scopes = serde_json::to_string_pretty(&presets()).expect("they are words");
    writeln!(
        text,
        "\n/** The scopes of every preset and of the storefront, and all that the control panel offers: what `presets` answers. */\nexport const scopeTable: Presets = {scopes};"
    )
    .expect("a String takes everything");
    text
}

fn table(text: &mut String, name: &str, doc: &str, kind: CommandKind) {
    writeln!(text, "\n/** {doc} */\nexport const {name} = {{").expect("a String takes everything");
    for command in COMMANDS.iter().filter(|c| c.kind == kind) {
        let tags: Vec<String> = command
            .tags
            .iter()
            .map(|tag| serde_json::to_string(tag).expect("a tag is a word"))
            .collect();
        writeln!(text, "  {}: [{}],", camel(command.name), tags.join(", "))
            .expect("a String takes everything");
    }
    text.push_str("} as const satisfies Record<string, readonly Tag[]>;\n");
}

fn camel(snake: &str) -> String {
    let mut out = String::with_capacity(snake.len());
    let mut upper = false;
    for c in snake.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            out.push(c.to_ascii_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}
