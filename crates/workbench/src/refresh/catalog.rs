//! Brands and categories: short lists without dates, so they are read from beginning to end.

use std::time::Duration;

use bigcommerce::{Lane, Page, Request, request::catalog};
use commerce::{Brand, Category};
use mirror::{Area, Marks, ReadWhole};

use super::Turn;
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
        Area::Categories => whole::<Category>(turn, area, catalog::categories).await,
        _ => whole::<Brand>(turn, area, catalog::brands).await,
    }
}

/// Reads a list from its first page, or from where it was cut short, to its last, and forgets what
/// was not in it. One that slips between two pages because another was deleted comes back with the
/// next reading.
async fn whole<T: ReadWhole + Send + Sync + 'static>(
    turn: &Turn<'_>,
    area: Area,
    page: fn(u32) -> Request<Page<T>>,
) -> Result<(), Error> {
    let mirror = &turn.store.mirror;
    loop {
        let mut marks = mirror.marks(area)?;
        let since = match marks.reading_since {
            Some(since) => since,
            None => mirror.stamp(),
        };
        let pages = marks.pulled_to.unwrap_or(0) + 1;
        let question = page(u32::try_from(pages).unwrap_or(u32::MAX));
        let (asked, answer) = turn.ask(&question, Lane::Refresh).await?;
        let page = answer.value;
        let is_last = page.is_last(catalog::PAGE_SIZE as usize);
        marks = Marks {
            pulled_to: Some(pages),
            reading_since: Some(since),
            in_store: page.total.and_then(|total| u32::try_from(total).ok()),
            ..marks
        };
        turn.keep(asked, page, &[What::Products], {
            let marks = marks.clone();
            move |_| marks
        })
        .await?;
        if is_last {
            if mirror.forget_unseen::<T>(since)? > 0 {
                turn.tell(&[What::Products]);
            }
            let done = Marks {
                pulled_to: None,
                reading_since: None,
                first_pull_done: true,
                refreshed_at: Some(turn.bench.clock.wall()),
                ..marks
            };
            return Ok(mirror.set_marks(area, &done)?);
        }
    }
}
