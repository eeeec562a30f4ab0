//! A value goes from a field into a private environment, and the field refers to it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::draft::Draft;
use super::error::EditError;
use super::ids::new_id;
use super::stamp::Stamp;
use super::template::new_fields;
use crate::collections::Collections;
use crate::legacy::{private_name, private_path};
use crate::model::{FieldEdit, FileEdit, Kind, ResourceId};

/// Name of the private environment that is made where a collection has none.
const PRIVATE: &str = "Private";
/// Name of a variable where nothing else suggests one.
const UNNAMED: &str = "secret";

/// Where a value went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedValue {
    /// Name of the variable.
    pub variable: String,
    /// The private environment.
    pub environment: ResourceId,
    /// What it is called.
    pub environment_name: String,
}

/// States and files on the way, one edit after another.
struct Steps {
    state: Collections,
    files: BTreeMap<String, Option<Vec<u8>>>,
}

impl Steps {
    fn take(&mut self, files: Vec<FileEdit>) {
        for file in files {
            self.files.insert(file.path, file.after);
        }
        let files = self.files.iter();
        self.state = self
            .state
            .with_files(files.map(|(path, after)| (path.clone(), after.clone())));
    }
}

impl Collections {
    /// Moves `value` out of `field` of a resource into a private environment of its collection, which is made where
    /// there is none. The variable is called `variable`, or after what the value stands under.
    pub fn move_to_private(
        &self,
        id: &ResourceId,
        field: &str,
        value: &str,
        variable: Option<&str>,
        stamp: impl Into<Stamp>,
    ) -> Result<(MovedValue, Vec<FileEdit>), EditError> {
        let stamp = stamp.into();
        let (_, resource) = self.editable(id)?;
        let (text, name) = self.template_text(id, field, value)?;
        let collection = self.index().collection_of.get(id).cloned();
        let collection = collection
            .or_else(|| (resource.kind == Kind::Workspace).then(|| id.clone()))
            .ok_or_else(|| EditError::bad_place("it belongs to no collection that could keep the value."))?;
        let mut steps = Steps {
            state: self.with_files([]),
            files: BTreeMap::new(),
        };
        let environment = steps.private_environment(&collection, stamp)?;
        let variable = steps.variable(&collection, &environment, variable.unwrap_or(&name), value);
        let data = FieldEdit {
            path: format!("data.{variable}"),
            value: Some(value.into()),
        };
        steps.take(steps.state.set_fields(&environment, &[data], stamp)?);
        let reference = FieldEdit {
            path: field.to_owned(),
            value: Some(text.replace(value, &format!("{{{{ _.{variable} }}}}")).into()),
        };
        steps.take(steps.state.set_fields(id, &[reference], stamp)?);
        let (environment_name, _) = steps.state.place(&environment).unwrap_or_default();
        let files = steps
            .files
            .into_iter()
            .map(|(path, after)| FileEdit { path, after });
        let moved = MovedValue {
            variable,
            environment,
            environment_name,
        };
        Ok((moved, files.collect()))
    }

    /// The text of a field that holds `value` and in which a template counts.
    fn template_text(
        &self,
        id: &ResourceId,
        field: &str,
        value: &str,
    ) -> Result<(String, String), EditError> {
        let (file, _) = self.editable(id)?;
        let mut found = None;
        self.each_text(&file.path, &mut |place, name, text| {
            if place.id() == id && text.contains(value) && place.takes_templates() && place.field() == field {
                found = Some((text.to_owned(), name.to_owned()));
            }
        });
        found.ok_or_else(|| {
            EditError::bad_field(
                field,
                "the value is not there any more, or cannot come from an environment.",
            )
        })
    }
}

impl Steps {
    fn private_environment(
        &mut self,
        collection: &ResourceId,
        stamp: Stamp,
    ) -> Result<ResourceId, EditError> {
        if self.state.base_environment(collection).is_none() {
            let (_, files) = self
                .state
                .create(Kind::Environment, collection, "Base Environment", stamp)?;
            self.take(files);
        }
        let base = self.state.base_environment(collection).cloned();
        let base = base.ok_or_else(|| EditError::bad_place("the collection has no base environment."))?;
        let children = self.state.index().children.get(&base).into_iter().flatten();
        let is_private = |id: &&ResourceId| {
            let found = self.state.located(id);
            found.is_some_and(|(file, _)| private_name(&file.path).is_some())
        };
        if let Some(there) = children.filter(|id| is_private(id)).min() {
            return Ok(there.clone());
        }
        let id = new_id(Kind::Environment);
        let mut fields = new_fields(Kind::Environment, &id, Some(&base), PRIVATE, stamp.now);
        fields.insert("isPrivate".to_owned(), true.into());
        let mut draft = Draft::new(&self.state);
        draft.create(private_path(&id), &id, fields);
        let files = draft.finish()?;
        self.take(files);
        Ok(id)
    }

    /// A name for the value: one that holds it there already, or one that no environment of the collection has.
    fn variable(&self, collection: &ResourceId, environment: &ResourceId, name: &str, value: &str) -> String {
        let data = |id: &ResourceId| {
            let (_, resource) = self.state.located(id)?;
            resource.fields.get("data")?.as_object()
        };
        let known = data(environment).into_iter().flatten();
        if let Some((name, _)) = known.into_iter().find(|(name, held)| {
            held.as_str() == Some(value)
                && name
                    .chars()
                    .all(|char| char.is_ascii_alphanumeric() || char == '_')
        }) {
            return name.clone();
        }
        let in_collection = |id: &ResourceId| self.state.index().collection_of.get(id) == Some(collection);
        let ids = self.state.ids();
        let is_taken = |name: &str| {
            let mut maps = ids.iter().filter(|id| in_collection(id)).filter_map(|id| {
                let (_, resource) = self.state.located(id)?;
                let field = if resource.kind == Kind::Environment {
                    "data"
                } else {
                    "environment"
                };
                resource.fields.get(field)
            });
            maps.any(|map: &Value| map.get(name).is_some())
        };
        let base = variable_name(name);
        let numbered = (2_u32..).map(|number| format!("{base}_{number}"));
        std::iter::once(base.clone())
            .chain(numbered)
            .find(|name| !is_taken(name))
            .unwrap_or(base)
    }
}

/// `X-Api-Key` → `x_api_key`, `clientSecret` → `client_secret`.
fn variable_name(name: &str) -> String {
    let mut variable = String::new();
    let mut after_small = false;
    for char in name.chars() {
        if char.is_ascii_alphanumeric() {
            if char.is_ascii_uppercase() && after_small {
                variable.push('_');
            }
            variable.push(char.to_ascii_lowercase());
        } else if !variable.is_empty() && !variable.ends_with('_') {
            variable.push('_');
        }
        after_small = char.is_ascii_lowercase() || char.is_ascii_digit();
    }
    let variable = variable.trim_end_matches('_');
    match variable.chars().next() {
        None => UNNAMED.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{variable}"),
        Some(_) => variable.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::variable_name;

    #[test]
    fn a_variable_is_called_as_its_field() {
        assert_eq!(variable_name("X-Api-Key"), "x_api_key");
        assert_eq!(variable_name("clientSecret"), "client_secret");
        assert_eq!(variable_name("Authorization"), "authorization");
        assert_eq!(variable_name("2fa token"), "_2fa_token");
        assert_eq!(variable_name("—"), "secret");
    }
}
