//! Geodesic distances and what follows from them.

use std::ops::Range;

use crate::paths::{self, BATCH, Distance, Lengths};
use crate::{Direction, Error, Graph, Job, Result, parallel};

/// Steps on the shortest path from each actor (row) to each (column), row by row; infinite where
/// there is none, 0 on the diagonal.
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best, n² numbers.
///
/// # Errors
/// [`Error::TooManyActors`] above 2³² cells; [`Error::Interrupted`].
pub fn distances(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    let mut matrix = square(n)?;
    let lists = paths::lists(graph, Direction::Out);
    job.start(n as u64);
    let write = |first: usize, rows: &mut [f64]| {
        let sources: Vec<u32> = (first / n..(first + rows.len()) / n).map(|actor| actor as u32).collect();
        for (row, &source) in sources.iter().enumerate() {
            rows[row * n + source as usize] = 0.0;
        }
        paths::sweep(&lists, &sources, job, |level, vertex, mut mask| {
            while mask != 0 {
                rows[mask.trailing_zeros() as usize * n + vertex] = f64::from(level);
                mask &= mask - 1;
            }
        })?;
        job.advance(sources.len() as u64);
        Ok(())
    };
    parallel::fill(job, &mut matrix, n * BATCH, &write)?;
    Ok(matrix)
}

/// Shortest lengths, as [`distances`].
///
/// # Errors
/// [`Error::Argument`] for values that give no length; else as [`distances`].
pub fn distances_by_length(graph: &Graph, distance: Distance, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    let mut matrix = square(n)?;
    let lengths = Lengths::new(graph.out(), distance)?;
    job.start(n as u64);
    let write = |first: usize, rows: &mut [f64]| {
        for (offset, row) in rows.chunks_mut(n).enumerate() {
            paths::from_source(graph.out(), &lengths, first / n + offset, row, job)?;
            job.advance(1);
        }
        Ok(())
    };
    parallel::fill(job, &mut matrix, n * BATCH, &write)?;
    Ok(matrix)
}

fn square(n: usize) -> Result<Vec<f64>> {
    let cells = n.checked_mul(n).filter(|cells| *cells <= 1 << 32);
    Ok(vec![f64::INFINITY; cells.ok_or(Error::TooManyActors { found: n as u64 })?])
}

/// How many ordered pairs of different actors are how many steps apart: entry d counts the pairs at
/// distance d; entry 0 is 0. Pairs without a path count nowhere.
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best, O(n) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn distance_counts(graph: &Graph, job: &Job) -> Result<Vec<u64>> {
    let n = graph.n();
    let lists = paths::lists(graph, Direction::Out);
    job.start(n as u64);
    let leaf = |range: Range<usize>| {
        let mut share = vec![0_u64];
        let sources: Vec<u32> = (range.start as u32..range.end as u32).collect();
        paths::sweep(&lists, &sources, job, |level, _, mask| {
            if level as usize == share.len() {
                share.push(0);
            }
            share[level as usize] += u64::from(mask.count_ones());
        })?;
        job.advance(range.len() as u64);
        Ok(share)
    };
    let merge = |mut a: Vec<u64>, mut b: Vec<u64>| {
        if a.len() < b.len() {
            std::mem::swap(&mut a, &mut b);
        }
        a.iter_mut().zip(&b).for_each(|(sum, share)| *sum += share);
        a
    };
    Ok(parallel::reduce(job, n, BATCH, &leaf, &merge)?.unwrap_or_else(|| vec![0]))
}
