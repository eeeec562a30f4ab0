//! An edit changes the lines of what it edits and no others, and taken back it leaves no trace.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod by_hand;
#[path = "../common/mod.rs"]
mod common;
mod corpus;
mod lines;
mod trial;
