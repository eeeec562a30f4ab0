//! What was chosen, with everything that it needs.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::error::StageError;
use crate::collections::Collections;
use crate::model::{ChangeKind, ResourceChange, ResourceId};

/// A changed resource, or some of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Id of the resource, or path of an ordinary file.
    pub id: ResourceId,
    /// Paths of the fields; empty for all that changed.
    pub fields: Vec<String>,
}

/// How much of a changed resource is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Extent {
    /// Nothing.
    Nothing,
    /// Some fields.
    Fields(BTreeSet<String>),
    /// All that changed.
    All,
}

/// Every change, with how much of it is taken.
pub(super) struct Picks<'c> {
    /// In the order of the list of changes.
    pub list: Vec<Pick<'c>>,
    /// Taken although not asked for.
    pub along: Vec<ResourceId>,
}

/// One change, with how much of it is taken.
pub(super) struct Pick<'c> {
    /// The change.
    pub change: &'c ResourceChange,
    /// How much of it.
    pub extent: Extent,
    /// Who holds the resource before.
    pub parent_before: Option<ResourceId>,
    /// Who holds it after.
    pub parent_after: Option<ResourceId>,
}

const PARENT: &str = "parentId";

impl Pick<'_> {
    fn is_moved(&self) -> bool {
        self.change.fields.iter().any(|field| field.path == PARENT)
    }

    /// Is the move of this resource taken?
    fn moves(&self) -> bool {
        self.is_moved() && self.takes(PARENT)
    }

    /// Is this field taken?
    pub(super) fn takes(&self, path: &str) -> bool {
        match &self.extent {
            Extent::Nothing => false,
            Extent::Fields(fields) => fields.contains(path),
            Extent::All => true,
        }
    }

    fn take_field(&mut self, path: &str) {
        match &mut self.extent {
            Extent::All => {}
            Extent::Fields(fields) => drop(fields.insert(path.to_owned())),
            Extent::Nothing => self.extent = Extent::Fields([path.to_owned()].into()),
        }
        self.complete();
    }

    /// All fields a person sees are all there is to take.
    fn complete(&mut self) {
        let is_taken = |fields: &BTreeSet<String>| {
            let mut real = self.change.fields.iter().filter(|field| !field.bookkeeping);
            real.all(|field| fields.contains(&field.path)) && !self.change.only_bookkeeping
        };
        if matches!(&self.extent, Extent::Fields(fields) if is_taken(fields)) {
            self.extent = Extent::All;
        }
    }
}

/// What was chosen, and what that needs.
pub(super) fn picks<'c>(
    before: &Collections,
    after: &Collections,
    all: &'c [ResourceChange],
    chosen: &[Choice],
) -> Result<Picks<'c>, StageError> {
    let parent = |state: &Collections, id: &ResourceId| state.located_quickly(id)?.1.parent.clone();
    let list = all.iter().map(|change| Pick {
        change,
        extent: Extent::Nothing,
        parent_before: parent(before, &change.id),
        parent_after: parent(after, &change.id),
    });
    let mut picks = Picks {
        list: list.collect(),
        along: Vec::new(),
    };
    for choice in chosen {
        picks.choose(choice)?;
    }
    picks.close(before);
    Ok(picks)
}

impl Picks<'_> {
    fn choose(&mut self, choice: &Choice) -> Result<(), StageError> {
        let found = self.list.iter_mut().find(|pick| pick.change.id == choice.id);
        let pick = found.ok_or_else(|| StageError::NotChanged {
            what: choice.id.0.clone(),
        })?;
        if choice.fields.is_empty() {
            pick.extent = Extent::All;
            return Ok(());
        }
        if let Some(why) = only_whole(pick.change) {
            return Err(StageError::OnlyWhole {
                name: pick.change.name.clone(),
                why,
            });
        }
        for path in &choice.fields {
            if !pick.change.fields.iter().any(|field| field.path == *path) {
                return Err(StageError::NotChanged {
                    what: format!("{}:{path}", choice.id),
                });
            }
            pick.take_field(path);
        }
        Ok(())
    }

    /// Takes along what the rest needs, until nothing is missing.
    fn close(&mut self, before: &Collections) {
        let places: HashMap<ResourceId, usize> = self
            .list
            .iter()
            .enumerate()
            .map(|(at, pick)| (pick.change.id.clone(), at))
            .collect();
        let mut open: Vec<usize> = (0..self.list.len())
            .filter(|at| self.list[*at].extent != Extent::Nothing)
            .collect();
        let mut asked: HashSet<usize> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            for (needed, field) in self.needs(at, &places, before) {
                let pick = &mut self.list[needed];
                let had = pick.extent.clone();
                match field {
                    Some(field) => pick.take_field(field),
                    None => pick.extent = Extent::All,
                }
                if pick.extent != had {
                    if asked.insert(needed) {
                        self.along.push(pick.change.id.clone());
                    }
                    open.push(needed);
                }
            }
        }
        self.along.sort();
    }

    /// The changes without which this one cannot be: all of a change, or one field of it.
    fn needs(
        &self,
        at: usize,
        places: &HashMap<ResourceId, usize>,
        before: &Collections,
    ) -> Vec<(usize, Option<&'static str>)> {
        let pick = &self.list[at];
        let mut needs = Vec::new();
        if pick.change.change == ChangeKind::Added || pick.moves() {
            let holder = pick.parent_after.as_ref().and_then(|id| places.get(id));
            let is_new = |at: &&usize| self.list[**at].change.change == ChangeKind::Added;
            needs.extend(holder.filter(is_new).map(|at| (*at, None)));
        }
        if pick.moves() {
            needs.extend(self.moves_above(pick, places, before));
        }
        if pick.change.change == ChangeKind::Deleted {
            let held = |other: &&(usize, &Pick<'_>)| other.1.parent_before.as_ref() == Some(&pick.change.id);
            for (at, other) in self.list.iter().enumerate().filter(|pair| held(&pair)) {
                match other.change.change {
                    ChangeKind::Deleted => needs.push((at, None)),
                    _ if other.is_moved() => needs.push((at, Some(PARENT))),
                    _ => {}
                }
            }
        }
        needs
    }

    /// A folder that moves into what it held before needs the moves that take that out of it.
    fn moves_above(
        &self,
        pick: &Pick<'_>,
        places: &HashMap<ResourceId, usize>,
        before: &Collections,
    ) -> Vec<(usize, Option<&'static str>)> {
        let mut moves = Vec::new();
        let mut seen = HashSet::new();
        let mut above = pick.parent_after.clone();
        while let Some(id) = above.filter(|id| seen.insert(id.clone())) {
            if id == pick.change.id {
                return moves;
            }
            let holder = places.get(&id).filter(|at| self.list[**at].is_moved());
            moves.extend(holder.map(|at| (*at, Some(PARENT))));
            above = before
                .located_quickly(&id)
                .and_then(|(_, resource)| resource.parent.clone());
        }
        Vec::new()
    }
}

fn only_whole(change: &ResourceChange) -> Option<&'static str> {
    match change.change {
        ChangeKind::Added => Some("it is new."),
        ChangeKind::Deleted => Some("it is deleted."),
        _ if change.fields.is_empty() => Some("its fields do not differ, only how the file is written."),
        _ => None,
    }
}
