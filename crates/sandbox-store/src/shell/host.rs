//! The store with its clock, files and faults: what all connections share.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::bends::{Bend, bend};
use super::connection::{Cut, Outcome};
use super::courses::{Course, Ending};
use super::data_file::{Change, DataFile, Elsewhere, Entry, Origin};
use super::faults::Fault;
use super::moving;
use super::request_log::{Became, RequestLog};
use super::rules::{Due, Rules, without_store};
use super::traffic::{Pace, Traffic};
use super::{Condition, Config, ServeError};
use crate::gate::step;
use crate::http::{Effects, Request, Response};
use crate::pictures;
use crate::state::{Blueprint, Store, storefront};
use crate::v3::images::form_as_json;

/// One open store.
#[derive(Debug)]
pub(super) struct Host {
    pace: Pace,
    traffic: Traffic,
    /// Requests that have come in.
    arrived: AtomicU64,
    gzip: bool,
    /// Whether new connections are taken.
    pub(super) is_listening: watch::Sender<bool>,
    inner: Mutex<Inner>,
}

/// What only one request at a time may touch.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) store: Store,
    pub(super) rules: Rules,
    pub(super) log: RequestLog,
    pub(super) clock_offset: SignedDuration,
    /// How often it began anew.
    resets: u64,
    pub(super) condition: Condition,
    /// Connections that were reset before anything was read.
    pub(super) refused_connections: u64,
    /// How many lists were read while their things moved.
    moves: u64,
    /// The store at some moment before, to compare with.
    pub(super) snapshot: Option<Box<Store>>,
    /// What chance began with when the store was opened.
    fault_seed: u64,
    blueprint: Blueprint,
    data: Option<DataFile>,
}

impl Host {
    pub(super) fn open(config: &Config, mut blueprint: Blueprint) -> Result<Self, ServeError> {
        let log =
            RequestLog::open(config.request_log.as_deref()).map_err(ServeError::RequestLog)?;
        let mut data = None;
        let mut entries = Vec::new();
        if let Some(path) = &config.data_file {
            let (file, origin, kept) = DataFile::open(path, Origin::of(&blueprint))?;
            blueprint.seed = origin.seed;
            blueprint.sizes = origin.sizes;
            blueprint.as_of = origin.as_of;
            blueprint.fees_without_id = origin.fees_without_id;
            data = Some(file);
            entries = kept;
        }
        let mut store = Store::open(&blueprint);
        store.scheme = config.scheme();
        let mut clock_offset = SignedDuration::ZERO;
        for entry in &entries {
            replay(&mut store, entry);
            if let Change::Elsewhere(Elsewhere::ClockSet { offset_millis }) = &entry.change {
                clock_offset = SignedDuration::from_millis(*offset_millis);
            }
        }
        let mut rules = match &config.faults {
            Some(spec) => Rules::parse(spec).map_err(ServeError::Faults)?,
            None => Rules::default(),
        };
        if rules.seed == 0 {
            rules.seed = config.seed;
        }
        let fault_seed = rules.seed;
        Ok(Self {
            pace: Pace {
                latency: config.latency,
                jitter: config.jitter,
                seed: config.seed,
            },
            traffic: Traffic::default(),
            arrived: AtomicU64::new(0),
            gzip: config.gzip,
            is_listening: watch::Sender::new(true),
            inner: Mutex::new(Inner {
                store,
                rules,
                log,
                clock_offset,
                resets: 0,
                condition: config.condition,
                refused_connections: 0,
                moves: 0,
                snapshot: None,
                fault_seed,
                blueprint,
                data,
            }),
        })
    }

    /// A request that panicked has changed nothing by halves that matters in a sandbox: go on.
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next request is the first one again, for what chance says of each.
    pub(super) fn start_counting_anew(&self) {
        self.arrived.store(0, Ordering::Relaxed);
    }

    /// Whether the connection that has just come is let in.
    pub(super) fn admits(&self) -> bool {
        let mut inner = self.lock();
        let is_refused = inner.rules.refuse();
        inner.refused_connections += u64::from(is_refused);
        !is_refused
    }

