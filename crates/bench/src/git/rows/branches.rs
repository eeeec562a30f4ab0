use std::path::{Path, PathBuf};

use sheaf_project::collection::model::Answers as MergeAnswers;
use sheaf_project::model::{Answers, MergeOutcome, WithChanges};
use sheaf_project::project::Project;

use super::{Desk, Lines, Repository, settle, timed};
use crate::failure::Failure;
use crate::git::line::{Bar, Line, Sides};
use crate::measure::clock;
use crate::tool::git;

const DIFFERENT: usize = 1_000;

pub(super) fn lines(desk: &Desk, of: &Repository) -> Lines {
    Ok(vec![merge(desk, of)?, switch(desk, of)?])
}

fn merge(desk: &Desk, of: &Repository) -> Result<Line, Failure> {
    let clone = desk.clone_of(of, "merge")?;
    crate::rows::merge::diverge(&of.fixture(&clone))?;
    let mut sheaf = || {
        let known = open_twin(desk, &clone)?;
        clock(|| match known.merge_branch("theirs", &MergeAnswers::new())? {
            MergeOutcome::Merged { .. } => Ok(()),
            _ => Err(Failure::new("it was not merged")),
        })
    };
    let mut git = || {
        let root = twin(desk, &clone)?;
        timed(desk.git(&root, &["merge", "--quiet", "--no-edit", "theirs"]))
    };
    let mut program = || {
        let root = twin(desk, &clone)?;
        timed(Desk::sheaf(&root, &["merge", "theirs"])?)
    };
    Line::measure(
        "merge, 500 × 500 changed files",
        Bar::Times(1.0),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git).program(&mut program),
    )
}

fn switch(desk: &Desk, of: &Repository) -> Result<Line, Failure> {
    let clone = desk.clone_of(of, "switch")?;
    git(&clone, &["branch", "other"])?;
    of.fixture(&clone).edit(DIFFERENT, 99)?;
    git(&clone, &["commit", "--quiet", "--all", "--message", "Edit more"])?;
    let mut sheaf = || {
        let known = open_twin(desk, &clone)?;
        clock(|| known.switch_branch("other", WithChanges::Carry, &Answers::default()))
    };
    let mut git = || {
        let root = twin(desk, &clone)?;
        timed(desk.git(&root, &["switch", "--quiet", "other"]))
    };
    let mut program = || {
        let root = twin(desk, &clone)?;
        timed(Desk::sheaf(&root, &["branch", "switch", "other"])?)
    };
    Line::measure(
        "switch branch, 1,000 files differ",
        Bar::Times(0.9),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git).program(&mut program),
    )
}

fn open_twin(desk: &Desk, clone: &Path) -> Result<Project, Failure> {
    let known = crate::rows::project(&twin(desk, clone)?)?;
    known.view()?;
    Ok(known)
}

fn twin(desk: &Desk, clone: &Path) -> Result<PathBuf, Failure> {
    let twin = desk.twin_of(clone)?;
    settle()?;
    Ok(twin)
}
