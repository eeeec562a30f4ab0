//! One function a command; each calls one use case and says what came out.

mod branch;
mod collection;
mod difference;
mod driver;
mod exchange;
mod merge;
mod remote;
mod repair;
mod repository;
mod resource;
mod search;
mod secrets;
mod tag;
mod timeline;
mod verify;
mod words;

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sheaf_project::collection::model::{Answer, QuestionId};
use sheaf_project::git::credentials::Secret;
use sheaf_project::keychain::TokenStore;
use sheaf_project::model::{Answers, RemoteSettingsInput};
use sheaf_project::project::Project;
use sheaf_project::user_settings::UserSettings;

use crate::arguments::{AnswerArgs, Arguments, Command, SettingsArgs};
use crate::outcome::Done;

/// No token is longer; more on standard input is something else.
const LONGEST_TOKEN: u64 = 16 * 1024;

type Outcome = Result<Done, Done>;

/// Carries out the command.
pub(crate) fn run(arguments: &Arguments) -> Done {
    Context::new(arguments)
        .and_then(|context| dispatch(&context, &arguments.command))
        .unwrap_or_else(|failed| failed)
}

fn dispatch(context: &Context, command: &Command) -> Outcome {
    match command {
        Command::Clone { uri, dir, settings } => remote::clone(context, uri, dir, settings),
        Command::Settings { move_token: true, .. } => remote::move_token(context),
        Command::Settings {
            uri,
            settings,
            save_token,
            ..
        } => remote::settings(context, uri.as_deref(), settings, *save_token),
        Command::Check => remote::check(context),
        Command::Fetch => remote::fetch(context),
        Command::Pull { by, preview, answers } => merge::pull(context, by.chosen(), *preview, answers),
        Command::Merge {
            name,
            squash,
            preview,
            answers,
        } => merge::merge(context, name, *squash, *preview, answers),
        Command::Questions => merge::questions(context),
        Command::Answer {
            id,
            side,
            value,
            all,
            forget,
        } => {
            let side = side.or(*all);
            merge::answer(context, id.as_deref(), side, value.as_deref(), *forget)
        }
        Command::Land => merge::land(context),
        Command::Abort => merge::abort(context),
        Command::Push {
            restore: Some(backup),
            expected,
            ..
        } => remote::push_back(context, backup, expected.as_deref()),
        Command::Push {
            force,
            new_branch,
            secrets,
            ..
        } => remote::push(context, *force, new_branch.as_deref(), secrets),
        Command::List => collection::list(context),
        Command::Show { id } => collection::show(context, id),
        Command::Set { id, field, value } => collection::set(context, id, field, value),
        Command::Create { name, design } => collection::create(context, name, *design),
        Command::Search { query, how } => search::search(context, query, how),
        Command::Add { kind, parent, name } => resource::add(context, kind, parent, name),
        Command::Rename { id, name } => resource::rename(context, id, name),
        Command::Move { ids, to, before } => {
            resource::relocate(context, ids, to.as_deref(), before.as_deref())
        }
        Command::Duplicate { id } => resource::duplicate(context, id),
        Command::Remove { ids } => resource::remove(context, ids),
        Command::Convert { collection } => resource::convert(context, collection.as_deref()),
        Command::Verify { path } => verify::verify(context, path.as_deref()),
        Command::Status => repository::status(context),
        Command::Diff {
            commit: Some(from),
            to: Some(to),
            all,
            ..
        } => repository::compare(context, from, to, *all),
        Command::Diff {
            commit,
            incoming,
            all,
            ..
        } => repository::diff(context, commit.as_deref(), *incoming, *all),
        Command::Commit(what) => repository::commit(context, what),
        Command::Secrets { what } => secrets::run(context, what.as_ref()),
        Command::Discard { ids } => repository::discard(context, ids),
        Command::Log(log) => repository::log(context, log),
        Command::Blame { id } => repository::blame(context, id),
        Command::Repair { offline } => repair::repair(context, *offline),
        Command::Restore { commit, id } => repository::restore(context, commit, id),
        Command::Undo { n, list: true, .. } if n.is_none() => timeline::list(context),
        Command::Undo { n, preview, .. } => timeline::undo(context, *n, *preview),
        Command::Redo { n, preview } => timeline::redo(context, *n, *preview),
        Command::Revert { commit, answers } => merge::revert(context, commit, answers),
        Command::CherryPick { commit, answers } => merge::cherry_pick(context, commit, answers),
        Command::Tag { what } => tag::run(context, what),
        Command::Init { dir, uri, settings } => repository::init(context, dir, uri.as_deref(), settings),
        Command::Open { dir } => repository::open(context, dir),
        Command::Import { paths, into, dry_run } => {
            exchange::import(context, paths, into.as_deref(), *dry_run)
        }
        Command::Export {
            what,
            file,
            format,
            force,
        } => exchange::export(context, what, file, format.map(Into::into), *force),
        Command::Branch { what } => branch::run(context, what),
        Command::MergeDriver { what } => driver::run(context, what),
    }
}

