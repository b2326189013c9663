//! Killed, cut off, doubled and disturbed at every place on a change's way: nothing is lost and
//! nothing happens twice. The store counts, in its own request log.
#![cfg(target_os = "linux")]

use host::Milestone;

/// Tests that kill, each at every milestone of its row, and the list of what they try: no test goes
/// without its row, and no row without its test.
macro_rules! kills {
    ($($name:ident: $($milestone:ident)|+ => $killed_at:ident;)*) => {
        $(
            #[test]
            fn $name() {
                for milestone in [$(host::Milestone::$milestone),+] {
                    $killed_at(milestone);
                }
            }
        )*

        /// At which milestones this file kills.
        pub(crate) const TRIED: &[host::Milestone] = &[$($(host::Milestone::$milestone),+),*];
    };
}

mod at_decisions;
mod at_ends;
mod at_milestones;
mod at_work;
mod connecting;
mod deciding;
mod failing_disks;
mod gone;
mod jobs;
mod lost_answers;
mod once;
mod one_home;
mod removing;
mod replacing;
mod storefront;

#[test]
fn somebody_is_killed_at_every_milestone() {
    let tried = [
        at_decisions::TRIED,
        at_ends::TRIED,
        at_milestones::TRIED,
        at_milestones::TRIED_OF_A_CHANGE,
        connecting::TRIED,
        removing::TRIED,
        replacing::TRIED,
        storefront::TRIED,
    ];
    for milestone in Milestone::ALL {
        let is_tried = tried.iter().any(|some| some.contains(milestone));
        assert!(is_tried, "nobody is killed at {milestone:?}");
    }
}
