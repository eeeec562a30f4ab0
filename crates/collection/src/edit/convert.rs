//! From the tree to one file, as Insomnia migrates a collection, without what it would lose on the way.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::draft::{Draft, new_text};
use super::error::EditError;
use super::ids::base_environment_id;
use super::relocate::has_no_place_in_v5;
use super::stamp::Stamp;
use super::template::new_fields;
use crate::collections::Collections;
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5::{self, SpecText};
use crate::yaml::count_comments;
use crate::{changes, tree};

/// A collection of the tree as one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Path of the new file.
    pub path: String,
    /// The files to write and to delete, together or not at all.
    pub files: Vec<FileEdit>,
    /// What such a file has no place for and is kept beside it, in words: "2 proto files".
    pub kept: Vec<String>,
    /// How many comments of files written by hand are not in the new one, by the path of the old file.
    pub lost_comments: BTreeMap<String, usize>,
}

impl Collections {
    /// A collection of the tree as one v5 file: named, ordered and written as Insomnia's own migration does. Proto files
    /// and messages of sockets, which it loses, are kept in a tree beside; comments in the API spec, empty values in
    /// environment data and unknown fields stay.
    ///
    /// # Errors
    /// Where the collection is a v5 file already, or something in it cannot be read.
    pub fn convert(
        &self,
        id: &ResourceId,
        stamp: impl Into<Stamp>,
        is_taken: impl Fn(&str) -> bool,
    ) -> Result<Conversion, EditError> {
        let (file, workspace) = self.editable(id)?;
        let Some(place) = file.legacy_path().filter(|_| workspace.kind == Kind::Workspace) else {
            return Err(EditError::bad_place(
                "only a collection of the tree can become a single file.",
            ));
        };
        self.check_readable(file)?;
        let migrated = format!("{}insomnia.{id}.yaml", place.root);
        let path = if self.files.contains_key(&migrated) || is_taken(&migrated) {
            self.free_path(place.root, &workspace.name(), &is_taken)
        } else {
            migrated
        };
        let (document, spec) = self.as_document(workspace, stamp.into())?;
        let mut draft = Draft::new(self);
        draft.write(path.clone(), id, text(&path, id, document, spec)?);
        let kept = self.clear_away(&mut draft, id)?;
        let files = draft.finish()?;
        Ok(Conversion {
            path,
            lost_comments: self.comments_in_deleted(&files),
            files,
            kept: self.counted(&kept),
        })
    }

