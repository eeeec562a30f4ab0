//! What differs between the fields of two versions of a resource.

use serde_json::{Map, Value};

use super::content::{Content, compare_content, compare_trees};
use super::label::{is_bookkeeping, label, value_words};
use super::noise::is_default;
use super::rows::compare_rows;
use super::shape::{Shape, keys_of, shape};
use super::text::clip;
use super::tree::compare_tree;
use crate::comparison::Comparison;
use crate::kinds::kind_info;
use crate::model::{FieldChange, Kind};

pub(crate) type Fields = Map<String, Value>;

/// Characters of a value that are handed on beside its comparison.
const MAX_VALUE: usize = 500;

/// Names of resources that fields point at, before and after.
pub(crate) struct Names<'n> {
    /// Name of a resource before.
    pub before: &'n dyn Fn(&str) -> Option<String>,
    /// Name of a resource after.
    pub after: &'n dyn Fn(&str) -> Option<String>,
}

/// One field that differs, with its values.
pub(crate) fn field_change(
    path: String,
    label: String,
    content: Content,
    before: Option<&str>,
    after: Option<&str>,
) -> FieldChange {
    let cut = |value: Option<&str>| value.map(|text| clip(text, MAX_VALUE));
    FieldChange {
        path,
        label,
        before: cut(before),
        after: cut(after),
        bookkeeping: false,
        comparison: compare_content(content, before, after),
    }
}

/// A difference that is not worth a look.
pub(crate) fn bookkeeping(path: &str, label: &str) -> FieldChange {
    FieldChange {
        path: path.to_owned(),
        label: label.to_owned(),
        before: None,
        after: None,
        bookkeeping: true,
        comparison: Comparison::Value,
    }
}

/// A value as text: strings as they are, everything else as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => crate::yaml::js_number(number),
        other => other.to_string(),
    }
}

/// Two values as texts that can be told apart: `"3"` from `3`.
pub(crate) fn texts(before: Option<&Value>, after: Option<&Value>) -> (Option<String>, Option<String>) {
    let (old, new) = (before.map(text), after.map(text));
    if old == new {
        (before.map(Value::to_string), after.map(Value::to_string))
    } else {
        (old, new)
    }
}

/// All differences but where the resource lies, in the order of the editor, bookkeeping last.
pub(crate) fn compare_fields(
    kind: Kind,
    before: &Fields,
    after: &Fields,
    names: &Names<'_>,
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for field in fields_of(kind, before, after) {
        changes.extend(compare_field(kind, field, before, after, names));
    }
    if changes.is_empty() && !before.keys().eq(after.keys()) {
        changes.push(bookkeeping("", "order of fields"));
    }
    changes.sort_by_key(|change| change.bookkeeping);
    changes
}

/// The fields of both versions in the order of the editor, without those that say what and where the resource is.
pub(crate) fn fields_of<'f>(kind: Kind, before: &'f Fields, after: &'f Fields) -> Vec<&'f str> {
    let own = kind_info(kind).map(|info| info.fields).unwrap_or_default();
    let unknown = keys_of(Some(before), Some(after)).map(String::as_str);
    let unknown = unknown.filter(|key| !own.contains(key));
    let all = own.iter().copied().chain(unknown);
    all.filter(|field| !matches!(*field, "_id" | "type" | "parentId"))
        .collect()
}

/// The fields worth showing of a resource that came or went.
pub(crate) fn main_fields(kind: Kind, fields: &Fields, added: bool, names: &Names<'_>) -> Vec<FieldChange> {
    let is_main = |field: &str| !matches!(field, "isPrivate" | "contentType" | "scope");
    let shown = fields
        .iter()
        .filter(|(key, value)| is_main(key) && !is_default(key, Some(value)));
    let shown: Fields = shown.map(|(key, value)| (key.clone(), value.clone())).collect();
    let none = Map::new();
    let changes = if added {
        compare_fields(kind, &none, &shown, names)
    } else {
        compare_fields(kind, &shown, &none, names)
    };
    changes.into_iter().filter(|change| !change.bookkeeping).collect()
}

