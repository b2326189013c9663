//! As much HTTP as a test needs to speak to a server on this computer.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

/// A command may wait for the store, and the store may be slow on purpose.
const PATIENCE: Duration = Duration::from_secs(180);

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Body.
    pub body: String,
}

/// Sends one request to `origin` (`http://127.0.0.1:PORT`) and reads its whole answer.
///
/// # Errors
/// As the system says; also if the server ends before its answer does.
pub fn send(
    method: &str,
    origin: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> io::Result<Answer> {
    let (status, body) = send_bytes(method, origin, path, headers, body)?;
    let body = String::from_utf8(body).map_err(|_| bad("text"))?;
    Ok(Answer { status, body })
}

/// The same for an answer that is no text.
///
/// # Errors
/// As [`send`].
pub fn send_bytes(
    method: &str,
    origin: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> io::Result<(u16, Vec<u8>)> {
    let mut answer = BufReader::new(open(method, origin, path, headers, body)?);
    let (status, length, chunked) = head(&mut answer)?;
    let body = if chunked {
        let mut whole = Vec::new();
        loop {
            let mut line = String::new();
            answer.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16).map_err(|_| bad("chunk"))?;
            let mut chunk = vec![0; size + 2];
            answer.read_exact(&mut chunk)?;
            if size == 0 {
                break whole;
            }
            whole.extend_from_slice(&chunk[..size]);
        }
    } else if let Some(length) = length {
        let mut whole = vec![0; length];
        answer.read_exact(&mut whole)?;
        whole
    } else {
        let mut whole = Vec::new();
        answer.read_to_end(&mut whole)?;
        whole
    };
    Ok((status, body))
}

/// Sends one request and gives the connection, for answers that never end.
///
/// # Errors
/// As the system says.
pub fn open(
    method: &str,
    origin: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> io::Result<TcpStream> {
    let host = origin
        .strip_prefix("http://")
        .ok_or_else(|| bad("origin"))?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(body) = body {
        request.push_str("Content-Type: application/json\r\n");
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    } else {
        request.push_str("\r\n");
    }
    stream.write_all(request.as_bytes())?;
    Ok(stream)
}

fn head(answer: &mut BufReader<TcpStream>) -> io::Result<(u16, Option<usize>, bool)> {
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| bad("status"))?;
    // 204 and 304 have no body and no length.
    let mut length = matches!(status, 204 | 304).then_some(0);
    let mut chunked = false;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok((status, length, chunked));
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
        chunked |= name.eq_ignore_ascii_case("transfer-encoding") && value.trim() == "chunked";
    }
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("no such {what}"))
}
