//! Taking credentials over, from wherever they come.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use commerce::{AccessToken, Preset, StoreHash};
use credentials::{
    AddressReading, HandedText, Reading, StoreNamed, TextKind, TokenMistake, TokenReading, Unusual,
    file_holds, read_address, read_file, read_typed,
};

use super::{Attempt, Pending};
use crate::{Error, Notice, Workbench, lock, on_disk};

/// Credentials as they are handed over.
#[derive(Debug)]
pub enum Handed {
    /// Typed or pasted into the window's field.
    Typed(HandedText),
    /// What the clipboard holds.
    Clipboard(HandedText),
    /// A file that was chosen.
    File(PathBuf),
    /// The file that was dropped on the window last.
    Dropped,
    /// What was handed over before, once more: with another address, or for another purpose.
    Again,
}

/// Where credentials came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandedFrom {
    /// The window's field.
    Typed,
    /// The clipboard.
    Clipboard,
    /// A file.
    File(PathBuf),
    /// The environment, when the app started.
    Environment,
}

/// What was found in what was handed over. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// Where it came from.
    pub from: HandedFrom,
    /// What kind of text it is.
    pub kind: TextKind,
    /// The store that the text names, if it names one.
    pub hash: Option<StoreHash>,
    /// The token's last four characters; empty if there is none.
    pub last_4: String,
    /// What the API account is called, where the text says so.
    pub client_name: Option<String>,
    /// The token's length, if it is unusual.
    pub unusual_length: Option<usize>,
    /// All that keeps it from being checked.
    pub mistakes: Vec<HandMistake>,
    /// Ready to be checked, if there are no mistakes.
    pub attempt: Option<Attempt>,
}

/// Why credentials can't be checked as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandMistake {
    /// There is no access token in it, but this.
    Token(TokenMistake),
    /// Neither the address nor the text names a store.
    NoStore,
    /// The text is of another store than the address.
    OtherStore {
        /// The address's.
        wanted: StoreHash,
        /// The text's.
        found: StoreHash,
    },
    /// The text names several stores, and the address none or none of them.
    SeveralStores {
        /// The address's.
        wanted: Option<StoreHash>,
        /// The text's, in the order of the alphabet.
        found: Vec<StoreHash>,
    },
    /// The file can't be read.
    Unreadable(io::ErrorKind),
}

/// What a store is connected for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectWish {
    /// The job.
    pub preset: Preset,
    /// To make tokens for the storefront as well.
    pub storefront: bool,
}

impl From<Preset> for ConnectWish {
    fn from(preset: Preset) -> Self {
        Self {
            preset,
            storefront: false,
        }
    }
}

/// What was handed over last, with its token.
pub(crate) struct Held {
    reading: Reading,
    from: HandedFrom,
}

/// What is left lying about after a token was saved: it may be in the clipboard, or in the file
/// that it came in.
pub struct LeftOver {
    token: AccessToken,
    file: Option<PathBuf>,
}

impl LeftOver {
    /// Whether the clipboard still holds the token.
    #[must_use]
    pub fn is_in(&self, clipboard: &HandedText) -> bool {
        clipboard.holds(&self.token)
    }

    /// The file that the token came in; `None` if it came otherwise, or if the file no longer holds
    /// it.
    ///
    /// # Errors
    /// [`Error::Stopping`].
    pub async fn file(&self) -> Result<Option<PathBuf>, Error> {
        let Some(file) = self.file.clone() else {
            return Ok(None);
        };
        let token = self.token.clone();
        on_disk(move || Ok(file_holds(&file, &token).unwrap_or(false).then_some(file))).await
    }
}

