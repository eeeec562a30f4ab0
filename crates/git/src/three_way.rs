//! Joining two sets of files that come from a common third, in memory.

use std::collections::BTreeMap;

use git2::{MergeFileInput, MergeFileOptions};

use crate::entry::{Entry, GITLINK, LINK};
use crate::error::GitError;
use crate::file_merge::{Answers, Disagreement, FileMerge};
use crate::layer::Layer;
use crate::model::Side;
use crate::repository::Repo;
use crate::tree_diff::Difference;
use crate::tree_edit::Edits;

/// What to join and whom to ask.
pub(crate) struct ThreeWay<'a> {
    pub(crate) repo: &'a Repo,
    /// More than one where two branches were merged into one another.
    pub(crate) bases: &'a [Layer],
    pub(crate) ours: &'a Layer,
    pub(crate) theirs: &'a Layer,
    pub(crate) merger: &'a dyn FileMerge,
    pub(crate) answers: &'a Answers,
    /// Whether `ours` is the work tree.
    pub(crate) uncommitted: bool,
}

/// What joining found.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    /// What has to change in `ours`.
    pub(crate) edits: Edits,
    /// What a person must decide.
    pub(crate) open: Vec<Disagreement>,
}

/// One path on all sides.
struct Sides {
    base: Option<Entry>,
    ours: Option<Entry>,
    theirs: Option<Entry>,
}

impl ThreeWay<'_> {
    /// Joins. Nothing but new blobs is written.
    pub(crate) fn join(&self) -> Result<Joined, GitError> {
        let mut joined = Joined::default();
        for (path, changed) in self.changed_by_them()? {
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

    fn both_changed(&self, path: String, sides: &Sides, joined: &mut Joined) -> Result<(), GitError> {
        match self.answers.get(&path) {
            Some(Side::Mine) => return Ok(()),
            Some(Side::Theirs) => {
                joined.edits.insert(path, sides.theirs);
                return Ok(());
            }
            None => {}
        }
        if let Some(entry) = self.settle(&path, sides)? {
            if entry != sides.ours {
                joined.edits.insert(path, entry);
            }
            return Ok(());
        }
        joined.open.push(Disagreement {
            base: self.bytes(&path, sides.base)?,
            ours: self.bytes(&path, sides.ours)?,
            theirs: self.bytes(&path, sides.theirs)?,
            uncommitted: self.uncommitted,
            path,
        });
        Ok(())
    }

    /// The joined file (`Some(None)`: it goes), or `None` where a person must decide.
    #[allow(clippy::option_option)]
    fn settle(&self, path: &str, sides: &Sides) -> Result<Option<Option<Entry>>, GitError> {
        let all = [sides.base, sides.ours, sides.theirs];
        if all.iter().flatten().any(|e| e.mode == LINK || e.mode == GITLINK) {
            return Ok(None);
        }
        let mode = joined_mode(sides);
        if let (Some(ours), Some(theirs)) = (sides.ours, sides.theirs)
            && ours.oid == theirs.oid
        {
            return Ok(Some(Some(Entry { oid: ours.oid, mode })));
        }
        let [base, ours, theirs] = all;
        let base = self.bytes(path, base)?;
        let ours = self.bytes(path, ours)?;
        let theirs = self.bytes(path, theirs)?;
        let merged = self
            .merger
            .merge(path, base.as_deref(), ours.as_deref(), theirs.as_deref())
            .or_else(|| {
                self.by_lines(path, base.as_deref()?, ours.as_deref()?, theirs.as_deref()?)
                    .map(Some)
            });
        match merged {
            None => Ok(None),
            Some(None) => Ok(Some(None)),
            Some(Some(bytes)) => Ok(Some(Some(Entry {
                oid: self.repo.git.blob(&bytes)?,
                mode,
            }))),
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
        if !self.repo.git.odb()?.exists(entry.oid) {
            let stored = self.repo.store_work_entry(path)?;
            if stored.is_none_or(|s| s.entry.oid != entry.oid) {
                return Err(GitError::ChangedMeanwhile {
                    path: path.to_owned(),
                });
            }
        }
        self.repo.blob_bytes(entry.oid).map(Some)
    }

    /// A file where the other side has a folder of its name cannot be settled by choosing contents.
    fn refuse_clashes(&self, joined: &Joined) -> Result<(), GitError> {
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
    chosen.unwrap_or(crate::entry::FILE)
}

fn merge_lines(base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
    let input = |bytes| {
        let mut input = MergeFileInput::new();
        input.content(bytes);
        input
    };
    let mut options = MergeFileOptions::new();
    let merged = git2::merge_file(&input(base), &input(ours), &input(theirs), Some(&mut options)).ok()?;
    merged.is_automergeable().then(|| merged.content().to_vec())
}
