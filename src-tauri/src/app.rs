//! Start, commands, events, end.

use std::{path::PathBuf, sync::Arc};

use host::{Environment, NoMilestones};
use serde_json::Value;
use surface::{AppError, Host, Surface};
use tauri::http::Response;
use tauri::{AppHandle, Emitter as _, Manager as _, RunEvent, State, WindowEvent};
use tauri_plugin_opener::OpenerExt as _;

use crate::window;

/// The name under which the window hears events.
const EVENT: &str = "stockroom-event";

/// The scheme of the addresses under which the window gets pictures.
const PICTURES: &str = "picture";

/// The surface, or why there is none: the window then shows that, instead of not opening.
struct Backend(Result<Surface, AppError>);

struct Browser(AppHandle);

impl Host for Browser {
    fn open_in_browser(&self, url: &str) -> Result<(), String> {
        let opened = self.0.opener().open_url(url, None::<&str>);
        opened.map_err(|error| error.to_string())
    }
}

/// The one way from the window into the backend.
#[tauri::command]
async fn call(
    backend: State<'_, Backend>,
    command: String,
    input: Value,
) -> Result<Value, AppError> {
    match &backend.0 {
        Ok(surface) => surface.dispatch(&command, input).await,
        Err(error) => Err(error.clone()),
    }
}

/// A picture for the window, or 404: the page has something to put in its place.
async fn picture(app: &AppHandle, path: &str) -> Response<Vec<u8>> {
    let backend = app.try_state::<Backend>();
    let found = match backend.as_ref().map(|backend| &backend.0) {
        Some(Ok(surface)) => surface.picture(path).await,
        Some(Err(_)) | None => None,
    };
    let response = match found {
        Some(picture) => Response::builder()
            .header("Content-Type", picture.media_type)
            .header("X-Content-Type-Options", "nosniff")
            .header("Cache-Control", "private, max-age=31536000, immutable")
            .body(picture.bytes),
        None => Response::builder().status(404).body(Vec::new()),
    };
    response.expect("these headers can stand in an answer")
}

pub(crate) fn run(environment: Environment, sample: bool) -> tauri::Result<()> {
    let mut builder = tauri::Builder::default();
    if environment.home.is_none() {
        // Two with homes of their own may well run side by side.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::bring_to_front(app);
        }));
    }
    let app = builder
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .invoke_handler(tauri::generate_handler![call])
        .register_asynchronous_uri_scheme_protocol(PICTURES, |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn(async move {
                responder.respond(picture(&app, request.uri().path()).await);
            });
        })
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                // Once the app ends the window is gone, and its place with it.
                if let Some(backend) = window.try_state::<Backend>()
                    && let Ok(surface) = &backend.0
                {
                    window::remember(window.app_handle(), surface);
                }
                api.prevent_close();
                window::close(window.clone());
            }
        })
        .setup(move |app| {
            let home = environment
                .home_or("stockroom")
                .unwrap_or_else(|| PathBuf::from("stockroom"));
            let browser = Arc::new(Browser(app.handle().clone()));
            let started = host::start(&home, environment, browser, Arc::new(NoMilestones), sample);
            let surface = match started {
                Ok(surface) => {
                    tell_events(app.handle(), &surface);
                    Ok(surface)
                }
                Err(error) => {
                    eprintln!("{error}.");
                    Err(AppError::from(&error))
                }
            };
            let window = window::open(app.handle(), &home, surface.as_ref().ok());
            app.manage(Backend(surface));
            window?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit)
            && let Some(backend) = app.try_state::<Backend>()
            && let Ok(surface) = &backend.0
        {
            tauri::async_runtime::block_on(surface.close());
        }
    });
    Ok(())
}

fn tell_events(app: &AppHandle, surface: &Surface) {
    let (app, mut events) = (app.clone(), surface.events());
    tauri::async_runtime::spawn(async move {
        while let Some(event) = events.next().await {
            if let Err(error) = app.emit(EVENT, event) {
                tracing::warn!(%error, "an event did not reach the window");
            }
        }
    });
}
