//! An API spec and other YAML: by path, operation, parameter and so on, with the comments of both sides.

use std::collections::HashMap;

use serde_json::Value;

use super::lines::weave;
use super::ordered::like;
use super::three::{Side, Three};
use super::tree::{Names, merge_quietly};
use crate::yaml::{Dialect, Node, normalised, parse, patch};

/// The text with what both sides made of it; nothing where they disagree.
pub(super) fn merge_spec(three: &Three<'_>) -> Option<String> {
    let (base, ours, theirs) = (text(three.base()?)?, text(three.ours)?, text(three.theirs)?);
    let woven = weave(base, ours, theirs);
    let Some([old, our, their]) = documents([base, ours, theirs]) else {
        return woven.is_clean.then_some(woven.text);
    };
    let values = Three {
        bases: vec![Some(&old)],
        ours: Some(&our),
        theirs: Some(&their),
    };
    let of_lines = parse(&woven.text).ok().map(|node| node.to_value());
    let Some(target) = merge_quietly(&values, &SpecNames).ok().flatten() else {
        // Items of a list that touch one another may be lines apart.
        let is_fine = woven.is_clean && of_lines.is_some_and(|value| value.is_object());
        return is_fine.then_some(woven.text);
    };
    let with_lines = of_lines
        .map(|value| like(&target, &value))
        .and_then(|target| patch(&woven.text, &target, Dialect::Yaml2).ok());
    let plain = || patch(ours, &like(&target, &our), Dialect::Yaml2).ok();
    let keeps = |text: &String| keeps_comments([base, ours, theirs], text);
    with_lines.filter(keeps).or_else(|| plain().filter(keeps))
}

fn text(side: Side<'_>) -> Option<&str> {
    side.map_or(Some(""), Value::as_str)
}

/// The documents, where all of them are maps. An empty text is a document of nothing.
fn documents(texts: [&str; 3]) -> Option<[Value; 3]> {
    let read = |text: &str| {
        let value = normalised(&parse(text).map(Node::into_value).ok()?);
        value.is_object().then_some(value)
    };
    let [base, ours, theirs] = texts.map(read);
    Some([base?, ours?, theirs?])
}

/// Is every comment there that a side wrote?
fn keeps_comments([base, ours, theirs]: [&str; 3], merged: &str) -> bool {
    let (base, merged) = (comments(base), comments(merged));
    [ours, theirs].iter().all(|side| {
        let new = comments(side)
            .into_iter()
            .filter(|(comment, count)| base.get(comment).is_none_or(|old| old < count));
        let mut new = new.map(|(comment, _)| comment);
        new.all(|comment| merged.contains_key(comment))
    })
}

/// Lines that are comments, and how often each stands there.
fn comments(text: &str) -> HashMap<&str, usize> {
    let mut found = HashMap::new();
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with('#'));
    for line in lines {
        *found.entry(line).or_default() += 1;
    }
    found
}

/// How the items of the lists of a spec are named (OpenAPI 3: Parameter Object, Tag Object, Server Object).
struct SpecNames;

impl Names for SpecNames {
    fn name(&self, key: &str, item: &Value) -> Option<String> {
        let text = |key: &str| item.get(key).and_then(Value::as_str);
        match key {
            "parameters" => match text("$ref") {
                Some(reference) => Some(reference.to_owned()),
                None => Some(format!("{} {}", text("in")?, text("name")?)),
            },
            "tags" => text("name").map(str::to_owned),
            "servers" => text("url").map(str::to_owned),
            _ => None,
        }
    }
}
