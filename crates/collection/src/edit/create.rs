//! New resources and new collections.

use serde_json::{Map, Value};

use super::draft::{Draft, new_text};
use super::draft_v5::v5_document;
use super::error::EditError;
use super::ids::{base_environment_id, cookie_jar_id, new_id};
use super::relocate::{BESIDE, has_no_place_in_v5};
use super::stamp::Stamp;
use super::template::new_fields;
use super::validate;
use crate::collections::Collections;
use crate::legacy::file_path;
use crate::model::{FileEdit, Kind, ResourceId, Scope};
use crate::source::SourceFile;
use crate::{tree, v5};

const NAME_OF_UNNAMED: &str = "New collection";

impl Collections {
    /// Adds a resource: a request or folder to a folder or collection, an environment to a collection or its base
    /// environment, an API spec, a test suite or a cookie jar to a collection, a test to a suite, a route to a mock
    /// server. What v5 files have no place for becomes a file of a tree beside them.
    pub fn create(
        &self,
        kind: Kind,
        parent: &ResourceId,
        name: &str,
        stamp: impl Into<Stamp>,
    ) -> Result<(ResourceId, Vec<FileEdit>), EditError> {
        let now = stamp.into().now;
        let name = name.trim();
        validate::name("name", &Value::from(name))?;
        let (_, holder) = self.editable(parent)?;
        let holder = match (kind, holder.kind) {
            (Kind::Environment, Kind::Workspace) => self.base_environment(parent).unwrap_or(parent),
            _ => parent,
        };
        self.check_parent(kind, holder)?;
        self.check_single(kind, holder)?;
        let (file, holding) = self.editable(holder)?;
        let in_collection = holding.kind == Kind::Workspace;
        let id = match kind {
            Kind::Environment if in_collection => base_environment_id(holder),
            Kind::CookieJar => cookie_jar_id(holder),
            _ => new_id(kind),
        };
        let mut fields = new_fields(kind, &id, Some(holder), name, now);
        let mut draft = Draft::new(self);
        match file.legacy_path() {
            Some(place) => draft.create(file_path(place.root, kind, &id), &id, fields),
            None if has_no_place_in_v5(kind) => draft.create(file_path(BESIDE, kind, &id), &id, fields),
            None => {
                if kind == Kind::Environment && in_collection {
                    fields.shift_remove("metaSortKey");
                }
                draft.insert_v5(file, holding, kind, &fields)?;
            }
        }
        Ok((id, draft.finish()?))
    }

    /// A new collection: the collection, its base environment, and for a design its API spec. In a project that has
    /// v5 files and no tree it is one file, which has the name that Insomnia would give it; else it goes into the tree.
    /// `is_taken` says of a path whether something is there already.
    pub fn create_collection(
        &self,
        name: &str,
        scope: Scope,
        stamp: impl Into<Stamp>,
        is_taken: impl Fn(&str) -> bool,
    ) -> (ResourceId, Vec<FileEdit>) {
        let now = stamp.into().now;
        let visible: String = name.chars().filter(|char| !char.is_control()).collect();
        let name = Some(visible.trim())
            .filter(|name| !name.is_empty())
            .unwrap_or(NAME_OF_UNNAMED);
        let parts = new_collection(name, scope, now);
        let id = parts[0].1.clone();
        let edits = self
            .new_v5_file(name, scope, &parts, is_taken)
            .unwrap_or_else(|| parts.into_iter().map(new_file).collect());
        (id, edits)
    }

    /// The base environment of a collection.
    pub(crate) fn base_environment(&self, collection: &ResourceId) -> Option<&ResourceId> {
        let mut children = self.index().children.get(collection).into_iter().flatten();
        children.find(|id| {
            self.located(id)
                .is_some_and(|(_, resource)| resource.kind == Kind::Environment)
        })
    }

    fn check_single(&self, kind: Kind, holder: &ResourceId) -> Result<(), EditError> {
        let mut siblings = self.index().children.get(holder).into_iter().flatten();
        let is_taken = |id: &ResourceId| {
            self.located(id)
                .is_some_and(|(_, resource)| resource.kind == kind)
        };
        let is_single = matches!(kind, Kind::ApiSpec | Kind::CookieJar | Kind::MockServer);
        if is_single && siblings.any(is_taken) {
            let what = match kind {
                Kind::ApiSpec => "an API spec",
                Kind::CookieJar => "a cookie jar",
                _ => "a mock server",
            };
            return Err(EditError::bad_place(format!(
                "this collection already has {what}."
            )));
        }
        Ok(())
    }

