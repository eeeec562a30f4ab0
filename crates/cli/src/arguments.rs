//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use sheaf_project::export::ExportFormat;
use sheaf_project::model::PullBy;

/// API collections in Git, from the command line.
#[derive(Parser)]
#[command(name = "sheaf", version, about, after_help = AFTER)]
pub(crate) struct Arguments {
    /// Work in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Print git-events as JSON lines on standard error
    #[arg(long, global = true)]
    pub events: bool,
    /// Read the access token from the first line of standard input
    #[arg(long, global = true)]
    pub token_stdin: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "The access token comes from SHEAF_TOKEN, --token-stdin or the keychain, never from an argument.\n\
Exit status: 0 done, 1 failed, 2 usage, 3 you must decide (rejected push, questions of a merge, unmerged branch, secrets).";

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Clone a repository to a new folder
    Clone {
        /// https address of the repository
        uri: String,
        /// Folder that is made; it must not exist or be empty
        dir: PathBuf,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Show or change the repository settings
    Settings {
        /// https address of the repository
        #[arg(long)]
        uri: Option<String>,
        #[command(flatten)]
        settings: SettingsArgs,
        /// Keep the token of `SHEAF_TOKEN` or --token-stdin in the keychain
        #[arg(long)]
        save_token: bool,
        /// Move the token that stands in the address to the keychain, and its user name to the settings
        #[arg(long, conflicts_with_all = ["uri", "save_token", "author_name", "author_email", "username", "ca_file", "pull"])]
        move_token: bool,
    },
    /// Test the connection step by step
    Check,
    /// List collections, folders and requests
    List,
    /// Show a resource (id, path or unique name)
    Show {
        /// Id, path or unique name
        id: String,
    },
    /// Set a field of a resource: `url`, `headers.X-Tenant`, `data.base_url`, …
    Set {
        /// Id, path or unique name
        id: String,
        /// Field path
        field: String,
        /// Text, or JSON where the field holds something else
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Search names, URLs and contents of all resources
    Search {
        /// What to search for
        #[arg(allow_hyphen_values = true)]
        query: String,
        #[command(flatten)]
        how: SearchArgs,
    },
    /// Add a resource: `sheaf add request FOLDER NAME`
    Add {
        /// What: request, folder, grpc, websocket, socketio, environment, spec, suite, test, route, jar, …
        kind: String,
        /// Id, path or unique name of the folder, collection, suite, … that takes it
        parent: String,
        /// Its name
        name: String,
    },
    /// Give a resource another name
    Rename {
        /// Id, path or unique name
        id: String,
        /// New name
        name: String,
    },
    /// Move resources with everything in them, also to another collection: `sheaf move ID PARENT`, or
    /// `sheaf move ID... --to PARENT`
    Move {
        /// Ids, paths or unique names; without `--to`, one of them and then what takes it
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Id, path or unique name of the folder or collection that takes them
        #[arg(long, value_name = "PARENT")]
        to: Option<String>,
        /// Before this one of its new siblings instead of behind all
        #[arg(long, value_name = "ID")]
        before: Option<String>,
    },
    /// Copy a resource with everything in it
    Duplicate {
        /// Id, path or unique name
        id: String,
    },
    /// Delete resources with everything in them, in one step (can be undone)
    Remove {
        /// Ids, paths or unique names
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Make a single file (Insomnia 11 and later) of a collection in the .insomnia folder, and commit that
    Convert {
        /// Id or name of the collection; none needed where there is one
        collection: Option<String>,
    },
    /// Branch, ahead and behind, and what changed
    Status,
    /// What changed, by resource and field
    Diff {
        /// What this commit changed (a hash, a branch, `HEAD~2`), instead of what is not committed
        #[arg(conflicts_with = "incoming")]
        commit: Option<String>,
        /// What differs from the first commit or branch to this one
        to: Option<String>,
        /// What a pull would bring, as of the last fetch
        #[arg(long)]
        incoming: bool,
        /// Also what is only bookkeeping: times, ids, order, defaults
        #[arg(long)]
        all: bool,
    },
    /// Commit everything, or chosen resources and fields
    Commit(CommitArgs),
    /// What looks like a secret in what is not committed or not pushed, and the fields where that is allowed
    Secrets {
        #[command(subcommand)]
        what: Option<Secrets>,
    },
    /// Put changes back to the last commit (can be undone)
    Discard {
        /// Resources (ids, paths or unique names) or fields of them; none means everything
        #[arg(value_name = "ID[:FIELD]")]
        ids: Vec<String>,
    },
    /// The newest commits
    Log(LogArgs),
    /// List, create, switch, delete, rename, merge branches
    Branch {
        #[command(subcommand)]
        what: Branch,
    },
    /// Let git merge, git rebase and git diff ask sheaf about collections
    MergeDriver {
        #[command(subcommand)]
        what: MergeDriver,
    },
    /// Bring the remote's branches up to date
    Fetch,
    /// Fetch and merge the current branch, or rebase it
    Pull {
        #[command(flatten)]
        by: PullArgs,
        /// Fetch and say what would change and what would be asked; touch nothing
        #[arg(long)]
        preview: bool,
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// Merge a branch into the current one
    Merge {
        /// Its name
        name: String,
        /// As one commit that holds all its changes
        #[arg(long)]
        squash: bool,
        /// Say what would change and what would be asked; touch nothing
        #[arg(long)]
        preview: bool,
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// The questions of the merge that waits for answers, or that another program began
    Questions,
    /// Answer a question of the merge that waits: `sheaf answer ID ours`
    Answer {
        /// Id of the question
        #[arg(required_unless_present = "all")]
        id: Option<String>,
        /// Whose value to take
        side: Option<Side>,
        /// This value instead: text, or JSON where the field holds something else
        #[arg(long, allow_hyphen_values = true, conflicts_with = "side")]
        value: Option<String>,
        /// Take this side in all questions that are open
        #[arg(long, value_name = "SIDE", conflicts_with_all = ["id", "side", "value"])]
        all: Option<Side>,
        /// Open the question again
        #[arg(long, conflicts_with_all = ["side", "value", "all"])]
        forget: bool,
    },
    /// Land the merge that waits, once every question is answered
    Land,
    /// Drop the merge that waits; nothing was touched. Take back what another program began
    Abort,
    /// Push the current branch
    Push {
        /// Overwrite the remote's branch, but only the commits last seen here; they are saved first
        #[arg(long, conflicts_with = "new_branch")]
        force: bool,
        /// Push to a new branch of this name, which becomes the current one
        #[arg(long, value_name = "NAME")]
        new_branch: Option<String>,
        /// Put back what a forced push or a deletion took from the remote, as `sheaf undo` says
        #[arg(long, value_name = "BACKUP", conflicts_with_all = ["force", "new_branch"])]
        restore: Option<String>,
        /// With --restore: the commit the remote's branch must be at; none where it must not be there
        #[arg(long, value_name = "COMMIT", requires = "restore")]
        expected: Option<String>,
        #[command(flatten)]
        secrets: SecretArgs,
    },
    /// Read every collection file of a folder, and check that edits leave alone what they do not touch
    Verify {
        /// The folder, a repository or not
        path: Option<PathBuf>,
    },
    /// Make a damaged repository whole: what is lost comes from the files, the index and the remote; files stay as they are
    Repair {
        /// Go on without the remote, also where only it may have what is lost
        #[arg(long)]
        offline: bool,
    },
    /// Put a resource back as it was in a commit (can be undone)
    Restore {
        /// The commit
        commit: String,
        /// Id of the resource or ID:FIELD, or path of an ordinary file
        id: String,
    },
    /// Undo the last Git operation or edit, or go back to before an earlier one
    Undo {
        /// Go back to before this one, as `sheaf undo --list` numbers them
        #[arg(value_parser = clap::value_parser!(u32).range(1..))]
        n: Option<u32>,
        /// List what can be undone and done again
        #[arg(long, conflicts_with_all = ["n", "preview"])]
        list: bool,
        /// Say what would change, and change nothing
        #[arg(long)]
        preview: bool,
    },
    /// Do again what was undone last, or several steps
    Redo {
        /// How many steps
        #[arg(value_parser = clap::value_parser!(u32).range(1..))]
        n: Option<u32>,
        /// Say what would change, and change nothing
        #[arg(long)]
        preview: bool,
    },
    /// Who changed each field of a resource last
    Blame {
        /// Id of the resource, or ID:FIELD
        id: String,
    },
    /// Take back what a commit changed, as a new commit
    Revert {
        /// The commit
        commit: String,
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// Take over what a commit of another branch changed, as a new commit
    CherryPick {
        /// The commit
        commit: String,
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// List, create, delete, push tags
    Tag {
        #[command(subcommand)]
        what: Tag,
    },
    /// Make a repository in a folder
    Init {
        /// The folder; it is made where it is missing
        dir: PathBuf,
        /// https address of the repository
        #[arg(long)]
        uri: Option<String>,
        #[command(flatten)]
        settings: SettingsArgs,
    },
    /// Open a folder: say what project it belongs to
    Open {
        /// The folder
        dir: PathBuf,
    },
    /// Import collections of Insomnia, Postman, Bruno, Yaak, `OpenAPI`, HAR, or cURL commands
    Import {
        /// Files and folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Put it into this collection or folder (id, path or unique name) instead of a new collection
        #[arg(long, value_name = "WHERE")]
        into: Option<String>,
        /// Say what would be taken, changed and left, and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Export a collection, or a part of it, to a file
    Export {
        /// Collection, folder or request (id, path or unique name)
        what: String,
        /// The file
        file: PathBuf,
        /// What it will hold; a collection file of Insomnia unless said otherwise
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// Replace the file where it is there already
        #[arg(long)]
        force: bool,
    },
    /// Create a collection
    Create {
        /// Its name
        name: String,
        /// With an API spec
        #[arg(long)]
        design: bool,
    },
}

/// How a search compares.
#[derive(Args)]
pub(crate) struct SearchArgs {
    /// Large and small letters differ
    #[arg(long)]
    pub case: bool,
    /// Only whole words
    #[arg(long)]
    pub word: bool,
    /// QUERY is a regular expression
    #[arg(long)]
    pub regex: bool,
}

/// What an exported file holds.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// A collection file of Insomnia 11 and later
    Insomnia,
    /// The API spec alone, as YAML or (in a file that ends in .json) as JSON
    Openapi,
    /// A cURL command for every HTTP request
    Curl,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Insomnia => Self::Insomnia,
            Format::Openapi => Self::Openapi,
            Format::Curl => Self::Curl,
        }
    }
}

/// Settings that several commands take.
#[derive(Args, Default)]
pub(crate) struct SettingsArgs {
    /// Author of the commits
    #[arg(long)]
    pub author_name: Option<String>,
    /// E-mail of the author
    #[arg(long)]
    pub author_email: Option<String>,
    /// User name on the host, where it wants one
    #[arg(long)]
    pub username: Option<String>,
    /// Certificate authority file (PEM) of a self-hosted server; empty for none
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<String>,
    /// How a pull joins both sides; as git is set unless said otherwise
    #[arg(long, value_enum)]
    pub pull: Option<Pulling>,
}

/// How this pull joins both sides.
#[derive(Args)]
pub(crate) struct PullArgs {
    /// Make the commits that are not pushed again on top of the remote's, and ask as a merge does. As in git, ours is
    /// then what the remote has
    #[arg(long, conflicts_with = "merge")]
    rebase: bool,
    /// Merge, whatever the project is set to
    #[arg(long)]
    merge: bool,
}

impl PullArgs {
    /// None where the project's setting counts.
    pub(crate) fn chosen(&self) -> Option<PullBy> {
        match (self.rebase, self.merge) {
            (true, _) => Some(PullBy::Rebase),
            (_, true) => Some(PullBy::Merge),
            _ => None,
        }
    }
}

/// How a pull joins both sides.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Pulling {
    Merge,
    Rebase,
}

impl From<Pulling> for PullBy {
    fn from(by: Pulling) -> Self {
        match by {
            Pulling::Merge => Self::Merge,
            Pulling::Rebase => Self::Rebase,
        }
    }
}

/// What goes into a commit.
#[derive(Args)]
pub(crate) struct CommitArgs {
    /// Message
    #[arg(short, required_unless_present = "amend")]
    pub message: Option<String>,
    /// Put it into the last commit instead, which must not be pushed yet
    #[arg(long)]
    pub amend: bool,
    /// With --amend: only say it better, and leave out what changed
    #[arg(long, requires = "amend", requires = "message", conflicts_with = "only")]
    pub message_only: bool,
    /// Only this resource (id, path or unique name), or this field of it as `sheaf diff` names it; may be given more than once
    #[arg(long, value_name = "ID[:FIELD]")]
    pub only: Vec<String>,
    #[command(flatten)]
    pub secrets: SecretArgs,
}

/// What is let through although it looks like a secret.
#[derive(Args, Default)]
pub(crate) struct SecretArgs {
    /// Let this value through once, although it looks like a secret; may be given more than once
    #[arg(long, value_name = "FINGERPRINT")]
    pub allow_secret: Vec<String>,
    /// Let everything through once that looks like a secret
    #[arg(long, conflicts_with = "allow_secret")]
    pub allow_secrets: bool,
}

/// What to do with what looks like a secret.
#[derive(Subcommand)]
pub(crate) enum Secrets {
    /// Let its field hold values of its kind from now on, on this computer
    Allow {
        /// As `sheaf secrets` lists them
        #[arg(required = true, value_name = "FINGERPRINT")]
        fingerprints: Vec<String>,
    },
    /// Ask about a field again
    Forget {
        /// As `sheaf secrets` lists it
        #[arg(value_name = "ID:FIELD")]
        field: String,
    },
    /// Move a value to a private environment, which stays on this computer; its field takes it from there
    Move {
        /// As `sheaf secrets` lists it
        fingerprint: String,
        /// Name of the variable; after the field unless said otherwise
        #[arg(long = "as", value_name = "NAME")]
        variable: Option<String>,
    },
}

/// What to do with tags.
#[derive(Subcommand)]
pub(crate) enum Tag {
    /// List tags
    List,
    /// Name a commit
    Create {
        /// Its name
        name: String,
        /// The commit or branch; the last commit unless said otherwise
        at: Option<String>,
        /// Say who made it and why, in the tag itself
        #[arg(short)]
        message: Option<String>,
    },
    /// Delete a tag here (can be undone); the remote keeps it
    Delete {
        /// Its name
        name: String,
    },
    /// Push a tag; one that the remote has is never replaced
    Push {
        /// Its name
        name: String,
    },
}

/// What to do with branches.
#[derive(Subcommand)]
pub(crate) enum Branch {
    /// List local branches, and those of the remote that are not here
    List,
    /// Create a branch, from the current commit or another branch
    Create {
        /// Its name
        name: String,
        /// Branch or commit to start from
        from: Option<String>,
    },
    /// Switch to a branch; uncommitted changes come along
    Switch {
        /// Its name
        name: String,
        /// Leave uncommitted changes parked on the current branch instead
        #[arg(long)]
        park: bool,
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// Bring back the changes that are parked on the current branch
    Unpark {
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// List what is parked; with a branch show what is parked there, or drop it
    Parked {
        /// The branch
        name: Option<String>,
        /// Drop it (undo brings it back)
        #[arg(long, requires = "name")]
        drop: bool,
    },
    /// Delete a branch
    Delete {
        /// Its name
        name: String,
        /// Also when it has commits that are on no other branch (undo brings it back)
        #[arg(long)]
        force: bool,
        /// The branch of the remote, if it still is as it was last seen; its commits are kept here
        #[arg(long, conflicts_with = "force")]
        remote: bool,
    },
    /// Rename a branch
    Rename {
        /// Old name
        old: String,
        /// New name
        new: String,
    },
    /// Merge a branch into the current one
    Merge {
        /// Its name
        name: String,
        /// As one commit that holds all its changes
        #[arg(long)]
        squash: bool,
        /// Say what would change and what would be asked; touch nothing
        #[arg(long)]
        preview: bool,
        #[command(flatten)]
        answers: AnswerArgs,
    },
    /// Take branches off the list that the remote does not have any more (undo puts them back)
    Prune {
        /// Only say which they are
        #[arg(long)]
        preview: bool,
    },
    /// Fetch a branch of the remote that is not here
    Fetch {
        /// Its name
        name: String,
    },
}

/// How git asks about collections.
#[derive(Subcommand)]
pub(crate) enum MergeDriver {
    /// Begin: in this repository
    Install {
        /// In all repositories of yours instead
        #[arg(long)]
        global: bool,
    },
    /// End, and leave git's files as they were
    Uninstall {
        /// In all repositories of yours instead
        #[arg(long)]
        global: bool,
    },
    /// Called by git
    #[command(hide = true)]
    Merge {
        base: PathBuf,
        ours: PathBuf,
        theirs: PathBuf,
        marker_size: u16,
        path: String,
    },
    /// Called by git
    #[command(hide = true)]
    Show {
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<String>,
    },
}

/// Answers to questions.
#[derive(Args, Default)]
pub(crate) struct AnswerArgs {
    /// Take what is here where this is asked (a question, or all about a resource or a file); may be given more than once
    #[arg(long, value_name = "ID", alias = "mine")]
    pub ours: Vec<String>,
    /// Take what comes in (of parked changes: what was parked) where this is asked; may be given more than once
    #[arg(long, value_name = "ID")]
    pub theirs: Vec<String>,
}

/// One of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// What is here
    Ours,
    /// What comes in
    Theirs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Arguments::command().debug_assert();
    }
}

/// Which commits are shown.
#[derive(Args)]
pub(crate) struct LogArgs {
    /// How many
    #[arg(short, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub n: u32,
    /// Only those that changed this resource
    #[arg(long, value_name = "ID")]
    pub resource: Option<String>,
    /// With --resource: only those that changed this field of it
    #[arg(long, requires = "resource")]
    pub field: Option<String>,
    /// Of another branch, a tag or a commit
    #[arg(long, value_name = "NAME", conflicts_with = "resource")]
    pub of: Option<String>,
}
