//! The same work by Sheaf, git and isomorphic-git, on the same repositories, in the same run.
//!
//! Sheaf is measured as it lives in the app (within a process that is there already, on a project that is open) and as the
//! `sheaf` program from start to end; git and isomorphic-git as programs from start to end.

mod line;
mod repository;
mod rows;
mod sides;
mod stream;

use std::path::Path;

use crate::Wanted;
use crate::failure::Failure;
use line::Line;
use repository::Shape;
use sides::Desk;

type Lines = Result<Vec<Line>, Failure>;

/// True where every bar was met.
pub(crate) fn compare(wanted: &Wanted) -> Result<bool, Failure> {
    let folder = wanted.folder.join(format!("git-{}", wanted.scale));
    std::fs::create_dir_all(&folder)?;
    let desk = Desk::new(&folder, wanted.rounds)?;
    let lines = measure(&desk, wanted)?;
    line::print(&lines);
    line::write(&lines, &wanted.folder.join(results(wanted.scale)))?;
    Ok(lines.iter().all(Line::passes))
}

/// Everything that was asked for by the beginning of a name.
fn measure(desk: &Desk, wanted: &Wanted) -> Lines {
    let mut lines = Vec::new();
    for (name, shape, work) in rows::all() {
        if !name.contains(&wanted.only) {
            continue;
        }
        let repository = desk.repository(&shape(wanted.scale))?;
        println!("Measuring: {name} …");
        lines.extend(work(desk, &repository)?);
    }
    Ok(lines)
}

fn results(scale: usize) -> String {
    match scale {
        1 => "git.json".to_owned(),
        more => format!("git-{more}.json"),
    }
}

/// Makes room for what is cloned to it.
fn clear(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Many files and some commits, many commits, or one large file.
fn shape_a(scale: usize) -> Shape {
    Shape::files("a", 10_000 * scale, 2_000)
}

fn shape_b(scale: usize) -> Shape {
    Shape::files("b", 1_000, 20_000 * scale)
}

fn shape_c(_: usize) -> Shape {
    Shape::one_file("c", 500)
}
