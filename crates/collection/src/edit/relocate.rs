//! Moving and reordering, also between files and layouts.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Number, Value};

use super::draft::Draft;
use super::draft_v5::{Item, lifted};
use super::error::EditError;
use super::order::{group, keys_before};
use super::stamp::Stamp;
use super::template::new_fields;
use crate::collections::Collections;
use crate::legacy::{LegacyPath, file_path, private_name};
use crate::model::{FileEdit, Kind, ResourceId};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::v5;

/// Broken files may name each other as parents in a ring.
const MOST_HOLDERS: usize = 256;

impl Collections {
    /// Moves a resource with everything in it into a folder or collection (or within its own), before a sibling or
    /// behind all. The target may be in another file, and in the other layout.
    pub fn move_to(
        &self,
        id: &ResourceId,
        parent: &ResourceId,
        before: Option<&ResourceId>,
        stamp: impl Into<Stamp>,
    ) -> Result<Vec<FileEdit>, EditError> {
        self.move_many(std::slice::from_ref(id), parent, before, stamp)
    }

    /// The same for several at once, which land one behind the other in this order. What lies in another of them moves
    /// with it.
    pub fn move_many(
        &self,
        ids: &[ResourceId],
        parent: &ResourceId,
        before: Option<&ResourceId>,
        stamp: impl Into<Stamp>,
    ) -> Result<Vec<FileEdit>, EditError> {
        let stamp = stamp.into();
        let moved = self.outermost(ids);
        let mut resources = Vec::new();
        for id in &moved {
            let (_, resource) = self.editable(id)?;
            self.check_move(resource, parent)?;
            resources.push(resource);
        }
        let keys: HashMap<ResourceId, f64> = self.keys_at(&resources, parent, before)?.into_iter().collect();
        resources.retain(|resource| resource.parent.as_ref() != Some(parent));
        let mut draft = Draft::new(self);
        for (id, key) in &keys {
            let (file, resource) = self.editable(id)?;
            if !resources.iter().any(|leaving| leaving.id == *id) {
                draft.set_fields(resource, file, with_key(resource, *key), stamp)?;
            }
        }
        let mut leaving = Vec::new();
        for resource in resources {
            let (file, _) = self.editable(&resource.id)?;
            let key = keys.get(&resource.id).copied();
            let fields = with_key(resource, key.unwrap_or_else(|| resource.sort_key()));
            leaving.push((file, resource, fields));
        }
        self.carry_over(&mut draft, leaving, parent, stamp)?;
        draft.finish()
    }

    /// Takes resources over to another parent. Items of a v5 file leave an empty place behind until the last is put
    /// in, so that the places of the others hold.
    fn carry_over(
        &self,
        draft: &mut Draft<'_>,
        leaving: Vec<(&SourceFile, &Resource, Map<String, Value>)>,
        parent: &ResourceId,
        stamp: Stamp,
    ) -> Result<(), EditError> {
        let (to, holder) = self.editable(parent)?;
        let mut items = Vec::new();
        for (file, resource, mut fields) in leaving {
            match (file.legacy_path(), to.legacy_path()) {
                (Some(from), Some(place)) => {
                    fields.insert("parentId".to_owned(), parent.0.clone().into());
                    draft.set_fields(resource, file, fields, stamp)?;
                    if from.root != place.root {
                        self.move_files(draft, resource, place.root)?;
                    }
                }
                (None, None) => {
                    items.push((resource.kind, moved_item(file, resource, &fields, stamp)?));
                    draft.empty_place(file, resource)?;
                }
                (Some(_), None) => {
                    fields.insert("modified".to_owned(), moved_time(resource, stamp));
                    let value = self.as_item(resource, fields)?;
                    items.push((resource.kind, Item { value, text: None }));
                    self.clear_away(draft, &resource.id)?;
                }
                (None, Some(place)) => {
                    fields.insert("parentId".to_owned(), parent.0.clone().into());
                    fields.insert("modified".to_owned(), moved_time(resource, stamp));
                    self.as_files(draft, resource, &fields, place)?;
                    draft.empty_place(file, resource)?;
                }
            }
        }
        for (kind, item) in items {
            draft.insert_item(to, holder, kind, item)?;
        }
        draft.close_all_places(parent)
    }

