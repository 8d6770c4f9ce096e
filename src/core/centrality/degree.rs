//! Degree and strength (Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Barrat et al. 2004,
//! doi:10.1073/pnas.0400087101).

use crate::{Direction, Graph};

/// Number of ties of each actor; `All` adds arriving and leaving ties of a directed graph.
/// Normalised: ÷ (n − 1), or ÷ 2(n − 1) for `All` in a directed graph.
///
/// # Complexity
/// O(n).
#[must_use]
pub fn degree(graph: &Graph, direction: Direction, normalized: bool) -> Vec<f64> {
    per_actor(graph, direction, normalized, |lists, actor| lists.degree(actor) as f64)
}

/// Sum of the tie values of each actor (1 a tie in a network without values), as [`degree`].
///
/// # Complexity
/// O(n + m).
#[must_use]
pub fn strength(graph: &Graph, direction: Direction) -> Vec<f64> {
    // The sum of nothing is -0, which would show.
    per_actor(graph, direction, false, |lists, actor| 0.0 + lists.valued(actor).map(|(_, value)| value).sum::<f64>())
}

fn per_actor(
    graph: &Graph,
    direction: Direction,
    normalized: bool,
    score: impl Fn(&crate::Csr, usize) -> f64,
) -> Vec<f64> {
    let both = direction == Direction::All && graph.directed();
    let most = (graph.n() as f64 - 1.0) * if both { 2.0 } else { 1.0 };
    let scale = if normalized { most } else { 1.0 };
    let one = |actor: usize| match direction {
        Direction::In => score(graph.incoming(), actor),
        Direction::All if graph.directed() => score(graph.out(), actor) + score(graph.incoming(), actor),
        Direction::Out | Direction::All => score(graph.out(), actor),
    };
    (0..graph.n()).map(|actor| one(actor) / scale).collect()
}
