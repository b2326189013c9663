//! Which of the errors that the specification lists came: all of them have to, but for those that cannot.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// How an operation was answered.
#[derive(Debug, Default)]
pub(crate) struct Met {
    pub(crate) statuses: BTreeSet<u16>,
    /// The errors that the specification lists for it.
    pub(crate) listed: BTreeSet<u16>,
}

/// An error that the specification lists for an operation that cannot be refused with it.
pub(crate) struct Impossible {
    operation: &'static str,
    status: u16,
    /// Why it cannot come, and how that is known.
    reason: &'static str,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            reason,
        } = self;
        write!(f, "{operation}: answer {status} ({reason})")
    }
}

/// All of them. One that came after all, or that is not listed any more, has to go: the command says so.
pub(crate) const IMPOSSIBLE: &[Impossible] = &[Impossible {
    operation: "GET /v3/catalog/brands/{brand_id}",
    status: 409,
    reason: "a conflict is about a name or an address that another one has, and who reads gives neither; \
             it is the refusal of the change beside it",
}];

/// What is wrong with the errors that came, in sentences.
pub(crate) fn judge(met: &BTreeMap<String, Met>, impossible: &[Impossible]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (operation, met) in met {
        for status in met.listed.difference(&met.statuses) {
            let mut known = impossible.iter();
            if !known.any(|each| each.operation == operation && each.status == *status) {
                wrong.push(format!("{operation}: {status} is listed, and never came"));
            }
        }
    }
    for each in impossible {
        let is_missed = met.get(each.operation).is_some_and(|met| {
            met.listed.contains(&each.status) && !met.statuses.contains(&each.status)
        });
        if !is_missed {
            wrong.push(format!(
                "it is not so that this is listed and cannot come: {each}"
            ));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met() -> BTreeMap<String, Met> {
        let of = |statuses: &[u16], listed: &[u16]| Met {
            statuses: statuses.iter().copied().collect(),
            listed: listed.iter().copied().collect(),
        };
        BTreeMap::from([
            ("GET /v2/orders".to_owned(), of(&[200, 404], &[])),
            (
                "POST /v3/things".to_owned(),
                of(&[200, 422], &[409, 422, 500]),
            ),
            ("PUT /v3/things".to_owned(), of(&[409, 422], &[409, 500])),
        ])
    }

    const fn impossible(operation: &'static str, status: u16) -> Impossible {
        Impossible {
            operation,
            status,
            reason: "so it is",
        }
    }

    #[test]
    fn an_error_that_is_listed_and_never_came_is_wrong_unless_it_cannot_come() {
        let never = [
            "POST /v3/things: 409 is listed, and never came",
            "POST /v3/things: 500 is listed, and never came",
            "PUT /v3/things: 500 is listed, and never came",
        ];
        assert_eq!(judge(&met(), &[]), never);
        let known = [
            impossible("POST /v3/things", 500),
            impossible("PUT /v3/things", 500),
        ];
        assert_eq!(judge(&met(), &known), never[..1]);
    }

    #[test]
    fn an_error_that_is_said_not_to_come_is_listed_and_does_not() {
        // It came; it is not listed; the operation was never answered.
        for stale in [
            impossible("PUT /v3/things", 409),
            impossible("PUT /v3/things", 404),
            impossible("PUT /v3/kettles", 409),
        ] {
            let told = format!("it is not so that this is listed and cannot come: {stale}");
            assert!(judge(&met(), &[stale]).contains(&told), "{told}");
        }
    }
}
