//! Switching branches with or without what is not committed, and bringing back what was parked.

use sheaf_collection::model::{Answers, QuestionId};
use sheaf_git::file_merge::Open;
use sheaf_git::repository::Repo;
use sheaf_git::switch::{Look, SwitchMode, SwitchOutcome as GitSwitch, UnparkOutcome};
use sheaf_git::waiting_merge::Note;

use crate::answers::Given;
use crate::collection_merge::{Asked, CollectionMerge};
use crate::error::{ProjectError, Result};
use crate::merge::{count, incoming_changes, open, questions, waits};
use crate::merge_model::{MergeOf, MergePreview, MergeView, SwitchOutcome};
use crate::model::WithChanges;
use crate::project::{Project, branch};
use crate::waiting::{Waiting, resume, waiting};
use crate::words::counted;

impl Project {
    /// Switches to a branch. Uncommitted changes come along or stay parked on the branch they belong to.
    pub fn switch_branch(&self, name: &str, with: WithChanges, answers: &Answers) -> Result<SwitchOutcome> {
        let mode = match with {
            WithChanges::Carry => SwitchMode::Carry,
            WithChanges::Park => SwitchMode::Park,
        };
        self.changing(
            "switch",
            |repo| self.run_switch(repo, name, mode, answers),
            |outcome| match outcome {
                SwitchOutcome::Switched { carried, parked, .. } => {
                    format!(
                        "on {name} ({} came along, {parked} parked)",
                        counted(*carried, "change", "changes")
                    )
                }
                SwitchOutcome::Questions { merge } => waits(merge),
            },
        )
    }

    fn run_switch(
        &self,
        repo: &Repo,
        name: &str,
        mode: SwitchMode,
        answers: &Answers,
    ) -> Result<SwitchOutcome> {
        let what = MergeOf::Switch {
            name: name.to_owned(),
        };
        let returns = returns(repo, name)?;
        let given = if returns {
            Given::to_anything(answers)
        } else {
            given(repo, &what, answers)?
        };
        let merger = CollectionMerge::new(self, repo, &given);
        let outcome = match repo.switch_branch(name, mode, &merger)? {
            GitSwitch::Switched {
                carried,
                parked,
                unparked,
                still_parked,
            } => SwitchOutcome::Switched {
                branch: name.to_owned(),
                carried: count(carried),
                parked: count(parked),
                unparked: count(unparked),
                still_parked,
            },
            GitSwitch::Open(_) if returns => return Err(in_the_way(name)),
            GitSwitch::Open(_) => {
                let look = repo.look_at_switch(name, &CollectionMerge::new(self, repo, &given))?;
                let view = switch_view(repo, &what, name, &look, merger.asked())?;
                return waiting_for(repo, &what, given, view);
            }
        };
        if !returns {
            repo.drop_waiting_merge(Note::Here)?;
        }
        Ok(outcome)
    }

    /// Brings back the changes that are parked on the current branch.
    pub fn unpark(&self, answers: &Answers) -> Result<SwitchOutcome> {
        self.changing(
            "unpark",
            |repo| self.run_unpark(repo, answers),
            |outcome| match outcome {
                SwitchOutcome::Switched { unparked, .. } => {
                    format!("{} back", counted(*unparked, "file is", "files are"))
                }
                SwitchOutcome::Questions { merge } => waits(merge),
            },
        )
    }

    pub(crate) fn run_unpark(&self, repo: &Repo, answers: &Answers) -> Result<SwitchOutcome> {
        let given = given(repo, &MergeOf::Unpark, answers)?;
        let merger = CollectionMerge::new(self, repo, &given);
        let files = match repo.unpark(&merger)? {
            UnparkOutcome::NothingParked => 0,
            UnparkOutcome::Unparked(files) => files,
            UnparkOutcome::Open(open) => {
                let view = unpark_view(repo, &open, merger.asked())?;
                return waiting_for(repo, &MergeOf::Unpark, given, view);
            }
        };
        repo.drop_waiting_merge(Note::Here)?;
        Ok(SwitchOutcome::Switched {
            branch: branch(repo)?,
            carried: 0,
            parked: 0,
            unparked: count(files),
            still_parked: false,
        })
    }

