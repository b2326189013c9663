//! Where the specification is wrong about BigCommerce, and nothing else: the only excuse there is.
//!
//! Each excuse names the very operations, places, status and words it is for. One that nobody needs is reported.

mod catalog;
mod customers;
mod metafields;
mod orders;
mod settings;

use std::fmt;

use crate::judge::{Finding, Half};

/// A defect of the specification.
pub(crate) struct Defect {
    half: Half,
    /// Of the answer; of a request 0.
    status: u16,
    /// What Prism's message ends with.
    message: &'static str,
    /// The operation, as the specification writes it, and the place in the request or answer; `*` is any place
    /// in a list.
    pub(crate) at: &'static [(&'static str, &'static str)],
    /// Why it is the specification that is wrong, and how that is known.
    pub(crate) reason: &'static str,
    /// Whether it is met only where everything is tried.
    pub(crate) only_in_full: bool,
}

impl Defect {
    /// Which of its places a finding is about, if it is the cause.
    pub(crate) fn excuses(&self, finding: &Finding) -> Option<usize> {
        let status = match self.half {
            Half::Request => 0,
            Half::Answer => finding.status,
        };
        if self.half != finding.half
            || self.status != status
            || !finding.message.ends_with(self.message)
        {
            return None;
        }
        let about = (finding.operation.as_str(), finding.place.as_str());
        self.at.iter().position(|at| *at == about)
    }

    /// What is excused at one of its places.
    pub(crate) fn tell(&self, at: usize) -> String {
        let Self {
            status,
            message,
            reason,
            ..
        } = self;
        let (operation, place) = self.at[at];
        match self.half {
            Half::Request => format!("{operation}: request, {place}: {message} ({reason})"),
            Half::Answer => format!("{operation}: answer {status}, {place}: {message} ({reason})"),
        }
    }
}

/// Something wrong with what the specification wants of a request.
const fn request(
    message: &'static str,
    at: &'static [(&'static str, &'static str)],
    reason: &'static str,
) -> Defect {
    Defect {
        half: Half::Request,
        status: 0,
        message,
        at,
        reason,
        only_in_full: false,
    }
}

/// Something wrong with what the specification wants of an answer.
const fn answer(
    status: u16,
    message: &'static str,
    at: &'static [(&'static str, &'static str)],
    reason: &'static str,
) -> Defect {
    Defect {
        half: Half::Answer,
        status,
        ..request(message, at, reason)
    }
}

/// One that only shows where everything is tried.
const fn in_full(defect: Defect) -> Defect {
    Defect {
        only_in_full: true,
        ..defect
    }
}

/// A property that the specification says has exactly one of several forms, where the forms are no
/// alternatives: what is right fits several of them. It is judged as any of them instead.
pub(crate) struct Overlap {
    pub(crate) operation: &'static str,
    pub(crate) property: &'static str,
    reason: &'static str,
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            property,
            reason,
        } = self;
        write!(f, "{operation}, `{property}`: {reason}")
    }
}

const fn overlap(operation: &'static str, property: &'static str, reason: &'static str) -> Overlap {
    Overlap {
        operation,
        property,
        reason,
    }
}

const WHOLE_OR_LINK: &str = "a link is an object, and the whole consignments are one too, without a field that either needs";
const IMAGE: &str = "its forms differ by fields that none of them needs";
const RULES: &str = "its forms differ by fields that none of them needs";

/// All of them; one that the specification does not have stops the judge.
pub(crate) const OVERLAPS: &[Overlap] = &[
    overlap("GET /v2/orders", "consignments", WHOLE_OR_LINK),
    overlap("GET /v2/orders/{order_id}", "consignments", WHOLE_OR_LINK),
    overlap("PUT /v2/orders/{order_id}", "consignments", WHOLE_OR_LINK),
    overlap(
        "POST /v3/catalog/products/{product_id}/images",
        "data",
        IMAGE,
    ),
    overlap(
        "PUT /v3/catalog/products/{product_id}/images/{image_id}",
        "data",
        IMAGE,
    ),
    overlap("GET /v2/customer_groups", "discount_rules", RULES),
    overlap("POST /v2/customer_groups", "discount_rules", RULES),
    overlap(
        "GET /v2/customer_groups/{customer_group_id}",
        "discount_rules",
        RULES,
    ),
    overlap(
        "PUT /v2/customer_groups/{customer_group_id}",
        "discount_rules",
        RULES,
    ),
    overlap(
        "PUT /v3/inventory/locations/{location_id}/items",
        "identity",
        "each form needs none of its fields, so that every object fits all of them",
    ),
];

