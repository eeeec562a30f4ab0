//! What the window and the command line show of a collection. Plain data, derived from files, never stored.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::comparison::*;
pub use crate::question::*;

/// The id of a resource as Insomnia writes it (`req_…`, `fld_…`): stable over renames and moves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export)]
pub struct ResourceId(pub String);

impl std::fmt::Display for ResourceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a resource is. The names are Insomnia's model types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[allow(missing_docs)]
pub enum Kind {
    Workspace,
    ApiSpec,
    Environment,
    RequestGroup,
    Request,
    GrpcRequest,
    ProtoFile,
    ProtoDirectory,
    WebSocketRequest,
    WebSocketPayload,
    SocketIORequest,
    SocketIOPayload,
    UnitTestSuite,
    UnitTest,
    MockServer,
    MockRoute,
    McpRequest,
    CookieJar,
    /// Rules for API specs, which Insomnia keeps for the whole project.
    ProjectLintRuleset,
    /// An ordinary file beside the collections: shown, diffed as text, committed.
    File,
    /// A file that should be a resource but cannot be read; see its problem.
    Broken,
}

/// A resource as it is named to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ResourcePlace {
    /// Its id; the path where it is a file.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// `GET`, `gRPC`, … of a request.
    pub method: Option<String>,
    /// Names of the collection and the folders that hold it, outermost first.
    pub location: Vec<String>,
}

/// How a collection is kept on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Layout {
    /// `.insomnia/<Type>/<id>.yml`, one resource a file (Insomnia up to 10).
    Legacy,
    /// One YAML file a collection (Insomnia 11 and later).
    V5,
}

/// What kind of collection to create.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Scope {
    /// Requests in folders.
    Collection,
    /// The same with an API spec.
    Design,
}

/// One collection (Insomnia: Workspace) with its tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CollectionTree {
    /// Id of the Workspace.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// `collection`, `design`, `environment`, `mock-server`, `mcp`.
    pub scope: String,
    /// Where it is kept.
    pub layout: Layout,
    /// True where Sheaf can only show this collection.
    pub read_only: bool,
    /// Repository path of the Workspace file (legacy) or the collection file (v5), `/` separated.
    pub path: String,
    /// Folders and requests in display order (by sort key, then id).
    pub items: Vec<TreeNode>,
    /// The base environment with its sub-environments as children.
    pub environments: Vec<TreeNode>,
    /// The API spec, where there is one.
    pub spec: Option<TreeNode>,
    /// Test suites with their tests as children.
    pub tests: Vec<TreeNode>,
    /// Everything else (mock servers, proto files, …).
    pub others: Vec<TreeNode>,
}

/// One line of the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TreeNode {
    /// Id; for a broken file its path.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// Display name.
    pub name: String,
    /// `GET`, `POST`, … for a request; `gRPC`, `WS` for the others; absent for folders.
    pub method: Option<String>,
    /// Request URL, for the tooltip and the search.
    pub url: Option<String>,
    /// Repository path of the file that holds it; below `.git` for what is kept out of Git.
    pub path: String,
    /// Colour that the user gave it (`#7d69cb`), for environments.
    pub color: Option<String>,
    /// What is wrong with it, in a sentence.
    pub problem: Option<Problem>,
    /// Children in display order.
    pub children: Vec<TreeNode>,
}

/// Why a file or a resource cannot be used as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Problem {
    /// Stable code: `syntax`, `conflict-markers`, `encoding`, `too-large`, `too-deep`, `alias-bomb`, `id-mismatch`,
    /// `type-mismatch`, `duplicate-id`, `missing-parent`, `cycle`, `unknown-type`, `not-a-map`,
    /// `unseen-by-insomnia`, `same-collection`.
    pub code: String,
    /// What is wrong and what to do, in words.
    pub message: String,
    /// Repository path.
    pub path: String,
    /// 1-based, where known.
    pub line: Option<u32>,
    /// 1-based, where known.
    pub column: Option<u32>,
}

/// How one file stood the check of `sheaf verify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCheck {
    /// Repository path.
    pub path: String,
    /// It could be read.
    pub parsed: bool,
    /// An edit changes what it is about, and taking it back gives the same bytes.
    pub byte_stable: bool,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// A resource opened in the editor: every field it has, in file order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ResourceView {
    /// Id.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// Display name.
    pub name: String,
    /// Repository path of its file.
    pub path: String,
    /// Id of the folder or collection that holds it.
    pub parent_id: Option<ResourceId>,
    /// Id of the collection.
    pub collection_id: Option<ResourceId>,
    /// True where it can only be shown.
    pub read_only: bool,
    /// The fields as Insomnia names them in the legacy layout (`url`, `method`, `headers`, `parameters`, `body`,
    /// `authentication`, `description`, `data`, `contents`, …), whatever the layout on disk.
    #[ts(type = "Record<string, unknown>")]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// Hash of what was read, to be handed back with an edit: a file that changed meanwhile is not overwritten.
    pub version: String,
}

