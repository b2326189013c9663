//! What would be done, before anything is.

use std::{collections::HashSet, fmt::Write as _, sync::Arc, time::Duration};

use commerce::{Money, OrderFields, OrderId, OrderStatus, STAFF_NOTES_MAX, SafetyMode};
use desk::ProfileKey;
use journal::{Entry, EntryId, JobId, NewEntry, NewJob, SendKind, State, StepKind};
use mirror::Pending;
use sha2::{Digest as _, Sha256};

use crate::{
    Error, Inner, Milestone, Notice, What, Workbench, browse::notes_subject, lock, on_disk,
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

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    /// These values.
    Set(Vec<OrderDraft>),
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
}

/// Why an order stays out of a plan.
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
}

/// An order that stays out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The order.
    pub order: OrderId,
    /// Why.
    pub because: LeftOutBecause,
}

/// One order that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    /// The order.
    pub order: OrderId,
    /// Who ordered.
    pub customer: String,
    /// Grand total.
    pub total: Money,
    /// Values before, of the fields that change.
    pub before: OrderFields,
    /// Values after.
    pub after: OrderFields,
    /// The entry it puts back.
    pub undoes: Option<EntryId>,
    /// The entry it tries again.
    pub retries: Option<EntryId>,
}

/// What would be done. Equal drafts of equal orders make equal digests.
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
    /// Every order that changes.
    pub items: Vec<PlanItem>,
    /// Orders that stay out.
    pub left_out: Vec<LeftOut>,
    /// Requests it takes: each order is read again before it is written.
    pub requests: u32,
    /// How long it takes at the store's quota, about.
    pub takes: Duration,
    /// What it sets off.
    pub effects: Vec<Effect>,
    /// The store's safety mode wants the person to confirm it.
    pub must_confirm: bool,
    /// So large that it is asked about twice.
    pub ask_twice: bool,
    /// The store is read-only here.
    pub read_only: bool,
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
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
        let plan = on_disk(move || make(&bench, &store, draft, quota)).await?;
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
        if wants || (held.ask_twice && !confirmed_twice) {
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
        let applied = on_disk(move || {
            let applied = write(&bench, &writer, &written)?;
            bench.milestones.reached(Milestone::Journalled);
            bench.notify(Notice::Stale {
                store: Some(writer.key.clone()),
                what: vec![What::Orders, What::Activity],
            });
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
            store.mirror.remove_pending(&id.0, entry.order)?;
            bench.notify(Notice::Stale {
                store: Some(store.key.clone()),
                what: vec![What::Orders, What::Activity],
            });
            bench.notify(Notice::State(store.key.clone()));
            Ok(())
        })
        .await
    }
}

fn make(
    bench: &Inner,
    store: &OpenStore,
    draft: Draft,
    quota: Option<bigcommerce::Quota>,
) -> Result<Plan, Error> {
    let statuses = store.mirror.statuses()?;
    let on_the_way = store.journal.on_the_way()?;
    let is_undo = matches!(draft, Draft::Undo(_));
    let mut items = Vec::new();
    let mut left_out = Vec::new();
    let mut seen = HashSet::new();
    for wish in wishes(store, draft)? {
        let order = wish.order();
        match item(store, &statuses, &on_the_way, wish)? {
            // Two wishes for one order would make the second's `before` untrue.
            Ok(_) if !seen.insert(order) => left_out.push(LeftOut {
                order,
                because: LeftOutBecause::ChangeOnItsWay,
            }),
            Ok(item) => items.push(item),
            Err(because) => left_out.push(LeftOut { order, because }),
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
        ask_twice: items.len() > ASK_TWICE_ABOVE,
        read_only: safety == SafetyMode::ReadOnly,
        takes: takes(requests, quota),
        requests,
        items,
        left_out,
        statuses,
    })
}

enum Wish {
    Set(OrderDraft),
    Undo(Box<Entry>),
    Retry(Box<Entry>),
}

impl Wish {
    fn order(&self) -> OrderId {
        match self {
            Self::Set(draft) => draft.order,
            Self::Undo(entry) | Self::Retry(entry) => entry.order,
        }
    }
}

