//! What journeys have in common: a desktop, a shop, and the way through the wizard.

use std::{
    fs::{File, TryLockError},
    num::NonZero,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use serde_json::json;
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::{Desktop, KeychainKind, files_with},
    process::built,
    sandbox::{Sandbox, SandboxOptions},
    wait,
    window::{App, Look as _, Thing, Window},
};

/// Under which the app keeps tokens.
pub(crate) const SERVICE: &str = "dev.stockroom.Stockroom";

/// Half as many journeys again at a time as there are cores, at least three, also across processes: a window that waits
/// leaves another one room, and with more than that they wait for each other.
///
/// Over when it is dropped.
pub(crate) struct Turn(
    #[expect(dead_code, reason = "it is locked for as long as it is open")] File,
);

impl Turn {
    pub(crate) fn take() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let mut places: Vec<File> = (0..(cores + cores / 2).max(3))
            .map(|at| {
                let file: PathBuf = built("stockroom").with_extension(format!("journey-{at}"));
                File::create(file).expect("the folder of the programs is ours")
            })
            .collect();
        let is_free = |file: &File| match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(error)) => panic!("the system knows locks: {error}"),
        };
        if let Some(free) = places.iter().position(is_free) {
            return Self(places.swap_remove(free));
        }
        // Whoever finds all taken waits for one of them, not always for the same.
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let at = ASKED.fetch_add(1, Ordering::Relaxed) % places.len();
        let place = places.swap_remove(at);
        place.lock().expect("the system knows locks");
        Self(place)
    }
}

/// A desktop with a screen, for one journey.
pub(crate) struct Scene {
    // The desktop ends before the turn does.
    pub(crate) desktop: Desktop,
    _turn: Turn,
}

impl Scene {
    pub(crate) fn with(keychain: KeychainKind) -> Self {
        Self::on_screen(keychain, 1440, 900)
    }

    /// On a screen of another size, in pixels.
    pub(crate) fn on_screen(keychain: KeychainKind, width: u32, height: u32) -> Self {
        let turn = Turn::take();
        Self {
            desktop: Desktop::start(keychain).with_screen(width, height),
            _turn: turn,
        }
    }

    /// With an open keyring, as after a login.
    pub(crate) fn usual() -> Self {
        Self::with(KeychainKind::Unlocked)
    }

    /// Stockroom, never opened before.
    pub(crate) fn app(&self) -> App<'_> {
        App::new(&self.desktop, &self.desktop.stockroom_home())
    }

    /// Stockroom, never opened before, where BigCommerce's API is the sandbox's.
    pub(crate) fn app_beside(&self, shop: &Sandbox) -> App<'_> {
        self.app().with("STOCKROOM_API_ORIGIN", shop.origin())
    }
}

pub(crate) fn shop() -> Sandbox {
    Sandbox::start(SandboxOptions::default())
}

/// A shop that is connected and pulled before Stockroom's window is opened for the first time: for
/// journeys that begin behind the wizard.
pub(crate) struct Connected {
    pub(crate) scene: Scene,
    pub(crate) shop: Sandbox,
}

impl Connected {
    /// The usual desktop and shop.
    pub(crate) fn usual() -> Self {
        Self::to(shop())
    }

    pub(crate) fn to(shop: Sandbox) -> Self {
        Self::on_screen(shop, 1440, 900)
    }

    /// On a screen of another size, in pixels.
    pub(crate) fn on_screen(shop: Sandbox, width: u32, height: u32) -> Self {
        let scene = Scene::on_screen(KeychainKind::Unlocked, width, height);
        let home = scene.desktop.stockroom_home();
        let mut bridge = Bridge::start(&scene.desktop, &home, Some(shop.origin()), &[]);
        let store = bridge.connect(&shop);
        bridge.wait_for_rest(&store);
        bridge.stop();
        drop(bridge);
        Self { scene, shop }
    }

    /// The sample store is there as well, behind the shop.
    pub(crate) fn and_the_sample(self) -> Self {
        let home = self.scene.desktop.stockroom_home();
        let origin = Some(self.shop.origin());
        let mut bridge = Bridge::start(&self.scene.desktop, &home, origin, &[]);
        let store = bridge.get("app_state", json!({}))["current"].clone();
        let sample = bridge.get("open_sample", json!({}));
        bridge.wait_for_rest(&text(&sample["key"]));
        bridge.tell("select_store", json!({ "store": store }));
        bridge.stop();
        drop(bridge);
        self
    }

    pub(crate) fn app(&self) -> App<'_> {
        self.scene.app_beside(&self.shop)
    }
}

/// Tab, until the focus is on the thing of that name.
pub(crate) fn tab_to(window: &Window<'_>, name: &str) {
    for _ in 0..60 {
        if window.focus().1 == name {
            return;
        }
        window.press("Tab");
    }
    panic!("Tab never comes to “{name}”; now at {:?}", window.focus());
}

/// Presses a button with nothing but keys, once it is there and can be pressed.
pub(crate) fn press_on(window: &Window<'_>, name: &str) {
    let button = window.button(name);
    button.appears();
    window.waits(&format!("“{name}” can be pressed"), || {
        button.attribute("disabled").is_none()
    });
    tab_to(window, name);
    window.press("Enter");
}

/// What the field of the list of commands is called while a store is open.
pub(crate) const COMMANDS: &str = "Search orders, products, customers and commands";

