//! Merging: looked at first, landed when nothing is open, and waiting for answers until then.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;

use sheaf_collection::model::{Answer, Answers, ResourceChange};
use sheaf_git::merge::{Joining, MergeOutcome as GitMerge, PreparedMerge, ReadyMerge};
use sheaf_git::model::{Author, CommitInfo, Oid};
use sheaf_git::repository::Repo;
use sheaf_git::waiting_merge::Note;

use crate::answers::{Given, mark};
use crate::apply::{pick_incoming, revert_incoming, squash_incoming};
use crate::changes::changes_between;
use crate::collection_merge::{Asked, CollectionMerge};
use crate::error::{ProjectError, Result};
use crate::merge_model::{AskedQuestion, MergeOf, MergeOutcome, MergePreview, MergeView};
use crate::project::{Project, author, branch};
use crate::pull::upstream_incoming;
use crate::waiting::{Waiting, resume, waiting};
pub(crate) use crate::words::count;
use crate::words::counted;

/// More incoming changes than this are counted, not listed.
const LISTED_FILES: usize = 2000;

/// A commit that is joined with the current branch.
pub(crate) struct Incoming {
    pub(crate) what: MergeOf,
    pub(crate) theirs: Oid,
    /// What it is called: `origin/main`.
    pub(crate) from: String,
    pub(crate) message: String,
    pub(crate) joining: Joining,
    /// The branch of the remote that the current one follows from then on.
    pub(crate) follows: Option<String>,
}

/// A merge that was computed.
pub(crate) struct Computed {
    prepared: PreparedMerge<sheaf_collection::model::QuestionId>,
    asked: Vec<Asked>,
}

impl Project {
    /// Merges a local or remote branch (`feature/x`, `origin/main`) into the current one. Where a person must decide,
    /// nothing is touched and the merge waits.
    pub fn merge_branch(&self, name: &str, answers: &Answers) -> Result<MergeOutcome> {
        self.changing(
            "merge",
            |repo| self.merge_incoming(repo, &branch_incoming(repo, name)?, answers),
            told,
        )
    }

    /// Merges a commit, or lets the merge wait for answers. The caller holds the lock.
    pub(crate) fn merge_incoming(
        &self,
        repo: &Repo,
        incoming: &Incoming,
        answers: &Answers,
    ) -> Result<MergeOutcome> {
        let waiting = resume(repo, &incoming.what)?;
        let given =
            Given::to_anything(answers).and(waiting.map(|waiting| waiting.answers).unwrap_or_default());
        let computed = self.compute(repo, incoming, &given)?;
        let outcome = match computed.prepared {
            PreparedMerge::UpToDate => MergeOutcome::UpToDate,
            PreparedMerge::Unrelated => MergeOutcome::Unrelated,
            PreparedMerge::Ready(ready) if !ready.questions.is_empty() => {
                let view = view(self, repo, incoming, &ready, computed.asked)?;
                let mut waiting = Waiting::new(&incoming.what, &view.into, given);
                waiting.ours = repo.head()?.commit().cloned();
                waiting.theirs = Some(incoming.theirs.clone());
                waiting.base = match &waiting.ours {
                    Some(ours) => repo.merge_base(ours, &incoming.theirs)?,
                    None => None,
                };
                waiting.keep(repo)?;
                return Ok(MergeOutcome::Questions {
                    merge: Box::new(view),
                });
            }
            PreparedMerge::Ready(ready) => {
                let message = with_decisions(&incoming.message, &computed.asked);
                let mut ready = ready.with_message(message);
                if let Some(remote) = &incoming.follows {
                    ready = ready.following(repo, remote);
                }
                if let Some(label) = label(incoming) {
                    ready = ready.with_label(label);
                }
                land(self, repo, incoming, ready)?
            }
        };
        repo.drop_waiting_merge(Note::Here)?;
        let memo = std::mem::take(&mut *self.merge_memo());
        // Giving so much memory back takes a while.
        std::thread::spawn(|| drop(memo));
        Ok(outcome)
    }

    /// What a merge would come to with the answers it got so far.
    pub fn preview(&self, what: &MergeOf) -> Result<MergePreview> {
        let repo = self.repo()?;
        self.look_with(&repo, what, &given(&repo, what)?)
    }

