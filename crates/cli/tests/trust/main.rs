//! Faults and attacks through the command line: how each ends, and that nothing is lost, left or given away.
//! `docs/TRUST.md` names the cases.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails is a test that fails"
)]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod answers;
mod canary;
mod certificates;
mod contents;
mod locks;
mod odd_repositories;
mod others;
mod programs;
mod transfers;
mod trees;
mod witness;
