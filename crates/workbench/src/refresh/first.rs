//! First pulls: everything there is, once, a page at a time, to be gone on with after any end.

use std::{marker::PhantomData, time::Duration};

use bigcommerce::{Lane, Page, Request};
use commerce::Tick;
use mirror::{Area, Item, Marks};

use super::Turn;
use crate::{Error, Phase, What};

/// A kind of thing that is pulled a first time.
pub(super) trait Pulled: Send + Sync + 'static {
    /// The thing.
    type Item: Item + Send + Sync + 'static;
    /// Where it is kept.
    const AREA: Area;
    /// What its pages make stale.
    const STALE: &'static [What];

    /// What there is to be asked before the first page.
    fn begin(_: &Turn<'_>) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }

    /// The page that comes after `marks`, or the one `further` pages behind it.
    fn next(marks: &Marks, further: u32) -> Request<Page<Self::Item>>;

    /// Where a page leads, behind which there is nothing more if it `is_last`.
    fn after(marks: &Marks, page: &Page<Self::Item>, is_last: bool) -> After;
}

/// Where a page of a first pull leads.
pub(super) struct After {
    /// How far it has come, if it has come further; else the next page is asked for by its place.
    pub(super) marks: Option<Marks>,
    /// It was the last page.
    pub(super) is_last: bool,
}

/// A first pull, as far as this round is concerned.
pub(super) struct FirstPull<P> {
    /// Pages asked for behind the marks, because they held nothing to go on from.
    further: u32,
    /// When this round began it, and how many pages have come since.
    pace: Option<(Tick, u32)>,
    of: PhantomData<P>,
}

impl<P> Default for FirstPull<P> {
    fn default() -> Self {
        Self {
            further: 0,
            pace: None,
            of: PhantomData,
        }
    }
}

impl<P: Pulled> FirstPull<P> {
    /// At most so many pages of it; none if it is done.
    pub(super) async fn pages(&mut self, turn: &Turn<'_>, most: u32) -> Result<(), Error> {
        for _ in 0..most {
            if turn.is_complete(P::AREA)? {
                return Ok(());
            }
            self.page(turn).await?;
            if P::AREA != Area::Orders {
                turn.orders_meanwhile().await?;
            }
        }
        Ok(())
    }

    async fn page(&mut self, turn: &Turn<'_>) -> Result<(), Error> {
        let mirror = &turn.store.mirror;
        if mirror.marks(P::AREA)?.changes_since.is_none() {
            P::begin(turn).await?;
        }
        let mut marks = mirror.marks(P::AREA)?;
        let (began, before) = self.pace.unwrap_or_else(|| (turn.bench.clock.now(), 0));
        let question = P::next(&marks, self.further);
        let (asked, answer) = turn.ask(&question, Lane::FirstPull).await?;
        if marks.changes_since.is_none() {
            marks.changes_since = Some(turn.changes_from_now(&answer));
        }
        let page = answer.value;
        if marks.in_store.is_none() {
            marks.in_store = page.total.and_then(|total| u32::try_from(total).ok());
        }
        let is_last = turn.client.is_last(&question, &page);
        let after = P::after(&marks, &page, is_last);
        self.further = if after.marks.is_some() {
            0
        } else {
            self.further + 1
        };
        let mut kept = after.marks.unwrap_or(marks);
        kept.first_pull_done = after.is_last;
        turn.keep(asked, page, P::STALE, move |_| kept).await?;
        let pages = before + 1;
        self.pace = Some((began, pages));
        if P::AREA == Area::Orders && !after.is_last {
            let left = time_left(turn, P::AREA, began, pages)?;
            turn.store.set_phase(Phase::FirstPull, left);
        } else {
            turn.tell_state();
        }
        Ok(())
    }
}

/// What is left of a first pull: pages at the pace so far, or at the store's quota where that is
/// slower.
fn time_left(
    turn: &Turn<'_>,
    area: Area,
    began: Tick,
    pages: u32,
) -> Result<Option<Duration>, Error> {
    let Some(all) = turn.store.mirror.marks(area)?.in_store else {
        return Ok(None);
    };
    let here = turn.store.mirror.count(area)?;
    let per_page = (here / pages.max(1)).clamp(1, 250);
    let pages_left = all.saturating_sub(here).div_ceil(per_page);
    let so_far = turn.bench.clock.now().since(began) / pages.max(1);
    let by_pace = so_far * pages_left;
    let by_quota = turn.client.quota().map_or(Duration::ZERO, |quota| {
        let beyond = pages_left.saturating_sub(quota.left);
        quota.window * beyond.div_ceil(quota.quota.max(1))
    });
    Ok(Some(by_pace.max(by_quota)))
}
