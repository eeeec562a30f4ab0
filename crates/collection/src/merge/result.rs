//! Each resource of the result: what holds it, and what it says.

use std::collections::HashMap;

use serde_json::Value;

use super::asks::{Asks, Taken};
use super::fields::{Versions, merge_fields};
use super::states::{Found, States};
use super::structure::{Presence, Structure};
use super::tree::put;
use crate::changes::Fields;
use crate::model::{Kind, ResourceId};
use crate::parallel;

/// A resource of the result.
pub(super) struct Entry<'m> {
    pub kind: Kind,
    pub ours: Option<Found<'m>>,
    pub theirs: Option<Found<'m>>,
    /// The one that both come from, where there is one.
    pub base: Option<Found<'m>>,
    pub parent: Option<ResourceId>,
    pub says: Says,
}

/// What a resource of the result says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Says {
    /// What it says here.
    Ours,
    /// What it says in what comes in, to the byte where it can be.
    Theirs,
    /// Something of both.
    Both(Fields),
}

impl<'m> Entry<'m> {
    /// The fields in the result.
    pub(super) fn fields(&self) -> Option<&Fields> {
        match &self.says {
            Says::Ours => self.ours.map(|found| &*found.resource.fields),
            Says::Theirs => self.theirs.map(|found| &*found.resource.fields),
            Says::Both(fields) => Some(fields),
        }
    }

    /// The version to which the result is written: the one here, or else what comes in.
    pub(super) fn text(&self) -> Option<Found<'m>> {
        self.ours.or(self.theirs)
    }
}

/// The resources of the result, by id.
pub(super) type Entries<'m> = HashMap<&'m ResourceId, Entry<'m>>;

/// Merges what each resource says that stays.
pub(super) fn entries<'m>(
    states: &'m States<'m>,
    structure: &Structure<'m>,
    asks: &mut Asks<'m>,
) -> Entries<'m> {
    read_fields(states, structure);
    let mut entries = Entries::new();
    for id in &structure.order {
        let Some(node) = structure.nodes.get(id).filter(|node| node.stays) else {
            continue;
        };
        let (ours, theirs) = (states.ours.get(id), states.theirs.get(id));
        let bases = states.in_bases(id);
        let says = match (node.presence, ours, theirs) {
            (Presence::Both, Some(ours), Some(theirs)) => {
                both(states, id, &bases, ours, theirs, node.parent.as_ref(), asks)
            }
            (Presence::Added(Taken::Theirs) | Presence::Kept(Taken::Theirs), ..) => Says::Theirs,
            _ => Says::Ours,
        };
        let Some(found) = ours.or(theirs) else { continue };
        let base = match bases.as_slice() {
            [base] => *base,
            _ => None,
        };
        let mut entry = Entry {
            kind: found.resource.kind,
            ours,
            theirs,
            base,
            parent: node.parent.clone(),
            says,
        };
        place(&mut entry);
        entries.insert(*id, entry);
    }
    entries
}

/// Reads the fields that are going to be compared, on all cores: that takes most of the time of a merge.
fn read_fields<'m>(states: &'m States<'m>, structure: &Structure<'m>) {
    let mut resources = Vec::new();
    for id in &structure.order {
        let (Some(ours), Some(theirs)) = (states.ours.get(id), states.theirs.get(id)) else {
            continue;
        };
        let bases = states.in_bases(id);
        if !is_one_sided(states, &bases, ours, theirs) {
            resources.extend(bases.into_iter().flatten().chain([ours, theirs]));
        }
    }
    parallel::map(&resources, |found| found.resource.fields.len());
}

/// Whether at least one side left it as it was, or both made the same of it.
fn is_one_sided(
    states: &States<'_>,
    bases: &[Option<Found<'_>>],
    ours: Found<'_>,
    theirs: Found<'_>,
) -> bool {
    let is_base = |found: Found<'_>| matches!(bases, [Some(base)] if states.are_same(*base, found));
    states.are_same(ours, theirs) || is_base(theirs) || is_base(ours)
}

fn both<'m>(
    states: &'m States<'m>,
    id: &'m ResourceId,
    bases: &[Option<Found<'m>>],
    ours: Found<'m>,
    theirs: Found<'m>,
    parent: Option<&ResourceId>,
    asks: &mut Asks<'m>,
) -> Says {
    let lies = |found: Found<'_>| found.resource.parent.as_ref() == parent;
    let is_base = |found: Found<'_>| matches!(bases, [Some(base)] if states.are_same(*base, found));
    if lies(ours) && (states.are_same(ours, theirs) || is_base(theirs)) {
        return Says::Ours;
    }
    if lies(theirs) && is_base(ours) {
        return Says::Theirs;
    }
    let all = || bases.iter().flatten().chain([&ours, &theirs]);
    let versions = Versions {
        id,
        kind: ours.resource.kind,
        bases: bases
            .iter()
            .map(|base| base.map(|base| &*base.resource.fields))
            .collect(),
        ours: &ours.resource.fields,
        theirs: &theirs.resource.fields,
        placed_by: placed_by(ours, theirs, parent),
        changes_layout: all().any(|found| found.is_legacy() != ours.is_legacy()),
    };
    Says::Both(merge_fields(&versions, asks))
}

fn placed_by(ours: Found<'_>, theirs: Found<'_>, parent: Option<&ResourceId>) -> Option<Taken> {
    let (our, their) = (ours.resource.parent.as_ref(), theirs.resource.parent.as_ref());
    match parent {
        _ if our == their => None,
        parent if parent == our => Some(Taken::Ours),
        parent if parent == their => Some(Taken::Theirs),
        _ => None,
    }
}

/// Writes into the fields what holds the resource, where that is not where the version lies that was taken.
fn place(entry: &mut Entry<'_>) {
    if entry.kind == Kind::Workspace {
        return;
    }
    let lies = match &entry.says {
        Says::Ours => entry.ours.and_then(|found| found.resource.parent.clone()),
        Says::Theirs => entry.theirs.and_then(|found| found.resource.parent.clone()),
        Says::Both(_) => None,
    };
    if !matches!(entry.says, Says::Both(_)) && lies == entry.parent {
        return;
    }
    let Some(mut fields) = entry.fields().cloned() else {
        return;
    };
    let parent = entry
        .parent
        .as_ref()
        .map_or(Value::Null, |id| id.0.clone().into());
    if fields.get("parentId") != Some(&parent) {
        let model = fields.clone();
        put(&mut fields, "parentId", Some(parent), &model);
    }
    entry.says = Says::Both(fields);
}
