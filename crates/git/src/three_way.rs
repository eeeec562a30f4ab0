//! Joining two sets of files that come from a common third, in memory.

use std::collections::{BTreeMap, BTreeSet};

use git2::{ObjectType, Oid as GitOid};

use crate::bulk::NewObjects;
use crate::entry::{Entry, FILE, GITLINK, LINK};
use crate::error::GitError;
use crate::file_merge::{ChangedFile, ChangedFiles, Disagreement, FileAnswer, FileMerge, Open, Version};
use crate::hash::blob_id;
use crate::layer::Layer;
use crate::line_merge::merge_lines;
use crate::repository::Repo;
use crate::tree_diff::Difference;
use crate::tree_edit::Edits;

/// What to join and whom to ask.
pub(crate) struct ThreeWay<'a, Q> {
    pub(crate) repo: &'a Repo,
    /// More than one where two branches were merged into one another.
    pub(crate) bases: &'a [Layer],
    pub(crate) ours: &'a Layer,
    pub(crate) theirs: &'a Layer,
    pub(crate) merger: &'a dyn FileMerge<Question = Q>,
    /// Whether answers count that a person gave before.
    pub(crate) answered: bool,
    /// Whether `ours` is the work tree.
    pub(crate) uncommitted: bool,
    /// The commit that is made again.
    pub(crate) again: Option<GitOid>,
}

/// What joining found.
#[derive(Debug)]
pub(crate) struct Joined<Q> {
    /// What has to change in `ours`.
    pub(crate) edits: Edits,
    /// What a person must decide.
    pub(crate) open: Vec<Open<Q>>,
}

/// One path on all sides.
struct Sides {
    base: Option<Entry>,
    ours: Option<Entry>,
    theirs: Option<Entry>,
}

