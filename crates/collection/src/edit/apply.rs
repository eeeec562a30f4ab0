//! Applies one field edit to the fields of a resource.

use serde_json::{Map, Value};

use super::error::EditError;
use super::path::{Segment, parse_path};
use super::rows::{find_row, is_row_field, is_row_key, new_row, row_name};
use crate::kinds::{COMMON_FIELDS, kind_info};
use crate::model::{FieldEdit, Kind};
use crate::ordered::set_in_order;
use crate::yaml::normalised;

/// Changes `fields` as asked and returns the name of the top-level field.
pub(crate) fn apply(
    kind: Kind,
    fields: &mut Map<String, Value>,
    edit: &FieldEdit,
) -> Result<String, EditError> {
    let (field, below) = parse_path(&edit.path)?;
    let edit = &FieldEdit {
        path: edit.path.clone(),
        value: edit.value.as_ref().map(normalised),
    };
    check_field(kind, fields, &field)?;
    let step = Step {
        edit,
        rows: is_row_field(&field, None),
        field: &field,
    };
    let mut value = fields.get(&field).cloned().unwrap_or(Value::Null);
    let keep = step.set(&mut value, &below)?;
    if keep {
        set_in_order(fields, &field, value, &field_order(kind));
    } else {
        fields.shift_remove(&field);
    }
    Ok(field)
}

/// The order of fields in a legacy file of this kind.
pub(crate) fn field_order(kind: Kind) -> Vec<&'static str> {
    let own = kind_info(kind).map(|info| info.fields).unwrap_or_default();
    COMMON_FIELDS.iter().chain(own).copied().collect()
}

fn check_field(kind: Kind, fields: &Map<String, Value>, field: &str) -> Result<(), EditError> {
    if COMMON_FIELDS.contains(&field) {
        return Err(EditError::bad_field(field, "Sheaf keeps it itself."));
    }
    let known = kind_info(kind).is_some_and(|info| info.fields.contains(&field));
    if known || fields.contains_key(field) {
        return Ok(());
    }
    let names = kind_info(kind)
        .map(|info| info.fields.join(", "))
        .unwrap_or_default();
    Err(EditError::bad_field(
        field,
        format!("there is no such field here. There are: {names}."),
    ))
}

struct Step<'e> {
    edit: &'e FieldEdit,
    rows: bool,
    field: &'e str,
}

impl Step<'_> {
    /// Sets what `path` leads to; false where the value itself is to be removed.
    fn set(&self, value: &mut Value, path: &[Segment]) -> Result<bool, EditError> {
        let Some((first, rest)) = path.split_first() else {
            return Ok(self.replace(value));
        };
        match first {
            Segment::Index(index) => self.in_list(value, *index, rest)?,
            Segment::Key(name) if self.rows => match rest {
                [Segment::Index(number), rest @ ..] => self.in_numbered_row(value, name, *number, rest)?,
                _ => self.in_rows(value, name, rest)?,
            },
            Segment::Key(key) => self.in_map(value, key, rest)?,
        }
        Ok(true)
    }

    fn replace(&self, value: &mut Value) -> bool {
        match &self.edit.value {
            Some(new) => {
                *value = new.clone();
                true
            }
            None => false,
        }
    }

    fn in_list(&self, value: &mut Value, index: usize, rest: &[Segment]) -> Result<(), EditError> {
        let items = self.list(value)?;
        let count = items.len();
        if index == count && rest.is_empty() {
            items.extend(self.edit.value.clone());
            return Ok(());
        }
        let Some(item) = items.get_mut(index) else {
            return Err(self.bad(format!("there are only {count} entries, counted from 0.")));
        };
        if !self.plain().set(item, rest)? {
            items.remove(index);
        }
        Ok(())
    }

    fn in_rows(&self, value: &mut Value, name: &str, rest: &[Segment]) -> Result<(), EditError> {
        let rows = self.list(value)?;
        let found = find_row(rows, name);
        match (rest, found, &self.edit.value) {
            ([], Some(index), None) => {
                rows.remove(index);
            }
            (_, None, None) => {}
            ([], Some(index), Some(Value::Object(row))) => {
                rows[index] = new_row(name, Value::Object(row.clone()));
            }
            ([], Some(index), Some(new)) => self.row_value(&mut rows[index], "value", new.clone())?,
            ([], None, Some(new)) => rows.push(new_row(name, new.clone())),
            ([Segment::Key(key)], found, new) if is_row_key(key) => {
                let index = found.unwrap_or_else(|| {
                    rows.push(new_row(name, "".into()));
                    rows.len() - 1
                });
                match new {
                    Some(new) => self.row_value(&mut rows[index], key, new.clone())?,
                    None => self.remove_row_key(&mut rows[index], key)?,
                }
            }
            _ => {
                let advice = "a name with a dot in it has to be quoted, as in `headers.\"a.b\"`.";
                return Err(self.bad(advice));
            }
        }
        Ok(())
    }

    /// The row of this name that stands behind `number` others of it.
    fn in_numbered_row(
        &self,
        value: &mut Value,
        name: &str,
        number: usize,
        rest: &[Segment],
    ) -> Result<(), EditError> {
        let rows = self.list(value)?;
        let mut named = (0..rows.len()).filter(|index| row_name(&rows[*index]) == name);
        let Some(index) = named.nth(number) else {
            return Err(self.bad(format!(
                "there is no entry {number} of this name, counted from 0."
            )));
        };
        match (&self.edit.value, rest) {
            (Some(new), []) if !new.is_object() => self.row_value(&mut rows[index], "value", new.clone()),
            _ => self.in_list(value, index, rest),
        }
    }

    fn row_value(&self, row: &mut Value, key: &str, value: Value) -> Result<(), EditError> {
        let row = row
            .as_object_mut()
            .ok_or_else(|| self.bad("this entry is no row with a name and a value."))?;
        row.insert(key.to_owned(), value);
        Ok(())
    }

    fn remove_row_key(&self, row: &mut Value, key: &str) -> Result<(), EditError> {
        let row = row
            .as_object_mut()
            .ok_or_else(|| self.bad("this entry is no row with a name and a value."))?;
        row.shift_remove(key);
        Ok(())
    }

    fn in_map(&self, value: &mut Value, key: &str, rest: &[Segment]) -> Result<(), EditError> {
        if value.is_null() {
            *value = Value::Object(Map::new());
        }
        let Some(map) = value.as_object_mut() else {
            return Err(self.bad("there is a single value here, which has nothing below it."));
        };
        if rest.is_empty() && self.edit.value.is_none() {
            map.shift_remove(key);
            return Ok(());
        }
        let below = Step {
            rows: is_row_field(self.field, Some(key)),
            ..*self
        };
        let mut inner = map.get(key).cloned().unwrap_or(Value::Null);
        if below.set(&mut inner, rest)? {
            map.insert(key.to_owned(), inner);
        }
        Ok(())
    }

    fn list<'v>(&self, value: &'v mut Value) -> Result<&'v mut Vec<Value>, EditError> {
        if value.is_null() {
            *value = Value::Array(Vec::new());
        }
        value
            .as_array_mut()
            .ok_or_else(|| self.bad("there is no list here."))
    }

    fn plain(&self) -> Self {
        Step { rows: false, ..*self }
    }

    fn bad(&self, reason: impl Into<String>) -> EditError {
        EditError::bad_field(&self.edit.path, reason)
    }
}
