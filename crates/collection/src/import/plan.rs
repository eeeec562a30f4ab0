//! From planned resources to the files that hold them.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::collection_file::CollectionFiles;
use super::planned::Planned;
use super::report::{ImportReport, Notes};
use super::{Imported, report_of};
use crate::collections::Collections;
use crate::edit::{
    Draft, EditError, base_environment_id, field_order, new_fields, new_id, new_text, v5_document,
};
use crate::kinds::kind_of_id;
use crate::legacy::{file_path, private_path};
use crate::model::{FileEdit, Kind, ResourceId};
use crate::ordered::set_in_order;
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5::{self, Part};
use crate::yaml::normalised;

/// Distance between the sort keys of siblings.
const STEP: i64 = 100;
/// An id that is kept is no longer than this.
const MAX_ID: usize = 100;
/// Fields that name another resource.
const REFERENCES: [&str; 2] = ["requestId", "protoFileId"];

/// What an import will do; nothing is written yet.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// What stands at the top: the new collections, or what is put into the target.
    pub created: Vec<ResourceId>,
    /// The files to write.
    pub files: Vec<FileEdit>,
    /// What is taken, changed and left.
    pub report: ImportReport,
}

impl Imported {
    /// New collections of what was read; `now` is Unix time in milliseconds.
    /// `is_taken` says of a path whether a file is there that holds no collection.
    pub fn into_new(
        self,
        existing: &Collections,
        is_taken: impl Fn(&str) -> bool,
        now: i64,
    ) -> Result<ImportPlan, EditError> {
        let mut roots = self.roots;
        let mut planner = Planner::new(existing, self.keeps_ids, self.notes, now);
        let mut created = Vec::new();
        for root in &mut roots {
            planner.leave_cookies(root);
            planner.assign(root, None);
        }
        let mut files = CollectionFiles::of(existing);
        for (index, root) in roots.iter().enumerate() {
            match &mut files {
                Some(files) => planner.write_file(root, files, &is_taken)?,
                None => planner.write_tree("", root, None, index),
            }
            created.extend(root.id.clone());
        }
        Ok(planner.finish(&self.source, &roots, created))
    }

    /// Puts what was read into a folder or a collection. Whole collections become folders there, their base
    /// environments the environments of these folders.
    pub fn into_holder(
        self,
        existing: &Collections,
        holder: &ResourceId,
        now: i64,
    ) -> Result<ImportPlan, EditError> {
        existing.check_parent(Kind::Request, holder)?;
        let (file, holding) = existing.editable(holder)?;
        let mut planner = Planner::new(existing, self.keeps_ids, self.notes, now);
        let mut items = Vec::new();
        for root in self.roots {
            planner.as_items(root, self.is_loose, &mut items);
        }
        for item in &mut items {
            planner.assign(item, Some(holder));
        }
        let created = items.iter().filter_map(|item| item.id.clone()).collect();
        planner.place_behind(holder, &mut items);
        if let Some(place) = file.legacy_path() {
            for (index, item) in items.iter().enumerate() {
                planner.write_tree(place.root, item, Some(holder), index);
            }
        } else {
            planner.insert_v5(file, holding, &items)?;
        }
        Ok(planner.finish(&self.source, &items, created))
    }
}

struct Planner<'c> {
    existing: &'c Collections,
    keeps_ids: bool,
    notes: Notes,
    now: i64,
    /// New ids by the ids that resources had.
    ids: HashMap<String, ResourceId>,
    used: HashSet<ResourceId>,
    files: Vec<FileEdit>,
}

impl<'c> Planner<'c> {
    fn new(existing: &'c Collections, keeps_ids: bool, notes: Notes, now: i64) -> Self {
        Self {
            existing,
            keeps_ids,
            notes,
            now,
            ids: HashMap::new(),
            used: HashSet::new(),
            files: Vec::new(),
        }
    }

    fn finish(self, source: &str, roots: &[Planned], created: Vec<ResourceId>) -> ImportPlan {
        let all: Vec<&Planned> = roots.iter().flat_map(Planned::all).collect();
        let taken: Vec<(Kind, &Map<String, Value>)> = all
            .iter()
            .map(|planned| (planned.kind, &planned.fields))
            .collect();
        ImportPlan {
            created,
            files: self.files,
            report: report_of(source, &taken, &self.notes),
        }
    }

