//! From the workbench's words to the window's shapes, and back.

use std::time::Duration;

use commerce::{
    Access, Address, Money, Order, OrderFields, OrderStatus, SafetyMode, Scope, StatusId,
    StoreColor, StoreInfo,
};
use jiff::Timestamp;
use workbench::{
    CheckReport as Check, CheckState as State, CheckStep as Which, Error, Grant as Granted, Phase,
    Plan as Planned, StoreState as Doing, TokenState as Signing,
    parts::{
        api::{Error as Api, NetworkKind, Quota, StoreTrouble as ApiTrouble, WaitReason},
        credentials::{KeychainError, TokenMistake as Mistake},
        desk::{Profile, TokenHome as Kept},
        journal::{Entry, State as EntryIs, Step as Stepped, StepKind as StepIs},
    },
};

use crate::{AppError, FieldProblem, NetworkTrouble, StoreTrouble, TokenMistake, dto::*};

pub(crate) fn instant(at: Timestamp) -> String {
    at.to_string()
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whole seconds, rounded up: a wait is never shown as over before it is.
pub(crate) fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

pub(crate) fn money(money: Money) -> MoneyDto {
    // Cents at least, so that the text reads as money; more only where they are not zero.
    let mut amount = money.amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    MoneyDto {
        amount: amount.to_string(),
        currency: money.currency.to_string(),
    }
}

pub(crate) fn color(color: StoreColor) -> Color {
    match color {
        StoreColor::Spruce => Color::Spruce,
        StoreColor::Fjord => Color::Fjord,
        StoreColor::Heather => Color::Heather,
        StoreColor::Berry => Color::Berry,
        StoreColor::Rust => Color::Rust,
        StoreColor::Ochre => Color::Ochre,
        StoreColor::Moss => Color::Moss,
        StoreColor::Slate => Color::Slate,
    }
}

pub(crate) fn store_color(color: Color) -> StoreColor {
    match color {
        Color::Spruce => StoreColor::Spruce,
        Color::Fjord => StoreColor::Fjord,
        Color::Heather => StoreColor::Heather,
        Color::Berry => StoreColor::Berry,
        Color::Rust => StoreColor::Rust,
        Color::Ochre => StoreColor::Ochre,
        Color::Moss => StoreColor::Moss,
        Color::Slate => StoreColor::Slate,
    }
}

pub(crate) fn safety(mode: SafetyMode) -> Safety {
    match mode {
        SafetyMode::ReadOnly => Safety::ReadOnly,
        SafetyMode::AskAlways => Safety::AskAlways,
        SafetyMode::AskRisky => Safety::AskRisky,
    }
}

pub(crate) fn safety_mode(safety: Safety) -> SafetyMode {
    match safety {
        Safety::ReadOnly => SafetyMode::ReadOnly,
        Safety::AskAlways => SafetyMode::AskAlways,
        Safety::AskRisky => SafetyMode::AskRisky,
    }
}

pub(crate) fn need(scope: Scope, access: Access) -> ScopeNeed {
    ScopeNeed {
        label: scope.label().to_owned(),
        modify: access == Access::Modify,
    }
}

pub(crate) fn store(profile: &Profile, may_connect: bool) -> Store {
    let info = profile.info.as_ref();
    let text = |of: fn(&StoreInfo) -> String| info.map(of).unwrap_or_default();
    let token_home = match profile.token_home {
        Kept::Keychain => TokenHome::Keychain,
        Kept::Session => TokenHome::UntilQuit,
        Kept::Sample => TokenHome::Sample,
    };
    Store {
        key: profile.key.to_string(),
        hash: profile.hash.to_string(),
        name: profile.name.clone(),
        color: color(profile.color),
        safety: safety(profile.safety),
        is_sample: profile.is_sample,
        domain: text(|info| info.domain.clone()),
        plan: text(|info| info.plan.clone()),
        time_zone: text(|info| info.time_zone.clone()),
        currency: text(|info| {
            info.currency
                .map(|code| code.to_string())
                .unwrap_or_default()
        }),
        token_home,
        token_last4: profile.token_last_4.clone(),
        token_entry: match token_home {
            TokenHome::Keychain => format!("Stockroom, store {}", profile.hash),
            TokenHome::UntilQuit | TokenHome::Sample => String::new(),
        },
        missing_scopes: profile
            .missing_scopes
            .iter()
            .map(|scope| {
                let access = workbench::NEEDED_SCOPES
                    .iter()
                    .find(|(needed, _)| needed == scope)
                    .map_or(Access::Read, |(_, access)| *access);
                need(*scope, access)
            })
            .collect(),
        may_connect,
    }
}

pub(crate) fn quota(quota: Quota) -> QuotaDto {
    QuotaDto {
        left: quota.left,
        quota: quota.quota,
        window_seconds: seconds(quota.window),
    }
}

pub(crate) fn store_state(key: &str, state: Doing) -> StoreState {
    StoreState {
        store: key.to_owned(),
        phase: match state.phase {
            Phase::Idle => RefreshPhase::Idle,
            Phase::FirstPull => RefreshPhase::FirstPull,
            Phase::Refreshing => RefreshPhase::Refreshing,
            Phase::Stopped => RefreshPhase::Stopped,
        },
        orders: state.orders,
        orders_in_store: state.orders_in_store,
        seconds_left: state.left.map(seconds),
        refreshed_at: state.refreshed_at.map(instant),
        quota: state.quota.map(quota),
        waiting: state.waiting.map(|wait| WaitDto {
            seconds: seconds(wait.left),
            because: match wait.because {
                WaitReason::QuotaUsedUp | WaitReason::InLine => WaitBecause::QuotaUsedUp,
                WaitReason::StoreAskedToWait => WaitBecause::StoreAsked,
                WaitReason::BackingOff => WaitBecause::BackingOff,
            },
        }),
        trouble: state.trouble.map(AppError::from),
        token: match state.token {
            Signing::Ready => TokenState::Ready,
            Signing::NotAsked => TokenState::NotAsked,
            Signing::Unlocking => TokenState::Unlocking,
            Signing::Locked => TokenState::Locked,
            Signing::Missing => TokenState::Missing,
            Signing::NoKeychain => TokenState::NoKeychain,
        },
        awaiting_fulfillment: state.awaiting_fulfillment,
        changes_waiting: state.changes_waiting,
        changes_to_look_at: state.changes_to_look_at,
        unreadable: state
            .unreadable
            .into_iter()
            .map(|one| Unreadable {
                id: (!one.id.is_empty()).then_some(one.id),
                path: one.path,
                reason: one.reason,
            })
            .collect(),
    }
}

pub(crate) fn check_report(attempt: &str, report: Check) -> CheckReport {
    CheckReport {
        attempt: attempt.to_owned(),
        host: report.host,
        answered_in_ms: report
            .answered_in
            .map(|took| u32::try_from(took.as_millis()).unwrap_or(u32::MAX)),
        lines: report
            .lines
            .into_iter()
            .map(|line| {
                let (state, problem) = match line.state {
                    State::Waiting => (CheckState::Waiting, None),
                    State::Running => (CheckState::Running, None),
                    State::Ok => (CheckState::Ok, None),
                    State::Bad(error) => (CheckState::Bad, Some(error.into())),
                    State::Skipped => (CheckState::Skipped, None),
                };
                CheckLine {
                    step: match line.step {
                        Which::Reached => CheckStep::Reached,
                        Which::Token => CheckStep::Token,
                        Which::Store => CheckStep::Store,
                        Which::Scopes => CheckStep::Scopes,
                    },
                    state,
                    problem,
                }
            })
            .collect(),
        store: report.store.map(|info| StoreFacts {
            name: info.name,
            domain: info.domain,
            address: info.address,
            currency: info
                .currency
                .map(|code| code.to_string())
                .unwrap_or_default(),
            time_zone: info.time_zone,
            plan: info.plan,
        }),
        scopes: report
            .scopes
            .into_iter()
            .map(|line| ScopeLine {
                label: line.scope.label().to_owned(),
                wants_modify: line.wants == Access::Modify,
                read: grant(line.read),
                write: grant(line.write),
            })
            .collect(),
        quota: report.quota.map(quota),
        clock_ahead_seconds: report.clock_ahead.map(|ahead| {
            i32::try_from(ahead).unwrap_or(if ahead < 0 { i32::MIN } else { i32::MAX })
        }),
        can_save: report.can_save,
        finished: report.finished,
    }
}

fn grant(grant: Granted) -> Grant {
    match grant {
        Granted::Granted => Grant::Granted,
        Granted::Missing => Grant::Missing,
        Granted::NotChecked => Grant::NotChecked,
        Granted::NotNeeded => Grant::NotNeeded,
    }
}

pub(crate) fn label(statuses: &[OrderStatus], id: StatusId) -> String {
    statuses
        .iter()
        .find(|status| status.id == id)
        .map_or_else(|| id.to_string(), |status| status.label.clone())
}

pub(crate) fn order_row(order: &Order, changes: &[Entry], statuses: &[OrderStatus]) -> OrderRow {
    OrderRow {
        id: order.id.to_string(),
        placed_at: instant(order.placed_at),
        customer: order.customer_name(),
        company: order.billing.company.clone(),
        email: order.billing.email.clone(),
        item_count: order.item_count,
        status_id: order.status_id.0,
        status_label: label(statuses, order.status_id),
        total: money(order.total),
        payment_status: order.payment_status.clone(),
        pending: pending(changes, statuses),
    }
}

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

pub(crate) fn activity_row(entry: &Entry, statuses: &[OrderStatus]) -> ActivityRow {
    let can_retry = match entry.state {
        EntryIs::Refused | EntryIs::Conflict | EntryIs::NotApplied => true,
        EntryIs::Waiting
        | EntryIs::Sending
        | EntryIs::Unknown
        | EntryIs::Done
        | EntryIs::DoneFound
        | EntryIs::Dropped => false,
    };
    ActivityRow {
        entry: entry.id.to_string(),
        job: entry.job.to_string(),
        at: instant(entry.at),
        order: entry.order.to_string(),
        fields: field_changes(&entry.before, &entry.after, statuses),
        state: entry_state(entry),
        state_at: instant(entry.state_at),
        undoes: entry.undoes.as_ref().map(ToString::to_string),
        store_words: entry.store_words.clone(),
        can_undo: entry.can_be_undone(),
        can_retry,
        can_look: entry.state == EntryIs::Unknown,
        can_drop: entry.state.may_become(EntryIs::Dropped),
    }
}

pub(crate) fn step(step: &Stepped) -> Step {
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
            StepIs::Dropped => StepKind::Dropped,
            StepIs::Undone => StepKind::Undone,
        },
        words: step.words.clone(),
    }
}

