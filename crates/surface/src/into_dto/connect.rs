use commerce::Access;
use workbench::{CheckReport as Check, CheckState as State, CheckStep as Which, Grant as Granted};

use super::quota;
use crate::dto::*;

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