    /// Refuses what Insomnia would not find there.
    pub(crate) fn check_parent(&self, kind: Kind, parent: &ResourceId) -> Result<(), EditError> {
        let (file, holder) = self.editable(parent)?;
        let is_v5 = file.legacy_path().is_none();
        let fits = match kind {
            Kind::Request
            | Kind::RequestGroup
            | Kind::GrpcRequest
            | Kind::WebSocketRequest
            | Kind::SocketIORequest => matches!(holder.kind, Kind::Workspace | Kind::RequestGroup),
            Kind::Environment => {
                holder.kind == Kind::Workspace || holder.kind == Kind::Environment && self.is_base(holder)
            }
            Kind::ApiSpec | Kind::UnitTestSuite => holder.kind == Kind::Workspace,
            Kind::UnitTest => holder.kind == Kind::UnitTestSuite,
            Kind::ProtoFile | Kind::ProtoDirectory => {
                matches!(holder.kind, Kind::Workspace | Kind::ProtoDirectory)
            }
            Kind::WebSocketPayload => holder.kind == Kind::WebSocketRequest,
            Kind::SocketIOPayload => holder.kind == Kind::SocketIORequest,
            Kind::MockRoute => {
                holder.kind == Kind::MockServer || is_v5 && self.scope_of(parent) == "mock-server"
            }
            Kind::MockServer => holder.kind == Kind::Workspace && self.scope_of(parent) == "mock-server",
            Kind::CookieJar => holder.kind == Kind::Workspace && is_v5,
            _ => false,
        };
        if !fits {
            return Err(EditError::bad_place(place_advice(kind)));
        }
        if is_v5 {
            return self.check_scope(kind, parent, file);
        }
        Ok(())
    }

    /// Refuses what Insomnia would drop from this kind of file.
    fn check_scope(&self, kind: Kind, parent: &ResourceId, file: &SourceFile) -> Result<(), EditError> {
        if matches!(kind, Kind::ProtoFile | Kind::ProtoDirectory) {
            return Ok(());
        }
        let is_newer = || v5_document(file).is_some_and(|document| v5::is_typed(&document));
        let is_design = matches!(kind, Kind::ApiSpec | Kind::UnitTestSuite);
        let advice = match self.scope_of(parent) {
            "collection" if is_design && !is_newer() => {
                "Insomnia keeps API specs and tests in design documents and would drop them from this file. Create a \
                 design document for them."
            }
            "environment" if kind != Kind::Environment => "this file holds environments and nothing else.",
            "mock-server" if !matches!(kind, Kind::MockServer | Kind::MockRoute) => {
                "this file holds a mock server and nothing else."
            }
            "mcp" if kind != Kind::Environment => "this file holds an MCP client and nothing else.",
            _ => return Ok(()),
        };
        Err(EditError::bad_place(advice))
    }

    fn scope_of(&self, id: &ResourceId) -> &str {
        let root = self
            .index()
            .collection_of
            .get(id)
            .and_then(|root| self.located(root));
        root.map_or("collection", |(_, workspace)| tree::scope(workspace))
    }

    fn is_base(&self, environment: &crate::resource::Resource) -> bool {
        let parent = environment.parent.as_ref().and_then(|id| self.located(id));
        parent.is_some_and(|(_, holder)| holder.kind == Kind::Workspace)
    }
}

fn place_advice(kind: Kind) -> &'static str {
    match kind {
        Kind::Request
        | Kind::RequestGroup
        | Kind::GrpcRequest
        | Kind::WebSocketRequest
        | Kind::SocketIORequest => "requests and folders belong into a folder or a collection.",
        Kind::Environment => "an environment belongs into a collection or its base environment.",
        Kind::ApiSpec | Kind::UnitTestSuite => "this belongs directly into a collection.",
        Kind::UnitTest => "a test belongs into a test suite.",
        Kind::ProtoFile | Kind::ProtoDirectory => {
            "proto files belong into a collection or a proto directory."
        }
        Kind::MockRoute => "a mock route belongs into a mock server.",
        Kind::MockServer => "a mock server belongs into a collection of its own.",
        Kind::CookieJar => {
            "a cookie jar belongs into a collection file of Insomnia 11 or later; the tree has none."
        }
        _ => "Sheaf does not make or move resources of this kind.",
    }
}

/// The resources of a new collection, itself first.
fn new_collection(name: &str, scope: Scope, now: i64) -> Vec<(Kind, ResourceId, Map<String, Value>)> {
    let id = new_id(Kind::Workspace);
    let mut workspace = new_fields(Kind::Workspace, &id, None, name, now);
    workspace.insert("scope".to_owned(), scope_name(scope).into());
    let base = base_environment_id(&id);
    let environment = new_fields(Kind::Environment, &base, Some(&id), "Base Environment", now);
    let mut parts = vec![
        (Kind::Workspace, id.clone(), workspace),
        (Kind::Environment, base, environment),
    ];
    if scope == Scope::Design {
        let spec = new_id(Kind::ApiSpec);
        let fields = new_fields(Kind::ApiSpec, &spec, Some(&id), name, now);
        parts.push((Kind::ApiSpec, spec, fields));
    }
    parts
}

fn new_file((kind, id, fields): (Kind, ResourceId, Map<String, Value>)) -> FileEdit {
    let value = Value::Object(fields);
    let path = file_path("", kind, &id);
    // JSON is YAML, too: a new collection is written even where its name defeats the emitter.
    let text = new_text(&path, &id, &value).unwrap_or_else(|_| value.to_string().into_bytes());
    FileEdit {
        path,
        after: Some(text),
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Collection => "collection",
        Scope::Design => "design",
    }
}
