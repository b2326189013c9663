//! Pictures, from the store's own image hosts and nowhere else.
//!
//! The addresses come from the store, which is no reason to trust them: only listed hosts are
//! asked, over HTTPS, at addresses of the public internet, without the access token, and what comes
//! back has to be a picture by its first bytes.

use std::{fmt, sync::Arc, time::Duration};

use commerce::Clock;
use futures::future::{Either, select};
use url::{Host, Url};

use crate::{
    ApiOrigin, HttpTransportError,
    transport::{Outside, on_this_computer},
};

mod names;
mod public;
mod turns;

use names::Names;
use turns::Turns;

/// The largest picture that is taken. Source: BigCommerce help, "Platform limits".
pub const PICTURE_MAX_BYTES: usize = 8 * 1024 * 1024;

/// How long one picture may take, waiting for its turn not counted. The newest asked for has the next turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pictures that are fetched at a time.
const AT_ONCE: usize = 6;
/// Hosts of BigCommerce below which stores keep their pictures.
///
/// Source: addresses in the BigCommerce REST reference, "Get product images" (`cdn11.…`), and of
/// stores without a domain of their own (`store-HASH.mybigcommerce.com`).
const PLATFORM: [&str; 2] = ["bigcommerce.com", "mybigcommerce.com"];

/// From where a store's pictures may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureSource {
    /// BigCommerce's hosts, and the store's own.
    Internet {
        /// The shop's own host; empty for none.
        own_host: String,
    },
    /// A store on this computer: that very origin. Addresses of an earlier run of it, on another
    /// port, are asked for there too.
    Loopback(ApiOrigin),
}

impl PictureSource {
    /// For a store with its API at `origin` and the shop at `own_host`.
    #[must_use]
    pub fn of(origin: &ApiOrigin, own_host: &str) -> Self {
        if origin.is_loopback() {
            Self::Loopback(origin.clone())
        } else {
            Self::Internet {
                own_host: own_host.trim().to_ascii_lowercase(),
            }
        }
    }

    /// Where to ask for the picture at `address`; `None` if it may not be asked for.
    fn resolve(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address.trim()).ok()?;
        match self {
            Self::Internet { own_host } => {
                let Some(Host::Domain(host)) = url.host() else {
                    return None;
                };
                let fits = is_bare(&url)
                    && url.scheme() == "https"
                    && url.port().is_none()
                    && (is_of_platform(host) || (host == own_host && host.contains('.')));
                fits.then_some(url)
            }
            Self::Loopback(origin) => {
                let path = path_on_loopback(&url)?;
                Url::parse(&format!("{origin}{path}")).ok()
            }
        }
    }

    /// What stays the same of an address whenever the same picture is asked for, whether or not it may be: also while
    /// a store on this computer isn't running, and has no port. `None` if it is no address.
    #[must_use]
    pub fn name_of(address: &str) -> Option<String> {
        let url = Url::parse(address.trim()).ok()?;
        let name = path_on_loopback(&url).unwrap_or(url.as_str());
        Some(name.to_owned())
    }
}

/// Whether an address names no user and no password.
fn is_bare(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none()
}

/// Path and query of an address on this computer; `None` of any other.
fn path_on_loopback(url: &Url) -> Option<&str> {
    let is_loopback = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    (is_loopback && is_bare(url)).then_some(path)
}

fn is_of_platform(host: &str) -> bool {
    PLATFORM.iter().any(|platform| {
        host.strip_suffix(platform)
            .is_some_and(|below| below.len() > 1 && below.ends_with('.'))
    })
}

/// What a picture is made as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the formats")]
pub enum PictureKind {
    Png,
    Jpeg,
    Gif,
    Webp,
}

impl PictureKind {
    /// What these bytes begin as; `None` for anything but a picture.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// Its address is not one of the store's image hosts, or leads into a private network.
    #[error("the picture lies where none is fetched from")]
    NotAllowed,
    /// It was moved elsewhere. That is not followed.
    #[error("the picture was moved elsewhere")]
    Moved,
    /// The host doesn't give it.
    #[error("the host answers {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// What came is no picture.
    #[error("that is no picture")]
    NoPicture,
    /// It is larger than [`PICTURE_MAX_BYTES`].
    #[error("the picture is too large")]
    TooLarge,
    /// It took too long.
    #[error("the picture took too long")]
    TimedOut,
    /// The host could not be reached, or the answer broke off.
    #[error("the host could not be reached")]
    Network,
}

