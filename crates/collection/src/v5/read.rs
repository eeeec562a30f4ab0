//! Reads one v5 file into the resources that the legacy layout would have.

use serde_json::{Map, Value};

use super::detect::scope;
use super::fields::legacy_fields;
use crate::kinds::{kind_name, kind_named};
use crate::model::{Kind, Problem, ResourceId};
use crate::problem::{from_yaml, problem};
use crate::resource::{Parsed, Resource, Step};
use crate::yaml::{Dialect, Node, emit, line_and_column, parse};

/// The resources in this file, or why there are none.
pub(crate) fn read(path: &str, text: &str) -> Parsed {
    let node = match parse(text) {
        Ok(node) => node,
        Err(error) => return Parsed::broken(from_yaml(&error, text, path)),
    };
    let Value::Object(root) = node.to_value() else {
        let message =
            "This file should hold a collection, a map of keys and values, but holds something else.";
        return Parsed::broken(problem("not-a-map", message, path, Some((1, 1))));
    };
    let Some(scope) = root.get("type").and_then(Value::as_str).and_then(scope) else {
        let message = "This file starts like a collection, but its `type` is none that Sheaf knows.";
        return Parsed::broken(problem("unknown-type", message, path, Some((1, 1))));
    };
    let mut reader = Reader {
        path,
        text,
        node: &node,
        resources: Vec::new(),
        problems: Vec::new(),
    };
    reader.collection(&root, scope);
    Parsed {
        resources: reader.resources,
        problems: reader.problems,
    }
}

