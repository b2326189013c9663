//! The things that can be changed: reading, writing and keeping each, so that the road itself need
//! not know them apart.

use std::{fmt::Write as _, sync::Arc};

use bigcommerce::{
    Client, Lane,
    request::{
        orders::{self, OrderUpdate},
        products::{self, MissingField, NewProduct, ProductUpdate, ProductsQuery},
    },
};
use commerce::{Change, Order, OrderFields, Product, ProductFields, ProductId, Tick};
use mirror::Stamp;

use crate::{Error, on_disk, store::OpenStore};

/// A thing as the store has it.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    Order(Box<Order>),
    Product(Box<Product>),
    /// The store doesn't have it.
    Absent,
}

/// How the store stands to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// As it was when the change was planned.
    AsBefore,
    /// As the change wants it.
    AsWanted,
    /// Neither; in words, what was found.
    Otherwise(String),
}

/// What the store said to a write.
pub(super) struct Answer {
    /// The thing as it is now.
    pub(super) thing: Thing,
    /// What it could not do of it, in its own words. Empty if it did everything.
    pub(super) remarks: String,
}

/// Reads the thing that a change is about; for a product to be made, one of its name.
pub(super) async fn read(
    client: &Client,
    change: &Change,
    lane: Lane,
    deadline: Tick,
) -> Result<Thing, bigcommerce::Error> {
    match change {
        Change::Order { id, .. } => {
            let answer = client.send(&orders::one(*id), lane, deadline).await?;
            Ok(Thing::Order(Box::new(answer.value)))
        }
        Change::Product { id, .. } => {
            let answer = client.send(&products::one(*id), lane, deadline).await?;
            Ok(Thing::Product(Box::new(answer.value)))
        }
        Change::DeleteProduct { id, .. } => {
            match client.send(&products::one(*id), lane, deadline).await {
                Ok(answer) => Ok(Thing::Product(Box::new(answer.value))),
                Err(bigcommerce::Error::NotFound) => Ok(Thing::Absent),
                Err(error) => Err(error),
            }
        }
        Change::CreateProduct { after } => {
            let name = after.name.clone().unwrap_or_default();
            let query = ProductsQuery::new().name(name);
            let answer = client.send(&products::list(&query), lane, deadline).await?;
            let found = answer.value.items.into_iter().next();
            Ok(found.map_or(Thing::Absent, |product| Thing::Product(Box::new(product))))
        }
    }
}

/// Sends a change's one request.
pub(super) async fn write(
    client: &Client,
    change: &Change,
    deadline: Tick,
) -> Result<Answer, bigcommerce::Error> {
    match change {
        Change::Order { id, after, .. } => {
            let update = OrderUpdate {
                status_id: after.status_id,
                staff_notes: after.staff_notes.clone(),
                customer_message: None,
            };
            let answer = client
                .send(&orders::update(*id, &update), Lane::Edit, deadline)
                .await?;
            Ok(Answer {
                thing: Thing::Order(Box::new(answer.value)),
                remarks: String::new(),
            })
        }
        Change::Product { id, after, .. } => {
            let update = ProductUpdate::from(after);
            let answer = client
                .send(&products::update(*id, &update), Lane::Edit, deadline)
                .await?;
            Ok(answered(answer))
        }
        Change::CreateProduct { after } => {
            let product = NewProduct::try_from(after).map_err(incomplete)?;
            let answer = client
                .send(&products::create(&product), Lane::Edit, deadline)
                .await?;
            Ok(answered(answer))
        }
        Change::DeleteProduct { id, .. } => {
            match client
                .send(&products::delete(*id), Lane::Edit, deadline)
                .await
            {
                Ok(_) | Err(bigcommerce::Error::NotFound) => Ok(Answer {
                    thing: Thing::Absent,
                    remarks: String::new(),
                }),
                Err(error) => Err(error),
            }
        }
    }
}

fn answered(answer: bigcommerce::Answer<Product>) -> Answer {
    Answer {
        thing: Thing::Product(Box::new(answer.value)),
        remarks: answer.remarks.join("; "),
    }
}

/// A journal that was changed by hand; the plan never leaves these out.
fn incomplete(missing: MissingField) -> bigcommerce::Error {
    bigcommerce::Error::Invalid {
        fields: Vec::new(),
        message: missing.to_string(),
    }
}

