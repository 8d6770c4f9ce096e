//! Eigenvector centrality (Bonacich 1972, doi:10.1080/0022250X.1972.9989806).

use petgraph::algo::kosaraju_scc;

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
/// The shift of a slow iteration, as a share of λ, and how little the residual must fall to call it slow.
const SHIFT: f64 = 0.25;
const SLOW: f64 = 0.5;
/// Components whose eigenvalues differ by less, relatively, count as equal.
const EQUAL: f64 = 1e-10;

/// Scores x such that λ·x(i) is the sum of a(j, i)·x(j) over the senders j of ties to i, for the largest λ:
/// the limit of the power iteration from equal scores.
///
/// In an undirected graph each component is solved by itself: actors outside the components with
/// the largest λ get 0; components that share it get the weights that equal starting scores give. A
/// directed graph is solved by strong components. Without any cycle it has no λ above 0: every score is
/// `NaN`. So too in a graph without ties.
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

/// The limit is carried by the strong components with the largest λ ("basic classes"). Where such a
/// class can be reached from another, scores grow fastest at the end of the longest chain of them, and
/// plain iteration would only creep there: so the chain is followed class by class.
fn directed(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    // In reverse topological order: no ties from an earlier component to a later one.
    let strong: Vec<Vec<u32>> = kosaraju_scc(graph).into_iter().rev().collect();
    let mut solved: Vec<Option<Principal>> = Vec::with_capacity(strong.len());
    for members in &strong {
        let start = unit(n, members);
        solved.push(if members.len() > 1 { Some(principal(graph.incoming(), members, start, job)?) } else { None });
    }
    let largest = solved.iter().flatten().map(|one| one.value).fold(0.0, f64::max);
    if largest == 0.0 {
        return Ok(undefined(n));
    }
    if let [Some(only)] = solved.as_mut_slice() {
        return Ok(std::mem::take(&mut only.scores));
    }
    let basic = |class: usize| solved[class].as_ref().is_some_and(|one| one.value >= largest * (1.0 - EQUAL));
    // Level of an actor: most basic classes on a way that ends there.
    let mut level = vec![0_usize; n];
    for (class, members) in strong.iter().enumerate() {
        let senders = members.iter().flat_map(|actor| graph.incoming().neighbours(*actor as usize));
        let own = senders.map(|sender| level[*sender as usize]).max().unwrap_or(0) + usize::from(basic(class));
        members.iter().for_each(|actor| level[*actor as usize] = own);
    }
    let up_to_one: Vec<u32> = (0..n as u32).filter(|actor| level[*actor as usize] <= 1).collect();
    let mut scores = principal(graph.incoming(), &up_to_one, unit(n, &up_to_one), job)?.scores;
    for height in 2..=level.iter().copied().max().unwrap_or(0) {
        let mut start = undefined(n);
        for (class, members) in strong.iter().enumerate() {
            let Some(one) = solved[class].as_ref().filter(|_| basic(class) && level[members[0] as usize] == height)
            else {
                continue;
            };
            // What arrives from the level below, seen through the class's other eigenvector.
            let other = principal(graph.out(), members, unit(n, members), job)?.scores;
            let arriving = |actor: usize| graph.incoming().product(actor, &scores);
            let inside: f64 = members.iter().map(|i| other[*i as usize] * one.scores[*i as usize]).sum();
            let coupling: f64 =
                members.iter().map(|i| other[*i as usize] * arriving(*i as usize)).sum::<f64>() / inside;
            members.iter().for_each(|actor| start[*actor as usize] = coupling * one.scores[*actor as usize]);
        }
        let actors: Vec<u32> = (0..n as u32).filter(|actor| level[*actor as usize] == height).collect();
        scores = principal(graph.incoming(), &actors, start, job)?.scores;
    }
    Ok(scores)
}

/// Equal scores of norm 1 for some actors.
fn unit(n: usize, actors: &[u32]) -> Vec<f64> {
    let mut scores = undefined(n);
    let share = (actors.len() as f64).sqrt().recip();
    actors.iter().for_each(|actor| scores[*actor as usize] = share);
    scores
}

pub(super) fn undirected(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (actor, component) in components(graph, Connectivity::Weak).into_iter().enumerate() {
        members.resize(members.len().max(component as usize + 1), Vec::new());
        members[component as usize].push(actor as u32);
    }
    members.retain(|actors| actors.len() > 1);
    let solved: Vec<Principal> = members
        .iter()
        .map(|actors| principal(graph.out(), actors, unit(graph.n(), actors), job))
        .collect::<Result<_>>()?;
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

/// Power iteration among `actors` from the scores `start` (0 elsewhere). Where it settles slowly, a shift
/// of λ/4 breaks the period of bipartite graphs and rings. The result has norm 1.
fn principal(lists: &Csr, actors: &[u32], start: Vec<f64>, job: &Job) -> Result<Principal> {
    let size = norm_of(&start, actors);
    let mut scores: Vec<f64> = start.into_iter().map(|score| score / size).collect();
    let mut product = vec![0.0; lists.n()];
    let (mut change, mut shift) = (f64::INFINITY, 0.0);
    for _ in 0..LIMIT {
        job.check()?;
        for &actor in actors {
            product[actor as usize] = lists.product(actor as usize, &scores);
        }
        let value = norm_of(&product, actors);
        let residual = actors.iter().map(|actor| (product[*actor as usize] - value * scores[*actor as usize]).powi(2));
        let before = change;
        change = residual.sum::<f64>().sqrt() / value;
        if change <= TOLERANCE {
            return Ok(Principal { value, scores });
        }
        if change > SLOW * before {
            shift = SHIFT;
        }
        for &actor in actors {
            product[actor as usize] += shift * value * scores[actor as usize];
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

pub(super) fn norm(scores: &[f64]) -> f64 {
    scores.iter().map(|score| score * score).sum::<f64>().sqrt()
}
