//! An open project: a work tree and what its use cases share.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sheaf_collection::model::{FileEdit, ResourceId};
use sheaf_collection::{Collections, Stamp, private_name};
use sheaf_git::cancel::CancelToken;
use sheaf_git::error::GitError;
use sheaf_git::event::Journal;
use sheaf_git::lock::RepoLock;
use sheaf_git::memory::Memory;
use sheaf_git::model::Author;
use sheaf_git::network::Network;
use sheaf_git::path_log::PathLog;
use sheaf_git::progress::ProgressSink;
use sheaf_git::repository::Repo;
use sheaf_git::undo_limits::UndoLimits;
use sheaf_git::uri::RemoteUri;
use sheaf_git::write_files::FileContent;

use crate::error::{ProjectError, Result};
use crate::keychain::TokenStore;
use crate::merge_memo::MergeMemo;
use crate::model::ProjectId;
use crate::put_back::Shown;
use crate::resources::write_files;
use crate::user_settings::UserSettings;
use crate::watch::{Calm, Mark};
use crate::work_tree::{Look, WorkTreeCache};

/// How long an operation waits for another one on the same project.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// A disk does not go bad more often than this is looked at.
const CHECK_AGAIN: Duration = Duration::from_secs(1);

/// A project. Cheap to clone; every use case opens the repository for itself, because libgit2 handles stay on one thread.
#[derive(Clone)]
pub struct Project {
    root: PathBuf,
    tokens: Arc<TokenStore>,
    cache: Arc<Mutex<WorkTreeCache>>,
    memory: Arc<Memory>,
    write_modified: Arc<AtomicBool>,
    undo_limits: Arc<Mutex<UndoLimits>>,
    seen: Arc<Mutex<Option<Mark>>>,
    shown: Arc<Mutex<Shown>>,
    merge_memo: Arc<Mutex<MergeMemo>>,
    checked: Arc<Mutex<Option<Instant>>>,
    calm: Arc<Calm>,
    path_log: Arc<Mutex<Option<Arc<PathLog>>>>,
}

/// How a long operation is watched and stopped.
#[derive(Clone, Default)]
pub struct Run {
    /// Stops it.
    pub cancel: CancelToken,
    /// Hears how far it is.
    pub progress: Option<ProgressSink>,
}

impl Project {
    /// Opens the project that `dir` belongs to.
    pub fn open(dir: &Path, tokens: Arc<TokenStore>) -> Result<Self> {
        let repo = Repo::open(dir)?;
        Ok(Self::at(repo.work_dir(), tokens))
    }

    /// Clears up what a crash left behind. Another running operation does that itself, so it is not waited for.
    pub fn clean_up(&self) -> Result<()> {
        let repo = self.repo_as_it_is()?;
        match repo.lock(Duration::ZERO) {
            Ok(_lock) => {
                if repo.clean_up()?.recovered {
                    self.tell_recovered(&repo);
                }
                Ok(())
            }
            Err(GitError::Busy(_)) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// Finishes or takes back what a crash cut off. The caller holds the lock.
    fn recover(&self, repo: &Repo) -> Result<()> {
        if repo.is_in_between()? && repo.recover()? {
            self.tell_recovered(repo);
        }
        Ok(())
    }

    fn tell_recovered(&self, repo: &Repo) {
        let journal = self.journal("recover", repo);
        journal.finished("an operation that was cut off is finished or taken back");
    }

    pub(crate) fn at(root: &Path, tokens: Arc<TokenStore>) -> Self {
        // libgit2 ends folders with a slash; the path is the key of a project and has one form
        Self {
            root: root.components().collect(),
            tokens,
            cache: Arc::default(),
            memory: Arc::default(),
            write_modified: Arc::new(AtomicBool::new(true)),
            undo_limits: Arc::default(),
            seen: Arc::default(),
            shown: Arc::default(),
            merge_memo: Arc::default(),
            checked: Arc::default(),
            calm: Arc::default(),
            path_log: Arc::default(),
        }
    }

    /// Works by the user's preferences from now on.
    pub fn use_settings(&self, settings: &UserSettings) {
        self.set_write_modified(settings.write_modified);
        *self.undo_limits.lock().unwrap_or_else(PoisonError::into_inner) = settings.undo_limits();
    }

    /// Whether edits bring the time in `modified` up to date, as Insomnia does. They do until something else is said.
    pub fn set_write_modified(&self, write: bool) {
        self.write_modified.store(write, Ordering::Relaxed);
    }

    /// The time of an edit that is made now.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            now: i64::try_from(sheaf_git::event::now_ms()).unwrap_or(i64::MAX),
            write_modified: self.write_modified.load(Ordering::Relaxed),
        }
    }

