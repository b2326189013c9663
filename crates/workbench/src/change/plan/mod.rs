//! What would be done, before anything is.

mod orders;
mod products;

use std::{collections::HashSet, fmt::Write as _, sync::Arc, time::Duration};

use commerce::{
    Change, CurrencyCode, Money, OrderFields, OrderId, OrderStatus, ProductFields, ProductId,
    SafetyMode, Subject,
};
use desk::ProfileKey;
use journal::{Entry, EntryId, JobId, NewEntry, NewJob, SendKind, State, StepKind};
use mirror::Pending;
use sha2::{Digest as _, Sha256};

use super::stale;
use crate::{
    Error, Inner, Milestone, Notice, Workbench,
    browse::{notes_subject, product_subject},
    lock, on_disk, on_files,
    store::OpenStore,
};

/// A plan of more items than this is asked about twice.
pub const ASK_TWICE_ABOVE: usize = 100;
/// Plans kept at once; a window shows one at a time.
const MOST_PLANS: usize = 16;

/// What should become of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDraft {
    /// The order.
    pub order: OrderId,
    /// Wanted values.
    pub wanted: OrderFields,
}

/// What should become of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDraft {
    /// The product.
    pub product: ProductId,
    /// Wanted values.
    pub wanted: ProductFields,
}

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// These values of orders.
    Orders(Vec<OrderDraft>),
    /// These values of products.
    Products(Vec<ProductDraft>),
    /// A new product. Name and price are needed.
    NewProduct(ProductFields),
    /// What these changes did, taken back.
    Undo(Vec<EntryId>),
    /// What this change wanted, once more.
    Retry(EntryId),
}

/// What a change sets off beyond the field itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The store may send the shopper an e-mail. Its settings decide, and the API doesn't tell.
    MayEmailShopper,
    /// Nobody gets an e-mail.
    NoEmail,
    /// No money moves. Source: BigCommerce REST reference, "Update an order".
    NoMoneyMoves,
    /// Shoppers see it on the storefront as soon as it is done.
    ShoppersSeeIt,
    /// It can't be put back afterwards.
    CannotBePutBack,
}

/// Why a plan is asked about twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskTwice {
    /// It concerns more than [`ASK_TWICE_ABOVE`] things.
    ManyThings,
    /// A price moves by more than half.
    PriceMovesFar,
}

/// Why a thing stays out of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutBecause {
    /// It already is as wanted.
    AlreadySo,
    /// It isn't here.
    NotHere,
    /// Another change of the same field is still on its way.
    ChangeOnItsWay,
    /// It has changed since, so there is nothing to put back.
    ChangedSince,
    /// The change isn't one that can be undone, or not any more.
    NotUndoable,
    /// Another product has the name.
    NameTaken,
    /// Another product has the SKU.
    SkuTaken,
    /// Its stock is counted for each variant, so the product has no level of its own to set.
    StockIsPerVariant,
}

/// A thing that stays out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The thing.
    pub subject: Subject,
    /// Why.
    pub because: LeftOutBecause,
}

/// What a person knows a thing by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An order.
    Order {
        /// Who ordered.
        customer: String,
        /// Grand total.
        total: Money,
    },
    /// A product.
    Product {
        /// Its name.
        name: String,
        /// Its stock keeping unit, or empty.
        sku: String,
    },
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    /// What changes, from what to what.
    pub change: Change,
    /// What a person knows it by.
    pub about: About,
    /// Shoppers see the change at once.
    pub on_storefront: bool,
    /// A price moves by more than half.
    pub moves_price_far: bool,
    /// The entry it puts back.
    pub undoes: Option<EntryId>,
    /// The entry it tries again.
    pub retries: Option<EntryId>,
}

