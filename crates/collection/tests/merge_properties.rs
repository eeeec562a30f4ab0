//! Whatever two people do to a collection, nothing is lost and nothing is asked that need not be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::by_lines::{ByLines, is_git_here, merged_by_lines};
use common::merging::{Outcome, State, merged, merged_with, problems};
use common::scripts::{Edit, after, one_file, script, tree};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value};
use sheaf_collection::Stamp;
use sheaf_collection::model::{Answer, Answers, Asks, ChangeKind};
use sheaf_collection::{Collections, changes};

/// Pairs of scripts a property, each merged several times.
fn cases() -> u32 {
    std::env::var("SHEAF_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(200)
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(
            std::env::var("SHEAF_SEED")
                .ok()
                .and_then(|s| s.parse().ok())
                .unwrap_or(11),
        ),
        max_shrink_iters: 100,
        ..ProptestConfig::default()
    }
}

const SILENT: Stamp = Stamp {
    now: 5,
    write_modified: false,
};

/// What the merge keeps to itself: times, and the order of things.
const BOOKKEEPING: [&str; 5] = [
    "modified",
    "created",
    "metaSortKey",
    "dataPropertyOrder",
    "environmentPropertyOrder",
];

/// Every resource with its fields, without bookkeeping and without what says nothing.
fn model(state: &State) -> BTreeMap<String, Value> {
    let all = state.all();
    let fields = |id: &sheaf_collection::model::ResourceId| {
        let mut fields = all.resource(id).unwrap().fields;
        fields.retain(|key, value| !BOOKKEEPING.contains(&key.as_str()) && !is_empty(value));
        if let Some(Value::Array(rows)) = fields.get_mut("headers") {
            rows.sort_by_key(|row| row["name"].to_string());
        }
        (id.0.clone(), Value::Object(fields))
    };
    all.ids().iter().map(fields).collect()
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Null)
        || value == ""
        || value == &Value::Object(Map::new())
        || value == &Value::Array(Vec::new())
}

fn all_with(outcome: &Outcome, answer: &Answer) -> Answers {
    outcome
        .questions
        .iter()
        .map(|question| (question.id.clone(), answer.clone()))
        .collect()
}

/// Answers what is asked until nothing is: an answer may raise a question that was hidden behind it.
fn settled(base: &State, ours: &State, theirs: &State, answer: &Answer) -> State {
    let mut answers = Answers::new();
    for _ in 0..10 {
        let outcome = merged_with(&[base], ours, theirs, &answers);
        if outcome.questions.is_empty() {
            return outcome.state;
        }
        answers.extend(all_with(&outcome, answer));
    }
    panic!("questions without end: {answers:?}");
}

type Scripts<'s> = (&'s [Edit], &'s [Edit], &'s [Edit]);

fn states(start: &State, (first, ours, theirs): Scripts<'_>) -> (State, State, State) {
    let base = after(start, first, 3.into());
    (
        base.clone(),
        after(&base, ours, 5.into()),
        after(&base, theirs, 7.into()),
    )
}

fn check(start: &State, scripts: Scripts<'_>) -> Result<(), TestCaseError> {
    let (base, ours, theirs) = states(start, scripts);
    check_states(&base, &ours, &theirs)
}

fn check_states(base: &State, ours: &State, theirs: &State) -> Result<(), TestCaseError> {
    let outcome = merged(base, ours, theirs);
    prop_assert_eq!(problems(&outcome.state), Vec::<String>::new());
    prop_assert!(
        outcome
            .questions
            .iter()
            .all(|question| question.asks != Asks::File),
        "{:?}",
        outcome.asked()
    );
    check_swapped(base, ours, theirs, &outcome)?;
    for answer in [Answer::Ours, Answer::Theirs] {
        let result = settled(base, ours, theirs, &answer);
        prop_assert_eq!(problems(&result), Vec::<String>::new());
        let other = if answer == Answer::Ours {
            Answer::Theirs
        } else {
            Answer::Ours
        };
        prop_assert_eq!(model(&result), model(&settled(base, theirs, ours, &other)));
    }
    check_nothing_lost(base, [ours, theirs], &outcome)?;
    check_nothing_lost(base, [theirs, ours], &outcome)?;
    check_stable(&outcome.state)
}

