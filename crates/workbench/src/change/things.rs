//! The things that can be changed: reading, writing and keeping each, so that the road itself need
//! not know them apart.

use std::sync::Arc;

use bigcommerce::{
    BrokenItem, Client, Kind, Lane,
    request::{
        orders::OrderUpdate,
        products::{self, MissingField, NewProduct, ProductUpdate},
        together::{self, Lacks, Seen},
    },
};
use commerce::{
    Change, Field, FieldStanding, MadeAs, Order, OrderFields, Product, ProductId, Tick, Values,
};
use journal::SendKind;
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

/// A thing as the store said just now that it is, and what the answer did not speak of.
#[derive(Clone)]
pub(super) struct Fresh {
    pub(super) thing: Thing,
    /// Fields that it left out.
    pub(super) left_out: Vec<Field>,
    /// Everything that it left out.
    pub(super) lacks: Lacks,
}

impl From<Thing> for Fresh {
    fn from(thing: Thing) -> Self {
        Self {
            thing,
            left_out: Vec::new(),
            lacks: Lacks::default(),
        }
    }
}

impl From<Seen<Order>> for Fresh {
    fn from(seen: Seen<Order>) -> Self {
        Self {
            thing: Thing::Order(Box::new(seen.thing)),
            left_out: seen.left_out,
            lacks: seen.lacks,
        }
    }
}

impl From<Seen<Product>> for Fresh {
    fn from(seen: Seen<Product>) -> Self {
        Self {
            thing: Thing::Product(Box::new(seen.thing)),
            left_out: seen.left_out,
            lacks: seen.lacks,
        }
    }
}

impl Fresh {
    /// With what it left out taken from how the thing was known.
    pub(super) fn with_known(mut self, known: &Thing) -> Self {
        match (&mut self.thing, known) {
            (Thing::Order(order), Thing::Order(known)) => self.lacks.fill_order(order, known),
            (Thing::Product(product), Thing::Product(known)) => {
                self.lacks.fill_product(product, known);
            }
            (Thing::Order(_) | Thing::Product(_) | Thing::Absent, _) => {}
        }
        self
    }
}

impl Thing {
    /// With those values in it that were sent to it: the store has taken them.
    pub(super) fn with_sent(mut self, change: &Change, sent: &[Field]) -> Self {
        let sent = |field| sent.contains(&field);
        match (&mut self, change) {
            (Self::Order(order), Change::Order { after, .. }) => {
                **order = after.only(sent).put_into(order);
            }
            (
                Self::Product(product),
                Change::Product { after, .. } | Change::CreateProduct { after },
            ) => **product = after.only(sent).put_into(product),
            (Self::Order(_) | Self::Product(_) | Self::Absent, _) => {}
        }
        self
    }
}

/// How the store stands to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// These fields are as they were when the change was planned; the others, if there are any, are
    /// as wanted already. At least one.
    AsBefore(Vec<Field>),
    /// As the change wants it.
    AsWanted,
    /// Neither, in at least one field: what was found.
    Otherwise(Values),
    /// A product that was to be deleted: its fields are as before, and something else of it is not.
    WorkedOn,
    /// It is not there (any more).
    Gone,
    /// The answer left these fields out, so nobody knows.
    NotSaid(Vec<Field>),
}

/// What the store said to a write.
pub(super) struct Answer {
    /// The thing as it is now.
    pub(super) fresh: Fresh,
    /// What it could not do of it, in its own words, each behind the field it is about (`sku: …`) where
    /// it is about one. Empty if it did everything.
    pub(super) remarks: Vec<String>,
}

/// Reads the thing that a change is about; for a product to be made, one of its name.
pub(super) async fn read(
    client: &Client,
    change: &Change,
    lane: Lane,
    deadline: Tick,
) -> Result<Fresh, bigcommerce::Error> {
    match change {
        Change::Order { id, .. } => {
            let answer = client
                .send(&together::read_order(*id), lane, deadline)
                .await?;
            Ok(answer.value.into())
        }
        Change::Product { id, .. } => {
            let answer = client
                .send(&together::read_one(*id), lane, deadline)
                .await?;
            Ok(answer.value.into())
        }
        Change::DeleteProduct { id, .. } => {
            match client.send(&together::read_one(*id), lane, deadline).await {
                Ok(answer) => Ok(answer.value.into()),
                Err(bigcommerce::Error::NotFound) => Ok(Thing::Absent.into()),
                Err(error) => Err(error),
            }
        }
        Change::CreateProduct { after } => {
            let name = after.name.clone().unwrap_or_default();
            let request = together::named(name);
            let page = client.send(&request, lane, deadline).await?.value;
            let mut found: Vec<Fresh> = page.items.into_iter().map(Fresh::from).collect();
            let as_wanted = |fresh: &Fresh| standing(change, fresh) == Standing::AsWanted;
            if let Some(place) = found.iter().position(as_wanted) {
                return Ok(found.swap_remove(place));
            }
            // One that can't be read has the name as well, and may be the one that was made.
            if let Some(BrokenItem { path, reason, .. }) = page.broken.into_iter().next() {
                return Err(bigcommerce::Error::UnexpectedAnswer { path, what: reason });
            }
            let other = found.into_iter().next();
            Ok(other.unwrap_or_else(|| Thing::Absent.into()))
        }
    }
}

