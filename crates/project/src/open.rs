//! Opening a folder, starting a project, and the card of the dashboard.

use std::path::Path;
use std::sync::Arc;

use sheaf_git::error::GitError;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::keychain::TokenStore;
use crate::model::{OpenOutcome, ProjectCard, ProjectId};
use crate::project::Project;

/// Opens the project a folder belongs to; a folder without a repository is an outcome, not an error.
pub fn open_folder(dir: &Path, tokens: Arc<TokenStore>) -> Result<OpenOutcome> {
    if !dir.is_dir() {
        return Err(no_folder(dir));
    }
    match Project::open(dir, tokens) {
        Ok(project) => Ok(OpenOutcome::Opened { card: project.card() }),
        Err(e) if matches!(e.cause, crate::error::Cause::Git(GitError::NotARepository(_))) => {
            Ok(OpenOutcome::NotARepository {
                path: dir.to_string_lossy().into_owned(),
            })
        }
        Err(e) => Err(e),
    }
}

/// Makes a repository in `dir`, which is created where it is missing. A repository that is there is opened as it is.
pub fn init(dir: &Path, tokens: Arc<TokenStore>) -> Result<Project> {
    if dir.is_file() {
        return Err(no_folder(dir));
    }
    std::fs::create_dir_all(dir).map_err(|source| GitError::Io {
        path: dir.to_path_buf(),
        source,
    })?;
    // a repository further up is another project
    let repo = if std::fs::symlink_metadata(dir.join(".git")).is_ok() {
        Repo::open(dir)?
    } else {
        Repo::init(dir)?
    };
    let project = Project::at(repo.work_dir(), tokens);
    project.journal("init", &repo).finished("the repository is ready");
    Ok(project)
}

/// Starts a project in a new folder.
pub fn new_project(parent: &Path, name: &str, tokens: Arc<TokenStore>) -> Result<Project> {
    let dir = parent.join(folder_name(name)?);
    if dir.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(GitError::TargetExists(dir).into());
    }
    init(&dir, tokens)
}

impl Project {
    /// The card of the dashboard; a project that cannot be read says why on it.
    pub fn card(&self) -> ProjectCard {
        match self.repo() {
            Ok(repo) => self.card_of(&repo),
            Err(e) => ProjectCard {
                problem: Some(e.view().message),
                ..self.empty_card()
            },
        }
    }

    /// The card, where the repository is open already.
    pub(crate) fn card_of(&self, repo: &Repo) -> ProjectCard {
        let mut card = self.empty_card();
        if let Err(e) = fill(repo, &mut card) {
            card.problem = Some(e.view().message);
        }
        card
    }

    fn empty_card(&self) -> ProjectCard {
        ProjectCard {
            id: self.id(),
            name: self.name(),
            path: self.root().to_string_lossy().into_owned(),
            head: None,
            ahead: None,
            behind: None,
            last_commit: None,
            remote: None,
            problem: None,
        }
    }
}

fn fill(repo: &Repo, card: &mut ProjectCard) -> Result<()> {
    let head = repo.head()?;
    card.head = Some(head.clone());
    card.remote = repo.remote_url().map(|u| sheaf_git::redact::url(&u));
    let Some(commit) = head.commit() else {
        return Ok(());
    };
    card.last_commit = Some(repo.commit_info(commit)?);
    if let Some(branch) = head.branch()
        && let Some((ahead, behind)) = repo.ahead_behind(branch)?
    {
        card.ahead = Some(ahead);
        card.behind = Some(behind);
    }
    Ok(())
}

/// The card of a known project, also where its folder is gone.
pub fn card_of(id: &ProjectId, tokens: &Arc<TokenStore>) -> ProjectCard {
    Project::at(Path::new(&id.0), tokens.clone()).card()
}

/// A name that can be a folder on every system.
pub fn folder_name(name: &str) -> Result<String> {
    let name = name.trim();
    let bad = |why: &str| {
        Err(ProjectError::refused(
            "bad-name",
            format!("“{name}” cannot be the name of a folder: {why}"),
            "Choose another name.",
        ))
    };
    if name.is_empty() {
        return bad("it is empty");
    }
    if name.len() > 120 {
        return bad("it is longer than 120 characters");
    }
    if name.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c)) {
        return bad("it contains one of / \\ : * ? \" < > | or a control character");
    }
    if name.starts_with('.') || name.ends_with(['.', ' ']) {
        return bad("it begins or ends with a dot");
    }
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    if device {
        return bad("Windows keeps this name for a device");
    }
    Ok(name.to_owned())
}

fn no_folder(dir: &Path) -> ProjectError {
    ProjectError::refused(
        "no-folder",
        format!("{} is not a folder", dir.display()),
        "Choose a folder that exists.",
    )
}

/// Deletes a project's folder with everything in it. Only a folder that is a work tree is deleted.
pub fn delete_files(root: &Path) -> Result<()> {
    let repo = Repo::open(root)?;
    if !repo.work_dir().components().eq(root.components()) {
        return Err(no_folder(root));
    }
    std::fs::remove_dir_all(root).map_err(|source| {
        GitError::Io {
            path: root.to_path_buf(),
            source,
        }
        .into()
    })
}
