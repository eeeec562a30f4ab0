//! Lists of rows: by name, the n-th of its name; within a row by cell.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::place::{Place, Settle};
use super::three::{Side, Three, exactly};
use super::tree::{merge_value, put};
use crate::changes::{
    Row, RowName, cell_path, is_noise, keys_of, label, named, row_label, row_path, row_word,
};

/// Are these lists of rows, or nothing?
pub(super) fn are_rows(three: &Three<'_>) -> bool {
    let fits = |side: &Side<'_>| side.is_none_or(|value| value.is_array() || value.is_null());
    three.bases.iter().chain([&three.ours, &three.theirs]).all(fits)
}

/// The rows of a list of both sides; `field` is the path of the list.
pub(super) fn merge_rows<S: Settle>(
    settle: &mut S,
    field: &str,
    three: &Three<'_>,
) -> Result<Option<Value>, S::Refusal> {
    if let Some(side) = three.settled(exactly) {
        return Ok(side.cloned());
    }
    let lists = Lists::new(field, three);
    if lists.disagree_in_number() {
        let place = Place::new(field, format!("{}s", row_word(field)));
        return settle.settle(&place, three);
    }
    let (lead, other) = if lists.follows_theirs() {
        (&lists.theirs, &lists.ours)
    } else {
        (&lists.ours, &lists.theirs)
    };
    let mut merged = Vec::new();
    for name in in_order(lead, other) {
        merged.extend(lists.row(settle, field, name)?);
    }
    if merged.is_empty() && !three.ours.is_some_and(Value::is_array) {
        return Ok(three.ours.cloned());
    }
    Ok(Some(Value::Array(merged)))
}

/// The names of the first list, and behind those that they follow the names that only the other has.
fn in_order<'v>(lead: &Rows<'v>, other: &Rows<'v>) -> Vec<RowName<'v>> {
    let known: HashSet<RowName<'v>> = lead.iter().map(|row| row.name).collect();
    let mut behind: HashMap<Option<RowName<'v>>, Vec<RowName<'v>>> = HashMap::new();
    let mut last = None;
    for name in other.iter().map(|row| row.name) {
        if known.contains(&name) {
            last = Some(name);
        } else {
            behind.entry(last).or_default().push(name);
        }
    }
    let mut order = behind.remove(&None).unwrap_or_default();
    for row in lead {
        order.push(row.name);
        order.extend(behind.remove(&Some(row.name)).into_iter().flatten());
    }
    order
}

type Rows<'v> = Vec<Row<'v>>;

struct Lists<'v> {
    bases: Vec<Rows<'v>>,
    ours: Rows<'v>,
    theirs: Rows<'v>,
    /// The content of each row: in the bases, here, in what comes in.
    by_name: Vec<HashMap<RowName<'v>, &'v Value>>,
}

impl<'v> Lists<'v> {
    fn new(field: &str, three: &Three<'v>) -> Self {
        let rows = |side: &Side<'v>| {
            let items = side
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            named(field, items)
        };
        let bases: Vec<Rows<'v>> = three.bases.iter().map(rows).collect();
        let (ours, theirs) = (rows(&three.ours), rows(&three.theirs));
        let by_name = |rows: &Rows<'v>| rows.iter().map(|row| (row.name, row.content)).collect();
        Self {
            by_name: bases.iter().chain([&ours, &theirs]).map(by_name).collect(),
            bases,
            ours,
            theirs,
        }
    }

    /// Of rows that share a name only their place says which is which. Where both sides changed how many there are,
    /// nobody can tell.
    fn disagree_in_number(&self) -> bool {
        let counts = |rows: &Rows<'v>| {
            let mut counts: HashMap<&'v str, usize> = HashMap::new();
            for row in rows {
                *counts.entry(row.name.0).or_default() += 1;
            }
            counts
        };
        let (ours, theirs) = (counts(&self.ours), counts(&self.theirs));
        let Some(base) = self.bases.first().filter(|_| self.bases.len() == 1) else {
            return ours
                .iter()
                .any(|(name, count)| *count > 1 && theirs.get(name) != Some(count));
        };
        let base_counts = counts(base);
        let group = |rows: &Rows<'v>, name: &str| -> Vec<&'v Value> {
            rows.iter()
                .filter(|row| row.name.0 == name)
                .map(|row| row.content)
                .collect()
        };
        let names: HashSet<&str> = ours
            .keys()
            .chain(theirs.keys())
            .chain(base_counts.keys())
            .copied()
            .collect();
        names.into_iter().any(|name| {
            let all =
                [&base_counts, &ours, &theirs].map(|counts| counts.get(name).copied().unwrap_or_default());
            let [base, ours, theirs] = [base, &self.ours, &self.theirs].map(|rows| group(rows, name));
            let is_doubtful = all.iter().any(|count| *count > 1) && (all[0] != all[1] || all[0] != all[2]);
            is_doubtful && base != ours && base != theirs && ours != theirs
        })
    }

    /// Only what comes in has another order.
    fn follows_theirs(&self) -> bool {
        let Some(base) = self.bases.first() else {
            return false;
        };
        let same_order = |side: &Rows<'v>| {
            let has = |rows: &Rows<'v>| rows.iter().map(|row| row.name).collect::<HashSet<_>>();
            let (in_base, in_side) = (has(base), has(side));
            let old = base
                .iter()
                .map(|row| row.name)
                .filter(|name| in_side.contains(name));
            let new = side
                .iter()
                .map(|row| row.name)
                .filter(|name| in_base.contains(name));
            old.eq(new)
        };
        same_order(&self.ours) && !same_order(&self.theirs)
    }

    fn row<S: Settle>(
        &self,
        settle: &mut S,
        field: &str,
        name: RowName<'v>,
    ) -> Result<Option<Value>, S::Refusal> {
        let mut bases: Vec<_> = self.by_name.iter().map(|rows| rows.get(&name).copied()).collect();
        let (theirs, ours) = (bases.pop().flatten(), bases.pop().flatten());
        let three = Three { bases, ours, theirs };
        if let Some(side) = three.settled(exactly) {
            return Ok(side.cloned());
        }
        let (Some(Value::Object(ours)), Some(Value::Object(theirs))) = (three.ours, three.theirs) else {
            return settle.settle(&Place::new(row_path(field, name), row_label(field, name)), &three);
        };
        cells(settle, field, name, &three, (ours, theirs)).map(Some)
    }
}

fn cells<S: Settle>(
    settle: &mut S,
    field: &str,
    name: RowName<'_>,
    three: &Three<'_>,
    (ours, theirs): (&Map<String, Value>, &Map<String, Value>),
) -> Result<Value, S::Refusal> {
    let mut row = ours.clone();
    for key in keys_of(Some(ours), Some(theirs)) {
        let cell = three.below(key);
        if cell.ours == cell.theirs {
            continue;
        }
        let settled = cell.settled(|a, b| is_noise(key, a, b));
        let value = match settled {
            Some(side) => side.cloned(),
            None if is_noise(key, cell.ours, cell.theirs) => cell.ours.cloned(),
            None => {
                let label = match key.as_str() {
                    "value" => row_label(field, name),
                    "disabled" => format!("{} on or off", row_label(field, name)),
                    key => format!("{} {}", row_label(field, name), label(key)),
                };
                merge_value(settle, &Place::new(cell_path(field, name, key), label), &cell)?
            }
        };
        put(&mut row, key, value, theirs);
    }
    Ok(Value::Object(row))
}
