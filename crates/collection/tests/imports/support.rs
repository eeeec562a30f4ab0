//! What the tests of all formats do alike.

use serde_json::{Map, Value};
use sheaf_collection::model::{Kind, ResourceId, TreeNode};
use sheaf_collection::{Collections, ImportReport, read_import};

pub(crate) const NOW: i64 = 1_800_000_000_000;

/// An import that was written into an empty project.
pub(crate) struct Done {
    pub(crate) all: Collections,
    pub(crate) report: ImportReport,
}

/// Imports files into an empty project. The result must be read back without a problem.
pub(crate) fn import(files: &[(&str, &str)]) -> Done {
    import_into(&Collections::default(), files)
}

/// The same into a project that holds something already.
pub(crate) fn import_into(existing: &Collections, files: &[(&str, &str)]) -> Done {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let plan = read_import(files)
        .unwrap()
        .into_new(existing, |_| false, NOW)
        .unwrap();
    let all = existing.with_files(plan.files.into_iter().map(|file| (file.path, file.after)));
    assert_eq!(all.problems(), []);
    assert!(!plan.created.is_empty());
    Done {
        all,
        report: plan.report,
    }
}

impl Done {
    /// Lines of the tree: names with their folders, environments last.
    pub(crate) fn tree(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for tree in self.all.trees() {
            lines.push(tree.name.clone());
            for nodes in [&tree.items, &tree.environments, &tree.tests, &tree.others] {
                add(nodes, 1, &mut lines);
            }
        }
        lines
    }

    /// Fields of the only resource with this name and kind.
    pub(crate) fn fields(&self, kind: Kind, name: &str) -> Map<String, Value> {
        let ids: Vec<ResourceId> = self.all.ids();
        let mut found = ids.iter().filter_map(|id| self.all.resource(id));
        let found = found.find(|resource| resource.kind == kind && resource.name == name);
        found
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.tree()))
            .fields
    }

    /// Fields of the only request with this name.
    pub(crate) fn request(&self, name: &str) -> Map<String, Value> {
        self.fields(Kind::Request, name)
    }

    /// A remark about what was left or changed holds this.
    pub(crate) fn says(&self, part: &str) -> bool {
        let report = &self.report;
        report
            .left
            .iter()
            .chain(&report.changed)
            .any(|line| line.contains(part))
    }
}

fn add(nodes: &[TreeNode], depth: usize, lines: &mut Vec<String>) {
    for node in nodes {
        let method = node
            .method
            .as_ref()
            .map(|method| format!("{method} "))
            .unwrap_or_default();
        lines.push(format!("{}{method}{}", "  ".repeat(depth), node.name));
        add(&node.children, depth + 1, lines);
    }
}
