//! A list of resources that name their parents, as a tree.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::planned::{MAX_FOLDERS, Planned};
use super::report::Notes;
use crate::model::Kind;

/// One resource of the list.
pub(super) struct Flat {
    /// Its id in the list.
    pub id: String,
    /// The id of what holds it.
    pub parent: Option<String>,
    /// The resource without children.
    pub planned: Planned,
}

/// The collections of a list. What belongs to none, or to itself, is noted.
pub(super) fn trees(list: Vec<Flat>, notes: &mut Notes) -> Vec<Planned> {
    let mut children: HashMap<String, Vec<usize>> = HashMap::new();
    let known: HashSet<&str> = list.iter().map(|flat| flat.id.as_str()).collect();
    let mut roots = Vec::new();
    let mut orphans = Vec::new();
    for (index, flat) in list.iter().enumerate() {
        match &flat.parent {
            _ if flat.planned.kind == Kind::Workspace => roots.push(index),
            Some(parent) if known.contains(parent.as_str()) && *parent != flat.id => {
                children.entry(parent.clone()).or_default().push(index);
            }
            _ => orphans.push(index),
        }
    }
    let mut builder = Builder {
        children,
        list: list.into_iter().map(Some).collect(),
        notes,
    };
    let mut trees: Vec<Planned> = roots
        .into_iter()
        .filter_map(|index| builder.take(index, 0))
        .collect();
    builder.adopt(orphans, &mut trees);
    builder.leave_rest();
    trees
}

struct Builder<'n> {
    children: HashMap<String, Vec<usize>>,
    list: Vec<Option<Flat>>,
    notes: &'n mut Notes,
}

impl Builder<'_> {
    /// A resource with everything below it. Each is taken once, so that no circle is followed twice.
    fn take(&mut self, index: usize, depth: usize) -> Option<Planned> {
        let flat = self.list.get_mut(index)?.take()?;
        let mut planned = flat.planned;
        if depth > MAX_FOLDERS {
            self.notes
                .left("What lies deeper than 40 folders is not taken", planned.name());
            self.drop_below(&flat.id);
            return None;
        }
        for child in self.children.remove(&flat.id).unwrap_or_default() {
            planned.children.extend(self.take(child, depth + 1));
        }
        Some(planned)
    }

    /// Forgets what lies below, without a function for each level.
    fn drop_below(&mut self, id: &str) {
        let mut open = vec![id.to_owned()];
        while let Some(id) = open.pop() {
            for child in self.children.remove(&id).unwrap_or_default() {
                if let Some(flat) = self.list.get_mut(child).and_then(Option::take) {
                    open.push(flat.id);
                }
            }
        }
    }

    /// Resources without a collection go into the first one.
    fn adopt(&mut self, orphans: Vec<usize>, trees: &mut Vec<Planned>) {
        let taken: Vec<Planned> = orphans
            .into_iter()
            .filter_map(|index| self.take(index, 1))
            .collect();
        if taken.is_empty() {
            return;
        }
        if trees.is_empty() {
            trees.push(Planned::new(Kind::Workspace, "Imported collection"));
        }
        for planned in taken {
            self.notes.changed(
                "What belonged to no collection stands at the top of the first one",
                planned.name(),
            );
            if let Some(first) = trees.first_mut() {
                first.children.push(planned);
            }
        }
    }

    fn leave_rest(&mut self) {
        for flat in self.list.iter().flatten() {
            self.notes.left(
                "What stands in a circle of folders is not taken",
                flat.planned.name(),
            );
        }
    }
}

/// The fields of `given` that resources of this kind have; the others are noted.
pub(super) fn known_fields(
    kind: Kind,
    given: &Map<String, Value>,
    place: &str,
    notes: &mut Notes,
) -> Map<String, Value> {
    const BOOKKEEPING: &[&str] = &[
        "_id",
        "_type",
        "type",
        "parentId",
        "created",
        "modified",
        "isPrivate",
        "metaSortKey",
        "segmentParams",
        "schema_version",
    ];
    const ALSO: &[&str] = &["environmentType", "kvPairData"];
    let known = crate::kinds::kind_info(kind)
        .map(|info| info.fields)
        .unwrap_or_default();
    let mut fields = Map::new();
    for (name, value) in given {
        let is_known = known.contains(&name.as_str()) || ALSO.contains(&name.as_str());
        if is_known {
            fields.insert(name.clone(), value.clone());
        } else if !BOOKKEEPING.contains(&name.as_str()) && !value.is_null() {
            notes.left(
                "Fields that Insomnia does not have are not taken",
                &format!("{name} of {place}"),
            );
        }
    }
    fields
}
