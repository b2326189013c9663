//! The store's own field limits.

/// Longest staff note, in characters. Source: BigCommerce REST reference, "Update an order".
pub const STAFF_NOTES_MAX: usize = 65_535;

/// Longest customer message, in characters. The reference names no limit; the same column type
/// as the staff notes is assumed.
pub const CUSTOMER_MESSAGE_MAX: usize = 65_535;
