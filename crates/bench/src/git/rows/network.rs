use std::cell::Cell;

use sheaf_project::model::{CommitOutcome, PushMode, PushOutcome};
use sheaf_project::project::Run;

use super::{Desk, Lines, Repository, settle, timed};
use crate::failure::Failure;
use crate::git::line::{Bar, Line, Sides};
use crate::measure::clock;

/// Every side fetches the same new commit in a round.
pub(super) fn fetch(desk: &Desk, of: &Repository) -> Lines {
    let known = desk.project_of(of, "sheaf")?;
    let other = desk.project_of(of, "sheaf-program")?;
    let [theirs, third] = ["git", "isomorphic"].map(|side| desk.clone_of(of, side));
    let (theirs, third) = (theirs?, third?);
    let turn = Cell::new(0);
    let advance = || {
        of.advance(turn.get())?;
        turn.set(turn.get() + 1);
        settle()
    };
    let sheaf_new = |new: bool| {
        clock(|| match known.fetch(&Run::default())?.updated.is_empty() {
            empty if empty != new => Ok(()),
            _ => Err(Failure::new("something else was fetched")),
        })
    };
    let git = || timed(desk.git(&theirs, &["fetch", "--quiet"]));
    let program = || timed(Desk::sheaf(other.root(), &["fetch"])?);
    let isomorphic = || timed(desk.isomorphic("fetch", &third, of));

    let mut one = || {
        advance()?;
        sheaf_new(true)
    };
    let one = Line::measure(
        "fetch, one commit",
        Bar::Times(0.7),
        desk.rounds,
        Sides::new(&mut one, &mut || git())
            .program(&mut || program())
            .isomorphic(&mut || {
                advance()?;
                isomorphic()
            }),
    )?;
    sheaf_fetches(&known)?;
    git()?;
    let nothing = Line::measure(
        "fetch, nothing new",
        Bar::Times(0.5),
        desk.rounds,
        Sides::new(&mut || sheaf_new(false), &mut || git())
            .program(&mut || program())
            .isomorphic(&mut || isomorphic()),
    )?;
    of.reset()?;
    Ok(vec![one, nothing])
}

fn sheaf_fetches(known: &sheaf_project::project::Project) -> Result<(), Failure> {
    known.fetch(&Run::default())?;
    Ok(())
}

/// Each side has a remote of its own.
pub(super) fn push(desk: &Desk, of: &Repository) -> Lines {
    let [ours, theirs, third] = ["push-sheaf", "push-git", "push-isomorphic"].map(|name| desk.copy(of, name));
    let (ours, theirs, third) = (ours?, theirs?, third?);
    let known = desk.project_of(&ours, "sheaf")?;
    let root = desk.clone_of(&theirs, "git")?;
    let of_third = desk.clone_of(&third, "isomorphic")?;
    let turn = Cell::new(0);
    let edit = |root: &std::path::Path| {
        turn.set(turn.get() + 1);
        of.fixture(root).edit(1, turn.get())
    };
    let commit_by_git = |root: &std::path::Path| {
        edit(root)?;
        crate::tool::git(root, &["commit", "--quiet", "--all", "--message", "Edit one"])?;
        settle()
    };
    let commit_by_sheaf = || {
        edit(known.root())?;
        match known.commit("Edit one", None, false, &Run::default())? {
            CommitOutcome::Committed(_) => settle(),
            CommitOutcome::SecretsFound { .. } => Err(Failure::new("it was not committed")),
        }
    };
    let mut sheaf = || {
        commit_by_sheaf()?;
        clock(|| match known.push(&PushMode::Normal, &Run::default())? {
            PushOutcome::Pushed { .. } => Ok(()),
            _ => Err(Failure::new("it was not pushed")),
        })
    };
    let mut git = || {
        commit_by_git(&root)?;
        timed(desk.git(&root, &["push", "--quiet"]))
    };
    let mut program = || {
        commit_by_sheaf()?;
        timed(Desk::sheaf(known.root(), &["push"])?)
    };
    let mut isomorphic = || {
        commit_by_git(&of_third)?;
        timed(desk.isomorphic("push", &of_third, &third))
    };
    let one = Line::measure(
        "push, one commit",
        Bar::Times(0.9),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git)
            .program(&mut program)
            .isomorphic(&mut isomorphic),
    )?;
    let mut sheaf = || {
        desk.host.clear_requests();
        let took = clock(|| known.push(&PushMode::Normal, &Run::default()))?;
        match desk.host.requests().len() {
            0 => Ok(took),
            many => Err(Failure::new(format!(
                "{many} requests where nothing was to be pushed"
            ))),
        }
    };
    let nothing = Line::measure(
        "push, nothing to push (no request)",
        Bar::None,
        desk.rounds,
        Sides::new(&mut sheaf, &mut || timed(desk.git(&root, &["push", "--quiet"]))),
    )?;
    Ok(vec![one, nothing])
}
