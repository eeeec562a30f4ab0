//! The state of all collection files of a project, at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::index::Index;
use crate::kinds::kind_of_id;
use crate::legacy::{LegacyPath, file_path, private_name};
use crate::model::{CollectionTree, Kind, Problem, ResourceId, ResourceView};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::{tree, v5};

/// Bytes of a broken file that are shown.
const MOST_SHOWN: usize = 1024 * 1024;

/// The state of all collection files of a project: of the work tree, or of a commit.
///
/// Cheap to derive from another state: files that did not change are shared and not parsed again.
#[derive(Default)]
pub struct Collections {
    pub(crate) files: BTreeMap<String, Arc<SourceFile>>,
    index: OnceLock<Index>,
}

impl Collections {
    /// Is this repository path worth reading? True for `…/.insomnia/<Type>/<id>.{yml,yaml,json}`, and for any other
    /// YAML file, of which [`Collections::is_v5`] then has to see the content.
    pub fn may_hold(path: &str) -> bool {
        LegacyPath::parse(path).is_some() || v5::is_v5_path(path)
    }

    /// For a YAML file outside a legacy tree: does a line of it, for Insomnia the first, name a v5 type?
    pub fn is_v5(bytes: &[u8]) -> bool {
        v5::is_v5(bytes)
    }

    /// Is this where a legacy tree keeps a collection itself, and not one of the resources in it?
    pub fn is_root(path: &str) -> bool {
        LegacyPath::parse(path).is_some_and(|place| place.folder == "Workspace")
    }

