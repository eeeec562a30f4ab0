//! New resources with Insomnia's defaults, in the order its legacy files have.

use serde_json::{Map, Value, json};

use crate::kinds::{kind_info, kind_name};
use crate::model::{Kind, ResourceId};

/// Fields of a new resource.
pub(crate) fn new_fields(
    kind: Kind,
    id: &ResourceId,
    parent: Option<&ResourceId>,
    name: &str,
    now: i64,
) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("_id".to_owned(), id.0.clone().into());
    fields.insert("type".to_owned(), kind_name(kind).into());
    fields.insert(
        "parentId".to_owned(),
        parent.map_or(Value::Null, |id| id.0.clone().into()),
    );
    fields.insert("modified".to_owned(), now.into());
    fields.insert("created".to_owned(), now.into());
    for field in kind_info(kind).map(|info| info.fields).unwrap_or_default() {
        if let Some(value) = default(kind, field, name, now) {
            fields.insert((*field).to_owned(), value);
        }
    }
    fields
}

fn default(kind: Kind, field: &str, name: &str, now: i64) -> Option<Value> {
    let value = match (kind, field) {
        (Kind::ApiSpec, "fileName") | (_, "name") => name.into(),
        (Kind::ApiSpec, "contents") => spec_text(name).into(),
        (Kind::ApiSpec, "contentType") => "yaml".into(),
        (Kind::Environment, "metaSortKey") => now.into(),
        (_, "metaSortKey") => (-now).into(),
        (Kind::Request | Kind::MockRoute, "method") => "GET".into(),
        (Kind::GrpcRequest, "body") => json!({ "text": "{}" }),
        (Kind::GrpcRequest, "reflectionApi") => json!({
            "enabled": false, "url": "https://buf.build", "apiKey": "", "module": "buf.build/connectrpc/eliza",
        }),
        (Kind::RequestGroup, "headers" | "authentication") => Value::Null,
        (_, "body" | "authentication" | "data" | "environment") => json!({}),
        (_, "headers" | "parameters" | "metadata") => json!([]),
        (_, "isPrivate" | "settingDisableRenderRequestBody") => false.into(),
        (_, "settingFollowRedirects") => "global".into(),
        (_, "settingPath" | "eventListeners") => return None,
        (_, field) if field.starts_with("setting") => true.into(),
        (_, "url" | "description" | "code" | "protoFileId" | "protoMethodName") => "".into(),
        _ => Value::Null,
    };
    Some(value)
}

/// A small valid document to start from.
fn spec_text(name: &str) -> String {
    let title = Value::from(name);
    format!("openapi: 3.0.3\ninfo:\n  title: {title}\n  version: 1.0.0\npaths: {{}}\n")
}