/// One field to set. `path` is dotted: `url`, `headers.X-Tenant` (by row name), `headers.X-Tenant[1]`
/// (the second of its name), `headers[0].value` (by index), `data.base_url`, `body.text`, `authentication.token`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FieldEdit {
    /// Where.
    pub path: String,
    /// The new value, which may be null; absent removes the field or the row.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[ts(type = "unknown")]
    pub value: Option<serde_json::Value>,
}

/// A value that is there is one, also where it is null.
fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(from).map(Some)
}

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum ChangeKind {
    Added,
    Modified,
    Deleted,
    Renamed,
    Moved,
}

/// One resource that differs between two states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ResourceChange {
    /// Id of the resource, or the path of an ordinary file.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// Display name after the change (before it, when deleted).
    pub name: String,
    /// `GET`, `POST`, … where it is a request.
    pub method: Option<String>,
    /// What happened.
    pub change: ChangeKind,
    /// Names of the collection and folders that hold it, outermost first.
    pub location: Vec<String>,
    /// Repository path of the file after the change (before it, when deleted).
    pub path: String,
    /// True where only bookkeeping differs (`modified`, row ids, key order).
    pub only_bookkeeping: bool,
    /// The fields that differ, in the order of the editor.
    pub fields: Vec<FieldChange>,
    /// One line for lists: "URL changed · header X-Tenant added".
    pub summary: String,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FieldChange {
    /// Dotted path, as in [`FieldEdit::path`]; each once a resource. The key by which the field is chosen.
    pub path: String,
    /// In words: "URL", "header X-Tenant", "body", "environment value `base_url`".
    pub label: String,
    /// Value before in words, cut where it is long; absent where the field is new.
    pub before: Option<String>,
    /// Value after in words, cut where it is long; absent where the field is gone.
    pub after: Option<String>,
    /// True for `modified`, row ids, sort keys and the like.
    pub bookkeeping: bool,
    /// What differs within it.
    pub comparison: Comparison,
}

/// One file to write, create or delete. Bytes, so that nothing is re-encoded on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// Repository path, `/` separated, relative.
    pub path: String,
    /// New content; absent deletes the file.
    pub after: Option<Vec<u8>>,
}

/// How a search compares. Without any of these: the text as it is typed, whatever its case, anywhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct SearchOptions {
    /// Large and small letters differ.
    pub match_case: bool,
    /// Only where no letter, digit or underscore stands before or behind.
    pub whole_word: bool,
    /// What is typed is a regular expression (syntax of the `regex` crate; `^` and `$` are ends of lines).
    pub regex: bool,
}

/// A piece of a text, counted in UTF-16 units as the page does; the end is the first unit behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[allow(missing_docs)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// One line of one field that holds what was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FieldHit {
    /// Dotted path, as in [`FieldEdit::path`]; rows by index.
    pub path: String,
    /// In words: "URL", "header X-Tenant", "body", "environment value `base_url`".
    pub label: String,
    /// The line, cut to what surrounds the first match.
    pub snippet: String,
    /// The matches in the snippet, in order.
    pub ranges: Vec<Span>,
    /// 1-based line of the field's text.
    pub line: u32,
    /// The first match of the line in the whole text of the field.
    pub at: Span,
    /// True where the name of an environment value matches, and not the value.
    pub in_key: bool,
}

/// What a search found in one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ResourceHits {
    /// Id; for a broken file its path.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// Display name.
    pub name: String,
    /// `GET`, `POST`, … where it is a request.
    pub method: Option<String>,
    /// Names of the collection and folders that hold it, outermost first.
    pub location: Vec<String>,
    /// Where; never empty. The name comes first, then the fields in file order.
    pub hits: Vec<FieldHit>,
}

/// How a search ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SearchDone {
    /// Resources with at least one hit.
    pub resources: u32,
    /// Hits in all of them.
    pub hits: u32,
    /// False where it was stopped, or where there were more hits than are shown.
    pub complete: bool,
}
