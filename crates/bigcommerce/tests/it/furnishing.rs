//! A shop prepared so that every operation has something to succeed on: what is made here is read, changed
//! and deleted again by the operations themselves.

use bigcommerce::request::{
    Few, bulk_pricing, catalog, custom_fields, customers, metafields, modifiers, options, orders,
    payments, products, variants, videos,
};
use commerce::{
    BrandEdit, BulkPricingRuleEdit, CustomFieldEdit, CustomerGroupEdit, ModifierEdit,
    ModifierValueEdit, OptionEdit, OptionValueEdit, ProductFields, RefundExtent, RefundFor,
    RefundRequestItem, VariantChoiceEdit, VariantEdit, VideoEdit,
};
use testkit::samples::{self, Ids};

use crate::sandbox::{SHIPPED, Shop};

impl Shop {
    /// Makes a product with one of everything that can belong to it, and gives its numbers.
    pub(crate) async fn furnish(&self, mut ids: Ids) -> Ids {
        let text = |text: &str| Some(text.to_owned());
        let product = products::NewProduct::try_from(ProductFields {
            name: text("Pewter kettle"),
            ..testkit::samples::fields()
        });
        let product = products::create(&product.unwrap());
        ids.product = self.send(&product).await.unwrap().id;
        let option = OptionEdit {
            display_name: text("Polish"),
            kind: text("dropdown"),
            option_values: Some(vec![OptionValueEdit {
                label: text("Matt"),
                sort_order: Some(1),
                ..OptionValueEdit::default()
            }]),
            ..OptionEdit::default()
        };
        let option = options::create(ids.product, &option);
        let option = self.send(&option).await.unwrap();
        (ids.option, ids.option_value) = (option.id, option.option_values.items[0].id);
        let satin = OptionValueEdit {
            label: text("Satin"),
            ..OptionValueEdit::default()
        };
        let satin = options::update_value(ids.product, ids.option, ids.option_value, &satin);
        assert_eq!(self.send(&satin).await.unwrap().label, "Satin");
        let modifier = ModifierEdit {
            display_name: text("Ribbon"),
            kind: text("dropdown"),
            required: Some(false),
            option_values: Some(vec![ModifierValueEdit {
                label: text("Red"),
                sort_order: Some(1),
                ..ModifierValueEdit::default()
            }]),
            ..ModifierEdit::default()
        };
        let modifier = modifiers::create(ids.product, &modifier);
        let modifier = self.send(&modifier).await.unwrap();
        (ids.modifier, ids.modifier_value) = (modifier.id, modifier.option_values.items[0].id);
        let video = VideoEdit {
            title: text("Polishing"),
            video_id: text("z3fRu9pkuXF"),
            ..VideoEdit::default()
        };
        let video = videos::create(ids.product, &video);
        ids.video = self.send(&video).await.unwrap().id;
        let field = CustomFieldEdit {
            name: text("Spout"),
            value: text("Long"),
            ..CustomFieldEdit::default()
        };
        let create = custom_fields::create(ids.product, &field);
        let made = self.send(&create).await.unwrap().id;
        let shorter = CustomFieldEdit {
            value: text("Short"),
            ..field
        };
        let update = custom_fields::update(ids.product, made, &shorter);
        assert_eq!(self.send(&update).await.unwrap().value, "Short");
        let delete = custom_fields::delete(ids.product, made);
        self.send(&delete).await.unwrap();
        ids.custom_field = self.send(&create).await.unwrap().id;
        let rule = BulkPricingRuleEdit {
            quantity_min: Some(2),
            quantity_max: Some(5),
            kind: text("percent"),
            amount: Some("10.50".parse().unwrap()),
            ..BulkPricingRuleEdit::default()
        };
        let made = bulk_pricing::create(ids.product, &rule);
        ids.rule = self.send(&made).await.unwrap().id;
        let wider = BulkPricingRuleEdit {
            quantity_max: Some(6),
            ..rule
        };
        let wider = bulk_pricing::update(ids.product, ids.rule, &wider);
        assert_eq!(self.send(&wider).await.unwrap().quantity_max, 6);
        let delete = bulk_pricing::delete(ids.product, ids.rule);
        self.send(&delete).await.unwrap();
        ids.rule = self.send(&made).await.unwrap().id;
        ids
    }

