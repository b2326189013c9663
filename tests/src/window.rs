//! Stockroom's real window, used as a person uses it: things are found by role and accessible name,
//! and whatever is not there yet is waited for.

mod browser;
mod driver;
mod look;
mod screen;
mod thing;

pub use look::Look;
pub use thing::Thing;

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{desktop::Desktop, memory, process::built, wait};
use driver::Driver;
use screen::Screen;

/// Who has waited that long in the window waits in vain.
const PATIENCE: Duration = Duration::from_secs(30);

fn comes_true(mut so: impl FnMut() -> bool) -> bool {
    wait::within(PATIENCE, || so().then_some(())).is_some()
}

/// Asks all windows on a display to close, as the cross in their corner does.
///
/// # Panics
/// If the display does not answer.
pub fn close_windows(display: &str) {
    Screen::of(display).close_all();
}

/// Stockroom on a desktop, with a home: what stays when its window is closed.
pub struct App<'a> {
    desktop: &'a Desktop,
    home: PathBuf,
    has_own_home: bool,
    variables: Vec<(String, OsString)>,
    arguments: Vec<String>,
    through: Vec<String>,
}

impl<'a> App<'a> {
    /// Not open yet; it keeps everything in `home`.
    #[must_use]
    pub fn new(desktop: &'a Desktop, home: &Path) -> Self {
        Self {
            has_own_home: true,
            ..Self::installed(desktop, home)
        }
    }

    /// Not open yet; told no folder, it finds `home`, where this desktop has such things.
    #[must_use]
    pub fn installed(desktop: &'a Desktop, home: &Path) -> Self {
        Self {
            desktop,
            home: home.to_owned(),
            has_own_home: false,
            variables: Vec::new(),
            arguments: Vec::new(),
            through: Vec::new(),
        }
    }

    /// Started by another command, which becomes it: the words before the app's own.
    #[must_use]
    pub fn through(mut self, command: Vec<String>) -> Self {
        self.through = command;
        self
    }

    /// With a variable in its environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// With a word on its command line.
    #[must_use]
    pub fn told(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// The folder where it keeps everything.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Starts it. Its window is there when this returns; what it shows may still be on its way.
    #[must_use]
    pub fn open(&self) -> Window<'a> {
        let mut variables = self.variables.clone();
        if self.has_own_home {
            variables.push(("STOCKROOM_HOME".to_owned(), self.home.clone().into()));
        }
        let mut words = self.through.clone();
        words.push(built("stockroom").display().to_string());
        words.extend(self.arguments.iter().cloned());
        let program = PathBuf::from(words.remove(0));
        Window {
            desktop: self.desktop,
            driver: Driver::open(self.desktop, &program, &words, &variables),
        }
    }
}

/// The open window.
pub struct Window<'a> {
    desktop: &'a Desktop,
    driver: Driver,
}

