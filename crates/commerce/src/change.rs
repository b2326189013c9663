//! What can be changed about an order.

use serde::{Deserialize, Serialize};

use crate::{Order, StatusId};

/// Values for some of an order's fields. `None` means: not touched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFields {
    /// Order status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_id: Option<StatusId>,
    /// Staff notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_notes: Option<String>,
}

impl OrderFields {
    /// Touches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.status_id.is_none() && self.staff_notes.is_none()
    }

    /// The same fields as `self` touches, with the values they have in `order`.
    #[must_use]
    pub fn as_in(&self, order: &Order) -> Self {
        Self {
            status_id: self.status_id.map(|_| order.status_id),
            staff_notes: self.staff_notes.as_ref().map(|_| order.staff_notes.clone()),
        }
    }

    /// Only those fields whose value differs from `before`.
    #[must_use]
    pub fn without_those_in(&self, before: &Self) -> Self {
        Self {
            status_id: self.status_id.filter(|v| Some(*v) != before.status_id),
            staff_notes: self
                .staff_notes
                .clone()
                .filter(|v| Some(v) != before.staff_notes.as_ref()),
        }
    }

    /// Equal for a person: the store may write line ends its own way, and drop blanks at the end.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        let plain = |notes: &Option<String>| {
            notes
                .as_ref()
                .map(|notes| notes.replace("\r\n", "\n").trim_end().to_owned())
        };
        self.status_id == other.status_id && plain(&self.staff_notes) == plain(&other.staff_notes)
    }

    /// Touches a field that `other` touches as well.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        (self.status_id.is_some() && other.status_id.is_some())
            || (self.staff_notes.is_some() && other.staff_notes.is_some())
    }
}