const NO_BODY: &str = "the type of a body is demanded where there is no body";
const EMPTY: &str = "an empty list of v2 is a 204 without a body, which is listed nowhere";
const NULL: &str =
    "what has no value is null on the wire; hardly any field is marked as one that can be";
const PAGE: &str = "where the layer in front of the API answers, it is with a page or a word, whatever the operation lists";
const REFUSAL: &str = "the wire puts what is wrong into an object, by the name of the field";
const V2_DATE: &str = "dates of v2 are written as in e-mails, in its own examples too";
const TREE_OR_PARENT: &str =
    "a tree or a parent is enough, as the text beside it says; both are demanded";
const LISTED_ELSEWHERE: &str = "the same refusal is a list with all other owners of metafields";
const TWICE: &str = "the whole refusal is described once more inside of its own `errors`";
const PLAIN_TEXT: &str =
    "a wrong token is refused in JSON, as measured; `plain/text` is no type at all";
const NO_TYPE: &str =
    "a missing token is refused in plain text, as measured; `plain/text` is no type at all";
const REFUSED_IN_JSON: &str = "refusals of v3 are JSON; one operation alone has a page here";
const NO_TYPE_EITHER: &str = "refusals of v3 are JSON; `plain/text` is no type at all";
const JSON: &str = "a wrong token is refused in JSON, as measured";
const NOTHING: &str = "a 204 has no body, and an object is demanded of it";
const UNPAID: &str = "an order without payments is a 204, which has no body: it is listed, and a body demanded of it";

/// All of them. What nobody needs has to go: the command says so.
pub(crate) fn all() -> impl Iterator<Item = &'static Defect> {
    [
        catalog::DEFECTS,
        customers::DEFECTS,
        metafields::DEFECTS,
        orders::DEFECTS,
        settings::DEFECTS,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(operation: &str, status: u16, place: &str, message: &str) -> Finding {
        Finding {
            operation: operation.to_owned(),
            half: Half::Answer,
            status,
            place: place.to_owned(),
            message: message.to_owned(),
        }
    }

    #[test]
    fn an_excuse_is_for_its_own_operation_place_status_and_words() {
        let defect = answer(
            200,
            "must be string",
            &[("GET /v2/orders", "body.*.cart_id"), ("GET /v2/a", "b")],
            "null",
        );
        let message = "Response body property *.cart_id must be string";
        let said = |operation, status, place, message| {
            defect.excuses(&finding(operation, status, place, message))
        };
        assert_eq!(
            said("GET /v2/orders", 200, "body.*.cart_id", message),
            Some(0)
        );
        assert_eq!(said("GET /v2/a", 200, "body.*.cart_id", message), None);
        assert_eq!(
            said("GET /v2/orders/{id}", 200, "body.*.cart_id", message),
            None
        );
        assert_eq!(said("GET /v2/orders", 404, "body.*.cart_id", message), None);
        assert_eq!(said("GET /v2/orders", 200, "body.*.id", message), None);
        let other = "Response body property *.cart_id must be integer";
        assert_eq!(said("GET /v2/orders", 200, "body.*.cart_id", other), None);
        let asked = Finding {
            half: Half::Request,
            ..finding("GET /v2/orders", 200, "body.*.cart_id", message)
        };
        assert_eq!(defect.excuses(&asked), None);
    }

    #[test]
    fn nothing_is_excused_twice_and_nothing_at_large() {
        let mut names: Vec<String> = Vec::new();
        for defect in all() {
            for at in 0..defect.at.len() {
                let (operation, _) = defect.at[at];
                assert!(
                    !operation.contains('*') && operation.contains(" /v"),
                    "{operation}"
                );
                let told = defect.tell(at);
                assert!(!names.contains(&told), "{told}");
                names.push(told);
            }
        }
    }
}
