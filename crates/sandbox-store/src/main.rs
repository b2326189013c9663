//! `sandbox-store serve`: a store in a box, on this machine only.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use sandbox_store::{Condition, Config, FeesWithoutId, Plan, Scopes, Sizes, Token};

/// What `--help` and `serve --help` end with.
const EXAMPLES: &str = "\
Examples:
  A shop to look at, and to break:
    sandbox-store serve --control-port 0
  Ask it as you would ask https://api.bigcommerce.com:
    curl -H \"X-Auth-Token: $TOKEN\" -H 'Accept: application/json' \\
      \"$ORIGIN/stores/northfold/v3/catalog/products?limit=5&include=variants\"
  The storefront's GraphQL, with a token from POST /v3/storefront/api-token-private:
    curl -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\
      -d '{\"query\":\"{ site { settings { storeName } } }\"}' \"$ORIGIN/graphql\"
  A bad day: another app takes half of the quota, answers are slow and uneven, some never come:
    sandbox-store serve --competitor 0.5 --latency-ms 80 --jitter-ms 400 \\
      --faults resetAfter=1%,html502=0.5%,rateLimitedBare=0.5%
  Two API accounts, one of which may only read orders:
    sandbox-store serve --token writer --also-token reader=store_v2_orders_read_only
  A large shop (use a release build), kept between runs:
    sandbox-store serve --products 100000 --orders 250000 --customers 100000 --data shop.jsonl

What BigCommerce has and this store has not answers 501 and names itself. The crate's README lists the
control server's requests, the faults, and which of the wire's habits are modelled.";

/// A BigCommerce-compatible store in a box, on 127.0.0.1, with sample data.
#[derive(Parser)]
#[command(name = "sandbox-store", version, about, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open the store, print one JSON line with its address, and serve until SIGINT or SIGTERM.
    #[command(after_help = EXAMPLES)]
    Serve(Box<Serve>),
    /// Delete a data file, so that the next start begins with fresh sample data.
    Reset {
        /// The data file.
        #[arg(long)]
        data: PathBuf,
    },
}

#[derive(Args)]
struct Serve {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The store's hash in every path.
    #[arg(long, default_value = "northfold")]
    store_hash: String,
    /// The access token; without it one is made for this run.
    #[arg(long)]
    token: Option<String>,
    /// What the token may do: all, none, or OAuth scope names with commas between.
    #[arg(long, default_value = "all")]
    scopes: Scopes,
    /// Another API account: its token and what it may do, e.g. reader=store_v2_orders_read_only. May
    /// be given more than once.
    #[arg(long, value_name = "TOKEN=SCOPES", value_parser = account)]
    also_token: Vec<(Token, Scopes)>,
    /// standard or plus (150 requests per 30 s), pro (450), enterprise (no limit).
    #[arg(long, default_value = "standard")]
    plan: Plan,
    /// The part of the quota that another app of the store uses, 0 to 1.
    #[arg(long, default_value = "0", value_name = "SHARE", value_parser = share)]
    competitor: u32,
    /// Milliseconds until stock, captures, voids and refunds have settled.
    #[arg(long, default_value_t = 800)]
    settle_ms: u64,
    /// Milliseconds until stock that was set with its product has been booked.
    #[arg(long, default_value_t = 0)]
    stock_lag_ms: u64,
    /// What fees without an id do in the change of an order: add (they come on top, each time they are sent) or
    /// replace (the fees given are all there are to be). The reference says both.
    #[arg(long, default_value = "add")]
    fees_without_id: FeesWithoutId,
    /// Products in the catalog.
    #[arg(long, default_value_t = 200)]
    products: u32,
    /// Orders over the last two years.
    #[arg(long, default_value_t = 500)]
    orders: u32,
    /// Registered customers.
    #[arg(long, default_value_t = 300)]
    customers: u32,
    /// Another seed, another shop.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day the sample data ends: YYYY-MM-DD or `today`.
    #[arg(long, default_value = "2026-11-16", value_parser = day)]
    as_of: Date,
    /// What the merchant calls a status, e.g. 11="Pick and pack". May be given more than once.
    #[arg(long, value_name = "ID=LABEL", value_parser = label)]
    custom_label: Vec<(u8, String)>,
    /// Milliseconds every answer takes at least.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Up to so many milliseconds more, as the seed says.
    #[arg(long, default_value_t = 0)]
    jitter_ms: u64,
    /// Answer with gzip where it is asked for.
    #[arg(long)]
    gzip: bool,
    /// open, maintenance (503, HTML), suspended (503), locked (423).
    #[arg(long, default_value = "open")]
    state: Condition,
    /// What is to go wrong: shares of all requests (resetAfter=1%,html502=0.5%), or the JSON of the
    /// control server's POST /faults, or a file with that JSON. Which requests are hit is for the
    /// seed to say.
    #[arg(long, value_name = "SPEC")]
    faults: Option<String>,
    /// Speak TLS with a certificate made for this run; it is printed with the address.
    #[arg(long)]
    tls_self_signed: bool,
    /// Keep changes in this file. If it exists, its seed, sizes and day are used.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Write every request into this file, one JSON line each. Never the token.
    #[arg(long, value_name = "FILE")]
    request_log: Option<PathBuf>,
    /// Also run the control server on this port; 0 takes any free one.
    #[arg(long, value_name = "PORT")]
    control_port: Option<u16>,
}

