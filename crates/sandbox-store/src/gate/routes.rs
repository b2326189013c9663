//! From a method and a path to what is asked for.

use super::built::{Answer, BUILT};
use super::known::KNOWN;
use super::scopes::Area;

/// A route that BigCommerce has.
#[derive(Clone, Debug)]
pub(crate) struct Route<'a> {
    /// The store in the path; not checked yet.
    pub(crate) hash: &'a str,
    pub(crate) is_v2: bool,
    pub(crate) area: Area,
    pub(crate) writes: bool,
    /// The path's own pattern, e.g. `v2/orders/*`.
    pub(crate) pattern: &'static str,
    /// The ids in the path, in order.
    pub(crate) ids: Vec<&'a str>,
    /// What answers it. `None`: BigCommerce has it, the sandbox does not.
    pub(crate) answer: Option<Answer>,
}

impl Route<'_> {
    /// The body may be a file instead of JSON.
    pub(crate) fn takes_files(&self) -> bool {
        self.writes && (self.pattern.contains("/images") || self.pattern.ends_with("/image"))
    }
}

/// The route of a request; `None` where BigCommerce has none for that method.
pub(crate) fn find<'a>(method: &str, path: &'a str) -> Option<Route<'a>> {
    let letter = match method {
        "GET" => 'G',
        "POST" => 'P',
        "PUT" => 'U',
        "DELETE" => 'D',
        _other => return None,
    };
    let (hash, rest) = path.strip_prefix("/stores/")?.split_once('/')?;
    // v2 is old enough to be asked with ".json" at the end or a slash too many.
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let rest = rest.strip_suffix(".json").unwrap_or(rest);
    let (pattern, ids) = KNOWN
        .iter()
        .filter(|(methods, _)| methods.contains(letter))
        .filter_map(|(_, pattern)| Some((*pattern, matches(pattern, rest)?)))
        // `orders/count` is both itself and an order called "count": the plainer one wins.
        .min_by_key(|(_, ids)| ids.len())?;
    Some(Route {
        hash,
        is_v2: pattern.starts_with("v2/"),
        area: Area::of(pattern),
        writes: letter != 'G',
        pattern,
        ids,
        answer: BUILT
            .iter()
            .find(|(known, built, _)| *known == method && *built == pattern)
            .map(|(_, _, answer)| *answer),
    })
}

/// Every operation that the store answers by itself: method, and path below `/stores/{hash}/` with `*`
/// for each id, e.g. `("GET", "v2/orders/*")`. Everything else that BigCommerce has answers 501.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILT.iter().map(|(method, pattern, _)| (*method, *pattern))
}

/// The ids where `path` fits `pattern`.
fn matches<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut ids = Vec::new();
    let mut pieces = path.split('/');
    for expected in pattern.split('/') {
        let piece = pieces.next()?;
        if expected == "*" {
            if piece.is_empty() {
                return None;
            }
            ids.push(piece);
        } else if expected != piece {
            return None;
        }
    }
    pieces.next().is_none().then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_built_is_also_known() {
        for (method, pattern, _) in BUILT {
            let path = format!("/stores/abc/{}", pattern.replace('*', "7"));
            let route = find(method, &path).unwrap();
            assert_eq!(route.pattern, *pattern, "{method}");
            assert!(route.answer.is_some(), "{method} {pattern}");
        }
    }

    #[test]
    fn a_count_is_not_an_order() {
        let route = find("GET", "/stores/abc/v2/orders/count").unwrap();
        assert_eq!((route.pattern, route.ids.len()), ("v2/orders/count", 0));
        assert_eq!(find("GET", "/stores/abc/v2/orders/12").unwrap().ids, ["12"]);
    }

    #[test]
    fn routes_differ_by_method() {
        assert!(find("POST", "/stores/abc/v2/time").is_none());
        assert!(find("GET", "/stores/abc/v2/nothing").is_none());
        let unbuilt = find("POST", "/stores/abc/v3/promotions").unwrap();
        assert!(unbuilt.answer.is_none() && unbuilt.writes);
    }
}
