//! The query string, decoded once: `%41` and `+` become what they stand for, a second layer stays.

/// Decoded query parameters in the order they were written.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    /// There was an empty piece, as in `?&page=1`. v3 refuses that as a filter without a name.
    pub(crate) has_stray_separator: bool,
}

impl Query {
    pub(crate) fn parse(raw: &str) -> Self {
        if raw.is_empty() {
            return Self::default();
        }
        let mut query = Self::default();
        for piece in raw.split('&') {
            if piece.is_empty() {
                query.has_stray_separator = true;
                continue;
            }
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            query.pairs.push((decode(name), decode(value)));
        }
        query
    }

    /// The last value of that name: a repeated parameter overrides the earlier one.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }
}

/// Percent-decodes once; a broken escape stays as it is written.
pub(crate) fn decode(raw: &str) -> String {
    let bytes = raw.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| raw.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (escaped, bytes[at]) {
            (Some(byte), _) => {
                out.push(byte);
                at += 3;
            }
            (None, b'+') => {
                out.push(b' ');
                at += 1;
            }
            (None, byte) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_is_a_space_and_escapes_are_undone_once() {
        assert_eq!(decode("a+b%2Bc"), "a b+c");
        assert_eq!(decode("%253A"), "%3A");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%é1"), "%é1");
    }
}
