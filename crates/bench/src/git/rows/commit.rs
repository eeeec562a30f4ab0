use std::cell::Cell;

use sheaf_project::model::CommitOutcome;
use sheaf_project::project::Run;

use super::{Desk, Lines, Repository, settle, timed};
use crate::failure::Failure;
use crate::git::line::{Bar, Line, Sides};
use crate::measure::clock;

pub(super) fn lines(desk: &Desk, of: &Repository) -> Lines {
    Ok(vec![
        line(desk, of, "commit, 1 changed", 1, 0.5)?,
        line(desk, of, "commit, 1,000 changed", 1_000, 0.6)?,
    ])
}

fn line(desk: &Desk, of: &Repository, name: &'static str, many: usize, most: f64) -> Result<Line, Failure> {
    let known = desk.project_of(of, "sheaf")?;
    let [theirs, third] = ["git", "isomorphic"].map(|side| desk.clone_of(of, side));
    let (theirs, third) = (theirs?, third?);
    let ours = known.root().to_owned();
    let turn = Cell::new(0);
    let edit = |root: &std::path::Path| {
        turn.set(turn.get() + 1);
        of.fixture(root).edit(many, turn.get())?;
        settle()
    };
    let mut sheaf = || {
        edit(&ours)?;
        clock(
            || match known.commit("Edit addresses", None, false, &Run::default())? {
                CommitOutcome::Committed(_) => Ok(()),
                CommitOutcome::SecretsFound { .. } => Err(Failure::new("it was not committed")),
            },
        )
    };
    let mut git = || {
        edit(&theirs)?;
        let add = timed(desk.git(&theirs, &["add", "--all"]))?;
        let commit = timed(desk.git(&theirs, &["commit", "--quiet", "--message", "Edit addresses"]))?;
        Ok(add + commit)
    };
    let mut program = || {
        edit(&ours)?;
        timed(Desk::sheaf(&ours, &["commit", "-m", "Edit addresses"])?)
    };
    let mut isomorphic = || {
        edit(&third)?;
        timed(desk.isomorphic("commit", &third, of))
    };
    Line::measure(
        name,
        Bar::Times(most),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git)
            .program(&mut program)
            .isomorphic(&mut isomorphic),
    )
}
