//! The fields of a resource with some of the changes made to them. It walks as the comparison does, so that each choice
//! is exactly one line of the list of changes.

use std::cell::Cell;

use serde_json::{Map, Value};

use crate::changes::{
    Fields, MAX_DEPTH, Row, RowName, Shape, cell_path, fields_of, goes_on, is_noise, keys_of, named,
    row_path, shape,
};
use crate::edit::{path_key, update_order};
use crate::model::Kind;
use crate::ordered::set_in_order;

/// Data, and the field that holds the order of its keys.
const ORDERED: [(&str, &str); 2] = [
    ("data", "dataPropertyOrder"),
    ("environment", "environmentPropertyOrder"),
];

/// The fields before, with those changes that `pick` takes by their path.
pub(super) fn select_fields(
    kind: Kind,
    before: &Fields,
    after: &Fields,
    pick: &dyn Fn(&str) -> bool,
) -> Fields {
    let select = Select {
        pick,
        taken: Cell::new(0),
        left: Cell::new(0),
    };
    let mut fields = before.clone();
    for field in fields_of(kind, before, after) {
        let value = select.field(field, before.get(field), after.get(field));
        put(&mut fields, field, value, after);
    }
    for (data, order) in ORDERED {
        if fields.get(data) == before.get(data) || pick(order) {
            continue;
        }
        if fields.get(data) == after.get(data) {
            put(&mut fields, order, after.get(order).cloned(), after);
        } else {
            update_order(data, &mut fields);
        }
    }
    fields
}

/// Sets or removes a key; a new one goes where the model has it.
pub(super) fn put(map: &mut Map<String, Value>, key: &str, value: Option<Value>, model: &Map<String, Value>) {
    match value {
        Some(value) => {
            let order: Vec<&str> = model.keys().map(String::as_str).collect();
            set_in_order(map, key, value, &order);
        }
        None => drop(map.shift_remove(key)),
    }
}

struct Select<'p> {
    pick: &'p dyn Fn(&str) -> bool,
    /// Differences taken so far.
    taken: Cell<usize>,
    /// Differences left so far.
    left: Cell<usize>,
}

type Side<'v> = Option<&'v Value>;