/// Reads again what a write has just answered with; a product that was made, by its number.
pub(super) async fn read_back(
    client: &Client,
    change: &Change,
    answer: &Thing,
    deadline: Tick,
) -> Result<Fresh, bigcommerce::Error> {
    match made(change, answer) {
        Some(id) => {
            let request = together::read_one(id);
            let answer = client.send(&request, Lane::Edit, deadline).await?;
            Ok(answer.value.into())
        }
        None => read(client, change, Lane::Edit, deadline).await,
    }
}

/// Sends a change's one request: of the fields it touches only those to `send`.
pub(super) async fn write(
    client: &Client,
    change: &Change,
    send: &[Field],
    deadline: Tick,
) -> Result<Answer, bigcommerce::Error> {
    let wanted = |field| send.contains(&field);
    match change {
        Change::Order { id, after, .. } => {
            let update = order_update(after.only(wanted));
            let answer = client
                .send(&together::update_order(*id, &update), Lane::Edit, deadline)
                .await?;
            Ok(Answer {
                fresh: answer.value.into(),
                remarks: Vec::new(),
            })
        }
        Change::Product { id, after, .. } => {
            let update = ProductUpdate::from(after.only(wanted));
            let answer = client
                .send(&together::update_one(*id, &update), Lane::Edit, deadline)
                .await?;
            Ok(answered(answer))
        }
        Change::CreateProduct { after } => {
            let product = NewProduct::try_from(after).map_err(incomplete)?;
            let answer = client
                .send(&together::create(&product), Lane::Edit, deadline)
                .await?;
            Ok(answered(answer))
        }
        Change::DeleteProduct { id, .. } => {
            match client
                .send(&products::delete(*id), Lane::Edit, deadline)
                .await
            {
                Ok(_) | Err(bigcommerce::Error::NotFound) => Ok(Answer {
                    fresh: Thing::Absent.into(),
                    remarks: Vec::new(),
                }),
                Err(error) => Err(error),
            }
        }
    }
}

fn order_update(fields: OrderFields) -> OrderUpdate {
    let OrderFields {
        status_id,
        staff_notes,
    } = fields;
    OrderUpdate {
        status_id,
        staff_notes,
        customer_message: None,
    }
}

/// What a lost answer means for a change: as its one request says of itself, with everything in it.
pub(super) fn kind(change: &Change) -> SendKind {
    let kind = match change {
        Change::Order { id, after, .. } => {
            together::update_order(*id, &order_update(after.clone())).kind()
        }
        Change::Product { id, after, .. } => {
            together::update_one(*id, &ProductUpdate::from(after.clone())).kind()
        }
        Change::CreateProduct { after } => match NewProduct::try_from(after) {
            Ok(product) => together::create(&product).kind(),
            // Nothing of it is ever sent.
            Err(_missing) => Kind::Once,
        },
        Change::DeleteProduct { id, .. } => products::delete(*id).kind(),
    };
    match kind {
        Kind::Once => SendKind::Once,
        Kind::Read | Kind::Idempotent => SendKind::Idempotent,
    }
}

fn answered(answer: bigcommerce::Answer<Seen<Product>>) -> Answer {
    Answer {
        fresh: answer.value.into(),
        remarks: answer.remarks,
    }
}

/// A journal that was changed by hand; the plan never leaves these out.
fn incomplete(missing: MissingField) -> bigcommerce::Error {
    bigcommerce::Error::Invalid {
        // As the store would have said.
        status: 422,
        fields: Vec::new(),
        message: missing.to_string(),
    }
}

