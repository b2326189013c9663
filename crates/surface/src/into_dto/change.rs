use commerce::{
    Change, CurrencyCode, InventoryTracking, OrderFields, OrderStatus, ProductFields, ProductKind,
};
use rust_decimal::Decimal;
use workbench::{
    Plan as Planned,
    parts::journal::{Entry, State as EntryIs},
};

use super::{label, money, seconds, weight_unit};
use crate::dto::*;

/// What values need to be shown in the store's own terms.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// The store's statuses.
    pub(crate) statuses: &'a [OrderStatus],
    /// The currency of its prices, where known.
    pub(crate) currency: Option<CurrencyCode>,
    /// What its products are weighed in, where known.
    pub(crate) weight_unit: Option<commerce::WeightUnit>,
}

impl<'a> Terms<'a> {
    /// Those of orders, whose amounts carry their currency with them.
    pub(crate) const fn of_orders(statuses: &'a [OrderStatus]) -> Self {
        Self {
            statuses,
            currency: None,
            weight_unit: None,
        }
    }
}

/// Changes of a thing that are on their way or want a look, field by field.
pub(crate) fn pending(changes: &[Entry], terms: Terms<'_>) -> Vec<PendingField> {
    changes
        .iter()
        .filter(|entry| entry.state.is_on_the_way() || entry.state.wants_a_look())
        .flat_map(|entry| {
            field_changes(&entry.change, terms)
                .into_iter()
                .map(|change| PendingField {
                    entry: entry.id.to_string(),
                    field: change.field,
                    wanted: change.after,
                    state: entry_state(entry),
                })
        })
        .collect()
}

pub(crate) fn field_changes(change: &Change, terms: Terms<'_>) -> Vec<FieldChange> {
    match change {
        Change::Order { before, after, .. } => side_by_side(
            order_values(before, terms.statuses),
            order_values(after, terms.statuses),
        ),
        Change::Product { before, after, .. } => {
            side_by_side(product_values(before, terms), product_values(after, terms))
        }
        Change::CreateProduct { after } => side_by_side(Vec::new(), product_values(after, terms)),
        Change::DeleteProduct { before, .. } => {
            side_by_side(product_values(&before.fields, terms), Vec::new())
        }
    }
}

type Values = Vec<(Field, FieldValue)>;

/// Pairs the values of the same fields. Both sides hold the same fields, or one of them none.
fn side_by_side(before: Values, after: Values) -> Vec<FieldChange> {
    let fields: Vec<Field> = if after.is_empty() { &before } else { &after }
        .iter()
        .map(|(field, _)| *field)
        .collect();
    let value = |values: &Values, field| {
        values
            .iter()
            .find(|(other, _)| *other == field)
            .map(|(_, value)| value.clone())
    };
    fields
        .into_iter()
        .map(|field| FieldChange {
            field,
            before: value(&before, field),
            after: value(&after, field),
        })
        .collect()
}

fn order_values(fields: &OrderFields, statuses: &[OrderStatus]) -> Values {
    let status = fields.status_id.map(|id| FieldValue::Status {
        status_id: id.0,
        label: label(statuses, id),
    });
    let notes = fields.staff_notes.as_deref().map(text);
    [(Field::Status, status), (Field::StaffNotes, notes)]
        .into_iter()
        .filter_map(|(field, value)| Some((field, value?)))
        .collect()
}

fn product_values(fields: &ProductFields, terms: Terms<'_>) -> Values {
    let amount = |amount: Decimal| FieldValue::Amount {
        amount: amount.to_string(),
        currency: terms.currency.map(|code| code.to_string()),
    };
    [
        (Field::Name, fields.name.as_deref().map(text)),
        (Field::Sku, fields.sku.as_deref().map(text)),
        (
            Field::ProductKind,
            fields.kind.map(|kind| FieldValue::ProductKind {
                is_digital: kind == ProductKind::Digital,
            }),
        ),
        (Field::Price, fields.price.map(amount)),
        (Field::SalePrice, fields.sale_price.map(amount)),
        (Field::CostPrice, fields.cost_price.map(amount)),
        (
            Field::Weight,
            fields.weight.map(|weight| FieldValue::Number {
                number: weight.normalize().to_string(),
                unit: terms.weight_unit.map(weight_unit),
            }),
        ),
        (
            Field::Visible,
            fields.is_visible.map(|on| FieldValue::Flag { on }),
        ),
        (
            Field::InventoryTracking,
            fields.inventory_tracking.map(|how| FieldValue::Tracking {
                tracking: tracking(how),
            }),
        ),
        (
            Field::InventoryLevel,
            fields.inventory_level.map(|level| FieldValue::Number {
                number: level.to_string(),
                unit: None,
            }),
        ),
        (Field::Description, fields.description.as_deref().map(text)),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value?)))
    .collect()
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text {
        text: text.to_owned(),
    }
}

