//! Answers that are bent: something inside them is not what the store said.

use serde_json::{Map, Value};

use crate::http::Response;

/// Which things of an answer: by id or by place, counted from 0. Neither: see the fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Which {
    pub(super) id: Option<u64>,
    pub(super) at: Option<usize>,
}

impl Which {
    fn is_said(self) -> bool {
        self.id.is_some() || self.at.is_some()
    }

    fn fits(self, at: usize, thing: &Value) -> bool {
        self.at.is_none_or(|wanted| wanted == at)
            && self
                .id
                .is_none_or(|id| thing.get("id").and_then(Value::as_u64) == Some(id))
    }
}

/// What is changed inside an answer that is JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bend {
    Patch {
        pointer: String,
        value: Value,
    },
    Nulls {
        which: Which,
        keep: Vec<String>,
    },
    Unreadable {
        which: Which,
        field: String,
        value: Value,
    },
    Extra {
        fields: Map<String, Value>,
    },
    Reordered,
    Bom,
}

/// Changes what is inside an answer. Answers that are no JSON stay as they are.
pub(super) fn bend(response: &mut Response, bends: Vec<Bend>) {
    if bends.is_empty() {
        return;
    }
    let Some(mut body) = response.body_json() else {
        return;
    };
    // By id first: a bent id would not be found again.
    let found: Vec<(Bend, Vec<usize>)> = bends
        .into_iter()
        .map(|bend| {
            let places = bend.places(&mut body);
            (bend, places)
        })
        .collect();
    let mut start = Vec::new();
    for (bend, places) in found {
        match bend {
            Bend::Reordered => reorder(&mut body),
            Bend::Bom => start = b"\xef\xbb\xbf".to_vec(),
            other => other.apply(&mut body, &places),
        }
    }
    start.extend_from_slice(body.to_string().as_bytes());
    response.body = start;
}

impl Bend {
    /// The places of the things it is about.
    fn places(&self, body: &mut Value) -> Vec<usize> {
        let (which, usual) = match self {
            Self::Patch { .. } | Self::Reordered | Self::Bom => return Vec::new(),
            Self::Nulls { which, .. } => (*which, usize::MAX),
            Self::Unreadable { which, .. } => (*which, 1),
            Self::Extra { .. } => (Which::default(), usize::MAX),
        };
        let most = if which.is_said() { usize::MAX } else { usual };
        things(body)
            .iter()
            .enumerate()
            .filter(|(at, thing)| which.fits(*at, thing))
            .map(|(at, _)| at)
            .take(most)
            .collect()
    }

    fn apply(&self, body: &mut Value, places: &[usize]) {
        if let Self::Patch { pointer, value } = self {
            patch(body, pointer, value);
            return;
        }
        for (at, thing) in things(body).into_iter().enumerate() {
            let Value::Object(fields) = thing else {
                continue;
            };
            if !places.contains(&at) {
                continue;
            }
            match self {
                Self::Patch { .. } | Self::Reordered | Self::Bom => {}
                Self::Nulls { keep, .. } => {
                    for (name, value) in fields.iter_mut() {
                        if !keep.contains(name) {
                            *value = Value::Null;
                        }
                    }
                }
                Self::Unreadable { field, value, .. } => {
                    fields.insert(field.clone(), value.clone());
                }
                Self::Extra { fields: extra } => {
                    fields.extend(extra.clone());
                }
            }
        }
    }
}

/// What an answer is about: the things of a list, or the one it gives.
fn things(body: &mut Value) -> Vec<&mut Value> {
    let has_data = body.get("data").is_some();
    let inner = if has_data { &mut body["data"] } else { body };
    match inner {
        Value::Array(things) => things.iter_mut().collect(),
        one => vec![one],
    }
}

/// Backwards, and from another place on.
fn reorder(body: &mut Value) {
    let has_data = body.get("data").is_some();
    let inner = if has_data { &mut body["data"] } else { body };
    if let Value::Array(things) = inner {
        things.reverse();
        let middle = things.len() / 3;
        things.rotate_left(middle);
    }
}

/// Puts the value at the pointer; the last step may be a new field. Pointers that lead nowhere change
/// nothing.
fn patch(body: &mut Value, pointer: &str, value: &Value) {
    if let Some(place) = body.pointer_mut(pointer) {
        *place = value.clone();
    } else if let Some((parent, field)) = pointer.rsplit_once('/')
        && let Some(Value::Object(fields)) = body.pointer_mut(parent)
    {
        fields.insert(field.replace("~1", "/").replace("~0", "~"), value.clone());
    }
}
