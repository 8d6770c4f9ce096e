//! `PageRank` (Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X).

use crate::{Csr, Error, Graph, Job, Result, parallel};

/// Iterations after which a call gives up.
const LIMIT: usize = 10_000;
/// The sum of all changes at which it has converged; the scores sum to 1.
const TOLERANCE: f64 = 1e-15;
/// Actors that are updated in one go.
const BLOCK: usize = 1 << 13;

/// Share of time a random walker spends at each actor who follows an outgoing tie (in proportion
/// to its value) with probability `damping` and else goes anywhere; from an actor without outgoing
/// ties always anywhere. Sums to 1.
///
/// Each step of the power iteration changes the scores by at most `damping` times the change before,
/// in all: it stops when that is next to nothing, or no longer falls because rounding is all that is left.
///
/// # Complexity
/// O(m) per iteration; about log(1e-16) ÷ log(damping) iterations.
///
/// # Errors
/// [`Error::Argument`] for a damping outside [0, 1); [`Error::Signed`]; [`Error::Convergence`];
/// [`Error::Interrupted`].
pub fn pagerank(graph: &Graph, damping: f64, job: &Job) -> Result<Vec<f64>> {
    if !(0.0..1.0).contains(&damping) {
        return Err(Error::Argument {
            argument: "damping",
            expected: "at least 0 and below 1",
            found: damping.to_string(),
        });
    }
    if graph.is_signed() {
        return Err(Error::Signed { measure: "pagerank" });
    }
    let n = graph.n();
    let walk = Walk::new(graph, damping);
    let mut scores = vec![1.0 / n as f64; n];
    let mut next = vec![0.0; n];
    let mut change = f64::INFINITY;
    for _ in 0..LIMIT {
        let before = change;
        change = walk.step(&scores, &mut next, job)?;
        std::mem::swap(&mut scores, &mut next);
        if change <= TOLERANCE || change >= before {
            let total: f64 = scores.iter().sum();
            return Ok(scores.into_iter().map(|score| score / total).collect());
        }
    }
    Err(Error::Convergence {
        measure: "pagerank",
        iterations: LIMIT,
        change,
        remedy: "Choose a damping further below 1",
    })
}

/// What a step of the walk needs.
struct Walk<'a> {
    incoming: &'a Csr,
    /// Sums of the values of outgoing ties.
    out: Vec<f64>,
    damping: f64,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a Graph, damping: f64) -> Self {
        let lists = graph.out();
        let out = match lists.values() {
            Some(_) => (0..graph.n()).map(|actor| lists.valued(actor).map(|(_, value)| value).sum()).collect(),
            None => (0..graph.n()).map(|actor| lists.degree(actor) as f64).collect(),
        };
        Self { incoming: graph.incoming(), out, damping }
    }

    /// Writes the scores after a step from `scores`, and gives the sum of the changes.
    fn step(&self, scores: &[f64], next: &mut [f64], job: &Job) -> Result<f64> {
        let n = scores.len();
        let passed: Vec<f64> =
            scores.iter().zip(&self.out).map(|(score, out)| if *out > 0.0 { score / out } else { 0.0 }).collect();
        let stuck: f64 = scores.iter().zip(&self.out).filter(|(_, out)| **out <= 0.0).map(|(score, _)| score).sum();
        let anywhere = (1.0 - self.damping + self.damping * stuck) / n as f64;
        parallel::fill(job, next, BLOCK, &|first, part| {
            for (actor, score) in (first..).zip(part) {
                *score = anywhere + self.damping * self.incoming.product(actor, &passed);
            }
            Ok(())
        })?;
        Ok(next.iter().zip(scores).map(|(new, old)| (new - old).abs()).sum())
    }
}
