//! What is measured.

mod branches;
mod clone;
mod commit;
mod history;
mod network;
mod status;

use std::time::Duration;

use super::repository::{Repository, Shape};
use super::sides::Desk;
use super::{Lines, shape_a, shape_b, shape_c};
use crate::failure::Failure;

/// A name to ask for it by, the repository it wants, and the work.
type Work = (&'static str, fn(usize) -> Shape, fn(&Desk, &Repository) -> Lines);

/// All of them, in the order of the table.
pub(super) fn all() -> [Work; 9] {
    [
        ("clone-a", shape_a, clone::many_files),
        ("clone-b", shape_b, clone::many_commits),
        ("clone-c", shape_c, clone::one_file),
        ("status", shape_a, status::lines),
        ("commit", shape_a, commit::lines),
        ("history", shape_b, history::lines),
        ("fetch", shape_a, network::fetch),
        ("push", shape_a, network::push),
        ("branches", shape_a, branches::lines),
    ]
}

/// Waits until the disk has what was written before, so that nobody pays for another's work.
fn settle() -> Result<(), Failure> {
    crate::tool::run(&mut crate::tool::program("sync", std::path::Path::new("/")))
}

/// How long a program takes from start to end.
fn timed(command: std::process::Command) -> Result<Duration, Failure> {
    crate::tool::timed(command)
}
