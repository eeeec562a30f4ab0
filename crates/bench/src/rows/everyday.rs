//! What else people do all day, without a bar.

use std::time::Duration;

use sheaf_project::model::{Answers, WithChanges};
use sheaf_project::project::Run;

use super::{Rows, project};
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};
use crate::tool::git;

const EDITED: usize = 100;
const COMMITS: usize = 200;

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    let known = project(root)?;
    let mut turn = 0;
    let mut commit = || {
        turn += 1;
        fixture.edit(EDITED, turn)?;
        clock(|| known.commit("Edit addresses", None, false, &Run::default()))
    };
    let [commit] = in_turn(rounds, [&mut commit])?;

    git(root, &["branch", "other"])?;
    fixture.edit(EDITED, 99)?;
    git(root, &["commit", "--quiet", "--all", "--message", "Edit more"])?;
    let mut there = false;
    let mut switch = || -> Result<Duration, Failure> {
        there = !there;
        let name = if there { "other" } else { "main" };
        clock(|| known.switch_branch(name, WithChanges::Carry, &Answers::default()))
    };
    let mut find = || clock(|| known.find("Create label 7777"));
    let [switch, find] = in_turn(rounds, [&mut switch, &mut find])?;

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
    let mut history = || clock(|| known.history(None, 100));
    let [history] = in_turn(rounds, [&mut history])?;
    Ok(vec![
        Row::alone("commit of 100 of 10,000", commit, Bar::None),
        Row::alone("switch branch, 100 files differ", switch, Bar::None),
        Row::alone("find one of 10,000 by name", find, Bar::None),
        Row::alone("page of 100 commits", history, Bar::None),
    ])
}
