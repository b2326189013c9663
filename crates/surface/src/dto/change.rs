use serde::{Deserialize, Serialize};
use specta::Type;

use super::{MoneyDto, WeightUnit};

/// A field that Stockroom can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// Order status.
    Status,
    /// Staff notes.
    StaffNotes,
    /// A product's name.
    Name,
    /// A product's SKU.
    Sku,
    /// Physical or digital.
    ProductKind,
    /// Price.
    Price,
    /// Cost.
    CostPrice,
    /// Sale price; 0 for none.
    SalePrice,
    /// Weight.
    Weight,
    /// Shown on the storefront.
    Visible,
    /// Description, HTML.
    Description,
    /// How stock is counted.
    InventoryTracking,
    /// Pieces in stock.
    InventoryLevel,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Subject {
    /// An order.
    Order {
        /// Its number.
        order: String,
    },
    /// A product.
    Product {
        /// Its number.
        product: String,
    },
    /// A product that isn't in the store yet.
    NewProduct,
}

/// What a person knows a thing by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum About {
    /// An order.
    Order {
        /// Who ordered. May be empty.
        customer: String,
        /// Grand total.
        total: MoneyDto,
    },
    /// A product.
    Product {
        /// Its name.
        name: String,
        /// Its SKU, or empty.
        sku: String,
    },
}

/// What is done with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Doing {
    /// Fields are set.
    Set,
    /// It is made.
    Create,
    /// It is deleted.
    Delete,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum FieldValue {
    /// Text as it is.
    Text {
        /// The text. May be empty.
        text: String,
    },
    /// An order status.
    #[serde(rename_all = "camelCase")]
    Status {
        /// Its number.
        status_id: u32,
        /// The store's own label.
        label: String,
    },
    /// An amount of money.
    Amount {
        /// As a decimal number.
        amount: String,
        /// ISO 4217 code, where the store's is known.
        currency: Option<String>,
    },
    /// A number.
    Number {
        /// As a decimal number.
        number: String,
        /// What it is measured in, where it is and that is known.
        unit: Option<WeightUnit>,
    },
    /// Yes or no.
    Flag {
        /// Yes.
        on: bool,
    },
    /// How stock is counted.
    Tracking {
        /// How.
        tracking: TrackingDto,
    },
    /// What a product is.
    #[serde(rename_all = "camelCase")]
    ProductKind {
        /// What is downloaded, not shipped.
        is_digital: bool,
    },
}

/// How a product's stock is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TrackingDto {
    /// Not at all.
    None,
    /// For the product.
    Product,
    /// For each variant.
    Variant,
}

/// What should become of one order. A field left out stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderChange {
    /// The order.
    pub order: String,
    /// New status.
    pub status_id: Option<u32>,
    /// New staff notes.
    pub staff_notes: Option<String>,
}

/// What should become of a product. A field left out stays as it is. Amounts are decimal numbers in
/// the store's currency.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductValues {
    /// Name.
    pub name: Option<String>,
    /// SKU, or empty for none.
    pub sku: Option<String>,
    /// What is downloaded, not shipped. Only for a new product.
    pub is_digital: Option<bool>,
    /// Price.
    pub price: Option<String>,
    /// Cost; 0 or empty for none.
    pub cost_price: Option<String>,
    /// Sale price; 0 or empty for none.
    pub sale_price: Option<String>,
    /// Weight.
    pub weight: Option<String>,
    /// Shown on the storefront.
    pub is_visible: Option<bool>,
    /// Description, HTML.
    pub description: Option<String>,
    /// How stock is counted.
    pub inventory_tracking: Option<TrackingDto>,
    /// Pieces in stock.
    pub inventory_level: Option<String>,
}

/// What should become of one product.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductChange {
    /// The product.
    pub product: String,
    /// Wanted values.
    pub values: ProductValues,
}

/// The wanted changes.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Wanted {
    /// Of orders.
    Orders {
        /// One for each.
        changes: Vec<OrderChange>,
    },
    /// Of products.
    Products {
        /// One for each.
        changes: Vec<ProductChange>,
    },
    /// The prices of many products, moved alike.
    Prices {
        /// The products.
        products: Vec<String>,
        /// What becomes of each price.
        change: PriceChange,
        /// To which amounts they are rounded.
        rounding: PriceRounding,
    },
    /// A new product.
    NewProduct {
        /// What it is like. Name and price are needed.
        values: ProductValues,
    },
}

/// What becomes of a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum PriceChange {
    /// It is this from now on.
    To {
        /// A decimal number.
        amount: String,
    },
    /// It rises by so much; falls, if that is negative.
    By {
        /// A decimal number.
        amount: String,
    },
    /// It rises by so many percent; falls, if that is negative.
    ByPercent {
        /// A decimal number.
        percent: String,
    },
}

/// To which amounts a price is rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum PriceRounding {
    /// So many places behind the point.
    Places {
        /// At most 4.
        places: u32,
    },
    /// The nearest amount that ends so.
    EndingIn {
        /// A decimal number of at least 0 and less than 1: `0.99`.
        end: String,
    },
}

/// Asks for a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanQuestion {
    /// The store.
    pub store: String,
    /// The wanted changes.
    pub wanted: Wanted,
}

/// Before and after of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Before; nothing for a thing that is made.
    pub before: Option<FieldValue>,
    /// After; nothing for a thing that is deleted.
    pub after: Option<FieldValue>,
}

