//! Categories: the tree they grow on, and the older flat list.
//!
//! Source: BigCommerce REST reference, "Category trees" and "Categories"; the page links of the
//! trees and the text of a missing tree observed on the wire.

use serde_json::{Value, json};

use super::product_body::CustomUrl;
use super::wanted::Wanted;
use super::{Ids, Page, done, ids, listing, only_known, unreadable};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::catalog::Category;

/// How deep a tree may be. Source: BigCommerce platform limits.
pub(super) const DEEPEST: usize = 8;

pub(crate) fn trees(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["id:in", "channel_id:in", "page", "limit"])?;
    let page = Page::read(&call.query)?;
    let ids_in = ids(&call.query, "id:in")?;
    let channels = ids(&call.query, "channel_id:in")?;
    let all: Vec<Value> = store
        .world
        .trees
        .iter()
        .filter(|tree| {
            ids_in.as_ref().is_none_or(|ids| ids.contains(&tree.id))
                && channels
                    .as_ref()
                    .is_none_or(|ids| tree.channels.iter().any(|id| ids.contains(id)))
        })
        .map(|tree| json!({ "id": tree.id, "name": tree.name, "channels": tree.channels }))
        .collect();
    let data = page.slice(&all);
    let mut pagination = page.meta(all.len(), data.len(), false);
    // There always is a next page, and it is always the first: links are not to be followed blindly.
    let link = format!("?limit={}&page=1", page.limit);
    pagination["links"] = json!({ "previous": link, "current": link, "next": link });
    Ok(listing(data, json!({ "pagination": pagination })))
}

/// The tree as a tree.
pub(crate) fn tree(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["depth"])?;
    let text = call.ids.first().copied().unwrap_or("");
    let id = text.parse().ok();
    let Some(tree) = store.world.trees.iter().find(|tree| Some(tree.id) == id) else {
        return Err(Box::new(refusals::no_tree(text)));
    };
    let depth = match call.query.get("depth") {
        None | Some("") => DEEPEST,
        Some(text) => text
            .parse()
            .map_err(|_| Box::new(refusals::v3_invalid("depth", "error.expected.jsnumber")))?,
    };
    Ok(done(&below(store, (tree.id, 0), &[], depth)))
}

/// What is below a category, or at the top of a tree.
fn below(store: &Store, parent: (u64, u64), path: &[u64], levels: usize) -> Vec<Value> {
    let (tree, parent) = parent;
    let children = store.world.categories.iter();
    children
        .filter(|category| category.tree_id == tree && category.parent_id == parent)
        .map(|category| {
            let own: Vec<u64> = path.iter().copied().chain([category.id]).collect();
            let children = if path.len() < levels {
                below(store, (tree, category.id), &own, levels)
            } else {
                Vec::new()
            };
            json!({
                "id": category.id,
                "parent_id": category.parent_id,
                "depth": path.len(),
                "path": path,
                "name": category.name,
                "is_visible": category.is_visible,
                "url": category.url.path,
                "children": children,
            })
        })
        .collect()
}

/// All categories of all trees. Only lists of ids are filters here; a plain `parent_id` is none.
pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "category_uuid:in",
        "category_uuid:not_in",
        "category_id:in",
        "category_id:not_in",
        "tree_id:in",
        "tree_id:not_in",
        "parent_id:in",
        "parent_id:not_in",
        "page_title",
        "page_title:like",
        "name",
        "name:like",
        "keyword",
        "is_visible",
        "include_fields",
        "exclude_fields",
        "page",
        "limit",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let numbers = |name: &str| Ids::read(query, name).map_err(|refused| unreadable(&refused));
    let (own, parent) = (numbers("category_id")?, numbers("parent_id")?);
    let tree = numbers("tree_id")?;
    let words = Words::read(query)?;
    let uuids = |name: &str| -> Option<Vec<String>> {
        let text = query.get(name).filter(|text| !text.is_empty())?;
        Some(text.split(',').map(str::to_lowercase).collect())
    };
    let (uuid_in, uuid_not_in) = (uuids("category_uuid:in"), uuids("category_uuid:not_in"));
    page_of(store, call, "category_id", tree_body, |category| {
        let uuid = uuid(category);
        own.takes(category.id)
            && parent.takes(category.parent_id)
            && tree.takes(category.tree_id)
            && words.take(category)
            && uuid_in.as_ref().is_none_or(|all| all.contains(&uuid))
            && !uuid_not_in.as_ref().is_some_and(|all| all.contains(&uuid))
    })
}

/// The older list; deprecated, and still answered.
pub(crate) fn old_list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "id",
        "id:in",
        "id:not_in",
        "id:min",
        "id:max",
        "id:greater",
        "id:less",
        "name",
        "name:like",
        "parent_id",
        "parent_id:in",
        "parent_id:min",
        "parent_id:max",
        "parent_id:greater",
        "parent_id:less",
        "page_title",
        "page_title:like",
        "keyword",
        "is_visible",
        "sort",
        "page",
        "limit",
        "include_fields",
        "exclude_fields",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let (own, parent) = (Ids::read(query, "id")?, Ids::read(query, "parent_id")?);
    let words = Words::read(query)?;
    page_of(store, call, "id", old_body, |category| {
        own.takes(category.id) && parent.takes(category.parent_id) && words.take(category)
    })
}

/// One category in the older shape.
pub(crate) fn old_one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let text = call.ids.first().copied().unwrap_or("");
    let id: Option<u64> = text.parse().ok();
    let mut categories = store.world.categories.iter();
    match categories.find(|category| Some(category.id) == id) {
        Some(category) => Ok(done(&wanted.only(old_body(category)))),
        None => {
            let title = format!("A category was not found with an id of {text}");
            Err(Box::new(refusals::v3_not_found(&title)))
        }
    }
}

