//! The one window: where it was, and nothing of it before its page is painted.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use serde_json::{Value, json};
use surface::Surface;
use tauri::{
    AppHandle, LogicalSize, Manager as _, PhysicalPosition, PhysicalRect, PhysicalSize, Theme, Url,
    WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, window::Color,
};

use crate::backend::Backend;

/// What the page gets to hand over what it still holds.
const LAST_MOMENT: Duration = Duration::from_millis(400);
/// Between two times that the window's place is kept while it is moved.
const COME_TO_REST: Duration = Duration::from_millis(500);
/// By then the window is shown, whatever has become of its page.
const LONGEST_HIDDEN: Duration = Duration::from_secs(3);
pub(crate) const LABEL: &str = "main";
/// The window's place is remembered like any other layout.
const LAYOUT: &str = "window";
/// What a window is given that was not there before, in pixels of the page.
const SIZE: LogicalSize<f64> = LogicalSize::new(1440.0, 900.0);
/// The page can do with that.
const LEAST: LogicalSize<f64> = LogicalSize::new(800.0, 560.0);
/// The page's own ground (`ui/public/first-frame.css`).
const LIGHT: Color = Color(0xFF, 0xFF, 0xFF, 0xFF);
const DARK: Color = Color(0x1B, 0x1A, 0x18, 0xFF);
/// In high contrast. A light page has the same ground in both.
const DARK_HIGH: Color = Color(0x00, 0x00, 0x00, 0xFF);

/// Whether the window has been shown. Once it has, only the person hides it.
#[derive(Default)]
pub(crate) struct Shown(AtomicBool);

/// Makes the window, where it was last, and hidden: its page says when there is something to see.
/// `home` also holds what the web view keeps of its own, which on macOS is nothing.
pub(crate) fn open(
    app: &AppHandle,
    home: &Path,
    surface: Option<&Surface>,
) -> tauri::Result<WebviewWindow> {
    let worn = surface.map(worn).unwrap_or_default();
    let theme = match worn["theme"].as_str() {
        Some("light") => Some(Theme::Light),
        Some("dark") => Some(Theme::Dark),
        _ => None,
    };
    let is_high = worn["contrast"].as_str() == Some("high");
    let monitor = app.primary_monitor().ok().flatten();
    let size = monitor.map_or(SIZE, |monitor| {
        let scale = monitor.scale_factor();
        fitting(SIZE.to_physical(scale), monitor.work_area().size).to_logical(scale)
    });
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Stockroom")
        .inner_size(size.width, size.height)
        .min_inner_size(LEAST.width, LEAST.height)
        .on_navigation(is_ours)
        .initialization_script(format!("window.stockroomWorn = {worn};"))
        .theme(theme)
        .background_color(ground(theme == Some(Theme::Dark), is_high))
        .visible(false)
        .data_directory(place_of_web_view(home));
    // On macOS the web view keeps what is its own where the system wants it, whatever folder it is given: there it keeps
    // nothing. Nothing is missed; what the page needs for its first frame is in `stockroomWorn`.
    #[cfg(target_os = "macos")]
    let window = window.incognito(true);
    let window = window.build()?;
    if theme.is_none() && system_is_dark(&window) {
        // Known only now that there is a window.
        window.set_background_color(Some(ground(true, is_high)))?;
    }
    if let Some(place) = surface.and_then(remembered) {
        restore(&window, &place);
    }
    app.manage(Shown::default());
    app.manage(Moved::default());
    let late = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LONGEST_HIDDEN).await;
        show(&late);
    });
    Ok(window)
}

/// Where the web view keeps what is its own: in the home. Without such a place it opens no window at all, not even one
/// that says that the home can't be used; then it gets one among the system's temporary files.
fn place_of_web_view(home: &Path) -> PathBuf {
    let own = home.join("webview");
    if private().recursive(true).create(&own).is_ok() {
        return own;
    }
    let elsewhere = std::env::temp_dir().join(format!("stockroom-{}", std::process::id()));
    match private().create(&elsewhere) {
        Ok(()) => elsewhere,
        // It is somebody else's, or can't be made either: the web view says what is wrong.
        Err(_) => own,
    }
}

