//! What becomes of a request that a fault meets.

use std::time::Duration;

use super::faults::{Fault, Part};
use crate::gate::refusals;
use crate::http::Response;

/// What a fault means for the way of a request.
pub(super) enum Course {
    /// This instead of the store's answer; `applied`: after the store did its part.
    Instead { response: Response, applied: bool },
    /// The store answers; then this is done to the answer.
    Answered(Ending),
    /// Nothing comes back; `applied`: after the store did its part.
    Silence { applied: bool, reset: bool },
    /// The connection is reset, and the store does its part after so long.
    Afterwards(Duration),
    /// First this long a pause, then all is as usual.
    Late(Duration),
    /// The store does all but this.
    Partly(Part),
    /// The store answers as ever.
    Plain,
}

/// What is done to an answer.
pub(super) enum Ending {
    Half,
    Slow { pause: Duration, head: bool },
}

impl Fault {
    /// What it means for the way of a request.
    pub(super) fn course(self) -> Course {
        let instead = |response| Course::Instead {
            response,
            applied: false,
        };
        match self {
            Self::Status {
                status,
                body,
                headers,
                applied,
            } => {
                let kind = if body.trim_start().starts_with(['{', '[']) {
                    "application/json"
                } else {
                    "text/plain; charset=utf-8"
                };
                let mut response = Response::bytes(status, kind, body.into_bytes());
                for (name, value) in headers {
                    response.set_header(&name, &value);
                }
                Course::Instead { response, applied }
            }
            Self::Html502 { applied } => Course::Instead {
                response: html(502, "502 Bad Gateway"),
                applied,
            },
            Self::RetryAfter { seconds } => {
                let mut response = refusals::too_many_requests();
                response.set_header("X-Retry-After", &seconds.to_string());
                instead(response)
            }
            Self::RateLimited {
                reset_ms,
                retry_after,
            } => {
                let mut response = refusals::too_many_requests();
                response.set_header("X-Rate-Limit-Requests-Quota", "150");
                response.set_header("X-Rate-Limit-Requests-Left", "0");
                response.set_header("X-Rate-Limit-Time-Window-Ms", "30000");
                response.set_header("X-Rate-Limit-Time-Reset-Ms", &reset_ms.to_string());
                if let Some(seconds) = retry_after {
                    response.set_header("X-Retry-After", &seconds.to_string());
                }
                instead(response)
            }
            Self::RateLimitedBare => instead(Response::text(429, "")),
            Self::ResetBefore => Course::Silence {
                applied: false,
                reset: true,
            },
            Self::ResetAfter => Course::Silence {
                applied: true,
                reset: true,
            },
            Self::ResetThenApplied { ms } => Course::Afterwards(Duration::from_millis(ms)),
            Self::Never { applied } => Course::Silence {
                applied,
                reset: false,
            },
            Self::HalfBody => Course::Answered(Ending::Half),
            Self::SlowBytes { ms_per_byte, head } => Course::Answered(Ending::Slow {
                pause: Duration::from_millis(ms_per_byte),
                head,
            }),
            Self::Latency { ms } => Course::Late(Duration::from_millis(ms)),
            Self::Maintenance => {
                let mut response = html(503, "This store is down for maintenance");
                response.set_header("Retry-After", "60");
                instead(response)
            }
            Self::Suspended => instead(refusals::store_shut(503, "This store is suspended")),
            Self::Locked => instead(refusals::store_shut(423, "This store is locked")),
            Self::Partly { failed } => Course::Partly(failed),
            // The first two have done their part when they were taken.
            Self::RevokeToken
            | Self::QuotaGone
            | Self::Refuse
            | Self::Patch { .. }
            | Self::Nulls { .. }
            | Self::Unreadable { .. }
            | Self::ExtraFields { .. }
            | Self::Reordered
            | Self::Bom => Course::Plain,
        }
    }
}

fn html(status: u16, title: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body></html>\n"
    );
    Response::bytes(status, "text/html; charset=UTF-8", page.into_bytes())
}