    /// Cookies are not shared in this layout.
    fn leave_cookies(&mut self, root: &mut Planned) {
        let notes = &mut self.notes;
        let name = root.name().to_owned();
        root.children.retain(|child| {
            let has_cookies = child.fields.get("cookies").and_then(Value::as_array);
            if child.kind == Kind::CookieJar && has_cookies.is_some_and(|list| !list.is_empty()) {
                notes.left("Cookies are not taken", &name);
            }
            child.kind != Kind::CookieJar
        });
    }

    /// Gives a tree its ids.
    fn assign(&mut self, planned: &mut Planned, parent: Option<&ResourceId>) {
        let kept = planned.old_id.as_deref().filter(|_| self.keeps_ids);
        let kept = kept
            .map(|id| ResourceId(id.to_owned()))
            .filter(|id| self.may_keep(planned.kind, id));
        let id = kept.unwrap_or_else(|| self.fresh_id(planned.kind, parent));
        if self.keeps_ids
            && let Some(old) = planned.old_id.as_ref().filter(|old| **old != id.0)
        {
            self.notes.changed(
                "Ids that are taken already or are none are made anew",
                &format!("{} ({old})", planned.name()),
            );
        }
        self.used.insert(id.clone());
        if let Some(old) = &planned.old_id {
            self.ids.insert(old.clone(), id.clone());
        }
        for child in &mut planned.children {
            self.assign(child, Some(&id));
        }
        planned.id = Some(id);
    }

    fn fresh_id(&self, kind: Kind, parent: Option<&ResourceId>) -> ResourceId {
        let in_collection = parent.filter(|id| kind_of_id(&id.0) == Some(Kind::Workspace));
        let base = in_collection.map(base_environment_id);
        base.filter(|id| kind == Kind::Environment && !self.used.contains(id))
            .unwrap_or_else(|| new_id(kind))
    }

    fn may_keep(&self, kind: Kind, id: &ResourceId) -> bool {
        let is_plain = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
        kind_of_id(&id.0) == Some(kind)
            && id.0.len() <= MAX_ID
            && id.0.chars().all(is_plain)
            && !self.used.contains(id)
            && self.existing.located(id).is_none()
            && !self.existing.files.contains_key(&file_path("", kind, id))
    }

    /// A file for each resource of a tree.
    fn write_tree(&mut self, root: &str, planned: &Planned, parent: Option<&ResourceId>, index: usize) {
        let Some(id) = &planned.id else { return };
        let fields = Value::Object(self.fields(planned, id, parent, index));
        // JSON is YAML, too, for what defeats the emitter.
        let path = if is_private(planned) {
            private_path(id)
        } else {
            file_path(root, planned.kind, id)
        };
        let text = new_text(&path, id, &fields).unwrap_or_else(|_| fields.to_string().into_bytes());
        self.files.push(FileEdit {
            path,
            after: Some(text),
        });
        for (index, child) in planned.children.iter().enumerate() {
            self.write_tree(root, child, Some(id), index);
        }
    }

    /// One file for a collection. Its private environments lie beside, where Git never sees them.
    fn write_file(
        &mut self,
        root: &Planned,
        files: &mut CollectionFiles<'_>,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<(), EditError> {
        let Some(id) = &root.id else { return Ok(()) };
        let part = self.part(root, None, 0);
        let scope = part
            .fields
            .get("scope")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let first = self.existing.new_document(scope, root.name());
        let typed = v5::is_typed(&Value::Object(first.clone()));
        let (document, notes) = v5::fill_document(first, &part, typed)?;
        for note in notes {
            self.notes.left(note.trim_end_matches('.'), "");
        }
        let path = files.path(root.name(), is_taken);
        let text = new_text(&path, id, &normalised(&document))?;
        self.files.push(FileEdit {
            path,
            after: Some(text),
        });
        Ok(())
    }

    /// A resource with what it holds, without private environments, which are written at once.
    fn part(&mut self, planned: &Planned, parent: Option<&ResourceId>, index: usize) -> Part {
        let id = planned.id.clone().unwrap_or_else(|| new_id(planned.kind));
        let mut children = Vec::new();
        for (index, child) in planned.children.iter().enumerate() {
            if is_private(child) {
                self.write_tree("", child, Some(&id), index);
            } else {
                children.push(self.part(child, Some(&id), index));
            }
        }
        Part {
            kind: planned.kind,
            fields: self.fields(planned, &id, parent, index),
            children,
        }
    }

