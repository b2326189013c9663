//! Which kind of token somebody has, and what became of it.

use credentials::{StorefrontKind, StorefrontReading, read_storefront};
use jiff::Timestamp;

use super::Kept;
use crate::{Error, Workbench};

/// Storefront tokens made from here on (1 July 2026, 00:00 UTC) don't serve programs.
///
/// Source: BigCommerce REST reference, "GraphQL Storefront API tokens", deprecation notice.
const ONLY_BROWSERS_FROM: i64 = 1_782_864_000;
/// Earlier ones serve them until then (1 April 2027, 00:00 UTC).
const PROGRAMS_UNTIL: i64 = 1_806_537_600;

/// Whether a token may be used by a program, which is what Stockroom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServesPrograms {
    /// That is what it is for.
    Yes,
    /// Until 31 March 2027: it is for browsers, and was made before July 2026.
    Until,
    /// It is for browsers only.
    No,
    /// The token doesn't say enough.
    Unsaid,
}

/// What is known of a token that was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedToken {
    /// Which kind it is.
    pub kind: StorefrontKind,
    /// When it was made, where it says so.
    pub made_at: Option<Timestamp>,
    /// When it ends, where it says so.
    pub expires_at: Option<Timestamp>,
    /// It has ended.
    pub is_over: bool,
    /// Sites on whose pages a browser may use it.
    pub sites: Vec<String>,
    /// Whether a program may use it.
    pub serves_programs: ServesPrograms,
}

impl Workbench {
    /// Says what a token for a storefront is: one that was made here, or else what it says of itself. It
    /// is kept nowhere and sent nowhere.
    ///
    /// # Errors
    /// [`Error::Token`] for anything else; [`Error::File`].
    pub fn read_storefront_token(&self, text: String) -> Result<PastedToken, Error> {
        let mut reading = read_storefront(text).map_err(Error::Token)?;
        for profile in self.inner.desk.profiles()? {
            if is_among(&self.inner.storefront_kept(&profile)?, &reading) {
                // No other kind is made here.
                reading.kind = StorefrontKind::Private;
            }
        }
        Ok(judged(reading, self.inner.clock.wall()))
    }
}

/// Whether a token is one of those that are kept, or that are lost.
fn is_among(kept: &Kept, reading: &StorefrontReading) -> bool {
    let mut records = kept.current.iter().chain(&kept.spare).chain(&kept.lost);
    records.any(|record| {
        let ends = Some(record.expires_at.as_second());
        record.last_4 == reading.last_4 && ends == reading.expires_at
    })
}

fn judged(reading: StorefrontReading, now: Timestamp) -> PastedToken {
    let StorefrontReading {
        kind,
        made_at,
        expires_at,
        sites,
        ..
    } = reading;
    let time = |seconds: Option<i64>| Timestamp::from_second(seconds?).ok();
    let serves_programs = match (kind, made_at) {
        (StorefrontKind::Private | StorefrontKind::Impersonation, _) => ServesPrograms::Yes,
        (StorefrontKind::Unsaid, _) => ServesPrograms::Unsaid,
        (StorefrontKind::Browser, _) if now.as_second() >= PROGRAMS_UNTIL => ServesPrograms::No,
        (StorefrontKind::Browser, Some(made)) if made < ONLY_BROWSERS_FROM => ServesPrograms::Until,
        (StorefrontKind::Browser, Some(_)) => ServesPrograms::No,
        (StorefrontKind::Browser, None) => ServesPrograms::Unsaid,
    };
    let expires_at = time(expires_at);
    PastedToken {
        kind,
        made_at: time(made_at),
        is_over: expires_at.is_some_and(|at| at <= now),
        expires_at,
        sites,
        serves_programs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_became_of_a_token_depends_on_its_kind_and_on_when_it_was_made() {
        assert_eq!(at("2026-07-01T00:00:00Z").as_second(), ONLY_BROWSERS_FROM);
        assert_eq!(at("2027-04-01T00:00:00Z").as_second(), PROGRAMS_UNTIL);
        let serves = |kind, made: Option<&str>, now| {
            let reading = StorefrontReading {
                last_4: "9x7q".to_owned(),
                kind,
                made_at: made.map(|made| at(made).as_second()),
                expires_at: None,
                sites: Vec::new(),
            };
            judged(reading, at(now)).serves_programs
        };
        use ServesPrograms as S;
        use StorefrontKind as K;
        let (june, july) = (Some("2026-06-30T23:59:59Z"), Some("2026-07-01T00:00:00Z"));
        let (now, later) = ("2027-03-31T23:59:59Z", "2027-04-01T00:00:00Z");
        assert_eq!(serves(K::Browser, june, now), S::Until);
        assert_eq!(serves(K::Browser, june, later), S::No);
        assert_eq!(serves(K::Browser, july, now), S::No);
        assert_eq!(serves(K::Browser, None, now), S::Unsaid);
        assert_eq!(serves(K::Private, july, later), S::Yes);
        assert_eq!(serves(K::Impersonation, july, later), S::Yes);
        assert_eq!(serves(K::Unsaid, june, now), S::Unsaid);
    }

    #[test]
    fn a_token_is_over_from_the_second_it_names() {
        let ends = |now| {
            let reading = StorefrontReading {
                last_4: "9x7q".to_owned(),
                kind: StorefrontKind::Private,
                made_at: None,
                expires_at: Some(at("2026-12-01T00:00:00Z").as_second()),
                sites: Vec::new(),
            };
            judged(reading, at(now)).is_over
        };
        assert!(!ends("2026-11-30T23:59:59Z"));
        assert!(ends("2026-12-01T00:00:00Z"));
    }
}
