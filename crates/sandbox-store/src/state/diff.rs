//! What is different between two states of a store.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Store;
use crate::v2::customer_groups;
use crate::v3::{attributes, brands, categories, customer_body, metafields};

/// A thing: its id, and everything about it.
type Thing = (u64, Value);

impl Store {
    /// Every thing that is here and was not there, was there and is not here, or is another: by kind
    /// and id, with the fields that differ.
    pub(crate) fn diff(&self, before: &Self) -> Value {
        let mut kinds: Map<String, Value> = Map::new();
        for (kind, id, old, new) in self.different(before) {
            let what = match (&old, &new) {
                (None, Some(new)) => json!({ "made": new }),
                (Some(_), None) => json!({ "gone": true }),
                (old, new) => json!({ "changed": fields(old.as_ref(), new.as_ref()) }),
            };
            let of_kind = kinds.entry(kind).or_insert_with(|| json!({}));
            of_kind[id.to_string()] = what;
        }
        let emails = self.emails.len().saturating_sub(before.emails.len());
        json!({ "things": kinds, "emails": emails })
    }

    /// As the API gives them, with the address book, of whose form fields it says nothing there.
    fn whole_customer(&self, id: u64) -> Option<Value> {
        let mut whole = self.customer_as_json(id)?;
        whole["book"] = json!(self.world.customer(id)?.book);
        Some(whole)
    }

    fn different(&self, before: &Self) -> Vec<(&'static str, u64, Option<Value>, Option<Value>)> {
        let mut all = Vec::new();
        let (old, new) = (&before.orders, &self.orders);
        pairs(
            old,
            new,
            |order| order.id,
            |id| ("orders", id, before.raw_order(id), self.raw_order(id)),
            &mut all,
        );
        let (old, new) = (&before.world.products, &self.world.products);
        pairs(
            old,
            new,
            |product| product.id,
            |id| {
                (
                    "products",
                    id,
                    before.product_as_json(id),
                    self.product_as_json(id),
                )
            },
            &mut all,
        );
        let (old, new) = (&before.world.customers, &self.world.customers);
        pairs(
            old,
            new,
            |customer| customer.id,
            |id| {
                (
                    "customers",
                    id,
                    before.whole_customer(id),
                    self.whole_customer(id),
                )
            },
            &mut all,
        );
        for (kind, list) in SMALL {
            let mut new: BTreeMap<u64, Value> = list(self).into_iter().collect();
            for (id, was) in list(before) {
                let is = new.remove(&id);
                if is.as_ref() != Some(&was) {
                    all.push((*kind, id, Some(was), is));
                }
            }
            all.extend(new.into_iter().map(|(id, is)| (*kind, id, None, Some(is))));
        }
        all
    }
}

/// Gives all things of a kind.
type List = fn(&Store) -> Vec<Thing>;

/// Things that are few, by kind. What there is only one of has the id 1; stock settings have the id of
/// their variant, storefront tokens are counted from 1.
const SMALL: &[(&str, List)] = &[
    ("categories", |store| {
        let all = store.world.categories.iter();
        all.map(|each| (each.id, categories::tree_body(each)))
            .collect()
    }),
    ("trees", |store| {
        let all = store.world.trees.iter();
        all.map(|each| {
            (
                each.id,
                json!({ "name": each.name, "channels": each.channels }),
            )
        })
        .collect()
    }),
    ("brands", |store| {
        let all = store.world.brands.iter();
        all.map(|each| (each.id, brands::body(each))).collect()
    }),
    ("metafields", |store| {
        let all = store.metafields.iter();
        all.map(|each| (each.id, metafields::body(each))).collect()
    }),
    ("groups", |store| {
        let all = store.world.groups.iter();
        all.map(|each| (each.id, customer_groups::body(each)))
            .collect()
    }),
    ("attributes", |store| {
        let all = store.world.attributes.iter();
        all.map(|each| (each.id, attributes::body(each))).collect()
    }),
    ("attributeValues", |store| {
        let all = store.world.attribute_values.iter();
        all.map(|each| (each.id, customer_body::attribute(each)))
            .collect()
    }),
    ("currencies", |store| {
        let all = store.settings.currencies.iter();
        all.filter_map(|each| Some((each.get("id")?.as_u64()?, json!(each))))
            .collect()
    }),
    ("locale", |store| vec![(1, json!(store.settings.locale))]),
    ("unitsOfMeasurement", |store| {
        vec![(1, json!(store.settings.units))]
    }),
    ("stockSettings", |store| {
        let all = store.settings.stock.iter();
        all.map(|(variant, each)| (*variant, json!(each))).collect()
    }),
    ("storefrontTokens", |store| {
        let all = (1..).zip(&store.storefront.given);
        all.map(|(number, each)| (number, json!(each))).collect()
    }),
];

/// Calls `tell` for each id whose things are not equal. Both lists are in order of id.
fn pairs<T: PartialEq>(
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> u64,
    tell: impl Fn(u64) -> (&'static str, u64, Option<Value>, Option<Value>),
    all: &mut Vec<(&'static str, u64, Option<Value>, Option<Value>)>,
) {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let (was, is) = (
            old.peek().map(|each| id(each)),
            new.peek().map(|each| id(each)),
        );
        let differs = match (was, is) {
            (None, None) => return,
            (Some(was), Some(is)) if was == is => {
                let same = old.next() == new.next();
                (!same).then_some(was)
            }
            (Some(was), is) if is.is_none_or(|is| was < is) => {
                old.next();
                Some(was)
            }
            (_, is) => {
                new.next();
                is
            }
        };
        if let Some(id) = differs {
            all.push(tell(id));
        }
    }
}

/// The fields that differ: before and after.
fn fields(old: Option<&Value>, new: Option<&Value>) -> Value {
    let (Some(Value::Object(old)), Some(Value::Object(new))) = (old, new) else {
        return json!([old, new]);
    };
    let mut changed = Map::new();
    for name in old.keys().chain(new.keys()) {
        let (was, is) = (old.get(name), new.get(name));
        if was != is {
            changed.insert(name.clone(), json!([was, is]));
        }
    }
    changed.into()
}