/// Makes folders that nobody else may look into.
fn private() -> fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut private = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut private, 0o700);
    private
}

/// Whether the window may go there: to its own page, and to the frames that the page fills with words of its own.
/// The content policy holds what a page loads, and says nothing of where the page goes as a whole.
fn is_ours(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "about" => true,
        // Where a web view knows no schemes but its own, Tauri serves the page there; nobody else can.
        "http" | "https" => cfg!(windows) && address.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Shows the window, the first time that it is called.
pub(crate) fn show(app: &AppHandle) {
    let is_first = app
        .try_state::<Shown>()
        .is_some_and(|shown| !shown.0.swap(true, Ordering::Relaxed));
    if let Some(window) = app.get_webview_window(LABEL).filter(|_| is_first)
        && let Err(error) = window.show()
    {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// Whether it is what the person is working with.
pub(crate) fn is_looked_at(app: &AppHandle) -> bool {
    let window = app.get_webview_window(LABEL);
    window.is_some_and(|window| window.is_focused().unwrap_or(false))
}

pub(crate) fn bring_to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // Whatever of it fails, the window is where the person can find it.
        let _ = window.unminimize();
        show(app);
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Puts the window away at once, and ends it when the page has had a moment to hand over what was
/// just typed: it hears that it is hidden.
pub(crate) fn close(window: Window) {
    // One that can't be hidden is ended all the same.
    let _ = window.hide();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LAST_MOMENT).await;
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "the window could not be closed");
            window.app_handle().exit(0);
        }
    });
}

/// Keeps where the window is.
pub(crate) fn remember(app: &AppHandle, surface: &Surface) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    // Where it is put meanwhile is no place to open at.
    if window.is_minimized().unwrap_or(false) {
        return;
    }
    let maximized = window.is_maximized().unwrap_or(false);
    let (Ok(size), Ok(at)) = (window.inner_size(), window.outer_position()) else {
        return;
    };
    let before = remembered(surface);
    let place = kept(maximized, size, at, before.clone());
    if before.as_ref() == Some(&place) {
        return;
    }
    let layout = json!({ "store": null, "name": LAYOUT, "value": place.to_string() });
    if let Err(error) = ask(surface, "set_layout", layout) {
        tracing::warn!(?error, "the window's place was not kept");
    }
}

/// What is kept of a window that is there now, and whose place was that before. Of a maximized one the
/// place to go back to is the one from before.
fn kept(
    maximized: bool,
    size: PhysicalSize<u32>,
    at: PhysicalPosition<i32>,
    before: Option<Value>,
) -> Value {
    if maximized {
        let mut place = before.filter(Value::is_object).unwrap_or_else(|| json!({}));
        place["maximized"] = Value::Bool(true);
        return place;
    }
    json!({
        "maximized": false,
        "width": size.width, "height": size.height, "x": at.x, "y": at.y,
    })
}

/// Moves of the window that are to be kept, once it has come to rest.
#[derive(Default)]
pub(crate) struct Moved(AtomicBool);

/// Keeps where the window is a moment from now, so that a crash or the system's end of the app loses no
/// more than that. Called for each of many steps on the way; one of them is enough.
pub(crate) fn remember_soon(app: &AppHandle) {
    let Some(moved) = app.try_state::<Moved>() else {
        return;
    };
    if moved.0.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(COME_TO_REST).await;
        // Writing waits for the disk, which nobody who draws may.
        let written = tauri::async_runtime::spawn_blocking(move || {
            if let Some(moved) = app.try_state::<Moved>() {
                moved.0.store(false, Ordering::SeqCst);
            }
            let surface = app.try_state::<Backend>().and_then(|it| it.surface());
            if let Some(surface) = surface {
                remember(&app, &surface);
            }
        });
        if let Err(error) = written.await {
            tracing::warn!(%error, "the window's place was not kept");
        }
    });
}

