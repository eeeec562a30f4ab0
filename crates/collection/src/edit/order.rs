//! Sort keys: the order of siblings.

use crate::collections::Collections;
use crate::model::{Kind, ResourceId};

/// Distance between renumbered siblings, so that later moves find room.
const STEP: f64 = 100.0;

/// Which sort keys to write so that one resource stands where it should.
pub(crate) struct NewKeys {
    /// The key of the resource itself.
    pub own: f64,
    /// Siblings that have to get another key, because there was no room between them.
    pub others: Vec<(ResourceId, f64)>,
}

/// Keys for a resource before a sibling, or behind all.
pub(crate) fn keys_before(siblings: &[(ResourceId, f64)], before: Option<&ResourceId>, own: f64) -> NewKeys {
    let at = before
        .and_then(|before| siblings.iter().position(|(id, _)| id == before))
        .unwrap_or(siblings.len());
    let previous = at
        .checked_sub(1)
        .and_then(|at| siblings.get(at))
        .map(|(_, key)| *key);
    let next = siblings.get(at).map(|(_, key)| *key);
    let key = match (previous, next) {
        (None, None) => Some(own),
        (Some(previous), None) => Some(previous + STEP),
        (None, Some(next)) => Some(next - STEP),
        (Some(previous), Some(next)) => {
            let middle = f64::midpoint(previous, next);
            (previous < middle && middle < next).then_some(middle)
        }
    };
    let has_room =
        |key: &f64| previous.is_none_or(|previous| previous < *key) && next.is_none_or(|next| *key < next);
    match key.filter(has_room) {
        Some(own) => NewKeys {
            own,
            others: Vec::new(),
        },
        None => renumbered(siblings, at),
    }
}

/// All siblings anew, starting where the first one is.
fn renumbered(siblings: &[(ResourceId, f64)], at: usize) -> NewKeys {
    let mut key = siblings.first().map_or(0.0, |(_, key)| key.round());
    let mut keys = NewKeys {
        own: 0.0,
        others: Vec::new(),
    };
    for (index, (id, old)) in siblings.iter().enumerate() {
        if index == at {
            keys.own = key;
            key += STEP;
        }
        if (key - old).abs() > f64::EPSILON {
            keys.others.push((id.clone(), key));
        }
        key += STEP;
    }
    if at >= siblings.len() {
        keys.own = key;
    }
    keys
}

impl Collections {
    /// What stands beside resources of this kind under this parent, in display order, without `own`.
    pub(crate) fn siblings(
        &self,
        kind: Kind,
        parent: &ResourceId,
        own: &ResourceId,
    ) -> Vec<(ResourceId, f64)> {
        let children = self.index().children.get(parent).into_iter().flatten();
        let resources = children.filter(|id| *id != own).filter_map(|id| self.located(id));
        resources
            .filter(|(_, resource)| group(resource.kind) == group(kind))
            .map(|(_, resource)| (resource.id.clone(), resource.sort_key()))
            .collect()
    }
}

/// Kinds of one group are shown in one list.
fn group(kind: Kind) -> u8 {
    match kind {
        Kind::Request
        | Kind::RequestGroup
        | Kind::GrpcRequest
        | Kind::WebSocketRequest
        | Kind::SocketIORequest => 0,
        Kind::Environment => 1,
        Kind::UnitTestSuite => 2,
        Kind::UnitTest => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn siblings(keys: &[f64]) -> Vec<(ResourceId, f64)> {
        keys.iter()
            .enumerate()
            .map(|(index, key)| (ResourceId(index.to_string()), *key))
            .collect()
    }

    #[test]
    fn a_place_between_two_needs_one_key() {
        let keys = keys_before(&siblings(&[1.0, 3.0]), Some(&ResourceId("1".to_owned())), 0.0);
        assert!((keys.own - 2.0).abs() < f64::EPSILON && keys.others.is_empty());
    }

    #[test]
    fn without_room_all_are_renumbered() {
        let siblings = siblings(&[5.0, 5.0, 5.0]);
        let keys = keys_before(&siblings, Some(&ResourceId("1".to_owned())), 0.0);
        assert!((keys.own - 105.0).abs() < f64::EPSILON);
        assert_eq!(
            keys.others.iter().map(|(_, key)| *key).collect::<Vec<_>>(),
            [205.0, 305.0]
        );
    }
}