/// What would be done. Equal drafts of equal things make equal digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Digest of everything that would be sent.
    pub digest: String,
    /// The store.
    pub store: ProfileKey,
    /// It puts earlier changes back.
    pub is_undo: bool,
    /// Everything that changes.
    pub items: Vec<PlanItem>,
    /// What stays out.
    pub left_out: Vec<LeftOut>,
    /// Requests it takes: each thing is read again before it is written.
    pub requests: u32,
    /// How long it takes at the store's quota, about.
    pub takes: Duration,
    /// What it sets off.
    pub effects: Vec<Effect>,
    /// The store's safety mode wants the person to confirm it.
    pub must_confirm: bool,
    /// Why it is asked about twice, if it is.
    pub ask_twice: Option<AskTwice>,
    /// The store is read-only here.
    pub read_only: bool,
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// The currency that product prices are in, where known.
    pub currency: Option<CurrencyCode>,
}

/// A plan that is in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The job.
    pub job: JobId,
    /// Its entries, in the order of sending.
    pub entries: Vec<EntryId>,
}

impl Workbench {
    /// Plans. Nothing is sent and nothing is written.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a note that is too long or a status the store doesn't have,
    /// [`Error::StoreGone`], [`Error::NotFound`], [`Error::File`].
    pub async fn plan(&self, key: &ProfileKey, draft: Draft) -> Result<Arc<Plan>, Error> {
        let store = self.inner.open_store(key).await?;
        let bench = Arc::clone(&self.inner);
        let quota = self.quota(&store);
        let plan = on_files(store.watched(), move || make(&bench, &store, draft, quota)).await?;
        let plan = Arc::new(plan);
        let mut plans = lock(&self.inner.plans);
        while plans.len() >= MOST_PLANS {
            let Some(any) = plans.keys().min().cloned() else {
                break;
            };
            plans.remove(&any);
        }
        plans.insert(plan.id.clone(), Arc::clone(&plan));
        Ok(plan)
    }

    fn quota(&self, store: &OpenStore) -> Option<bigcommerce::Quota> {
        store.state().ok().and_then(|state| state.quota)
    }

    /// Forgets a plan.
    pub fn discard(&self, plan: &str) {
        lock(&self.inner.plans).remove(plan);
    }

    /// Writes the plan to the journal, as it was shown and once only, and starts sending it.
    ///
    /// # Errors
    /// [`Error::PlanGone`] if it isn't the plan that was shown or was applied already,
    /// [`Error::ReadOnly`], [`Error::NeedsConfirmation`], [`Error::DiskFull`]; then nothing was
    /// written.
    pub async fn apply(
        &self,
        plan: &str,
        digest: &str,
        confirmed: bool,
        confirmed_twice: bool,
    ) -> Result<Applied, Error> {
        let held = lock(&self.inner.plans).get(plan).cloned();
        let held = held
            .filter(|held| held.digest == digest)
            .ok_or(Error::PlanGone)?;
        let store = self.inner.open_store(&held.store).await?;
        // As it is now, not as it was when the plan was made.
        let safety = store.profile().safety;
        if safety == SafetyMode::ReadOnly {
            return Err(Error::ReadOnly);
        }
        let wants = asks(safety, &held.items) && !confirmed;
        if wants || (held.ask_twice.is_some() && !confirmed_twice) {
            return Err(Error::NeedsConfirmation);
        }
        if held.items.is_empty() {
            return Err(Error::BadInput("changes"));
        }
        // Taken out before it is written: of two calls at once only one finds it.
        let taken = lock(&self.inner.plans)
            .remove(plan)
            .ok_or(Error::PlanGone)?;
        let bench = Arc::clone(&self.inner);
        let (writer, written) = (Arc::clone(&store), Arc::clone(&taken));
        // All of it in one piece: a window that goes away meanwhile stops none of it.
        let applied = on_files(store.watched(), move || {
            let applied = write(&bench, &writer, &written)?;
            bench.milestones.reached(Milestone::Journalled);
            let mut subjects = written.items.iter().map(|item| item.change.subject());
            bench.notify(stale(&writer.key, &mut subjects));
            bench.notify(Notice::State(writer.key.clone()));
            writer.kick_changes.notify_one();
            Ok(applied)
        })
        .await;
        if applied.is_err() {
            // Nothing was written, so the same plan may be applied once there is room.
            lock(&self.inner.plans).insert(taken.id.clone(), taken);
        }
        applied
    }

