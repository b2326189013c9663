//! Bodies of refusals, in all the shapes that version 2, version 3 and the gateway use.

use std::cmp::Reverse;

use serde_json::Value;

use crate::FieldError;

/// Longest text taken over from a refusal, in characters.
const TEXT_MAX: usize = 300;
/// Most field errors taken over.
const FIELDS_MAX: usize = 50;

/// What a refusal says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) fields: Vec<FieldError>,
}

/// Takes secrets and debris out of the store's words.
#[derive(Clone, Copy)]
pub(crate) struct Cleaner<'a> {
    pub(crate) token: &'a str,
    /// What the request carries besides; empty where that is nothing.
    pub(crate) secret: &'a str,
}

impl Cleaner<'_> {
    /// One line of at most 300 characters without control characters and without what is secret.
    pub(crate) fn clean(self, text: &str) -> String {
        let words: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let mut safe = words.split_whitespace().collect::<Vec<_>>().join(" ");
        // One may be a part of the other.
        let mut secrets = [self.token, self.secret];
        secrets.sort_by_key(|secret| Reverse(secret.len()));
        for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
            safe = safe.replace(secret, "[REDACTED]");
        }
        match safe.char_indices().nth(TEXT_MAX) {
            Some((at, _)) => format!("{}…", &safe[..at]),
            None => safe,
        }
    }
}

/// Reads the body of an answer that is not a success.
pub(crate) fn read(body: &[u8], cleaner: Cleaner<'_>) -> Refusal {
    let json = super::parse(body);
    let mut refusal = Refusal::default();
    match json {
        Ok(Some(json)) => collect(&json, cleaner, &mut refusal, 0),
        Ok(None) => {}
        Err(_) => {
            let text = String::from_utf8_lossy(&body[..body.len().min(16 * 1024)]);
            refusal.message = if text
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with('<')
            {
                page_title(&text).map_or_else(String::new, |title| cleaner.clean(title))
            } else {
                cleaner.clean(&text)
            };
        }
    }
    refusal.fields.truncate(FIELDS_MAX);
    refusal
}

/// The messages beside a success that is not whole (207).
pub(crate) fn remarks(json: &Value, cleaner: Cleaner<'_>) -> Vec<String> {
    let mut refusal = Refusal::default();
    for part in [
        json.get("errors"),
        json.get("meta").and_then(|meta| meta.get("errors")),
    ]
    .into_iter()
    .flatten()
    {
        // Products put a whole refusal there ({status, title, errors}), others the fields alone.
        let is_whole = part.get("status").is_some_and(Value::is_number)
            || part.get("errors").is_some_and(Value::is_object);
        if is_whole {
            collect(part, cleaner, &mut refusal, 1);
        } else {
            errors(Some(part), cleaner, &mut refusal, 0);
        }
    }
    refusal.fields.truncate(FIELDS_MAX);
    refusal
        .fields
        .into_iter()
        .map(|field| {
            if field.path.is_empty() {
                field.message
            } else {
                format!("{}: {}", field.path, field.message)
            }
        })
        .collect()
}

fn collect(json: &Value, cleaner: Cleaner<'_>, refusal: &mut Refusal, depth: usize) {
    match json {
        // v2: [{status, message}, …]
        Value::Array(items) => {
            for item in items {
                if depth < 3 {
                    collect(item, cleaner, refusal, depth + 1);
                }
            }
        }
        // v3: {status, title, detail, errors: {path: words}}; v2 alone: {message}
        Value::Object(members) => {
            let message = ["title", "message", "detail", "error"]
                .iter()
                .filter_map(|name| members.get(*name))
                .find_map(|value| value.as_str().filter(|text| !text.trim().is_empty()));
            if let Some(message) = message {
                let message = cleaner.clean(message);
                if refusal.message.is_empty() {
                    refusal.message.clone_from(&message);
                }
                if depth > 0 {
                    refusal.fields.push(FieldError {
                        path: named_field(&message).unwrap_or_default(),
                        message,
                    });
                }
            }
            errors(members.get("errors"), cleaner, refusal, depth);
            // Refunds put theirs into data.
            if let Some(data @ Value::Array(_)) = members.get("data") {
                collect(data, cleaner, refusal, depth + 1);
            }
        }
        Value::String(text) => {
            if refusal.message.is_empty() {
                refusal.message = cleaner.clean(text);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn errors(json: Option<&Value>, cleaner: Cleaner<'_>, refusal: &mut Refusal, depth: usize) {
    match json {
        Some(Value::Object(members)) => {
            for (path, words) in members {
                refusal.fields.push(FieldError {
                    path: cleaner.clean(path),
                    message: cleaner.clean(&plain(words)),
                });
            }
        }
        Some(Value::Array(items)) => {
            for item in items {
                match item {
                    Value::String(text) => refusal.fields.push(FieldError {
                        path: String::new(),
                        message: cleaner.clean(text),
                    }),
                    other if depth < 3 => collect(other, cleaner, refusal, depth + 1),
                    _ => {}
                }
            }
        }
        Some(Value::String(text)) => refusal.fields.push(FieldError {
            path: String::new(),
            message: cleaner.clean(text),
        }),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => {}
    }
}

/// A text as it is, anything else as the JSON it came in.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// v2 names the field inside its sentence: `The field 'email' is invalid.`
fn named_field(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("field '")?;
    let (name, _) = rest.split_once('\'')?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn page_title(html: &str) -> Option<&str> {
    let start = find_ignoring_case(html, "<title>")? + "<title>".len();
    let length = find_ignoring_case(&html[start..], "</title>")?;
    Some(&html[start..start + length])
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(wanted)
}
