//! What was chosen of the changes: whole resources, files, or fields of a resource.

use std::collections::BTreeMap;

use sheaf_collection::model::{ResourceChange, ResourceId};
use sheaf_collection::{Choice, EditError, ModifiedOf, StageError, Staged, StagedContent, stage};

use crate::changes::{States, files_of};
use crate::error::{ProjectError, Result};

/// The files that take or give up what was chosen.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Files of which everything was chosen.
    pub(crate) whole: Vec<String>,
    /// Files of which a part was chosen, with what they hold then.
    pub(crate) built: Vec<(String, Option<Vec<u8>>)>,
    /// Names of resources that were taken along.
    pub(crate) along: Vec<String>,
}

impl Selection {
    /// What a commit of the chosen changes holds. Each of `only` is the id or the name of a changed resource, the
    /// path of a file, or one of its fields as `ID:FIELD`.
    pub(crate) fn to_commit(states: &States, only: &[String]) -> Result<Self> {
        let chosen = choices(&states.changes, only)?;
        let staged = stage(
            &states.before,
            &states.after,
            &states.changes,
            &chosen,
            ModifiedOf::After,
        )?;
        Ok(Self::of(&states.changes, staged))
    }

    /// What the work tree holds without the chosen changes.
    pub(crate) fn to_discard(states: &States, only: &[String]) -> Result<Self> {
        let back = states.turned();
        let chosen = choices(&back.changes, only)?;
        let staged = stage(
            &back.before,
            &back.after,
            &back.changes,
            &chosen,
            ModifiedOf::Before,
        )?;
        Ok(Self::of(&back.changes, staged))
    }

    fn of(changes: &[ResourceChange], staged: Staged) -> Self {
        let name = |id: &ResourceId| changes.iter().find(|c| c.id == *id).map(|c| c.name.clone());
        let mut selection = Self {
            along: staged.along.iter().filter_map(name).collect(),
            ..Self::default()
        };
        for file in staged.files {
            match file.content {
                StagedContent::AsAfter => selection.whole.push(file.path),
                StagedContent::Built(bytes) => selection.built.push((file.path, bytes)),
            }
        }
        selection
    }
}

/// Reads `ID`, `PATH`, `ID:FIELD`, and names in place of ids. Ids hold no colon, but paths and names may: the whole text
/// is tried first.
fn choices(changes: &[ResourceChange], only: &[String]) -> Result<Vec<Choice>> {
    let mut fields: BTreeMap<ResourceId, Vec<String>> = BTreeMap::new();
    let mut wholes = Vec::new();
    for wanted in only {
        let named: Vec<&ResourceChange> = changes.iter().filter(|c| is_named(c, wanted)).collect();
        if !named.is_empty() {
            wholes.extend(named.into_iter().map(|c| c.id.clone()));
            continue;
        }
        if let Some(change) = called(changes, wanted)? {
            wholes.push(change.id.clone());
            continue;
        }
        let (change, field) = field_of(changes, wanted)?.ok_or_else(|| not_changed(wanted))?;
        fields
            .entry(change.id.clone())
            .or_default()
            .push(field.to_owned());
    }
    let choice = |(id, fields)| Choice { id, fields };
    let wholes: Vec<Choice> = wholes.into_iter().map(|id| choice((id, Vec::new()))).collect();
    let is_whole = |id: &ResourceId| wholes.iter().any(|whole| whole.id == *id);
    let parts: Vec<Choice> = fields
        .into_iter()
        .filter(|(id, _)| !is_whole(id))
        .map(choice)
        .collect();
    Ok(wholes.into_iter().chain(parts).collect())
}

fn is_named(change: &ResourceChange, wanted: &str) -> bool {
    change.id.0 == wanted || files_of(change).any(|path| path == wanted)
}

/// The one changed resource of this name.
fn called<'c>(changes: &'c [ResourceChange], name: &str) -> Result<Option<&'c ResourceChange>> {
    let fitting: Vec<&ResourceChange> = changes.iter().filter(|c| c.name == name).collect();
    if fitting.len() > 1 {
        let candidates = fitting.iter().map(|c| c.id.0.clone()).collect();
        let what = name.to_owned();
        return Err(EditError::Ambiguous { what, candidates }.into());
    }
    Ok(fitting.first().copied())
}

fn field_of<'c, 'w>(
    changes: &'c [ResourceChange],
    wanted: &'w str,
) -> Result<Option<(&'c ResourceChange, &'w str)>> {
    let parts = || {
        wanted
            .match_indices(':')
            .map(|(at, _)| (&wanted[..at], &wanted[at + 1..]))
    };
    for (id, field) in parts() {
        if let Some(change) = changes.iter().find(|c| c.id.0 == id) {
            return Ok(Some((change, field)));
        }
    }
    for (name, field) in parts() {
        if let Some(change) = called(changes, name)? {
            return Ok(Some((change, field)));
        }
    }
    Ok(None)
}

fn not_changed(wanted: &str) -> ProjectError {
    StageError::NotChanged {
        what: wanted.to_owned(),
    }
    .into()
}
