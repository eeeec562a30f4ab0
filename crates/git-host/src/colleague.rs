use std::path::Path;

use crate::HostError;
use crate::repository::Repositories;

/// A commit made on the server's side of the wire.
pub(crate) struct ColleagueCommit<'a> {
    pub(crate) branch: &'a str,
    pub(crate) write: &'a [(&'a str, &'a str)],
    pub(crate) delete: &'a [&'a str],
    pub(crate) author: (&'a str, &'a str),
    pub(crate) message: &'a str,
}

impl ColleagueCommit<'_> {
    /// Commits onto the branch by `git fast-import`, which needs no work tree and runs no hook. A branch that
    /// does not exist begins at the default branch.
    pub(crate) fn push(&self, repositories: &Repositories, path: &Path) -> Result<String, HostError> {
        let reference = format!("refs/heads/{}", self.branch);
        check(self.author, self.branch)?;
        let parent = [reference.as_str(), "HEAD"]
            .into_iter()
            .find_map(|start| commit(repositories, path, start));
        let stream = self.stream(&reference, parent.as_deref());
        repositories.git(path, &["fast-import", "--quiet", "--date-format=now"], &stream)
    }

    fn stream(&self, reference: &str, parent: Option<&str>) -> Vec<u8> {
        let (name, email) = self.author;
        let mut stream =
            format!("commit {reference}\nmark :1\ncommitter {name} <{email}> now\n").into_bytes();
        data(&mut stream, self.message);
        if let Some(parent) = parent {
            stream.extend_from_slice(format!("from {parent}\n").as_bytes());
        }
        for path in self.delete {
            stream.extend_from_slice(format!("D {}\n", quoted(path)).as_bytes());
        }
        for (path, content) in self.write {
            stream.extend_from_slice(format!("M 100644 inline {}\n", quoted(path)).as_bytes());
            data(&mut stream, content);
        }
        stream.extend_from_slice(b"get-mark :1\ndone\n");
        stream
    }
}

/// The commit a name stands for.
pub(crate) fn commit(repositories: &Repositories, path: &Path, name: &str) -> Option<String> {
    let name = format!("{name}^{{commit}}");
    repositories
        .git(
            path,
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &name],
            b"",
        )
        .ok()
}

fn data(stream: &mut Vec<u8>, text: &str) {
    stream.extend_from_slice(format!("data {}\n{text}\n", text.len()).as_bytes());
}

/// A path as fast-import reads it, whatever it contains.
fn quoted(path: &str) -> String {
    format!(
        "\"{}\"",
        path.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}

fn check((name, email): (&str, &str), branch: &str) -> Result<(), HostError> {
    let unusable = |text: &str| text.contains(['<', '>', '\n', '\0']);
    for text in [name, email, branch] {
        if unusable(text) {
            return Err(HostError::Unusable(text.to_owned()));
        }
    }
    Ok(())
}