    /// The way of one request, faults included.
    pub(super) async fn answer(self: &Arc<Self>, request: Request, cut: &Cut) -> Outcome {
        let zips = self.gzip && takes_gzip(&request);
        let is_picture = is_picture(&request);
        let mut outcome = self.unzipped(request, cut).await;
        if let Outcome::Answer(response) | Outcome::Half(response) | Outcome::Slow(response, _) =
            &mut outcome
        {
            self.lock().sign(response, is_picture);
        }
        if let Outcome::Answer(response) = &mut outcome {
            if zips {
                let whole = std::mem::replace(response, Response::empty(500));
                *response = zipped(whole);
            }
            // The next request comes on a new connection, which may be refused.
            if self.lock().rules.may_refuse() {
                response.set_header("Connection", "close");
            }
        }
        outcome
    }

    async fn unzipped(self: &Arc<Self>, request: Request, cut: &Cut) -> Outcome {
        let number = self.arrived.fetch_add(1, Ordering::Relaxed);
        let Some(_under_way) = self.traffic.enter(&request.method, &request.path) else {
            return self.refused(&request, Response::text(429, ""), "concurrency");
        };
        pause(self.pace.of(number)).await;
        let condition = self.lock().condition;
        if let Some((response, name)) = condition.refusal() {
            return self.refused(&request, response, name);
        }
        let Due { fault, bends, name } = self.lock().due(&request);
        let course = fault.map_or(Course::Plain, Fault::course);
        match course {
            Course::Plain if name.is_none() => Outcome::Answer(self.plain(request).await),
            Course::Plain => Outcome::Answer(self.bent(request, name, bends)),
            Course::Late(wait) => {
                pause(wait).await;
                Outcome::Answer(self.bent(request, name, bends))
            }
            Course::Partly(part) => {
                let seen = part.without(&request);
                let mut response = self.lock().handle(&request, seen, name, Kept::Partly);
                part.missing_from(&mut response);
                bend(&mut response, bends);
                Outcome::Answer(response)
            }
            Course::Instead {
                mut response,
                applied,
            } => {
                bend(&mut response, bends);
                let mut inner = self.lock();
                let status = Some(response.status);
                if applied {
                    inner.handle(&request, request.clone(), name, Kept::Instead(status));
                } else {
                    inner.note(&request, Became::instead(status, name));
                }
                Outcome::Answer(response)
            }
            Course::Silence { applied, reset } => {
                {
                    let mut inner = self.lock();
                    if applied {
                        inner.handle(&request, request.clone(), name, Kept::Instead(None));
                    } else {
                        inner.note(&request, Became::instead(None, name));
                    }
                }
                if reset {
                    return Outcome::Cut;
                }
                // Until the client gives up: then this future is dropped with the connection.
                std::future::pending::<()>().await;
                cut.now();
                Outcome::Cut
            }
            Course::Afterwards(wait) => {
                let host = Arc::downgrade(self);
                let resets = self.lock().resets;
                tokio::spawn(async move {
                    pause(wait).await;
                    // A store that has been closed, or that began anew, knows nothing of it.
                    let Some(host) = host.upgrade() else { return };
                    let mut inner = host.lock();
                    if inner.resets == resets {
                        inner.handle(&request, request.clone(), name, Kept::Instead(None));
                    }
                });
                Outcome::Cut
            }
            Course::Answered(ending) => {
                let response = self.bent(request, name, bends);
                match ending {
                    // Half of nothing would be all of it.
                    Ending::Half if response.body.is_empty() => Outcome::Cut,
                    Ending::Half => Outcome::Half(response),
                    Ending::Slow { pause, head: false } => Outcome::Slow(response, pause),
                    Ending::Slow { pause, head: true } => {
                        cut.drip(pause);
                        Outcome::Answer(response)
                    }
                }
            }
        }
    }

    /// An answer that the store itself has no part in.
    fn refused(&self, request: &Request, response: Response, name: &'static str) -> Outcome {
        let status = Some(response.status);
        self.lock()
            .note(request, Became::instead(status, Some(name)));
        Outcome::Answer(response)
    }

    /// The store's answer with something changed inside.
    fn bent(&self, request: Request, name: Option<&'static str>, bends: Vec<Bend>) -> Response {
        let mut inner = self.lock();
        let mut response = inner.handle(&request, request.clone(), name, Kept::Answer);
        if bends.contains(&Bend::Reordered) {
            inner.moves += 1;
            let (now, moves) = (inner.now(), inner.moves);
            moving::shift(&mut inner.store, &request, &mut response, now, moves);
        }
        drop(inner);
        bend(&mut response, bends);
        response
    }

