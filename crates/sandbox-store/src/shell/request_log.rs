//! Every request written down, before its answer goes out. Never the token.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::http::{Effects, Request};
use crate::storefront;

/// Requests kept in memory for the control server; older ones are only in the file.
const KEPT: usize = 20_000;

/// One request and what became of it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entry {
    /// 1 for the first request of this run.
    pub(super) seq: u64,
    pub(super) at: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    /// The body, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Value>,
    /// Null if no answer goes out.
    pub(super) status: Option<u16>,
    pub(super) changed: bool,
    pub(super) emailed: bool,
    /// The fault that was played, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<&'static str>,
    /// What was asked for that the store has not built, whatever became of its answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unbuilt: Option<String>,
}

impl Entry {
    /// `GET /stores/…`; of the storefront, where all questions go to one place, what of it is not there as well.
    fn name(&self) -> String {
        let Self { method, path, .. } = self;
        match &self.unbuilt {
            Some(what) if path == storefront::PATH => format!("{method} {path}: {what}"),
            Some(_) | None => format!("{method} {path}"),
        }
    }
}

/// What became of a request.
#[derive(Debug, Default)]
pub(super) struct Became {
    /// `None` if no answer goes out.
    pub(super) status: Option<u16>,
    pub(super) effects: Effects,
    /// The fault that was played, if any.
    pub(super) fault: Option<&'static str>,
    /// What of it the store has not built.
    pub(super) unbuilt: Option<String>,
}

impl Became {
    /// Answered so, or not at all, without a question to the store.
    pub(super) fn instead(status: Option<u16>, fault: Option<&'static str>) -> Self {
        Self {
            status,
            fault,
            ..Self::default()
        }
    }
}

/// The log of this run.
#[derive(Debug)]
pub(super) struct RequestLog {
    file: Option<File>,
    seen: u64,
    /// The last ones.
    entries: VecDeque<Entry>,
    /// How many those are at most.
    kept: usize,
    /// How often each status was answered; `None` is no answer.
    by_status: BTreeMap<Option<u16>, u64>,
    changes: u64,
    /// What was asked for and is not built, each once: never forgotten, however many requests come after it.
    unbuilt: Vec<String>,
    /// How many requests asked for any of it.
    unbuilt_requests: u64,
}

impl RequestLog {
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        Self::keeping(KEPT, path)
    }

    fn keeping(kept: usize, path: Option<&Path>) -> io::Result<Self> {
        let file = path
            .map(|path| OpenOptions::new().create(true).append(true).open(path))
            .transpose()?;
        Ok(Self {
            file,
            seen: 0,
            entries: VecDeque::new(),
            kept,
            by_status: BTreeMap::new(),
            changes: 0,
            unbuilt: Vec::new(),
            unbuilt_requests: 0,
        })
    }

    /// Written and handed to the system before this returns.
    pub(super) fn write(
        &mut self,
        request: &Request,
        at: Timestamp,
        became: Became,
    ) -> io::Result<()> {
        let Became {
            status,
            effects,
            fault,
            unbuilt,
        } = became;
        self.seen += 1;
        *self.by_status.entry(status).or_default() += 1;
        self.changes += u64::from(effects.changed);
        let entry = Entry {
            seq: self.seen,
            at: at.to_string(),
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            body: serde_json::from_slice(&request.body).ok(),
            status,
            changed: effects.changed,
            emailed: effects.emailed,
            fault,
            unbuilt,
        };
        if entry.unbuilt.is_some() {
            self.unbuilt_requests += 1;
            let name = entry.name();
            if !self.unbuilt.contains(&name) {
                self.unbuilt.push(name);
            }
        }
        if let Some(file) = &mut self.file {
            let mut line = serde_json::to_vec(&entry)?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.flush()?;
        }
        if self.entries.len() == self.kept {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        Ok(())
    }

    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn by_status(&self) -> &BTreeMap<Option<u16>, u64> {
        &self.by_status
    }

    /// Answers that say no.
    pub(super) fn refused(&self) -> u64 {
        let all = self.by_status.iter();
        let refused = all.filter(|(status, _)| status.is_some_and(|status| status >= 400));
        refused.map(|(_, count)| count).sum()
    }

    /// What the store itself had not built, by the names of those requests, whatever a fault made of its answer; a 501
    /// that a fault answered is not the store's.
    pub(super) fn unbuilt(&self) -> &[String] {
        &self.unbuilt
    }

    /// How many requests asked for what the store has not built.
    pub(super) fn unbuilt_requests(&self) -> u64 {
        self.unbuilt_requests
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(log: &mut RequestLog, target: &str, unbuilt: Option<&str>) {
        let request = Request::new("GET", target);
        let became = Became {
            unbuilt: unbuilt.map(str::to_owned),
            ..Became::instead(Some(200), None)
        };
        log.write(&request, Timestamp::UNIX_EPOCH, became).unwrap();
    }

    #[test]
    fn what_is_not_built_is_remembered_however_many_requests_come_after_it() {
        let mut log = RequestLog::keeping(2, None).unwrap();
        let lists = "/stores/abc/v3/pricelists";
        for _again in 0..2 {
            asked(&mut log, lists, Some("GET /v3/pricelists"));
        }
        asked(&mut log, storefront::PATH, Some("Unknown field"));
        for _other in 0..5 {
            asked(&mut log, "/stores/abc/v2/time", None);
        }
        assert_eq!(log.entries().count(), 2);
        let expected = [
            format!("GET {lists}"),
            format!("GET {}: Unknown field", storefront::PATH),
        ];
        assert_eq!(log.unbuilt(), expected);
        assert_eq!(log.unbuilt_requests(), 3);
    }
}
