use std::cell::Cell;

use sheaf_project::collection::model::Answers as MergeAnswers;
use sheaf_project::model::{Answers, MergeOutcome, WithChanges};

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
    let (ours, theirs) = (desk.clone_of(of, "sheaf")?, desk.clone_of(of, "git")?);
    for root in [&ours, &theirs] {
        crate::rows::merge::diverge(&of.fixture(root))?;
    }
    let known = crate::rows::project(&ours)?;
    known.view()?;
    let back = |root: &std::path::Path| {
        git(root, &["reset", "--quiet", "--hard", "ours"])?;
        settle()
    };
    let mut sheaf = || {
        back(&ours)?;
        clock(|| match known.merge_branch("theirs", &MergeAnswers::new())? {
            MergeOutcome::Merged { .. } => Ok(()),
            _ => Err(Failure::new("it was not merged")),
        })
    };
    let mut git = || {
        back(&theirs)?;
        timed(desk.git(&theirs, &["merge", "--quiet", "--no-edit", "theirs"]))
    };
    let mut program = || {
        back(&ours)?;
        timed(Desk::sheaf(&ours, &["merge", "theirs"])?)
    };
    Line::measure(
        "merge, 500 × 500 changed files",
        Bar::Times(1.0),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git).program(&mut program),
    )
}

fn switch(desk: &Desk, of: &Repository) -> Result<Line, Failure> {
    let (ours, theirs) = (desk.clone_of(of, "sheaf")?, desk.clone_of(of, "git")?);
    for root in [&ours, &theirs] {
        git(root, &["branch", "other"])?;
        of.fixture(root).edit(DIFFERENT, 99)?;
        git(root, &["commit", "--quiet", "--all", "--message", "Edit more"])?;
    }
    let known = crate::rows::project(&ours)?;
    known.view()?;
    let turns = [Cell::new(false), Cell::new(false)];
    let next = |turn: &Cell<bool>| {
        turn.set(!turn.get());
        settle()?;
        Ok::<_, Failure>(if turn.get() { "other" } else { "main" })
    };
    let mut sheaf = || {
        let name = next(&turns[0])?;
        clock(|| known.switch_branch(name, WithChanges::Carry, &Answers::default()))
    };
    let mut git = || {
        let name = next(&turns[1])?;
        timed(desk.git(&theirs, &["switch", "--quiet", name]))
    };
    Line::measure(
        "switch branch, 1,000 files differ",
        Bar::Times(0.9),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git),
    )
}