    /// Pictures need nothing of the store, and drawing takes a while: they keep nobody waiting.
    async fn plain(&self, request: Request) -> Response {
        if !is_picture(&request) {
            return self.bent(request, None, Vec::new());
        }
        let asked = request.clone();
        let drawn = tokio::task::spawn_blocking(move || pictures::answer(&asked)).await;
        let response = drawn.unwrap_or_else(|_panic| Response::empty(500));
        let status = Some(response.status);
        self.lock().note(&request, Became::instead(status, None));
        response
    }
}

fn is_picture(request: &Request) -> bool {
    request.path.starts_with("/product_images/")
}

fn takes_gzip(request: &Request) -> bool {
    request
        .header("Accept-Encoding")
        .is_some_and(|kinds| kinds.to_ascii_lowercase().contains("gzip"))
}

/// Smaller on the wire; very short answers are not worth it.
fn zipped(mut response: Response) -> Response {
    if response.body.len() < 256 {
        return response;
    }
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    let done = io::Write::write_all(&mut writer, &response.body).and_then(|()| writer.finish());
    if let Ok(bytes) = done {
        response.body = bytes;
        response.set_header("Content-Encoding", "gzip");
    }
    response
}

async fn pause(length: Duration) {
    if !length.is_zero() {
        tokio::time::sleep(length).await;
    }
}

/// What the log says of the answer.
enum Kept {
    /// The store's own status.
    Answer,
    /// Another one, or none.
    Instead(Option<u16>),
    /// That not everything was done.
    Partly,
}

impl Inner {
    /// The store's time.
    pub(super) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.clock_offset).unwrap_or(now)
    }

    /// The faults for this request. Counts them, and what they do to the whole store is done with that: nobody
    /// is answered between a rule that was used up and what it does.
    fn due(&mut self, request: &Request) -> Due {
        let due = self.rules.take(request);
        match &due.fault {
            Some(Fault::RevokeToken) => {
                let token = request.header("X-Auth-Token").unwrap_or("");
                self.store.revoke(token);
            }
            Some(Fault::QuotaGone) => {
                let now = self.now();
                self.store.limiter.exhaust(now);
            }
            _other => {}
        }
        due
    }

    /// Asks the store, keeps what changed, writes the log; in this order, before the answer goes out.
    /// `asked` is what came over the wire, `request` what the store sees of it.
    fn handle(
        &mut self,
        asked: &Request,
        request: Request,
        fault: Option<&'static str>,
        kept: Kept,
    ) -> Response {
        let now = self.now();
        let mut response = step(&mut self.store, request.clone(), now);
        let unbuilt = response.unbuilt.take();
        if response.effects.changed {
            let change = Change::Request {
                method: request.method.clone(),
                path: without_store(&request.path).to_owned(),
                query: request.query.clone(),
                body: form_as_json(&request)
                    .unwrap_or_else(|| serde_json::from_slice(&request.body).unwrap_or_default()),
                account: self.store.account_of(&request),
                storefront: self.store.storefront.named_in(&request),
            };
            if let Err(error) = self.keep(now, change) {
                response = not_kept(&error);
            }
        }
        let status = match kept {
            Kept::Answer => Some(response.status),
            Kept::Instead(status) => status,
            Kept::Partly if response.status == 200 => Some(207),
            Kept::Partly => Some(response.status),
        };
        let became = Became {
            status,
            effects: response.effects,
            fault,
            unbuilt,
        };
        self.note(asked, became);
        response.set_header("Date", &date_header(now));
        response
    }

    /// What every answer says, whoever made it: the store's own time, which need not be this
    /// machine's (the HTTP library would tell the latter), and a name for the exchange.
    fn sign(&mut self, response: &mut Response, is_picture: bool) {
        if response.header("Date").is_none() {
            response.set_header("Date", &date_header(self.now()));
        }
        // Pictures come from elsewhere.
        if !is_picture && response.header("X-Request-Id").is_none() {
            let id = self.store.next_request_id();
            response.set_header("X-Request-Id", &id);
        }
    }

    fn note(&mut self, request: &Request, became: Became) {
        let now = self.now();
        if let Err(error) = self.log.write(request, now, became) {
            complain("the request log cannot be written", &error);
        }
    }

    /// Writes a change into the data file, if there is one.
    pub(super) fn keep(&mut self, at: Timestamp, change: Change) -> io::Result<()> {
        match &mut self.data {
            Some(data) => data.write(&Entry { at, change }),
            None => Ok(()),
        }
    }

    /// Makes a change as somebody else, and keeps it.
    pub(super) fn elsewhere(&mut self, change: Elsewhere) -> io::Result<Effects> {
        let now = self.now();
        let effects = apply_elsewhere(&mut self.store, &change, now);
        if effects.changed {
            self.keep(now, Change::Elsewhere(change))?;
        }
        Ok(effects)
    }

    /// Forgets every change, fault and clock offset; the request log stays.
    pub(super) fn reset(&mut self) -> io::Result<()> {
        let blueprint = &self.blueprint;
        if let Some(data) = &mut self.data {
            data.start_over(&Origin::of(blueprint))?;
        }
        let scheme = self.store.scheme;
        self.store = Store::open(blueprint);
        self.store.scheme = scheme;
        self.condition = Condition::Open;
        self.snapshot = None;
        self.rules = Rules::default();
        self.rules.sow(self.fault_seed);
        self.moves = 0;
        self.clock_offset = SignedDuration::ZERO;
        self.resets += 1;
        Ok(())
    }
}