    /// The comments of files that go. A file that is moved keeps its own.
    fn comments_in_deleted(&self, files: &[FileEdit]) -> BTreeMap<String, usize> {
        let deleted = files.iter().filter(|edit| edit.after.is_none());
        let deleted = deleted.filter_map(|edit| self.files.get(&edit.path));
        let is_moved = |file: &SourceFile| {
            let mut resources = file.parsed().resources.iter();
            resources.any(|resource| has_no_place_in_v5(resource.kind))
        };
        let counts = deleted
            .filter(|file| !is_moved(file))
            .map(|file| (file.path.clone(), count_comments(file.text().unwrap_or_default())));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// A file that cannot be read may belong to the collection, and would stay behind.
    fn check_readable(&self, collection: &SourceFile) -> Result<(), EditError> {
        let set = collection.set();
        let mut files = self.files.values().filter(|file| file.set() == set);
        match files.find(|file| file.parsed().resources.is_empty()) {
            Some(broken) => Err(EditError::bad_place(format!(
                "{} cannot be read. Correct or delete it first, so that nothing is left behind.",
                broken.path
            ))),
            None => Ok(()),
        }
    }

    fn as_document(
        &self,
        workspace: &Resource,
        stamp: Stamp,
    ) -> Result<(Map<String, Value>, Option<SpecText>), EditError> {
        let children = self.v5_order(&workspace.id);
        let of = |kind: Kind| children.iter().copied().filter(move |child| child.kind == kind);
        let spec = of(Kind::ApiSpec).next();
        let has_design = spec.is_some() || of(Kind::UnitTestSuite).next().is_some();
        let scope = match tree::scope(workspace) {
            // Insomnia keeps specs and tests in design documents only.
            "collection" if has_design => "design",
            scope => scope,
        };
        let mut document = self.new_document(scope, &workspace.name());
        let meta = self.as_item(workspace, workspace.fields.clone())?;
        document.extend(meta.get("meta").map(|meta| ("meta".to_owned(), meta.clone())));
        if let Some(server) = of(Kind::MockServer).next() {
            let item = self.as_item(server, server.fields.clone())?;
            document.insert("server".to_owned(), Value::Object(item));
            self.list(&mut document, "routes", self.v5_order(&server.id))?;
        }
        for (key, kind) in [("mcpRequest", Kind::McpRequest), ("cookieJar", Kind::CookieJar)] {
            if let Some(one) = of(kind).next() {
                let item = self.as_item(one, one.fields.clone())?;
                document.insert(key.to_owned(), Value::Object(item));
            }
        }
        let items = children
            .iter()
            .copied()
            .filter(|child| v5::is_list_item(child.kind));
        self.list(&mut document, "collection", items.collect())?;
        if scope != "mock-server" || of(Kind::Environment).next().is_some() {
            let bases: Vec<&Resource> = of(Kind::Environment).collect();
            let base = self.base_item(workspace, &bases, stamp)?;
            document.insert("environments".to_owned(), Value::Object(base));
        }
        let spec = spec
            .map(|spec| self.spec_item(&mut document, spec))
            .transpose()?
            .flatten();
        self.list(&mut document, "testSuites", of(Kind::UnitTestSuite).collect())?;
        Ok((document, spec))
    }

    fn list(
        &self,
        document: &mut Map<String, Value>,
        key: &str,
        resources: Vec<&Resource>,
    ) -> Result<(), EditError> {
        let items: Result<Vec<Value>, EditError> = resources
            .into_iter()
            .map(|resource| self.as_item(resource, resource.fields.clone()).map(Value::Object))
            .collect();
        let mut items = items?;
        if v5::is_typed(&Value::Object(document.clone())) && key == "collection" {
            for item in items.iter_mut().filter_map(Value::as_object_mut) {
                let kind = v5::item_kind(item);
                v5::typed_as(item, kind);
            }
        }
        if !items.is_empty() {
            document.insert(key.to_owned(), Value::Array(items));
        }
        Ok(())
    }

    /// The base environment with those below it; a collection without one gets one, as Insomnia writes none without.
    fn base_item(
        &self,
        workspace: &Resource,
        bases: &[&Resource],
        stamp: Stamp,
    ) -> Result<Map<String, Value>, EditError> {
        let base = match bases {
            [] => {
                let id = base_environment_id(&workspace.id);
                let name = "Base Environment";
                let mut fields = new_fields(Kind::Environment, &id, Some(&workspace.id), name, stamp.now);
                fields.shift_remove("metaSortKey");
                return v5::new_item(Kind::Environment, &fields, false);
            }
            [base] => base,
            _ => {
                return Err(EditError::bad_place(
                    "this collection has more than one base environment, and a single file has one. Delete the others \
                     first.",
                ));
            }
        };
        let mut item = self.as_item(base, base.fields.clone())?;
        if let Some(meta) = item.get_mut("meta").and_then(Value::as_object_mut) {
            meta.shift_remove("sortKey");
        }
        Ok(item)
    }

    /// Puts the spec into the document: as a tree, or where its text has comments, with a text to be put in later.
    fn spec_item(
        &self,
        document: &mut Map<String, Value>,
        spec: &Resource,
    ) -> Result<Option<SpecText>, EditError> {
        let text = v5::spec_text(spec.text("contents").unwrap_or_default())?;
        let mut fields = spec.fields.clone();
        fields.insert("contents".to_owned(), "".into());
        let mut item = self.as_item(spec, fields)?;
        item.shift_remove("contents");
        let is_empty = text.value.as_object().is_none_or(Map::is_empty);
        if !is_empty {
            item.shift_insert(0, "contents".to_owned(), text.value.clone());
        }
        document.insert("spec".to_owned(), Value::Object(item));
        Ok((!is_empty && has_comments(&text.text)).then_some(text))
    }

    fn counted(&self, kept: &[ResourceId]) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, resource) in kept.iter().filter_map(|id| self.located(id)) {
            *counts.entry(changes::kind_word(resource.kind)).or_default() += 1;
        }
        let words = counts.into_iter().map(|(word, count)| match count {
            1 => format!("1 {word}"),
            count => match word.strip_suffix('y') {
                Some(stem) => format!("{count} {stem}ies"),
                None => format!("{count} {word}s"),
            },
        });
        words.collect()
    }
}

fn text(
    path: &str,
    id: &ResourceId,
    document: Map<String, Value>,
    spec: Option<SpecText>,
) -> Result<String, EditError> {
    let unsafe_edit = || EditError::Unsafe { id: id.clone() };
    let bytes = new_text(path, id, &Value::Object(document))?;
    let text = String::from_utf8(bytes).map_err(|_| unsafe_edit())?;
    match spec {
        Some(spec) => v5::put_spec(&text, &spec).ok_or_else(unsafe_edit),
        None => Ok(text),
    }
}

/// Could the text have comments? Then it is taken over as it is instead of being written anew.
fn has_comments(text: &str) -> bool {
    let is_comment = |line: &str| line.trim_start().starts_with('#') || line.contains(" #");
    text.lines().any(is_comment)
}
