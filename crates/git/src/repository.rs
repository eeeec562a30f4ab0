//! An open repository.

/// A repository with a work tree. One a thread: libgit2 handles are not shared.
pub struct Repo {
    pub(crate) git: git2::Repository,
}
