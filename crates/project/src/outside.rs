//! What another program began and did not end: asked about, landed and taken back like a merge of our own.

use sheaf_collection::model::{Answer, Answers};
use sheaf_git::merge::{MergeOutcome as GitMerge, ReadyMerge};
use sheaf_git::model::{Begun, Oid};
use sheaf_git::outside::Outside;
use sheaf_git::repository::Repo;
use sheaf_git::waiting_merge::Note;

use crate::answers::Given;
use crate::collection_merge::{Asked, CollectionMerge};
use crate::error::{ProjectError, Result};
use crate::merge::{author_unless, count, incoming_changes, open, questions_of, told, with_decisions};
use crate::merge_model::{MergeOf, MergeOutcome, MergePreview, MergeView};
use crate::project::Project;
use crate::rebase::with_result;
use crate::waiting::waiting;

impl From<&Outside> for MergeOf {
    fn from(outside: &Outside) -> Self {
        Self::Outside {
            begun: outside.begun,
            commit: outside.commit.clone(),
            from: outside.from.clone(),
        }
    }
}

impl Project {
    /// What ending it would come to with these answers.
    pub(crate) fn look_at_outside(&self, repo: &Repo, given: &Given) -> Result<MergePreview> {
        let Some(outside) = repo.outside()? else {
            return Ok(MergePreview::UpToDate);
        };
        let merger = CollectionMerge::new(self, repo, given);
        let ready = repo.prepare_outside(&outside, &merger)?;
        Ok(MergePreview::Ready {
            merge: Box::new(view(repo, &outside, &ready, merger.asked())?),
        })
    }

    /// Ends it, once nothing is open.
    pub(crate) fn land_outside(&self) -> Result<MergeOutcome> {
        self.changing("land", |repo| self.run_land_outside(repo), told)
    }

    fn run_land_outside(&self, repo: &Repo) -> Result<MergeOutcome> {
        let outside = repo.outside()?.ok_or_else(ended)?;
        let given = waiting(repo)?.map(|waiting| waiting.answers).unwrap_or_default();
        let merger = CollectionMerge::new(self, repo, &given);
        let ready = repo.prepare_outside(&outside, &merger)?;
        let asked = merger.asked();
        if !ready.questions.is_empty() {
            return Ok(MergeOutcome::Questions {
                merge: Box::new(view(repo, &outside, &ready, asked)?),
            });
        }
        let outcome = land(repo, &outside, ready, &asked)?;
        repo.drop_waiting_merge(Note::Outside)?;
        self.bring_back_aside(repo, &outside);
        Ok(outcome)
    }

    /// What git put aside when it began comes back as git would bring it; where that takes a person it stays parked.
    fn bring_back_aside(&self, repo: &Repo, outside: &Outside) {
        if outside.put_edits_aside() && !outside.goes_on {
            let back = self.run_unpark(repo, &Answers::new());
            log::debug!("edits that were put aside: {back:?}");
        }
    }

    /// Takes it back. What was edited since stays: where it does not fit to what was there before, as it is now.
    pub(crate) fn take_outside_back(&self, repo: &Repo) -> Result<()> {
        let outside = repo.outside()?.ok_or_else(ended)?;
        let merger = CollectionMerge::new(self, repo, Given::none()).otherwise(Answer::Ours);
        repo.land_abort(repo.prepare_abort(&outside, &merger)?)?;
        self.bring_back_aside(repo, &outside);
        Ok(())
    }
}

fn land<Q>(repo: &Repo, outside: &Outside, ready: ReadyMerge<Q>, asked: &[Asked]) -> Result<MergeOutcome> {
    let before = repo.head()?.commit().cloned();
    let (made, dropped) = (count(ready.commits()), ready.dropped.clone());
    let in_one = outside.begun != Begun::Rebase && made == 1 && dropped.is_empty() && !outside.goes_on;
    let commits = if outside.begun == Begun::Merge {
        commits(repo, outside)?
    } else {
        made
    };
    let ready = if in_one {
        ready.with_message(with_decisions(&outside.message, asked))
    } else {
        ready
    };
    let changes = |to: &Oid| incoming_changes(repo, before.as_ref(), to).map(|(changes, _)| changes);
    let author = author_unless(repo, outside.begun == Begun::Conflict)?;
    let tree = ready.tree();
    Ok(match repo.land_merge(ready, &author)? {
        GitMerge::FastForward { carried, .. } if outside.begun == Begun::Conflict => MergeOutcome::Settled {
            changes: changes(&tree)?,
            carried: count(carried),
        },
        GitMerge::Merged { commit, carried } if in_one => MergeOutcome::Merged {
            changes: changes(&commit)?,
            commit,
            commits,
            carried: count(carried),
            instead: None,
        },
        GitMerge::Merged { commit: to, carried } | GitMerge::FastForward { to, carried, .. } => {
            MergeOutcome::Replayed {
                changes: changes(&to)?,
                to,
                commits,
                dropped,
                goes_on: outside.goes_on,
                carried: count(carried),
            }
        }
        // only what has no questions is landed
        GitMerge::UpToDate | GitMerge::Open(_) | GitMerge::Unrelated => MergeOutcome::UpToDate,
    })
}

fn view<Q>(repo: &Repo, outside: &Outside, ready: &ReadyMerge<Q>, asked: Vec<Asked>) -> Result<MergeView> {
    let head = repo.head()?.commit().cloned();
    let (changes, files) = incoming_changes(repo, head.as_ref(), &ready.tree())?;
    // Of several branches at once each may have made what either side is.
    let one = outside.also.is_empty();
    let ours = head.as_ref().filter(|_| one);
    let theirs = Some(&outside.commit).filter(|_| one && outside.begun != Begun::Conflict);
    let questions = questions_of(repo, asked, ours, theirs)?;
    let questions = if outside.onto.is_some() {
        with_result(questions)
    } else {
        questions
    };
    Ok(MergeView {
        of: MergeOf::from(outside),
        from: outside.from.clone(),
        into: outside.into.clone(),
        forward: false,
        onto: outside.onto.clone(),
        commits: commits(repo, outside)?,
        changes,
        files: count(files),
        carried: count(ready.carried()),
        open: open(&questions),
        questions,
        instead: None,
    })
}

fn commits(repo: &Repo, outside: &Outside) -> Result<u32> {
    match outside.begun {
        Begun::Merge => {}
        Begun::Conflict => return Ok(0),
        _ => return Ok(1 + count(outside.rest.len())),
    }
    Ok(match repo.head()?.commit() {
        Some(head) => {
            let heads = [&outside.commit].into_iter().chain(&outside.also);
            let counts = heads.map(|commit| Ok(repo.distance(head, commit)?.1));
            counts.sum::<Result<u32>>()?
        }
        None => 0,
    })
}

fn ended() -> ProjectError {
    ProjectError::refused(
        "no-merge",
        "What another program began here has ended meanwhile",
        "See sheaf status.",
    )
}
