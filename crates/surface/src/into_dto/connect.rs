use std::io::ErrorKind;

use commerce::{Access, Feature, Preset, Scope};
use workbench::{
    CheckReport as Check, CheckState as State, CheckStep as Which, Grant as Granted,
    HandMistake as Mistake, HandedOver as Over, parts::credentials::TextKind,
};

use super::{count, level, quota, wait};
use crate::dto::*;

pub(crate) fn attempt(attempt: workbench::Attempt) -> Attempt {
    Attempt {
        attempt: attempt.id,
        hash: attempt.hash.to_string(),
        last4: attempt.last_4,
        unusual_length: attempt.unusual_length.map(count),
        connected_as: attempt.connected_as.map(|key| key.to_string()),
        preset: preset_name(attempt.preset),
        storefront: attempt.storefront,
    }
}

pub(crate) fn handed_over(over: Over) -> HandedOver {
    HandedOver {
        kind: match over.kind {
            TextKind::Empty => HandedKind::Empty,
            TextKind::CredentialsFile => HandedKind::CredentialsFile,
            TextKind::PopUp => HandedKind::PopUp,
            TextKind::Settings => HandedKind::Settings,
            TextKind::Request => HandedKind::Request,
            TextKind::Json => HandedKind::Json,
            TextKind::Token => HandedKind::Token,
            TextKind::Address => HandedKind::Address,
            TextKind::Unclear => HandedKind::Unclear,
        },
        file_name: over.from.file_name(),
        hash: over.hash.map(|hash| hash.to_string()),
        last4: over.last_4,
        client_name: over.client_name,
        unusual_length: over.unusual_length.map(count),
        mistakes: over.mistakes.into_iter().map(mistake).collect(),
        attempt: over.attempt.map(attempt),
    }
}

fn mistake(mistake: Mistake) -> HandMistake {
    match mistake {
        Mistake::Token(mistake) => HandMistake::Token {
            mistake: mistake.into(),
        },
        Mistake::NoStore => HandMistake::NoStore,
        Mistake::OtherStore { wanted, found } => HandMistake::OtherStore {
            wanted: wanted.to_string(),
            found: found.to_string(),
        },
        Mistake::SeveralStores { wanted, found } => HandMistake::SeveralStores {
            wanted: wanted.map(|hash| hash.to_string()),
            found: found.iter().map(ToString::to_string).collect(),
        },
        Mistake::Unreadable(kind) => HandMistake::File {
            trouble: match kind {
                ErrorKind::NotFound => FileTrouble::Gone,
                ErrorKind::PermissionDenied => FileTrouble::Forbidden,
                ErrorKind::InvalidInput | ErrorKind::IsADirectory => FileTrouble::NoFile,
                _ => FileTrouble::Other,
            },
        },
    }
}

pub(crate) fn presets() -> Presets {
    let asked = |(scope, access): (Scope, Access)| PresetScope {
        scope: scope_name(scope),
        level: level(scope, access),
        unlocks: scope
            .unlocks(access)
            .iter()
            .map(|it| feature(*it))
            .collect(),
    };
    Presets {
        presets: Preset::ALL
            .into_iter()
            .map(|preset| PresetDto {
                preset: preset_name(preset),
                scopes: preset.needs().map(asked).collect(),
            })
            .collect(),
        storefront: Scope::ALL
            .into_iter()
            .filter_map(|scope| Some((scope, scope.for_storefront()?)))
            .map(asked)
            .collect(),
        offered: Scope::ALL
            .into_iter()
            .map(|scope| OfferedScope {
                scope: scope_name(scope),
                read_only: scope.oauth_names().read.is_some(),
                modify: (scope.oauth_names().modify).map(|_| level(scope, Access::Modify)),
            })
            .collect(),
    }
}

