//! The one window: where it was, without a white flash.

use std::{path::Path, time::Duration};

use serde_json::{Value, json};
use surface::Surface;
use tauri::{
    AppHandle, Manager as _, PhysicalPosition, PhysicalSize, Theme, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, window::Color,
};

/// What the page gets to hand over what it still holds.
const LAST_MOMENT: Duration = Duration::from_millis(400);
pub(crate) const LABEL: &str = "main";
/// The window's place is remembered like any other layout.
const LAYOUT: &str = "window";
const LIGHT: Color = Color(0xF6, 0xF5, 0xF2, 0xFF);
const DARK: Color = Color(0x16, 0x15, 0x13, 0xFF);

/// Opens the window where it was last. `home` also holds what the web view keeps of its own.
pub(crate) fn open(
    app: &AppHandle,
    home: &Path,
    surface: Option<&Surface>,
) -> tauri::Result<WebviewWindow> {
    let theme = surface.and_then(wanted_theme);
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Stockroom")
        .inner_size(1440.0, 900.0)
        .min_inner_size(800.0, 560.0)
        .data_directory(home.join("webview"))
        .theme(theme)
        .background_color(LIGHT)
        .visible(false)
        .build()?;
    let dark = matches!(theme.or_else(|| window.theme().ok()), Some(Theme::Dark));
    // The web view paints this until the page has painted itself.
    window.set_background_color(Some(if dark { DARK } else { LIGHT }))?;
    if let Some(place) = surface.and_then(remembered) {
        restore(&window, &place);
    }
    window.show()?;
    Ok(window)
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
    let maximized = window.is_maximized().unwrap_or(false);
    let (Ok(size), Ok(at)) = (window.inner_size(), window.outer_position()) else {
        return;
    };
    let mut place = json!({ "maximized": maximized });
    if maximized {
        // The size to go back to is the one from before.
        if let Some(before) = remembered(surface) {
            place = before;
            place["maximized"] = Value::Bool(true);
        }
    } else {
        place = json!({
            "maximized": false,
            "width": size.width, "height": size.height, "x": at.x, "y": at.y,
        });
    }
    let layout = json!({ "store": null, "name": LAYOUT, "value": place.to_string() });
    if let Err(error) = ask(surface, "set_layout", layout) {
        tracing::warn!(?error, "the window's place was not kept");
    }
}

fn restore(window: &WebviewWindow, place: &Value) {
    let number = |name: &str| place[name].as_i64().and_then(|n| i32::try_from(n).ok());
    let (width, height) = (number("width"), number("height"));
    if let (Some(width), Some(height)) = (width, height)
        && let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height))
        && width >= 400
        && height >= 300
    {
        let _ = window.set_size(PhysicalSize::new(width, height));
    }
    if let (Some(x), Some(y)) = (number("x"), number("y"))
        && on_a_screen(window, x, y)
    {
        let _ = window.set_position(PhysicalPosition::new(x, y));
    }
    if place["maximized"].as_bool() == Some(true) {
        let _ = window.maximize();
    }
}

/// A screen that was taken away must not take the window along.
fn on_a_screen(window: &WebviewWindow, x: i32, y: i32) -> bool {
    window.available_monitors().is_ok_and(|monitors| {
        monitors.iter().any(|monitor| {
            let (at, size) = (monitor.position(), monitor.size());
            let inside = |value: i32, from: i32, length: u32| {
                i64::from(value) >= i64::from(from)
                    && i64::from(value) < i64::from(from) + i64::from(length) - 100
            };
            inside(x, at.x, size.width) && inside(y, at.y, size.height)
        })
    })
}

fn remembered(surface: &Surface) -> Option<Value> {
    let layout = ask(surface, "layout", json!({ "store": null, "name": LAYOUT })).ok()?;
    serde_json::from_str(layout["value"].as_str()?).ok()
}

fn wanted_theme(surface: &Surface) -> Option<Theme> {
    let state = ask(surface, "app_state", json!({})).ok()?;
    match state["preferences"]["theme"].as_str()? {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

fn ask(surface: &Surface, command: &str, input: Value) -> Result<Value, surface::AppError> {
    tauri::async_runtime::block_on(surface.dispatch(command, input))
}
