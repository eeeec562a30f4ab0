use std::cell::RefCell;
use std::time::Instant;

use super::{Desk, Lines, Repository, settle, timed};
use crate::failure::Failure;
use crate::git::line::{Bar, Line, Sides};
use crate::measure::Times;

pub(super) fn many_files(desk: &Desk, of: &Repository) -> Lines {
    let (whole, open) = lines(desk, of, "clone A", Bar::Times(0.9))?;
    let open = open.named("clone A, until the project is shown", Bar::Times(0.5));
    Ok(vec![whole, open])
}

pub(super) fn many_commits(desk: &Desk, of: &Repository) -> Lines {
    Ok(vec![lines(desk, of, "clone B", Bar::Times(0.8))?.0])
}

pub(super) fn one_file(desk: &Desk, of: &Repository) -> Lines {
    Ok(vec![lines(desk, of, "clone C", Bar::None)?.0])
}

/// The clone itself, and with it the look at what it brought.
fn lines(desk: &Desk, of: &Repository, name: &'static str, bar: Bar) -> Result<(Line, Line), Failure> {
    let url = desk.url(of);
    let room = |side: &str| {
        let room = desk.room(side)?;
        settle()?;
        Ok::<_, Failure>(room)
    };
    let shown = RefCell::new(Vec::new());
    let mut sheaf = || {
        let room = room("sheaf")?;
        let start = Instant::now();
        let project = desk.clone_to(of, &room)?;
        let took = start.elapsed();
        project.view()?;
        shown.borrow_mut().push(start.elapsed());
        Ok(took)
    };
    let mut git = || {
        let room = room("git")?;
        timed(desk.git(
            &room.with_file_name(""),
            &["clone", "--quiet", &url, &room.to_string_lossy()],
        ))
    };
    let mut program = || {
        let room = room("sheaf")?;
        let (folder, ca) = (room.with_file_name(""), desk.host.ca_file().to_string_lossy());
        timed(Desk::sheaf(
            &folder,
            &["clone", &url, &room.to_string_lossy(), "--ca-file", &ca],
        )?)
    };
    let mut isomorphic = || {
        let room = room("isomorphic")?;
        timed(desk.isomorphic("clone", &room, of))
    };
    let whole = Line::measure(
        name,
        bar,
        desk.rounds,
        Sides::new(&mut sheaf, &mut git)
            .program(&mut program)
            .isomorphic(&mut isomorphic),
    )?;
    let shown = whole.instead(Times::of(shown.into_inner()));
    Ok((whole, shown))
}
