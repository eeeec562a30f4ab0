//! How collections answer the engine, which joins files that it knows nothing about.

use std::cell::{OnceCell, RefCell};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use sheaf_collection::model::{Answer, Answers, Asks, Kind, Question, QuestionId, ResourceId};
use sheaf_collection::{Beyond, Collections, MergeSides, Merged};
use sheaf_git::error::GitError;
use sheaf_git::file_merge::{
    ChangedFile, ChangedFiles, Disagreement, FileAnswer, FileMerge, Settled, Version,
};
use sheaf_git::model::Oid;
use sheaf_git::repository::Repo;

use crate::answers::Given;
use crate::driver::drive;
use crate::merge_memo::{Joined, StateKey};
use crate::project::Project;
use crate::work_tree::may_hold;

/// How long git's conflict markers are.
const GIT_MARKER: u16 = 7;

/// Joins what it knows to be collections, and notes what was asked.
pub(crate) struct CollectionMerge<'p> {
    project: &'p Project,
    given: &'p Given,
    /// The answer to what nobody answered.
    otherwise: Option<Answer>,
    here: Here<'p>,
    asked: RefCell<Vec<Asked>>,
}

/// A question that came up, answered or not.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) question: Question,
    pub(crate) answer: Option<Answer>,
    pub(crate) uncommitted: bool,
    /// The commit that is made again, where it is about one.
    pub(crate) again: Option<Oid>,
}

/// What files are joined for.
struct When {
    uncommitted: bool,
    again: Option<Oid>,
}

impl<'p> CollectionMerge<'p> {
    pub(crate) fn new(project: &'p Project, repo: &'p Repo, given: &'p Given) -> Self {
        Self {
            project,
            given,
            otherwise: None,
            here: Here {
                project,
                repo,
                collections: OnceCell::new(),
            },
            asked: RefCell::default(),
        }
    }

    /// The same with an answer to all that nobody answered.
    pub(crate) fn otherwise(mut self, answer: Answer) -> Self {
        self.otherwise = Some(answer);
        self
    }

    fn answer_to(&self, question: &Question) -> Option<&Answer> {
        self.given.to(question).or(self.otherwise.as_ref())
    }

    /// What was asked, in order: what commits disagree about, then what uncommitted changes do.
    pub(crate) fn asked(self) -> Vec<Asked> {
        self.asked.into_inner()
    }

    fn note(&self, question: &Question, answer: Option<&Answer>, when: &When) {
        self.asked.borrow_mut().push(Asked {
            question: question.clone(),
            answer: answer.cloned(),
            uncommitted: when.uncommitted,
            again: when.again.clone(),
        });
    }

    /// The files in one version.
    fn state(
        &self,
        files: &ChangedFiles<'_, QuestionId>,
        wanted: &[&ChangedFile],
        version: Version,
    ) -> Result<Arc<Collections>, GitError> {
        let id = |file: &&ChangedFile| Some((file.path.clone(), file.content(version)?));
        let key: StateKey = wanted.iter().filter_map(id).collect();
        if let Some(state) = self.project.merge_memo().state(&key) {
            return Ok(state);
        }
        let mut contents = Vec::with_capacity(key.len());
        for (file, bytes) in wanted.iter().zip(files.read_all(wanted, version)?) {
            contents.extend(bytes.map(|bytes| (file.path.clone(), bytes)));
        }
        let bytes = contents.iter().map(|(_, content)| content.len()).sum();
        let state = Arc::new(Collections::read(contents));
        self.project.merge_memo().keep_state(key, &state, bytes);
        Ok(state)
    }