    /// A resource of the legacy tree, with everything in it that v5 can hold, as an item of a v5 file.
    pub(crate) fn as_item(
        &self,
        resource: &Resource,
        fields: Map<String, Value>,
    ) -> Result<Map<String, Value>, EditError> {
        let mut item = v5::new_item(resource.kind, &complete(resource, fields), false)?;
        v5::tidy(&mut item);
        let list = match resource.kind {
            Kind::RequestGroup => "children",
            Kind::UnitTestSuite => "tests",
            Kind::Environment => "subEnvironments",
            _ => return Ok(item),
        };
        let children = self.v5_order(&resource.id);
        let children: Result<Vec<Value>, EditError> = children
            .into_iter()
            .map(|child| self.as_item(child, child.fields.clone()).map(Value::Object))
            .collect();
        let children = children?;
        if !children.is_empty() {
            let order = v5::order_of(resource.kind);
            crate::ordered::set_in_order(&mut item, list, Value::Array(children), order);
        }
        Ok(item)
    }

    /// What a v5 file holds under this parent, in the order of Insomnia's writer: by kind, then by age.
    pub(crate) fn v5_order(&self, parent: &ResourceId) -> Vec<&Resource> {
        let children = self.index().children.get(parent).into_iter().flatten();
        let mut children: Vec<&Resource> = children
            .filter_map(|id| self.located(id))
            .filter(|(file, _)| private_name(&file.path).is_none())
            .map(|(_, resource)| resource)
            .filter(|resource| !has_no_place_in_v5(resource.kind))
            .collect();
        let created = |resource: &Resource| {
            resource
                .fields
                .get("created")
                .and_then(Value::as_f64)
                .unwrap_or(0.0)
        };
        children.sort_by(|a, b| {
            let kinds = v5_rank(a.kind).cmp(&v5_rank(b.kind));
            kinds
                .then_with(|| created(a).total_cmp(&created(b)))
                .then_with(|| a.id.cmp(&b.id))
        });
        children
    }

    /// Deletes the files of a subtree that went into a v5 file. What has no place there is kept beside it.
    pub(crate) fn clear_away(
        &self,
        draft: &mut Draft<'_>,
        id: &ResourceId,
    ) -> Result<Vec<ResourceId>, EditError> {
        let mut kept = Vec::new();
        for inner in self.with_descendants(id) {
            let Some((file, resource)) = self.located(&inner) else {
                continue;
            };
            if private_name(&file.path).is_some() {
                continue;
            }
            if !has_no_place_in_v5(resource.kind) {
                draft.delete(&file.path, &inner);
                continue;
            }
            kept.push(inner.clone());
            if file.legacy_path().is_some_and(|place| place.root != BESIDE) {
                draft.rename_file(file, moved_path(file, BESIDE), &inner)?;
            }
        }
        Ok(kept)
    }

    fn move_files(&self, draft: &mut Draft<'_>, moved: &Resource, root: &str) -> Result<(), EditError> {
        for inner in self.with_descendants(&moved.id) {
            if let Some((file, _)) = self.located(&inner)
                && private_name(&file.path).is_none()
            {
                draft.rename_file(file, moved_path(file, root), &inner)?;
            }
        }
        Ok(())
    }

    /// Writes a subtree of a v5 file as files of a tree.
    fn as_files(
        &self,
        draft: &mut Draft<'_>,
        moved: &Resource,
        fields: &Map<String, Value>,
        place: LegacyPath<'_>,
    ) -> Result<(), EditError> {
        for inner in self.with_descendants(&moved.id) {
            let Some((file, resource)) = self.located(&inner) else {
                continue;
            };
            if private_name(&file.path).is_some() {
                continue;
            }
            if file.legacy_path().is_some() {
                // What v5 had no place for has one in a tree.
                draft.rename_file(file, moved_path(file, place.root), &inner)?;
                continue;
            }
            let own = if inner == moved.id {
                fields.clone()
            } else {
                resource.fields.clone()
            };
            draft.create(
                file_path(place.root, resource.kind, &inner),
                &inner,
                complete(resource, own),
            );
        }
        Ok(())
    }

