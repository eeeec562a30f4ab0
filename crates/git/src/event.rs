//! git-event: one structured record an occurrence, emitted through the `log` facade with the target `git-event`.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The `log` target of every git-event. The message is the record as one line of JSON.
pub const TARGET: &str = "git-event";

/// Where in an operation the record was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum Phase {
    Started,
    Progress,
    Auth,
    /// Text the server sent.
    Server,
    Rejected,
    Failed,
    Finished,
}

/// One occurrence. Never holds a secret: the text was redacted before it got here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GitEvent {
    /// Unix milliseconds.
    pub time: u64,
    /// Name of the project.
    pub project: String,
    /// `clone`, `fetch`, `push`, `pull`, `commit`, `switch`, `check`, …
    pub operation: String,
    /// Where in the operation.
    pub phase: Phase,
    /// Short branch name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub branch: Option<String>,
    /// Remote URL without user, token and query.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub remote: Option<String>,
    /// What happened, in words.
    pub detail: String,
    /// Stable code of a rejection or failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub advice: Option<String>,
    /// Since the operation started.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub duration_ms: Option<u64>,
    /// Bytes moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bytes: Option<u64>,
}

/// Writes the git-events of one operation.
#[derive(Debug, Clone)]
pub struct Journal {
    project: String,
    operation: &'static str,
    branch: Option<String>,
    remote: Option<String>,
    started: Instant,
}

impl Journal {
    /// Begins an operation and writes its `started` record.
    pub fn start(project: &str, operation: &'static str, branch: Option<&str>, remote: Option<&str>) -> Self {
        let journal = Self {
            project: project.to_owned(),
            operation,
            branch: branch.map(str::to_owned),
            remote: remote.map(crate::redact::url),
            started: Instant::now(),
        };
        let about: Vec<&str> = [&journal.branch, &journal.remote]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        journal.write(Phase::Started, &about.join(", "), |_| {});
        journal
    }

    /// Writes one record.
    pub fn note(&self, phase: Phase, detail: &str) {
        self.write(phase, detail, |_| {});
    }

    /// Writes the last record of an operation that worked.
    pub fn finished(&self, detail: &str) {
        self.write(Phase::Finished, detail, |_| {});
    }

    /// Writes the last record of an operation the remote refused or that failed.
    pub fn ended(&self, phase: Phase, detail: &str, code: &str, advice: &str) {
        self.write(phase, detail, |event| {
            event.code = Some(code.to_owned());
            event.advice = Some(advice.to_owned()).filter(|a| !a.is_empty());
        });
    }

    /// Writes a progress record.
    pub fn progress(&self, detail: &str, bytes: u64) {
        self.write(Phase::Progress, detail, |event| event.bytes = Some(bytes));
    }

    fn write(&self, phase: Phase, detail: &str, fill: impl FnOnce(&mut GitEvent)) {
        let mut event = GitEvent {
            time: now_ms(),
            project: self.project.clone(),
            operation: self.operation.to_owned(),
            phase,
            branch: self.branch.clone(),
            remote: self.remote.clone(),
            detail: crate::redact::text(detail),
            code: None,
            advice: None,
            duration_ms: Some(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)),
            bytes: None,
        };
        fill(&mut event);
        let level = match phase {
            Phase::Rejected => log::Level::Warn,
            Phase::Failed => log::Level::Error,
            _ => log::Level::Info,
        };
        if let Ok(json) = serde_json::to_string(&event) {
            log::log!(target: TARGET, level, "{json}");
        }
    }
}

/// Unix milliseconds now; 0 where the clock is before 1970.
pub fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
}
