//! Keeping the mirror as the store is: everything once, then what changed.
//!
//! Each kind of thing is pulled by itself, with its own marks. What the token may not read is left
//! out and named; everything else goes on.

mod about;
mod catalog;
mod changes;
mod customers;
mod first;
mod gone;
mod orders;
mod products;
mod refunds;

use std::{
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};

use bigcommerce::{Answer, Lane, Page, Request, request};
use commerce::Tick;
use credentials::Prompt;
use futures::future::select;
use jiff::Timestamp;
use mirror::{Area, Item, Marks, PageReport, Stamp, Unreadable};

use crate::{
    DataFile, Error, Inner, Notice, Phase, What, lock, on_disk,
    store::{OpenStore, Signed},
};

use first::FirstPull;
pub(crate) use gone::Compared;
pub(crate) use refunds::Unanswered;

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

/// What the window has lists of.
const WINDOW: [Area; 3] = [Area::Orders, Area::Products, Area::Customers];

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
                // Without orders it is no refresh worth the name, though the rest goes on; unless the
                // store was not connected for orders.
                let trouble = store
                    .out_of_reach(Area::Orders)
                    .filter(|_| store.is_wanted(Area::Orders));
                let phase = if trouble.is_some() {
                    Phase::Stopped
                } else {
                    Phase::Idle
                };
                store.set_refresh_trouble(trouble);
                store.set_phase(phase, None);
                Some(BETWEEN)
            }
            Err(Error::Stopping) => return,
            Err(error) => {
                let pause = match error {
                    Error::Damaged(DataFile::Mirror) => {
                        watched.met(&error);
                        Some(BETWEEN)
                    }
                    _ => error.pause(),
                };
                let error = error.of_what_every_store_has();
                if !store.is_known(&error) {
                    tracing::warn!(store = %store.key, %error, "refresh stopped");
                }
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
    let client = store.signed(Prompt::Never).await?;
    let turn = Turn {
        store,
        bench,
        client: &client,
        orders_looked_at: Mutex::new(bench.clock.now()),
    };
    if store.is_damaged() {
        turn.start_over().await?;
    }
    store.leave_out_what_is_not_wanted();
    let forbidden = |area| store.out_of_reach(area).as_ref().is_some_and(is_forbidden);
    if WINDOW.into_iter().all(forbidden) {
        return Ok(());
    }
    let phase = if forbidden(Area::Orders) || turn.is_complete(Area::Orders)? {
        Phase::Refreshing
    } else {
        Phase::FirstPull
    };
    store.set_phase(phase, None);
    about::if_unknown(&turn).await;
    turn.within_reach(Area::Orders, orders::statuses(&turn))
        .await?;
    turn.everything_once().await?;
    turn.what_changed().await?;
    turn.what_is_gone().await?;
    if store.out_of_reach(Area::Orders).is_none() || !store.is_wanted(Area::Orders) {
        turn.refreshed(Area::Orders)?;
        turn.tell_state();
    }
    refunds::ask(&turn).await
}

/// One round of refreshing a store.
struct Turn<'a> {
    store: &'a Arc<OpenStore>,
    bench: &'a Arc<Inner>,
    client: &'a Signed,
    /// When it was last asked which orders changed.
    orders_looked_at: Mutex<Tick>,
}

