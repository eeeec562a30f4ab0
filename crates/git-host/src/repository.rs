use std::path::{Path, PathBuf};

use crate::{HostError, git};

/// The folder in which the bare repositories lie.
#[derive(Debug, Clone)]
pub(crate) struct Repositories {
    root: PathBuf,
    home: PathBuf,
}

impl Repositories {
    pub(crate) fn new(root: PathBuf, home: PathBuf) -> Self {
        Self { root, home }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(format!("{}.git", without_suffix(name)))
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        is_name(without_suffix(name)) && self.path(name).join("HEAD").is_file()
    }

    pub(crate) fn existing(&self, name: &str) -> Result<PathBuf, HostError> {
        let path = self.path(name);
        if self.exists(name) {
            Ok(path)
        } else {
            Err(HostError::NoRepository(path))
        }
    }

    /// Makes the bare repository; one that is there already is kept as it is.
    pub(crate) fn create(&self, name: &str) -> Result<PathBuf, HostError> {
        if !is_name(without_suffix(name)) {
            return Err(HostError::RepositoryName(name.to_owned()));
        }
        let path = self.path(name);
        if self.exists(name) {
            return Ok(path);
        }
        std::fs::create_dir_all(&path).map_err(HostError::io("the repository folder could not be made"))?;
        // Without a template there are no sample hooks to copy, which halves the time of a test's set-up.
        self.git(
            &path,
            &[
                "init",
                "--quiet",
                "--bare",
                "--template=",
                "--initial-branch=main",
                ".",
            ],
            b"",
        )?;
        self.git(&path, &["config", "http.receivepack", "true"], b"")?;
        // A repack in the background would outlive the host and hold its folder.
        self.git(&path, &["config", "receive.autogc", "false"], b"")?;
        Ok(path)
    }

    pub(crate) fn git(&self, path: &Path, arguments: &[&str], input: &[u8]) -> Result<String, HostError> {
        git::run(&self.home, path, arguments, input)
    }
}

/// The name of a repository, whichever of its two spellings was used.
pub(crate) fn without_suffix(name: &str) -> &str {
    name.strip_suffix(".git").unwrap_or(name)
}

/// Whether a name consists of segments that are safe in a path and in a URL.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.split('/')
        .all(|segment| !segment.is_empty() && !segment.starts_with('.') && segment.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leaves_its_folder() {
        for bad in [
            "",
            "/",
            "../x",
            "team/../x",
            "team//x",
            ".git",
            "team/x y",
            "C:\\x",
            "team/%2e%2e",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
        assert!(is_name("team/sub/parcels-api_2.0"));
    }
}
