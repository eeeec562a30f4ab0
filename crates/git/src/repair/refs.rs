//! Refs that cannot be read, or that lead to commits that are lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use git2::Oid;

use super::aside::Aside;
use super::reach::Reach;
use super::{Repaired, RepairedRef, damage};
use crate::error::{GitError, io};
use crate::own_files;
use crate::repository::{HEADS, Repo};

const HEAD: &str = "HEAD";
/// What a branch that was repaired says about it in its log.
const REASON: &str = "repair: the newest commit that is whole";

/// Where HEAD cannot be read it leads to the branch it was last on, by its log.
pub(super) fn mend_head(git_dir: &Path, aside: &mut Aside, done: &mut Repaired) -> Result<(), GitError> {
    let head = git_dir.join(HEAD);
    let text = fs::read(&head).unwrap_or_default();
    if leads_somewhere(&text) {
        return Ok(());
    }
    let branch = last_branch(git_dir)
        .or_else(|| only_branch(git_dir))
        .ok_or_else(|| GitError::Damaged("nothing says which branch HEAD was on".to_owned()))?;
    aside.take(&head)?;
    own_files::write(&head, format!("ref: {HEADS}{branch}\n").as_bytes())?;
    done.refs.push(RepairedRef {
        name: HEAD.to_owned(),
        before: None,
        after: Some(branch),
    });
    Ok(())
}

/// True where `dir` is in a repository whose HEAD says nothing.
pub(crate) fn head_is_lost(dir: &Path) -> bool {
    damage::git_dir(dir).is_ok_and(|git_dir| {
        let head = fs::read(git_dir.join(HEAD)).unwrap_or_default();
        git_dir.join("objects").is_dir() && !leads_somewhere(&head)
    })
}

/// Git writes `checkout: moving from A to B` into the log of HEAD with every switch.
fn last_branch(git_dir: &Path) -> Option<String> {
    let log = fs::read(git_dir.join("logs/HEAD")).ok()?;
    let log = String::from_utf8_lossy(&log).into_owned();
    let branch = log.lines().rev().find_map(|line| {
        let (_, said) = line.split_once("\tcheckout: moving from ")?;
        Some(said.split_once(" to ")?.1.to_owned())
    })?;
    is_branch(git_dir, &branch).then_some(branch)
}

fn only_branch(git_dir: &Path) -> Option<String> {
    let names = ["main", "master"];
    if let Some(name) = names.into_iter().find(|name| is_branch(git_dir, name)) {
        return Some(name.to_owned());
    }
    let mut files = Vec::new();
    let heads = git_dir.join(HEADS);
    files_below(&heads, &mut files);
    match files.as_slice() {
        [only] => Some(
            only.strip_prefix(&heads)
                .ok()?
                .to_string_lossy()
                .replace('\\', "/"),
        ),
        _ => None,
    }
}

fn is_branch(git_dir: &Path, name: &str) -> bool {
    let full = format!("{HEADS}{name}");
    let packed = || fs::read_to_string(git_dir.join("packed-refs")).unwrap_or_default();
    git_dir.join(&full).is_file() || packed().lines().any(|line| line.ends_with(&format!(" {full}")))
}

/// Moves aside the files of refs and logs that nobody can read.
pub(super) fn set_aside(repo: &Repo, aside: &mut Aside, done: &mut Repaired) -> Result<(), GitError> {
    let common = repo.common_dir().to_owned();
    let mut files = Vec::new();
    files_below(&common.join("refs"), &mut files);
    for file in files {
        let text = fs::read(&file).map_err(|e| io(&file, e))?;
        let is_lock = file.extension().is_some_and(|extension| extension == "lock");
        if is_lock || leads_somewhere(&text) {
            continue;
        }
        aside.take(&file)?;
        let name = file.strip_prefix(&common).unwrap_or(&file);
        done.refs.push(RepairedRef {
            name: name.to_string_lossy().replace('\\', "/"),
            before: None,
            after: None,
        });
    }
    Ok(())
}

/// Leaves out of the logs what was cut off, and what leads to commits that are lost.
pub(super) fn mend_logs(repo: &Repo, aside: &mut Aside) -> Result<(), GitError> {
    let logs = repo.common_dir().join("logs");
    let mut files = vec![logs.join("HEAD")];
    files_below(&logs.join("refs"), &mut files);
    let objects = repo.git.odb()?;
    let is_good = |line: &[u8]| {
        let ids = ids_of(line).filter(|_| line.ends_with(b"\n"));
        ids.is_some_and(|ids| ids.iter().all(|id| id.is_zero() || objects.exists(*id)))
    };
    for log in files.into_iter().filter(|log| log.is_file()) {
        let text = fs::read(&log).map_err(|e| io(&log, e))?;
        let lines = || text.split_inclusive(|byte| *byte == b'\n');
        if lines().all(is_good) {
            continue;
        }
        let good: Vec<u8> = lines().filter(|line| is_good(line)).flatten().copied().collect();
        aside.take(&log)?;
        own_files::write(&log, &good)?;
    }
    Ok(())
}

