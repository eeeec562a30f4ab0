//! Times, and how they are taken.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// One thing that is measured, as often as it is asked to.
pub(crate) type Work<'w> = &'w mut dyn FnMut() -> Result<Duration, Failure>;

/// How long something took, each time.
#[derive(Debug, Clone)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Of what was measured by somebody else.
    pub(crate) fn of(times: Vec<Duration>) -> Self {
        Self(times)
    }

    /// The middle one: one disturbance more or less does not move it.
    pub(crate) fn median(&self) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    /// The shortest.
    pub(crate) fn best(&self) -> Duration {
        self.0.iter().min().copied().unwrap_or_default()
    }
}

/// Measures all of them in turn, round after round, so that what else the machine does hits all of them alike. The
/// first round only warms the caches.
pub(crate) fn in_turn<const N: usize>(
    rounds: usize,
    mut works: [Work<'_>; N],
) -> Result<[Times; N], Failure> {
    let mut times = [(); N].map(|()| Times(Vec::with_capacity(rounds)));
    for work in &mut works {
        work()?;
    }
    for _ in 0..rounds {
        for (work, times) in works.iter_mut().zip(&mut times) {
            times.0.push(work()?);
        }
    }
    Ok(times)
}

/// Measures one thing up to `rounds` times, and no more once it has taken longer than `most` in all.
pub(crate) fn within(rounds: usize, most: Duration, work: Work<'_>) -> Result<Times, Failure> {
    let mut times = Vec::new();
    while times.len() < rounds && times.iter().sum::<Duration>() <= most {
        times.push(work()?);
    }
    Ok(Times(times))
}

/// How long `work` takes; what it made is thrown away after the clock has stopped.
pub(crate) fn clock<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<Duration, Failure>
where
    Failure: From<E>,
{
    let start = Instant::now();
    let made = work();
    let took = start.elapsed();
    made?;
    Ok(took)
}
