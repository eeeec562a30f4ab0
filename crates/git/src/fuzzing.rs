//! Doors for fuzzing; no part of the interface.
#![allow(missing_docs, clippy::type_complexity, reason = "nobody else calls these")]

use std::sync::{Arc, Once};

use git2::{ObjectType, Oid};
use url::Url;

use crate::entry::Entry;
use crate::error::GitError;
use crate::fetch::FetchReport;
use crate::network::Network;
use crate::pack::{Object, pack_of};
use crate::remote_ref::{Sent, at_ref_of};
use crate::repository::Repo;
use crate::sideband::Collector;
use crate::transport::{self, Advertised, Operation, Taken};
use crate::tree_edit::Edits;
use crate::uri::{Origin, RemoteUri};

/// Content and mode of a file.
pub type File = (Oid, u32);

pub use crate::transport::RecordedAnswer as Answer;

/// What was made of an answer.
#[derive(Debug)]
pub enum Judged {
    SentOn(Url),
    Taken(Vec<u8>),
    Refused(GitError),
}

/// How a push to a host that answers these bytes ends.
#[derive(Debug)]
pub enum Pushed {
    Accepted(String),
    Rejected(crate::model::Rejection),
}

pub fn git(repo: &Repo) -> &git2::Repository {
    &repo.git
}

pub fn endpoint(uri: &RemoteUri) -> Url {
    uri.endpoint()
}

pub fn origin(url: &Url) -> Option<Origin> {
    Origin::of(url)
}

pub fn clean(text: &str) -> String {
    crate::sideband::clean(text)
}

pub fn clean_for(net: &Network, text: &str) -> String {
    net.clean(text)
}

/// The lines that are shown while the pieces arrive, and what is kept of them.
pub fn collected(pieces: &[&[u8]]) -> (Vec<String>, String) {
    let (mut collector, mut lines) = (Collector::default(), Vec::new());
    for piece in pieces {
        collector.push(piece, |line| lines.push(line.to_owned()));
    }
    (lines, collector.finish())
}

/// Whether the remote is empty, its default branch and its refusal.
pub fn advertised(bytes: &[u8]) -> Option<(bool, Option<String>, Option<String>)> {
    let Advertised {
        empty,
        default_branch,
        refusal,
    } = Advertised::read(bytes)?;
    Some((empty, default_branch, refusal))
}

pub fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    transport::lines(bytes).collect()
}

pub fn line(text: &str) -> String {
    transport::line(text)
}

pub fn unborn_in(answer: &[u8]) -> Option<String> {
    transport::unborn_in(answer)
}

/// The answer to the request for the list; nothing where it is no answer of HTTP.
pub fn list_answer(
    uri: &RemoteUri,
    net: &Network,
    writing: bool,
    from: &Url,
    answer: Answer<'_>,
) -> Result<Option<Judged>, GitError> {
    let operation = Operation::new(uri, net)?;
    let judged = transport::list_answer(&operation, writing, from, answer);
    Ok(judged.map(|judged| match judged {
        Ok(Taken::Elsewhere(url)) => Judged::SentOn(url),
        Ok(Taken::List(body)) => Judged::Taken(body),
        Err(stop) => Judged::Refused(stop.into()),
    }))
}

/// The same for a request with a body.
pub fn post_answer(uri: &RemoteUri, net: &Network, answer: Answer<'_>) -> Result<Option<Judged>, GitError> {
    let operation = Operation::new(uri, net)?;
    let judged = transport::post_answer(&operation, answer);
    Ok(judged.map(|judged| match judged {
        Ok(body) => Judged::Taken(body),
        Err(stop) => Judged::Refused(stop.into()),
    }))
}

/// A fetch from a host that answers these bytes.
pub fn fetched(
    repo: &Repo,
    uri: &RemoteUri,
    net: &Network,
    list: &[u8],
    answer: &[u8],
) -> Result<FetchReport, GitError> {
    let operation = recorded(uri, net)?;
    let remote = transport::play(&repo.git, &operation, list, answer)?;
    Ok(repo.fetch_over(remote, &operation)?.0)
}

/// A push of `branch` to such a host.
pub fn pushed(
    repo: &Repo,
    uri: &RemoteUri,
    net: &Network,
    (branch, to): (&str, Oid),
    (list, answer): (&[u8], &[u8]),
) -> Result<Pushed, GitError> {
    let operation = recorded(uri, net)?;
    let remote = transport::play(&repo.git, &operation, list, answer)?;
    at_ref_of(remote, branch, &operation, |at| {
        Ok(match at.send(Some(to), false)? {
            Sent::Accepted { server_text } => Pushed::Accepted(server_text),
            Sent::Rejected(rejection) => Pushed::Rejected(rejection),
        })
    })
}

fn recorded(uri: &RemoteUri, net: &Network) -> Result<Arc<Operation>, GitError> {
    static ONCE: Once = Once::new();
    let operation = Operation::new(uri, net)?;
    let mut result = Ok(());
    ONCE.call_once(|| result = crate::unsafe_ffi::register_recorded());
    result.map(|()| operation)
}

/// Paths and files of an index, and the tree it is equal to; nothing where it is left to libgit2.
#[cfg(unix)]
pub fn index_in(bytes: &[u8]) -> Option<(Vec<(String, File)>, Option<Oid>)> {
    let index = crate::index_file::IndexFile::of(bytes, std::time::Duration::ZERO)?;
    let files = index
        .entries
        .into_iter()
        .map(|file| (file.path, (file.entry.oid, file.entry.mode)));
    Some((files.collect(), index.tree))
}

#[cfg(not(unix))]
pub fn index_in(_: &[u8]) -> Option<(Vec<(String, File)>, Option<Oid>)> {
    None
}

/// The index of a tree, where `old` was the index before.
#[cfg(unix)]
pub fn index_for(repo: &Repo, tree: Option<Oid>, old: &[u8]) -> Result<Vec<u8>, GitError> {
    let old = crate::index_file::IndexFile::of(old, std::time::Duration::ZERO).unwrap_or_default();
    Ok(crate::index_write::index_of(repo, tree, &old, &[])?.bytes)
}

#[cfg(not(unix))]
pub fn index_for(_: &Repo, _: Option<Oid>, _: &[u8]) -> Result<Vec<u8>, GitError> {
    Err(GitError::Unsupported(
        "an index that is written without libgit2".to_owned(),
    ))
}

/// The tree that `edits` make of `base`; nothing as a file removes it.
pub fn edited(repo: &Repo, base: Option<Oid>, edits: &[(String, Option<File>)]) -> Result<Oid, GitError> {
    let edits: Edits = edits
        .iter()
        .map(|(path, file)| (path.clone(), file.map(|(oid, mode)| Entry { oid, mode })))
        .collect();
    repo.edit_tree(base, &edits)
}

/// What differs between two trees.
pub fn differences(
    repo: &Repo,
    old: Option<Oid>,
    new: Option<Oid>,
) -> Result<Vec<(String, Option<File>, Option<File>)>, GitError> {
    let file = |entry: Option<Entry>| entry.map(|Entry { oid, mode }| (oid, mode));
    let found = crate::tree_diff::differences(repo, old, new)?.into_iter();
    Ok(found
        .map(|one| (one.path, file(one.old), file(one.new)))
        .collect())
}

pub fn packed(objects: &[(ObjectType, &[u8])]) -> std::io::Result<Vec<u8>> {
    let objects: Vec<Object<'_>> = objects
        .iter()
        .map(|(kind, bytes)| Object { kind: *kind, bytes })
        .collect();
    pack_of(&objects)
}
