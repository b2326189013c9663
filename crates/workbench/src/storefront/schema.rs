//! From what a storefront says of itself to the schema language: only what can be asked, only names
//! that are names, and a few hundred kilobytes in place of megabytes.

use std::fmt::Write as _;

use serde_json::Value;

/// What every GraphQL API knows. Source: GraphQL specification, "Introspection".
pub(super) const QUESTION: &str = "
query Schema {
  __schema {
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...Type }
  }
}
fragment Type on __Type {
  kind name description
  fields(includeDeprecated: true) {
    name description isDeprecated deprecationReason
    args { ...Value }
    type { ...Ref }
  }
  inputFields { ...Value }
  interfaces { name }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { name }
}
fragment Value on __InputValue { name description defaultValue type { ...Ref } }
fragment Ref on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name } } } } } } }
}";

/// Those that the schema language has by itself.
const BUILT_IN: [&str; 5] = ["String", "Int", "Float", "Boolean", "ID"];

/// The schema in its own language; `None` if this is none. What is not understood is left out.
pub(super) fn written(schema: &Value) -> Option<String> {
    let query = name(&schema["queryType"])?;
    let changing: Vec<&str> = ["mutationType", "subscriptionType"]
        .into_iter()
        .filter_map(|kind| name(&schema[kind]))
        .collect();
    let mut out = format!("schema {{\n  query: {query}\n}}\n");
    for kind in schema["types"].as_array()? {
        let Some(called) = name(kind) else { continue };
        if called.starts_with("__") || BUILT_IN.contains(&called) || changing.contains(&called) {
            continue;
        }
        // A text takes whatever is written to it.
        let _ = one(&mut out, kind, called);
    }
    Some(out)
}

fn one(out: &mut String, kind: &Value, called: &str) -> std::fmt::Result {
    out.push('\n');
    match kind["kind"].as_str().unwrap_or_default() {
        "SCALAR" => {
            described(out, "", kind)?;
            writeln!(out, "scalar {called}")
        }
        word @ ("OBJECT" | "INTERFACE") => {
            described(out, "", kind)?;
            let word = if word == "OBJECT" {
                "type"
            } else {
                "interface"
            };
            write!(out, "{word} {called}")?;
            let above = names(&kind["interfaces"]);
            if !above.is_empty() {
                write!(out, " implements {}", above.join(" & "))?;
            }
            let mut fields = String::new();
            for field in list(&kind["fields"]) {
                field_of(&mut fields, field)?;
            }
            block(out, &fields)
        }
        "UNION" => {
            described(out, "", kind)?;
            let members = names(&kind["possibleTypes"]);
            let is = if members.is_empty() { "" } else { " = " };
            writeln!(out, "union {called}{is}{}", members.join(" | "))
        }
        "ENUM" => {
            described(out, "", kind)?;
            write!(out, "enum {called}")?;
            let mut values = String::new();
            for value in list(&kind["enumValues"]) {
                let Some(called) = name(value) else { continue };
                described(&mut values, "  ", value)?;
                write!(values, "  {called}")?;
                deprecated(&mut values, value)?;
                values.push('\n');
            }
            block(out, &values)
        }
        "INPUT_OBJECT" => {
            described(out, "", kind)?;
            write!(out, "input {called}")?;
            let mut fields = String::new();
            for field in list(&kind["inputFields"]) {
                if let Some(value) = value_of(field) {
                    described(&mut fields, "  ", field)?;
                    writeln!(fields, "  {value}")?;
                }
            }
            block(out, &fields)
        }
        _ => Ok(()),
    }
}

/// Braces with nothing between them are none of the language's.
fn block(out: &mut String, lines: &str) -> std::fmt::Result {
    if lines.is_empty() {
        return writeln!(out);
    }
    writeln!(out, " {{\n{lines}}}")
}

fn field_of(out: &mut String, field: &Value) -> std::fmt::Result {
    let (Some(called), Some(kind)) = (name(field), type_of(&field["type"])) else {
        return Ok(());
    };
    described(out, "  ", field)?;
    write!(out, "  {called}")?;
    let arguments: Vec<String> = list(&field["args"]).filter_map(value_of).collect();
    if !arguments.is_empty() {
        write!(out, "({})", arguments.join(", "))?;
    }
    write!(out, ": {kind}")?;
    deprecated(out, field)?;
    out.push('\n');
    Ok(())
}

