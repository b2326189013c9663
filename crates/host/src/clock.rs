use std::time::{Duration, Instant};

use bigcommerce::Randomness;
use commerce::{Clock, Sleep, Tick};
use jiff::Timestamp;

/// The computer's own time. Needs a Tokio runtime with time to sleep.
///
/// Its ticks stop while the computer sleeps, on Linux and macOS; its calendar goes on. Source: Rust's standard
/// library, `Instant`, "Underlying System calls".
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    began: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self {
            began: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Tick {
        Tick::at(self.began.elapsed())
    }

    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        let left: Duration = deadline.since(self.now());
        Box::pin(tokio::time::sleep(left))
    }
}

/// The system's own randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandomness;

impl Randomness for OsRandomness {
    fn unit(&self) -> f64 {
        rand::random::<f64>()
    }
}
