//! Harmonic closeness (Marchiori & Latora 2000, doi:10.1016/S0378-4371(00)00311-3; Rochat 2009).

use std::ops::Range;

use crate::paths::{self, BATCH, Distance, Lengths};
use crate::{Direction, Graph, Job, Result, parallel};

/// Sum of 1 ÷ distance to every other actor, 0 for those that can't be reached; directions as in
/// [`closeness`](crate::centrality::closeness). Normalised: ÷ (n − 1).
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best, O(n) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn harmonic(graph: &Graph, direction: Direction, normalized: bool, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    let lists = paths::lists(graph, direction.reversed());
    job.start(n as u64);
    // As in closeness: a sweep backwards from 64 actors serves every vertex that reaches them.
    let share = |range: Range<usize>, sums: &mut [f64]| {
        let sources: Vec<u32> = (range.start as u32..range.end as u32).collect();
        paths::sweep(&lists, &sources, job, |level, vertex, mask| {
            sums[vertex] += f64::from(mask.count_ones()) / f64::from(level);
        })?;
        job.advance(range.len() as u64);
        Ok(())
    };
    Ok(scaled(parallel::sum(job, n, BATCH, n, &share)?, normalized))
}

/// Harmonic closeness over tie lengths; see [`harmonic`].
///
/// # Complexity
/// O(n·(m + n log n)).
///
/// # Errors
/// [`Error::Argument`](crate::Error::Argument) for values that give no length;
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn harmonic_by_length(
    graph: &Graph,
    direction: Direction,
    normalized: bool,
    distance: Distance,
    job: &Job,
) -> Result<Vec<f64>> {
    let n = graph.n();
    let lists = paths::valued_lists(graph, direction)?;
    let lengths = Lengths::new(lists, distance)?;
    job.start(n as u64);
    let mut sums = vec![0.0; n];
    let write = |first: usize, part: &mut [f64]| {
        let mut found = vec![0.0; n];
        for (offset, score) in part.iter_mut().enumerate() {
            paths::from_source(lists, &lengths, first + offset, &mut found, job)?;
            // The sum of nothing is -0, which would show.
            *score = 0.0 + found.iter().filter(|length| **length > 0.0).map(|length| length.recip()).sum::<f64>();
            job.advance(1);
        }
        Ok(())
    };
    parallel::fill(job, &mut sums, BATCH, &write)?;
    Ok(scaled(sums, normalized))
}

fn scaled(mut scores: Vec<f64>, normalized: bool) -> Vec<f64> {
    if normalized {
        let others = scores.len() as f64 - 1.0;
        scores.iter_mut().for_each(|score| *score /= others);
    }
    scores
}
