//! A collection of the tree becomes a single file, in one commit.

use std::collections::BTreeMap;

use sheaf_collection::model::ResourceId;

use crate::error::{ProjectError, Result};
use crate::model::Created;
use crate::project::{Project, author};
use crate::resources::is_taken;

impl Project {
    /// Makes a single file of a collection of the tree, as Insomnia does, and commits that at once: one undo takes all of
    /// it back. What such a file has no place for is kept beside it and named in the notice. Refused while files of the
    /// collection have changes that are not committed, so that the commit holds the conversion and nothing else.
    pub fn convert(&self, id: &ResourceId) -> Result<Created> {
        self.changing(
            "convert",
            |repo| {
                let look = self.look(repo)?;
                let author = author(repo)?;
                let done = look
                    .collections
                    .convert(id, self.stamp(), |path| is_taken(repo, path))?;
                let changed = |path: &String| look.changes.iter().any(|change| change.path == *path);
                if let Some(file) = done.files.iter().find(|file| changed(&file.path)) {
                    return Err(ProjectError::refused(
                        "uncommitted-changes",
                        format!("{} has changes that are not committed", file.path),
                        "Commit or discard the changes of this collection, and convert it then.",
                    ));
                }
                let name = look.collections.resource(id).map_or_else(|| id.to_string(), |view| view.name);
                let files: Vec<_> = done.files.into_iter().map(|file| (file.path, file.after)).collect();
                repo.commit_files(&files, &format!("Convert {name} to a single file"), &author)?;
                let lost = lost_comments(&done.lost_comments);
                let kept = done.kept.join(" and ");
                let kept = match kept.as_str() {
                    "" => String::new(),
                    kept => format!(
                        " {kept} would get lost there, as Insomnia keeps none in such a file; Sheaf keeps them in \
                         .sheaf/.insomnia."
                    ),
                };
                Ok(Created {
                    id: id.clone(),
                    snapshot: None,
                    notice: Some(format!("The collection is now in {}.{kept}{lost}", done.path)),
                })
            },
            |created| created.notice.clone().unwrap_or_default(),
        )
    }
}

/// Comments that are not in the new file, and where they were: in words, or nothing.
fn lost_comments(lost: &BTreeMap<String, usize>) -> String {
    const MOST_NAMED: usize = 3;
    let count: usize = lost.values().sum();
    let comments = match count {
        0 => return String::new(),
        1 => "1 comment".to_owned(),
        count => format!("{count} comments"),
    };
    let named: Vec<&str> = lost.keys().take(MOST_NAMED).map(String::as_str).collect();
    let more = match lost.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        1 => " and 1 more file".to_owned(),
        more => format!(" and {more} more files"),
    };
    format!(
        " {comments} that somebody wrote into {}{more} did not go along; the commit before has them, and an undo brings \
         them back.",
        named.join(", ")
    )
}
