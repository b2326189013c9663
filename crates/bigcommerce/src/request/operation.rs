//! The calls there are, in one table: how each is made, what a lost answer means, which scope it
//! needs.

use commerce::{Access, Scope};

use super::{Kind, Method, filters as f};

/// A call that can be made, whatever its values. The same for every request of its sort.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Module and function in [`request`](crate::request), with the kind of owner behind it where
    /// one function serves several paths.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below `/stores/{hash}`, values as `{}`.
    pub path: &'static str,
    /// What a lost answer means, at the least; see [`may_be_once`](field@Operation::may_be_once).
    pub kind: Kind,
    /// Bodies that create something or may send an e-mail make it [`Kind::Once`].
    pub may_be_once: bool,
    /// Scope that decides; `None` only where every valid token may.
    pub needs: Option<(Scope, Access)>,
    /// Another scope that would do instead.
    pub or: Option<(Scope, Access)>,
    /// What must not be under way at the same time.
    pub apart: Apart,
    /// Every parameter that requests of this sort can carry.
    pub parameters: &'static [&'static [&'static str]],
    /// Fields that come along whatever fields are chosen, because nothing can be read without
    /// them. The number is none of these: a store sends it unasked.
    pub never_without: &'static [&'static str],
}

/// What must not be under way together with a request.
///
/// Source: BigCommerce documentation, "API rate limits", and the notes on concurrency at each
/// operation. All other caps are above the number that is ever under way at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Apart {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// Another one to the same path: refunds of one order.
    Same,
    /// Another one of the same operation, whatever it is about: the categories of any tree.
    SameOperation,
    /// Bulk changes of stock: this is a bulk change of something else.
    BulkOfStock,
    /// Bulk changes of anything else: this is one of stock.
    BulkOfOthers,
}

impl Operation {
    const fn new(
        name: &'static str,
        method: Method,
        path: &'static str,
        kind: Kind,
        needs: Option<(Scope, Access)>,
    ) -> Self {
        Self {
            name,
            method,
            path,
            kind,
            may_be_once: false,
            needs,
            or: None,
            apart: Apart::Nothing,
            parameters: &[],
            never_without: &[],
        }
    }

    const fn get(name: &'static str, path: &'static str, scope: Scope) -> Self {
        Self::new(
            name,
            Method::Get,
            path,
            Kind::Read,
            Some((scope, Access::Read)),
        )
    }

    const fn post(name: &'static str, path: &'static str, scope: Scope) -> Self {
        Self::new(
            name,
            Method::Post,
            path,
            Kind::Once,
            Some((scope, Access::Modify)),
        )
    }

    const fn put(name: &'static str, path: &'static str, scope: Scope) -> Self {
        let needs = Some((scope, Access::Modify));
        Self::new(name, Method::Put, path, Kind::Idempotent, needs)
    }

    const fn delete(name: &'static str, path: &'static str, scope: Scope) -> Self {
        let needs = Some((scope, Access::Modify));
        Self::new(name, Method::Delete, path, Kind::Idempotent, needs)
    }

    const fn for_every_token(mut self) -> Self {
        self.needs = None;
        self
    }

    const fn or(mut self, scope: Scope, access: Access) -> Self {
        self.or = Some((scope, access));
        self
    }

    const fn may_be_once(mut self) -> Self {
        self.may_be_once = true;
        self
    }

    const fn apart(mut self, apart: Apart) -> Self {
        self.apart = apart;
        self
    }

    const fn with(mut self, parameters: &'static [&'static [&'static str]]) -> Self {
        self.parameters = parameters;
        self
    }

    const fn never_without(mut self, fields: &'static [&'static str]) -> Self {
        self.never_without = fields;
        self
    }

    /// The path with values in place.
    ///
    /// # Panics
    /// If there are more or fewer values than places; every request is built once by a test.
    pub(super) fn path_with(&self, values: &[u64]) -> String {
        let mut path = String::new();
        let mut values = values.iter();
        let mut parts = self.path.split("{}");
        path.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let value = values.next().expect("a value for every place in the path");
            path.push_str(&value.to_string());
            path.push_str(part);
        }
        assert!(values.next().is_none(), "a place for every value");
        path
    }
}

