//! A plan as a value: everything that a preview shows.

use std::time::Duration;

use commerce::{Change, CurrencyCode, Money, OrderStatus, Subject, WeightUnit};
use desk::ProfileKey;
use journal::{EntryId, JobId};

#[cfg(doc)]
use super::ASK_TWICE_ABOVE;
use super::weigh::effects;

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
    /// A price moves by more than half, or what shoppers pay.
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
    /// It has changed since, by whomever, so it is left as it is.
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
    /// It looks as if the change that got no answer came through after all: a look at the store settles it.
    LookAgain,
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
    /// A price moves by more than half, or what shoppers pay.
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
    /// Of each item, whether it goes along with others: changes of products that stand next to each other. Found
    /// out once, as a plan is looked at page by page.
    pub together: Vec<bool>,
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
    /// Why it is asked about twice, gravest first; empty if it isn't.
    pub ask_twice: Vec<AskTwice>,
    /// The store is read-only here.
    pub read_only: bool,
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// The currency that product prices are in, where known.
    pub currency: Option<CurrencyCode>,
    /// What the store weighs its products in, where known.
    pub weight_unit: Option<WeightUnit>,
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
    /// The requests it takes, in order; `together` as [`Plan::together`] has it.
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