pub(crate) fn address(address: &Address) -> AddressDto {
    let person = format!("{} {}", address.first_name.trim(), address.last_name.trim());
    AddressDto {
        name: person.trim().to_owned(),
        company: address.company.clone(),
        street1: address.street_1.clone(),
        street2: address.street_2.clone(),
        city: address.city.clone(),
        state: address.state.clone(),
        postal_code: address.postal_code.clone(),
        country: address.country.clone(),
        phone: address.phone.clone(),
        email: address.email.clone(),
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

impl From<Mistake> for TokenMistake {
    fn from(mistake: Mistake) -> Self {
        match mistake {
            Mistake::Empty => Self::Empty,
            Mistake::ClientSecret => Self::ClientSecret,
            Mistake::StorefrontToken => Self::StorefrontToken,
            Mistake::CutOff => Self::CutOff,
            Mistake::Masked => Self::Masked,
            Mistake::ApiPath => Self::ApiPath,
            Mistake::Whitespace => Self::Whitespace,
            Mistake::Characters => Self::Characters,
            Mistake::TooLong => Self::TooLong,
        }
    }
}

impl From<KeychainError> for AppError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Absent => Self::KeychainAbsent,
            KeychainError::Locked => Self::KeychainLocked,
            KeychainError::Refused => Self::KeychainRefused,
            KeychainError::NoEntry => Self::KeychainNoEntry,
            KeychainError::Ambiguous => Self::KeychainAmbiguous,
            KeychainError::Failed { what } => Self::KeychainFailed { message: what },
        }
    }
}

