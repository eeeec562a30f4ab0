//! Edits of one field, and how to take them back.

use serde_json::{Value, json};
use sheaf_collection::Collections;
use sheaf_collection::model::{FieldEdit, Kind, ResourceChange, ResourceId, ResourceView};

use crate::common::{NOW, applied, only_text, set, unset};
use crate::lines::assert_only_below;

/// One edit with its way back, and the keys below which lines may differ.
pub(crate) struct Trial {
    pub edit: FieldEdit,
    pub back: Vec<FieldEdit>,
    pub keys: Vec<&'static str>,
}

/// An edit of every field that a person edits.
pub(crate) fn trials(view: &ResourceView) -> Vec<Trial> {
    let fields = Value::Object(view.fields.clone());
    let mut trials = Vec::new();
    let mut add = |edit: FieldEdit, keys: &[&'static str]| {
        let field = edit.path.split(['.', '[']).next().unwrap().to_owned();
        let mut back = vec![was(&fields, &field)];
        if let Some(order) = keys.iter().find(|key| key.ends_with("PropertyOrder")) {
            back.push(was(&fields, order));
        }
        let keys = keys.to_vec();
        trials.push(Trial { edit, back, keys });
    };
    match view.kind {
        Kind::ApiSpec => add(set("contents", longer(&fields["contents"])), &["contents"]),
        Kind::ProjectLintRuleset => {}
        _ => add(set("name", "A: new \"name\""), &["name"]),
    }
    for (field, keys) in [
        ("preRequestScript", ["preRequestScript", "scripts"]),
        ("afterResponseScript", ["afterResponseScript", "scripts"]),
        ("code", ["code", "code"]),
    ] {
        let is_there = fields[field].is_string() || field == "preRequestScript";
        if may_have(view.kind, field) && is_there {
            add(set(field, longer(&fields[field])), &keys);
        }
    }
    if fields["url"].is_string() {
        add(set("url", "https://other.example.test/{{ _.path }}"), &["url"]);
    }
    if fields["method"].is_string() {
        add(set("method", "PATCH"), &["method"]);
    }
    if may_have(view.kind, "description") {
        // An item without bookkeeping gets some with its first description.
        add(
            set("description", "two\nlines: # of text"),
            &["description", "meta"],
        );
    }
    if fields["body"]["text"].is_string() {
        add(set("body.text", longer(&fields["body"]["text"])), &["text"]);
    }
    if may_have(view.kind, "headers") {
        let rows = fields["headers"].as_array().map_or(0, Vec::len);
        let row = json!({"name": "X-New", "value": "a: b", "disabled": true});
        add(set(&format!("headers[{rows}]"), row), &["headers"]);
        for index in some_of(rows) {
            add(set(&format!("headers[{index}].value"), "a: \"b\""), &["headers"]);
            add(unset(&format!("headers[{index}]")), &["headers"]);
        }
        if rows > 0 {
            add(set("headers[0].name", "X-Other"), &["headers"]);
            add(set("headers[0].disabled", true), &["headers"]);
        }
    }
    for (field, order) in [
        ("data", "dataPropertyOrder"),
        ("environment", "environmentPropertyOrder"),
    ] {
        if !may_have(view.kind, field) {
            continue;
        }
        add(set(&format!("{field}.a_new_key"), 5), &[field, order]);
        let keys: Vec<_> = fields[field]
            .as_object()
            .into_iter()
            .flat_map(|map| map.keys())
            .collect();
        for key in some_of(keys.len()).into_iter().map(|index| keys[index]) {
            let path = format!("{field}.\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""));
            add(set(&path, "a: \"b\""), &[field, order]);
            add(unset(&path), &[field, order]);
        }
    }
    trials
}

/// Sets a field to what it is now.
fn was(fields: &Value, field: &str) -> FieldEdit {
    match fields.get(field) {
        Some(value) => set(field, value.clone()),
        None => unset(field),
    }
}

/// The text with one line more, or with more on its line.
fn longer(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    match text.split_once('\n') {
        Some((first, rest)) => format!("{first}\nx-more: 1\n{rest}"),
        None => format!("{text} and more"),
    }
}

/// The first, one in the middle, and the last of so many.
fn some_of(count: usize) -> Vec<usize> {
    let mut places = vec![0, count / 2, count.saturating_sub(1)];
    places.retain(|place| *place < count);
    places.dedup();
    places
}

fn may_have(kind: Kind, field: &str) -> bool {
    match field {
        "description" => matches!(
            kind,
            Kind::Workspace
                | Kind::RequestGroup
                | Kind::Request
                | Kind::GrpcRequest
                | Kind::WebSocketRequest
                | Kind::SocketIORequest
        ),
        "headers" => matches!(kind, Kind::Request | Kind::RequestGroup | Kind::WebSocketRequest),
        "preRequestScript" | "afterResponseScript" => matches!(kind, Kind::Request | Kind::RequestGroup),
        "code" => kind == Kind::UnitTest,
        "data" => kind == Kind::Environment,
        "environment" => kind == Kind::RequestGroup,
        _ => false,
    }
}

/// What an edit did to its file.
pub(crate) struct Done {
    /// The file with the edit, but with the old time of the last change.
    pub edited: String,
    /// The same after the way back.
    pub undone: String,
}

/// Makes an edit of a resource in a file with this text, and takes it back. Nothing where there is no such field.
pub(crate) fn run(all: &Collections, id: &ResourceId, before: &str, trial: &Trial) -> Option<Done> {
    let what = format!("{id} {:?}", trial.edit);
    let written = match all.set_fields(id, std::slice::from_ref(&trial.edit), NOW) {
        Ok(written) => written,
        Err(error) => {
            assert_eq!(error.code(), "read-only", "{what}: {error}");
            return None;
        }
    };
    if written.is_empty() {
        return None;
    }
    let edited = unstamped(&only_text(&written), all, id);
    assert_only_below(before, &edited, &trial.keys, &what);
    let after = applied(all, written);
    // An item without bookkeeping may have got an id.
    let new_id = after.at_place_of(all, id).unwrap();
    let told = sheaf_collection::changes(all, &after);
    let is_known = |change: &ResourceChange| change.id == *id || change.id == new_id;
    assert!(!told.is_empty() && told.iter().all(is_known), "{what}: {told:?}");
    let written = after
        .set_fields(&new_id, &trial.back, NOW)
        .unwrap_or_else(|error| panic!("back from {what}: {error}"));
    let undone = unstamped(&only_text(&written), all, id);
    let back = applied(&after, written);
    assert_eq!(fields(all, id), fields(&back, &new_id), "back from {what}");
    Some(Done { edited, undone })
}

/// The fields without the bookkeeping.
fn fields(all: &Collections, id: &ResourceId) -> serde_json::Map<String, Value> {
    let mut fields = all.resource(id).unwrap().fields;
    fields.retain(|field, _| field != "modified" && field != "_id");
    fields
}

/// The text of an edited file with the time of the last change that stood there before.
fn unstamped(text: &str, before: &Collections, id: &ResourceId) -> String {
    let stamped = ["modified: ", "\"modified\": "].map(|key| (key, format!("{key}{NOW}")));
    let old = before.resource(id).unwrap().fields.get("modified").cloned();
    if let Some(old) = old {
        return stamped.iter().fold(text.to_owned(), |text, (key, stamped)| {
            text.replacen(stamped, &format!("{key}{old}"), 1)
        });
    }
    let text = text.replacen(&format!(", {}", stamped[0].1), "", 1);
    let lines = text.split_inclusive('\n');
    lines.filter(|line| line.trim() != stamped[0].1).collect()
}
