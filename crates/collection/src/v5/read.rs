//! Reads one v5 file into the resources that the legacy layout would have.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::detect::scope;
use super::fields::{is_no_field, legacy_fields};
use crate::fields::Fields;
use crate::kinds::{kind_name, kind_named};
use crate::model::{Kind, Problem, ResourceId};
use crate::problem::{from_yaml, problem};
use crate::resource::{Head, Parsed, Resource, Step};
use crate::yaml::{Dialect, Node, Part, Places, emit, into_map, parse, parse_but, raw};

/// The resources in this file, or why there are none.
pub(crate) fn read(path: &str, bytes: &Arc<Vec<u8>>, text: &str) -> Parsed {
    let quick = parse_but(text, |_, key| !HEAD.contains(&key));
    let bytes = quick.is_some().then_some(bytes);
    let node = match quick.map_or_else(|| parse(text), Ok) {
        Ok(node) => node,
        Err(error) => return Parsed::broken(from_yaml(&error, text, path)),
    };
    if node.entries().is_none() {
        let message =
            "This file should hold a collection, a map of keys and values, but holds something else.";
        return Parsed::broken(problem("not-a-map", message, path, Some((1, 1))));
    }
    let Some(scope) = node.get("type").and_then(Node::as_str).and_then(scope) else {
        let message = "This file starts like a collection, but its `type` is none that Sheaf knows.";
        return Parsed::broken(problem("unknown-type", message, path, Some((1, 1))));
    };
    let mut reader = Reader {
        path,
        bytes,
        scope,
        text,
        places: Places::new(text),
        resources: Vec::new(),
        problems: Vec::new(),
    };
    reader.collection(&node);
    Parsed {
        resources: reader.resources,
        problems: reader.problems,
    }
}

/// The keys that are read at once: what a tree shows, and what holds it.
const HEAD: [&str; 22] = [
    "type",
    "name",
    "url",
    "method",
    "meta",
    "id",
    "sortKey",
    "metaSortKey",
    "fileName",
    "reflectionApi",
    "children",
    "collection",
    "cookieJar",
    "environments",
    "subEnvironments",
    "spec",
    "testSuites",
    "tests",
    "server",
    "routes",
    "mcpRequest",
    "scope",
];

