//! What is seen of the window while it opens, from the first frame on.

use std::time::{Duration, Instant};

use serde_json::json;
use stockroom_tests::{
    desktop::Desktop,
    process::{Running, built},
    watch::{Picture, Strip, Watch},
    world::World,
};

use crate::support::Turn;

const WIDTH: u16 = 1440;
const HEIGHT: u16 = 900;
/// The list of orders is there when so many lines of text are below each other.
const LINES: usize = 10;
/// A dark window has light letters and lines. A frame of which more than this is light has flashed.
const PER_CENT: usize = 20;
/// Of 255. The ground of a dark window in usual contrast is brighter.
const BLACK: u32 = 10;
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_dark_window_opens_without_a_light_frame() {
    let _turn = Turn::take();
    let mut world = World::new();
    world.desktop = world.desktop.with_screen(WIDTH.into(), HEIGHT.into());
    let (mut bridge, store) = world.connected(&[]);
    bridge.tell(
        "set_layout",
        json!({ "store": store, "name": "place", "value": json!("/orders").to_string() }),
    );
    bridge.stop();

    // A dark system; the person has chosen nothing.
    let system = ("GTK_THEME", "Adwaita:dark");
    for _ in 0..2 {
        assert_eq!(light_frames(&film(&world, &[system])), [0; 0]);
    }

    // A light system; the person has chosen dark, and the web view does not know that yet.
    let mut bridge = world.bridge(&[]);
    let state = bridge.get("app_state", json!({}));
    let mut preferences = state["preferences"].clone();
    preferences["theme"] = json!("dark");
    bridge.tell("set_preferences", preferences.clone());
    bridge.stop();
    for _ in 0..2 {
        assert_eq!(light_frames(&film(&world, &[])), [0; 0]);
    }

    // In high contrast the page is black. So is the window before there is a page in it: no grey one comes in between.
    let mut bridge = world.bridge(&[]);
    preferences["contrast"] = json!("high");
    bridge.tell("set_preferences", preferences);
    bridge.stop();
    for _ in 0..2 {
        let frames = film(&world, &[]);
        assert_eq!(light_frames(&frames), [0; 0]);
        let grounds = frames.iter().map(Picture::ground);
        let grey: Vec<u32> = grounds.filter(|shade| *shade > BLACK).collect();
        assert_eq!(grey, [0; 0]);
    }
}

/// How much of each frame is light, in per cent, where that is too much.
fn light_frames(film: &[Picture]) -> Vec<usize> {
    let shares = film.iter().map(Picture::light_share);
    shares.filter(|share| *share > PER_CENT).collect()
}

/// All frames from the start of the program to the list of orders.
fn film(world: &World, variables: &[(&str, &str)]) -> Vec<Picture> {
    let desktop: &Desktop = &world.desktop;
    let all = Strip {
        x: 0,
        y: 0,
        width: WIDTH,
        height: HEIGHT,
    };
    // The column of the orders' numbers, below its head.
    let numbers = Strip {
        x: 250,
        y: 180,
        width: 60,
        height: 640,
    };
    let display = desktop.display().expect("it was given a screen");
    let watch = Watch::of(display, all);
    let mut command = desktop.command(built("stockroom"));
    command
        .env("STOCKROOM_HOME", desktop.stockroom_home())
        .env("STOCKROOM_API_ORIGIN", world.sandbox.origin())
        .envs(variables.iter().copied());
    let began = Instant::now();
    let mut running: Running = desktop.run("opening", &mut command, b"");
    let mut film = Vec::new();
    while began.elapsed() < PATIENCE {
        let Some((_, frame)) = watch.next(Duration::from_secs(1)) else {
            continue;
        };
        let is_whole = frame.part(numbers).lines_of_text() >= LINES;
        film.push(frame);
        if is_whole {
            running.kill();
            // The next one begins on an empty screen.
            while watch.next(Duration::from_secs(1)).is_some() {}
            return film;
        }
    }
    panic!(
        "no list of orders in {} frames; it said: {}",
        film.len(),
        running.stderr()
    );
}
