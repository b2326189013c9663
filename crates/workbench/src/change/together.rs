//! Sending changes of products together: read up to 250 at once, write up to 10 at once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use bigcommerce::{
    Client, Lane, Page,
    request::{
        Few,
        products::{BATCH_MAX, ProductUpdate},
        together::{self, Seen},
    },
};
use commerce::{Change, Field, Product, ProductId, Scope, Tick};
use journal::{Entry, EntryId, Move, Reason, Said, State, StepKind};

use super::{
    apply::{
        Verdict, gated, hold, is_forbidden, is_held, is_of_another_token, lacks_scope, may_send,
        note_lack, soon, verdict, write_soon,
    },
    one::{self, answered, not_sent, sending, unread},
    reading::ReadAt,
    road::{Moving, go},
    said::said,
    settle::SETTLING,
    split::Splitter,
    stumbles::failed,
    things::{self, Fresh, Standing, Thing},
    troubles::{Asked, may_be_of_one_thing},
};
use crate::{
    Error, Inner, Milestone, on_disk,
    store::{OpenStore, Signed},
};

/// Products read again at once. Source: BigCommerce REST reference, "Get all products", `limit`.
pub(super) const READ_AT_ONCE: u32 = 250;

/// An entry that was read again and is to be sent.
struct Ready {
    entry: Entry,
    /// The fields that are as they were before.
    send: Vec<Field>,
    product: ProductId,
    /// As it was read.
    read: Fresh,
}

/// As many of these, from the first, as can go together: changes of products, each of another one,
/// all of one job, so that holding or stopping it concerns no other.
pub(super) fn run_of(entries: Vec<Entry>) -> Vec<Entry> {
    let job = entries.first().map(|first| first.job.clone());
    let mut seen = HashSet::new();
    entries
        .into_iter()
        .take_while(|entry| Some(&entry.job) == job.as_ref())
        .take_while(|entry| product_of(&entry.change).is_some_and(|id| seen.insert(id)))
        .collect()
}

/// The product whose fields a change sets.
pub(super) const fn product_of(change: &Change) -> Option<ProductId> {
    match change {
        Change::Product { id, .. } => Some(*id),
        Change::Order { .. } | Change::CreateProduct { .. } | Change::DeleteProduct { .. } => None,
    }
}