/// How what was read stands to the change.
pub(super) fn standing(change: &Change, thing: &Thing) -> Standing {
    match (change, thing) {
        (Change::Order { before, after, .. }, Thing::Order(order)) => {
            let now = after.as_in(order);
            if now.reads_like(after) {
                Standing::AsWanted
            } else if now.reads_like(before) {
                Standing::AsBefore
            } else {
                Standing::Otherwise(order_words(&now))
            }
        }
        (Change::Product { before, after, .. }, Thing::Product(product)) => {
            let now = after.as_in(product);
            if now.reads_like(after) {
                Standing::AsWanted
            } else if now.reads_like(before) {
                Standing::AsBefore
            } else {
                Standing::Otherwise(product_words(&now))
            }
        }
        (Change::CreateProduct { after }, Thing::Product(product)) => {
            let now = after.as_in(product);
            if now.reads_like(after) {
                Standing::AsWanted
            } else {
                Standing::Otherwise(product_words(&now))
            }
        }
        (Change::CreateProduct { .. }, Thing::Absent) => Standing::AsBefore,
        (Change::DeleteProduct { .. }, Thing::Absent) => Standing::AsWanted,
        (Change::DeleteProduct { before, .. }, Thing::Product(product)) => {
            let now = before.as_in(product);
            if now.reads_like(before) {
                Standing::AsBefore
            } else {
                Standing::Otherwise(product_words(&now))
            }
        }
        (
            Change::Order { .. } | Change::Product { .. },
            Thing::Absent | Thing::Order(_) | Thing::Product(_),
        )
        | (Change::CreateProduct { .. } | Change::DeleteProduct { .. }, Thing::Order(_)) => {
            Standing::Otherwise("it is no longer in the store".to_owned())
        }
    }
}

/// Whether it sets a stock level.
pub(super) fn sets_stock(change: &Change) -> bool {
    match change {
        Change::Product { after, .. } | Change::CreateProduct { after } => {
            after.inventory_level.is_some()
        }
        Change::Order { .. } | Change::DeleteProduct { .. } => false,
    }
}

/// The product that a making has made.
pub(super) fn made(change: &Change, thing: &Thing) -> Option<ProductId> {
    match (change, thing) {
        (Change::CreateProduct { .. }, Thing::Product(product)) => Some(product.id),
        _ => None,
    }
}

/// Keeps what a read that was asked for at `asked` says.
pub(super) async fn keep_read(
    store: &Arc<OpenStore>,
    asked: Stamp,
    change: &Change,
    thing: Thing,
) -> Result<(), Error> {
    let (writer, change) = (Arc::clone(store), change.clone());
    on_disk(move || match thing {
        Thing::Order(order) => Ok(writer.mirror.put_read(asked, &*order)?),
        Thing::Product(product) => Ok(writer.mirror.put_read(asked, &*product)?),
        Thing::Absent => forget(&writer, asked, &change),
    })
    .await
}

/// Keeps what a write's own answer says.
pub(super) async fn keep_answer(
    store: &Arc<OpenStore>,
    change: &Change,
    thing: Thing,
) -> Result<(), Error> {
    let (writer, change) = (Arc::clone(store), change.clone());
    on_disk(move || match thing {
        Thing::Order(order) => Ok(writer.mirror.put_answer(&*order)?),
        Thing::Product(product) => Ok(writer.mirror.put_answer(&*product)?),
        Thing::Absent => forget(&writer, writer.mirror.stamp(), &change),
    })
    .await
}

fn forget(store: &OpenStore, asked: Stamp, change: &Change) -> Result<(), Error> {
    match change {
        Change::Product { id, .. } | Change::DeleteProduct { id, .. } => {
            store.mirror.remove_product(asked, *id)?;
        }
        Change::Order { .. } | Change::CreateProduct { .. } => {}
    }
    Ok(())
}

fn order_words(fields: &OrderFields) -> String {
    let status = fields.status_id.map(|id| format!("status {id}"));
    let notes = fields
        .staff_notes
        .as_ref()
        .map(|notes| format!("staff notes “{notes}”"));
    [status, notes]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// What was found instead, for the journal.
fn product_words(fields: &ProductFields) -> String {
    let mut words = String::new();
    let mut add = |what: &str, value: Option<String>| {
        if let Some(value) = value {
            let comma = if words.is_empty() { "" } else { ", " };
            let _ = write!(words, "{comma}{what} {value}");
        }
    };
    let text = |text: &Option<String>| text.as_ref().map(|text| format!("“{text}”"));
    add("name", text(&fields.name));
    add("SKU", text(&fields.sku));
    add("price", fields.price.map(|price| price.to_string()));
    add("cost", fields.cost_price.map(|price| price.to_string()));
    add(
        "sale price",
        fields.sale_price.map(|price| price.to_string()),
    );
    add("weight", fields.weight.map(|weight| weight.to_string()));
    add(
        "visibility",
        fields
            .is_visible
            .map(|shown| if shown { "shown" } else { "hidden" }.to_owned()),
    );
    add(
        "description of",
        fields
            .description
            .as_ref()
            .map(|text| format!("{} characters", text.chars().count())),
    );
    add(
        "stock",
        fields.inventory_level.map(|level| level.to_string()),
    );
    words
}
