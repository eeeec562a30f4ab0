//! The command line as a whole process.

use std::time::Duration;

use super::Rows;
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::in_turn;
use crate::report::{Bar, Row};
use crate::tool::{program, timed};

const MOST: Bar = Bar::Within(Duration::from_millis(300));

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let sheaf = std::env::current_exe()?.with_file_name(format!("sheaf{}", std::env::consts::EXE_SUFFIX));
    let root = &fixture.root;
    let run = |arguments: &[&str]| {
        let mut command = program(&sheaf, root);
        command.args(arguments);
        timed(command)
    };
    let id = Fixture::request(4321);
    let mut turn = 0;
    let mut set = || -> Result<Duration, Failure> {
        turn += 1;
        run(&["set", &id, "url", &format!("https://parcels.example.test/{turn}")])
    };
    let mut list = || run(&["list"]);
    let mut status = || run(&["status"]);
    let mut diff = || run(&["diff"]);
    let mut edits = 0;
    let mut commit = || -> Result<Duration, Failure> {
        edits += 1;
        fixture.edit(1, edits)?;
        run(&["commit", "-m", "Edit one"])
    };
    let [list, status, diff, set, commit] =
        in_turn(rounds, [&mut list, &mut status, &mut diff, &mut set, &mut commit])?;
    Ok(vec![
        Row::alone("sheaf list", list, MOST),
        Row::alone("sheaf status", status, MOST),
        Row::alone("sheaf diff", diff, MOST),
        Row::alone("sheaf set", set, MOST),
        Row::alone("sheaf commit", commit, MOST),
    ])
}
