//! Keeping the mirror as the store is: the first pull, then what changed.

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    Client, Lane, Page,
    request::{
        self,
        orders::{OrdersQuery, OrdersSort},
    },
};
use commerce::{Order, OrderId, Tick};
use credentials::Prompt;
use futures::future::select;
use jiff::Timestamp;
use mirror::{Area, Marks, PageReport, Stamp, Unreadable};

use crate::{DataFile, Error, Inner, Notice, Phase, What, on_disk, store::OpenStore};

/// Between two looks at what changed.
const BETWEEN: Duration = Duration::from_secs(90);
/// How far back each look overlaps the one before: clocks of the store's own servers differ.
const OVERLAP: Duration = Duration::from_secs(120);
/// How far this computer's clock may be wrong, where it has to do.
const UNSURE: Duration = Duration::from_secs(26 * 60 * 60);
/// How long one request of a refresh may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// What is put behind the name of a damaged copy.
pub(crate) const SET_ASIDE: &str = "damaged";
/// A page shorter than this is the last, whatever limit the store keeps to: it is the smallest
/// page size any documented default gives.
const SHORT: usize = 50;

/// Refreshes until the store is closed.
pub(crate) async fn run(store: Arc<OpenStore>) {
    while let Ok(bench) = store.bench() {
        if store.is_closing() {
            return;
        }
        let watched = store.watched();
        let pause = match round(&store, &bench).await {
            Ok(()) => {
                store.is_whole();
                store.set_refresh_trouble(None);
                store.set_phase(Phase::Idle, None);
                Some(BETWEEN)
            }
            Err(Error::Stopping) => return,
            Err(error) => {
                tracing::warn!(store = %store.key, %error, "refresh stopped");
                let pause = match error {
                    Error::Damaged(DataFile::Mirror) => {
                        watched.met(&error);
                        Some(BETWEEN)
                    }
                    _ => error.pause(),
                };
                store.set_refresh_trouble(Some(error));
                store.set_phase(Phase::Stopped, None);
                pause
            }
        };
        let kicked = store.kick_refresh.notified();
        match pause {
            Some(pause) => {
                let until = bench.clock.now() + pause;
                select(Box::pin(kicked), bench.clock.sleep_until(until)).await;
            }
            None => kicked.await,
        }
    }
}

async fn round(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    let client = store.client(Prompt::Never).await?;
    if store.is_damaged() {
        start_over(store, bench, &client).await?;
    }
    let marks = store.mirror.marks(Area::Orders)?;
    store.set_phase(
        if marks.first_pull_done {
            Phase::Refreshing
        } else {
            Phase::FirstPull
        },
        None,
    );
    let statuses = client
        .send(&request::orders::statuses(), Lane::Refresh, soon(bench))
        .await?;
    store.answered();
    store.mirror.put_statuses(&statuses.value)?;
    if marks.changes_since.is_none() {
        begin(store, bench, &client).await?;
    }
    if !store.mirror.marks(Area::Orders)?.first_pull_done {
        first_pull(store, bench, &client).await?;
        store.set_phase(Phase::Refreshing, None);
    }
    changes(store, bench, &client).await?;
    let mut marks = store.mirror.marks(Area::Orders)?;
    marks.refreshed_at = Some(bench.clock.wall());
    store.mirror.set_marks(Area::Orders, &marks)?;
    Ok(())
}

/// Sets a damaged copy aside. What can still be read of it stays until the store answers: without
/// one it could not be pulled again.
async fn start_over(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Client,
) -> Result<(), Error> {
    client
        .send(&request::orders::statuses(), Lane::Refresh, soon(bench))
        .await?;
    let mended = Arc::clone(store);
    on_disk(move || Ok(mended.mirror.start_over(SET_ASIDE)?)).await?;
    store.is_pulled_again();
    store.set_refresh_trouble(None);
    // Lists know nothing of what is on its way any more; the journal does.
    store.pending_is_stale();
    store.kick_changes.notify_one();
    bench.notify(Notice::Stale {
        store: Some(store.key.clone()),
        what: vec![What::Orders, What::Activity],
    });
    Ok(())
}

fn soon(bench: &Inner) -> Tick {
    bench.clock.now() + PATIENCE
}

/// Everything that changes from this moment on will be asked for by date; everything older comes
/// with the first pull.
async fn begin(store: &Arc<OpenStore>, bench: &Arc<Inner>, client: &Client) -> Result<(), Error> {
    let answer = client
        .send(&request::orders::count(), Lane::FirstPull, soon(bench))
        .await?;
    let count = answer.value.total;
    // The store's own clock. Without its word, ours less what a clock may well be wrong by.
    let now = answer
        .server_time
        .unwrap_or_else(|| back(bench.clock.wall(), UNSURE));
    let mut marks = store.mirror.marks(Area::Orders)?;
    marks.changes_since = Some(back(now, OVERLAP));
    marks.in_store = u32::try_from(count).ok();
    store.mirror.set_marks(Area::Orders, &marks)?;
    Ok(())
}

