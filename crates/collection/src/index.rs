//! How the resources of all files hang together, and what is wrong between them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::legacy::private_name;
use crate::model::{Kind, Problem, ResourceId};
use crate::parallel;
use crate::problem::problem;
use crate::resource::Resource;
use crate::source::SourceFile;

/// Folders within folders; a tree may be handed on as JSON, whose readers have limits.
const MAX_FOLDERS: usize = 50;

/// Where a resource stands.
pub(crate) struct Located {
    /// Its file.
    pub file: Arc<SourceFile>,
    /// Its number within the file.
    pub number: usize,
}

/// Resources by id, by parent and by collection.
#[derive(Default)]
pub(crate) struct Index {
    /// Where each id stands; the first file wins where two claim it.
    pub by_id: HashMap<ResourceId, Located>,
    /// Children in display order.
    pub children: HashMap<ResourceId, Vec<ResourceId>>,
    /// The collections.
    pub roots: Vec<ResourceId>,
    /// Resources that no chain of parents ties to a collection, at the place where the chain breaks.
    pub strays: Vec<ResourceId>,
    /// Workspace of each resource.
    pub collection_of: HashMap<ResourceId, ResourceId>,
    /// Sets of files (see [`SourceFile::set`]) that hold the same collections as another one, which is shown instead.
    pub copies: Vec<String>,
    /// What is wrong, by path.
    pub problems: Vec<Problem>,
}

type Files = BTreeMap<String, Arc<SourceFile>>;
type ById = HashMap<ResourceId, Located>;
/// Resources with their files, in the order of the files.
type InOrder<'f> = Vec<(&'f SourceFile, &'f Resource)>;

impl Located {
    /// The resource with its file.
    pub(crate) fn resource(&self) -> Option<(&SourceFile, &Resource)> {
        Some((&self.file, self.file.parsed().resources.get(self.number)?))
    }
}

impl Index {
    /// Parses what is not parsed yet and puts it together.
    pub(crate) fn new(files: &Files) -> Self {
        parse_all(files.values());
        let mut index = Self::default();
        index.find_copies(files);
        let (by_id, in_order) = index.locate(files);
        let resources = Resources {
            by_id: &by_id,
            broken_roots: broken_roots(files),
        };
        index.link(&in_order, &resources);
        index.cut_deep_folders(&resources);
        index.sort_children(&resources);
        index.assign_collections();
        index
            .problems
            .sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
        index.by_id = by_id;
        index
    }

    /// The problems of one file.
    pub(crate) fn problems_of(&self, path: &str) -> &[Problem] {
        let start = self
            .problems
            .partition_point(|problem| problem.path.as_str() < path);
        let count = self.problems[start..].partition_point(|problem| problem.path == path);
        &self.problems[start..start + count]
    }

    /// A folder or a file that was copied as a whole is one thing to say, not one for each resource.
    fn find_copies(&mut self, files: &Files) {
        let mut sets: BTreeMap<&str, Vec<&ResourceId>> = BTreeMap::new();
        for file in files.values() {
            let resources = file.parsed().resources.iter();
            let roots = resources.filter(|resource| resource.kind == Kind::Workspace);
            for root in roots {
                sets.entry(file.set()).or_default().push(&root.id);
            }
        }
        let mut first: HashMap<&ResourceId, &str> = HashMap::new();
        for (set, roots) in sets {
            let other = roots.iter().find_map(|root| first.get(root));
            match other {
                Some(other) if roots.iter().all(|root| first.contains_key(root)) => {
                    let message = format!(
                        "This holds the same collection as {other}, with the same ids, so only that one is shown. \
                         Delete one of the two; for a copy that can be used beside it, duplicate the collection."
                    );
                    self.problems.push(problem("same-collection", message, set, None));
                    self.copies.push(set.to_owned());
                }
                _ => first.extend(roots.iter().map(|root| (*root, set))),
            }
        }
    }

    /// Is this file in a set that is not shown?
    pub(crate) fn is_copy(&self, file: &SourceFile) -> bool {
        self.copies.iter().any(|set| set == file.set())
    }

