use std::cell::Cell;

use sheaf_project::model::CommitOutcome;
use sheaf_project::project::Run;

use super::{Desk, Lines, Repository, settle, timed};
use crate::failure::Failure;
use crate::fixture::Fixture;
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
        let fixture = Fixture {
            root: root.to_owned(),
            paths: of.files.clone(),
        };
        fixture.edit(many, turn.get())?;
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
        timed(desk.sheaf(&ours, &["commit", "-m", "Edit addresses"])?)
    };
    let mut isomorphic = || {
        edit(&third)?;
        timed(desk.isomorphic("commit", &third, of))
    };
    Line::measure(
        name,
        Bar::Times(most),
        desk.rounds,
        Sides {
            sheaf: &mut sheaf,
            git: &mut git,
            program: Some(&mut program),
            isomorphic: Some(&mut isomorphic),
        },
    )
}
