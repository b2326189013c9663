//! One request, through as many tries as it may have.

use std::{sync::Arc, time::Duration};

use commerce::{AccessToken, Clock, Tick};
use futures::future::{Either, select};
use serde_json::Value;

use super::{
    Headers, HttpRequest, HttpResponse, Lane, Pacer, PageSizes, Progress, Refused, Room,
    TokenHeader, Transport, TransportError, TransportErrorKind, classify, form,
    pacer::{Company, NoTurn},
    quota::Told,
};
use crate::{
    Error, Kind, Method, NetworkKind, Permit, Request,
    request::{Absence, Body},
    wire::{self, Decoded, Misfit, refusal, refusal::Cleaner},
};

/// One try of a read may take so long, of a write so long.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);
/// Largest answer read, after decompression.
const ANSWER_MAX_BYTES: usize = 64 * 1024 * 1024;
/// Tries in all, those that the store answered with 429 not counted.
pub(crate) const TRIES_MAX: u32 = 4;
const RETRY_BASE: Duration = Duration::from_secs(1);
const RETRY_LONGEST: Duration = Duration::from_secs(20);

/// Where and how requests of one store are sent.
#[derive(Clone)]
pub(crate) struct Sender {
    pub(crate) base: String,
    pub(crate) host: String,
    pub(crate) token: AccessToken,
    pub(crate) token_in: TokenHeader,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) pacer: Arc<Pacer>,
    pub(crate) sizes: Arc<PageSizes>,
    /// Held until the last sender that has it goes.
    pub(crate) room: Option<Arc<Room>>,
    /// Tries in all until it is said that no connection comes about.
    pub(crate) connection_tries: u32,
    /// Tries in all of whatever else goes wrong.
    pub(crate) tries: u32,
}

/// A success as it came, its JSON not yet read as what was asked for.
pub(crate) struct Sent {
    /// `None` where the store answered with nothing, or with "not found" where that is an answer.
    pub(crate) json: Option<Value>,
    pub(crate) asked_at: Tick,
    pub(crate) headers: Headers,
    status: u16,
    lost: bool,
}

/// How one try ended.
enum Try {
    Done(Sent),
    /// For good.
    Failed(Error),
    /// The store wants a pause, which the pacer now keeps, and did nothing.
    TooMany,
    /// May go better after a pause, if the request may be sent again.
    Again {
        error: Error,
        pause: Option<Duration>,
        lost: bool,
    },
}

impl Sender {
    pub(crate) fn cleaner<'a, T>(&'a self, request: &'a Request<T>) -> Cleaner<'a> {
        Cleaner {
            token: self.token.expose(),
            secret: request.secret().map_or("", |(_, secret)| secret.expose()),
        }
    }

