//! What a caller wants of a thing: which sub-resources, which fields.

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::{Map, Value};

use crate::gate::refusals;
use crate::http::Response;
use crate::query::Query;

/// What is sent besides the plain fields, and which of those.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    include: Vec<String>,
    only: Option<Vec<String>>,
    without: Vec<String>,
}

/// Sub-resources that can come inline.
const INCLUDES: &[&str] = &[
    "variants",
    "images",
    "primary_image",
    "custom_fields",
    "bulk_pricing_rules",
    "options",
    "modifiers",
    "reviews",
    "videos",
    "channels",
    "parent_relations",
];

impl Wanted {
    pub(super) fn read(query: &Query) -> Result<Self, Box<Response>> {
        let list = |name: &str| -> Option<Vec<String>> {
            let text = query.get(name).filter(|text| !text.is_empty())?;
            Some(text.split(',').map(|part| part.trim().to_owned()).collect())
        };
        let include = list("include").unwrap_or_default();
        if let Some(unknown) = include
            .iter()
            .find(|name| !INCLUDES.contains(&name.as_str()))
        {
            let reason = format!("{unknown} is not a sub-resource");
            return Err(Box::new(refusals::v3_invalid("include", &reason)));
        }
        Ok(Self {
            include,
            only: list("include_fields"),
            without: list("exclude_fields").unwrap_or_default(),
        })
    }

    /// As after a product was made: with all that belongs to it.
    pub(super) fn and_everything(mut self) -> Self {
        self.include = INCLUDES.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// All there is.
    pub(super) fn everything() -> Self {
        Self::default().and_everything()
    }

    pub(super) fn included(&self) -> impl Iterator<Item = &str> {
        self.include.iter().map(String::as_str)
    }

    /// Leaves only the fields that were asked for.
    pub(super) fn only(&self, body: Value) -> Value {
        match body {
            Value::Object(mut fields) => {
                fields.retain(|name, _| self.keeps(name));
                Value::Object(fields)
            }
            other => other,
        }
    }

    pub(super) fn shortens_pages(&self) -> bool {
        self.has("options") || self.has("modifiers")
    }

    fn has(&self, name: &str) -> bool {
        self.include.iter().any(|included| included == name)
    }

    fn keeps(&self, name: &str) -> bool {
        let is = |known: &String| known == name;
        name == "id"
            || (self.only.as_ref().is_none_or(|only| only.iter().any(is))
                && !self.without.iter().any(is))
    }
}

/// Writes the fields of a thing: those that are wanted, each as it was put if it ever was.
pub(super) struct Fields<'a, M> {
    pub(super) map: M,
    pub(super) wanted: &'a Wanted,
    /// Plain fields as they were put.
    pub(super) others: Option<&'a Map<String, Value>>,
}

impl<M: SerializeMap> Fields<'_, M> {
    pub(super) fn put<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        if !self.wanted.keeps(name) {
            return Ok(());
        }
        match self.others.and_then(|others| others.get(name)) {
            Some(put) => self.map.serialize_entry(name, put),
            None => self.map.serialize_entry(name, value),
        }
    }
}
