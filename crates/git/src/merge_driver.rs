//! Telling git to ask another program how collections are merged and shown (gitattributes, "Defining a custom merge
//! driver"). Our lines stand in a block of their own, so that they can be taken out again to the byte.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::GitError;
use crate::repository::Repo;

/// For whom git asks.
#[derive(Clone, Copy)]
pub enum Scope<'r> {
    /// In one repository.
    Repository(&'r Repo),
    /// In all repositories of the user, whose home folder this is.
    User {
        /// The home folder.
        home: &'r Path,
        /// `XDG_CONFIG_HOME`, where it is set.
        config: Option<&'r Path>,
    },
}

/// The files that hold the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DriverFiles {
    /// Git's configuration.
    pub config: PathBuf,
    /// Which files git asks about.
    pub attributes: PathBuf,
}

const BEGIN: &str = "# begin sheaf";
/// The file had no line break at its end.
const OPEN_END: &str = ", behind a line without end";
/// There was no such file.
const NEW_FILE: &str = ", in a file of its own";
const END: &str = "# end sheaf\n";

const ATTRIBUTES: &str = "**/.insomnia/** merge=sheaf diff=sheaf\n*.yaml merge=sheaf diff=sheaf\n";

impl Scope<'_> {
    /// Makes git ask `program`; where it does already, the lines are written anew.
    pub fn install(&self, program: &Path) -> Result<DriverFiles, GitError> {
        let files = self.files();
        edit(&files.config, |old| {
            Change::Write(with_block(old, &settings(program)))
        })?;
        edit(&files.attributes, |old| {
            Change::Write(with_block(old, ATTRIBUTES))
        })?;
        Ok(files)
    }

    /// Takes the lines out again. Says the files that had some.
    pub fn uninstall(&self) -> Result<Vec<PathBuf>, GitError> {
        let files = self.files();
        let mut had = Vec::new();
        for path in [files.attributes, files.config] {
            let taken_out = edit(&path, |old| match old.and_then(without_block) {
                None => Change::Keep,
                Some(None) => Change::Remove,
                Some(Some(rest)) => Change::Write(rest),
            })?;
            if taken_out {
                had.push(path);
            }
        }
        Ok(had)
    }

    fn files(&self) -> DriverFiles {
        match self {
            Self::Repository(repo) => {
                let git = repo.git.commondir();
                DriverFiles {
                    config: git.join("config"),
                    attributes: git.join("info").join("attributes"),
                }
            }
            Self::User { home, config } => {
                let folder = config
                    .map_or_else(|| home.join(".config"), Path::to_owned)
                    .join("git");
                let own = home.join(".gitconfig");
                let other = folder.join("config");
                let config = if !own.exists() && other.exists() {
                    other
                } else {
                    own
                };
                let named = git2::Config::open(&config)
                    .and_then(|config| config.get_path("core.attributesfile"))
                    .ok();
                let attributes = named.unwrap_or_else(|| folder.join("attributes"));
                // dotfiles are often links to where they are kept
                let real = |path: PathBuf| fs::canonicalize(&path).unwrap_or(path);
                DriverFiles {
                    config: real(config),
                    attributes: real(attributes),
                }
            }
        }
    }
}

/// The settings of git that name the program.
fn settings(program: &Path) -> String {
    let program = program.to_string_lossy().replace('\\', "/");
    let command = format!("'{}' merge-driver", program.replace('\'', "'\\''"));
    let quoted = |rest: &str| {
        let value = format!("{command} {rest}");
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    };
    format!(
        "[merge \"sheaf\"]\n\tname = API collections by field\n\tdriver = {}\n\trecursive = binary\n[diff \"sheaf\"]\n\tcommand = {}\n",
        quoted("merge %O %A %B %L %P"),
        quoted("show")
    )
}

