//! One operation as a request.

use serde_json::{Value, json};

use super::super::body::content_type_row;
use super::super::json::{any_text, as_text, description, flag, list, text};
use super::super::planned::Planned;
use super::super::rows::{row_with, value_of};
use super::super::template::{variable, variable_name};
use super::Reader;
use super::example::{Examples, given};
use crate::model::Kind;

impl<'r> Reader<'r, '_> {
    /// The request of an operation.
    pub(super) fn request(
        &mut self,
        path: &str,
        method: &str,
        item: &'r Value,
        operation: &'r Value,
    ) -> Planned {
        let place = format!("{} {path}", method.to_uppercase());
        let name = [text(operation, "summary"), text(operation, "operationId")]
            .into_iter()
            .find(|name| !name.trim().is_empty())
            .unwrap_or(&place)
            .to_owned();
        let mut request = Planned::new(Kind::Request, &name);
        request.set("method", method.to_uppercase());
        request.set_text("description", description(operation.get("description")));
        let parameters = self.parameters(item, operation);
        let (url, path_rows) = self.address(path, &parameters);
        request.set("url", url);
        if !path_rows.is_empty() {
            request.set("pathParameters", path_rows);
        }
        let mut headers = self.rows(&parameters, "header");
        let mut query = self.rows(&parameters, "query");
        if let Some(cookies) = self.cookies(&parameters) {
            headers.push(cookies);
        }
        let body = if self.is_swagger {
            self.swagger_body(operation, &parameters)
        } else {
            self.body(operation, &place)
        };
        let security = self.security(operation, &place);
        headers.extend(security.headers);
        query.extend(security.query);
        if value_of(&headers, "Content-Type").is_none() {
            headers.extend(content_type_row(&body));
        }
        request.set("body", body);
        request.set("parameters", query);
        request.set("headers", headers);
        request.set(
            "authentication",
            security.authentication.unwrap_or_else(|| json!({})),
        );
        self.leave(item, operation, &place);
        request
    }

    fn leave(&mut self, item: &Value, operation: &Value, place: &str) {
        for (key, what) in [
            (
                "callbacks",
                "Callbacks are not taken as requests; they stay in the description",
            ),
            (
                "servers",
                "Servers of single operations are not taken; the request goes to base_url",
            ),
        ] {
            if operation.get(key).is_some() || key == "servers" && item.get(key).is_some() {
                self.notes.left(what, place);
            }
        }
        if !text(item, "$ref").is_empty() {
            self.notes
                .left("References to other files are not followed", place);
        }
    }

    /// Parameters of the path and of the operation; the latter win.
    fn parameters(&mut self, item: &'r Value, operation: &'r Value) -> Vec<&'r Value> {
        let mut all: Vec<&'r Value> = Vec::new();
        for parameter in list(item, "parameters")
            .iter()
            .chain(list(operation, "parameters"))
        {
            let parameter = self.references.resolved(parameter);
            if parameter.get("$ref").is_some() {
                self.notes.left(
                    "References to other files are not followed",
                    text(parameter, "$ref"),
                );
                continue;
            }
            let same = |other: &&'r Value| {
                text(other, "name") == text(parameter, "name") && text(other, "in") == text(parameter, "in")
            };
            match all.iter().position(same) {
                Some(at) => all[at] = parameter,
                None => all.push(parameter),
            }
        }
        all
    }

    /// The address: whole segments in braces are path parameters, other braces variables of the environment.
    fn address(&mut self, path: &str, parameters: &[&'r Value]) -> (String, Vec<Value>) {
        let mut rows = Vec::new();
        let mut segments = Vec::new();
        for segment in path.split('/') {
            let whole = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            match whole.filter(|name| !name.contains(['{', '}'])) {
                Some(name) => {
                    let value = self.value_of_parameter(name, parameters);
                    rows.push(json!({ "name": name, "value": value }));
                    segments.push(format!(":{name}"));
                }
                None => segments.push(self.in_segment(segment, parameters)),
            }
        }
        (format!("{{{{ _.base_url }}}}{}", segments.join("/")), rows)
    }

    fn in_segment(&mut self, segment: &str, parameters: &[&'r Value]) -> String {
        let mut out = String::new();
        let mut rest = segment;
        while let Some((before, from)) = rest.split_once('{') {
            let Some((name, behind)) = from.split_once('}') else {
                break;
            };
            out.push_str(before);
            out.push_str(&variable(name));
            let value = self.value_of_parameter(name, parameters);
            self.use_variable(variable_name(name), value.into());
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn value_of_parameter(&mut self, name: &str, parameters: &[&'r Value]) -> String {
        let found = parameters
            .iter()
            .find(|parameter| text(parameter, "name") == name && text(parameter, "in") == "path");
        found
            .map(|parameter| self.parameter_value(parameter))
            .unwrap_or_default()
    }

    /// A value that the description names, or an example of the type.
    fn parameter_value(&mut self, parameter: &'r Value) -> String {
        if self.is_spent() {
            return String::new();
        }
        let schema = parameter.get("schema").unwrap_or(parameter);
        let schema = self.references.resolved(schema);
        let named = given(parameter).filter(|value| !value.is_object());
        let references = self.references;
        let first_example = || {
            let (_, example) = super::super::json::entries(parameter, "examples").next()?;
            references.resolved(example).get("value")
        };
        let value = named
            .or_else(first_example)
            .cloned()
            .unwrap_or_else(|| Examples::new(self.references).of(schema));
        let value = match value {
            Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(","),
            other => as_text(&other),
        };
        self.spend(value.len());
        value
    }

    fn rows(&mut self, parameters: &[&'r Value], place: &str) -> Vec<Value> {
        let mut rows = Vec::new();
        for parameter in parameters
            .iter()
            .filter(|parameter| text(parameter, "in") == place)
        {
            let name = any_text(parameter, "name");
            // These three are described elsewhere in the document.
            let is_described = matches!(
                name.to_ascii_lowercase().as_str(),
                "accept" | "content-type" | "authorization"
            );
            if place == "header" && is_described && !self.is_swagger {
                continue;
            }
            rows.push(row_with(
                name,
                self.parameter_value(parameter),
                description(parameter.get("description")),
                !flag(parameter, "required"),
            ));
        }
        rows
    }

    fn cookies(&mut self, parameters: &[&'r Value]) -> Option<Value> {
        let cookies: Vec<&&Value> = parameters
            .iter()
            .filter(|parameter| text(parameter, "in") == "cookie")
            .collect();
        let off = !cookies.iter().any(|cookie| flag(cookie, "required"));
        let pairs: Vec<String> = cookies
            .iter()
            .map(|cookie| format!("{}={}", text(cookie, "name"), self.parameter_value(cookie)))
            .collect();
        (!pairs.is_empty()).then(|| row_with("Cookie", pairs.join("; "), "", off))
    }
}
