//! What a store sent and this version has no word for, and lists of which a part could not be read.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

/// Members of a thing that this version doesn't know, exactly as the store sent them.
///
/// Stores add members without notice. Where a thing is sent back as a whole, these go along, so
/// that nothing is lost by it: an edit with a field for them takes what was kept. JSON text of an
/// object; only the API client looks into it.
///
/// Things that are read whole keep them. What lists show of a thing ([`Order`](crate::Order),
/// [`Product`](crate::Product), [`Customer`](crate::Customer), an [`Address`](crate::Address), a
/// [`Picture`](crate::Picture)) and is never sent back keeps none.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Aside(Option<Box<str>>);

impl Aside {
    /// Nothing kept.
    pub const NOTHING: Self = Self(None);

    /// The text of a JSON object; an empty text is nothing.
    #[must_use]
    pub fn new(object: impl Into<Box<str>>) -> Self {
        let object = object.into();
        Self((!object.is_empty()).then_some(object))
    }

    /// The text of a JSON object, if anything was kept.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether nothing was kept.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// What customers wrote may be in it.
impl fmt::Debug for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(text) => write!(f, "Aside({} bytes)", text.len()),
            None => f.write_str("Aside(nothing)"),
        }
    }
}

/// A thing inside another that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Where, as a JSON path.
    pub path: String,
    /// What is wrong, without the value.
    pub reason: String,
}

/// Things that came inside another: those that could be read, and word of those that could not.
///
/// Only a [whole](Parts::is_whole) list may be sent back in place of the store's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts<T> {
    /// Those that could be read, in the store's order.
    pub items: Vec<T>,
    /// Those that could not.
    pub unreadable: Vec<Unreadable>,
    /// The store said that it left some out.
    pub is_cut: bool,
}

impl<T> Parts<T> {
    /// Whether every one of them is here.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.unreadable.is_empty() && !self.is_cut
    }
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            unreadable: Vec::new(),
            is_cut: false,
        }
    }
}

impl<T> From<Vec<T>> for Parts<T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            ..Self::default()
        }
    }
}

/// A bare list, which is how these were kept before, unless word of something has to be kept as well.
pub(crate) fn list_if_whole<S, T>(parts: &Parts<T>, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Serialize,
{
    if parts.is_whole() {
        parts.items.serialize(serializer)
    } else {
        parts.serialize(serializer)
    }
}

/// Parts as they are kept, or a bare list, which is how some were kept before.
pub(crate) fn parts_or_list<'de, D, T>(deserializer: D) -> Result<Parts<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Either<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
        type Value = Parts<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("parts or a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Parts<T>, A::Error> {
            Vec::<T>::deserialize(SeqAccessDeserializer::new(list)).map(Parts::from)
        }

        fn visit_map<A: MapAccess<'de>>(self, parts: A) -> Result<Parts<T>, A::Error> {
            Parts::<T>::deserialize(MapAccessDeserializer::new(parts))
        }
    }

    deserializer.deserialize_any(Either(PhantomData))
}
