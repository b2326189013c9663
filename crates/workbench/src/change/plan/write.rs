//! A plan on its way into the journal.

use std::collections::HashMap;

use commerce::Change;
use journal::{EntryId, JobId, NewEntry, NewJob};
use mirror::Pending;
use serde_json::Value;

use super::{About, Applied, Plan};
use crate::{Error, Inner, browse::notes_subject, change::things, store::OpenStore};

pub(super) fn write(bench: &Inner, store: &OpenStore, plan: &Plan) -> Result<Applied, Error> {
    let at = bench.clock.wall();
    let entries: Vec<NewEntry> = plan
        .items
        .iter()
        .map(|item| NewEntry {
            id: EntryId(bench.new_id()),
            change: item.change.clone(),
            name: name(&item.about),
            labels: labels(plan, &item.change),
            kind: things::kind(&item.change),
            undoes: item.undoes.clone(),
            retries: item.retries.clone(),
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
            change: entry.change.clone(),
        })
        .collect();
    if let Err(error) = store.mirror.put_pending(&pending) {
        tracing::warn!(store = %store.key, %error, "a change on its way can't be shown");
        store.pending_is_stale();
    }
    drop(pending);
    remove_drafts(bench, store, plan);
    Ok(Applied {
        job: job.id,
        entries: job.entries.into_iter().map(|entry| entry.id).collect(),
    })
}

/// Notes that were drafted are in the journal now, which is safer than a draft. Whatever else was typed
/// stays: what a form holds, the form itself takes away once the store has it.
fn remove_drafts(bench: &Inner, store: &OpenStore, plan: &Plan) {
    let Ok(drafts) = bench.desk.drafts(&store.key) else {
        return;
    };
    let drafted: HashMap<String, Value> = drafts
        .into_iter()
        .map(|draft| (draft.subject, draft.body))
        .collect();
    if drafted.is_empty() {
        return;
    }
    for item in &plan.items {
        let Change::Order { id, after, .. } = &item.change else {
            continue;
        };
        let subject = notes_subject(*id);
        let typed = drafted.get(&subject).and_then(Value::as_str);
        if typed.is_some() && typed == after.staff_notes.as_deref() {
            let _ = bench.desk.remove_draft(&store.key, &subject);
        }
    }
}

fn name(about: &About) -> String {
    match about {
        About::Order { customer, .. } => customer.clone(),
        About::Product { name, .. } => name.clone(),
    }
}

/// What the statuses before and after are called, to be found by.
fn labels(plan: &Plan, change: &Change) -> String {
    let Change::Order { before, after, .. } = change else {
        return String::new();
    };
    let ids = [before.status_id, after.status_id];
    let label = |id| plan.statuses.iter().find(|status| status.id == id);
    let labels = ids.into_iter().flatten().filter_map(label);
    let labels: Vec<&str> = labels.map(|status| status.label.as_str()).collect();
    labels.join("\n")
}
