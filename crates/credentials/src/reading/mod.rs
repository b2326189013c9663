//! What people paste, drop or type, and what it says.

mod address;
mod handed;
mod labels;
mod storefront;
mod text;
mod token;
mod whole;

pub use address::{AddressReading, FoundIn, read_address};
pub use handed::{HandedText, file_holds, read_file};
pub use storefront::{StorefrontKind, StorefrontReading, read_storefront};
pub use token::{TokenMistake, TokenReading, Unusual, read_token};
pub use whole::{Reading, StoreNamed, TextKind, read_credentials, read_typed};

/// Signs that people and their programs put around what they copy.
const WRAPPERS: &[char] = &[
    '"', '\'', '`', '<', '>', '(', ')', '[', ']', '{', '}', '“', '”', '„', '‘', '’', '‚', '«', '»',
    '‹', '›',
];

/// White space of any kind, and the signs that show nothing at all.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\0' | '\u{1a}'
        )
}

fn is_wrapping(c: char) -> bool {
    is_blank(c) || WRAPPERS.contains(&c)
}

/// The text without blanks, quotes and brackets around it.
fn unwrapped(text: &str) -> &str {
    text.trim_matches(is_wrapping)
}

/// The text from where [`unwrapped`] starts.
fn unwrapped_start(text: &str) -> &str {
    text.trim_start_matches(is_wrapping)
}

/// Whether nothing more follows but blanks, quotes and brackets.
fn ends_here(rest: &str) -> bool {
    rest.chars().all(is_wrapping)
}
