//! Pictures of products: fetched from the store's own image hosts, and kept on this computer.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use bigcommerce::{ApiOrigin, PictureError, PictureKind, PictureSource};
use commerce::{Picture, ProductId, Tick};
use credentials::Prompt;
use desk::ProfileKey;
use sha2::{Digest as _, Sha256};

use crate::{Error, Workbench, lock, on_disk, on_files, store::OpenStore};

/// What all pictures of a store may take up on disk; the oldest go first.
const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// What is left once some have gone, so that not every new picture sends an old one away.
const KEPT_BYTES: u64 = MOST_BYTES / 10 * 9;
/// How long a picture that could not be had is not asked for again.
const AGAIN_AFTER: Duration = Duration::from_secs(60);
/// Pictures that could not be had, remembered at once.
const MOST_FAILED: usize = 1_000;

/// How large a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureSize {
    /// About 220 pixels wide.
    Thumbnail,
    /// As large as the shop shows it.
    Standard,
}

/// A picture to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPicture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is made as.
    pub kind: PictureKind,
}

/// What is known of a store's pictures without looking.
#[derive(Default)]
pub(crate) struct PictureShelf {
    /// Bytes in the folder; `None` until they were counted.
    bytes: Mutex<Option<u64>>,
    /// Those that could not be had, and since when.
    failed: Mutex<HashMap<String, Tick>>,
}

impl Workbench {
    /// A product's picture, from this computer or else from the store's image host. With a store
    /// that opens offline only, just what is here.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a product without one, or if it can't be had; why stands in the log.
    pub async fn picture(
        &self,
        key: &ProfileKey,
        product: ProductId,
        size: PictureSize,
    ) -> Result<ShownPicture, Error> {
        let store = self.inner.open_store(key).await?;
        let reader = Arc::clone(&store);
        let found = on_files(store.watched(), move || {
            Ok(reader.mirror.product(product)?)
        })
        .await?;
        let picture = found
            .and_then(|product| product.picture)
            .ok_or(Error::NotFound)?;
        let address = address(&picture, size).to_owned();
        let name = PictureSource::name_of(&address).ok_or(Error::NotFound)?;
        let folder = self
            .inner
            .home
            .pictures(key)
            .map_err(crate::store::folder_error)?;
        let file = folder.join(digest(&[&name], 16));
        let here = file.clone();
        if let Some(shown) = on_disk(move || Ok(read(&here))).await? {
            return Ok(shown);
        }
        let source = self.picture_source(&store).await;
        let source = source.ok_or(Error::NotFound)?;
        self.fetch(&store, &source, &address, file).await
    }

    async fn fetch(
        &self,
        store: &Arc<OpenStore>,
        source: &PictureSource,
        address: &str,
        file: PathBuf,
    ) -> Result<ShownPicture, Error> {
        if store
            .pictures
            .failed_lately(address, self.inner.clock.now())
        {
            return Err(Error::NotFound);
        }
        match self.inner.pictures.fetch(source, address).await {
            Ok(fetched) => {
                let shown = ShownPicture {
                    bytes: fetched.bytes,
                    kind: fetched.kind,
                };
                let (keeper, kept) = (Arc::clone(store), shown.clone());
                on_disk(move || {
                    if let Err(error) = keeper.pictures.keep(&file, &kept.bytes) {
                        // It can be shown all the same.
                        tracing::warn!(%error, "a picture was not kept");
                    }
                    Ok(())
                })
                .await?;
                Ok(shown)
            }
            Err(error) => {
                if error == PictureError::NotAllowed {
                    tracing::warn!(store = %store.key, "a picture lies where none is fetched from");
                } else {
                    tracing::info!(store = %store.key, %error, "no picture");
                }
                store.pictures.failed(address, self.inner.clock.now());
                Err(Error::NotFound)
            }
        }
    }

    /// Where the store's pictures may come from; `None` if it opens offline only, or can't be
    /// reached just now.
    async fn picture_source(&self, store: &OpenStore) -> Option<PictureSource> {
        let profile = store.profile();
        let own_host = profile.info.map(|info| info.domain).unwrap_or_default();
        let origin = if profile.is_sample {
            // The window asks for each picture again from time to time, and only a person can help.
            let kept_by_others = [Error::SampleOutdated, Error::SampleNewer];
            if kept_by_others.iter().any(|error| store.is_known(error)) {
                return None;
            }
            store.client(Prompt::Never).await.ok()?.origin().clone()
        } else if profile.origin == self.inner.origin.as_str() {
            ApiOrigin::parse(&profile.origin).ok()?
        } else {
            return None;
        };
        Some(PictureSource::of(&origin, &own_host))
    }
}

/// A short text that is another one for every other picture.
#[must_use]
pub fn picture_version(picture: &Picture) -> String {
    digest(&[&picture.thumbnail, &picture.standard], 8)
}

fn digest(texts: &[&str], length: usize) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    let bytes = digest.finalize();
    bytes[..length]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The size that is wanted, else the other.
fn address(picture: &Picture, size: PictureSize) -> &str {
    let (first, second) = match size {
        PictureSize::Thumbnail => (&picture.thumbnail, &picture.standard),
        PictureSize::Standard => (&picture.standard, &picture.thumbnail),
    };
    if first.is_empty() { second } else { first }
}

/// A file that can't be read, or holds no picture, is as good as none: it is fetched anew.
fn read(file: &Path) -> Option<ShownPicture> {
    let bytes = fs::read(file).ok()?;
    let kind = PictureKind::of(&bytes)?;
    Some(ShownPicture { bytes, kind })
}

