//! The three-way compare as a property: nothing is overwritten that was not shown to the person.

use bigcommerce::request::together::Lacks;
use commerce::{
    Address, BrandId, Change, Field, InventoryTracking, MadeAs, Money, Order, OrderFields, OrderId,
    Product, ProductFields, StatusId,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::things::{Fresh, Standing, Thing, standing};

/// One of four values of a field. [`NOTHING`] is what stands for a null, and [`ALIKE`] reads like
/// the first, to a person.
type Which = u8;
const NOTHING: Which = 2;
const ALIKE: Which = 3;

const OF_PRODUCTS: [Field; 10] = [
    Field::Name,
    Field::Sku,
    Field::Price,
    Field::CostPrice,
    Field::SalePrice,
    Field::Weight,
    Field::Visible,
    Field::Description,
    Field::InventoryTracking,
    Field::InventoryLevel,
];
const OF_ORDERS: [Field; 2] = [Field::Status, Field::StaffNotes];

/// What happens to a field.
#[derive(Clone, Copy, Debug)]
struct Story {
    /// The change touches it.
    touched: bool,
    /// What the person was shown.
    before: Which,
    wanted: Which,
    /// What is found just before it is sent; `None` if the answer leaves it out.
    found: Option<Which>,
}

fn story() -> impl Strategy<Value = Story> {
    // Mostly nobody else was there, so that changes of many fields come through as well.
    let found = |before| {
        prop_oneof![
            10 => Just(Some(before)),
            2 => (0..=ALIKE).prop_map(Some),
            1 => Just(None),
        ]
    };
    (any::<bool>(), 0..=ALIKE, 0..=ALIKE).prop_flat_map(move |(touched, before, wanted)| {
        found(before).prop_map(move |found| Story {
            touched,
            before,
            wanted,
            found,
        })
    })
}

/// Whether a person takes both for the same.
fn alike(field: Field, one: Which, other: Which) -> bool {
    let plain = |which: Which| match (field, which) {
        (_, ALIKE) => 0,
        // Shown or hidden: there are two only.
        (Field::Visible, NOTHING) => 1,
        (_, which) => which,
    };
    plain(one) == plain(other)
}

fn product_value(field: Field, which: Which) -> ProductFields {
    let at = usize::from(which);
    let text = |all: [&str; 4]| Some(all[at].to_owned());
    let amount = || Some(["1", "2.50", "0", "1.00"][at].parse().unwrap());
    let mut fields = ProductFields::default();
    match field {
        Field::Name => fields.name = text(["Ash", "Birch", "", " Ash "]),
        Field::Sku => fields.sku = text(["A-1", "B-1", "", "A-1 "]),
        Field::Price => fields.price = amount(),
        Field::CostPrice => fields.cost_price = amount(),
        Field::SalePrice => fields.sale_price = amount(),
        Field::Weight => fields.weight = amount(),
        Field::Visible => fields.is_visible = Some([true, false, false, true][at]),
        Field::Description => fields.description = text(["a\nb", "<p>", "", "a\r\nb \n"]),
        Field::InventoryTracking => {
            fields.inventory_tracking = Some(
                [
                    InventoryTracking::Product,
                    InventoryTracking::Variant,
                    InventoryTracking::None,
                    InventoryTracking::Product,
                ][at],
            );
        }
        Field::InventoryLevel => fields.inventory_level = Some([7, -3, 0, 7][at]),
        Field::Status | Field::StaffNotes | Field::ProductKind => unreachable!("{field:?}"),
    }
    fields
}

fn order_value(field: Field, which: Which) -> OrderFields {
    let at = usize::from(which);
    let mut fields = OrderFields::default();
    match field {
        Field::Status => fields.status_id = Some(StatusId([2, 10, 0, 2][at])),
        Field::StaffNotes => {
            fields.staff_notes = Some(["a\nb", "c", "", "a\r\nb "][at].to_owned());
        }
        _ => unreachable!("{field:?}"),
    }
    fields
}

type Stories = Vec<(Field, Story)>;

fn product_fields(stories: &Stories, which: impl Fn(&Story) -> Option<Which>) -> ProductFields {
    let values = stories.iter().filter_map(|(field, story)| {
        let which = which(story)?;
        Some(product_value(*field, which))
    });
    values.fold(ProductFields::default(), |all, one| all.with(&one))
}

fn order_fields(stories: &Stories, which: impl Fn(&Story) -> Option<Which>) -> OrderFields {
    let values = stories.iter().filter_map(|(field, story)| {
        let which = which(story)?;
        Some(order_value(*field, which))
    });
    values.fold(OrderFields::default(), |all, one| all.with(&one))
}

fn before(story: &Story) -> Option<Which> {
    story.touched.then_some(story.before)
}

fn wanted(story: &Story) -> Option<Which> {
    story.touched.then_some(story.wanted)
}

/// As it stands in what was read: a field that was left out there holds what stands for nothing.
fn read(story: &Story) -> Option<Which> {
    Some(story.found.unwrap_or(NOTHING))
}

fn left_out(stories: &Stories) -> Vec<Field> {
    let absent = stories.iter().filter(|(_, story)| story.found.is_none());
    absent.map(|(field, _)| *field).collect()
}

fn found_product(stories: &Stories) -> Fresh {
    let product = product_fields(stories, read).put_into(&testkit::product(1));
    Fresh {
        thing: Thing::Product(Box::new(product)),
        left_out: left_out(stories),
        lacks: Lacks::default(),
    }
}

fn found_order(stories: &Stories) -> Fresh {
    let fields = order_fields(stories, read);
    let nothing = Money::new(0.into(), "USD".parse().unwrap());
    let order = Order {
        id: OrderId(100),
        status_id: fields.status_id.unwrap(),
        placed_at: Timestamp::UNIX_EPOCH,
        modified_at: Timestamp::UNIX_EPOCH,
        shipped_at: None,
        customer_id: None,
        billing: Address::default(),
        item_count: 1,
        subtotal: nothing,
        discount: nothing,
        shipping: nothing,
        handling: None,
        wrapping: None,
        tax: nothing,
        store_credit: None,
        gift_certificates: None,
        total: nothing,
        payment_method: String::new(),
        payment_status: String::new(),
        staff_notes: fields.staff_notes.unwrap(),
        customer_message: String::new(),
        channel_id: None,
        source: String::new(),
        is_archived: false,
    };
    Fresh {
        thing: Thing::Order(Box::new(order)),
        left_out: left_out(stories),
        lacks: Lacks::default(),
    }
}

/// What has to be true of any change, whatever it is found to be.
fn overwrites_only_what_was_shown(
    stories: &Stories,
    standing: &Standing,
) -> Result<(), TestCaseError> {
    let touched: Stories = stories
        .iter()
        .filter(|(_, story)| story.touched)
        .copied()
        .collect();
    let is_as = |(field, story): &(Field, Story), shown: Which| {
        story.found.is_some_and(|found| alike(*field, found, shown))
    };
    let as_before = |it: &(Field, Story)| is_as(it, it.1.before);
    let as_wanted = |it: &(Field, Story)| is_as(it, it.1.wanted);
    match standing {
        Standing::AsBefore(sent) => {
            prop_assert!(!sent.is_empty());
            for field in sent {
                let it = touched.iter().find(|(other, _)| other == field);
                prop_assert!(it.is_some(), "{field:?} is not of the change");
                prop_assert!(it.is_some_and(as_before), "{field:?} was not shown so");
            }
            for it in touched.iter().filter(|(field, _)| !sent.contains(field)) {
                prop_assert!(as_wanted(it), "{:?} is left behind", it.0);
            }
        }
        Standing::AsWanted => prop_assert!(touched.iter().all(as_wanted)),
        Standing::Gone | Standing::WorkedOn => prop_assert!(false, "it was shown"),
        Standing::Otherwise(_) => {
            let other = |it| !as_before(it) && !as_wanted(it);
            prop_assert!(touched.iter().any(other), "a conflict out of nothing");
        }
        Standing::NotSaid(fields) => {
            let unsaid = touched.iter().filter(|(_, story)| story.found.is_none());
            let unsaid: Vec<Field> = unsaid.map(|(field, _)| *field).collect();
            prop_assert!(!unsaid.is_empty());
            prop_assert_eq!(&unsaid, fields);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_three_way_merge_of_a_product_never_overwrites_what_it_did_not_show(
        stories in prop::collection::vec(story(), OF_PRODUCTS.len()),
    ) {
        let stories: Stories = OF_PRODUCTS.into_iter().zip(stories).collect();
        let change = Change::Product {
            id: testkit::product(1).id,
            before: product_fields(&stories, before),
            after: product_fields(&stories, wanted),
        };
        let standing = standing(&change, &found_product(&stories));
        overwrites_only_what_was_shown(&stories, &standing)?;
    }

    #[test]
    fn a_three_way_merge_of_an_order_never_overwrites_what_it_did_not_show(
        stories in prop::collection::vec(story(), OF_ORDERS.len()),
    ) {
        let stories: Stories = OF_ORDERS.into_iter().zip(stories).collect();
        let change = Change::Order {
            id: OrderId(100),
            before: order_fields(&stories, before),
            after: order_fields(&stories, wanted),
        };
        let standing = standing(&change, &found_order(&stories));
        overwrites_only_what_was_shown(&stories, &standing)?;
    }

    #[test]
    fn only_a_product_that_is_as_it_was_shown_is_deleted(
        stories in prop::collection::vec(story(), OF_PRODUCTS.len()),
    ) {
        let stories: Stories = OF_PRODUCTS.into_iter().zip(stories).collect();
        let change = Change::DeleteProduct {
            id: testkit::product(1).id,
            before: product_fields(&stories, before).into(),
        };
        let as_shown = stories.iter().filter(|(_, story)| story.touched).all(|(field, story)| {
            story.found.is_some_and(|found| alike(*field, found, story.before))
        });
        let standing = standing(&change, &found_product(&stories));
        prop_assert_eq!(matches!(standing, Standing::AsBefore(_)), as_shown, "{:?}", standing);
    }
}

#[test]
fn a_product_that_somebody_has_worked_on_is_not_deleted_though_its_fields_are_as_they_were() {
    let made = Product {
        modified_at: Timestamp::from_second(1_790_000_000).unwrap(),
        ..testkit::product(1)
    };
    let change = Change::DeleteProduct {
        id: made.id,
        before: MadeAs::all_of(&made),
    };
    let standing_of =
        |product: Product| standing(&change, &Thing::Product(Box::new(product)).into());
    let all = ProductFields::all_of(&made).fields();
    assert_eq!(standing_of(made.clone()), Standing::AsBefore(all));
    let branded = Product {
        brand_id: Some(BrandId(4)),
        ..made.clone()
    };
    assert_eq!(standing_of(branded), Standing::WorkedOn);
    let later = Product {
        modified_at: made.modified_at + SignedDuration::from_mins(1),
        ..made
    };
    assert_eq!(standing_of(later), Standing::WorkedOn);
}
