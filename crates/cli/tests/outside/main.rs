//! What git began outside and did not end: the same questions, landed or taken back here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod begun;
mod conflicts;
mod merge;
mod picks;
mod rebase;
#[path = "../support/mod.rs"]
mod support;
