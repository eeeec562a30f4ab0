//! An undo point in the repository: a commit that nothing else leads to, whose parents are the commits the refs need
//! and whose tree holds the earlier bytes of the files, so that no clean-up of Git takes them away.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use git2::{Oid as GitOid, Signature};
use serde::{Deserialize, Serialize};

use crate::entry::{Entry, FILE};
use crate::error::GitError;
use crate::event::now_ms;
use crate::model::{Oid, RemoteMove, UndoPoint};
use crate::plan::{ConfigEdit, RefEdit, RefValue};
use crate::repository::{HEADS, Repo};

/// Where undo points live.
pub(crate) const UNDO: &str = "refs/sheaf/undo/";
/// Where redo points live.
pub(crate) const REDO: &str = "refs/sheaf/redo/";
/// Where redo points go that a new operation made useless; only so that nothing is lost.
pub(crate) const DROPPED: &str = "refs/sheaf/dropped/";
/// Characters of an id.
const ID_LENGTH: u64 = 40;
/// Edits of the same files under the same label that follow each other within this time are one edit to a person.
const ONE_EDIT_MS: u64 = 10_000;

/// What is needed to go back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) label: String,
    pub(crate) time: u64,
    /// Where HEAD was after the operation.
    pub(crate) head: RefValue,
    pub(crate) refs: Vec<RefEdit>,
    pub(crate) files: Vec<FileRecord>,
    /// Names of private files; their contents are kept beside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) private: Vec<String>,
    /// Whether the index changed too.
    pub(crate) index: bool,
    /// Notes of git about an operation that was under way, before and after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) state: Vec<StateRecord>,
    /// With them: blob with the index file as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) index_file: Option<Oid>,
    /// And commits that they name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) keeps: Vec<Oid>,
    pub(crate) config: Vec<ConfigEdit>,
    /// What the operation did on the remote, which nothing here can take back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) remote: Option<RemoteMove>,
}

/// One file before and after.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileRecord {
    pub(crate) path: String,
    /// Blob with the exact bytes from disk, and the mode.
    pub(crate) before: Option<(Oid, u32)>,
    /// As Git would store what the operation wrote.
    pub(crate) after: Option<Oid>,
    /// Size of the earlier content where it is in no commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) own_bytes: Option<u64>,
}

/// A note of git before and after, as blobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StateRecord {
    pub(crate) name: String,
    pub(crate) before: Option<Oid>,
    pub(crate) after: Option<Oid>,
}

impl Record {
    /// What people see of it.
    pub(crate) fn point(&self, id: &str) -> UndoPoint {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let on = self.refs.iter().find(|r| r.name == "HEAD").map(|r| &r.before);
        let branch = match on.unwrap_or(&self.head) {
            RefValue::Symbolic(name) => name.strip_prefix(HEADS).map(str::to_owned),
            RefValue::Missing | RefValue::Commit(_) => None,
        };
        UndoPoint {
            id: id.to_owned(),
            label: self.label.clone(),
            time: self.time,
            branch,
            files: count(self.files.len() + self.private.len()),
            refs: count(self.refs.len()),
            remote: self.remote.clone(),
        }
    }

    /// Everything its refs lead to, before and after.
    fn ref_values(&self) -> impl Iterator<Item = &Oid> {
        let values = self.refs.iter().flat_map(|r| [&r.before, &r.after]);
        values.filter_map(RefValue::commit)
    }

    /// Whether this is the same edit going on.
    fn continues(&self, previous: &Self) -> bool {
        let only_files =
            |r: &Self| r.refs.is_empty() && r.config.is_empty() && r.state.is_empty() && !r.index;
        let paths = |r: &Self| {
            let files = r.files.iter().map(|f| f.path.clone());
            files.chain(r.private.iter().cloned()).collect::<BTreeSet<_>>()
        };
        only_files(self)
            && only_files(previous)
            && self.label == previous.label
            && paths(self) == paths(previous)
            && self.time.saturating_sub(previous.time) < ONE_EDIT_MS
    }
}

impl FileRecord {
    pub(crate) fn before_entry(&self) -> Result<Option<Entry>, GitError> {
        let entry = |(oid, mode): &(Oid, u32)| {
            Ok(Entry {
                oid: oid.to_git()?,
                mode: *mode,
            })
        };
        self.before.as_ref().map(entry).transpose()
    }
}

