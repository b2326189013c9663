//! The log: a file in the home, short, without secrets or customers' data.

use std::{
    fs::{self, OpenOptions},
    path::Path,
    sync::Mutex,
};

use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// A log that has grown past this begins anew at the next start; the one before is kept beside it.
const LARGE: u64 = 2 * 1024 * 1024;

/// Logs to `stockroom.log` in `home` from now on, and to standard error as well.
/// `STOCKROOM_LOG` sets what is logged, `warn` unless told otherwise.
///
/// Without a place to write it logs to standard error only: a full disk must not keep the app
/// from starting.
pub fn keep_log(home: &Path) {
    let path = home.join("stockroom.log");
    if fs::metadata(&path).is_ok_and(|log| log.len() > LARGE) {
        // If it can't be moved it just grows on.
        let _ = fs::rename(&path, home.join("stockroom.log.1"));
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let filter =
        EnvFilter::try_from_env("STOCKROOM_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false);
    // A second call in one process, as tests make, leaves the first in place.
    let _ = match options.open(&path) {
        Ok(file) => builder.with_writer(Both(Mutex::new(file))).try_init(),
        Err(_) => builder.with_writer(std::io::stderr).try_init(),
    };
}

struct Both(Mutex<fs::File>);

impl<'a> MakeWriter<'a> for Both {
    type Writer = Tee<'a>;

    fn make_writer(&'a self) -> Tee<'a> {
        Tee(self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

struct Tee<'a>(std::sync::MutexGuard<'a, fs::File>);

impl std::io::Write for Tee<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // A closed standard error or a full disk is no reason to stop working.
        let _ = std::io::stderr().write_all(bytes);
        let _ = self.0.write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let _ = self.0.flush();
        Ok(())
    }
}