/// What a change sets off beyond the field itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// BigCommerce may send the shopper an e-mail, depending on the store's settings.
    MayEmailShopper,
    /// Nobody gets an e-mail.
    NoEmail,
    /// No money moves, whatever the status says.
    NoMoneyMoves,
    /// Shoppers see it on the storefront as soon as it is done.
    ShoppersSeeIt,
    /// It can't be put back afterwards.
    CannotBePutBack,
}

/// Why a plan is asked about twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AskTwice {
    /// It concerns very many things.
    ManyThings,
    /// A price moves by more than half.
    PriceMovesFar,
    /// Money leaves the shop.
    MoneyLeaves,
}

/// Why a thing stays out of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeftOutBecause {
    /// It already is as wanted.
    AlreadySo,
    /// It is not on this computer.
    NotHere,
    /// Another change of the same field is still on its way.
    ChangeOnItsWay,
    /// It has changed since, by whomever, so it is left as it is.
    ChangedSince,
    /// This change can't be undone from here.
    NotUndoable,
    /// Nothing was sent for it: the store had it so already.
    NothingSent,
    /// It was tried again, given up or decided since it was offered.
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
    /// Its stock is counted for each variant.
    StockIsPerVariant,
    /// Its price would fall below zero, or past what the store takes.
    PriceOutOfBounds,
    /// It looks as if the change that got no answer came through after all: looking again settles it.
    LookAgain,
}

/// A thing that stays out of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// The thing.
    pub subject: Subject,
    /// Why.
    pub because: LeftOutBecause,
}

/// One thing of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanItem {
    /// The thing.
    pub subject: Subject,
    /// What a person knows it by.
    pub about: About,
    /// What is done with it.
    pub doing: Doing,
    /// Before and after.
    pub fields: Vec<FieldChange>,
    /// The requests it takes, in order.
    pub requests: Vec<PlanRequest>,
    /// What it sets off.
    pub effects: Vec<Effect>,
    /// It can be put back afterwards.
    pub undoable: bool,
    /// A price moves by more than half.
    pub moves_price_far: bool,
}

/// A request that an item takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PlanRequest {
    /// The thing is read again, alone.
    Read,
    /// It is read again together with others.
    ReadTogether,
    /// It is looked for by its name.
    LookForName,
    /// Its fields are sent, alone.
    Write,
    /// They are sent together with those of others.
    WriteTogether,
    /// It is made.
    Make,
    /// It is deleted.
    Delete,
}

/// Rows of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanRows {
    /// Place of the first.
    pub from: u32,
    /// The rows.
    pub rows: Vec<PlanItem>,
}

/// How many things of a plan are what, and what is done with them.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanKinds {
    /// Orders that change.
    pub orders: u32,
    /// Products that change.
    pub products: u32,
    /// Products that are made.
    pub made: u32,
    /// Products that are deleted.
    pub deleted: u32,
}

/// A plan, kept in the backend. Nothing has been sent.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Its id.
    pub plan: String,
    /// Digest of all it holds. Applying needs it.
    pub digest: String,
    /// The store.
    pub store: String,
    /// Puts an earlier change back.
    pub is_undo: bool,
    /// How many things change.
    pub count: u32,
    /// How many of them are what.
    pub kinds: PlanKinds,
    /// The first of them, at most 100; `planRows` gives them all.
    pub items: Vec<PlanItem>,
    /// Every field that changes in any of them.
    pub fields: Vec<Field>,
    /// The new value, where all of them get one and the same.
    pub same_after: Option<FieldValue>,
    /// How many things stay out.
    pub left_out_count: u32,
    /// What stays out, at most 500 things.
    pub left_out: Vec<LeftOut>,
    /// Requests it takes.
    pub requests: u32,
    /// Seconds it takes, from the store's real quota.
    pub seconds: u32,
    /// What it sets off.
    pub effects: Vec<Effect>,
    /// The whole of it can be put back afterwards.
    pub undoable: bool,
    /// The store's safety mode wants a person to confirm it.
    pub must_confirm: bool,
    /// Why it has to be confirmed twice, gravest first; empty if it hasn't.
    pub ask_twice: Vec<AskTwice>,
    /// The store is read-only here: it can be looked at but not applied.
    pub read_only: bool,
}

/// Applies a plan as it was shown.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ApplyPlan {
    /// The plan.
    pub plan: String,
    /// Its digest.
    pub digest: String,
    /// The person confirmed it. Without this only what needs no question is applied.
    pub confirmed: bool,
    /// The person confirmed it a second time, where that is asked.
    pub confirmed_twice: bool,
}

/// Names a plan.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanRef {
    /// The plan.
    pub plan: String,
}

/// Which of three values a field gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Choice {
    /// The one the person wanted.
    Ours,
    /// The one that stands in the store.
    Theirs,
    /// The one from before both.
    Before,
}

/// What was chosen for a field.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldChoice {
    /// The field.
    pub field: Field,
    /// Which value it gets.
    pub choice: Choice,
}

/// Asks for the plan that does what was chosen where a change met somebody else's.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ResolveQuestion {
    /// The store.
    pub store: String,
    /// The change.
    pub entry: String,
    /// The choices. A field that is left out keeps what stands in the store.
    pub choices: Vec<FieldChoice>,
}

/// Durable in the journal; sending goes on by itself.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// The job.
    pub job: String,
    /// Its entries.
    pub entries: Vec<String>,
}
