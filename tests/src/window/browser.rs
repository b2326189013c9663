//! The same page in an ordinary browser: the small one that WebKitGTK brings along.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Driver, Window};
use crate::desktop::Desktop;

impl<'a> Window<'a> {
    /// Opens an address in a browser. What it shows may still be on its way when this returns.
    ///
    /// # Panics
    /// If there is no browser, or it can't be sent there.
    #[must_use]
    pub fn of_a_browser(desktop: &'a Desktop, address: &str) -> Self {
        let driver = Driver::open(desktop, &browser(), &["--automation".to_owned()], &[]);
        if let Err(refused) = driver.go_to(address) {
            panic!("the browser does not go there: {refused}");
        }
        Self { desktop, driver }
    }
}

/// Where distributions put it: with the library, in a folder of its own.
fn browser() -> PathBuf {
    let of_architectures = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let folders = of_architectures.map(|folder| folder.path());
    let others = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(PathBuf::from);
    folders
        .chain(others)
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|program| Path::is_file(program))
        .expect("WebKitGTK has brought its MiniBrowser")
}
