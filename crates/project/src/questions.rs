//! The questions of the merge that waits: listed, answered, landed, dropped.

use sheaf_collection::model::{Answer, Answers, QuestionId};
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::merge_memo::MergeMemo;
use crate::merge_model::{AskedQuestion, LandOutcome, MergeOf, MergePreview, MergeView};
use crate::project::{Project, branch};
use crate::waiting::{Waiting, waiting};

impl Project {
    /// The merge that waits as it would land now, with all that was asked; nothing where none waits.
    pub fn questions(&self) -> Result<Option<MergeView>> {
        let repo = self.repo()?;
        match waiting(&repo)? {
            Some(waiting) => self.view_of(&repo, &waiting),
            None => Ok(None),
        }
    }

    /// Answers a question, or (with no answer) opens it again. `seen` is the mark of the values it was given to; without
    /// it the question of this id that is open. Nothing is touched.
    pub fn answer(
        &self,
        question: &QuestionId,
        seen: Option<&str>,
        answer: Option<&Answer>,
    ) -> Result<MergeView> {
        let (repo, _lock) = self.locked()?;
        let (waiting, view) = self.waiting_view(&repo)?;
        let asked = find(&view, question, seen)?;
        let seen = asked.seen.clone();
        let mut next = waiting;
        next.answers = next.answers.with(question, &seen, answer);
        let view = self.view_of(&repo, &next)?.unwrap_or(view);
        let refused = |asked: &AskedQuestion| {
            asked.question.id == *question && asked.seen == seen && asked.answer.is_none()
        };
        if answer.is_some() && view.questions.iter().any(refused) {
            return Err(ProjectError::refused(
                "answer",
                format!("The answer to {question} does not fit"),
                "Take ours or theirs, or give a value of the same kind.",
            ));
        }
        next.keep(&repo)?;
        Ok(view)
    }

    /// Gives all questions that are open the same answer.
    pub fn answer_all(&self, answer: &Answer) -> Result<MergeView> {
        let (repo, _lock) = self.locked()?;
        let (mut waiting, mut view) = self.waiting_view(&repo)?;
        // an answer may bring up another question, which gets the same one
        let mut before = Vec::new();
        let first = view.questions.iter().find(|asked| asked.answer.is_none());
        let about_edits = first.is_some_and(|asked| asked.uncommitted);
        loop {
            let asked: Vec<_> = same_sides(&view, about_edits).map(key).collect();
            // what does not take this answer stays open
            if asked.is_empty() || asked == before {
                break;
            }
            before = asked;
            for asked in same_sides(&view, about_edits) {
                waiting.answers = waiting
                    .answers
                    .with(&asked.question.id, &asked.seen, Some(answer));
            }
            view = self.view_of(&repo, &waiting)?.unwrap_or(view);
        }
        waiting.keep(&repo)?;
        Ok(view)
    }

    /// Lands the merge that waits, once nothing is open.
    pub fn land(&self) -> Result<LandOutcome> {
        let waiting = waiting(&self.repo()?)?.ok_or_else(none_waits)?;
        let none = Answers::new();
        match &waiting.what {
            MergeOf::Pull => Ok(LandOutcome::Merge {
                merge: self.changing(
                    "pull",
                    |repo| self.merge_upstream(repo, &none),
                    crate::merge::told,
                )?,
            }),
            MergeOf::Rebase => Ok(LandOutcome::Merge {
                merge: self.changing(
                    "pull",
                    |repo| self.rebase_on_upstream(repo, &none),
                    crate::merge::told,
                )?,
            }),
            MergeOf::Branch { name } => Ok(LandOutcome::Merge {
                merge: self.merge_branch(name, &none)?,
            }),
            MergeOf::Squash { name } => Ok(LandOutcome::Merge {
                merge: self.squash_branch(name, &none)?,
            }),
            MergeOf::CherryPick { commit } => Ok(LandOutcome::Merge {
                merge: self.cherry_pick(commit, &none)?,
            }),
            MergeOf::Revert { commit } => Ok(LandOutcome::Merge {
                merge: self.revert(commit, &none)?,
            }),
            MergeOf::Switch { name } => Ok(LandOutcome::Switch {
                switch: self.switch_branch(name, crate::model::WithChanges::Carry, &none)?,
            }),
            MergeOf::Unpark => Ok(LandOutcome::Switch {
                switch: self.unpark(&none)?,
            }),
            MergeOf::Outside { .. } => Ok(LandOutcome::Merge {
                merge: self.land_outside()?,
            }),
        }
    }

    /// Drops the merge that waits, with its answers. There is nothing to put back, as it touched nothing; what another
    /// program began is taken back. Says what it was.
    pub fn abort(&self) -> Result<MergeOf> {
        self.changing(
            "abort",
            |repo| {
                let waiting = waiting(repo)?.ok_or_else(none_waits)?;
                if let MergeOf::Outside { .. } = &waiting.what {
                    self.take_outside_back(repo)?;
                }
                repo.drop_waiting_merge(waiting.what.note())?;
                *self.merge_memo() = MergeMemo::default();
                Ok(waiting.what)
            },
            |what| match what {
                MergeOf::Outside { begun, .. } => format!("the {} is taken back", begun.word()),
                _ => "dropped; nothing had been touched".to_owned(),
            },
        )
    }

    fn waiting_view(&self, repo: &Repo) -> Result<(Waiting, MergeView)> {
        let waiting = waiting(repo)?.ok_or_else(none_waits)?;
        let view = self.view_of(repo, &waiting)?.ok_or_else(none_waits)?;
        Ok((waiting, view))
    }

    /// Nothing where there is nothing left to merge.
    fn view_of(&self, repo: &Repo, waiting: &Waiting) -> Result<Option<MergeView>> {
        let outside = matches!(waiting.what, MergeOf::Outside { .. });
        if !outside && waiting.branch != branch(repo)? {
            return Err(ProjectError::refused(
                "branch-changed",
                format!("The merge that waits was begun on {}", waiting.branch),
                format!("Switch back to {}, or drop the merge.", waiting.branch),
            ));
        }
        match self.look_with(repo, &waiting.what, &waiting.answers)? {
            MergePreview::Ready { merge } => Ok(Some(*merge)),
            _ => Ok(None),
        }
    }
}

/// What is open, and has the same sides: where commits are made again, edits that are not committed are *ours*, and the
/// commits are *theirs*.
fn same_sides(view: &MergeView, about_edits: bool) -> impl Iterator<Item = &AskedQuestion> {
    let same = move |asked: &&AskedQuestion| view.onto.is_none() || asked.uncommitted == about_edits;
    view.questions
        .iter()
        .filter(|asked| asked.answer.is_none())
        .filter(same)
}

fn key(asked: &AskedQuestion) -> (QuestionId, String) {
    (asked.question.id.clone(), asked.seen.clone())
}

fn find<'v>(view: &'v MergeView, id: &QuestionId, seen: Option<&str>) -> Result<&'v AskedQuestion> {
    let own = || view.questions.iter().filter(|asked| asked.question.id == *id);
    let found = match seen {
        Some(seen) => own().find(|asked| asked.seen == seen),
        None => own()
            .find(|asked| asked.answer.is_none())
            .or_else(|| own().next_back()),
    };
    found.ok_or_else(|| {
        ProjectError::refused(
            "no-question",
            format!("There is no question {id}, or what it is about has changed since"),
            "See sheaf questions.",
        )
    })
}

fn none_waits() -> ProjectError {
    ProjectError::refused(
        "no-merge",
        "No merge waits for answers",
        "Pull, or merge a branch.",
    )
}
