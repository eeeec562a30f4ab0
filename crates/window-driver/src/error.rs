use std::io;

/// Why the window could not be used as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DriverError {
    /// A file, a socket or a program could not be used.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The driver answered something that is not `WebDriver`.
    #[error("unexpected answer from the driver: {0}")]
    Answer(String),
    /// The driver refused a command.
    #[error("{code}: {message}")]
    Refused {
        /// `WebDriver`'s name of the error, such as `no such element`.
        code: String,
        /// The driver's words.
        message: String,
    },
    /// Something did not come in time.
    #[error("{what} did not happen in {seconds} s; {last}")]
    TimedOut {
        /// What was waited for.
        what: String,
        /// For how long.
        seconds: u64,
        /// How things stood at the end.
        last: String,
    },
}

/// Result of this crate.
pub(crate) type Result<T> = std::result::Result<T, DriverError>;

impl DriverError {
    /// An adapter for `map_err` that keeps what was being done beside the bare system error.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    /// Whether the page was merely not ready: drawn anew between two commands, or still covered by something.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if matches!(
            code.as_str(),
            "no such element"
                | "stale element reference"
                | "element not interactable"
                | "element click intercepted"
                | "invalid element state"
        ))
    }
}
