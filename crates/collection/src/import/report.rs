//! What an import took, changed and left, so that nothing is dropped in silence.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::Kind;

/// Different remarks that a report holds; what comes behind is counted.
const MAX_REMARKS: usize = 300;
/// Places that are named with a remark; the others are counted.
const MAX_PLACES: usize = 4;
/// Characters of a remark or a place that are shown.
const MAX_CHARS: usize = 160;

/// What an import takes, changes and leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportReport {
    /// The format it comes from, by name: "Postman collection 2.1".
    pub source: String,
    /// What is taken, by kind.
    pub taken: Vec<TakenCount>,
    /// What is taken in another form, a sentence each.
    pub changed: Vec<String>,
    /// What is not taken, a sentence each that says where it stands.
    pub left: Vec<String>,
    /// How many values look like passwords or tokens. They are taken as they are, and are committed if they stay.
    pub secrets: u32,
}

/// How many resources of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TakenCount {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: u32,
}

/// Remarks on the way to a report. The same remark about many places is one sentence.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    changed: Remarks,
    left: Remarks,
}

#[derive(Debug, Default)]
struct Remarks {
    places: Vec<(String, Places)>,
    by_text: HashMap<String, usize>,
    more: usize,
}

#[derive(Debug, Default)]
struct Places {
    named: Vec<String>,
    count: usize,
}

impl Notes {
    /// Something is taken in another form. `what` is a sentence without its full stop.
    pub(crate) fn changed(&mut self, what: impl AsRef<str>, place: &str) {
        self.changed.add(what.as_ref(), place);
    }

    /// Something is not taken. `what` is a sentence without its full stop.
    pub(crate) fn left(&mut self, what: impl AsRef<str>, place: &str) {
        self.left.add(what.as_ref(), place);
    }

    /// The sentences: what is changed, and what is left.
    pub(crate) fn sentences(&self) -> (Vec<String>, Vec<String>) {
        (self.changed.sentences(), self.left.sentences())
    }
}

impl Remarks {
    fn add(&mut self, what: &str, place: &str) {
        let what = shortened(what);
        let index = match self.by_text.get(&what) {
            Some(index) => *index,
            None if self.places.len() >= MAX_REMARKS => {
                self.more += 1;
                return;
            }
            None => {
                self.by_text.insert(what.clone(), self.places.len());
                self.places.push((what, Places::default()));
                self.places.len() - 1
            }
        };
        if let Some((_, places)) = self.places.get_mut(index) {
            places.add(place);
        }
    }

    fn sentences(&self) -> Vec<String> {
        let mut sentences: Vec<String> = self
            .places
            .iter()
            .map(|(what, places)| places.sentence(what))
            .collect();
        if self.more > 0 {
            sentences.push(format!("{} more remarks of other kinds.", self.more));
        }
        sentences
    }
}

impl Places {
    fn add(&mut self, place: &str) {
        self.count += 1;
        let place = shortened(place);
        if !place.is_empty() && self.named.len() < MAX_PLACES && !self.named.contains(&place) {
            self.named.push(place);
        }
    }

    fn sentence(&self, what: &str) -> String {
        if self.named.is_empty() {
            return format!("{what}.");
        }
        let names = self.named.join(", ");
        match self.count - self.named.len() {
            0 => format!("{what}: {names}."),
            more => format!("{what}: {names} and {more} more."),
        }
    }
}

/// One line of a length that can be read.
fn shortened(text: &str) -> String {
    let visible = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char });
    let mut short: String = visible.take(MAX_CHARS).collect();
    if text.chars().nth(MAX_CHARS).is_some() {
        short.push('…');
    }
    short.trim().to_owned()
}