    fn locate<'f>(&mut self, files: &'f Files) -> (ById, InOrder<'f>) {
        let mut by_id = ById::new();
        let mut in_order = InOrder::new();
        for file in files.values() {
            if self.is_copy(file) {
                continue;
            }
            self.problems.extend(file.parsed().problems.iter().cloned());
            for (number, resource) in file.parsed().resources.iter().enumerate() {
                if let Some(first) = by_id.get(&resource.id) {
                    let path = &first.file.path;
                    let message = if private_name(path).is_some() {
                        "This environment is kept out of Git on this computer, and that version is shown. This file \
                         is in Git all the same; delete it, or share the private version again."
                            .to_owned()
                    } else {
                        format!(
                            "The id `{}` is also used by {path}. Only one of the two is shown; give one a new id or \
                             delete it.",
                            resource.id
                        )
                    };
                    self.problems
                        .push(problem("duplicate-id", message, &file.path, resource.id_place));
                } else {
                    in_order.push((file.as_ref(), resource));
                    let file = file.clone();
                    by_id.insert(resource.id.clone(), Located { file, number });
                }
            }
        }
        (by_id, in_order)
    }

    fn link(&mut self, in_order: &InOrder<'_>, resources: &Resources<'_>) {
        for (file, resource) in in_order {
            let id = &resource.id;
            match &resource.parent {
                _ if resource.kind == Kind::Workspace => self.roots.push(id.clone()),
                // Its parent is a project, of which Git knows nothing.
                _ if resource.kind == Kind::ProjectLintRuleset => self.strays.push(id.clone()),
                Some(parent)
                    if resources.get(parent).is_some()
                        || resources.broken_roots.contains(parent.0.as_str()) =>
                {
                    self.children.entry(parent.clone()).or_default().push(id.clone());
                }
                // Its collection is on another branch; it shows again there.
                Some(_) if private_name(&file.path).is_some() => {}
                parent => {
                    self.strays.push(id.clone());
                    self.problems
                        .push(missing_parent(file, resource, parent.as_ref()));
                }
            }
        }
        self.break_cycles(in_order, resources);
    }

    /// Whoever is still not reached from a root or a stray hangs in a ring of parents.
    fn break_cycles(&mut self, in_order: &InOrder<'_>, resources: &Resources<'_>) {
        let broken_roots = self
            .children
            .keys()
            .filter(|id| !resources.by_id.contains_key(*id));
        let starts: Vec<_> = self
            .roots
            .iter()
            .chain(&self.strays)
            .chain(broken_roots)
            .cloned()
            .collect();
        let mut reached = HashSet::new();
        for start in &starts {
            self.reach(start, &mut reached);
        }
        for (file, resource) in in_order {
            let id = &resource.id;
            if reached.contains(id) || self.roots.contains(id) || !resources.is_in_ring(id) {
                continue;
            }
            let message =
                "This resource lies in a folder that lies in itself. Move one of them somewhere else.";
            self.problems
                .push(problem("cycle", message, &file.path, resource.parent_place));
            if let Some(siblings) = resource
                .parent
                .as_ref()
                .and_then(|parent| self.children.get_mut(parent))
            {
                siblings.retain(|sibling| sibling != id);
            }
            self.strays.push(id.clone());
            self.reach(id, &mut reached);
        }
    }

    /// What lies deeper than anybody can follow is shown at the top instead.
    fn cut_deep_folders(&mut self, resources: &Resources<'_>) {
        let mut open: Vec<(ResourceId, usize)> = self
            .children
            .keys()
            .filter(|id| !resources.is_held(id))
            .map(|id| (id.clone(), 0))
            .collect();
        open.extend(self.strays.iter().map(|id| (id.clone(), 1)));
        while let Some((id, depth)) = open.pop() {
            if depth < MAX_FOLDERS {
                open.extend(
                    self.children
                        .get(&id)
                        .into_iter()
                        .flatten()
                        .map(|child| (child.clone(), depth + 1)),
                );
                continue;
            }
            for cut in self.children.remove(&id).unwrap_or_default() {
                if let Some((file, resource)) = resources.get(&cut) {
                    let message = "This lies in more folders than Sheaf shows. Move it further up.";
                    self.problems
                        .push(problem("too-deep", message, &file.path, resource.parent_place));
                }
                self.strays.push(cut.clone());
                open.push((cut, 1));
            }
        }
    }

    fn reach(&self, start: &ResourceId, reached: &mut HashSet<ResourceId>) {
        let mut open = vec![start.clone()];
        while let Some(id) = open.pop() {
            if reached.insert(id.clone()) {
                open.extend(self.children.get(&id).into_iter().flatten().cloned());
            }
        }
    }

    fn sort_children(&mut self, resources: &Resources<'_>) {
        // Without keys the items of one v5 file stand as they do in the file.
        let place = |id: &ResourceId| {
            let (file, resource) = resources.get(id)?;
            let place = file
                .legacy_path()
                .is_none()
                .then(|| Some((file.path.as_str(), resources.by_id.get(id)?.number)));
            Some((resource.sort_key(), place.flatten()))
        };
        let sort = |ids: &mut Vec<ResourceId>| {
            let mut placed: Vec<_> = std::mem::take(ids)
                .into_iter()
                .map(|id| (place(&id).unwrap_or_default(), id))
                .collect();
            placed.sort_by(|((key_a, place_a), a), ((key_b, place_b), b)| {
                let keys = key_a.total_cmp(key_b);
                keys.then_with(|| place_a.cmp(place_b)).then_with(|| a.cmp(b))
            });
            ids.extend(placed.into_iter().map(|(_, id)| id));
        };
        self.children.values_mut().for_each(sort);
        sort(&mut self.strays);
    }

    fn assign_collections(&mut self) {
        for root in self.roots.clone() {
            self.assign(&root, &root);
        }
        if let [only] = self.roots.as_slice() {
            let only = only.clone();
            for stray in self.strays.clone() {
                self.assign(&stray, &only);
            }
        }
    }

    fn assign(&mut self, start: &ResourceId, collection: &ResourceId) {
        let mut reached = HashSet::new();
        self.reach(start, &mut reached);
        self.collection_of
            .extend(reached.into_iter().map(|id| (id, collection.clone())));
    }
}

