//! `sheaf add | rename | move | duplicate | remove | convert`.

use serde_json::json;
use sheaf_project::collection::model::{Kind, Layout, ResourceId};
use sheaf_project::project::Project;

use super::{Context, Outcome};
use crate::outcome::Done;

/// What can be typed for a kind, beside the name that Insomnia has for it.
const KINDS: [(&str, Kind); 16] = [
    ("request", Kind::Request),
    ("folder", Kind::RequestGroup),
    ("grpc", Kind::GrpcRequest),
    ("websocket", Kind::WebSocketRequest),
    ("socketio", Kind::SocketIORequest),
    ("environment", Kind::Environment),
    ("spec", Kind::ApiSpec),
    ("suite", Kind::UnitTestSuite),
    ("test", Kind::UnitTest),
    ("mock", Kind::MockServer),
    ("route", Kind::MockRoute),
    ("jar", Kind::CookieJar),
    ("proto", Kind::ProtoFile),
    ("proto-folder", Kind::ProtoDirectory),
    ("message", Kind::WebSocketPayload),
    ("socketio-message", Kind::SocketIOPayload),
];

pub(super) fn add(context: &Context, kind: &str, parent: &str, name: &str) -> Outcome {
    let known = KINDS.iter().find(|(word, known)| {
        word.eq_ignore_ascii_case(kind) || format!("{known:?}").eq_ignore_ascii_case(kind)
    });
    let Some((_, kind)) = known else {
        let words: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
        return Err(Done::usage(&format!(
            "There is no kind `{kind}`. There are: {}.",
            words.join(", ")
        )));
    };
    let project = context.project()?;
    let created = project.create(*kind, &project.find(parent)?, name)?;
    let text = format!("Added {name}  [{}]", created.id);
    Ok(Done::ok(&created, text))
}

pub(super) fn rename(context: &Context, what: &str, name: &str) -> Outcome {
    let project = context.project()?;
    let id = project.find(what)?;
    project.rename(&id, name)?;
    Ok(Done::ok(
        &json!({ "id": id }),
        format!("Renamed to {name}  [{id}]"),
    ))
}

pub(super) fn relocate(context: &Context, ids: &[String], to: Option<&str>, before: Option<&str>) -> Outcome {
    let (whats, parent) = match (ids, to) {
        (whats, Some(parent)) => (whats, parent),
        ([what, parent], None) => (std::slice::from_ref(what), parent.as_str()),
        ([_], None) => return Err(Done::usage("Say where it goes: sheaf move ID PARENT.")),
        _ => {
            return Err(Done::usage(
                "To move several, say where they go: sheaf move ID... --to PARENT.",
            ));
        }
    };
    let project = context.project()?;
    let (ids, parent) = (found(&project, whats)?, project.find(parent)?);
    let before = before.map(|before| project.find(before)).transpose()?;
    project.move_many(&ids, &parent, before.as_ref())?;
    let text = format!("Moved  [{}]", listed(&ids));
    Ok(Done::ok(
        &json!({ "id": ids.first(), "ids": ids, "parent": parent }),
        text,
    ))
}

/// The resources that are meant, each once.
fn found(project: &Project, whats: &[String]) -> Result<Vec<ResourceId>, Done> {
    let mut ids = Vec::with_capacity(whats.len());
    for what in whats {
        let id = project.find(what)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn listed(ids: &[ResourceId]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| id.0.as_str()).collect();
    ids.join(", ")
}

pub(super) fn duplicate(context: &Context, what: &str) -> Outcome {
    let project = context.project()?;
    let copies = project.duplicate_many(&[project.find(what)?])?;
    let id = copies
        .into_iter()
        .next()
        .unwrap_or_else(|| ResourceId(String::new()));
    let text = format!("Copied  [{id}]");
    Ok(Done::ok(&json!({ "id": id }), text))
}

pub(super) fn remove(context: &Context, whats: &[String]) -> Outcome {
    let project = context.project()?;
    let ids = found(&project, whats)?;
    project.delete_many(&ids)?;
    let them = if ids.len() == 1 { "it" } else { "them" };
    let text = format!("Deleted  [{}]; sheaf undo brings {them} back", listed(&ids));
    Ok(Done::ok(&json!({ "id": ids.first(), "ids": ids }), text))
}

pub(super) fn convert(context: &Context, collection: Option<&str>) -> Outcome {
    let project = context.project()?;
    let id = if let Some(what) = collection {
        project.find(what)?
    } else {
        let view = project.view()?;
        let mut trees = view
            .collections
            .iter()
            .filter(|tree| tree.layout == Layout::Legacy && !tree.read_only);
        match (trees.next(), trees.next()) {
            (Some(only), None) => only.id.clone(),
            (None, _) => {
                return Err(Done::usage(
                    "There is no collection here that could be converted.",
                ));
            }
            _ => return Err(Done::usage("There is more than one collection here. Say which.")),
        }
    };
    let created = project.convert(&id)?;
    let text = created.notice.clone().unwrap_or_default();
    Ok(Done::ok(&created, text))
}
