//! `sheaf add | rename | move | duplicate | remove | convert`.

use serde_json::json;
use sheaf_project::collection::model::{Kind, Layout, ResourceId};

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

pub(super) fn relocate(context: &Context, what: &str, parent: &str, before: Option<&str>) -> Outcome {
    let project = context.project()?;
    let (id, parent) = (project.find(what)?, project.find(parent)?);
    let before = before.map(|before| project.find(before)).transpose()?;
    project.move_many(std::slice::from_ref(&id), &parent, before.as_ref())?;
    let text = format!("Moved  [{id}]");
    Ok(Done::ok(&json!({ "id": id, "parent": parent }), text))
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

pub(super) fn remove(context: &Context, what: &str) -> Outcome {
    let project = context.project()?;
    let id = project.find(what)?;
    project.delete_many(std::slice::from_ref(&id))?;
    let text = format!("Deleted  [{id}]; sheaf undo brings it back");
    Ok(Done::ok(&json!({ "id": id }), text))
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
