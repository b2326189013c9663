//! What would be done, before anything is.

mod digest;
mod earlier;
mod orders;
mod products;
mod write;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use bigcommerce::request::products::BATCH_MAX;
use commerce::{
    Change, CurrencyCode, Field, Money, OrderFields, OrderId, OrderStatus, PriceChange,
    PriceRounding, ProductFields, ProductId, SafetyMode, Subject,
};
use desk::ProfileKey;
use journal::{EntryId, JobId, State};

use super::{apply::give_up, road::go, stale, together::READ_AT_ONCE};
use crate::{
    Error, Inner, Milestone, Notice, Workbench, lock, on_disk, on_files, store::OpenStore,
};

/// A plan of more items than this is asked about twice.
pub const ASK_TWICE_ABOVE: usize = 100;
/// Plans kept at once; a window shows one at a time.
const MOST_PLANS: usize = 16;
/// Items of all plans kept at once, but for the newest plan, which may be of any size.
const MOST_ITEMS_KEPT: usize = 20_000;

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
    /// The prices of these products, moved alike.
    Prices(PriceDraft),
    /// A new product. Name and price are needed.
    NewProduct(ProductFields),
    /// What these changes did, taken back.
    Undo(Vec<EntryId>),
    /// What a job did, taken back, the last of it first.
    UndoJob(JobId),
    /// What these changes wanted, once more.
    Retry(Vec<EntryId>),
    /// What a job wanted and did not get done, once more.
    RetryJob(JobId),
    /// What a person chose, field by field, where their change met somebody else's.
    Resolve(EntryId, Vec<(Field, Choice)>),
}

/// What should become of many prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceDraft {
    /// The products.
    pub products: Vec<ProductId>,
    /// What becomes of each price.
    pub change: PriceChange,
    /// To which amounts they are rounded.
    pub rounding: PriceRounding,
}

/// Which of three values a field gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The one the person wanted.
    Ours,
    /// The one that stands in the store: it is left alone.
    Theirs,
    /// The one from before both.
    Before,
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
    /// Money leaves the shop.
    MoneyLeaves,
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
    /// Nothing was sent for it: the store had it so already.
    NothingSent,
    /// It isn't where it could be tried again any more: it was tried again, given up, or decided.
    MovedOn,
    /// Its personal data was erased, and with it what it was to be.
    Erased,
    /// The store would not take what it is to be.
    NotTaken,
    /// Another item of the same plan changes it already.
    InThisPlan,
    /// Another product has the name.
    NameTaken,
    /// Another product has the SKU.
    SkuTaken,
    /// Its stock is counted for each variant, so the product has no level of its own to set.
    StockIsPerVariant,
    /// Its price would fall below zero, or past what the store takes.
    PriceOutOfBounds,
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

/// A request that an item takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanRequest {
    /// The thing is read again, alone.
    Read,
    /// It is read again together with up to 249 others.
    ReadTogether,
    /// It is looked for by its name.
    LookForName,
    /// Its fields are sent, alone.
    Write,
    /// They are sent together with those of up to nine others.
    WriteTogether,
    /// It is made.
    Make,
    /// It is deleted.
    Delete,
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

impl PlanItem {
    /// The requests it takes, in order. `together` if its plan has more than one product to set.
    #[must_use]
    pub const fn requests(&self, together: bool) -> [PlanRequest; 2] {
        match (&self.change, together) {
            (Change::Order { .. }, _) | (Change::Product { .. }, false) => {
                [PlanRequest::Read, PlanRequest::Write]
            }
            (Change::Product { .. }, true) => {
                [PlanRequest::ReadTogether, PlanRequest::WriteTogether]
            }
            (Change::CreateProduct { .. }, _) => [PlanRequest::LookForName, PlanRequest::Make],
            (Change::DeleteProduct { .. }, _) => [PlanRequest::Read, PlanRequest::Delete],
        }
    }

    /// What it sets off.
    #[must_use]
    pub fn effects(&self) -> Vec<Effect> {
        effects(std::slice::from_ref(self))
    }
}

impl Plan {
    /// Its changes of products go several at a time.
    #[must_use]
    pub fn goes_together(&self) -> bool {
        goes_together(&self.items)
    }
}

impl Workbench {
    /// A plan that was made and not applied or forgotten.
    ///
    /// # Errors
    /// [`Error::PlanGone`].
    pub fn kept_plan(&self, plan: &str) -> Result<Arc<Plan>, Error> {
        let plans = lock(&self.inner.plans);
        plans.get(plan).cloned().ok_or(Error::PlanGone)
    }