impl PictureShelf {
    fn failed_lately(&self, address: &str, now: Tick) -> bool {
        lock(&self.failed)
            .get(address)
            .is_some_and(|since| now.since(*since) < AGAIN_AFTER)
    }

    fn failed(&self, address: &str, now: Tick) {
        let mut failed = lock(&self.failed);
        if failed.len() >= MOST_FAILED {
            failed.retain(|_, since| now.since(*since) < AGAIN_AFTER);
        }
        if failed.len() < MOST_FAILED {
            failed.insert(address.to_owned(), now);
        }
    }

    /// Puts a picture into its file, whole or not at all, and sends the oldest away if there are
    /// too many.
    fn keep(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.keep_within(file, bytes, MOST_BYTES, KEPT_BYTES)
    }

    fn keep_within(&self, file: &Path, bytes: &[u8], most: u64, kept: u64) -> io::Result<()> {
        let folder = file.parent().unwrap_or(file);
        let mut total = lock(&self.bytes);
        let before = match *total {
            Some(before) => before,
            None => files(folder)?.iter().map(|(_, _, bytes)| bytes).sum(),
        };
        let half = file.with_extension("part");
        write_private(&half, bytes)
            .and_then(|()| fs::rename(&half, file))
            .inspect_err(|_| {
                // On a full disk half of it would take room for nothing. It may not even have been begun.
                let _ = fs::remove_file(&half);
            })?;
        let mut now = before + bytes.len() as u64;
        if now > most {
            now = send_away(folder, file, kept)?;
        }
        *total = Some(now);
        Ok(())
    }
}

/// Deletes the oldest files until no more than `kept` bytes are left, but never `newest`. Gives how
/// many bytes that are.
fn send_away(folder: &Path, newest: &Path, kept: u64) -> io::Result<u64> {
    let mut files = files(folder)?;
    files.sort();
    let mut left: u64 = files.iter().map(|(_, _, bytes)| bytes).sum();
    for (_, file, bytes) in files {
        if left <= kept {
            break;
        }
        if file != newest && fs::remove_file(&file).is_ok() {
            left -= bytes;
        }
    }
    Ok(left)
}

/// Files of a folder: when each was written, where it is, how large it is.
fn files(folder: &Path) -> io::Result<Vec<(SystemTime, PathBuf, u64)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_file() {
            let at = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            files.push((at, entry.path(), about.len()));
        }
    }
    Ok(files)
}

fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    io::Write::write_all(&mut options.open(file)?, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pictures_go_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = PictureShelf::default();
        let file = |n: u64| folder.path().join(format!("{n:02}"));
        for n in 0..12 {
            shelf.keep_within(&file(n), &[7; 10], 100, 60).unwrap();
            // Written one after the other, however coarse the file system's clock is.
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(n);
            let opened = fs::File::options().write(true).open(file(n)).unwrap();
            opened.set_modified(at).unwrap();
        }
        let left: Vec<bool> = (0..12).map(|n| file(n).exists()).collect();
        // The eleventh was one too many: the oldest went until 60 bytes were left, then one came.
        let mut wanted = vec![false; 5];
        wanted.extend([true; 7]);
        assert_eq!(left, wanted);
        // A shelf that has just been opened counts what is there.
        let again = PictureShelf::default();
        for n in 12..16 {
            again.keep_within(&file(n), &[7; 10], 100, 60).unwrap();
        }
        assert!(!file(5).exists() && file(15).exists());
        assert!(files(folder.path()).unwrap().len() <= 10);
    }

    #[test]
    fn a_picture_that_can_not_be_kept_leaves_no_half_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = PictureShelf::default();
        // Nothing can be put in the place of a folder that is not empty.
        let taken = folder.path().join("taken");
        fs::create_dir_all(taken.join("by")).unwrap();
        assert!(shelf.keep_within(&taken, &[7; 10], 100, 60).is_err());
        assert!(!taken.with_extension("part").exists());

        let file = folder.path().join("next");
        shelf.keep_within(&file, &[7; 10], 100, 60).unwrap();
        assert_eq!(fs::read(file).unwrap(), [7; 10]);
    }

    #[test]
    fn the_size_that_is_missing_is_stood_in_for_by_the_other() {
        let picture = |thumbnail: &str, standard: &str| Picture {
            thumbnail: thumbnail.into(),
            standard: standard.into(),
            description: String::new(),
        };
        assert_eq!(address(&picture("t", "s"), PictureSize::Thumbnail), "t");
        assert_eq!(address(&picture("t", "s"), PictureSize::Standard), "s");
        assert_eq!(address(&picture("", "s"), PictureSize::Thumbnail), "s");
        assert_eq!(address(&picture("t", ""), PictureSize::Standard), "t");
        assert_ne!(
            picture_version(&picture("ab", "c")),
            picture_version(&picture("a", "bc"))
        );
    }

    #[test]
    fn what_could_not_be_had_is_left_alone_for_a_minute() {
        let shelf = PictureShelf::default();
        let at = |seconds| Tick::at(Duration::from_secs(seconds));
        shelf.failed("a", at(10));
        assert!(shelf.failed_lately("a", at(69)));
        assert!(!shelf.failed_lately("a", at(70)));
        assert!(!shelf.failed_lately("b", at(10)));
        for n in 0..2 * MOST_FAILED {
            shelf.failed(&n.to_string(), at(20));
        }
        assert!(lock(&shelf.failed).len() <= MOST_FAILED);
    }
}