/// The content with our block at the end.
fn with_block(old: Option<&[u8]>, lines: &str) -> Vec<u8> {
    let rest = match old.and_then(without_block) {
        // it was there: what is left decides how it is put back
        Some(rest) => rest,
        None => old.map(<[u8]>::to_vec),
    };
    let note = match &rest {
        None => NEW_FILE,
        Some(rest) if rest.is_empty() || rest.ends_with(b"\n") => "",
        Some(_) => OPEN_END,
    };
    let mut content = rest.unwrap_or_default();
    if note == OPEN_END {
        content.push(b'\n');
    }
    content.extend_from_slice(format!("{BEGIN}{note}\n{lines}{END}").as_bytes());
    content
}

/// The content as it was without our block (nothing: there was no such file); `None` where it has no block.
#[allow(clippy::option_option, reason = "no block is not the same as no file")]
fn without_block(content: &[u8]) -> Option<Option<Vec<u8>>> {
    let find = |what: &[u8], from: usize| {
        let rest = content.get(from..)?;
        rest.windows(what.len())
            .position(|window| window == what)
            .map(|at| from + at)
    };
    let begin = find(BEGIN.as_bytes(), 0)?;
    let first = find(b"\n", begin)? + 1;
    let end = find(END.as_bytes(), first)? + END.len();
    let note = content.get(begin + BEGIN.len()..first - 1)?;
    let mut before = content.get(..begin)?.to_vec();
    let behind = content.get(end..)?;
    if note == OPEN_END.as_bytes() && behind.is_empty() {
        before.pop();
    }
    before.extend_from_slice(behind);
    Some((note != NEW_FILE.as_bytes() || !before.is_empty()).then_some(before))
}

/// What becomes of a file.
enum Change {
    Keep,
    Write(Vec<u8>),
    Remove,
}

/// Changes a file the way git does, with a lock beside it. Says whether it changed.
fn edit(path: &Path, change: impl FnOnce(Option<&[u8]>) -> Change) -> Result<bool, GitError> {
    let io = |source| GitError::Io {
        path: path.to_owned(),
        source,
    };
    let old = match fs::symlink_metadata(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => None,
        Err(e) => return Err(io(e)),
        Ok(meta) if meta.is_file() => Some(fs::read(path).map_err(io)?),
        Ok(_) => {
            let name = path.display();
            return Err(GitError::Unsupported(format!("{name} is not a plain file")));
        }
    };
    let content = match change(old.as_deref()) {
        Change::Keep => return Ok(false),
        Change::Write(content) if old.as_ref() == Some(&content) => return Ok(false),
        Change::Remove => None,
        Change::Write(content) => Some(content),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(io)?;
    }
    let mut lock = path.as_os_str().to_owned();
    lock.push(".lock");
    let lock = PathBuf::from(lock);
    let mut file = match File::options().write(true).create_new(true).open(&lock) {
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            return Err(GitError::Busy(format!(
                "{} is in use by another program",
                path.display()
            )));
        }
        other => other.map_err(io)?,
    };
    let done = match &content {
        None => fs::remove_file(path).and_then(|()| fs::remove_file(&lock)),
        Some(content) => (|| {
            if let Ok(meta) = fs::metadata(path) {
                file.set_permissions(meta.permissions())?;
            }
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&lock, path)
        })(),
    };
    done.map_err(|e| {
        let _ = fs::remove_file(&lock);
        io(e)
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{with_block, without_block};

    #[test]
    fn what_was_put_in_is_taken_out_to_the_byte() {
        for old in [
            None,
            Some(&b""[..]),
            Some(b"a\n"),
            Some(b"a"),
            Some(b"\xff\r\n# end sheaf?\n\n"),
        ] {
            let with = with_block(old, "x = y\n");
            assert_eq!(without_block(&with), Some(old.map(<[u8]>::to_vec)));
            let again = with_block(Some(&with), "x = z\n");
            assert_eq!(without_block(&again), Some(old.map(<[u8]>::to_vec)));
            let longer = [&with[..], b"later\n"].concat();
            let rest = without_block(&longer).flatten().unwrap_or_default();
            assert!(rest.ends_with(b"later\n"));
        }
        assert_eq!(without_block(b"nothing of ours\n"), None);
    }
}
