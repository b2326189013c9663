//! What is to be set of a thing: only the fields given are sent, all others stay as they are.
//!
//! The same shapes make a new thing; what a new one can't do without is said at the request.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Aside, BrandId, BulkPricingRuleId, CategoryId, ChannelId, CustomFieldId, CustomerGroupId,
    CustomerId, FeeId, ImageId, ModifierValueId, OptionId, OptionValueId, OrderAddressId,
    OrderLineId, ProductFields, ProductId, StatusId, TaxClassId, TreeId, VariantId, VideoId,
};

/// What a field that may be empty is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setting<T> {
    /// Nothing: the thing falls back to what it inherits.
    Cleared,
    /// This.
    To(T),
}

macro_rules! edits {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
        }
    )*};
}

edits! {
    /// Of a product: what lists show, and everything else.
    ProductEdit {
        /// What lists show.
        basic: ProductFields,
        /// Suggested price; 0 is none.
        retail_price: Decimal,
        /// Least advertised price; 0 is none.
        map_price: Decimal,
        /// Width, in the store's own unit.
        width: Decimal,
        /// Depth, the same.
        depth: Decimal,
        /// Height, the same.
        height: Decimal,
        /// Brand; 0 is none.
        brand_id: BrandId,
        /// All categories: takes the place of those it stands in.
        categories: Vec<CategoryId>,
        /// Tax class.
        tax_class_id: TaxClassId,
        /// Code for a tax service. At most 255 characters.
        product_tax_code: String,
        /// At or below this the stock is low.
        inventory_warning_level: i64,
        /// Shipping at a fixed cost.
        fixed_cost_shipping_price: Decimal,
        /// Ships for nothing.
        is_free_shipping: bool,
        /// Featured on the storefront.
        is_featured: bool,
        /// Related products, at most 50; -1 alone lets the store choose.
        related_products: Vec<i64>,
        /// Warranty. At most 65,535 characters.
        warranty: String,
        /// Where it lies. At most 255 characters.
        bin_picking_number: String,
        /// Template of its page.
        layout_file: String,
        /// Universal product code. At most 14 characters.
        upc: String,
        /// Manufacturer's part number.
        mpn: String,
        /// Global trade item number. At most 14 characters.
        gtin: String,
        /// Words that find it. At most 65,535 characters.
        search_keywords: String,
        /// `available`, `disabled` or `preorder`.
        availability: String,
        /// When it ships, for shoppers. At most 255 characters.
        availability_description: String,
        /// Place in lists.
        sort_order: i64,
        /// `New`, `Used` or `Refurbished`.
        condition: String,
        /// The condition is shown.
        is_condition_shown: bool,
        /// Least to be bought at once; 0 is no limit.
        order_quantity_minimum: u64,
        /// Most to be bought at once; 0 is no limit.
        order_quantity_maximum: u64,
        /// Title of its page. At most 255 characters.
        page_title: String,
        /// Words for search engines.
        meta_keywords: Vec<String>,
        /// Description for search engines. At most 65,535 characters.
        meta_description: String,
        /// When a preorder is to be released.
        preorder_release_date: Setting<Timestamp>,
        /// What shoppers are told of the release. At most 255 characters.
        preorder_message: String,
        /// Stays a preorder until a person ends it.
        is_preorder_only: bool,
        /// The price is hidden. Needs availability `disabled`.
        is_price_hidden: bool,
        /// What stands in its place. At most 200 characters.
        price_hidden_label: String,
        /// Path on the storefront, beginning with `/`. At most 255 characters.
        url: String,
        /// From its path until now shoppers are sent on to the new one. Says nothing without a path.
        create_redirect: bool,
        /// Pictures by address: those without a number are added.
        images: Vec<ImageEdit>,
        /// Custom fields: those without a number are added.
        custom_fields: Vec<CustomFieldEdit>,
        /// Bulk pricing rules: those without a number are added.
        bulk_pricing_rules: Vec<BulkPricingRuleEdit>,
        /// Videos: those without a number are added.
        videos: Vec<VideoEdit>,
        /// Variants, when a product is made.
        variants: Vec<VariantEdit>,
    }

    /// Of a variant. What is cleared falls back to the product's.
    VariantEdit {
        /// Stock keeping unit. At most 255 characters.
        sku: String,
        /// Price of its own. Once it has one, the product's no longer reaches it.
        price: Setting<Decimal>,
        /// Price during a sale.
        sale_price: Setting<Decimal>,
        /// Suggested price.
        retail_price: Setting<Decimal>,
        /// Least advertised price.
        map_price: Setting<Decimal>,
        /// What it costs the shop.
        cost_price: Decimal,
        /// Weight.
        weight: Setting<Decimal>,
        /// Width.
        width: Setting<Decimal>,
        /// Height.
        height: Setting<Decimal>,
        /// Depth.
        depth: Setting<Decimal>,
        /// Ships for nothing.
        is_free_shipping: bool,
        /// Shipping at a fixed cost.
        fixed_cost_shipping_price: Setting<Decimal>,
        /// Can't be bought.
        purchasing_disabled: bool,
        /// Why not. At most 255 characters.
        purchasing_disabled_message: String,
        /// Address of a picture that the store fetches. At most 255 characters.
        image_url: String,
        /// Universal product code. At most 14 characters.
        upc: String,
        /// Manufacturer's part number.
        mpn: String,
        /// Global trade item number. At most 14 characters.
        gtin: String,
        /// Pieces in stock.
        inventory_level: i64,
        /// At or below this the stock is low.
        inventory_warning_level: i64,
        /// Where it lies. At most 255 characters.
        bin_picking_number: String,
        /// The choices that make it, when it is made.
        option_values: Vec<VariantChoiceEdit>,
    }

    /// A choice that makes a variant: by numbers, or by names where the product is made as well.
    VariantChoiceEdit {
        /// Value.
        id: OptionValueId,
        /// Option.
        option_id: OptionId,
        /// Name of the option.
        option_display_name: String,
        /// Name of the value.
        label: String,
        /// Members to send along as they came.
        aside: Aside,
    }

    /// Of an option.
    OptionEdit {
        /// Name for shoppers. At most 255 characters.
        display_name: String,
        /// As in [`ProductOption::kind`](crate::ProductOption::kind).
        kind: String,
        /// Place among the options.
        sort_order: i64,
        /// Values: those without a number are added, those left out are removed.
        option_values: Vec<OptionValueEdit>,
        /// Members to send along as they came.
        aside: Aside,
    }

    /// Of an option's value.
    OptionValueEdit {
        /// Number; none is a new one.
        id: OptionValueId,
        /// Name. At most 255 characters.
        label: String,
        /// Place among the values.
        sort_order: i64,
        /// Chosen first.
        is_default: bool,
        /// Members to send along as they came, colors of a swatch included.
        aside: Aside,
    }

    /// Of a modifier.
    ModifierEdit {
        /// Name for shoppers. At most 255 characters.
        display_name: String,
        /// As in [`Modifier::kind`](crate::Modifier::kind).
        kind: String,
        /// Has to be filled in.
        required: bool,
        /// Place among the modifiers.
        sort_order: i64,
        /// Values: those without a number are added.
        option_values: Vec<ModifierValueEdit>,
        /// Members to send along as they came, `config` included.
        aside: Aside,
    }

    /// Of a modifier's value.
    ModifierValueEdit {
        /// Number; none is a new one.
        id: ModifierValueId,
        /// Name. At most 255 characters.
        label: String,
        /// Place among the values.
        sort_order: i64,
        /// Chosen first.
        is_default: bool,
        /// Members to send along as they came, `adjusters` included.
        aside: Aside,
    }

    /// Of a picture.
    ImageEdit {
        /// Number; none is a new one.
        id: ImageId,
        /// Absolute address that the store fetches the picture from. At most 255 characters.
        image_url: String,
        /// The one that lists show.
        is_thumbnail: bool,
        /// Place among the pictures.
        sort_order: i64,
        /// What it shows.
        description: String,
        /// Members to send along as they came.
        aside: Aside,
    }

    /// Of a video.
    VideoEdit {
        /// Number; none is a new one.
        id: VideoId,
        /// Title. At most 255 characters.
        title: String,
        /// Description.
        description: String,
        /// Place among the videos.
        sort_order: i64,
        /// Name at `YouTube`.
        video_id: String,
        /// Members to send along as they came.
        aside: Aside,
    }

    /// Of a custom field.
    CustomFieldEdit {
        /// Number; none is a new one.
        id: CustomFieldId,
        /// Name, 1 to 250 characters.
        name: String,
        /// Value, 1 to 250 characters.
        value: String,
        /// Members to send along as they came.
        aside: Aside,
    }

    /// Of a bulk pricing rule.
    BulkPricingRuleEdit {
        /// Number; none is a new one.
        id: BulkPricingRuleId,
        /// From so many pieces.
        quantity_min: u64,
        /// To so many; 0 is without end.
        quantity_max: u64,
        /// `price`, `percent` or `fixed`.
        kind: String,
        /// How much.
        amount: Decimal,
        /// Members to send along as they came.
        aside: Aside,
    }

    /// Of a metafield. A new one needs all but the description.
    MetafieldEdit {
        /// At most 64 characters.
        namespace: String,
        /// At most 64 characters.
        key: String,
        /// At most 65,535 characters.
        value: String,
        /// At most 255 characters.
        description: String,
        /// As in [`Metafield::permission_set`](crate::Metafield::permission_set).
        permission_set: String,
    }

    /// Of a category. A new one needs a name, and a tree or a parent.
    CategoryEdit {
        /// Tree.
        tree_id: TreeId,
        /// The category it stands in; 0 is the top.
        parent_id: CategoryId,
        /// Name, 1 to 50 characters.
        name: String,
        /// HTML. At most 65,535 characters.
        description: String,
        /// Place among its neighbours.
        sort_order: i64,
        /// Title of its page.
        page_title: String,
        /// Words for search engines.
        meta_keywords: Vec<String>,
        /// Description for search engines.
        meta_description: String,
        /// Template of its page.
        layout_file: String,
        /// Address of its picture.
        image_url: String,
        /// Shown on the storefront.
        is_visible: bool,
        /// Words that find it. At most 255 characters.
        search_keywords: String,
        /// How its products are sorted.
        default_product_sort: String,
        /// Path on the storefront. At most 255 characters.
        path: String,
    }

    /// Of a brand. A new one needs a name.
    BrandEdit {
        /// Name, 1 to 255 characters.
        name: String,
        /// Title of its page. At most 255 characters.
        page_title: String,
        /// Words for search engines.
        meta_keywords: Vec<String>,
        /// Description for search engines.
        meta_description: String,
        /// Words that find it. At most 255 characters.
        search_keywords: String,
        /// Address of its picture.
        image_url: String,
        /// Path on the storefront.
        url: String,
    }

    /// Of an order.
    OrderEdit {
        /// Status. The store may e-mail the shopper; money is never moved.
        status_id: StatusId,
        /// For staff. At most 65,535 characters.
        staff_notes: String,
        /// The shopper's message.
        customer_message: String,
        /// Customer; 0 is a guest.
        customer_id: CustomerId,
        /// Channel.
        channel_id: ChannelId,
        /// Who pays.
        billing_address: OrderAddressEdit,
        /// Where it goes: those without a number are added.
        shipping_addresses: Vec<OrderAddressEdit>,
        /// Lines: those without a number are added, a quantity of 0 takes one away. Discounts on a
        /// changed line are cleared.
        products: Vec<OrderLineEdit>,
        /// All fees there are to be, those it has with their numbers: without one a fee is added, each time it is sent.
        fees: Vec<OrderFeeEdit>,
        /// A discount on the whole.
        discount_amount: Decimal,
        /// Shipping without tax.
        shipping_cost_ex_tax: Decimal,
        /// Shipping with tax.
        shipping_cost_inc_tax: Decimal,
        /// How they pay, in words.
        payment_method: String,
        /// Currency that the shopper pays in.
        default_currency_code: String,
        /// Number in another system.
        external_order_id: String,
        /// The system it came from.
        external_source: String,
        /// When it was placed.
        date_created: Timestamp,
    }

    /// Of an address of an order.
    OrderAddressEdit {
        /// Number of a shipping address; none is a new one.
        id: OrderAddressId,
        /// Given name.
        first_name: String,
        /// Family name.
        last_name: String,
        /// Company.
        company: String,
        /// Street and number.
        street_1: String,
        /// Flat, floor or similar.
        street_2: String,
        /// City.
        city: String,
        /// State or province, written out.
        state: String,
        /// Postal code. The store wants at least two characters of whoever pays.
        zip: String,
        /// Country, written out.
        country: String,
        /// ISO 3166-1 alpha-2.
        country_iso2: String,
        /// Telephone number.
        phone: String,
        /// E-mail address.
        email: String,
        /// How it is shipped, in words; means nothing for whoever pays.
        shipping_method: String,
    }

    /// Of a line of an order: a product of the catalog, or one typed by hand (name, quantity and
    /// both prices).
    OrderLineEdit {
        /// Number of the line; none is a new one.
        id: OrderLineId,
        /// Product.
        product_id: ProductId,
        /// Variant.
        variant_id: VariantId,
        /// Name.
        name: String,
        /// Stock keeping unit of a line typed by hand.
        sku: String,
        /// Pieces; 0 takes the line away.
        quantity: u64,
        /// Price of one, without tax. Give both prices or none.
        price_ex_tax: Decimal,
        /// Price of one, with tax.
        price_inc_tax: Decimal,
    }

    /// Of a fee of an order.
    OrderFeeEdit {
        /// Number; none is a new one.
        id: FeeId,
        /// Name for shoppers.
        display_name_customer: String,
        /// Name for staff.
        display_name_merchant: String,
        /// Who set it.
        source: String,
        /// How much, without tax.
        cost_ex_tax: Decimal,
        /// How much, with tax.
        cost_inc_tax: Decimal,
        /// Tax class.
        tax_class_id: TaxClassId,
        /// Members to send along as they came, the tax class included; not what the store works out by itself.
        aside: Aside,
    }

    /// Of a shipment. What is in it can't be changed.
    ShipmentEdit {
        /// The address it goes to.
        order_address_id: OrderAddressId,
        /// Tracking number. At most 50 characters.
        tracking_number: String,
        /// Page that follows it. At most 500 characters.
        tracking_link: String,
        /// `usps`, `fedex`, …, or empty.
        shipping_provider: String,
        /// `AfterShip`'s name of the carrier, or empty.
        tracking_carrier: String,
        /// How it was shipped, in words.
        shipping_method: String,
        /// For the shopper. At most 65,535 characters.
        comments: String,
    }

    /// Of a customer. A new one needs both names and an e-mail address.
    CustomerEdit {
        /// E-mail address, 3 to 250 characters. Unique in the store.
        email: String,
        /// Given name, 1 to 100 characters.
        first_name: String,
        /// Family name, 1 to 100 characters.
        last_name: String,
        /// Company. At most 255 characters.
        company: String,
        /// Telephone number. At most 50 characters.
        phone: String,
        /// For staff.
        notes: String,
        /// Why they pay no tax. At most 255 characters.
        tax_exempt_category: String,
        /// Group; 0 is none.
        customer_group_id: CustomerGroupId,
        /// Store credit, in the store's default currency. Takes the place of what they have.
        store_credit: Decimal,
        /// Agrees to e-mails that ask for reviews and remind of an abandoned cart.
        accepts_product_review_abandoned_cart_emails: bool,
        /// Has to choose a new password.
        force_password_reset: bool,
        /// Channels they may shop on.
        channel_ids: Vec<ChannelId>,
        /// A new customer is told of the account by e-mail.
        trigger_account_created_notification: bool,
        /// Addresses of a new customer.
        addresses: Vec<CustomerAddressEdit>,
    }

    /// Of a customer's address.
    CustomerAddressEdit {
        /// Given name. At most 255 characters.
        first_name: String,
        /// Family name. At most 255 characters.
        last_name: String,
        /// Company. At most 255 characters.
        company: String,
        /// Street and number.
        address1: String,
        /// Flat, floor or similar.
        address2: String,
        /// City. At most 100 characters.
        city: String,
        /// State or province, written out. At most 100 characters.
        state_or_province: String,
        /// Postal code. At most 30 characters.
        postal_code: String,
        /// ISO 3166-1 alpha-2.
        country_code: String,
        /// Telephone number. At most 50 characters.
        phone: String,
        /// `residential` or `commercial`.
        address_type: String,
        /// Members to send along as they came, form fields included.
        aside: Aside,
    }

    /// Of a customer group. A new one needs a name.
    CustomerGroupEdit {
        /// Name.
        name: String,
        /// New customers come into it.
        is_default: bool,
        /// Guests are in it.
        is_group_for_guests: bool,
        /// Which categories they see.
        category_access: CategoryAccessEdit,
        /// All discounts: takes the place of those it has.
        discount_rules: Vec<crate::DiscountRule>,
    }
}

/// Which categories a group is to see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryAccessEdit {
    /// `all`, `specific` or `none`.
    pub kind: String,
    /// All categories, if specific: takes the place of those it sees.
    pub categories: Vec<CategoryId>,
    /// Members to send along as they came.
    #[serde(default)]
    pub aside: Aside,
}