impl Window<'_> {
    /// Everything written in the window, with single spaces.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.script("return document.body?.innerText ?? ''", &[]);
        plain(text.as_str().unwrap_or_default())
    }

    /// Waits until this is written somewhere.
    pub fn sees(&self, words: &str) {
        self.waits(&format!("“{words}” is written somewhere"), || {
            self.text().contains(words)
        });
    }

    /// Waits until this is written nowhere.
    pub fn sees_no_more(&self, words: &str) {
        self.waits(&format!("“{words}” is written nowhere"), || {
            !self.text().contains(words)
        });
    }

    /// Waits until it is `so`; if it never is, keeps a picture and says what is written in the
    /// window.
    pub fn waits(&self, what: &str, so: impl FnMut() -> bool) {
        if !comes_true(so) {
            self.fail(&format!("waited in vain until {what}"));
        }
    }

    /// Presses keys, as in `Enter` or `Control+k`, on whatever has the focus.
    pub fn press(&self, keys: &str) {
        let keys: Vec<String> = keys.split('+').map(code_point).collect();
        if let Err(refused) = self.driver.press(&keys) {
            self.fail(&format!("the keys {keys:?} are refused: {refused}"));
        }
    }

    /// Presses the mouse where the pointer is, whatever is there now.
    pub fn press_here(&self) {
        if let Err(refused) = self.driver.press_pointer() {
            self.fail(&format!("the mouse can't be pressed: {refused}"));
        }
    }

    /// Types on whatever has the focus.
    pub fn types(&self, text: &str) {
        if let Err(refused) = self.driver.press_one_by_one(text) {
            self.fail(&format!("the keys {text} are refused: {refused}"));
        }
    }

    /// Role and name of what has the focus, from WebKit's accessibility tree.
    #[must_use]
    pub fn focus(&self) -> (String, String) {
        let focused = "return [document.activeElement].filter(Boolean)";
        let found = self.driver.elements(focused, &[]).unwrap_or_default();
        let named = found
            .first()
            .map(|element| self.driver.role_and_name(element));
        named.and_then(Result::ok).unwrap_or_default()
    }

    /// What is written in what has the focus.
    #[must_use]
    pub fn focused_text(&self) -> String {
        let text = self.script("return document.activeElement?.innerText ?? ''", &[]);
        plain(text.as_str().unwrap_or_default())
    }

    /// All that the page holds: markup, what is in its fields, what it has stored, its address.
    #[must_use]
    pub fn everything_held(&self) -> String {
        let held = self.script(include_str!("window/held.js"), &[]);
        held.as_str().unwrap_or_default().to_owned()
    }

    /// What a script run in the page gives.
    pub fn script(&self, script: &str, arguments: &[Value]) -> Value {
        match self.driver.run(script, arguments) {
            Ok(value) => value,
            Err(refused) => panic!("a script does not run: {refused}"),
        }
    }

    /// What a script run in the page gives to the function that it finds as its last argument.
    pub fn script_that_answers(&self, script: &str, arguments: &[Value]) -> Value {
        match self.driver.run_later(script, arguments) {
            Ok(value) => value,
            Err(refused) => panic!("a script does not answer: {refused}"),
        }
    }

    /// What axe finds wrong with what is shown now: one line each.
    #[must_use]
    pub fn accessibility_findings(&self) -> Vec<String> {
        self.findings(&[])
    }

    /// The same of what depends on colors alone: for a look that has the same roles, names and sizes as one
    /// that was looked at as a whole.
    #[must_use]
    pub fn findings_of_colors(&self) -> Vec<String> {
        self.findings(&["color-contrast", "link-in-text-block"])
    }

    /// What these of axe's rules find; all that it has, if none are named.
    fn findings(&self, rules: &[&str]) -> Vec<String> {
        // It is large, and stays in a page once it is there.
        if self.script("return typeof window.axe", &[]) != "object" {
            let axe = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../ui/node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(axe).expect("`npm ci` in ui/ has brought axe");
            self.script(&axe, &[]);
        }
        let only = [json!(rules)];
        let found = self.driver.run_later(include_str!("window/axe.js"), &only);
        let found = found.unwrap_or_else(|refused| panic!("axe does not run: {refused}"));
        match found {
            Value::Array(lines) => lines
                .iter()
                .map(|line| line.as_str().unwrap_or_default().to_owned())
                .collect(),
            other => panic!("axe does not run: {other}"),
        }
    }

    /// What stands in the window's title bar.
    #[must_use]
    pub fn title(&self) -> String {
        self.screen().titles().join(", ")
    }

    fn screen(&self) -> Screen {
        let display = self.desktop.display();
        Screen::of(display.expect("a window needs a desktop with a screen"))
    }

    /// Makes the window another size, in pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.driver
            .resize(width, height)
            .unwrap_or_else(|refused| self.fail(&format!("it stays as large as it is: {refused}")));
        self.waits("the window has its new size", || {
            self.size() == (width, height)
        });
    }

    /// The person turns to another window: this one has the keyboard no more.
    pub fn look_away(&self) {
        self.screen().focus_none();
    }

    /// The person turns to this window.
    pub fn look_here(&self) {
        self.screen().focus_first();
    }

    /// Width and height, in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        let sizes = self.screen().sizes();
        sizes.first().copied().unwrap_or_default()
    }

    /// Where its upper left corner is on the screen, in pixels.
    #[must_use]
    pub fn corner(&self) -> (i32, i32) {
        let corners = self.screen().corners();
        corners.first().copied().unwrap_or_default()
    }

    /// Moves its upper left corner to another place on the screen.
    pub fn move_to(&self, x: i32, y: i32) {
        self.screen().move_first(x, y);
        self.waits("the window has its new place", || self.corner() == (x, y));
    }

    /// Makes it as large as the screen, as somebody does with the button in its corner.
    pub fn maximize(&self) {
        self.screen().maximize_first();
    }

    /// Whether it is maximized, or asks to be.
    #[must_use]
    pub fn is_maximized(&self) -> bool {
        self.screen().is_first_maximized()
    }

    /// Presses the button at the mouse's side that goes back.
    pub fn mouse_back(&self) {
        self.screen().press_button(8);
    }

    /// Presses the button at the mouse's side that goes forward.
    pub fn mouse_forward(&self) {
        self.screen().press_button(9);
    }

    /// Keeps a picture of the whole display as `target/journeys/NAME.png`, for somebody to look at. A build server
    /// (`CI` is set) has nobody who would: there only what failed is kept.
    pub fn picture(&self, name: &str) {
        if env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false") {
            self.is_painted();
        } else {
            self.keep(name);
        }
    }

    fn keep(&self, name: &str) {
        // target/debug/stockroom → target/journeys
        let program = built("stockroom");
        let target = program
            .ancestors()
            .nth(2)
            .expect("it is built into a folder");
        let folder = target.join("journeys");
        fs::create_dir_all(&folder).expect("there is room for pictures");
        // Packed loosely: a run takes hundreds.
        self.take(&folder.join(format!("{name}.png")), &["-quality", "10"]);
    }

    /// Keeps a picture of the whole display in a file.
    pub fn picture_in(&self, file: &Path) {
        self.take(file, &[]);
    }

    /// Waits until the screen shows what the page holds.
    fn is_painted(&self) {
        // The page may be ahead of what is painted, on a busy machine by seconds. A frame is not begun
        // before the one that lies some frames back has been handed to the screen.
        let painted = "const done = arguments[0];
            const frame = (left) => (left === 0 ? done(true) : requestAnimationFrame(() => frame(left - 1)));
            frame(8);";
        let _ = self.driver.run_later(painted, &[]);
    }

    fn take(&self, file: &Path, packing: &[&str]) {
        self.is_painted();
        let taken = self
            .desktop
            .command("import")
            .args(["-window", "root"])
            .args(packing)
            .arg(file)
            .output();
        let taken = taken.expect("ImageMagick's import starts");
        assert!(taken.status.success(), "no picture: {taken:?}");
    }

    /// Closes the window by its cross, and waits until Stockroom has ended by itself.
    pub fn quit(self) {
        self.screen().close_all();
        self.waits("Stockroom has ended after its window was closed", || {
            self.driver.program().is_none()
        });
    }

    /// The process that was started: the backend's.
    ///
    /// # Panics
    /// If Stockroom has ended.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.driver.program().expect("Stockroom runs")
    }

    /// The processes that draw the page and fetch for it: all of Stockroom but the one that is the backend.
    ///
    /// # Panics
    /// If Stockroom has ended.
    #[must_use]
    pub fn processes_of_the_page(&self) -> Vec<u32> {
        let program = self.process();
        let mut family = memory::family(program);
        family.retain(|process| *process != program);
        family
    }

    /// Ends Stockroom at once, as a crash or a power cut does.
    pub fn crash(self) {
        let program = self.driver.program().expect("Stockroom runs");
        let killed = Command::new("kill")
            .args(["-KILL", &program.to_string()])
            .status();
        assert!(killed.is_ok_and(|status| status.success()));
        wait::until("the end of Stockroom", || {
            self.driver.program().is_none().then_some(())
        });
    }

    fn fail(&self, why: &str) -> ! {
        let test = thread::current()
            .name()
            .unwrap_or("journey")
            .replace("::", "-");
        let picture = format!("failed-{test}");
        self.keep(&picture);
        panic!(
            "{why}; see target/journeys/{picture}.png. The window says: {}",
            self.text()
        );
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Source: W3C WebDriver, "Keyboard actions".
fn code_point(key: &str) -> String {
    let code = match key {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        other => return other.to_owned(),
    };
    code.to_string()
}
