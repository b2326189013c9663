//! Which requests are never under way together.

use crate::{Kind, Request, request::Apart};

/// What keeps a request from being under way together with some others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    /// Others to the same path.
    Path(String),
    /// Others of the operation of that name.
    Operation(&'static str),
    /// Bulk changes of stock, against those of anything else.
    BulkOfStock,
    /// Bulk changes of anything else, against those of stock.
    BulkOfOthers,
}

impl Alone {
    fn of<T>(request: &Request<T>) -> Option<Self> {
        match request.apart() {
            Apart::Nothing => None,
            Apart::Same => Some(Self::Path(request.path().to_owned())),
            Apart::SameOperation => request
                .operation()
                .map(|operation| Self::Operation(operation.name)),
            Apart::BulkOfOthers => Some(Self::BulkOfStock),
            Apart::BulkOfStock => Some(Self::BulkOfOthers),
        }
    }

    pub(super) fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(one), Self::Path(other)) => one == other,
            (Self::Operation(one), Self::Operation(other)) => one == other,
            (Self::BulkOfStock, Self::BulkOfOthers) | (Self::BulkOfOthers, Self::BulkOfStock) => {
                true
            }
            _ => false,
        }
    }
}

/// What a request may be under way together with.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    pub(super) alone: Option<Alone>,
    /// No more than [`IN_FLIGHT_MAX`](super::IN_FLIGHT_MAX) of these together, whatever room was made.
    ///
    /// Source: BigCommerce REST reference: changes of customers and of their addresses, and
    /// everything about their attributes, go three at a time.
    pub(super) is_capped: bool,
    /// How many may be under way when it goes out, this one included, where more than usual were asked for.
    pub(super) room: Option<u32>,
}

impl Company {
    /// Of a request for which there is that much room, if there is more than usual.
    pub(crate) fn of<T>(request: &Request<T>, room: Option<u32>) -> Self {
        Self {
            alone: Alone::of(request),
            is_capped: request.kind() != Kind::Read || request.path().starts_with("/v3/customers"),
            room,
        }
    }
}
