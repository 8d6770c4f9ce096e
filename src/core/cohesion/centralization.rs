//! Centralization (Freeman 1978, doi:10.1016/0378-8733(78)90021-7): the summed lead of the most
//! central actor, against the largest that a network of its size can have.

use crate::centrality::{Unreachable, betweenness, closeness, degree};
use crate::cohesion::{Connectivity, components};
use crate::paths::totals;
use crate::{Direction, Error, Graph, Job, Result};

/// Centralization of degree, closeness or betweenness, `NaN` where it is undefined: below three
/// actors (two for the degrees of a directed network), and for closeness in an undirected network
/// that is not connected.
///
/// # Complexity
/// That of the measure.
///
/// # Errors
/// [`Error::Argument`] for another measure, or closeness without direction in a directed network;
/// [`Error::Interrupted`].
pub fn centralization_of(graph: &Graph, measure: &str, direction: Direction, job: &Job) -> Result<f64> {
    let (n, directed) = (graph.n(), graph.directed());
    let refuse = |argument, expected, found: &str| Err(Error::Argument { argument, expected, found: found.into() });
    let (scores, maximum) = match measure {
        "degree" => (degree(graph, direction, false), degree_maximum(n, directed, direction)),
        "betweenness" => (betweenness(graph, false, job)?, betweenness_maximum(n, directed)),
        "closeness" if directed && direction == Direction::All => {
            return refuse("mode", "\"in\" or \"out\" for the closeness of a directed network", "\"all\"");
        }
        "closeness" if !directed && components(graph, Connectivity::Weak).iter().any(|component| *component > 0) => {
            return Ok(f64::NAN);
        }
        "closeness" => {
            let totals = totals(graph, direction, None, job)?;
            (closeness(&totals, Unreachable::N), closeness_maximum(n, directed))
        }
        _ => return refuse("measure", "\"degree\", \"closeness\" or \"betweenness\"", measure),
    };
    Ok(centralization(&scores, maximum))
}

/// Sum of (largest score − score) ÷ `maximum`; `NaN` where a score is, or where the maximum is 0.
#[must_use]
pub fn centralization(scores: &[f64], maximum: f64) -> f64 {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lead: f64 = scores.iter().map(|score| largest - score).sum();
    if maximum > 0.0 { lead / maximum } else { f64::NAN }
}

/// The largest sum for raw degree: a star (mutual where direction counts for `All`), or, for `In`
/// and `Out`, a star whose ties all point one way.
#[must_use]
pub fn degree_maximum(n: usize, directed: bool, direction: Direction) -> f64 {
    let n = n as f64;
    match (directed, direction) {
        (false, _) => (n - 1.0) * (n - 2.0),
        (true, Direction::All) => 2.0 * (n - 1.0) * (n - 2.0),
        (true, _) => (n - 1.0) * (n - 1.0),
    }
}

/// The largest sum for closeness that counts an unreachable actor as n steps away; undirected: among
/// connected networks. A star, in a directed network with all ties pointing one way.
#[must_use]
pub fn closeness_maximum(n: usize, directed: bool) -> f64 {
    let n = n as f64;
    if directed { (n - 1.0) * (1.0 - 1.0 / n) } else { (n - 1.0) * (n - 2.0) / (2.0 * n - 3.0) }
}

/// The largest sum for raw betweenness: a star, in a directed network with mutual ties.
#[must_use]
pub fn betweenness_maximum(n: usize, directed: bool) -> f64 {
    let n = n as f64;
    (n - 1.0) * (n - 1.0) * (n - 2.0) / if directed { 1.0 } else { 2.0 }
}