    /// Plans. Nothing is sent and nothing is written.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a note that is too long or a status the store doesn't have,
    /// [`Error::StoreGone`], [`Error::NotFound`], [`Error::File`].
    pub async fn plan(&self, key: &ProfileKey, draft: Draft) -> Result<Arc<Plan>, Error> {
        let store = self.inner.open_store(key).await?;
        let bench = Arc::clone(&self.inner);
        let quota = store.quota();
        let plan = on_files(store.watched(), move || make(&bench, &store, draft, quota)).await?;
        let plan = Arc::new(plan);
        let mut plans = lock(&self.inner.plans);
        let too_many = |plans: &HashMap<String, Arc<Plan>>| {
            let items: usize = plans.values().map(|plan| plan.items.len()).sum();
            plans.len() >= MOST_PLANS || items > MOST_ITEMS_KEPT
        };
        while too_many(&plans) {
            let Some(any) = plans.keys().min().cloned() else {
                break;
            };
            plans.remove(&any);
        }
        plans.insert(plan.id.clone(), Arc::clone(&plan));
        Ok(plan)
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
            let applied = write::write(&bench, &writer, &written)?;
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
        let (reader, id) = (Arc::clone(&store), id.clone());
        let entry = on_disk(move || Ok(reader.journal.entry(&id)?)).await?;
        let given_up = give_up(&store, &entry).await?;
        go(&store, &self.inner, vec![given_up]).await
    }
}

/// What a plan is made from, read once for all its items.
struct Present<'a> {
    store: &'a OpenStore,
    statuses: Vec<OrderStatus>,
    on_the_way: HashMap<Subject, Vec<Change>>,
    /// Names and SKUs that an item of this very plan gives to something.
    given: HashSet<(Field, String)>,
}

