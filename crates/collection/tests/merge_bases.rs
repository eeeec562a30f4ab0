//! Branches that were merged into one another have several bases, and strangers have none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::merging::{Outcome, State, merged_with};
use common::{NOW, id, set};
use serde_json::json;
use sheaf_collection::model::{Answer, Answers, Asks};

fn with(bases: &[&State], ours: &State, theirs: &State) -> Outcome {
    merged_with(bases, ours, theirs, &Answers::new())
}

#[test]
fn what_the_bases_agree_on_is_the_base() {
    let base = State::shop();
    let other = base.set("req_1", &[set("method", "PUT")], 3);
    let ours = base.set("req_1", &[set("url", "/ours")], 5);
    let theirs = base.set("req_1", &[set("headers.Content-Type", "a/b")], 7);
    let outcome = with(&[&base, &other], &ours, &theirs);
    assert_eq!(outcome.asked(), Vec::<&str>::new());
    assert_eq!(outcome.state.field("req_1", "/url"), json!("/ours"));
    assert_eq!(outcome.state.field("req_1", "/headers/0/value"), json!("a/b"));
}

#[test]
fn what_they_do_not_agree_on_is_a_question_where_the_sides_differ() {
    let base = State::shop();
    let other = base.set("req_1", &[set("url", "/other")], 3);
    for (ours, theirs) in [(&base, &other), (&other, &base)] {
        assert_eq!(with(&[&base, &other], ours, theirs).asked(), ["req_1:url"]);
    }
    assert_eq!(with(&[&base, &other], &other, &other).asked(), Vec::<&str>::new());
    let gone = base.edited(|all| all.delete(&id("req_1"), NOW));
    let outcome = with(&[&base, &gone], &gone, &base);
    assert_eq!(
        (outcome.one().id.0.as_str(), outcome.one().asks),
        ("req_1", Asks::Deleted)
    );
}

#[test]
fn without_a_base_every_difference_is_a_question_and_nothing_goes() {
    let ours = State::shop();
    let theirs = ours
        .set("req_1", &[set("url", "/theirs"), set("headers.X-New", "1")], 7)
        .edited(|all| all.delete(&id("req_2"), NOW));
    let outcome = with(&[], &ours, &theirs);
    assert_eq!(outcome.asked(), ["req_1:url", "req_1:headers.X-New"]);
    assert!(outcome.state.has("req_2"));
    let answers = common::merging::answers_of(&[
        ("req_1:url", Answer::Theirs),
        ("req_1:headers.X-New", Answer::Theirs),
    ]);
    let result = merged_with(&[], &ours, &theirs, &answers);
    assert!(result.questions.is_empty());
    assert_eq!(result.state.field("req_1", "/url"), json!("/theirs"));
    assert_eq!(result.state.field("req_1", "/headers/3/name"), json!("X-New"));
}