fn date_header(at: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&at)
        .unwrap_or_default()
}

/// A change that could not be kept is not answered as done, though this run has made it.
fn not_kept(error: &io::Error) -> Response {
    complain("a change could not be kept", error);
    Response::text(500, "the change could not be written to the data file")
}

fn complain(what: &str, error: &io::Error) {
    // Nothing more can be done if even this fails.
    let _best_effort = io::Write::write_fmt(
        &mut io::stderr(),
        format_args!("sandbox-store: {what}: {error}\n"),
    );
}

fn replay(store: &mut Store, entry: &Entry) {
    match &entry.change {
        Change::Request {
            method,
            path,
            query,
            body,
            account,
            storefront,
        } => {
            let mut request = Request::new(method, &format!("/stores/x{path}")).with_json(body);
            request.query.clone_from(query);
            // Tokens are drawn anew as they were: from the seed, the account and the time.
            if let Some(given) = storefront.and_then(|at| store.storefront.given.get(at)) {
                request = request.with_header(storefront::HEADER, &given.text);
            }
            store.replay(&request, entry.at, *account);
        }
        Change::Elsewhere(change) => {
            apply_elsewhere(store, change, entry.at);
        }
    }
}

fn apply_elsewhere(store: &mut Store, change: &Elsewhere, now: Timestamp) -> Effects {
    match change {
        Elsewhere::NewOrders { count } => store.receive_orders(*count, now),
        Elsewhere::OrderEdited {
            id,
            status_id,
            staff_notes,
        } => store.edit_order_elsewhere(*id, *status_id, staff_notes.as_deref(), now),
        Elsewhere::ProductEdited { id, fields } => store.edit_product_elsewhere(*id, fields, now),
        Elsewhere::ProductDeleted { id } => store.delete_product_elsewhere(*id),
        Elsewhere::CustomerEdited { id, fields } => Effects {
            changed: store.edit_customer(*id, fields, now).unwrap_or(false),
            emailed: false,
        },
        // Of whoever holds the store, not of the store.
        Elsewhere::ClockSet { .. } => Effects::default(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What the store answers somebody else after a request has met this fault, before that one is answered.
    fn meanwhile(kind: &str) -> u16 {
        let rules = json!({ "rules": [{ "times": 1, "fault": { "kind": kind } }] });
        let config = Config {
            faults: Some(rules.to_string()),
            ..Config::default()
        };
        let blueprint = Blueprint::default();
        let path = format!("/stores/{}/v2/time", blueprint.hash);
        let request =
            Request::new("GET", &path).with_header("X-Auth-Token", blueprint.token.expose());
        let host = Host::open(&config, blueprint).unwrap();
        let mut inner = host.lock();
        let untouched = inner.handle(&request, request.clone(), None, Kept::Answer);
        assert_eq!(untouched.status, 200);
        assert_eq!(inner.due(&request).name, Some(kind));
        assert_eq!(inner.due(&request).name, None);
        let other = inner.handle(&request, request.clone(), None, Kept::Answer);
        other.status
    }

    #[test]
    fn a_token_is_revoked_as_soon_as_its_rule_is_used_up() {
        assert_eq!(meanwhile("revokeToken"), 401);
    }

    #[test]
    fn a_quota_is_gone_as_soon_as_its_rule_is_used_up() {
        assert_eq!(meanwhile("quotaGone"), 429);
    }
}
