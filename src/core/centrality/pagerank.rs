//! `PageRank` (Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X).

use crate::{Error, Graph, Job, Result};

/// Iterations after which a call gives up.
const LIMIT: usize = 10_000;

/// Share of time a random walker spends at each actor who follows an outgoing tie (in proportion
/// to its value) with probability `damping` and else goes anywhere; from an actor without outgoing
/// ties always anywhere. Sums to 1.
///
/// Each step of the power iteration changes the scores by at most `damping` times the change before,
/// in all, until rounding is all that is left of the change: it stops when the change no longer falls.
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
    let out: Vec<f64> = (0..n).map(|actor| graph.out().valued(actor).map(|(_, value)| value).sum()).collect();
    let mut scores = vec![1.0 / n as f64; n];
    let mut change = f64::INFINITY;
    for _ in 0..LIMIT {
        job.check()?;
        let next = step(graph, &out, &scores, damping);
        let before = change;
        change = next.iter().zip(&scores).map(|(new, old)| (new - old).abs()).sum();
        scores = next;
        if change == 0.0 || change >= before {
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

fn step(graph: &Graph, out: &[f64], scores: &[f64], damping: f64) -> Vec<f64> {
    let n = graph.n();
    let passed: Vec<f64> =
        scores.iter().zip(out).map(|(score, out)| if *out > 0.0 { score / out } else { 0.0 }).collect();
    let dangling: f64 = scores.iter().zip(out).filter(|(_, out)| **out <= 0.0).map(|(score, _)| score).sum();
    let anywhere = (1.0 - damping + damping * dangling) / n as f64;
    (0..n)
        .map(|actor| {
            let arriving: f64 = graph.incoming().valued(actor).map(|(sender, value)| passed[sender] * value).sum();
            anywhere + damping * arriving
        })
        .collect()
}
