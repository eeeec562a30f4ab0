//! The commits that are not pushed, made again on top of what others pushed: one after the other, field by field, and
//! nothing moves before all of them are settled.

use sheaf_collection::model::{Answers, QuestionId};
use sheaf_git::merge::{MergeOutcome as GitMerge, ReadyMerge};
use sheaf_git::model::Oid;
use sheaf_git::replay::{PreparedRebase, WhyNot};
use sheaf_git::repository::Repo;
use sheaf_git::waiting_merge::Note;

use crate::answers::Given;
use crate::collection_merge::{Asked, CollectionMerge};
use crate::error::Result;
use crate::merge::{Incoming, author_unless, count, incoming_changes, open, questions_of};
use crate::merge_model::{AskedQuestion, MergeOf, MergeOutcome, MergePreview, MergeView};
use crate::project::{Project, branch};
use crate::pull::{follow_upstream, upstream_incoming};
use crate::waiting::{Waiting, resume};

impl Project {
    /// Puts the commits that are not pushed on top of the remote's branch as it was fetched last; where that cannot be, a
    /// merge joins the two, and why is said. The caller holds the lock.
    pub(crate) fn rebase_on_upstream(&self, repo: &Repo, answers: &Answers) -> Result<MergeOutcome> {
        let incoming = match upstream_incoming(repo)? {
            Ok(incoming) => incoming,
            Err(branch) => return Ok(MergeOutcome::NoRemoteBranch { branch }),
        };
        let waiting = resume(repo, &MergeOf::Rebase)?;
        let given =
            Given::to_anything(answers).and(waiting.map(|waiting| waiting.answers).unwrap_or_default());
        let merger = CollectionMerge::new(self, repo, &given);
        let prepared = repo.prepare_rebase(&incoming.theirs, &merger)?;
        let asked = merger.asked();
        let outcome = match prepared {
            PreparedRebase::UpToDate => MergeOutcome::UpToDate,
            PreparedRebase::Unrelated => return Ok(MergeOutcome::Unrelated),
            PreparedRebase::Cannot(why) => {
                return Ok(instead(self.merge_upstream(repo, answers)?, why));
            }
            PreparedRebase::Ready { ready, .. } if !ready.questions.is_empty() => {
                let view = view(repo, &incoming, &ready, asked)?;
                let mut waiting = Waiting::new(&MergeOf::Rebase, &view.into, given);
                waiting.ours = repo.head()?.commit().cloned();
                waiting.theirs = Some(incoming.theirs);
                waiting.keep(repo)?;
                return Ok(MergeOutcome::Questions {
                    merge: Box::new(view),
                });
            }
            PreparedRebase::Ready { ready, .. } => {
                let ready = match &incoming.follows {
                    Some(remote) => ready.following(repo, remote),
                    None => *ready,
                };
                land(repo, &incoming, ready)?
            }
        };
        repo.drop_waiting_merge(Note::Here)?;
        follow_upstream(repo)?;
        Ok(outcome)
    }

    /// What that would come to with these answers.
    pub(crate) fn look_at_rebase(&self, repo: &Repo, given: &Given) -> Result<MergePreview> {
        let incoming = match upstream_incoming(repo)? {
            Ok(incoming) => incoming,
            Err(branch) => return Ok(MergePreview::NoRemoteBranch { branch }),
        };
        let merger = CollectionMerge::new(self, repo, given);
        Ok(match repo.prepare_rebase(&incoming.theirs, &merger)? {
            PreparedRebase::UpToDate => MergePreview::UpToDate,
            PreparedRebase::Unrelated => MergePreview::Unrelated,
            PreparedRebase::Cannot(why) => match self.look_with(repo, &MergeOf::Pull, given)? {
                MergePreview::Ready { mut merge } => {
                    merge.instead = Some(in_words(why));
                    MergePreview::Ready { merge }
                }
                other => other,
            },
            PreparedRebase::Ready { ready, .. } => MergePreview::Ready {
                merge: Box::new(view(repo, &incoming, &ready, merger.asked())?),
            },
        })
    }
}