    /// Does a file belong to a collection, by its path or (one of) its contents?
    pub fn holds<'b>(path: &str, contents: impl IntoIterator<Item = &'b [u8]>) -> bool {
        LegacyPath::parse(path).is_some() || v5::is_v5_path(path) && contents.into_iter().any(v5::is_v5)
    }

    /// Reads files. Never fails: what cannot be read becomes a [`Problem`] and a broken node.
    pub fn read(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files
            .into_iter()
            .filter_map(|(path, bytes)| SourceFile::new(path, bytes));
        Self {
            files: files.map(|file| (file.path.clone(), Arc::new(file))).collect(),
            index: OnceLock::new(),
        }
    }

    /// The same with some files replaced, added, or (with no content) removed. Other files are not parsed again.
    #[must_use]
    pub fn with_files(&self, changed: impl IntoIterator<Item = (String, Option<Vec<u8>>)>) -> Self {
        let mut files = self.files.clone();
        for (path, bytes) in changed {
            let is_same = bytes.is_some() && files.get(&path).map(|file| &*file.bytes) == bytes.as_ref();
            if is_same {
                continue;
            }
            let old = files.remove(&path);
            let file = bytes.and_then(|bytes| match old {
                Some(old) => old.with_bytes(bytes),
                None => SourceFile::new(path.clone(), bytes),
            });
            if let Some(file) = file {
                files.insert(path, Arc::new(file));
            }
        }
        Self {
            files,
            index: OnceLock::new(),
        }
    }

    /// The same without what is kept out of Git, to be compared with commits.
    #[must_use]
    pub fn shared(&self) -> Self {
        let private = self.files.keys().filter(|path| private_name(path).is_some());
        self.with_files(private.map(|path| (path.clone(), None)).collect::<Vec<_>>())
    }

    /// True where there is no collection at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Every collection with its tree, by name.
    pub fn trees(&self) -> Vec<CollectionTree> {
        tree::trees(self)
    }

    /// What is wrong with the files, by path.
    pub fn problems(&self) -> Vec<Problem> {
        self.index().problems.clone()
    }

    /// One resource with all its fields. The id of a broken file is its path; its one field is `text`, of
    /// which a large file has the first megabyte.
    pub fn resource(&self, id: &ResourceId) -> Option<ResourceView> {
        match self.located(id) {
            Some((file, resource)) => Some(self.view(file, resource)),
            None => self.files.get(&id.0).map(|file| broken_view(file)),
        }
    }

    /// The file that holds a resource, with its content.
    pub fn file_of(&self, id: &ResourceId) -> Option<(&str, Arc<Vec<u8>>)> {
        let (file, _) = self.located(id)?;
        Some((&file.path, file.bytes.clone()))
    }

    /// The content of a file that belongs to a collection, shared.
    pub fn content_of(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        Some(self.files.get(path)?.bytes.clone())
    }

    /// The content of a file that belongs to a collection.
    pub fn bytes_of(&self, path: &str) -> Option<Vec<u8>> {
        Some(self.files.get(path)?.bytes.to_vec())
    }

    /// Ids of all resources that can be read, by file.
    pub fn ids(&self) -> Vec<ResourceId> {
        let index = self.index();
        let resources = self.files.values().flat_map(|file| {
            file.parsed()
                .resources
                .iter()
                .enumerate()
                .map(move |(number, resource)| (file, number, resource))
        });
        resources
            .filter(|(file, number, resource)| {
                let located = index.by_id.get(&resource.id);
                located.is_some_and(|located| Arc::ptr_eq(&located.file, file) && located.number == *number)
            })
            .map(|(_, _, resource)| resource.id.clone())
            .collect()
    }

    /// What stands where a resource of another state stood: for one whose id may have been made by an edit.
    pub fn at_place_of(&self, before: &Self, id: &ResourceId) -> Option<ResourceId> {
        if self.located(id).is_some() {
            return Some(id.clone());
        }
        let place = before.index().by_id.get(id)?;
        let resource = self
            .files
            .get(&place.file.path)?
            .parsed()
            .resources
            .get(place.number)?;
        Some(resource.id.clone())
    }

    /// How the resources hang together; made when first needed.
    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.files))
    }

    /// Name and parent of a resource.
    pub fn place(&self, id: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        let (_, resource) = self.located(id)?;
        Some((resource.name(), resource.parent.clone()))
    }

    /// A resource with its file.
    pub(crate) fn located(&self, id: &ResourceId) -> Option<(&SourceFile, &Resource)> {
        self.index().by_id.get(id)?.resource()
    }

    /// The same, without reading every file where its path follows from the id.
    pub(crate) fn located_quickly(&self, id: &ResourceId) -> Option<(&SourceFile, &Resource)> {
        let guess = kind_of_id(&id.0).and_then(|kind| self.files.get(&file_path("", kind, id)));
        let resource = guess.and_then(|file| Some((file.as_ref(), file.parsed().resources.first()?)));
        resource
            .filter(|(_, resource)| resource.id == *id)
            .or_else(|| self.located(id))
    }

    /// Paths where the folders and collections may lie that hold what is here, and what it refers to by id, as far as
    /// they are not here themselves. With them, a few files of a large tree can say where they belong.
    pub fn missing_files(&self) -> Vec<String> {
        let mut missing = BTreeSet::new();
        for file in self.files.values() {
            let Some(place) = file.legacy_path() else { continue };
            for resource in &file.parsed().resources {
                let named = match resource.kind {
                    Kind::UnitTest => resource.text("requestId"),
                    Kind::GrpcRequest => resource.text("protoFileId"),
                    _ => None,
                };
                let named = named.map(|id| ResourceId(id.to_owned()));
                for id in resource.parent.iter().cloned().chain(named) {
                    let kind = kind_of_id(&id.0).filter(|_| self.located(&id).is_none());
                    let path = kind.map(|kind| file_path(place.root, kind, &id));
                    let endings =
                        |path: String| [path.replace(".yml", ".yaml"), path.replace(".yml", ".json"), path];
                    missing.extend(path.into_iter().flat_map(endings));
                }
            }
        }
        missing
            .into_iter()
            .filter(|path| !self.files.contains_key(path))
            .collect()
    }

    fn view(&self, file: &SourceFile, resource: &Resource) -> ResourceView {
        ResourceView {
            id: resource.id.clone(),
            kind: resource.kind,
            name: resource.name(),
            path: file.path.clone(),
            parent_id: resource.parent.clone(),
            collection_id: self.index().collection_of.get(&resource.id).cloned(),
            read_only: false,
            fields: resource.fields.clone(),
            version: file.version(),
        }
    }
}

fn broken_view(file: &SourceFile) -> ResourceView {
    let shown = &file.bytes[..file.bytes.len().min(MOST_SHOWN)];
    let text = String::from_utf8_lossy(shown).into_owned();
    ResourceView {
        id: ResourceId(file.path.clone()),
        kind: Kind::Broken,
        name: tree::file_name(&file.path),
        path: file.path.clone(),
        parent_id: None,
        collection_id: None,
        read_only: true,
        fields: [("text".to_owned(), text.into())].into_iter().collect(),
        version: file.version(),
    }
}
