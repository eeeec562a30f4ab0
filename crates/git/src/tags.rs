//! Tags.

use git2::Signature;

use crate::commit_info::describe;
use crate::error::GitError;
use crate::model::{Annotation, Author, Oid, Tag};
use crate::names;
use crate::network::Network;
use crate::plan::{Plan, RefEdit};
use crate::rejection;
use crate::remote_moves::RemoteOutcome;
use crate::remote_ref::{RemoteRef, Sent, refusal_of_the_request};
use crate::repository::Repo;
use crate::transport::Operation;

/// Where tags live.
pub(crate) const TAGS: &str = "refs/tags/";

impl Repo {
    /// Tags by name. Those that name no commit are left out.
    pub fn tags(&self) -> Result<Vec<Tag>, GitError> {
        let mut tags = Vec::new();
        for reference in self.git.references_glob(&format!("{TAGS}*"))? {
            let reference = reference?;
            let (Ok(full), Ok(commit)) = (reference.name(), reference.peel_to_commit()) else {
                continue;
            };
            tags.push(Tag {
                name: full[TAGS.len()..].to_owned(),
                commit: describe(&commit),
                annotation: reference.target().and_then(|oid| self.annotation(oid)),
            });
        }
        tags.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(tags)
    }

    /// Names a commit. With a message the tag is an object of its own that says who made it.
    pub fn create_tag(
        &self,
        name: &str,
        commit: &Oid,
        annotation: Option<(&str, &Author)>,
    ) -> Result<(), GitError> {
        let commit = self.find_commit(commit)?;
        self.check_tag_free(name)?;
        let target = match annotation {
            None => commit.id(),
            Some((message, author)) => {
                crate::commit::check_author(author)?;
                let message = crate::commit::clean_message(message)?;
                let who = Signature::now(&author.name, &author.email)?;
                self.git
                    .tag_annotation_create(name, commit.as_object(), &who, &message)?
            }
        };
        self.land(Plan {
            label: format!("Create tag {name}"),
            refs: vec![RefEdit::new(format!("{TAGS}{name}"), None, target)],
            ..Plan::default()
        })
    }

    /// Deletes a tag here; the remote keeps it.
    pub fn delete_tag(&self, name: &str) -> Result<(), GitError> {
        let target = self.tag_target(name)?;
        self.land(Plan {
            label: format!("Delete tag {name}"),
            refs: vec![RefEdit::new(format!("{TAGS}{name}"), target, None)],
            ..Plan::default()
        })
    }

    /// Pushes a tag. One that the remote has is never replaced.
    pub fn push_tag(&self, name: &str, net: &Network) -> Result<RemoteOutcome, GitError> {
        let target = self.tag_target(name)?;
        let operation = Operation::new(&self.remote_uri()?, net)?;
        let send = |at: &mut RemoteRef<'_>| {
            Ok(match at.there {
                Some(there) if there == target => RemoteOutcome::UpToDate,
                Some(_) => RemoteOutcome::Rejected(rejection::tag_taken()),
                None => match at.send(Some(target), false)? {
                    Sent::Accepted { .. } => RemoteOutcome::Done { backup: None },
                    Sent::Rejected(rejection) => RemoteOutcome::Rejected(rejection),
                },
            })
        };
        self.at_remote_ref(&format!("{TAGS}{name}"), &operation, send)
            .or_else(|error| refusal_of_the_request(error, &operation).map(RemoteOutcome::Rejected))
    }

    fn tag_target(&self, name: &str) -> Result<git2::Oid, GitError> {
        let missing = || GitError::NoTag(name.to_owned());
        crate::branches::check_branch_name(name).map_err(|_| missing())?;
        let found = self.git.find_reference(&format!("{TAGS}{name}"));
        found.ok().and_then(|found| found.target()).ok_or_else(missing)
    }

    fn annotation(&self, oid: git2::Oid) -> Option<Annotation> {
        let tag = self.git.find_tag(oid).ok()?;
        let tagger = tag.tagger();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Some(Annotation {
            message: text(tag.message_bytes().unwrap_or_default()).trim().to_owned(),
            time: tagger.as_ref().map_or(0, |who| who.when().seconds()),
            author: tagger.map(|who| Author {
                name: text(who.name_bytes()),
                email: text(who.email_bytes()),
            }),
        })
    }

    /// As with branches, a name is taken also by one that only differs in case, and by a folder of it or in it.
    fn check_tag_free(&self, name: &str) -> Result<(), GitError> {
        crate::branches::check_branch_name(name)?;
        let folded = names::folded(name);
        for full in self.git.references_glob(&format!("{TAGS}*"))?.names() {
            let other = full?[TAGS.len()..].to_owned();
            let taken = names::folded(&other);
            let inside =
                |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('/'));
            if taken == folded || inside(&taken, &folded) || inside(&folded, &taken) {
                return Err(GitError::TagExists(other));
            }
        }
        Ok(())
    }
}
