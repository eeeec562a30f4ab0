//! `sheaf tag …`.

use std::fmt::Write;

use serde_json::json;
use sheaf_project::project::Run;

use super::{Context, Outcome, words};
use crate::arguments::Tag;
use crate::outcome::Done;

pub(super) fn run(context: &Context, what: &Tag) -> Outcome {
    let project = context.project()?;
    match what {
        Tag::List => {
            let tags = project.tags()?;
            let mut text = String::new();
            for tag in &tags {
                let _ = write!(text, "{}  {}", tag.name, words::commit(&tag.commit));
                let title = tag.annotation.as_ref().and_then(|a| a.message.lines().next());
                let _ = writeln!(
                    text,
                    "{}",
                    title.map_or_else(String::new, |title| format!("  “{title}”"))
                );
            }
            if tags.is_empty() {
                text.push_str("There is no tag here.");
            }
            Ok(Done::ok(&json!({ "tags": tags }), text))
        }
        Tag::Create { name, at, message } => {
            project.create_tag(name, at.as_deref(), message.as_deref())?;
            let text = format!("Created {name}. sheaf tag push {name} shares it.");
            Ok(Done::ok(&json!({ "tag": name }), text))
        }
        Tag::Delete { name } => {
            project.delete_tag(name)?;
            let text = format!("Deleted {name} here. sheaf undo brings it back.");
            Ok(Done::ok(&json!({ "tag": name }), text))
        }
        Tag::Push { name } => {
            let outcome = project.push_tag(name, &Run::default())?;
            Ok(super::remote::moved(
                &outcome,
                &format!("The remote has {name} now."),
            ))
        }
    }
}
