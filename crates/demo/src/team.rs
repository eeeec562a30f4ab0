use std::io;
use std::path::Path;

use sheaf_git_host::{Access, Host, HostError, Vendor};

use crate::sample::files;

/// The team's Git host with the sample collection on `main` and a colleague's branch beside it.
#[derive(Debug)]
pub struct Team {
    host: Host,
}

/// Why the team could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// The sample files could not be read.
    #[error("the sample collection could not be read: {0}")]
    Sample(io::Error),
    /// The host did not do as it was told.
    #[error("the Git host: {0}")]
    Host(#[from] HostError),
}

impl Team {
    /// The repository on the host.
    pub const REPOSITORY: &str = "parcels/tracking-api";
    /// The token of the person at the window.
    pub const TOKEN: &str = "demo-token-of-ana";
    /// The person at the window.
    pub const ANA: (&str, &str) = ("Ana Flores", "ana@parcels.example.com");
    /// The colleague.
    pub const BO: (&str, &str) = ("Bo Lindqvist", "bo@parcels.example.com");
    /// The branch a colleague works on.
    pub const COLLEAGUES_BRANCH: &str = "labels-v2";
    /// A branch that takes pull requests only.
    pub const PROTECTED_BRANCH: &str = "release";

    /// Starts the host in a temporary folder.
    pub fn start() -> Result<Self, TeamError> {
        Self::settle(Host::start()?)
    }

    /// Starts the host in a folder, and on a port if it is free: what was pushed there before is kept.
    pub fn start_in(folder: &Path, port: u16) -> Result<Self, TeamError> {
        let host = Host::start_in(folder, port).or_else(|_| Host::start_in(folder, 0))?;
        Self::settle(host)
    }

    fn settle(host: Host) -> Result<Self, TeamError> {
        host.add_token(Self::TOKEN, "ana", Access::ReadWrite);
        host.create_repo(Self::REPOSITORY)?;
        let team = Self { host };
        if team.host.branch(Self::REPOSITORY, "main").is_none() {
            team.begin()?;
        }
        team.host
            .protect(Self::REPOSITORY, Self::PROTECTED_BRANCH, Vendor::GitHub)?;
        Ok(team)
    }

    fn begin(&self) -> Result<(), TeamError> {
        let files = files().map_err(TeamError::Sample)?;
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        self.commits("main", &files, "Describe the parcel tracking API")?;
        self.commits(
            "main",
            &[("CODEOWNERS", "* @parcels/api\n")],
            "Name the owners of the collection",
        )?;
        self.commits(
            Self::PROTECTED_BRANCH,
            &[("CHANGELOG.md", "# 1.4\n")],
            "Begin release 1.4",
        )?;
        self.changes(
            Self::COLLEAGUES_BRANCH,
            "Create shipment",
            ("name: Create shipment", "name: Create shipment (v2)"),
            "Book with the second version of labels",
        )
    }

    /// The host itself.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The address to clone.
    pub fn url(&self) -> String {
        self.host.url(Self::REPOSITORY)
    }

    /// The colleague pushes a commit that writes these files.
    pub fn commits(&self, branch: &str, files: &[(&str, &str)], message: &str) -> Result<(), TeamError> {
        self.host
            .push_as_colleague(Self::REPOSITORY, branch, files, Self::BO, message)?;
        Ok(())
    }

    /// The colleague pushes a change of one request of the sample: one piece of its text for another.
    pub fn changes(
        &self,
        branch: &str,
        request: &str,
        (from, to): (&str, &str),
        message: &str,
    ) -> Result<(), TeamError> {
        let name = format!("\nname: {request}\n");
        let files = files().map_err(TeamError::Sample)?;
        let found = files.iter().find(|(_, text)| text.contains(&name));
        match found.filter(|(_, text)| text.contains(from)) {
            Some((path, text)) => self.commits(branch, &[(path, &text.replace(from, to))], message),
            None => Err(TeamError::Sample(io::Error::other(format!(
                "no {from:?} in {request}"
            )))),
        }
    }
}
