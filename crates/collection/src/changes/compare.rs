//! The list of changes between two states.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::content::Content;
use super::fields::{Names, compare_fields, field_change, main_fields};
use super::summary::{broken_summary, summary};
use crate::collections::Collections;
use crate::comparison::Comparison;
use crate::model::{ChangeKind, FieldChange, Kind, ResourceChange, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::tree::file_name;

/// What differs between two states, by resource and field. Ids identify resources, never paths.
///
/// Files with the same bytes on both sides are not even parsed.
pub fn changes(before: &Collections, after: &Collections) -> Vec<ResourceChange> {
    let paths = differing_paths(before, after);
    let mut comparison = States {
        before,
        after,
        old: Side::new(before, &paths),
        new: Side::new(after, &paths),
        told: HashSet::new(),
        changes: Vec::new(),
    };
    comparison.unreadable_files();
    comparison.resources();
    comparison.silent_files(&paths);
    let mut changes = comparison.changes;
    changes.sort_by_cached_key(|change| (change.location.clone(), change.name.clone(), change.id.clone()));
    changes
}

fn differing_paths<'c>(before: &'c Collections, after: &'c Collections) -> Vec<&'c str> {
    let is_same = |path: &String, file: &Arc<SourceFile>| {
        let other = after.files.get(path);
        other.is_some_and(|other| Arc::ptr_eq(file, other) || file.bytes == other.bytes)
    };
    let gone_or_changed = before
        .files
        .iter()
        .filter(|(path, file)| !is_same(path, file))
        .map(|(path, _)| path);
    let added = after
        .files
        .keys()
        .filter(|path| !before.files.contains_key(*path));
    gone_or_changed.chain(added).map(String::as_str).collect()
}

type Found<'c> = (&'c SourceFile, &'c Resource);

/// What the differing files of one state hold.
struct Side<'c> {
    resources: HashMap<&'c ResourceId, Found<'c>>,
    order: Vec<&'c ResourceId>,
    broken: BTreeMap<&'c str, &'c SourceFile>,
}

impl<'c> Side<'c> {
    fn new(state: &'c Collections, paths: &[&str]) -> Self {
        let mut side = Self {
            resources: HashMap::new(),
            order: Vec::new(),
            broken: BTreeMap::new(),
        };
        for file in paths.iter().filter_map(|path| state.files.get(*path)) {
            side.add(file);
        }
        side
    }

    fn add(&mut self, file: &'c SourceFile) {
        let resources = &file.parsed().resources;
        let is_taken = |resource: &Resource| self.resources.contains_key(&resource.id);
        if resources.is_empty() || resources.iter().all(is_taken) {
            self.broken.insert(&file.path, file);
            return;
        }
        for resource in resources {
            if self.resources.insert(&resource.id, (file, resource)).is_none() {
                self.order.push(&resource.id);
            }
        }
    }
}

struct States<'c> {
    before: &'c Collections,
    after: &'c Collections,
    old: Side<'c>,
    new: Side<'c>,
    told: HashSet<&'c str>,
    changes: Vec<ResourceChange>,
}

