//! Shortest-path betweenness (Freeman 1977, doi:10.2307/3033543), by dependency accumulation
//! (Brandes 2001, doi:10.1080/0022250X.2001.9990249; Brandes 2008, doi:10.1016/j.socnet.2007.11.001).
//!
//! Undirected graphs are first stripped of hanging trees, whose shares have a closed form
//! ([`reduced`]). What remains is swept from every vertex: from 16 or 8 sources at a time
//! ([`lanes`]) where their searches run through the same vertices at the same distances, else from
//! one after the other ([`scalar`]); over tie lengths by Dijkstra's algorithm ([`weighted`]).

mod lanes;
mod reduced;
mod sampled;
mod scalar;
#[cfg(test)]
mod tests;
mod weighted;

use std::ops::Range;
use std::sync::Mutex;

use crate::paths::{Distance, Lengths};
use crate::{Error, Graph, Job, Result, parallel};
use lanes::Lanes;
use reduced::Reduced;
pub use sampled::{Effort, Sampled, betweenness_sampled};
use scalar::Scalar;
use weighted::Weighted;

/// Partial sums are merged from this many blocks of sources, or fewer.
const BLOCKS: usize = 256;

/// Sources per unit of work; a multiple of every number of lanes.
const BATCH: usize = 16;

/// Vertices up to which there are 16 lanes (rows of 128 bytes), and up to which there are 8: three
/// rows per vertex and thread come to 400 MB.
const MANY_LANES: usize = 1 << 16;
const FEW_LANES: usize = 1 << 21;

/// From how much [`overlap`](Lanes::overlap) on lanes beat one source after the other: measured on
/// lattices, rings, random, geometric and power-law graphs.
const WORTHWHILE: f64 = 2.2;

/// For each actor, the sum over pairs of other actors of the share of their shortest paths that
/// pass through it, paths counted in steps.
///
/// Pairs are unordered in an undirected graph and ordered in a directed one; pairs without a path
/// count 0. Normalised: ÷ (n − 1)(n − 2), half of it in an undirected graph (`NaN` for n < 3).
/// Tie values are not read. Numbers of paths are `f64`: exact up to 2⁵³, then rounded.
///
/// ```
/// use wholenet_core::{centrality, Csr, Graph, Job};
///
/// // A cycle of four: each actor lies on one of two paths between its neighbours.
/// let ties = Csr::new(vec![0, 2, 4, 6, 8], vec![1, 3, 0, 2, 1, 3, 0, 2], None);
/// let scores = centrality::betweenness(&Graph::new(false, ties, vec![]), false, &Job::inline())?;
/// assert_eq!(scores, [0.5; 4]);
/// # Ok::<(), wholenet_core::Error>(())
/// ```
///
/// # Complexity
/// O(n·m) time; O(n + m) memory, and up to 400 bytes per actor and thread.
///
/// # Errors
/// [`Error::Argument`] if two actors have more shortest paths than an `f64` holds (10³⁰⁸);
/// [`Error::Threads`]; [`Error::Interrupted`].
pub fn betweenness(graph: &Graph, normalized: bool, job: &Job) -> Result<Vec<f64>> {
    job.start(graph.n() as u64);
    let reduced = Reduced::new(graph, None, job)?;
    let sums = match reduced.n() {
        n if n <= MANY_LANES => sweep_lanes::<16>(&reduced, job)?,
        n if n <= FEW_LANES => sweep_lanes::<8>(&reduced, job)?,
        _ => sweep::<Scalar>(&reduced, None, job)?,
    };
    scores(graph, &reduced, &sums, normalized)
}

/// As [`betweenness`], with shortest paths by the sum of their ties' lengths.
///
/// Two paths count as equally short if their lengths differ by less than 10⁻¹² of the length:
/// sums of reciprocals that are equal on paper differ in their last bits.
///
/// # Complexity
/// O(n·m·log n) time; O(n + m) memory, and 50 bytes per actor and thread.
///
/// # Errors
/// [`Error::Argument`] when a value gives no length that is finite and above 0, and as
/// [`betweenness`].
pub fn betweenness_by_length(graph: &Graph, distance: Distance, normalized: bool, job: &Job) -> Result<Vec<f64>> {
    job.start(graph.n() as u64);
    let lengths = Lengths::new(graph.out(), distance)?;
    let reduced = Reduced::new(graph, Some(&lengths), job)?;
    let sums = sweep::<Weighted>(&reduced, None, job)?;
    scores(graph, &reduced, &sums, normalized)
}

