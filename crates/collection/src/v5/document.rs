//! A whole collection as the document of a v5 file.

use serde_json::{Map, Value, json};

use super::structure::{is_list_item, new_item};
use crate::edit::EditError;
use crate::hash::sha1_hex;
use crate::model::Kind;
use crate::ordered::set_in_order;
use crate::yaml::parse;

/// A resource with what it holds, under the names of the legacy layout.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// What it is.
    pub kind: Kind,
    /// Its fields.
    pub fields: Map<String, Value>,
    /// What it holds, in order.
    pub children: Vec<Part>,
}

/// The document of a collection after its first keys (`type`, `schema_version`, `name`), and what has no place in it, a
/// sentence each. `typed` is true from schema 5.2 on.
pub(crate) fn fill_document(
    mut document: Map<String, Value>,
    root: &Part,
    typed: bool,
) -> Result<(Value, Vec<String>), EditError> {
    let mut writer = Writer {
        typed,
        notes: Vec::new(),
    };
    let mut own = root.fields.clone();
    for field in ["name", "scope"] {
        own.shift_remove(field);
    }
    let meta = new_item(Kind::Workspace, &own, false)?.shift_remove("meta");
    document.insert("meta".to_owned(), meta.unwrap_or_default());
    writer.collection(&mut document, root)?;
    Ok((Value::Object(document), writer.notes))
}

struct Writer {
    typed: bool,
    notes: Vec<String>,
}

impl Writer {
    fn collection(&mut self, document: &mut Map<String, Value>, root: &Part) -> Result<(), EditError> {
        let items = self.items(&root.children)?;
        if !items.is_empty() {
            document.insert("collection".to_owned(), items.into());
        }
        let scope = root
            .fields
            .get("scope")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !matches!(scope, "mock-server" | "environment" | "mcp") {
            document.insert("cookieJar".to_owned(), cookie_jar(root)?);
        }
        for child in &root.children {
            match child.kind {
                Kind::Environment if !document.contains_key("environments") => {
                    document.insert("environments".to_owned(), self.environment(child)?);
                }
                Kind::ApiSpec => self.spec(document, child),
                Kind::MockServer => mock_server(document, child)?,
                Kind::McpRequest => {
                    let item = new_item(child.kind, &tidied(child), false)?;
                    document.insert("mcpRequest".to_owned(), Value::Object(item));
                }
                Kind::UnitTestSuite | Kind::CookieJar => {}
                kind if is_list_item(kind) => {}
                _ => self.leave(child),
            }
        }
        let suites: Vec<&Part> = root
            .children
            .iter()
            .filter(|child| child.kind == Kind::UnitTestSuite)
            .collect();
        let suites = with_children(&suites, "tests")?;
        if !suites.is_empty() {
            document.insert("testSuites".to_owned(), suites.into());
        }
        Ok(())
    }

    /// Requests before folders before sockets, as Insomnia writes them whatever their sort keys.
    fn items(&mut self, parts: &[Part]) -> Result<Vec<Value>, EditError> {
        const ORDER: &[Kind] = &[
            Kind::Request,
            Kind::RequestGroup,
            Kind::WebSocketRequest,
            Kind::SocketIORequest,
            Kind::GrpcRequest,
        ];
        let mut items = Vec::new();
        for kind in ORDER {
            for part in parts.iter().filter(|part| part.kind == *kind) {
                let mut item = new_item(part.kind, &tidied(part), self.typed)?;
                let children = self.items(&part.children)?;
                if !children.is_empty() {
                    set_in_order(
                        &mut item,
                        "children",
                        children.into(),
                        &["name", "type", "meta", "children"],
                    );
                }
                for child in part.children.iter().filter(|child| !is_list_item(child.kind)) {
                    self.leave(child);
                }
                items.push(Value::Object(item));
            }
        }
        Ok(items)
    }

    fn environment(&mut self, base: &Part) -> Result<Value, EditError> {
        let mut fields = tidied(base);
        // It has no brothers to be sorted among.
        fields.shift_remove("metaSortKey");
        let mut item = new_item(Kind::Environment, &fields, false)?;
        let (private, shared): (Vec<&Part>, Vec<&Part>) = base
            .children
            .iter()
            .partition(|child| child.fields.get("isPrivate") == Some(&Value::Bool(true)));
        for child in private {
            self.notes
                .push(format!("The private environment “{}” is left out.", name(child)));
        }
        let below = with_children(&shared, "subEnvironments")?;
        if !below.is_empty() {
            let order = ["name", "meta", "data", "color", "subEnvironments"];
            set_in_order(&mut item, "subEnvironments", below.into(), &order);
        }
        Ok(Value::Object(item))
    }

