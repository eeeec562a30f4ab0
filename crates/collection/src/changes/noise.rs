//! What versions of Insomnia write for nothing: empty fields, and settings at their default.

use serde_json::{Value, json};

/// Nothing, or what Insomnia writes for nothing.
pub(crate) fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        Some(_) => false,
    }
}

/// Whether a field says as much as if it were not there.
pub(crate) fn is_default(field: &str, value: Option<&Value>) -> bool {
    is_empty(value) || value.is_some_and(|value| default(field).is_some_and(|default| default == *value))
}

/// What a missing field stands for (the models of Insomnia 10, `init`).
fn default(field: &str) -> Option<Value> {
    Some(match field {
        "settingStoreCookies"
        | "settingSendCookies"
        | "settingEncodeUrl"
        | "settingRebuildPath"
        | "useInsomniaCloud" => json!(true),
        "settingDisableRenderRequestBody" | "isPrivate" => json!(false),
        "settingFollowRedirects" => json!("global"),
        "environmentType" => json!("json"),
        "contentType" => json!("yaml"),
        "reflectionApi" => json!({
            "enabled": false,
            "url": "https://buf.build",
            "apiKey": "",
            "module": "buf.build/connectrpc/eliza",
        }),
        _ => return None,
    })
}
