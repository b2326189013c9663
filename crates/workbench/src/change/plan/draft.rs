//! What a person wants.

use commerce::{Field, OrderFields, OrderId, PriceChange, PriceRounding, ProductFields, ProductId};
use journal::{EntryId, JobId};

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