impl Project {
    /// The files as that would make them with these answers; nothing where it changes none.
    pub(crate) fn result_of_rebase(&self, repo: &Repo, given: &Given) -> Result<Option<Oid>> {
        let Ok(incoming) = upstream_incoming(repo)? else {
            return Ok(None);
        };
        let merger = CollectionMerge::new(self, repo, given);
        match repo.prepare_rebase(&incoming.theirs, &merger)? {
            PreparedRebase::Ready { ready, .. } => Ok(Some(ready.tree())),
            PreparedRebase::Cannot(_) => self.result_of(repo, &MergeOf::Pull),
            PreparedRebase::UpToDate | PreparedRebase::Unrelated => Ok(None),
        }
    }
}

fn land(repo: &Repo, incoming: &Incoming, ready: ReadyMerge<QuestionId>) -> Result<MergeOutcome> {
    let before = repo.head()?.commit().cloned();
    let came = came(repo, &incoming.theirs)?;
    let (commits, dropped) = (count(ready.commits()), ready.dropped.clone());
    let author = author_unless(repo, ready.is_forward())?;
    let changes = |to: &Oid| incoming_changes(repo, before.as_ref(), to).map(|(changes, _)| changes);
    Ok(match repo.land_merge(ready, &author)? {
        GitMerge::FastForward { to, carried, .. } if dropped.is_empty() => MergeOutcome::FastForward {
            changes: changes(&to)?,
            to,
            commits: came,
            carried: count(carried),
        },
        GitMerge::FastForward { to, carried, .. }
        | GitMerge::Merged {
            commit: to, carried, ..
        } => MergeOutcome::Replayed {
            changes: changes(&to)?,
            to,
            commits,
            dropped,
            goes_on: false,
            carried: count(carried),
        },
        // only what has no questions is landed
        GitMerge::UpToDate | GitMerge::Open(_) | GitMerge::Unrelated => MergeOutcome::UpToDate,
    })
}

fn view<Q>(repo: &Repo, incoming: &Incoming, ready: &ReadyMerge<Q>, asked: Vec<Asked>) -> Result<MergeView> {
    let head = repo.head()?.commit().cloned();
    let (changes, files) = incoming_changes(repo, head.as_ref(), &ready.tree())?;
    // what is here is what the commits are put on, and they are what comes in
    let questions = with_result(questions_of(repo, asked, Some(&incoming.theirs), head.as_ref())?);
    Ok(MergeView {
        of: MergeOf::Rebase,
        from: incoming.from.clone(),
        into: branch(repo)?,
        forward: ready.is_forward() && ready.questions.is_empty(),
        onto: Some(incoming.from.clone()),
        commits: came(repo, &incoming.theirs)?,
        changes,
        files: count(files),
        carried: count(ready.carried()),
        open: open(&questions),
        questions,
        instead: None,
    })
}

/// What is not committed meets what all commits come to, which nobody wrote.
pub(crate) fn with_result(mut questions: Vec<AskedQuestion>) -> Vec<AskedQuestion> {
    for asked in questions.iter_mut().filter(|asked| asked.uncommitted) {
        asked.theirs_by = None;
    }
    questions
}

/// Commits that come in.
fn came(repo: &Repo, theirs: &Oid) -> Result<u32> {
    Ok(match repo.head()?.commit() {
        Some(head) => repo.distance(head, theirs)?.1,
        None => repo.commit_count(theirs)?,
    })
}

/// The same with why it was a merge.
fn instead(mut outcome: MergeOutcome, why: WhyNot) -> MergeOutcome {
    match &mut outcome {
        MergeOutcome::Merged { instead, .. } => *instead = Some(in_words(why)),
        MergeOutcome::Questions { merge } => merge.instead = Some(in_words(why)),
        _ => {}
    }
    outcome
}

fn in_words(why: WhyNot) -> String {
    match why {
        WhyNot::Merges => "There are merges among the commits that are not pushed, so they were not made again: a merge joins both sides.",
        WhyNot::Published => "Another branch of the remote has the commits already, so they were not made again: a merge joins both sides.",
        WhyNot::TooMany => "The commits are too many to be made again one by one: a merge joins both sides.",
    }
    .to_owned()
}
