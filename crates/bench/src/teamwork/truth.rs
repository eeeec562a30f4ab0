//! What should have come out of a merge, from what both people meant.

use serde_json::Value;
use sheaf_project::collection::Collections;
use sheaf_project::collection::model::{Question, ResourceId};

use super::person::{Leaf, Person};

/// What was wrong with a merge.
#[derive(Default)]
pub(super) struct Found {
    pub(super) needless: Vec<String>,
    pub(super) lost: Vec<String>,
}

pub(super) fn compare(
    ours: &Person<'_>,
    theirs: &Person<'_>,
    result: &Collections,
    questions: &[Question],
) -> Found {
    let mut found = Found::default();
    for question in questions {
        if !is_true(question, ours, theirs) {
            found.needless.push(format!("needless question {}", question.id));
        }
    }
    for (person, other) in [(ours, theirs), (theirs, ours)] {
        for (leaf, value) in &person.meant {
            let asked = questions.iter().any(|question| is_about(question, leaf));
            if asked || read(result, leaf) == *value {
                continue;
            }
            found.lost.push(format!(
                "lost {} {}: {value:?}, is {:?}",
                leaf.0,
                leaf.1,
                read(result, leaf)
            ));
        }
        for id in &person.created {
            if result.resource(id).is_none() {
                found.lost.push(format!("lost new {id}"));
            }
        }
        for id in &person.deleted {
            let asked = questions.iter().any(|question| question.resource == *id);
            let kept = result.resource(id).is_some() && !asked;
            if kept && !other.deleted.contains(id) {
                found.lost.push(format!("lost deletion of {id}"));
            }
        }
    }
    found
}

/// Whether both people really disagree there.
fn is_true(question: &Question, ours: &Person<'_>, theirs: &Person<'_>) -> bool {
    let touches = |person: &Person<'_>, id: &ResourceId| person.meant.keys().any(|(of, _)| of == id);
    let one_deleted = |a: &Person<'_>, b: &Person<'_>| {
        a.deleted.contains(&question.resource) && touches(b, &question.resource)
    };
    if one_deleted(ours, theirs) || one_deleted(theirs, ours) {
        return true;
    }
    ours.meant
        .iter()
        .filter(|(leaf, _)| is_about(question, leaf))
        .any(|(leaf, value)| theirs.meant.get(leaf).is_some_and(|other| other != value))
}

fn is_about(question: &Question, (id, path): &Leaf) -> bool {
    let Some(field) = &question.field else {
        return question.resource == *id;
    };
    let own = path.split('/').next().unwrap_or(path);
    question.resource == *id
        && (own == field || own.starts_with(&format!("{field}.")) || field.starts_with(&format!("{own}.")))
}

/// The value of a leaf.
pub(super) fn read(result: &Collections, (id, path): &Leaf) -> Option<Value> {
    let view = result.resource(id)?;
    if path == "parentId" {
        return view.parent_id.map(|parent| parent.0.into());
    }
    if let Some(key) = path.strip_prefix("body.text/") {
        let body: Value = serde_json::from_str(view.fields.get("body")?.get("text")?.as_str()?).ok()?;
        return body.get(key).cloned();
    }
    if let Some(line) = path.strip_prefix("afterResponseScript/") {
        let text = view.fields.get("afterResponseScript")?.as_str()?;
        return text.lines().nth(line.parse().ok()?).map(Value::from);
    }
    let mut parts = path.splitn(3, '.');
    let first = view.fields.get(parts.next()?)?;
    match (parts.next(), first) {
        (None, value) => Some(value.clone()),
        (Some(name), Value::Array(rows)) => rows
            .iter()
            .find(|row| row.get("name").and_then(Value::as_str) == Some(name))?
            .get(parts.next()?)
            .cloned(),
        (Some(key), value) => value.get(key).cloned(),
    }
}