impl<'c> States<'c> {
    /// A file that cannot be read is one change; what it held before is not deleted.
    fn unreadable_files(&mut self) {
        let paths: HashSet<&str> = self
            .old
            .broken
            .keys()
            .chain(self.new.broken.keys())
            .copied()
            .collect();
        for path in paths {
            let old = self.before.files.get_key_value(path);
            let new = self.after.files.get_key_value(path);
            let change = match (old, new) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Deleted,
                _ => ChangeKind::Modified,
            };
            let Some((path, file)) = new.or(old) else { continue };
            let was = old.and_then(|(_, file)| file.parsed().resources.first());
            let is = new.and_then(|(_, file)| file.parsed().resources.first());
            let known = is.or(was);
            let summary = match (file.parsed().problems.first(), change) {
                (_, ChangeKind::Deleted) => "Broken file deleted".to_owned(),
                (problem, _) if is.is_none() => broken_summary(problem),
                _ => "Can be read again".to_owned(),
            };
            self.told.insert(path);
            self.changes.push(ResourceChange {
                id: is.map_or_else(|| ResourceId(path.clone()), |resource| resource.id.clone()),
                kind: is.map_or(Kind::Broken, |resource| resource.kind),
                name: known.map_or_else(|| file_name(path), Resource::name),
                method: known.and_then(Resource::method),
                change,
                location: known
                    .map(|resource| self.location(resource, is.is_none()))
                    .unwrap_or_default(),
                path: path.clone(),
                only_bookkeeping: false,
                fields: Vec::new(),
                summary,
            });
        }
    }

    fn location(&self, resource: &Resource, in_before: bool) -> Vec<String> {
        if in_before {
            self.before.location(resource)
        } else {
            self.after.location(resource)
        }
    }

    fn resources(&mut self) {
        let unreadable = self.told.clone();
        let removed = self
            .old
            .order
            .iter()
            .filter(|id| !self.new.resources.contains_key(*id));
        let ids: Vec<&ResourceId> = self.new.order.iter().chain(removed).copied().collect();
        for id in ids {
            let old = self.old.resources.get(id).copied();
            let new = self.new.resources.get(id).copied();
            let is_told = |found: Option<Found<'_>>| {
                found.is_some_and(|(file, _)| unreadable.contains(file.path.as_str()))
            };
            if is_told(new) || new.is_none() && is_told(old) {
                continue;
            }
            match (old, new) {
                (Some(old), Some(new)) => self.both(old, new),
                (None, Some(new)) => self.one(new, ChangeKind::Added),
                (Some(old), None) => self.one(old, ChangeKind::Deleted),
                (None, None) => {}
            }
        }
    }

    fn one(&mut self, (file, resource): Found<'c>, change: ChangeKind) {
        let is_added = change == ChangeKind::Added;
        let fields = self.with_names(|names| main_fields(resource.kind, &resource.fields, is_added, names));
        self.push((file, resource), change, fields, !is_added);
    }

    fn both(&mut self, old: Found<'c>, new: Found<'c>) {
        if is_same_item(old, new) {
            return;
        }
        let ((old_file, old), (new_file, new)) = (old, new);
        let mut fields = self.with_names(|names| compare_fields(new.kind, &old.fields, &new.fields, names));
        if old_file.legacy_path().is_some() != new_file.legacy_path().is_some() {
            as_layout_change(&mut fields);
        }
        if old.parent != new.parent {
            fields.insert(0, self.moved(old, new));
        } else if old_file.path != new_file.path && tells_its_path(old_file, new_file, new.kind) {
            fields.insert(0, file_moved(old_file, new_file, new.kind));
        }
        if fields.is_empty() {
            return;
        }
        fields.sort_by_key(|field| field.bookkeeping);
        self.push((new_file, new), change_kind(&fields), fields, false);
    }

    fn with_names<T>(&self, work: impl FnOnce(&Names<'_>) -> T) -> T {
        let name = |state: &Collections, id: &str| {
            let (_, resource) = state.located_quickly(&ResourceId(id.to_owned()))?;
            Some(resource.name())
        };
        work(&Names {
            before: &|id| name(self.before, id),
            after: &|id| name(self.after, id),
        })
    }

    fn moved(&self, old: &Resource, new: &Resource) -> FieldChange {
        let name = |names: Vec<String>| names.last().cloned();
        let (from, to) = (name(self.before.location(old)), name(self.after.location(new)));
        let holder = new.parent.as_ref().and_then(|id| self.after.located_quickly(id));
        let label = match (&to, holder.map(|(_, holder)| holder.kind)) {
            (Some(to), Some(Kind::RequestGroup)) => format!("moved to folder {to}"),
            (Some(to), _) => format!("moved to {to}"),
            (None, _) => "moved to a folder that is not there".to_owned(),
        };
        plain("parentId", label, from.as_deref(), to.as_deref())
    }

    fn push(
        &mut self,
        (file, resource): Found<'c>,
        change: ChangeKind,
        fields: Vec<FieldChange>,
        in_before: bool,
    ) {
        let came_or_went = matches!(change, ChangeKind::Added | ChangeKind::Deleted);
        self.told.insert(&file.path);
        self.changes.push(ResourceChange {
            id: resource.id.clone(),
            kind: resource.kind,
            name: resource.name(),
            method: resource.method(),
            change,
            location: self.location(resource, in_before),
            path: file.path.clone(),
            only_bookkeeping: !came_or_went && fields.iter().all(|field| field.bookkeeping),
            summary: summary(resource.kind, change, &fields),
            fields,
        });
    }

    /// A file can differ although nothing in it does: comments, quotes, order of keys.
    fn silent_files(&mut self, paths: &[&'c str]) {
        for path in paths
            .iter()
            .filter(|path| !self.told.contains(**path))
            .copied()
            .collect::<Vec<_>>()
        {
            let found = |state: &'c Collections| {
                let file = state.files.get(path)?;
                Some((file.as_ref(), file.parsed().resources.first()?))
            };
            // What left this path altogether has been told at its new one.
            if let Some(found) = found(self.after) {
                self.push(found, ChangeKind::Modified, Vec::new(), false);
            }
        }
    }
}

