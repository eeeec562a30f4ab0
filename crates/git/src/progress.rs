//! How far a long operation is.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The part of an operation that is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Stage {
    /// Reaching the host and logging in.
    Connecting,
    /// Objects are coming in.
    Receiving,
    /// Deltas are being resolved.
    Resolving,
    /// Files are being written to the work tree.
    WritingFiles,
    /// Objects for a push are being packed.
    Packing,
    /// Objects are going out.
    Sending,
}

/// A snapshot of the progress, at most about ten a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Progress {
    /// What is running.
    pub stage: Stage,
    /// Objects or files done.
    pub done: u64,
    /// Objects or files in all; 0 where unknown.
    pub total: u64,
    /// Bytes moved in this stage.
    pub bytes: u64,
}

/// Where progress goes.
pub type ProgressSink = Arc<dyn Fn(Progress) + Send + Sync>;
