//! Products and orders that nobody sells, as a store would send them.

use std::{fmt::Write as _, ops::RangeInclusive};

/// A page of products with two variants, a picture and two custom fields each.
pub(super) fn page_of_products(ids: RangeInclusive<u64>, per_page: u64) -> Vec<u8> {
    let mut text = String::from("{\"data\":[");
    let mut count = 0;
    for id in ids {
        if count > 0 {
            text.push(',');
        }
        count += 1;
        product(&mut text, id);
    }
    let _ = write!(
        text,
        "],\"meta\":{{\"pagination\":{{\"total\":{count},\"count\":{count},\"per_page\":{per_page},\
         \"current_page\":1,\"total_pages\":1,\"links\":{{}}}}}}}}"
    );
    text.into_bytes()
}

fn product(text: &mut String, id: u64) {
    let _ = write!(
        text,
        r#"{{"id":{id},"name":"Kettle {id}","type":"physical","sku":"KET-{id}","description":"<p>A kettle of copper, tinned inside. It whistles when the water boils, and pours without a drip.</p>","weight":1.25,"width":20,"depth":18,"height":22,"price":49.95,"cost_price":21.5,"retail_price":59,"sale_price":44.99,"map_price":0,"tax_class_id":0,"product_tax_code":"","calculated_price":44.99,"categories":[18,23],"brand_id":4,"option_set_id":null,"option_set_display":"right","inventory_level":7,"inventory_warning_level":2,"inventory_tracking":"variant","reviews_rating_sum":0,"reviews_count":0,"total_sold":12,"fixed_cost_shipping_price":0,"is_free_shipping":false,"is_visible":true,"is_featured":false,"related_products":[-1],"warranty":"","bin_picking_number":"","layout_file":"product.html","upc":"","mpn":"","gtin":"","date_last_imported":null,"search_keywords":"","availability":"available","availability_description":"","condition":"New","is_condition_shown":false,"order_quantity_minimum":0,"order_quantity_maximum":0,"page_title":"","meta_keywords":[],"meta_description":"","date_created":"2026-03-02T09:15:00+00:00","date_modified":"2026-06-19T08:00:00+00:00","view_count":3,"preorder_release_date":null,"preorder_message":"0","is_preorder_only":false,"is_price_hidden":false,"price_hidden_label":"0","custom_url":{{"url":"/kettle-{id}/","is_customized":false}},"base_variant_id":null,"open_graph_type":"product","open_graph_title":"","open_graph_description":"","open_graph_use_meta_description":true,"open_graph_use_product_name":true,"open_graph_use_image":true,"variants":["#
    );
    for (at, size) in ["Small", "Large"].iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let variant = id * 2 + at as u64;
        let _ = write!(
            text,
            r#"{{"id":{variant},"product_id":{id},"sku":"KET-{id}-{size}","sku_id":{variant},"price":null,"calculated_price":44.99,"sale_price":null,"retail_price":null,"map_price":null,"weight":null,"calculated_weight":1.25,"width":null,"height":null,"depth":null,"is_free_shipping":false,"fixed_cost_shipping_price":null,"purchasing_disabled":false,"purchasing_disabled_message":"","image_url":"","cost_price":0,"upc":"","mpn":"","gtin":"","inventory_level":4,"inventory_warning_level":0,"bin_picking_number":"","option_values":[{{"id":{at},"label":"{size}","option_id":11,"option_display_name":"Size"}}]}}"#
        );
    }
    let _ = write!(
        text,
        r#"],"images":[{{"id":{id},"product_id":{id},"is_thumbnail":true,"sort_order":0,"description":"A kettle","image_file":"k/{id}/kettle.png","url_zoom":"https://images.example/{id}.1280.png","url_standard":"https://images.example/{id}.386.png","url_thumbnail":"https://images.example/{id}.220.png","url_tiny":"https://images.example/{id}.44.png","date_modified":"2026-03-02T09:15:00+00:00"}}],"custom_fields":[{{"id":{id},"name":"Metal","value":"Copper"}},{{"id":{id}1,"name":"Litres","value":"1.5"}}]}}"#
    );
}

/// How many lines an order has: most a few, one in a hundred more than come along.
pub(super) const fn lines_of(order: u64) -> u64 {
    if order.is_multiple_of(100) {
        51 + order / 100 * 37 % 200
    } else {
        1 + order % 5
    }
}

/// A page of orders with their lines along, cut after fifty.
pub(super) fn page_of_orders(ids: RangeInclusive<u64>) -> Vec<u8> {
    let mut text = String::from("[");
    for id in ids {
        if text.len() > 1 {
            text.push(',');
        }
        let count = lines_of(id);
        let _ = write!(
            text,
            r#"{{"id":{id},"customer_id":7,"date_created":"Thu, 18 Jun 2026 12:05:04 +0000","date_modified":"Fri, 19 Jun 2026 08:00:00 +0000","date_shipped":"","status_id":11,"subtotal_ex_tax":"30.0000","shipping_cost_ex_tax":"4.5000","total_inc_tax":"37.9500","total_tax":"3.4500","items_total":{count},"payment_method":"Card","payment_status":"captured","currency_code":"USD","default_currency_code":"USD","staff_notes":null,"customer_message":"","discount_amount":"0.0000","coupon_discount":"0.0000","billing_address":{{"first_name":"Ada","last_name":"Tinker"}},"order_source":"www","channel_id":1,"is_deleted":false,"consignments":{{"shipping":[{{"id":{id},"first_name":"Ada","last_name":"Tinker","shipping_method":"Post","#
        );
        if count > 50 {
            text.push_str(r#""__warning__":{"message":"only 50 are included"},"#);
        }
        text.push_str("\"line_items\":");
        lines(&mut text, id, 1..=count.min(50));
        text.push_str("}],\"pickups\":[],\"downloads\":[],\"email\":{\"gift_certificates\":[]}}}");
    }
    text.push(']');
    text.into_bytes()
}

/// All lines of an order.
pub(super) fn page_of_lines(order: u64) -> Vec<u8> {
    let mut text = String::new();
    lines(&mut text, order, 1..=lines_of(order));
    text.into_bytes()
}

fn lines(text: &mut String, order: u64, numbers: RangeInclusive<u64>) {
    text.push('[');
    let first = *numbers.start();
    for number in numbers {
        if number > first {
            text.push(',');
        }
        let id = order * 1_000 + number;
        let _ = write!(
            text,
            r#"{{"id":{id},"order_id":{order},"product_id":7,"variant_id":77,"order_address_id":3,"name":"Kettle","sku":"KET-1","price_ex_tax":"10.0000","total_ex_tax":"10.0000","quantity":1,"quantity_shipped":0,"quantity_refunded":0,"applied_discounts":[],"product_options":[]}}"#
        );
    }
    text.push(']');
}
