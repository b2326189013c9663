//! Categories and trees made, changed and deleted.
//!
//! Source: BigCommerce REST reference, "Category trees"; that children go with their parent and
//! products stay was observed on the wire, as was how trees that are not there are refused.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::categories::{DEEPEST, tree_body, uuid};
use super::fields::{Field, Shape, Wrong, field, objects, read, require};
use super::{ids, only_known, touched, unreadable};
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{CHANNEL, slug, take};
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::catalog::{Category, Tree, Url};
use crate::state::index::{Owner, same};

/// Most categories of one request. Source: observed on the wire.
const MOST_AT_ONCE: usize = 50;

/// Most categories of a store. Source: BigCommerce platform limits.
const MOST: usize = 16_000;

const FIELDS: &[Field] = &[
    field("name", Shape::Text(1, 50)),
    field("parent_id", Shape::Count(0, i64::MAX)),
    field("tree_id", Shape::Count(1, i64::MAX)),
    field("is_visible", Shape::Flag),
    field("sort_order", Shape::Count(-2_147_483_648, 2_147_483_647)),
    field("description", Shape::Text(0, 65_535)),
    field("views", Shape::Count(0, 1_000_000_000)),
    field("page_title", Shape::Text(0, 255)),
    field("meta_keywords", Shape::Texts),
    field("meta_description", Shape::Text(0, 65_535)),
    field("layout_file", Shape::Text(0, 50)),
    field("image_url", Shape::Text(0, 255)),
    field("search_keywords", Shape::Text(0, 255)),
    field(
        "default_product_sort",
        Shape::OneOf(&[
            "use_store_settings",
            "featured",
            "newest",
            "best_selling",
            "alpha_asc",
            "alpha_desc",
            "avg_customer_review",
            "price_asc",
            "price_desc",
        ]),
    ),
];

/// The wire's title where a tree is to be changed that is not there.
const INCOMPLETE: &str = "Please verify if all required fields are present in the request body and are filled with values correctly.";

/// A category as a body gives it, read and checked.
struct Change {
    fields: Map<String, Value>,
    url: Option<Url>,
}

impl Change {
    fn read(item: &Map<String, Value>, wrong: &mut Wrong) -> Self {
        Self {
            url: url(item, wrong),
            fields: read(item, FIELDS, "", wrong),
        }
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.fields.get(name).and_then(Value::as_u64)
    }

    fn name(&self) -> Option<&str> {
        self.fields.get("name").and_then(Value::as_str)
    }

    fn apply(&self, category: &mut Category) {
        for (name, value) in &self.fields {
            match name.as_str() {
                "name" => category.name = value.as_str().unwrap_or("").into(),
                "parent_id" => category.parent_id = value.as_u64().unwrap_or(0),
                "is_visible" => category.is_visible = value == true,
                "sort_order" => category.sort_order = value.as_i64().unwrap_or(0),
                // Where it grows is settled before.
                "tree_id" => {}
                plain => {
                    category.others.insert(plain.to_owned(), value.clone());
                }
            }
        }
    }
}

/// `url: {path, is_customized}`
fn url(item: &Map<String, Value>, wrong: &mut Wrong) -> Option<Url> {
    let fields = item.get("url").filter(|url| !url.is_null())?;
    let path = fields.get("path").and_then(Value::as_str);
    match path {
        Some(path) if !path.is_empty() && path.len() <= 255 => {
            let slash = if path.starts_with('/') { "" } else { "/" };
            Some(Url {
                path: format!("{slash}{path}"),
                is_customized: fields.get("is_customized") != Some(&Value::Bool(false)),
            })
        }
        Some(_) => {
            wrong.add("url.path", "error.maxLength");
            None
        }
        None => {
            wrong.add("url.path", "error.path.missing");
            None
        }
    }
}

/// Made one by one: those that can be are, and the others are named.
pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let results = items.iter().map(|item| {
        let mut wrong = Wrong::default();
        require(item, &["name"], "", &mut wrong);
        let has_place = ["tree_id", "parent_id"]
            .iter()
            .any(|name| item.get(*name).and_then(Value::as_u64).unwrap_or(0) > 0);
        if !has_place {
            wrong.add("tree_id", "Either tree_id or parent_id is needed");
        }
        let change = Change::read(item, &mut wrong);
        store.check_category(&change, None, &mut wrong);
        wrong.refuse()?;
        let id = store.create_category(&change);
        let made = store.world.category(id).map(tree_body);
        Ok(made.unwrap_or_default())
    });
    Ok(in_part(201, results.collect(), true))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let results = items.iter().map(|item| {
        let mut wrong = Wrong::default();
        let id = category_in(store, item, &mut wrong);
        let change = Change::read(item, &mut wrong);
        store.check_category(&change, id, &mut wrong);
        wrong.refuse()?;
        if let Some(id) = id {
            store.change_category(id, &change);
        }
        Ok(Value::Null)
    });
    Ok(in_part(200, results.collect(), false))
}

