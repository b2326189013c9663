//! Every condition that a list takes, by the reference's own parameter names.
//!
//! Where a list has a choice of sequence or of what comes along and nothing else of its kind, that
//! stands here too (`Sort`, `Direction`, `Include`). Several conditions have to hold together. A list with no alternatives at all (`…In(vec![])`)
//! finds nothing.
//!
//! Source of all: BigCommerce REST reference, at the list of each resource.

use commerce::{
    AttributeId, BrandId, CategoryId, ChannelId, CustomerAddressId, CustomerGroupId, CustomerId,
    LocationId, MetafieldId, OrderId, ProductId, RefundId, StatusId, TreeId, VariantId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::query::{self, Term, ToTerm};

/// One parameter of a query: its name as the reference writes it, and its value before encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub(super) name: &'static str,
    pub(super) term: Term,
}

impl Parameter {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its value, not encoded; of several, with commas between.
    #[must_use]
    pub fn value(&self) -> String {
        match &self.term {
            Term::Text(value) | Term::Plain(value) => value.clone(),
            Term::List(values) => values.join(","),
        }
    }
}

/// A condition on the things of a list.
pub trait Filter {
    /// The names of all there are.
    const PARAMETERS: &'static [&'static str];

    /// The most things that a page of such a list holds.
    const PAGE_LIMIT_MAX: u32 = super::PAGE_LIMIT_MAX;

    /// How it is asked.
    fn parameter(&self) -> Parameter;
}

/// Lists of which only some fields can be asked for.
pub trait Selects {}

/// Lists that are walked by cursor.
pub trait HasCursor {}

macro_rules! filters {
    ($($(#[$doc:meta])* $filter:ident $([$($marker:ident),*])? $(at_most $most:path)? {
        $($variant:ident($type:ty) = $name:literal $(as $how:path)?,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $filter {
            $(
                #[doc = concat!("Parameter `", $name, "`.")]
                $variant($type),
            )*
        }

        impl $filter {
            /// The names of all conditions there are.
            pub const NAMES: &'static [&'static str] = &[$($name),*];
        }

        impl Filter for $filter {
            const PARAMETERS: &'static [&'static str] = Self::NAMES;

            $(const PAGE_LIMIT_MAX: u32 = $most;)?

            fn parameter(&self) -> Parameter {
                match self {
                    $(Self::$variant(value) => Parameter {
                        name: $name,
                        term: filters!(@how value $($how)?),
                    },)*
                }
            }
        }

        $($(impl $marker for $filter {})*)?
    )*};
    (@how $value:ident) => { ToTerm::to_term($value) };
    (@how $value:ident $how:path) => { $how($value) };
}

