//! The workbench over a real sandbox store, real HTTP and real files.
#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

mod answers;
mod asleep;
mod booking;
mod browse;
mod change;
mod connect;
mod drafts;
mod erasing;
mod find;
mod first_mark;
mod foretold;
mod giving_up;
mod gone;
mod jobs;
mod late;
mod new_orders;
mod older;
mod one_line;
mod online;
mod partly;
mod pictures;
mod products;
mod refresh;
mod refunds;
mod removing;
mod replaced;
mod sample;
mod short_pages;
mod slow;
mod stopping;
mod storefront;
mod stumbling;
mod trying_again;
mod withheld;
mod world;
