//! Resources on their way in: the neutral tree that every format is read into.

use serde_json::{Map, Value};

use super::report::Notes;
use crate::edit::validate;
use crate::model::{Kind, ResourceId};

/// Folders within folders that are taken; deeper ones are taken up into the last.
pub(crate) const MAX_FOLDERS: usize = 40;
/// Characters of a name.
const MAX_NAME: usize = 500;

/// A resource with what it holds. A collection is a `Workspace`.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// What it will be.
    pub kind: Kind,
    /// The id it had; other resources may refer to it by that.
    pub old_id: Option<String>,
    /// The id it gets; nothing before that is decided.
    pub id: Option<ResourceId>,
    /// Fields under their legacy names, without those that every resource has.
    pub fields: Map<String, Value>,
    /// What it holds, in order.
    pub children: Vec<Planned>,
}

impl Planned {
    /// A resource with a name.
    pub(crate) fn new(kind: Kind, name: &str) -> Self {
        let mut planned = Self {
            kind,
            old_id: None,
            id: None,
            fields: Map::new(),
            children: Vec::new(),
        };
        planned.set(name_field(kind), name);
        planned
    }

    /// Sets a field.
    pub(crate) fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    /// Sets a text that is not empty.
    pub(crate) fn set_text(&mut self, field: &str, text: &str) {
        if !text.trim().is_empty() {
            self.set(field, text);
        }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        let name = self.fields.get(name_field(self.kind));
        name.and_then(Value::as_str).unwrap_or_default()
    }

    /// The base environment of a collection, made where it is missing.
    pub(crate) fn base_environment(&mut self) -> &mut Planned {
        let found = self
            .children
            .iter()
            .position(|child| child.kind == Kind::Environment);
        let at = found.unwrap_or_else(|| {
            self.children
                .push(Planned::new(Kind::Environment, "Base Environment"));
            self.children.len() - 1
        });
        &mut self.children[at]
    }

    /// Every resource of the tree with its fields.
    pub(crate) fn all(&self) -> Vec<&Planned> {
        let mut all = Vec::new();
        let mut open = vec![self];
        while let Some(next) = open.pop() {
            all.push(next);
            open.extend(next.children.iter().rev());
        }
        all
    }

    /// Does something to every resource of the tree.
    pub(crate) fn each(&mut self, act: &mut impl FnMut(&mut Planned)) {
        act(self);
        for child in &mut self.children {
            child.each(act);
        }
    }

    /// Makes every field one that Insomnia reads back, and says what had to be changed for it.
    pub(crate) fn tidy(&mut self, notes: &mut Notes) {
        self.each(&mut |planned| tidy_one(planned, notes));
    }
}

/// Which field is the name.
fn name_field(kind: Kind) -> &'static str {
    if kind == Kind::ApiSpec { "fileName" } else { "name" }
}

fn tidy_one(planned: &mut Planned, notes: &mut Notes) {
    let place = tidy_name(planned);
    if let Some(Value::String(url)) = planned.fields.get_mut("url")
        && url.chars().any(char::is_control)
    {
        url.retain(|char| !char.is_control());
        notes.changed(
            "Line breaks and other control characters are taken out of addresses",
            &place,
        );
    }
    planned.fields.values_mut().for_each(|value| {
        if remove_nul(value) {
            notes.changed("NUL characters are taken out", &place);
        }
    });
    let wrong: Vec<String> = planned
        .fields
        .iter()
        .filter(|(field, value)| validate(field, Some(value)).is_err())
        .map(|(field, _)| field.clone())
        .collect();
    for field in wrong {
        planned.fields.shift_remove(&field);
        notes.left(
            format!("A value of {field} that does not fit is not taken"),
            &place,
        );
    }
}

fn tidy_name(planned: &mut Planned) -> String {
    let visible: String = planned
        .name()
        .chars()
        .filter(|char| !char.is_control())
        .take(MAX_NAME)
        .collect();
    let mut name = visible.trim().to_owned();
    if name.is_empty() {
        let url = planned.fields.get("url").and_then(Value::as_str);
        let url: String = url
            .unwrap_or_default()
            .chars()
            .filter(|char| !char.is_control())
            .take(80)
            .collect();
        name = match planned.kind {
            _ if !url.trim().is_empty() => url.trim().to_owned(),
            Kind::Workspace => "Imported collection".to_owned(),
            Kind::RequestGroup => "Folder".to_owned(),
            Kind::Environment => "Environment".to_owned(),
            _ => "Unnamed".to_owned(),
        };
    }
    planned.set(name_field(planned.kind), name.clone());
    name
}

/// True where there was one.
fn remove_nul(value: &mut Value) -> bool {
    match value {
        Value::String(text) if text.contains('\0') => {
            *text = text.replace('\0', "");
            true
        }
        Value::Array(items) => items.iter_mut().map(remove_nul).fold(false, |any, one| any | one),
        Value::Object(map) => {
            let keys: Vec<String> = map.keys().filter(|key| key.contains('\0')).cloned().collect();
            for key in &keys {
                if let Some(value) = map.shift_remove(key) {
                    map.insert(key.replace('\0', ""), value);
                }
            }
            map.values_mut()
                .map(remove_nul)
                .fold(!keys.is_empty(), |any, one| any | one)
        }
        _ => false,
    }
}