impl Repo {
    /// Writes a record under this full name of a ref. `staged` are blobs only the index knows.
    pub(crate) fn write_record(
        &self,
        name: &str,
        record: &Record,
        staged: &[GitOid],
    ) -> Result<(), GitError> {
        let json = serde_json::to_string(record).map_err(|e| GitError::Damaged(e.to_string()))?;
        let parents = self.parents_of(record)?;
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.git.find_tree(self.tree_of_record(record, staged)?)?;
        let who = Signature::now("Sheaf", "sheaf@localhost")?;
        let message = format!("{}\n\n{json}\n", record.label);
        let commit = self.git.commit(None, &who, &who, &message, &tree, &parents)?;
        self.git.reference(name, commit, false, "sheaf")?;
        Ok(())
    }

    /// Reads the record behind a ref.
    pub(crate) fn read_record(&self, name: &str) -> Result<Record, GitError> {
        let commit = self.git.find_reference(name)?.peel_to_commit()?;
        let message = String::from_utf8_lossy(commit.message_bytes());
        let json = message.split_once("\n\n").map_or("", |(_, json)| json);
        serde_json::from_str(json).map_err(|_| GitError::Damaged(format!("{name} cannot be read")))
    }

    /// Names of the points of a kind, the latest first.
    pub(crate) fn point_names(&self, namespace: &str) -> Result<Vec<String>, GitError> {
        let mut names = self.loose_names(namespace)?;
        names.extend(self.packed_names(namespace)?);
        names.sort_unstable_by(|a, b| b.cmp(a));
        names.dedup();
        Ok(names)
    }

