//! Dyad census and reciprocity (Wasserman & Faust 1994, p. 510-522).

use crate::Network;
use crate::dyads::{Dyads, MUTUAL};

/// Numbers of unordered pairs of actors, by the ties between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DyadCensus {
    /// Ties both ways.
    pub mutual: u64,
    /// A tie one way.
    pub asymmetric: u64,
    /// No tie.
    pub null: u64,
}

/// Counts the pairs of which both directions were observed. Ties of an undirected network are
/// mutual.
///
/// # Complexity
/// O(n + m + c log m) for c unobserved cells.
#[must_use]
pub fn dyad_census(network: &Network) -> DyadCensus {
    let (n, missing) = (network.n(), network.missing());
    let directed = network.graph().directed();
    let seen = |i: usize, j: usize| {
        missing.is_none() || (missing.observed(directed, i, j) && (!directed || missing.observed(directed, j, i)))
    };
    let dyads = Dyads::new(network.graph());
    let (mut mutual, mut asymmetric) = (0, 0);
    for actor in 0..n {
        for (&partner, &code) in dyads.partners(actor).iter().zip(dyads.codes(actor)) {
            if (partner as usize) > actor && seen(actor, partner as usize) {
                if code == MUTUAL { mutual += 1 } else { asymmetric += 1 }
            }
        }
    }
    DyadCensus { mutual, asymmetric, null: observed_pairs(network) - mutual - asymmetric }
}

/// Unordered pairs of which both directions were observed.
fn observed_pairs(network: &Network) -> u64 {
    let missing = network.missing();
    if !network.graph().directed() {
        return network.observed_dyads();
    }
    let pairs = |k: u64| k * k.saturating_sub(1) / 2;
    // A pair is seen both ways unless an actor in it is marked: any sender or receiver mark hides one direction.
    let unmarked: Vec<bool> =
        (0..network.n()).map(|actor| !missing.sender(actor) && !missing.receiver(actor)).collect();
    let hidden: std::collections::BTreeSet<(u32, u32)> = missing
        .cells()
        .iter()
        .filter(|(i, j)| unmarked[*i as usize] && unmarked[*j as usize])
        .map(|&(i, j)| (i.min(j), i.max(j)))
        .collect();
    pairs(unmarked.iter().filter(|free| **free).count() as u64) - hidden.len() as u64
}

/// Reciprocated ties ÷ ties, in pairs observed both ways; `NaN` without ties.
#[must_use]
pub fn arc_reciprocity(network: &Network) -> f64 {
    let census = dyad_census(network);
    (2 * census.mutual) as f64 / (2 * census.mutual + census.asymmetric) as f64
}

/// Mutual pairs ÷ pairs with a tie, in pairs observed both ways; `NaN` without ties.
#[must_use]
pub fn dyad_reciprocity(network: &Network) -> f64 {
    let census = dyad_census(network);
    census.mutual as f64 / (census.mutual + census.asymmetric) as f64
}