fn restore(window: &WebviewWindow, place: &Value) {
    let monitors = window.available_monitors().unwrap_or_default();
    let areas: Vec<_> = monitors.iter().map(|it| *it.work_area()).collect();
    let main = window.primary_monitor().ok().flatten();
    let room = main.map(|monitor| monitor.work_area().size);
    let (size, at) = within_sight(place, &areas, room);
    if let Some(size) = size {
        let _ = window.set_size(size);
    }
    if let Some(at) = at {
        let _ = window.set_position(at);
    }
    if place["maximized"].as_bool() == Some(true) {
        let _ = window.maximize();
    }
}

/// Size and corner for a window whose place was kept, on the screens that there are now: `areas` without
/// bars and docks. Without a corner the system finds a place, on its main screen, which has `room`. A
/// screen that was taken away must not take the window along.
fn within_sight(
    place: &Value,
    areas: &[PhysicalRect<i32, u32>],
    room: Option<PhysicalSize<u32>>,
) -> (Option<PhysicalSize<u32>>, Option<PhysicalPosition<i32>>) {
    let number = |name: &str| place[name].as_i64().and_then(|n| i32::try_from(n).ok());
    let length = |name: &str| {
        let length = place[name].as_u64().and_then(|n| u32::try_from(n).ok());
        length.filter(|length| *length > 0)
    };
    let Some((width, height)) = length("width").zip(length("height")) else {
        return (None, None);
    };
    let size = PhysicalSize::new(width, height);
    let at = number("x").zip(number("y"));
    let at = at.map(|(x, y)| PhysicalPosition::new(x, y));
    let there = at.and_then(|at| Some((at, areas.iter().find(|area| is_on(at, area))?)));
    match there {
        Some((at, area)) => {
            let size = fitting(size, area.size);
            (Some(size), Some(pulled_in(at, size, area)))
        }
        None => (Some(room.map_or(size, |room| fitting(size, room))), None),
    }
}

/// The wanted size, or as much of it as there is room for.
fn fitting(wanted: PhysicalSize<u32>, room: PhysicalSize<u32>) -> PhysicalSize<u32> {
    PhysicalSize::new(wanted.width.min(room.width), wanted.height.min(room.height))
}

/// Whether enough of a window whose corner is there can be seen and taken hold of.
fn is_on(corner: PhysicalPosition<i32>, area: &PhysicalRect<i32, u32>) -> bool {
    let inside = |value: i32, from: i32, length: u32| {
        (i64::from(from)..i64::from(from) + i64::from(length) - 100).contains(&i64::from(value))
    };
    inside(corner.x, area.position.x, area.size.width)
        && inside(corner.y, area.position.y, area.size.height)
}

/// The place nearest to `corner` where all of a window is in the area, which it fits into.
fn pulled_in(
    corner: PhysicalPosition<i32>,
    size: PhysicalSize<u32>,
    area: &PhysicalRect<i32, u32>,
) -> PhysicalPosition<i32> {
    let within = |value: i32, from: i32, length: u32, own: u32| {
        value.min(from.saturating_add_unsigned(length.saturating_sub(own)))
    };
    PhysicalPosition::new(
        within(corner.x, area.position.x, area.size.width, size.width),
        within(corner.y, area.position.y, area.size.height, size.height),
    )
}

fn remembered(surface: &Surface) -> Option<Value> {
    let layout = ask(surface, "layout", json!({ "store": null, "name": LAYOUT })).ok()?;
    serde_json::from_str(layout["value"].as_str()?).ok()
}