struct Reader<'r> {
    path: &'r str,
    /// The content, where items can be read one by one later.
    bytes: Option<&'r Arc<Vec<u8>>>,
    scope: &'static str,
    text: &'r str,
    places: Places<'r>,
    resources: Vec<Resource>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn collection(&mut self, root: &Node) {
        let id = self.add(Kind::Workspace, root, None, Vec::new());
        self.items(root.get("collection"), &id, &[Step::Key("collection")]);
        self.environments(root, &id);
        self.one(Kind::ApiSpec, root, "spec", &id);
        self.suites(root.get("testSuites"), &id);
        self.mock_server(root, &id);
        self.one(Kind::CookieJar, root, "cookieJar", &id);
        self.one(Kind::McpRequest, root, "mcpRequest", &id);
    }

    fn items(&mut self, items: Option<&Node>, parent: &ResourceId, pointer: &[Step]) {
        for (index, item) in maps(items) {
            let pointer = with(pointer, Step::Index(index));
            let Some(kind) = item_kind(item) else {
                self.unknown_item(item);
                continue;
            };
            let id = self.add(kind, item, Some(parent), pointer.clone());
            if kind == Kind::RequestGroup {
                self.items(item.get("children"), &id, &with(&pointer, Step::Key("children")));
            }
        }
    }

    fn unknown_item(&mut self, item: &Node) {
        let place = self.places.of(item.span.start);
        let message = "Sheaf does not know what kind of request this is. The entry is left alone.";
        self.problems
            .push(problem("unknown-type", message, self.path, Some(place)));
    }

    fn environments(&mut self, root: &Node, parent: &ResourceId) {
        let pointer = [Step::Key("environments")];
        let Some(id) = self.one(Kind::Environment, root, "environments", parent) else {
            return;
        };
        let below = with(&pointer, Step::Key("subEnvironments"));
        let items = root
            .get("environments")
            .and_then(|base| base.get("subEnvironments"));
        self.list_of(Kind::Environment, items, &id, &below);
    }

    fn list_of(&mut self, kind: Kind, items: Option<&Node>, parent: &ResourceId, pointer: &[Step]) {
        for (index, item) in maps(items) {
            self.add(kind, item, Some(parent), with(pointer, Step::Index(index)));
        }
    }

    fn one(&mut self, kind: Kind, root: &Node, key: &'static str, parent: &ResourceId) -> Option<ResourceId> {
        let item = root.get(key).filter(|item| item.entries().is_some())?;
        Some(self.add(kind, item, Some(parent), vec![Step::Key(key)]))
    }

    fn suites(&mut self, suites: Option<&Node>, parent: &ResourceId) {
        for (index, suite) in maps(suites) {
            let pointer = vec![Step::Key("testSuites"), Step::Index(index)];
            let below = with(&pointer, Step::Key("tests"));
            let id = self.add(Kind::UnitTestSuite, suite, Some(parent), pointer);
            self.list_of(Kind::UnitTest, suite.get("tests"), &id, &below);
        }
    }

    fn mock_server(&mut self, root: &Node, parent: &ResourceId) {
        let holder = self.one(Kind::MockServer, root, "server", parent);
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
        item: &Node,
        parent: Option<&ResourceId>,
        pointer: Vec<Step>,
    ) -> ResourceId {
        let place = self.places.of(item.span.start);
        let id_node = item.get("meta").and_then(|meta| meta.get("id"));
        let id_place = id_node.map_or(place, |node| self.places.of(node.span.start));
        let id = self.id(id_node, &pointer);
        let own = Own {
            kind,
            id: id.clone(),
            parent: parent.cloned(),
            scope: self.scope,
        };
        let span = item.span.clone();
        let fields = if let Some(bytes) = self.bytes.cloned() {
            let span = span.clone();
            Fields::later(move || own.read(&bytes, &span))
        } else {
            let spec = spec_text(kind, self.text, item);
            Fields::from(own.fields(item.clone(), spec))
        };
        self.resources.push(Resource {
            id: id.clone(),
            kind,
            parent: parent.cloned(),
            head: head(item),
            fields,
            pointer,
            span: self.bytes.is_some().then_some(span),
            id_place: Some(id_place),
            parent_place: None,
        });
        id
    }

    /// Files written by hand may leave ids out; then the place in the file has to do.
    fn id(&self, written: Option<&Node>, pointer: &[Step]) -> ResourceId {
        if let Some(id) = written.and_then(Node::as_str).filter(|id| !id.is_empty()) {
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

/// What a tree shows of an item.
pub(super) fn head(item: &Node) -> Head {
    let text = |key| item.get(key).and_then(Node::as_str).map(str::to_owned);
    let in_meta = || item.get("meta").and_then(|meta| meta.get("sortKey"));
    Head {
        name: text("name"),
        url: text("url"),
        method: text("method"),
        file_name: text("fileName"),
        sort_key: item
            .get("metaSortKey")
            .or_else(in_meta)
            .and_then(Node::as_f64)
            .unwrap_or(0.0),
    }
}

/// What is known of an item before its fields are.
pub(super) struct Own {
    pub kind: Kind,
    pub id: ResourceId,
    pub parent: Option<ResourceId>,
    /// What a collection says of itself.
    pub scope: &'static str,
}

impl Own {
    /// The fields of the item with this span, which has been read before.
    fn read(self, bytes: &[u8], span: &Range<usize>) -> Map<String, Value> {
        let read = || {
            let part = Part::new(bytes, span)?;
            let node = part.read(|depth, key| depth == 1 && is_no_field(key))?;
            let spec = spec_text(self.kind, part.alone(), &node);
            Some((node, spec))
        };
        read().map_or_else(Map::new, |(node, spec)| self.fields(node, spec))
    }

    pub(super) fn fields(self, item: Node, spec: Option<String>) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("_id".to_owned(), self.id.0.into());
        fields.insert("type".to_owned(), kind_name(self.kind).into());
        fields.insert(
            "parentId".to_owned(),
            self.parent.map_or(Value::Null, |id| id.0.into()),
        );
        let mut own = item.into_entries().unwrap_or_default();
        own.retain(|entry| !is_no_field(&entry.key));
        let own = legacy_fields(self.kind, into_map(own));
        fields.extend(own.into_iter().filter(|(key, _)| key != "_id"));
        match self.kind {
            Kind::Workspace => {
                fields.insert("scope".to_owned(), self.scope.into());
            }
            Kind::ApiSpec => complete_spec(&mut fields, spec),
            _ => {}
        }
        fields
    }
}

/// The text of an API spec as it stands in the file, where it is a tree there.
pub(super) fn spec_text(kind: Kind, text: &str, item: &Node) -> Option<String> {
    let entry = item.entry("contents").filter(|_| kind == Kind::ApiSpec)?;
    raw::lift_value(text, entry)
}

fn complete_spec(fields: &mut Map<String, Value>, written: Option<String>) {
    let Some(contents) = fields.get("contents").filter(|contents| !contents.is_string()) else {
        return;
    };
    // The file holds the spec as a tree; everybody else knows it as text.
    let text = written.unwrap_or_else(|| emit::document(contents, Dialect::Yaml2));
    let kind = if text.starts_with('{') { "json" } else { "yaml" };
    fields.insert("contents".to_owned(), text.into());
    fields.entry("contentType").or_insert_with(|| kind.into());
}

/// What an item of a list of requests is.
pub(super) fn item_kind(item: &Node) -> Option<Kind> {
    let written = item.get("type").and_then(Node::as_str).and_then(kind_named);
    let id = item
        .get("meta")
        .and_then(|meta| meta.get("id"))
        .and_then(Node::as_str)
        .unwrap_or_default();
    if written.is_some() {
        return written;
    }
    let has = |key| item.entry(key).is_some();
    if has("children") || !["method", "reflectionApi", "url"].into_iter().any(has) {
        return Some(Kind::RequestGroup);
    }
    if has("method") {
        return Some(Kind::Request);
    }
    if has("reflectionApi") || id.starts_with("greq") {
        return Some(Kind::GrpcRequest);
    }
    if id.starts_with("ws-req") {
        return Some(Kind::WebSocketRequest);
    }
    id.starts_with("socketio-req").then_some(Kind::SocketIORequest)
}

fn with(pointer: &[Step], step: Step) -> Vec<Step> {
    let mut longer = pointer.to_vec();
    longer.push(step);
    longer
}

/// The maps of a list, with their numbers.
fn maps(list: Option<&Node>) -> impl Iterator<Item = (usize, &Node)> {
    let items = list.map(Node::items).unwrap_or_default();
    items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.entries().is_some())
}
