//! Bodies that are forms with files in them (`multipart/form-data`, RFC 7578).

use serde_json::Map;

use crate::gate::refusals;
use crate::http::{Request, Response};

/// A form that was sent.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) parts: Vec<Part>,
}

/// One field of a form.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// The form in a request; `None` if the body is something else.
pub(super) fn read(request: &Request) -> Result<Option<Form>, Box<Response>> {
    let kind = request.header("Content-Type").unwrap_or("");
    if !kind.to_ascii_lowercase().starts_with("multipart/") {
        return Ok(None);
    }
    let broken = || Box::new(refusals::v3(400, "Input is invalid", Map::new()));
    let boundary = parameter(kind, "boundary").ok_or_else(broken)?;
    let parts = parts(&request.body, &boundary).ok_or_else(broken)?;
    Ok(Some(Form { parts }))
}

/// `name="value"` or `name=value` behind a semicolon.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|piece| {
        let (known, value) = piece.trim().split_once('=')?;
        known
            .eq_ignore_ascii_case(name)
            .then(|| value.trim_matches('"').to_owned())
    })
}

/// `None` if the last boundary is missing: half a form is none.
fn parts(body: &[u8], boundary: &str) -> Option<Vec<Part>> {
    let mark = format!("--{boundary}").into_bytes();
    let mut parts = Vec::new();
    let mut rest = &body[find(body, &mark)? + mark.len()..];
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n")?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&rest[..head_end]).into_owned();
        let content = &rest[head_end + 4..];
        let end = find(content, &[b"\r\n", mark.as_slice()].concat())?;
        let disposition = head.lines().find(|line| {
            line.to_ascii_lowercase()
                .starts_with("content-disposition:")
        })?;
        parts.push(Part {
            name: parameter(disposition, "name")?,
            file_name: parameter(disposition, "filename"),
            bytes: content[..end].to_vec(),
        });
        rest = &content[end + 2 + mark.len()..];
    }
    Some(parts)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(body: &str) -> Request {
        let mut request = Request::new("POST", "/")
            .with_header("Content-Type", "multipart/form-data; boundary=\"xyz\"");
        request.body = body.as_bytes().to_vec();
        request
    }

    #[test]
    fn a_form_gives_its_fields_and_files() {
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"image_file\"; filename=\"a.png\"\r\n\
                    Content-Type: image/png\r\n\r\n\u{1}\r\n--x\r\n--xyz\r\n\
                    Content-Disposition: form-data; name=\"sort_order\"\r\n\r\n3\r\n--xyz--\r\n";
        let form = read(&sent(body)).unwrap().unwrap();
        assert_eq!(form.parts.len(), 2);
        assert_eq!(form.parts[0].file_name.as_deref(), Some("a.png"));
        assert_eq!(form.parts[0].bytes, b"\x01\r\n--x");
        assert_eq!(form.parts[1].name, "sort_order");
        assert_eq!(form.parts[1].bytes, b"3");
    }

    #[test]
    fn half_a_form_is_refused() {
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf";
        assert_eq!(read(&sent(body)).unwrap_err().status, 400);
    }
}