impl Select<'_> {
    fn picks(&self, path: &str) -> bool {
        let picked = (self.pick)(path);
        let counter = if picked { &self.taken } else { &self.left };
        counter.set(counter.get() + 1);
        picked
    }

    fn leaf(&self, path: &str, before: Side<'_>, after: Side<'_>) -> Option<Value> {
        if self.picks(path) { after } else { before }.cloned()
    }

    /// What is taken as a whole is exactly as after, bookkeeping included; what is left as a whole exactly as before.
    fn composite(&self, before: Side<'_>, after: Side<'_>, build: impl FnOnce() -> Value) -> Option<Value> {
        let (taken, left) = (self.taken.get(), self.left.get());
        let value = build();
        match (self.taken.get() > taken, self.left.get() > left) {
            (false, _) => before.cloned(),
            (true, false) => after.cloned(),
            (true, true) => Some(value),
        }
    }

    fn field(&self, path: &str, before: Side<'_>, after: Side<'_>) -> Option<Value> {
        match shape(path, before, after) {
            // Nothing stands against nothing: the part that is taken does not depend on it.
            Shape::Noise if (self.pick)(path) => after.cloned(),
            Shape::Same | Shape::Noise => before.cloned(),
            Shape::Whole => self.leaf(path, before, after),
            Shape::Rows(old, new) => {
                self.composite(before, after, || Value::Array(self.rows(path, old, new)))
            }
            Shape::Tree(_) => self.tree(path, before, after, 0),
            Shape::Body(old, new) => self.composite(before, after, || {
                keys(old, new, |key, old, new| {
                    self.field(&format!("{path}.{}", path_key(key)), old, new)
                })
            }),
        }
    }

    fn tree(&self, path: &str, before: Side<'_>, after: Side<'_>, depth: usize) -> Option<Value> {
        if depth >= MAX_DEPTH || !goes_on(before, after) {
            return self.leaf(path, before, after);
        }
        let map = |value: Side<'_>| value.and_then(Value::as_object).cloned();
        let (old, new) = (map(before), map(after));
        self.composite(before, after, || {
            keys(old.as_ref(), new.as_ref(), |key, old, new| {
                self.tree(&format!("{path}.{}", path_key(key)), old, new, depth + 1)
            })
        })
    }

    fn rows(&self, path: &str, before: &[Value], after: &[Value]) -> Vec<Value> {
        let (old, new) = (named(path, before), named(path, after));
        let in_new = |name: RowName<'_>| new.iter().find(|row| row.name == name);
        let in_old = |name: RowName<'_>| old.iter().find(|row| row.name == name);
        let mut rows: Vec<(RowName<'_>, Value)> = Vec::new();
        for row in &old {
            match in_new(row.name) {
                Some(other) => rows.push((row.name, self.row(path, row, other))),
                None if self.picks(&row_path(path, row.name)) => {}
                None => rows.push((row.name, row.content.clone())),
            }
        }
        let is_common = |row: &&Row<'_>| in_new(row.name).is_some() && in_old(row.name).is_some();
        let order = |rows: &[Row<'_>]| {
            rows.iter()
                .filter(is_common)
                .map(|row| row.name.0.to_owned())
                .collect::<Vec<_>>()
        };
        let numbers = |rows: &[Row<'_>]| {
            rows.iter()
                .filter(is_common)
                .map(|row| row.name.1)
                .collect::<Vec<_>>()
        };
        if (order(&old), numbers(&old)) != (order(&new), numbers(&new)) && self.picks(path) {
            reorder(&mut rows, &new);
        }
        for (at, row) in new
            .iter()
            .enumerate()
            .filter(|(_, row)| in_old(row.name).is_none())
        {
            if self.picks(&row_path(path, row.name)) {
                let mut before = new[..at].iter().rev();
                let behind = before.find_map(|other| rows.iter().position(|(name, _)| *name == other.name));
                rows.insert(behind.map_or(0, |at| at + 1), (row.name, row.content.clone()));
            }
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn row(&self, path: &str, before: &Row<'_>, after: &Row<'_>) -> Value {
        let name = before.name;
        let (Some(old), Some(new)) = (before.content.as_object(), after.content.as_object()) else {
            let is_same = before.content == after.content;
            let picked = !is_same && self.picks(&row_path(path, name));
            return if picked { after.content } else { before.content }.clone();
        };
        let built = self.composite(Some(before.content), Some(after.content), || {
            keys(Some(old), Some(new), |key, old, new| {
                let path = cell_path(path, name, key);
                match is_noise(key, old, new) {
                    true if (self.pick)(&path) => new.cloned(),
                    true => old.cloned(),
                    false => self.leaf(&path, old, new),
                }
            })
        });
        built.unwrap_or_default()
    }
}

/// A map with the keys of both, where `value` decides of each that differs.
fn keys(
    before: Option<&Fields>,
    after: Option<&Fields>,
    value: impl Fn(&str, Side<'_>, Side<'_>) -> Option<Value>,
) -> Value {
    let none = Map::new();
    let (old, new) = (before.unwrap_or(&none), after.unwrap_or(&none));
    let mut map = old.clone();
    for key in keys_of(before, after) {
        let (before, after) = (old.get(key), new.get(key));
        if before != after {
            put(&mut map, key, value(key, before, after), new);
        }
    }
    Value::Object(map)
}

/// Puts the rows that both have into the order of the new list; the others keep their places.
fn reorder(rows: &mut [(RowName<'_>, Value)], new: &[Row<'_>]) {
    let place = |name: RowName<'_>| new.iter().position(|row| row.name == name);
    let places: Vec<usize> = (0..rows.len())
        .filter(|at| place(rows[*at].0).is_some())
        .collect();
    let mut common: Vec<(RowName<'_>, Value)> = places.iter().map(|at| rows[*at].clone()).collect();
    common.sort_by_key(|(name, _)| place(*name));
    for (at, row) in places.into_iter().zip(common) {
        rows[at] = row;
    }
}
