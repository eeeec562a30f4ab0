//! `sheaf list | show | set | create`.

use std::fmt::Write;

use serde_json::{Value, json};
use sheaf_project::collection::Scope;
use sheaf_project::collection::model::{FieldEdit, ResourceView};
use sheaf_project::model::EditOutcome;
use sheaf_project::project::Run;

use super::{Context, Outcome, words};
use crate::outcome::Done;

pub(super) fn list(context: &Context) -> Outcome {
    let view = context.project()?.view()?;
    let mut text = String::new();
    for c in &view.collections {
        let _ = writeln!(text, "{}  [{}]", c.name, c.id);
        for nodes in [&c.items, &c.environments, &c.tests, &c.others] {
            words::tree(nodes, 1, &mut text);
        }
        if let Some(spec) = &c.spec {
            words::tree(std::slice::from_ref(spec), 1, &mut text);
        }
    }
    for p in &view.problems {
        let _ = writeln!(text, "! {}: {}", p.path, p.message);
    }
    if view.collections.is_empty() {
        text.push_str("There is no collection here yet; sheaf create NAME makes one.");
    }
    // A large tree takes a while.
    let json = context
        .json
        .then(|| json!({ "collections": view.collections, "problems": view.problems }));
    Ok(Done::ok(&json, text))
}

pub(super) fn show(context: &Context, what: &str) -> Outcome {
    let project = context.project()?;
    let view = project.resource(&project.find(what)?)?;
    let text = fields(&view);
    Ok(Done::ok(&view, text))
}

pub(super) fn set(context: &Context, what: &str, field: &str, value: &str) -> Outcome {
    let project = context.project()?;
    let id = project.find(what)?;
    let before = project.resource(&id)?;
    let edit = FieldEdit {
        path: field.to_owned(),
        value: Some(typed(&before, field, value)),
    };
    let (EditOutcome::Saved { resource } | EditOutcome::ChangedOutside { resource }) =
        project.edit(&id, None, &[edit])?;
    let text = if resource.version == before.version {
        format!("{} had that value already.", resource.name)
    } else {
        format!("{}: {field} is set.", resource.name)
    };
    Ok(Done::ok(&resource, text))
}

pub(super) fn create(context: &Context, name: &str, design: bool) -> Outcome {
    let scope = if design { Scope::Design } else { Scope::Collection };
    let created = context
        .project()?
        .create_collection(name, scope, &Run::default())?;
    let mut text = format!("Created {name}  [{}]", created.id);
    if let Some(notice) = &created.notice {
        let _ = write!(text, "\n{notice}");
    }
    Ok(Done::ok(&created, text))
}

/// Fields that hold text take what was typed as it is; the rest takes JSON, and text where it is no JSON.
fn typed(view: &ResourceView, field: &str, value: &str) -> Value {
    let root = field.split(['.', '[']).next().unwrap_or(field);
    let is_text = field == root && view.fields.get(root).is_some_and(Value::is_string)
        || matches!(
            root,
            "headers" | "parameters" | "pathParameters" | "body" | "authentication"
        ) && field != root;
    if is_text {
        return Value::String(value.to_owned());
    }
    serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()))
}

fn fields(view: &ResourceView) -> String {
    let mut text = format!("{}  [{}]\n{}\n", view.name, view.id, view.path);
    for (key, value) in &view.fields {
        match value {
            Value::String(s) if s.contains('\n') => {
                let _ = writeln!(text, "{key}:");
                for line in s.lines() {
                    let _ = writeln!(text, "  {line}");
                }
            }
            Value::String(s) => {
                let _ = writeln!(text, "{key}: {s}");
            }
            other => {
                let _ = writeln!(text, "{key}: {other}");
            }
        }
    }
    text
}
