//! The trees that the window shows.

use serde_json::Value;

use crate::collections::Collections;
use crate::index::Index;
use crate::legacy::{LegacyPath, TREE};
use crate::model::{CollectionTree, Kind, Layout, Problem, ResourceId, TreeNode};
use crate::resource::Resource;
use crate::source::SourceFile;

/// Every collection with its tree, by name.
pub(crate) fn trees(all: &Collections) -> Vec<CollectionTree> {
    let builder = Builder {
        all,
        index: all.index(),
    };
    let mut trees: Vec<_> = builder
        .index
        .roots
        .iter()
        .filter_map(|root| builder.tree(root))
        .collect();
    trees.extend(builder.broken_collections());
    trees.extend(builder.copies());
    trees.sort_by_key(|tree| (tree.name.to_lowercase(), tree.id.clone()));
    builder.place_lost(&mut trees);
    trees
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

struct Builder<'c> {
    all: &'c Collections,
    index: &'c Index,
}

impl Builder<'_> {
    fn tree(&self, id: &ResourceId) -> Option<CollectionTree> {
        let (file, workspace) = self.all.located(id)?;
        let layout = if file.legacy_path().is_some() {
            Layout::Legacy
        } else {
            Layout::V5
        };
        let mut tree = empty_tree(id.clone(), workspace.name(), layout, &file.path);
        scope(workspace).clone_into(&mut tree.scope);
        for child in self.index.children.get(id).into_iter().flatten() {
            self.place(child, &mut tree);
        }
        Some(tree)
    }

    fn place(&self, id: &ResourceId, tree: &mut CollectionTree) {
        if let Some(node) = self.node(id) {
            place_node(node, tree);
        }
    }

    fn node(&self, id: &ResourceId) -> Option<TreeNode> {
        let (file, resource) = self.all.located(id)?;
        let children = self.index.children.get(id).into_iter().flatten();
        Some(TreeNode {
            id: id.clone(),
            kind: resource.kind,
            name: resource.name(),
            method: resource.method(),
            url: resource.text("url").map(str::to_owned),
            path: file.path.clone(),
            color: color_of(resource),
            problem: self.problem_of(file, resource),
            children: children.filter_map(|child| self.node(child)).collect(),
        })
    }

    fn problem_of(&self, file: &SourceFile, resource: &Resource) -> Option<Problem> {
        let places = [resource.id_place, resource.parent_place];
        let is_own = |problem: &&Problem| {
            let place = problem.line.zip(problem.column);
            file.legacy_path().is_some() || place.is_some() && places.contains(&place)
        };
        self.index.problems_of(&file.path).iter().find(is_own).cloned()
    }

    /// Workspace files that cannot be read, with what names them as parent; and v5 files that cannot be read.
    fn broken_collections(&self) -> Vec<CollectionTree> {
        let broken = self.broken_files();
        let collections = broken.filter_map(|file| match file.legacy_path() {
            Some(place) if place.folder == "Workspace" => {
                let id = ResourceId(place.id.to_owned());
                (!self.index.by_id.contains_key(&id))
                    .then(|| self.broken_collection(file, &id, Layout::Legacy))
            }
            Some(_) => None,
            None => Some(self.broken_collection(file, &ResourceId(file.path.clone()), Layout::V5)),
        });
        collections.collect()
    }

    fn broken_collection(&self, file: &SourceFile, id: &ResourceId, layout: Layout) -> CollectionTree {
        let mut tree = empty_tree(id.clone(), file_name(&file.path), layout, &file.path);
        tree.read_only = true;
        tree.items.push(broken_node(file));
        for child in self.index.children.get(id).into_iter().flatten() {
            self.place(child, &mut tree);
        }
        tree
    }

    /// Sets of files that hold what another one holds, too.
    fn copies(&self) -> impl Iterator<Item = CollectionTree> {
        self.index.copies.iter().map(|set| {
            let layout = if self.all.files.contains_key(set) {
                Layout::V5
            } else {
                Layout::Legacy
            };
            let id = ResourceId(set.clone());
            let mut tree = empty_tree(id.clone(), set.clone(), layout, set);
            tree.read_only = true;
            tree.items.push(TreeNode {
                id,
                kind: Kind::Broken,
                name: file_name(set),
                method: None,
                url: None,
                path: set.clone(),
                color: None,
                problem: self.index.problems_of(set).first().cloned(),
                children: Vec::new(),
            });
            tree
        })
    }

    fn broken_files(&self) -> impl Iterator<Item = &SourceFile> {
        let files = self.all.files.values().map(AsRef::as_ref);
        files.filter(|file: &&SourceFile| file.parsed().resources.is_empty())
    }

    /// Resources without a collection and broken files go to the first collection of their tree, so that nothing is
    /// hidden.
    fn place_lost(&self, trees: &mut Vec<CollectionTree>) {
        let strays = self.index.strays.iter().filter_map(|id| self.node(id));
        let broken = self.broken_files().filter(|file| {
            file.legacy_path()
                .is_some_and(|place| place.folder != "Workspace")
        });
        let lost = strays.chain(broken.map(broken_node)).chain(self.duplicates());
        for node in lost {
            let root = root_of(&node.path);
            let is_home = |tree: &CollectionTree| {
                tree.layout == Layout::Legacy
                    && root_of(&tree.path) == root
                    && !self.index.copies.contains(&tree.path)
            };
            let home = trees.iter().position(is_home).unwrap_or_else(|| {
                trees.push(nowhere(root));
                trees.len() - 1
            });
            place_node(node, &mut trees[home]);
        }
    }

    /// Files whose id another file has already taken.
    fn duplicates(&self) -> impl Iterator<Item = TreeNode> {
        let files = self
            .all
            .files
            .values()
            .filter(|file| file.legacy_path().is_some() && !self.index.is_copy(file));
        files.filter_map(|file| {
            let resource = file.parsed().resources.first()?;
            let first = self.index.by_id.get(&resource.id)?;
            (first.file.path != file.path).then(|| TreeNode {
                kind: Kind::Broken,
                name: resource.name(),
                problem: self.index.problems_of(&file.path).first().cloned(),
                ..broken_node(file)
            })
        })
    }
}

