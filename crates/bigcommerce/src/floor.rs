//! The fewest requests that something can take, and the least time a quota leaves for them: what
//! to hold a program against, and what to tell a person before it begins.

use std::time::Duration;

use crate::request::products::{PAGE_LIMIT_MAX, PAGE_LIMIT_WITH_OPTIONS, ProductInclude};

/// Requests for `rows` rows of a list with `page_size` on a page. An empty list takes one.
///
/// # Panics
/// If a page holds nothing.
#[must_use]
pub const fn requests(rows: u64, page_size: u64) -> u64 {
    assert!(page_size > 0, "a page holds something");
    if rows == 0 {
        1
    } else {
        rows.div_ceil(page_size)
    }
}

/// Requests of a [walk by pages](crate::Walk::pages) through `rows` rows that nobody changes
/// meanwhile, up to `page_size` on a page. Up to a tenth more than [`requests`] with pages of 250,
/// and one to see the end. Lists that don't say how much they put on a page (version 2) may take one
/// more.
///
/// # Panics
/// If a page holds nothing.
#[must_use]
pub fn by_pages(rows: u64, page_size: u32) -> u64 {
    assert!(page_size > 0, "a page holds something");
    crate::walk::requests_by_pages(rows, page_size)
}

/// Requests for so many products with what comes along: options and modifiers make pages of ten.
#[must_use]
pub fn products(count: u64, includes: &[ProductInclude]) -> u64 {
    let shortened = includes
        .iter()
        .any(|one| matches!(one, ProductInclude::Options | ProductInclude::Modifiers));
    let page = if shortened {
        PAGE_LIMIT_WITH_OPTIONS
    } else {
        PAGE_LIMIT_MAX
    };
    requests(count, page.into())
}

/// Requests for orders with all their lines, given how many lines each has, `page_size` orders on a
/// page: up to 50 come along, the others are asked for by themselves.
///
/// Source: BigCommerce REST reference, "Get all orders", parameter `include`; the 50 are observed.
#[must_use]
pub fn orders_with_lines(lines: impl IntoIterator<Item = u64>, page_size: u64) -> u64 {
    let (mut orders, mut more) = (0, 0);
    for lines in lines {
        orders += 1;
        if lines > INLINE_LINES {
            more += requests(lines, crate::request::order_parts::PAGE_SIZE.into());
        }
    }
    requests(orders, page_size) + more
}

/// Lines that come along with an order at most.
const INLINE_LINES: u64 = 50;

/// The least time in which a quota lets so many requests go out, if nobody else uses it and each
/// window's requests go out at once: the last of them at the beginning of the last window.
///
/// # Panics
/// If the quota is 0.
#[must_use]
pub fn quota_time(requests: u64, quota: u64, window: Duration) -> Duration {
    assert!(quota > 0, "a quota allows something");
    let windows = requests.div_ceil(quota).saturating_sub(1);
    window.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX))
}

/// The time of so many requests at the pace that a quota grants if it goes on for ever: each takes its
/// share of a window, wherever in a window it falls.
///
/// That is what a quota makes of a long pull. [`quota_time`] is less, for it counts only windows that
/// have to be sat out: of 400 requests with 150 in half a minute the last hundred go out at once there,
/// after 60 seconds, and here they have their 20 seconds as well. Whatever takes less of its last
/// window than its share is quicker than this pace; what is slower has waited for something else than
/// the quota.
///
/// # Panics
/// If the quota is 0.
#[must_use]
pub fn quota_pace(requests: u64, quota: u64, window: Duration) -> Duration {
    assert!(quota > 0, "a quota allows something");
    let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let whole = window.saturating_mul(small(requests / quota));
    let part = window.saturating_mul(small(requests % quota)) / small(quota);
    whole.saturating_add(part)
}

/// The least time of a [walk](crate::Walk) of so many requests within a quota, each answered after
/// `answer`.
///
/// It is [`quota_time`] and what a quota has no say in: the requests of the last window, one after
/// another. [`quota_time`] lets them go out together, which no walk can: where a page begins stands in
/// the one before it, and whoever went by the numbers of pages instead would lose what moves from one
/// to another meanwhile. What earlier windows' answers take is in the time that the quota makes
/// everybody wait anyway, and adds nothing unless they take longer than that: then the answers of all
/// requests are the least.
///
/// # Panics
/// If the quota is 0.
#[must_use]
pub fn walk_time(requests: u64, quota: u64, window: Duration, answer: Duration) -> Duration {
    let times = |count: u64| answer.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
    let waited = quota_time(requests, quota, window);
    let in_last_window = requests - requests.saturating_sub(1) / quota * quota;
    (waited + times(in_last_window)).max(times(requests))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_takes_as_many_requests_as_it_has_pages() {
        assert_eq!(requests(0, 250), 1);
        assert_eq!(requests(250, 250), 1);
        assert_eq!(requests(251, 250), 2);
        assert_eq!(products(100_000, &[ProductInclude::Variants]), 400);
        assert_eq!(products(25, &[ProductInclude::Options]), 3);
    }

    #[test]
    fn pages_that_join_on_take_up_to_a_tenth_more() {
        assert_eq!(by_pages(0, 250), 1);
        assert_eq!(by_pages(249, 250), 1);
        assert_eq!(by_pages(250, 250), 2);
        for rows in (0..30_000).step_by(37) {
            let plain = requests(rows, 250);
            let joined = by_pages(rows, 250);
            assert!((plain..=plain + plain / 10 + 1).contains(&joined), "{rows}");
        }
    }

    #[test]
    fn only_orders_with_many_lines_take_more() {
        assert_eq!(orders_with_lines([1, 50, 3], 250), 1);
        assert_eq!(orders_with_lines([1, 51, 600], 250), 1 + 1 + 3);
    }

    #[test]
    fn a_quota_costs_the_windows_between() {
        let window = Duration::from_secs(30);
        assert_eq!(quota_time(150, 150, window), Duration::ZERO);
        assert_eq!(quota_time(400, 150, window), window * 2);
    }

    #[test]
    fn at_its_pace_a_quota_gives_each_request_the_same_share_of_a_window() {
        let window = Duration::from_secs(30);
        assert_eq!(quota_pace(0, 150, window), Duration::ZERO);
        assert_eq!(quota_pace(1, 150, window), Duration::from_millis(200));
        assert_eq!(quota_pace(150, 150, window), window);
        assert_eq!(quota_pace(400, 150, window), Duration::from_secs(80));
    }

    #[test]
    fn a_walk_takes_the_answers_of_its_last_window_too() {
        let (window, second) = (Duration::from_secs(30), Duration::from_secs(1));
        assert_eq!(walk_time(0, 150, window, second), Duration::ZERO);
        assert_eq!(walk_time(20, 150, window, second), second * 20);
        assert_eq!(
            walk_time(400, 150, window, second / 10),
            window * 2 + second * 10
        );
        assert_eq!(
            walk_time(300, 150, window, second / 10),
            window + second * 15
        );
        // Slower than the quota: nothing but the answers counts.
        assert_eq!(walk_time(400, 150, window, second), second * 400);
    }
}