    /// Key of the project.
    pub fn id(&self) -> ProjectId {
        ProjectId(self.root.to_string_lossy().into_owned())
    }

    /// The work tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Name of the folder.
    pub fn name(&self) -> String {
        self.root
            .file_name()
            .map_or_else(|| self.root.to_string_lossy(), |n| n.to_string_lossy())
            .into_owned()
    }

    pub(crate) fn tokens(&self) -> &Arc<TokenStore> {
        &self.tokens
    }

    /// The repository. What a crash left between before and after is not looked at, but finished or taken back first;
    /// where that cannot be, looking goes on and whatever writes says why.
    pub(crate) fn repo(&self) -> Result<Repo> {
        let repo = self.repo_as_it_is()?;
        if repo.is_in_between()?
            && let Ok(_lock) = repo.lock(Duration::ZERO)
            && let Err(error) = self.recover(&repo)
        {
            log::warn!(
                "what was cut off stays as it is for now: {}",
                error.view().message
            );
        }
        Ok(repo)
    }

    fn repo_as_it_is(&self) -> Result<Repo> {
        let mut repo = Repo::open(&self.root)?;
        repo.remember_in(&self.memory);
        repo.set_undo_limits(*self.undo_limits.lock().unwrap_or_else(PoisonError::into_inner));
        self.check(&repo)?;
        Ok(repo)
    }

    /// An error where the repository is damaged in a way in which nothing should be read of it.
    fn check(&self, repo: &Repo) -> Result<()> {
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if checked.is_none_or(|at| at.elapsed() > CHECK_AGAIN) {
            repo.check_readable()?;
            *checked = Some(Instant::now());
        }
        Ok(())
    }

    /// The repository with the project's lock held: nobody else moves refs or rewrites files meanwhile.
    pub(crate) fn locked(&self) -> Result<(Repo, RepoLock)> {
        let repo = self.repo_as_it_is()?;
        let lock = repo.lock(LOCK_PATIENCE)?;
        self.recover(&repo)?;
        Ok((repo, lock))
    }

    /// The collections in the work tree as it is now; files that did not change are not read again.
    pub(crate) fn collections(&self, repo: &Repo) -> Result<Arc<Collections>> {
        Ok(self.look(repo)?.collections)
    }

