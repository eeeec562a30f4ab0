//! A merge as it happens, and what has to come of it.

use std::collections::BTreeSet;

use serde_json::Value;
use sheaf_collection::model::{Answer, Answers};

use crate::common::by_lines::{ByLines, is_git_here, merged_by_lines};
use crate::common::merging::{Outcome, State, merged, merged_with, problems};

/// What a merge of lines makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Git {
    Conflicts,
    Breaks,
    Merges,
}

/// A resource, a pointer into its fields, and what is there.
type Held = (&'static str, &'static str, Value);

/// A resource, a pointer to a list of rows, and their names.
type Names = (&'static str, &'static str, &'static [&'static str]);

/// Three states, with what is asked and what the result holds.
pub(crate) struct Shape {
    name: &'static str,
    base: State,
    ours: State,
    theirs: State,
    git: Git,
    asks: &'static [&'static str],
    holds: Vec<Held>,
    rows: Vec<Names>,
    gone: &'static [&'static str],
}

impl Shape {
    /// Git conflicts and nothing is asked, unless said otherwise.
    pub(crate) fn new(name: &'static str, base: &State, ours: State, theirs: State) -> Self {
        Self {
            name,
            base: base.clone(),
            ours,
            theirs,
            git: Git::Conflicts,
            asks: &[],
            holds: Vec::new(),
            rows: Vec::new(),
            gone: &[],
        }
    }

    pub(crate) fn git(mut self, git: Git) -> Self {
        self.git = git;
        self
    }

    pub(crate) fn asks(mut self, asks: &'static [&'static str]) -> Self {
        self.asks = asks;
        self
    }

    pub(crate) fn holds(
        mut self,
        resource: &'static str,
        pointer: &'static str,
        value: impl Into<Value>,
    ) -> Self {
        self.holds.push((resource, pointer, value.into()));
        self
    }

    /// Names of the rows of a list, in any order.
    pub(crate) fn rows(
        mut self,
        resource: &'static str,
        pointer: &'static str,
        names: &'static [&'static str],
    ) -> Self {
        self.rows.push((resource, pointer, names));
        self
    }

    pub(crate) fn gone(mut self, gone: &'static [&'static str]) -> Self {
        self.gone = gone;
        self
    }

    /// Tries it both ways round, and answers what is asked either way.
    pub(crate) fn check(&self) {
        self.check_git();
        for (ours, theirs) in [(&self.ours, &self.theirs), (&self.theirs, &self.ours)] {
            let outcome = merged(&self.base, ours, theirs);
            let asked: BTreeSet<&str> = outcome.asked().into_iter().collect();
            let expected: BTreeSet<&str> = self.asks.iter().copied().collect();
            assert_eq!(asked, expected, "{}: {:#?}", self.name, outcome.questions);
            self.check_result(&outcome, ours);
            self.check_answers(&outcome, [ours, theirs]);
        }
    }

    fn check_git(&self) {
        if !is_git_here() {
            return;
        }
        let by_lines = match merged_by_lines(&self.base, &self.ours, &self.theirs) {
            ByLines::Conflict => Git::Conflicts,
            ByLines::Broken => Git::Breaks,
            ByLines::Merged(_) => Git::Merges,
        };
        assert_eq!(by_lines, self.git, "{}", self.name);
    }

    fn check_result(&self, outcome: &Outcome, ours: &State) {
        for (resource, pointer, value) in &self.holds {
            let found = outcome.state.field(resource, pointer);
            assert_eq!(&found, value, "{}: {resource} {pointer}", self.name);
        }
        for (resource, pointer, names) in &self.rows {
            let found = outcome.state.field(resource, pointer);
            let found = found.as_array().into_iter().flatten();
            let mut found: Vec<&str> = found.filter_map(|row| row["name"].as_str()).collect();
            found.sort_unstable();
            assert_eq!(&found, names, "{}", self.name);
        }
        for resource in self.gone {
            assert!(!outcome.state.has(resource), "{}: {resource}", self.name);
        }
        let (known, found) = (problems(ours), problems(&outcome.state));
        assert!(
            found.iter().all(|problem| known.contains(problem)),
            "{}: {found:?}",
            self.name
        );
    }

    fn check_answers(&self, outcome: &Outcome, [ours, theirs]: [&State; 2]) {
        for (answer, side) in [(Answer::Ours, ours), (Answer::Theirs, theirs)] {
            let answers: Answers = outcome
                .questions
                .iter()
                .map(|question| (question.id.clone(), answer.clone()))
                .collect();
            let settled = merged_with(&[&self.base], ours, theirs, &answers);
            assert!(
                settled.questions.is_empty(),
                "{}: {:?}",
                self.name,
                settled.asked()
            );
            if problems(side).is_empty() {
                assert_eq!(problems(&settled.state), [""; 0], "{} {answer:?}", self.name);
            }
        }
    }
}
