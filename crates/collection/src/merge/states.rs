//! The resources of every state by id, without those of files that can only be taken as a whole.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::pieces::{Pieces, alike};
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
    /// Its number within the file.
    pub number: usize,
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
    /// What belongs to each resource of a v5 file, by the address of the file.
    pieces: HashMap<*const SourceFile, Pieces>,
    beyond: &'m dyn Beyond,
}

impl<'m> States<'m> {
    pub(super) fn new(sides: &MergeSides<'m>) -> Self {
        let all = || sides.bases.iter().copied().chain([sides.ours, sides.theirs]);
        let mut known: HashMap<&'m str, Vec<&'m Arc<SourceFile>>> = HashMap::new();
        let mut files = Vec::new();
        for state in all() {
            files.push(files_of(state, &mut known));
        }
        parse_all(known.values().flatten().copied());
        let whole = whole_files(&files);
        let apart = known
            .values()
            .flatten()
            .filter(|file| file.legacy_path().is_none() && !whole.contains(file.path.as_str()));
        let pieces = apart
            .filter_map(|file| Some((std::ptr::from_ref(file.as_ref()), Pieces::of(file)?)))
            .collect();
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
            pieces,
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
    pub(super) fn are_same(&self, one: Found<'_>, other: Found<'_>) -> bool {
        if std::ptr::eq(one.resource, other.resource) {
            return true;
        }
        if one.is_legacy() || other.is_legacy() {
            return one.is_legacy() && other.is_legacy() && one.file.bytes == other.file.bytes;
        }
        let pieces = |found: Found<'_>| self.pieces.get(&std::ptr::from_ref(found.file));
        match (pieces(one), pieces(other)) {
            (Some(left), Some(right)) => alike((one, left), (other, right)),
            _ => false,
        }
    }

    /// The same for a resource that is in none of the states, with the pieces of its file.
    pub(super) fn is_same_as(&self, known: Found<'_>, other: Found<'_>, pieces: Option<&Pieces>) -> bool {
        if known.is_legacy() || other.is_legacy() {
            return known.is_legacy() && other.is_legacy() && known.file.bytes == other.file.bytes;
        }
        let own = self.pieces.get(&std::ptr::from_ref(known.file));
        own.zip(pieces)
            .is_some_and(|(own, pieces)| alike((known, own), (other, pieces)))
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
    whole.extend(v5_paths_in_doubt(states));
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
    is_fine && !parsed.resources.is_empty()
}

/// Where a v5 file says no ids, places are all there is to tell items by, and where these differ, nobody can tell. Nor
/// can two collections be in one file.
fn v5_paths_in_doubt<'m>(states: &[HashMap<&'m str, &'m SourceFile>]) -> BTreeSet<&'m str> {
    let mut known: HashMap<&'m str, &'m SourceFile> = HashMap::new();
    let mut doubtful = BTreeSet::new();
    for (path, file) in states
        .iter()
        .flatten()
        .filter(|(_, file)| file.legacy_path().is_none())
    {
        let first = known.entry(path).or_insert(file);
        let ids = |file: &'m SourceFile| file.parsed().resources.iter().map(|resource| &resource.id);
        let is_nameless = |id: &ResourceId| {
            id.0.strip_prefix(*path)
                .is_some_and(|place| place.starts_with('#'))
        };
        let other_root = ids(first).next() != ids(file).next();
        if other_root || !ids(first).eq(ids(file)) && ids(first).chain(ids(file)).any(is_nameless) {
            doubtful.insert(*path);
        }
    }
    doubtful
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
        for (number, resource) in file.parsed().resources.iter().enumerate() {
            by_id.insert(
                &resource.id,
                Found {
                    file,
                    resource,
                    number,
                },
            );
            order.push(&resource.id);
        }
    }
    State { files, by_id, order }
}
