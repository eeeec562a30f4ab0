use super::{Desk, Lines, Repository, timed};
use crate::failure::Failure;
use crate::git::line::{Bar, Line, Sides};
use crate::measure::clock;
use crate::tool::git;

const PAGE: usize = 200;

pub(super) fn lines(desk: &Desk, of: &Repository) -> Lines {
    let known = desk.project_of(of, "sheaf")?;
    let theirs = desk.clone_of(of, "git")?;
    // The best that git can be given for this question.
    git(
        &theirs,
        &["commit-graph", "write", "--reachable", "--changed-paths"],
    )?;
    let ours = known.root().to_owned();
    let page = PAGE.to_string();

    let mut sheaf = || {
        clock(|| match known.history(None, None, PAGE)?.commits.len() {
            PAGE => Ok(()),
            other => Err(Failure::new(format!("a page of {other} commits"))),
        })
    };
    let mut git = || timed(desk.git(&theirs, &["log", "-n", &page]));
    let mut program = || timed(Desk::sheaf(&ours, &["log", "-n", &page])?);
    let mut isomorphic = || timed(desk.isomorphic("log", &theirs, of));
    let first = Line::measure(
        "history, first 200",
        Bar::Times(1.0),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git)
            .program(&mut program)
            .isomorphic(&mut isomorphic),
    )?;

    let path = of.files.get(500).ok_or_else(|| Failure::new("too few files"))?;
    // The same for us, as the window does after a project was opened.
    known.note_paths(&|| false)?;
    let id = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yml");
    let mut sheaf = || {
        clock(|| match known.resource_history(id, None, 1_000)?.commits.len() {
            0 => Err(Failure::new("a resource without a history")),
            _ => Ok(()),
        })
    };
    let mut git = || timed(desk.git(&theirs, &["log", "--", path]));
    let of_one = Line::measure(
        "history of one resource",
        Bar::Times(1.0),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git),
    )?;
    Ok(vec![first, of_one])
}
