//! New resources and new collections.

use serde_json::Value;

use super::draft::{Draft, new_text};
use super::error::EditError;
use super::ids::{base_environment_id, new_id};
use super::template::new_fields;
use super::validate;
use crate::collections::Collections;
use crate::legacy::file_path;
use crate::model::{FileEdit, Kind, ResourceId, Scope};

const NAME_OF_UNNAMED: &str = "New collection";

impl Collections {
    /// Adds a resource: a request or folder to a folder or collection, an environment to a collection or its base
    /// environment, an API spec or a test suite to a collection, a test to a suite.
    pub fn create(
        &self,
        kind: Kind,
        parent: &ResourceId,
        name: &str,
        now: i64,
    ) -> Result<(ResourceId, Vec<FileEdit>), EditError> {
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
        let is_base = kind == Kind::Environment && holding.kind == Kind::Workspace;
        let id = if is_base {
            base_environment_id(holder)
        } else {
            new_id(kind)
        };
        let fields = new_fields(kind, &id, Some(holder), name, now);
        let mut draft = Draft::new(self);
        if let Some(place) = file.legacy_path() {
            draft.create(file_path(place.root, kind, &id), &id, fields);
        } else {
            draft.insert_v5(file, holding, kind, &fields)?;
        }
        Ok((id, draft.finish()?))
    }

    /// A new collection in the legacy tree: the collection, its base environment, and for a design its API spec.
    pub fn create_collection(name: &str, scope: Scope, now: i64) -> (ResourceId, Vec<FileEdit>) {
        let visible: String = name.chars().filter(|char| !char.is_control()).collect();
        let name = Some(visible.trim())
            .filter(|name| !name.is_empty())
            .unwrap_or(NAME_OF_UNNAMED);
        let id = new_id(Kind::Workspace);
        let mut workspace = new_fields(Kind::Workspace, &id, None, name, now);
        workspace.insert("scope".to_owned(), scope_name(scope).into());
        let base = base_environment_id(&id);
        let environment = new_fields(Kind::Environment, &base, Some(&id), "Base Environment", now);
        let mut files = vec![
            (Kind::Workspace, id.clone(), workspace),
            (Kind::Environment, base, environment),
        ];
        if scope == Scope::Design {
            let spec = new_id(Kind::ApiSpec);
            let fields = new_fields(Kind::ApiSpec, &spec, Some(&id), name, now);
            files.push((Kind::ApiSpec, spec, fields));
        }
        let edits = files.into_iter().map(|(kind, id, fields)| {
            let value = Value::Object(fields);
            let path = file_path("", kind, &id);
            // JSON is YAML, too: a new collection is written even where its name defeats the emitter.
            let text = new_text(&path, &id, &value).unwrap_or_else(|_| value.to_string().into_bytes());
            FileEdit {
                path,
                after: Some(text),
            }
        });
        (id, edits.collect())
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
        if kind == Kind::ApiSpec && siblings.any(is_taken) {
            return Err(EditError::bad_place("this collection already has an API spec."));
        }
        Ok(())
    }

    /// Refuses what Insomnia would not find there.
    pub(crate) fn check_parent(&self, kind: Kind, parent: &ResourceId) -> Result<(), EditError> {
        let (_, holder) = self.editable(parent)?;
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
            Kind::MockRoute => holder.kind == Kind::MockServer,
            _ => false,
        };
        if fits {
            return Ok(());
        }
        Err(EditError::bad_place(place_advice(kind)))
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
        _ => "Sheaf does not make or move resources of this kind.",
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Collection => "collection",
        Scope::Design => "design",
    }
}
