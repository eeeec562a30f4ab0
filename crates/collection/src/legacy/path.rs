//! Paths of the legacy tree.

use crate::kinds::kind_name;
use crate::model::{Kind, ResourceId};

const ROOT: &str = ".insomnia";

/// A path that says which resource to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LegacyPath<'p> {
    /// Name of the folder, a model type.
    pub folder: &'p str,
    /// File name without its ending: the id.
    pub id: &'p str,
    /// True for `.json`.
    pub is_json: bool,
}

impl<'p> LegacyPath<'p> {
    /// Splits `.insomnia/<Type>/<id>.{yml,yaml,json}`.
    pub(crate) fn parse(path: &'p str) -> Option<Self> {
        let rest = path.strip_prefix(ROOT)?.strip_prefix('/')?;
        let (folder, file) = rest.split_once('/')?;
        let (id, ending) = file.rsplit_once('.')?;
        let is_resource = !file.contains('/') && !id.is_empty() && matches!(ending, "yml" | "yaml" | "json");
        is_resource.then_some(Self {
            folder,
            id,
            is_json: ending == "json",
        })
    }
}

/// Where a new resource goes.
pub(crate) fn file_path(kind: Kind, id: &ResourceId) -> String {
    format!("{ROOT}/{}/{id}.yml", kind_name(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_tree_are_resources() {
        assert!(LegacyPath::parse(".insomnia/Request/req_1.yml").is_some());
        assert!(LegacyPath::parse(".insomnia/Request/req_1.json").is_some_and(|path| path.is_json));
        for path in [
            "a/.insomnia/Request/req_1.yml",
            ".insomnia/req_1.yml",
            ".insomnia/A/b/c.yml",
            ".insomnia/A/.yml",
        ] {
            assert_eq!(LegacyPath::parse(path), None, "{path}");
        }
    }
}
