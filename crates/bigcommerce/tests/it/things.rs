//! Small things as the store sends them, each with a member that nobody knows.
//!
//! Shapes: BigCommerce REST reference, at the list of each; people and goods are invented.

use serde_json::{Value, json};

/// As text, because a JSON macro would turn amounts into floats.
fn parsed(text: &str, id: u64) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    value["id"] = json!(id);
    value["added_without_notice"] = json!({"deep": [1, {"er": null}]});
    value
}

pub(crate) fn variant(id: u64) -> Value {
    parsed(
        r#"{"product_id": 7, "sku": "KET-1-L", "sku_id": 9, "price": 12.5000, "sale_price": null,
            "retail_price": null, "map_price": null, "cost_price": 4, "calculated_price": 12.5,
            "weight": null, "calculated_weight": 1.25, "width": null, "height": 3, "depth": null,
            "is_free_shipping": false, "fixed_cost_shipping_price": null,
            "purchasing_disabled": false, "purchasing_disabled_message": "", "image_url": "",
            "upc": "", "mpn": "", "gtin": "", "inventory_level": 4, "inventory_warning_level": 0,
            "bin_picking_number": "B 12", "option_values": [
                {"id": 104, "option_id": 11, "option_display_name": "Size", "label": "Large"}]}"#,
        id,
    )
}

pub(crate) fn option(id: u64) -> Value {
    parsed(
        r##"{"product_id": 7, "name": "Color1", "display_name": "Color", "type": "swatch",
            "sort_order": 1, "config": {}, "option_values": [
                {"id": 1, "label": "Red", "sort_order": 0, "is_default": true,
                 "value_data": {"colors": ["#ff0000"]}},
                {"id": 2, "label": "Blue", "sort_order": 1, "is_default": false, "value_data": null}]}"##,
        id,
    )
}

pub(crate) fn modifier(id: u64) -> Value {
    parsed(
        r#"{"product_id": 7, "name": "Wrap1", "display_name": "Wrapping", "type": "checkbox",
            "required": false, "sort_order": 2, "config": {"checkbox_label": "Wrap it"},
            "option_values": [{"id": 1, "option_id": 3, "label": "Yes", "sort_order": 0,
                "is_default": false, "value_data": {"checked_value": true},
                "adjusters": {"price": {"adjuster": "relative", "adjuster_value": 2.50}}}]}"#,
        id,
    )
}

pub(crate) fn image(id: u64) -> Value {
    parsed(
        r#"{"product_id": 7, "is_thumbnail": true, "sort_order": 0, "description": "A kettle",
            "image_file": "k/kettle.png", "url_zoom": "https://images.example/z.png",
            "url_standard": "https://images.example/s.png",
            "url_thumbnail": "https://images.example/t.png",
            "url_tiny": "https://images.example/y.png",
            "date_modified": "2026-03-02T09:15:00+00:00"}"#,
        id,
    )
}

pub(crate) fn video(id: u64) -> Value {
    parsed(
        r#"{"product_id": 7, "title": "Boiling", "description": "", "sort_order": 1,
            "type": "youtube", "video_id": "z3fRu9pkuXE", "length": "01:56"}"#,
        id,
    )
}

pub(crate) fn custom_field(id: u64) -> Value {
    parsed(r#"{"name": "Metal", "value": "Copper"}"#, id)
}

pub(crate) fn rule(id: u64) -> Value {
    parsed(
        r#"{"quantity_min": 10, "quantity_max": 0, "type": "percent", "amount": "7.50"}"#,
        id,
    )
}

pub(crate) fn metafield(id: u64) -> Value {
    parsed(
        r#"{"namespace": "stockroom", "key": "shelf", "value": "B 12", "description": "",
            "permission_set": "read", "resource_type": "product", "resource_id": 7,
            "owner_client_id": "abc", "date_created": "2026-03-02T09:15:00+00:00",
            "date_modified": "2026-03-02T09:15:00+00:00"}"#,
        id,
    )
}

