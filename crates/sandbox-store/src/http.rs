//! Requests and answers as plain values, so that the store itself needs no network.

/// One HTTP request as it reached the store.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Upper case, e.g. `GET`.
    pub method: String,
    /// The path without the query, still percent-encoded, e.g. `/stores/abc123/v2/orders`.
    pub path: String,
    /// The query without `?`, still percent-encoded; empty if there is none.
    pub query: String,
    /// Names in any case, in the order they arrived.
    pub headers: Vec<(String, String)>,
    /// The whole body; empty if there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers or a body. `target` is a path with an optional query.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same request with a JSON body and the content type that goes with it.
    #[must_use]
    pub fn with_json(self, body: &serde_json::Value) -> Self {
        let mut request = self.with_header("Content-Type", "application/json");
        request.body = body.to_string().into_bytes();
        request
    }

    /// The first header of that name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

/// What the store did besides answering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Something in the store is different from before.
    pub changed: bool,
    /// The shopper was sent an e-mail (see [`crate::Store::emails`]).
    pub emailed: bool,
}

/// One HTTP answer.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names as the wire spells them.
    pub headers: Vec<(String, String)>,
    /// The whole body; empty for 204.
    pub body: Vec<u8>,
    /// What happened in the store. Not part of the answer on the wire.
    pub effects: Effects,
    /// What was asked for that this store has not built, if anything was. Not part of the answer on the wire.
    pub unbuilt: Option<String>,
}

impl Response {
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            effects: Effects::default(),
            unbuilt: None,
        }
    }

    pub(crate) fn text(status: u16, body: &str) -> Self {
        Self::bytes(
            status,
            "text/plain; charset=utf-8",
            body.as_bytes().to_vec(),
        )
    }

    pub(crate) fn bytes(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        let mut response = Self::empty(status);
        response.set_header("Content-Type", content_type);
        response.body = body;
        response
    }

    pub(crate) fn json<T: serde::Serialize + ?Sized>(status: u16, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => Self::bytes(status, "application/json", bytes),
            Err(error) => Self::text(500, &format!("the answer could not be written: {error}")),
        }
    }

    /// The first header of that name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as JSON; `None` if it is not JSON (empty, XML, text, HTML).
    #[must_use]
    pub fn body_json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}
