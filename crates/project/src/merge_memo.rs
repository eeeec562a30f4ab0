//! What the last merge was computed from and came to. The same is asked again and again: for the preview, for each
//! answer, and when it lands.

use std::sync::Arc;

use sheaf_collection::model::ResourceChange;
use sheaf_collection::{Collections, Merged};
use sheaf_git::file_merge::ContentId;
use sheaf_git::model::Oid;

use crate::answers::Given;
use crate::collection_merge::Asked;

/// Two bases, and both sides.
const MOST_STATES: usize = 4;
/// What is larger, in bytes of text, is read again.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The files of a state: their paths and contents.
pub(crate) type StateKey = Vec<(String, ContentId)>;
/// What changes, and in how many files.
pub(crate) type Incoming = (Vec<ResourceChange>, usize);

/// Forgotten as soon as a merge lands or is dropped.
#[derive(Default)]
pub(crate) struct MergeMemo {
    states: Vec<(StateKey, Arc<Collections>)>,
    joined: Option<Joined>,
    incoming: Option<((Option<Oid>, Oid), Incoming)>,
}

/// A merge of collections.
pub(crate) struct Joined {
    /// The bases, what is here, what comes in.
    pub(crate) states: Vec<Arc<Collections>>,
    pub(crate) given: Given,
    pub(crate) answered: bool,
    pub(crate) merged: Merged,
    pub(crate) asked: Vec<Asked>,
}

impl MergeMemo {
    /// A state that was read before.
    pub(crate) fn state(&self, key: &StateKey) -> Option<Arc<Collections>> {
        let found = self.states.iter().find(|(known, _)| known == key);
        found.map(|(_, state)| state.clone())
    }

    /// Keeps a state of so many bytes, unless it is too large.
    pub(crate) fn keep_state(&mut self, key: StateKey, state: &Arc<Collections>, bytes: usize) {
        if bytes > MOST_BYTES / MOST_STATES {
            return;
        }
        if self.states.len() == MOST_STATES {
            self.states.remove(0);
        }
        self.states.push((key, state.clone()));
    }

    /// What these states were merged to with these answers.
    pub(crate) fn joined(
        &self,
        states: &[Arc<Collections>],
        given: &Given,
        answered: bool,
    ) -> Option<&Joined> {
        let same = |a: &[Arc<Collections>]| {
            a.len() == states.len() && a.iter().zip(states).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        self.joined
            .as_ref()
            .filter(|known| known.answered == answered && known.given == *given && same(&known.states))
    }

    pub(crate) fn keep_joined(&mut self, joined: Joined) {
        self.joined = Some(joined);
    }

    /// What changes from one commit to a tree.
    pub(crate) fn incoming(&self, from: Option<&Oid>, to: &Oid) -> Option<Incoming> {
        let known = self.incoming.as_ref();
        let known = known.filter(|((known_from, known_to), _)| known_from.as_ref() == from && known_to == to);
        known.map(|(_, incoming)| incoming.clone())
    }

    pub(crate) fn keep_incoming(&mut self, from: Option<&Oid>, to: &Oid, incoming: &Incoming) {
        self.incoming = Some(((from.cloned(), to.clone()), incoming.clone()));
    }
}