impl Workbench {
    /// Reads credentials and takes their token into memory, to be checked.
    ///
    /// `address` is anything that names the store, or nothing if the text does. The token is meant to
    /// serve the storefront, too, if `storefront` says so or the store has access to it already. With a
    /// mistake, no attempt is made; a token that was found is held all the same, for [`Handed::Again`].
    ///
    /// # Errors
    /// [`Error::AttemptGone`] for [`Handed::Again`] and [`Handed::Dropped`] if there is nothing to
    /// take, [`Error::File`] if the desk can't be read.
    pub async fn hand_over(
        &self,
        handed: Handed,
        address: &str,
        wish: impl Into<ConnectWish>,
    ) -> Result<HandedOver, Error> {
        let wish = wish.into();
        let held = match handed {
            Handed::Typed(text) => Held {
                reading: text.read_typed(),
                from: HandedFrom::Typed,
            },
            Handed::Clipboard(text) => Held {
                reading: text.read(),
                from: HandedFrom::Clipboard,
            },
            Handed::File(path) => match self.read(path).await? {
                Ok(held) => held,
                Err(over) => return Ok(over),
            },
            Handed::Dropped => {
                let path = lock(&self.inner.dropped).take().ok_or(Error::AttemptGone)?;
                match self.read(path).await? {
                    Ok(held) => held,
                    Err(over) => return Ok(over),
                }
            }
            Handed::Again => lock(&self.inner.held).take().ok_or(Error::AttemptGone)?,
        };
        self.take_over(held, address, wish)
    }

    /// Takes the store and token of the environment.
    ///
    /// # Errors
    /// [`Error::AttemptGone`] if it named none, [`Error::Token`] or [`Error::NoHash`] if they
    /// can't be used.
    pub fn connect_environment(&self) -> Result<Attempt, Error> {
        let named = self.inner.environment.as_ref().ok_or(Error::AttemptGone)?;
        let held = Held {
            reading: read_typed(named.token.expose().to_owned()),
            from: HandedFrom::Environment,
        };
        let over = self.take_over(held, &named.address, Preset::Everything.into())?;
        over.attempt.ok_or_else(|| match over.mistakes.first() {
            Some(HandMistake::Token(mistake)) => Error::Token(*mistake),
            _ => Error::NoHash,
        })
    }

    /// A file was dropped on the window. It is read when that is asked for, not before.
    pub fn file_dropped(&self, path: PathBuf) {
        let name = name_of(&path);
        *lock(&self.inner.dropped) = Some(path);
        self.inner.notify(Notice::FileDropped(name));
    }

    /// A file is being held over the window, or no longer.
    pub fn file_over(&self, over: bool) {
        self.inner.notify(Notice::FileOver(over));
    }

    /// Forgets all that was handed over and not saved: tokens, texts, and files that were dropped.
    pub fn forget_handed(&self) {
        for (_, attempt) in lock(&self.inner.attempts).drain() {
            attempt.stop();
        }
        lock(&self.inner.held).take();
        lock(&self.inner.dropped).take();
        lock(&self.inner.left_over).take();
    }

    /// What a saved token may have left lying about; `None` if nothing was saved since.
    #[must_use]
    pub fn left_over(&self) -> Option<LeftOver> {
        lock(&self.inner.left_over).take()
    }

    async fn read(&self, path: PathBuf) -> Result<Result<Held, HandedOver>, Error> {
        let from = HandedFrom::File(path.clone());
        let read = on_disk(move || Ok(read_file(&path).map_err(|error| error.kind()))).await?;
        Ok(match read {
            Ok(reading) => Ok(Held { reading, from }),
            Err(kind) => Err(HandedOver {
                from,
                kind: TextKind::Unclear,
                hash: None,
                last_4: String::new(),
                client_name: None,
                unusual_length: None,
                mistakes: vec![HandMistake::Unreadable(kind)],
                attempt: None,
            }),
        })
    }

