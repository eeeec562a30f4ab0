//! The files of a partial result.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::choice::{Extent, Pick, Picks};
use super::error::StageError;
use super::select::{put, select_fields};
use super::{ModifiedOf, StagedContent, StagedFile, v5};
use crate::changes::Fields;
use crate::collections::Collections;
use crate::model::{ChangeKind, Kind};
use crate::resource::Resource;
use crate::source::{SourceFile, usual_dialect};
use crate::yaml::patch;

const LAYOUT: &str = "its layout changed as a whole.";
const ACROSS: &str = "something moved from one collection file to another.";
const UNREADABLE: &str = "it cannot be read piece by piece.";
const UNSAFE: &str = "the part could not be made without risk for the rest of the file.";

/// A change with the paths it is in.
struct Placed<'p, 'c> {
    pick: &'p Pick<'c>,
    from: Option<String>,
    to: Option<String>,
}

/// The files that differ from before when what was picked is taken.
pub(super) fn files(
    before: &Collections,
    after: &Collections,
    picks: &Picks<'_>,
    stamp: ModifiedOf,
) -> Result<Vec<StagedFile>, StageError> {
    let placed: Vec<Placed<'_, '_>> = picks.list.iter().map(|pick| place(before, pick)).collect();
    let mut by_path: BTreeMap<&str, Vec<&Placed<'_, '_>>> = BTreeMap::new();
    for one in &placed {
        let paths: BTreeSet<&String> = one.from.iter().chain(&one.to).collect();
        for path in paths {
            by_path.entry(path).or_default().push(one);
        }
    }
    let is_taken = |path: &str| by_path[path].iter().all(|one| one.pick.extent == Extent::All);
    let is_touched = |path: &str| by_path[path].iter().any(|one| one.pick.extent != Extent::Nothing);
    let mut files = Vec::new();
    for (path, changes) in by_path.iter().filter(|(path, _)| is_touched(path)) {
        if is_taken(path) {
            files.push(StagedFile {
                path: (*path).to_owned(),
                content: StagedContent::AsAfter,
            });
            continue;
        }
        let part = Part {
            before,
            after,
            path,
            stamp,
        };
        files.extend(part.files(changes)?);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

fn place<'p, 'c>(before: &Collections, pick: &'p Pick<'c>) -> Placed<'p, 'c> {
    let change = pick.change;
    let held = || {
        before
            .located_quickly(&change.id)
            .map(|(file, _)| file.path.clone())
    };
    let (from, to) = match change.change {
        ChangeKind::Added => (None, Some(change.path.clone())),
        ChangeKind::Deleted => (Some(change.path.clone()), None),
        _ if matches!(change.kind, Kind::File | Kind::Broken) => (None, Some(change.path.clone())),
        _ => (held(), Some(change.path.clone())),
    };
    Placed { pick, from, to }
}

/// A file of which some changes are taken and others are not.
struct Part<'a> {
    before: &'a Collections,
    after: &'a Collections,
    path: &'a str,
    stamp: ModifiedOf,
}

impl Part<'_> {
    fn files(&self, changes: &[&Placed<'_, '_>]) -> Result<Vec<StagedFile>, StageError> {
        let chosen = || changes.iter().filter(|one| one.pick.extent != Extent::Nothing);
        let [old, new] = [self.before, self.after].map(|state| state.files.get(self.path).map(AsRef::as_ref));
        let is_legacy = old
            .or(new)
            .is_some_and(|file: &SourceFile| file.legacy_path().is_some());
        for one in chosen() {
            let change = one.pick.change;
            if matches!(change.kind, Kind::File | Kind::Broken) || change.fields.is_empty() {
                return Err(self.only_whole(UNREADABLE));
            }
            match (
                in_tree(self.before, one.from.as_ref()),
                in_tree(self.after, one.to.as_ref()),
            ) {
                (Some(from), Some(to)) if from != to => return Err(self.only_whole(LAYOUT)),
                (Some(false), Some(false)) if one.from != one.to => return Err(self.only_whole(ACROSS)),
                _ => {}
            }
        }
        if is_legacy {
            return chosen()
                .map(|one| self.legacy(one))
                .collect::<Result<Vec<_>, _>>()
                .map(|all| all.concat());
        }
        let picks: Vec<&Pick<'_>> = changes.iter().map(|one| one.pick).collect();
        let bytes = v5::build(old, new, &picks, &|pick, old, new| self.select(pick, old, new));
        let bytes = bytes.ok_or_else(|| self.only_whole(UNSAFE))?;
        Ok(vec![built(self.path, Some(bytes))])
    }

    /// One resource, of which some fields are taken; its file may have another path afterwards.
    fn legacy(&self, one: &Placed<'_, '_>) -> Result<Vec<StagedFile>, StageError> {
        let id = &one.pick.change.id;
        let found = self
            .before
            .located_quickly(id)
            .zip(self.after.located_quickly(id));
        let ((old_file, old), (new_file, new)) = found.ok_or_else(|| self.only_whole(UNREADABLE))?;
        let fields = self.select(one.pick, old, new);
        let text = old_file.text().ok_or_else(|| self.only_whole(UNREADABLE))?;
        let bytes = patch(text, &Value::Object(fields), usual_dialect(&old_file.path))
            .map_err(|_| self.only_whole(UNSAFE))?;
        let moves = old_file.path != new_file.path && one.pick.takes("path");
        let mut files = Vec::new();
        if moves {
            files.push(built(&old_file.path, None));
        }
        let path = if moves { &new_file.path } else { &old_file.path };
        files.push(built(path, Some(bytes.into_bytes())));
        Ok(files)
    }

    /// The fields of a resource with what was picked.
    fn select(&self, pick: &Pick<'_>, old: &Resource, new: &Resource) -> Fields {
        let moves = old.parent != new.parent && pick.takes("parentId");
        let takes = |path: &str| pick.takes(path) || moves && path == "metaSortKey";
        let mut fields = select_fields(new.kind, &old.fields, &new.fields, &takes);
        if moves {
            put(
                &mut fields,
                "parentId",
                new.fields.get("parentId").cloned(),
                &new.fields,
            );
        }
        if self.stamp == ModifiedOf::After {
            put(
                &mut fields,
                "modified",
                new.fields.get("modified").cloned(),
                &new.fields,
            );
        }
        fields
    }

    fn only_whole(&self, why: &'static str) -> StageError {
        StageError::OnlyWholeFile {
            path: self.path.to_owned(),
            why,
        }
    }
}

fn in_tree(state: &Collections, path: Option<&String>) -> Option<bool> {
    let file = state.files.get(path?)?;
    Some(file.legacy_path().is_some())
}

fn built(path: &str, bytes: Option<Vec<u8>>) -> StagedFile {
    StagedFile {
        path: path.to_owned(),
        content: StagedContent::Built(bytes),
    }
}
