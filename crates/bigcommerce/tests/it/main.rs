//! The client from outside: over a scripted transport in simulated time, and over real HTTP on
//! this computer.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod aside;
mod batches;
mod catalog;
mod conditions;
mod connecting;
mod customers;
mod damage;
mod damage_inside;
mod examples;
mod fields;
mod furnishing;
mod http;
mod images;
mod kinds;
mod order_parts;
mod orders;
mod pacing;
mod parameters;
mod parts;
mod pictures;
mod products;
mod refusals;
mod retrying;
mod rival;
mod sandbox;
mod secrets;
mod specification;
mod storefront;
mod support;
mod things;
mod told_apart;
mod walking;
mod ways;
mod words;
mod words_work;