    /// Joins, unless that has been done with the very same.
    fn join_once(&self, states: &[Arc<Collections>], answered: bool, when: &When) -> Merged {
        let [bases @ .., ours, theirs] = states else {
            return Merged::default();
        };
        if let Some(known) = self.project.merge_memo().joined(states, self.given, answered) {
            let again = |asked: &Asked| Asked {
                uncommitted: when.uncommitted,
                again: when.again.clone(),
                ..asked.clone()
            };
            self.asked.borrow_mut().extend(known.asked.iter().map(again));
            return known.merged.clone();
        }
        let already = self.asked.borrow().len();
        let sides = MergeSides {
            bases: &bases.iter().map(|base| &**base).collect::<Vec<_>>(),
            ours,
            theirs,
            beyond: &self.here,
        };
        let merged = self.join(&sides, answered, when);
        // What was looked up in other files may be other the next time.
        if self.here.collections.get().is_none() {
            let asked = self.asked.borrow().iter().skip(already).cloned().collect();
            self.project.merge_memo().keep_joined(Joined {
                states: states.to_vec(),
                given: self.given.clone(),
                answered,
                merged: merged.clone(),
                asked,
            });
        }
        merged
    }

    /// Answers bring up new questions (a resource that is kept after all), so it goes on until none is left.
    fn join(&self, sides: &MergeSides<'_>, answered: bool, when: &When) -> Merged {
        let mut answers = Answers::new();
        let mut known: Vec<Question> = Vec::new();
        loop {
            let merged = sheaf_collection::merge(sides, &answers);
            let is_new = |question: &&Question| answered && !answers.contains_key(&question.id);
            let more: Vec<(Question, Answer)> = merged
                .questions
                .iter()
                .filter(is_new)
                .filter_map(|question| Some((question.clone(), self.answer_to(question)?.clone())))
                .collect();
            if more.is_empty() && !answered {
                return merged;
            }
            if more.is_empty() {
                let open = |id: &QuestionId| merged.questions.iter().any(|question| question.id == *id);
                for question in known.iter().filter(|question| !open(&question.id)) {
                    self.note(question, answers.get(&question.id), when);
                }
                for question in &merged.questions {
                    self.note(question, None, when);
                }
                return merged;
            }
            for (question, answer) in more {
                answers.insert(question.id.clone(), answer);
                known.push(question);
            }
        }
    }
}

impl FileMerge for CollectionMerge<'_> {
    type Question = QuestionId;

    fn merge(&self, files: &ChangedFiles<'_, QuestionId>) -> Result<Settled<QuestionId>, GitError> {
        let wanted = wanted(files)?;
        if wanted.is_empty() {
            return Ok(Settled::default());
        }
        let bases = (0..files.bases()).map(Version::Base);
        let states = bases.chain([Version::Ours, Version::Theirs]);
        let states = states.map(|version| self.state(files, &wanted, version));
        let states = states.collect::<Result<Vec<_>, GitError>>()?;
        let when = When {
            uncommitted: files.uncommitted(),
            again: files.again(),
        };
        let merged = self.join_once(&states, files.answered(), &when);
        Ok(Settled {
            claimed: wanted.into_iter().map(|file| file.path.clone()).collect(),
            files: merged
                .files
                .into_iter()
                .map(|edit| (edit.path, edit.after))
                .collect(),
            questions: merged.questions.into_iter().map(|question| question.id).collect(),
        })
    }

    fn answer(&self, disagreement: &Disagreement) -> Option<FileAnswer> {
        let question = about_file(disagreement);
        let answer = self.answer_to(&question).cloned();
        let taken = match &answer {
            Some(Answer::Ours) => Some(FileAnswer::Ours),
            Some(Answer::Theirs) => Some(FileAnswer::Theirs),
            Some(Answer::Value { value }) => value
                .as_str()
                .map(|text| FileAnswer::Content(text.as_bytes().to_vec())),
            None => None,
        };
        let counts = taken.as_ref().and(answer.as_ref());
        let when = When {
            uncommitted: disagreement.uncommitted,
            again: disagreement.again.clone(),
        };
        self.note(&question, counts, &when);
        taken
    }

    fn marked(&self, path: &str, base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
        let driven = drive(path, base, ours, theirs, GIT_MARKER).ok()?;
        Some(driven.content)
    }

    fn is_bookkeeping(&self, path: &str, before: &[u8], after: &[u8]) -> bool {
        if !may_hold(path) || !differ_in_times(before, after) {
            return false;
        }
        let state = |bytes: &[u8]| Collections::read([(path.to_owned(), bytes.to_vec())]);
        let changes = sheaf_collection::changes(&state(before), &state(after));
        !changes.is_empty() && changes.iter().all(|change| change.only_bookkeeping)
    }

    fn lines(&self, path: &str) -> bool {
        // Insomnia has no collections in `.yml` files outside its tree; nearly all of them are something else.
        !may_hold(path) || path.strip_suffix(".yml").is_some() && !Collections::holds(path, [])
    }
}

