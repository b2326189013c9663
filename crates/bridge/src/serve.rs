//! The routes.

use std::{convert::Infallible, path::Path};

use axum::{
    Json, Router,
    extract::{Path as Name, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures::stream;
use serde_json::Value;
use std::sync::Arc;

use surface::Surface;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use crate::{
    guard::{Guard, same_origin, with_cookie, with_key},
    hello,
    pretend::{Deed, System},
};

/// As strict as the real window's, with this server in the place of the app's own channel.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves until the process is asked to end, then ends the background work where it stands well.
pub(crate) async fn run(
    surface: Surface,
    system: Arc<System>,
    port: u16,
    ui: &Path,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let guard = Guard::new(listener.local_addr()?)?;
    let url = format!("http://{}/#key={}", guard.host, guard.key);
    tokio::spawn(surface.go_on());
    let router = routes(surface.clone(), system, guard, ui);
    hello::say(&url)?;
    // Streams of events never end by themselves, so open connections are not waited for.
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served?,
        () = asked_to_end() => {}
    }
    surface.close().await;
    Ok(())
}

fn routes(surface: Surface, system: Arc<System>, guard: Guard, ui: &Path) -> Router {
    let policy = HeaderValue::from_static(POLICY);
    let pictures = surface.clone();
    Router::new()
        .route("/call/{command}", post(call))
        .route("/events", get(events))
        .with_state(surface.clone())
        .route("/desk", get(copied).post(happens))
        .with_state((surface, system))
        .route_layer(middleware::from_fn_with_state(guard.clone(), with_key))
        .merge(
            Router::new()
                .route("/picture/{*path}", get(picture))
                .with_state(pictures)
                .route_layer(middleware::from_fn_with_state(guard.clone(), with_cookie)),
        )
        .fallback_service(ServeDir::new(ui))
        .layer(middleware::from_fn_with_state(guard, same_origin))
        .layer(SetResponseHeaderLayer::overriding(
            header::CONTENT_SECURITY_POLICY,
            policy,
        ))
}

async fn call(
    State(surface): State<Surface>,
    Name(command): Name<String>,
    Json(input): Json<Value>,
) -> Response {
    match surface.dispatch(&command, input).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}

async fn picture(State(surface): State<Surface>, Name(path): Name<String>) -> Response {
    match surface.picture(&path).await {
        Some(picture) => (
            [
                (header::CONTENT_TYPE, picture.media_type),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (
                    header::CACHE_CONTROL,
                    "private, max-age=31536000, immutable",
                ),
            ],
            picture.bytes,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Something happens at the desk of the person who sits before the browser.
async fn happens(
    State((surface, system)): State<(Surface, Arc<System>)>,
    Json(deed): Json<Deed>,
) -> StatusCode {
    system.happens(deed, &surface);
    StatusCode::NO_CONTENT
}

/// What the clipboard there holds.
async fn copied(State((_, system)): State<(Surface, Arc<System>)>) -> String {
    system.copied()
}

async fn events(State(surface): State<Surface>) -> Response {
    let events = stream::unfold(surface.events(), async |mut events| {
        let event = events.next().await?;
        let data = serde_json::to_string(&event).unwrap_or_default();
        Some((Ok::<_, Infallible>(Event::default().data(data)), events))
    });
    Sse::new(Box::pin(events))
        .keep_alive(KeepAlive::default())
        .into_response()
}

async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ended.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a signal to wait for, it runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
