//! The resources of every state by id, without those of files that can only be taken as a whole.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::{Beyond, MergeSides};
use crate::collections::Collections;
use crate::index::parse_all;
use crate::kinds::kind_of_id;
use crate::model::{Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;

/// Folders that are followed up.
const MAX_HOLDERS: usize = 256;

/// A resource with its file.
#[derive(Clone, Copy)]
pub(super) struct Found<'m> {
    pub file: &'m SourceFile,
    pub resource: &'m Resource,
}

impl Found<'_> {
    /// It is kept in a tree.
    pub(super) fn is_legacy(self) -> bool {
        self.file.legacy_path().is_some()
    }
}

/// One state.
pub(super) struct State<'m> {
    /// Its files by path; where another state has the same bytes, they are those.
    pub files: HashMap<&'m str, &'m SourceFile>,
    by_id: HashMap<&'m ResourceId, Found<'m>>,
    order: Vec<&'m ResourceId>,
}

impl<'m> State<'m> {
    pub(super) fn get(&self, id: &ResourceId) -> Option<Found<'m>> {
        self.by_id.get(id).copied()
    }

    /// The content of a file.
    pub(super) fn bytes(&self, path: &str) -> Option<&'m [u8]> {
        self.files.get(path).map(|file| file.bytes.as_slice())
    }
}

/// All states.
pub(super) struct States<'m> {
    pub bases: Vec<State<'m>>,
    pub ours: State<'m>,
    pub theirs: State<'m>,
    /// Files that are taken as a whole: nobody can read them in one of the states, or they say what others say.
    pub whole: BTreeSet<&'m str>,
    beyond: &'m dyn Beyond,
}

impl<'m> States<'m> {
    pub(super) fn new(sides: &MergeSides<'m>) -> Self {
        let all = || sides.bases.iter().chain([sides.ours, sides.theirs]);
        let mut known: HashMap<&'m str, Vec<&'m Arc<SourceFile>>> = HashMap::new();
        let mut files = Vec::new();
        for state in all() {
            files.push(files_of(state, &mut known));
        }
        parse_all(known.values().flatten().copied());
        let whole = whole_files(&files);
        let mut states = files
            .into_iter()
            .map(|files| resources(files, &whole))
            .collect::<Vec<_>>();
        let theirs = states.pop();
        let ours = states.pop();
        let none = || State {
            files: HashMap::new(),
            by_id: HashMap::new(),
            order: Vec::new(),
        };
        Self {
            bases: states,
            ours: ours.unwrap_or_else(none),
            theirs: theirs.unwrap_or_else(none),
            whole,
            beyond: sides.beyond,
        }
    }

    /// All ids, those that are here first, in the order of the files.
    pub(super) fn ids(&self) -> Vec<&'m ResourceId> {
        let mut seen = HashSet::new();
        let states = [&self.ours, &self.theirs].into_iter().chain(&self.bases);
        let ids = states.flat_map(|state| state.order.iter().copied());
        ids.filter(|id| seen.insert(*id)).collect()
    }

    /// The resource here, or else in another state.
    pub(super) fn any(&self, id: &ResourceId) -> Option<Found<'m>> {
        let states = [&self.ours, &self.theirs].into_iter().chain(&self.bases);
        states.into_iter().find_map(|state| state.get(id))
    }

    /// The resource in all bases.
    pub(super) fn in_bases(&self, id: &ResourceId) -> Vec<Option<Found<'m>>> {
        self.bases.iter().map(|base| base.get(id)).collect()
    }

    /// Are these the same to the byte?
    pub(super) fn are_same(one: Found<'_>, other: Found<'_>) -> bool {
        std::ptr::eq(one.file, other.file) || one.is_legacy() && one.file.bytes == other.file.bytes
    }

    /// Name and parent of a resource in a file that neither side changed.
    pub(super) fn beyond(&self, id: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        self.beyond.place(id)
    }

    /// Names of the collection and the folders that hold a resource, outermost first.
    pub(super) fn location(&self, id: &ResourceId) -> Vec<String> {
        let mut names = Vec::new();
        let mut parent = self.any(id).and_then(|found| found.resource.parent.clone());
        while let Some(holder) = parent.filter(|_| names.len() < MAX_HOLDERS) {
            let (kind, name, above) = match self.any(&holder) {
                Some(found) => (
                    Some(found.resource.kind),
                    found.resource.name(),
                    found.resource.parent.clone(),
                ),
                None => match self.beyond(&holder) {
                    Some((name, above)) => (kind_of_id(&holder.0), name, above),
                    None => break,
                },
            };
            // The base environment is no folder to a person.
            if kind != Some(Kind::Environment) {
                names.push(name);
            }
            parent = above;
        }
        names.reverse();
        names
    }
}

/// The files of a state, each in the form in which it has been seen before where its bytes are the same.
fn files_of<'m>(
    state: &'m Collections,
    known: &mut HashMap<&'m str, Vec<&'m Arc<SourceFile>>>,
) -> HashMap<&'m str, &'m SourceFile> {
    let file = |(path, file): (&'m String, &'m Arc<SourceFile>)| {
        let seen = known.entry(path.as_str()).or_default();
        let is_same = |other: &&&'m Arc<SourceFile>| Arc::ptr_eq(other, file) || other.bytes == file.bytes;
        let same: Option<&'m Arc<SourceFile>> = seen.iter().find(is_same).copied();
        if let Some(same) = same {
            return (path.as_str(), same.as_ref());
        }
        seen.push(file);
        (path.as_str(), file.as_ref())
    };
    state.files.iter().map(file).collect()
}

fn whole_files<'m>(states: &[HashMap<&'m str, &'m SourceFile>]) -> BTreeSet<&'m str> {
    let mut whole = BTreeSet::new();
    for files in states {
        let unreadable = files.iter().filter(|(_, file)| !can_be_taken_apart(file));
        whole.extend(unreadable.map(|(path, _)| *path));
    }
    for files in states {
        let mut paths: Vec<&str> = files
            .keys()
            .copied()
            .filter(|path| !whole.contains(path))
            .collect();
        paths.sort_unstable();
        let mut seen = HashSet::new();
        for path in paths {
            let ids = files[path].parsed().resources.iter().map(|resource| &resource.id);
            let count = seen.len();
            let own = ids.clone().count();
            seen.extend(ids);
            if seen.len() < count + own {
                whole.insert(path);
            }
        }
    }
    whole
}

fn can_be_taken_apart(file: &SourceFile) -> bool {
    let parsed = file.parsed();
    let is_fine = parsed
        .problems
        .iter()
        .all(|problem| problem.code == "unseen-by-insomnia");
    file.legacy_path().is_some() && is_fine && !parsed.resources.is_empty()
}

fn resources<'m>(files: HashMap<&'m str, &'m SourceFile>, whole: &BTreeSet<&str>) -> State<'m> {
    let mut paths: Vec<&str> = files
        .keys()
        .copied()
        .filter(|path| !whole.contains(path))
        .collect();
    paths.sort_unstable();
    let mut by_id = HashMap::new();
    let mut order = Vec::new();
    for path in paths {
        let file: &'m SourceFile = files[path];
        for resource in &file.parsed().resources {
            by_id.insert(&resource.id, Found { file, resource });
            order.push(&resource.id);
        }
    }
    State { files, by_id, order }
}
