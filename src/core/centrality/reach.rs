//! Reach: how many others are within some steps (Borgatti, Everett & Johnson 2013, Analyzing Social Networks).

use std::ops::Range;

use crate::paths::{self, BATCH};
use crate::{Direction, Graph, Job, Result, parallel};

/// Number of others within `steps` of each actor.
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best, O(n) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn reach(graph: &Graph, direction: Direction, steps: u32, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    let lists = paths::lists(graph, direction.reversed());
    job.start(n as u64);
    parallel::sum(job, n, BATCH, n, &|range: Range<usize>, counts| {
        let sources: Vec<u32> = (range.start as u32..range.end as u32).collect();
        paths::sweep_within(&lists, &sources, steps, job, |_, vertex, mask| {
            counts[vertex] += f64::from(mask.count_ones());
        })?;
        job.advance(range.len() as u64);
        Ok(())
    })
}