fn compare_field(
    kind: Kind,
    field: &str,
    before: &Fields,
    after: &Fields,
    names: &Names<'_>,
) -> Vec<FieldChange> {
    let (old, new) = (before.get(field), after.get(field));
    match shape(field, old, new) {
        Shape::Same => Vec::new(),
        Shape::Noise => vec![bookkeeping(field, &format!("empty {}", label(field)))],
        Shape::Rows(old, new) => compare_rows(field, old, new),
        Shape::Body(old, new) => compare_body(old, new),
        Shape::Tree(word) => compare_tree(field, word, old, new),
        Shape::Whole if matches!(field, "requestId" | "protoFileId") => {
            vec![reference(field, old, new, names)]
        }
        Shape::Whole => vec![whole(field, content_of(kind, field, before, after), old, new)],
    }
}

/// A field that points at another resource is told by that one's name.
fn reference(field: &str, before: Option<&Value>, after: Option<&Value>, names: &Names<'_>) -> FieldChange {
    let name = |value: Option<&Value>, names: &dyn Fn(&str) -> Option<String>| {
        let id = value?.as_str().filter(|id| !id.is_empty())?;
        Some(names(id).unwrap_or_else(|| id.to_owned()))
    };
    let (old, new) = (name(before, names.before), name(after, names.after));
    field_change(
        field.to_owned(),
        label(field),
        Content::Plain,
        old.as_deref(),
        new.as_deref(),
    )
}

fn whole(field: &str, content: Content, before: Option<&Value>, after: Option<&Value>) -> FieldChange {
    let shown = |value: Option<&Value>| {
        let value = value.filter(|value| !value.is_null())?;
        Some(value_words(field, value).unwrap_or_else(|| text(value)))
    };
    let (old, new) = (shown(before), shown(after));
    let mut change = field_change(
        field.to_owned(),
        label(field),
        content,
        old.as_deref(),
        new.as_deref(),
    );
    change.bookkeeping = is_bookkeeping(field);
    if let (Some(before), Some(after)) = (before, after)
        && [before, after]
            .iter()
            .all(|value| value.is_array() || value.is_object())
    {
        change.comparison = compare_trees(before, after);
    }
    change
}

fn content_of(kind: Kind, field: &str, before: &Fields, after: &Fields) -> Content {
    let mime = |key: &str| {
        let known = |fields: &Fields| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        known(after).or_else(|| known(before))
    };
    match (kind, field) {
        (_, "description") => Content::Prose,
        (_, "preRequestScript" | "afterResponseScript" | "code" | "protoText") => Content::Code,
        (Kind::ApiSpec, "contents") => Content::Spec,
        (Kind::MockRoute, "body") => Content::of_type(mime("mimeType").as_deref()),
        (Kind::WebSocketPayload | Kind::SocketIOPayload, "value") => {
            Content::of_type(mime("mode").as_deref())
        }
        _ => Content::Plain,
    }
}

fn compare_body(before: Option<&Fields>, after: Option<&Fields>) -> Vec<FieldChange> {
    let mime = |body: Option<&Fields>| body?.get("mimeType")?.as_str().map(str::to_owned);
    let content = Content::of_type(mime(after).or_else(|| mime(before)).as_deref());
    let mut changes = Vec::new();
    for key in keys_of(before, after) {
        let (old, new) = (
            before.and_then(|map| map.get(key)),
            after.and_then(|map| map.get(key)),
        );
        let path = format!("body.{}", crate::edit::path_key(key));
        match shape(&path, old, new) {
            Shape::Same => {}
            Shape::Noise => changes.push(bookkeeping(&path, &format!("empty {}", body_label(key)))),
            Shape::Rows(old, new) => changes.extend(compare_rows(&path, old, new)),
            _ => {
                let content = if key == "text" { content } else { Content::Plain };
                let (old, new) = texts(old, new);
                changes.push(field_change(
                    path,
                    body_label(key),
                    content,
                    old.as_deref(),
                    new.as_deref(),
                ));
            }
        }
    }
    changes
}

/// What a part of a body is called.
pub(crate) fn body_label(key: &str) -> String {
    match key {
        "text" | "params" => "body".to_owned(),
        "mimeType" => "body type".to_owned(),
        "fileName" => "body file".to_owned(),
        other => format!("body {other}"),
    }
}
