//! Bodies of requests.

use serde_json::{Value, json};

use super::super::body::{FORM, JSON, MULTIPART, file_body};
use super::super::json::{as_text, description, entries, list, text};
use super::super::rows::{file_row, row_with};
use super::Reader;
use super::example::{Examples, given};

/// Media types in the order in which they are chosen.
const CHOSEN: &[&str] = &[JSON, "+json", FORM, MULTIPART, "xml", "text/"];

impl<'r> Reader<'r, '_> {
    /// The body of an operation of version 3.
    pub(super) fn body(&mut self, operation: &'r Value, place: &str) -> Value {
        let Some(body) = operation.get("requestBody") else {
            return json!({});
        };
        let body = self.references.resolved(body);
        let contents: Vec<(&String, &Value)> = entries(body, "content").collect();
        let Some((media_type, content)) = choose(&contents) else {
            return json!({});
        };
        if contents.len() > 1 {
            self.notes
                .left("Of several media types of a body one is taken", place);
        }
        let schema = content.get("schema").unwrap_or(&Value::Null);
        self.body_of(media_type, schema, self.named_example(content))
    }

    /// The example that stands beside the schema.
    fn named_example(&self, content: &'r Value) -> Option<Value> {
        content.get("example").cloned().or_else(|| {
            let (_, first) = entries(content, "examples").next()?;
            self.references.resolved(first).get("value").cloned()
        })
    }

    /// The body of an operation of Swagger 2, whose parts are parameters.
    pub(super) fn swagger_body(&mut self, operation: &'r Value, parameters: &[&'r Value]) -> Value {
        let consumes = [operation, self.root]
            .iter()
            .find_map(|value| value.get("consumes")?.as_array()?.first()?.as_str())
            .unwrap_or_default();
        if let Some(body) = parameters
            .iter()
            .find(|parameter| text(parameter, "in") == "body")
        {
            let schema = body.get("schema").unwrap_or(&Value::Null);
            let media_type = if consumes.is_empty() { JSON } else { consumes };
            return self.body_of(media_type, schema, None);
        }
        let fields: Vec<&&Value> = parameters
            .iter()
            .filter(|parameter| text(parameter, "in") == "formData")
            .collect();
        if fields.is_empty() {
            return json!({});
        }
        let is_file = |field: &&Value| text(field, "type") == "file";
        let has_files = fields.iter().any(|field| is_file(field));
        let rows: Vec<Value> = fields
            .iter()
            .map(|field| {
                let off = field.get("required") != Some(&Value::Bool(true));
                if is_file(field) {
                    file_row(text(field, "name"), "", off)
                } else {
                    let value = given(field).map(as_text).unwrap_or_default();
                    row_with(
                        text(field, "name"),
                        value,
                        description(field.get("description")),
                        off,
                    )
                }
            })
            .collect();
        let media_type = if has_files || consumes == MULTIPART {
            MULTIPART
        } else {
            FORM
        };
        json!({ "mimeType": media_type, "params": rows })
    }

    fn body_of(&mut self, media_type: &str, schema: &'r Value, example: Option<Value>) -> Value {
        if self.is_spent() {
            return json!({ "mimeType": media_type, "text": "" });
        }
        let body = self.written(media_type, schema, example);
        self.spend(body.to_string().len());
        body
    }

    fn written(&mut self, media_type: &str, schema: &'r Value, example: Option<Value>) -> Value {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_json = essence == JSON || essence.ends_with("+json") || essence == "*/*";
        if essence == FORM || essence == MULTIPART {
            return json!({ "mimeType": essence, "params": self.form(schema, example) });
        }
        let is_binary = text(self.references.resolved(schema), "format") == "binary";
        let is_text = essence.starts_with("text/") || essence.contains("xml") || essence.contains("json");
        if is_binary || !is_json && !is_text {
            return file_body(essence, "");
        }
        if is_json {
            let example = example.unwrap_or_else(|| Examples::new(self.references).of(schema));
            let written = serde_json::to_string_pretty(&example).unwrap_or_default();
            let written = if example.is_null() { String::new() } else { written };
            let media_type = if essence == "*/*" { JSON } else { essence };
            return json!({ "mimeType": media_type, "text": written });
        }
        let example = example.or_else(|| given(self.references.resolved(schema)).cloned());
        json!({ "mimeType": essence, "text": example.map(|value| as_text(&value)).unwrap_or_default() })
    }

    fn form(&mut self, schema: &'r Value, example: Option<Value>) -> Vec<Value> {
        let schema = self.references.resolved(schema);
        let example = example.unwrap_or_else(|| Examples::new(self.references).of(schema));
        let required: Vec<&str> = list(schema, "required")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let mut rows = Vec::new();
        for (name, property) in entries(schema, "properties") {
            let property = self.references.resolved(property);
            let off = !required.is_empty() && !required.contains(&name.as_str());
            let is_file = text(property, "format") == "binary" || property.get("contentMediaType").is_some();
            rows.push(if is_file {
                file_row(name.as_str(), "", off)
            } else {
                let value = example.get(name).map(as_text).unwrap_or_default();
                row_with(
                    name.as_str(),
                    value,
                    description(property.get("description")),
                    off,
                )
            });
        }
        rows
    }
}

fn choose<'v>(contents: &[(&'v String, &'v Value)]) -> Option<(&'v str, &'v Value)> {
    let wanted = CHOSEN
        .iter()
        .find_map(|wanted| contents.iter().find(|(name, _)| name.contains(wanted)));
    wanted
        .or_else(|| contents.first())
        .map(|(name, content)| (name.as_str(), *content))
}