pub(crate) fn full_brand(id: u64) -> Value {
    parsed(
        r#"{"name": "Tinker & Daughters", "page_title": "", "meta_keywords": ["tin"],
            "meta_description": "", "search_keywords": "", "image_url": "",
            "custom_url": {"url": "/tinker/", "is_customized": false}}"#,
        id,
    )
}

pub(crate) fn full_category(id: u64) -> Value {
    let mut category = parsed(
        r#"{"category_uuid": "6d0c0d4e", "tree_id": 1, "parent_id": 0, "name": "Kettles",
            "description": "<p>All</p>", "views": 3, "sort_order": 1, "page_title": "",
            "meta_keywords": [""], "meta_description": "", "layout_file": "category.html",
            "image_url": "", "is_visible": true, "search_keywords": "",
            "default_product_sort": "use_store_settings",
            "url": {"path": "/kettles/", "is_customized": false}}"#,
        id,
    );
    category["category_id"] = json!(id);
    category
}

pub(crate) fn tree(id: u64) -> Value {
    parsed(r#"{"name": "Default", "channels": [1, 667]}"#, id)
}

pub(crate) fn node(id: u64) -> Value {
    parsed(
        r#"{"parent_id": 0, "depth": 0, "path": [1], "name": "Kettles", "is_visible": true,
            "url": "/kettles/", "children": [{"id": 5, "parent_id": 1, "depth": 1, "path": [1, 5],
                "name": "For two", "is_visible": true, "url": "/kettles/two/", "children": []}]}"#,
        id,
    )
}

pub(crate) fn location(id: u64) -> Value {
    parsed(
        r#"{"code": "LEITH", "label": "Leith shop", "description": "", "type_id": "PHYSICAL",
            "enabled": true, "managed_by_external_source": false, "storefront_visibility": true,
            "time_zone": "Europe/London", "operating_hours": {"sunday": {"open": false}},
            "address": {"address1": "1 Kettle Row", "address2": "", "city": "Leith",
                "state": "Midlothian", "zip": "EH6 6AA", "country_code": "GB",
                "email": "shop@tins.example", "phone": "",
                "geo_coordinates": {"latitude": 55.97, "longitude": -3.17}},
            "created_at": "2026-03-02T09:15:00Z", "updated_at": "2026-03-02T09:15:00Z"}"#,
        id,
    )
}

pub(crate) fn stock(id: u64) -> Value {
    let text = r#"{"identity": {"sku": "KET-1", "variant_id": 77, "product_id": 7}, "locations": [
        {"location_id": 1, "location_code": "LEITH", "location_name": "Leith shop",
         "available_to_sell": 4, "total_inventory_onhand": 5, "location_enabled": true,
         "settings": {"safety_stock": 1, "is_in_stock": true, "warning_level": 2,
                      "bin_picking_number": "B 12"}}]}"#;
    let mut stock = parsed(text, id);
    stock["identity"]["variant_id"] = json!(id);
    stock
}

pub(crate) fn stock_at(id: u64) -> Value {
    parsed(
        r#"{"identity": {"sku": "KET-1", "variant_id": 77, "product_id": 7},
            "available_to_sell": 4, "total_inventory_onhand": 5,
            "settings": {"safety_stock": 1, "is_in_stock": true, "warning_level": 2,
                         "bin_picking_number": "B 12"}}"#,
        id,
    )
}

pub(crate) fn category_assignment(id: u64) -> Value {
    json!({"product_id": id, "category_id": 23})
}

pub(crate) fn channel_assignment(id: u64) -> Value {
    json!({"product_id": id, "channel_id": 1})
}