/// From the newest order down, by number: orders that are placed or touched meanwhile can't move
/// a page's edge. Killed at any point, it goes on from the page before.
async fn first_pull(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Client,
) -> Result<(), Error> {
    let began = bench.clock.now();
    let mut pages = 0_u32;
    let mut number = 1;
    loop {
        if store.is_closing() {
            return Err(Error::Stopping);
        }
        let marks = store.mirror.marks(Area::Orders)?;
        let mut query = OrdersQuery::new()
            .sort(OrdersSort::IdDescending)
            .page(number);
        match marks.pulled_to {
            Some(0 | 1) => query = query.max_id(OrderId(1)),
            Some(lowest) => query = query.max_id(OrderId(lowest - 1)),
            None => {}
        }
        let asked = store.mirror.stamp();
        let page = client
            .send(&request::orders::list(&query), Lane::FirstPull, soon(bench))
            .await?
            .value;
        let lowest = lowest(&page);
        let went_down = match (lowest, marks.pulled_to) {
            (Some(lowest), Some(before)) => lowest < before,
            (lowest, _) => lowest.is_some(),
        };
        let ended = page.received == 0 || lowest == Some(1);
        // A page without one readable number is passed over by its place instead.
        number = if went_down { 1 } else { number + 1 };
        let keep = move |_: &PageReport| Marks {
            pulled_to: if went_down { lowest } else { marks.pulled_to },
            first_pull_done: ended,
            ..marks
        };
        put_page(store, asked, page, keep).await?;
        pages += 1;
        if ended {
            return Ok(());
        }
        let left = time_left(store, client, bench, began, pages)?;
        store.set_phase(Phase::FirstPull, left);
    }
}

/// The lowest number of a page, also among those that could not be read whole.
fn lowest(page: &Page<Order>) -> Option<u64> {
    let broken = page
        .broken
        .iter()
        .filter_map(|broken| broken.id.as_ref()?.parse().ok());
    page.items
        .iter()
        .map(|order| order.id.0)
        .chain(broken)
        .min()
}

/// What is left of a first pull: pages at the pace so far, or at the store's quota where that is
/// slower.
fn time_left(
    store: &OpenStore,
    client: &Client,
    bench: &Inner,
    began: Tick,
    pages: u32,
) -> Result<Option<Duration>, Error> {
    let marks = store.mirror.marks(Area::Orders)?;
    let Some(all) = marks.in_store else {
        return Ok(None);
    };
    let here = store.mirror.order_count()?;
    let per_page = (here / pages.max(1)).clamp(1, 250);
    let pages_left = all.saturating_sub(here).div_ceil(per_page);
    let so_far = bench.clock.now().since(began) / pages.max(1);
    let by_pace = so_far * pages_left;
    let by_quota = client.quota().map_or(Duration::ZERO, |quota| {
        let beyond = pages_left.saturating_sub(quota.left);
        quota.window * beyond.div_ceil(quota.quota.max(1))
    });
    Ok(Some(by_pace.max(by_quota)))
}

/// Everything that changed since the mark, oldest change first.
///
/// Each page starts at the last change seen, not at a page number: an order that is touched while
/// we read moves to the end and would let the one after it slip through the gap.
async fn changes(store: &Arc<OpenStore>, bench: &Arc<Inner>, client: &Client) -> Result<(), Error> {
    let marks = store.mirror.marks(Area::Orders)?;
    let Some(mut since) = marks.changes_since else {
        return Ok(());
    };
    let mut number = 1;
    let mut held: Option<Timestamp> = None;
    loop {
        if store.is_closing() {
            return Err(Error::Stopping);
        }
        let query = OrdersQuery::new()
            .modified_since(since)
            .sort(OrdersSort::ModifiedAscending)
            .page(number);
        let asked = store.mirror.stamp();
        let page = client
            .send(&request::orders::list(&query), Lane::Refresh, soon(bench))
            .await?
            .value;
        let received = page.received;
        let newest = page.items.iter().map(|order| order.modified_at).max();
        let before = marks.clone();
        let keep = move |report: &PageReport| {
            let mut reached = newest.map_or(since, |newest| back(newest, OVERLAP));
            if let Some(left_alone) = earlier(held, report.left_alone_since) {
                reached = reached.min(back(left_alone, OVERLAP));
            }
            Marks {
                changes_since: before.changes_since.max(Some(reached)),
                ..before
            }
        };
        let report = put_page(store, asked, page, keep).await?;
        held = earlier(held, report.left_alone_since);
        if report.new > 0 {
            bench.notify(Notice::State(store.key.clone()));
        }
        if received < SHORT {
            return Ok(());
        }
        match newest {
            Some(newest) if newest > since => {
                since = newest;
                number = 1;
            }
            _ => number += 1,
        }
    }
}

async fn put_page(
    store: &Arc<OpenStore>,
    asked: Stamp,
    page: Page<Order>,
    marks: impl FnOnce(&PageReport) -> Marks + Send + 'static,
) -> Result<PageReport, Error> {
    let unreadable: Vec<Unreadable> = page
        .broken
        .into_iter()
        .map(|broken| Unreadable {
            id: broken.id.unwrap_or_default(),
            path: field_of(&broken.path),
            reason: broken.reason,
        })
        .collect();
    let any_unreadable = !unreadable.is_empty();
    let writer = Arc::clone(store);
    let report = on_disk(move || {
        Ok(writer
            .mirror
            .put_page(asked, &page.items, &unreadable, marks)?)
    })
    .await?;
    if report.changed > 0 || any_unreadable {
        store.bench()?.notify(Notice::Stale {
            store: Some(store.key.clone()),
            what: vec![What::Orders],
        });
    }
    Ok(report)
}

/// The path within the order: its place in the page means nothing later.
fn field_of(path: &str) -> String {
    match path
        .strip_prefix("$[")
        .and_then(|rest| rest.split_once(']'))
    {
        Some((_, field)) => format!("${field}"),
        None => path.to_owned(),
    }
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    [a, b].into_iter().flatten().min()
}

fn back(instant: Timestamp, by: Duration) -> Timestamp {
    instant
        .checked_sub(by)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .max(Timestamp::UNIX_EPOCH)
}
