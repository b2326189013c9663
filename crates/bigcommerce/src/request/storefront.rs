//! The storefront's GraphQL API: a token for it, and queries with it.
//!
//! Only questions: a document that holds a mutation or a subscription is refused before anything
//! is sent.

use std::fmt;

use commerce::{AccessToken, ChannelId, StorefrontScope};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Absence, Body, Few, Kind, Method, Request, op};
use crate::wire;

/// A private token for the GraphQL API. Prints as `[REDACTED]`.
#[derive(Clone, Debug)]
pub struct StorefrontToken(pub(crate) AccessToken);

impl StorefrontToken {
    /// Takes a token over as it is.
    #[must_use]
    pub const fn new(token: AccessToken) -> Self {
        Self(token)
    }

    /// The token itself, to be kept.
    #[must_use]
    pub const fn token(&self) -> &AccessToken {
        &self.0
    }
}

/// Makes a private token that may ask about these, on these channels, until it expires (whole
/// seconds). To be made anew rather than looked for: a token that got lost expires.
///
/// Source: BigCommerce REST reference, "Create a private token".
#[must_use]
pub fn create_token(
    channels: &Few<ChannelId, 100>,
    scopes: &Few<StorefrontScope, 3>,
    expires_at: Timestamp,
) -> Request<StorefrontToken> {
    let channels: Vec<u64> = channels.iter().map(|id| id.0).collect();
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
    Request::to(&op::STOREFRONT_TOKEN, &[], |answer| {
        wire::data(answer, |node| {
            let token = node.field("token");
            let text = token.text()?;
            if text.is_empty() {
                return Err(token.misfit("a token was expected, nothing found"));
            }
            Ok(StorefrontToken(AccessToken::new(text)))
        })
        .map(Into::into)
    })
    .carrying(json!({
        "channel_ids": channels,
        "expires_at": expires_at.as_second(),
        "scopes": scopes,
    }))
}

/// Ends a token before its time.
///
/// Source: BigCommerce REST reference, "Revoke a token".
#[must_use]
pub fn revoke_token(token: &StorefrontToken) -> Request<()> {
    let mut request = Request::to(&op::STOREFRONT_REVOKE, &[], wire::nothing);
    request.secret = Some(("Sf-Api-Token", token.0.clone()));
    request
}

/// What was asked, and what the storefront says is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphqlAnswer {
    /// The data, `null` where there is none.
    pub data: Value,
    /// What went wrong. Some data may be there all the same.
    pub errors: Vec<GraphqlError>,
}

/// One thing that went wrong. Its texts are of one line and cut where they are long, and hold no
/// token, once a [`Storefront`](crate::Storefront) gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphqlError {
    /// In the storefront's words.
    pub message: String,
    /// Where in the answer: names and indices, dotted. May be empty.
    pub path: String,
    /// Where in the question, as line and column, both from 1.
    pub at: Option<(u32, u32)>,
    /// The storefront's code, as `INSUFFICIENT_ACCESS_SCOPE`. May be empty.
    pub code: String,
}

/// A document that is no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotAQuery {
    /// It changes something, or wants to be told of changes.
    #[error("only queries may be sent to the storefront, no mutations and no subscriptions")]
    Changes,
    /// It is no GraphQL document.
    #[error("this is no GraphQL document")]
    NoDocument,
}

/// A question to the storefront, to be sent by a [`Storefront`](crate::Storefront).
///
/// At most 50 products may be asked for, and the whole may be 10,000 complex.
///
/// [`Kind::Read`], although it is a POST: nothing but queries gets here.
///
/// # Errors
/// [`NotAQuery`].
///
/// Source: BigCommerce documentation, "GraphQL Storefront API".
pub fn query(document: &str, variables: Value) -> Result<Request<GraphqlAnswer>, NotAQuery> {
    only_queries(document)?;
    let mut body = json!({"query": document});
    if !variables.is_null() {
        body["variables"] = variables;
    }
    Ok(Request {
        operation: None,
        method: Method::Post,
        path: "/graphql".to_owned(),
        query: Vec::new(),
        body: Some(Body::Json(body)),
        secret: None,
        kind: Kind::Read,
        needs: None,
        absence: Absence::Error,
        decode: std::sync::Arc::new(wire::store::graphql),
    })
}

