//! Starting the app with orders on the disk, against a bare Tauri window with one line in it.
//!
//! Both are measured from outside and alike: the display tells when something was drawn, and then one
//! narrow strip of it is looked at. Neither program knows that it is being watched. They take turns,
//! on one display, with the same settings, so that a busy computer slows both.

mod stages;

use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::json;
use stockroom_tests::{
    desktop::Desktop,
    memory,
    process::{Running, built},
    sandbox::SandboxOptions,
    watch::{Strip, Watch},
    window::close_windows,
    world::World,
};

use crate::{Figure, Report};

const ORDERS: u32 = 500;
/// Of each.
const RUNS: usize = 9;
/// When this long nothing was drawn any more in the strip, the start is over.
const QUIET: Duration = Duration::from_millis(1_500);
const PATIENCE: Duration = Duration::from_secs(60);
/// A machine is quiet as long as the bare window's median start takes no longer than so many times its shortest one:
/// whatever slowed that makes every ratio to it look better than it is.
const QUIET_SPREAD: f64 = 1.3;
const WIDTH: u16 = 1440;
const HEIGHT: u16 = 900;

/// A program whose start is measured.
struct Candidate {
    program: PathBuf,
    variables: Vec<(&'static str, String)>,
    /// Where its text is, on the display.
    strip: Strip,
    /// How many lines of text there have to be.
    lines: usize,
}

/// One start.
struct Start {
    painted: Duration,
    /// Of all its processes, in bytes.
    memory: u64,
}

/// Starts of both, taken in turns.
struct Series {
    ours: Vec<Start>,
    floors: Vec<Start>,
}

pub(crate) fn run(report: &mut Report) {
    let mut world = World::with(SandboxOptions {
        orders: ORDERS,
        ..SandboxOptions::default()
    });
    world.desktop = world.desktop.with_screen(WIDTH.into(), HEIGHT.into());
    let (mut bridge, store) = world.connected(&[]);
    // As a person who closed it on the list of orders.
    bridge.tell(
        "set_layout",
        json!({ "store": store, "name": "place", "value": json!("/orders").to_string() }),
    );
    bridge.stop();

    let renderer = renderer();
    let ours = Candidate {
        program: built("stockroom"),
        variables: vec![
            (
                "STOCKROOM_HOME",
                world.desktop.stockroom_home().display().to_string(),
            ),
            ("STOCKROOM_API_ORIGIN", world.sandbox.origin().to_owned()),
        ]
        .into_iter()
        .chain(renderer.clone())
        .collect(),
        // The column of order numbers, below the heads.
        strip: Strip {
            x: 250,
            y: 180,
            width: 60,
            height: 640,
        },
        lines: 10,
    };
    let floor = Candidate {
        program: built("bare-window"),
        variables: renderer,
        strip: Strip {
            x: 0,
            y: 0,
            width: 60,
            height: 640,
        },
        lines: 1,
    };

    // Both once before: what they read is in memory then. Ours is closed as a person closes it, for a
    // window that is put away leaves what helps the next one.
    let desktop = &world.desktop;
    Opened::of(desktop, &floor).killed();
    Opened::of(desktop, &ours).closed(desktop);
    let series = quiet_or_second(|| Series::of(desktop, &ours, &floor));
    tell(report, &series);
    stages::run(report, desktop, &ours, &floor);
}

/// What the app chooses for itself where there is no graphics card (`src-tauri/src/rendering.rs`), so that
/// both draw alike.
fn renderer() -> Vec<(&'static str, String)> {
    let devices = std::fs::read_dir("/dev/dri")
        .into_iter()
        .flatten()
        .flatten();
    let mut names = devices.map(|device| device.file_name());
    if names.any(|name| name.to_string_lossy().starts_with("renderD")) {
        return Vec::new();
    }
    vec![("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned())]
}

impl Series {
    fn of(desktop: &Desktop, ours: &Candidate, floor: &Candidate) -> Self {
        let mut series = Self {
            ours: Vec::new(),
            floors: Vec::new(),
        };
        for _ in 0..RUNS {
            series.floors.push(Opened::of(desktop, floor).killed());
            series.ours.push(Opened::of(desktop, ours).killed());
        }
        series
    }

    /// The shortest and the longest start of the bare window, in milliseconds, where the machine was not quiet.
    fn unrest(&self) -> Option<(f64, f64)> {
        let painted = || self.floors.iter().map(|one| milliseconds(one.painted));
        let shortest = painted().fold(f64::INFINITY, f64::min);
        let longest = painted().fold(0.0, f64::max);
        (median(painted()) > QUIET_SPREAD * shortest).then_some((shortest, longest))
    }
}

/// What was measured on a quiet machine, or else what was measured the second time.
fn quiet_or_second(mut measure: impl FnMut() -> Series) -> Series {
    let first = measure();
    if first.unrest().is_none() {
        return first;
    }
    measure()
}

fn tell(report: &mut Report, series: &Series) {
    let Series { ours, floors } = series;
    let painted = |starts: &[Start]| median(starts.iter().map(|one| milliseconds(one.painted)));
    #[expect(
        clippy::cast_precision_loss,
        reason = "a computer has less memory than a double counts exactly"
    )]
    let memory = |starts: &[Start]| median(starts.iter().map(|one| one.memory as f64));
    let mebibytes = |bytes: f64| bytes / (1024.0 * 1024.0);
    match series.unrest() {
        None => report.add(&Figure {
            name: "painted_ratio",
            value: painted(ours) / painted(floors),
            unit: "ratio",
            limit: 2.0,
        }),
        Some((shortest, longest)) => report.not_measured(
            "painted_ratio",
            &format!(
                "the bare window itself took between {shortest:.0} and {longest:.0} ms: this machine was not quiet"
            ),
        ),
    }
    for (name, value, unit, limit) in [
        ("memory_ratio", memory(ours) / memory(floors), "ratio", 1.5),
        // What the ratios are made of. It depends on the computer, so nothing is too much.
        ("painted", painted(ours), "ms", f64::INFINITY),
        ("painted_floor", painted(floors), "ms", f64::INFINITY),
        ("memory", mebibytes(memory(ours)), "MiB", f64::INFINITY),
        (
            "memory_floor",
            mebibytes(memory(floors)),
            "MiB",
            f64::INFINITY,
        ),
    ] {
        report.add(&Figure {
            name,
            value,
            unit,
            limit,
        });
    }
}

/// A candidate that has been started, and draws nothing any more.
struct Opened {
    running: Running,
    painted: Duration,
}

impl Opened {
    fn of(desktop: &Desktop, candidate: &Candidate) -> Self {
        let watch = Watch::of(display(desktop), candidate.strip);
        let mut command: Command = desktop.command(&candidate.program);
        command.envs(
            candidate
                .variables
                .iter()
                .map(|(name, value)| (name, value)),
        );
        let began = Instant::now();
        let running: Running = desktop.run("start", &mut command, b"");
        let painted = last_line(&watch, began, candidate, || running.stderr());
        Self {
            running,
            painted: painted - began,
        }
    }