/// Whether it is the same text at the same place of a v5 file, of which all fields then are the same, too.
fn is_same_item((old_file, old): Found<'_>, (new_file, new): Found<'_>) -> bool {
    let is_alike = old_file.path == new_file.path && old.kind == new.kind && old.parent == new.parent;
    let old = item_text(old_file, old);
    is_alike && old.is_some() && old == item_text(new_file, new)
}

fn item_text<'f>(file: &'f SourceFile, resource: &Resource) -> Option<&'f [u8]> {
    file.bytes.get(resource.span.clone()?)
}

fn plain(path: &str, label: String, before: Option<&str>, after: Option<&str>) -> FieldChange {
    field_change(path.to_owned(), label, Content::Plain, before, after)
}

/// One resource of a v5 file speaks for all of them; in the legacy layout each has a file of its own.
fn tells_its_path(old: &SourceFile, new: &SourceFile, kind: Kind) -> bool {
    kind == Kind::Workspace || old.legacy_path().is_some() || new.legacy_path().is_some()
}

/// A collection that changed its layout says so once; for each of its resources that is bookkeeping.
fn file_moved(old: &SourceFile, new: &SourceFile, kind: Kind) -> FieldChange {
    let (was_tree, is_tree) = (old.legacy_path().is_some(), new.legacy_path().is_some());
    let label = match (was_tree, is_tree) {
        (true, false) => format!("layout changed: kept in one file, {}", new.path),
        (false, true) => "layout changed: kept in a file for each resource".to_owned(),
        _ => format!("file moved to {}", new.path),
    };
    let mut change = plain("path", label, Some(&old.path), Some(&new.path));
    // Paths are looked up by, so they are never cut.
    (change.before, change.after) = (Some(old.path.clone()), Some(new.path.clone()));
    change.bookkeeping = was_tree != is_tree && kind != Kind::Workspace;
    change
}

/// The other layout has other names for nothing, and keeps a spec as a tree.
fn as_layout_change(fields: &mut [FieldChange]) {
    for field in fields {
        let is_formatting = field.comparison == Comparison::Formatting;
        field.bookkeeping |=
            is_formatting || matches!(field.path.as_str(), "fileName" | "contentType" | "scope");
    }
}

fn change_kind(fields: &[FieldChange]) -> ChangeKind {
    let mut real = fields
        .iter()
        .filter(|field| !field.bookkeeping)
        .map(|field| field.path.as_str());
    match (real.next(), real.next()) {
        (Some("name" | "fileName"), None) => ChangeKind::Renamed,
        (Some("parentId" | "path"), None) => ChangeKind::Moved,
        _ => ChangeKind::Modified,
    }
}
