//! What the sandbox answers by itself: method, pattern, and who answers.

use super::Call;
use crate::http::Response;
use crate::state::Store;
use crate::{v2, v3};

/// Answers one request that has been let in.
pub(crate) type Answer = fn(&mut Store, &Call<'_>) -> Result<Response, Box<Response>>;

/// Patterns as in [`super::known::KNOWN`].
pub(super) const BUILT: &[(&str, &str, Answer)] = &[
    ("GET", "v2/time", |_, c| Ok(v2::profile::time(c))),
    ("GET", "v2/store", |s, _| Ok(v2::profile::store(s))),
    ("GET", "v2/orders", |s, c| v2::orders::list(s, c)),
    ("GET", "v2/orders/count", |s, c| v2::statuses::count(s, c)),
    ("GET", "v2/orders/*", |s, c| v2::orders::one(s, c)),
    ("PUT", "v2/orders/*", |s, c| v2::change_order::put(s, c)),
    ("GET", "v2/orders/*/products", |s, c| {
        Ok(v2::order_lines::list(s, c))
    }),
    ("GET", "v2/orders/*/products/*", |s, c| {
        v2::order_lines::one(s, c)
    }),
    ("GET", "v2/orders/*/shipping_addresses", |s, c| {
        v2::order_parts::addresses(s, c)
    }),
    ("GET", "v2/orders/*/shipping_addresses/*", |s, c| {
        v2::order_parts::address(s, c)
    }),
    ("GET", "v2/orders/*/shipments", |s, c| {
        v2::shipments::list(s, c)
    }),
    ("POST", "v2/orders/*/shipments", |s, c| {
        v2::shipments::post(s, c)
    }),
    ("GET", "v2/orders/*/shipments/count", |s, c| {
        v2::shipments::count(s, c)
    }),
    ("GET", "v2/orders/*/shipments/*", |s, c| {
        v2::shipments::one(s, c)
    }),
    ("PUT", "v2/orders/*/shipments/*", |s, c| {
        v2::shipments::put(s, c)
    }),
    ("DELETE", "v2/orders/*/shipments/*", |s, c| {
        v2::shipments::delete(s, c)
    }),
    ("GET", "v2/orders/*/coupons", |s, c| {
        v2::order_parts::coupons(s, c)
    }),
    ("GET", "v2/orders/*/taxes", |s, c| {
        v2::order_parts::taxes(s, c)
    }),
    ("GET", "v2/orders/*/messages", |s, c| {
        v2::order_messages::list(s, c)
    }),
    ("GET", "v2/orders/*/fees", |s, c| {
        v2::order_parts::fees(s, c)
    }),
    ("GET", "v3/orders/*/payment_actions/refunds", |s, c| {
        v3::refunds::of_order(s, c)
    }),
    ("GET", "v3/orders/payment_actions/refunds", |s, c| {
        v3::refunds::list(s, c)
    }),
    ("GET", "v3/orders/payment_actions/refunds/*", |s, c| {
        v3::refunds::one(s, c)
    }),
    ("GET", "v2/order_statuses", |s, _| Ok(v2::statuses::list(s))),
    ("GET", "v2/order_statuses/*", |s, c| {
        Ok(v2::statuses::one(s, c))
    }),
    ("GET", "v3/catalog/products", |s, c| {
        v3::products::list(s, c)
    }),
    ("POST", "v3/catalog/products", |s, c| {
        v3::product_write::post(s, c)
    }),
    ("PUT", "v3/catalog/products", |s, c| {
        v3::product_write::put_batch(s, c)
    }),
    ("DELETE", "v3/catalog/products", |s, c| {
        v3::product_write::delete_many(s, c)
    }),
    ("GET", "v3/catalog/products/*", |s, c| {
        v3::products::one(s, c)
    }),
    ("PUT", "v3/catalog/products/*", |s, c| {
        v3::product_write::put(s, c)
    }),
    ("DELETE", "v3/catalog/products/*", |s, c| {
        v3::product_write::delete(s, c)
    }),
    ("GET", "v3/catalog/products/*/images", |s, c| {
        v3::images::list(s, c)
    }),
    ("POST", "v3/catalog/products/*/images", |s, c| {
        v3::images::post(s, c)
    }),
    ("GET", "v3/catalog/products/*/images/*", |s, c| {
        v3::images::one(s, c)
    }),
    ("PUT", "v3/catalog/products/*/images/*", |s, c| {
        v3::images::put(s, c)
    }),
    ("DELETE", "v3/catalog/products/*/images/*", |s, c| {
        v3::images::delete(s, c)
    }),
    ("GET", "v3/catalog/products/*/variants", |s, c| {
        v3::variants::list(s, c)
    }),
    ("GET", "v3/catalog/products/*/variants/*", |s, c| {
        v3::variants::one(s, c)
    }),
    ("GET", "v3/catalog/variants", |s, c| v3::variants::all(s, c)),
    ("GET", "v3/catalog/products/channel-assignments", |s, c| {
        v3::assignments::list(s, c, &v3::assignments::CHANNELS)
    }),
    ("PUT", "v3/catalog/products/channel-assignments", |s, c| {
        v3::assignments::put(s, c, &v3::assignments::CHANNELS)
    }),
    (
        "DELETE",
        "v3/catalog/products/channel-assignments",
        |s, c| v3::assignments::delete(s, c, &v3::assignments::CHANNELS),
    ),
    ("GET", "v3/catalog/brands", |s, c| v3::brands::list(s, c)),
    ("POST", "v3/catalog/brands", |s, c| v3::brands::post(s, c)),
    ("GET", "v3/catalog/brands/*", |s, c| v3::brands::one(s, c)),
    ("GET", "v3/catalog/trees", |s, c| {
        v3::categories::trees(s, c)
    }),
    ("GET", "v3/catalog/trees/*/categories", |s, c| {
        v3::categories::tree(s, c)
    }),
    ("GET", "v3/catalog/trees/categories", |s, c| {
        v3::categories::list(s, c)
    }),
    ("GET", "v3/catalog/categories", |s, c| {
        v3::categories::old_list(s, c)
    }),
    ("GET", "v3/catalog/categories/*", |s, c| {
        v3::categories::old_one(s, c)
    }),
    ("GET", "v3/customers", |s, c| v3::customers::list(s, c)),
    ("POST", "v3/customers", |s, c| {
        v3::customer_write::post(s, c)
    }),
    ("PUT", "v3/customers", |s, c| v3::customer_write::put(s, c)),
    ("DELETE", "v3/customers", |s, c| {
        v3::customer_write::delete(s, c)
    }),
    ("GET", "v3/customers/addresses", |s, c| {
        v3::customers::addresses(s, c)
    }),
    ("GET", "v2/customers", |s, c| v2::customers::list(s, c)),
    ("POST", "v2/customers", |s, c| v2::customers::post(s, c)),
    ("DELETE", "v2/customers", |s, _| {
        Ok(v2::customers::delete_all(s))
    }),
    ("GET", "v2/customers/*", |s, c| v2::customers::one(s, c)),
    ("PUT", "v2/customers/*", |s, c| v2::customers::put(s, c)),
    ("DELETE", "v2/customers/*", |s, c| {
        v2::customers::delete(s, c)
    }),
    ("GET", "v2/customers/count", |s, c| {
        v2::customers::count(s, c)
    }),
    ("GET", "v2/customers/*/addresses", |s, c| {
        v2::customers::addresses(s, c)
    }),
    ("GET", "v2/customers/*/addresses/count", |s, c| {
        v2::customers::address_count(s, c)
    }),
    ("GET", "v2/customers/*/addresses/*", |s, c| {
        v2::customers::one_address(s, c)
    }),
    ("GET", "v2/customer_groups", |s, c| {
        v2::customer_groups::list(s, c)
    }),
    ("GET", "v2/customer_groups/*", |s, c| {
        v2::customer_groups::one(s, c)
    }),
    ("GET", "v3/channels", |s, c| v3::small::channels(s, c)),
    ("GET", "v3/inventory/locations", |s, c| {
        v3::inventory::locations(s, c)
    }),
    ("GET", "v3/orders/*/transactions", |s, c| {
        v3::transactions::list(s, c)
    }),
    ("POST", "v2/orders", |s, c| v2::create_order::post(s, c)),
    ("DELETE", "v2/orders", |s, c| {
        v2::change_order::delete_all(s, c)
    }),
    ("DELETE", "v2/orders/*", |s, c| {
        v2::change_order::delete(s, c)
    }),
    ("GET", "v2/orders/*/consignments", |s, c| {
        v2::consignments::list(s, c)
    }),
    ("DELETE", "v2/orders/*/shipments", |s, c| {
        v2::shipments::delete_all(s, c)
    }),
    ("PUT", "v2/orders/*/shipping_addresses/*", |s, c| {
        v2::change_order::put_address(s, c)
    }),
    (
        "GET",
        "v2/orders/*/shipping_addresses/*/shipping_quotes",
        |s, c| v2::order_parts::shipping_quotes(s, c),
    ),
    (
        "GET",
        "v2/orders/*/consignments/shipping/*/shipping_quotes",
        |s, c| v2::order_parts::shipping_quotes(s, c),
    ),
    ("GET", "v2/currencies", |s, c| {
        v2::money_settings::currencies(s, c)
    }),
    ("POST", "v2/currencies", |s, c| {
        v2::money_settings::post_currency(s, c)
    }),
    ("GET", "v2/currencies/*", |s, c| {
        v2::money_settings::currency(s, c)
    }),
    ("PUT", "v2/currencies/*", |s, c| {
        v2::money_settings::put_currency(s, c)
    }),
    ("DELETE", "v2/currencies/*", |s, c| {
        v2::money_settings::delete_currency(s, c)
    }),
    ("GET", "v2/tax_classes", |s, c| {
        v2::money_settings::tax_classes(s, c)
    }),
    ("GET", "v2/tax_classes/*", |s, c| {
        v2::money_settings::tax_class(s, c)
    }),
    ("GET", "v2/payments/methods", |_, c| {
        v2::money_settings::payment_methods(c)
    }),
    ("GET", "v2/countries", |s, c| v2::countries::list(s, c)),
    ("GET", "v2/countries/*", |s, c| v2::countries::one(s, c)),
    ("GET", "v2/countries/count", |_, _| {
        Ok(v2::countries::count())
    }),
    ("GET", "v2/countries/*/states", |_, c| {
        v2::countries::states(c)
    }),
    ("GET", "v2/countries/*/states/*", |_, c| {
        v2::countries::state(c)
    }),
    ("GET", "v2/countries/*/states/count", |_, c| {
        v2::countries::states_count(c)
    }),
    ("GET", "v2/countries/states", |_, c| {
        v2::countries::all_states(c)
    }),
    ("GET", "v2/countries/states/count", |_, _| {
        Ok(v2::countries::all_states_count())
    }),
    ("GET", "v2/customer_groups/count", |s, c| {
        v2::customer_groups::count(s, c)
    }),
    ("POST", "v2/customer_groups", |s, c| {
        v2::customer_groups::post(s, c)
    }),
    ("PUT", "v2/customer_groups/*", |s, c| {
        v2::customer_groups::put(s, c)
    }),
    ("DELETE", "v2/customer_groups/*", |s, c| {
        v2::customer_groups::delete(s, c)
    }),
    ("GET", "v3/catalog/summary", |s, c| {
        v3::settings::summary(s, c)
    }),
    ("POST", "v3/catalog/products/*/variants", |s, c| {
        v3::variant_write::post(s, c)
    }),
    ("PUT", "v3/catalog/products/*/variants/*", |s, c| {
        v3::variant_write::put(s, c)
    }),
    ("DELETE", "v3/catalog/products/*/variants/*", |s, c| {
        v3::variant_write::delete(s, c)
    }),
    ("POST", "v3/catalog/products/*/variants/*/image", |s, c| {
        v3::variant_write::post_image(s, c)
    }),
    ("PUT", "v3/catalog/variants", |s, c| {
        v3::variant_write::put_batch(s, c)
    }),
    ("GET", "v3/catalog/products/*/options", |s, c| {
        v3::options::list(s, c)
    }),
    ("POST", "v3/catalog/products/*/options", |s, c| {
        v3::options::post(s, c)
    }),
    ("GET", "v3/catalog/products/*/options/*", |s, c| {
        v3::options::one(s, c)
    }),
    ("PUT", "v3/catalog/products/*/options/*", |s, c| {
        v3::options::put(s, c)
    }),
    ("DELETE", "v3/catalog/products/*/options/*", |s, c| {
        v3::options::delete(s, c)
    }),
    ("GET", "v3/catalog/products/*/options/*/values", |s, c| {
        v3::options::values(s, c)
    }),
    ("POST", "v3/catalog/products/*/options/*/values", |s, c| {
        v3::options::post_value(s, c)
    }),
    ("GET", "v3/catalog/products/*/options/*/values/*", |s, c| {
        v3::options::value(s, c)
    }),
    ("PUT", "v3/catalog/products/*/options/*/values/*", |s, c| {
        v3::options::put_value(s, c)
    }),
    (
        "DELETE",
        "v3/catalog/products/*/options/*/values/*",
        |s, c| v3::options::delete_value(s, c),
    ),
    ("GET", "v3/catalog/products/*/modifiers", |s, c| {
        v3::modifiers::list(s, c)
    }),
    ("POST", "v3/catalog/products/*/modifiers", |s, c| {
        v3::modifiers::post(s, c)
    }),
    ("GET", "v3/catalog/products/*/modifiers/*", |s, c| {
        v3::modifiers::one(s, c)
    }),
    ("PUT", "v3/catalog/products/*/modifiers/*", |s, c| {
        v3::modifiers::put(s, c)
    }),
    ("DELETE", "v3/catalog/products/*/modifiers/*", |s, c| {
        v3::modifiers::delete(s, c)
    }),
    ("GET", "v3/catalog/products/*/modifiers/*/values", |s, c| {
        v3::modifiers::values(s, c)
    }),
    (
        "POST",
        "v3/catalog/products/*/modifiers/*/values",
        |s, c| v3::modifiers::post_value(s, c),
    ),
    (
        "GET",
        "v3/catalog/products/*/modifiers/*/values/*",
        |s, c| v3::modifiers::value(s, c),
    ),
    (
        "PUT",
        "v3/catalog/products/*/modifiers/*/values/*",
        |s, c| v3::modifiers::put_value(s, c),
    ),
    (
        "DELETE",
        "v3/catalog/products/*/modifiers/*/values/*",
        |s, c| v3::modifiers::delete_value(s, c),
    ),
    ("GET", "v3/catalog/products/*/custom-fields", |s, c| {
        v3::custom_fields::list(s, c)
    }),
    ("POST", "v3/catalog/products/*/custom-fields", |s, c| {
        v3::custom_fields::post(s, c)
    }),
    ("GET", "v3/catalog/products/*/custom-fields/*", |s, c| {
        v3::custom_fields::one(s, c)
    }),
    ("PUT", "v3/catalog/products/*/custom-fields/*", |s, c| {
        v3::custom_fields::put(s, c)
    }),
    ("DELETE", "v3/catalog/products/*/custom-fields/*", |s, c| {
        v3::custom_fields::delete(s, c)
    }),
    ("GET", "v3/catalog/products/*/videos", |s, c| {
        v3::parts::list(s, c, &v3::parts::VIDEOS)
    }),
    ("POST", "v3/catalog/products/*/videos", |s, c| {
        v3::parts::post(s, c, &v3::parts::VIDEOS)
    }),
    ("GET", "v3/catalog/products/*/videos/*", |s, c| {
        v3::parts::one(s, c, &v3::parts::VIDEOS)
    }),
    ("PUT", "v3/catalog/products/*/videos/*", |s, c| {
        v3::parts::put(s, c, &v3::parts::VIDEOS)
    }),
    ("DELETE", "v3/catalog/products/*/videos/*", |s, c| {
        v3::parts::delete(s, c, &v3::parts::VIDEOS)
    }),
    ("GET", "v3/catalog/products/*/bulk-pricing-rules", |s, c| {
        v3::parts::list(s, c, &v3::parts::BULK_PRICING_RULES)
    }),
    (
        "POST",
        "v3/catalog/products/*/bulk-pricing-rules",
        |s, c| v3::parts::post(s, c, &v3::parts::BULK_PRICING_RULES),
    ),
    (
        "GET",
        "v3/catalog/products/*/bulk-pricing-rules/*",
        |s, c| v3::parts::one(s, c, &v3::parts::BULK_PRICING_RULES),
    ),
    (
        "PUT",
        "v3/catalog/products/*/bulk-pricing-rules/*",
        |s, c| v3::parts::put(s, c, &v3::parts::BULK_PRICING_RULES),
    ),
    (
        "DELETE",
        "v3/catalog/products/*/bulk-pricing-rules/*",
        |s, c| v3::parts::delete(s, c, &v3::parts::BULK_PRICING_RULES),
    ),
    ("GET", "v3/catalog/products/*/reviews", |s, c| {
        v3::parts::list(s, c, &v3::parts::REVIEWS)
    }),
    ("POST", "v3/catalog/products/*/reviews", |s, c| {
        v3::parts::post(s, c, &v3::parts::REVIEWS)
    }),
    ("GET", "v3/catalog/products/*/reviews/*", |s, c| {
        v3::parts::one(s, c, &v3::parts::REVIEWS)
    }),
    ("PUT", "v3/catalog/products/*/reviews/*", |s, c| {
        v3::parts::put(s, c, &v3::parts::REVIEWS)
    }),
    ("DELETE", "v3/catalog/products/*/reviews/*", |s, c| {
        v3::parts::delete(s, c, &v3::parts::REVIEWS)
    }),
    ("GET", "v3/catalog/products/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::PRODUCT)
    }),
    ("POST", "v3/catalog/products/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::PRODUCT)
    }),
    ("GET", "v3/catalog/products/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::PRODUCT)
    }),
    ("PUT", "v3/catalog/products/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::PRODUCT)
    }),
    ("DELETE", "v3/catalog/products/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::PRODUCT)
    }),
    ("GET", "v3/catalog/products/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::PRODUCT)
    }),
    ("POST", "v3/catalog/products/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::PRODUCT)
    }),
    ("PUT", "v3/catalog/products/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::PRODUCT)
    }),
    ("DELETE", "v3/catalog/products/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::PRODUCT)
    }),
    (
        "GET",
        "v3/catalog/products/*/variants/*/metafields",
        |s, c| v3::metafields::list(s, c, &v3::metafields::VARIANT),
    ),
    (
        "POST",
        "v3/catalog/products/*/variants/*/metafields",
        |s, c| v3::metafields::post(s, c, &v3::metafields::VARIANT),
    ),
    (
        "GET",
        "v3/catalog/products/*/variants/*/metafields/*",
        |s, c| v3::metafields::one(s, c, &v3::metafields::VARIANT),
    ),
    (
        "PUT",
        "v3/catalog/products/*/variants/*/metafields/*",
        |s, c| v3::metafields::put(s, c, &v3::metafields::VARIANT),
    ),
    (
        "DELETE",
        "v3/catalog/products/*/variants/*/metafields/*",
        |s, c| v3::metafields::delete(s, c, &v3::metafields::VARIANT),
    ),
    ("GET", "v3/catalog/variants/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::VARIANT)
    }),
    ("POST", "v3/catalog/variants/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::VARIANT)
    }),
    ("PUT", "v3/catalog/variants/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::VARIANT)
    }),
    ("DELETE", "v3/catalog/variants/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::VARIANT)
    }),
    ("GET", "v3/catalog/categories/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::CATEGORY)
    }),
    ("POST", "v3/catalog/categories/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::CATEGORY)
    }),
    ("GET", "v3/catalog/categories/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::CATEGORY)
    }),
    ("PUT", "v3/catalog/categories/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::CATEGORY)
    }),
    ("DELETE", "v3/catalog/categories/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::CATEGORY)
    }),
    ("GET", "v3/catalog/categories/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::CATEGORY)
    }),
    ("POST", "v3/catalog/categories/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::CATEGORY)
    }),
    ("PUT", "v3/catalog/categories/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::CATEGORY)
    }),
    ("DELETE", "v3/catalog/categories/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::CATEGORY)
    }),
    ("GET", "v3/catalog/brands/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::BRAND)
    }),
    ("POST", "v3/catalog/brands/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::BRAND)
    }),
    ("GET", "v3/catalog/brands/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::BRAND)
    }),
    ("PUT", "v3/catalog/brands/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::BRAND)
    }),
    ("DELETE", "v3/catalog/brands/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::BRAND)
    }),
    ("GET", "v3/catalog/brands/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::BRAND)
    }),
    ("POST", "v3/catalog/brands/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::BRAND)
    }),
    ("PUT", "v3/catalog/brands/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::BRAND)
    }),
    ("DELETE", "v3/catalog/brands/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::BRAND)
    }),
    ("GET", "v3/orders/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::ORDER)
    }),
    ("POST", "v3/orders/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::ORDER)
    }),
    ("GET", "v3/orders/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::ORDER)
    }),
    ("PUT", "v3/orders/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::ORDER)
    }),
    ("DELETE", "v3/orders/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::ORDER)
    }),
    ("GET", "v3/orders/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::ORDER)
    }),
    ("POST", "v3/orders/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::ORDER)
    }),
    ("PUT", "v3/orders/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::ORDER)
    }),
    ("DELETE", "v3/orders/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::ORDER)
    }),
    ("GET", "v3/customers/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::CUSTOMER)
    }),
    ("POST", "v3/customers/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::CUSTOMER)
    }),
    ("GET", "v3/customers/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::CUSTOMER)
    }),
    ("PUT", "v3/customers/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::CUSTOMER)
    }),
    ("DELETE", "v3/customers/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::CUSTOMER)
    }),
    ("GET", "v3/customers/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::CUSTOMER)
    }),
    ("POST", "v3/customers/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::CUSTOMER)
    }),
    ("PUT", "v3/customers/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::CUSTOMER)
    }),
    ("DELETE", "v3/customers/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::CUSTOMER)
    }),
    ("GET", "v3/inventory/locations/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::LOCATION)
    }),
    ("POST", "v3/inventory/locations/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::LOCATION)
    }),
    ("GET", "v3/inventory/locations/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::LOCATION)
    }),
    ("PUT", "v3/inventory/locations/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::LOCATION)
    }),
    ("DELETE", "v3/inventory/locations/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::LOCATION)
    }),
    ("GET", "v3/inventory/locations/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::LOCATION)
    }),
    ("POST", "v3/inventory/locations/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::LOCATION)
    }),
    ("PUT", "v3/inventory/locations/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::LOCATION)
    }),
    ("DELETE", "v3/inventory/locations/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::LOCATION)
    }),
    ("GET", "v3/channels/*/metafields", |s, c| {
        v3::metafields::list(s, c, &v3::metafields::CHANNEL)
    }),
    ("POST", "v3/channels/*/metafields", |s, c| {
        v3::metafields::post(s, c, &v3::metafields::CHANNEL)
    }),
    ("GET", "v3/channels/*/metafields/*", |s, c| {
        v3::metafields::one(s, c, &v3::metafields::CHANNEL)
    }),
    ("PUT", "v3/channels/*/metafields/*", |s, c| {
        v3::metafields::put(s, c, &v3::metafields::CHANNEL)
    }),
    ("DELETE", "v3/channels/*/metafields/*", |s, c| {
        v3::metafields::delete(s, c, &v3::metafields::CHANNEL)
    }),
    ("GET", "v3/channels/metafields", |s, c| {
        v3::metafields::all(s, c, &v3::metafields::CHANNEL)
    }),
    ("POST", "v3/channels/metafields", |s, c| {
        v3::metafields::post_batch(s, c, &v3::metafields::CHANNEL)
    }),
    ("PUT", "v3/channels/metafields", |s, c| {
        v3::metafields::put_batch(s, c, &v3::metafields::CHANNEL)
    }),
    ("DELETE", "v3/channels/metafields", |s, c| {
        v3::metafields::delete_batch(s, c, &v3::metafields::CHANNEL)
    }),
    ("GET", "v3/catalog/products/category-assignments", |s, c| {
        v3::assignments::list(s, c, &v3::assignments::CATEGORIES)
    }),
    ("PUT", "v3/catalog/products/category-assignments", |s, c| {
        v3::assignments::put(s, c, &v3::assignments::CATEGORIES)
    }),
    (
        "DELETE",
        "v3/catalog/products/category-assignments",
        |s, c| v3::assignments::delete(s, c, &v3::assignments::CATEGORIES),
    ),
    ("PUT", "v3/catalog/trees", |s, c| {
        v3::category_write::put_trees(s, c)
    }),
    ("DELETE", "v3/catalog/trees", |s, c| {
        v3::category_write::delete_trees(s, c)
    }),
    ("POST", "v3/catalog/trees/categories", |s, c| {
        v3::category_write::post(s, c)
    }),
    ("PUT", "v3/catalog/trees/categories", |s, c| {
        v3::category_write::put(s, c)
    }),
    ("DELETE", "v3/catalog/trees/categories", |s, c| {
        v3::category_write::delete(s, c)
    }),
    ("PUT", "v3/catalog/brands/*", |s, c| v3::brands::put(s, c)),
    ("DELETE", "v3/catalog/brands/*", |s, c| {
        v3::brands::delete(s, c)
    }),
    ("DELETE", "v3/catalog/brands", |s, c| {
        v3::brands::delete_many(s, c)
    }),
    ("POST", "v3/catalog/brands/*/image", |s, c| {
        v3::brands::post_image(s, c)
    }),
    ("DELETE", "v3/catalog/brands/*/image", |s, c| {
        v3::brands::delete_image(s, c)
    }),
    ("POST", "v3/customers/addresses", |s, c| {
        v3::address_write::post(s, c)
    }),
    ("PUT", "v3/customers/addresses", |s, c| {
        v3::address_write::put(s, c)
    }),
    ("DELETE", "v3/customers/addresses", |s, c| {
        v3::address_write::delete(s, c)
    }),
    ("GET", "v3/customers/attributes", |s, c| {
        v3::attributes::list(s, c)
    }),
    ("POST", "v3/customers/attributes", |s, c| {
        v3::attributes::post(s, c)
    }),
    ("PUT", "v3/customers/attributes", |s, c| {
        v3::attributes::put(s, c)
    }),
    ("DELETE", "v3/customers/attributes", |s, c| {
        v3::attributes::delete(s, c)
    }),
    ("GET", "v3/customers/attribute-values", |s, c| {
        v3::attributes::values(s, c)
    }),
    ("PUT", "v3/customers/attribute-values", |s, c| {
        v3::attributes::put_values(s, c)
    }),
    ("DELETE", "v3/customers/attribute-values", |s, c| {
        v3::attributes::delete_values(s, c)
    }),
    ("GET", "v3/customers/form-field-values", |s, c| {
        v3::attributes::form_fields(s, c)
    }),
    ("PUT", "v3/customers/form-field-values", |s, c| {
        v3::attributes::put_form_fields(s, c)
    }),
    ("GET", "v3/channels/*", |s, c| v3::small::channel(s, c)),
    ("GET", "v3/payments/methods", |s, c| {
        v3::settings::payment_methods(s, c)
    }),
    ("GET", "v3/settings/store/locale", |s, c| {
        v3::settings::locale(s, c)
    }),
    ("PUT", "v3/settings/store/locale", |s, c| {
        v3::settings::put_locale(s, c)
    }),
    ("GET", "v3/settings/store/units-of-measurement", |s, c| {
        v3::settings::units(s, c)
    }),
    ("PUT", "v3/settings/store/units-of-measurement", |s, c| {
        v3::settings::put_units(s, c)
    }),
    ("GET", "v3/inventory/items", |s, c| {
        v3::inventory::items(s, c)
    }),
    ("GET", "v3/inventory/locations/*/items", |s, c| {
        v3::inventory::items_at(s, c)
    }),
    ("PUT", "v3/inventory/locations/*/items", |s, c| {
        v3::inventory::put_settings(s, c)
    }),
    ("PUT", "v3/inventory/adjustments/absolute", |s, c| {
        v3::inventory::absolute(s, c)
    }),
    ("POST", "v3/inventory/adjustments/relative", |s, c| {
        v3::inventory::relative(s, c)
    }),
    ("POST", "v3/orders/*/payment_actions/capture", |s, c| {
        v3::payment_actions::capture(s, c)
    }),
    ("POST", "v3/orders/*/payment_actions/void", |s, c| {
        v3::payment_actions::void(s, c)
    }),
    (
        "POST",
        "v3/orders/*/payment_actions/refund_quotes",
        |s, c| v3::refund_write::quote(s, c),
    ),
    ("POST", "v3/orders/*/payment_actions/refunds", |s, c| {
        v3::refund_write::refund(s, c)
    }),
    ("POST", "v3/storefront/api-token", |s, c| {
        v3::storefront_tokens::storefront(s, c)
    }),
    ("DELETE", "v3/storefront/api-token", |s, c| {
        v3::storefront_tokens::revoke(s, c)
    }),
    ("POST", "v3/storefront/api-token-private", |s, c| {
        v3::storefront_tokens::private(s, c)
    }),
    (
        "POST",
        "v3/storefront/api-token-customer-impersonation",
        |s, c| v3::storefront_tokens::impersonation(s, c),
    ),
];
