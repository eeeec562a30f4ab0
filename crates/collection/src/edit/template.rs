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
        (Kind::ApiSpec, "contentType") => "yaml".into(),
        (Kind::Workspace, "scope") => "collection".into(),
        (Kind::Environment, "metaSortKey") => now.into(),
        (_, "metaSortKey") => (-now).into(),
        (Kind::Request | Kind::MockRoute, "method") => "GET".into(),
        (Kind::MockRoute, "statusCode") => 200.into(),
        (Kind::MockServer, "url") => "http://localhost:8080".into(),
        (Kind::MockServer, "useInsomniaCloud") => true.into(),
        (Kind::MockRoute, "mimeType") | (Kind::WebSocketPayload, "mode") => "application/json".into(),
        (Kind::McpRequest, "transportType") => "streamable-http".into(),
        (Kind::GrpcRequest, "body") => json!({ "text": "{}" }),
        (Kind::MockRoute, "body") => "".into(),
        (Kind::GrpcRequest, "reflectionApi") => json!({
            "enabled": false, "url": "https://buf.build", "apiKey": "", "module": "buf.build/connectrpc/eliza",
        }),
        (Kind::SocketIOPayload, "args") => json!([
            { "id": super::ids::new_uuid(), "value": "", "mode": "application/json" }
        ]),
        (Kind::RequestGroup, "headers" | "authentication") => Value::Null,
        (_, "body" | "authentication" | "data" | "environment") => json!({}),
        (_, "headers" | "parameters" | "metadata" | "cookies" | "eventListeners" | "env" | "roots") => {
            json!([])
        }
        (_, "isPrivate" | "settingDisableRenderRequestBody" | "ack") => false.into(),
        (_, "settingFollowRedirects") => "global".into(),
        (_, "settingPath") => return None,
        (_, field) if field.starts_with("setting") => true.into(),
        (
            _,
            "url" | "description" | "code" | "protoFileId" | "protoMethodName" | "protoText" | "contents"
            | "value" | "statusText" | "eventName" | "rulesetContent",
        ) => "".into(),
        _ => Value::Null,
    };
    Some(value)
}