    pub(crate) async fn send<T>(
        &self,
        request: &Request<T>,
        lane: Lane,
        deadline: Tick,
        permit: Option<&Permit>,
    ) -> Result<Sent, Error> {
        // A text that can't stand in a header can't be a token either; the store would say 401.
        let token = self.token.expose();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Unauthorized);
        }
        let place = self.pacer.place(lane);
        let room = self.room.as_ref().map(|room| room.most());
        let mut tries = 0;
        // An earlier try of a write went out and nobody knows what became of it.
        let mut lost = false;
        loop {
            let company = Company::of(request, room);
            let turn = match self.pacer.turn(place, company, deadline).await {
                Ok(turn) => turn,
                Err(NoTurn::Wait { retry_after }) => {
                    return Err(Error::RateLimited { retry_after, lost });
                }
                Err(NoTurn::Deadline) => {
                    return Err(Error::DeadlinePassed {
                        waiting: Some(super::WaitReason::InLine),
                        host: self.host.clone(),
                        lost,
                    });
                }
            };
            // As late as can be: the turn may have been waited for, and so may this try.
            if permit.is_some_and(|permit| !permit()) {
                turn.unused();
                return Err(Error::Withdrawn { lost });
            }
            match self.attempt(request, turn, deadline, lost).await {
                Try::Done(sent) => return Ok(Sent { lost, ..sent }),
                Try::Failed(error) => return Err(error.with_lost(lost)),
                Try::TooMany => {}
                Try::Again {
                    error,
                    pause,
                    lost: lost_now,
                } => {
                    tries += 1;
                    let tries_max = if !lost_now && is_unconnected(&error) {
                        self.connection_tries.min(self.tries)
                    } else {
                        self.tries
                    };
                    lost |= lost_now && request.kind() != Kind::Read;
                    let error = error.with_lost(lost);
                    if (lost && request.kind() == Kind::Once) || tries >= tries_max {
                        return Err(error);
                    }
                    // A store that says it is away for longer is named to the caller, who knows
                    // what to do meanwhile, instead of being waited for in silence.
                    if pause.is_some_and(|pause| pause > RETRY_LONGEST) {
                        return Err(error);
                    }
                    let grown = self.pacer.backoff(RETRY_BASE, RETRY_LONGEST, tries - 1);
                    let until = self.clock.now() + grown.max(pause.unwrap_or_default());
                    if until >= deadline {
                        return Err(error);
                    }
                    tracing::debug!(
                        path = request.path(),
                        code = error.code(),
                        tries,
                        "tries again"
                    );
                    self.pacer.pause(place, until).await;
                }
            }
        }
    }

    async fn attempt<T>(
        &self,
        request: &Request<T>,
        turn: super::pacer::Turn<'_>,
        deadline: Tick,
        lost_before: bool,
    ) -> Try {
        let asked_at = turn.began_at();
        let timeout = match request.method() {
            Method::Get => READ_TIMEOUT,
            Method::Post | Method::Put | Method::Delete => WRITE_TIMEOUT,
        };
        let give_up_at = (asked_at + timeout).min(deadline);
        let progress = Progress::default();
        let exchange = self
            .transport
            .send(self.http_request(request, progress.clone()));
        let result = match select(exchange, self.clock.sleep_until(give_up_at)).await {
            Either::Left((result, _)) => result,
            Either::Right(((), exchange)) => {
                drop(exchange);
                let lost = progress.may_have_sent();
                if lost {
                    drop(turn);
                } else {
                    turn.unused();
                }
                return if give_up_at == deadline {
                    Try::Failed(Error::DeadlinePassed {
                        waiting: None,
                        host: self.host.clone(),
                        lost,
                    })
                } else {
                    Try::Again {
                        error: self.network(NetworkKind::TimedOut, String::new(), lost),
                        pause: None,
                        lost,
                    }
                };
            }
        };
        let response = match result {
            Ok(response) => response,
            Err(error) => {
                if error.sent {
                    drop(turn);
                } else {
                    turn.unused();
                }
                return self.failed_on_the_way(request, error);
            }
        };
        tracing::debug!(
            method = request.method().as_str(),
            path = request.path(),
            status = response.status,
            request_id = self.request_id(request, &response.headers),
            "the store answered"
        );
        turn.answered(Told::read(&response.headers), response.status);
        self.read(request, response, asked_at, lost_before)
    }

    fn read<T>(
        &self,
        request: &Request<T>,
        response: HttpResponse,
        asked_at: Tick,
        lost_before: bool,
    ) -> Try {
        let absence_is_an_answer = match request.absence() {
            Absence::Error => false,
            Absence::Answer => true,
            Absence::DoneBefore => lost_before,
        };
        let absent = absence_is_an_answer && matches!(response.status, 404 | 410);
        if !absent && !(200..300).contains(&response.status) {
            return match classify::refused(request, &response, &self.host, self.cleaner(request)) {
                Refused::TooMany => Try::TooMany,
                Refused::Trouble { error, pause } => Try::Again {
                    error,
                    pause,
                    lost: true,
                },
                Refused::For(error) => Try::Failed(error),
            };
        }
        let json = if absent {
            Ok(None)
        } else {
            wire::parse(&response.body)
        };
        match json {
            // Taken for a list, it would be one without anything.
            Ok(None | Some(Value::Null)) if wants_content(request) && response.status != 204 => {
                Try::Again {
                    error: unexpected(Misfit::at_root("content was expected, nothing found")),
                    pause: None,
                    lost: true,
                }
            }
            Ok(json) => Try::Done(Sent {
                json,
                asked_at,
                headers: response.headers,
                status: response.status,
                lost: lost_before,
            }),
            Err(misfit) => Try::Failed(unexpected(misfit)),
        }
    }

    /// Reads what came. Takes a while for a long list.
    pub(crate) fn decoded<T>(
        &self,
        request: &Request<T>,
        sent: &Sent,
    ) -> Result<Decoded<T>, Error> {
        let mut decoded = request
            .decode(sent.json.as_ref())
            .map_err(|misfit| unexpected(misfit).with_lost(sent.lost))?;
        if sent.status == 207
            && let Some(json) = &sent.json
        {
            decoded
                .remarks
                .extend(refusal::remarks(json, self.cleaner(request)));
        }
        Ok(decoded)
    }

    fn failed_on_the_way<T>(&self, request: &Request<T>, error: TransportError) -> Try {
        let lost = error.sent;
        let kind = match error.kind {
            TransportErrorKind::AnswerTooLarge => {
                return Try::Failed(Error::UnexpectedAnswer {
                    path: "$".to_owned(),
                    what: format!("an answer of more than {ANSWER_MAX_BYTES} bytes"),
                });
            }
            TransportErrorKind::Dns => NetworkKind::Dns,
            TransportErrorKind::Refused => NetworkKind::Refused,
            TransportErrorKind::NoAuthorities => NetworkKind::NoAuthorities,
            TransportErrorKind::Tls => NetworkKind::Tls,
            TransportErrorKind::Proxy => NetworkKind::Proxy,
            TransportErrorKind::TimedOut => NetworkKind::TimedOut,
            TransportErrorKind::Reset => NetworkKind::Reset,
            TransportErrorKind::Other => NetworkKind::Other,
        };
        let detail = self.cleaner(request).clean(&error.detail);
        let error = self.network(kind, detail, lost);
        match kind {
            NetworkKind::Dns
            | NetworkKind::Refused
            | NetworkKind::TimedOut
            | NetworkKind::Reset => Try::Again {
                error,
                pause: None,
                lost,
            },
            NetworkKind::NoAuthorities
            | NetworkKind::Tls
            | NetworkKind::Proxy
            | NetworkKind::Redirected
            | NetworkKind::Other => Try::Failed(error),
        }
    }

    fn network(&self, kind: NetworkKind, detail: String, lost: bool) -> Error {
        Error::Network {
            kind,
            host: self.host.clone(),
            detail,
            lost,
        }
    }

    fn http_request<T>(&self, request: &Request<T>, progress: Progress) -> HttpRequest {
        let mut url = format!("{}{}", self.base, request.path());
        let query = request.query();
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query);
        }
        let mut headers = vec![("Accept", "application/json".to_owned())];
        let body = request.carries().map(|body| {
            let (bytes, media_type) = match body {
                Body::Json(json) => (json.to_string().into_bytes(), "application/json".to_owned()),
                Body::File(upload) => form::encode(upload),
            };
            headers.push(("Content-Type", media_type));
            bytes
        });
        HttpRequest {
            method: request.method(),
            url,
            headers,
            token: self.token.clone(),
            token_in: self.token_in,
            secret: request.secret().cloned(),
            body,
            answer_max_bytes: ANSWER_MAX_BYTES,
            progress,
        }
    }

    pub(crate) fn request_id<T>(&self, request: &Request<T>, headers: &Headers) -> Option<String> {
        headers
            .get("X-Request-Id")
            .map(|id| self.cleaner(request).clean(id))
    }
}

/// No connection came about, and nothing says that one will in a moment.
fn is_unconnected(error: &Error) -> bool {
    matches!(
        error,
        Error::Network {
            kind: NetworkKind::Dns | NetworkKind::Refused | NetworkKind::TimedOut,
            ..
        }
    )
}

/// Whether an answer has to say something. The store tells of nothing by 204; any other answer without
/// content was cut short on the way. A probe is answered by the status alone.
fn wants_content<T>(request: &Request<T>) -> bool {
    request.method() == Method::Get && request.absence() != Absence::Answer
}

fn unexpected(Misfit { path, what }: Misfit) -> Error {
    Error::UnexpectedAnswer { path, what }
}
