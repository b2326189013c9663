//! How figures are told.

use std::time::{Duration, Instant};

/// One figure with its limit.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) limit: f64,
}

/// Prints each figure as soon as it is known.
pub(crate) struct Report {
    json: bool,
    bench: &'static str,
    all_hold: bool,
}

impl Report {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            bench: "",
            all_hold: true,
        }
    }

    pub(crate) fn begin(&mut self, bench: &'static str) {
        self.bench = bench;
    }

    /// A figure that should be low.
    pub(crate) fn add(&mut self, figure: &Figure) {
        self.tell(figure, figure.value <= figure.limit);
    }

    /// A figure that should be high: its limit is a lower one.
    pub(crate) fn add_at_least(&mut self, figure: &Figure) {
        self.tell(figure, figure.value >= figure.limit);
    }

    /// A figure that this system can't give; nothing holds or fails.
    pub(crate) fn not_measured(&self, name: &str, why: &str) {
        if self.json {
            let line = serde_json::json!({
                "bench": self.bench, "figure": name, "not_measured": why,
            });
            println!("{line}");
        } else {
            println!("{}.{name} not measured: {why}", self.bench);
        }
    }

    fn tell(&mut self, figure: &Figure, holds: bool) {
        self.all_hold &= holds;
        if self.json {
            let line = serde_json::json!({
                "bench": self.bench, "figure": figure.name, "value": figure.value,
                "unit": figure.unit, "limit": figure.limit, "holds": holds,
            });
            println!("{line}");
        } else {
            let word = if holds { "holds" } else { "fails" };
            println!(
                "{}.{} {:.3} {} {} {word}",
                self.bench, figure.name, figure.value, figure.unit, figure.limit
            );
        }
    }

    pub(crate) fn all_hold(&self) -> bool {
        self.all_hold
    }
}

/// The best of several runs of both, taken in turns, so that a busy machine slows both alike.
pub(crate) fn ratio(runs: u32, mut ours: impl FnMut(), mut floor: impl FnMut()) -> f64 {
    let (mut best_ours, mut best_floor) = (Duration::MAX, Duration::MAX);
    for _ in 0..runs {
        best_floor = best_floor.min(time(&mut floor));
        best_ours = best_ours.min(time(&mut ours));
    }
    best_ours.as_secs_f64() / best_floor.as_secs_f64().max(1e-9)
}

pub(crate) fn time(work: &mut impl FnMut()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}
