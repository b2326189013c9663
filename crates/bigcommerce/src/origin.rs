use std::fmt;

use commerce::{ChannelId, StoreHash};
use url::{Host, Url};

/// Where a store's API is: BigCommerce itself, or a process on this computer.
///
/// Nothing else can be constructed, so a token can go nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApiOrigin {
    text: String,
    is_loopback: bool,
}

/// A text that is neither BigCommerce's API origin nor one on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// Not an address at all.
    #[error("not a web address")]
    NotAnAddress,
    /// Carries a path, a query, a fragment, a user name or a password.
    #[error("an API origin is a scheme, a host and a port, nothing more")]
    NotAnOrigin,
    /// Neither `https://api.bigcommerce.com` nor a loopback host over http or https.
    #[error("the API is at https://api.bigcommerce.com or on this computer, nowhere else")]
    Elsewhere,
}

const BIGCOMMERCE_HOST: &str = "api.bigcommerce.com";

impl ApiOrigin {
    /// `https://api.bigcommerce.com`.
    ///
    /// Source: BigCommerce documentation, "API accounts", member `API PATH`.
    #[must_use]
    pub fn bigcommerce() -> Self {
        Self {
            text: format!("https://{BIGCOMMERCE_HOST}"),
            is_loopback: false,
        }
    }

    /// An origin on this computer: 127.0.0.0/8, `::1` or `localhost`, over http or https.
    ///
    /// # Errors
    /// [`OriginError`] for everything else, BigCommerce's own origin included.
    pub fn loopback(text: &str) -> Result<Self, OriginError> {
        let url = parsed(text)?;
        let on_this_computer = match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        if !on_this_computer {
            return Err(OriginError::Elsewhere);
        }
        Ok(Self {
            text: url.origin().ascii_serialization(),
            is_loopback: true,
        })
    }

    /// Either of the two: what [`ApiOrigin::as_str`] gave, or what a person set.
    ///
    /// # Errors
    /// [`OriginError`] for every other text.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let url = parsed(text)?;
        let is_bigcommerce = url.scheme() == "https"
            && url.host_str() == Some(BIGCOMMERCE_HOST)
            && url.port().is_none();
        if is_bigcommerce {
            Ok(Self::bigcommerce())
        } else {
            Self::loopback(text)
        }
    }

    /// Where a store's storefront answers GraphQL: BigCommerce's own name for it, or, for an origin on
    /// this computer, that origin. Channel 1 is the first storefront and has no number in its name.
    ///
    /// Source: BigCommerce documentation, "GraphQL Storefront API".
    pub(crate) fn storefront(&self, hash: &StoreHash, channel: ChannelId) -> (String, String) {
        if self.is_loopback {
            return (self.text.clone(), self.host().to_owned());
        }
        let host = if channel.0 == 1 {
            format!("store-{hash}.mybigcommerce.com")
        } else {
            format!("store-{hash}-{channel}.mybigcommerce.com")
        };
        (format!("https://{host}"), host)
    }

    /// Scheme, host and, where it isn't the scheme's own, port. No slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is on this computer.
    #[must_use]
    pub const fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// The host by itself, for messages.
    pub fn host(&self) -> &str {
        self.text
            .split_once("://")
            .map_or(self.text.as_str(), |(_, host)| host)
    }
}

impl fmt::Display for ApiOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn parsed(text: &str) -> Result<Url, OriginError> {
    let url = Url::parse(text.trim()).map_err(|_| OriginError::NotAnAddress)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(OriginError::Elsewhere);
    }
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if bare {
        Ok(url)
    } else {
        Err(OriginError::NotAnOrigin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bigcommerce_and_this_computer_are_origins() {
        for text in [
            "https://api.bigcommerce.com",
            "https://API.bigcommerce.com:443/",
        ] {
            assert_eq!(ApiOrigin::parse(text), Ok(ApiOrigin::bigcommerce()));
        }
        for text in [
            "http://127.0.0.1:4010",
            "http://127.9.9.9",
            "https://[::1]:9",
            "http://localhost:80",
        ] {
            assert!(ApiOrigin::parse(text).unwrap().is_loopback(), "{text}");
            assert!(ApiOrigin::loopback(text).is_ok(), "{text}");
        }
        for text in [
            "http://api.bigcommerce.com",
            "https://api.bigcommerce.com:444",
            "https://api.bigcommerce.com.example.com",
            "https://example.com",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::ffff:127.0.0.1]",
            "http://localhost.example.com",
            "http://user@localhost",
            "http://localhost/path",
            "http://localhost?q",
            "file:///tmp",
            "localhost:80",
            "",
        ] {
            assert!(ApiOrigin::parse(text).is_err(), "{text}");
        }
        assert!(ApiOrigin::loopback("https://api.bigcommerce.com").is_err());
    }

    #[test]
    fn an_origin_reads_back_from_its_own_text() {
        for text in [
            "https://api.bigcommerce.com",
            "http://[::1]:8080",
            "http://localhost:1",
        ] {
            let origin = ApiOrigin::parse(text).unwrap();
            assert_eq!(origin.as_str(), text);
            assert_eq!(ApiOrigin::parse(origin.as_str()), Ok(origin));
        }
    }
}
