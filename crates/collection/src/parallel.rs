//! The same work for each item of a list, on all cores.

use std::num::NonZero;

/// Fewer are not worth a thread.
const ITEMS_PER_THREAD: usize = 64;

/// `work` for each item; the results in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(items.len() / ITEMS_PER_THREAD);
    let all = |chunk: &[T]| chunk.iter().map(&work).collect::<Vec<R>>();
    if threads < 2 {
        return all(items);
    }
    std::thread::scope(|scope| {
        let chunks = items.chunks(items.len().div_ceil(threads));
        let running: Vec<_> = chunks.map(|chunk| (chunk, scope.spawn(|| all(chunk)))).collect();
        // A thread that could not finish leaves its part to this one.
        let done = running
            .into_iter()
            .map(|(chunk, thread)| thread.join().unwrap_or_else(|_| all(chunk)));
        done.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_stays() {
        let items: Vec<usize> = (0..1000).collect();
        let expected: Vec<usize> = items.iter().map(|n| n * 2).collect();
        assert_eq!(super::map(&items, |n| n * 2), expected);
    }
}