/// An argument or a field of an input. One with a value by default may be left out; the value itself
/// is of no use here.
fn value_of(value: &Value) -> Option<String> {
    let mut kind = type_of(&value["type"])?;
    if value["defaultValue"].is_string() && kind.ends_with('!') {
        kind.pop();
    }
    Some(format!("{}: {kind}", name(value)?))
}

fn type_of(kind: &Value) -> Option<String> {
    match kind["kind"].as_str()? {
        "NON_NULL" => Some(format!("{}!", type_of(&kind["ofType"])?)),
        "LIST" => Some(format!("[{}]", type_of(&kind["ofType"])?)),
        _ => name(kind).map(str::to_owned),
    }
}

fn described(out: &mut String, indent: &str, of: &Value) -> std::fmt::Result {
    let words = of["description"].as_str().unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Ok(());
    }
    writeln!(out, "{indent}{}", Value::String(words))
}

fn deprecated(out: &mut String, of: &Value) -> std::fmt::Result {
    if of["isDeprecated"] != true {
        return Ok(());
    }
    match of["deprecationReason"].as_str() {
        // A text of JSON is one of GraphQL.
        Some(why) => write!(out, " @deprecated(reason: {})", Value::from(why)),
        None => write!(out, " @deprecated"),
    }
}

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn names(of: &Value) -> Vec<&str> {
    list(of).filter_map(name).collect()
}

/// A name that is one. Source: GraphQL specification, "Names".
fn name(of: &Value) -> Option<&str> {
    let name = of["name"].as_str()?;
    let fits = |(at, c): (usize, char)| {
        c == '_' || c.is_ascii_alphabetic() || (at > 0 && c.is_ascii_digit())
    };
    (!name.is_empty() && name.char_indices().all(fits)).then_some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_is_written_with_what_can_be_asked_and_nothing_else() {
        let named = |kind: &str, name: &str| json!({ "kind": kind, "name": name });
        let not_null = |of: Value| json!({ "kind": "NON_NULL", "ofType": of });
        let schema = json!({
            "queryType": { "name": "Query" },
            "mutationType": { "name": "Mutation" },
            "subscriptionType": null,
            "types": [
                named("SCALAR", "String"), named("SCALAR", "Date"), named("OBJECT", "__Type"),
                { "kind": "OBJECT", "name": "Mutation", "fields": [
                    { "name": "harm", "args": [], "type": named("SCALAR", "String") },
                ] },
                { "kind": "OBJECT", "name": "Query", "description": "What \"can\"\nbe asked.",
                  "interfaces": [{ "name": "Node" }], "fields": [
                    { "name": "day", "args": [
                        { "name": "first", "defaultValue": "10", "type": not_null(named("SCALAR", "Int")) },
                        { "name": "of", "type": not_null(named("ENUM", "Which")) },
                      ], "type": { "kind": "LIST", "ofType": not_null(named("SCALAR", "Date")) },
                      "isDeprecated": true, "deprecationReason": "Ask \"later\"." },
                    { "name": "not a name", "args": [], "type": named("SCALAR", "Int") },
                    { "name": "untyped", "args": [], "type": null },
                ] },
                { "kind": "ENUM", "name": "Which", "enumValues": [{ "name": "ONE" }, { "name": "2" }] },
                { "kind": "UNION", "name": "Any", "possibleTypes": [{ "name": "A" }, { "name": "B" }] },
                { "kind": "INPUT_OBJECT", "name": "Want", "inputFields": [
                    { "name": "it", "type": named("SCALAR", "Boolean") },
                ] },
                { "kind": "INTERFACE", "name": "Node", "fields": [] },
                null, { "kind": "NEW_KIND", "name": "Later" },
            ],
        });
        let text = written(&schema).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            [
                "schema {",
                "  query: Query",
                "}",
                "scalar Date",
                "\"What \\\"can\\\" be asked.\"",
                "type Query implements Node {",
                "  day(first: Int, of: Which!): [Date!] @deprecated(reason: \"Ask \\\"later\\\".\")",
                "}",
                "enum Which {",
                "  ONE",
                "}",
                "union Any = A | B",
                "input Want {",
                "  it: Boolean",
                "}",
                "interface Node",
            ]
        );
        for none in [
            json!(null),
            json!({}),
            json!({ "queryType": { "name": "no name" } }),
        ] {
            assert_eq!(written(&none), None);
        }
    }
}
