//! Fields and their values in words.

use serde_json::Value;

/// What a top-level field is called.
pub(crate) fn label(field: &str) -> String {
    let word = match field {
        "url" => "URL",
        "fileName" | "name" => "name",
        "method" => "method",
        "description" => "description",
        "contents" => "API spec",
        "contentType" => "format of the API spec",
        "preRequestScript" => "pre-request script",
        "afterResponseScript" => "after-response script",
        "protoText" => "proto definition",
        "protoFileId" => "proto file",
        "protoMethodName" => "gRPC method",
        "code" => "test code",
        "requestId" => "tested request",
        "value" => "message",
        "mode" => "message format",
        "color" => "color",
        "isPrivate" => "private",
        "scope" => "kind of collection",
        "statusCode" => "status code",
        "statusText" => "status text",
        "mimeType" => "content type",
        "transportType" => "transport",
        "environmentType" => "how values are edited",
        "useInsomniaCloud" => "hosted by Insomnia",
        "settingStoreCookies" => "store cookies",
        "settingSendCookies" => "send cookies",
        "settingDisableRenderRequestBody" => "templates in the body",
        "settingEncodeUrl" => "encode URL",
        "settingRebuildPath" => "rebuild path",
        "settingFollowRedirects" => "follow redirects",
        "settingPath" => "handshake path",
        "metaSortKey" => "order",
        "modified" => "time of change",
        "created" => "time of creation",
        "dataPropertyOrder" | "environmentPropertyOrder" => "order of environment values",
        "schema_version" => "version of the file format",
        other => other,
    };
    word.to_owned()
}

/// What one row of a list is called.
pub(crate) fn row_word(field: &str) -> &'static str {
    match field {
        "headers" => "header",
        "parameters" => "parameter",
        "pathParameters" => "path parameter",
        "metadata" => "metadata",
        "body.params" => "form field",
        "cookies" => "cookie",
        "eventListeners" => "event",
        "kvPairData" => "table value",
        "env" => "variable",
        "roots" => "root",
        _ => "entry",
    }
}

/// What a row names itself by.
pub(crate) fn row_key(field: &str) -> &'static str {
    match field {
        "cookies" => "key",
        "eventListeners" => "eventName",
        "roots" => "uri",
        _ => "name",
    }
}

/// Fields that are lists of rows, below the body too.
pub(crate) fn is_rows(field: &str) -> bool {
    row_word(field) != "entry"
}

/// Fields that are maps whose keys are told one by one, and what such a key is called.
pub(crate) fn tree_word(field: &str) -> Option<&'static str> {
    match field {
        "data" | "environment" => Some("environment value"),
        "authentication" => Some("authentication"),
        "reflectionApi" => Some("reflection"),
        "settings" => Some("setting"),
        _ => None,
    }
}

/// A value of a field in words.
pub(crate) fn value_words(field: &str, value: &Value) -> Option<String> {
    let word = match (field, value) {
        ("settingFollowRedirects", Value::String(text)) if text == "global" => "as in the preferences",
        ("settingDisableRenderRequestBody", Value::Bool(disabled)) => on_off(!disabled),
        (_, Value::Bool(on)) if field.starts_with("setting") => on_off(*on),
        (_, Value::Bool(true)) => "yes",
        (_, Value::Bool(false)) => "no",
        _ => return None,
    };
    Some(word.to_owned())
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Fields that say nothing about what a resource does.
pub(crate) fn is_bookkeeping(field: &str) -> bool {
    matches!(
        field,
        "modified"
            | "created"
            | "metaSortKey"
            | "dataPropertyOrder"
            | "environmentPropertyOrder"
            | "schema_version"
            | "environmentType"
    )
}
