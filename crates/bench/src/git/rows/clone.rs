use super::{Desk, Lines, Repository, settle, timed};
use crate::git::line::{Bar, Line, Sides};
use crate::measure::clock;

pub(super) fn many_files(desk: &Desk, of: &Repository) -> Lines {
    let whole = line(desk, of, "clone A", Bar::Times(0.9))?;
    Ok(vec![whole])
}

pub(super) fn many_commits(desk: &Desk, of: &Repository) -> Lines {
    Ok(vec![line(desk, of, "clone B", Bar::Times(0.8))?])
}

pub(super) fn one_file(desk: &Desk, of: &Repository) -> Lines {
    Ok(vec![line(desk, of, "clone C", Bar::None)?])
}

fn line(desk: &Desk, of: &Repository, name: &'static str, bar: Bar) -> Result<Line, crate::failure::Failure> {
    let url = desk.url(of);
    let room = |side: &str| {
        let room = desk.room(side)?;
        settle()?;
        Ok::<_, crate::failure::Failure>(room)
    };
    let mut sheaf = || {
        let room = room("sheaf")?;
        clock(|| desk.clone_to(of, &room))
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
        timed(desk.sheaf(
            &folder,
            &["clone", &url, &room.to_string_lossy(), "--ca-file", &ca],
        )?)
    };
    let mut isomorphic = || {
        let room = room("isomorphic")?;
        timed(desk.isomorphic("clone", &room, of))
    };
    Line::measure(
        name,
        bar,
        desk.rounds,
        Sides {
            sheaf: &mut sheaf,
            git: &mut git,
            program: Some(&mut program),
            isomorphic: Some(&mut isomorphic),
        },
    )
}
