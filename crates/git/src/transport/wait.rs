//! Waiting for the network on a thread that has no runtime.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};

use crate::cancel::CancelToken;

/// Why a wait ended without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interrupted {
    Cancelled,
    Idle,
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future, but not beyond a cancel and not longer than `limit`.
pub(super) fn wait<F: Future>(
    future: F,
    cancel: &CancelToken,
    limit: Duration,
) -> Result<F::Output, Interrupted> {
    let mut future = pin!(future);
    let mut cancelled = pin!(cancel.cancelled());
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let end = Instant::now() + limit;
    loop {
        if cancelled.as_mut().poll(&mut context).is_ready() {
            return Err(Interrupted::Cancelled);
        }
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Interrupted::Idle);
        }
        std::thread::park_timeout(left);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Interrupted, wait};
    use crate::cancel::CancelToken;

    #[test]
    fn a_cancel_ends_a_wait_at_once() {
        let cancel = CancelToken::new();
        let other = cancel.clone();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            other.cancel();
        });
        let start = Instant::now();
        let result = wait(std::future::pending::<()>(), &cancel, Duration::from_secs(60));
        assert_eq!(result, Err(Interrupted::Cancelled));
        assert!(start.elapsed() < Duration::from_millis(300));
        thread.join().unwrap();
    }

    #[test]
    fn silence_ends_a_wait() {
        let result = wait(
            std::future::pending::<()>(),
            &CancelToken::new(),
            Duration::from_millis(20),
        );
        assert_eq!(result, Err(Interrupted::Idle));
    }
}
