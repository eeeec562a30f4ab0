//! Values of any shape: maps by key, lists by item, texts as what they are.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::lines::{Change, regions};
use super::place::{Disagreement, Place, Refuse, Settle};
use super::text::merge_text;
use super::three::{Side, Three, exactly};
use crate::changes::{MAX_DEPTH, keys_of};
use crate::ordered::set_in_order;

/// What a value is made of, where that is known better than by its shape.
pub(super) trait Names {
    /// The name of an item of a list that stands under this key; nothing where items have none.
    fn name(&self, key: &str, item: &Value) -> Option<String>;
}

/// Nothing is known.
pub(super) struct NoNames;

impl Names for NoNames {
    fn name(&self, _: &str, _: &Value) -> Option<String> {
        None
    }
}

/// The value of a place; nothing where it goes.
pub(super) fn merge_value<S: Settle>(
    settle: &mut S,
    place: &Place,
    three: &Three<'_>,
) -> Result<Option<Value>, S::Refusal> {
    Walk {
        settle,
        names: &NoNames,
    }
    .value(place, "", three, 0)
}

/// The same where nobody is asked, with names for the items of some lists.
pub(super) fn merge_quietly(three: &Three<'_>, names: &dyn Names) -> Result<Option<Value>, Disagreement> {
    let mut refuse = Refuse;
    let mut walk = Walk {
        settle: &mut refuse,
        names,
    };
    walk.value(&Place::new("", ""), "", three, 0)
}

struct Walk<'w, S> {
    settle: &'w mut S,
    names: &'w dyn Names,
}

impl<S: Settle> Walk<'_, S> {
    fn value(
        &mut self,
        place: &Place,
        key: &str,
        three: &Three<'_>,
        depth: usize,
    ) -> Result<Option<Value>, S::Refusal> {
        if let Some(side) = three.settled(exactly) {
            return Ok(side.cloned());
        }
        match (three.ours, three.theirs) {
            (Some(Value::Object(ours)), Some(Value::Object(theirs))) if depth < MAX_DEPTH => {
                self.map(place, three, (ours, theirs), depth).map(Some)
            }
            (Some(Value::Array(_)), Some(Value::Array(_))) if depth < MAX_DEPTH => {
                match list(three, key, self.names, depth) {
                    Ok(items) => Ok(Some(Value::Array(items))),
                    Err(Disagreement) => self.settle.settle(place, three),
                }
            }
            (Some(Value::String(_)), Some(Value::String(_))) => match merge_text(three) {
                Some(text) => Ok(Some(text.into())),
                None => self.settle.settle(place, three),
            },
            _ => self.settle.settle(place, three),
        }
    }

    fn map(
        &mut self,
        place: &Place,
        three: &Three<'_>,
        (ours, theirs): (&Map<String, Value>, &Map<String, Value>),
        depth: usize,
    ) -> Result<Value, S::Refusal> {
        let mut merged = ours.clone();
        for key in keys_of(Some(ours), Some(theirs)) {
            let inner = three.below(key);
            if inner.ours == inner.theirs {
                continue;
            }
            let value = self.value(&place.below(key), key, &inner, depth + 1)?;
            put(&mut merged, key, value, theirs);
        }
        Ok(Value::Object(merged))
    }
}

/// Sets or removes a key; a new one goes where the model has it.
pub(super) fn put(map: &mut Map<String, Value>, key: &str, value: Option<Value>, model: &Map<String, Value>) {
    match value {
        Some(value) => {
            if let Some(slot) = map.get_mut(key) {
                *slot = value;
                return;
            }
            let order: Vec<&str> = model.keys().map(String::as_str).collect();
            set_in_order(map, key, value, &order);
        }
        None => drop(map.shift_remove(key)),
    }
}

