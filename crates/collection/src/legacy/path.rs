//! Paths of the legacy tree.

use crate::kinds::kind_name;
use crate::model::{Kind, ResourceId};

/// Name of the folder that makes a tree.
pub(crate) const TREE: &str = ".insomnia";

/// Where private environments are kept, as a path from the work tree: no commit can hold one below `.git`.
const PRIVATE_ROOT: &str = ".git/sheaf/private";
const PRIVATE_FOLDER: &str = "Environment";
const PRIVATE_ENDING: &str = ".yml";

/// A path that says which resource to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LegacyPath<'p> {
    /// What stands before `.insomnia`: nothing, or a folder with its `/`. Each is a tree of its own.
    pub root: &'p str,
    /// Name of the folder, a model type.
    pub folder: &'p str,
    /// File name without its ending: the id.
    pub id: &'p str,
    /// True for `.json`.
    pub is_json: bool,
}

impl<'p> LegacyPath<'p> {
    /// Splits `…/.insomnia/<Type>/<id>.{yml,yaml,json}`, and the path of a private environment.
    pub(crate) fn parse(path: &'p str) -> Option<Self> {
        if let Some(name) = private_name(path) {
            return Some(Self {
                root: "",
                folder: PRIVATE_FOLDER,
                id: name.strip_suffix(PRIVATE_ENDING)?,
                is_json: false,
            });
        }
        let (rest, file) = path.rsplit_once('/')?;
        let (tree, folder) = rest.rsplit_once('/')?;
        let root = tree.strip_suffix(TREE)?;
        let (id, ending) = file.rsplit_once('.')?;
        let is_tree = (root.is_empty() || root.ends_with('/')) && !root.starts_with(".git/");
        let is_resource = is_tree && !id.is_empty() && matches!(ending, "yml" | "yaml" | "json");
        is_resource.then_some(Self {
            root,
            folder,
            id,
            is_json: ending == "json",
        })
    }
}

/// Where a new resource goes in the tree under `root` (nothing, or a folder with its `/`).
pub(crate) fn file_path(root: &str, kind: Kind, id: &ResourceId) -> String {
    format!("{root}{TREE}/{}/{id}.yml", kind_name(kind))
}

/// Where a private environment is kept. Its file is one of the legacy tree, whatever the layout of its collection.
pub(crate) fn private_path(id: &ResourceId) -> String {
    format!("{PRIVATE_ROOT}/{id}{PRIVATE_ENDING}")
}

/// The name of the file of a private environment, or nothing for files that Git sees.
pub fn private_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix(PRIVATE_ROOT)?.strip_prefix('/')?;
    let is_ours = name.strip_suffix(PRIVATE_ENDING).is_some_and(|id| !id.is_empty());
    (is_ours && !name.starts_with('.') && !name.contains(['/', '\\'])).then_some(name)
}

/// The path of a private environment from the name of its file.
pub fn private_file(name: &str) -> String {
    format!("{PRIVATE_ROOT}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_tree_are_resources() {
        let root = |path| LegacyPath::parse(path).map(|path| path.root);
        assert_eq!(root(".insomnia/Request/req_1.yml"), Some(""));
        assert_eq!(root("a/b/.insomnia/Request/req_1.yml"), Some("a/b/"));
        assert!(LegacyPath::parse(".insomnia/Request/req_1.json").is_some_and(|path| path.is_json));
        for path in [
            "a.insomnia/Request/req_1.yml",
            ".insomnia/req_1.yml",
            ".insomnia/A/b/c.yml",
            ".insomnia/A/.yml",
            ".git/.insomnia/Request/req_1.yml",
        ] {
            assert_eq!(LegacyPath::parse(path), None, "{path}");
        }
    }

    #[test]
    fn private_environments_have_a_place_of_their_own() {
        let path = private_path(&ResourceId("env_1".to_owned()));
        assert_eq!(private_name(&path), Some("env_1.yml"));
        assert!(
            LegacyPath::parse(&path).is_some_and(|path| path.folder == "Environment" && path.id == "env_1")
        );
        for path in [
            ".git/sheaf/private/a/b.yml",
            ".git/sheaf/private/.yml",
            ".git/sheaf/private/.undo.yml",
            ".git/sheaf/merge.yml",
            "x/.git/sheaf/private/a.yml",
        ] {
            assert_eq!(private_name(path), None, "{path}");
        }
    }
}
