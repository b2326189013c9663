//! What belongs to an order: lines, addresses, shipments, coupons, taxes and refunds.

use std::{collections::HashMap, sync::Arc};

use bigcommerce::{
    Client, Lane, Page, Request,
    request::{self, order_parts as ask},
};
use commerce::{
    CurrencyCode, Order, OrderId, OrderParts, OrderTax, Picture, ProductId, Tick, Unreadable,
};
use credentials::Prompt;
use desk::ProfileKey;
use futures::join;
use jiff::Timestamp;

use super::ASKING;
use crate::{Error, Notice, What, Workbench, on_files, store::OpenStore};

/// Things of one part, at most: more than any order has.
const MOST: usize = 10_000;

/// What a store puts on a page if nothing is said. Source: BigCommerce REST reference.
const USUAL_PAGE: usize = 50;

/// What belongs to an order, as it was read last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartsRead {
    /// The parts.
    pub parts: OrderParts,
    /// When they were read, by the computer's clock.
    pub at: Timestamp,
    /// Pictures of the products in it that are here.
    pub pictures: HashMap<ProductId, Picture>,
}

pub(super) fn parts_of(store: &OpenStore, order: OrderId) -> Result<Option<PartsRead>, Error> {
    let Some((parts, at)) = store.mirror.order_parts(order)? else {
        return Ok(None);
    };
    let ids: Vec<ProductId> = parts
        .lines
        .iter()
        .filter_map(|line| line.product_id)
        .collect();
    let products = store.mirror.products(&ids)?;
    let pictures = products
        .into_iter()
        .flatten()
        .filter_map(|product| Some((product.id, product.picture?)))
        .collect();
    Ok(Some(PartsRead {
        parts,
        at,
        pictures,
    }))
}

impl Workbench {
    /// Asks the store for one order and all that belongs to it now, and keeps the answers. A part
    /// that fails stays as it was, and is named in [`OrderParts::unreadable`].
    ///
    /// # Errors
    /// [`Error::NotFound`] if the store doesn't have it any more; then it goes from the lists.
    /// [`Error::Api`] if the order itself could not be read; parts that could are kept all the
    /// same. [`Error::Keychain`], [`Error::OtherOrigin`].
    pub async fn refresh_order(&self, key: &ProfileKey, id: OrderId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let client = store.client(Prompt::Never).await?;
        let deadline = self.inner.clock.now() + ASKING;
        let here = on_files(store.watched(), {
            let store = Arc::clone(&store);
            move || Ok(store.mirror.order(id)?)
        })
        .await?;
        let fresh = async {
            let asked = store.mirror.stamp();
            let one = request::orders::one(id);
            match client.send(&one, Lane::Person, deadline).await {
                Ok(answer) => keep_order(&store, asked, answer.value).await,
                Err(bigcommerce::Error::NotFound) => {
                    let writer = Arc::clone(&store);
                    on_files(store.watched(), move || {
                        Ok(writer.mirror.remove_order(asked, id)?)
                    })
                    .await?;
                    Err(Error::NotFound)
                }
                Err(error) => Err(error.into()),
            }
        };
        let asking = Asking {
            client: &client,
            deadline,
            order: id,
        };
        // Amounts of the parts are in the order's currency, so an unknown order is read first.
        let done = match here {
            Some(order) => {
                let (fresh, parts) = join!(
                    fresh,
                    self.keep_parts(&store, &asking, order.total.currency)
                );
                fresh.and(parts)
            }
            None => match fresh.await {
                Ok(order) => {
                    let currency = order.total.currency;
                    self.keep_parts(&store, &asking, currency).await
                }
                Err(error) => Err(error),
            },
        };
        self.inner.notify(Notice::Stale {
            store: Some(store.key.clone()),
            what: vec![What::Orders],
        });
        done
    }

    async fn keep_parts(
        &self,
        store: &Arc<OpenStore>,
        asking: &Asking<'_>,
        currency: CurrencyCode,
    ) -> Result<(), Error> {
        let asked = store.mirror.stamp();
        let answers = asking.all(currency).await;
        if answers.all_failed() {
            // Nothing was learnt. Why it is so, the order's own answer says.
            return Ok(());
        }
        let read_at = self.inner.clock.wall();
        let (writer, order) = (Arc::clone(store), asking.order);
        on_files(store.watched(), move || {
            let before = writer.mirror.order_parts(order)?.map(|(parts, _)| parts);
            let parts = answers.onto(before.unwrap_or_default());
            writer
                .mirror
                .put_order_parts(asked, order, &parts, read_at)?;
            Ok(())
        })
        .await
    }
}

async fn keep_order(
    store: &Arc<OpenStore>,
    asked: mirror::Stamp,
    order: Order,
) -> Result<Order, Error> {
    let writer = Arc::clone(store);
    on_files(store.watched(), move || {
        writer.mirror.put_read(asked, &order)?;
        Ok(order)
    })
    .await
}

