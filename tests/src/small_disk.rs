//! A disk of a test's own, which really gets full.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write as _},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{desktop::Desktop, process::Running};

/// Where its bytes go when it is filled.
const FILLER: &str = "filler";

/// A small file system in memory, seen by those processes only that are started on it, and gone
/// with this.
#[derive(Debug)]
pub struct SmallDisk {
    // Keeps the mount alive between two processes on it.
    holder: Running,
    place: PathBuf,
    has_own_users: bool,
}

impl SmallDisk {
    /// Mounts one of so many MiB at `place`, a folder that is made for it. `None`, with a sentence
    /// on standard error, where the system lets this user mount nothing.
    ///
    /// # Panics
    /// If util-linux is not installed.
    #[must_use]
    pub fn mount(desktop: &Desktop, place: &Path, mebibytes: u32) -> Option<Self> {
        fs::create_dir_all(place).expect("the folder is ours");
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let mut command = desktop.command("unshare");
        command.arg("--mount");
        if !is_root {
            command.args(["--user", "--map-root-user"]);
        }
        let script = "mount -t tmpfs -o \"size=$2m,mode=700\" tmpfs \"$1\" && echo mounted && exec sleep infinity";
        command.args(["--", "sh", "-c", script, "small-disk"]);
        command.arg(place).arg(mebibytes.to_string());
        let mut holder = desktop.run("disk", &mut command, b"");
        if let Err(status) = holder.line(|line| line == "mounted") {
            testkit::not_tried(format_args!(
                "on a full disk, for this system lets nobody mount one ({status}, {})",
                holder.stderr().trim()
            ));
            return None;
        }
        Some(Self {
            holder,
            place: place.to_owned(),
            has_own_users: !is_root,
        })
    }

    /// A command that runs where the disk is mounted.
    #[must_use]
    pub fn command(&self, desktop: &Desktop, program: &Path) -> Command {
        let words = self.through();
        let mut command = desktop.command(&words[0]);
        command.args(&words[1..]).arg(program);
        command
    }

    /// The words of a command that becomes the one after it, where the disk is mounted.
    #[must_use]
    pub fn through(&self) -> Vec<String> {
        // Some who start it look for no program by its name alone.
        let mut words = vec![
            "/usr/bin/nsenter".to_owned(),
            format!("--target={}", self.holder.id()),
            "--mount".to_owned(),
        ];
        if self.has_own_users {
            words.extend(["--user", "--preserve-credentials"].map(str::to_owned));
        }
        words.push("--".to_owned());
        words
    }

    /// Takes all room that is left.
    ///
    /// # Panics
    /// If anything but a full disk stops it.
    pub fn fill(&self) {
        let mut filler = File::create(self.seen_from_outside(FILLER)).expect("the disk is there");
        // The last bytes too: what is needed may be little.
        for size in [1 << 20, 1 << 12, 1] {
            let some = vec![b'.'; size];
            let stopped = loop {
                if let Err(error) = filler.write_all(&some) {
                    break error;
                }
            };
            assert_eq!(stopped.kind(), ErrorKind::StorageFull, "{stopped}");
        }
    }

    /// Gives the room back.
    ///
    /// # Panics
    /// If it was not taken.
    pub fn make_room(&self) {
        fs::remove_file(self.seen_from_outside(FILLER)).expect("it was filled");
    }

    /// Where a file on it is for this process, which doesn't see the mount.
    #[must_use]
    pub fn seen_from_outside(&self, file: &str) -> PathBuf {
        let inside = self.place.strip_prefix("/").expect("it is absolute");
        Path::new(&format!("/proc/{}/root", self.holder.id()))
            .join(inside)
            .join(file)
    }
}
