//! `sheaf search`.

use std::fmt::Write;

use serde_json::json;
use sheaf_project::collection::model::{ResourceHits, SearchDone, SearchOptions};
use sheaf_project::git::cancel::CancelToken;

use super::{Context, Outcome};
use crate::arguments::SearchArgs;
use crate::outcome::Done;

pub(super) fn search(context: &Context, query: &str, how: &SearchArgs) -> Outcome {
    let options = SearchOptions {
        match_case: how.case,
        whole_word: how.word,
        regex: how.regex,
    };
    let mut found = Vec::new();
    let done = context
        .project()?
        .search(query, options, &CancelToken::new(), |hits| found.extend(hits))?;
    let text = told(&found, done);
    Ok(Done::ok(&json!({ "found": found, "done": done }), text))
}

fn told(found: &[ResourceHits], done: SearchDone) -> String {
    if found.is_empty() {
        return "Nothing found.".to_owned();
    }
    let mut text = String::new();
    for resource in found {
        let mut names = resource.location.clone();
        names.push(resource.name.clone());
        let _ = writeln!(text, "{}  [{}]", names.join("/"), resource.id);
        for hit in &resource.hits {
            let _ = writeln!(text, "  {}: {}", hit.label, hit.snippet);
        }
    }
    let plural = |n: u32| if n == 1 { "" } else { "s" };
    let (hits, resources) = (done.hits, done.resources);
    let _ = write!(
        text,
        "{hits} hit{} in {resources} resource{}.",
        plural(hits),
        plural(resources)
    );
    if !done.complete {
        text.push_str(" There are more; search for something longer.");
    }
    text
}
