//! The merge that waits for answers, over restarts. Only what was asked for and what was answered is kept: the merge
//! itself is computed anew each time, as commits, fetches and edits go on meanwhile.

use serde::{Deserialize, Serialize};
use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;
use sheaf_git::waiting_merge::Note;

use crate::answers::Given;
use crate::error::{ProjectError, Result};
use crate::merge_model::MergeOf;

/// The form of the note.
const VERSION: u32 = 1;

/// A merge that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Waiting {
    version: u32,
    /// What is joined.
    pub(crate) what: MergeOf,
    /// The branch it was begun on.
    pub(crate) branch: String,
    /// The three commits as they were when it was last looked at.
    pub(crate) base: Option<Oid>,
    pub(crate) ours: Option<Oid>,
    pub(crate) theirs: Option<Oid>,
    /// What was answered.
    pub(crate) answers: Given,
}

impl Waiting {
    pub(crate) fn new(what: &MergeOf, branch: &str, answers: Given) -> Self {
        Self {
            version: VERSION,
            what: what.clone(),
            branch: branch.to_owned(),
            base: None,
            ours: None,
            theirs: None,
            answers,
        }
    }

    pub(crate) fn keep(&self, repo: &Repo) -> Result<()> {
        // the type holds nothing that JSON cannot
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        Ok(repo.keep_waiting_merge(self.what.note(), &text)?)
    }
}

impl MergeOf {
    /// Where it is noted.
    pub(crate) fn note(&self) -> Note {
        match self {
            Self::Outside { .. } => Note::Outside,
            _ => Note::Here,
        }
    }
}

/// The merge that waits: what another program began and did not end, else what was begun here.
pub(crate) fn waiting(repo: &Repo) -> Result<Option<Waiting>> {
    let Some(outside) = repo.outside()? else {
        return noted(repo, Note::Here);
    };
    let what = MergeOf::from(&outside);
    let noted = noted(repo, Note::Outside)?.filter(|waiting| waiting.what == what);
    Ok(Some(noted.unwrap_or_else(|| {
        Waiting::new(&what, &outside.into, Given::default())
    })))
}

/// A note that cannot be read is none: what it is about can only be begun anew.
fn noted(repo: &Repo, note: Note) -> Result<Option<Waiting>> {
    let text = repo.waiting_merge(note)?;
    let waiting: Option<Waiting> = text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(waiting.filter(|waiting| waiting.version == VERSION))
}

/// What was answered so far of this merge. Another one that waits makes room for it as long as nothing is answered.
pub(crate) fn resume(repo: &Repo, what: &MergeOf) -> Result<Option<Waiting>> {
    match waiting(repo)? {
        Some(other) if other.what != *what && !other.answers.is_empty() => Err(ProjectError::refused(
            "merge-waits",
            format!("{} still waits for answers", other.what.in_words()),
            "Answer its questions and land it, or drop it first: sheaf questions, sheaf land, sheaf abort.",
        )),
        other => Ok(other.filter(|other| other.what == *what)),
    }
}
