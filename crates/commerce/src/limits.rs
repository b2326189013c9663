//! The store's own field limits.

/// Longest staff note, in characters. Source: BigCommerce REST reference, "Update an order".
pub const STAFF_NOTES_MAX: usize = 65_535;

/// Longest customer message, in characters. The reference names no limit; the same column type
/// as the staff notes is assumed.
pub const CUSTOMER_MESSAGE_MAX: usize = 65_535;

/// Longest product name, in characters. Source: BigCommerce REST reference, "Create a product".
pub const PRODUCT_NAME_MAX: usize = 250;

/// Longest stock keeping unit, in characters. Source: the same.
pub const SKU_MAX: usize = 255;

/// Largest weight. Source: the same. Prices have no named limit; the same is assumed.
pub const AMOUNT_MAX: u64 = 9_999_999_999;

/// Largest stock level. Source: BigCommerce help, "Platform limits".
pub const INVENTORY_LEVEL_MAX: i64 = 2_147_483_647;