/// Whether two texts are the same but for the times of changes that are noted in them.
fn differ_in_times(before: &[u8], after: &[u8]) -> bool {
    let is_time = |line: &[u8]| line.trim_ascii().starts_with(b"modified:");
    let (mut before, mut after) = (before.split(|b| *b == b'\n'), after.split(|b| *b == b'\n'));
    loop {
        match (before.next(), after.next()) {
            (None, None) => return true,
            (Some(old), Some(new)) if old == new || is_time(old) && is_time(new) => {}
            _ => return false,
        }
    }
}

/// The files whose resources have to be looked at: those that both sides changed, and all where folders come, go or
/// move, as then a file of one side may depend on another one of the other side.
fn wanted<'f>(files: &'f ChangedFiles<'_, QuestionId>) -> Result<Vec<&'f ChangedFile>, GitError> {
    let mut known = Vec::new();
    for file in files.list().iter().filter(|file| may_hold(&file.path)) {
        if is_collection(files, file)? {
            known.push(file);
        }
    }
    if known.iter().all(|file| stands_alone(file)) {
        known.retain(|file| changed_by_both(file));
    }
    Ok(known)
}

fn is_collection(files: &ChangedFiles<'_, QuestionId>, file: &ChangedFile) -> Result<bool, GitError> {
    if Collections::holds(&file.path, []) {
        return Ok(true);
    }
    let versions = (0..files.bases()).map(Version::Base);
    for version in versions.chain([Version::Ours, Version::Theirs]) {
        // a file that became something else is joined like any other
        if files
            .read(file, version)?
            .is_some_and(|bytes| !Collections::is_v5(&bytes))
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A file of the tree that is on all sides and holds nothing that could hold others.
fn stands_alone(file: &ChangedFile) -> bool {
    let folder = Path::new(&file.path).parent().and_then(Path::file_name);
    let everywhere = file.ours.is_some() && file.theirs.is_some() && file.bases.iter().all(Option::is_some);
    let holds_others = folder.is_none_or(|name| {
        ["RequestGroup", "Workspace", "ProtoDirectory"]
            .iter()
            .any(|one| name == *one)
    });
    everywhere && !holds_others && Collections::holds(&file.path, [])
}

fn changed_by_both(file: &ChangedFile) -> bool {
    let differs = |side| file.bases.is_empty() || file.bases.iter().any(|base| *base != side);
    file.ours != file.theirs && differs(file.ours) && differs(file.theirs)
}

/// A question about a file as a whole.
fn about_file(disagreement: &Disagreement) -> Question {
    let path = &disagreement.path;
    let text = |bytes: &Option<Vec<u8>>| {
        let bytes = bytes.as_ref()?;
        let text = std::str::from_utf8(bytes)
            .ok()
            .filter(|text| !text.contains('\0'));
        Some(text.map_or(Value::Null, Value::from))
    };
    Question {
        id: QuestionId(path.clone()),
        resource: ResourceId(path.clone()),
        kind: Kind::File,
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        method: None,
        location: Vec::new(),
        file: path.clone(),
        field: None,
        label: "file".to_owned(),
        asks: Asks::File,
        base: text(&disagreement.base),
        ours: text(&disagreement.ours),
        theirs: text(&disagreement.theirs),
    }
}

/// The collections of the work tree, read when they are first needed.
struct Here<'p> {
    project: &'p Project,
    repo: &'p Repo,
    collections: OnceCell<Option<Arc<Collections>>>,
}

impl Beyond for Here<'_> {
    fn place(&self, id: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        let read = || self.project.collections(self.repo).ok();
        self.collections.get_or_init(read).as_ref()?.place(id)
    }
}
