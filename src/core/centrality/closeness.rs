//! Closeness (Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Wasserman & Faust 1994, p. 198-201).

use std::ops::Range;

use crate::paths::{self, BATCH, Distance, Lengths};
use crate::{Direction, Graph, Job, Result, parallel};

/// What an actor that can't be reached counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// Nothing: reached ÷ sum of distances to the reached; `NaN` where nobody is reached.
    Ignore,
    /// The same times reached ÷ (n − 1); 0 where nobody is reached.
    Scale,
    /// A distance of n: (n − 1) ÷ sum.
    N,
    /// One more than the longest distance in the network: (n − 1) ÷ sum; `NaN` in a network without
    /// any distance.
    MaxPlusOne,
}

/// How many actors each one reaches, and the sum of the distances to them.
struct Totals {
    reached: Vec<f64>,
    sum: Vec<f64>,
    longest: f64,
}

/// Closeness in steps; `Out` follows ties from the actor, `In` towards it, `All` ignores direction.
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best, O(n + m) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn closeness(graph: &Graph, direction: Direction, unreachable: Unreachable, job: &Job) -> Result<Vec<f64>> {
    let totals = totals_in_steps(graph, direction, job)?;
    Ok(scores(graph.n(), &totals, unreachable))
}

/// Closeness over tie lengths; see [`closeness`].
///
/// # Complexity
/// O(n·(m + n log n)).
///
/// # Errors
/// [`Error::Argument`](crate::Error::Argument) for values that give no length;
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn closeness_by_length(
    graph: &Graph,
    direction: Direction,
    unreachable: Unreachable,
    distance: Distance,
    job: &Job,
) -> Result<Vec<f64>> {
    let totals = totals_by_length(graph, direction, distance, job)?;
    Ok(scores(graph.n(), &totals, unreachable))
}

fn scores(n: usize, totals: &Totals, unreachable: Unreachable) -> Vec<f64> {
    let others = n as f64 - 1.0;
    let score = |(&reached, &sum): (&f64, &f64)| match unreachable {
        Unreachable::Ignore => reached / sum,
        Unreachable::Scale if reached == 0.0 => 0.0,
        Unreachable::Scale => reached / sum * (reached / others),
        Unreachable::MaxPlusOne if totals.longest == 0.0 => f64::NAN,
        Unreachable::N => others / (sum + (others - reached) * n as f64),
        Unreachable::MaxPlusOne => others / (sum + (others - reached) * (totals.longest + 1.0)),
    };
    totals.reached.iter().zip(&totals.sum).map(score).collect()
}

/// A sweep backwards from 64 actors adds to each vertex its distances *to* them: one addition per
/// vertex and level for all 64. Counts and sums of steps are whole numbers, exact in `f64`.
fn totals_in_steps(graph: &Graph, direction: Direction, job: &Job) -> Result<Totals> {
    let n = graph.n();
    let lists = paths::lists(graph, direction.reversed());
    job.start(n as u64);
    let leaf = |range: Range<usize>| {
        let mut share = Totals::new(n);
        let sources: Vec<u32> = (range.start as u32..range.end as u32).collect();
        paths::sweep(&lists, &sources, job, |level, vertex, mask| {
            let (count, level) = (f64::from(mask.count_ones()), f64::from(level));
            share.reached[vertex] += count;
            share.sum[vertex] += count * level;
            share.longest = share.longest.max(level);
        })?;
        job.advance(range.len() as u64);
        Ok(share)
    };
    Ok(parallel::reduce(job, n, BATCH, &leaf, &Totals::merge)?.unwrap_or_else(|| Totals::new(n)))
}

fn totals_by_length(graph: &Graph, direction: Direction, distance: Distance, job: &Job) -> Result<Totals> {
    let n = graph.n();
    let lists = paths::valued_lists(graph, direction)?;
    let lengths = Lengths::new(lists, distance)?;
    job.start(n as u64);
    let leaf = |range: Range<usize>| {
        let mut share = Totals::new(n);
        let mut found = vec![0.0; n];
        for source in range {
            paths::from_source(lists, &lengths, source, &mut found, job)?;
            for length in found.iter().filter(|length| length.is_finite() && **length > 0.0) {
                share.reached[source] += 1.0;
                share.sum[source] += length;
                share.longest = share.longest.max(*length);
            }
            job.advance(1);
        }
        Ok(share)
    };
    Ok(parallel::reduce(job, n, BATCH, &leaf, &Totals::merge)?.unwrap_or_else(|| Totals::new(n)))
}

impl Totals {
    fn new(n: usize) -> Self {
        Self { reached: vec![0.0; n], sum: vec![0.0; n], longest: 0.0 }
    }

    #[expect(clippy::needless_pass_by_value, reason = "a step of a reduction takes both")]
    fn merge(mut self, other: Self) -> Self {
        self.reached.iter_mut().zip(&other.reached).for_each(|(total, share)| *total += share);
        self.sum.iter_mut().zip(&other.sum).for_each(|(total, share)| *total += share);
        self.longest = self.longest.max(other.longest);
        self
    }
}