fn check_swapped(base: &State, ours: &State, theirs: &State, outcome: &Outcome) -> Result<(), TestCaseError> {
    let swapped = merged(base, theirs, ours);
    let ids = |outcome: &Outcome| {
        outcome
            .asked()
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    prop_assert_eq!(ids(outcome), ids(&swapped));
    for question in &outcome.questions {
        let other = swapped
            .questions
            .iter()
            .find(|other| other.id == question.id)
            .unwrap();
        prop_assert_eq!(
            (&question.base, &question.ours, &question.theirs),
            (&other.base, &other.theirs, &other.ours)
        );
    }
    if outcome.questions.is_empty() {
        prop_assert_eq!(model(&outcome.state), model(&swapped.state));
    }
    Ok(())
}

/// What one side did is in the result, or a question is about it.
fn check_nothing_lost(
    base: &State,
    [side, other]: [&State; 2],
    outcome: &Outcome,
) -> Result<(), TestCaseError> {
    let (base, side, other, result) = (base.all(), side.all(), other.all(), outcome.state.all());
    let others = changes(&base, &other);
    let results = changes(&base, &result);
    for change in changes(&base, &side) {
        if change.only_bookkeeping || is_asked(outcome, &change.id.0, [&base, &side, &other]) {
            continue;
        }
        let in_result = results.iter().find(|other| other.id == change.id);
        let in_other = others.iter().find(|other| other.id == change.id);
        for field in change
            .fields
            .iter()
            .filter(|field| !field.bookkeeping && change.change != ChangeKind::Deleted)
        {
            if change.change == ChangeKind::Added
                || matches!(field.path.as_str(), "headers" | "path" | "fileName")
            {
                continue;
            }
            let path = format!("{}:{}", change.id, field.path);
            let is_asked = outcome
                .questions
                .iter()
                .any(|question| path.starts_with(&question.id.0));
            let found =
                in_result.and_then(|result| result.fields.iter().find(|other| other.path == field.path));
            let also = in_other.and_then(|other| other.fields.iter().find(|other| other.path == field.path));
            prop_assert!(
                is_asked || found.is_some(),
                "{} is lost, {:?}",
                path,
                outcome.asked()
            );
            // What holds it is told by a name, which may have changed, too.
            if !is_asked && also.is_none() && field.path != "parentId" {
                prop_assert_eq!(&found.unwrap().after, &field.after, "{}", path);
            }
        }
        let is_there = result.ids().contains(&change.id);
        prop_assert_eq!(is_there, change.change != ChangeKind::Deleted, "{}", change.id);
    }
    Ok(())
}

/// Is a question about a resource or something that holds it in one of the states?
fn is_asked(outcome: &Outcome, id: &str, states: [&Collections; 3]) -> bool {
    let asked: BTreeSet<&str> = outcome
        .questions
        .iter()
        .filter(|question| question.asks != Asks::Value)
        .map(|question| question.resource.0.as_str())
        .collect();
    states.iter().any(|state| {
        let mut at = Some(common::id(id));
        let mut steps = 0;
        while let Some(id) = at.filter(|_| steps < 20) {
            if asked.contains(id.0.as_str()) {
                return true;
            }
            at = state.resource(&id).and_then(|view| view.parent_id);
            steps += 1;
        }
        false
    })
}

/// Every file of the result stays as it is through an edit and back.
fn check_stable(state: &State) -> Result<(), TestCaseError> {
    for check in state.all().verify() {
        prop_assert!(check.parsed && check.byte_stable, "{}", check.path);
    }
    Ok(())
}

fn check_one_side(base: &State, ours: &State) -> Result<(), TestCaseError> {
    for (left, right) in [(base, ours), (ours, base), (ours, ours)] {
        let outcome = merged(base, left, right);
        prop_assert!(outcome.questions.is_empty(), "{:?}", outcome.asked());
        prop_assert_eq!(&outcome.state, ours);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn trees_merge(first in script(2), ours in script(4), theirs in script(4)) {
        check(&tree(), (&first, &ours, &theirs))?;
    }

    #[test]
    fn files_merge(first in script(2), ours in script(4), theirs in script(4)) {
        check(&one_file(), (&first, &ours, &theirs))?;
    }

    #[test]
    fn what_one_side_did_is_taken_to_the_byte(first in script(2), ours in script(5), as_file in any::<bool>()) {
        let start = if as_file { one_file() } else { tree() };
        let (base, ours, _) = states(&start, (&first, &ours, &[]));
        check_one_side(&base, &ours)?;
    }

    #[test]
    fn layouts_merge(ours in script(4), theirs in script(4), before in any::<bool>()) {
        let base = tree();
        let migrate = |state: &State| {
            let conversion = state.all().convert(&common::id("wrk_1"), 9, |_| false).unwrap();
            state.with(conversion.files)
        };
        let migrated = if before { after(&migrate(&base), &ours, 5.into()) } else { migrate(&after(&base, &ours, 5.into())) };
        let theirs = after(&base, &theirs, 7.into());
        for (ours, theirs) in [(&migrated, &theirs), (&theirs, &migrated)] {
            let outcome = merged(&base, ours, theirs);
            prop_assert_eq!(problems(&outcome.state), Vec::<String>::new());
            prop_assert!(outcome.questions.iter().all(|question| question.asks != Asks::File), "{:?}", outcome.asked());
            check_nothing_lost(&base, [theirs, ours], &outcome)?;
            let result = settled(&base, ours, theirs, &Answer::Theirs);
            prop_assert_eq!(problems(&result), Vec::<String>::new());
        }
    }

    #[test]
    fn what_merges_by_lines_merges(ours in script(3), theirs in script(3)) {
        let base = tree();
        prop_assume!(is_git_here());
        let (ours, theirs) = (after(&base, &ours, SILENT), after(&base, &theirs, SILENT));
        if let ByLines::Merged(by_lines) = merged_by_lines(&base, &ours, &theirs) {
            let outcome = merged(&base, &ours, &theirs);
            prop_assert!(outcome.questions.is_empty(), "{:?}", outcome.asked());
            prop_assert_eq!(model(&outcome.state), model(&by_lines));
        }
    }
}