/// A picture as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct FetchedPicture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is made as.
    pub kind: PictureKind,
}

impl fmt::Debug for FetchedPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {} bytes", self.kind, self.bytes.len())
    }
}

/// Fetches pictures. Cheap to clone; clones share their turns.
#[derive(Clone)]
pub struct Pictures {
    outside: Outside,
    loopback: reqwest::Client,
    names: Names,
    clock: Arc<dyn Clock>,
    turns: Turns,
}

impl fmt::Debug for Pictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pictures").finish_non_exhaustive()
    }
}

impl Pictures {
    /// Ready to ask as `user_agent` (name and version, as `Stockroom/0.1`).
    ///
    /// # Errors
    /// [`HttpTransportError`] if the HTTP library can't start.
    pub fn new(user_agent: &str, clock: Arc<dyn Clock>) -> Result<Self, HttpTransportError> {
        let user_agent = user_agent.to_owned();
        let builder = move || {
            reqwest::Client::builder()
                .user_agent(user_agent.as_str())
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .retry(reqwest::retry::never())
        };
        let names = Names::default();
        let known = names.clone();
        Ok(Self {
            loopback: on_this_computer(&builder)?,
            outside: Outside::new(move || {
                builder()
                    .https_only(true)
                    .dns_resolver(Arc::new(known.clone()))
            }),
            names,
            clock,
            turns: Turns::new(AT_ONCE),
        })
    }

    /// Fetches the picture at `address`, if it may come from there.
    ///
    /// # Errors
    /// [`PictureError`].
    pub async fn fetch(
        &self,
        source: &PictureSource,
        address: &str,
    ) -> Result<FetchedPicture, PictureError> {
        let url = source.resolve(address).ok_or(PictureError::NotAllowed)?;
        let client = match source {
            PictureSource::Internet { .. } => {
                self.names
                    .ask_for_pictures(url.host_str().unwrap_or_default());
                self.outside.client().map_err(|_| PictureError::Network)?
            }
            PictureSource::Loopback(_) => &self.loopback,
        };
        let _turn = self.turns.mine().await;
        let deadline = self.clock.now() + PATIENCE;
        let exchange = std::pin::pin!(exchange(client, url));
        match select(exchange, self.clock.sleep_until(deadline)).await {
            Either::Left((done, _)) => done,
            Either::Right(((), _)) => Err(PictureError::TimedOut),
        }
    }
}

