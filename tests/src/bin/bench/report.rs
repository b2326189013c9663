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

    /// A figure that this system can't give; nothing holds or fails. Why goes to standard error, for standard output
    /// belongs to the figures.
    pub(crate) fn not_measured(&self, name: &str, why: &str) {
        eprintln!("{}.{name} not measured: {why}", self.bench);
        if self.json {
            println!("{}", self.json_line(name, None));
        }
    }

    fn tell(&mut self, figure: &Figure, holds: bool) {
        self.all_hold &= holds;
        if self.json {
            println!("{}", self.json_line(figure.name, Some((figure, holds))));
        } else {
            println!("{}", self.line(figure, holds));
        }
    }

    fn line(&self, figure: &Figure, holds: bool) -> String {
        let word = if holds { "holds" } else { "fails" };
        format!(
            "{}.{} {:.3} {} {} {word}",
            self.bench, figure.name, figure.value, figure.unit, figure.limit
        )
    }

    /// The same as one JSON object; what is not known in it is null, a limit that nothing passes, too.
    fn json_line(&self, name: &str, measured: Option<(&Figure, bool)>) -> serde_json::Value {
        let figure = measured.map(|(figure, _)| figure);
        serde_json::json!({
            "bench": self.bench, "figure": name,
            "value": figure.map(|it| it.value), "unit": figure.map(|it| it.unit),
            "limit": figure.map(|it| it.limit), "holds": measured.map(|(_, holds)| holds),
        })
    }

    pub(crate) fn all_hold(&self) -> bool {
        self.all_hold
    }
}

/// The best of several runs of ours against the best of the floor's.
pub(crate) fn ratio(runs: u32, mut ours: impl FnMut(), mut floor: impl FnMut()) -> f64 {
    let [floor, ours] = best(runs, [&mut floor, &mut ours]);
    ours / floor.max(1e-9)
}

/// The best of several runs of each, in seconds: taken in turns, so that a busy machine slows all alike.
pub(crate) fn best<const N: usize>(runs: u32, mut works: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..runs {
        for (best, work) in best.iter_mut().zip(&mut works) {
            *best = time(work).min(*best);
        }
    }
    best.map(|best| best.as_secs_f64())
}

pub(crate) fn time(work: &mut impl FnMut()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn what_is_compared_is_run_in_turns() {
        let order = RefCell::new(String::new());
        let ran = |name| order.borrow_mut().push(name);
        best(2, [&mut || ran('a'), &mut || ran('b'), &mut || ran('c')]);
        assert_eq!(*order.borrow(), "abcabc");
    }

    #[test]
    fn a_figure_is_a_line_and_the_same_in_json() {
        let mut report = Report::new(true);
        report.begin("startup");
        let figure = Figure {
            name: "painted_ratio",
            value: 1.75,
            unit: "ratio",
            limit: 2.0,
        };
        assert_eq!(
            report.line(&figure, true),
            "startup.painted_ratio 1.750 ratio 2 holds"
        );
        let json = report.json_line(figure.name, Some((&figure, true)));
        assert_eq!(
            json,
            serde_json::json!({
                "bench": "startup", "figure": "painted_ratio", "value": 1.75, "unit": "ratio", "limit": 2.0,
                "holds": true,
            })
        );
        // Whoever reads it finds the same six fields where nothing could be measured.
        let none = report.json_line(figure.name, None);
        let names = |line: &serde_json::Value| {
            let fields = line.as_object().expect("a line is an object");
            fields.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(names(&none), names(&json));
        assert!(none["value"].is_null() && none["holds"].is_null());
        assert_eq!(
            report.json_line(
                "painted",
                Some((
                    &Figure {
                        limit: f64::INFINITY,
                        ..figure
                    },
                    true
                ))
            )["limit"],
            serde_json::Value::Null
        );
    }
}