impl<Q> ThreeWay<'_, Q> {
    /// Joins. Nothing but new blobs is written.
    pub(crate) fn join(&self) -> Result<Joined<Q>, GitError> {
        let mut new = NewObjects::default();
        let joined = self.join_into(&mut new)?;
        self.repo.store_objects(new)?;
        Ok(joined)
    }

    /// The same; contents that somebody else joined are added to `new` instead.
    pub(crate) fn join_into(&self, new: &mut NewObjects) -> Result<Joined<Q>, GitError> {
        let mut joined = Joined {
            edits: Edits::new(),
            open: Vec::new(),
        };
        let theirs = self.changed_by_them()?;
        if theirs.is_empty() {
            return Ok(joined);
        }
        let claimed = self.join_known(&theirs, &mut joined, new)?;
        for (path, changed) in theirs {
            if claimed.contains(&path) {
                continue;
            }
            let ours = self.ours.get(self.repo, &path)?;
            let sides = Sides {
                base: self.base(&path)?,
                ours,
                theirs: changed.new,
            };
            if sides.ours == sides.theirs {
                continue;
            }
            if changed.unclear || sides.ours != sides.base {
                self.both_changed(path, &sides, &mut joined)?;
            } else {
                joined.edits.insert(path, sides.theirs);
            }
        }
        self.refuse_clashes(&joined)?;
        Ok(joined)
    }

    /// Has those files joined that somebody knows how to, and says which they are.
    fn join_known(
        &self,
        theirs: &BTreeMap<String, Changed>,
        joined: &mut Joined<Q>,
        new: &mut NewObjects,
    ) -> Result<BTreeSet<String>, GitError> {
        let mut ours = BTreeSet::new();
        for base in self.bases {
            ours.extend(base.diff_to(self.repo, self.ours)?.into_iter().map(|d| d.path));
        }
        if self.bases.len() == 1 && ours.is_empty() {
            // what comes in is whole in itself
            return Ok(BTreeSet::new());
        }
        let paths = theirs.keys().chain(&ours).collect();
        let settled = self.merger.merge(&ChangedFiles::new(self, paths)?)?;
        for (path, content) in settled.files {
            let entry = content
                .map(|bytes| self.joined_entry(&path, bytes, new))
                .transpose()?;
            if entry != self.ours.get(self.repo, &path)? {
                joined.edits.insert(path, entry);
            }
        }
        joined.open.extend(settled.questions.into_iter().map(Open::Asked));
        Ok(settled.claimed)
    }

    /// What Git stores of a joined file. Its content is added to `new` where no side holds it: what one does is in the
    /// object store already, or gets there when it is read.
    fn joined_entry(&self, path: &str, bytes: Vec<u8>, new: &mut NewObjects) -> Result<Entry, GitError> {
        let sides = Sides {
            base: self.base(path)?,
            ours: self.ours.get(self.repo, path)?,
            theirs: self.theirs.get(self.repo, path)?,
        };
        let oid = match blob_id(&bytes) {
            Some(oid) => oid,
            None => GitOid::hash_object(ObjectType::Blob, &bytes)?,
        };
        let known = [sides.theirs, sides.ours]
            .into_iter()
            .flatten()
            .any(|entry| entry.oid == oid && entry.mode != GITLINK);
        if !known {
            new.add_known(oid, ObjectType::Blob, bytes);
        }
        let mode = joined_mode(&sides);
        Ok(Entry { oid, mode })
    }

    /// A file on all sides.
    pub(crate) fn changed_file(&self, path: &str) -> Result<Option<ChangedFile>, GitError> {
        let bases: Result<Vec<_>, GitError> =
            self.bases.iter().map(|base| base.get(self.repo, path)).collect();
        Ok(ChangedFile::of(
            path,
            &bases?,
            self.ours.get(self.repo, path)?,
            self.theirs.get(self.repo, path)?,
        ))
    }

    /// What a file holds on one side.
    pub(crate) fn content(&self, path: &str, version: Version) -> Result<Option<Vec<u8>>, GitError> {
        let layer = match version {
            Version::Base(n) => self.bases.get(n),
            Version::Ours => Some(self.ours),
            Version::Theirs => Some(self.theirs),
        };
        let entry = layer.map(|layer| layer.get(self.repo, path)).transpose()?;
        self.bytes(path, entry.flatten())
    }

    fn changed_by_them(&self) -> Result<BTreeMap<String, Changed>, GitError> {
        let mut found: BTreeMap<String, Changed> = BTreeMap::new();
        for base in self.bases {
            for Difference { path, new, .. } in base.diff_to(self.repo, self.theirs)? {
                found.entry(path).or_insert(Changed { new, unclear: false });
            }
        }
        if self.bases.len() > 1 {
            for (path, changed) in &mut found {
                changed.unclear = !self.bases_agree(path)?;
            }
        }
        Ok(found)
    }

    fn bases_agree(&self, path: &str) -> Result<bool, GitError> {
        let Some((first, rest)) = self.bases.split_first() else {
            return Ok(true);
        };
        let entry = first.get(self.repo, path)?;
        for base in rest {
            if base.get(self.repo, path)? != entry {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where the bases differ there is none: whoever merges must not take one side for unchanged.
    fn base(&self, path: &str) -> Result<Option<Entry>, GitError> {
        match self.bases.first() {
            Some(base) if self.bases_agree(path)? => base.get(self.repo, path),
            _ => Ok(None),
        }
    }

    fn both_changed(&self, path: String, sides: &Sides, joined: &mut Joined<Q>) -> Result<(), GitError> {
        if let Some(entry) = self.settle(&path, sides)? {
            if Some(entry) != sides.ours {
                joined.edits.insert(path, Some(entry));
            }
            return Ok(());
        }
        let question = Disagreement {
            base: self.bytes(&path, sides.base)?,
            ours: self.bytes(&path, sides.ours)?,
            theirs: self.bytes(&path, sides.theirs)?,
            uncommitted: self.uncommitted,
            again: self.again.map(Into::into),
            path,
        };
        let answer = self.answered.then(|| self.merger.answer(&question)).flatten();
        match answer {
            Some(FileAnswer::Ours) => {}
            Some(FileAnswer::Theirs) => {
                joined.edits.insert(question.path, sides.theirs);
            }
            Some(FileAnswer::Content(bytes)) => {
                let entry = Entry {
                    oid: self.repo.git.blob(&bytes)?,
                    mode: joined_mode(sides),
                };
                joined.edits.insert(question.path, Some(entry));
            }
            None => joined.open.push(Open::File(question)),
        }
        Ok(())
    }

    /// The joined file, or `None` where a person must decide.
    fn settle(&self, path: &str, sides: &Sides) -> Result<Option<Entry>, GitError> {
        let all = [sides.base, sides.ours, sides.theirs];
        if all.iter().flatten().any(|e| e.mode == LINK || e.mode == GITLINK) {
            return Ok(None);
        }
        let (Some(ours), Some(theirs)) = (sides.ours, sides.theirs) else {
            return Ok(None);
        };
        let mode = joined_mode(sides);
        if ours.oid == theirs.oid {
            return Ok(Some(Entry { oid: ours.oid, mode }));
        }
        let [base, ours, theirs] = all;
        let contents = (
            self.bytes(path, base)?,
            self.bytes(path, ours)?,
            self.bytes(path, theirs)?,
        );
        let (Some(base), Some(ours), Some(theirs)) = contents else {
            return Ok(None);
        };
        match self.by_lines(path, &base, &ours, &theirs) {
            Some(bytes) => Ok(Some(Entry {
                oid: self.repo.git.blob(&bytes)?,
                mode,
            })),
            None => Ok(None),
        }
    }

    fn by_lines(&self, path: &str, base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
        if !self.merger.lines(path) || [base, ours, theirs].iter().any(|b| b.contains(&0)) {
            return None;
        }
        merge_lines(base, ours, theirs)
    }

    /// Content as Git stores it. What is only in the work tree so far goes into the object store.
    fn bytes(&self, path: &str, entry: Option<Entry>) -> Result<Option<Vec<u8>>, GitError> {
        let Some(entry) = entry else { return Ok(None) };
        if entry.mode == GITLINK {
            return Ok(Some(entry.oid.to_string().into_bytes()));
        }
        if let Some(bytes) = self.repo.known_blob(entry.oid)? {
            return Ok(Some(bytes));
        }
        let stored = self.repo.store_work_entry(path)?;
        if stored.is_none_or(|s| s.entry.oid != entry.oid) {
            return Err(GitError::ChangedMeanwhile {
                path: path.to_owned(),
            });
        }
        self.repo.blob_bytes(entry.oid).map(Some)
    }

    /// A file where the other side has a folder of its name cannot be settled by choosing contents.
    fn refuse_clashes(&self, joined: &Joined<Q>) -> Result<(), GitError> {
        let result = self.ours.clone().with(&joined.edits);
        let added = joined.edits.iter().filter(|(_, e)| e.is_some());
        for (path, _) in added {
            for folder in crate::path::parents(path) {
                if result.get(self.repo, folder)?.is_some() {
                    return Err(GitError::InTheWay(folder.to_owned()));
                }
            }
            if self.is_folder(&result, path)? {
                return Err(GitError::InTheWay(path.clone()));
            }
        }
        Ok(())
    }

    fn is_folder(&self, files: &Layer, path: &str) -> Result<bool, GitError> {
        let prefix = format!("{path}/");
        let mut gone = 0;
        for (_, entry) in files
            .over
            .range(prefix.clone()..)
            .take_while(|(p, _)| p.starts_with(&prefix))
        {
            if entry.is_some() {
                return Ok(true);
            }
            gone += 1;
        }
        Ok(self.repo.count_below(files.tree, path)? > gone)
    }
}

/// A path that is not what it was on at least one base.
struct Changed {
    new: Option<Entry>,
    /// The bases differ here.
    unclear: bool,
}

/// The side that changed the mode decides.
fn joined_mode(sides: &Sides) -> u32 {
    let [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(|e| e.map(|e| e.mode));
    let chosen = if ours == base {
        theirs.or(ours)
    } else {
        ours.or(theirs)
    };
    chosen.unwrap_or(FILE)
}