    /// The collections, of which the file that holds `id` is looked at now; the others are as they were read last. Enough
    /// to edit that resource, however many files there are.
    pub(crate) fn collections_around(&self, repo: &Repo, id: &ResourceId) -> Result<Arc<Collections>> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        match cache.refresh_holder(repo, id)? {
            Some(collections) => Ok(collections),
            None => Ok(cache.refresh(repo)?.collections),
        }
    }

    /// Writes the files of an edited resource as one operation with an undo point of this label, and says what the collections are then. Nothing
    /// is read again for that, and it is made while the disk is waited for.
    pub(crate) fn write(
        &self,
        repo: &Repo,
        before: &Arc<Collections>,
        id: &ResourceId,
        files: Vec<FileEdit>,
        label: &str,
    ) -> Result<Arc<Collections>> {
        let is_own =
            |file: &&FileEdit| Collections::may_hold(&file.path) || private_name(&file.path).is_some();
        let own = files.iter().filter(is_own);
        let own: Vec<FileContent> = own.map(|file| (file.path.clone(), file.after.clone())).collect();
        let paths: Vec<String> = own.iter().map(|(path, _)| path.clone()).collect();
        std::thread::scope(|scope| {
            let next = scope.spawn(|| {
                let after = before.with_files(own);
                // What is asked for first of all.
                let _ = after.resource(id);
                Arc::new(after)
            });
            let written = write_files(repo, files, label);
            let after = next.join().unwrap_or_else(|panic| resume_unwind(panic));
            written?;
            let own = paths.iter().filter(|path| private_name(path).is_none());
            repo.store_later(own.filter_map(|path| after.content_of(path)).collect());
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            cache.take_over(repo, before, &after, &paths);
            Ok(after)
        })
    }

    /// The collections as they were read last, without a look at the disk.
    pub(crate) fn collections_as_read(&self) -> Result<Arc<Collections>> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        match cache.as_read() {
            Some(collections) => Ok(collections),
            None => Ok(cache.refresh(&self.repo()?)?.collections),
        }
    }

    /// The same, where any were read.
    pub(crate) fn collections_if_read(&self) -> Option<Arc<Collections>> {
        self.cache
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_read()
    }

    /// The collections and what is not committed yet, from one look at the work tree.
    pub(crate) fn look(&self, repo: &Repo) -> Result<Look> {
        self.look_after(repo, self.stirs(repo))
    }

    /// The same, where a whole look is worth its time: somebody watches the project, so that it may be the last one for a
    /// while, or most of it is known from the one before.
    pub(crate) fn known_look(&self, repo: &Repo) -> Result<Option<Look>> {
        let stirs = self.stirs(repo);
        if stirs.is_none() && self.collections_if_read().is_none() {
            return Ok(None);
        }
        self.look_after(repo, stirs).map(Some)
    }

    fn look_after(&self, repo: &Repo, stirs: Option<u64>) -> Result<Look> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.look(repo, stirs)
    }

    fn stirs(&self, repo: &Repo) -> Option<u64> {
        self.calm.now(&repo.own_dir_path())
    }

    /// Who knows whether anything happened.
    pub(crate) fn calm(&self) -> &Arc<Calm> {
        &self.calm
    }

    /// What the project looked like when it was last shown.
    pub(crate) fn seen(&self) -> Option<Mark> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It is shown as this from now on.
    pub(crate) fn see(&self, mark: Mark) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(mark);
    }

    /// What the last merge was computed from.
    pub(crate) fn merge_memo(&self) -> MutexGuard<'_, MergeMemo> {
        self.merge_memo.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is noted of the paths that commits changed, once somebody wanted to know.
    pub(crate) fn known_path_log(&self) -> MutexGuard<'_, Option<Arc<PathLog>>> {
        self.path_log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files of what the editor showed last.
    pub(crate) fn shown_files(&self) -> &Mutex<Shown> {
        &self.shown
    }

    /// What a network operation needs: the token of the remote's origin, the certificate authority, cancel and progress.
    pub(crate) fn network(&self, repo: &Repo, run: &Run, journal: Journal) -> Result<(RemoteUri, Network)> {
        let uri = remote_uri(repo)?;
        let credentials = crate::settings::credentials(repo, &uri, &self.tokens)?;
        let ca_file = crate::settings::ca_file(repo, &uri)?;
        let network = Network {
            credentials,
            ca_file,
            cancel: run.cancel.clone(),
            progress: run.progress.clone(),
            journal,
            timeouts: sheaf_git::network::Timeouts::default(),
        };
        Ok((uri, network))
    }

    pub(crate) fn journal(&self, operation: &'static str, repo: &Repo) -> Journal {
        let branch = repo.head().ok().and_then(|h| h.branch().map(str::to_owned));
        let remote = repo.remote_url();
        Journal::start(&self.name(), operation, branch.as_deref(), remote.as_deref())
    }

    /// Runs `work` with the project's lock held and a journal whose last record says how it ended.
    pub(crate) fn changing<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Repo) -> Result<T>,
        told: impl FnOnce(&T) -> String,
    ) -> Result<T> {
        let locked = |_: &Journal| {
            let (repo, _lock) = self.locked()?;
            work(&repo)
        };
        self.journaled(operation, &self.repo()?, locked, told)
    }

    /// Runs `work` with a journal whose last record says how it ended.
    pub(crate) fn journaled<T>(
        &self,
        operation: &'static str,
        repo: &Repo,
        work: impl FnOnce(&Journal) -> Result<T>,
        told: impl FnOnce(&T) -> String,
    ) -> Result<T> {
        let journal = self.journal(operation, repo);
        let result = work(&journal);
        match &result {
            Ok(value) => journal.finished(&told(value)),
            Err(e) => fail(&journal, e),
        }
        result
    }
}

/// The address of the remote.
pub(crate) fn remote_uri(repo: &Repo) -> Result<RemoteUri> {
    let text = repo.remote_url().ok_or(GitError::NoRemote)?;
    Ok(RemoteUri::parse(&text)?)
}

/// Who commits here.
pub(crate) fn author(repo: &Repo) -> Result<Author> {
    let (name, email) = repo.author();
    let name = name
        .filter(|n| !n.trim().is_empty())
        .ok_or(GitError::NoAuthor("name"))?;
    let email = email
        .filter(|e| !e.trim().is_empty())
        .ok_or(GitError::NoAuthor("e-mail"))?;
    Ok(Author { name, email })
}

/// The current branch; an error on a detached HEAD.
pub(crate) fn branch(repo: &Repo) -> Result<String> {
    let head = repo.head()?;
    head.branch()
        .map(str::to_owned)
        .ok_or_else(|| ProjectError::from(GitError::Detached))
}

/// Writes the last record of an operation that failed.
pub(crate) fn fail(journal: &Journal, error: &ProjectError) {
    let view = error.view();
    journal.ended(
        sheaf_git::event::Phase::Failed,
        &view.message,
        &view.code,
        &view.advice,
    );
}