/// Theme and contrast that the person has chosen, as the page knows them. It puts them on before anything is
/// painted.
fn worn(surface: &Surface) -> Value {
    let state = ask(surface, "app_state", json!({})).unwrap_or_default();
    let preferences = &state["preferences"];
    json!({ "theme": preferences["theme"], "contrast": preferences["contrast"] })
}

/// Whether the page will take the system for a dark one.
#[cfg(target_os = "linux")]
fn system_is_dark(_: &WebviewWindow) -> bool {
    use gtk::{Settings, prelude::GtkSettingsExt as _};

    // As WebKitGTK finds out (`webkitWebViewBaseGetAppearance` …).
    let settings = Settings::default();
    if settings
        .as_ref()
        .is_some_and(|settings| settings.is_gtk_application_prefer_dark_theme())
    {
        return true;
    }
    let named = std::env::var("GTK_THEME").ok();
    let named = named.or_else(|| Some(settings?.gtk_theme_name()?.into()));
    named.is_some_and(|name| is_dark_theme(&name))
}

#[cfg(not(target_os = "linux"))]
fn system_is_dark(window: &WebviewWindow) -> bool {
    matches!(window.theme(), Ok(Theme::Dark))
}

/// Whether that is the name of a dark GTK theme.
#[cfg(any(target_os = "linux", test))]
fn is_dark_theme(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with("-dark") || name.ends_with(":dark")
}

fn ground(is_dark: bool, is_high: bool) -> Color {
    match (is_dark, is_high) {
        (false, _) => LIGHT,
        (true, false) => DARK,
        (true, true) => DARK_HIGH,
    }
}

