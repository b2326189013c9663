use commerce::{Access, Scope, StoreInfo};
use workbench::{
    Phase, StoreState as Doing, TokenState as Signing, WaitState,
    parts::{
        api::{Quota, WaitReason},
        desk::{Profile, TokenHome as Kept},
        mirror::Area as Pulled,
    },
};

use super::{color, instant, safety, seconds};
use crate::{AppError, dto::*};

/// `token_entry` is what the keychain lists its token as.
pub(crate) fn store(profile: &Profile, token_entry: Option<String>, may_connect: bool) -> Store {
    let info = profile.info.as_ref();
    let text = |of: fn(&StoreInfo) -> String| info.map(of).unwrap_or_default();
    let token_home = match profile.token_home {
        Kept::Keychain => TokenHome::Keychain,
        Kept::Session | Kept::SessionOverOlder => TokenHome::UntilQuit,
        Kept::Sample => TokenHome::Sample,
    };
    Store {
        key: profile.key.to_string(),
        hash: profile.hash.to_string(),
        name: profile.name.clone(),
        color: color(profile.color),
        safety: safety(profile.safety),
        channel: profile.channel_id.map_or(1, |id| id.0).to_string(),
        is_sample: profile.is_sample,
        domain: text(|info| info.domain.clone()),
        plan: text(|info| info.plan.clone()),
        time_zone: text(|info| info.time_zone.clone()),
        currency: text(|info| {
            info.currency
                .map(|code| code.to_string())
                .unwrap_or_default()
        }),
        weight_unit: info.and_then(|info| info.weight_unit).map(weight_unit),
        token_home,
        token_last4: profile.token_last_4.clone(),
        token_entry: token_entry.unwrap_or_default(),
        missing_scopes: profile.missing_scopes.iter().copied().map(lacked).collect(),
        preset: super::preset_name(profile.preset),
        may_connect,
    }
}

pub(crate) const fn weight_unit(unit: commerce::WeightUnit) -> WeightUnit {
    match unit {
        commerce::WeightUnit::Pounds => WeightUnit::Pounds,
        commerce::WeightUnit::Ounces => WeightUnit::Ounces,
        commerce::WeightUnit::Kilograms => WeightUnit::Kilograms,
        commerce::WeightUnit::Grams => WeightUnit::Grams,
        commerce::WeightUnit::Tonnes => WeightUnit::Tonnes,
    }
}

/// A scope with the lowest level of it that is missing.
pub(crate) fn lacked((scope, level): (Scope, Access)) -> MissingScope {
    let used = scope.used().max(scope.for_storefront());
    let used = used.unwrap_or(Access::Read);
    MissingScope {
        scope: super::scope_name(scope),
        level: super::level(scope, used.max(level)),
        readable: level == Access::Modify,
    }
}

pub(crate) fn quota(quota: Quota) -> QuotaDto {
    QuotaDto {
        left: quota.left,
        quota: quota.quota,
        window_seconds: seconds(quota.window),
    }
}

pub(crate) fn area(area: Pulled) -> Area {
    match area {
        Pulled::Orders => Area::Orders,
        Pulled::Products => Area::Products,
        Pulled::Brands => Area::Brands,
        Pulled::Categories => Area::Categories,
        Pulled::Customers => Area::Customers,
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
        areas: state
            .areas
            .into_iter()
            .map(|one| AreaState {
                area: area(one.area),
                here: one.here,
                in_store: one.in_store,
                is_complete: one.is_complete,
                out_of_reach: one.out_of_reach.map(AppError::from),
            })
            .collect(),
        seconds_left: state.left.map(seconds),
        refreshed_at: state.refreshed_at.map(instant),
        quota: state.quota.map(quota),
        waiting: state.waiting.map(wait),
        in_line: state.in_line,
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
        pulled_again: state.pulled_again,
        unreadable: state
            .unreadable
            .into_iter()
            .map(|(area, one)| Unreadable {
                area: self::area(area),
                id: (!one.id.is_empty()).then_some(one.id),
                path: one.path,
                reason: one.reason,
            })
            .collect(),
    }
}

pub(crate) fn wait(wait: WaitState) -> WaitDto {
    WaitDto {
        seconds: seconds(wait.left),
        because: match wait.because {
            WaitReason::QuotaUsedUp | WaitReason::InLine => WaitBecause::QuotaUsedUp,
            WaitReason::StoreAskedToWait => WaitBecause::StoreAsked,
            WaitReason::BackingOff => WaitBecause::BackingOff,
        },
    }
}
