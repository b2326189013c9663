//! What the window will ask first, answered before it asks.
//!
//! A window that is put away leaves a list of the reads it was made of (`ui/src/ipc/first.ts`). At the
//! next start they are answered while the web view is still getting ready, and the page takes all the answers
//! at once: its first frame is already the whole one.

use std::{sync::Mutex, time::Duration};

use serde_json::{Value, json};
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

/// The answers in the order of the list; `null` where there is none.
async fn answers(surface: &Surface) -> Value {
    let mut answers = Vec::new();
    for read in kept(surface).await.into_iter().take(MOST) {
        let answered = answer(surface, read, &answers).await;
        answers.push(answered.unwrap_or(Value::Null));
    }
    Value::Array(answers)
}

async fn kept(surface: &Surface) -> Vec<Value> {
    let layout = json!({ "store": null, "name": LAYOUT });
    let kept = surface.dispatch("layout", layout).await.ok();
    kept.and_then(|kept| serde_json::from_str(kept["value"].as_str()?).ok())
        .unwrap_or_default()
}

/// Answers a read: `command`, `input` and, where it reads from an opened list, the place of that opening
/// among the reads before it in `of`.
async fn answer(surface: &Surface, mut read: Value, before: &[Value]) -> Option<Value> {
    let name = read["command"].take();
    let command = COMMANDS
        .iter()
        .find(|command| command.kind == CommandKind::Read && name == command.name)?;
    let mut input = read["input"].take();
    if let Some(at) = read["of"].as_u64() {
        // The list was opened anew, under another id.
        let view = before.get(usize::try_from(at).ok()?)?["answer"]["view"].clone();
        input.as_object_mut()?.insert("view".to_owned(), view);
    }
    let answer = surface.dispatch(command.name, input.clone()).await.ok()?;
    Some(json!({ "command": command.name, "input": input, "answer": answer }))
}
