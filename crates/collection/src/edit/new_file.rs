//! New v5 files: where they go, how they are called, and what stands in them.

use serde_json::{Map, Value};

use super::draft::new_text;
use super::draft_v5::v5_document;
use super::relocate::BESIDE;
use crate::collections::Collections;
use crate::legacy::private_name;
use crate::model::{FileEdit, Kind, ResourceId, Scope};
use crate::source::SourceFile;
use crate::v5;

type Part = (Kind, ResourceId, Map<String, Value>);

impl Collections {
    /// A new collection as one file, where the project keeps its collections in such files.
    pub(super) fn new_v5_file(
        &self,
        name: &str,
        scope: Scope,
        parts: &[Part],
        is_taken: impl Fn(&str) -> bool,
    ) -> Option<Vec<FileEdit>> {
        let folder = self.folder_of_new_files()?;
        let scope = match scope {
            Scope::Collection => "collection",
            Scope::Design => "design",
        };
        let mut document = self.new_document(scope, name);
        for (kind, _, fields) in parts {
            let mut fields = fields.clone();
            let key = match kind {
                Kind::Workspace => {
                    let item = v5::new_item(*kind, &fields, false).ok()?;
                    document.insert("meta".to_owned(), item.get("meta")?.clone());
                    continue;
                }
                Kind::Environment => "environments",
                _ => "spec",
            };
            // The base environment has no brothers to be sorted among, and an empty spec is none.
            for left_out in ["metaSortKey", "contents"] {
                fields.shift_remove(left_out);
            }
            document.insert(
                key.to_owned(),
                Value::Object(v5::new_item(*kind, &fields, false).ok()?),
            );
        }
        let (_, id, _) = parts.first()?;
        let path = self.free_path(&folder, name, is_taken);
        let text = new_text(&path, id, &Value::Object(document)).ok()?;
        Some(vec![FileEdit {
            path,
            after: Some(text),
        }])
    }

    /// Where a new v5 file goes; nothing where the project keeps no collections so, or keeps others in a tree.
    pub(crate) fn folder_of_new_files(&self) -> Option<String> {
        let neighbours: Vec<&SourceFile> = self.v5_files().collect();
        let is_tree = |file: &SourceFile| {
            let place = file.legacy_path().filter(|place| place.root != BESIDE);
            place.is_some() && private_name(&file.path).is_none()
        };
        let has_tree = self.files.values().any(|file| is_tree(file));
        (!neighbours.is_empty() && !has_tree).then(|| common_folder(&neighbours))
    }

    /// The first keys of a new v5 file, in the schema version of the others.
    pub(crate) fn new_document(&self, scope: &str, name: &str) -> Map<String, Value> {
        let versions = self.v5_files().filter_map(v5_document);
        let version = versions
            .filter_map(|document| v5::version::text(&document))
            .max()
            .unwrap_or_else(|| v5::version::DEFAULT.to_owned());
        Map::from_iter([
            ("type".to_owned(), v5::type_name(scope).into()),
            ("schema_version".to_owned(), version.into()),
            ("name".to_owned(), name.into()),
        ])
    }

    /// A path by Insomnia's rule for names, with a number where the name is taken.
    pub(crate) fn free_path(&self, folder: &str, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let stem = file_stem(name);
        let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}_{number}")));
        let mut paths = names.map(|name| format!("{folder}{name}.yaml"));
        let is_free = |path: &String| {
            let lower = path.to_lowercase();
            !self.files.keys().any(|other| other.to_lowercase() == lower) && !is_taken(path)
        };
        paths.find(is_free).unwrap_or_default()
    }

    pub(crate) fn v5_files(&self) -> impl Iterator<Item = &SourceFile> {
        let files = self.files.values().map(AsRef::as_ref);
        files.filter(|file: &&SourceFile| file.legacy_path().is_none())
    }
}

/// Insomnia's rule: without its ending, in small letters, and with `_` for what is no letter, digit, `_` or `-`.
fn file_stem(name: &str) -> String {
    const MAX_LENGTH: usize = 100;
    let name = name.trim();
    let bare = [".yaml", ".yml"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending));
    let stem: String = bare
        .unwrap_or(name)
        .to_lowercase()
        .trim()
        .chars()
        .map(|char| {
            if char.is_ascii_lowercase() || char.is_ascii_digit() || "_-".contains(char) {
                char
            } else {
                '_'
            }
        })
        .take(MAX_LENGTH)
        .collect();
    if stem.is_empty() || is_device(&stem) {
        return format!("{stem}_");
    }
    stem
}

/// Names that Windows keeps for devices, whatever their ending.
fn is_device(stem: &str) -> bool {
    let numbered = |name: &str| {
        let number = stem.strip_prefix(name);
        number.is_some_and(|number| number.len() == 1 && number.chars().all(|char| char.is_ascii_digit()))
    };
    ["con", "prn", "aux", "nul"].contains(&stem) || numbered("com") || numbered("lpt")
}

/// The folder that all of these files are in, with its `/`; else the top.
fn common_folder(files: &[&SourceFile]) -> String {
    let folder = |file: &SourceFile| {
        file.path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned()
    };
    let mut folders = files.iter().map(|file| folder(file));
    match folders.next() {
        Some(first) if !first.is_empty() && folders.all(|other| other == first) => format!("{first}/"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_insomnias_rule() {
        for (name, stem) in [
            ("Parcel Tracking API", "parcel_tracking_api"),
            (" my-API.yaml", "my-api"),
            ("日本 x", "___x"),
            ("aux", "aux_"),
            ("COM1", "com1_"),
            ("", "_"),
        ] {
            assert_eq!(file_stem(name), stem, "{name}");
        }
    }
}
