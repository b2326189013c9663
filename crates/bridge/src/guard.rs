//! Who may talk to the bridge: the page it served itself, in a browser on this computer.

use std::net::SocketAddr;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{self, InvalidHeaderValue},
    },
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
    /// Name and secret of the cookie that pictures are asked for with: `NAME=SECRET`.
    pictures: String,
    /// Hands that cookie to the page.
    cookie: HeaderValue,
}

impl Guard {
    /// With new secrets for what listens there.
    ///
    /// # Errors
    /// Never: all of it is plain text.
    pub(crate) fn new(address: SocketAddr) -> Result<Self, InvalidHeaderValue> {
        // A browser brings cookies to every port of a host. So each has a name of its own, and the secret is
        // another than the key, good for pictures alone.
        let pictures = format!("stockroom-pictures-{}={}", address.port(), secret());
        let cookie = format!("{pictures}; Path=/picture; HttpOnly; SameSite=Strict");
        Ok(Self {
            host: address.to_string(),
            key: secret(),
            cookie: HeaderValue::try_from(cookie)?,
            pictures,
        })
    }

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
        let given = headers.get(KEY_HEADER);
        given.is_some_and(|key| is_same(key.as_bytes(), self.key.as_bytes()))
    }

    fn knows_cookie(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(header::COOKIE).into_iter();
        let mut cookies = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
        cookies.any(|cookie| is_same(cookie.trim_ascii(), self.pictures.as_bytes()))
    }
}

fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Takes the same time for every wrong one of the right length.
fn is_same(given: &[u8], secret: &[u8]) -> bool {
    given.len() == secret.len()
        && given
            .iter()
            .zip(secret)
            .fold(0, |all, (a, b)| all | (a ^ b))
            == 0
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

/// For pictures, which a page asks for without headers of its own: the cookie that it got with its first answer.
/// Not from another site's page, which a browser names as such.
pub(crate) async fn with_cookie(
    State(guard): State<Guard>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let site = headers.get("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin") {
        return (StatusCode::FORBIDDEN, "not the bridge's own page").into_response();
    }
    if guard.knows_cookie(headers) || guard.knows_key(headers) {
        next.run(request).await
    } else {
        without_key()
    }
}

/// For commands and events: the secret as well. Their answers bring the cookie for pictures.
pub(crate) async fn with_key(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if !guard.knows_key(request.headers()) {
        return without_key();
    }
    let mut answer = next.run(request).await;
    answer
        .headers_mut()
        .append(header::SET_COOKIE, guard.cookie);
    answer
}

fn without_key() -> Response {
    (
        StatusCode::UNAUTHORIZED,
        "the bridge's key is missing or wrong",
    )
        .into_response()
}
