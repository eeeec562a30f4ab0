//! Leaving work that only tells how far it is and does not ask whether to go on.
//!
//! libgit2 lets its packing be stopped from the progress callback, but git2 gives the callback no way to say so except
//! unwinding, which git2 catches before it reaches C and carries on afterwards. No panic handler runs and nothing is
//! printed. Only what can be thrown away as a whole may be left like this.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::cancel::CancelToken;
use crate::error::GitError;

struct Cancelled;

/// For a progress callback below [`catch_cancel`].
pub(crate) fn stop_where_cancelled(cancel: &CancelToken) {
    if cfg!(panic = "unwind") && cancel.is_cancelled() {
        resume_unwind(Box::new(Cancelled));
    }
}

/// Runs work that [`stop_where_cancelled`] may leave.
pub(crate) fn catch_cancel<T>(work: impl FnOnce() -> T) -> Result<T, GitError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(value) => Ok(value),
        Err(payload) if payload.is::<Cancelled>() => Err(GitError::Cancelled),
        Err(payload) => resume_unwind(payload),
    }
}

#[cfg(test)]
mod tests {
    use super::{catch_cancel, stop_where_cancelled};
    use crate::cancel::CancelToken;
    use crate::error::GitError;

    #[test]
    fn only_a_cancel_is_caught() {
        let cancel = CancelToken::new();
        assert!(matches!(catch_cancel(|| stop_where_cancelled(&cancel)), Ok(())));
        cancel.cancel();
        assert!(matches!(
            catch_cancel(|| stop_where_cancelled(&cancel)),
            Err(GitError::Cancelled)
        ));
        let other = std::panic::catch_unwind(|| catch_cancel(|| std::panic::resume_unwind(Box::new(1))));
        assert!(other.is_err());
    }
}
