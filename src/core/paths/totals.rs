//! What a pass of searches tells about each actor, for all measures that add distances up.

use std::ops::Range;

use super::{BATCH, Distance, Lengths, from_source, lists, sweep, valued_lists};
use crate::{Direction, Graph, Job, Result, parallel};

/// The distances from one actor to the others (or to some of them), in sums.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Total {
    /// How many it reaches.
    pub reached: f64,
    /// The sum of the distances to them.
    pub sum: f64,
    /// The sum of 1 ÷ distance.
    pub inverse: f64,
    /// The longest of the distances; 0 when it reaches nobody.
    pub longest: f64,
}

impl Total {
    fn add(&mut self, count: f64, distance: f64) {
        self.reached += count;
        self.sum += count * distance;
        self.inverse += count / distance;
        self.longest = self.longest.max(distance);
    }

    fn merge(&mut self, other: &Self) {
        self.reached += other.reached;
        self.sum += other.sum;
        self.inverse += other.inverse;
        self.longest = self.longest.max(other.longest);
    }
}

/// Sums up the distances in steps between each actor and `others` (everybody if `None`); `Out` follows ties from
/// the actor, `In` towards it, `All` ignores direction.
///
/// # Complexity
/// O(k·m ÷ 64) word operations at best for k others, O(n) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn totals(graph: &Graph, direction: Direction, others: Option<&[u32]>, job: &Job) -> Result<Vec<Total>> {
    let n = graph.n();
    // A sweep backwards from 64 actors adds to each vertex its distances *to* them: one addition per vertex and
    // level for all 64.
    let lists = lists(graph, direction.reversed());
    let everybody: Vec<u32>;
    let others = if let Some(some) = others {
        some
    } else {
        everybody = (0..n as u32).collect();
        &everybody
    };
    job.start(others.len() as u64);
    let leaf = |range: Range<usize>| {
        let mut share = vec![Total::default(); n];
        let count = range.len() as u64;
        sweep(&lists, &others[range], job, |level, vertex, mask| {
            share[vertex].add(f64::from(mask.count_ones()), f64::from(level));
        })?;
        job.advance(count);
        Ok(share)
    };
    let merge = |mut left: Vec<Total>, right: Vec<Total>| {
        left.iter_mut().zip(&right).for_each(|(total, share)| total.merge(share));
        left
    };
    Ok(parallel::reduce(job, others.len(), BATCH, &leaf, &merge)?.unwrap_or_else(|| vec![Total::default(); n]))
}

/// As [`totals`], of distances over tie lengths and to everybody.
///
/// # Complexity
/// O(n·(m + n log n)).
///
/// # Errors
/// [`Error::Argument`](crate::Error::Argument) for values that give no length;
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn totals_by_length(graph: &Graph, direction: Direction, distance: Distance, job: &Job) -> Result<Vec<Total>> {
    let n = graph.n();
    let lists = valued_lists(graph, direction)?;
    let lengths = Lengths::new(lists, distance)?;
    job.start(n as u64);
    let mut all = vec![Total::default(); n];
    let write = |first: usize, part: &mut [Total]| {
        let mut found = vec![0.0; n];
        for (offset, total) in part.iter_mut().enumerate() {
            from_source(lists, &lengths, first + offset, &mut found, job)?;
            found
                .iter()
                .filter(|length| length.is_finite() && **length > 0.0)
                .for_each(|length| total.add(1.0, *length));
            job.advance(1);
        }
        Ok(())
    };
    parallel::fill(job, &mut all, BATCH, &write)?;
    Ok(all)
}
