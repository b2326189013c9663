//! A file and the fields beside it, as `multipart/form-data`.
//!
//! Source: RFC 7578.

use crate::request::Upload;

/// The body, and the media type that says how to read it.
pub(super) fn encode(upload: &Upload) -> (Vec<u8>, String) {
    let boundary = boundary(upload);
    let mut body = Vec::with_capacity(upload.bytes.len() + 1024);
    for (name, value) in &upload.fields {
        let head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
         Content-Type: {}\r\n\r\n",
        upload.field, upload.name, upload.media_type
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&upload.bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (body, format!("multipart/form-data; boundary={boundary}"))
}

/// A line that stands nowhere in what is sent.
fn boundary(upload: &Upload) -> String {
    let mut number = 0_u64;
    loop {
        let boundary = format!("part-of-an-upload-{number}");
        let is_in = |bytes: &[u8]| {
            bytes
                .windows(boundary.len())
                .any(|window| window == boundary.as_bytes())
        };
        let is_taken = is_in(&upload.bytes)
            || upload
                .fields
                .iter()
                .any(|(_, value)| is_in(value.as_bytes()));
        if !is_taken {
            return boundary;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_can_not_end_a_part_early() {
        let upload = Upload {
            fields: vec![("description", "part-of-an-upload-0".to_owned())],
            field: "image_file",
            name: "kettle.png".to_owned(),
            media_type: "image/png",
            bytes: b"\r\n--part-of-an-upload-1--\r\n".to_vec(),
        };
        let (body, media_type) = encode(&upload);
        assert_eq!(
            media_type,
            "multipart/form-data; boundary=part-of-an-upload-2"
        );
        assert_eq!(
            String::from_utf8(body).unwrap(),
            "--part-of-an-upload-2\r\n\
             Content-Disposition: form-data; name=\"description\"\r\n\r\n\
             part-of-an-upload-0\r\n\
             --part-of-an-upload-2\r\n\
             Content-Disposition: form-data; name=\"image_file\"; filename=\"kettle.png\"\r\n\
             Content-Type: image/png\r\n\r\n\
             \r\n--part-of-an-upload-1--\r\n\
             \r\n--part-of-an-upload-2--\r\n"
        );
    }
}
