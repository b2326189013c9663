//! What SQLite finds in a log: whole frames up to the first that isn't, and of those only whole transactions.
//!
//! Source: SQLite, "WAL-mode File Format".

use std::{collections::BTreeSet, ops::Range};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// Its last bit says in which order the bytes are that checksums are made of.
const MAGIC: u32 = 0x377f_0682;

struct Frame {
    /// Of the database, counted from one.
    page: u64,
    /// A transaction is whole with it.
    is_last: bool,
    /// The place behind it.
    end: u64,
}

/// The frames of a log that are whole.
#[derive(Default)]
pub(super) struct Log {
    page_size: u64,
    frames: Vec<Frame>,
}

impl Log {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self::of(bytes).unwrap_or_default()
    }

    /// `None` if it has no header.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (header, mut rest) = bytes.split_at_checked(HEADER)?;
        let magic = word(header, 0);
        if magic & !1 != MAGIC {
            return None;
        }
        let is_big = magic & 1 == 1;
        let mut sum = checksum([0, 0], &header[..24], is_big);
        if sum != [word(header, 24), word(header, 28)] {
            return None;
        }
        let page_size = word(header, 8);
        let mut log = Self {
            page_size: page_size.into(),
            frames: Vec::new(),
        };
        let mut end = HEADER as u64;
        while let Some((frame, behind)) = rest.split_at_checked(FRAME_HEADER + page_size as usize) {
            let (page, size) = (word(frame, 0), word(frame, 4));
            sum = checksum(sum, &frame[..8], is_big);
            sum = checksum(sum, &frame[FRAME_HEADER..], is_big);
            let is_of_this_log = frame[8..16] == header[16..24];
            if page == 0 || !is_of_this_log || sum != [word(frame, 16), word(frame, 20)] {
                break;
            }
            end += frame.len() as u64;
            log.frames.push(Frame {
                page: page.into(),
                is_last: size > 0,
                end,
            });
            rest = behind;
        }
        Some(log)
    }

    /// What SQLite finds in so many bytes of it.
    pub(super) fn within(&self, len: u64) -> Found {
        let closes = |frame: &Frame| frame.is_last && frame.end <= len;
        let count = self
            .frames
            .iter()
            .rposition(closes)
            .map_or(0, |last| last + 1);
        let frames = &self.frames[..count];
        Found {
            end: frames.last().map_or(0, |frame| frame.end),
            page_size: self.page_size,
            pages: frames.iter().map(|frame| frame.page).collect(),
        }
    }
}

/// The whole transactions of a log.
#[derive(Default)]
pub(super) struct Found {
    /// The place behind the last of them; 0 without any.
    pub(super) end: u64,
    page_size: u64,
    /// Pages of the database that are read from there, and not from its file.
    pages: BTreeSet<u64>,
}

impl Found {
    /// Which places of `part` of the database's file nobody reads, for they are in the log.
    pub(super) fn stands_for(&self, part: &Range<u64>) -> Vec<Range<u64>> {
        if self.pages.is_empty() {
            return Vec::new();
        }
        let (first, last) = (part.start / self.page_size, part.end / self.page_size);
        self.pages
            .range(first + 1..=last + 1)
            .map(|page| {
                let (start, end) = ((page - 1) * self.page_size, page * self.page_size);
                start.max(part.start)..end.min(part.end)
            })
            .filter(|place| !place.is_empty())
            .collect()
    }
}

/// Numbers of the header and of frames begin with the highest byte.
fn word(bytes: &[u8], at: usize) -> u32 {
    four(bytes, at, u32::from_be_bytes)
}

fn four(bytes: &[u8], at: usize, read: fn([u8; 4]) -> u32) -> u32 {
    let four: [u8; 4] = bytes[at..at + 4].try_into().expect("they are four");
    read(four)
}

/// Over whatever was before it and `bytes`, whose number divides by eight.
fn checksum(before: [u32; 2], bytes: &[u8], is_big: bool) -> [u32; 2] {
    let read: fn([u8; 4]) -> u32 = if is_big {
        u32::from_be_bytes
    } else {
        u32::from_le_bytes
    };
    let [mut one, mut two] = before;
    for pair in bytes.chunks_exact(8) {
        one = one.wrapping_add(four(pair, 0, read)).wrapping_add(two);
        two = two.wrapping_add(four(pair, 4, read)).wrapping_add(one);
    }
    [one, two]
}

#[cfg(test)]
mod tests {
    use std::fs;

    use database::{Durability, M, Migrations, open_in_pages_of};

    use super::*;
    use crate::power_cut::{beside, kept};

    /// The log after each of twenty transactions.
    fn logs(bytes: u16) -> Vec<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let tables = Migrations::new(vec![M::up("CREATE TABLE t (x INTEGER, y TEXT)")]);
        let writer = open_in_pages_of(bytes, &path, &tables, Durability::PowerCut).unwrap();
        (0..20)
            .map(|row| {
                let words = "some words ".repeat(row * 9);
                writer
                    .execute("INSERT INTO t VALUES (?1, ?2)", (1, words))
                    .unwrap();
                fs::read(beside(&path, "-wal")).unwrap()
            })
            .collect()
    }

    #[test]
    fn each_transaction_is_found_as_sqlite_wrote_it_and_none_that_is_not_whole() {
        for bytes in [512, 1024, 4096, 16_384] {
            let logs = logs(bytes);
            let ends: Vec<u64> = logs.iter().map(|log| log.len() as u64).collect();
            let whole = logs.last().unwrap();
            let log = Log::read(whole);
            for (before, end) in ends.iter().zip(&ends[1..]) {
                assert_eq!(log.within(*end).end, *end, "{bytes}");
                assert_eq!(log.within(*end - 1).end, *before, "{bytes}");
            }
            // A byte of the transaction before the last is another.
            let mut torn = whole.clone();
            torn[usize::try_from(ends[18]).unwrap() - 9] ^= 1;
            assert_eq!(Log::read(&torn).within(u64::MAX).end, ends[17]);
            assert_eq!(Log::read(&whole[..31]).within(u64::MAX).end, 0);
        }
    }

    #[test]
    fn what_was_synced_is_kept_wherever_in_a_page_of_the_system_the_next_begins() {
        for bytes in [512, 1024, 4096, 16_384] {
            let logs = logs(bytes);
            let whole = Log::read(logs.last().unwrap());
            for log in &logs {
                let synced = log.len() as u64;
                // What is written behind it begins in this page of the system.
                assert!(kept(&whole, synced / 4096) >= synced, "{bytes}: {synced}");
            }
        }
    }

    #[test]
    fn a_log_stands_for_those_pages_that_are_in_it_and_no_others() {
        let found = |page_size, pages: &[u64]| Found {
            end: 1,
            page_size,
            pages: pages.iter().copied().collect(),
        };
        let second = 4096..8192;
        let small = found(1024, &[4, 6, 7, 9]);
        assert_eq!(small.stands_for(&second), [5120..6144, 6144..7168]);
        assert!(small.stands_for(&(4096..5120)).is_empty());
        assert!(found(4096, &[1, 3]).stands_for(&second).is_empty());
        assert_eq!(
            found(4096, &[2]).stands_for(&second),
            std::slice::from_ref(&second)
        );
        assert_eq!(
            found(16_384, &[1]).stands_for(&second),
            std::slice::from_ref(&second)
        );
        assert!(found(16_384, &[2]).stands_for(&second).is_empty());
        assert!(Found::default().stands_for(&second).is_empty());
    }
}
