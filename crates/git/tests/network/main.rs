//! The network half against a real host, with the real git as the judge.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails is a test that fails"
)]

mod certificates;
mod check;
mod clone;
mod faults;
mod fetch;
mod force;
mod proxy;
mod push;
mod refusals;
mod secrets;
mod stops;
mod world;