    /// Gives up a change that has not been sent, or that a person has looked at.
    ///
    /// # Errors
    /// [`Error::EntryMoved`], [`Error::NotFound`], [`Error::File`].
    pub async fn drop_change(&self, key: &ProfileKey, id: &EntryId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let (bench, id) = (Arc::clone(&self.inner), id.clone());
        on_disk(move || {
            let entry = store.journal.entry(&id)?;
            store.journal.advance(
                &id,
                State::Dropped,
                bench.clock.wall(),
                StepKind::Dropped,
                "",
            )?;
            let subject = entry.change.subject();
            store.mirror.remove_pending(&id.0, subject)?;
            bench.notify(stale(&store.key, &mut std::iter::once(subject)));
            bench.notify(Notice::State(store.key.clone()));
            Ok(())
        })
        .await
    }
}

/// What a plan is made from, read once for all its items.
struct Present<'a> {
    store: &'a OpenStore,
    statuses: Vec<OrderStatus>,
    on_the_way: Vec<Entry>,
}

fn make(
    bench: &Inner,
    store: &OpenStore,
    draft: Draft,
    quota: Option<bigcommerce::Quota>,
) -> Result<Plan, Error> {
    let present = Present {
        store,
        statuses: store.mirror.statuses()?,
        on_the_way: store.journal.on_the_way()?,
    };
    let is_undo = matches!(draft, Draft::Undo(_));
    let mut items = Vec::new();
    let mut left_out = Vec::new();
    let mut seen = HashSet::new();
    for wish in wishes(store, draft)? {
        let subject = wish.subject();
        match item(&present, wish)? {
            // Two wishes for one thing would make the second's `before` untrue.
            Ok(_) if !seen.insert(subject) => left_out.push(LeftOut {
                subject,
                because: LeftOutBecause::ChangeOnItsWay,
            }),
            Ok(item) => items.push(item),
            Err(because) => left_out.push(LeftOut { subject, because }),
        }
    }
    let safety = store.profile().safety;
    let requests = u32::try_from(items.len() * 2).unwrap_or(u32::MAX);
    Ok(Plan {
        id: bench.new_id(),
        digest: digest(&store.key, &items),
        store: store.key.clone(),
        is_undo,
        effects: effects(&items),
        must_confirm: asks(safety, &items),
        ask_twice: asks_twice(&items),
        read_only: safety == SafetyMode::ReadOnly,
        takes: takes(requests, quota),
        requests,
        items,
        left_out,
        statuses: present.statuses,
        currency: store.currency(),
    })
}

/// What is wanted of one thing, and what for.
enum Wish {
    Order(OrderDraft),
    Product(ProductDraft),
    NewProduct(ProductFields),
    Undo(Box<Entry>),
    Retry(Box<Entry>),
}

/// Earlier entries that a wish takes up again.
#[derive(Default)]
struct Earlier {
    undoes: Option<EntryId>,
    retries: Option<EntryId>,
}

impl Wish {
    fn subject(&self) -> Subject {
        match self {
            Self::Order(draft) => Subject::Order(draft.order),
            Self::Product(draft) => Subject::Product(draft.product),
            Self::NewProduct(_) => Subject::NewProduct,
            Self::Undo(entry) => entry
                .made
                .map_or_else(|| entry.change.subject(), Subject::Product),
            Self::Retry(entry) => entry.change.subject(),
        }
    }
}

fn wishes(store: &OpenStore, draft: Draft) -> Result<Vec<Wish>, Error> {
    match draft {
        Draft::Orders(drafts) => Ok(drafts.into_iter().map(Wish::Order).collect()),
        Draft::Products(drafts) => Ok(drafts.into_iter().map(Wish::Product).collect()),
        Draft::NewProduct(wanted) => Ok(vec![Wish::NewProduct(wanted)]),
        // The latest first: an order that was changed twice is put back step by step.
        Draft::Undo(ids) => ids
            .iter()
            .map(|id| Ok(Wish::Undo(Box::new(store.journal.entry(id)?))))
            .collect(),
        Draft::Retry(id) => Ok(vec![Wish::Retry(Box::new(store.journal.entry(&id)?))]),
    }
}

