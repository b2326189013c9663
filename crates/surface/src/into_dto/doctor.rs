use workbench::{
    Examination as Found, Holdings as Held,
    parts::{credentials::KeychainState, journal::State},
};

use super::{instant, lacked};
use crate::dto::*;

pub(crate) fn keychain(state: KeychainState) -> KeychainInfo {
    let open = |name| KeychainInfo {
        available: true,
        locked: false,
        is_new: false,
        name,
    };
    match state {
        KeychainState::Absent => KeychainInfo {
            available: false,
            ..open(String::new())
        },
        KeychainState::NotSetUp { name } => KeychainInfo {
            is_new: true,
            ..open(name)
        },
        KeychainState::Locked { name } => KeychainInfo {
            locked: true,
            ..open(name)
        },
        KeychainState::Ready { name } => open(name),
    }
}

pub(crate) fn examination(found: Found) -> Examination {
    Examination {
        keychain: keychain(found.keychain),
        host: found.host,
        answered_in_ms: found
            .answered_in
            .map(|took| u32::try_from(took.as_millis()).unwrap_or(u32::MAX)),
        clock_ahead_seconds: found.clock_ahead.map(|ahead| {
            i32::try_from(ahead).unwrap_or(if ahead < 0 { i32::MIN } else { i32::MAX })
        }),
        missing: found.missing.into_iter().map(lacked).collect(),
        asked_now: found.asked_now,
        problem: found.problem.map(Into::into),
        refusals: found
            .refusals
            .into_iter()
            .map(|refusal| Refusal {
                at: instant(refusal.at),
                what: refusal.what,
                state: match refusal.state {
                    State::Conflict => EntryState::Conflict,
                    _ => EntryState::Refused,
                },
            })
            .collect(),
        at: instant(found.at),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
    }
}

pub(crate) fn holdings(held: Held) -> Holdings {
    Holdings {
        copy: held.copy.to_string(),
        journal: held.journal.to_string(),
        changes: held.changes,
        changes_waiting: held.changes_waiting,
        pictures: held.pictures.to_string(),
        desk: held.desk.to_string(),
        drafts: held.drafts,
    }
}