/// How what was read stands to the change.
pub(super) fn standing(change: &Change, fresh: &Fresh) -> Standing {
    match (change, &fresh.thing) {
        (Change::Order { before, after, .. }, Thing::Order(order)) => {
            let now = after.as_in(order);
            judged(&after.standing(before, &now), &fresh.left_out, || {
                Values::Order(now.clone())
            })
        }
        (Change::Product { before, after, .. }, Thing::Product(product)) => {
            let now = after.as_in(product);
            judged(&after.standing(before, &now), &fresh.left_out, || {
                Values::Product(now.clone())
            })
        }
        (Change::CreateProduct { after }, Thing::Product(product)) => {
            let now = after.as_in(product);
            let not_said = not_said(after.fields(), &fresh.left_out);
            if !not_said.is_empty() {
                Standing::NotSaid(not_said)
            } else if now.reads_like(after) {
                Standing::AsWanted
            } else {
                Standing::Otherwise(Values::Product(now))
            }
        }
        (Change::CreateProduct { after }, Thing::Absent) => Standing::AsBefore(after.fields()),
        (Change::DeleteProduct { .. }, Thing::Absent) => Standing::AsWanted,
        (Change::DeleteProduct { before, .. }, Thing::Product(product)) => {
            let fields = before.fields.fields();
            let not_said = not_said(fields.iter().copied(), &fresh.left_out);
            if !not_said.is_empty() {
                return Standing::NotSaid(not_said);
            }
            if !before.has_fields_of(product) {
                return Standing::Otherwise(Values::Product(before.fields.as_in(product)));
            }
            let mut now = (**product).clone();
            let known = before.put_rest_into(product);
            fresh.lacks.fill_product(&mut now, &known);
            if before.has_rest_of(&now) {
                Standing::AsBefore(fields)
            } else {
                Standing::WorkedOn
            }
        }
        (
            Change::Order { .. } | Change::Product { .. },
            Thing::Absent | Thing::Order(_) | Thing::Product(_),
        )
        | (Change::CreateProduct { .. } | Change::DeleteProduct { .. }, Thing::Order(_)) => {
            Standing::Gone
        }
    }
}

fn judged(
    fields: &[(Field, FieldStanding)],
    left_out: &[Field],
    found: impl FnOnce() -> Values,
) -> Standing {
    let are = |wanted: FieldStanding| -> Vec<Field> {
        let of =
            |(field, standing): &(Field, FieldStanding)| (*standing == wanted).then_some(*field);
        fields.iter().filter_map(of).collect()
    };
    let touched = fields.iter().map(|(field, _)| *field);
    let not_said = not_said(touched, left_out);
    if !not_said.is_empty() {
        return Standing::NotSaid(not_said);
    }
    if !are(FieldStanding::Otherwise).is_empty() {
        return Standing::Otherwise(found());
    }
    let to_send = are(FieldStanding::AsBefore);
    if to_send.is_empty() {
        Standing::AsWanted
    } else {
        Standing::AsBefore(to_send)
    }
}

/// Those of the fields that the answer left out.
fn not_said(fields: impl IntoIterator<Item = Field>, left_out: &[Field]) -> Vec<Field> {
    let is_missing = |field: &Field| left_out.contains(field);
    fields.into_iter().filter(is_missing).collect()
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

/// What the store says of a product that was made, right behind its making.
pub(super) fn made_as(change: &Change, fresh: &Fresh) -> Option<MadeAs> {
    let product = made_product(change, fresh)?;
    Some(MadeAs::all_of(product).only(|field| !fresh.left_out.contains(&field)))
}

/// What the store says of a product that was made, and found only later: somebody may have worked on it before.
pub(super) fn found_as(change: &Change, fresh: &Fresh) -> Option<MadeAs> {
    let product = made_product(change, fresh)?;
    Some(MadeAs::found_as(product).only(|field| !fresh.left_out.contains(&field)))
}

fn made_product<'a>(change: &Change, fresh: &'a Fresh) -> Option<&'a Product> {
    match (change, &fresh.thing) {
        (Change::CreateProduct { .. }, Thing::Product(product)) => Some(product),
        _ => None,
    }
}

/// Keeps what a read that was asked for at `asked` says.
pub(super) async fn keep_read(
    store: &Arc<OpenStore>,
    asked: Stamp,
    change: &Change,
    fresh: Fresh,
) -> Result<(), Error> {
    let (writer, change) = (Arc::clone(store), change.clone());
    on_disk(move || match as_read(&writer, fresh)? {
        Some(Thing::Order(order)) => Ok(writer.mirror.put_read(asked, &*order)?),
        Some(Thing::Product(product)) => Ok(writer.mirror.put_read(asked, &*product)?),
        Some(Thing::Absent) => forget(&writer, asked, &change),
        None => Ok(()),
    })
    .await
}

