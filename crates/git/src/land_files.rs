//! The files of a plan: how they get to disk, and how they come back.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::entry::{Entry, GITLINK, LINK};
use crate::error::GitError;
use crate::path;
use crate::plan::{After, FileEdit, IndexPlan, Plan};
use crate::repository::Repo;
use crate::staged::{self, Staged};
use crate::undo_record::{FileRecord, Record};
use crate::work_entry::WorkEntry;

/// Up to this many files survive a power cut as soon as the operation has ended. With more that is left to the system:
/// all their content is in the object store as well.
const SYNC_FILES: usize = 1000;
/// So many files are written before the first of them is put in place; each is open until then.
const MOST_STAGED: usize = 128;

/// Hears files done, files in all and bytes of each file.
type Tell<'t> = &'t mut dyn FnMut(u64, u64, u64);

impl Repo {
    /// Removals first: a file may make way for a folder of its name.
    pub(crate) fn change_files(&self, plan: &mut Plan, tell: Tell<'_>) -> Result<(), GitError> {
        for edit in &plan.files {
            if matches!(edit.after, After::Gone) {
                self.take_away(edit)?;
            }
        }
        // They say how the other files are written, and git reads them from disk.
        plan.files.sort_by_key(|edit| !is_attributes(edit));
        let total = plan.files.len();
        let mut written = Vec::new();
        let mut done = 0;
        for alike in plan.files.chunk_by(|a, b| is_attributes(a) == is_attributes(b)) {
            for batch in alike.chunks(MOST_STAGED) {
                self.put_all(batch, total <= SYNC_FILES, &mut |edit, work| {
                    done += 1;
                    tell(done, total as u64, work.as_ref().map_or(0, |w| w.meta.len()));
                    written.extend(work.map(|w| (edit.path.clone(), w)));
                })?;
            }
        }
        if total <= SYNC_FILES {
            staged::sync_folders(self.folders_of(&plan.files))?;
        }
        if let IndexPlan::Tree { known, .. } | IndexPlan::Paths { known, .. } = &mut plan.index {
            known.extend(written);
        }
        Ok(())
    }

    /// Writes all of them, waits for all of them, and puts all of them in place. `placed` hears how each file looks on
    /// disk then, where it holds exactly what Git stores.
    fn put_all(
        &self,
        edits: &[FileEdit],
        durable: bool,
        placed: &mut dyn FnMut(&FileEdit, Option<WorkEntry>),
    ) -> Result<(), GitError> {
        let staged = edits
            .iter()
            .map(|edit| self.stage(edit))
            .collect::<Result<Vec<_>, _>>()?;
        // What is in no object store is waited for in any case.
        let is_awaited = |edit: &FileEdit| durable || matches!(edit.after, After::Bytes(_));
        let awaited = edits.iter().zip(&staged).filter(|(edit, _)| is_awaited(edit));
        staged::sync(
            &awaited
                .filter_map(|(_, staged)| staged.as_ref())
                .collect::<Vec<_>>(),
        )?;
        for (edit, staged) in edits.iter().zip(staged) {
            let target = staged.as_ref().map(|staged| staged.target().to_owned());
            staged.map(Staged::place).transpose()?;
            let work = match (&edit.after, target) {
                (After::Committed(entry), Some(target)) => fs::symlink_metadata(target)
                    .ok()
                    .map(|meta| WorkEntry { entry: *entry, meta }),
                _ => None,
            };
            placed(edit, work);
        }
        Ok(())
    }

    fn stage(&self, edit: &FileEdit) -> Result<Option<Staged>, GitError> {
        let staged = match &edit.after {
            After::Gone => return Ok(None),
            After::Committed(entry) if entry.mode == GITLINK => {
                self.make_submodule_folder(&edit.path)?;
                return Ok(None);
            }
            After::Committed(entry) => {
                self.links_become_files(*entry)?;
                let bytes = self.bytes_for_disk(&edit.path, *entry)?;
                self.stage_file(&edit.path, &bytes, Some(entry.mode))?
            }
            After::Exactly(entry) => {
                self.links_become_files(*entry)?;
                let bytes = self.blob_bytes(entry.oid)?;
                self.stage_file(&edit.path, &bytes, Some(entry.mode))?
            }
            After::Bytes(bytes) => self.stage_file(&edit.path, bytes, None)?,
        };
        Ok(Some(staged))
    }

    fn take_away(&self, edit: &FileEdit) -> Result<(), GitError> {
        if edit.expect.is_some_and(|e| e.mode == GITLINK) {
            // Only an empty folder goes; what a submodule holds is not ours to remove.
            if let Some(dir) = path::locate(self.work_dir(), &edit.path)? {
                let _ = fs::remove_dir(dir);
            }
            return Ok(());
        }
        self.remove_file(&edit.path)
    }

    /// The folders in which a name came or went: new folders are names, too.
    fn folders_of(&self, edits: &[FileEdit]) -> BTreeSet<PathBuf> {
        let mut folders = BTreeSet::new();
        for edit in edits {
            let is_replaced = edit.expect.is_some() && !matches!(edit.after, After::Gone);
            let above = path::parents(&edit.path).chain([""]);
            let changed = above.take(if is_replaced { 1 } else { usize::MAX });
            folders.extend(changed.map(|folder| self.work_dir().join(folder)));
        }
        folders
    }

    /// A link is written as a plain file that holds its target; git is told, or it would see a change.
    fn links_become_files(&self, entry: Entry) -> Result<(), GitError> {
        if entry.mode == LINK && !self.links_are_files() {
            self.git.config()?.set_bool("core.symlinks", false)?;
        }
        Ok(())
    }

    /// Gives every file its earlier bytes that now holds what the operation wrote, or nothing.
    pub(crate) fn restore_files(&self, record: &Record) -> Result<(), GitError> {
        for (first, file) in record
            .files
            .iter()
            .map(|f| (true, f))
            .chain(record.files.iter().map(|f| (false, f)))
        {
            let Some(kept) = self.work_entry(&file.path)? else {
                if !first {
                    self.put_back(file)?;
                }
                continue;
            };
            let is_ours = Some(kept.entry.oid.into()) == file.after;
            match file.before_entry()? {
                None if is_ours && first => self.remove_file(&file.path)?,
                Some(_) if is_ours && !first => self.put_back(file)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn put_back(&self, file: &FileRecord) -> Result<(), GitError> {
        let Some(entry) = file.before_entry()? else {
            return Ok(());
        };
        let bytes = self.blob_bytes(entry.oid)?;
        let staged = self.stage_file(&file.path, &bytes, Some(entry.mode))?;
        staged::sync(&[&staged])?;
        staged.place()
    }
}

fn is_attributes(edit: &FileEdit) -> bool {
    edit.path.ends_with(".gitattributes")
}
