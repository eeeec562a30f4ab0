//! What looks like a secret, as it is shown: never the value itself.

use serde::{Deserialize, Serialize};
use sheaf_collection::model::{ResourceId, ResourcePlace};
use sheaf_git::model::CommitInfo;
use ts_rs::TS;

/// One value that looks like a secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Secret {
    /// Stands for the value at this place, on this computer.
    pub fingerprint: String,
    /// Stable name of what it is: `github-token`, `private-key`, `secret-field`, `known-value`, …
    pub code: String,
    /// The same for people.
    pub what: String,
    /// Its first and last characters; of a short one none.
    pub masked: String,
    /// The file.
    pub path: String,
    /// The resource, or the file where it is in none.
    pub resource: ResourcePlace,
    /// Path of the field; in a file the name that the line begins with, which may be empty.
    pub field: String,
    /// The field in words.
    pub label: String,
    /// Line within the field or file, from 1; absent where there is one.
    pub line: Option<u32>,
    /// The commit that holds it already; absent where it is not committed.
    pub commit: Option<CommitInfo>,
    /// Whether it can move to a private environment, from which the field takes it.
    pub can_move: bool,
}

/// A field that may hold such a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AllowedField {
    /// Id of the resource, or path of the file.
    pub resource: ResourceId,
    /// Path of the field.
    pub field: String,
    /// What it may hold.
    pub code: String,
}

/// How far something that looks like a secret is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Allow {
    /// This value, until the push that takes it.
    Once,
    /// Values of this kind in this field.
    Field,
}

/// What looks like a secret, and what is allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Secrets {
    /// In what is not committed.
    pub uncommitted: Vec<Secret>,
    /// In commits that are not pushed.
    pub unpushed: Vec<Secret>,
    /// Fields that are not asked about.
    pub allowed: Vec<AllowedField>,
}

/// Where a value went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MovedSecret {
    /// The resource it was in.
    pub resource: ResourceId,
    /// The field that takes it from the environment now.
    pub field: String,
    /// Name of the variable.
    pub variable: String,
    /// The private environment.
    pub environment: ResourceId,
    /// What it is called.
    pub environment_name: String,
}