/// Every call that this crate can make, probes of scopes and GraphQL aside.
///
/// There is none that deletes all orders.
#[must_use]
pub fn operations() -> &'static [&'static Operation] {
    ALL
}

macro_rules! table {
    (
        metafields { $($owner:ident = $of:literal, $below:literal, $its:ident, $conditions:expr;)* }
        $($const:ident = $make:ident($name:literal, $path:literal, $scope:ident)
            $(.$more:ident($($argument:expr),*))* ;)*
    ) => {
        $(pub(super) static $owner: MetafieldCalls = MetafieldCalls {
            list: Operation::get(
                concat!("metafields::list of ", $of),
                concat!($below, "/metafields"),
                Scope::$its,
            )
            .with($conditions),
            one: Operation::get(
                concat!("metafields::one of ", $of),
                concat!($below, "/metafields/{}"),
                Scope::$its,
            ),
            create: Operation::post(
                concat!("metafields::create of ", $of),
                concat!($below, "/metafields"),
                Scope::$its,
            ),
            update: Operation::put(
                concat!("metafields::update of ", $of),
                concat!($below, "/metafields/{}"),
                Scope::$its,
            ),
            delete: Operation::delete(
                concat!("metafields::delete of ", $of),
                concat!($below, "/metafields/{}"),
                Scope::$its,
            ),
        };)*
        $(pub(super) static $const: Operation =
            Operation::$make($name, $path, Scope::$scope)$(.$more($($argument),*))*;)*
        static ALL: &[&Operation] = &[
            $(&$owner.list, &$owner.one, &$owner.create, &$owner.update, &$owner.delete,)*
            $(&$const),*
        ];
    };
}

/// The calls for the metafields of one sort of thing.
pub(super) struct MetafieldCalls {
    pub(super) list: Operation,
    pub(super) one: Operation,
    pub(super) create: Operation,
    pub(super) update: Operation,
    pub(super) delete: Operation,
}

const PAGED: &[&str] = &["page", "limit"];
const FIELDS: &[&str] = &["include_fields", "exclude_fields"];
const CURSOR: &[&str] = &["after"];
/// Conditions on metafields, of which each owner takes others.
const BY_KEYS: &[&str] = &["key", "key:in", "namespace", "namespace:in", "direction"];
const BY_DATES: &[&str] = &[
    "date_created:min",
    "date_created:max",
    "date_modified:min",
    "date_modified:max",
];
const BY_MOMENT: &[&str] = &["date_created", "date_modified"];
const BY_NUMBER: &[&str] = &[
    "id",
    "id:in",
    "id:not_in",
    "id:min",
    "id:max",
    "id:greater",
    "id:less",
];