fn feature(feature: Feature) -> FeatureName {
    match feature {
        Feature::StoreFacts => FeatureName::StoreFacts,
        Feature::Orders => FeatureName::Orders,
        Feature::OrderChanges => FeatureName::OrderChanges,
        Feature::Products => FeatureName::Products,
        Feature::ProductChanges => FeatureName::ProductChanges,
        Feature::Customers => FeatureName::Customers,
        Feature::StorefrontNames => FeatureName::StorefrontNames,
        Feature::StorefrontTokens => FeatureName::StorefrontTokens,
    }
}

pub(crate) fn preset_name(preset: Preset) -> PresetName {
    match preset {
        Preset::LookOnly => PresetName::LookOnly,
        Preset::OrdersDesk => PresetName::OrdersDesk,
        Preset::CatalogEditor => PresetName::CatalogEditor,
        Preset::Everything => PresetName::Everything,
    }
}

pub(crate) fn preset(name: PresetName) -> Preset {
    match name {
        PresetName::LookOnly => Preset::LookOnly,
        PresetName::OrdersDesk => Preset::OrdersDesk,
        PresetName::CatalogEditor => Preset::CatalogEditor,
        PresetName::Everything => Preset::Everything,
    }
}

pub(crate) fn scope_name(scope: Scope) -> ScopeName {
    match scope {
        Scope::Content => ScopeName::Content,
        Scope::CheckoutContent => ScopeName::CheckoutContent,
        Scope::Customers => ScopeName::Customers,
        Scope::CustomersLogin => ScopeName::CustomersLogin,
        Scope::Information => ScopeName::Information,
        Scope::Marketing => ScopeName::Marketing,
        Scope::Orders => ScopeName::Orders,
        Scope::OrderTransactions => ScopeName::OrderTransactions,
        Scope::CreatePayments => ScopeName::CreatePayments,
        Scope::PaymentMethods => ScopeName::PaymentMethods,
        Scope::StoredInstruments => ScopeName::StoredInstruments,
        Scope::Products => ScopeName::Products,
        Scope::Themes => ScopeName::Themes,
        Scope::Carts => ScopeName::Carts,
        Scope::Checkouts => ScopeName::Checkouts,
        Scope::Sites => ScopeName::Sites,
        Scope::ChannelSettings => ScopeName::ChannelSettings,
        Scope::ChannelListings => ScopeName::ChannelListings,
        Scope::StorefrontTokens => ScopeName::StorefrontTokens,
        Scope::StorefrontImpersonation => ScopeName::StorefrontImpersonation,
        Scope::StoreLogs => ScopeName::StoreLogs,
        Scope::Locations => ScopeName::Locations,
        Scope::Inventory => ScopeName::Inventory,
        Scope::FulfillmentMethods => ScopeName::FulfillmentMethods,
        Scope::OrderFulfillment => ScopeName::OrderFulfillment,
        Scope::Metafields => ScopeName::Metafields,
        Scope::MetafieldOwnership => ScopeName::MetafieldOwnership,
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
                scope: scope_name(line.scope),
                wanted: line.wants.is_some(),
                wants_modify: line.wants == Some(Access::Modify),
                level: level(line.scope, line.wants.unwrap_or(Access::Read)),
                read: grant(line.read),
                write: grant(line.write),
            })
            .collect(),
        losses: report.losses.into_iter().map(loss).collect(),
        quota: report.quota.map(quota),
        clock_ahead_seconds: report.clock_ahead.map(|ahead| {
            i32::try_from(ahead).unwrap_or(if ahead < 0 { i32::MIN } else { i32::MAX })
        }),
        waiting: report.waiting.map(wait),
        can_save: report.can_save,
        finished: report.finished,
    }
}

fn loss(loss: workbench::Loss) -> Loss {
    Loss {
        scope: scope_name(loss.scope),
        only_modify: loss.access == Access::Modify,
        doubt: match loss.doubt {
            workbench::Doubt::Lost => Doubt::Lost,
            workbench::Doubt::OldUnproven => Doubt::OldUnproven,
            workbench::Doubt::NewUnchecked => Doubt::NewUnchecked,
            workbench::Doubt::NeitherChecked => Doubt::NeitherChecked,
        },
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
