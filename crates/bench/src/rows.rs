//! What is measured.

mod changes;
mod disk;
mod everyday;
pub(crate) mod merge;
mod one_file;
mod open;
mod program;

use std::path::Path;
use std::sync::Arc;

use sheaf_project::keychain::TokenStore;
use sheaf_project::project::Project;

use crate::Wanted;
use crate::failure::Failure;
use crate::fixture::{FOLDERS, Fixture, REQUESTS, V5_REQUESTS};
use crate::report::Row;

type Rows = Result<Vec<Row>, Failure>;
type Measure = fn(&Fixture, usize) -> Rows;

/// Measures everything that was asked for.
pub(crate) fn measure(wanted: &Wanted) -> Rows {
    std::fs::create_dir_all(&wanted.folder)?;
    let asked = |name: &str| name.contains(&wanted.only);
    let rounds = wanted.rounds;
    let mut rows = Vec::new();
    if ["disk", "open", "changes", "everyday", "program", "merge"]
        .into_iter()
        .any(asked)
    {
        println!("Making {REQUESTS} requests in {FOLDERS} folders …");
        let legacy = Fixture::legacy(&wanted.folder)?;
        let measures: [(&str, Measure); 6] = [
            ("disk", disk::rows),
            ("open", open::rows),
            ("changes", changes::rows),
            ("program", program::rows),
            ("everyday", everyday::rows),
            ("merge", merge::rows),
        ];
        for (name, measure) in measures.into_iter().filter(|(name, _)| asked(name)) {
            println!("Measuring: {name} …");
            rows.extend(measure(&legacy, rounds)?);
            legacy.reset()?;
        }
    }
    if asked("one-file") {
        println!("Making a file with {V5_REQUESTS} requests …");
        let v5 = Fixture::v5(&wanted.folder)?;
        println!("Measuring: one-file …");
        rows.extend(one_file::rows(&v5, rounds)?);
        rows.extend(merge::one_file(&v5, rounds)?);
    }
    Ok(rows)
}

/// The project there, as if it were opened for the first time.
pub(crate) fn project(root: &Path) -> Result<Project, Failure> {
    Ok(Project::open(root, Arc::new(TokenStore::memory()))?)
}
