//! The list of changes.

use super::{Rows, project};
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};
use crate::tool::{program, timed};

const EDITED: usize = 100;

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    fixture.edit(EDITED, 0)?;
    let mut fresh = || clock(|| project(root)?.changes().map_err(crate::failure::Failure::from));
    let known = project(root)?;
    known.view()?;
    let mut again = || clock(|| known.changes());
    let mut git = || {
        let mut git = program("git", root);
        git.args(["status", "--porcelain"]);
        timed(git)
    };
    let [fresh, again, git] = in_turn(rounds, [&mut fresh, &mut again, &mut git])?;
    Ok(vec![
        Row::beside(
            "changes, 100 of 10,000 edited",
            fresh,
            "git status --porcelain",
            git,
            1.5,
        ),
        Row::alone("changes, of a project that is open", again, Bar::None),
    ])
}
