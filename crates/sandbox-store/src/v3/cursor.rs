//! Cursors: places in a list that stay where they are while the list grows.
//!
//! Source: BigCommerce REST reference, "Customers V3"; a cursor is `id:7` in Base64.

use serde_json::{Value, json};

use super::Page;
use crate::gate::refusals;
use crate::http::Response;
use crate::query::Query;

/// Where a page begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// Right behind the thing with that id.
    After(u64),
    /// Right before it.
    Before(u64),
}

impl Cursor {
    pub(super) fn read(query: &Query) -> Result<Option<Self>, Box<Response>> {
        let cursor = |name: &str| match query.get(name) {
            None | Some("") => Ok(None),
            Some(text) => match id_in(text) {
                Some(id) => Ok(Some(id)),
                None => {
                    let reason = "The cursor is invalid";
                    Err(Box::new(refusals::v3_invalid(name, reason)))
                }
            },
        };
        let (after, before) = (cursor("after")?, cursor("before")?);
        Ok(after.map(Self::After).or(before.map(Self::Before)))
    }

    /// The page there. `ids` are those of the whole list, in its order. A thing that is gone counts
    /// where its id would stand among rising ones.
    pub(super) fn slice(self, ids: &[u64], limit: usize) -> (usize, usize) {
        let (Self::After(id) | Self::Before(id)) = self;
        let known = ids.iter().position(|known| *known == id);
        let place = known.unwrap_or_else(|| ids.iter().filter(|known| **known < id).count());
        match self {
            Self::After(_) => {
                let start = place + usize::from(known.is_some());
                (start, (start + limit).min(ids.len()))
            }
            Self::Before(_) => (place.saturating_sub(limit), place),
        }
    }
}

/// `meta.cursor_pagination` of the page from `start` to `end` of a list with these ids.
pub(super) fn meta(ids: &[u64], start: usize, end: usize, page: Page) -> Value {
    let limit = page.limit;
    let of = |at: usize| ids.get(at).map(|id| text_of(*id));
    let first = (start < end).then(|| of(start)).flatten();
    let last = (start < end).then(|| of(end - 1)).flatten();
    let link = |name: &str, cursor: &str| {
        let escaped = cursor.replace('=', "%3D");
        format!("?limit={limit}&{name}={escaped}")
    };
    let mut links = json!({});
    if let (Some(first), true) = (&first, start > 0) {
        links["previous"] = link("before", first).into();
    }
    if let (Some(last), true) = (&last, end < ids.len()) {
        links["next"] = link("after", last).into();
    }
    json!({
        "count": end - start,
        "per_page": limit,
        "start_cursor": first,
        "end_cursor": last,
        "links": links,
    })
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn text_of(id: u64) -> String {
    base64(format!("id:{id}").as_bytes())
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4_usize {
            if at > three.len() {
                text.push('=');
            } else {
                let letter = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or(0);
                text.push(char::from(LETTERS[letter]));
            }
        }
    }
    text
}

/// For addresses and tokens: other letters for two of them, and nothing to fill up.
pub(super) fn base64_url(bytes: &[u8]) -> String {
    let text = base64(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}

fn id_in(text: &str) -> Option<u64> {
    let mut bytes = Vec::new();
    let mut bits = 0_u32;
    let mut count = 0_u32;
    for letter in text.trim_end_matches('=').bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    let plain = String::from_utf8(bytes).ok()?;
    plain.strip_prefix("id:")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cursor_is_spelled_as_the_reference_spells_it() {
        assert_eq!(text_of(7), "aWQ6Nw==");
        assert_eq!(id_in("aWQ6Nw=="), Some(7));
        assert_eq!(id_in("aWQ6Nw"), Some(7));
        for wrong in ["", "7", "aWQ6", "aWQ6eA==", "a WQ", "äöü"] {
            assert_eq!(id_in(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_cursor_is_read_as_it_was_written(id in any::<u64>()) {
            prop_assert_eq!(id_in(&text_of(id)), Some(id));
        }

        #[test]
        fn forward_and_back_is_where_one_was(count in 1_u64..40, limit in 1_usize..10) {
            let ids: Vec<u64> = (0..count).map(|at| at * 3 + 1).collect();
            let (mut start, mut end) = (0, limit.min(ids.len()));
            while end < ids.len() {
                let (from, until) = Cursor::After(ids[end - 1]).slice(&ids, limit);
                prop_assert_eq!(from, end);
                prop_assert_eq!(Cursor::Before(ids[from]).slice(&ids, limit), (start, end));
                (start, end) = (from, until);
            }
        }
    }
}