async fn exchange(client: &reqwest::Client, url: Url) -> Result<FetchedPicture, PictureError> {
    let request = client.get(url).header("Accept", "image/*");
    let mut response = request.send().await.map_err(|_| PictureError::Network)?;
    let status = response.status();
    if status.is_redirection() {
        return Err(PictureError::Moved);
    }
    if !status.is_success() {
        return Err(PictureError::Refused {
            status: status.as_u16(),
        });
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| PictureError::Network)? {
        if bytes.len() + chunk.len() > PICTURE_MAX_BYTES {
            return Err(PictureError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    let kind = PictureKind::of(&bytes).ok_or(PictureError::NoPicture)?;
    Ok(FetchedPicture { bytes, kind })
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use reqwest::dns::Resolve as _;

    use super::*;

    fn internet() -> PictureSource {
        PictureSource::of(&ApiOrigin::bigcommerce(), "Tea.example")
    }

    #[test]
    fn pictures_come_from_the_platform_and_the_shop_itself_only() {
        for address in [
            "https://cdn11.bigcommerce.com/s-abc/images/a.jpg?c=1",
            "https://store-abc.mybigcommerce.com/product_images/a.png",
            "https://tea.example/a.png",
            "https://TEA.example:443/a.png",
        ] {
            assert!(internet().resolve(address).is_some(), "{address}");
        }
        for address in [
            "http://cdn11.bigcommerce.com/a.jpg",
            "https://cdn11.bigcommerce.com:8443/a.jpg",
            "https://bigcommerce.com.example/a.jpg",
            "https://evilbigcommerce.com/a.jpg",
            "https://.bigcommerce.com/a.jpg",
            "https://user@cdn11.bigcommerce.com/a.jpg",
            "https://www.tea.example/a.png",
            "https://other.example/a.png",
            "https://127.0.0.1/a.png",
            "https://[::1]/a.png",
            "https://10.0.0.1/a.png",
            "https://localhost/a.png",
            "ftp://cdn11.bigcommerce.com/a.jpg",
            "file:///etc/passwd",
            "data:image/png;base64,AAAA",
            "//cdn11.bigcommerce.com/a.jpg",
            "",
        ] {
            assert!(internet().resolve(address).is_none(), "{address}");
        }
    }

    #[test]
    fn a_shop_that_calls_itself_this_computer_opens_nothing() {
        for own in ["localhost", "127.0.0.1", "", "intranet"] {
            let source = PictureSource::of(&ApiOrigin::bigcommerce(), own);
            let address = format!("https://{own}/a.png");
            assert!(source.resolve(&address).is_none(), "{own}");
        }
    }

    #[test]
    fn a_store_on_this_computer_is_asked_at_its_own_origin_whatever_the_port_was() {
        let origin = ApiOrigin::loopback("http://127.0.0.1:4010").unwrap();
        let source = PictureSource::of(&origin, "tea.example");
        let at = |address: &str| source.resolve(address).map(|url| url.to_string());
        assert_eq!(
            at("http://127.0.0.1:9999/p/a.png?c=1#x").as_deref(),
            Some("http://127.0.0.1:4010/p/a.png?c=1")
        );
        for address in [
            "https://cdn11.bigcommerce.com/a.png",
            "https://tea.example/a.png",
            "http://192.168.0.1/a.png",
            "http://user@127.0.0.1/a.png",
        ] {
            assert_eq!(at(address), None, "{address}");
        }
    }

    #[test]
    fn a_picture_has_the_same_name_on_whatever_port_of_this_computer_it_lies() {
        let name = PictureSource::name_of;
        let here = name("http://127.0.0.1:9999/p/a.png?c=1#x");
        assert_eq!(here.as_deref(), Some("/p/a.png?c=1"));
        assert_eq!(here, name(" http://localhost:1/p/a.png?c=1"));
        let elsewhere = "https://tea.example/p/a.png?c=1";
        assert_eq!(name(elsewhere).as_deref(), Some(elsewhere));
        assert_ne!(name("http://user@127.0.0.1/p/a.png?c=1"), here);
        assert_eq!(name("p/a.png?c=1"), None);
    }

    /// The shop's own name may well lead into the office's network.
    #[tokio::test]
    async fn a_shop_whose_name_leads_to_this_computer_is_not_found() {
        let clock = Arc::new(testkit::RealClock::default());
        let pictures = Pictures::new("Stockroom-tests/0", clock).unwrap();
        // With every turn taken nothing is sent.
        let mut taken = Vec::new();
        for _ in 0..AT_ONCE {
            taken.push(pictures.turns.mine().await);
        }
        let shop = PictureSource::of(&ApiOrigin::bigcommerce(), "localhost.");
        drop(
            pictures
                .fetch(&shop, "https://localhost./a.png")
                .now_or_never(),
        );
        let found = pictures.names.resolve("localhost".parse().unwrap()).await;
        let error = found.err().expect("nothing was found");
        if std::net::ToSocketAddrs::to_socket_addrs("localhost:80").is_err() {
            return testkit::not_tried("a name of this computer, for here it has none");
        }
        assert_eq!(error.to_string(), "no public address");
    }

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], PictureKind::Png),
            (b"\xff\xd8\xff\xe0....", PictureKind::Jpeg),
            (b"GIF87a..", PictureKind::Gif),
            (b"GIF89a..", PictureKind::Gif),
            (b"RIFF\0\0\0\0WEBPVP8 ", PictureKind::Webp),
        ] {
            assert_eq!(PictureKind::of(bytes), Some(kind));
            assert_eq!(PictureKind::of(&bytes[..2]), None);
        }
        for bytes in [
            &b""[..],
            b"<svg xmlns=",
            b"<!doctype html>",
            b"GIF88a",
            b"RIFF\0\0\0\0WAVE",
        ] {
            assert_eq!(PictureKind::of(bytes), None);
        }
    }
}
