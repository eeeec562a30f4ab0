use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::DriverError;
use crate::error::Result;

/// How long anything may take that a person would wait for. Generous, as tests share the processor.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(40);

/// Asks again until there is an answer. `Err` is how things stand meanwhile; the last one goes into the error.
pub fn until<T>(
    what: &str,
    limit: Duration,
    mut ask: impl FnMut() -> std::result::Result<T, String>,
) -> Result<T> {
    attempt(what, limit, || ask().map_err(Standing::NotYet))
}

/// How things stand while something is waited for.
pub(crate) enum Standing {
    /// It may still come.
    NotYet(String),
    /// It will never come.
    Never(DriverError),
}

impl From<DriverError> for Standing {
    fn from(error: DriverError) -> Self {
        if error.may_pass() {
            Self::NotYet(error.to_string())
        } else {
            Self::Never(error)
        }
    }
}

/// As [`until`], for questions that may fail for good.
pub(crate) fn attempt<T>(
    what: &str,
    limit: Duration,
    mut ask: impl FnMut() -> std::result::Result<T, Standing>,
) -> Result<T> {
    let end = Instant::now() + limit;
    loop {
        let last = match ask() {
            Ok(answer) => return Ok(answer),
            Err(Standing::Never(error)) => return Err(error),
            Err(Standing::NotYet(last)) => last,
        };
        if Instant::now() >= end {
            return Err(DriverError::TimedOut {
                what: what.to_owned(),
                seconds: limit.as_secs(),
                last,
            });
        }
        sleep(PAUSE);
    }
}