    fn take_over(&self, held: Held, address: &str, wish: ConnectWish) -> Result<HandedOver, Error> {
        let Held { reading, from } = &held;
        let (token, unusual_length) = match &reading.token {
            TokenReading::Token { token, unusual } => {
                let unusual = unusual.map(|Unusual::Length { chars }| chars);
                (Ok(token.clone()), unusual)
            }
            TokenReading::Mistake(mistake) => (Err(HandMistake::Token(*mistake)), None),
        };
        let store = which_store(address, &reading.store);
        let mut over = HandedOver {
            from: from.clone(),
            kind: reading.kind,
            hash: match &reading.store {
                StoreNamed::One(hash) => Some(hash.clone()),
                StoreNamed::None | StoreNamed::Several(_) => None,
            },
            last_4: token.as_ref().map(AccessToken::last_4).unwrap_or_default(),
            client_name: reading.client_name.clone(),
            unusual_length,
            mistakes: Vec::new(),
            attempt: None,
        };
        match (token, store) {
            (Ok(token), Ok(hash)) => {
                over.attempt = Some(self.begin(hash, token, unusual_length, from.clone(), wish)?);
                *lock(&self.inner.held) = Some(held);
            }
            (Ok(_), Err(mistake)) => {
                over.mistakes.push(mistake);
                *lock(&self.inner.held) = Some(held);
            }
            (Err(mistake), store) => {
                over.mistakes.push(mistake);
                // Without a token it says nothing that a store is missing.
                if let Err(
                    other @ (HandMistake::OtherStore { .. }
                    | HandMistake::SeveralStores {
                        wanted: Some(_), ..
                    }),
                ) = store
                {
                    over.mistakes.push(other);
                }
            }
        }
        Ok(over)
    }

    fn begin(
        &self,
        hash: StoreHash,
        token: AccessToken,
        unusual_length: Option<usize>,
        from: HandedFrom,
        wish: ConnectWish,
    ) -> Result<Attempt, Error> {
        let connected = self.same_store(&hash)?;
        let asks_storefront = match &connected {
            Some(profile) => self.inner.uses_storefront(profile)?,
            None => false,
        };
        let attempt = Attempt {
            id: self.inner.new_id(),
            connected_as: connected.map(|profile| profile.key),
            hash,
            last_4: token.last_4(),
            unusual_length,
            preset: wish.preset,
            storefront: wish.storefront || asks_storefront,
        };
        let pending = Pending::new(&self.inner, attempt.clone(), token, from);
        let mut attempts = lock(&self.inner.attempts);
        // A window works on one attempt; what it left behind goes, and its token with it.
        for (_, old) in attempts.drain() {
            old.stop();
        }
        attempts.insert(attempt.id.clone(), Arc::new(pending));
        Ok(attempt)
    }
}

impl HandedFrom {
    /// The file's name, where it was one.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        match self {
            Self::File(path) => Some(name_of(path)),
            Self::Typed | Self::Clipboard | Self::Environment => None,
        }
    }
}

impl super::Pending {
    /// What saving it leaves lying about.
    pub(super) fn left_over(&self) -> LeftOver {
        LeftOver {
            token: self.token.clone(),
            file: match &self.from {
                HandedFrom::File(path) => Some(path.clone()),
                HandedFrom::Typed | HandedFrom::Clipboard | HandedFrom::Environment => None,
            },
        }
    }
}

/// The store that is meant: the address's, or else the text's.
pub(crate) fn which_store(address: &str, named: &StoreNamed) -> Result<StoreHash, HandMistake> {
    let wanted = match read_address(address) {
        AddressReading::Hash { hash, .. } => Some(hash),
        AddressReading::Empty => None,
        AddressReading::NoHash { .. } | AddressReading::Secret | AddressReading::Unclear => {
            return Err(HandMistake::NoStore);
        }
    };
    match (wanted, named) {
        (None, StoreNamed::None) => Err(HandMistake::NoStore),
        (None, StoreNamed::One(found)) => Ok(found.clone()),
        (Some(wanted), StoreNamed::One(found)) if wanted != *found => {
            Err(HandMistake::OtherStore {
                wanted,
                found: found.clone(),
            })
        }
        (Some(wanted), StoreNamed::None | StoreNamed::One(_)) => Ok(wanted),
        (Some(wanted), StoreNamed::Several(found)) if found.contains(&wanted) => Ok(wanted),
        (wanted, StoreNamed::Several(found)) => Err(HandMistake::SeveralStores {
            wanted,
            found: found.clone(),
        }),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
