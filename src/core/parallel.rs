//! Parallel work whose result does not depend on the number of threads.
//!
//! Work is cut into blocks of a fixed size. Blocks run in any order on any thread, but their
//! results are merged along one fixed tree, so floating-point sums have the same bits on 1, 2 or
//! 64 threads.

use std::ops::Range;

use rayon::prelude::*;

use crate::{Error, Job, Result};

/// Runs `work` on a pool of the job's threads; on the caller's thread when that is one.
///
/// The pool lives as long as the call, so a `fork()` between calls is safe.
///
/// # Errors
/// [`Error::Threads`] when the operating system refuses the threads; else what `work` returns.
pub fn install<T: Send>(job: &Job, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    if job.threads() == 1 {
        return work();
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(job.threads())
        .build()
        .map_err(|error| Error::Threads { reason: error.to_string() })?;
    pool.install(work)
}

/// Applies `leaf` to blocks of `block` consecutive items of `0..count` and merges the results
/// pairwise along a fixed tree; `None` when `count` is 0.
///
/// # Errors
/// The first error in tree order, or [`Error::Interrupted`].
pub fn reduce<T, L, M>(job: &Job, count: usize, block: usize, leaf: &L, merge: &M) -> Result<Option<T>>
where
    T: Send,
    L: Fn(Range<usize>) -> Result<T> + Sync,
    M: Fn(T, T) -> T + Sync,
{
    if count == 0 {
        return Ok(None);
    }
    let blocks = count.div_ceil(block.max(1));
    let run = Tree { job, count, block: block.max(1), leaf, merge };
    install(job, || run.node(0..blocks)).map(Some)
}

/// Adds up vectors of length `len`: `leaf` adds the share of a block of items to a zeroed vector.
///
/// # Errors
/// The first error in tree order, or [`Error::Interrupted`].
pub fn sum<L>(job: &Job, count: usize, block: usize, len: usize, leaf: &L) -> Result<Vec<f64>>
where
    L: Fn(Range<usize>, &mut [f64]) -> Result<()> + Sync,
{
    let leaf = |range: Range<usize>| {
        let mut share = vec![0.0; len];
        leaf(range, &mut share).map(|()| share)
    };
    let merge = |mut left: Vec<f64>, right: Vec<f64>| {
        left.iter_mut().zip(&right).for_each(|(sum, value)| *sum += value);
        left
    };
    Ok(reduce(job, count, block, &leaf, &merge)?.unwrap_or_else(|| vec![0.0; len]))
}

/// Fills `output` in chunks of `chunk` entries: `fill(first, part)` writes the part that starts at
/// index `first`. Each entry has one writer, so the result cannot depend on threads.
///
/// # Errors
/// An error of `fill`, or [`Error::Interrupted`].
pub fn fill<T, F>(job: &Job, output: &mut [T], chunk: usize, fill: &F) -> Result<()>
where
    T: Send,
    F: Fn(usize, &mut [T]) -> Result<()> + Sync,
{
    fn split<T, F>(job: &Job, first: usize, part: &mut [T], chunk: usize, fill: &F) -> Result<()>
    where
        T: Send,
        F: Fn(usize, &mut [T]) -> Result<()> + Sync,
    {
        job.check()?;
        if part.len() <= chunk {
            return fill(first, part);
        }
        let middle = part.len().div_ceil(chunk) / 2 * chunk;
        let (left, right) = part.split_at_mut(middle);
        let (a, b) =
            join(job, || split(job, first, left, chunk, fill), || split(job, first + middle, right, chunk, fill));
        a.and(b)
    }
    if output.is_empty() {
        return Ok(());
    }
    install(job, || split(job, 0, output, chunk.max(1), fill))
}

/// Runs `work` on each of `items`: side by side inside [`install`], one after the other outside.
/// Nothing but the order of side effects depends on it.
///
/// # Errors
/// An error of `work`, or [`Error::Interrupted`].
pub fn each<T: Send>(job: &Job, items: Vec<T>, work: impl Fn(T) -> Result<()> + Sync) -> Result<()> {
    let work = |item| job.check().and_then(|()| work(item));
    if is_installed(job) {
        items.into_par_iter().with_max_len(1).try_for_each(work)
    } else {
        items.into_iter().try_for_each(work)
    }
}

/// Whether the caller stands inside [`install`] with more than one thread.
pub(crate) fn is_installed(job: &Job) -> bool {
    job.threads() > 1 && rayon::current_thread_index().is_some()
}

fn join<A: Send, B: Send>(job: &Job, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    if job.threads() == 1 { (a(), b()) } else { rayon::join(a, b) }
}

struct Tree<'a, L, M> {
    job: &'a Job,
    count: usize,
    block: usize,
    leaf: &'a L,
    merge: &'a M,
}

impl<L, M> Tree<'_, L, M> {
    fn node<T>(&self, blocks: Range<usize>) -> Result<T>
    where
        T: Send,
        L: Fn(Range<usize>) -> Result<T> + Sync,
        M: Fn(T, T) -> T + Sync,
    {
        self.job.check()?;
        if blocks.len() == 1 {
            let first = blocks.start * self.block;
            return (self.leaf)(first..(first + self.block).min(self.count));
        }
        let middle = blocks.start + blocks.len() / 2;
        let (left, right) = join(self.job, || self.node(blocks.start..middle), || self.node(middle..blocks.end));
        Ok((self.merge)(left?, right?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_equal_bits_on_any_number_of_threads() {
        let leaf = |range: Range<usize>, share: &mut [f64]| {
            for item in range {
                share[item % 3] += 1.0 / (item as f64 + 0.1);
            }
            Ok(())
        };
        let one = sum(&Job::new(1), 10_001, 64, 3, &leaf).unwrap();
        for threads in [2, 3, 8] {
            assert_eq!(sum(&Job::new(threads), 10_001, 64, 3, &leaf).unwrap(), one);
        }
    }

    #[test]
    fn fill_visits_every_entry_once() {
        let mut output = vec![0_usize; 1003];
        let write = |first: usize, part: &mut [usize]| {
            part.iter_mut().enumerate().for_each(|(offset, entry)| *entry += first + offset);
            Ok(())
        };
        fill(&Job::new(2), &mut output, 17, &write).unwrap();
        assert!(output.iter().enumerate().all(|(index, entry)| index == *entry));
    }

    #[test]
    fn a_cancelled_job_stops() {
        let job = Job::new(2);
        job.cancel();
        let result = sum(&job, 10, 1, 1, &|_, _| Ok(()));
        assert!(matches!(result, Err(Error::Interrupted)));
    }
}
