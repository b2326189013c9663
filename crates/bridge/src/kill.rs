//! Ends the process in the hardest way at a chosen place, for tests of what survives it.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, bail};
use host::{Milestone, Milestones};

/// `STOCKROOM_KILL_AT=sending` or `sending:3`: SIGKILL when that milestone is reached for the
/// first or third time.
pub(crate) struct KillAt {
    at: Option<Milestone>,
    left: AtomicU32,
}

impl KillAt {
    pub(crate) fn from_environment() -> anyhow::Result<Self> {
        let Ok(text) = std::env::var("STOCKROOM_KILL_AT") else {
            return Ok(Self {
                at: None,
                left: AtomicU32::new(0),
            });
        };
        let (name, times) = text.split_once(':').unwrap_or((&text, "1"));
        let at = Milestone::ALL.iter().copied().find(|m| m.name() == name);
        if at.is_none() {
            bail!("STOCKROOM_KILL_AT: no milestone is called `{name}`");
        }
        Ok(Self {
            at,
            left: AtomicU32::new(times.parse().context("STOCKROOM_KILL_AT: not a number")?),
        })
    }
}

impl Milestones for KillAt {
    fn reached(&self, milestone: Milestone) {
        if self.at != Some(milestone) || self.left.fetch_sub(1, Ordering::SeqCst) != 1 {
            return;
        }
        // A real SIGKILL: no destructor, no flush, no goodbye to the store.
        let me = std::process::id().to_string();
        let _ = std::process::Command::new("kill")
            .args(["-KILL", &me])
            .status();
        loop {
            std::thread::park();
        }
    }
}