impl Turn<'_> {
    /// Sets a damaged copy aside. What can still be read of it stays until the store answers:
    /// without one it could not be pulled again.
    async fn start_over(&self) -> Result<(), Error> {
        match self.ask(&request::time(), Lane::Refresh).await {
            Ok(_) => {}
            // An answer too: the token may not ask for the time.
            Err(error) if is_forbidden(&error) => {}
            Err(error) => return Err(error),
        }
        let mended = Arc::clone(self.store);
        on_disk(move || Ok(mended.mirror.start_over(SET_ASIDE)?)).await?;
        self.store.is_pulled_again();
        self.store.set_refresh_trouble(None);
        // Lists know nothing of what is on its way any more; the journal does.
        self.store.pending_is_stale();
        self.store.kick_changes.notify_one();
        self.tell(&[
            What::Orders,
            What::Products,
            What::Customers,
            What::Activity,
        ]);
        Ok(())
    }

    /// First pulls, where they aren't done. Begins with a page of each, so that every list has
    /// something to show early.
    async fn everything_once(&self) -> Result<(), Error> {
        let mut orders = FirstPull::<orders::Orders>::default();
        let mut products = FirstPull::<products::Products>::default();
        let mut customers = FirstPull::<customers::Customers>::default();
        for pages in [1, u32::MAX] {
            self.within_reach(Area::Orders, orders.pages(self, pages))
                .await?;
            if self.is_complete(Area::Orders)? {
                self.store.set_phase(Phase::Refreshing, None);
            }
            self.within_reach(Area::Products, products.pages(self, pages))
                .await?;
            self.within_reach(Area::Brands, catalog::if_due(self))
                .await?;
            self.within_reach(Area::Customers, customers.pages(self, pages))
                .await?;
        }
        // What was left out because of the token doesn't count as being pulled.
        self.store.set_phase(Phase::Refreshing, None);
        Ok(())
    }

    async fn what_changed(&self) -> Result<(), Error> {
        self.orders_changed().await?;
        let mut new = 0;
        self.within_reach(Area::Products, async {
            new = changes::look::<products::Products>(self).await?;
            Ok(())
        })
        .await?;
        if new > 0 {
            // A new product may well be of a new brand.
            self.within_reach(Area::Brands, catalog::now(self)).await?;
        }
        self.within_reach(Area::Customers, changes::look::<customers::Customers>(self))
            .await
    }

    /// A first pull of something else can take long, and new orders are what people wait for.
    async fn orders_meanwhile(&self) -> Result<(), Error> {
        let due = *lock(&self.orders_looked_at) + BETWEEN;
        if self.bench.clock.now() < due || !self.is_complete(Area::Orders)? {
            return Ok(());
        }
        *lock(&self.orders_looked_at) = self.bench.clock.now();
        self.orders_changed().await
    }

    /// Asks which orders changed, and tells of those that came in.
    async fn orders_changed(&self) -> Result<(), Error> {
        let before = self.placed_before()?;
        let looked = self
            .within_reach(Area::Orders, changes::look::<orders::Orders>(self))
            .await;
        // Also if it was broken off: what came before that is not new the next time.
        if let Some(before) = before {
            let count = self.store.mirror.placed_orders()?.saturating_sub(before);
            if count > 0 {
                let earlier = &self.store.unseen_orders;
                self.bench.notify(Notice::NewOrders {
                    store: self.store.key.clone(),
                    count: earlier.fetch_add(count, Ordering::SeqCst) + count,
                });
            }
        }
        looked
    }

    /// How many orders there were at the last refresh; `None` before the first one has ended, when
    /// all of them are new here and none of them to the shop.
    fn placed_before(&self) -> Result<Option<u32>, Error> {
        let mirror = &self.store.mirror;
        match mirror.marks(Area::Orders)?.refreshed_at {
            Some(_) => Ok(Some(mirror.placed_orders()?)),
            None => Ok(None),
        }
    }

    /// Does `work` unless the token may not read `area`, which is found out by doing it. What the
    /// store can't give of anything but orders is named, and stops nothing else.
    async fn within_reach<T>(
        &self,
        area: Area,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<(), Error> {
        let noted = self.store.out_of_reach(area);
        if noted.as_ref().is_some_and(is_forbidden) {
            return Ok(());
        }
        match work.await {
            Ok(_) if noted.is_some() => self.store.set_within_reach(area),
            Ok(_) => {}
            Err(error) if is_forbidden(&error) || (area != Area::Orders && is_local(&error)) => {
                tracing::warn!(store = %self.store.key, ?area, %error, "out of reach");
                let number = self.client.token_number;
                self.store.set_out_of_reach(number, area, error);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn is_complete(&self, area: Area) -> Result<bool, Error> {
        Ok(self.store.mirror.marks(area)?.first_pull_done)
    }

    fn refreshed(&self, area: Area) -> Result<(), Error> {
        let mut marks = self.store.mirror.marks(area)?;
        marks.refreshed_at = Some(self.bench.clock.wall());
        Ok(self.store.mirror.set_marks(area, &marks)?)
    }

    /// Sends a question whose answer changes nothing, with the stamp of before it was asked.
    async fn ask<T>(&self, request: &Request<T>, lane: Lane) -> Result<(Stamp, Answer<T>), Error> {
        if self.store.is_closing() {
            return Err(Error::Stopping);
        }
        let asked = self.store.mirror.stamp();
        let deadline = self.bench.clock.now() + PATIENCE;
        let answer = self.client.send(request, lane, deadline).await?;
        self.store.answered();
        if let Some(time) = answer.server_time {
            self.store.says_the_time(time);
        }
        Ok((asked, answer))
    }

    /// Keeps a page and how far pulling has come with it, and tells of what is new.
    async fn keep<T: Item + Send + Sync + 'static>(
        &self,
        asked: Stamp,
        page: Page<T>,
        what: &[What],
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
        let writer = Arc::clone(self.store);
        let report = on_disk(move || {
            Ok(writer
                .mirror
                .put_page(asked, &page.items, &unreadable, marks)?)
        })
        .await?;
        if report.changed > 0 || any_unreadable {
            self.tell(what);
        }
        Ok(report)
    }

    fn tell(&self, what: &[What]) {
        self.bench.notify(Notice::Stale {
            store: Some(self.store.key.clone()),
            what: what.to_vec(),
        });
    }

    fn tell_state(&self) {
        self.bench.notify(Notice::State(self.store.key.clone()));
    }

    /// Everything that changes from now on will be asked for by date; `asked` is the answer to the
    /// first question of a first pull. Without the store's own clock, ours less what a clock may
    /// well be wrong by.
    fn changes_from_now<T>(&self, first: &Answer<T>) -> Timestamp {
        let now = first
            .server_time
            .unwrap_or_else(|| back(self.bench.clock.wall(), UNSURE));
        back(now, OVERLAP)
    }
}

/// The token may not read it, and a token's scopes never change.
const fn is_forbidden(error: &Error) -> bool {
    matches!(
        error,
        Error::Api(bigcommerce::Error::MissingScope { .. } | bigcommerce::Error::Forbidden { .. })
    )
}

/// It concerns this one question, not the store or the way to it.
const fn is_local(error: &Error) -> bool {
    matches!(
        error,
        Error::Api(
            bigcommerce::Error::NotFound
                | bigcommerce::Error::Invalid { .. }
                | bigcommerce::Error::Conflict { .. }
                | bigcommerce::Error::TooLarge { .. }
                | bigcommerce::Error::UnexpectedAnswer { .. }
        )
    )
}

/// The path within the thing: its place in the page means nothing later.
fn field_of(path: &str) -> String {
    let within = path.strip_prefix("$.data").map_or(path, |rest| rest);
    match within
        .strip_prefix('$')
        .unwrap_or(within)
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((_, field)) => format!("${field}"),
        None => path.to_owned(),
    }
}

/// Numbers of a page, also of those that could not be read whole.
fn numbers<T>(page: &Page<T>, number: impl Fn(&T) -> u64) -> impl Iterator<Item = u64> {
    let broken = page
        .broken
        .iter()
        .filter_map(|broken| broken.id.as_ref()?.parse().ok());
    page.items
        .iter()
        .map(number)
        .chain(broken)
        .collect::<Vec<_>>()
        .into_iter()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_within_its_thing() {
        assert_eq!(field_of("$[3].total_inc_tax"), "$.total_inc_tax");
        assert_eq!(field_of("$.data[12].price"), "$.price");
        assert_eq!(field_of("$[0]"), "$");
        assert_eq!(field_of("$.meta"), "$.meta");
    }
}
