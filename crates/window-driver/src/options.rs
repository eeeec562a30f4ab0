use std::ffi::OsString;
use std::path::PathBuf;

/// What the program in a window is started with.
#[derive(Debug, Clone, Default)]
pub struct WindowOptions {
    pub(crate) program: PathBuf,
    pub(crate) environment: Vec<(OsString, OsString)>,
    pub(crate) arguments: Vec<String>,
}

impl WindowOptions {
    /// A program without arguments.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            ..Self::default()
        }
    }

    /// Adds a variable to the program's environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}
