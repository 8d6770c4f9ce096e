//! Average degree of an actor's partners (Pastor-Satorras, Vázquez & Vespignani 2001, doi:10.1103/PhysRevLett.87.258701).

use super::degree::degree;
use crate::paths::lists;
use crate::{Direction, Graph};

/// The mean degree in `direction` of those that an actor has ties with in that direction; `NaN` without any.
#[must_use]
pub fn average_neighbour_degree(graph: &Graph, direction: Direction) -> Vec<f64> {
    let lists = lists(graph, direction);
    let degrees = degree(graph, direction, false);
    let mean = |actor: usize| {
        let partners = lists.neighbours(actor);
        partners.iter().map(|partner| degrees[*partner as usize]).sum::<f64>() / partners.len() as f64
    };
    (0..graph.n()).map(mean).collect()
}
