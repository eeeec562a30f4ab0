//! API specs that a collection file only refers to: shown and edited as if their text stood in it.

use std::hash::{DefaultHasher, Hash, Hasher};

use sheaf_collection::EditError;
use sheaf_collection::model::{FieldEdit, FileEdit, Kind, ResourceView};
use sheaf_git::repository::Repo;

use crate::error::Result;
use crate::line_ends::with_ends_of;

const FIELD: &str = "contents";

/// The same with the text of the file that an API spec refers to, where it can be read.
pub(crate) fn with_text(repo: &Repo, mut view: ResourceView) -> ResourceView {
    let text = path(&view).and_then(|path| read(repo, &path));
    if let Some(text) = text {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        view.version = format!("{}-{:016x}", view.version, hasher.finish());
        view.fields.insert(FIELD.to_owned(), text.into());
    }
    view
}

/// Takes the edit of the text out of the others: it goes to the file of the spec.
pub(crate) fn split_text(
    repo: &Repo,
    view: &ResourceView,
    edits: &[FieldEdit],
) -> Result<(Option<FileEdit>, Vec<FieldEdit>)> {
    let Some(path) = path(view).filter(|path| read(repo, path).is_some()) else {
        return Ok((None, edits.to_vec()));
    };
    let (text, rest): (Vec<_>, Vec<_>) = edits.iter().cloned().partition(|edit| edit.path == FIELD);
    let Some(edit) = text.last() else {
        return Ok((None, rest));
    };
    let new = edit.value.as_ref().and_then(serde_json::Value::as_str);
    let new = new
        .filter(|text| !text.contains('\0'))
        .ok_or_else(|| EditError::BadValue {
            field: FIELD.to_owned(),
            reason: "it has to be a text.".to_owned(),
        })?;
    let new = with_ends_of(&read(repo, &path).unwrap_or_default(), new);
    let file = FileEdit {
        path,
        after: Some(new.into_bytes()),
    };
    Ok((Some(file), rest))
}

/// Repository path of the file that a spec refers to; nothing where it would lead out of the repository.
fn path(view: &ResourceView) -> Option<String> {
    if view.kind != Kind::ApiSpec || view.path.is_empty() {
        return None;
    }
    let file = view.fields.get("file")?.as_str()?;
    if file.is_empty() || file.starts_with('/') || file.contains(['\\', ':', '\0']) {
        return None;
    }
    let folder = view.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/")).filter(|path| !path.is_empty())
}

fn read(repo: &Repo, path: &str) -> Option<String> {
    let bytes = repo.read_work_file(path).ok()??;
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}