    fn check_move(&self, resource: &Resource, parent: &ResourceId) -> Result<(), EditError> {
        if self.contains(&resource.id, parent) {
            return Err(EditError::bad_place("a folder cannot be moved into itself."));
        }
        if resource.parent.as_ref() == Some(parent) {
            return Ok(());
        }
        if resource.kind == Kind::Environment {
            return Err(EditError::bad_place(
                "an environment stays in its collection; duplicate its values instead.",
            ));
        }
        if matches!(resource.kind, Kind::ApiSpec | Kind::CookieJar | Kind::MockServer) {
            return Err(EditError::bad_place("this stays in its collection."));
        }
        self.check_parent(resource.kind, parent)
    }

    /// The sort keys that put resources where they should stand, also of siblings that have to make room.
    fn keys_at(
        &self,
        moved: &[&Resource],
        parent: &ResourceId,
        before: Option<&ResourceId>,
    ) -> Result<Vec<(ResourceId, f64)>, EditError> {
        let ids: HashSet<&ResourceId> = moved.iter().map(|resource| &resource.id).collect();
        let mut groups: BTreeMap<u8, Vec<&Resource>> = BTreeMap::new();
        for resource in moved {
            groups.entry(group(resource.kind)).or_default().push(resource);
        }
        let mut keys = Vec::new();
        for resources in groups.values() {
            let Some(first) = resources.first() else { continue };
            let siblings = self.siblings(first.kind, parent, &ids);
            let before = self.next_unmoved(before, parent, &ids);
            if before.is_some_and(|before| siblings.iter().all(|(id, _)| id != before)) {
                return Err(EditError::bad_place(
                    "what it should stand before is not in that folder.",
                ));
            }
            let own: Vec<f64> = resources.iter().map(|resource| resource.sort_key()).collect();
            let new = keys_before(&siblings, before, &own);
            keys.extend(new.others);
            keys.extend(resources.iter().map(|resource| resource.id.clone()).zip(new.own));
        }
        Ok(keys)
    }

    /// Before something that is itself moved means before what follows it.
    fn next_unmoved<'a>(
        &'a self,
        before: Option<&'a ResourceId>,
        parent: &ResourceId,
        moved: &HashSet<&ResourceId>,
    ) -> Option<&'a ResourceId> {
        let before = before?;
        if !moved.contains(before) {
            return Some(before);
        }
        let kind = self.located(before)?.1.kind;
        let children = self.index().children.get(parent).into_iter().flatten();
        children
            .skip_while(|id| *id != before)
            .filter(|id| !moved.contains(id))
            .find(|id| {
                self.located(id)
                    .is_some_and(|(_, next)| group(next.kind) == group(kind))
            })
    }

    /// Is `inner` the same as `outer`, or somewhere in it?
    fn contains(&self, outer: &ResourceId, inner: &ResourceId) -> bool {
        inner == outer || self.holders(inner).any(|holder| holder == outer)
    }

    /// What holds a resource, from the inside out.
    fn holders<'a>(&'a self, id: &'a ResourceId) -> impl Iterator<Item = &'a ResourceId> {
        let parent = |id: &ResourceId| {
            self.located(id)
                .and_then(|(_, resource)| resource.parent.as_ref())
        };
        std::iter::successors(parent(id), move |id| parent(id)).take(MOST_HOLDERS)
    }

    /// Each of these once, without those that lie in another of them.
    pub(crate) fn outermost(&self, ids: &[ResourceId]) -> Vec<ResourceId> {
        let all: HashSet<&ResourceId> = ids.iter().collect();
        let mut seen = HashSet::new();
        ids.iter()
            .filter(|id| seen.insert(*id))
            .filter(|id| self.holders(id).all(|holder| !all.contains(holder)))
            .cloned()
            .collect()
    }

    /// A resource and everything in it, holders first.
    pub(crate) fn with_descendants(&self, id: &ResourceId) -> Vec<ResourceId> {
        let mut found = vec![id.clone()];
        let mut seen: std::collections::HashSet<ResourceId> = found.iter().cloned().collect();
        let mut at = 0;
        while let Some(next) = found.get(at).cloned() {
            at += 1;
            let children = self.index().children.get(&next).into_iter().flatten();
            found.extend(children.filter(|child| seen.insert((*child).clone())).cloned());
        }
        found
    }
}

