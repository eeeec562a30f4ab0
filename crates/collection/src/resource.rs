//! One resource as read from a file, whatever the layout.

use std::ops::Range;

use crate::fields::Fields;
use crate::model::{Kind, Problem, ResourceId};

/// Fields that Sheaf or Insomnia writes itself: nobody types them, and nobody looks for them.
pub(crate) const KEPT_BY_PROGRAMS: [&str; 11] = [
    "_id",
    "type",
    "parentId",
    "modified",
    "created",
    "metaSortKey",
    "dataPropertyOrder",
    "environmentPropertyOrder",
    "color",
    "scope",
    "contentType",
];

/// Line and column, both from 1.
pub(crate) type Place = (u32, u32);

/// One step into the document of a file. The order is that of the items of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Under this key.
    Key(&'static str),
    /// This item of a list.
    Index(usize),
}

/// One resource.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// Who holds it.
    pub parent: Option<ResourceId>,
    /// What a tree shows of it.
    pub head: Head,
    /// Fields under their legacy names, in file order.
    pub fields: Fields,
    /// Where in the document it stands; empty in the legacy layout.
    pub pointer: Vec<Step>,
    /// Bytes of its item in a v5 file that can be read item by item.
    pub span: Option<Range<usize>>,
    /// Where its id is written.
    pub id_place: Option<Place>,
    /// Where its parent is written.
    pub parent_place: Option<Place>,
}

/// The fields that are needed of every resource, read along with the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// `name`.
    pub name: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `method`.
    pub method: Option<String>,
    /// `fileName`.
    pub file_name: Option<String>,
    /// `metaSortKey`; 0 without one.
    pub sort_key: f64,
}

/// What one file turned out to hold.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// The resources, in file order.
    pub resources: Vec<Resource>,
    /// What is wrong with the file. With no resources, the first one says why it is broken.
    pub problems: Vec<Problem>,
}

impl Parsed {
    /// A file that cannot be used.
    pub(crate) fn broken(problem: Problem) -> Self {
        Self {
            resources: Vec::new(),
            problems: vec![problem],
        }
    }
}

impl Resource {
    /// The same resource where other text of its file has changed.
    pub(crate) fn moved(&self, span: Option<Range<usize>>, id_place: Option<Place>) -> Self {
        Self {
            id: self.id.clone(),
            kind: self.kind,
            parent: self.parent.clone(),
            head: self.head.clone(),
            fields: self.fields.shared(),
            pointer: self.pointer.clone(),
            span,
            id_place,
            parent_place: self.parent_place,
        }
    }

    /// A text field.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        match field {
            "name" => self.head.name.as_deref(),
            "url" => self.head.url.as_deref(),
            "method" => self.head.method.as_deref(),
            "fileName" => self.head.file_name.as_deref(),
            _ => self.fields.get(field).and_then(|value| value.as_str()),
        }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> String {
        let own = match self.kind {
            Kind::ApiSpec => self
                .text("fileName")
                .filter(|name| !name.is_empty())
                .or(Some("API spec")),
            Kind::ProjectLintRuleset => Some("Lint ruleset"),
            _ => self.text("name"),
        };
        own.filter(|name| !name.trim().is_empty())
            .map_or_else(|| self.fallback_name(), str::to_owned)
    }

    fn fallback_name(&self) -> String {
        self.text("url")
            .filter(|url| !url.is_empty())
            .map_or_else(|| self.id.0.clone(), str::to_owned)
    }

    /// `GET`, `POST`, `gRPC`, `WS`, …
    pub(crate) fn method(&self) -> Option<String> {
        match self.kind {
            Kind::Request | Kind::MockRoute => self.text("method").map(str::to_owned),
            Kind::GrpcRequest => Some("gRPC".to_owned()),
            Kind::WebSocketRequest => Some("WS".to_owned()),
            Kind::SocketIORequest => Some("IO".to_owned()),
            Kind::McpRequest => Some("MCP".to_owned()),
            _ => None,
        }
    }

    /// Place among its siblings.
    pub(crate) fn sort_key(&self) -> f64 {
        self.head.sort_key
    }
}
