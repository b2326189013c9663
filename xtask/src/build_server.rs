//! The build server's own script. Here where it decides what of an earlier run is still good: were it wrong there,
//! yesterday's programs would be tested today. `whole` has it run from its first line to its last.

#![expect(clippy::unwrap_used, reason = "all of this is tests")]

mod whole;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::project::Project;

/// A checkout beside a target directory.
struct Server {
    folder: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("stockroom-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("target/debug/.fingerprint")).unwrap();
        Self { folder }
    }

    /// Checks the project out with these files, each as old as that.
    fn check_out(&self, checkout: &str, files: &[(&str, &str, SystemTime)]) {
        let root = self.folder.join(checkout);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("crates/mirror")).unwrap();
        for (name, text, time) in files {
            fs::write(root.join(name), text).unwrap();
            let file = fs::File::options().write(true).open(root.join(name));
            file.unwrap().set_modified(*time).unwrap();
        }
    }

    /// Does what the script does before anything is built.
    fn settle(&self, checkout: &str) {
        let script = Project::find().unwrap().root.join(".ci/run");
        let script = fs::read_to_string(script).unwrap();
        let before_it_begins = script.split_once("\ntarget=").unwrap().0;
        let functions = before_it_begins.split_once("\nsettle_times()").unwrap().1;
        let all = format!("set -uo pipefail\nsettle_times(){functions}\nsettle_times \"$1\"");
        let done = Command::new("bash")
            .args(["-c", &all, "run"])
            .arg(self.target())
            .current_dir(self.folder.join(checkout))
            .status();
        assert!(done.unwrap().success());
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn time(&self, checkout: &str, file: &str) -> SystemTime {
        let file = self.folder.join(checkout).join(file);
        fs::metadata(file).unwrap().modified().unwrap()
    }

    /// Leaves behind what cargo knows of a crate of ours and of one of others.
    fn build(&self) {
        for name in ["mirror-0123456789abcdef", "serde-0123456789abcdef"] {
            fs::create_dir_all(self.known(name)).unwrap();
        }
    }

    fn known(&self, name: &str) -> PathBuf {
        self.target().join("debug/.fingerprint").join(name)
    }

    fn knows(&self, name: &str) -> bool {
        Path::exists(&self.known(name))
    }
}

fn long_ago(hours: u64) -> SystemTime {
    SystemTime::now() - Duration::from_secs(hours * 3600)
}

/// Times are written with nine digits and read with as many; the last may be rounded.
fn is_same(one: SystemTime, other: SystemTime) -> bool {
    let apart = one
        .duration_since(other)
        .unwrap_or_else(|error| error.duration());
    apart < Duration::from_millis(1)
}

#[test]
fn what_is_as_it_was_keeps_its_time_and_what_is_not_gets_a_new_one() {
    let server = Server::new("settled");
    let a_text = |text| ("a.rs", text, long_ago(9));
    server.check_out("one", &[a_text("A"), ("b.rs", "B", long_ago(9))]);
    let began = SystemTime::now() - Duration::from_secs(1);
    server.settle("one");
    let first = server.time("one", "a.rs");
    assert!(first > began, "nothing is known of it yet");
    server.build();

    // A newer checkout of the same, and an older one: neither is built again, nor passed over.
    for hours in [0, 30] {
        server.check_out("one", &[a_text("A"), ("b.rs", "B", long_ago(hours))]);
        server.settle("one");
        assert!(is_same(server.time("one", "a.rs"), first));
        assert!(is_same(server.time("one", "b.rs"), first));
    }
    // One has changed, to something older than what was built; one is new.
    let changed = ("b.rs", "changed", long_ago(40));
    server.check_out("one", &[a_text("A"), changed, ("c.rs", "C", long_ago(40))]);
    server.settle("one");
    let then = server.time("one", "b.rs");
    assert!(is_same(server.time("one", "a.rs"), first));
    assert!(then > first && is_same(server.time("one", "c.rs"), then));
    // Back to what it was: what was built meanwhile is not it.
    server.check_out("one", &[a_text("A"), ("b.rs", "B", long_ago(9))]);
    server.settle("one");
    assert!(server.time("one", "b.rs") > then);
    assert!(
        server.knows("mirror-0123456789abcdef"),
        "nothing had to be forgotten"
    );
}

#[test]
fn of_a_checkout_elsewhere_nothing_of_ours_is_believed() {
    let server = Server::new("elsewhere");
    let files = [("a.rs", "A", long_ago(9))];
    server.check_out("one", &files);
    server.settle("one");
    server.build();
    server.check_out("two", &files);
    server.settle("two");
    assert!(!server.knows("mirror-0123456789abcdef"));
    assert!(
        server.knows("serde-0123456789abcdef"),
        "others' crates lie elsewhere"
    );
    assert!(server.time("two", "a.rs") > long_ago(1));
}
