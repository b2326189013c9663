//! The folder that holds everything the app keeps, and the lock on it.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use desk::ProfileKey;
use fs4::fs_std::FileExt as _;

/// No profile's key begins like this.
const REMOVED: &str = "removed_";

/// A home that this process alone may write to, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Home {
    path: PathBuf,
    _lock: File,
}

/// Why a home can't be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Another process has it.
    #[error("Stockroom is already open with this folder (process {holder})")]
    Held {
        /// Its process number, as it wrote it; empty if it could not be read.
        holder: String,
    },
    /// The folder can't be made or written to.
    #[error("the folder {} can't be used: {source}", path.display())]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Home {
    /// Makes the folder if it isn't there, keeps everybody else out of it (mode 0700) and takes the
    /// lock.
    ///
    /// # Errors
    /// [`HomeError`].
    pub fn open(path: &Path) -> Result<Self, HomeError> {
        let unusable = |source| HomeError::Unusable {
            path: path.to_owned(),
            source,
        };
        make_private_folder(path).map_err(unusable)?;
        let mut options = OpenOptions::new();
        options.create(true).read(true).write(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut lock = options.open(path.join("lock")).map_err(unusable)?;
        if !lock.try_lock_exclusive().map_err(unusable)? {
            let mut holder = String::new();
            // The number is a courtesy; without it the sentence is still true.
            let _ = lock.read_to_string(&mut holder);
            return Err(HomeError::Held {
                holder: holder.trim().to_owned(),
            });
        }
        let write = |lock: &mut File| {
            lock.set_len(0)?;
            lock.rewind()?;
            writeln!(lock, "{}", std::process::id())
        };
        // On a full disk the lock holds all the same.
        let _ = write(&mut lock);
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn desk(&self) -> PathBuf {
        self.path.join("desk.sqlite")
    }

    /// Sets a removed store's folder aside, in one step, so that nothing finds it again; what is
    /// left of it goes with [`Home::sweep`]. `None` if there is none.
    pub(crate) fn discard(&self, key: &ProfileKey, mark: &str) -> std::io::Result<Option<PathBuf>> {
        let folder = self.path.join("stores").join(key.as_str());
        if !folder.exists() {
            return Ok(None);
        }
        let aside = self.path.join("stores").join(format!("{REMOVED}{mark}"));
        if aside.exists() {
            // Of an attempt that came no further.
            fs::remove_dir_all(&aside)?;
        }
        fs::rename(folder, &aside)?;
        Ok(Some(aside))
    }

    /// The marks under which folders were set aside and not yet deleted.
    pub(crate) fn set_aside(&self) -> Vec<String> {
        let Ok(stores) = fs::read_dir(self.path.join("stores")) else {
            return Vec::new();
        };
        stores
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                name.strip_prefix(REMOVED).map(str::to_owned)
            })
            .collect()
    }

    /// Deletes what is left of stores that were removed.
    pub(crate) fn sweep(&self) {
        for mark in self.set_aside() {
            let folder = self.path.join("stores").join(format!("{REMOVED}{mark}"));
            // What can't be deleted now is tried again at the next start.
            let _ = fs::remove_dir_all(folder);
        }
    }

    /// The folder of one store, made if it isn't there.
    pub(crate) fn store(&self, key: &ProfileKey) -> std::io::Result<PathBuf> {
        let stores = self.path.join("stores");
        make_private_folder(&stores)?;
        let folder = stores.join(key.as_str());
        make_private_folder(&folder)?;
        Ok(folder)
    }

    /// A place for the journal of a store that is removed, in a folder of its own that nothing deletes
    /// from. No file is there yet.
    pub(crate) fn archive(&self, name: &str) -> std::io::Result<PathBuf> {
        let folder = self.path.join("archive");
        make_private_folder(&folder)?;
        let mut places = (2..).map(|number| folder.join(format!("{name} ({number}).csv")));
        let mut place = folder.join(format!("{name}.csv"));
        while place.try_exists()? {
            place = places.next().ok_or(std::io::ErrorKind::AlreadyExists)?;
        }
        Ok(place)
    }

    /// The folder of one store's pictures, made if it isn't there.
    pub(crate) fn pictures(&self, key: &ProfileKey) -> std::io::Result<PathBuf> {
        let folder = self.store(key)?.join("pictures");
        make_private_folder(&folder)?;
        Ok(folder)
    }
}

fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)?;
    // One that was there before may be open to others.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let permissions = fs::metadata(path)?.permissions();
        if permissions.mode() & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let first = Home::open(&home).unwrap();
        match Home::open(&home) {
            Err(HomeError::Held { holder }) => {
                assert_eq!(holder, std::process::id().to_string());
            }
            other => panic!("{other:?}"),
        }
        drop(first);
        Home::open(&home).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_the_home() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("home");
        // Made by hand, as most people make folders.
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let home = Home::open(&path).unwrap();
        let store = home.store(&"abc".parse().unwrap()).unwrap();
        for path in [path.clone(), path.join("stores"), store] {
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
}