filters! {
    /// Conditions on orders. There is no search by text, and no list of statuses.
    OrderFilter {
        MinId(OrderId) = "min_id",
        MaxId(OrderId) = "max_id",
        MinTotal(Decimal) = "min_total",
        MaxTotal(Decimal) = "max_total",
        Customer(CustomerId) = "customer_id",
        Email(String) = "email",
        Status(StatusId) = "status_id",
        Cart(String) = "cart_id",
        PaymentMethod(String) = "payment_method",
        PlacedSince(Timestamp) = "min_date_created",
        PlacedUntil(Timestamp) = "max_date_created",
        ModifiedSince(Timestamp) = "min_date_modified",
        ModifiedUntil(Timestamp) = "max_date_modified",
        Channel(ChannelId) = "channel_id",
        ExternalOrderId(String) = "external_order_id",
    }

    /// Conditions on the messages of an order.
    MessageFilter {
        MinId(u64) = "min_id",
        MaxId(u64) = "max_id",
        Customer(CustomerId) = "customer_id",
        Since(Timestamp) = "min_date_created",
        Until(Timestamp) = "max_date_created",
        IsFlagged(bool) = "is_flagged",
        Status(String) = "status",
    }

    /// Conditions on refunds.
    RefundFilter {
        OrderIn(Vec<OrderId>) = "order_id:in",
        IdIn(Vec<RefundId>) = "id:in",
        CreatedSince(Timestamp) = "created:min",
        CreatedUntil(Timestamp) = "created:max",
        Transaction(String) = "transaction_id",
    }

    /// Conditions on products.
    ProductFilter [Selects] {
        Id(ProductId) = "id",
        IdIn(Vec<ProductId>) = "id:in",
        IdNotIn(Vec<ProductId>) = "id:not_in",
        IdMin(ProductId) = "id:min",
        IdMax(ProductId) = "id:max",
        IdGreater(ProductId) = "id:greater",
        IdLess(ProductId) = "id:less",
        ChannelIn(Vec<ChannelId>) = "channel_id:in",
        Category(CategoryId) = "categories",
        CategoriesIn(Vec<CategoryId>) = "categories:in",
        Name(String) = "name",
        Mpn(String) = "mpn",
        Upc(String) = "upc",
        Price(Decimal) = "price",
        Weight(Decimal) = "weight",
        Condition(String) = "condition",
        Brand(BrandId) = "brand_id",
        Modified(Timestamp) = "date_modified",
        ModifiedSince(Timestamp) = "date_modified:min",
        ModifiedUntil(Timestamp) = "date_modified:max",
        Imported(Timestamp) = "date_last_imported",
        NotImported(Timestamp) = "date_last_imported:not",
        ImportedSince(Timestamp) = "date_last_imported:min",
        ImportedUntil(Timestamp) = "date_last_imported:max",
        IsVisible(bool) = "is_visible",
        IsFeatured(bool) = "is_featured" as query::bit,
        IsFreeShipping(bool) = "is_free_shipping" as query::bit,
        InventoryLevel(i64) = "inventory_level",
        InventoryLevelIn(Vec<i64>) = "inventory_level:in",
        InventoryLevelNotIn(Vec<i64>) = "inventory_level:not_in",
        InventoryLevelMin(i64) = "inventory_level:min",
        InventoryLevelMax(i64) = "inventory_level:max",
        InventoryLevelGreater(i64) = "inventory_level:greater",
        InventoryLevelLess(i64) = "inventory_level:less",
        InventoryLow(bool) = "inventory_low" as query::bit,
        OutOfStock(bool) = "out_of_stock" as query::bit,
        TotalSold(u64) = "total_sold",
        Kind(String) = "type",
        Keyword(String) = "keyword",
        KeywordContext(String) = "keyword_context",
        Availability(String) = "availability",
        Sku(String) = "sku",
        SkuIn(Vec<String>) = "sku:in",
    }

    /// Conditions on variants of all products.
    VariantFilter [Selects] {
        Id(VariantId) = "id",
        Sku(String) = "sku",
        Upc(String) = "upc",
        ProductIn(Vec<ProductId>) = "product_id:in",
    }

    /// Conditions on brands.
    BrandFilter [Selects] {
        Id(BrandId) = "id",
        IdIn(Vec<BrandId>) = "id:in",
        IdNotIn(Vec<BrandId>) = "id:not_in",
        IdMin(BrandId) = "id:min",
        IdMax(BrandId) = "id:max",
        IdGreater(BrandId) = "id:greater",
        IdLess(BrandId) = "id:less",
        Name(String) = "name",
        NameLike(String) = "name:like",
        PageTitle(String) = "page_title",
        Sort(String) = "sort",
        Direction(String) = "direction",
    }

    /// Conditions on category trees.
    TreeFilter {
        IdIn(Vec<TreeId>) = "id:in",
        ChannelIn(Vec<ChannelId>) = "channel_id:in",
    }

    /// Conditions on categories. Those of one number are refused; ask for a list of one.
    CategoryFilter [Selects] {
        UuidIn(Vec<String>) = "category_uuid:in",
        UuidNotIn(Vec<String>) = "category_uuid:not_in",
        IdIn(Vec<CategoryId>) = "category_id:in",
        IdNotIn(Vec<CategoryId>) = "category_id:not_in",
        TreeIn(Vec<TreeId>) = "tree_id:in",
        TreeNotIn(Vec<TreeId>) = "tree_id:not_in",
        ParentIn(Vec<CategoryId>) = "parent_id:in",
        ParentNotIn(Vec<CategoryId>) = "parent_id:not_in",
        PageTitle(String) = "page_title",
        PageTitleLike(String) = "page_title:like",
        Name(String) = "name",
        NameLike(String) = "name:like",
        Keyword(String) = "keyword",
        IsVisible(bool) = "is_visible",
    }

    /// Conditions on which products stand in which categories.
    CategoryAssignmentFilter {
        ProductIn(Vec<ProductId>) = "product_id:in",
        CategoryIn(Vec<CategoryId>) = "category_id:in",
    }

    /// Conditions on which products are sold on which channels.
    ChannelAssignmentFilter {
        ProductIn(Vec<ProductId>) = "product_id:in",
        ChannelIn(Vec<ChannelId>) = "channel_id:in",
    }

    /// Conditions on metafields. Those of brands and categories can be picked by number; those of
    /// brands not by dates or lists, nor sorted; those of orders alone by a moment. Which list takes
    /// which is in [`Operation::parameters`](super::Operation::parameters); stores refuse the others.
    MetafieldFilter [HasCursor, Selects] {
        Id(MetafieldId) = "id",
        IdIn(Vec<MetafieldId>) = "id:in",
        IdNotIn(Vec<MetafieldId>) = "id:not_in",
        IdMin(MetafieldId) = "id:min",
        IdMax(MetafieldId) = "id:max",
        IdGreater(MetafieldId) = "id:greater",
        IdLess(MetafieldId) = "id:less",
        Key(String) = "key",
        KeyIn(Vec<String>) = "key:in",
        Namespace(String) = "namespace",
        NamespaceIn(Vec<String>) = "namespace:in",
        Direction(String) = "direction",
        Created(Timestamp) = "date_created",
        CreatedSince(Timestamp) = "date_created:min",
        CreatedUntil(Timestamp) = "date_created:max",
        Modified(Timestamp) = "date_modified",
        ModifiedSince(Timestamp) = "date_modified:min",
        ModifiedUntil(Timestamp) = "date_modified:max",
    }

    /// Conditions on locations.
    LocationFilter {
        IdIn(Vec<LocationId>) = "location_id:in",
        CodeIn(Vec<String>) = "location_code:in",
        IsDefault(bool) = "is_default",
        TypeIn(Vec<String>) = "type_id:in",
        ManagedByExternalSource(bool) = "managed_by_external_source",
        IsActive(bool) = "is_active",
        StorefrontVisibility(bool) = "storefront_visibility",
    }

    /// Conditions on stock.
    StockFilter at_most super::inventory::PAGE_LIMIT_MAX {
        SkuIn(Vec<String>) = "sku:in",
        VariantIn(Vec<VariantId>) = "variant_id:in",
        ProductIn(Vec<ProductId>) = "product_id:in",
        LocationIn(Vec<LocationId>) = "location_id:in",
        LocationCodeIn(Vec<String>) = "location_code:in",
    }

    /// Conditions on stock at one place.
    StockAtFilter at_most super::inventory::PAGE_LIMIT_MAX {
        SkuIn(Vec<String>) = "sku:in",
        VariantIn(Vec<VariantId>) = "variant_id:in",
        ProductIn(Vec<ProductId>) = "product_id:in",
    }

    /// Conditions on customers.
    CustomerFilter [HasCursor] {
        IdIn(Vec<CustomerId>) = "id:in",
        CompanyIn(Vec<String>) = "company:in",
        GroupIn(Vec<CustomerGroupId>) = "customer_group_id:in",
        Registered(Timestamp) = "date_created" as query::zulu,
        RegisteredSince(Timestamp) = "date_created:min" as query::zulu,
        RegisteredUntil(Timestamp) = "date_created:max" as query::zulu,
        Modified(Timestamp) = "date_modified" as query::zulu,
        ModifiedSince(Timestamp) = "date_modified:min" as query::zulu,
        ModifiedUntil(Timestamp) = "date_modified:max" as query::zulu,
        EmailIn(Vec<String>) = "email:in",
        NameIn(Vec<String>) = "name:in",
        NameLike(Vec<String>) = "name:like",
        PhoneIn(Vec<String>) = "phone:in",
        RegistrationIpAddressIn(Vec<String>) = "registration_ip_address:in",
    }

    /// Conditions on customers' addresses.
    CustomerAddressFilter {
        IdIn(Vec<CustomerAddressId>) = "id:in",
        CustomerIn(Vec<CustomerId>) = "customer_id:in",
        CompanyIn(Vec<String>) = "company:in",
        NameIn(Vec<String>) = "name:in",
        Include(String) = "include",
    }

    /// Conditions on customer attributes.
    AttributeFilter {
        Name(String) = "name",
        NameLike(String) = "name:like",
        Kind(String) = "type",
        Created(Timestamp) = "date_created" as query::zulu,
        CreatedSince(Timestamp) = "date_created:min" as query::zulu,
        CreatedUntil(Timestamp) = "date_created:max" as query::zulu,
        Modified(Timestamp) = "date_modified" as query::zulu,
        ModifiedSince(Timestamp) = "date_modified:min" as query::zulu,
        ModifiedUntil(Timestamp) = "date_modified:max" as query::zulu,
    }

    /// Conditions on what customers have for attributes.
    AttributeValueFilter {
        CustomerIn(Vec<CustomerId>) = "customer_id:in",
        AttributeIn(Vec<AttributeId>) = "attribute_id:in",
        Name(String) = "name",
        Created(Timestamp) = "date_created" as query::zulu,
        CreatedSince(Timestamp) = "date_created:min" as query::zulu,
        CreatedUntil(Timestamp) = "date_created:max" as query::zulu,
        Modified(Timestamp) = "date_modified" as query::zulu,
        ModifiedSince(Timestamp) = "date_modified:min" as query::zulu,
        ModifiedUntil(Timestamp) = "date_modified:max" as query::zulu,
    }

    /// Conditions on customer groups.
    GroupFilter {
        Name(String) = "name",
        NameLike(String) = "name:like",
        IsDefault(bool) = "is_default",
        IsGroupForGuests(bool) = "is_group_for_guests",
        Created(Timestamp) = "date_created",
        CreatedSince(Timestamp) = "date_created:min",
        CreatedUntil(Timestamp) = "date_created:max",
        Modified(Timestamp) = "date_modified",
        ModifiedSince(Timestamp) = "date_modified:min",
        ModifiedUntil(Timestamp) = "date_modified:max",
    }

    /// Conditions on channels.
    ChannelFilter {
        Available(bool) = "available",
        StatusIn(Vec<String>) = "status:in",
        TypeIn(Vec<String>) = "type:in",
        PlatformIn(Vec<String>) = "platform:in",
        Include(String) = "include",
        Created(Timestamp) = "date_created" as query::zulu,
        CreatedSince(Timestamp) = "date_created:min" as query::zulu,
        CreatedUntil(Timestamp) = "date_created:max" as query::zulu,
        Modified(Timestamp) = "date_modified" as query::zulu,
        ModifiedSince(Timestamp) = "date_modified:min" as query::zulu,
        ModifiedUntil(Timestamp) = "date_modified:max" as query::zulu,
    }

    /// Conditions on countries.
    CountryFilter {
        Name(String) = "country",
        Iso2(String) = "country_iso2",
        Iso3(String) = "country_iso3",
    }

    /// Conditions on states.
    StateFilter {
        Name(String) = "state",
        Abbreviation(String) = "state_abbreviation",
    }
}

/// For lists that take no conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFilter {}

impl Filter for NoFilter {
    const PARAMETERS: &'static [&'static str] = &[];

    fn parameter(&self) -> Parameter {
        match *self {}
    }
}

impl Selects for NoFilter {}

/// For lists that take neither conditions nor a choice of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unconditional {}

impl Filter for Unconditional {
    const PARAMETERS: &'static [&'static str] = &[];

    fn parameter(&self) -> Parameter {
        match *self {}
    }
}