/// The item of a resource as it stands in its file, with other fields.
fn moved_item(
    file: &SourceFile,
    resource: &Resource,
    fields: &Map<String, Value>,
    stamp: Stamp,
) -> Result<Item, EditError> {
    let mut item = lifted(file, resource).ok_or_else(|| EditError::Unsafe {
        id: resource.id.clone(),
    })?;
    v5::change_item(&mut item.value, resource.kind, &resource.fields, fields)?;
    v5::stamp(&mut item.value, resource.kind, stamp);
    Ok(item)
}

/// Before this stands the tree of what v5 files have no place for. Insomnia reads no tree but the one at the top of a
/// repository, and so neither takes this one nor clears it away.
pub(crate) const BESIDE: &str = ".sheaf/";

/// Kinds that Insomnia leaves out of v5 files.
pub(crate) fn has_no_place_in_v5(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ProtoFile
            | Kind::ProtoDirectory
            | Kind::WebSocketPayload
            | Kind::SocketIOPayload
            | Kind::ProjectLintRuleset
    )
}

fn v5_rank(kind: Kind) -> u8 {
    match kind {
        Kind::Request => 0,
        Kind::RequestGroup => 1,
        Kind::WebSocketRequest => 2,
        Kind::SocketIORequest => 3,
        Kind::GrpcRequest => 4,
        _ => 5,
    }
}

/// All fields that the legacy layout has for this kind: those given, and Insomnia's defaults for the others.
pub(crate) fn complete(resource: &Resource, fields: Map<String, Value>) -> Map<String, Value> {
    let time = fields.get("created").and_then(Value::as_f64).unwrap_or(0.0);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "milliseconds fit, and others are only a default"
    )]
    let mut all = new_fields(
        resource.kind,
        &resource.id,
        resource.parent.as_ref(),
        &resource.name(),
        time as i64,
    );
    for (key, value) in fields {
        // What Insomnia writes as `null` in one layout is the default in the other.
        if !(value.is_null() && all.contains_key(&key)) {
            all.insert(key, value);
        }
    }
    all
}

fn moved_time(resource: &Resource, stamp: Stamp) -> Value {
    let old = resource.fields.get("modified").cloned();
    if stamp.write_modified {
        stamp.now.into()
    } else {
        old.unwrap_or_else(|| stamp.now.into())
    }
}

/// The path of a file in another tree.
fn moved_path(file: &SourceFile, root: &str) -> String {
    let old = file.legacy_path().map_or("", |place| place.root);
    format!("{root}{}", &file.path[old.len()..])
}

/// The fields of a resource with another sort key.
pub(crate) fn with_key(resource: &Resource, key: f64) -> Map<String, Value> {
    let mut fields = resource.fields.clone();
    if (key - resource.sort_key()).abs() > 0.0 || !fields.contains_key("metaSortKey") {
        let order = super::apply::field_order(resource.kind);
        crate::ordered::set_in_order(&mut fields, "metaSortKey", key_value(key), &order);
    }
    fields
}

/// A sort key as JavaScript would write it.
pub(crate) fn key_value(key: f64) -> Value {
    let number = crate::yaml::from_float(key).unwrap_or_else(|| Number::from(0));
    Value::Number(number)
}