/// The category a body is about: by id or by UUID.
fn category_in(store: &Store, item: &Map<String, Value>, wrong: &mut Wrong) -> Option<u64> {
    let id = item.get("category_id").and_then(Value::as_u64);
    let text = item.get("category_uuid").and_then(Value::as_str);
    if id.is_none() && text.is_none() {
        wrong.add("category_id", "error.path.missing");
        return None;
    }
    let mut categories = store.world.categories.iter();
    let found = categories.find(|category| {
        id.is_none_or(|id| category.id == id)
            && text.is_none_or(|text| uuid(category).eq_ignore_ascii_case(text))
    });
    if found.is_none() {
        wrong.add("category_id", "The category was not found");
    }
    found.map(|category| category.id)
}

/// Whole, in part or not at all.
fn in_part(status: u16, results: Vec<Result<Value, Box<Response>>>, has_data: bool) -> Response {
    let total = results.len();
    let mut data = Vec::new();
    let mut errors = Map::new();
    let mut failed = 0;
    for (at, result) in results.into_iter().enumerate() {
        match result {
            Ok(value) => data.push(value),
            Err(refused) => {
                failed += 1;
                let body = refused.body_json().unwrap_or_default();
                for (path, reason) in body["errors"].as_object().into_iter().flatten() {
                    errors.insert(format!("{at}.{path}"), reason.clone());
                }
            }
        }
    }
    let success = total - failed;
    let meta = json!({ "total": total, "success": success, "failed": failed });
    let mut body = json!({ "meta": meta });
    if has_data {
        body["data"] = data.into();
    }
    let status = match (success, failed) {
        (_, 0) => status,
        (0, _) => 422,
        (_, _) => 207,
    };
    if failed > 0 {
        body["errors"] = json!({
            "status": status,
            "title": "JSON data is missing or invalid",
            "type": refusals::STATUS_CODES,
            "errors": errors,
        });
    }
    let answer = Response::json(status, &body);
    if success > 0 { touched(answer) } else { answer }
}

/// Those that all filters find, and all that grow below them.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const FILTERS: &[&str] = &[
        "category_id:in",
        "category_uuid:in",
        "tree_id:in",
        "parent_id:in",
    ];
    only_known(&call.query, FILTERS)?;
    let numbers = |name: &str| ids(&call.query, name).map_err(|refused| unreadable(&refused));
    let own = numbers("category_id:in")?;
    let trees = numbers("tree_id:in")?;
    let parents = numbers("parent_id:in")?;
    let uuids = call
        .query
        .get("category_uuid:in")
        .filter(|text| !text.is_empty());
    if own.is_none() && trees.is_none() && parents.is_none() && uuids.is_none() {
        let title = "At least one filter is required";
        return Err(Box::new(refusals::v3(422, title, Map::new())));
    }
    let among = |ids: &Option<Vec<u64>>, id: u64| ids.as_ref().is_none_or(|ids| ids.contains(&id));
    let found: Vec<u64> = store
        .world
        .categories
        .iter()
        .filter(|category| {
            among(&own, category.id)
                && among(&trees, category.tree_id)
                && among(&parents, category.parent_id)
                && uuids.is_none_or(|all| all.split(',').any(|each| each == uuid(category)))
        })
        .map(|category| category.id)
        .collect();
    let count = found.len();
    store.delete_categories(&found, whole_seconds(call.now));
    let meta = json!({ "total": count, "success": count, "failed": 0 });
    let answer = Response::json(202, &json!({ "meta": meta }));
    Ok(if count > 0 { touched(answer) } else { answer })
}

