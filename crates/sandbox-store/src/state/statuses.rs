//! The fifteen order statuses.
//!
//! Source: BigCommerce REST reference, "Order status".

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Incomplete,
    Pending,
    Shipped,
    PartiallyShipped,
    Refunded,
    Cancelled,
    Declined,
    AwaitingPayment,
    AwaitingPickup,
    AwaitingShipment,
    Completed,
    AwaitingFulfillment,
    ManualVerificationRequired,
    Disputed,
    PartiallyRefunded,
}

impl serde::Serialize for Status {
    /// By its name, as in `status` of the API.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Status {
    /// By id, 0 to 14.
    pub(crate) const EVERY: [Self; 15] = [
        Self::Incomplete,
        Self::Pending,
        Self::Shipped,
        Self::PartiallyShipped,
        Self::Refunded,
        Self::Cancelled,
        Self::Declined,
        Self::AwaitingPayment,
        Self::AwaitingPickup,
        Self::AwaitingShipment,
        Self::Completed,
        Self::AwaitingFulfillment,
        Self::ManualVerificationRequired,
        Self::Disputed,
        Self::PartiallyRefunded,
    ];

    /// In the order the control panel shows them.
    pub(crate) const SHOWN: [Self; 15] = [
        Self::Incomplete,
        Self::Pending,
        Self::AwaitingPayment,
        Self::AwaitingFulfillment,
        Self::AwaitingShipment,
        Self::AwaitingPickup,
        Self::PartiallyShipped,
        Self::Completed,
        Self::Shipped,
        Self::Cancelled,
        Self::Declined,
        Self::Refunded,
        Self::Disputed,
        Self::ManualVerificationRequired,
        Self::PartiallyRefunded,
    ];

    pub(crate) fn from_id(id: i64) -> Option<Self> {
        Self::EVERY.get(usize::try_from(id).ok()?).copied()
    }

    pub(crate) fn id(self) -> u8 {
        match self {
            Self::Incomplete => 0,
            Self::Pending => 1,
            Self::Shipped => 2,
            Self::PartiallyShipped => 3,
            Self::Refunded => 4,
            Self::Cancelled => 5,
            Self::Declined => 6,
            Self::AwaitingPayment => 7,
            Self::AwaitingPickup => 8,
            Self::AwaitingShipment => 9,
            Self::Completed => 10,
            Self::AwaitingFulfillment => 11,
            Self::ManualVerificationRequired => 12,
            Self::Disputed => 13,
            Self::PartiallyRefunded => 14,
        }
    }

    /// BigCommerce's own label.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Incomplete => "Incomplete",
            Self::Pending => "Pending",
            Self::Shipped => "Shipped",
            Self::PartiallyShipped => "Partially Shipped",
            Self::Refunded => "Refunded",
            Self::Cancelled => "Cancelled",
            Self::Declined => "Declined",
            Self::AwaitingPayment => "Awaiting Payment",
            Self::AwaitingPickup => "Awaiting Pickup",
            Self::AwaitingShipment => "Awaiting Shipment",
            Self::Completed => "Completed",
            Self::AwaitingFulfillment => "Awaiting Fulfillment",
            Self::ManualVerificationRequired => "Manual Verification Required",
            Self::Disputed => "Disputed",
            Self::PartiallyRefunded => "Partially Refunded",
        }
    }

    /// What it means, in our own words.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Incomplete => "The shopper saw the payment page and did not pay.",
            Self::Pending => "The checkout was started and is not finished.",
            Self::Shipped => "Everything has left the building; nobody has confirmed it arrived.",
            Self::PartiallyShipped => "Some of it has left the building.",
            Self::Refunded => "All of the money went back.",
            Self::Cancelled => "The order was called off.",
            Self::Declined => "The order was turned down.",
            Self::AwaitingPayment => "Ordered, but the money is not here yet.",
            Self::AwaitingPickup => "Packed, waiting for the shopper to come by.",
            Self::AwaitingShipment => "Packed, waiting for the carrier.",
            Self::Completed => "Shipped or picked up, and paid.",
            Self::AwaitingFulfillment => "Paid, waiting to be packed.",
            Self::ManualVerificationRequired => "Somebody has to look at the payment first.",
            Self::Disputed => "The shopper disputes the payment.",
            Self::PartiallyRefunded => "Some of the money went back.",
        }
    }

    /// Place in the control panel, 0 first.
    pub(crate) fn place(self) -> usize {
        Self::SHOWN
            .iter()
            .position(|known| *known == self)
            .unwrap_or(0)
    }

    pub(crate) fn counts_as_sold(self) -> bool {
        match self {
            Self::Incomplete
            | Self::Pending
            | Self::Cancelled
            | Self::Declined
            | Self::Refunded
            | Self::AwaitingPayment => false,
            Self::Shipped
            | Self::PartiallyShipped
            | Self::AwaitingPickup
            | Self::AwaitingShipment
            | Self::Completed
            | Self::AwaitingFulfillment
            | Self::ManualVerificationRequired
            | Self::Disputed
            | Self::PartiallyRefunded => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_places_are_those_of_the_reference() {
        for (id, status) in Status::EVERY.iter().enumerate() {
            assert_eq!(usize::from(status.id()), id);
        }
        let shown: Vec<u8> = Status::SHOWN.iter().map(|status| status.id()).collect();
        assert_eq!(shown, [0, 1, 7, 11, 9, 8, 3, 10, 2, 5, 6, 4, 13, 12, 14]);
    }
}
