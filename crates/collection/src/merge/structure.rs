//! What stays, what goes, and what holds it.

mod circles;
mod deletions;

use std::collections::HashMap;

use serde_json::Value;

use super::asks::{Asks, Taken};
use super::states::{Found, States};
use crate::model::{Answer, Asks as What, Kind, QuestionId, ResourceId};

/// Rounds of decisions that follow from decisions.
const MAX_ROUNDS: usize = 16;

/// Who has a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Both.
    Both,
    /// This side alone; the other never had it.
    Added(Taken),
    /// This side alone; the other deleted it.
    Kept(Taken),
    /// Neither.
    Nobody,
}

/// A resource, and what holds it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub presence: Presence,
    pub parent: Option<ResourceId>,
    /// It is in the result.
    pub stays: bool,
}

/// Every resource of the states.
pub(super) struct Structure<'m> {
    pub nodes: HashMap<&'m ResourceId, Node>,
    pub order: Vec<&'m ResourceId>,
}

impl<'m> Structure<'m> {
    /// Decides what stays and where, and asks what nobody can tell.
    pub(super) fn new(states: &'m States<'m>, asks: &mut Asks<'m>) -> Self {
        let order = states.ids();
        let nodes = order.iter().map(|id| (*id, node(states, id))).collect();
        let mut structure = Self { nodes, order };
        structure.settle_places(states, asks);
        let mut deletions = deletions::Deletions::default();
        for _ in 0..MAX_ROUNDS {
            let circles = structure.break_circles(states, asks);
            if !structure.settle_deletions(states, asks, &mut deletions) && !circles {
                break;
            }
        }
        structure
    }

    /// What holds a resource in the result, or where neither side changed it.
    pub(super) fn parent(&self, states: &States<'_>, id: &ResourceId) -> Option<ResourceId> {
        match self.nodes.get(id) {
            Some(node) => node.parent.clone(),
            None => states.beyond(id)?.1,
        }
    }

    /// Two moves to two places are for a person.
    fn settle_places(&mut self, states: &'m States<'m>, asks: &mut Asks<'m>) {
        for id in self.order.clone() {
            let (Some(ours), Some(theirs)) = (states.ours.get(id), states.theirs.get(id)) else {
                continue;
            };
            let bases: Vec<_> = states.in_bases(id);
            let parent = |found: Option<Found<'m>>| found.and_then(|found| found.resource.parent.as_ref());
            let (our, their) = (parent(Some(ours)), parent(Some(theirs)));
            let base = match bases.split_first() {
                Some((first, rest)) if rest.iter().all(|other| parent(*other) == parent(*first)) => {
                    Some(parent(*first))
                }
                _ => None,
            };
            let merged = if our == their || base == Some(their) {
                our.cloned()
            } else if base == Some(our) {
                their.cloned()
            } else {
                self.ask_place(states, asks, id, [base.flatten(), our, their])
            };
            if let Some(node) = self.nodes.get_mut(id) {
                node.parent = merged;
            }
        }
    }

    fn ask_place(
        &self,
        states: &States<'m>,
        asks: &mut Asks<'m>,
        id: &ResourceId,
        [base, ours, theirs]: [Option<&ResourceId>; 3],
    ) -> Option<ResourceId> {
        match asks.answer(&place_id(id)) {
            Some(Answer::Ours) => return ours.cloned(),
            Some(Answer::Theirs) => return theirs.cloned(),
            Some(Answer::Value { value }) => {
                if let Some(holder) = self.holder(states, id, value) {
                    return Some(holder);
                }
            }
            None => {}
        }
        push_place(asks, id, [base, ours, theirs]);
        ours.cloned()
    }

    /// A folder that a person named, where it may hold this.
    fn holder(&self, states: &States<'_>, id: &ResourceId, value: &Value) -> Option<ResourceId> {
        let holder = ResourceId(value.as_str()?.to_owned());
        let mut above = Some(holder.clone());
        for _ in 0..=self.nodes.len() {
            match above {
                Some(at) if at == *id => return None,
                Some(at) => above = self.parent(states, &at),
                None => break,
            }
        }
        let is_here = match self.nodes.get(&holder) {
            Some(node) => {
                node.stays
                    && states
                        .any(&holder)
                        .is_some_and(|found| holds(found.resource.kind))
            }
            None => states.beyond(&holder).is_some(),
        };
        is_here.then_some(holder)
    }
}

/// Kinds that hold others.
fn holds(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Workspace
            | Kind::RequestGroup
            | Kind::Environment
            | Kind::UnitTestSuite
            | Kind::MockServer
            | Kind::ProtoDirectory
            | Kind::WebSocketRequest
            | Kind::SocketIORequest
    )
}

fn node(states: &States<'_>, id: &ResourceId) -> Node {
    let bases = states.in_bases(id);
    let (ours, theirs) = (states.ours.get(id), states.theirs.get(id));
    let alone = |side| {
        if bases.iter().all(Option::is_none) {
            Presence::Added(side)
        } else {
            Presence::Kept(side)
        }
    };
    let presence = match (ours, theirs) {
        (Some(_), Some(_)) => Presence::Both,
        (Some(_), None) => alone(Taken::Ours),
        (None, Some(_)) => alone(Taken::Theirs),
        (None, None) => Presence::Nobody,
    };
    Node {
        presence,
        parent: ours.or(theirs).and_then(|found| found.resource.parent.clone()),
        stays: presence != Presence::Nobody,
    }
}

fn place_id(id: &ResourceId) -> QuestionId {
    QuestionId(format!("{id}:parentId"))
}

fn push_place(asks: &mut Asks<'_>, id: &ResourceId, holders: [Option<&ResourceId>; 3]) {
    let values = holders.map(|holder| holder.map(|holder| holder.0.clone().into()));
    let mut question = asks.question(id, place_id(id), What::Place, values);
    question.field = Some("parentId".to_owned());
    "place".clone_into(&mut question.label);
    asks.push(question);
}