/// Trees changed, or made where no id is given.
pub(crate) fn put_trees(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TREE_FIELDS: &[Field] = &[
        field("id", Shape::Count(1, i64::MAX)),
        field("name", Shape::Text(1, 255)),
        field("channels", Shape::Ids(100)),
    ];
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        let fields = read(item, TREE_FIELDS, &prefix, &mut wrong);
        let id = fields.get("id").and_then(Value::as_u64);
        if id.is_some_and(|id| !store.world.trees.iter().any(|tree| tree.id == id)) {
            let path = format!("{prefix}tree_id");
            wrong.add_titled(path, "Tree does not exist.", INCOMPLETE);
        }
        if id.is_none() {
            require(item, &["name"], &prefix, &mut wrong);
        }
        let channels = fields.get("channels").and_then(Value::as_array).cloned();
        let channels: Option<Vec<u64>> =
            channels.map(|ids| ids.iter().filter_map(Value::as_u64).collect());
        if channels.iter().flatten().any(|channel| *channel != CHANNEL) {
            wrong.add(format!("{prefix}channels"), "Channel does not exist.");
        }
        all.push((id, fields, channels));
    }
    wrong.refuse()?;
    let mut data = Vec::new();
    for (id, fields, channels) in all {
        let id = id.unwrap_or_else(|| {
            let id = take(&mut store.world.next.tree);
            store.world.trees.push(Tree {
                id,
                name: "".into(),
                channels: Vec::new(),
            });
            id
        });
        // A channel has one tree: it leaves the one it had.
        for tree in &mut store.world.trees {
            if let Some(channels) = &channels {
                tree.channels.retain(|channel| !channels.contains(channel));
            }
            if tree.id != id {
                continue;
            }
            if let Some(name) = fields.get("name").and_then(Value::as_str) {
                tree.name = name.into();
            }
            if let Some(channels) = &channels {
                tree.channels.clone_from(channels);
            }
            data.push(json!({ "id": id, "name": tree.name, "channels": tree.channels }));
        }
    }
    let count = data.len();
    let meta = json!({ "total": count, "success": count, "failed": 0 });
    Ok(touched(Response::json(
        200,
        &json!({ "data": data, "meta": meta }),
    )))
}

/// With everything that grows on them. All or none: which of several are not there is told in one title, as
/// the wire names one.
pub(crate) fn delete_trees(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["id:in"])?;
    let Some(ids) = ids(&call.query, "id:in")? else {
        return Err(Box::new(refusals::v3_invalid(
            "id:in",
            "error.path.missing",
        )));
    };
    let is_there = |id: u64| store.world.trees.iter().any(|tree| tree.id == id);
    let missing: Vec<String> = ids
        .iter()
        .filter(|id| !is_there(**id))
        .map(u64::to_string)
        .collect();
    if !missing.is_empty() {
        return Err(Box::new(refusals::no_tree(&missing.join(", "))));
    }
    let found: Vec<u64> = store
        .world
        .categories
        .iter()
        .filter(|category| ids.contains(&category.tree_id))
        .map(|category| category.id)
        .collect();
    store.delete_categories(&found, whole_seconds(call.now));
    store.world.trees.retain(|tree| !ids.contains(&tree.id));
    Ok(touched(Response::empty(204)))
}

impl Store {
    /// What stands against a change, beyond its own shape.
    fn check_category(&self, change: &Change, own: Option<u64>, wrong: &mut Wrong) {
        let old = own.and_then(|id| self.world.category(id));
        let parent_id = change.number("parent_id");
        let parent = parent_id.filter(|id| *id > 0);
        if let Some(parent) = parent {
            match self.world.category(parent) {
                None => wrong.add("parent_id", "The parent category was not found"),
                Some(_) if own.is_some_and(|own| self.is_below(parent, own)) => {
                    wrong.add("parent_id", "A category cannot be below itself");
                }
                Some(_)
                    if self.depth_of(parent) + own.map_or(1, |own| self.height_of(own))
                        > DEEPEST =>
                {
                    wrong.add("parent_id", "Categories cannot be nested any deeper");
                }
                Some(_) => {}
            }
        }
        let tree = change.number("tree_id");
        if tree.is_some_and(|tree| !self.world.trees.iter().any(|known| known.id == tree)) {
            wrong.add("tree_id", "The tree was not found");
        }
        if own.is_none() && self.world.categories.len() >= MOST {
            wrong.add("", "The store already has 16000 categories");
        }
        let name = change.name().or(old.map(|category| &*category.name));
        let place = parent_id.or(old.map(|category| category.parent_id));
        let place = place.unwrap_or(0);
        let (name, tree) = (same(name.unwrap_or("")), self.tree_for(change, old));
        let is_twin = self.world.categories.iter().any(|category| {
            Some(category.id) != own
                && category.parent_id == place
                && category.tree_id == tree
                && same(&category.name) == name
        });
        if is_twin {
            wrong.add("name", "The category name is a duplicate");
        }
        let owner = change
            .url
            .as_ref()
            .and_then(|url| self.world.index.at_url(&url.path));
        if owner.is_some_and(|owner| Some(owner) != own.map(Owner::Category)) {
            wrong.add("url", "The category url is a duplicate");
        }
    }

