//! What else people do all day.

use std::cell::Cell;
use std::time::Duration;

use sheaf_project::model::{Answers, WithChanges};
use sheaf_project::project::Run;

use super::{Rows, project};
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};
use crate::tool::{git, program, timed};

const EDITED: usize = 100;
const COMMITS: usize = 200;

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let mut rows = commit(fixture, rounds)?;
    rows.extend(switch(fixture, rounds)?);
    rows.extend(look_up(fixture, rounds)?);
    Ok(rows)
}

fn commit(fixture: &Fixture, rounds: usize) -> Rows {
    let known = project(&fixture.root)?;
    let turn = Cell::new(0);
    let edit = || {
        turn.set(turn.get() + 1);
        fixture.edit(EDITED, turn.get())
    };
    let mut ours = || {
        edit()?;
        clock(|| known.commit("Edit addresses", None, false, &Run::default()))
    };
    let mut theirs = || {
        edit()?;
        let mut git = program("git", &fixture.root);
        git.args(["commit", "--quiet", "--all", "--message", "Edit addresses"]);
        timed(git)
    };
    let [ours, theirs] = in_turn(rounds, [&mut ours, &mut theirs])?;
    let name = "commit of 100 of 10,000";
    Ok(vec![Row::beside(name, ours, "git commit --all", theirs, 1.5)])
}

fn switch(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    git(root, &["branch", "other"])?;
    fixture.edit(EDITED, 99)?;
    git(root, &["commit", "--quiet", "--all", "--message", "Edit more"])?;
    let known = project(root)?;
    let there = Cell::new(false);
    let next = || {
        there.set(!there.get());
        if there.get() { "other" } else { "main" }
    };
    let mut ours = || -> Result<Duration, Failure> {
        let name = next();
        clock(|| known.switch_branch(name, WithChanges::Carry, &Answers::default()))
    };
    let mut theirs = || {
        let mut git = program("git", root);
        git.args(["switch", "--quiet", next()]);
        timed(git)
    };
    let [ours, theirs] = in_turn(rounds, [&mut ours, &mut theirs])?;
    let name = "switch branch, 100 files differ";
    Ok(vec![Row::beside(name, ours, "git switch", theirs, 1.5)])
}

fn look_up(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    let known = project(root)?;
    let mut find = || clock(|| known.find("Create label 7777"));
    let [find] = in_turn(rounds, [&mut find])?;
    for n in 0..COMMITS {
        git(
            root,
            &[
                "commit",
                "--quiet",
                "--allow-empty",
                "--message",
                &format!("Step {n}"),
            ],
        )?;
    }
    let mut history = || clock(|| known.history(None, None, 100));
    let [history] = in_turn(rounds, [&mut history])?;
    Ok(vec![
        Row::alone("find one of 10,000 by name", find, Bar::None),
        Row::alone("page of 100 commits", history, Bar::None),
    ])
}