fn ask(surface: &Surface, command: &str, input: Value) -> Result<Value, surface::AppError> {
    tauri::async_runtime::block_on(surface.dispatch(command, input))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: PhysicalRect<i32, u32> = PhysicalRect {
        position: PhysicalPosition::new(-1280, 30),
        size: PhysicalSize::new(1280, 770),
    };

    #[cfg(unix)]
    #[test]
    fn what_the_web_view_keeps_is_for_nobody_else_to_look_at() {
        use std::os::unix::fs::PermissionsExt as _;

        let home = std::env::temp_dir().join(format!("stockroom-place-{}", std::process::id()));
        fs::create_dir_all(&home).unwrap();
        let place = place_of_web_view(&home);
        assert_eq!(place, home.join("webview"));
        // Made once, it is found again.
        assert_eq!(place_of_web_view(&home), place);
        let mode = fs::metadata(&place).unwrap().permissions().mode();
        fs::remove_dir_all(&home).unwrap();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        for (address, may) in [
            ("tauri://localhost/#/store/one/orders", true),
            ("about:srcdoc", true),
            ("about:blank", true),
            ("tauri://elsewhere/", false),
            ("https://example.com/?of=yours", false),
            ("http://localhost/", false),
            ("http://127.0.0.1:4000/", false),
            ("https://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
        ] {
            assert_eq!(is_ours(&address.parse().unwrap()), may, "{address}");
        }
        let on_windows: Url = "http://tauri.localhost/".parse().unwrap();
        assert_eq!(is_ours(&on_windows), cfg!(windows));
    }

    #[test]
    fn a_window_is_never_larger_than_its_screen() {
        let fits = PhysicalSize::new(1000, 700);
        assert_eq!(fitting(fits, AREA.size), fits);
        assert_eq!(fitting(PhysicalSize::new(1440, 900), AREA.size), AREA.size);
        let (wide, high) = (PhysicalSize::new(1440, 700), PhysicalSize::new(1000, 900));
        assert_eq!(fitting(wide, AREA.size), PhysicalSize::new(1280, 700));
        assert_eq!(fitting(high, AREA.size), PhysicalSize::new(1000, 770));
    }

    #[test]
    fn a_window_that_would_stick_out_is_pulled_in() {
        let size = PhysicalSize::new(1000, 700);
        let at = |x, y| pulled_in(PhysicalPosition::new(x, y), size, &AREA);
        assert_eq!(at(-1200, 50), PhysicalPosition::new(-1200, 50));
        assert_eq!(at(-300, 600), PhysicalPosition::new(-1000, 100));
        let whole = pulled_in(PhysicalPosition::new(-1000, 90), AREA.size, &AREA);
        assert_eq!(whole, AREA.position);
    }

    #[test]
    fn a_corner_beyond_its_screen_is_not_on_it() {
        assert!(is_on(AREA.position, &AREA));
        assert!(!is_on(PhysicalPosition::new(0, 50), &AREA));
        assert!(!is_on(PhysicalPosition::new(-50, 50), &AREA));
        assert!(!is_on(PhysicalPosition::new(-1000, 10), &AREA));
    }

    #[test]
    fn a_window_opens_where_it_was_and_in_sight_where_its_screen_is_gone() {
        let main = PhysicalRect {
            position: PhysicalPosition::new(0, 0),
            size: PhysicalSize::new(1440, 900),
        };
        let place =
            json!({ "maximized": false, "width": 1300, "height": 700, "x": -1200, "y": 60 });
        let opens = |place: &Value, areas: &[_]| within_sight(place, areas, Some(main.size));
        let size = PhysicalSize::new(1280, 700);
        let at = PhysicalPosition::new(-1280, 60);
        assert_eq!(opens(&place, &[main, AREA]), (Some(size), Some(at)));
        // The second screen is gone: the window is as large as it was, where the system puts it.
        let size = PhysicalSize::new(1300, 700);
        assert_eq!(opens(&place, &[main]), (Some(size), None));
        let small = PhysicalSize::new(1024, 600);
        assert_eq!(within_sight(&place, &[], Some(small)), (Some(small), None));
        // What can't be understood is no place.
        for odd in [
            json!(null),
            json!({ "maximized": true }),
            json!({ "width": 0, "height": 700, "x": 0, "y": 0 }),
            json!({ "width": "1300", "height": 700 }),
        ] {
            assert_eq!(opens(&odd, &[main]), (None, None), "{odd}");
        }
    }

    #[test]
    fn a_maximized_window_keeps_the_place_to_go_back_to() {
        let (size, at) = (PhysicalSize::new(1100, 720), PhysicalPosition::new(90, 60));
        let place = kept(false, size, at, None);
        let full = kept(
            true,
            PhysicalSize::new(1440, 900),
            PhysicalPosition::new(0, 0),
            Some(place.clone()),
        );
        assert_eq!(full["maximized"], true);
        for name in ["width", "height", "x", "y"] {
            assert_eq!(full[name], place[name], "{name}");
        }
        assert_eq!(kept(true, size, at, None), json!({ "maximized": true }));
        assert_eq!(kept(false, size, at, Some(full)), place);
    }

    #[test]
    fn the_window_s_ground_is_that_of_its_page_in_every_look() {
        let sheet = include_str!("../../ui/public/first-frame.css");
        for (is_dark, is_high, page) in [
            (false, false, "html {"),
            (true, false, r#"html[data-theme="dark"] {"#),
            (
                true,
                true,
                r#"html[data-theme="dark"][data-contrast="high"] {"#,
            ),
        ] {
            let Color(red, green, blue, _) = ground(is_dark, is_high);
            let said = format!("{page} background: #{red:02x}{green:02x}{blue:02x};");
            assert!(sheet.contains(&said), "{said}");
        }
        assert!(!sheet.contains(r#"[data-theme="light"]"#));
        assert_eq!(ground(false, true), ground(false, false));
    }

    #[test]
    fn dark_themes_are_told_by_their_names() {
        for dark in ["Adwaita:dark", "Adwaita-dark", "Yaru-blue-Dark"] {
            assert!(is_dark_theme(dark), "{dark}");
        }
        for light in ["Adwaita", "Darkness", "Yaru-dark-mode", ""] {
            assert!(!is_dark_theme(light), "{light}");
        }
    }
}