/// Looks at the first word of each definition: the rest can't make a query change anything.
fn only_queries(document: &str) -> Result<(), NotAQuery> {
    let mut depth = 0_u32;
    let mut begins = true;
    let mut queries = 0;
    for token in Tokens(document) {
        match token {
            Token::Open(is_body) => {
                if depth == 0 && begins {
                    // A query without a word before it.
                    if !is_body {
                        return Err(NotAQuery::NoDocument);
                    }
                    queries += 1;
                    begins = false;
                }
                depth += 1;
            }
            Token::Close(is_body) => {
                depth = depth.checked_sub(1).ok_or(NotAQuery::NoDocument)?;
                if depth == 0 && is_body {
                    begins = true;
                }
            }
            Token::Word("query") if depth == 0 && begins => {
                queries += 1;
                begins = false;
            }
            Token::Word("fragment") if depth == 0 && begins => begins = false,
            Token::Word("mutation" | "subscription") if depth == 0 && begins => {
                return Err(NotAQuery::Changes);
            }
            Token::Word(_) if depth == 0 && begins => return Err(NotAQuery::NoDocument),
            Token::Word(_) => {}
            Token::Bad => return Err(NotAQuery::NoDocument),
        }
    }
    if depth == 0 && begins && queries > 0 {
        Ok(())
    } else {
        Err(NotAQuery::NoDocument)
    }
}

/// The tokens that matter, comments and texts skipped.
///
/// Source: GraphQL specification, "Lexical tokens".
struct Tokens<'a>(&'a str);

enum Token<'a> {
    Word(&'a str),
    /// A brace (`true`), or another bracket.
    Open(bool),
    Close(bool),
    Bad,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = self.0.chars().next()?;
            let (token, rest) = match first {
                '#' => (
                    None,
                    self.0.find(['\n', '\r']).map_or("", |end| &self.0[end..]),
                ),
                '"' => match after_text(self.0) {
                    Some(rest) => (None, rest),
                    None => (Some(Token::Bad), ""),
                },
                '{' => (Some(Token::Open(true)), &self.0[1..]),
                '(' | '[' => (Some(Token::Open(false)), &self.0[1..]),
                '}' => (Some(Token::Close(true)), &self.0[1..]),
                ')' | ']' => (Some(Token::Close(false)), &self.0[1..]),
                c if c.is_ascii_alphanumeric() || c == '_' => {
                    let end = self
                        .0
                        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                        .unwrap_or(self.0.len());
                    (Some(Token::Word(&self.0[..end])), &self.0[end..])
                }
                c => (None, &self.0[c.len_utf8()..]),
            };
            self.0 = rest;
            if token.is_some() {
                return token;
            }
        }
    }
}

/// What comes after the text that begins here; `None` if it doesn't end.
fn after_text(text: &str) -> Option<&str> {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        let mut rest = block;
        loop {
            let at = rest.find("\"\"\"")?;
            let is_escaped = rest[..at].ends_with('\\');
            rest = &rest[at + 3..];
            if !is_escaped {
                return Some(rest);
            }
        }
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            '"' if !escaped => return Some(&text[at + 1..]),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}

impl fmt::Display for GraphqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_pass_in_all_their_spellings() {
        for document in [
            "{ site { settings { storeName } } }",
            "query { site { id } }",
            "query Named($a: [Int!] = [1], $b: X = {c: \"}\"}) @live { site { mutation } }",
            "fragment F on Product { name } query Q { site { ...F } }",
            "# mutation M { a }\nquery Q { a(b: \"mutation { x }\", c: \"\"\"} mutation \\\"\"\" { \"\"\") }",
            "\u{feff}query mutation { a }",
        ] {
            assert_eq!(only_queries(document), Ok(()), "{document}");
        }
    }

    #[test]
    fn what_changes_something_never_becomes_a_request() {
        for document in [
            "mutation { cart { create } }",
            "mutation M { a }",
            "query Q { a } mutation M { b }",
            "# query\n  mutation\n{ a }",
            "fragment F on X { y } subscription { z }",
            "{ a } mutation { b }",
            "query Q { a(b: \"{\") } mutation { c }",
            ",,, mutation { a }",
        ] {
            assert_eq!(
                only_queries(document),
                Err(NotAQuery::Changes),
                "{document}"
            );
        }
        for document in [
            "",
            "  ",
            "# nothing",
            "query",
            "{ a",
            "a }",
            "}",
            "hello { a }",
            "{ a(b: \"c) }",
            "() { a }",
            "fragment F on X { y }",
        ] {
            assert_eq!(
                only_queries(document),
                Err(NotAQuery::NoDocument),
                "{document}"
            );
        }
    }
}
