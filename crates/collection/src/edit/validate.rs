//! Which values a field may have.

use serde_json::Value;

use super::error::EditError;

const MAX_DEPTH: usize = 128;
const MAX_METHOD: usize = 64;

/// Refuses what Insomnia could not read back as this field.
pub(crate) fn validate(field: &str, value: Option<&Value>) -> Result<(), EditError> {
    let Some(value) = value else {
        return match field {
            "name" | "url" | "method" | "contents" | "code" => Err(bad(field, "it cannot be removed.")),
            _ => Ok(()),
        };
    };
    check_content(field, value, 0)?;
    match field {
        "name" | "fileName" => name(field, value),
        "url" => no_control(field, text(field, value)?),
        "method" => method(value),
        "headers" | "parameters" | "pathParameters" | "metadata" => rows(field, value),
        "body" => body(value),
        "authentication" | "environment" | "dataPropertyOrder" | "environmentPropertyOrder" => {
            map_or_null(field, value)
        }
        "data" | "reflectionApi" => map(field, value),
        "description" | "contents" | "contentType" | "code" | "protoText" | "mode" | "mimeType" => {
            text(field, value).map(drop)
        }
        "preRequestScript" | "afterResponseScript" | "requestId" | "color" => text_or_null(field, value),
        "isPrivate" | "useInsomniaCloud" => flag(field, value),
        "metaSortKey" | "statusCode" => number(field, value),
        "settingFollowRedirects" => one_of(field, value, &["global", "on", "off"]),
        "scope" => one_of(
            field,
            value,
            &["collection", "design", "environment", "mock-server"],
        ),
        field if field.starts_with("setting") && field != "settingPath" => flag(field, value),
        _ => Ok(()),
    }
}

fn bad(field: &str, reason: impl Into<String>) -> EditError {
    EditError::bad_value(field, reason)
}

fn check_content(field: &str, value: &Value, depth: usize) -> Result<(), EditError> {
    if depth > MAX_DEPTH {
        return Err(bad(
            field,
            format!("it is nested deeper than {MAX_DEPTH} levels."),
        ));
    }
    match value {
        Value::String(text) => no_nul(field, text),
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| check_content(field, item, depth + 1)),
        Value::Object(map) => map.iter().try_for_each(|(key, value)| {
            no_nul(field, key)?;
            check_content(field, value, depth + 1)
        }),
        _ => Ok(()),
    }
}

fn no_nul(field: &str, text: &str) -> Result<(), EditError> {
    if text.contains('\0') {
        return Err(bad(
            field,
            "it holds a NUL character, which a text file cannot. Remove it.",
        ));
    }
    Ok(())
}

fn text<'v>(field: &str, value: &'v Value) -> Result<&'v str, EditError> {
    value.as_str().ok_or_else(|| bad(field, "it has to be a text."))
}

fn text_or_null(field: &str, value: &Value) -> Result<(), EditError> {
    if value.is_null() {
        Ok(())
    } else {
        text(field, value).map(drop)
    }
}

fn no_control(field: &str, text: &str) -> Result<(), EditError> {
    if text.chars().any(char::is_control) {
        return Err(bad(
            field,
            "it holds a line break, a tab or another control character. Remove it.",
        ));
    }
    Ok(())
}

/// Refuses a name that nobody could see.
pub(crate) fn name(field: &str, value: &Value) -> Result<(), EditError> {
    let name = text(field, value)?;
    if name.trim().is_empty() {
        return Err(bad(field, "it must not be empty."));
    }
    no_control(field, name)
}

fn method(value: &Value) -> Result<(), EditError> {
    let method = text("method", value)?;
    let is_token = |char: char| char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char);
    if method.is_empty() || method.len() > MAX_METHOD || !method.chars().all(is_token) {
        return Err(bad("method", "it has to be a single word such as GET or POST."));
    }
    Ok(())
}

fn map(field: &str, value: &Value) -> Result<(), EditError> {
    if value.is_object() {
        Ok(())
    } else {
        Err(bad(field, "it has to be a map of names and values."))
    }
}

fn map_or_null(field: &str, value: &Value) -> Result<(), EditError> {
    if value.is_null() {
        Ok(())
    } else {
        map(field, value)
    }
}

fn flag(field: &str, value: &Value) -> Result<(), EditError> {
    if value.is_boolean() {
        Ok(())
    } else {
        Err(bad(field, "it has to be true or false."))
    }
}

fn number(field: &str, value: &Value) -> Result<(), EditError> {
    if value.is_number() {
        Ok(())
    } else {
        Err(bad(field, "it has to be a number."))
    }
}

fn one_of(field: &str, value: &Value, allowed: &[&str]) -> Result<(), EditError> {
    if allowed.contains(&text(field, value)?) {
        return Ok(());
    }
    Err(bad(field, format!("it has to be one of {}.", allowed.join(", "))))
}

fn rows(field: &str, value: &Value) -> Result<(), EditError> {
    if value.is_null() {
        return Ok(());
    }
    let Some(rows) = value.as_array() else {
        return Err(bad(field, "it has to be a list of rows with a name and a value."));
    };
    rows.iter().try_for_each(|row| {
        let Some(row) = row.as_object() else {
            return Err(bad(field, "every row has to be a map with a name and a value."));
        };
        for key in ["name", "value", "description", "fileName"] {
            if row
                .get(key)
                .is_some_and(|value| !value.is_string() && !value.is_null())
            {
                return Err(bad(field, format!("the {key} of a row has to be a text.")));
            }
        }
        match row.get("disabled") {
            Some(disabled) => flag("disabled", disabled),
            None => Ok(()),
        }
    })
}

fn body(value: &Value) -> Result<(), EditError> {
    map("body", value)?;
    for key in ["text", "mimeType", "fileName"] {
        if let Some(value) = value.get(key) {
            text_or_null(&format!("body.{key}"), value)?;
        }
    }
    value
        .get("params")
        .map_or(Ok(()), |params| rows("body.params", params))
}