    /// What switching with the uncommitted changes would come to.
    pub(crate) fn look_at_switch(&self, repo: &Repo, name: &str, given: &Given) -> Result<MergePreview> {
        let what = MergeOf::Switch {
            name: name.to_owned(),
        };
        let merger = CollectionMerge::new(self, repo, given);
        let look = repo.look_at_switch(name, &merger)?;
        Ok(MergePreview::Ready {
            merge: Box::new(switch_view(repo, &what, name, &look, merger.asked())?),
        })
    }

    /// What bringing back parked changes would come to.
    pub(crate) fn look_at_unpark(&self, repo: &Repo, given: &Given) -> Result<MergePreview> {
        let merger = CollectionMerge::new(self, repo, given);
        Ok(match repo.look_at_unpark(&merger)? {
            None => MergePreview::UpToDate,
            Some(look) => MergePreview::Ready {
                merge: Box::new(unpark_view(repo, &look.open, merger.asked())?),
            },
        })
    }
}

/// Whether a switch to a branch leads back to the merge that waits there.
fn returns(repo: &Repo, name: &str) -> Result<bool> {
    let here = repo.head()?.branch() == Some(name);
    Ok(!here && waiting(repo)?.is_some_and(|waiting| waiting.branch == name))
}

fn in_the_way(name: &str) -> ProjectError {
    ProjectError::refused(
        "changes-in-the-way",
        format!(
            "Your uncommitted changes and {name} differ in the same places, and a merge waits there already"
        ),
        "Leave the changes on this branch, or commit them here, and switch then.",
    )
}

/// The answers of now and of before.
fn given(repo: &Repo, what: &MergeOf, answers: &Answers) -> Result<Given> {
    let waiting = resume(repo, what)?;
    Ok(Given::to_anything(answers).and(waiting.map(|waiting| waiting.answers).unwrap_or_default()))
}

fn waiting_for(repo: &Repo, what: &MergeOf, given: Given, view: MergeView) -> Result<SwitchOutcome> {
    let mut waiting = Waiting::new(what, &view.into, given);
    waiting.ours = repo.head()?.commit().cloned();
    waiting.keep(repo)?;
    Ok(SwitchOutcome::Questions {
        merge: Box::new(view),
    })
}

fn switch_view(
    repo: &Repo,
    what: &MergeOf,
    name: &str,
    look: &Look<QuestionId>,
    asked: Vec<Asked>,
) -> Result<MergeView> {
    let head = repo.head()?.commit().cloned();
    let (changes, files) = incoming_changes(repo, head.as_ref(), &look.target)?;
    let questions = questions(repo, asked, &look.target)?;
    Ok(MergeView {
        of: what.clone(),
        from: name.to_owned(),
        into: branch(repo)?,
        forward: true,
        onto: None,
        commits: 0,
        changes,
        files: count(files),
        carried: count(look.files),
        open: open(&questions),
        questions,
        instead: None,
    })
}

fn unpark_view(repo: &Repo, files: &[Open<QuestionId>], asked: Vec<Asked>) -> Result<MergeView> {
    let into = branch(repo)?;
    let head = repo.head()?.commit().cloned();
    let questions = match head {
        Some(head) => questions(repo, asked, &head)?,
        None => Vec::new(),
    };
    Ok(MergeView {
        of: MergeOf::Unpark,
        from: format!("parked on {into}"),
        into,
        forward: true,
        onto: None,
        commits: 0,
        changes: Vec::new(),
        files: count(files.len()),
        carried: 0,
        open: open(&questions),
        questions,
        instead: None,
    })
}
