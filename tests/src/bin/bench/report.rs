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
    /// What stands behind the name of each figure: something within [`Report::at_a_tenth`], otherwise nothing.
    ending: &'static str,
    all_hold: bool,
}

impl Report {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            bench: "",
            ending: "",
            all_hold: true,
        }
    }

    pub(crate) fn begin(&mut self, bench: &'static str) {
        self.bench = bench;
    }

    /// Has `measure` tell figures at a tenth of the size: under the same names, with `_tenth` behind them.
    pub(crate) fn at_a_tenth(&mut self, measure: impl FnOnce(&mut Self)) {
        self.ending = "_tenth";
        measure(self);
        self.ending = "";
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
        eprintln!("{}.{name}{} not measured: {why}", self.bench, self.ending);
        self.print(name, None);
    }

    fn tell(&mut self, figure: &Figure, holds: bool) {
        self.all_hold &= holds;
        self.print(figure.name, Some((figure, holds)));
    }

    fn print(&self, name: &str, measured: Option<(&Figure, bool)>) {
        if self.json {
            println!("{}", self.json_line(name, measured));
        } else {
            println!("{}", self.line(name, measured));
        }
    }

    /// Always five words; what is not known in it, or a limit that nothing passes, is a `-`.
    fn line(&self, name: &str, measured: Option<(&Figure, bool)>) -> String {
        let name = format!("{}.{name}{}", self.bench, self.ending);
        let Some((figure, holds)) = measured else {
            return format!("{name} - - - unknown");
        };
        let judged = match (figure.limit.is_finite(), holds) {
            (true, true) => format!("{} holds", figure.limit),
            (true, false) => format!("{} fails", figure.limit),
            (false, _) => "- -".to_owned(),
        };
        format!("{name} {:.3} {} {judged}", figure.value, figure.unit)
    }

    /// The same as one JSON object; what is not known in it is null, a limit that nothing passes, too.
    fn json_line(&self, name: &str, measured: Option<(&Figure, bool)>) -> serde_json::Value {
        let figure = measured.map(|(figure, _)| figure);
        serde_json::json!({
            "bench": self.bench, "figure": format!("{name}{}", self.ending),
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
            report.line(figure.name, Some((&figure, true))),
            "startup.painted_ratio 1.750 ratio 2 holds"
        );
        assert_eq!(
            report.line(figure.name, Some((&figure, false))),
            "startup.painted_ratio 1.750 ratio 2 fails"
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
            report.line(figure.name, None),
            "startup.painted_ratio - - - unknown"
        );
        let unlimited = Figure {
            limit: f64::INFINITY,
            ..figure
        };
        let told = Some((&unlimited, true));
        assert!(report.json_line(unlimited.name, told)["limit"].is_null());
        assert_eq!(
            report.line(unlimited.name, told),
            "startup.painted_ratio 1.750 ratio - -"
        );
    }

    #[test]
    fn a_figure_at_a_tenth_of_the_size_says_so_in_its_name() {
        let mut report = Report::new(false);
        report.begin("pull");
        let names = |report: &Report| {
            let json = report.json_line("requests_ratio", None);
            let line = report.line("requests_ratio", None);
            let figure = json["figure"].as_str().unwrap_or_default().to_owned();
            (
                figure,
                line.split(' ').next().unwrap_or_default().to_owned(),
            )
        };
        let mut tenth = None;
        report.at_a_tenth(|report| tenth = Some(names(report)));
        let of = |figure: &str| (figure.to_owned(), format!("pull.{figure}"));
        assert_eq!(tenth, Some(of("requests_ratio_tenth")));
        assert_eq!(names(&report), of("requests_ratio"));
    }
}