    fn fields(
        &self,
        planned: &Planned,
        id: &ResourceId,
        parent: Option<&ResourceId>,
        index: usize,
    ) -> Map<String, Value> {
        let mut fields = new_fields(planned.kind, id, parent, planned.name(), self.now);
        let order = field_order(planned.kind);
        if fields.contains_key("metaSortKey") {
            let step = i64::try_from(index)
                .unwrap_or(i64::MAX / STEP)
                .saturating_mul(STEP);
            let first = if planned.kind == Kind::Environment {
                self.now
            } else {
                -self.now
            };
            fields.insert("metaSortKey".to_owned(), first.saturating_add(step).into());
        }
        for (field, value) in &planned.fields {
            set_in_order(&mut fields, field, value.clone(), &order);
        }
        for field in REFERENCES {
            let new = fields
                .get(field)
                .and_then(Value::as_str)
                .and_then(|old| self.ids.get(old));
            if let Some(new) = new {
                fields.insert(field.to_owned(), new.0.clone().into());
            }
        }
        fields
    }

    /// What of a collection can stand in a folder.
    fn as_items(&mut self, root: Planned, is_loose: bool, items: &mut Vec<Planned>) {
        let name = root.name().to_owned();
        let mut folder = Planned::new(Kind::RequestGroup, &name);
        if let Some(description) = root.fields.get("description") {
            folder.set("description", description.clone());
        }
        for child in root.children {
            match child.kind {
                Kind::Request
                | Kind::RequestGroup
                | Kind::GrpcRequest
                | Kind::WebSocketRequest
                | Kind::SocketIORequest => folder.children.push(child),
                Kind::Environment => {
                    for environment in &child.children {
                        self.notes.left(
                            "Environments are not taken into a collection that is there already",
                            environment.name(),
                        );
                    }
                    if let Some(data) = child.fields.get("data") {
                        folder.set("environment", data.clone());
                    }
                }
                Kind::CookieJar => self.notes.left("Cookies are not taken", &name),
                _ => self.notes.left(
                    "This is not taken into a collection that is there already",
                    &format!("{} ({})", child.name(), crate::kinds::kind_name(child.kind)),
                ),
            }
        }
        let has_own = folder
            .fields
            .get("environment")
            .and_then(Value::as_object)
            .is_some_and(|data| !data.is_empty());
        if is_loose && !has_own {
            items.append(&mut folder.children);
        } else {
            items.push(folder);
        }
    }

    /// Sort keys behind what the holder has.
    fn place_behind(&self, holder: &ResourceId, items: &mut [Planned]) {
        let siblings = self.existing.siblings(Kind::Request, holder, &HashSet::new());
        let Some((_, last)) = siblings.last() else { return };
        let mut key = last.ceil();
        for item in items {
            #[allow(clippy::cast_precision_loss)]
            let step = STEP as f64;
            key += step;
            if let Some(number) = crate::yaml::from_float(key) {
                item.set("metaSortKey", Value::Number(number));
            }
        }
    }

    fn insert_v5(
        &mut self,
        file: &SourceFile,
        holder: &Resource,
        items: &[Planned],
    ) -> Result<(), EditError> {
        let typed = v5_document(file).is_some_and(|document| v5::is_typed(&document));
        let mut draft = Draft::new(self.existing);
        for (index, item) in items.iter().enumerate() {
            let value = self.v5_item(item, index, typed)?;
            draft.change_document(file, &holder.id, |document| {
                v5::insert_item(document, holder, item.kind, value)
            })?;
        }
        self.files = draft.finish()?;
        Ok(())
    }

    fn v5_item(&mut self, planned: &Planned, index: usize, typed: bool) -> Result<Value, EditError> {
        let Some(id) = &planned.id else {
            return Ok(Value::Null);
        };
        let fields = self.fields(planned, id, None, index);
        let mut item = v5::new_item(planned.kind, &fields, typed && v5::is_list_item(planned.kind))?;
        let mut children = Vec::new();
        for (index, child) in planned.children.iter().enumerate() {
            if v5::is_list_item(child.kind) {
                children.push(self.v5_item(child, index, typed)?);
            } else {
                self.notes.left(
                    "Collection files of this kind have no place for this",
                    child.name(),
                );
            }
        }
        if !children.is_empty() {
            set_in_order(
                &mut item,
                "children",
                children.into(),
                &["name", "type", "meta", "children"],
            );
        }
        Ok(Value::Object(item))
    }
}

/// Marked as not to be shared.
fn is_private(planned: &Planned) -> bool {
    planned.kind == Kind::Environment && planned.fields.get("isPrivate") == Some(&Value::Bool(true))
}
