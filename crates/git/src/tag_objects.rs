//! Annotated tags are objects that no tree and no commit can hold. What an undo point needs of them lies in its tree as
//! plain files, and comes back from there.

use git2::{ObjectType, Oid};

use crate::error::GitError;
use crate::repository::Repo;

/// How the files are called, before the id of the tag.
const PREFIX: &str = "tag-";

impl Repo {
    /// The commit behind an object, through any number of tags.
    pub(crate) fn peeled(&self, oid: Oid) -> Result<git2::Commit<'_>, GitError> {
        let missing = |_| GitError::NoCommit(oid.to_string());
        let object = self.git.find_object(oid, None).map_err(missing)?;
        object.peel_to_commit().map_err(missing)
    }

    /// Names and blobs of what has to be in the tree of an undo point, so that this object is not lost.
    pub(crate) fn keep_tag(&self, oid: Oid) -> Result<Vec<(String, Oid)>, GitError> {
        let store = self.git.odb()?;
        let mut kept = Vec::new();
        let mut next = Some(oid);
        while let Some(oid) = next.take().filter(|oid| self.git.find_tag(*oid).is_ok()) {
            let content = store.read(oid)?.data().to_vec();
            kept.push((format!("{PREFIX}{oid}"), self.git.blob(&content)?));
            next = Some(self.git.find_tag(oid)?.target_id());
        }
        Ok(kept)
    }

    /// Makes the tags of an undo point again that were cleaned up since.
    pub(crate) fn bring_tags_back(&self, point: &str) -> Result<(), GitError> {
        let store = self.git.odb()?;
        let tree = self.git.find_reference(point)?.peel_to_tree()?;
        for entry in &tree {
            let tag = entry.name().ok().and_then(|name| name.strip_prefix(PREFIX));
            let tag = tag.and_then(|hex| Oid::from_str(hex).ok());
            if tag.is_some_and(|oid| !store.exists(oid)) {
                store.write(ObjectType::Tag, self.git.find_blob(entry.id())?.content())?;
            }
        }
        Ok(())
    }
}