    /// Ends it at once: it can leave nothing for the next start.
    fn killed(mut self) -> Start {
        let memory = memory::proportional(self.running.id());
        self.running.kill();
        Start {
            painted: self.painted,
            memory,
        }
    }

    /// Closes its window, and waits until it has ended by itself.
    fn closed(mut self, desktop: &Desktop) {
        close_windows(display(desktop));
        self.running.wait_for_end();
    }
}

/// When the last line of a candidate's text appeared, once nothing is drawn any more. What it has said is told if it
/// doesn't get that far.
fn last_line(
    watch: &Watch,
    began: Instant,
    candidate: &Candidate,
    said: impl Fn() -> String,
) -> Instant {
    // The first moment with each number of lines that was the last so far.
    let (mut painted, mut lines) = (began, 0);
    loop {
        match watch.next(QUIET) {
            Some((at, picture)) => {
                if picture.lines_of_text() != lines {
                    (painted, lines) = (at, picture.lines_of_text());
                }
            }
            None if lines >= candidate.lines => return painted,
            None => assert!(
                began.elapsed() < PATIENCE,
                "{} shows {lines} lines and should show {}; it said: {}",
                candidate.program.display(),
                candidate.lines,
                said(),
            ),
        }
    }
}

fn display(desktop: &Desktop) -> &str {
    desktop.display().expect("it was given a screen")
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A series in which the bare window took these milliseconds.
    fn series(floors: &[u64]) -> Series {
        let start = |ms: &u64| Start {
            painted: Duration::from_millis(*ms),
            memory: 0,
        };
        Series {
            ours: Vec::new(),
            floors: floors.iter().map(start).collect(),
        }
    }

    #[test]
    fn a_machine_is_quiet_while_the_bare_window_starts_alike() {
        // One slow start says nothing of the others.
        assert_eq!(series(&[400, 410, 420, 430, 1900]).unrest(), None);
        assert_eq!(series(&[400, 510, 515]).unrest(), None);
        assert_eq!(
            series(&[900, 400, 530, 520, 600]).unrest(),
            Some((400.0, 900.0))
        );
    }

    #[test]
    fn what_was_measured_in_unrest_is_measured_once_more() {
        let (quiet, unquiet) = ([400, 410, 420], [400, 900, 800]);
        for (told, times, rest) in [
            ([quiet, unquiet], 1, true),
            ([unquiet, quiet], 2, true),
            ([unquiet, unquiet], 2, false),
        ] {
            let mut measured = 0;
            let kept = quiet_or_second(|| {
                measured += 1;
                series(&told[measured - 1])
            });
            assert_eq!(measured, times);
            assert_eq!(kept.unrest().is_none(), rest);
        }
    }
}
