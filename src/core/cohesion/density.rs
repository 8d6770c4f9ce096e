//! Density (Wasserman & Faust 1994, p. 101-103).

use crate::Network;

/// Ties ÷ observed dyads (ordered pairs in a directed network), self-ties out; in a valued network
/// the sum of the values ÷ observed dyads. `NaN` where no dyad was observed.
///
/// # Complexity
/// O(n + m).
#[must_use]
pub fn density(network: &Network) -> f64 {
    let graph = network.graph();
    let total = graph.out().values().map_or(graph.out().entries() as f64, |values| 0.0 + values.iter().sum::<f64>());
    let ties = if graph.directed() { total } else { total / 2.0 };
    ties / network.observed_dyads() as f64
}