    /// Names of the refs in a folder, without a look at where they lead: libgit2 reads each of them.
    fn loose_names(&self, namespace: &str) -> Result<Vec<String>, GitError> {
        let folder = self.git.commondir().join(namespace);
        let entries = match fs::read_dir(&folder) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|source| GitError::Io {
                path: folder.clone(),
                source,
            })?,
        };
        // A power cut may leave an empty one.
        let is_whole = |entry: &fs::DirEntry| {
            entry
                .metadata()
                .is_ok_and(|meta| meta.is_file() && meta.len() >= ID_LENGTH)
        };
        let names = entries.flatten().filter(is_whole);
        let names = names.filter_map(|entry| entry.file_name().into_string().ok());
        let names = names.map(|name| format!("{namespace}{name}"));
        // Locks have an ending, points have none.
        Ok(names.filter(|name| !name.contains('.')).collect())
    }

    /// Those that git has packed: lines of an id and a name.
    fn packed_names(&self, namespace: &str) -> Result<Vec<String>, GitError> {
        let file = self.git.commondir().join("packed-refs");
        let packed = match fs::read(&file) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|source| GitError::Io { path: file, source })?,
        };
        let lines = packed.split(|byte| *byte == b'\n');
        let names = lines.filter_map(|line| std::str::from_utf8(line).ok()?.split_once(' '));
        let names = names.map(|(_, name)| name.to_owned());
        Ok(names.filter(|name| name.starts_with(namespace)).collect())
    }

    /// What people see of a point.
    pub(crate) fn point(&self, name: &str) -> Result<UndoPoint, GitError> {
        Ok(self.read_record(name)?.point(id_of(name)))
    }

    /// Removes a ref of ours; its commit stays until Git cleans up.
    pub(crate) fn remove_ref(&self, name: &str) -> Result<(), GitError> {
        match self.git.find_reference(name) {
            Ok(mut found) => Ok(found.delete()?),
            Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// A new operation makes redo impossible, but redo points may hold edits nobody else has.
    pub(crate) fn drop_redo(&self) -> Result<(), GitError> {
        self.point_names(REDO)?
            .iter()
            .try_for_each(|name| self.set_aside(name))
    }

    fn set_aside(&self, name: &str) -> Result<(), GitError> {
        let commit = self.git.refname_to_id(name)?;
        self.git
            .reference(&format!("{DROPPED}{}", id_of(name)), commit, true, "sheaf")?;
        self.remove_ref(name)
    }

    /// Someone who types saves every moment: edits of the same thing within [`ONE_EDIT_MS`] are undone together. The
    /// later point goes aside, so that what was on disk in between can still be found.
    pub(crate) fn join_with_previous(&self) -> Result<(), GitError> {
        let names = self.point_names(UNDO)?;
        let [latest, previous, ..] = names.as_slice() else {
            return Ok(());
        };
        if self.read_record(latest)?.continues(&self.read_record(previous)?) {
            self.set_aside(latest)?;
        }
        Ok(())
    }

    /// Time and number, always larger than every id before, also when the clock was set back.
    pub(crate) fn next_point_id(&self) -> Result<String, GitError> {
        let mut last = String::new();
        for namespace in [UNDO, REDO, DROPPED] {
            if let Some(name) = self.point_names(namespace)?.first() {
                last = last.max(id_of(name).to_owned());
            }
        }
        let now = format!("{:013}-0000", now_ms());
        if now > last {
            return Ok(now);
        }
        let (ms, seq) = last.split_once('-').unwrap_or((&last, "0"));
        let seq = seq.parse::<u32>().unwrap_or_default() + 1;
        Ok(format!("{ms}-{seq:04}"))
    }

    fn parents_of(&self, record: &Record) -> Result<Vec<git2::Commit<'_>>, GitError> {
        let remote = record.remote.iter();
        let remote = remote.flat_map(|moved| [Some(&moved.before), moved.after.as_ref()]);
        let needed: BTreeSet<GitOid> = record
            .ref_values()
            .chain(remote.flatten())
            .chain(&record.keeps)
            .map(|oid| Ok(self.peeled(oid.to_git()?)?.id()))
            .collect::<Result<_, GitError>>()?;
        needed
            .into_iter()
            .map(|oid| Ok(self.git.find_commit(oid)?))
            .collect()
    }

    /// Flat, numbered: the paths are in the record, and may be ones that no tree could hold together.
    fn tree_of_record(&self, record: &Record, staged: &[GitOid]) -> Result<GitOid, GitError> {
        let mut builder = self.git.treebuilder(None)?;
        let before = record.files.iter().filter_map(|f| f.before.as_ref());
        for (n, (oid, _)) in before.enumerate() {
            builder.insert(format!("file-{n:06}"), oid.to_git()?, file_mode())?;
        }
        for (n, oid) in staged.iter().enumerate() {
            builder.insert(format!("staged-{n:06}"), *oid, file_mode())?;
        }
        let state = record.state.iter();
        let state = state.flat_map(|note| [note.before.as_ref(), note.after.as_ref()]);
        for (n, oid) in state.flatten().chain(record.index_file.as_ref()).enumerate() {
            builder.insert(format!("state-{n:06}"), oid.to_git()?, file_mode())?;
        }
        for oid in record.ref_values() {
            for (name, blob) in self.keep_tag(oid.to_git()?)? {
                builder.insert(name, blob, file_mode())?;
            }
        }
        Ok(builder.write()?)
    }
}

fn file_mode() -> i32 {
    i32::try_from(FILE).unwrap_or_default()
}

/// The last part of the name of a point's ref.
pub(crate) fn id_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{FileRecord, ONE_EDIT_MS, Record};
    use crate::plan::{RefEdit, RefValue};

    fn edit(path: &str, label: &str, time: u64) -> Record {
        Record {
            label: label.to_owned(),
            time,
            head: RefValue::Missing,
            refs: Vec::new(),
            files: vec![FileRecord {
                path: path.to_owned(),
                before: None,
                after: None,
                own_bytes: None,
            }],
            private: Vec::new(),
            index: false,
            state: Vec::new(),
            index_file: None,
            keeps: Vec::new(),
            config: Vec::new(),
            remote: None,
        }
    }

    #[test]
    fn typing_on_is_the_same_edit() {
        let first = edit("a", "Edit a", 1000);
        assert!(edit("a", "Edit a", 1000 + ONE_EDIT_MS - 1).continues(&first));
        assert!(
            !edit("a", "Edit a", 1000 + ONE_EDIT_MS).continues(&first),
            "after a pause"
        );
        assert!(!edit("b", "Edit a", 1001).continues(&first), "another file");
        assert!(!edit("a", "Rename a", 1001).continues(&first), "another action");
        let mut commit = edit("a", "Edit a", 1001);
        commit.refs.push(RefEdit {
            name: "refs/heads/main".to_owned(),
            before: RefValue::Missing,
            after: RefValue::Missing,
        });
        assert!(!commit.continues(&first), "an operation that moves a ref");
    }
}
