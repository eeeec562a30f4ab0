//! Joining two people's work, and landing what a person was asked about.

use std::fs;
use std::time::Duration;

use sheaf_project::collection::model::{Answer, Answers, FieldEdit, ResourceId};
use sheaf_project::model::{MergeOf, MergeOutcome, MergePreview};
use sheaf_project::project::Run;

use super::{Rows, project};
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};
use crate::tool::{git, program, timed};

const EDITED: usize = 500;

/// Both change the same 500 requests, each another line, so that git can join them, too.
pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    diverge(fixture)?;
    let back = || git(root, &["reset", "--quiet", "--hard", "ours"]);
    let known = project(root)?;
    known.view()?;

    let what = MergeOf::Branch {
        name: "theirs".to_owned(),
    };
    let mut preview = || -> Result<Duration, Failure> {
        let mut seen = None;
        let took = clock(|| known.preview(&what).map(|preview| seen = Some(preview)))?;
        match seen {
            Some(MergePreview::Ready { merge }) if merge.open == 0 => Ok(took),
            _ => Err(Failure::new(
                "the preview is not that of a merge without questions",
            )),
        }
    };
    let mut ours = || {
        back()?;
        clock(|| match known.merge_branch("theirs", &Answers::new())? {
            MergeOutcome::Merged { .. } => Ok(()),
            _ => Err(Failure::new("it was not merged")),
        })
    };
    let mut theirs = || {
        back()?;
        let mut merge = program("git", root);
        merge.args(["merge", "--quiet", "--no-edit", "theirs"]);
        timed(merge)
    };
    let [ours, theirs] = in_turn(rounds, [&mut ours, &mut theirs])?;
    back()?;
    let [preview] = in_turn(rounds, [&mut preview])?;
    Ok(vec![
        Row::beside(
            "merge, 500 of 10,000 changed on both sides",
            ours,
            "git merge",
            theirs,
            1.0,
        ),
        Row::alone("preview of it", preview, Bar::Within(Duration::from_millis(500))),
    ])
}

/// Two branches, `theirs` and the current one at the tag `ours`, that changed the same requests.
pub(crate) fn diverge(fixture: &Fixture) -> Result<(), Failure> {
    let root = &fixture.root;
    git(root, &["switch", "--quiet", "--create", "theirs"])?;
    change(fixture, "\nname: ", "\nname: Renamed, once ")?;
    git(root, &["switch", "--quiet", "main"])?;
    change(fixture, "\nmethod: POST", "\nmethod: PUT")?;
    git(root, &["tag", "ours"])
}

/// Changes a line of every request that is edited, and commits.
fn change(fixture: &Fixture, old: &str, new: &str) -> Result<(), Failure> {
    let step = fixture.paths.len() / EDITED;
    for path in fixture.paths.iter().step_by(step).take(EDITED) {
        let file = fixture.root.join(path);
        fs::write(&file, fs::read_to_string(&file)?.replacen(old, new, 1))?;
    }
    git(
        &fixture.root,
        &["commit", "--quiet", "--all", "--message", "Edit"],
    )
}

/// Both give one request of the one file another address.
pub(super) fn one_file(fixture: &Fixture, rounds: usize) -> Rows {
    let root = &fixture.root;
    let known = project(root)?;
    let id = ResourceId(Fixture::v5_request(1234));
    let commit = |url: &str| -> Result<(), Failure> {
        let edit = FieldEdit {
            path: "url".to_owned(),
            value: Some(url.into()),
        };
        known.edit(&id, None, &[edit])?;
        known.commit("Edit", None, false, &Run::default())?;
        Ok(())
    };
    git(root, &["reset", "--quiet", "--hard", "first"])?;
    git(root, &["clean", "--quiet", "--force"])?;
    git(root, &["switch", "--quiet", "--create", "theirs"])?;
    commit("https://parcels.example.test/theirs")?;
    git(root, &["switch", "--quiet", "main"])?;
    commit("https://parcels.example.test/ours")?;
    git(root, &["tag", "ours"])?;
    known.view()?;
    let mut land = || {
        git(root, &["reset", "--quiet", "--hard", "ours"])?;
        known.merge_branch("theirs", &Answers::new())?;
        known.answer_all(&Answer::Theirs)?;
        clock(|| known.land())
    };
    let [land] = in_turn(rounds, [&mut land])?;
    Ok(vec![Row::alone(
        "land one answered question in it",
        land,
        Bar::Within(Duration::from_millis(50)),
    )])
}
