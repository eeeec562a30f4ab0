//! Merges: looked at before anything moves, answered, landed, dropped.

use sheaf_project::collection::model::QuestionId;
use sheaf_project::git::model::Oid;
use sheaf_project::git::progress::Progress;
use sheaf_project::model::{Answer, Answers, LandOutcome, MergeOf, MergeOutcome, MergePreview, MergeView};
use sheaf_project::project::Project;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};

use super::{changing, on_project, running};
use crate::error::Result;

/// What a merge would come to.
#[tauri::command]
pub(crate) async fn merge_preview<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    what: MergeOf,
) -> Result<MergePreview> {
    on_project(app, project, move |p| p.preview(&what)).await
}

/// Fetches, and says what a pull would come to.
#[tauri::command]
pub(crate) async fn pull_preview<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    operation: String,
    on_progress: Channel<Progress>,
) -> Result<MergePreview> {
    running(app, project, operation, on_progress, |p, run| {
        p.preview_pull(None, run)
    })
    .await
}

/// Pulls what was fetched last, and was shown.
#[tauri::command]
pub(crate) async fn pull_fetched<R: Runtime>(app: AppHandle<R>, project: String) -> Result<MergeOutcome> {
    changing(app, project, |p| p.pull_fetched(&Answers::new())).await
}

/// The merge that waits for answers.
#[tauri::command]
pub(crate) async fn questions<R: Runtime>(app: AppHandle<R>, project: String) -> Result<Option<MergeView>> {
    on_project(app, project, Project::questions).await
}

/// Answers a question, or opens it again.
#[tauri::command]
pub(crate) async fn answer_question<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    question: QuestionId,
    seen: String,
    answer: Option<Answer>,
) -> Result<MergeView> {
    on_project(app, project, move |p| {
        p.answer(&question, Some(&seen), answer.as_ref())
    })
    .await
}

/// Gives every open question the same answer.
#[tauri::command]
pub(crate) async fn answer_all<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    answer: Answer,
) -> Result<MergeView> {
    on_project(app, project, move |p| p.answer_all(&answer)).await
}

/// Lands the merge that waits.
#[tauri::command]
pub(crate) async fn land_merge<R: Runtime>(app: AppHandle<R>, project: String) -> Result<LandOutcome> {
    changing(app, project, Project::land).await
}

/// Drops the merge that waits, and says what it was.
#[tauri::command]
pub(crate) async fn abort_merge<R: Runtime>(app: AppHandle<R>, project: String) -> Result<MergeOf> {
    changing(app, project, Project::abort).await
}

/// Takes back what a commit changed.
#[tauri::command]
pub(crate) async fn revert<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    commit: Oid,
) -> Result<MergeOutcome> {
    changing(app, project, move |p| p.revert(&commit, &Answers::new())).await
}

/// Takes over what a commit of another branch changed.
#[tauri::command]
pub(crate) async fn cherry_pick<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    commit: Oid,
) -> Result<MergeOutcome> {
    changing(app, project, move |p| p.cherry_pick(&commit, &Answers::new())).await
}

/// Takes over everything that a branch has, as one commit.
#[tauri::command]
pub(crate) async fn squash_branch<R: Runtime>(
    app: AppHandle<R>,
    project: String,
    name: String,
) -> Result<MergeOutcome> {
    changing(app, project, move |p| p.squash_branch(&name, &Answers::new())).await
}