pub(crate) fn tracking(how: InventoryTracking) -> TrackingDto {
    match how {
        InventoryTracking::None => TrackingDto::None,
        InventoryTracking::Product => TrackingDto::Product,
        InventoryTracking::Variant => TrackingDto::Variant,
    }
}

pub(crate) fn doing(change: &Change) -> Doing {
    match change {
        Change::Order { .. } | Change::Product { .. } => Doing::Set,
        Change::CreateProduct { .. } => Doing::Create,
        Change::DeleteProduct { .. } => Doing::Delete,
    }
}

pub(crate) fn subject(subject: commerce::Subject) -> Subject {
    match subject {
        commerce::Subject::Order(id) => Subject::Order {
            order: id.to_string(),
        },
        commerce::Subject::Product(id) => Subject::Product {
            product: id.to_string(),
        },
        commerce::Subject::NewProduct => Subject::NewProduct,
    }
}

pub(crate) fn entry_state(entry: &Entry) -> EntryState {
    state(entry.state, entry.undone_by.is_some())
}

const fn state(state: EntryIs, is_undone: bool) -> EntryState {
    match state {
        EntryIs::Waiting => EntryState::Waiting,
        EntryIs::Sending => EntryState::Sending,
        // Of one that was refused, given up or left alone, the part that the store took.
        EntryIs::Done
        | EntryIs::DoneFound
        | EntryIs::AlreadySo
        | EntryIs::Refused
        | EntryIs::Dropped
        | EntryIs::LeftAsItWas
            if is_undone =>
        {
            EntryState::Undone
        }
        EntryIs::Done => EntryState::Done,
        EntryIs::DoneFound => EntryState::DoneFound,
        EntryIs::Refused => EntryState::Refused,
        EntryIs::Conflict => EntryState::Conflict,
        EntryIs::Unknown => EntryState::Unknown,
        EntryIs::Unclear => EntryState::Unclear,
        EntryIs::NotApplied => EntryState::NotApplied,
        EntryIs::Dropped => EntryState::Dropped,
        EntryIs::AlreadySo => EntryState::AlreadySo,
        EntryIs::LeftAsItWas => EntryState::LeftAsItWas,
    }
}

/// Items that a plan crosses the wall with, and that are given at once.
pub(crate) const PLAN_ITEMS_AT_ONCE: usize = 100;
const LEFT_OUT_AT_ONCE: usize = 500;

/// Items `from..to` of a plan.
pub(crate) fn plan_items(plan: &Planned, from: usize, to: usize) -> Vec<PlanItem> {
    let terms = Terms {
        statuses: &plan.statuses,
        currency: plan.currency,
        weight_unit: plan.weight_unit,
    };
    let (from, to) = (from.min(plan.items.len()), to.min(plan.items.len()));
    let items = plan.items.get(from..to).unwrap_or_default();
    items
        .iter()
        .zip(plan.together.iter().skip(from))
        .map(|(item, together)| PlanItem {
            subject: subject(item.change.subject()),
            about: about(&item.about),
            doing: doing(&item.change),
            fields: field_changes(&item.change, terms),
            requests: item.requests(*together).map(request).to_vec(),
            effects: item.effects().into_iter().map(effect).collect(),
            undoable: item.change.can_be_put_back(),
            moves_price_far: item.moves_price_far,
        })
        .collect()
}

fn request(request: workbench::PlanRequest) -> PlanRequest {
    match request {
        workbench::PlanRequest::Read => PlanRequest::Read,
        workbench::PlanRequest::ReadTogether => PlanRequest::ReadTogether,
        workbench::PlanRequest::LookForName => PlanRequest::LookForName,
        workbench::PlanRequest::Write => PlanRequest::Write,
        workbench::PlanRequest::WriteTogether => PlanRequest::WriteTogether,
        workbench::PlanRequest::Make => PlanRequest::Make,
        workbench::PlanRequest::Delete => PlanRequest::Delete,
    }
}