    /// The spec stands there as a tree, so its text has to be readable.
    fn spec(&mut self, document: &mut Map<String, Value>, part: &Part) {
        let text = part
            .fields
            .get("contents")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let value = serde_json::from_str::<Value>(text)
            .ok()
            .or_else(|| parse(text).ok().map(|node| node.to_value()))
            .filter(Value::is_object);
        let mut spec = Map::new();
        match value {
            Some(value) => {
                if text.contains('#')
                    && text
                        .lines()
                        .any(|line| line.trim_start().starts_with('#') || line.contains(" #"))
                {
                    self.notes
                        .push("Comments of the API spec are left out.".to_owned());
                }
                spec.insert("contents".to_owned(), value);
            }
            None if text.trim().is_empty() => {}
            None => self
                .notes
                .push("The API spec cannot be read and is left out.".to_owned()),
        }
        let mut own = part.fields.clone();
        own.retain(|field, _| matches!(field.as_str(), "_id" | "modified" | "created"));
        let meta: Map<String, Value> = [("id", "_id"), ("created", "created"), ("modified", "modified")]
            .iter()
            .filter_map(|(key, field)| Some(((*key).to_owned(), own.get(*field)?.clone())))
            .collect();
        spec.insert("meta".to_owned(), Value::Object(meta));
        document.insert("spec".to_owned(), Value::Object(spec));
    }

    fn leave(&mut self, part: &Part) {
        self.notes.push(format!(
            "“{}” ({}) is left out: files of Insomnia 11 and later have no place for it.",
            name(part),
            crate::kinds::kind_name(part.kind)
        ));
    }
}

/// The server and its routes.
fn mock_server(document: &mut Map<String, Value>, part: &Part) -> Result<(), EditError> {
    let mut fields = tidied(part);
    fields.shift_remove("name");
    let item = new_item(part.kind, &fields, false)?;
    document.insert("server".to_owned(), Value::Object(item));
    let routes: Vec<&Part> = part.children.iter().collect();
    let routes = with_children(&routes, "routes")?;
    if !routes.is_empty() {
        document.insert("routes".to_owned(), routes.into());
    }
    Ok(())
}

/// Items of a list whose items have lists of the same name.
fn with_children(parts: &[&Part], key: &str) -> Result<Vec<Value>, EditError> {
    let mut items = Vec::new();
    for part in parts {
        let mut item = new_item(part.kind, &tidied(part), false)?;
        let inner: Vec<&Part> = part.children.iter().collect();
        let inner = with_children(&inner, key)?;
        if !inner.is_empty() {
            item.insert(key.to_owned(), inner.into());
        }
        items.push(Value::Object(item));
    }
    Ok(items)
}

fn name(part: &Part) -> &str {
    part.fields
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The fields without what Insomnia leaves out: ids of rows, empty rows, empty scripts.
fn tidied(part: &Part) -> Map<String, Value> {
    let mut fields = part.fields.clone();
    fields.retain(|field, value| {
        !matches!(field.as_str(), "preRequestScript" | "afterResponseScript") || value != ""
    });
    for field in ["headers", "parameters", "metadata"] {
        if let Some(rows) = fields.get_mut(field).and_then(Value::as_array_mut) {
            tidy_rows(rows);
        }
    }
    let params = fields.get_mut("body").and_then(|body| body.get_mut("params"));
    if let Some(rows) = params.and_then(Value::as_array_mut) {
        tidy_rows(rows);
    }
    fields
}

fn tidy_rows(rows: &mut Vec<Value>) {
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.shift_remove("id");
    }
    let is_empty = |row: &Value, key: &str| row.get(key).is_none_or(|value| value.is_null() || value == "");
    rows.retain(|row| !is_empty(row, "name") || !is_empty(row, "value") || !is_empty(row, "fileName"));
}

/// The collection's own, or an empty one under the id that Insomnia derives.
fn cookie_jar(root: &Part) -> Result<Value, EditError> {
    if let Some(jar) = root.children.iter().find(|child| child.kind == Kind::CookieJar) {
        return Ok(Value::Object(new_item(Kind::CookieJar, &tidied(jar), false)?));
    }
    let id = root.fields.get("_id").and_then(Value::as_str).unwrap_or_default();
    let time = |field: &str| root.fields.get(field).cloned().unwrap_or_default();
    Ok(json!({
        "name": "Default Jar",
        "meta": {
            "id": format!("jar_{}", sha1_hex(id.as_bytes())),
            "created": time("created"),
            "modified": time("modified"),
        },
    }))
}
