//! Start, commands, events, end.

use std::{path::PathBuf, sync::Arc};

use host::{Environment, NoMilestones};
use serde_json::Value;
use surface::{Announcement, AppError, Event, Host, Surface};
use tauri::http::Response;
use tauri::{AppHandle, Emitter as _, Manager as _, RunEvent, State, WindowEvent};
use tauri_plugin_opener::OpenerExt as _;

use crate::{announcer::Announcer, backend::Backend, window};

/// The name under which the window hears events.
const EVENT: &str = "stockroom-event";

/// The scheme of the addresses under which the window gets pictures.
const PICTURES: &str = "picture";

/// What the backend may ask of the system.
struct Desktop {
    app: AppHandle,
    announcer: Announcer,
}
impl Desktop {
    fn new(app: AppHandle) -> Self {
        let on_press = {
            let app = app.clone();
            move |store: &str| show_orders(&app, store)
        };
        Self {
            app,
            announcer: Announcer::new(Arc::new(on_press)),
        }
    }
}

impl Host for Desktop {
    fn open_in_browser(&self, url: &str) -> Result<(), String> {
        let opened = self.app.opener().open_url(url, None::<&str>);
        opened.map_err(|error| error.to_string())
    }

    fn is_looked_at(&self) -> bool {
        window::is_looked_at(&self.app)
    }

    fn announce(&self, announcement: Announcement) -> Result<(), String> {
        self.announcer.say(announcement)
    }
}

/// Somebody pressed the announcement of a store's orders.
fn show_orders(app: &AppHandle, store: &str) {
    window::bring_to_front(app);
    let event = Event::ShowOrders {
        store: store.to_owned(),
    };
    if let Err(error) = app.emit(EVENT, event) {
        tracing::warn!(%error, "the window was not told which orders to show");
    }
}

/// The one way from the window into the backend.
#[tauri::command]
async fn call(
    backend: State<'_, Backend>,
    command: String,
    input: Value,
) -> Result<Value, AppError> {
    let surface = backend.surface_or_begin()?;
    surface.dispatch(&command, input).await
}

/// A picture for the window, or 404: the page has something to put in its place.
async fn picture(app: &AppHandle, path: &str) -> Response<Vec<u8>> {
    let surface = app.try_state::<Backend>().and_then(|it| it.surface());
    let found = match surface {
        Some(surface) => surface.picture(path).await,
        None => None,
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
                    && let Some(surface) = backend.surface()
                {
                    window::remember(window.app_handle(), &surface);
                }
                api.prevent_close();
                window::close(window.clone());
            }
        })
        .setup(move |app| {
            let home = environment
                .home_or("stockroom")
                .unwrap_or_else(|| PathBuf::from("stockroom"));
            let (handle, place) = (app.handle().clone(), home.clone());
            let backend = Backend::new(Box::new(move || {
                let desktop = Arc::new(Desktop::new(handle.clone()));
                let nothing = Arc::new(NoMilestones);
                let surface = host::start(&place, environment.clone(), desktop, nothing, sample)?;
                tell_events(&handle, &surface);
                tauri::async_runtime::spawn(surface.announcements());
                Ok(surface)
            }));
            let window = window::open(app.handle(), &home, backend.surface().as_ref());
            app.manage(backend);
            window?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit)
            && let Some(backend) = app.try_state::<Backend>()
            && let Some(surface) = backend.surface()
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
