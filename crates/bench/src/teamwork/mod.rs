//! Two people edit one collection and merge, hundreds of times: how often a person is asked for nothing, and whether an
//! edit is lost. `git merge-file` merges the same files beside it.

mod dice;
mod person;
mod sample;
mod truth;

use std::path::Path;
use std::process::Command;

use serde::Serialize;
use sheaf_project::collection::model::{Answers, FileEdit, ResourceId};
use sheaf_project::collection::{Beyond, Collections, MergeSides, Merged, merge};

use crate::failure::Failure;
use dice::Dice;
use person::Person;

/// Merges in a row of the table.
const MERGES: u32 = 300;
/// Edits of each person between two merges.
const EDITS: usize = 10;
/// Shares of edits that go to one of a few requests everybody works on, in percent.
const HOT: [u32; 3] = [0, 30, 60];

/// One row of the table.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    layout: &'static str,
    /// Percent of edits that go to the same few requests.
    hot: u32,
    merges: u32,
    /// Merges in which `git merge-file` leaves a conflict.
    git_conflicting: u32,
    /// Merges in which Sheaf asks.
    asking: u32,
    questions: u32,
    /// Questions about what only one person changed, or both to the same.
    needless: u32,
    /// Edits that are neither in the result nor asked about.
    lost: u32,
}

impl Row {
    /// Nothing needless, nothing lost.
    pub(crate) fn passes(&self) -> bool {
        self.needless == 0 && self.lost == 0
    }
}

/// Simulates all rows, and prints them.
pub(crate) fn simulate(folder: &Path) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    println!(
        "\n{:<8} {:>5} {:>7} {:>16} {:>7} {:>10} {:>9} {:>6}",
        "layout", "hot", "merges", "git conflicts in", "asking", "questions", "needless", "lost"
    );
    for (layout, start) in [("legacy", sample::legacy()?), ("v5", sample::v5()?)] {
        for hot in HOT {
            let row = row(folder, layout, &start, hot)?;
            println!(
                "{:<8} {:>4}% {:>7} {:>16} {:>7} {:>10} {:>9} {:>6}",
                row.layout,
                row.hot,
                row.merges,
                row.git_conflicting,
                row.asking,
                row.questions,
                row.needless,
                row.lost
            );
            rows.push(row);
        }
    }
    Ok(rows)
}

fn row(folder: &Path, layout: &'static str, start: &sample::Sample, hot: u32) -> Result<Row, Failure> {
    let mut row = Row {
        layout,
        hot,
        ..Row::default()
    };
    for round in 0..MERGES {
        let mut dice = Dice::new(u64::from(round) * 7919 + u64::from(hot) + 1);
        let [ours, theirs] = [1, 2].map(|person| Person::new(start, person));
        let ours = ours.works(EDITS, hot, &mut dice)?;
        let theirs = theirs.works(EDITS, hot, &mut dice)?;
        let base = start.collections.shared();
        let sides = MergeSides {
            bases: &[&base],
            ours: &ours.collections,
            theirs: &theirs.collections,
            beyond: &start.collections_beyond(),
        };
        let merged = merge(&sides, &Answers::new());
        row.merges += 1;
        row.git_conflicting += u32::from(git_conflicts(folder, start, &ours, &theirs)?);
        row.asking += u32::from(!merged.questions.is_empty());
        row.questions += u32::try_from(merged.questions.len())?;
        let result = with(&ours.collections, &merged);
        let found = truth::compare(&ours, &theirs, &result, &merged.questions);
        for told in found.needless.iter().chain(&found.lost) {
            eprintln!("{layout}, {hot} %, round {round}: {told}");
        }
        row.needless += u32::try_from(found.needless.len())?;
        row.lost += u32::try_from(found.lost.len())?;
    }
    Ok(row)
}

fn with(ours: &Collections, merged: &Merged) -> Collections {
    ours.with_files(
        merged
            .files
            .iter()
            .cloned()
            .map(|FileEdit { path, after }| (path, after)),
    )
}

/// What lies outside the files of a merge: here nothing does.
pub(crate) struct Known<'c>(&'c Collections);

impl Beyond for Known<'_> {
    fn place(&self, id: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        self.0.place(id)
    }
}

impl sample::Sample {
    fn collections_beyond(&self) -> Known<'_> {
        Known(&self.collections)
    }
}

/// Whether git leaves conflict marks in any file that both changed, or that one deleted and the other changed.
fn git_conflicts(
    folder: &Path,
    start: &sample::Sample,
    ours: &Person<'_>,
    theirs: &Person<'_>,
) -> Result<bool, Failure> {
    for (path, base) in &start.files {
        let (Some(mine), Some(other)) = (ours.files.get(path), theirs.files.get(path)) else {
            let changed = [ours, theirs]
                .into_iter()
                .any(|person| person.files.get(path).is_some_and(|now| now != base));
            if changed {
                return Ok(true);
            }
            continue;
        };
        if mine == base || other == base || mine == other {
            continue;
        }
        let [a, o, b] = ["ours", "base", "theirs"].map(|name| folder.join(format!("teamwork-{name}.yml")));
        std::fs::write(&a, mine)?;
        std::fs::write(&o, base)?;
        std::fs::write(&b, other)?;
        let output = Command::new("git")
            .args(["merge-file", "-p"])
            .args([&a, &o, &b])
            .output()?;
        if !output.status.success() {
            return Ok(true);
        }
    }
    Ok(false)
}
