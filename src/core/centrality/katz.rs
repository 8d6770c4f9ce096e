//! Katz status (1953, doi:10.1007/BF02289026).

use super::eigenvector::norm;
use crate::{Error, Graph, Job, Result};

const LIMIT: usize = 100_000;
const TOLERANCE: f64 = 1e-15;

/// Solves x(i) = 1 + α·Σ a(j, i)·x(j) by iteration, which settles when α is below 1 ÷ the largest eigenvalue.
///
/// # Complexity
/// O(m) per iteration.
///
/// # Errors
/// [`Error::Signed`]; [`Error::Argument`] when α is negative; [`Error::Convergence`]; [`Error::Interrupted`].
pub fn katz(graph: &Graph, alpha: f64, job: &Job) -> Result<Vec<f64>> {
    if graph.is_signed() {
        return Err(Error::Signed { measure: "katz" });
    }
    if !(alpha.is_finite() && alpha >= 0.0) {
        return Err(Error::Argument {
            argument: "alpha",
            expected: "a number of at least 0",
            found: alpha.to_string(),
        });
    }
    let incoming = graph.incoming();
    let mut scores = vec![1.0; graph.n()];
    let mut change = f64::INFINITY;
    for round in 1..=LIMIT {
        job.check()?;
        let next: Vec<f64> = (0..graph.n()).map(|actor| 1.0 + alpha * incoming.product(actor, &scores)).collect();
        let step: Vec<f64> = next.iter().zip(&scores).map(|(new, old)| new - old).collect();
        let size = norm(&next);
        change = norm(&step) / size;
        // Scores that outgrow all numbers seem to stand still.
        if !size.is_finite() {
            return Err(diverges(round, f64::INFINITY));
        }
        scores = next;
        if change <= TOLERANCE || scores.is_empty() {
            return Ok(scores);
        }
    }
    Err(diverges(LIMIT, change))
}

fn diverges(iterations: usize, change: f64) -> Error {
    let remedy = "alpha must be below 1 divided by the largest eigenvalue of the network; give a smaller one";
    Error::Convergence { measure: "katz", iterations, change, remedy }
}
