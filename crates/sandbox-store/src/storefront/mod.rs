//! The storefront's GraphQL: who may ask, and how the answer goes out.
//!
//! Source: BigCommerce guide to the GraphQL Storefront API. What is said to somebody without a good
//! token is made up; the code for a missing scope is not.

mod catalog;
mod schema;

use std::sync::Arc;

use async_graphql::ServerError;
use futures::FutureExt;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::seed::World;
use crate::state::Store;
use crate::state::storefront::{Given, Kind};
use schema::Asked;

/// Where it is asked, on the host that stands in for the store's own domain.
pub(crate) const PATH: &str = "/graphql";

/// Answers one query. Nothing is changed by it.
pub(crate) fn answer(store: &mut Store, request: &Request, now: Timestamp) -> Response {
    if request.method != "POST" {
        return Response::text(404, "Not Found");
    }
    let given = match admit(&store.storefront.given, request, now) {
        Ok(given) => given.clone(),
        Err(refused) => return *refused,
    };
    let Ok(query) = serde_json::from_slice::<async_graphql::Request>(&request.body) else {
        return Response::json(
            400,
            &json!({ "error": "The request body is not a GraphQL query" }),
        );
    };
    let host = request.header("Host").unwrap_or("127.0.0.1");
    let asked = Asked {
        origin: store.origin_for(host),
        hash: store.identity.hash.clone(),
        scopes: scopes_of(&given),
        customer: request
            .header("X-Bc-Customer-Id")
            .and_then(|id| id.parse().ok()),
    };
    let answer = {
        let lent = Lent::new(&mut store.world);
        let query = query.data(Arc::clone(&lent.world)).data(asked);
        schema::schema().execute(query).now_or_never()
    };
    match answer {
        Some(answer) => {
            let mut response = Response::json(200, &answer);
            response.unbuilt = unknown(&answer.errors);
            response
        }
        None => Response::text(500, "the query did not end"),
    }
}

/// What of a query this schema does not know. The real one knows far more: what is nonsense there too cannot be told
/// from what is only missing here.
fn unknown(errors: &[ServerError]) -> Option<String> {
    /// How the library begins when it does not know something.
    const BEGINNINGS: &[&str] = &[
        "Unknown field ",
        "Unknown argument ",
        "Unknown type ",
        "Unknown directive ",
        "Schema is not configured for ",
    ];
    let all: Vec<&str> = errors
        .iter()
        .map(|error| error.message.as_str())
        .filter(|message| BEGINNINGS.iter().any(|each| message.starts_with(each)))
        .collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// The library wants to own what it reads: the catalog is lent to it, and taken back, also from a
/// query that ends in a panic.
struct Lent<'a> {
    place: &'a mut World,
    world: Arc<World>,
}

impl<'a> Lent<'a> {
    fn new(place: &'a mut World) -> Self {
        let world = Arc::new(std::mem::take(place));
        Self { place, world }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let world = std::mem::take(&mut self.world);
        *self.place = Arc::unwrap_or_clone(world);
    }
}

/// `Authorization: Bearer` with a token that was given out, still counts, and is used where it may be.
fn admit<'a>(
    given: &'a [Given],
    request: &Request,
    now: Timestamp,
) -> Result<&'a Given, Box<Response>> {
    let refuse = |status: u16, why: &str| {
        let errors: [Value; 1] = [json!({ "message": why })];
        Box::new(Response::json(
            status,
            &json!({ "data": null, "errors": errors }),
        ))
    };
    let token = request
        .header("Authorization")
        .and_then(|header| header.strip_prefix("Bearer "))
        .ok_or_else(|| refuse(401, "A bearer token is required"))?;
    let given = given
        .iter()
        .find(|given| *given.text == *token.trim() && !given.is_revoked)
        .ok_or_else(|| refuse(401, "The token is not valid"))?;
    if given.expires <= now {
        return Err(refuse(401, "The token has expired"));
    }
    let origin = request.header("Origin");
    match (given.kind, origin) {
        (Kind::Private | Kind::Impersonation, Some(_browser)) => {
            Err(refuse(403, "This token cannot be used from a browser"))
        }
        (Kind::Storefront, None) => Err(refuse(403, "This token cannot be used from a server")),
        (Kind::Storefront, Some(origin)) if !given.origins.iter().any(|known| known == origin) => {
            Err(refuse(403, "This token cannot be used from this origin"))
        }
        (Kind::Private | Kind::Impersonation | Kind::Storefront, _) => Ok(given),
    }
}

/// Only private tokens have them; the others are for everybody's eyes, or for one customer's.
fn scopes_of(given: &Given) -> Vec<String> {
    match given.kind {
        Kind::Private => given.scopes.clone(),
        Kind::Storefront => vec!["Unauthenticated".to_owned()],
        Kind::Impersonation => vec!["Unauthenticated".to_owned(), "Customer".to_owned()],
    }
}