fn page_of(
    store: &Store,
    call: &Call<'_>,
    id: &str,
    body: fn(&Category) -> Value,
    takes: impl Fn(&Category) -> bool,
) -> Result<Response, Box<Response>> {
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let mut found: Vec<&Category> = store
        .world
        .categories
        .iter()
        .filter(|category| takes(category))
        .collect();
    match call.query.get("sort") {
        None | Some("" | "id") => {}
        Some("name") => found.sort_by_key(|category| category.name.clone()),
        Some("parent_id") => found.sort_by_key(|category| category.parent_id),
        Some("sort_order") => found.sort_by_key(|category| category.sort_order),
        Some(_other) => {
            let code = "error.expected.validenumvalue";
            return Err(Box::new(refusals::v3_invalid("sort", code)));
        }
    }
    let data: Vec<Value> = page
        .slice(&found)
        .iter()
        .map(|category| {
            let whole = body(category);
            let mut some = wanted.only(whole.clone());
            some[id] = whole[id].clone();
            some
        })
        .collect();
    let pagination = page.meta(found.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

/// The filters that both lists have.
struct Words {
    name: Option<String>,
    like: Option<String>,
    keyword: Option<String>,
    title: Option<String>,
    title_like: Option<String>,
    is_visible: Option<bool>,
}

impl Words {
    fn read(query: &Query) -> Result<Self, Box<Response>> {
        let text = |name: &str| {
            let text = query.get(name).filter(|text| !text.is_empty())?;
            Some(text.trim_matches('%').to_lowercase())
        };
        let is_visible = match query.get("is_visible") {
            None | Some("") => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_other) => {
                let code = "error.expected.jsboolean";
                return Err(Box::new(refusals::v3_invalid("is_visible", code)));
            }
        };
        Ok(Self {
            name: text("name"),
            like: text("name:like"),
            keyword: text("keyword"),
            title: text("page_title"),
            title_like: text("page_title:like"),
            is_visible,
        })
    }

    fn take(&self, category: &Category) -> bool {
        let name = category.name.to_lowercase();
        let title = category.others.get("page_title").and_then(Value::as_str);
        let title = title.unwrap_or("").to_lowercase();
        self.name.as_ref().is_none_or(|wanted| name == *wanted)
            && self.like.as_ref().is_none_or(|part| name.contains(part))
            && self.keyword.as_ref().is_none_or(|part| name.contains(part))
            && self.title.as_ref().is_none_or(|wanted| title == *wanted)
            && self
                .title_like
                .as_ref()
                .is_none_or(|part| title.contains(part))
            && self
                .is_visible
                .is_none_or(|wanted| category.is_visible == wanted)
    }
}

/// Made up from the id: the same category always has the same.
pub(super) fn uuid(category: &Category) -> String {
    let mut rng = Rng::for_thing(0, "category", category.id);
    let (high, low) = (rng.next(), rng.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

pub(crate) fn tree_body(category: &Category) -> Value {
    let mut body = common(category);
    body["category_id"] = category.id.into();
    body["category_uuid"] = uuid(category).into();
    body["tree_id"] = category.tree_id.into();
    let url = &category.url;
    body["url"] = json!({ "path": url.path, "is_customized": url.is_customized });
    body
}

fn old_body(category: &Category) -> Value {
    let mut body = common(category);
    body["id"] = category.id.into();
    body["custom_url"] = json!(CustomUrl::of(&category.url));
    body
}

fn common(category: &Category) -> Value {
    let mut body = json!({
        "parent_id": category.parent_id,
        "name": category.name,
        "description": "",
        "views": category.id * 37 % 900,
        "sort_order": category.sort_order,
        "page_title": "",
        "meta_keywords": [""],
        "meta_description": "",
        "layout_file": "category.html",
        "image_url": "",
        "is_visible": category.is_visible,
        "search_keywords": "",
        "default_product_sort": "use_store_settings",
    });
    for (name, value) in &category.others {
        body[name.as_str()] = value.clone();
    }
    body
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::gate::step;
    use crate::http::Request;
    use crate::seed::catalog::take;
    use crate::state::{Blueprint, Sizes};

    /// Made one by one through the API they would take minutes.
    #[test]
    fn a_store_has_so_many_categories_and_not_one_more() {
        let blueprint = Blueprint {
            sizes: Sizes {
                products: 5,
                orders: 5,
                customers: 5,
            },
            ..Blueprint::default()
        };
        let mut store = Store::open(&blueprint);
        let like = store.world.categories[0].clone();
        while store.world.categories.len() < 15_999 {
            let id = take(&mut store.world.next.category);
            let name = format!("Category {id}").into();
            store.world.categories.push(Category {
                id,
                name,
                ..like.clone()
            });
        }
        let now: Timestamp = "2026-11-17T20:00:00Z".parse().unwrap();
        let mut make = |name: &str| {
            let path = "/stores/northfold/v3/catalog/trees/categories";
            let ask = Request::new("POST", path)
                .with_header("X-Auth-Token", blueprint.token.expose())
                .with_json(&json!([{ "name": name, "tree_id": 1 }]));
            step(&mut store, ask, now)
        };
        assert_eq!(make("The last").status, 201);
        let refused = make("One too many");
        assert_eq!((refused.status, refused.effects.changed), (422, false));
        let body = refused.body_json().unwrap();
        assert!(body["errors"].to_string().contains("16000"), "{body}");
    }
}
