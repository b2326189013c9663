//! Where the time of a start goes: when each stage of it was reached.
//!
//! The page notes its own stages (`ui/src/lib/stages.ts`) in the timeline that every page has, and a driver asks for
//! them once the start is over. A window that is steered is a little slower than one that isn't, so these starts are
//! apart from those that are judged, and nothing here has a limit.

use std::{
    fs,
    process::Stdio,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use stockroom_tests::{
    desktop::Desktop,
    memory,
    watch::Watch,
    window::{App, Window},
};

use super::{Candidate, display, last_line, median, milliseconds};
use crate::{Figure, Report};

/// Of each.
const RUNS: usize = 5;

/// The stages in their order: the figure, and the same of the bare window, which doesn't have them all. Each is counted
/// from the start of the process.
const STAGES: [(&str, &str); 9] = [
    // The program is loaded with its libraries, and its own first line runs.
    ("until_main", "until_main_floor"),
    // The window is there, and the process that draws its page has been started.
    ("until_web_process", "until_web_process_floor"),
    // The page is asked for.
    ("until_page", "until_page_floor"),
    // It has been read; scripts that wait for that have yet to run.
    ("until_read", "until_read_floor"),
    // The first of its script runs: all of it is there.
    ("until_script", "until_script_floor"),
    // All of the script has been run once.
    ("until_run", "until_run_floor"),
    // The answers that were prepared are there.
    ("until_answered", "until_answered_floor"),
    // The rows have been put on the page.
    ("until_put", "until_put_floor"),
    // They are on the screen.
    ("until_painted", "until_painted_floor"),
];

/// The page's part of them, in milliseconds of the calendar's clock.
const OF_THE_PAGE: &str = "
    const noted = (stage) => {
        const [mark] = performance.getEntriesByName('stockroom.' + stage, 'mark');
        return mark ? performance.timeOrigin + mark.startTime : null;
    };
    const { navigationStart, domInteractive } = performance.timing;
    return [navigationStart, domInteractive, ...['begun', 'run', 'answered', 'put'].map(noted)];
";

pub(super) fn run(report: &mut Report, desktop: &Desktop, ours: &Candidate, floor: &Candidate) {
    let (mut starts, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        floors.push(reached(desktop, floor));
        starts.push(reached(desktop, ours));
    }
    for (at, (name, floor_name)) in STAGES.into_iter().enumerate() {
        for (name, of) in [(name, &starts), (floor_name, &floors)] {
            let known: Vec<f64> = of.iter().filter_map(|start| start[at]).collect();
            if !known.is_empty() {
                report.add(&Figure {
                    name,
                    value: median(known.into_iter()),
                    unit: "ms",
                    limit: f64::INFINITY,
                });
            }
        }
    }
}

/// When one start reached each of [`STAGES`], in milliseconds; `None` where there is no such stage.
fn reached(desktop: &Desktop, candidate: &Candidate) -> Vec<Option<f64>> {
    let note = desktop.root().join("began");
    let mut app = App::installed(desktop, desktop.root()).through(vec![
        "/bin/sh".to_owned(),
        "-c".to_owned(),
        // It becomes the candidate, whatever program is named behind that.
        "date +%s%N > \"$0\"; exec \"$1\"".to_owned(),
        note.display().to_string(),
        candidate.program.display().to_string(),
    ]);
    for (name, value) in &candidate.variables {
        app = app.with(name, value);
    }
    let watch = Watch::of(display(desktop), candidate.strip);
    let (here, there) = (Instant::now(), by_the_calendar());
    let window = app.open();
    let painted = last_line(&watch, here, candidate, || window.text());
    let painted = there + milliseconds(painted.saturating_duration_since(here));

    let began = fs::read_to_string(&note).expect("the shell has noted when it began");
    let began: f64 = began.trim().parse().expect("it noted a number");
    let began = began / 1e6;
    let page = window.script(OF_THE_PAGE, &[]);
    let page = page.as_array().into_iter().flatten();
    let mut reached = vec![
        Some(until_main(desktop, candidate)),
        until_web_process(&window),
    ];
    reached.extend(page.map(|at| Some(at.as_f64()? - began)));
    reached.push(Some(painted - began));
    assert_eq!(reached.len(), STAGES.len(), "each stage has its place");
    window.crash();
    reached
}

/// How long a candidate takes until it notices, in the first lines of `main`, that there is no display: then it ends.
fn until_main(desktop: &Desktop, candidate: &Candidate) -> f64 {
    let mut command = desktop.command(&candidate.program);
    for (name, value) in &candidate.variables {
        command.env(name, value);
    }
    command
        .env_remove("DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let began = Instant::now();
    let ended = command.status().expect("it is built");
    assert!(!ended.success(), "it opens no window without a display");
    milliseconds(began.elapsed())
}

/// From the start of the program to that of the process which draws its page, in steps of 10 ms.
fn until_web_process(window: &Window<'_>) -> Option<f64> {
    let program = window.process();
    let drawing = memory::family(program).into_iter().find(|process| {
        fs::read_to_string(format!("/proc/{process}/comm"))
            .is_ok_and(|name| name.starts_with("WebKitWebProc"))
    });
    Some((started(drawing?)? - started(program)?) * 10.0)
}

/// When a process was started, in hundredths of a second since the computer was.
///
/// Source: Linux, `Documentation/filesystems/proc.rst`, `stat`, field 22.
fn started(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is a name in parentheses, in which anything may stand.
    let (_, from_the_third) = stat.rsplit_once(')')?;
    from_the_third.split_whitespace().nth(22 - 3)?.parse().ok()
}

/// Now, in milliseconds of the calendar's clock.
fn by_the_calendar() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    milliseconds(now.expect("it is after 1970"))
}
