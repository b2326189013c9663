//! What the window will ask first, answered before it asks.
//!
//! A window that is put away leaves a list of the reads it was made of (`ui/src/ipc/first.ts`). At the
//! next start they are answered while the web view is still getting ready, and the page takes all the answers
//! at once: its first frame is already the whole one.

use std::{sync::Mutex, time::Duration};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use surface::{
    Surface,
    commands::{COMMANDS, CommandKind},
};
use tauri::async_runtime::{JoinHandle, spawn};
use tokio::time::timeout;

/// The list is remembered like any other layout.
const LAYOUT: &str = "first.reads";
/// A window is made of fewer.
const MOST: usize = 40;
/// What is not ready by then is asked for in the usual way.
const PATIENCE: Duration = Duration::from_millis(300);

/// The answers on their way to the page.
#[derive(Default)]
pub(crate) struct First(Mutex<Option<JoinHandle<Value>>>);

impl First {
    /// Begins to read.
    pub(crate) fn begin(surface: Option<Surface>) -> Self {
        Self(Mutex::new(surface.map(|surface| {
            spawn(async move { answers(&surface).await })
        })))
    }

    /// The answers, once: to a page that is loaded again they would be old.
    pub(crate) async fn take(&self) -> Value {
        let reading = self.0.lock().ok().and_then(|mut reading| reading.take());
        let Some(reading) = reading else {
            return json!([]);
        };
        match timeout(PATIENCE, reading).await {
            Ok(Ok(answers)) => answers,
            Ok(Err(_)) | Err(_) => json!([]),
        }
    }
}

/// A read as the page keeps it.
#[derive(Debug, Deserialize, PartialEq)]
struct KeptRead {
    command: String,
    input: Map<String, Value>,
    /// Where it reads from an opened list: the place of that opening among the reads before it.
    of: Option<usize>,
}

/// The answers in the order of the list; `null` where there is none.
async fn answers(surface: &Surface) -> Value {
    let layout = json!({ "store": null, "name": LAYOUT });
    let kept = surface.dispatch("layout", layout).await.ok();
    let kept = kept.as_ref().and_then(|kept| kept["value"].as_str());
    let mut answers = Vec::new();
    for read in kept.map(reads).unwrap_or_default() {
        let answered = match read {
            Some(read) => answer(surface, read, &answers).await,
            None => None,
        };
        answers.push(answered.unwrap_or(Value::Null));
    }
    Value::Array(answers)
}

/// The reads in a list; `None` in the place of one that can't be understood, so that the others keep theirs.
fn reads(kept: &str) -> Vec<Option<KeptRead>> {
    let reads: Vec<Value> = serde_json::from_str(kept).unwrap_or_default();
    let reads = reads.into_iter().take(MOST);
    reads
        .map(|read| serde_json::from_value(read).ok())
        .collect()
}

async fn answer(surface: &Surface, read: KeptRead, before: &[Value]) -> Option<Value> {
    let KeptRead {
        command,
        mut input,
        of,
    } = read;
    let command = COMMANDS
        .iter()
        .find(|known| known.kind == CommandKind::Read && known.name == command)?;
    if let Some(at) = of {
        // The list was opened anew, under another id.
        let view = before.get(at)?["answer"]["view"].clone();
        input.insert("view".to_owned(), view);
    }
    let input = Value::Object(input);
    let answer = surface.dispatch(command.name, input.clone()).await.ok()?;
    Some(json!({ "command": command.name, "input": input, "answer": answer }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_list_costs_only_what_is_damaged_in_it() {
        let kept = r#"[1, "two", null, {"command": 3}, {"command": "order", "input": [], "of": null},
            {"command": "order_rows", "input": {"from": 0, "to": 100}, "of": 4},
            {"command": "app_state", "input": {}, "of": -1}]"#;

        let reads = reads(kept);

        assert_eq!(reads.len(), 7);
        let rows = reads[5].as_ref().unwrap();
        assert_eq!((rows.command.as_str(), rows.of), ("order_rows", Some(4)));
        assert_eq!(reads.iter().flatten().count(), 1);
    }

    #[test]
    fn what_is_no_list_is_an_empty_one() {
        for kept in ["", "{", "{}", "null", "[[[", "\"app_state\"", "[}"] {
            assert_eq!(reads(kept), [], "{kept}");
        }
    }

    #[test]
    fn a_list_without_end_is_cut() {
        let kept = serde_json::to_string(&vec![0; 10_000]).unwrap();
        assert_eq!(reads(&kept).len(), MOST);
    }
}