/// A run of entries, each from waiting to its end, or back to waiting if it can't be sent for the
/// moment; at most so many of them in one request.
///
/// # Errors
/// What keeps all entries from being sent. What concerns single entries only ends those.
pub(super) async fn apply(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    run: Vec<Entry>,
    at_most: usize,
) -> Result<(), Error> {
    let read_at = ReadAt::soon(bench);
    let ready = match read_again(store, bench, client, &read_at, run).await? {
        Reread::Ready(ready) => ready,
        Reread::Nothing => return Ok(()),
        // Asked about alone, the store can't pass it over.
        Reread::Unseen(first) => return one::apply(store, bench, client, &first).await,
    };
    let mut splitter = Splitter::new(ready, at_most);
    while let Some(batch) = splitter.next_batch() {
        let [first, ..] = batch.as_slice() else {
            continue;
        };
        // Whatever is left waits in the journal; it is read again when its turn comes.
        if read_at.is_stale() || !may_send(store)? || is_held(store, &first.entry).await? {
            return Ok(());
        }
        go(
            store,
            bench,
            batch
                .iter()
                .map(|ready| sending(&ready.entry, &ready.send))
                .collect(),
        )
        .await?;
        bench.milestones.reached(Milestone::Sending);
        // A run is of one job.
        let gated = gated(store, client, &first.entry, &read_at);
        let answer = send(&gated, &batch, write_soon(bench)).await;
        bench.milestones.reached(Milestone::Answered);
        match answer {
            Ok((products, remarks)) => {
                store.troubles().came_through(&ids_of(&batch), Asked::Write);
                store.was_allowed(client.token_number, Scope::Products);
                let unsaid = done(store, bench, client, batch, products, &remarks).await?;
                for ready in unsaid {
                    splitter.alone(ready);
                }
            }
            Err(error) => {
                if refused(store, bench, client, &mut splitter, batch, error).await? {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

fn ids_of(batch: &[Ready]) -> Vec<EntryId> {
    batch.iter().map(|ready| ready.entry.id.clone()).collect()
}

/// What came of reading a run again.
enum Reread {
    /// These are to be sent.
    Ready(Vec<Ready>),
    /// Nothing is to be sent for now.
    Nothing,
    /// The store spoke of none of them, and did not say that it has none: the first of them.
    Unseen(Box<Entry>),
}

/// Reads all of them at once and ends those that need no sending. What the store left for another page still
/// waits, and is asked about next.
async fn read_again(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    read_at: &ReadAt,
    run: Vec<Entry>,
) -> Result<Reread, Error> {
    use bigcommerce::Error as Api;
    let asked = store.mirror.stamp();
    let ids: Vec<EntryId> = run.iter().map(|entry| entry.id.clone()).collect();
    let products = run.iter().filter_map(|entry| product_of(&entry.change));
    let page = match read_at
        .noting(client)
        .send(&together::read(products), Lane::Edit, soon(bench))
        .await
    {
        Ok(answer) => answer.value,
        // They still wait, and are read again with the token in use.
        Err(error) if is_of_another_token(store, client, &error) => return Ok(Reread::Nothing),
        Err(error @ Api::MissingScope { .. }) => {
            note_lack(store, client, &error);
            let mut over = Vec::new();
            for entry in &run {
                over.push(unread(store, entry, said(&error)).await?);
            }
            go(store, bench, over).await?;
            if let Some(first) = run.first() {
                lacks_scope(store, bench, first, &said(&error)).await?;
            }
            return Ok(Reread::Nothing);
        }
        // Said of all of them at once, so of none in particular: a person looks at the job, and the
        // others go on.
        Err(error @ Api::Forbidden { .. }) => {
            if let Some(first) = run.first() {
                hold(store, bench, first, &said(&error)).await?;
            }
            return Ok(Reread::Nothing);
        }
        Err(error) => {
            if may_be_of_one_thing(&error) {
                failed(store, bench, ids, Asked::Read, &error).await;
            }
            return Err(error.into());
        }
    };
    store.troubles().came_through(&ids, Asked::Read);
    let is_whole = is_whole(&page, run.len());
    let unreadable: HashMap<String, String> = page
        .broken
        .into_iter()
        .filter_map(|broken| Some((broken.id?, broken.path)))
        .collect();
    let mut seen: HashMap<ProductId, Fresh> = page
        .items
        .into_iter()
        .map(|seen| (seen.thing.id, seen.into()))
        .collect();
    keep_reads(store, asked, &seen).await?;
    let (mut ready, mut over, mut unseen) = (Vec::new(), Vec::new(), None);
    for entry in run {
        let Some(id) = product_of(&entry.change) else {
            continue;
        };
        let Some(fresh) = seen.remove(&id) else {
            let why = match unreadable.get(&id.to_string()) {
                Some(path) => Said::about(Reason::Unreadable, path),
                None if is_whole => Reason::Gone.into(),
                None => {
                    unseen.get_or_insert(entry);
                    continue;
                }
            };
            over.push(unread(store, &entry, why).await?);
            continue;
        };
        match things::standing(&entry.change, &fresh) {
            Standing::AsBefore(send) => ready.push(Ready {
                entry,
                send,
                product: id,
                read: fresh,
            }),
            standing => over.push(not_sent(store, &entry, standing, None).await?),
        }
    }
    if let (true, true, Some(first)) = (ready.is_empty(), over.is_empty(), unseen) {
        return Ok(Reread::Unseen(Box::new(first)));
    }
    go(store, bench, over).await?;
    bench.milestones.reached(Milestone::ReadAgain);
    Ok(Reread::Ready(ready))
}

/// Whether what is not on this page of `asked` products is not in the store: a store may put fewer on a page
/// than it was asked for, and of one that can't be read it may not even be known which it is.
fn is_whole<T>(page: &Page<T>, asked: usize) -> bool {
    let is_last = match page.total {
        Some(total) => total <= page.received as u64,
        None => page.is_last(asked),
    };
    is_last && page.broken.iter().all(|broken| broken.id.is_some())
}

async fn keep_reads(
    store: &Arc<OpenStore>,
    asked: mirror::Stamp,
    seen: &HashMap<ProductId, Fresh>,
) -> Result<(), Error> {
    let seen: Vec<Fresh> = seen.values().cloned().collect();
    let writer = Arc::clone(store);
    on_disk(move || {
        let mut products: Vec<Product> = Vec::with_capacity(seen.len());
        for fresh in seen {
            if let Some(Thing::Product(product)) = things::as_read(&writer, fresh)? {
                products.push(*product);
            }
        }
        Ok(writer.mirror.put_reads(asked, &products)?)
    })
    .await
}

type Answered = (HashMap<ProductId, Fresh>, Vec<String>);

/// Sends a batch; one by itself goes the way of one.
async fn send(
    client: &Client,
    batch: &[Ready],
    deadline: Tick,
) -> Result<Answered, bigcommerce::Error> {
    if let [only] = batch {
        let answer = things::write(client, &only.entry.change, &only.send, deadline).await?;
        let now = HashMap::from([(only.product, answer.fresh)]);
        return Ok((now, answer.remarks));
    }
    let updates: Vec<(ProductId, ProductUpdate)> = batch
        .iter()
        .filter_map(|ready| match &ready.entry.change {
            Change::Product { id, after, .. } => {
                let fields = after.only(|field| ready.send.contains(&field));
                Some((*id, ProductUpdate::from(fields)))
            }
            Change::Order { .. } | Change::CreateProduct { .. } | Change::DeleteProduct { .. } => {
                None
            }
        })
        .collect();
    let updates = Few::<_, BATCH_MAX>::try_from(updates)
        .expect("a run is of products, and cut into what one request carries");
    let answer = client
        .send(&together::update(&updates), Lane::Edit, deadline)
        .await?;
    Ok((by_number(answer.value), answer.remarks))
}

fn by_number(page: Page<Seen<Product>>) -> HashMap<ProductId, Fresh> {
    let seen = page.items.into_iter();
    seen.map(|seen| (seen.thing.id, seen.into())).collect()
}

/// The batch's own answer is the read-back. Mirror first, journal last. Gives the entries of which
/// the answer did not speak.
async fn done(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    batch: Vec<Ready>,
    mut now: HashMap<ProductId, Fresh>,
    remarks: &[String],
) -> Result<Vec<Ready>, Error> {
    let alone = batch.len() == 1;
    let is_so = |ready: &Ready, so: &dyn Fn(&Standing) -> bool| {
        let fresh = now.get(&ready.product);
        fresh.is_some_and(|fresh| so(&things::standing(&ready.entry.change, fresh)))
    };
    let lags = |ready: &Ready| {
        things::sets_stock(&ready.entry.change)
            && is_so(ready, &|standing| *standing != Standing::AsWanted)
    };
    let leaves_out = |ready: &Ready| is_so(ready, &|it| matches!(it, Standing::NotSaid(_)));
    let lags = remarks.is_empty() && batch.iter().any(lags);
    let look_again = lags || batch.iter().any(leaves_out);
    if lags {
        // Stock is booked after the answer, so a write's own answer may still show the old level.
        bench.clock.sleep_until(bench.clock.now() + SETTLING).await;
    }
    if look_again {
        let ids: Vec<ProductId> = batch.iter().map(|ready| ready.product).collect();
        let later = client
            .send(&together::read(ids), Lane::Edit, soon(bench))
            .await;
        // The changes themselves are made whatever becomes of this look.
        if let Ok(later) = later {
            now.extend(by_number(later.value));
        }
    }
    let (mut moving, mut unsaid, mut keep) = (Vec::new(), Vec::new(), Vec::new());
    for (place, ready) in batch.into_iter().enumerate() {
        let Some(fresh) = now.remove(&ready.product) else {
            unsaid.push(ready);
            continue;
        };
        let about_it = remarks_about(remarks, place, alone);
        let standing = things::standing(&ready.entry.change, &fresh);
        let step = answered(&ready.entry, &standing, &about_it, &ready.send);
        let taken = if step.to == State::Done {
            ready.send
        } else {
            Vec::new()
        };
        moving.push(Moving::new(&ready.entry, step));
        keep.push((ready.entry.change, fresh, ready.read, taken));
    }
    moving.extend(
        unsaid
            .iter()
            // It may be done: what went out was taken, and nothing was said of this one.
            .map(|ready| Moving::lost(&ready.entry)),
    );
    let writer = Arc::clone(store);
    on_disk(move || {
        let mut products = Vec::new();
        for (change, fresh, read, taken) in keep {
            if let Thing::Product(product) = things::whole(&writer, &change, fresh, read, &taken)? {
                products.push(*product);
            }
        }
        Ok(writer.mirror.put_answers(&products)?)
    })
    .await?;
    bench.milestones.reached(Milestone::Mirrored);
    go(store, bench, moving).await?;
    bench.milestones.reached(Milestone::Settled);
    Ok(unsaid)
}

/// The remarks about the thing at this place of the batch, and those about none.
fn remarks_about(remarks: &[String], place: usize, alone: bool) -> Vec<&str> {
    remarks
        .iter()
        .filter_map(|remark| match place_of(remark) {
            Some((other, rest)) if !alone => (other == place).then_some(rest),
            Some(_) | None => Some(remark.as_str()),
        })
        .collect()
}

/// `3.name` is about the fourth thing's name.
fn place_of(path: &str) -> Option<(usize, &str)> {
    let (place, rest) = path.split_once('.')?;
    Some((place.parse().ok()?, rest))
}

/// The store did not take the batch. Gives whether the rest of the run has to wait.
async fn refused(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    splitter: &mut Splitter<Ready>,
    batch: Vec<Ready>,
    error: bigcommerce::Error,
) -> Result<bool, Error> {
    let said = said(&error);
    let all = |to: State, kind: StepKind, said: &Said| -> Vec<Moving> {
        batch
            .iter()
            .map(|ready| Moving::to(&ready.entry, to, kind, said.clone()))
            .collect()
    };
    let verdict = verdict(store, client, &error);
    if matches!(verdict, Verdict::Refused | Verdict::NotAllowed) {
        store.troubles().came_through(&ids_of(&batch), Asked::Write);
    }
    match verdict {
        Verdict::Open => {
            let lost = batch
                .iter()
                .map(|ready| Moving::lost(&ready.entry))
                .collect();
            go(store, bench, lost).await?;
            if may_be_of_one_thing(&error) {
                failed(store, bench, ids_of(&batch), Asked::Write, &error).await;
            }
            Err(error.into())
        }
        Verdict::OpenAgain => {
            let lost = batch.iter().map(|ready| Moving::lost(&ready.entry));
            go(store, bench, lost.collect()).await?;
            Ok(true)
        }
        Verdict::AllWait => {
            go(
                store,
                bench,
                all(State::Waiting, StepKind::Postponed, &said),
            )
            .await?;
            Err(error.into())
        }
        Verdict::Again => {
            let why = Said::default();
            go(store, bench, all(State::Waiting, StepKind::Postponed, &why)).await?;
            Ok(true)
        }
        Verdict::NotAllowed => {
            note_lack(store, client, &error);
            go(
                store,
                bench,
                all(State::Refused, StepKind::StoreRefused, &said),
            )
            .await?;
            if let Some(first) = batch.first() {
                lacks_scope(store, bench, &first.entry, &said).await?;
            }
            Ok(true)
        }
        Verdict::Refused => {
            let alone = batch.len() == 1;
            let first = batch.first().map(|ready| ready.entry.clone());
            let is_forbidden_to = matches!(error, bigcommerce::Error::Forbidden { .. });
            let named = named(&error, batch.len());
            let mut moving = Vec::new();
            if alone || named.is_empty() {
                let apart = if alone {
                    Vec::new()
                } else {
                    all(State::Waiting, StepKind::SentApart, &Said::default())
                };
                moving.extend(apart);
                if let Some(ready) = splitter.unnamed(batch) {
                    let fields = super::apply::refused_fields(&error);
                    moving.push(refusal(&ready.entry, said.clone(), fields));
                }
            } else {
                let is_named = |place: usize| named.iter().any(|(other, _)| *other == place);
                moving.extend(
                    batch
                        .iter()
                        .enumerate()
                        .filter(|(place, _)| !is_named(*place))
                        .map(|(_, ready)| {
                            Moving::to(&ready.entry, State::Waiting, StepKind::SentApart, "")
                        }),
                );
                for (ready, fields) in splitter.named(batch, named) {
                    let words: Vec<String> = fields
                        .iter()
                        .map(|(path, words)| format!("{path}: {words}"))
                        .collect();
                    let said = Said::because(Reason::Invalid, words.join("; "));
                    moving.push(refusal(&ready.entry, said, fields));
                }
            }
            go(store, bench, moving).await?;
            if let (true, Some(entry)) = (alone && is_forbidden_to, first) {
                is_forbidden(store, bench, &entry, &said).await?;
            }
            Ok(false)
        }
    }
}

fn refusal(entry: &Entry, said: Said, fields: Vec<(String, String)>) -> Moving {
    let mut step = Move::new(&entry.id, State::Refused, StepKind::StoreRefused, said);
    step.refused = fields;
    Moving::new(entry, step)
}

type Named = Vec<(usize, Vec<(String, String)>)>;

/// What the store holds against which place of a batch of that many, field by field.
fn named(error: &bigcommerce::Error, count: usize) -> Named {
    let bigcommerce::Error::Invalid { fields, .. } = error else {
        return Vec::new();
    };
    let mut named: Named = Vec::new();
    for field in fields {
        let Some((place, path)) = place_of(&field.path).filter(|(place, _)| *place < count) else {
            continue;
        };
        let said = (path.to_owned(), field.message.clone());
        match named.iter_mut().find(|(other, _)| *other == place) {
            Some((_, about)) => about.push(said),
            None => named.push((place, vec![said])),
        }
    }
    named
}