impl Serve {
    fn config(self) -> Config {
        Config {
            port: self.port,
            store_hash: self.store_hash,
            token: self.token.as_deref().map(Token::new),
            scopes: self.scopes,
            more_tokens: self.also_token,
            plan: self.plan,
            competitor_permille: self.competitor,
            settling: Duration::from_millis(self.settle_ms),
            stock_lag: Duration::from_millis(self.stock_lag_ms),
            fees_without_id: self.fees_without_id,
            sizes: Sizes {
                products: self.products,
                orders: self.orders,
                customers: self.customers,
            },
            seed: self.seed,
            as_of: self.as_of,
            custom_labels: self.custom_label.into_iter().collect::<BTreeMap<_, _>>(),
            latency: Duration::from_millis(self.latency_ms),
            jitter: Duration::from_millis(self.jitter_ms),
            gzip: self.gzip,
            condition: self.state,
            faults: self.faults,
            tls_self_signed: self.tls_self_signed,
            data_file: self.data,
            control_port: self.control_port,
            request_log: self.request_log,
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    if text == "today" {
        return Ok(jiff::Zoned::now().date());
    }
    text.parse()
        .map_err(|_error| "give YYYY-MM-DD or `today`".to_owned())
}

fn label(text: &str) -> Result<(u8, String), String> {
    let (id, label) = text
        .split_once('=')
        .ok_or("give ID=LABEL, e.g. 11=\"Pick and pack\"")?;
    let id = id
        .parse()
        .map_err(|_error| format!("`{id}` is not a status id"))?;
    Ok((id, label.to_owned()))
}

fn account(text: &str) -> Result<(Token, Scopes), String> {
    let (token, scopes) = text
        .split_once('=')
        .ok_or("give TOKEN=SCOPES, e.g. reader=store_v2_orders_read_only")?;
    let scopes = scopes
        .parse()
        .map_err(|error: sandbox_store::UnknownScope| error.to_string())?;
    Ok((Token::new(token), scopes))
}

/// In thousandths.
fn share(text: &str) -> Result<u32, String> {
    let wrong = || "give a number from 0 to 1, e.g. 0.5".to_owned();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let thousandths = format!("{whole}{digits}");
    let share: u32 = thousandths.parse().map_err(|_error| wrong())?;
    if share <= 1_000 {
        Ok(share)
    } else {
        Err(wrong())
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut text = format!("sandbox-store: {error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                text.push_str(&format!(": {inner}"));
                cause = inner.source();
            }
            // Standard error may be closed; the exit code says it all the same.
            let _best_effort = writeln!(io::stderr(), "{text}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        Command::Reset { data } => Ok(sandbox_store::reset(&data)?),
        Command::Serve(serve) => {
            let running = sandbox_store::serve(serve.config()).await?;
            let mut hello = serde_json::json!({
                "origin": running.origin,
                "storeHash": running.store_hash,
                "token": running.token.expose(),
            });
            if let Some(control) = &running.control_origin {
                hello["control"] = control.as_str().into();
            }
            if let Some(certificate) = &running.certificate_pem {
                hello["certificate"] = certificate.as_str().into();
            }
            let mut out = io::stdout();
            writeln!(out, "{hello}")?;
            out.flush()?;
            until_told_to_stop().await?;
            running.stop().await;
            Ok(())
        }
    }
}

#[cfg(unix)]
async fn until_told_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _signal = terminate.recv() => {}
        _signal = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn until_told_to_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
