//! Whatever ends a process in the middle of its work: afterwards the project is as before or as after, never between,
//! everything that was saved is there, and the next operation works. `cargo xtask test --suite crash` tries it at length.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails is a test that fails"
)]

#[path = "../support/mod.rs"]
mod support;

mod chance;
mod clock;
mod disk;
mod killed;
mod moment;
mod operation;
mod report;
mod scene;
mod state;
mod together;
mod trial;
