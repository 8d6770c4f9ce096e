//! Eigenvector centrality (Bonacich 1972, doi:10.1080/0022250X.1972.9989806).

use crate::cohesion::{Connectivity, components};
use crate::{Csr, Error, Graph, Job, Result};

/// How the scores are scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The largest score is 1.
    Max,
    /// The scores have Euclidean norm 1.
    Norm,
}

/// Iterations after which a call gives up.
const LIMIT: usize = 100_000;
/// The residual |Ax − λx| at which an iteration has converged, relative to λ|x|.
const TOLERANCE: f64 = 1e-13;
/// Components whose eigenvalues differ by less, relatively, count as equal.
const EQUAL: f64 = 1e-10;

/// Scores x such that λ·x(i) is the sum of a(j, i)·x(j) over the senders j of ties to i, for the largest λ:
/// the limit of the power iteration from equal scores.
///
/// In an undirected graph each component is solved by itself: actors outside the components with
/// the largest λ get 0; components that share it get the weights that equal starting scores give.
/// A directed graph without any cycle has no such λ above 0: every score is `NaN`. So too in a
/// graph without ties.
///
/// # Complexity
/// O(m) per iteration; the number of iterations grows as λ and the next eigenvalue come close.
///
/// # Errors
/// [`Error::Signed`]; [`Error::Convergence`]; [`Error::Interrupted`].
pub fn eigenvector(graph: &Graph, scale: Scale, job: &Job) -> Result<Vec<f64>> {
    if graph.is_signed() {
        return Err(Error::Signed { measure: "eigenvector" });
    }
    let scores = if graph.directed() { directed(graph, job)? } else { undirected(graph, job)? };
    let size = match scale {
        Scale::Max => scores.iter().copied().fold(0.0, f64::max),
        Scale::Norm => norm(&scores),
    };
    Ok(scores.into_iter().map(|score| score / size).collect())
}

/// `NaN` everywhere, through the division by a size of 0.
fn undefined(n: usize) -> Vec<f64> {
    vec![0.0; n]
}

fn directed(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let strong = components(graph, Connectivity::Strong);
    if strong.iter().max().is_none_or(|largest| *largest as usize + 1 == graph.n()) {
        return Ok(undefined(graph.n()));
    }
    let everyone: Vec<u32> = (0..graph.n() as u32).collect();
    Ok(principal(graph.incoming(), &everyone, job)?.scores)
}

fn undirected(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (actor, component) in components(graph, Connectivity::Weak).into_iter().enumerate() {
        members.resize(members.len().max(component as usize + 1), Vec::new());
        members[component as usize].push(actor as u32);
    }
    members.retain(|actors| actors.len() > 1);
    let solved: Vec<Principal> =
        members.iter().map(|actors| principal(graph.out(), actors, job)).collect::<Result<_>>()?;
    let largest = solved.iter().map(|one| one.value).fold(0.0, f64::max);
    let mut scores = undefined(graph.n());
    for (one, actors) in solved.iter().zip(&members) {
        if one.value >= largest * (1.0 - EQUAL) {
            // The projection of (1, …, 1) on the component's unit eigenvector.
            let weight: f64 = actors.iter().map(|actor| one.scores[*actor as usize]).sum();
            actors.iter().for_each(|actor| scores[*actor as usize] = weight * one.scores[*actor as usize]);
        }
    }
    Ok(scores)
}

struct Principal {
    value: f64,
    scores: Vec<f64>,
}

/// Power iteration on the rows of `actors`, a set closed under `lists`, with a shift of λ/4 that
/// breaks the period of bipartite graphs and rings. Scores have norm 1 and are 0 elsewhere.
fn principal(lists: &Csr, actors: &[u32], job: &Job) -> Result<Principal> {
    let mut scores = vec![0.0; lists.n()];
    let start = (actors.len() as f64).sqrt().recip();
    actors.iter().for_each(|actor| scores[*actor as usize] = start);
    let mut product = vec![0.0; lists.n()];
    let mut change = f64::INFINITY;
    for _ in 0..LIMIT {
        job.check()?;
        for &actor in actors {
            product[actor as usize] = lists.valued(actor as usize).map(|(other, value)| value * scores[other]).sum();
        }
        let value = norm_of(&product, actors);
        let residual = actors.iter().map(|actor| (product[*actor as usize] - value * scores[*actor as usize]).powi(2));
        change = residual.sum::<f64>().sqrt() / value;
        if change <= TOLERANCE {
            return Ok(Principal { value, scores });
        }
        for &actor in actors {
            product[actor as usize] += value / 4.0 * scores[actor as usize];
        }
        let size = norm_of(&product, actors);
        actors.iter().for_each(|actor| scores[*actor as usize] = product[*actor as usize] / size);
    }
    Err(Error::Convergence {
        measure: "eigenvector",
        iterations: LIMIT,
        change,
        remedy: "The two largest eigenvalues are (nearly) equal; look at net.largest_component(), or use pagerank",
    })
}

fn norm_of(scores: &[f64], actors: &[u32]) -> f64 {
    actors.iter().map(|actor| scores[*actor as usize].powi(2)).sum::<f64>().sqrt()
}

fn norm(scores: &[f64]) -> f64 {
    scores.iter().map(|score| score * score).sum::<f64>().sqrt()
}
