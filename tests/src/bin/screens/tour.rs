//! The way through the screens, with a shop that is large enough to look like one.

use std::{fs, path::Path};

use stockroom_tests::{
    desktop::{Desktop, KeychainKind},
    sandbox::{Sandbox, SandboxOptions},
    window::{App, Look as _, Window},
};

use crate::list::{BEFORE, LOCKED, Screen, WITH_STORE};

/// As large as the pictures are.
const SIZE: (u32, u32) = (1440, 900);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Theme {
    Light,
    Dark,
}

/// A window on its way through the screens.
pub(crate) struct Stage<'a> {
    pub(crate) window: &'a Window<'a>,
    pub(crate) shop: &'a Sandbox,
}

/// The names of all screens.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let all = BEFORE.iter().chain(WITH_STORE).chain(LOCKED);
    all.map(|screen| screen.name)
}

/// Takes the pictures of all screens, or of those named, in both themes.
pub(crate) fn all(folder: &Path, names: &[String]) {
    fs::create_dir_all(folder).expect("there is room for pictures");
    for theme in [Theme::Light, Theme::Dark] {
        take(folder, names, theme);
    }
}

/// All screens in one theme, of a shop that is large enough to look like one.
fn take(folder: &Path, names: &[String], theme: Theme) {
    let desktop = Desktop::start(KeychainKind::Unlocked).with_screen(SIZE.0, SIZE.1);
    let shop = Sandbox::start(SandboxOptions {
        orders: 1_800,
        products: 240,
        customers: 900,
        plan: "pro".to_owned(),
        // So that something was sold today.
        as_of: Some("today".to_owned()),
        ..SandboxOptions::default()
    });
    let mut app =
        App::new(&desktop, &desktop.stockroom_home()).with("STOCKROOM_API_ORIGIN", shop.origin());
    if theme == Theme::Dark {
        // How a desktop says that it is dark.
        app = app.with("GTK_THEME", "Adwaita:dark");
    }
    let window = app.open();
    let stage = Stage {
        window: &window,
        shop: &shop,
    };
    // Each of these leads on from the one before it, to the connected store.
    for screen in BEFORE {
        (screen.reach)(&stage);
        picture(&stage, folder, names, theme, screen);
    }
    stage.connect();
    for screen in WITH_STORE {
        stage.start_over();
        (screen.reach)(&stage);
        picture(&stage, folder, names, theme, screen);
    }
    stage.start_over();
    window.quit();
    desktop.lock_keyring();
    let window = app.open();
    let stage = Stage {
        window: &window,
        shop: &shop,
    };
    for screen in LOCKED {
        (screen.reach)(&stage);
        picture(&stage, folder, names, theme, screen);
    }
    window.quit();
}

fn picture(stage: &Stage<'_>, folder: &Path, names: &[String], theme: Theme, screen: &Screen) {
    if !names.is_empty() && !names.iter().any(|name| name == screen.name) {
        return;
    }
    let ending = match theme {
        Theme::Light => "",
        Theme::Dark => "-dark",
    };
    let file = folder.join(format!("{}{ending}.png", screen.name));
    stage.window.waits("everything is there", || {
        let whole = "return [...document.images].every((image) => image.complete)
            && !/Asking the store/.test(document.body.innerText)";
        stage.window.script(whole, &[]) == true
    });
    stage.window.picture_in(&file);
    println!("{}", file.display());
}

impl Stage<'_> {
    /// From the last step of the wizard to the store's orders, all of them pulled.
    fn connect(&self) {
        self.window.button("Save and start the first pull").click();
        self.window.thing_about("button", "Up to date").appears();
        self.window
            .waits("the store has an address", || self.store_path().is_some());
    }

    /// The store's place in the window, as in `#/store/KEY`.
    fn store_path(&self) -> Option<String> {
        let address = self.window.script("return location.hash", &[]);
        let mut parts = address.as_str()?.splitn(4, '/');
        let (hash, store, key) = (parts.next()?, parts.next()?, parts.next()?);
        let key = key.split('?').next()?;
        (hash == "#" && store == "store").then(|| format!("#/store/{key}"))
    }

    /// Back to the plain list of orders: nothing open, nothing ticked, nothing over it.
    pub(crate) fn start_over(&self) {
        for _ in 0..3 {
            self.window.press("Escape");
        }
        self.go("/orders");
        self.window.grid("Orders").row("example.com").appears();
        let ticks = self.window.thing_about("button", "Clear");
        if ticks.is_there() {
            ticks.click();
            ticks.goes();
        }
    }

    /// Goes to a screen by the list at the left.
    pub(crate) fn open(&self, screen: &str) {
        self.window.thing_about("link", screen).click();
        self.window.heading(screen).appears();
    }

    /// Goes to a place of the store, such as `/orders?status=7`.
    pub(crate) fn go(&self, place: &str) {
        self.visit(self.store_path().expect("a store is connected") + place);
    }

    /// Goes to a place in the window, such as `#/welcome`.
    fn visit(&self, place: String) {
        self.window
            .script("location.hash = arguments[0]", &[place.into()]);
    }

    /// Opens the sample store besides, and comes back to the orders of this one.
    pub(crate) fn add_sample(&self) {
        let path = self.store_path().expect("a store is connected");
        let switcher = self.window.thing_about("button", "Store: ");
        self.visit("#/welcome".to_owned());
        self.window.button("Open the sample store").click();
        switcher.sees("Sample");
        self.window.thing_about("button", "Up to date").appears();
        self.visit(path + "/orders");
        self.window.waits("this store is open again", || {
            switcher.is_there() && !switcher.text().contains("Sample")
        });
        self.window.grid("Orders").row("example.com").appears();
    }
}
