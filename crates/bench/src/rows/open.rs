//! From a folder to the tree on screen.

use std::time::Duration;

use super::{Rows, project};
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};
use crate::tool::{program, timed};

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    let mut open = || clock(|| project(root)?.view().map_err(Failure::from));
    let mut cat = || {
        let mut cat = program("cat", root);
        cat.args(&fixture.paths);
        timed(cat)
    };
    let mut shown = || {
        clock(|| {
            let project = project(root)?;
            project.clean_up()?;
            Ok::<_, Failure>(serde_json::to_string(&project.view()?)?)
        })
    };
    let known = project(root)?;
    let mut again = || clock(|| known.view());
    let [open, cat, shown, again] = in_turn(rounds, [&mut open, &mut cat, &mut shown, &mut again])?;
    Ok(vec![
        Row::beside("open 10,000 requests", open, "cat of the same files", cat, 2.0),
        Row::alone(
            "open 10,000 requests, to the JSON the page gets",
            shown,
            Bar::Within(Duration::from_secs(1)),
        ),
        Row::alone("look again, nothing changed", again, Bar::None),
    ])
}