/// What every command has.
pub(crate) struct Context {
    directory: PathBuf,
    tokens: Arc<TokenStore>,
    /// The token of the environment or standard input.
    token: Option<String>,
    /// Whether the result is wanted as JSON.
    json: bool,
}

impl Context {
    fn new(arguments: &Arguments) -> Result<Self, Done> {
        let token = token(arguments.token_stdin)?;
        let tokens = match &token {
            Some(token) => TokenStore::given(Secret::new(token.clone())),
            None => TokenStore::system(),
        };
        let here = std::env::current_dir()
            .map_err(|e| Done::usage(&format!("The current folder cannot be used: {e}.")))?;
        let directory = arguments
            .directory
            .as_ref()
            .map_or_else(|| here.clone(), |d| here.join(d));
        Ok(Self {
            directory,
            tokens: Arc::new(tokens),
            token,
            json: arguments.json,
        })
    }

    /// The process ends with its command, and memory then goes as a whole: what a project read is not given back before,
    /// piece by piece.
    fn project(&self) -> Result<Project, Done> {
        let project = Project::open(&self.directory, self.tokens.clone()).map_err(Done::from)?;
        project.use_settings(&UserSettings::kept());
        std::mem::forget(project.clone());
        Ok(project)
    }

    fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }

    fn input(&self, uri: Option<&str>, settings: &SettingsArgs) -> RemoteSettingsInput {
        RemoteSettingsInput {
            uri: uri.map(str::to_owned),
            author_name: settings.author_name.clone(),
            author_email: settings.author_email.clone(),
            username: settings.username.clone(),
            ca_file: settings.ca_file.as_ref().map(|p| {
                if p.is_empty() {
                    String::new()
                } else {
                    self.path(Path::new(p)).to_string_lossy().into_owned()
                }
            }),
            token: None,
            pull_by: settings.pull.map(Into::into),
        }
    }
}

/// The token of `--token-stdin`, else of `SHEAF_TOKEN`.
fn token(from_stdin: bool) -> Result<Option<String>, Done> {
    if !from_stdin {
        return Ok(std::env::var("SHEAF_TOKEN")
            .ok()
            .map(|t| t.trim().to_owned())
            .filter(|t| !t.is_empty()));
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .take(LONGEST_TOKEN)
        .read_line(&mut line)
        .map_err(|e| Done::usage(&format!("The token could not be read from standard input: {e}.")))?;
    match line.trim() {
        "" => Err(Done::usage("There is no token on standard input.")),
        token => Ok(Some(token.to_owned())),
    }
}

fn answers(arguments: &AnswerArgs) -> Answers {
    let given = |ids: &[String], answer: Answer| {
        ids.iter()
            .map(|id| (QuestionId(id.clone()), answer.clone()))
            .collect::<Vec<_>>()
    };
    given(&arguments.ours, Answer::Ours)
        .into_iter()
        .chain(given(&arguments.theirs, Answer::Theirs))
        .collect()
}