    /// What a merge would come to with these answers.
    pub(crate) fn look_with(&self, repo: &Repo, what: &MergeOf, given: &Given) -> Result<MergePreview> {
        match what {
            MergeOf::Switch { name } => return self.look_at_switch(repo, name, given),
            MergeOf::Unpark => return self.look_at_unpark(repo, given),
            MergeOf::Outside { .. } => return self.look_at_outside(repo, given),
            MergeOf::Rebase => return self.look_at_rebase(repo, given),
            _ => {}
        }
        let Some(incoming) = incoming_of(repo, what)? else {
            return Ok(MergePreview::NoRemoteBranch {
                branch: branch(repo)?,
            });
        };
        let computed = self.compute(repo, &incoming, given)?;
        Ok(match computed.prepared {
            PreparedMerge::UpToDate => MergePreview::UpToDate,
            PreparedMerge::Unrelated => MergePreview::Unrelated,
            PreparedMerge::Ready(ready) => MergePreview::Ready {
                merge: Box::new(view(self, repo, &incoming, &ready, computed.asked)?),
            },
        })
    }

    /// What changes from a commit to a tree, and in how many files.
    fn changes_to(&self, repo: &Repo, from: Option<&Oid>, to: &Oid) -> Result<(Vec<ResourceChange>, usize)> {
        if let Some(known) = self.merge_memo().incoming(from, to) {
            return Ok(known);
        }
        let found = incoming_changes(repo, from, to)?;
        self.merge_memo().keep_incoming(from, to, &found);
        Ok(found)
    }

    /// The files as a merge makes them with the answers it got so far; nothing where it changes none.
    pub(crate) fn result_of(&self, repo: &Repo, what: &MergeOf) -> Result<Option<Oid>> {
        match what {
            MergeOf::Switch { name } => return Ok(Some(repo.resolve_branch(name)?)),
            MergeOf::Rebase => return self.result_of_rebase(repo, &given(repo, what)?),
            _ => {}
        }
        let Some(incoming) = incoming_of(repo, what)? else {
            return Ok(None);
        };
        let computed = self.compute(repo, &incoming, &given(repo, what)?)?;
        Ok(match computed.prepared {
            PreparedMerge::Ready(ready) => Some(ready.tree()),
            PreparedMerge::UpToDate | PreparedMerge::Unrelated => None,
        })
    }

    fn compute(&self, repo: &Repo, incoming: &Incoming, given: &Given) -> Result<Computed> {
        let merger = CollectionMerge::new(self, repo, given);
        let prepared = repo.prepare_merge(&incoming.joining, &incoming.theirs, &incoming.message, &merger)?;
        Ok(Computed {
            prepared,
            asked: merger.asked(),
        })
    }
}

/// What a merge was answered so far.
fn given(repo: &Repo, what: &MergeOf) -> Result<Given> {
    let waiting = waiting(repo)?.filter(|waiting| waiting.what == *what);
    Ok(waiting.map(|waiting| waiting.answers).unwrap_or_default())
}

/// The commit that is joined; nothing where there is none, as where the remote has no such branch.
fn incoming_of(repo: &Repo, what: &MergeOf) -> Result<Option<Incoming>> {
    Ok(match what {
        MergeOf::Pull => upstream_incoming(repo)?.ok(),
        MergeOf::Branch { name } => Some(branch_incoming(repo, name)?),
        MergeOf::Squash { name } => Some(squash_incoming(repo, name)?),
        MergeOf::CherryPick { commit } => Some(pick_incoming(repo, commit)?),
        MergeOf::Revert { commit } => Some(revert_incoming(repo, commit)?),
        MergeOf::Rebase | MergeOf::Switch { .. } | MergeOf::Unpark | MergeOf::Outside { .. } => None,
    })
}

/// A branch to be merged, as it is now.
pub(crate) fn branch_incoming(repo: &Repo, name: &str) -> Result<Incoming> {
    let into = branch(repo)?;
    Ok(Incoming {
        what: MergeOf::Branch {
            name: name.to_owned(),
        },
        theirs: repo.resolve_branch(name)?,
        from: name.to_owned(),
        message: format!("Merge branch '{name}' into {into}"),
        joining: Joining::Merge,
        follows: None,
    })
}