    fn tree_for(&self, change: &Change, old: Option<&Category>) -> u64 {
        let parent = change.number("parent_id").filter(|id| *id > 0);
        let parent = parent.and_then(|id| self.world.category(id));
        parent
            .map(|parent| parent.tree_id)
            .or(change.number("tree_id"))
            .or(old.map(|category| category.tree_id))
            .unwrap_or(0)
    }

    /// 1 at the top.
    fn depth_of(&self, id: u64) -> usize {
        let mut depth = 0;
        let mut at = self.world.category(id);
        while let Some(category) = at {
            depth += 1;
            at = self.world.category(category.parent_id);
        }
        depth
    }

    /// How many levels a category and what is below it take: 1 for one without any below.
    fn height_of(&self, id: u64) -> usize {
        let own = self.depth_of(id);
        let all = self.world.categories.iter();
        let below = all.filter(|category| self.is_below(category.id, id));
        let deepest = below.map(|category| self.depth_of(category.id)).max();
        deepest.unwrap_or(own) - own + 1
    }

    /// Whether a category is the other one or grows below it.
    fn is_below(&self, id: u64, other: u64) -> bool {
        let mut at = self.world.category(id);
        while let Some(category) = at {
            if category.id == other {
                return true;
            }
            at = self.world.category(category.parent_id);
        }
        false
    }

    fn create_category(&mut self, change: &Change) -> u64 {
        let id = take(&mut self.world.next.category);
        let url = match &change.url {
            Some(url) => url.clone(),
            None => self.free_category_url(change.name().unwrap_or(""), id),
        };
        let mut category = Category {
            id,
            parent_id: 0,
            tree_id: self.tree_for(change, None),
            name: Arc::from(""),
            url,
            is_visible: true,
            sort_order: 0,
            others: Map::new(),
        };
        change.apply(&mut category);
        let owner = Owner::Category(id);
        self.world.index.add_url(&category.url.path, owner);
        self.world.categories.push(category);
        id
    }

    /// As with products: a path that is taken gets something random behind it.
    fn free_category_url(&self, name: &str, id: u64) -> Url {
        let slug = match slug(name).trim_matches('-') {
            "" => format!("category-{id}"),
            slug => slug.to_owned(),
        };
        let mut rng = Rng::for_thing(self.seed(), "category url", id);
        let mut path = format!("/{slug}/");
        while self.world.index.at_url(&path).is_some() {
            path = format!("/{slug}-{:06x}/", rng.next() >> 40);
        }
        Url {
            path,
            is_customized: false,
        }
    }

    fn change_category(&mut self, id: u64, change: &Change) {
        let tree = self.tree_for(change, self.world.category(id));
        if let Some(url) = &change.url {
            let owner = Owner::Category(id);
            let old = self.world.category(id).map(|known| known.url.path.clone());
            self.world.index.remove_url(&old.unwrap_or_default(), owner);
            self.world.index.add_url(&url.path, owner);
        }
        if let Some(category) = self.world.category_mut(id) {
            change.apply(category);
            category.tree_id = tree;
            if let Some(url) = &change.url {
                category.url = url.clone();
            }
        }
        // What grows below it comes along.
        let below: Vec<u64> = self
            .world
            .categories
            .iter()
            .filter(|category| category.tree_id != tree && self.is_below(category.id, id))
            .map(|category| category.id)
            .collect();
        for child in below {
            if let Some(category) = self.world.category_mut(child) {
                category.tree_id = tree;
            }
        }
    }

    /// Their children go with them; products stay, and are only no longer in them.
    fn delete_categories(&mut self, ids: &[u64], now: jiff::Timestamp) {
        let gone: Vec<u64> = self
            .world
            .categories
            .iter()
            .filter(|category| ids.iter().any(|id| self.is_below(category.id, *id)))
            .map(|category| category.id)
            .collect();
        for category in self
            .world
            .categories
            .iter()
            .filter(|each| gone.contains(&each.id))
        {
            let owner = Owner::Category(category.id);
            self.world.index.remove_url(&category.url.path, owner);
        }
        self.world
            .categories
            .retain(|category| !gone.contains(&category.id));
        for product in &mut self.world.products {
            let before = product.categories.len();
            product.categories.retain(|id| !gone.contains(id));
            if product.categories.len() != before {
                product.modified = now;
            }
        }
    }
}
