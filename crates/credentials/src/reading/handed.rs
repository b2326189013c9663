//! Texts and files on their way to be read.

use std::{
    fmt,
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use commerce::AccessToken;
use secrecy::zeroize::Zeroizing;

use super::{
    text::{MOST_BYTES, decode},
    whole::{Reading, read_credentials, typed},
};

/// A text that may hold a token, such as the clipboard's. It prints as `[REDACTED]` and is wiped
/// from memory when dropped.
pub struct HandedText(Zeroizing<String>);

impl HandedText {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// What it says.
    #[must_use]
    pub fn read(&self) -> Reading {
        read_credentials(self.0.as_bytes())
    }

    /// What it says in a field that asks for a token: one word by itself is taken for one, however
    /// short.
    #[must_use]
    pub fn read_typed(&self) -> Reading {
        typed(&self.0)
    }

    /// Whether this token stands in it.
    #[must_use]
    pub fn holds(&self, token: &AccessToken) -> bool {
        !token.expose().is_empty() && self.0.contains(token.expose())
    }
}

impl fmt::Debug for HandedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

/// Reads a file, at most a little more than the 64 KB that any credentials file stays far below.
///
/// # Errors
/// What the system says, and [`io::ErrorKind::InvalidInput`] for a folder or anything else that is
/// no file.
pub fn read_file(path: &Path) -> io::Result<Reading> {
    Ok(read_credentials(&bytes(path)?))
}

/// Whether this token stands in a file.
///
/// # Errors
/// As [`read_file`].
pub fn file_holds(path: &Path, token: &AccessToken) -> io::Result<bool> {
    let held = decode(&bytes(path)?).is_ok_and(|text| text.contains(token.expose()));
    Ok(held && !token.expose().is_empty())
}

fn bytes(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    // Looked at before it is opened: opening a pipe waits for whoever writes into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let most = MOST_BYTES + 1;
    // Room for all of it at once: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    let take = u64::try_from(most).unwrap_or(u64::MAX);
    File::open(path)?.take(take).read_to_end(&mut bytes)?;
    Ok(bytes)
}