/// A list is one place for whoever is asked, but merges by item as far as the sides agree.
fn list(three: &Three<'_>, key: &str, names: &dyn Names, depth: usize) -> Result<Vec<Value>, Disagreement> {
    let items = |side: Side<'_>| {
        side.and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice)
            .to_vec()
    };
    let base = three.base().ok_or(Disagreement)?;
    if base.is_some_and(|base| !base.is_array()) {
        return Err(Disagreement);
    }
    let (base, ours, theirs) = (items(base), items(three.ours), items(three.theirs));
    if let Some(named) = by_name([&base, &ours, &theirs], key, names) {
        return named_list(&named, names, depth);
    }
    let texts = |items: &[Value]| items.iter().map(Value::to_string).collect::<Vec<_>>();
    let mut merged = Vec::new();
    for region in regions(&texts(&base), &texts(&ours), &texts(&theirs)) {
        match region.change {
            Change::Theirs => merged.extend_from_slice(&theirs[region.theirs]),
            Change::Conflict
                if region.base.len() == region.ours.len() && region.base.len() == region.theirs.len() =>
            {
                for ((base, our), their) in base[region.base]
                    .iter()
                    .zip(&ours[region.ours])
                    .zip(&theirs[region.theirs])
                {
                    merged.extend(item(Some(base), Some(our), Some(their), names, depth)?);
                }
            }
            Change::Conflict => return Err(Disagreement),
            Change::Same | Change::Ours | Change::Both => merged.extend_from_slice(&ours[region.ours]),
        }
    }
    Ok(merged)
}

fn item(
    base: Side<'_>,
    ours: Side<'_>,
    theirs: Side<'_>,
    names: &dyn Names,
    depth: usize,
) -> Result<Option<Value>, Disagreement> {
    let three = Three {
        bases: vec![base],
        ours,
        theirs,
    };
    let mut refuse = Refuse;
    let mut walk = Walk {
        settle: &mut refuse,
        names,
    };
    walk.value(&Place::new("", ""), "", &three, depth + 1)
}

type Named<'v> = Vec<(String, &'v Value)>;

/// The items of each state by name, where all have one of their own.
fn by_name<'v>(states: [&'v [Value]; 3], key: &str, names: &dyn Names) -> Option<[Named<'v>; 3]> {
    let with_names = |items: &'v [Value]| -> Option<Named<'v>> {
        let all = items.iter().map(|item| Some((names.name(key, item)?, item)));
        let all: Named<'v> = all.collect::<Option<_>>()?;
        let own: HashSet<&String> = all.iter().map(|(name, _)| name).collect();
        (own.len() == all.len()).then_some(all)
    };
    let [base, ours, theirs] = states;
    Some([with_names(base)?, with_names(ours)?, with_names(theirs)?])
}

fn named_list(
    [base, ours, theirs]: &[Named<'_>; 3],
    names: &dyn Names,
    depth: usize,
) -> Result<Vec<Value>, Disagreement> {
    let [in_base, in_ours, in_theirs] = [base, ours, theirs].map(|list| {
        list.iter()
            .map(|(name, item)| (name, *item))
            .collect::<HashMap<&String, &Value>>()
    });
    // What only comes in stands behind what it follows there.
    let mut behind: HashMap<Option<&String>, Vec<&String>> = HashMap::new();
    let mut last = None;
    for (name, _) in theirs {
        if in_ours.contains_key(name) {
            last = Some(name);
        } else {
            behind.entry(last).or_default().push(name);
        }
    }
    let mut order = behind.remove(&None).unwrap_or_default();
    for (name, _) in ours {
        order.push(name);
        order.extend(behind.remove(&Some(name)).into_iter().flatten());
    }
    let mut merged = Vec::new();
    for name in order {
        let find = |list: &HashMap<&String, &Value>| list.get(name).map(|item| (*item).clone());
        let (base, our, their) = (find(&in_base), find(&in_ours), find(&in_theirs));
        merged.extend(item(base.as_ref(), our.as_ref(), their.as_ref(), names, depth)?);
    }
    Ok(merged)
}
