//! How a merge has files joined that it knows nothing about, and what it asks a person.

use std::collections::BTreeSet;

use git2::Oid as GitOid;

use crate::entry::{Entry, GITLINK, LINK};
use crate::error::GitError;
use crate::model::Oid;
use crate::three_way::ThreeWay;

/// Joins what both sides made of some files. The engine itself knows only bytes.
pub trait FileMerge {
    /// What a person is asked about the files that this joins.
    type Question;

    /// Joins those of the changed files that it knows how to. The others are merged by lines or asked about as a whole.
    fn merge(&self, files: &ChangedFiles<'_, Self::Question>) -> Result<Settled<Self::Question>, GitError>;

    /// What a person answered about a file as a whole.
    fn answer(&self, question: &Disagreement) -> Option<FileAnswer> {
        let _ = question;
        None
    }

    /// A file as git leaves it where it asked this here to join it, and both sides disagree.
    fn marked(&self, path: &str, base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
        let _ = (path, base, ours, theirs);
        None
    }

    /// Whether a file changed in nothing but what programs keep for themselves, such as when it was saved.
    fn is_bookkeeping(&self, path: &str, before: &[u8], after: &[u8]) -> bool {
        let _ = (path, before, after);
        false
    }

    /// Whether a file may be merged line by line.
    fn lines(&self, path: &str) -> bool {
        let _ = path;
        false
    }
}

/// What joining some files came to.
#[derive(Debug)]
pub struct Settled<Q> {
    /// Files that are joined, or open, by this; nobody else touches them.
    pub claimed: BTreeSet<String>,
    /// What they hold where that differs from ours; none deletes the file.
    pub files: Vec<(String, Option<Vec<u8>>)>,
    /// What a person must decide. Until then the files hold what is ours.
    pub questions: Vec<Q>,
}

impl<Q> Default for Settled<Q> {
    fn default() -> Self {
        Self {
            claimed: BTreeSet::new(),
            files: Vec::new(),
            questions: Vec::new(),
        }
    }
}

/// An answer about a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAnswer {
    /// The version here.
    Ours,
    /// The version that comes in.
    Theirs,
    /// This content.
    Content(Vec<u8>),
}

/// One of the states that are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// A common ancestor, by its number.
    Base(usize),
    /// The state here.
    Ours,
    /// The state that comes in.
    Theirs,
}

/// A file that at least one side changed. Two versions with equal ids are the same content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Path below the work tree.
    pub path: String,
    /// Content of each common ancestor; none where there is no such file.
    pub bases: Vec<Option<ContentId>>,
    /// Content here.
    pub ours: Option<ContentId>,
    /// Content that comes in.
    pub theirs: Option<ContentId>,
}

/// Names a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentId(GitOid);

/// All files that at least one side changed, links and submodules left out.
pub struct ChangedFiles<'a, Q> {
    three_way: &'a ThreeWay<'a, Q>,
    list: Vec<ChangedFile>,
}

impl<'a, Q> ChangedFiles<'a, Q> {
    pub(crate) fn new(three_way: &'a ThreeWay<'a, Q>, paths: BTreeSet<&String>) -> Result<Self, GitError> {
        let mut list = Vec::new();
        for path in paths {
            list.extend(three_way.changed_file(path)?);
        }
        Ok(Self { three_way, list })
    }

    /// The files, by path.
    pub fn list(&self) -> &[ChangedFile] {
        &self.list
    }

    /// How many common ancestors there are.
    pub fn bases(&self) -> usize {
        self.three_way.bases.len()
    }

    /// True where answers count that a person gave before.
    pub fn answered(&self) -> bool {
        self.three_way.answered
    }

    /// True where what is here is not committed yet.
    pub fn uncommitted(&self) -> bool {
        self.three_way.uncommitted
    }

    /// The commit that is made again by this, where it is one.
    pub fn again(&self) -> Option<Oid> {
        self.three_way.again.map(Into::into)
    }

    /// The contents of a version of many files; none where there is no such file.
    pub fn read_all(
        &self,
        files: &[&ChangedFile],
        version: Version,
    ) -> Result<Vec<Option<Vec<u8>>>, GitError> {
        let ids: Vec<GitOid> = files
            .iter()
            .filter_map(|file| Some(file.content(version)?.0))
            .collect();
        let mut known = self.three_way.repo.known_blobs(&ids).into_iter();
        let read = |file: &&ChangedFile| {
            if file.content(version).is_none() {
                return Ok(None);
            }
            match known.next().transpose()?.flatten() {
                Some(bytes) => Ok(Some(bytes)),
                // It is in the work tree only.
                None => self.read(file, version),
            }
        };
        files.iter().map(read).collect()
    }

    /// The content of a version; none where there is no such file.
    pub fn read(&self, file: &ChangedFile, version: Version) -> Result<Option<Vec<u8>>, GitError> {
        self.three_way.content(&file.path, version)
    }
}

impl ChangedFile {
    /// The content of a version; none where there is no such file.
    pub fn content(&self, version: Version) -> Option<ContentId> {
        match version {
            Version::Base(n) => self.bases.get(n).copied().flatten(),
            Version::Ours => self.ours,
            Version::Theirs => self.theirs,
        }
    }

    /// Nothing where a version is no ordinary file.
    pub(crate) fn of(
        path: &str,
        bases: &[Option<Entry>],
        ours: Option<Entry>,
        theirs: Option<Entry>,
    ) -> Option<Self> {
        let all = bases.iter().chain([&ours, &theirs]).flatten();
        if all.into_iter().any(|entry| matches!(entry.mode, LINK | GITLINK)) {
            return None;
        }
        let id = |entry: Option<Entry>| entry.map(|entry| ContentId(entry.oid));
        Some(Self {
            path: path.to_owned(),
            bases: bases.iter().map(|entry| id(*entry)).collect(),
            ours: id(ours),
            theirs: id(theirs),
        })
    }
}

/// What a person must decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open<Q> {
    /// About a file as a whole.
    File(Disagreement),
    /// Within files that were joined.
    Asked(Q),
}

/// A file that a person must decide about. `None` means that there is no such file on that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Path below the work tree.
    pub path: String,
    /// Where both came from.
    pub base: Option<Vec<u8>>,
    /// The version here.
    pub ours: Option<Vec<u8>>,
    /// The version that comes in.
    pub theirs: Option<Vec<u8>>,
    /// True where the version here is not committed yet.
    pub uncommitted: bool,
    /// The commit that is made again, where it is about one.
    pub again: Option<Oid>,
}
