//! The files of a plan: how they get to disk, and how they come back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::attributes::{self, Attributes};
use crate::entry::{EXECUTABLE, Entry, GITLINK, LINK};
use crate::error::GitError;
use crate::parallel::at_once;
use crate::path;
use crate::plan::{After, FileEdit, IndexPlan, MOST_STAGED, Plan};
use crate::repository::Repo;
use crate::staged::{self, Staged};
use crate::undo_record::{FileRecord, Record};
use crate::work_entry::{WorkEntry, is_executable};
use crate::work_write::{make_folders_of, stage_file, stage_in_folder};

/// Up to this many committed files survive a power cut as soon as the operation has ended. With more that is left to the
/// system: all their content is in the object store as well.
const SYNC_FILES: usize = MOST_STAGED;

/// Hears files done, files in all and bytes of each file.
type Tell<'t> = &'t mut dyn FnMut(u64, u64, u64);

/// Files that are on disk beside their places already, by path.
pub(crate) type StagedFiles = BTreeMap<String, Staged>;

/// A new content of a file that is there.
pub(crate) struct Content<'p> {
    path: &'p str,
    target: PathBuf,
    bytes: Cow<'p, [u8]>,
    executable: bool,
}

/// What a file is going to hold.
enum NewContent<'e> {
    None,
    Bytes(Cow<'e, [u8]>),
    /// It is on disk already.
    OnDisk(Staged),
}

impl NewContent<'_> {
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::None | Self::OnDisk(_) => None,
        }
    }

    fn on_disk(self) -> Option<Staged> {
        match self {
            Self::OnDisk(staged) => Some(staged),
            Self::None | Self::Bytes(_) => None,
        }
    }
}