/// Gives a command by its name, by keys.
pub(crate) fn command(window: &Window<'_>, name: &str) {
    window.press("Control+k");
    window.waits("the field of commands has the focus", || {
        window.focus().1 == COMMANDS
    });
    window.types(name.trim_end_matches('…'));
    window.thing_about("option", name).appears();
    window.press("Enter");
}

/// From the welcome to the fourth step, whatever it finds, with nothing but keys.
pub(crate) fn to_check_by_keys(window: &Window<'_>, shop: &Sandbox) {
    check_by_keys(window, shop, shop.hash());
}

fn check_by_keys(window: &Window<'_>, shop: &Sandbox, address: &str) {
    press_on(window, "Connect your store");
    window.heading("Which store?").appears();
    window.types(address);
    window.sees(&format!("Store hash {}", shop.hash()));
    window.press("Enter");
    window.heading("What may Stockroom do?").appears();
    tab_to(window, "I have the credentials");
    window.press("Enter");
    window.heading("Hand over the credentials").appears();
    tab_to(window, "Access token");
    window.types(shop.token());
    window.press("Enter");
    window.heading("Check").appears();
}

/// Checks once more, with nothing but keys.
pub(crate) fn check_again_by_keys(window: &Window<'_>) {
    window.button("Check again").appears();
    tab_to(window, "Check again");
    window.press("Enter");
}

/// From the welcome to the last step of the wizard, with nothing but keys.
pub(crate) fn hand_over(window: &Window<'_>, shop: &Sandbox) {
    let address = format!(
        "https://store-{}.mybigcommerce.com/manage/dashboard",
        shop.hash()
    );
    check_by_keys(window, shop, &address);
    window.sees("Checked. Everything is in order.");
    press_on(window, "Continue");
    window.heading("Name it").appears();
}

/// From the welcome to the rows of the shop's orders, with nothing but keys.
pub(crate) fn connect(window: &Window<'_>, shop: &Sandbox) {
    hand_over(window, shop);
    press_on(window, "Save and start the first pull");
    sees_all_orders(window);
}

/// Waits until the first pull is over.
pub(crate) fn sees_all_orders(window: &Window<'_>) {
    window.sees("on this computer");
    window.thing_about("button", "Up to date").appears();
}

/// The number of the first order in the list with this status.
pub(crate) fn an_order(window: &Window<'_>, status: &str) -> u64 {
    let mut number = None;
    window.waits(&format!("an order is {status}"), || {
        let grid = window.grid("Orders");
        let rows = grid.row(status).texts();
        number = rows
            .first()
            .and_then(|row| row.split(' ').next()?.parse().ok());
        number.is_some()
    });
    number.unwrap_or_default()
}

/// Waits until a picture has come in there: `[role=grid]` for a list.
pub(crate) fn sees_pictures(window: &Window<'_>, within: &str) {
    let script = "return [...document.querySelectorAll(arguments[0] + ' img')]
        .some((image) => image.complete && image.naturalWidth > 0)";
    window.waits(&format!("there is a picture in {within}"), || {
        window.script(script, &[within.into()]) == true
    });
}

/// What is written in each row of a list, without its head.
pub(crate) fn rows(window: &Window<'_>, grid: &str) -> Vec<String> {
    let rows = window.grid(grid).only("row").texts();
    rows.into_iter().skip(1).collect()
}

/// Opens an order beside the list, and gives the panel that shows it.
pub(crate) fn open_order<'a>(window: &'a Window<'a>, order: u64) -> Thing<'a> {
    window.row(&order.to_string()).click();
    let panel = window.panel(&format!("Order {order}"));
    panel.appears();
    panel
}

/// Waits until this is in a file of the home: what is typed or chosen gets there a moment later.
pub(crate) fn reaches_the_disk(home: &Path, text: &str) {
    wait::until(&format!("“{text}” on the disk"), || {
        (!files_with(home, text).is_empty()).then_some(())
    });
}

/// Goes to a screen by the list at the left.
pub(crate) fn go_to(window: &Window<'_>, screen: &str) {
    window.thing_about("link", screen).click();
    window.heading(screen).appears();
}

/// Chooses a file in the system's dialog, to be read or to be written, as somebody does who knows its path.
pub(crate) fn choose_file(scene: &Scene, window: &Window<'_>, file: &Path) {
    let hand = |arguments: &[&str]| {
        let mut command = scene.desktop.command("xdotool");
        let done = command.args(arguments).output().expect("it is installed");
        String::from_utf8_lossy(&done.stdout).trim().to_owned()
    };
    window.waits("the dialog has come", || window.title().contains(", "));
    let dialogs = hand(&["search", "--onlyvisible", "--class", "stockroom"]);
    window.picture("file-dialog");
    for dialog in dialogs.lines() {
        hand(&["windowfocus", "--sync", dialog]);
    }
    // Letters that come before the dialog has its field ready are lost: then once more.
    window.waits("the dialog has taken the file", || {
        hand(&["key", "ctrl+l"]);
        hand(&["key", "ctrl+a"]);
        hand(&["type", "--delay", "40", &file.display().to_string()]);
        hand(&["key", "Return"]);
        wait::within(Duration::from_secs(3), || {
            (!window.title().contains(", ")).then_some(())
        })
        .is_some()
    });
}
