//! What the compiler had to say of our own code.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use serde_json::Value;

/// What rustc and Clippy remarked, each once: a library is compiled for itself and for its tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Remarks {
    texts: BTreeSet<String>,
    /// Whether cargo came to its end; otherwise nobody knows what there would have been to say.
    is_whole: bool,
}

impl Remarks {
    /// Reads cargo's messages, which repeat what was said when something was built.
    pub(super) fn read(runs: &[&str]) -> Self {
        let mut remarks = Self {
            is_whole: !runs.is_empty(),
            ..Self::default()
        };
        for run in runs {
            let is_whole = remarks.read_run(run);
            remarks.is_whole &= is_whole;
        }
        remarks
    }

    /// Whether this run came to its end.
    fn read_run(&mut self, messages: &str) -> bool {
        let mut is_whole = false;
        for line in messages.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            if message["reason"] == "build-finished" {
                is_whole = message["success"] == true;
            }
            let said = &message["message"];
            let is_remark =
                ["warning", "error"].contains(&said["level"].as_str().unwrap_or_default());
            // A crate's last line only counts those before it: it stands nowhere and has no name.
            let is_sum =
                said["code"].is_null() && said["spans"].as_array().is_none_or(Vec::is_empty);
            if message["reason"] == "compiler-message" && is_remark && !is_sum {
                let rendered = said["rendered"].as_str().unwrap_or_default();
                self.texts.insert(rendered.to_owned());
            }
        }
        is_whole
    }

    pub(super) fn none(&self) -> Result<String> {
        for text in &self.texts {
            println!("{text}");
        }
        match self.texts.len() {
            0 if self.is_whole => Ok(String::new()),
            0 => bail!("not known: what was built could not be listed"),
            1 => bail!("one warning, above"),
            count => bail!("{count} warnings, above"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_warning_counts_once_and_none_means_that_all_was_seen() {
        let warned = |at: &str, level: &str| {
            let spans = if at.is_empty() { vec![] } else { vec![at] };
            let message = serde_json::json!({"level": level, "spans": spans, "rendered": format!("{level} at {at}")});
            serde_json::json!({"reason": "compiler-message", "message": message}).to_string()
        };
        let ended = |success: bool| {
            serde_json::json!({"reason": "build-finished", "success": success}).to_string()
        };
        let read = |lines: &[String]| Remarks::read(&[&lines.join("\n")]);

        let clean = read(&[warned("", "warning"), warned("a", "note"), ended(true)]);
        assert!(clean.none().is_ok(), "{clean:?}");
        let twice = [warned("a", "warning"), warned("a", "warning"), ended(true)];
        assert_eq!(
            read(&twice).none().unwrap_err().to_string(),
            "one warning, above"
        );
        let two = [warned("a", "warning"), warned("b", "error"), ended(false)];
        assert_eq!(
            read(&two).none().unwrap_err().to_string(),
            "2 warnings, above"
        );
        let one_cut_off = [ended(true), String::new()];
        assert!(
            Remarks::read(&[&one_cut_off[0], &one_cut_off[1]])
                .none()
                .is_err()
        );
        for cut_off in [vec![], vec![ended(false)]] {
            assert!(read(&cut_off).none().is_err(), "{cut_off:?}");
        }
    }
}
