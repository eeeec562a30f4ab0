//! Which items of a list are the same before and after an edit.

use serde_json::Value;

use super::node::Node;

/// Where an item of the new list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is this old item, unchanged.
    Same(usize),
    /// It continues this old item, maybe with another value.
    Continues(usize),
    /// It is new.
    New,
}

/// Where each new item comes from. What is alike at both ends is the same; between, an item continues the one of the
/// same id or name where all have one of their own, so that comments stay with what they are about, or else the one at
/// the same place.
pub(crate) fn aligned(old: &[Node], new: &[Value]) -> Vec<Origin> {
    let same = |(node, value): &(&Node, &Value)| node.to_value() == **value;
    let head = old.iter().zip(new).take_while(same).count();
    let tail = old[head..]
        .iter()
        .rev()
        .zip(new[head..].iter().rev())
        .take_while(same)
        .count();
    let between = middle(&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let origin = |pair: Option<usize>| pair.map_or(Origin::New, |index| Origin::Continues(head + index));
    (0..head)
        .map(Origin::Same)
        .chain(between.into_iter().map(origin))
        .chain((old.len() - tail..old.len()).map(Origin::Same))
        .collect()
}

/// The same by place alone.
pub(crate) fn by_place(old: usize, new: usize) -> Vec<Origin> {
    let origin = |index| {
        if index < old {
            Origin::Continues(index)
        } else {
            Origin::New
        }
    };
    (0..new).map(origin).collect()
}

/// Which of so many old items stay.
pub(crate) fn kept(origins: &[Origin], count: usize) -> Vec<bool> {
    let mut kept = vec![false; count];
    for origin in origins {
        if let Origin::Same(index) | Origin::Continues(index) = origin {
            kept[*index] = true;
        }
    }
    kept
}

fn middle(old: &[Node], new: &[Value]) -> Vec<Option<usize>> {
    let by_place = || {
        (0..new.len())
            .map(|index| (index < old.len()).then_some(index))
            .collect()
    };
    let old_values: Vec<Value> = old.iter().map(Node::to_value).collect();
    let (Some(old_keys), Some(new_keys)) = (identities(&old_values), identities(new)) else {
        return by_place();
    };
    let pairs: Vec<Option<usize>> = new_keys
        .iter()
        .map(|key| old_keys.iter().position(|other| other == key))
        .collect();
    let kept: Vec<usize> = pairs.iter().flatten().copied().collect();
    if kept.is_empty() || !kept.is_sorted() {
        return by_place();
    }
    pairs
}

/// What tells items of a list apart, where each has its own.
fn identities(items: &[Value]) -> Option<Vec<&str>> {
    let keys: Option<Vec<&str>> = items
        .iter()
        .map(|item| {
            let own = item
                .pointer("/meta/id")
                .or_else(|| item.get("id"))
                .or_else(|| item.get("name"));
            own.and_then(Value::as_str)
        })
        .collect();
    let keys = keys?;
    let unique: std::collections::HashSet<&str> = keys.iter().copied().collect();
    (unique.len() == keys.len()).then_some(keys)
}
