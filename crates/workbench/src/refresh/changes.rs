//! What changed since the mark, oldest change first.

use std::time::Duration;

use bigcommerce::{Lane, Page, Request};
use jiff::Timestamp;
use mirror::{Marks, PageReport};

use super::{OVERLAP, Turn, back, earlier, first::Pulled, numbers};
use crate::Error;

/// A second: what stores count changes in, and by how much each page overlaps the one before,
/// because not every list holds what changed in the very second that is asked for.
const SECOND: Duration = Duration::from_secs(1);

/// A kind of thing whose changes can be asked for by date.
pub(super) trait Changing: Pulled {
    /// A page of what changed at `since` or later, oldest change first, counted from 1.
    fn changed(since: Timestamp, page: u32) -> Request<Page<Self::Item>>;

    /// When the store last touched a thing.
    fn modified_at(item: &Self::Item) -> Timestamp;

    /// The number of a thing.
    fn number(item: &Self::Item) -> u64;
}

/// Pulls what changed since the mark, once everything has been pulled. Gives how many things were
/// not here before.
///
/// Each page starts at the last change seen, not at a page number: a thing that is touched while we
/// read moves to the end and would let the one after it slip through the gap.
pub(super) async fn look<C: Changing>(turn: &Turn<'_>) -> Result<u32, Error> {
    let marks = turn.store.mirror.marks(C::AREA)?;
    let (Some(mut since), true) = (marks.changes_since, marks.first_pull_done) else {
        return Ok(0);
    };
    let (mut number, mut new) = (1, 0);
    let mut held: Option<Timestamp> = None;
    let mut before: Vec<u64> = Vec::new();
    loop {
        let question = C::changed(since, number);
        let (asked, answer) = turn.ask(&question, Lane::Refresh).await?;
        let page = answer.value;
        let here: Vec<u64> = numbers(&page, C::number).collect();
        // A store that heeds no number of a page would give the same one for ever.
        let is_same = number > 1 && here == before;
        before = here;
        let is_last = turn.client.is_last(&question, &page) || is_same;
        let newest = page.items.iter().map(C::modified_at).max();
        let marked = marks.clone();
        let keep = move |report: &PageReport| {
            let mut reached = newest.map_or(since, |newest| back(newest, OVERLAP));
            if let Some(left_alone) = earlier(held, report.left_alone_since) {
                reached = reached.min(back(left_alone, OVERLAP));
            }
            Marks {
                changes_since: marked.changes_since.max(Some(reached)),
                ..marked
            }
        };
        let report = turn.keep(asked, page, C::STALE, keep).await?;
        held = earlier(held, report.left_alone_since);
        new += report.new;
        if report.new > 0 {
            turn.tell_state();
        }
        if is_last {
            return Ok(new);
        }
        match newest.map(|newest| back(newest, SECOND)) {
            Some(next) if next > since => {
                since = next;
                number = 1;
            }
            _ => number += 1,
        }
    }
}