fn land<Q>(
    project: &Project,
    repo: &Repo,
    incoming: &Incoming,
    ready: ReadyMerge<Q>,
) -> Result<MergeOutcome> {
    let before = repo.head()?.commit().cloned();
    let commits = commits(repo, incoming)?;
    let author = author_unless(repo, ready.is_forward())?;
    let (work_dir, after) = (repo.work_dir(), ready.tree());
    // What changes is found out meanwhile: it is known before anything lands.
    let (landed, changes) = std::thread::scope(|scope| {
        let changes = scope.spawn(|| {
            let (changes, _) = project.changes_to(&Repo::open(work_dir)?, before.as_ref(), &after)?;
            Ok::<_, ProjectError>(changes)
        });
        let landed = repo.land_merge(ready, &author);
        (
            landed,
            changes.join().unwrap_or_else(|panic| resume_unwind(panic)),
        )
    });
    Ok(match landed? {
        GitMerge::FastForward { to, carried, .. } => MergeOutcome::FastForward {
            changes: changes?,
            to,
            commits,
            carried: count(carried),
        },
        GitMerge::Merged { commit, carried } => MergeOutcome::Merged {
            changes: changes?,
            commit,
            commits,
            carried: count(carried),
            instead: None,
        },
        GitMerge::Unrelated => MergeOutcome::Unrelated,
        // only what has no questions is landed
        GitMerge::UpToDate | GitMerge::Open(_) => MergeOutcome::UpToDate,
    })
}

/// What can be undone, in plain words; nothing where the message of the commit says it as well.
fn label(incoming: &Incoming) -> Option<String> {
    match &incoming.what {
        MergeOf::Pull => Some(format!("Pull from {}", incoming.from)),
        MergeOf::Branch { name } => Some(format!("Merge {name}")),
        MergeOf::Squash { name } => Some(format!("Squash {name}")),
        MergeOf::Rebase
        | MergeOf::CherryPick { .. }
        | MergeOf::Revert { .. }
        | MergeOf::Switch { .. }
        | MergeOf::Unpark
        | MergeOf::Outside { .. } => None,
    }
}

/// The message of a merge with what a person decided, so that colleagues can read it: never the values, which may be
/// secrets.
pub(crate) fn with_decisions(message: &str, asked: &[Asked]) -> String {
    let decided = asked.iter().filter(|asked| !asked.uncommitted);
    let lines: Vec<String> = decided
        .filter_map(|asked| {
            let question = &asked.question;
            let took = match asked.answer.as_ref()? {
                Answer::Ours => "ours",
                Answer::Theirs => "theirs",
                Answer::Value { .. } => "another value",
            };
            let what = match question.field {
                Some(_) => format!("{}, {}", question.name, question.label),
                None => question.name.clone(),
            };
            Some(format!("- {what}: {took}"))
        })
        .collect();
    if lines.is_empty() {
        message.to_owned()
    } else {
        format!(
            "{message}\n\nDecided where both sides differed:\n{}\n",
            lines.join("\n")
        )
    }
}

fn view<Q>(
    project: &Project,
    repo: &Repo,
    incoming: &Incoming,
    ready: &ReadyMerge<Q>,
    asked: Vec<Asked>,
) -> Result<MergeView> {
    let head = repo.head()?.commit().cloned();
    let (changes, files) = project.changes_to(repo, head.as_ref(), &ready.tree())?;
    let questions = questions(repo, asked, &incoming.theirs)?;
    Ok(MergeView {
        of: incoming.what.clone(),
        from: incoming.from.clone(),
        into: branch(repo)?,
        forward: ready.is_forward(),
        onto: None,
        commits: commits(repo, incoming)?,
        changes,
        files: count(files),
        carried: count(ready.carried()),
        open: open(&questions),
        questions,
        instead: None,
    })
}

/// The questions with who changed what last on both sides.
pub(crate) fn questions(repo: &Repo, asked: Vec<Asked>, theirs: &Oid) -> Result<Vec<AskedQuestion>> {
    let head = repo.head()?.commit().cloned();
    questions_of(repo, asked, head.as_ref(), Some(theirs))
}