    async fn metafields(&self, ids: Ids) {
        let metafield = samples::a_metafield();
        for owner in ids.owners() {
            let create = metafields::create(owner, &metafield);
            let made = self.send(&create).await.unwrap();
            let one = metafields::one(owner, made.id);
            assert_eq!(self.send(&one).await.unwrap().value, "B 12");
            let update = metafields::update(owner, made.id, &metafield);
            self.send(&update).await.unwrap();
            let delete = metafields::delete(owner, made.id);
            self.send(&delete).await.unwrap();
            assert!(self.send(&one).await.is_err(), "{owner:?}");
        }
    }

    /// Those of [`NOT_GRANTED_HERE`] get what they need.
    pub(crate) async fn grant_what_has_to_be_prepared(&self) {
        let shop = self;
        shop.metafields(shop.ids(SHIPPED).await).await;
        let text = |text: &str| Some(text.to_owned());

        let brand = |name: &str| BrandEdit {
            name: text(name),
            ..BrandEdit::default()
        };
        let made = shop.send(&catalog::create_brand(&brand("Tinker"))).await;
        let renamed = catalog::update_brand(made.unwrap().id, &brand("Tinker & Sons"));
        assert_eq!(shop.send(&renamed).await.unwrap().name, "Tinker & Sons");

        let group = |name: &str| CustomerGroupEdit {
            name: text(name),
            ..CustomerGroupEdit::default()
        };
        let made = shop.send(&customers::create_group(&group("Tins"))).await;
        let renamed = customers::update_group(made.unwrap().id, &group("Tins & Co"));
        assert_eq!(shop.send(&renamed).await.unwrap().name, "Tins & Co");

        let kettle = products::NewProduct::try_from(ProductFields {
            name: text("Brass kettle"),
            ..testkit::samples::fields()
        });
        let product = shop.send(&products::create(&kettle.unwrap())).await;
        let product = product.unwrap().id;
        let size = OptionEdit {
            display_name: text("Size"),
            kind: text("dropdown"),
            option_values: Some(vec![OptionValueEdit {
                label: text("Large"),
                sort_order: Some(1),
                ..OptionValueEdit::default()
            }]),
            ..OptionEdit::default()
        };
        let size = shop.send(&options::create(product, &size)).await.unwrap();
        let large = VariantEdit {
            sku: text("KET-L"),
            option_values: Some(vec![VariantChoiceEdit {
                id: Some(size.option_values.items[0].id),
                option_id: Some(size.id),
                ..VariantChoiceEdit::default()
            }]),
            ..VariantEdit::default()
        };
        let large = shop.send(&variants::create(product, &large)).await.unwrap();
        assert_eq!(large.sku, "KET-L");
        for delete in [
            variants::delete(product, large.id),
            products::delete(product),
        ] {
            shop.send(&delete).await.unwrap();
        }

        let attribute = Few::from(("Shoe".to_owned(), "number".to_owned()));
        let attribute = shop
            .first(customers::create_attributes(&attribute))
            .await
            .unwrap();
        let renamed = Few::from((attribute.id, "Shoes".to_owned()));
        let renamed = shop.first(customers::rename_attributes(&renamed)).await;
        assert_eq!(renamed.unwrap().name, "Shoes");
        let customer = customers::list(&customers::CustomersQuery::new());
        let customer = shop.first(customer).await.unwrap().id;
        let value = Few::from((customer, attribute.id, "42".to_owned()));
        let value = shop.first(customers::set_attribute_values(&value)).await;
        assert_eq!(value.unwrap().attribute_value, "42");

        let all = shop
            .first_page(orders::list(&orders::OrdersQuery::new()))
            .await;
        let with_payment = |status: &str| {
            let mut orders = all.iter();
            let found = orders.find(|order| order.payment_status == status);
            found.unwrap_or_else(|| panic!("no order is {status}"))
        };
        let order = with_payment("authorized").id;
        shop.send(&payments::void(order)).await.unwrap();

        let order = with_payment("captured");
        let items = Few::from(RefundRequestItem {
            item_type: RefundFor::Order,
            item_id: order.id.0,
            extent: RefundExtent::Amount("1.00".parse().unwrap()),
            reason: "dented".to_owned(),
        });
        let quote = shop.send(&payments::refund_quote(order.id, &items)).await;
        let way = quote.unwrap().refund_methods.items.remove(0);
        let refund = payments::NewRefund {
            items,
            payments: Few::parts(way).next().unwrap(),
            merchant_override: None,
        };
        let refund = shop.send(&payments::refund(order.id, &refund)).await;
        assert_eq!(refund.unwrap().total_amount, "1.00".parse().unwrap());
    }
}
