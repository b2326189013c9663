use std::marker::PhantomData;

use super::{
    Cursor, Request,
    filters::{Filter, HasCursor, Parameter, Selects},
    query::{self, Pairs},
};

/// The most things that lists put on a page. Stock has
/// [more](super::inventory::PAGE_LIMIT_MAX).
///
/// Source: BigCommerce REST reference, at each list.
pub const PAGE_LIMIT_MAX: u32 = 250;

/// Which things of a list, and which page of them. All conditions have to hold together.
///
/// Without any: page 1 of all, as many at a time as [a page holds](Filter::PAGE_LIMIT_MAX).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery<F> {
    conditions: Vec<Parameter>,
    only_fields: Vec<String>,
    without_fields: Vec<String>,
    place: Place,
    limit: u32,
    filter: PhantomData<fn(F)>,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Page(u32),
    After(Cursor),
}

impl<F: Filter> Default for ListQuery<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Filter> ListQuery<F> {
    /// All of them, page 1.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            conditions: Vec::new(),
            only_fields: Vec::new(),
            without_fields: Vec::new(),
            place: Place::Page(1),
            limit: F::PAGE_LIMIT_MAX,
            filter: PhantomData,
        }
    }

    /// Those for which this holds as well. Of two conditions on the same parameter the later one
    /// counts.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a condition is made to be given away"
    )]
    pub fn with(mut self, condition: F) -> Self {
        let condition = condition.parameter();
        self.conditions.retain(|old| old.name != condition.name);
        self.conditions.push(condition);
        self
    }

    /// The page, counted from 1; 0 is taken for 1. Takes the place of a cursor.
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.place = Place::Page(query::page(page));
        self
    }

    /// Things per page, brought into 1 to what [a page holds](Filter::PAGE_LIMIT_MAX).
    #[must_use]
    pub const fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, F::PAGE_LIMIT_MAX);
        self
    }

    /// How many are asked for, as [`Page::is_last`](super::Page::is_last) takes it.
    #[must_use]
    pub const fn page_size(&self) -> usize {
        self.limit as usize
    }

    /// All parameters in the sequence in which they are sent; fields that are `needed` come along.
    fn pairs(&self, needed: &[&str]) -> Pairs {
        let mut pairs: Pairs = self
            .conditions
            .iter()
            .map(|condition| (condition.name, condition.term.clone()))
            .collect();
        pairs.extend(query::fields(
            &self.only_fields,
            &self.without_fields,
            needed,
        ));
        match &self.place {
            Place::Page(page) => pairs.push(("page", page.to_string().into())),
            Place::After(cursor) => pairs.push(("after", cursor.as_str().into())),
        }
        pairs.push(("limit", self.limit.to_string().into()));
        pairs
    }

    /// Asks a request for these.
    pub(super) fn of<T>(&self, mut request: Request<T>) -> Request<T> {
        let operation = request.operation;
        let needed = operation.map(|operation| operation.never_without);
        request.query = self.pairs(needed.unwrap_or_default());
        request
    }
}

impl<F: Filter + Selects> ListQuery<F> {
    /// Only these fields, by the reference's names; the number always comes along, and so does what
    /// the things can't be read without (of a variant its product).
    #[must_use]
    pub fn only_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.only_fields = fields.into_iter().map(Into::into).collect();
        self
    }

    /// All fields but these, by the reference's names, and never without what the things can't be
    /// read without.
    #[must_use]
    pub fn without_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.without_fields = fields.into_iter().map(Into::into).collect();
        self
    }
}

impl<F: Filter + HasCursor> ListQuery<F> {
    /// What comes after a page, by its [`Page::after`](super::Page::after). Takes the place of a
    /// page's number.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.place = Place::After(cursor);
        self
    }
}
