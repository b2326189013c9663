//! Who may talk to the bridge: the page it served itself, in a browser on this computer.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// The header that carries the secret.
pub(crate) const KEY_HEADER: &str = "x-stockroom-bridge";

/// What is let in.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    /// `127.0.0.1:PORT`.
    pub(crate) host: String,
    /// The secret.
    pub(crate) key: String,
}

impl Guard {
    /// A name that points here but isn't ours would let another site's page in.
    fn knows_host(&self, headers: &HeaderMap) -> bool {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let origin = headers.get(header::ORIGIN).map(HeaderValue::to_str);
        let own = format!("http://{}", self.host);
        host == Some(self.host.as_str())
            && origin.is_none_or(|origin| origin.is_ok_and(|origin| origin == own))
    }

    fn knows_key(&self, headers: &HeaderMap) -> bool {
        let given = headers
            .get(KEY_HEADER)
            .map_or(&[][..], |key| key.as_bytes());
        let key = self.key.as_bytes();
        // The same time for every wrong key.
        given.len() == key.len() && given.iter().zip(key).fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }
}

/// For everything: our own host, our own origin.
pub(crate) async fn same_origin(
    State(guard): State<Guard>,
    request: Request,
    next: Next,
) -> Response {
    if guard.knows_host(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "not the bridge's own page").into_response()
    }
}

/// For pictures, which a page asks for without headers of its own: not from another site's page,
/// which a browser names as such.
pub(crate) async fn own_page(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_none_or(|site| site == "same-origin") {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "not the bridge's own page").into_response()
    }
}

/// For commands and events: the secret as well.
pub(crate) async fn with_key(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if guard.knows_key(request.headers()) {
        next.run(request).await
    } else {
        (
            StatusCode::UNAUTHORIZED,
            "the bridge's key is missing or wrong",
        )
            .into_response()
    }
}
