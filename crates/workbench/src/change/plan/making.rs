//! From what a person wants to a plan, thing by thing.

use std::collections::{HashMap, HashSet};

use commerce::{
    Change, Field, OrderStatus, PriceChange, PriceRounding, ProductFields, ProductId, SafetyMode,
    Subject,
};
use journal::EntryId;

use super::{
    Choice, Draft, LeftOut, LeftOutBecause, OrderDraft, Plan, PlanItem, PriceDraft, ProductDraft,
    digest, earlier, orders, products,
    weigh::{asks, asks_twice, effects, go_together, requests_of, takes},
};
use crate::{Error, Inner, store::OpenStore};

/// What a plan is made from, read once for all its items.
pub(super) struct Present<'a> {
    pub(super) store: &'a OpenStore,
    pub(super) statuses: Vec<OrderStatus>,
    on_the_way: HashMap<Subject, Vec<Change>>,
    /// Names and SKUs that an item of this very plan gives to something.
    given: HashSet<(Field, String)>,
}

pub(super) fn make(
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
    let mut seen: HashMap<Subject, Vec<Change>> = HashMap::new();
    for wish in wishes(store, draft)? {
        let (subject, planned) = item(&present, wish)?;
        match planned {
            // Two wishes for one field would make the second's `before` untrue. Products to be made are as
            // many things.
            Ok(item)
                if subject != Subject::NewProduct
                    && seen.get(&subject).is_some_and(|others| {
                        others.iter().any(|other| other.meets(&item.change))
                    }) =>
            {
                left_out.push(LeftOut {
                    subject,
                    because: LeftOutBecause::InThisPlan,
                });
            }
            Ok(item) => {
                present.gives(&item.change);
                seen.entry(subject).or_default().push(item.change.clone());
                items.push(item);
            }
            Err(because) => left_out.push(LeftOut { subject, because }),
        }
    }
    let safety = store.profile().safety;
    let requests = requests_of(&items);
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
        together: go_together(&items),
        items,
        left_out,
        statuses: present.statuses,
        currency: store.currency(),
        weight_unit: store.weight_unit(),
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
pub(super) struct Earlier {
    pub(super) undoes: Option<EntryId>,
    pub(super) retries: Option<EntryId>,
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
            let done = store.journal.done_of_job(&job)?;
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

pub(super) type Planned = Result<PlanItem, LeftOutBecause>;

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
    pub(super) fn meets_another(&self, change: &Change) -> bool {
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

    pub(super) fn is_given(&self, field: Field, text: &str) -> bool {
        // Most plans give nothing, and text need not be folded for them.
        !self.given.is_empty() && self.given.contains(&(field, text.to_lowercase()))
    }
}