fn effect(effect: workbench::Effect) -> Effect {
    match effect {
        workbench::Effect::MayEmailShopper => Effect::MayEmailShopper,
        workbench::Effect::NoEmail => Effect::NoEmail,
        workbench::Effect::NoMoneyMoves => Effect::NoMoneyMoves,
        workbench::Effect::ShoppersSeeIt => Effect::ShoppersSeeIt,
        workbench::Effect::CannotBePutBack => Effect::CannotBePutBack,
    }
}

/// Every field that any item touches, in the order in which they are met.
fn fields_of(plan: &Planned) -> Vec<Field> {
    let mut fields = Vec::new();
    for one in plan.items.iter().flat_map(|item| item.change.fields()) {
        let one = field(one);
        if !fields.contains(&one) {
            fields.push(one);
        }
    }
    fields
}

/// How many things are what, and what is done with them.
fn kinds(plan: &Planned) -> PlanKinds {
    let many = |is_so: fn(&Change) -> bool| {
        let those = plan.items.iter().filter(|item| is_so(&item.change));
        super::count(those.count())
    };
    PlanKinds {
        orders: many(|change| matches!(change, Change::Order { .. })),
        products: many(|change| matches!(change, Change::Product { .. })),
        made: many(|change| matches!(change, Change::CreateProduct { .. })),
        deleted: many(|change| matches!(change, Change::DeleteProduct { .. })),
    }
}

/// The one value that the one field of every item gets.
fn same_after(plan: &Planned, terms: Terms<'_>) -> Option<FieldValue> {
    let mut items = plan.items.iter();
    let first = items.next()?;
    let wanted = match &first.change {
        Change::Order { after, .. } => order_values(after, terms.statuses),
        Change::Product { after, .. } => product_values(after, terms),
        Change::CreateProduct { .. } | Change::DeleteProduct { .. } => return None,
    };
    let same = |item: &workbench::PlanItem| match (&item.change, &first.change) {
        (Change::Order { after, .. }, Change::Order { after: other, .. }) => after == other,
        (Change::Product { after, .. }, Change::Product { after: other, .. }) => after == other,
        _ => false,
    };
    let mut wanted = wanted.into_iter();
    let (_, value) = wanted.next()?;
    (wanted.next().is_none() && items.all(same)).then_some(value)
}

pub(crate) const fn field(field: commerce::Field) -> Field {
    match field {
        commerce::Field::Status => Field::Status,
        commerce::Field::StaffNotes => Field::StaffNotes,
        commerce::Field::Name => Field::Name,
        commerce::Field::Sku => Field::Sku,
        commerce::Field::ProductKind => Field::ProductKind,
        commerce::Field::Price => Field::Price,
        commerce::Field::CostPrice => Field::CostPrice,
        commerce::Field::SalePrice => Field::SalePrice,
        commerce::Field::Weight => Field::Weight,
        commerce::Field::Visible => Field::Visible,
        commerce::Field::Description => Field::Description,
        commerce::Field::InventoryTracking => Field::InventoryTracking,
        commerce::Field::InventoryLevel => Field::InventoryLevel,
    }
}

pub(crate) const fn commerce_field(field: Field) -> commerce::Field {
    match field {
        Field::Status => commerce::Field::Status,
        Field::StaffNotes => commerce::Field::StaffNotes,
        Field::Name => commerce::Field::Name,
        Field::Sku => commerce::Field::Sku,
        Field::ProductKind => commerce::Field::ProductKind,
        Field::Price => commerce::Field::Price,
        Field::CostPrice => commerce::Field::CostPrice,
        Field::SalePrice => commerce::Field::SalePrice,
        Field::Weight => commerce::Field::Weight,
        Field::Visible => commerce::Field::Visible,
        Field::Description => commerce::Field::Description,
        Field::InventoryTracking => commerce::Field::InventoryTracking,
        Field::InventoryLevel => commerce::Field::InventoryLevel,
    }
}