pub(crate) fn customer_address(id: u64) -> Value {
    parsed(
        r#"{"customer_id": 7, "first_name": "Ada", "last_name": "Tinker", "company": "",
            "address1": "1 Kettle Row", "address2": "", "city": "Leith",
            "state_or_province": "Midlothian", "postal_code": "EH6 6AA",
            "country": "United Kingdom", "country_code": "GB", "phone": "",
            "address_type": "residential", "form_fields": [{"name": "Floor", "value": "2"}]}"#,
        id,
    )
}

pub(crate) fn attribute(id: u64) -> Value {
    parsed(
        r#"{"name": "Shoe size", "type": "number", "date_created": "2026-03-02T09:15:00Z",
            "date_modified": "2026-03-02T09:15:00Z"}"#,
        id,
    )
}

pub(crate) fn attribute_value(id: u64) -> Value {
    parsed(
        r#"{"attribute_id": 3, "customer_id": 7, "attribute_value": "42",
            "date_created": "2026-03-02T09:15:00Z", "date_modified": "2026-03-02T09:15:00Z"}"#,
        id,
    )
}

pub(crate) fn group(id: u64) -> Value {
    parsed(
        r#"{"name": "Tinkers", "is_default": false, "is_group_for_guests": false,
            "category_access": {"type": "specific", "categories": [18, 23]},
            "discount_rules": [
                {"type": "all", "method": "percent", "amount": "5.0000"},
                {"type": "category", "method": "fixed", "amount": "2.5000", "category_id": 18},
                {"type": "price_list", "price_list_id": 2}],
            "date_created": "Thu, 18 Jun 2026 12:05:04 +0000",
            "date_modified": "Thu, 18 Jun 2026 12:05:04 +0000"}"#,
        id,
    )
}

pub(crate) fn transaction(id: u64) -> Value {
    parsed(
        r#"{"order_id": "100", "event": "purchase", "method": "credit_card", "amount": 37.9500,
            "currency": "GBP", "gateway": "testgateway", "gateway_transaction_id": "x1",
            "status": "ok", "test": true, "fraud_review": false, "reference_transaction_id": null,
            "date_created": "2026-06-18T12:05:04+00:00",
            "credit_card": {"card_type": "visa", "card_last4": "1111"}}"#,
        id,
    )
}

pub(crate) fn full_refund(id: u64) -> Value {
    parsed(
        r#"{"order_id": 100, "user_id": 1, "created": "2026-06-19T08:00:00+00:00",
            "reason": "dented", "total_amount": 10.50, "total_tax": 1.75,
            "uses_merchant_override_values": false,
            "items": [{"item_type": "PRODUCT", "item_id": 5, "quantity": 1,
                       "requested_amount": null, "reason": "", "adjustments": []}],
            "payments": [{"id": 4, "provider_id": "storecredit", "amount": 10.50, "offline": false,
                          "is_declined": false, "declined_message": ""}]}"#,
        id,
    )
}

pub(crate) fn full_tax(id: u64) -> Value {
    parsed(
        r#"{"order_id": 100, "order_address_id": 3, "tax_rate_id": 1, "sales_tax_id": "VAT-20",
            "tax_class_id": 0, "name": "VAT", "class": "Default Tax Class", "rate": "20.0000",
            "priority": 1, "priority_amount": "17.9960", "line_amount": 8.998,
            "order_pickup_method_id": 0, "order_product_id": "11", "line_item_type": "item"}"#,
        id,
    )
}

pub(crate) fn message(id: u64) -> Value {
    parsed(
        r#"{"order_id": 100, "staff_id": 3, "customer_id": 0, "type": "customer",
            "subject": "Your kettle", "message": "It whistles.", "status": "unread",
            "is_flagged": false, "date_created": "Thu, 18 Jun 2026 12:05:04 +0000"}"#,
        id,
    )
}