/// The same for two sides of which neither need be here.
pub(crate) fn questions_of(
    repo: &Repo,
    asked: Vec<Asked>,
    ours: Option<&Oid>,
    theirs: Option<&Oid>,
) -> Result<Vec<AskedQuestion>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let paths: BTreeSet<String> = asked.iter().map(|asked| asked.question.file.clone()).collect();
    let base = match (ours, theirs) {
        (Some(ours), Some(theirs)) => repo.merge_base(ours, theirs)?,
        _ => None,
    };
    let last = |tip: Option<&Oid>| -> Result<BTreeMap<String, CommitInfo>> {
        let found = tip.map(|tip| repo.last_changes(&paths, base.as_ref(), tip));
        Ok(found.transpose()?.unwrap_or_default())
    };
    let (here, there) = (last(ours)?, last(theirs)?);
    let with_who = |asked: Asked| {
        let again = asked.again.map(|commit| repo.commit_info(&commit)).transpose()?;
        Ok(AskedQuestion {
            seen: mark(&asked.question),
            ours_by: here
                .get(&asked.question.file)
                .filter(|_| !asked.uncommitted)
                .cloned(),
            theirs_by: again.or_else(|| there.get(&asked.question.file).cloned()),
            answer: asked.answer,
            uncommitted: asked.uncommitted,
            question: asked.question,
        })
    };
    asked.into_iter().map(with_who).collect()
}

/// How many have no answer.
pub(crate) fn open(questions: &[AskedQuestion]) -> u32 {
    count(
        questions
            .iter()
            .filter(|question| question.answer.is_none())
            .count(),
    )
}

fn commits(repo: &Repo, incoming: &Incoming) -> Result<u32> {
    if let Joining::Apply { .. } = incoming.joining {
        return Ok(1);
    }
    Ok(match repo.head()?.commit() {
        Some(head) => repo.distance(head, &incoming.theirs)?.1,
        None => repo.commit_count(&incoming.theirs)?,
    })
}

/// What changes, and in how many files.
pub(crate) fn incoming_changes(
    repo: &Repo,
    from: Option<&Oid>,
    to: &Oid,
) -> Result<(Vec<ResourceChange>, usize)> {
    let files = repo.changes_between(from, to)?.len();
    if files > LISTED_FILES {
        return Ok((Vec::new(), files));
    }
    Ok((changes_between(repo, from, to)?, files))
}

/// Who commits; a move forward makes no commit, so nobody need be known.
pub(crate) fn author_unless(repo: &Repo, forward: bool) -> Result<Author> {
    match author(repo) {
        Err(_) if forward => Ok(Author {
            name: String::new(),
            email: String::new(),
        }),
        known => known,
    }
}

pub(crate) fn told(outcome: &MergeOutcome) -> String {
    match outcome {
        MergeOutcome::UpToDate => "up to date".to_owned(),
        MergeOutcome::FastForward { to, commits, .. } => {
            format!(
                "fast-forward to {} ({})",
                to.short(),
                counted(*commits, "commit", "commits")
            )
        }
        MergeOutcome::Merged { commit, commits, .. } => {
            format!(
                "merged as {} ({})",
                commit.short(),
                counted(*commits, "commit", "commits")
            )
        }
        MergeOutcome::Replayed {
            to, commits, dropped, ..
        } => format!(
            "{} made again up to {}, {} left out",
            counted(*commits, "commit", "commits"),
            to.short(),
            dropped.len()
        ),
        MergeOutcome::Settled { changes, .. } => format!(
            "settled, nothing committed: {} changed",
            counted(count(changes.len()), "resource is", "resources are")
        ),
        MergeOutcome::Questions { merge } => waits(merge),
        MergeOutcome::Unrelated => "stopped, nothing touched: no common commit".to_owned(),
        MergeOutcome::NoRemoteBranch { branch } => format!("the remote has no branch {branch} yet"),
    }
}

/// That a merge waits, for the journal.
pub(crate) fn waits(merge: &MergeView) -> String {
    let ids: Vec<&str> = merge
        .questions
        .iter()
        .map(|asked| asked.question.id.0.as_str())
        .collect();
    format!(
        "waits for answers, nothing touched: {} about {}",
        counted(merge.open, "question", "questions"),
        ids.join(", ")
    )
}
