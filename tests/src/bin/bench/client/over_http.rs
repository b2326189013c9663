//! Over real HTTP on this computer, in real time, with a server that is another process.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use bigcommerce::{
    ApiOrigin, Client, ClientParts, HttpTransport, Lane, Walk, request::products::ProductsQuery,
};
use commerce::{AccessToken, Clock, Sleep, Tick};
use jiff::Timestamp;

use super::{ALONG, Middle, PATIENCE, made_up::page_of_products};
use crate::{Figure, Report};

const PRODUCTS: u64 = 20_000;
const PAGE: u64 = 250;
const LATENCY: Duration = Duration::from_millis(30);
const TOKEN: &str = "bench0bench0bench0bench0bench00";
const RUNS: usize = 3;
/// A pull asks for a page once the one before is there.
pub(crate) fn most_asked_per_second() -> f64 {
    1.0 / LATENCY.as_secs_f64()
}

/// As arguments of this program: serve, or pull in one of two ways.
pub(crate) const SERVE: &str = "--serve-products";
pub(crate) const PLAIN: &str = "--pull-by-plain-loop";
pub(crate) const CLIENT: &str = "--pull-by-client";

/// The computer's own time.
struct SystemClock(Instant);

impl Clock for SystemClock {
    fn now(&self) -> Tick {
        Tick::at(self.0.elapsed())
    }

    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        Box::pin(tokio::time::sleep(deadline.since(self.now())))
    }
}

pub(super) fn run(report: &mut Report) {
    let server = Server::start();
    let (mut ours, mut plain) = (f64::MAX, f64::MAX);
    let mut memory: Option<f64> = None;
    for _ in 0..RUNS {
        let (seconds, _) = by_itself(PLAIN, &server.origin);
        plain = plain.min(seconds);
        let (seconds, megabytes) = by_itself(CLIENT, &server.origin);
        ours = ours.min(seconds);
        memory = memory.into_iter().chain(megabytes).reduce(f64::max);
    }
    report.add_at_least(&Figure {
        name: "throughput_ratio",
        value: plain / ours,
        unit: "ratio",
        limit: 0.9,
    });
    match memory {
        Some(value) => report.add(&Figure {
            name: "pull_memory_mb",
            value,
            unit: "MB",
            limit: 60.0,
        }),
        None => report.not_measured(
            "pull_memory_mb",
            "this system doesn't say how much memory a process took",
        ),
    }
}

/// This program once more, to pull as it is told and nothing else: what the benchmarks before it
/// have freed and keep would hide what the pull takes. Gives seconds and, where the system tells,
/// megabytes.
fn by_itself(how: &str, origin: &str) -> (f64, Option<f64>) {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args([how, origin]).output();
    let output = output.expect("this program, once more");
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Option<Vec<f64>> = text
        .split_whitespace()
        .map(|one| one.parse().ok())
        .collect();
    match figures.as_deref() {
        Some([seconds, megabytes]) => (*seconds, Some(*megabytes)),
        Some([seconds]) => (*seconds, None),
        _ => panic!("{how}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// What [`by_itself`] starts.
pub(crate) fn pull(how: &str, origin: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let before = of_this_process("VmRSS:");
    let took = if how == PLAIN {
        runtime.block_on(loop_of_the_library(origin))
    } else {
        runtime.block_on(walk_of_the_client(origin))
    };
    let most = of_this_process("VmHWM:");
    let more = before.zip(most).map(|(before, most)| most - before);
    let more = more.map_or_else(String::new, |more| more.to_string());
    println!("{} {more}", took.as_secs_f64());
}

async fn walk_of_the_client(origin: &str) -> Duration {
    let clock = Arc::new(SystemClock(Instant::now()));
    let client = Client::new(ClientParts {
        origin: ApiOrigin::loopback(origin).expect("loopback"),
        hash: "bench".parse().expect("a hash"),
        token: AccessToken::new(TOKEN.to_owned()),
        transport: Arc::new(HttpTransport::new("bench/0.1").expect("the HTTP library")),
        clock,
        randomness: Arc::new(Middle),
    });
    let began = Instant::now();
    let walk = Walk::products_full(ProductsQuery::new().include(ALONG));
    let mut walker = client.walk(walk, Lane::FirstPull, PATIENCE);
    let mut count = 0;
    while let Some(page) = walker.next().await {
        count += page.expect("the server answers").value.items.len() as u64;
    }
    assert_eq!(count, PRODUCTS);
    began.elapsed()
}

/// What somebody would write who needs nothing but the JSON: one page after another, from where the
/// one before ended, as the client does.
async fn loop_of_the_library(origin: &str) -> Duration {
    let client = reqwest::Client::builder()
        .no_proxy()
        .http1_only()
        .build()
        .expect("the HTTP library");
    let began = Instant::now();
    let (mut count, mut next) = (0, 1);
    loop {
        let url = format!("{origin}/stores/bench/v3/catalog/products?id:min={next}&limit={PAGE}");
        let answer = client.get(url).header("X-Auth-Token", TOKEN).send().await;
        let bytes = answer.expect("an answer").bytes().await.expect("a body");
        let page: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        let products = page["data"].as_array().expect("a list");
        let Some(last) = products.last() else {
            break;
        };
        count += products.len() as u64;
        next = last["id"].as_u64().expect("a number") + 1;
    }
    assert_eq!(count, PRODUCTS);
    began.elapsed()
}

/// In megabytes; `None` where the system doesn't say.
fn of_this_process(line: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kibibytes = status.lines().find_map(|text| {
        text.strip_prefix(line)?
            .trim()
            .strip_suffix(" kB")?
            .parse::<f64>()
            .ok()
    });
    kibibytes.map(|kibibytes| kibibytes * 1024.0 / 1e6)
}

/// The server, in a process of its own so that its memory isn't ours.
struct Server {
    process: Child,
    origin: String,
}

impl Server {
    fn start() -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .arg(SERVE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program, once more");
        let out = process.stdout.take().expect("it was asked for");
        let mut origin = String::new();
        BufReader::new(out)
            .read_line(&mut origin)
            .expect("where it is");
        Self {
            process,
            origin: origin.trim().to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves products until it is ended, each answer after [`LATENCY`].
pub(crate) fn serve() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    // Made once: both loops ask for the same pages again and again.
    let pages: Arc<Vec<Vec<u8>>> = Arc::new(
        (0..=PRODUCTS / PAGE)
            .map(|page| {
                let first = page * PAGE + 1;
                page_of_products(first..=(first + PAGE - 1).min(PRODUCTS), PAGE)
            })
            .collect(),
    );
    for stream in listener.incoming() {
        let (stream, pages) = (stream?, Arc::clone(&pages));
        std::thread::spawn(move || answer(stream, &pages));
    }
    Ok(())
}

fn answer(stream: TcpStream, pages: &[Vec<u8>]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut request = String::new();
        while !request.ends_with("\r\n\r\n") {
            if reader.by_ref().take(64 * 1024).read_line(&mut request)? == 0 {
                return Ok(());
            }
        }
        let first = request
            .split_once("id:min=")
            .and_then(|(_, rest)| rest.split(['&', ' ']).next()?.parse::<u64>().ok())
            .unwrap_or(1);
        let page = usize::try_from((first - 1) / PAGE).unwrap_or(0);
        let body = &pages[page.min(pages.len() - 1)];
        std::thread::sleep(LATENCY);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        out.write_all(head.as_bytes())?;
        out.write_all(body)?;
        out.flush()?;
    }
}
