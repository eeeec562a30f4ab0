//! Sort keys: the order of siblings.

use std::collections::HashSet;

use crate::collections::Collections;
use crate::model::{Kind, ResourceId};

/// Distance between renumbered siblings, so that later moves find room.
const STEP: f64 = 100.0;

/// Which sort keys to write so that resources stand where they should.
pub(crate) struct NewKeys {
    /// The keys of the resources themselves, in their order.
    pub own: Vec<f64>,
    /// Siblings that have to get another key, because there was no room between them.
    pub others: Vec<(ResourceId, f64)>,
}

/// Keys for resources, whose keys are `own` so far, before a sibling or behind all.
pub(crate) fn keys_before(
    siblings: &[(ResourceId, f64)],
    before: Option<&ResourceId>,
    own: &[f64],
) -> NewKeys {
    let at = before
        .and_then(|before| siblings.iter().position(|(id, _)| id == before))
        .unwrap_or(siblings.len());
    let previous = at
        .checked_sub(1)
        .and_then(|at| siblings.get(at))
        .map(|(_, key)| *key);
    let next = siblings.get(at).map(|(_, key)| *key);
    let keys = fitting(previous, next, own);
    let ends = previous.into_iter().chain(keys.iter().copied()).chain(next);
    if ends.is_sorted_by(|a, b| a < b) {
        return NewKeys {
            own: keys,
            others: Vec::new(),
        };
    }
    renumbered(siblings, at, own.len())
}

/// Keys between two others, as far as numbers are fine enough.
fn fitting(previous: Option<f64>, next: Option<f64>, own: &[f64]) -> Vec<f64> {
    let steps = (1..=own.len()).map(as_key);
    match (previous, next) {
        (None, None) if own.is_sorted_by(|a, b| a < b) => own.to_vec(),
        (None, None) => {
            let first = own.first().copied().unwrap_or_default();
            steps.map(|step| first + STEP * (step - 1.0)).collect()
        }
        (Some(previous), None) => steps.map(|step| previous + STEP * step).collect(),
        (None, Some(next)) => steps.rev().map(|step| next - STEP * step).collect(),
        (Some(previous), Some(next)) => {
            let gap = (next - previous) / as_key(own.len() + 1);
            steps.map(|step| previous + gap * step).collect()
        }
    }
}

/// All siblings anew, starting where the first one is, with room for some at `at`.
fn renumbered(siblings: &[(ResourceId, f64)], at: usize, count: usize) -> NewKeys {
    let first = siblings.first().map_or(0.0, |(_, key)| key.round());
    let key = |place: usize| first + STEP * as_key(place);
    let place = |index: usize| if index < at { index } else { index + count };
    let others = siblings.iter().enumerate();
    NewKeys {
        own: (at..at + count).map(key).collect(),
        others: others
            .map(|(index, (id, old))| (id.clone(), *old, key(place(index))))
            .filter(|(_, old, new)| (new - old).abs() > f64::EPSILON)
            .map(|(id, _, new)| (id, new))
            .collect(),
    }
}

/// Counts of siblings are far below what a key holds exactly.
fn as_key(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

impl Collections {
    /// What stands beside resources of this kind under this parent, in display order, without `but`.
    pub(crate) fn siblings(
        &self,
        kind: Kind,
        parent: &ResourceId,
        but: &HashSet<&ResourceId>,
    ) -> Vec<(ResourceId, f64)> {
        let children = self.index().children.get(parent).into_iter().flatten();
        let resources = children
            .filter(|id| !but.contains(id))
            .filter_map(|id| self.located(id));
        resources
            .filter(|(_, resource)| group(resource.kind) == group(kind))
            .map(|(_, resource)| (resource.id.clone(), resource.sort_key()))
            .collect()
    }
}

/// Kinds of one group are shown in one list.
pub(crate) fn group(kind: Kind) -> u8 {
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

    fn id(text: &str) -> ResourceId {
        ResourceId(text.to_owned())
    }

    fn close(keys: &[f64], expected: &[f64]) -> bool {
        keys.len() == expected.len() && keys.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6)
    }

    #[test]
    fn a_place_between_two_needs_no_other_key() {
        let between = |own: &[f64]| keys_before(&siblings(&[1.0, 3.0]), Some(&id("1")), own);
        let keys = between(&[0.0]);
        assert!(close(&keys.own, &[2.0]) && keys.others.is_empty());
        let keys = between(&[0.0, 9.0, 4.0]);
        assert!(close(&keys.own, &[1.5, 2.0, 2.5]) && keys.others.is_empty());
    }

    #[test]
    fn the_ends_have_room() {
        let at = |siblings_: &[f64], before: Option<&str>| {
            keys_before(&siblings(siblings_), before.map(id).as_ref(), &[7.0, 3.0]).own
        };
        assert!(close(&at(&[5.0], Some("0")), &[-195.0, -95.0]));
        assert!(close(&at(&[5.0], None), &[105.0, 205.0]));
        assert!(close(&at(&[], None), &[7.0, 107.0]));
    }

    #[test]
    fn without_room_all_are_renumbered() {
        let siblings = siblings(&[5.0, 5.0, 5.0]);
        let keys = keys_before(&siblings, Some(&id("1")), &[0.0, 0.0]);
        assert!(close(&keys.own, &[105.0, 205.0]));
        assert_eq!(
            keys.others.iter().map(|(_, key)| *key).collect::<Vec<_>>(),
            [305.0, 405.0]
        );
    }
}