struct Reader<'r> {
    path: &'r str,
    text: &'r str,
    node: &'r Node,
    resources: Vec<Resource>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn collection(&mut self, root: &Map<String, Value>, scope: &str) {
        let id = self.add(Kind::Workspace, root, None, Vec::new());
        if let Some(workspace) = self.resources.last_mut() {
            workspace.fields.insert("scope".to_owned(), scope.into());
        }
        self.items(root.get("collection"), &id, &[Step::Key("collection")]);
        self.environments(root, &id);
        self.spec(root, &id);
        self.suites(root.get("testSuites"), &id);
        self.mock_server(root, &id);
        for (key, kind) in [("cookieJar", Kind::CookieJar), ("mcpRequest", Kind::McpRequest)] {
            if let Some(item) = object(root.get(key)) {
                self.add(kind, item, Some(&id), vec![Step::Key(key)]);
            }
        }
    }

    fn items(&mut self, items: Option<&Value>, parent: &ResourceId, pointer: &[Step]) {
        for (index, item) in list(items).enumerate() {
            let pointer = with(pointer, Step::Index(index));
            let Some(item) = object(Some(item)) else { continue };
            let Some(kind) = item_kind(item) else {
                self.unknown_item(&pointer);
                continue;
            };
            let id = self.add(kind, item, Some(parent), pointer.clone());
            if kind == Kind::RequestGroup {
                self.items(item.get("children"), &id, &with(&pointer, Step::Key("children")));
            }
        }
    }

    fn unknown_item(&mut self, pointer: &[Step]) {
        let place = find(self.node, pointer).map(|node| line_and_column(self.text, node.span.start));
        let message = "Sheaf does not know what kind of request this is. The entry is left alone.";
        self.problems
            .push(problem("unknown-type", message, self.path, place));
    }

    fn environments(&mut self, root: &Map<String, Value>, parent: &ResourceId) {
        let Some(base) = object(root.get("environments")) else {
            return;
        };
        let pointer = [Step::Key("environments")];
        let id = self.add(Kind::Environment, base, Some(parent), pointer.to_vec());
        let below = with(&pointer, Step::Key("subEnvironments"));
        self.list_of(Kind::Environment, base.get("subEnvironments"), &id, &below);
    }

    fn list_of(&mut self, kind: Kind, items: Option<&Value>, parent: &ResourceId, pointer: &[Step]) {
        for (index, item) in list(items).enumerate() {
            if let Some(item) = object(Some(item)) {
                self.add(kind, item, Some(parent), with(pointer, Step::Index(index)));
            }
        }
    }

    fn spec(&mut self, root: &Map<String, Value>, parent: &ResourceId) {
        let Some(spec) = object(root.get("spec")) else {
            return;
        };
        self.add(Kind::ApiSpec, spec, Some(parent), vec![Step::Key("spec")]);
        let Some(added) = self.resources.last_mut() else {
            return;
        };
        if let Some(contents) = added
            .fields
            .get("contents")
            .filter(|contents| !contents.is_string())
        {
            // The file holds the spec as a tree; everybody else knows it as text.
            let text = emit::document(contents, Dialect::Yaml2);
            added.fields.insert("contents".to_owned(), text.into());
        }
        added.fields.entry("contentType").or_insert_with(|| "yaml".into());
    }

    fn suites(&mut self, suites: Option<&Value>, parent: &ResourceId) {
        for (index, suite) in list(suites).enumerate() {
            let Some(suite) = object(Some(suite)) else {
                continue;
            };
            let pointer = vec![Step::Key("testSuites"), Step::Index(index)];
            let below = with(&pointer, Step::Key("tests"));
            let id = self.add(Kind::UnitTestSuite, suite, Some(parent), pointer);
            self.list_of(Kind::UnitTest, suite.get("tests"), &id, &below);
        }
    }

    fn mock_server(&mut self, root: &Map<String, Value>, parent: &ResourceId) {
        let server = object(root.get("server"));
        let holder =
            server.map(|item| self.add(Kind::MockServer, item, Some(parent), vec![Step::Key("server")]));
        let holder = holder.unwrap_or_else(|| parent.clone());
        self.list_of(
            Kind::MockRoute,
            root.get("routes"),
            &holder,
            &[Step::Key("routes")],
        );
    }

    fn add(
        &mut self,
        kind: Kind,
        item: &Map<String, Value>,
        parent: Option<&ResourceId>,
        pointer: Vec<Step>,
    ) -> ResourceId {
        let node = find(self.node, &pointer);
        let place = node.map(|node| line_and_column(self.text, node.span.start));
        let id_node = node
            .and_then(|node| node.get("meta"))
            .and_then(|meta| meta.get("id"));
        let id_place = id_node
            .map(|node| line_and_column(self.text, node.span.start))
            .or(place);
        let id = self.id(item, &pointer);
        let mut fields = Map::new();
        fields.insert("_id".to_owned(), id.0.clone().into());
        fields.insert("type".to_owned(), kind_name(kind).into());
        fields.insert(
            "parentId".to_owned(),
            parent.map_or(Value::Null, |id| id.0.clone().into()),
        );
        fields.extend(
            legacy_fields(kind, item)
                .into_iter()
                .filter(|(key, _)| key != "_id"),
        );
        self.resources.push(Resource {
            id: id.clone(),
            kind,
            parent: parent.cloned(),
            fields,
            pointer,
            id_place,
            parent_place: None,
        });
        id
    }

    /// Files written by hand may leave ids out; then the place in the file has to do.
    fn id(&self, item: &Map<String, Value>, pointer: &[Step]) -> ResourceId {
        let written = object(item.get("meta"))
            .and_then(|meta| meta.get("id"))
            .and_then(Value::as_str);
        if let Some(id) = written.filter(|id| !id.is_empty()) {
            return ResourceId(id.to_owned());
        }
        let place: String = pointer
            .iter()
            .map(|step| match step {
                Step::Key(key) => format!("/{key}"),
                Step::Index(index) => format!("/{index}"),
            })
            .collect();
        ResourceId(format!("{}#{place}", self.path))
    }
}

fn item_kind(item: &Map<String, Value>) -> Option<Kind> {
    let written = item.get("type").and_then(Value::as_str).and_then(kind_named);
    let id = object(item.get("meta"))
        .and_then(|meta| meta.get("id"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    if written.is_some() {
        return written;
    }
    if item.contains_key("children")
        || !["method", "reflectionApi", "url"]
            .iter()
            .any(|key| item.contains_key(*key))
    {
        return Some(Kind::RequestGroup);
    }
    if item.contains_key("method") {
        return Some(Kind::Request);
    }
    if item.contains_key("reflectionApi") || id.starts_with("greq") {
        return Some(Kind::GrpcRequest);
    }
    if id.starts_with("ws-req") {
        return Some(Kind::WebSocketRequest);
    }
    id.starts_with("socketio-req").then_some(Kind::SocketIORequest)
}

fn find<'n>(node: &'n Node, pointer: &[Step]) -> Option<&'n Node> {
    pointer.iter().try_fold(node, |node, step| match step {
        Step::Key(key) => node.get(key),
        Step::Index(index) => node.items().get(*index),
    })
}

fn with(pointer: &[Step], step: Step) -> Vec<Step> {
    let mut longer = pointer.to_vec();
    longer.push(step);
    longer
}

fn object(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
