//! Paths of the legacy tree.

use crate::kinds::kind_name;
use crate::model::{Kind, ResourceId};

/// Name of the folder that makes a tree.
pub(crate) const TREE: &str = ".insomnia";

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
    /// Splits `…/.insomnia/<Type>/<id>.{yml,yaml,json}`.
    pub(crate) fn parse(path: &'p str) -> Option<Self> {
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
}
