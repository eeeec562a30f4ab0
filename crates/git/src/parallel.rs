//! The same work for each item of a list, on all cores. File systems answer several at once.

use std::num::NonZero;

/// Fewer are not worth a thread.
const ITEMS_PER_THREAD: usize = 256;
/// More only wait for each other.
const MOST_THREADS: usize = 8;

/// How many threads can do something at the same time.
pub(crate) fn threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    cores.min(MOST_THREADS)
}

/// `work` for each chunk of neighbours; the results in the order of the items.
pub(crate) fn in_chunks<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
    in_chunks_of(items, ITEMS_PER_THREAD, work)
}

/// The same where so many items are worth a thread.
pub(crate) fn in_chunks_of<T: Sync, R: Send>(
    items: &[T],
    worth: usize,
    work: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let threads = threads().min(items.len() / worth);
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

/// `work`, which waits for the disk, for each item. A disk that is asked for much at once is done with all of it sooner
/// than with one after the other, however few cores there are. The results in the order of the items, or the first
/// error, after all threads have ended.
pub(crate) fn at_once<T: Sync, R: Send, E: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let all = |chunk: &[T]| chunk.iter().map(&work).collect::<Result<Vec<R>, E>>();
    if items.len() < 2 {
        return all(items);
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = items
            .chunks(items.len().div_ceil(MOST_THREADS))
            .map(|chunk| (chunk, scope.spawn(|| all(chunk))))
            .collect();
        let ended = running
            .into_iter()
            .map(|(chunk, thread)| thread.join().unwrap_or_else(|_| all(chunk)));
        let ended: Vec<Result<Vec<R>, E>> = ended.collect();
        let parts: Result<Vec<Vec<R>>, E> = ended.into_iter().collect();
        Ok(parts?.into_iter().flatten().collect())
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn everything_is_done_and_an_error_is_told() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        for many in [0, 1, 2, 7, 8, 9, 100] {
            let items: Vec<usize> = (0..many).collect();
            let done = AtomicUsize::new(0);
            let work = |n: &usize| {
                done.fetch_add(1, Ordering::Relaxed);
                if *n == many / 2 { Err(*n) } else { Ok(*n) }
            };
            let expected = if many == 0 { Ok(Vec::new()) } else { Err(many / 2) };
            assert_eq!(super::at_once(&items, work), expected, "{many}");
            let well = |n: &usize| Ok::<usize, ()>(*n);
            assert_eq!(super::at_once(&items, well), Ok(items));
        }
    }

    #[test]
    fn the_order_stays() {
        let items: Vec<usize> = (0..5000).collect();
        let double = |chunk: &[usize]| chunk.iter().map(|n| n * 2).collect();
        let expected: Vec<usize> = items.iter().map(|n| n * 2).collect();
        assert_eq!(super::in_chunks(&items, double), expected);
    }
}