fn wishes(store: &OpenStore, draft: Draft) -> Result<Vec<Wish>, Error> {
    match draft {
        Draft::Set(drafts) => Ok(drafts.into_iter().map(Wish::Set).collect()),
        // The latest first: an order that was changed twice is put back step by step.
        Draft::Undo(ids) => ids
            .iter()
            .map(|id| Ok(Wish::Undo(Box::new(store.journal.entry(id)?))))
            .collect(),
        Draft::Retry(id) => Ok(vec![Wish::Retry(Box::new(store.journal.entry(&id)?))]),
    }
}

fn item(
    store: &OpenStore,
    statuses: &[OrderStatus],
    on_the_way: &[Entry],
    wish: Wish,
) -> Result<Result<PlanItem, LeftOutBecause>, Error> {
    let Some(order) = store.mirror.order(wish.order())? else {
        return Ok(Err(LeftOutBecause::NotHere));
    };
    let (wanted, undoes, retries) = match wish {
        Wish::Set(draft) => {
            fits(&draft.wanted, statuses)?;
            (draft.wanted, None, None)
        }
        Wish::Undo(entry) => {
            if !entry.can_be_undone() {
                return Ok(Err(LeftOutBecause::NotUndoable));
            }
            if !entry.after.as_in(&order).reads_like(&entry.after) {
                return Ok(Err(LeftOutBecause::ChangedSince));
            }
            (entry.before, Some(entry.id), None)
        }
        Wish::Retry(entry) => match entry.state {
            State::Refused | State::Conflict | State::NotApplied => {
                (entry.after, entry.undoes, Some(entry.id))
            }
            State::Waiting
            | State::Sending
            | State::Unknown
            | State::Done
            | State::DoneFound
            | State::Dropped => return Err(Error::EntryMoved),
        },
    };
    if on_the_way
        .iter()
        .any(|entry| entry.order == order.id && entry.after.meets(&wanted))
    {
        return Ok(Err(LeftOutBecause::ChangeOnItsWay));
    }
    let after = wanted.without_those_in(&wanted.as_in(&order));
    if after.is_empty() {
        return Ok(Err(LeftOutBecause::AlreadySo));
    }
    Ok(Ok(PlanItem {
        order: order.id,
        customer: order.customer_name(),
        total: order.total,
        before: after.as_in(&order),
        after,
        undoes,
        retries,
    }))
}

fn fits(wanted: &OrderFields, statuses: &[OrderStatus]) -> Result<(), Error> {
    if let Some(status) = wanted.status_id
        && !statuses.iter().any(|known| known.id == status)
    {
        return Err(Error::BadInput("status"));
    }
    match &wanted.staff_notes {
        Some(notes) if notes.chars().count() > STAFF_NOTES_MAX => {
            Err(Error::BadInput("staffNotes"))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether the safety mode wants the person to confirm. Risky is what reaches a shopper or many
/// orders at once.
fn asks(safety: SafetyMode, items: &[PlanItem]) -> bool {
    match safety {
        SafetyMode::ReadOnly | SafetyMode::AskAlways => true,
        SafetyMode::AskRisky => items.len() > 1 || items.iter().any(may_email),
    }
}

fn may_email(item: &PlanItem) -> bool {
    item.after.status_id.is_some()
}

fn effects(items: &[PlanItem]) -> Vec<Effect> {
    if items.iter().any(may_email) {
        vec![Effect::MayEmailShopper, Effect::NoMoneyMoves]
    } else {
        vec![Effect::NoEmail]
    }
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
        let values = serde_json::to_vec(&(item.order, &item.before, &item.after))
            .expect("numbers and texts always have a JSON form");
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
            order: item.order,
            before: item.before.clone(),
            after: item.after.clone(),
            kind: if may_email(item) {
                SendKind::Once
            } else {
                SendKind::Idempotent
            },
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
            order: entry.order,
            wanted: entry.after.clone(),
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
        if item.after.staff_notes.is_some() {
            // It is in the journal now, which is safer than a draft.
            let _ = bench
                .desk
                .remove_draft(&store.key, &notes_subject(item.order));
        }
    }
    Ok(Applied {
        job: job.id,
        entries: job.entries.into_iter().map(|entry| entry.id).collect(),
    })
}