/// One way to accumulate dependencies; an instance is the working memory of one thread.
trait Sweep: Send {
    fn new(reduced: &Reduced) -> Self;

    /// Adds to `share[v - span.start]`, for all v other than the source itself, the dependencies of
    /// the sources on v, Σ weight(s)·δ(v); `span` holds whatever the sources reach. After an error
    /// the instance is unusable.
    fn run(
        &mut self,
        reduced: &Reduced,
        sources: &[u32],
        span: Range<usize>,
        share: &mut [f64],
        job: &Job,
    ) -> Result<()>;
}

/// The sums over the sources of one block; vertices outside the span have none.
struct Share {
    span: Range<usize>,
    sums: Vec<f64>,
}

impl Share {
    /// Blocks are in order of components, so `other` starts no earlier and mostly overlaps little.
    fn merge(mut self, other: &Self) -> Self {
        self.span.end = self.span.end.max(other.span.end);
        self.sums.resize(self.span.len(), 0.0);
        let first = other.span.start - self.span.start;
        self.sums[first..].iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self
    }
}

/// Sweeps from `L` sources at a time, or from one where that is no gain; the graph alone decides.
fn sweep_lanes<const L: usize>(reduced: &Reduced, job: &Job) -> Result<Share> {
    let mut lanes = Lanes::<L>::new(reduced);
    if lanes.overlap(reduced, job)? < WORTHWHILE {
        drop(lanes);
        return sweep::<Scalar>(reduced, None, job);
    }
    sweep(reduced, Some(lanes), job)
}

/// Runs the sweeps from all sources, with `first` as one thread's memory; the blocks, and so the
/// bits, depend on the graph alone.
fn sweep<S: Sweep>(reduced: &Reduced, first: Option<S>, job: &Job) -> Result<Share> {
    let sources = reduced.sources();
    let block = sources.len().div_ceil(BATCH).div_ceil(BLOCKS) * BATCH;
    let idle: Mutex<Vec<S>> = Mutex::new(first.into_iter().collect());
    let pop = || idle.lock().ok().and_then(|mut idle| idle.pop());
    let leaf = |range: Range<usize>| {
        let sources = &sources[range];
        let span = reduced.span(sources);
        let mut sums = vec![0.0; span.len()];
        let mut state = pop().unwrap_or_else(|| S::new(reduced));
        for batch in sources.chunks(BATCH) {
            job.check()?;
            let part = reduced.span(batch);
            let share = &mut sums[part.start - span.start..part.end - span.start];
            state.run(reduced, batch, part, share, job)?;
            job.advance(batch.len() as u64);
        }
        if let Ok(mut idle) = idle.lock() {
            idle.push(state);
        }
        Ok(Share { span, sums })
    };
    let all = parallel::reduce(job, sources.len(), block, &leaf, &|left: Share, right: Share| left.merge(&right))?;
    Ok(all.unwrap_or(Share { span: 0..0, sums: Vec::new() }))
}

/// Puts the sums back in the order of actors, adds the shares of the hanging trees, and scales.
fn scores(graph: &Graph, reduced: &Reduced, share: &Share, normalized: bool) -> Result<Vec<f64>> {
    let n = graph.n() as f64;
    // A sweep meets both orders of each pair.
    let halves = if graph.directed() { 1.0 } else { 0.5 };
    let pairs = (n - 1.0) * (n - 2.0) * halves;
    let mut scores = reduced.folded().to_vec();
    for (vertex, sum) in share.span.clone().zip(&share.sums) {
        scores[reduced.actor(vertex)] += sum * halves;
    }
    // A number of paths that overflows makes its vertex' dependency ∞ or ∞·0.
    if scores.iter().any(|score| !score.is_finite()) {
        return Err(Error::Argument {
            argument: "network",
            expected: "one where no two actors have more than 1e308 shortest paths",
            found: "one where some have".to_string(),
        });
    }
    if normalized {
        scores.iter_mut().for_each(|score| *score = if n < 3.0 { f64::NAN } else { *score / pairs });
    }
    Ok(scores)
}