fn make(
    bench: &Inner,
    store: &OpenStore,
    draft: Draft,
    quota: Option<bigcommerce::Quota>,
) -> Result<Plan, Error> {
    let mut on_the_way: HashMap<Subject, Vec<Change>> = HashMap::new();
    for entry in store.journal.on_the_way()? {
        let subject = entry.change.subject();
        on_the_way.entry(subject).or_default().push(entry.change);
    }
    let mut present = Present {
        store,
        statuses: store.mirror.statuses()?,
        on_the_way,
        given: HashSet::new(),
    };
    let is_undo = matches!(draft, Draft::Undo(_) | Draft::UndoJob(_));
    let mut items = Vec::new();
    let mut left_out = Vec::new();
    let mut seen = HashSet::new();
    for wish in wishes(store, draft)? {
        let (subject, planned) = item(&present, wish)?;
        match planned {
            // Two wishes for one thing would make the second's `before` untrue. Products to be made are
            // as many things.
            Ok(_) if subject != Subject::NewProduct && !seen.insert(subject) => {
                left_out.push(LeftOut {
                    subject,
                    because: LeftOutBecause::InThisPlan,
                });
            }
            Ok(item) => {
                present.gives(&item.change);
                items.push(item);
            }
            Err(because) => left_out.push(LeftOut { subject, because }),
        }
    }
    let safety = store.profile().safety;
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let requests = requests_for(count, goes_together(&items));
    Ok(Plan {
        id: bench.new_id(),
        digest: digest::digest(&store.key, &items),
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
    Price(ProductId, PriceChange, PriceRounding),
    NewProduct(ProductFields),
    Undo(EntryId),
    Retry(EntryId),
    Resolve(EntryId, Vec<(Field, Choice)>),
}

/// Earlier entries that a wish takes up again.
#[derive(Default)]
struct Earlier {
    undoes: Option<EntryId>,
    retries: Option<EntryId>,
}

fn wishes(store: &OpenStore, draft: Draft) -> Result<Vec<Wish>, Error> {
    Ok(match draft {
        Draft::Orders(drafts) => {
            let meets = |one: &OrderDraft, other: &OrderDraft| one.wanted.meets(&other.wanted);
            let add = |one: &mut OrderDraft, other: &OrderDraft| {
                one.wanted = one.wanted.with(&other.wanted);
            };
            let drafts = together(drafts, |draft| draft.order, meets, add);
            drafts.into_iter().map(Wish::Order).collect()
        }
        Draft::Products(drafts) => {
            let meets = |one: &ProductDraft, other: &ProductDraft| one.wanted.meets(&other.wanted);
            let add = |one: &mut ProductDraft, other: &ProductDraft| {
                one.wanted = one.wanted.with(&other.wanted);
            };
            let drafts = together(drafts, |draft| draft.product, meets, add);
            drafts.into_iter().map(Wish::Product).collect()
        }
        Draft::Prices(PriceDraft {
            products,
            change,
            rounding,
        }) => {
            products::price_draft_fits(change, rounding)?;
            let wish = |id| Wish::Price(id, change, rounding);
            products.into_iter().map(wish).collect()
        }
        Draft::NewProduct(wanted) => vec![Wish::NewProduct(wanted)],
        Draft::Undo(ids) => ids.into_iter().map(Wish::Undo).collect(),
        // The latest first: a thing that was changed twice is put back step by step.
        Draft::UndoJob(job) => {
            let done = store.journal.ids_of_job(&job, State::is_done)?;
            done.into_iter().map(Wish::Undo).collect()
        }
        Draft::Retry(ids) => ids.into_iter().map(Wish::Retry).collect(),
        Draft::RetryJob(job) => {
            let mut failed = store.journal.ids_of_job(&job, earlier::may_be_retried)?;
            failed.reverse();
            failed.into_iter().map(Wish::Retry).collect()
        }
        Draft::Resolve(id, choices) => vec![Wish::Resolve(id, choices)],
    })
}

/// Drafts with all that is wanted of one thing in one, in the place of the first. Of two that want
/// something of the same field the later stays by itself, and is told as left out.
fn together<D, K: Eq + std::hash::Hash>(
    drafts: Vec<D>,
    key: impl Fn(&D) -> K,
    meets: impl Fn(&D, &D) -> bool,
    add: impl Fn(&mut D, &D),
) -> Vec<D> {
    let mut all: Vec<D> = Vec::with_capacity(drafts.len());
    let mut places: HashMap<K, usize> = HashMap::with_capacity(drafts.len());
    for draft in drafts {
        let place = *places.entry(key(&draft)).or_insert(all.len());
        match all.get_mut(place) {
            Some(first) if !meets(first, &draft) => add(first, &draft),
            Some(_) | None => all.push(draft),
        }
    }
    all
}

type Planned = Result<PlanItem, LeftOutBecause>;

fn item(present: &Present<'_>, wish: Wish) -> Result<(Subject, Planned), Error> {
    let none = Earlier::default();
    match wish {
        Wish::Order(OrderDraft { order, wanted }) => {
            let planned = orders::set(present, order, wanted, none)?;
            Ok((Subject::Order(order), planned))
        }
        Wish::Product(ProductDraft { product, wanted }) => {
            let planned = products::set(present, product, wanted, none)?;
            Ok((Subject::Product(product), planned))
        }
        Wish::Price(product, change, rounding) => {
            let planned = products::move_price(present, product, change, rounding)?;
            Ok((Subject::Product(product), planned))
        }
        Wish::NewProduct(wanted) => {
            let planned = products::create(present, wanted, none)?;
            Ok((Subject::NewProduct, planned))
        }
        Wish::Undo(id) => earlier::undo(present, &id),
        Wish::Retry(id) => earlier::retry(present, &id),
        Wish::Resolve(id, choices) => earlier::resolve(present, &id, &choices),
    }
}

impl Present<'_> {
    /// Another change of the same is still on its way.
    fn meets_another(&self, change: &Change) -> bool {
        self.on_the_way
            .get(&change.subject())
            .is_some_and(|others| others.iter().any(|other| other.meets(change)))
    }

    /// Remembers what has to be unique in the store.
    fn gives(&mut self, change: &Change) {
        let (Change::Product { after, .. } | Change::CreateProduct { after }) = change else {
            return;
        };
        let name = after.name.as_ref().map(|name| (Field::Name, name));
        let sku = after.sku.as_ref().filter(|sku| !sku.is_empty());
        let sku = sku.map(|sku| (Field::Sku, sku));
        for (field, text) in name.into_iter().chain(sku) {
            self.given.insert((field, text.to_lowercase()));
        }
    }

    fn is_given(&self, field: Field, text: &str) -> bool {
        // Most plans give nothing, and text need not be folded for them.
        !self.given.is_empty() && self.given.contains(&(field, text.to_lowercase()))
    }
}

fn goes_together(items: &[PlanItem]) -> bool {
    let sets = |item: &&PlanItem| matches!(item.change, Change::Product { .. });
    items.iter().filter(sets).nth(1).is_some()
}

/// Requests for so many things: together for products, else two for each.
pub(super) fn requests_for(count: u32, together: bool) -> u32 {
    if together {
        let batch = u32::try_from(BATCH_MAX).unwrap_or(u32::MAX);
        count.div_ceil(READ_AT_ONCE) + count.div_ceil(batch)
    } else {
        count.saturating_mul(2)
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
    // It met somebody else's change once; what stands there now must be seen before it goes.
    if item.retries.is_some() {
        return true;
    }
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
    if items.iter().any(|item| item.change.moves_money()) {
        Some(AskTwice::MoneyLeaves)
    } else if items.len() > ASK_TWICE_ABOVE {
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

/// How long so many requests take at the store's quota, about.
pub(super) fn takes(requests: u32, quota: Option<bigcommerce::Quota>) -> Duration {
    // About what a round trip takes, one after the other.
    let trips = Duration::from_millis(300) * requests;
    let waits = quota.map_or(Duration::ZERO, |quota| {
        let beyond = requests.saturating_sub(quota.left);
        quota.window * beyond.div_ceil(quota.quota.max(1))
    });
    trips.max(waits)
}