/// Only environments are looked into: the fields of the others are read when they are opened.
fn color_of(resource: &Resource) -> Option<String> {
    let color = (resource.kind == Kind::Environment)
        .then(|| resource.text("color"))
        .flatten();
    color.filter(|color| !color.is_empty()).map(str::to_owned)
}

fn place_node(node: TreeNode, tree: &mut CollectionTree) {
    match node.kind {
        Kind::ApiSpec if tree.spec.is_none() => tree.spec = Some(node),
        Kind::Environment => tree.environments.push(node),
        Kind::UnitTestSuite | Kind::UnitTest => tree.tests.push(node),
        Kind::Request
        | Kind::RequestGroup
        | Kind::GrpcRequest
        | Kind::WebSocketRequest
        | Kind::SocketIORequest
        | Kind::McpRequest
        | Kind::Broken => tree.items.push(node),
        _ => tree.others.push(node),
    }
}

/// What stands before `.insomnia` in the path of a file of the tree, or of the tree itself.
fn root_of(path: &str) -> &str {
    let place = LegacyPath::parse(path).map(|place| place.root);
    place.or_else(|| path.strip_suffix(TREE)).unwrap_or_default()
}

/// Where resources of a tree without a collection are shown.
fn nowhere(root: &str) -> CollectionTree {
    let path = format!("{root}{TREE}");
    let id = ResourceId(path.clone());
    let mut tree = empty_tree(id, "Without a collection".to_owned(), Layout::Legacy, &path);
    tree.read_only = true;
    tree
}

fn empty_tree(id: ResourceId, name: String, layout: Layout, path: &str) -> CollectionTree {
    CollectionTree {
        id,
        name,
        scope: "collection".to_owned(),
        layout,
        read_only: false,
        path: path.to_owned(),
        items: Vec::new(),
        environments: Vec::new(),
        spec: None,
        tests: Vec::new(),
        others: Vec::new(),
    }
}

fn broken_node(file: &SourceFile) -> TreeNode {
    TreeNode {
        id: ResourceId(file.path.clone()),
        kind: Kind::Broken,
        name: file_name(&file.path),
        method: None,
        url: None,
        path: file.path.clone(),
        color: None,
        problem: file.parsed().problems.first().cloned(),
        children: Vec::new(),
    }
}

/// Old files say `spec` or `designer`; Insomnia takes whatever else it does not know for a collection.
pub(crate) fn scope(workspace: &Resource) -> &str {
    match workspace.fields.get("scope").and_then(Value::as_str) {
        Some("spec" | "designer" | "design") => "design",
        Some(known @ ("mock-server" | "environment" | "mcp")) => known,
        _ => "collection",
    }
}