/// The commits before and after the change that a line of a log tells (Git, `gitrepository-layout`: old, new, who, when,
/// tab, why).
fn ids_of(line: &[u8]) -> Option<[Oid; 2]> {
    let mut words = line.split(|byte| *byte == b' ');
    Some([id(words.next()?)?, id(words.next()?)?])
}

fn id(text: &[u8]) -> Option<Oid> {
    let text = std::str::from_utf8(text).ok()?;
    (text.len() == 40).then(|| Oid::from_str(text).ok()).flatten()
}

fn leads_somewhere(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    text.strip_prefix(b"ref: ")
        .is_some_and(|name| name.starts_with(b"refs/"))
        || id(text).is_some()
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files_below(&entry.path(), found),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
}

/// Leads every local branch whose last commit cannot be used to its newest one that is whole. Other refs of which that is
/// lost go: the next fetch brings those of the remote. What is lost further back is no reason to move anything.
pub(super) fn mend(repo: &Repo, done: &mut Repaired) -> Result<(), GitError> {
    let mut reach = Reach::new(repo)?;
    for (name, before) in local_branches(repo, done)? {
        let was_read = !done.refs.iter().any(|mended| mended.name == name);
        if was_read && before.is_some_and(|tip| reach.can_be_used(tip)) {
            continue;
        }
        let known: Vec<Oid> = candidates(repo, &name).into_iter().chain(before).collect();
        let whole = known.iter().find(|oid| reach.is_whole(**oid)).copied();
        let after = whole.or_else(|| known.into_iter().find(|oid| reach.can_be_used(*oid)));
        match after {
            Some(oid) => {
                repo.git.reference(&name, oid, true, REASON)?;
            }
            None if name != HEAD => remove(repo, &name)?,
            None => {}
        }
        note(done, name, before, after);
    }
    let others: Vec<(String, Oid)> = repo
        .git
        .references()?
        .flatten()
        .filter_map(|reference| {
            let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
            Some((name, reference.target()?))
        })
        .filter(|(name, _)| !name.starts_with(HEADS))
        .collect();
    for (name, before) in others {
        if !reach.can_be_used(before) {
            remove(repo, &name)?;
            note(done, name, Some(before), None);
        }
    }
    for mended in &mut done.refs {
        if mended.after.is_none() {
            mended.after = repo.ref_oid(&mended.name)?.map(|oid| oid.to_string());
        }
    }
    Ok(())
}

/// Those that can be read, and those that were moved aside or are where HEAD leads.
fn local_branches(repo: &Repo, done: &Repaired) -> Result<Vec<(String, Option<Oid>)>, GitError> {
    let mut names: BTreeSet<String> = done
        .refs
        .iter()
        .map(|mended| mended.name.clone())
        .filter(|name| name.starts_with(HEADS))
        .collect();
    for reference in repo.git.references_glob(&format!("{HEADS}*"))?.flatten() {
        if reference.target().is_some() {
            names.insert(String::from_utf8_lossy(reference.name_bytes()).into_owned());
        }
    }
    if repo.git.head_detached()? {
        names.insert(HEAD.to_owned());
    }
    let with_tip = |name: String| {
        let tip = repo.ref_oid(&name)?;
        Ok((name, tip))
    };
    names.into_iter().map(with_tip).collect()
}

/// Where a branch may lead instead, the newest first: what its log tells, then what is known of the remote.
fn candidates(repo: &Repo, name: &str) -> Vec<Oid> {
    let log = fs::read(repo.common_dir().join("logs").join(name)).unwrap_or_default();
    let mut found: Vec<Oid> = log
        .split(|byte| *byte == b'\n')
        .filter_map(ids_of)
        .map(|[_, new]| new)
        .collect();
    found.reverse();
    found.retain(|oid| !oid.is_zero());
    let short = name.strip_prefix(HEADS).unwrap_or(name);
    let tracked = repo.ref_oid(&crate::fetch::tracking(short));
    found.extend(tracked.ok().flatten());
    found
}

fn remove(repo: &Repo, name: &str) -> Result<(), GitError> {
    match repo.git.find_reference(name) {
        Ok(mut reference) => Ok(reference.delete()?),
        Err(e) if e.code() == git2::ErrorCode::NotFound => Ok(()),
        Err(e) => Err(e.into()),
    }
}

fn note(done: &mut Repaired, name: String, before: Option<Oid>, after: Option<Oid>) {
    let mended = RepairedRef {
        name,
        before: before.map(Into::into),
        after: after.map(|oid| oid.to_string()),
    };
    match done.refs.iter_mut().find(|known| known.name == mended.name) {
        Some(known) => *known = mended,
        None => done.refs.push(mended),
    }
}
