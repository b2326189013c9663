//! The store in a box, from outside: behaviour through `step`, the wire through real HTTP.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do; clippy.toml only covers the test functions"
)]

mod accounts;
mod believable;
mod belongings;
mod bends;
mod catalog;
mod chance;
mod change;
mod cli;
mod faults;
mod gate;
mod keep;
mod operations;
mod order_fees;
mod order_writes;
mod orders;
mod parts;
mod payments;
mod people;
mod pictures;
mod product_filters;
mod products;
mod quirks;
mod quirks_of_goods;
mod quirks_of_limits;
mod readme;
mod sample;
mod shelves;
mod stock;
mod storefront;
mod support;
mod traces;
mod traffic;
mod tree;
mod variants;
mod wire;
