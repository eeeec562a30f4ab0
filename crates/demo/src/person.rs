use std::path::{Path, PathBuf};

use sheaf_window_driver::{DriverError, Window};

use crate::Team;

type Result<T> = std::result::Result<T, DriverError>;

/// What a person enters to connect a project to its repository.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The address of the repository.
    pub uri: String,
    /// The access token.
    pub token: String,
    /// The certificate authority of the host.
    pub ca_file: PathBuf,
}

impl Connection {
    /// Ana's connection to the team's repository.
    pub fn of(team: &Team) -> Self {
        Self {
            uri: team.url(),
            token: Team::TOKEN.to_owned(),
            ca_file: team.host().ca_file().to_owned(),
        }
    }
}

/// What a person does in the window, in the words of the work. Each step ends when the window shows that it is
/// done.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    window: &'a Window,
}

impl<'a> Person<'a> {
    /// Ana, at a window.
    pub fn at(window: &'a Window) -> Self {
        Self { window }
    }

    /// Opens the dialog *Clone repository…* by the main menu.
    pub fn opens_clone(self) -> Result<()> {
        self.window.click("main-menu")?;
        self.window.click("menu-clone")?;
        self.window.see("clone-dialog").map(drop)
    }

    /// Enters the settings of the repository into the open dialog; `form` is the dialog's word for its fields.
    pub fn enters(self, form: &str, connection: &Connection) -> Result<()> {
        let (name, email) = Team::ANA;
        let fill = |field: &str, text: &str| self.window.fill(&format!("{form}-{field}"), text);
        fill("uri", &connection.uri)?;
        fill("author-name", name)?;
        fill("author-email", email)?;
        fill("token", &connection.token)?;
        if !self.window.has(&format!("{form}-ca-file"))? {
            self.window.click(&format!("{form}-advanced"))?;
        }
        fill("ca-file", &connection.ca_file.to_string_lossy())
    }

    /// Tests the connection, which has to work.
    pub fn tests_connection(self, form: &str) -> Result<()> {
        self.window.click(&format!("{form}-test"))?;
        self.window
            .says(&format!("{form}-test-verdict"), "Everything works")
            .map(drop)
    }

    /// Chooses the folder to clone to, clones, and waits for the project.
    pub fn clones_to(self, folder: &Path) -> Result<()> {
        self.window.fill("clone-target", &folder.to_string_lossy())?;
        self.window.click("clone-start")?;
        self.window.gone("clone-dialog")?;
        self.window.see("tree").map(drop)
    }

    /// From the dashboard to the open project.
    pub fn clones(self, connection: &Connection, folder: &Path) -> Result<()> {
        self.opens_clone()?;
        self.enters("clone", connection)?;
        self.clones_to(folder)
    }

    /// Opens a resource by its name in the tree.
    pub fn opens(self, resource: &str) -> Result<()> {
        self.window.click_text("[role=treeitem]", resource)?;
        self.window.wait_value("field-name", resource)
    }

    /// Chooses an entry of the Git menu.
    pub fn chooses(self, entry: &str) -> Result<()> {
        self.window.click("git-menu")?;
        self.window.click(&format!("git-{entry}"))
    }

    /// Looks for news on the remote.
    pub fn fetches(self) -> Result<()> {
        self.chooses("fetch")
    }

    /// Opens the settings of the repository.
    pub fn opens_settings(self) -> Result<()> {
        self.chooses("remote-settings")?;
        self.window.see("remote-settings-dialog").map(drop)
    }

    /// Types into a field of the open resource, and waits until it is saved.
    pub fn edits(self, field: &str, text: &str) -> Result<()> {
        self.window.fill(field, text)?;
        self.window.says("save-status", "Saved").map(drop)
    }

    /// Opens the dialog that shows what would be committed.
    pub fn opens_commit(self) -> Result<()> {
        self.window.click("commit-button")?;
        self.window.see("commit-dialog")?;
        self.window.see("change-list").map(drop)
    }

    /// Commits everything the open dialog shows.
    pub fn commits(self, message: &str) -> Result<()> {
        self.window.fill("commit-message", message)?;
        self.window.click("commit-submit")?;
        self.window.gone("commit-dialog")
    }

    /// Changes a field of a request and commits that, from the tree to the end of the dialog.
    pub fn commits_edit(self, resource: &str, field: &str, text: &str, message: &str) -> Result<()> {
        self.opens(resource)?;
        self.edits(field, text)?;
        self.opens_commit()?;
        self.commits(message)
    }

    /// Pushes, which has to work.
    pub fn pushes(self) -> Result<()> {
        self.chooses("push")?;
        self.window.says("toast-success", "Pushed")?;
        self.window.gone("operation")
    }

    /// Pushes, and is refused.
    pub fn is_refused(self) -> Result<()> {
        self.chooses("push")?;
        self.window.see("push-rejected").map(drop)
    }

    /// Goes on from a refused push to the dialog for a new branch.
    pub fn wants_new_branch(self, name: &str) -> Result<()> {
        self.window.click("next-pushToNewBranch")?;
        self.window.fill("new-branch-name", name)
    }

    /// Pushes to the new branch.
    pub fn pushes_to_new_branch(self) -> Result<()> {
        self.window.click("new-branch-push")?;
        self.window.says("toast-success", "Pushed")?;
        self.window.gone("operation")
    }

    /// Looks at what a pull would do; `said` is part of what the window says of it.
    pub fn looks_at_pull(self, said: &str) -> Result<()> {
        self.chooses("pull")?;
        self.window.says("preview-dialog", said).map(drop)
    }

    /// Looks at what a pull brings, and pulls; `said` is part of what the window says at the end.
    pub fn pulls(self, said: &str) -> Result<()> {
        self.looks_at_pull("Pull")?;
        self.window.click("preview-land")?;
        self.window.gone("preview-dialog")?;
        self.window.says("toast-success", said)?;
        self.window.gone("operation")
    }

    /// After a start: comes to the project, whether the window opens it by itself or lists it.
    pub fn comes_back(self) -> Result<()> {
        self.window
            .see("[data-testid=tree], [data-testid=project-open]")?;
        // The window may open the project by itself at this very moment.
        self.window.click_if_there("project-open")?;
        self.window.see("tree").map(drop)
    }

    /// Closes the messages at the edge of the window.
    pub fn clears_messages(self) -> Result<()> {
        while self.window.click_if_there("[aria-label='Close message']")? {}
        self.window.gone("[aria-label='Close message']")
    }

    /// Goes to the list of projects.
    pub fn leaves(self) -> Result<()> {
        self.window.click("back-to-dashboard")?;
        self.window.see("project-card").map(drop)
    }
}
