use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// An access token of a store's API account.
///
/// It prints as `[REDACTED]`, can't be serialised, and its memory is zeroed when dropped.
#[derive(Clone)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// Takes the token over as it is.
    #[must_use]
    pub fn new(token: String) -> Self {
        Self(SecretString::from(token))
    }

    /// The token itself: for the keychain and the request header, nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The last four characters, to tell tokens apart; empty if it has fewer than twelve, so that
    /// a short one is never given away by its tail.
    #[must_use]
    pub fn last_4(&self) -> String {
        let chars: Vec<char> = self.expose().chars().collect();
        if chars.len() < 12 {
            String::new()
        } else {
            chars[chars.len() - 4..].iter().collect()
        }
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_prints_itself() {
        let token = AccessToken::new("k0k0k0k0k0k0k0k0".into());
        assert_eq!(format!("{token:?}"), "[REDACTED]");
        assert_eq!(token.last_4(), "k0k0");
        assert_eq!(AccessToken::new("short".into()).last_4(), "");
    }
}