/// What was found in the store, field by field.
pub(crate) fn found(values: Option<&commerce::Values>, terms: Terms<'_>) -> Vec<FieldFound> {
    let values = match values {
        None => Vec::new(),
        Some(commerce::Values::Order(fields)) => order_values(fields, terms.statuses),
        Some(commerce::Values::Product(fields)) => product_values(fields, terms),
    };
    values
        .into_iter()
        .map(|(field, value)| FieldFound { field, value })
        .collect()
}

pub(crate) fn plan(plan: &Planned) -> Plan {
    let terms = Terms {
        statuses: &plan.statuses,
        currency: plan.currency,
        weight_unit: plan.weight_unit,
    };
    Plan {
        plan: plan.id.clone(),
        digest: plan.digest.clone(),
        store: plan.store.to_string(),
        is_undo: plan.is_undo,
        count: super::count(plan.items.len()),
        kinds: kinds(plan),
        items: plan_items(plan, 0, PLAN_ITEMS_AT_ONCE),
        fields: fields_of(plan),
        same_after: same_after(plan, terms),
        left_out_count: super::count(plan.left_out.len()),
        left_out: plan
            .left_out
            .iter()
            .take(LEFT_OUT_AT_ONCE)
            .map(|out| LeftOut {
                subject: subject(out.subject),
                because: because(out.because),
            })
            .collect(),
        requests: plan.requests,
        seconds: seconds(plan.takes),
        effects: plan.effects.iter().map(|one| effect(*one)).collect(),
        undoable: plan.items.iter().all(|item| item.change.can_be_put_back()),
        must_confirm: plan.must_confirm,
        ask_twice: plan.ask_twice.iter().map(|why| ask_twice(*why)).collect(),
        read_only: plan.read_only,
    }
}

const fn ask_twice(why: workbench::AskTwice) -> AskTwice {
    match why {
        workbench::AskTwice::ManyThings => AskTwice::ManyThings,
        workbench::AskTwice::PriceMovesFar => AskTwice::PriceMovesFar,
        workbench::AskTwice::MoneyLeaves => AskTwice::MoneyLeaves,
    }
}

fn about(about: &workbench::About) -> About {
    match about {
        workbench::About::Order { customer, total } => About::Order {
            customer: customer.clone(),
            total: money(*total),
        },
        workbench::About::Product { name, sku } => About::Product {
            name: name.clone(),
            sku: sku.clone(),
        },
    }
}

fn because(because: workbench::LeftOutBecause) -> LeftOutBecause {
    match because {
        workbench::LeftOutBecause::AlreadySo => LeftOutBecause::AlreadySo,
        workbench::LeftOutBecause::NotHere => LeftOutBecause::NotHere,
        workbench::LeftOutBecause::ChangeOnItsWay => LeftOutBecause::ChangeOnItsWay,
        workbench::LeftOutBecause::ChangedSince => LeftOutBecause::ChangedSince,
        workbench::LeftOutBecause::NotUndoable => LeftOutBecause::NotUndoable,
        workbench::LeftOutBecause::NothingSent => LeftOutBecause::NothingSent,
        workbench::LeftOutBecause::Erased => LeftOutBecause::Erased,
        workbench::LeftOutBecause::MovedOn => LeftOutBecause::MovedOn,
        workbench::LeftOutBecause::NotTaken => LeftOutBecause::NotTaken,
        workbench::LeftOutBecause::InThisPlan => LeftOutBecause::InThisPlan,
        workbench::LeftOutBecause::NameTaken => LeftOutBecause::NameTaken,
        workbench::LeftOutBecause::SkuTaken => LeftOutBecause::SkuTaken,
        workbench::LeftOutBecause::StockIsPerVariant => LeftOutBecause::StockIsPerVariant,
        workbench::LeftOutBecause::PriceOutOfBounds => LeftOutBecause::PriceOutOfBounds,
        workbench::LeftOutBecause::LookAgain => LeftOutBecause::LookAgain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_back_is_undone_wherever_the_rest_of_it_ended() {
        for ended in [
            EntryIs::Done,
            EntryIs::DoneFound,
            EntryIs::Refused,
            EntryIs::Dropped,
            EntryIs::LeftAsItWas,
        ] {
            assert_eq!(state(ended, true), EntryState::Undone, "{ended:?}");
            assert_ne!(state(ended, false), EntryState::Undone, "{ended:?}");
        }
        assert_eq!(state(EntryIs::Unclear, true), EntryState::Unclear);
    }
}
