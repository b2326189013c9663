//! A system for the bridge: a clipboard, a dialog and a mouse of its own, set from outside.
//!
//! A browser on the same computer must not read that computer's clipboard through us, and a test has
//! no hand to drop a file with.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Deserialize;
use surface::{Announcement, HandedText, Host, Later, Surface};

/// What the person would do at their desk, sent to `/desk`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Deed {
    /// Copies a text.
    Copy(String),
    /// Chooses this file in the next dialog, or closes it.
    Choose(Option<PathBuf>),
    /// Holds a file over the window, or takes it away again.
    Hold(bool),
    /// Drops a file on the window.
    Drop(PathBuf),
}

#[derive(Default)]
pub(crate) struct System {
    clipboard: Mutex<String>,
    chosen: Mutex<Option<PathBuf>>,
}

impl System {
    pub(crate) fn happens(&self, deed: Deed, surface: &Surface) {
        match deed {
            Deed::Copy(text) => *lock(&self.clipboard) = text,
            Deed::Choose(file) => *lock(&self.chosen) = file,
            Deed::Hold(over) => surface.file_over(over),
            Deed::Drop(file) => surface.file_dropped(file),
        }
    }

    /// What the clipboard holds now.
    pub(crate) fn copied(&self) -> String {
        lock(&self.clipboard).clone()
    }
}

impl Host for System {
    fn open_in_browser(&self, url: &str) -> Result<(), String> {
        println!("{{\"open\":{}}}", serde_json::Value::from(url));
        Ok(())
    }

    fn is_looked_at(&self) -> bool {
        // Nobody knows which of a browser's tabs is in front.
        false
    }

    fn announce(&self, announcement: Announcement) -> Result<(), String> {
        let Announcement {
            store,
            title,
            body,
            press,
        } = announcement;
        println!(
            "{}",
            serde_json::json!({ "announce": { "store": store, "title": title, "body": body, "press": press } })
        );
        Ok(())
    }

    fn clipboard(&self) -> Later<'_, Result<HandedText, String>> {
        Box::pin(async { Ok(HandedText::new(self.copied())) })
    }

    fn clear_clipboard(&self) -> Later<'_, Result<(), String>> {
        Box::pin(async {
            lock(&self.clipboard).clear();
            Ok(())
        })
    }

    fn choose_file(&self) -> Later<'_, Result<Option<PathBuf>, String>> {
        Box::pin(async { Ok(lock(&self.chosen).take()) })
    }

    fn choose_place<'a>(&'a self, _name: &'a str) -> Later<'a, Result<Option<PathBuf>, String>> {
        Box::pin(async { Ok(lock(&self.chosen).take()) })
    }

    fn move_to_trash<'a>(&'a self, file: &'a Path) -> Later<'a, Result<(), String>> {
        Box::pin(host::move_to_trash(file))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