struct Resources<'f> {
    by_id: &'f ById,
    broken_roots: HashSet<&'f str>,
}

impl<'f> Resources<'f> {
    /// Does the chain of parents lead back to where it started?
    fn is_in_ring(&self, id: &ResourceId) -> bool {
        let mut seen = HashSet::new();
        let mut at = self.parent(id);
        while let Some(parent) = at.filter(|parent| seen.insert(*parent)) {
            if parent == id {
                return true;
            }
            at = self.parent(parent);
        }
        false
    }

    fn parent(&self, id: &ResourceId) -> Option<&'f ResourceId> {
        self.get(id)?.1.parent.as_ref()
    }

    /// Does anything hold this? A collection, even a broken one, stands alone.
    fn is_held(&self, id: &ResourceId) -> bool {
        self.get(id)
            .is_some_and(|(_, resource)| resource.kind != Kind::Workspace)
    }

    fn get(&self, id: &ResourceId) -> Option<(&'f SourceFile, &'f Resource)> {
        self.by_id.get(id)?.resource()
    }
}

/// Ids of the Workspace files that cannot be read, which still hold what names them as parent.
fn broken_roots(files: &Files) -> HashSet<&str> {
    let broken = files.values().filter(|file| file.parsed().resources.is_empty());
    let places = broken.filter_map(|file| file.legacy_path());
    places
        .filter(|place| place.folder == "Workspace")
        .map(|place| place.id)
        .collect()
}

fn missing_parent(file: &SourceFile, resource: &Resource, parent: Option<&ResourceId>) -> Problem {
    let message = match parent {
        Some(parent) => format!(
            "The folder or collection that should hold this (`{parent}`) is not there. Move it into another folder, \
             or restore the missing one."
        ),
        None => "This does not say which folder or collection holds it. Move it into one.".to_owned(),
    };
    problem("missing-parent", message, &file.path, resource.parent_place)
}

/// Parsing is most of the work of opening a large project, and files do not depend on each other.
pub(crate) fn parse_all<'f>(files: impl Iterator<Item = &'f Arc<SourceFile>>) {
    let files: Vec<_> = files.collect();
    parallel::map(&files, |file| {
        file.parsed();
    });
}
