use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sheaf_project::watch::How;

use super::{Desk, Lines, Repository, timed};
use crate::failure::Failure;
use crate::git::line::{Bar, Line, Sides};
use crate::measure::{clock, in_turn};

const DIRTY: usize = 100;

pub(super) fn lines(desk: &Desk, of: &Repository) -> Lines {
    let known = desk.project_of(of, "sheaf")?;
    let ours = known.root().to_owned();
    let theirs = desk.clone_of(of, "git")?;
    let mut lines = vec![line(desk, of, "status, clean", &known, &theirs)?];
    lines.push(watched(desk, &known, &theirs)?);
    for root in [&ours, &theirs] {
        of.fixture(root).edit(DIRTY, 1)?;
    }
    lines.push(line(desk, of, "status, 100 dirty", &known, &theirs)?);
    lines.extend(touched(desk, of, &known, &theirs)?);
    Ok(lines)
}

fn line(
    desk: &Desk,
    of: &Repository,
    name: &'static str,
    known: &sheaf_project::project::Project,
    theirs: &Path,
) -> Result<Line, Failure> {
    let ours = known.root();
    let mut sheaf = || clock(|| known.changes());
    let mut git = || timed(desk.git(theirs, &["status", "--porcelain"]));
    let mut program = || timed(Desk::sheaf(ours, &["status"])?);
    let mut isomorphic = || timed(desk.isomorphic("status", theirs, of));
    Line::measure(
        name,
        Bar::Times(0.7),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git)
            .program(&mut program)
            .isomorphic(&mut isomorphic),
    )
}

/// The same while the system tells what happens to the project, which it does in the window.
fn watched(desk: &Desk, known: &sheaf_project::project::Project, theirs: &Path) -> Result<Line, Failure> {
    let watch = known.watch(How::Told);
    let mut sheaf = || clock(|| known.changes());
    let mut git = || timed(desk.git(theirs, &["status", "--porcelain"]));
    let line = Line::measure(
        "status, clean, when the watcher knows",
        Bar::Within(Duration::from_millis(5)),
        desk.rounds,
        Sides::new(&mut sheaf, &mut git),
    );
    drop(watch);
    line
}

/// Every file has another time and the same content; then nothing more happens.
fn touched(desk: &Desk, of: &Repository, known: &sheaf_project::project::Project, theirs: &Path) -> Lines {
    let ours = known.root();
    let turn = std::cell::Cell::new(0);
    let touch = |root: &Path| {
        turn.set(turn.get() + 1);
        let time = SystemTime::now() - Duration::from_secs(600 - turn.get());
        for path in &of.files {
            File::options()
                .write(true)
                .open(root.join(path))?
                .set_modified(time)?;
        }
        Ok::<_, Failure>(())
    };
    let again = std::cell::RefCell::new(Vec::new());
    let mut sheaf = || {
        touch(ours)?;
        let took = clock(|| known.changes())?;
        again.borrow_mut().push(clock(|| known.changes())?);
        Ok(took)
    };
    let git = || timed(desk.git(theirs, &["status", "--porcelain"]));
    let mut first = || {
        touch(theirs)?;
        let took = git()?;
        git()?;
        Ok(took)
    };
    let line = Line::measure(
        "status, all files touched",
        Bar::Times(1.0),
        desk.rounds,
        Sides::new(&mut sheaf, &mut first),
    )?;
    let mut kept = again.into_inner().into_iter();
    let mut sheaf = || kept.next().ok_or_else(|| Failure::new("it was looked at once"));
    let mut git = git;
    let [sheaf, git] = in_turn(desk.rounds, [&mut sheaf, &mut git])?;
    Ok(vec![line, Line::of("… and again", Bar::Times(0.7), sheaf, git)])
}
