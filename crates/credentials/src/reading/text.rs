//! From bytes to text.

use secrecy::zeroize::Zeroizing;

/// A credentials file has half a kilobyte; nobody's settings file has this much.
pub(super) const MOST_BYTES: usize = 64 * 1024;

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoText {
    TooLarge,
    Binary,
}

/// The text of a file or of the clipboard: UTF-8, or UTF-16 with its mark. In a file of an older
/// encoding only letters outside of ASCII are lost, which no hash and no token has.
pub(super) fn decode(bytes: &[u8]) -> Result<Zeroizing<String>, NoText> {
    if bytes.len() > MOST_BYTES {
        return Err(NoText::TooLarge);
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest),
        all => utf_8(all),
    };
    if text.chars().any(is_binary) {
        return Err(NoText::Binary);
    }
    Ok(text)
}

fn utf_8(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(String::from_utf8_lossy(bytes).into_owned())
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Zeroizing<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    // At most three bytes a unit: it must not grow and leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() / 2 * 3));
    for read in char::decode_utf16(units) {
        text.push(read.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

/// Signs that text has no use for. A form feed ends a page; an end-of-file sign of old may stand
/// at the end.
fn is_binary(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}')
}
