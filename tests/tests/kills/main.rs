//! Killed, cut off, doubled and disturbed at every place on a change's way: nothing is lost and
//! nothing happens twice. The store counts, in its own request log.
#![cfg(target_os = "linux")]

mod at_milestones;
mod at_work;
mod connecting;
mod deciding;
mod failing_disks;
mod gone;
mod jobs;
mod lost_answers;
mod one_home;
mod removing;
mod replacing;
mod storefront;