/// Writes new contents beside their places, and waits until all of them survive a power cut.
pub(crate) fn contents_on_disk(contents: &[Content<'_>]) -> Result<StagedFiles, GitError> {
    let mut staged = StagedFiles::new();
    for content in contents {
        let file = Staged::write(&content.target, &content.bytes, content.executable)?;
        staged.insert(content.path.to_owned(), file);
    }
    staged::sync(&staged.values().collect::<Vec<_>>())?;
    Ok(staged)
}

impl Repo {
    /// What can be written while the way back is. Where a file is new its folders may be, too, and they are made after.
    pub(crate) fn contents_to_stage<'p>(&self, plan: &'p Plan) -> Result<Vec<Content<'p>>, GitError> {
        let mut contents = Vec::new();
        let mut attributes = None;
        let mut early = |edit: &'p FileEdit| match &edit.after {
            After::Bytes(bytes) => Some(Cow::Borrowed(bytes.as_slice())),
            After::Committed(entry) => {
                let bytes = self.fresh.borrow().content(entry.oid).cloned()?;
                let attributes = attributes
                    .get_or_insert_with(|| Attributes::of(self, plan.files.iter().any(is_attributes)));
                (!attributes.may_be_about(&edit.path)).then_some(Cow::Owned(bytes))
            }
            After::Gone | After::Exactly(_) => None,
        };
        for edit in plan.staged_early() {
            let Some(bytes) = early(edit) else {
                continue;
            };
            if let Some((target, meta)) = path::plain_file(self.work_dir(), &edit.path)? {
                contents.push(Content {
                    path: &edit.path,
                    target,
                    bytes,
                    executable: match edit.after.mode() {
                        Some(mode) => mode == EXECUTABLE,
                        None => is_executable(&meta),
                    },
                });
            }
        }
        Ok(contents)
    }

    /// Removals first: a file may make way for a folder of its name.
    pub(crate) fn change_files(
        &self,
        plan: &mut Plan,
        mut staged: StagedFiles,
        tell: Tell<'_>,
    ) -> Result<(), GitError> {
        for edit in &plan.files {
            if matches!(edit.after, After::Gone) {
                self.take_away(edit)?;
            }
        }
        // They say how the other files are written, and git reads them from disk.
        plan.files.sort_by_key(|edit| !is_attributes(edit));
        let mut attributes = Attributes::of(self, plan.files.iter().any(is_attributes));
        let total = plan.files.len();
        let mut written = Vec::new();
        let mut done = 0;
        for alike in plan.files.chunk_by(|a, b| is_attributes(a) == is_attributes(b)) {
            for batch in alike.chunks(MOST_STAGED) {
                self.put_all(
                    batch,
                    &mut staged,
                    &mut attributes,
                    total <= SYNC_FILES,
                    &mut |edit, work| {
                        done += 1;
                        tell(done, total as u64, work.as_ref().map_or(0, |w| w.meta.len()));
                        written.extend(work.map(|w| (edit.path.clone(), w)));
                    },
                )?;
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
        on_disk: &mut StagedFiles,
        attributes: &mut Attributes,
        durable: bool,
        placed: &mut dyn FnMut(&FileEdit, Option<WorkEntry>),
    ) -> Result<(), GitError> {
        let contents = edits
            .iter()
            .map(|edit| match on_disk.remove(&edit.path) {
                Some(staged) => Ok(NewContent::OnDisk(staged)),
                None => self.new_content(edit, attributes),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let work_dir = self.work_dir();
        let new: Vec<_> = edits.iter().zip(contents).collect();
        let written = new.iter().filter(|(_, content)| content.bytes().is_some());
        make_folders_of(work_dir, written.map(|(edit, _)| edit.path.as_str()))?;
        let staged = at_once(&new, |(edit, content)| {
            let Some(bytes) = content.bytes() else {
                return Ok::<_, GitError>(None);
            };
            let staged = stage_in_folder(work_dir, &edit.path, bytes, edit.after.mode())?;
            // What is in no object store is waited for in any case.
            if durable || matches!(edit.after, After::Bytes(_)) {
                staged.sync()?;
            }
            Ok(Some(staged))
        })?;
        let on_disk = new.into_iter().map(|(_, content)| content.on_disk());
        let staged = on_disk.zip(staged).map(|(on_disk, staged)| on_disk.or(staged));
        let staged: Vec<Option<Staged>> = staged.collect();
        let looks = at_once(&staged, |staged| {
            let Some(staged) = staged else {
                return Ok::<_, GitError>(None);
            };
            staged.place()?;
            Ok(fs::symlink_metadata(staged.target()).ok())
        })?;
        for (edit, meta) in edits.iter().zip(looks) {
            let work = match (&edit.after, meta) {
                (After::Committed(entry), Some(meta)) => Some(WorkEntry { entry: *entry, meta }),
                _ => None,
            };
            placed(edit, work);
        }
        Ok(())
    }

    fn new_content<'e>(
        &self,
        edit: &'e FileEdit,
        attributes: &mut Attributes,
    ) -> Result<NewContent<'e>, GitError> {
        Ok(match &edit.after {
            After::Gone => NewContent::None,
            After::Committed(entry) if entry.mode == GITLINK => {
                self.make_submodule_folder(&edit.path)?;
                NewContent::None
            }
            After::Committed(entry) => {
                self.links_become_files(*entry)?;
                NewContent::Bytes(Cow::Owned(self.bytes_for_disk(&edit.path, *entry, attributes)?))
            }
            After::Exactly(entry) => {
                self.links_become_files(*entry)?;
                NewContent::Bytes(Cow::Owned(self.blob_bytes(entry.oid)?))
            }
            After::Bytes(bytes) => NewContent::Bytes(Cow::Borrowed(bytes)),
        })
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
        if entry.mode != LINK {
            return Ok(());
        }
        // Nothing that was asked before counts here.
        self.links.set(None);
        if !self.links_are_files() {
            self.git.config()?.set_bool("core.symlinks", false)?;
            self.links.set(None);
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
        let staged = stage_file(self.work_dir(), &file.path, &bytes, Some(entry.mode))?;
        staged::sync(&[&staged])?;
        staged.place()
    }
}

fn is_attributes(edit: &FileEdit) -> bool {
    attributes::holds(&edit.path)
}
