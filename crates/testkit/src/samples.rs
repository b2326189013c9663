//! One request of every sort, and more where a body decides what a lost answer means.

#![expect(
    clippy::unwrap_used,
    reason = "a sample that can't be made fails the test"
)]
#![expect(
    missing_docs,
    reason = "each number is the one of what its field is called"
)]

use std::fmt::Debug;

use bigcommerce::{
    Kind, Request,
    request::{
        self, Few, ListQuery, assignments, bulk_pricing, catalog, custom_fields, customers,
        filters, images, inventory, metafields, metafields::Owner, modifiers, options, order_parts,
        orders, payments, products, settings, storefront, together, variants, videos,
    },
};
use commerce::{
    AccessToken, Aside, AttributeId, AttributeValueId, BrandEdit, BrandId, BulkPricingRuleEdit,
    BulkPricingRuleId, CategoryAssignment, CategoryEdit, CategoryId, ChannelAssignment, ChannelId,
    CountryId, CurrencyCode, CustomFieldEdit, CustomFieldId, CustomerAddressEdit,
    CustomerAddressId, CustomerEdit, CustomerGroupEdit, CustomerGroupId, CustomerId, ImageEdit,
    ImageId, LocationId, MetafieldEdit, MetafieldId, ModifierEdit, ModifierId, ModifierValueEdit,
    ModifierValueId, OptionEdit, OptionId, OptionValueEdit, OptionValueId, OrderAddressEdit,
    OrderAddressId, OrderEdit, OrderFeeEdit, OrderId, OrderLineEdit, OrderLineId, ProductEdit,
    ProductFields, ProductId, ProductKind, RefundExtent, RefundFor, RefundId, RefundPayment,
    RefundRequestItem, Setting, ShipmentEdit, ShipmentId, StatusId, StockAdjustment, StockTarget,
    StorefrontScope, TreeId, VariantChoiceEdit, VariantEdit, VariantId, VideoEdit, VideoId,
};

/// Numbers of things that requests are about.
#[derive(Clone, Copy, Debug)]
pub struct Ids {
    pub order: OrderId,
    pub line: OrderLineId,
    pub order_address: OrderAddressId,
    pub shipment: ShipmentId,
    pub refund: RefundId,
    pub product: ProductId,
    pub variant: VariantId,
    pub option: OptionId,
    pub option_value: OptionValueId,
    pub modifier: ModifierId,
    pub modifier_value: ModifierValueId,
    pub image: ImageId,
    pub video: VideoId,
    pub custom_field: CustomFieldId,
    pub rule: BulkPricingRuleId,
    pub metafield: MetafieldId,
    pub brand: BrandId,
    pub category: CategoryId,
    pub tree: TreeId,
    pub channel: ChannelId,
    pub location: LocationId,
    pub customer: CustomerId,
    pub customer_address: CustomerAddressId,
    pub attribute: AttributeId,
    pub attribute_value: AttributeValueId,
    pub group: CustomerGroupId,
    pub country: CountryId,
}

impl Ids {
    /// Everything here that metafields can belong to.
    #[must_use]
    pub fn owners(&self) -> [Owner; 6] {
        [
            Owner::Order(self.order),
            Owner::Product(self.product),
            Owner::Variant(self.product, self.variant),
            Owner::Category(self.category),
            Owner::Brand(self.brand),
            Owner::Customer(self.customer),
        ]
    }
}

/// A metafield that every owner takes.
#[must_use]
pub fn a_metafield() -> MetafieldEdit {
    MetafieldEdit {
        namespace: text("stockroom"),
        key: text("shelf"),
        value: text("B 12"),
        permission_set: text("read"),
        ..MetafieldEdit::default()
    }
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            order: OrderId(100),
            line: OrderLineId(101),
            order_address: OrderAddressId(102),
            shipment: ShipmentId(103),
            refund: RefundId(104),
            product: ProductId(200),
            variant: VariantId(201),
            option: OptionId(202),
            option_value: OptionValueId(203),
            modifier: ModifierId(204),
            modifier_value: ModifierValueId(205),
            image: ImageId(206),
            video: VideoId(207),
            custom_field: CustomFieldId(208),
            rule: BulkPricingRuleId(209),
            metafield: MetafieldId(210),
            brand: BrandId(300),
            category: CategoryId(301),
            tree: TreeId(1),
            channel: ChannelId(1),
            location: LocationId(1),
            customer: CustomerId(400),
            customer_address: CustomerAddressId(401),
            attribute: AttributeId(402),
            attribute_value: AttributeValueId(403),
            group: CustomerGroupId(404),
            country: CountryId(226),
        }
    }
}

