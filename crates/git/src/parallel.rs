//! The same work for each item of a list, on all cores. File systems answer several at once.

use std::num::NonZero;

/// Fewer are not worth a thread.
const ITEMS_PER_THREAD: usize = 256;
/// More wait for each other.
const MOST_THREADS: usize = 8;

/// `work` for each chunk of neighbours; the results in the order of the items.
pub(crate) fn in_chunks<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(MOST_THREADS).min(items.len() / ITEMS_PER_THREAD);
    if threads < 2 {
        return work(items);
    }
    let (first, rest) = items.split_at(items.len() / threads);
    std::thread::scope(|scope| {
        let running: Vec<_> = rest
            .chunks(rest.len().div_ceil(threads - 1))
            .map(|chunk| (chunk, scope.spawn(|| work(chunk))))
            .collect();
        let mut done = work(first);
        for (chunk, thread) in running {
            // A thread that could not finish leaves its part to this one.
            done.extend(thread.join().unwrap_or_else(|_| work(chunk)));
        }
        done
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_stays() {
        let items: Vec<usize> = (0..5000).collect();
        let double = |chunk: &[usize]| chunk.iter().map(|n| n * 2).collect();
        let expected: Vec<usize> = items.iter().map(|n| n * 2).collect();
        assert_eq!(super::in_chunks(&items, double), expected);
    }
}
