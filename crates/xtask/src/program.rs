use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;

/// The folder of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Where cargo builds into.
pub(crate) fn target() -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    // A relative folder is relative to where cargo was called, and so is this program.
    let chosen = chosen.and_then(|folder| std::path::absolute(folder).ok());
    chosen.unwrap_or_else(|| root().join("target"))
}

/// Whether nobody sits at the terminal.
pub(crate) fn unattended() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// A program to run at the root of the checkout.
pub(crate) struct Program(Command);

impl Program {
    pub(crate) fn new(program: impl AsRef<OsStr>, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(root());
        Self(command)
    }

    /// The cargo that runs this task.
    pub(crate) fn cargo(arguments: &[&str]) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self::new(cargo, arguments)
    }

    /// npm in the folder of the page. It is a script on Windows, which only its full name starts.
    pub(crate) fn npm(arguments: &[&str]) -> Self {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        Self::new(npm, arguments).within("ui")
    }

    pub(crate) fn and(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    pub(crate) fn within(mut self, folder: &str) -> Self {
        self.0.current_dir(root().join(folder));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Says what it runs, runs it, and fails if the program does.
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        let line = self.line();
        println!("\n$ {line}");
        let status = self
            .0
            .stdin(Stdio::null())
            .status()
            .map_err(|error| Failure::new(format!("{line}: {error}")))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("`{line}` failed ({status})")))
        }
    }

    /// What it prints, if it ends well.
    pub(crate) fn output(mut self) -> Option<String> {
        let output = self.0.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success().then_some(printed)
    }

    /// Whether it is there and ends well.
    pub(crate) fn works(self) -> bool {
        self.output().is_some()
    }

    pub(crate) fn spawn(mut self) -> Result<Child, Failure> {
        let line = self.line();
        self.0
            .spawn()
            .map_err(|error| Failure::new(format!("{line}: {error}")))
    }

    fn line(&self) -> String {
        let program = Path::new(self.0.get_program());
        let name = program.file_stem().map_or_else(OsString::new, OsStr::to_owned);
        let mut line = name.to_string_lossy().into_owned();
        for argument in self.0.get_args() {
            line.push(' ');
            line.push_str(&argument.to_string_lossy());
        }
        line
    }
}