table! {
    metafields {
        METAFIELDS_OF_ORDER = "orders", "/v3/orders/{}", Orders,
            &[PAGED, CURSOR, &["include_fields"], BY_KEYS, BY_DATES, BY_MOMENT];
        METAFIELDS_OF_PRODUCT = "products", "/v3/catalog/products/{}", Products,
            &[PAGED, CURSOR, FIELDS, BY_KEYS, BY_DATES];
        METAFIELDS_OF_VARIANT = "variants", "/v3/catalog/products/{}/variants/{}", Products,
            &[PAGED, CURSOR, &["include_fields"], BY_KEYS, BY_DATES];
        METAFIELDS_OF_CATEGORY = "categories", "/v3/catalog/categories/{}", Products,
            &[PAGED, CURSOR, FIELDS, BY_KEYS, BY_DATES, BY_NUMBER];
        METAFIELDS_OF_BRAND = "brands", "/v3/catalog/brands/{}", Products,
            &[PAGED, CURSOR, FIELDS, &["key", "namespace"], BY_NUMBER];
        METAFIELDS_OF_CUSTOMER = "customers", "/v3/customers/{}", Customers,
            &[PAGED, CURSOR, &["include_fields"], BY_KEYS, BY_DATES];
    }

    TIME = get("mod::time", "/v2/time", Information).for_every_token();
    STORE = get("mod::store", "/v2/store", Information);

    UNITS = get("settings::units", "/v3/settings/store/units-of-measurement", Information)
        .with(&[&["channel_id"]]);
    LOCALE = get("settings::locale", "/v3/settings/store/locale", Information);
    CURRENCIES = get("settings::currencies", "/v2/currencies", Information).with(&[PAGED]);
    TAX_CLASSES = get("settings::tax_classes", "/v2/tax_classes", Information).with(&[PAGED]);
    COUNTRIES = get("settings::countries", "/v2/countries", Information)
        .with(&[PAGED, f::CountryFilter::NAMES]);
    STATES = get("settings::states", "/v2/countries/{}/states", Information)
        .with(&[PAGED, f::StateFilter::NAMES]);
    CHANNELS = get("settings::channels", "/v3/channels", ChannelSettings)
        .with(&[PAGED, f::ChannelFilter::NAMES]);
    CHANNEL = get("settings::channel", "/v3/channels/{}", ChannelSettings).with(&[&["include"]]);
    PAYMENT_METHODS = get("settings::payment_methods", "/v3/payments/methods", PaymentMethods)
        .with(&[&["order_id", "checkout_id"]]);

    ORDERS = get("orders::list", "/v2/orders", Orders)
        .with(&[PAGED, f::OrderFilter::NAMES, &["sort"]]);
    ORDERS_FULL = get("orders::list_full", "/v2/orders", Orders)
        .with(&[PAGED, f::OrderFilter::NAMES, &["sort", "include", "consignment_structure"]]);
    ORDER = get("orders::one", "/v2/orders/{}", Orders);
    ORDER_FULL = get("orders::one_full", "/v2/orders/{}", Orders)
        .with(&[&["include", "consignment_structure"]]);
    ORDER_STATUSES = get("orders::statuses", "/v2/order_statuses", Orders);
    ORDER_COUNT = get("orders::count", "/v2/orders/count", Orders).with(&[f::OrderFilter::NAMES]);
    ORDER_UPDATE = put("orders::update", "/v2/orders/{}", Orders).may_be_once();
    ORDER_EDIT = put("orders::edit", "/v2/orders/{}", Orders).may_be_once();
    ORDER_CREATE = post("orders::create", "/v2/orders", Orders);
    ORDER_ARCHIVE = delete("orders::archive", "/v2/orders/{}", Orders);

    LINES = get("order_parts::lines", "/v2/orders/{}/products", Orders).with(&[PAGED]);
    SHIPPING_ADDRESSES = get(
        "order_parts::shipping_addresses", "/v2/orders/{}/shipping_addresses", Orders
    ).with(&[PAGED]);
    SHIPPING_ADDRESS_UPDATE = put(
        "order_parts::update_shipping_address", "/v2/orders/{}/shipping_addresses/{}", Orders
    );
    SHIPMENTS = get("order_parts::shipments", "/v2/orders/{}/shipments", Orders).with(&[PAGED]);
    SHIPMENT = get("order_parts::shipment", "/v2/orders/{}/shipments/{}", Orders);
    SHIPMENT_CREATE = post("order_parts::create_shipment", "/v2/orders/{}/shipments", Orders);
    SHIPMENT_UPDATE = put("order_parts::update_shipment", "/v2/orders/{}/shipments/{}", Orders);
    SHIPMENT_DELETE = delete("order_parts::delete_shipment", "/v2/orders/{}/shipments/{}", Orders);
    COUPONS = get("order_parts::coupons", "/v2/orders/{}/coupons", Orders).with(&[PAGED]);
    TAXES = get("order_parts::taxes", "/v2/orders/{}/taxes", Orders)
        .with(&[PAGED]);
    TAXES_FULL = get("order_parts::taxes_full", "/v2/orders/{}/taxes", Orders)
        .with(&[PAGED, &["details"]]);
    MESSAGES = get("order_parts::messages", "/v2/orders/{}/messages", Orders)
        .with(&[PAGED, f::MessageFilter::NAMES]);
    ORDER_REFUNDS = get(
        "order_parts::refunds", "/v3/orders/{}/payment_actions/refunds", Orders
    ).or(Scope::OrderTransactions, Access::Read);

    TRANSACTIONS = get("payments::transactions", "/v3/orders/{}/transactions", OrderTransactions);
    CAPTURE = post("payments::capture", "/v3/orders/{}/payment_actions/capture", Orders)
        .or(Scope::OrderTransactions, Access::Modify);
    VOID = post("payments::void", "/v3/orders/{}/payment_actions/void", Orders)
        .or(Scope::OrderTransactions, Access::Modify);
    REFUND_QUOTE = post(
        "payments::refund_quote", "/v3/orders/{}/payment_actions/refund_quotes", Orders
    ).or(Scope::OrderTransactions, Access::Modify);
    REFUND = post("payments::refund", "/v3/orders/{}/payment_actions/refunds", Orders)
        .or(Scope::OrderTransactions, Access::Modify).apart(Apart::Same);
    REFUNDS_OF = get("payments::refunds_of", "/v3/orders/{}/payment_actions/refunds", Orders)
        .or(Scope::OrderTransactions, Access::Read).with(&[&["transaction_id"]]);
    REFUNDS = get("payments::refunds", "/v3/orders/payment_actions/refunds", Orders)
        .or(Scope::OrderTransactions, Access::Read).with(&[PAGED, f::RefundFilter::NAMES]);
    REFUND_ONE = get("payments::refund_one", "/v3/orders/payment_actions/refunds/{}", Orders)
        .or(Scope::OrderTransactions, Access::Read);

    PRODUCTS = get("products::list", "/v3/catalog/products", Products)
        .with(&[PAGED, FIELDS, f::ProductFilter::NAMES, &["include", "sort", "direction"]]);
    PRODUCTS_FULL = get("products::list_full", "/v3/catalog/products", Products)
        .with(&[PAGED, FIELDS, f::ProductFilter::NAMES, &["include", "sort", "direction"]]);
    PRODUCT = get("products::one", "/v3/catalog/products/{}", Products);
    PRODUCT_FULL = get("products::one_full", "/v3/catalog/products/{}", Products)
        .with(&[&["include"]]);
    PRODUCT_UPDATE = put("products::update", "/v3/catalog/products/{}", Products);
    PRODUCT_EDIT = put("products::edit", "/v3/catalog/products/{}", Products).may_be_once();
    PRODUCTS_EDIT = put("products::edit_batch", "/v3/catalog/products", Products)
        .may_be_once().apart(Apart::BulkOfStock);
    PRODUCT_CREATE = post("products::create", "/v3/catalog/products", Products);
    PRODUCT_CREATE_FULL = post("products::create_full", "/v3/catalog/products", Products);
    PRODUCT_DELETE = delete("products::delete", "/v3/catalog/products/{}", Products);
    PRODUCTS_DELETE = delete("products::delete_batch", "/v3/catalog/products", Products)
        .apart(Apart::BulkOfStock).with(&[&["id:in"]]);

    VARIANTS = get("variants::list", "/v3/catalog/products/{}/variants", Products)
        .with(&[PAGED, FIELDS]).never_without(&["product_id"]);
    VARIANTS_ACROSS = get("variants::across", "/v3/catalog/variants", Products)
        .with(&[PAGED, FIELDS, f::VariantFilter::NAMES]).never_without(&["product_id"]);
    VARIANT = get("variants::one", "/v3/catalog/products/{}/variants/{}", Products);
    VARIANT_CREATE = post("variants::create", "/v3/catalog/products/{}/variants", Products);
    VARIANT_UPDATE = put("variants::update", "/v3/catalog/products/{}/variants/{}", Products);
    VARIANTS_UPDATE = put("variants::update_batch", "/v3/catalog/variants", Products)
        .apart(Apart::BulkOfStock);
    VARIANT_DELETE = delete("variants::delete", "/v3/catalog/products/{}/variants/{}", Products);

    OPTIONS = get("options::list", "/v3/catalog/products/{}/options", Products)
        .with(&[PAGED, FIELDS]);
    OPTION = get("options::one", "/v3/catalog/products/{}/options/{}", Products);
    OPTION_CREATE = post("options::create", "/v3/catalog/products/{}/options", Products);
    OPTION_UPDATE = put("options::update", "/v3/catalog/products/{}/options/{}", Products)
        .may_be_once();
    OPTION_DELETE = delete("options::delete", "/v3/catalog/products/{}/options/{}", Products);
    OPTION_VALUES = get("options::values", "/v3/catalog/products/{}/options/{}/values", Products)
        .with(&[PAGED, FIELDS]);
    OPTION_VALUE_CREATE = post(
        "options::create_value", "/v3/catalog/products/{}/options/{}/values", Products
    );
    OPTION_VALUE_UPDATE = put(
        "options::update_value", "/v3/catalog/products/{}/options/{}/values/{}", Products
    );
    OPTION_VALUE_DELETE = delete(
        "options::delete_value", "/v3/catalog/products/{}/options/{}/values/{}", Products
    );

    MODIFIERS = get("modifiers::list", "/v3/catalog/products/{}/modifiers", Products)
        .with(&[PAGED, FIELDS]);
    MODIFIER = get("modifiers::one", "/v3/catalog/products/{}/modifiers/{}", Products);
    MODIFIER_CREATE = post("modifiers::create", "/v3/catalog/products/{}/modifiers", Products);
    MODIFIER_UPDATE = put("modifiers::update", "/v3/catalog/products/{}/modifiers/{}", Products)
        .may_be_once();
    MODIFIER_DELETE = delete(
        "modifiers::delete", "/v3/catalog/products/{}/modifiers/{}", Products
    );
    MODIFIER_VALUES = get(
        "modifiers::values", "/v3/catalog/products/{}/modifiers/{}/values", Products
    ).with(&[PAGED, FIELDS]);
    MODIFIER_VALUE_CREATE = post(
        "modifiers::create_value", "/v3/catalog/products/{}/modifiers/{}/values", Products
    );
    MODIFIER_VALUE_UPDATE = put(
        "modifiers::update_value", "/v3/catalog/products/{}/modifiers/{}/values/{}", Products
    );
    MODIFIER_VALUE_DELETE = delete(
        "modifiers::delete_value", "/v3/catalog/products/{}/modifiers/{}/values/{}", Products
    );

    IMAGES = get("images::list", "/v3/catalog/products/{}/images", Products)
        .with(&[PAGED, FIELDS]);
    IMAGE_UPLOAD = post("images::upload", "/v3/catalog/products/{}/images", Products);
    IMAGE_ADD = post("images::add", "/v3/catalog/products/{}/images", Products);
    IMAGE_UPDATE = put("images::update", "/v3/catalog/products/{}/images/{}", Products);
    IMAGE_DELETE = delete("images::delete", "/v3/catalog/products/{}/images/{}", Products);

    VIDEOS = get("videos::list", "/v3/catalog/products/{}/videos", Products)
        .with(&[PAGED, FIELDS]);
    VIDEO_CREATE = post("videos::create", "/v3/catalog/products/{}/videos", Products);
    VIDEO_UPDATE = put("videos::update", "/v3/catalog/products/{}/videos/{}", Products);
    VIDEO_DELETE = delete("videos::delete", "/v3/catalog/products/{}/videos/{}", Products);

    CUSTOM_FIELDS = get("custom_fields::list", "/v3/catalog/products/{}/custom-fields", Products)
        .with(&[PAGED, FIELDS]);
    CUSTOM_FIELD_CREATE = post(
        "custom_fields::create", "/v3/catalog/products/{}/custom-fields", Products
    );
    CUSTOM_FIELD_UPDATE = put(
        "custom_fields::update", "/v3/catalog/products/{}/custom-fields/{}", Products
    );
    CUSTOM_FIELD_DELETE = delete(
        "custom_fields::delete", "/v3/catalog/products/{}/custom-fields/{}", Products
    );

    BULK_PRICING = get(
        "bulk_pricing::list", "/v3/catalog/products/{}/bulk-pricing-rules", Products
    );
    BULK_PRICING_CREATE = post(
        "bulk_pricing::create", "/v3/catalog/products/{}/bulk-pricing-rules", Products
    );
    BULK_PRICING_UPDATE = put(
        "bulk_pricing::update", "/v3/catalog/products/{}/bulk-pricing-rules/{}", Products
    );
    BULK_PRICING_DELETE = delete(
        "bulk_pricing::delete", "/v3/catalog/products/{}/bulk-pricing-rules/{}", Products
    );

    BRANDS = get("catalog::brands", "/v3/catalog/brands", Products).with(&[PAGED]);
    BRANDS_FULL = get("catalog::brands_full", "/v3/catalog/brands", Products)
        .with(&[PAGED, FIELDS, f::BrandFilter::NAMES]);
    BRAND = get("catalog::brand", "/v3/catalog/brands/{}", Products);
    BRAND_CREATE = post("catalog::create_brand", "/v3/catalog/brands", Products);
    BRAND_UPDATE = put("catalog::update_brand", "/v3/catalog/brands/{}", Products);
    BRAND_DELETE = delete("catalog::delete_brand", "/v3/catalog/brands/{}", Products);
    TREES = get("catalog::trees", "/v3/catalog/trees", Products)
        .with(&[f::TreeFilter::NAMES]);
    TREE = get("catalog::tree", "/v3/catalog/trees/{}/categories", Products)
        .apart(Apart::SameOperation).with(&[&["depth"]]);
    CATEGORIES = get("catalog::categories", "/v3/catalog/trees/categories", Products)
        .with(&[PAGED]);
    CATEGORIES_FULL = get("catalog::categories_full", "/v3/catalog/trees/categories", Products)
        .with(&[PAGED, FIELDS, f::CategoryFilter::NAMES]).never_without(&["category_id"]);
    CATEGORIES_CREATE = post(
        "catalog::create_categories", "/v3/catalog/trees/categories", Products
    ).apart(Apart::BulkOfStock);
    CATEGORIES_UPDATE = put(
        "catalog::update_categories", "/v3/catalog/trees/categories", Products
    ).apart(Apart::BulkOfStock);
    CATEGORIES_DELETE = delete(
        "catalog::delete_categories", "/v3/catalog/trees/categories", Products
    ).apart(Apart::BulkOfStock).with(&[&["category_id:in"]]);

    CATEGORY_ASSIGNMENTS = get(
        "assignments::of_categories", "/v3/catalog/products/category-assignments", Products
    ).with(&[PAGED, f::CategoryAssignmentFilter::NAMES]);
    CATEGORY_ASSIGN = put(
        "assignments::assign_categories", "/v3/catalog/products/category-assignments", Products
    ).apart(Apart::BulkOfStock);
    CATEGORY_UNASSIGN = delete(
        "assignments::unassign_categories", "/v3/catalog/products/category-assignments", Products
    ).apart(Apart::BulkOfStock).with(&[f::CategoryAssignmentFilter::NAMES]);
    CHANNEL_ASSIGNMENTS = get(
        "assignments::of_channels", "/v3/catalog/products/channel-assignments", Products
    ).with(&[PAGED, f::ChannelAssignmentFilter::NAMES]);
    CHANNEL_ASSIGN = put(
        "assignments::assign_channels", "/v3/catalog/products/channel-assignments", Products
    ).apart(Apart::BulkOfStock);
    CHANNEL_UNASSIGN = delete(
        "assignments::unassign_channels", "/v3/catalog/products/channel-assignments", Products
    ).apart(Apart::BulkOfStock).with(&[f::ChannelAssignmentFilter::NAMES]);

    LOCATIONS = get("inventory::locations", "/v3/inventory/locations", Locations)
        .with(&[PAGED, f::LocationFilter::NAMES]);
    STOCK = get("inventory::items", "/v3/inventory/items", Inventory)
        .with(&[PAGED, f::StockFilter::NAMES]);
    STOCK_AT = get("inventory::items_at", "/v3/inventory/locations/{}/items", Inventory)
        .with(&[PAGED, f::StockAtFilter::NAMES]);
    STOCK_ABSOLUTE = put(
        "inventory::adjust_absolute", "/v3/inventory/adjustments/absolute", Inventory
    ).apart(Apart::BulkOfOthers);
    STOCK_RELATIVE = post(
        "inventory::adjust_relative", "/v3/inventory/adjustments/relative", Inventory
    ).apart(Apart::BulkOfOthers);

    CUSTOMERS = get("customers::list", "/v3/customers", Customers)
        .with(&[PAGED, CURSOR, f::CustomerFilter::NAMES, &["include", "sort"]]);
    CUSTOMERS_FULL = get("customers::list_full", "/v3/customers", Customers)
        .with(&[PAGED, CURSOR, f::CustomerFilter::NAMES, &["include", "sort"]]);
    CUSTOMERS_CREATE = post("customers::create", "/v3/customers", Customers).apart(Apart::BulkOfStock);
    CUSTOMERS_UPDATE = put("customers::update", "/v3/customers", Customers).may_be_once().apart(Apart::BulkOfStock);
    CUSTOMERS_DELETE = delete("customers::delete", "/v3/customers", Customers).apart(Apart::BulkOfStock).with(&[&["id:in"]]);
    CUSTOMER_ADDRESSES = get("customers::addresses", "/v3/customers/addresses", Customers)
        .with(&[PAGED, f::CustomerAddressFilter::NAMES]);
    CUSTOMER_ADDRESSES_CREATE = post(
        "customers::create_addresses", "/v3/customers/addresses", Customers
    ).apart(Apart::BulkOfStock);
    CUSTOMER_ADDRESSES_UPDATE = put(
        "customers::update_addresses", "/v3/customers/addresses", Customers
    ).apart(Apart::BulkOfStock);
    CUSTOMER_ADDRESSES_DELETE = delete(
        "customers::delete_addresses", "/v3/customers/addresses", Customers
    ).apart(Apart::BulkOfStock).with(&[&["id:in"]]);
    ATTRIBUTES = get("customers::attributes", "/v3/customers/attributes", Customers)
        .with(&[PAGED, f::AttributeFilter::NAMES]);
    ATTRIBUTES_CREATE = post("customers::create_attributes", "/v3/customers/attributes", Customers).apart(Apart::BulkOfStock);
    ATTRIBUTES_RENAME = put("customers::rename_attributes", "/v3/customers/attributes", Customers).apart(Apart::BulkOfStock);
    ATTRIBUTES_DELETE = delete(
        "customers::delete_attributes", "/v3/customers/attributes", Customers
    ).apart(Apart::BulkOfStock).with(&[&["id:in"]]);
    ATTRIBUTE_VALUES = get(
        "customers::attribute_values", "/v3/customers/attribute-values", Customers
    ).with(&[PAGED, f::AttributeValueFilter::NAMES]);
    ATTRIBUTE_VALUES_SET = put(
        "customers::set_attribute_values", "/v3/customers/attribute-values", Customers
    ).apart(Apart::BulkOfStock);
    ATTRIBUTE_VALUES_DELETE = delete(
        "customers::delete_attribute_values", "/v3/customers/attribute-values", Customers
    ).apart(Apart::BulkOfStock).with(&[&["id:in"]]);
    GROUPS = get("customers::groups", "/v2/customer_groups", Customers)
        .with(&[PAGED, f::GroupFilter::NAMES]);
    GROUP = get("customers::group", "/v2/customer_groups/{}", Customers);
    GROUP_CREATE = post("customers::create_group", "/v2/customer_groups", Customers);
    GROUP_UPDATE = put("customers::update_group", "/v2/customer_groups/{}", Customers);
    GROUP_DELETE = delete("customers::delete_group", "/v2/customer_groups/{}", Customers);

    STOREFRONT_TOKEN = post(
        "storefront::create_token", "/v3/storefront/api-token-private", StorefrontTokens
    );
    STOREFRONT_REVOKE = delete(
        "storefront::revoke_token", "/v3/storefront/api-token", StorefrontTokens
    );
}
