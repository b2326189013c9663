//! Stock: version 3.

use commerce::{
    Aside, Location, LocationAddress, StockAdjustment, StockIdentity, StockItem, StockLevel,
    StockTarget,
};
use serde_json::{Value, json};

use super::{Misfit, Node, Read, Write, read::reads_aside};

/// Where the number of what is counted stands.
pub(crate) const NUMBER: &str = "identity.variant_id";

reads_aside! {
    Location {
        id, code, label, description, type_id, enabled, managed_by_external_source,
        storefront_visibility, time_zone, address, created_at, updated_at,
    }
    StockIdentity { sku, variant_id, product_id }
    LocationAddress { address1, address2, city, state, zip, country_code, email, phone }
}

/// What [`StockLevel`] reads of its settings.
const SETTINGS: (&str, &[&str]) = (
    "settings",
    &[
        "safety_stock",
        "warning_level",
        "is_in_stock",
        "bin_picking_number",
    ],
);

impl Read for Option<LocationAddress> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        if node.is_nothing() {
            Ok(None)
        } else {
            LocationAddress::read(node).map(Some)
        }
    }
}

impl Read for StockLevel {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        let settings = node.field("settings");
        Ok(Self {
            location_id: Read::read(&node.field("location_id"))?,
            location_code: Read::read(&node.field("location_code"))?,
            location_name: Read::read(&node.field("location_name"))?,
            available_to_sell: Read::read(&node.field("available_to_sell"))?,
            total_inventory_onhand: Read::read(&node.field("total_inventory_onhand"))?,
            safety_stock: Read::read(&settings.field("safety_stock"))?,
            warning_level: Read::read(&settings.field("warning_level"))?,
            is_in_stock: Read::read(&settings.field("is_in_stock"))?,
            bin_picking_number: Read::read(&settings.field("bin_picking_number"))?,
            aside: node.aside_within(
                &[
                    "location_id",
                    "location_code",
                    "location_name",
                    "available_to_sell",
                    "total_inventory_onhand",
                ],
                &[SETTINGS],
            ),
        })
    }
}

impl Read for StockItem {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        Ok(Self {
            identity: StockIdentity::read(&node.field("identity"))?,
            locations: Read::read(&node.field("locations"))?,
            aside: node.aside(&["identity", "locations"]),
        })
    }
}

/// The same of one place, where the levels stand beside what is counted.
pub(crate) fn at_location(node: &Node<'_>) -> Result<StockItem, Misfit> {
    node.object()?;
    let level = StockLevel {
        // Stands beside what is counted, and is kept with it.
        aside: Aside::NOTHING,
        ..StockLevel::read(node)?
    };
    Ok(StockItem {
        identity: StockIdentity::read(&node.field("identity"))?,
        locations: vec![level].into(),
        aside: node.aside_within(
            &["identity", "available_to_sell", "total_inventory_onhand"],
            &[SETTINGS],
        ),
    })
}

impl Write for StockAdjustment {
    fn write(&self) -> Value {
        let (member, target): (_, Value) = match &self.target {
            StockTarget::Variant(id) => ("variant_id", id.0.into()),
            StockTarget::Product(id) => ("product_id", id.0.into()),
            StockTarget::Sku(sku) => ("sku", sku.as_str().into()),
        };
        json!({"location_id": self.location_id.0, member: target, "quantity": self.quantity})
    }
}
