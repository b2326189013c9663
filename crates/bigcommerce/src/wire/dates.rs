//! Dates in the forms BigCommerce uses: RFC 2822 (v2), ISO 8601 with `Z` or an offset (v3),
//! seconds since 1970 (`/v2/time`), and nothing in several spellings.

use jiff::{Timestamp, civil::DateTime, fmt::rfc2822, tz::TimeZone};

use super::{Misfit, Node};

/// RFC 2822 or ISO 8601. Without an offset it is UTC, as all of BigCommerce's dates are.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    static RFC_2822: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let text = text.trim();
    let rfc_2822 = || RFC_2822.parse_timestamp(text).ok();
    let iso = || text.parse().ok();
    // What fails is written down at length by the library: the likely one goes first.
    let read = if text.starts_with(|first: char| first.is_ascii_digit()) {
        iso().or_else(rfc_2822)
    } else {
        rfc_2822().or_else(iso)
    };
    read.or_else(|| {
        let local: DateTime = text.parse().ok()?;
        local
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    })
}

impl Node<'_> {
    /// A date that has to be there.
    pub(crate) fn date(&self) -> Result<Timestamp, Misfit> {
        self.date_if_any()?
            .ok_or_else(|| self.misfit("a date was expected, nothing found"))
    }

    /// A date, or nothing: null, empty text, MySQL's zero date.
    pub(crate) fn date_if_any(&self) -> Result<Option<Timestamp>, Misfit> {
        if self.is_blank() {
            return Ok(None);
        }
        let text = self.text()?;
        if text.starts_with("0000-00-00") || text.trim() == "0" {
            return Ok(None);
        }
        parse(&text)
            .map(Some)
            .ok_or_else(|| self.misfit("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_moment_is_that_moment() {
        let moment: Timestamp = "2026-06-18T12:05:04Z".parse().unwrap();
        for text in [
            "Thu, 18 Jun 2026 12:05:04 +0000",
            "Thu, 18 Jun 2026 12:05:04 GMT",
            "Thu, 18 Jun 2026 07:05:04 -0500",
            "2026-06-18T12:05:04+00:00",
            "2026-06-18T12:05:04Z",
            "2026-06-18T14:05:04.000+02:00",
            "2026-06-18T12:05:04",
            "2026-06-18 12:05:04",
        ] {
            assert_eq!(parse(text), Some(moment), "{text}");
        }
        assert_eq!(parse("yesterday"), None);
        assert_eq!(parse(""), None);
    }
}