type Planned = Result<PlanItem, LeftOutBecause>;

fn item(present: &Present<'_>, wish: Wish) -> Result<Planned, Error> {
    match wish {
        Wish::Order(draft) => orders::set(present, draft.order, draft.wanted, Earlier::default()),
        Wish::Product(draft) => {
            products::set(present, draft.product, draft.wanted, Earlier::default())
        }
        Wish::NewProduct(wanted) => products::create(present, wanted, Earlier::default()),
        Wish::Undo(entry) => undo(present, *entry),
        Wish::Retry(entry) => retry(present, *entry),
    }
}

fn undo(present: &Present<'_>, entry: Entry) -> Result<Planned, Error> {
    if !entry.can_be_undone() {
        return Ok(Err(LeftOutBecause::NotUndoable));
    }
    let earlier = Earlier {
        undoes: Some(entry.id),
        retries: None,
    };
    match entry.change {
        Change::Order { id, before, after } => match present.store.mirror.order(id)? {
            None => Ok(Err(LeftOutBecause::NotHere)),
            Some(order) if !after.as_in(&order).reads_like(&after) => {
                Ok(Err(LeftOutBecause::ChangedSince))
            }
            Some(_) => orders::set(present, id, before, earlier),
        },
        Change::Product { id, before, after } => match present.store.mirror.product(id)? {
            None => Ok(Err(LeftOutBecause::NotHere)),
            Some(product) if !after.as_in(&product).reads_like(&after) => {
                Ok(Err(LeftOutBecause::ChangedSince))
            }
            Some(_) => products::set(present, id, before, earlier),
        },
        Change::CreateProduct { after } => match entry.made {
            Some(made) => products::delete(present, made, &after, earlier),
            None => Ok(Err(LeftOutBecause::NotUndoable)),
        },
        Change::DeleteProduct { .. } => Ok(Err(LeftOutBecause::NotUndoable)),
    }
}

fn retry(present: &Present<'_>, entry: Entry) -> Result<Planned, Error> {
    match entry.state {
        State::Refused | State::Conflict | State::NotApplied => {}
        State::Waiting
        | State::Sending
        | State::Unknown
        | State::Done
        | State::DoneFound
        | State::Dropped => return Err(Error::EntryMoved),
    }
    let earlier = Earlier {
        undoes: entry.undoes,
        retries: Some(entry.id),
    };
    match entry.change {
        Change::Order { id, after, .. } => orders::set(present, id, after, earlier),
        Change::Product { id, after, .. } => products::set(present, id, after, earlier),
        Change::CreateProduct { after } => products::create(present, after, earlier),
        Change::DeleteProduct { id, before } => products::delete(present, id, &before, earlier),
    }
}

impl Present<'_> {
    /// Another change of the same is still on its way.
    fn meets_another(&self, change: &Change) -> bool {
        self.on_the_way
            .iter()
            .any(|entry| entry.change.meets(change))
    }
}

/// Whether the safety mode wants the person to confirm. Risky is what reaches a shopper, many
/// things at once, a price, or what can't be put back.
fn asks(safety: SafetyMode, items: &[PlanItem]) -> bool {
    match safety {
        SafetyMode::ReadOnly | SafetyMode::AskAlways => true,
        SafetyMode::AskRisky => items.len() > 1 || items.iter().any(is_risky),
    }
}

fn is_risky(item: &PlanItem) -> bool {
    match &item.change {
        Change::Order { .. } => may_email(item),
        Change::Product { after, .. } => after.price.is_some() || after.sale_price.is_some(),
        Change::CreateProduct { after } => after.is_visible == Some(true),
        Change::DeleteProduct { .. } => true,
    }
}

fn may_email(item: &PlanItem) -> bool {
    matches!(&item.change, Change::Order { after, .. } if after.status_id.is_some())
}

fn asks_twice(items: &[PlanItem]) -> Option<AskTwice> {
    if items.len() > ASK_TWICE_ABOVE {
        Some(AskTwice::ManyThings)
    } else if items.iter().any(|item| item.moves_price_far) {
        Some(AskTwice::PriceMovesFar)
    } else {
        None
    }
}

