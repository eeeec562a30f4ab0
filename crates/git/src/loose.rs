//! Loose objects that do not hold what they begin, as after a power failure. libgit2 1.9.7 reads such a one for ever
//! (libgit2 PR 7346), and a thread that reads cannot be ended: so they are looked for before anything is read. That is
//! simpler than a process of its own for all reading, and fast: a folder of objects is read again only where the names,
//! sizes or times in it differ from when it was last found whole.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use flate2::{Decompress, FlushDecompress, Status};

use crate::error::GitError;
use crate::own_files;
use crate::parallel;
use crate::repository::Repo;

/// What was found whole, below `.git/sheaf`. It may be deleted at any time.
const RECORD: &str = "whole-objects";
/// Characters of the rest of an object's id, which is the name of its file (Git, `gitrepository-layout`).
const NAME: usize = 38;
const CHUNK: usize = 64 * 1024;
/// The longest `commit 18446744073709551615`, and more.
const LONGEST_HEAD: usize = 40;

/// An object whose file cannot be read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The id by its name.
    pub(crate) id: String,
    /// Its file.
    pub(crate) path: PathBuf,
}

impl Repo {
    /// An error where a loose object cannot be read to its end. Has to come before anything of the repository is read.
    pub fn check_loose_objects(&self) -> Result<(), GitError> {
        match self.unreadable_objects()?.as_slice() {
            [] => Ok(()),
            [first, ..] => Err(GitError::Damaged(format!(
                "object {} is cut off",
                first.id.get(..8).unwrap_or(&first.id)
            ))),
        }
    }

    /// All loose objects that cannot be read to their end.
    pub(crate) fn unreadable_objects(&self) -> Result<Vec<Unreadable>, GitError> {
        let objects = self.objects_dir();
        let folders = folders(&objects).map_err(|source| GitError::Io {
            path: objects.clone(),
            source,
        })?;
        // Where nothing can be written, nothing is remembered.
        let record = self.own_dir().ok().map(|own| own.join(RECORD));
        let before = record.as_deref().map(read_record).unwrap_or_default();
        let changed: Vec<&Folder> = folders
            .iter()
            .filter(|folder| before.get(&folder.name) != Some(&folder.state))
            .collect();
        if changed.is_empty() && before.len() == folders.len() {
            return Ok(Vec::new());
        }
        let files: Vec<(&str, &str)> = changed
            .iter()
            .flat_map(|folder| folder.files.iter().map(|file| (&*folder.name, &**file)))
            .collect();
        let found = parallel::at_once(&files, |(folder, file)| {
            let path = objects.join(folder).join(file);
            match is_whole(&path) {
                Ok(true) => Ok(None),
                Ok(false) => Ok(Some(Unreadable {
                    id: format!("{folder}{file}"),
                    path,
                })),
                // another program packed it meanwhile
                Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
                Err(source) => Err(GitError::Io { path, source }),
            }
        })?;
        let found: Vec<Unreadable> = found.into_iter().flatten().collect();
        if found.is_empty()
            && let Some(record) = record
        {
            write_record(&record, &folders);
        }
        Ok(found)
    }
}

/// One of the 256 folders of loose objects.
struct Folder {
    name: String,
    files: Vec<String>,
    /// Changes with every name, size and time in it.
    state: u64,
}

fn folders(objects: &Path) -> io::Result<Vec<Folder>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(objects)? {
        let entry = entry?;
        let name = entry.file_name();
        if let Some(name) = name.to_str().filter(|name| is_hex(name, 2))
            && entry.file_type()?.is_dir()
        {
            names.push(name.to_owned());
        }
    }
    parallel::at_once(&names, |name| folder(name, &objects.join(name)))
}

fn folder(name: &str, path: &Path) -> io::Result<Folder> {
    let mut folder = Folder {
        name: name.to_owned(),
        files: Vec::new(),
        state: 0,
    };
    let entries = match fs::read_dir(path) {
        // `git gc` takes folders away that are empty
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(folder),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_hex(name, NAME)) else {
            continue;
        };
        let meta = match entry.metadata() {
            Err(e) if e.kind() == ErrorKind::NotFound => continue,
            meta => meta?,
        };
        if meta.is_file() {
            let mut hasher = DefaultHasher::new();
            (
                name,
                meta.len(),
                meta.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            )
                .hash(&mut hasher);
            // A sum, as folders are listed in any order.
            folder.state = folder.state.wrapping_add(hasher.finish());
            folder.files.push(name.to_owned());
        }
    }
    Ok(folder)
}

fn is_hex(name: &str, length: usize) -> bool {
    name.len() == length
        && name
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn read_record(path: &Path) -> BTreeMap<String, u64> {
    let text = own_files::read(path).ok().flatten().unwrap_or_default();
    let entry = |line: &str| {
        let (name, state) = line.split_once(' ')?;
        Some((name.to_owned(), u64::from_str_radix(state, 16).ok()?))
    };
    text.lines().filter_map(entry).collect()
}

/// Without it all is read again the next time, and nothing else.
fn write_record(path: &Path, folders: &[Folder]) {
    let text = folders.iter().fold(String::new(), |mut text, folder| {
        let _ = writeln!(text, "{} {:x}", folder.name, folder.state);
        text
    });
    if let Err(error) = own_files::write(path, text.as_bytes()) {
        log::debug!("what was checked is not kept: {error}");
    }
}

/// Whether a file holds a whole zlib stream with as many bytes as its head says.
fn is_whole(path: &Path) -> io::Result<bool> {
    let mut file = BufReader::with_capacity(CHUNK, File::open(path)?);
    let mut inflate = Decompress::new(true);
    let mut out = vec![0; CHUNK];
    let mut head = Vec::new();
    loop {
        let input = file.fill_buf()?;
        let (read, made) = (inflate.total_in(), inflate.total_out());
        let Ok(status) = inflate.decompress(input, &mut out, FlushDecompress::None) else {
            return Ok(false);
        };
        let used = usize::try_from(inflate.total_in() - read).unwrap_or(usize::MAX);
        let made = usize::try_from(inflate.total_out() - made).unwrap_or(usize::MAX);
        file.consume(used);
        if head.len() < LONGEST_HEAD {
            head.extend(out.iter().take(made.min(LONGEST_HEAD)));
        }
        match status {
            Status::StreamEnd => return Ok(length(&head) == Some(inflate.total_out())),
            _ if used == 0 && made == 0 => return Ok(false),
            _ => {}
        }
    }
}

/// The length of head and content, as the head tells it: `blob 12` and a NUL.
fn length(head: &[u8]) -> Option<u64> {
    let end = head.iter().position(|byte| *byte == 0)?;
    let text = std::str::from_utf8(head.get(..end)?).ok()?;
    let content: u64 = text.split_once(' ')?.1.parse().ok()?;
    content.checked_add(u64::try_from(end).ok()? + 1)
}
