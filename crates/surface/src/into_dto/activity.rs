use commerce::{Access, Scope, Subject};
use workbench::parts::journal::{
    self, Entry, Reason as Because, State as EntryIs, Step as Stepped, StepKind as StepIs,
};

use workbench::JobProgress;

use super::{
    Terms, doing, entry_state, field, field_changes, found, instant, need, seconds, subject,
};
use crate::dto::*;

/// A row for an entry; `name` is the product's, if it is about one.
pub(crate) fn activity_row(entry: &Entry, name: &str, terms: Terms<'_>) -> ActivityRow {
    let can_retry = match entry.state {
        EntryIs::Refused | EntryIs::Conflict | EntryIs::NotApplied | EntryIs::Unclear => {
            !entry.is_erased
        }
        EntryIs::Waiting
        | EntryIs::Sending
        | EntryIs::Unknown
        | EntryIs::Done
        | EntryIs::DoneFound
        | EntryIs::AlreadySo
        | EntryIs::Dropped
        | EntryIs::LeftAsItWas => false,
    };
    ActivityRow {
        entry: entry.id.to_string(),
        job: entry.job.to_string(),
        at: instant(entry.at),
        who: entry.who.clone(),
        subject: subject(
            entry
                .made
                .map_or_else(|| entry.change.subject(), Subject::Product),
        ),
        name: name.to_owned(),
        doing: doing(&entry.change),
        fields: field_changes(&entry.change, terms),
        state: entry_state(entry),
        state_at: instant(entry.state_at),
        undoes: entry.undoes.as_ref().map(ToString::to_string),
        said: said(&entry.said, &entry.refused),
        can_undo: entry.can_be_undone(),
        can_retry,
        can_look: entry.state.may_be_looked_for() && !entry.is_erased,
        can_drop: entry.state.may_become(EntryIs::Dropped),
        can_decide: matches!(entry.state, EntryIs::Unknown | EntryIs::Unclear),
        is_erased: entry.is_erased,
        was_sent: entry.was_sent(),
    }
}

/// A step on the way of an entry.
pub(crate) fn step(step: &Stepped, entry: &Entry, terms: Terms<'_>) -> Step {
    // By field it is kept for what the entry has come to.
    let by_field: &[_] = if step.said == entry.said {
        &entry.refused
    } else {
        &[]
    };
    Step {
        at: instant(step.at),
        kind: match step.kind {
            StepIs::Written => StepKind::Written,
            StepIs::ReadAgain => StepKind::ReadAgain,
            StepIs::Sent => StepKind::Sent,
            StepIs::StoreDone => StepKind::StoreDone,
            StepIs::StoreRefused => StepKind::StoreRefused,
            StepIs::FoundChanged => StepKind::FoundChanged,
            StepIs::NoAnswer => StepKind::NoAnswer,
            StepIs::FoundInStore => StepKind::FoundInStore,
            StepIs::NotFoundInStore => StepKind::NotFoundInStore,
            StepIs::Postponed => StepKind::Postponed,
            StepIs::FoundUnclear => StepKind::FoundUnclear,
            StepIs::SentApart => StepKind::SentApart,
            StepIs::SaidDone => StepKind::SaidDone,
            StepIs::SaidNotDone => StepKind::SaidNotDone,
            StepIs::Dropped => StepKind::Dropped,
            StepIs::Undone => StepKind::Undone,
            StepIs::AlreadySo => StepKind::AlreadySo,
            StepIs::LeftAsItWas => StepKind::LeftAsItWas,
        },
        said: said(&step.said, by_field),
        found: found(step.found.as_ref(), terms),
    }
}

fn said(said: &journal::Said, by_field: &[(String, String)]) -> Said {
    Said {
        reason: said
            .reason
            .map(|reason| because(reason, &said.about, by_field)),
        words: said.words.clone(),
    }
}

fn because(reason: Because, about: &str, by_field: &[(String, String)]) -> Reason {
    match reason {
        Because::Gone => Reason::Gone,
        Because::OnlyPart => Reason::OnlyPart {
            fields: refused(by_field),
        },
        Because::NameTaken => Reason::NameTaken,
        Because::NotSaid => Reason::NotSaid {
            fields: about.split(", ").filter_map(known_field).collect(),
        },
        Because::Unreadable => Reason::Unreadable {
            path: about.to_owned(),
        },
        Because::OtherValues => Reason::OtherValues,
        Because::WorkedOn => Reason::WorkedOn,
        Because::StillAsBefore => Reason::StillAsBefore,
        Because::TokenRefused => Reason::TokenRefused,
        Because::MissingScope => Reason::MissingScope {
            needs: scope_named(about),
        },
        Because::Forbidden => Reason::Forbidden,
        Because::Invalid => Reason::Invalid {
            fields: refused(by_field),
        },
        Because::Conflict => Reason::Conflict,
        Because::TooLarge => Reason::TooLarge,
        Because::LimitReached => Reason::LimitReached,
        Because::RateLimited => Reason::RateLimited,
        Because::Unavailable => Reason::Unavailable,
        Because::NoConnection => Reason::NoConnection,
        Because::TooLate => Reason::TooLate,
        Because::TriedAgain => Reason::TriedAgain,
        Because::MayBeDone => Reason::MayBeDone,
    }
}

/// The scope and level that OAuth calls so.
fn scope_named(name: &str) -> Option<ScopeNeed> {
    Scope::ALL.into_iter().find_map(|scope| {
        let names = scope.oauth_names();
        let is = |of: Option<&str>| of == Some(name);
        if is(names.modify) {
            Some(need(scope, Access::Modify))
        } else {
            is(names.read).then(|| need(scope, Access::Read))
        }
    })
}

/// The field of that name in BigCommerce's API.
fn known_field(member: &str) -> Option<Field> {
    let mut all = commerce::Field::ALL.into_iter();
    all.find(|field| field.member() == member).map(field)
}

pub(crate) fn job(progress: &JobProgress) -> Job {
    let job = &progress.job;
    Job {
        job: job.id.to_string(),
        at: instant(job.at),
        size: job.size,
        is_paused: job.held_at.is_some() && job.stopped_at.is_none(),
        paused_because: said(&job.held_because, &[]),
        is_stopped: job.stopped_at.is_some(),
        waiting: job.waiting,
        under_way: job.under_way,
        done: job.done,
        can_undo: job.to_put_back > 0,
        to_look_at: job.to_look_at,
        dropped: job.dropped,
        seconds_left: progress.left.map(seconds),
    }
}

/// What the store held against an entry, field by field.
fn refused(fields: &[(String, String)]) -> Vec<FieldRefused> {
    fields
        .iter()
        .map(|(name, words)| FieldRefused {
            field: known_field(name),
            name: name.clone(),
            words: words.clone(),
        })
        .collect()
}