fn effects(items: &[PlanItem]) -> Vec<Effect> {
    let any = |matches: fn(&PlanItem) -> bool| items.iter().any(matches);
    let mut effects = Vec::new();
    if any(may_email) {
        effects.extend([Effect::MayEmailShopper, Effect::NoMoneyMoves]);
    } else {
        effects.push(Effect::NoEmail);
    }
    if any(|item| item.on_storefront) {
        effects.push(Effect::ShoppersSeeIt);
    }
    if any(|item| !item.change.can_be_put_back()) {
        effects.push(Effect::CannotBePutBack);
    }
    effects
}

fn takes(requests: u32, quota: Option<bigcommerce::Quota>) -> Duration {
    // About what a round trip takes, one after the other.
    let trips = Duration::from_millis(300) * requests;
    let waits = quota.map_or(Duration::ZERO, |quota| {
        let beyond = requests.saturating_sub(quota.left);
        quota.window * beyond.div_ceil(quota.quota.max(1))
    });
    trips.max(waits)
}

/// Everything that decides what would be sent, and nothing else: ids of plans and moments don't.
fn digest(store: &ProfileKey, items: &[PlanItem]) -> String {
    let mut hash = Sha256::new();
    hash.update(store.as_str());
    for item in items {
        let values =
            serde_json::to_vec(&item.change).expect("numbers and texts always have a JSON form");
        hash.update((values.len() as u64).to_le_bytes());
        hash.update(values);
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a String takes everything");
            text
        })
}

fn write(bench: &Inner, store: &OpenStore, plan: &Plan) -> Result<Applied, Error> {
    let at = bench.clock.wall();
    let entries: Vec<NewEntry> = plan
        .items
        .iter()
        .map(|item| NewEntry {
            id: EntryId(bench.new_id()),
            change: item.change.clone(),
            kind: kind(item),
            undoes: item.undoes.clone(),
        })
        .collect();
    let job = NewJob {
        id: JobId(bench.new_id()),
        at,
        who: "you".to_owned(),
        digest: plan.digest.clone(),
        entries,
    };
    store.journal.write(&job)?;
    // From here on the change will happen; what follows only shows it, and is made again from the
    // journal at the next start if it fails.
    let pending: Vec<Pending> = job
        .entries
        .iter()
        .map(|entry| Pending {
            entry: entry.id.0.clone(),
            change: entry.change.clone(),
        })
        .collect();
    if let Err(error) = store.mirror.put_pending(&pending) {
        tracing::warn!(store = %store.key, %error, "a change on its way can't be shown");
        store.pending_is_stale();
    }
    for item in &plan.items {
        if let Some(old) = &item.retries {
            let dropped =
                store
                    .journal
                    .advance(old, State::Dropped, at, StepKind::Dropped, "tried again");
            if let Err(error) = dropped {
                tracing::warn!(store = %store.key, %error, "an earlier try can't be closed");
            }
        }
        if let Some(draft) = draft_of(&item.change) {
            // It is in the journal now, which is safer than a draft.
            let _ = bench.desk.remove_draft(&store.key, &draft);
        }
    }
    Ok(Applied {
        job: job.id,
        entries: job.entries.into_iter().map(|entry| entry.id).collect(),
    })
}

fn kind(item: &PlanItem) -> SendKind {
    match &item.change {
        Change::Order { .. } if may_email(item) => SendKind::Once,
        Change::CreateProduct { .. } => SendKind::Once,
        Change::Order { .. } | Change::Product { .. } | Change::DeleteProduct { .. } => {
            SendKind::Idempotent
        }
    }
}

/// The draft that a change was made from.
fn draft_of(change: &Change) -> Option<String> {
    match change {
        Change::Order { id, after, .. } => after.staff_notes.as_ref().map(|_| notes_subject(*id)),
        Change::Product { id, .. } => Some(product_subject(Some(*id))),
        Change::CreateProduct { .. } => Some(product_subject(None)),
        Change::DeleteProduct { .. } => None,
    }
}