/// What a read says, and where it left something out, what the copy has. `None` where the copy has nothing
/// either: what stands for nothing in the place of a field must not be shown as if it were.
pub(super) fn as_read(store: &OpenStore, fresh: Fresh) -> Result<Option<Thing>, Error> {
    if fresh.lacks.is_empty() {
        return Ok(Some(fresh.thing));
    }
    Ok(match copy_of(store, &fresh.thing)? {
        Some(copy) => Some(fresh.with_known(&copy).thing),
        None => fresh.left_out.is_empty().then_some(fresh.thing),
    })
}

fn copy_of(store: &OpenStore, thing: &Thing) -> Result<Option<Thing>, Error> {
    Ok(match thing {
        Thing::Order(order) => {
            let order = store.mirror.order(order.id)?;
            order.map(|order| Thing::Order(Box::new(order)))
        }
        Thing::Product(product) => {
            let product = store.mirror.product(product.id)?;
            product.map(|product| Thing::Product(Box::new(product)))
        }
        Thing::Absent => None,
    })
}

/// Keeps what a write's own answer says.
pub(super) async fn keep_answer(
    store: &Arc<OpenStore>,
    change: &Change,
    answer: Fresh,
    read: Fresh,
    sent: Vec<Field>,
) -> Result<(), Error> {
    let (writer, change) = (Arc::clone(store), change.clone());
    on_disk(
        move || match whole(&writer, &change, answer, read, &sent)? {
            Thing::Order(order) => Ok(writer.mirror.put_answer(&*order)?),
            Thing::Product(product) => Ok(writer.mirror.put_answer(&*product)?),
            Thing::Absent => forget(&writer, writer.mirror.stamp(), &change),
        },
    )
    .await
}

/// What a write's answer says, and where it left something out, what was `sent`, else what was `read`
/// just before, else what the copy has. Nothing that merely stands for nothing.
pub(super) fn whole(
    store: &OpenStore,
    change: &Change,
    answer: Fresh,
    read: Fresh,
    sent: &[Field],
) -> Result<Thing, Error> {
    if answer.lacks.is_empty() {
        return Ok(answer.thing);
    }
    let read = copy_of(store, &answer.thing)?
        .map_or(read.clone(), |copy| read.with_known(&copy))
        .thing;
    let known = match read {
        // Just made: what was sent is all there is to know.
        Thing::Absent => answer.thing.clone(),
        read @ (Thing::Order(_) | Thing::Product(_)) => read,
    };
    Ok(answer.with_known(&known.with_sent(change, sent)).thing)
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

#[cfg(test)]
mod tests {
    use commerce::{OrderId, ProductFields, ProductKind, StatusId};

    use super::*;

    #[test]
    fn what_may_mail_somebody_or_makes_something_is_never_sent_twice_and_the_rest_may_be() {
        let notes = OrderFields {
            staff_notes: Some("Ribbon".into()),
            ..OrderFields::default()
        };
        let status = OrderFields {
            status_id: Some(StatusId(2)),
            ..OrderFields::default()
        };
        let of_order = |after: OrderFields| {
            kind(&Change::Order {
                id: OrderId(7),
                before: OrderFields::default(),
                after,
            })
        };
        assert_eq!(of_order(notes.clone()), SendKind::Idempotent);
        assert_eq!(of_order(status.clone()), SendKind::Once);
        assert_eq!(of_order(status.with(&notes)), SendKind::Once);
        let whole = ProductFields {
            kind: Some(ProductKind::Physical),
            ..ProductFields::all_of(&testkit::product(1))
        };
        let making = |after: ProductFields| kind(&Change::CreateProduct { after });
        assert_eq!(making(whole.clone()), SendKind::Once);
        assert_eq!(making(ProductFields::default()), SendKind::Once);
        let id = ProductId(1);
        let before = ProductFields::default();
        let set = Change::Product {
            id,
            before: before.clone(),
            after: ProductFields {
                kind: None,
                ..whole
            },
        };
        assert_eq!(kind(&set), SendKind::Idempotent);
        let before = before.into();
        let delete = Change::DeleteProduct { id, before };
        assert_eq!(kind(&delete), SendKind::Idempotent);
    }
}
