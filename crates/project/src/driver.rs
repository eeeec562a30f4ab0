//! What git gets when it asks about one file of a collection: the same merge, and the same words for what differs.

use std::path::Path;

use sheaf_collection::model::{Answer, Answers, QuestionId, ResourceChange, ResourceId};
use sheaf_collection::{Beyond, Collections, MergeSides};
use sheaf_git::line_merge::{Marked, merge_marked, unified};
use sheaf_git::merge_driver::{DriverFiles, Scope};

use crate::changes::is_collection_file;
use crate::error::{ProjectError, Result};
use crate::project::Project;

/// A file that git asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driven {
    /// The joined file; where both sides disagree, with git's conflict markers around just that.
    pub content: Vec<u8>,
    /// What both sides disagree about, in words.
    pub open: Vec<String>,
}

/// Joins what two sides made of a file. `marker_size` is how many characters a conflict marker has.
pub fn drive(path: &str, base: &[u8], ours: &[u8], theirs: &[u8], marker_size: u16) -> Result<Driven> {
    let all = [base, ours, theirs];
    let known = Collections::holds(path, []) || all.iter().all(|bytes| Collections::is_v5(bytes));
    if !known {
        return Ok(by_lines(merge_marked(base, ours, theirs, marker_size)?));
    }
    let [base_state, ours_state, theirs_state] =
        all.map(|bytes| Collections::read([(path.to_owned(), bytes.to_vec())]));
    let sides = MergeSides {
        bases: &[&base_state],
        ours: &ours_state,
        theirs: &theirs_state,
        beyond: &Elsewhere,
    };
    let joined = |answers: &Answers| {
        let merged = sheaf_collection::merge(&sides, answers);
        let own = merged.files.into_iter().find(|edit| edit.path == path);
        let content = own.map_or_else(|| ours.to_vec(), |edit| edit.after.unwrap_or_default());
        (content, merged.questions)
    };
    let (content, questions) = joined(&Answers::new());
    if questions.is_empty() {
        return Ok(Driven {
            content,
            open: Vec::new(),
        });
    }
    let side = |answer: &Answer| {
        let mut answers = Answers::new();
        loop {
            let (content, open) = joined(&answers);
            let more: Vec<QuestionId> = open
                .into_iter()
                .map(|question| question.id)
                .filter(|id| !answers.contains_key(id))
                .collect();
            if more.is_empty() {
                return content;
            }
            answers.extend(more.into_iter().map(|id| (id, answer.clone())));
        }
    };
    // both hold everything that came together, and differ in nothing but what is asked
    let marked = merge_marked(base, &side(&Answer::Ours), &side(&Answer::Theirs), marker_size)?;
    Ok(Driven {
        content: marked.content,
        open: questions
            .iter()
            .map(|question| format!("{}: {}", question.name, question.label))
            .collect(),
    })
}

fn by_lines(marked: Marked) -> Driven {
    Driven {
        content: marked.content,
        open: if marked.clean {
            Vec::new()
        } else {
            vec!["the text".to_owned()]
        },
    }
}

/// What differs between two versions of a file: changes of resources, or for an ordinary file a text as `git diff`
/// writes it.
pub fn shown(path: &str, old: Option<&[u8]>, new: Option<&[u8]>) -> Result<Shown> {
    if !is_collection_file(path, old, new) {
        let [old, new] = [old, new].map(Option::unwrap_or_default);
        return Ok(Shown::Text(unified(path, old, new)?));
    }
    let state =
        |bytes: Option<&[u8]>| Collections::read(bytes.map(|bytes| (path.to_owned(), bytes.to_vec())));
    let changes = sheaf_collection::changes(&state(old), &state(new));
    Ok(Shown::Changes(changes))
}

/// What differs between two versions of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// By resource.
    Changes(Vec<ResourceChange>),
    /// As `git diff` writes it.
    Text(Vec<u8>),
}

/// Makes git ask `program` about collections: in this project, or with none in all repositories of the user.
pub fn install(project: Option<&Project>, program: &Path) -> Result<DriverFiles> {
    with_scope(project, |scope| Ok(scope.install(program)?))
}

/// Takes that back, to the byte. Says the files that were changed.
pub fn uninstall(project: Option<&Project>) -> Result<Vec<std::path::PathBuf>> {
    with_scope(project, |scope| Ok(scope.uninstall()?))
}

fn with_scope<T>(project: Option<&Project>, work: impl FnOnce(Scope<'_>) -> Result<T>) -> Result<T> {
    if let Some(project) = project {
        return work(Scope::Repository(&project.repo()?));
    }
    let home = dirs::home_dir().ok_or_else(|| {
        ProjectError::refused(
            "no-home",
            "Your home folder was not found",
            "Install it in one repository, without --global.",
        )
    })?;
    let config = std::env::var_os("XDG_CONFIG_HOME").filter(|config| !config.is_empty());
    work(Scope::User {
        home: &home,
        config: config.as_ref().map(Path::new),
    })
}

/// Git asks about one file: what others hold is as it may be.
struct Elsewhere;

impl Beyond for Elsewhere {
    fn place(&self, _: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        Some((String::new(), None))
    }
}