/// Who asks for the parts of which order.
struct Asking<'a> {
    client: &'a Client,
    deadline: Tick,
    order: OrderId,
}

/// One part, with what of it could not be read; or why it failed as a whole.
type Part<T> = Result<(Vec<T>, Vec<String>), bigcommerce::Error>;

struct Answers {
    lines: Part<commerce::OrderLine>,
    shipping_addresses: Part<commerce::ShippingAddress>,
    shipments: Part<commerce::Shipment>,
    coupons: Part<commerce::OrderCoupon>,
    taxes: Part<OrderTax>,
    refunds: Part<commerce::OrderRefund>,
}

impl Asking<'_> {
    async fn all(&self, currency: CurrencyCode) -> Answers {
        let order = self.order;
        let refunds = ask::refunds(order, currency);
        let (lines, shipping_addresses, shipments, coupons, taxes, refunds) = join!(
            self.pages(|page| ask::lines(order, currency, page)),
            self.pages(|page| ask::shipping_addresses(order, currency, page)),
            self.pages(|page| ask::shipments(order, page)),
            self.pages(|page| ask::coupons(order, currency, page)),
            self.pages(|page| ask::taxes(order, currency, page)),
            self.page(&refunds),
        );
        Answers {
            lines: lines
                .map(|read| inside(read, |line| &line.options.unreadable))
                .map(|read| inside(read, |line| &line.applied_discounts.unreadable)),
            shipping_addresses,
            shipments: shipments.map(|read| inside(read, |shipment| &shipment.items.unreadable)),
            coupons,
            taxes,
            refunds: refunds.map(taken),
        }
    }

    async fn pages<T: PartialEq>(&self, page: impl Fn(u32) -> Request<Page<T>>) -> Part<T> {
        let (mut items, mut unreadable) = (Vec::new(), Vec::new());
        let mut number = 1;
        while items.len() < MOST {
            let question = page(number);
            let answer = self.page(&question).await?;
            // A store that heeds no number of a page gives the first one again. Long ones may be
            // alike: taxes have no number of their own.
            let is_same = number > 1 && answer.received < USUAL_PAGE && answer.items == items;
            if is_same {
                break;
            }
            let is_last = self.client.is_last(&question, &answer);
            let (more, broken) = taken(answer);
            items.extend(more);
            unreadable.extend(broken);
            if is_last {
                break;
            }
            number += 1;
        }
        Ok((items, unreadable))
    }

    async fn page<T>(&self, request: &Request<Page<T>>) -> Result<Page<T>, bigcommerce::Error> {
        let answer = self.client.send(request, Lane::Person, self.deadline);
        Ok(answer.await?.value)
    }
}

fn taken<T>(page: Page<T>) -> (Vec<T>, Vec<String>) {
    let broken = page
        .broken
        .into_iter()
        .map(|broken| format!("{}: {}", broken.path, broken.reason))
        .collect();
    (page.items, broken)
}

/// What could not be read of things that could is told beside what could not be read at all.
fn inside<T>(
    (things, mut unreadable): (Vec<T>, Vec<String>),
    parts: impl Fn(&T) -> &[Unreadable],
) -> (Vec<T>, Vec<String>) {
    for thing in &things {
        let told = parts(thing).iter();
        unreadable.extend(told.map(|one| format!("{}: {}", one.path, one.reason)));
    }
    (things, unreadable)
}

impl Answers {
    fn all_failed(&self) -> bool {
        self.lines.is_err()
            && self.shipping_addresses.is_err()
            && self.shipments.is_err()
            && self.coupons.is_err()
            && self.taxes.is_err()
            && self.refunds.is_err()
    }

    /// These in the place of what was there `before`, but for those that failed.
    fn onto(self, before: OrderParts) -> OrderParts {
        let mut unreadable = Vec::new();
        OrderParts {
            lines: part("lines", self.lines, before.lines, &mut unreadable),
            shipping_addresses: part(
                "shipping addresses",
                self.shipping_addresses,
                before.shipping_addresses,
                &mut unreadable,
            ),
            shipments: part(
                "shipments",
                self.shipments,
                before.shipments,
                &mut unreadable,
            ),
            coupons: part("coupons", self.coupons, before.coupons, &mut unreadable),
            taxes: part(
                "taxes",
                self.taxes
                    .map(|(taxes, broken)| (OrderTax::summed(taxes), broken)),
                before.taxes,
                &mut unreadable,
            ),
            refunds: part("refunds", self.refunds, before.refunds, &mut unreadable),
            unreadable,
        }
    }
}

fn part<T>(name: &str, read: Part<T>, before: Vec<T>, unreadable: &mut Vec<String>) -> Vec<T> {
    match read {
        Ok((items, broken)) => {
            unreadable.extend(broken.iter().map(|what| format!("{name} {what}")));
            items
        }
        Err(error) => {
            unreadable.push(format!("{name}: {error}"));
            before
        }
    }
}
