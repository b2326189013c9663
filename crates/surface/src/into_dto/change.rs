use commerce::{OrderFields, OrderStatus};
use workbench::{
    Plan as Planned,
    parts::journal::{Entry, State as EntryIs},
};

use super::{label, money, seconds};
use crate::dto::*;

pub(crate) fn pending(changes: &[Entry], statuses: &[OrderStatus]) -> Vec<PendingField> {
    changes
        .iter()
        .filter(|entry| entry.state.is_on_the_way() || entry.state.wants_a_look())
        .flat_map(|entry| {
            field_changes(&entry.before, &entry.after, statuses)
                .into_iter()
                .map(|change| PendingField {
                    entry: entry.id.to_string(),
                    field: change.field,
                    wanted: change.after,
                    wanted_status_id: change.after_status_id,
                    state: entry_state(entry),
                })
        })
        .collect()
}

pub(crate) fn field_changes(
    before: &OrderFields,
    after: &OrderFields,
    statuses: &[OrderStatus],
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    if let Some(status) = after.status_id {
        changes.push(FieldChange {
            field: Field::Status,
            before: before
                .status_id
                .map(|id| label(statuses, id))
                .unwrap_or_default(),
            after: label(statuses, status),
            before_status_id: before.status_id.map(|id| id.0),
            after_status_id: Some(status.0),
        });
    }
    if let Some(notes) = &after.staff_notes {
        changes.push(FieldChange {
            field: Field::StaffNotes,
            before: before.staff_notes.clone().unwrap_or_default(),
            after: notes.clone(),
            before_status_id: None,
            after_status_id: None,
        });
    }
    changes
}

pub(crate) fn entry_state(entry: &Entry) -> EntryState {
    match entry.state {
        EntryIs::Waiting => EntryState::Waiting,
        EntryIs::Sending => EntryState::Sending,
        EntryIs::Done | EntryIs::DoneFound if entry.undone_by.is_some() => EntryState::Undone,
        EntryIs::Done => EntryState::Done,
        EntryIs::DoneFound => EntryState::DoneFound,
        EntryIs::Refused => EntryState::Refused,
        EntryIs::Conflict => EntryState::Conflict,
        EntryIs::Unknown => EntryState::Unknown,
        EntryIs::NotApplied => EntryState::NotApplied,
        EntryIs::Dropped => EntryState::Dropped,
    }
}

pub(crate) fn plan(plan: &Planned) -> Plan {
    Plan {
        plan: plan.id.clone(),
        digest: plan.digest.clone(),
        store: plan.store.to_string(),
        is_undo: plan.is_undo,
        items: plan
            .items
            .iter()
            .map(|item| PlanItem {
                order: item.order.to_string(),
                customer: item.customer.clone(),
                total: money(item.total),
                fields: field_changes(&item.before, &item.after, &plan.statuses),
            })
            .collect(),
        left_out: plan
            .left_out
            .iter()
            .map(|out| LeftOut {
                order: out.order.to_string(),
                because: match out.because {
                    workbench::LeftOutBecause::AlreadySo => LeftOutBecause::AlreadySo,
                    workbench::LeftOutBecause::NotHere => LeftOutBecause::NotHere,
                    workbench::LeftOutBecause::ChangeOnItsWay => LeftOutBecause::ChangeOnItsWay,
                    workbench::LeftOutBecause::ChangedSince => LeftOutBecause::ChangedSince,
                    workbench::LeftOutBecause::NotUndoable => LeftOutBecause::NotUndoable,
                },
            })
            .collect(),
        requests: plan.requests,
        seconds: seconds(plan.takes),
        effects: plan
            .effects
            .iter()
            .map(|effect| match effect {
                workbench::Effect::MayEmailShopper => Effect::MayEmailShopper,
                workbench::Effect::NoEmail => Effect::NoEmail,
                workbench::Effect::NoMoneyMoves => Effect::NoMoneyMoves,
            })
            .collect(),
        undoable: true,
        must_confirm: plan.must_confirm,
        ask_twice: plan.ask_twice,
        read_only: plan.read_only,
    }
}