impl From<Api> for AppError {
    fn from(error: Api) -> Self {
        match error {
            Api::Unauthorized => Self::Unauthorized,
            Api::MissingScope { needs } => Self::MissingScope {
                needs: needs.map(|(scope, access)| need(scope, access)),
            },
            Api::Forbidden { message } => Self::WrongStore { message },
            Api::NotFound => Self::NotFound,
            Api::Invalid { fields, message } => Self::Invalid {
                fields: fields
                    .into_iter()
                    .map(|field| FieldProblem {
                        path: field.path,
                        message: field.message,
                    })
                    .collect(),
                message,
            },
            Api::Conflict { message }
            | Api::TooLarge { message }
            | Api::LimitReached { message } => Self::Invalid {
                fields: Vec::new(),
                message,
            },
            Api::RateLimited { retry_after, .. } => Self::RateLimited {
                seconds: seconds(retry_after),
            },
            Api::StoreUnavailable { status, kind, .. } => Self::StoreUnavailable {
                trouble: match kind {
                    ApiTrouble::Maintenance | ApiTrouble::Suspended => StoreTrouble::Unavailable,
                    ApiTrouble::Locked => StoreTrouble::Locked,
                    _ => StoreTrouble::ServerTrouble,
                },
                status: u32::from(status),
            },
            Api::Network { kind, host, .. } => Self::Network {
                trouble: match kind {
                    NetworkKind::Dns => NetworkTrouble::Dns,
                    NetworkKind::Refused => NetworkTrouble::Refused,
                    NetworkKind::Tls => NetworkTrouble::Tls,
                    NetworkKind::Proxy => NetworkTrouble::Proxy,
                    NetworkKind::TimedOut => NetworkTrouble::TimedOut,
                    NetworkKind::Reset => NetworkTrouble::Reset,
                    NetworkKind::Redirected => NetworkTrouble::Redirected,
                    _ => NetworkTrouble::Other,
                },
                host,
            },
            Api::UnexpectedAnswer { path, .. } => Self::UnexpectedAnswer { path },
            // What is to be told is why there was no answer; the entry itself says the rest.
            Api::Unknown { cause } => (*cause).into(),
            Api::DeadlinePassed { .. } => Self::Network {
                trouble: NetworkTrouble::TimedOut,
                host: String::new(),
            },
            other => Self::Internal {
                message: other.to_string(),
            },
        }
    }
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        let file = |file: workbench::DataFile| {
            match file {
                workbench::DataFile::Mirror => "mirror",
                workbench::DataFile::Desk => "desk",
                workbench::DataFile::Journal => "journal",
            }
            .to_owned()
        };
        match error {
            Error::Api(api) => api.into(),
            Error::Keychain(keychain) => keychain.into(),
            Error::DiskFull => Self::DiskFull,
            Error::NewerFile(_) => Self::NewerFiles,
            Error::Damaged(which) => Self::DamagedFile { file: file(which) },
            Error::File { file: which, what } => Self::Internal {
                message: format!("{}: {what}", file(which)),
            },
            Error::NoHash => Self::NoHash,
            Error::Token(mistake) => Self::TokenMistake {
                mistake: mistake.into(),
            },
            Error::NoScopes => Self::NoScopes,
            Error::WrongStore => Self::WrongStore {
                message: String::new(),
            },
            Error::BadInput(field) => Self::BadInput {
                field: field.to_owned(),
            },
            Error::ReadOnly => Self::ReadOnly,
            Error::OtherOrigin => Self::OtherOrigin,
            Error::PlanGone => Self::PlanGone,
            Error::NeedsConfirmation => Self::NeedsConfirmation,
            Error::ViewGone => Self::ViewGone,
            Error::StoreGone => Self::StoreGone,
            Error::AttemptGone => Self::AttemptGone,
            Error::EntryMoved => Self::EntryMoved,
            Error::NotFound => Self::NotFound,
            Error::Sample(message) => Self::Internal { message },
            Error::Cancelled | Error::Stopping => Self::Cancelled,
            other => Self::Internal {
                message: other.to_string(),
            },
        }
    }
}