pub(crate) fn currency(id: u64) -> Value {
    parsed(
        r#"{"currency_code": "GBP", "name": "Pound", "currency_exchange_rate": "1.0000000000",
            "is_default": true, "enabled": true, "is_transactional": true, "token": "£",
            "token_location": "left", "decimal_token": ".", "thousands_token": ",",
            "decimal_places": 2, "last_updated": "Thu, 18 Jun 2026 12:05:04 +0000"}"#,
        id,
    )
}

pub(crate) fn tax_class(id: u64) -> Value {
    parsed(
        r#"{"name": "Default", "created_at": "2026", "updated_at": "2026"}"#,
        id,
    )
}

pub(crate) fn country(id: u64) -> Value {
    parsed(
        r#"{"country": "United Kingdom", "country_iso2": "GB", "country_iso3": "GBR",
            "states": {"url": "https://api.example/states", "resource": "/countries/1/states"}}"#,
        id,
    )
}

pub(crate) fn state(id: u64) -> Value {
    parsed(
        r#"{"state": "Midlothian", "state_abbreviation": "MLN", "country_id": 225}"#,
        id,
    )
}

pub(crate) fn channel(id: u64) -> Value {
    parsed(
        r#"{"external_id": "", "is_listable_from_ui": true, "is_enabled": true, "is_visible": true,
            "status": "active", "name": "Tea & Tins", "type": "storefront",
            "platform": "bigcommerce", "date_created": "2026-03-02T09:15:00Z",
            "date_modified": "2026-03-02T09:15:00Z", "icon_url": "",
            "currencies": {"channel_id": 1, "enabled_currencies": ["GBP"], "default_currency": "GBP"}}"#,
        id,
    )
}

pub(crate) fn payment_method(id: u64) -> Value {
    parsed(
        r#"{"name": "Test gateway", "test_mode": true, "type": "card", "stored_instruments": [],
            "supported_instruments": [
                {"instrument_type": "VISA", "verification_value_required": true}]}"#,
        id,
    )
}

/// An order with what came along: two lines that are shipped, one that is downloaded.
pub(crate) fn full_order(id: u64) -> Value {
    let mut order = crate::support::order(id);
    order["items_total"] = json!(6);
    let mut shipping = crate::support::shipping_address(3);
    shipping["line_items"] = json!([
        crate::support::order_line(51),
        crate::support::order_line(52)
    ]);
    order["consignments"] = json!({
        "shipping": [shipping],
        "pickups": [],
        "downloads": [{"recipient_email": "ada@tins.example",
                       "line_items": [crate::support::order_line(53)]}],
        "email": {"gift_certificates": []},
    });
    order["fees"] = json!([{
        "id": 4, "type": "custom_fee", "display_name_customer": "Rush",
        "display_name_merchant": "Rush", "source": "staff", "base_cost": "5.0000",
        "cost_ex_tax": "5.0000", "cost_inc_tax": "6.0000", "cost_tax": "1.0000", "tax_class_id": 1
    }]);
    order
}

/// A product with everything that may come along.
pub(crate) fn full_product(id: u64) -> Value {
    let mut product = crate::support::product(id);
    product["variants"] = json!([variant(1), variant(2), variant(3)]);
    product["images"] = json!([image(1)]);
    product["custom_fields"] = json!([custom_field(1), custom_field(2)]);
    product["bulk_pricing_rules"] = json!([rule(1)]);
    product["options"] = json!([option(1)]);
    product["modifiers"] = json!([modifier(1)]);
    product["videos"] = json!([video(1)]);
    product["channels"] = json!([1]);
    product
}

/// A customer with everything that may come along.
pub(crate) fn full_customer(id: u64) -> Value {
    let mut customer = crate::support::customer(id);
    customer["addresses"] = json!([customer_address(1), customer_address(2)]);
    customer["attributes"] = json!([attribute_value(1)]);
    customer["form_fields"] = json!([
        {"name": "Heard of us", "value": ["friends", "radio"], "customer_id": 7},
        {"name": "Floor", "value": 2, "customer_id": 7}
    ]);
    customer
}
