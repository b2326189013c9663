//! Brands and categories: short lists without dates, so they are read from beginning to end.

use std::time::Duration;

use bigcommerce::{Lane, Page, Request, Walk, request::catalog};
use commerce::{Brand, Category};
use mirror::{Area, Marks, ReadWhole};

use super::{PATIENCE, Turn};
use crate::{Error, What};

/// How old what we have of them may become.
const FRESH: Duration = Duration::from_secs(60 * 60);

/// Reads them if they weren't read for long, or if reading them was cut short.
pub(super) async fn if_due(turn: &Turn<'_>) -> Result<(), Error> {
    for area in [Area::Brands, Area::Categories] {
        let marks = turn.store.mirror.marks(area)?;
        let now = turn.bench.clock.wall();
        let is_fresh = marks.refreshed_at.is_some_and(|at| {
            // A clock that was put back makes no list fresh for ever.
            at <= now && now.duration_since(at).unsigned_abs() < FRESH
        });
        if !is_fresh || marks.reading_since.is_some() {
            read(turn, area).await?;
        }
    }
    Ok(())
}

/// Reads them.
pub(super) async fn now(turn: &Turn<'_>) -> Result<(), Error> {
    read(turn, Area::Brands).await?;
    read(turn, Area::Categories).await
}

async fn read(turn: &Turn<'_>, area: Area) -> Result<(), Error> {
    match area {
        Area::Categories => whole(turn, area, catalog::categories, |one: &Category| one.id.0).await,
        _ => whole(turn, area, catalog::brands, |one: &Brand| one.id.0).await,
    }
}

/// Reads a list from its first page to its last, and forgets what was not in it. Cut short, it
/// begins anew: that nothing slipped from one page to another is known only of pages that were read
/// one after the other.
async fn whole<T: ReadWhole + Send + Sync + 'static>(
    turn: &Turn<'_>,
    area: Area,
    page: fn(u32) -> Request<Page<T>>,
    number: fn(&T) -> u64,
) -> Result<(), Error> {
    let mirror = &turn.store.mirror;
    let since = mirror.stamp();
    let walk = Walk::pages(catalog::PAGE_SIZE as usize, number, page);
    let mut walker = turn.client.walk(walk, Lane::Refresh, PATIENCE);
    loop {
        if turn.store.is_closing() {
            return Err(Error::Stopping);
        }
        // Such a walk never asks ahead, so the page is not older than this.
        let asked = mirror.stamp();
        let Some(answer) = walker.next().await else {
            break;
        };
        let page = answer?.value;
        turn.store.answered();
        let marks = mirror.marks(area)?;
        let marks = Marks {
            pulled_to: None,
            reading_since: Some(since),
            in_store: page.total.and_then(|total| u32::try_from(total).ok()),
            ..marks
        };
        turn.keep(asked, page, &[What::Products], move |_| marks)
            .await?;
    }
    if mirror.forget_unseen::<T>(since)? > 0 {
        turn.tell(&[What::Products]);
    }
    let done = Marks {
        reading_since: None,
        first_pull_done: true,
        refreshed_at: Some(turn.bench.clock.wall()),
        ..mirror.marks(area)?
    };
    Ok(mirror.set_marks(area, &done)?)
}
