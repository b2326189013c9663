//! Values as the file spells them: the names that `serde` gives them.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The name of a value that serialises to one.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value of that name, if there is one.
pub(crate) fn meant<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}