/// A request, and what a lost answer to it means.
pub struct Sample {
    pub request: Request<()>,
    /// The same, of whose answer is wanted how much in it could not be read.
    pub unread: Request<usize>,
    pub kind: Kind,
}

/// In how many places of an answer something could not be read. It is looked through as a developer sees it, so that
/// nothing is forgotten that lies deep inside another.
pub fn unread<T: Debug>(answer: &T) -> usize {
    let seen = format!("{answer:?}");
    ["broken: [", "unreadable: ["]
        .into_iter()
        .flat_map(|list| seen.split(list).skip(1))
        .filter(|rest| !rest.starts_with(']'))
        .count()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn few<T, const MAX: usize>(thing: T) -> Few<T, MAX> {
    Few::from(thing)
}

pub fn fields() -> ProductFields {
    ProductFields {
        name: text("Copper kettle"),
        kind: Some(ProductKind::Physical),
        price: Some("49.90".parse().unwrap()),
        weight: Some("1.25".parse().unwrap()),
        ..ProductFields::default()
    }
}

pub fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1A\nnot much of a picture".to_vec()
}

#[expect(
    clippy::too_many_lines,
    reason = "one line for each thing that can be asked"
)]
pub fn samples(ids: &Ids) -> Vec<Sample> {
    let gbp: CurrencyCode = "GBP".parse().unwrap();
    let ten = || Some("10.50".parse().unwrap());
    let mut all = Vec::new();
    macro_rules! add {
        ($($kind:ident: $request:expr;)*) => {$(
            let request = $request;
            all.push(Sample {
                unread: request.clone().map(|answer| unread(&answer)),
                request: request.map(drop),
                kind: Kind::$kind,
            });
        )*};
    }

    add! {
        Read: request::time();
        Read: request::store();
        Read: settings::units(Some(ids.channel));
        Read: settings::locale();
        Read: settings::currencies(&ListQuery::new());
        Read: settings::tax_classes(&ListQuery::new());
        Read: settings::countries(&ListQuery::new());
        Read: settings::states(ids.country, &ListQuery::new());
        Read: settings::channels(&ListQuery::new());
        Read: settings::channel(ids.channel);
        Read: settings::payment_methods(ids.order);
    }

    let status = orders::OrderUpdate {
        status_id: Some(StatusId(2)),
        ..orders::OrderUpdate::default()
    };
    let notes = orders::OrderUpdate {
        staff_notes: text("fragile"),
        ..orders::OrderUpdate::default()
    };
    let message = orders::OrderUpdate {
        customer_message: text("soon"),
        ..orders::OrderUpdate::default()
    };
    let line = OrderLineEdit {
        name: text("Engraving"),
        quantity: Some(1),
        price_ex_tax: ten(),
        price_inc_tax: ten(),
        ..OrderLineEdit::default()
    };
    let known_line = OrderLineEdit {
        id: Some(ids.line),
        quantity: Some(2),
        ..OrderLineEdit::default()
    };
    let address = OrderAddressEdit {
        first_name: text("Ada"),
        last_name: text("Tinker"),
        street_1: text("1 Kettle Row"),
        city: text("Leith"),
        state: text("Midlothian"),
        zip: text("EH6 6AA"),
        country: text("United Kingdom"),
        country_iso2: text("GB"),
        email: text("ada@tins.example"),
        ..OrderAddressEdit::default()
    };
    let known_address = OrderAddressEdit {
        id: Some(ids.order_address),
        ..address.clone()
    };
    let fee = OrderFeeEdit {
        display_name_customer: text("Rush"),
        cost_ex_tax: ten(),
        cost_inc_tax: ten(),
        ..OrderFeeEdit::default()
    };
    let edit = OrderEdit {
        billing_address: Some(address.clone()),
        products: Some(vec![known_line.clone()]),
        shipping_addresses: Some(vec![known_address.clone()]),
        discount_amount: ten(),
        ..OrderEdit::default()
    };
    let edited = |change: fn(&mut OrderEdit, OrderLineEdit, OrderAddressEdit, OrderFeeEdit)| {
        let mut edit = edit.clone();
        change(&mut edit, line.clone(), address.clone(), fee.clone());
        orders::edit(ids.order, &edit)
    };
    let new_order = orders::NewOrder::try_from(OrderEdit {
        billing_address: Some(address.clone()),
        products: Some(vec![line.clone()]),
        ..OrderEdit::default()
    })
    .unwrap();
    add! {
        Read: orders::list(&orders::OrdersQuery::new());
        Read: orders::list_full(&orders::OrdersQuery::new().include([orders::OrderInclude::Lines, orders::OrderInclude::Fees]));
        Read: orders::one(ids.order);
        Read: orders::one_full(ids.order, &[orders::OrderInclude::Consignments]);
        Read: orders::statuses();
        Read: orders::count();
        Read: orders::count_of([filters::OrderFilter::Status(StatusId(11))]);
        Idempotent: orders::update(ids.order, &notes);
        Idempotent: orders::update(ids.order, &message);
        // The store may e-mail the shopper each time.
        Once: orders::update(ids.order, &status);
        Idempotent: orders::edit(ids.order, &edit);
        Once: edited(|edit, _, _, _| edit.status_id = Some(StatusId(2)));
        // Each sending would add another.
        Once: edited(|edit, line, _, _| edit.products.as_mut().unwrap().push(line));
        Once: edited(|edit, _, address, _| edit.shipping_addresses.as_mut().unwrap().push(address));
        Once: edited(|edit, _, _, fee| edit.fees = Some(vec![fee]));
        Once: orders::create(&new_order);
        Read: together::read_order(ids.order);
        Idempotent: together::update_order(ids.order, &notes);
        Once: together::update_order(ids.order, &status);
        Idempotent: orders::archive(ids.order);
    }

    let shipment = ShipmentEdit {
        order_address_id: Some(ids.order_address),
        tracking_number: text("TIN123"),
        shipping_provider: text(""),
        ..ShipmentEdit::default()
    };
    let tracking = ShipmentEdit {
        tracking_number: text("TIN124"),
        ..ShipmentEdit::default()
    };
    add! {
        Read: order_parts::lines(ids.order, gbp, 1);
        Read: order_parts::shipping_addresses(ids.order, gbp, 1);
        Idempotent: order_parts::update_shipping_address(ids.order, gbp, ids.order_address, &address);
        Read: order_parts::shipments(ids.order, 1);
        Read: order_parts::shipment(ids.order, ids.shipment);
        Once: order_parts::create_shipment(ids.order, &shipment, &few((ids.line, 1)));
        Idempotent: order_parts::update_shipment(ids.order, ids.shipment, &tracking);
        Idempotent: order_parts::delete_shipment(ids.order, ids.shipment);
        Read: order_parts::coupons(ids.order, gbp, 1);
        Read: order_parts::taxes(ids.order, gbp, 1);
        Read: order_parts::taxes_full(ids.order, gbp, 1);
        Read: order_parts::messages(ids.order, &ListQuery::new());
        Read: order_parts::refunds(ids.order, gbp);
    }

    let item = RefundRequestItem {
        item_type: RefundFor::Product,
        item_id: ids.line.0,
        extent: RefundExtent::Pieces(1),
        reason: "dented".to_owned(),
    };
    let refund = payments::NewRefund {
        items: few(item.clone()),
        payments: few(RefundPayment {
            provider_id: "storecredit".to_owned(),
            provider_description: String::new(),
            amount: "10.50".parse().unwrap(),
            offline: false,
            offline_provider: false,
            offline_reason: String::new(),
            aside: Aside::NOTHING,
        }),
        merchant_override: None,
    };
    add! {
        Read: payments::transactions(ids.order);
        Once: payments::capture(ids.order);
        Once: payments::void(ids.order);
        Once: payments::refund_quote(ids.order, &few(item));
        Once: payments::refund(ids.order, &refund);
        Read: payments::refunds_of(ids.order);
        Read: payments::refunds(&ListQuery::new());
        Read: payments::refund_one(ids.refund);
    }

    let field = CustomFieldEdit {
        name: text("Metal"),
        value: text("Copper"),
        ..CustomFieldEdit::default()
    };
    let rule = BulkPricingRuleEdit {
        quantity_min: Some(10),
        quantity_max: Some(0),
        kind: text("percent"),
        amount: ten(),
        ..BulkPricingRuleEdit::default()
    };
    // Beside the other: two that overlap are refused.
    let smaller_rule = BulkPricingRuleEdit {
        quantity_min: Some(5),
        quantity_max: Some(9),
        ..rule.clone()
    };
    let change = products::ProductUpdate::from(fields());
    let new = products::NewProduct::try_from(ProductFields {
        name: text("Iron kettle"),
        ..fields()
    })
    .unwrap();
    let whole = ProductEdit {
        basic: Some(fields()),
        warranty: text("Two years"),
        custom_fields: Some(vec![CustomFieldEdit {
            id: Some(ids.custom_field),
            name: text("Metal"),
            value: text("Copper"),
            aside: None,
        }]),
        ..ProductEdit::default()
    };
    let moved = ProductEdit {
        url: Some(format!("/copper-kettle-{}/", ids.product)),
        create_redirect: Some(true),
        ..ProductEdit::default()
    };
    let warranty = ProductEdit {
        warranty: text("Three years"),
        ..ProductEdit::default()
    };
    let adding = |change: &dyn Fn(&mut ProductEdit)| {
        let mut edit = whole.clone();
        change(&mut edit);
        edit
    };
    let new_full = products::NewFullProduct::try_from(ProductEdit {
        basic: Some(ProductFields {
            name: text("Tin teapot"),
            ..fields()
        }),
        warranty: text("Two years"),
        ..ProductEdit::default()
    })
    .unwrap();
    let with_picture = adding(&|edit| edit.images = Some(vec![ImageEdit::default()]));
    add! {
        Read: products::list(&products::ProductsQuery::new());
        Read: products::list_full(&products::ProductsQuery::new().include(products::ProductInclude::ALL.iter().copied()));
        Read: products::one(ids.product);
        Read: products::one_full(ids.product, products::ProductInclude::ALL);
        Idempotent: products::update(ids.product, &change);
        Idempotent: products::edit(ids.product, &warranty);
        Idempotent: products::edit(ids.product, &whole);
        Idempotent: products::edit(ids.product, &moved);
        Once: products::edit(ids.product, &with_picture);
        Once: products::edit(ids.product, &adding(&|edit| edit.custom_fields = Some(vec![field.clone()])));
        Once: products::edit(ids.product, &adding(&|edit| edit.bulk_pricing_rules = Some(vec![smaller_rule.clone()])));
        Once: products::edit(ids.product, &adding(&|edit| edit.videos = Some(vec![VideoEdit::default()])));
        Once: products::edit(ids.product, &adding(&|edit| edit.variants = Some(vec![VariantEdit::default()])));
        Idempotent: products::edit_batch(&few((ids.product, warranty)));
        Once: products::edit_batch(&few((ids.product, with_picture)));
        Once: products::create(&new);
        Once: products::create_full(&new_full);
        Read: together::read([ids.product]);
        Read: together::read_one(ids.product);
        Read: together::named("Copper kettle");
        Idempotent: together::update_one(ids.product, &change);
        Idempotent: together::update(&few((ids.product, change)));
        Once: together::create(&new);
        Idempotent: products::delete(ids.product);
        Idempotent: products::delete_batch(&few(ids.product));
    }

    let variant = VariantEdit {
        price: Some(Setting::To("12.00".parse().unwrap())),
        weight: Some(Setting::Cleared),
        ..VariantEdit::default()
    };
    let new_variant = VariantEdit {
        sku: text("KET-NEW"),
        option_values: Some(vec![VariantChoiceEdit {
            id: Some(ids.option_value),
            option_id: Some(ids.option),
            ..VariantChoiceEdit::default()
        }]),
        ..VariantEdit::default()
    };
    add! {
        Read: variants::list(ids.product, &ListQuery::new());
        Read: variants::across(&ListQuery::new());
        Read: variants::one(ids.product, ids.variant);
        Once: variants::create(ids.product, &new_variant);
        Idempotent: variants::update(ids.product, ids.variant, &variant);
        Idempotent: variants::update_batch(&few((ids.variant, variant)));
        Idempotent: variants::delete(ids.product, ids.variant);
    }

    let value = OptionValueEdit {
        label: text("Large"),
        sort_order: Some(1),
        aside: Some(Aside::new(r##"{"value_data":{"colors":["#123456"]}}"##)),
        ..OptionValueEdit::default()
    };
    let option = OptionEdit {
        display_name: text("Size"),
        kind: text("dropdown"),
        option_values: Some(vec![value.clone()]),
        ..OptionEdit::default()
    };
    let renamed = OptionEdit {
        display_name: text("Sizes"),
        ..OptionEdit::default()
    };
    add! {
        Read: options::list(ids.product, &ListQuery::new());
        Read: options::one(ids.product, ids.option);
        Once: options::create(ids.product, &option);
        Idempotent: options::update(ids.product, ids.option, &renamed);
        Once: options::update(ids.product, ids.option, &option);
        Idempotent: options::delete(ids.product, ids.option);
        Read: options::values(ids.product, ids.option, &ListQuery::new());
        Once: options::create_value(ids.product, ids.option, &value);
        Idempotent: options::update_value(ids.product, ids.option, ids.option_value, &value);
        Idempotent: options::delete_value(ids.product, ids.option, ids.option_value);
    }

    let value = ModifierValueEdit {
        label: text("Gift box"),
        sort_order: Some(1),
        ..ModifierValueEdit::default()
    };
    let modifier = ModifierEdit {
        display_name: text("Wrapping"),
        kind: text("dropdown"),
        required: Some(false),
        option_values: Some(vec![value.clone()]),
        ..ModifierEdit::default()
    };
    // The reference asks for the kind and the need even where neither changes.
    let renamed = ModifierEdit {
        display_name: text("Wrappings"),
        kind: text("dropdown"),
        required: Some(false),
        ..ModifierEdit::default()
    };
    add! {
        Read: modifiers::list(ids.product, &ListQuery::new());
        Read: modifiers::one(ids.product, ids.modifier);
        Once: modifiers::create(ids.product, &modifier);
        Idempotent: modifiers::update(ids.product, ids.modifier, &renamed);
        Once: modifiers::update(ids.product, ids.modifier, &modifier);
        Idempotent: modifiers::delete(ids.product, ids.modifier);
        Read: modifiers::values(ids.product, ids.modifier, &ListQuery::new());
        Once: modifiers::create_value(ids.product, ids.modifier, &value);
        Idempotent: modifiers::update_value(ids.product, ids.modifier, ids.modifier_value, &value);
        Idempotent: modifiers::delete_value(ids.product, ids.modifier, ids.modifier_value);
    }

    let file = images::ImageFile::new("kettle.png", png()).unwrap();
    let image = ImageEdit {
        description: text("A kettle"),
        ..ImageEdit::default()
    };
    let by_address = ImageEdit {
        image_url: text("https://pictures.example/kettle.png"),
        ..image.clone()
    };
    let video = VideoEdit {
        title: text("Boiling"),
        video_id: text("z3fRu9pkuXE"),
        ..VideoEdit::default()
    };
    add! {
        Read: images::list(ids.product, &ListQuery::new());
        Once: images::upload(ids.product, &file, &image);
        Once: images::add(ids.product, &by_address);
        Idempotent: images::update(ids.product, ids.image, &image);
        Idempotent: images::delete(ids.product, ids.image);
        Read: videos::list(ids.product, &ListQuery::new());
        Once: videos::create(ids.product, &video);
        Idempotent: videos::update(ids.product, ids.video, &video);
        Idempotent: videos::delete(ids.product, ids.video);
        Read: custom_fields::list(ids.product, &ListQuery::new());
        Once: custom_fields::create(ids.product, &field);
        Idempotent: custom_fields::update(ids.product, ids.custom_field, &field);
        Idempotent: custom_fields::delete(ids.product, ids.custom_field);
        Read: bulk_pricing::list(ids.product);
        Once: bulk_pricing::create(ids.product, &rule);
        Idempotent: bulk_pricing::update(ids.product, ids.rule, &rule);
        Idempotent: bulk_pricing::delete(ids.product, ids.rule);
    }

    let brand = BrandEdit {
        name: text("Tinker & Daughters"),
        ..BrandEdit::default()
    };
    let category = CategoryEdit {
        tree_id: Some(ids.tree),
        name: text("Kettles for two"),
        ..CategoryEdit::default()
    };
    let described = CategoryEdit {
        description: text("<p>All kettles</p>"),
        ..CategoryEdit::default()
    };
    let in_category = CategoryAssignment {
        product_id: ids.product,
        category_id: ids.category,
    };
    let on_channel = ChannelAssignment {
        product_id: ids.product,
        channel_id: ids.channel,
    };
    add! {
        Read: catalog::brands(1);
        Read: catalog::brands_full(&ListQuery::new());
        Read: catalog::brand(ids.brand);
        Once: catalog::create_brand(&brand);
        Idempotent: catalog::update_brand(ids.brand, &brand);
        Idempotent: catalog::delete_brand(ids.brand);
        Read: catalog::trees([]);
        Read: catalog::tree(ids.tree, Some(2));
        Read: catalog::categories(1);
        Read: catalog::categories_full(&ListQuery::new());
        Once: catalog::create_categories(&few(category));
        Idempotent: catalog::update_categories(&few((ids.category, described)));
        Idempotent: catalog::delete_categories(&few(ids.category));
        Read: assignments::of_categories(&ListQuery::new());
        Idempotent: assignments::assign_categories(&few(in_category));
        Idempotent: assignments::unassign_categories(&few(ids.product), &few(ids.category));
        Read: assignments::of_channels(&ListQuery::new());
        Idempotent: assignments::assign_channels(&few(on_channel));
        Idempotent: assignments::unassign_channels(&few(ids.product), &few(ids.channel));
    }

    let adjustment = StockAdjustment {
        location_id: ids.location,
        target: StockTarget::Variant(ids.variant),
        quantity: 5,
    };
    add! {
        Read: inventory::locations(&ListQuery::new());
        Read: inventory::items(&ListQuery::new());
        Read: inventory::items_at(ids.location, &ListQuery::new());
        Idempotent: inventory::adjust_absolute("counted", &few(adjustment.clone()));
        Once: inventory::adjust_relative("broken", &few(adjustment));
    }

    let customer = CustomerEdit {
        email: text("grace@tins.example"),
        first_name: text("Grace"),
        last_name: text("Tinker"),
        ..CustomerEdit::default()
    };
    let credit = CustomerEdit {
        store_credit: ten(),
        ..CustomerEdit::default()
    };
    let home = CustomerAddressEdit {
        first_name: text("Ada"),
        last_name: text("Tinker"),
        address1: text("2 Kettle Row"),
        city: text("Leith"),
        state_or_province: text("Midlothian"),
        postal_code: text("EH6 6AA"),
        country_code: text("GB"),
        ..CustomerAddressEdit::default()
    };
    let group = CustomerGroupEdit {
        name: text("Tinkers"),
        ..CustomerGroupEdit::default()
    };
    add! {
        Read: customers::list(&customers::CustomersQuery::new());
        Read: customers::list_full(&customers::CustomersQuery::new().include([customers::CustomerInclude::Addresses, customers::CustomerInclude::Attributes]));
        Once: customers::create(&few(customer));
        Idempotent: customers::update(&few((ids.customer, credit)));
        Idempotent: customers::delete(&few(ids.customer));
        Read: customers::addresses(&ListQuery::new());
        Once: customers::create_addresses(&few((ids.customer, home.clone())));
        Idempotent: customers::update_addresses(&few((ids.customer_address, home)));
        Idempotent: customers::delete_addresses(&few(ids.customer_address));
        Read: customers::attributes(&ListQuery::new());
        Once: customers::create_attributes(&few(("Shoe size".to_owned(), "number".to_owned())));
        Idempotent: customers::rename_attributes(&few((ids.attribute, "Shoes".to_owned())));
        Idempotent: customers::delete_attributes(&few(ids.attribute));
        Read: customers::attribute_values(&ListQuery::new());
        Idempotent: customers::set_attribute_values(&few((ids.customer, ids.attribute, "42".to_owned())));
        Idempotent: customers::delete_attribute_values(&few(ids.attribute_value));
        Read: customers::groups(&ListQuery::new());
        Read: customers::group(ids.group);
        Once: customers::create_group(&group);
        Idempotent: customers::update_group(ids.group, &group);
        Idempotent: customers::delete_group(ids.group);
    }

    let metafield = a_metafield();
    for owner in ids.owners() {
        add! {
            Read: metafields::list(owner, &ListQuery::new());
            Read: metafields::one(owner, ids.metafield);
            Once: metafields::create(owner, &metafield);
            Idempotent: metafields::update(owner, ids.metafield, &metafield);
            Idempotent: metafields::delete(owner, ids.metafield);
        }
    }

    let token = storefront::StorefrontToken::new(AccessToken::new("storefront".to_owned()));
    add! {
        Once: storefront::create_token(&few(ids.channel), &few(StorefrontScope::Customer), "2026-12-31T00:00:00Z".parse().unwrap());
        Idempotent: storefront::revoke_token(&token);
    }
    all
}
