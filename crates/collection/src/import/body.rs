//! Bodies as Insomnia keeps them.

use serde_json::{Value, json};

use super::rows::row;
use super::url::form_rows;

/// Media type of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// Media type of a form with files.
pub(crate) const MULTIPART: &str = "multipart/form-data";
/// Media type of JSON.
pub(crate) const JSON: &str = "application/json";

/// A body of this text. The media type may have parameters, which stay in the header alone.
pub(crate) fn text_body(media_type: &str, text: &str) -> Value {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        FORM => json!({ "mimeType": FORM, "params": form_rows(text) }),
        // A form of parts that is given as its text is sent as it is; Insomnia would send an empty form.
        MULTIPART | "" => json!({ "mimeType": "text/plain", "text": text }),
        _ => json!({ "mimeType": essence, "text": text }),
    }
}

/// Does the text read as a JSON object or list?
pub(crate) fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// A body that is a file.
pub(crate) fn file_body(media_type: &str, file: &str) -> Value {
    let media_type = if media_type.is_empty() {
        "application/octet-stream"
    } else {
        media_type
    };
    json!({ "mimeType": media_type, "fileName": file })
}

/// Media type to send for a body where no header says another.
pub(crate) fn content_type_row(body: &Value) -> Option<Value> {
    let media_type = body.get("mimeType").and_then(Value::as_str)?;
    // What Insomnia calls GraphQL is sent as JSON.
    let sent = if media_type == "application/graphql" {
        JSON
    } else {
        media_type
    };
    (!sent.is_empty()).then(|| row("Content-Type", sent))
}
