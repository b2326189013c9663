//! Start, commands, events, end.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    thread,
};

use host::{Environment, NoMilestones};
use serde_json::Value;
use surface::{AppError, Surface};
use tauri::http::Response;
use tauri::{
    AppHandle, DragDropEvent, Emitter as _, Manager as _, RunEvent, State, Window, WindowEvent,
};
use tokio::sync::watch;

use crate::{backend::Backend, first::First, system::System, window};

/// The name under which the window hears events.
pub(crate) const EVENT: &str = "stockroom-event";

/// The scheme of the addresses under which the window gets pictures.
const PICTURES: &str = "picture";

/// The app, once there is one: the backend begins before.
#[derive(Clone, Default)]
pub(crate) struct Soon(Arc<OnceLock<AppHandle>>);

impl Soon {
    fn set(&self, app: AppHandle) {
        // There is only one to set.
        let _ = self.0.set(app);
    }

    /// The app.
    pub(crate) fn get(&self) -> Option<&AppHandle> {
        self.0.get()
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

/// What the page will ask first, already answered.
#[tauri::command]
async fn first(first: State<'_, First>) -> Result<Value, ()> {
    Ok(first.take().await)
}

/// The page is drawn, and can be seen.
#[tauri::command]
fn drawn(app: AppHandle) {
    window::show(&app);
}

/// The page hears events from here on.
#[tauri::command]
fn hear(hearing: State<'_, Hearing>) {
    hearing.0.send_replace(true);
}

/// Whether the page hears events. What happens before that waits for it, so that no answer it has goes
/// stale without its knowing.
struct Hearing(watch::Sender<bool>);

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

pub(crate) fn run(environment: Environment, home: PathBuf, sample: bool) -> tauri::Result<()> {
    let has_own_home = environment.home.is_some();
    let soon = Soon::default();
    let hearing = watch::Sender::new(false);
    // Meanwhile the toolkit gets ready, which takes longer.
    let backend = {
        let (soon, home, heard) = (soon.clone(), home.clone(), hearing.subscribe());
        thread::spawn(move || {
            let backend = Backend::new(Box::new(move || {
                let system = Arc::new(System::new(soon.clone()));
                let nothing = Arc::new(NoMilestones);
                let surface = host::start(&home, environment.clone(), system, nothing, sample)?;
                tell_events(soon.clone(), &surface, heard.clone());
                tauri::async_runtime::spawn(surface.go_on());
                Ok(surface)
            }));
            let first = First::begin(backend.surface());
            (backend, first)
        })
    };
    let mut builder = tauri::Builder::default();
    if !has_own_home {
        // Two with homes of their own may well run side by side.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
            window::bring_to_front(app);
            let backend = app.try_state::<Backend>();
            let surface = backend.and_then(|backend| backend.surface());
            if let (Some(surface), true) = (surface, crate::wants_sample(&words)) {
                surface.show_sample();
            }
        }));
    }
    let app = builder
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![call, first, hear, drawn])
        .register_asynchronous_uri_scheme_protocol(PICTURES, |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn(async move {
                responder.respond(picture(&app, request.uri().path()).await);
            });
        })
        .on_window_event(|window, event| match event {
            WindowEvent::CloseRequested { api, .. } => {
                // Once the app ends the window is gone, and its place with it.
                if let Some(surface) = surface_of(window) {
                    window::remember(window.app_handle(), &surface);
                }
                api.prevent_close();
                window::close(window.clone());
            }
            WindowEvent::Moved(_) | WindowEvent::Resized(_) => {
                window::remember_soon(window.app_handle());
            }
            WindowEvent::Focused(true) => {
                if let Some(surface) = surface_of(window) {
                    surface.looked_at();
                }
            }
            WindowEvent::DragDrop(event) => dragged(window, event),
            _ => {}
        })
        .setup(move |app| {
            soon.set(app.handle().clone());
            app.manage(Hearing(hearing));
            let (backend, first) = backend
                .join()
                .map_err(|_| "the backend broke while it began")?;
            app.manage(first);
            let window = window::open(app.handle(), &home, backend.surface().as_ref());
            app.manage(backend);
            window?;
            Ok(())
        })
        .build(crate::context::context())?;
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

fn surface_of(window: &Window) -> Option<Surface> {
    window.try_state::<Backend>()?.surface()
}

/// Whether it is a file's place: of a link that is dragged Tauri makes a path, too, one that begins nowhere.
fn is_file(path: &Path) -> bool {
    path.is_absolute()
}

/// The page never hears of a file's place, only that one is there.
fn dragged(window: &Window, event: &DragDropEvent) {
    let Some(surface) = surface_of(window) else {
        return;
    };
    match event {
        DragDropEvent::Enter { paths, .. } if paths.iter().any(|path| is_file(path)) => {
            surface.file_over(true);
        }
        DragDropEvent::Leave => surface.file_over(false),
        DragDropEvent::Drop { paths, .. } => {
            surface.file_over(false);
            if let Some(first) = paths.iter().find(|path| is_file(path)) {
                surface.file_dropped(first.clone());
            }
        }
        _ => {}
    }
}

fn tell_events(app: Soon, surface: &Surface, mut heard: watch::Receiver<bool>) {
    let mut events = surface.events();
    tauri::async_runtime::spawn(async move {
        // It fails when the app ends, and then nobody is left to tell.
        let _ = heard.wait_for(|heard| *heard).await;
        while let Some(event) = events.next().await {
            if let Some(app) = app.get()
                && let Err(error) = app.emit(EVENT, event)
            {
                tracing::warn!(%error, "an event did not reach the window");
            }
        }
    });
}
