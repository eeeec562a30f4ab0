//! The invented projects that are measured: the same bytes on every machine.

mod legacy;
mod v5;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::failure::Failure;
use crate::tool::git;

pub(crate) use legacy::{FOLDERS, REQUESTS};
pub(crate) use v5::REQUESTS as V5_REQUESTS;

/// Path and text of every file of a project with so many requests.
pub(crate) fn requests(count: usize) -> Vec<(String, String)> {
    legacy::files(count)
}

/// Path and text of the one file of about 4 MB.
pub(crate) fn one_file() -> Vec<(String, String)> {
    vec![(v5::PATH.to_owned(), v5::file())]
}

/// A repository made anew.
pub(crate) struct Fixture {
    /// Its work tree.
    pub(crate) root: PathBuf,
    /// Paths of the files that hold requests.
    pub(crate) paths: Vec<String>,
}

impl Fixture {
    /// [`REQUESTS`] requests of about 1.5 KB in [`FOLDERS`] folders, a file each, committed.
    pub(crate) fn legacy(parent: &Path) -> Result<Self, Failure> {
        let files = legacy::files(REQUESTS);
        let paths = files.iter().map(|(path, _)| path.clone());
        let paths = paths.filter(|path| path.contains("/Request/")).collect();
        let root = repository(&parent.join("legacy"), files)?;
        Ok(Self { root, paths })
    }

    /// One file of about 4 MB with [`V5_REQUESTS`] requests, committed.
    pub(crate) fn v5(parent: &Path) -> Result<Self, Failure> {
        let root = repository(&parent.join("v5"), one_file())?;
        Ok(Self {
            root,
            paths: vec![v5::PATH.to_owned()],
        })
    }

    /// Id of the request with this number.
    pub(crate) fn request(number: usize) -> String {
        legacy::request_id(number)
    }

    /// Id of the request with this number in the one file.
    pub(crate) fn v5_request(number: usize) -> String {
        v5::request_id(number)
    }

    /// Gives so many requests another address, spread over all of them; another one for each `turn`.
    pub(crate) fn edit(&self, count: usize, turn: usize) -> Result<(), Failure> {
        for path in self.paths.iter().step_by(self.paths.len() / count).take(count) {
            let file = self.root.join(path);
            let text = fs::read_to_string(&file)?;
            let edited: String = text
                .split_inclusive('\n')
                .map(|line| match line.strip_prefix("url: ") {
                    Some(_) => format!("url: https://parcels.example.test/v{turn}/edited\n"),
                    None => line.to_owned(),
                })
                .collect();
            fs::write(&file, edited)?;
        }
        Ok(())
    }

    /// Puts the work tree back to the last commit, and the commit to the first one.
    pub(crate) fn reset(&self) -> Result<(), Failure> {
        git(&self.root, &["checkout", "--quiet", "--force", "main"])?;
        git(&self.root, &["reset", "--quiet", "--hard", "first"])
    }
}

fn repository(root: &Path, files: Vec<(String, String)>) -> Result<PathBuf, Failure> {
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    fs::create_dir_all(root)?;
    git(root, &["init", "--quiet", "--initial-branch=main"])?;
    for (key, value) in [
        ("user.name", "Ana"),
        ("user.email", "ana@example.test"),
        ("gc.auto", "0"),
    ] {
        git(root, &["config", key, value])?;
    }
    // Files as young as the index would be read again by every status.
    let earlier = SystemTime::now() - Duration::from_secs(60);
    for (path, text) in files {
        let file = root.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text)?;
        File::options().write(true).open(&file)?.set_modified(earlier)?;
    }
    git(root, &["add", "--all"])?;
    git(root, &["commit", "--quiet", "--message", "Start"])?;
    git(root, &["tag", "first"])?;
    Ok(root.to_owned())
}
