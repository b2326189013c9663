//! Figures, as ratios against a floor measured in the same run; of the sandbox store, times.
//!
//! `bench [NAME] [--json]`: a line per figure, `name value unit limit holds|fails`, or the same as
//! JSON lines. One without a limit ends `- -`, one that can't be measured here `- - - unknown`. A figure at a tenth of
//! the size ends in `_tenth`.

mod browse;
mod changes;
mod client;
mod pull;
mod report;
mod sandbox;
#[cfg(target_os = "linux")]
mod startup;

use std::process::ExitCode;

use report::{Figure, Report};

type Bench = (&'static str, fn(&mut Report));

fn main() -> ExitCode {
    // The benchmark of the client starts this program again, as its server and as those that pull.
    let mut itself = std::env::args().skip(1);
    match (itself.next().as_deref(), itself.next()) {
        (Some(client::SERVE), None) => {
            return match client::serve() {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("the products can't be served: {error}");
                    ExitCode::FAILURE
                }
            };
        }
        (Some(how @ (client::PLAIN | client::CLIENT)), Some(origin)) => {
            client::pull_over_http(how, &origin);
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    let (mut name, mut json) = (None, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => json = true,
            other if !other.starts_with('-') && name.is_none() => name = Some(other.to_owned()),
            other => {
                eprintln!("unknown argument `{other}`: bench [NAME] [--json]");
                return ExitCode::from(2);
            }
        }
    }
    let all: &[Bench] = &[
        ("browse", browse::run),
        ("changes", changes::run),
        ("client", client::run),
        ("pull", pull::run),
        ("sandbox", sandbox::run),
        #[cfg(target_os = "linux")]
        ("startup", startup::run),
    ];
    let chosen: Vec<_> = all
        .iter()
        .filter(|(known, _)| name.as_deref().is_none_or(|name| name == *known))
        .collect();
    if chosen.is_empty() {
        let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
        eprintln!("no benchmark of that name; known: {}", known.join(", "));
        return ExitCode::from(2);
    }
    let mut report = Report::new(json);
    for (name, run) in chosen {
        report.begin(name);
        run(&mut report);
    }
    if report.all_hold() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
