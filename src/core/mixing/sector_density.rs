//! Ties and observed dyads within and between groups of actors.

use crate::{Error, Missing, Network, Result};

/// Every pair of groups has a cell, so that more groups than this would take gigabytes.
const MOST_GROUPS: usize = 10_000;

/// Counts by group of the sender (row) and group of the receiver (column), row by row; symmetric in
/// an undirected network, where a dyad within a group counts once.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocks {
    /// Number of groups.
    pub groups: usize,
    /// Sum of the tie values (1 a tie in a network without values).
    pub ties: Vec<f64>,
    /// Observed dyads.
    pub dyads: Vec<u64>,
}

/// Sums up the ties and the observed dyads of each pair of groups; `group` holds each actor's group,
/// numbered from 0.
///
/// # Complexity
/// O(n + m + g²).
///
/// # Errors
/// [`Error::Argument`] when `group` does not fit the network, or there are more than 10,000 groups.
pub fn sector_density(network: &Network, group: &[u32]) -> Result<Blocks> {
    let (n, graph) = (network.n(), network.graph());
    if group.len() != n {
        return Err(Error::Argument {
            argument: "by",
            expected: "one group per actor",
            found: format!("{} groups for {n} actors", group.len()),
        });
    }
    let groups = group.iter().max().map_or(0, |largest| *largest as usize + 1);
    if groups > MOST_GROUPS {
        return Err(Error::Argument {
            argument: "by",
            expected: "an attribute of at most 10000 different values",
            found: format!("one of {groups}"),
        });
    }
    let mut ties = vec![0.0; groups * groups];
    for actor in 0..n {
        for (other, value) in graph.out().valued(actor) {
            ties[group[actor] as usize * groups + group[other] as usize] += value;
        }
    }
    if !graph.directed() {
        (0..groups).for_each(|own| ties[own * groups + own] /= 2.0);
    }
    let dyads = observed(network.missing(), graph.directed(), group, groups);
    Ok(Blocks { groups, ties, dyads })
}

/// Observed dyads of each pair of groups: from the marks by counting actors, then less the cells.
fn observed(missing: &Missing, directed: bool, group: &[u32], groups: usize) -> Vec<u64> {
    let count = |chosen: &dyn Fn(usize) -> bool| {
        let mut counts = vec![0_u64; groups];
        (0..group.len()).filter(|actor| chosen(*actor)).for_each(|actor| counts[group[actor] as usize] += 1);
        counts
    };
    let pairs = |k: u64| k * k.saturating_sub(1) / 2;
    let mut dyads = vec![0; groups * groups];
    if directed {
        let senders = count(&|i| !missing.sender(i));
        let receivers = count(&|i| !missing.receiver(i));
        let both = count(&|i| !missing.sender(i) && !missing.receiver(i));
        for (a, from) in senders.iter().enumerate() {
            for (b, to) in receivers.iter().enumerate() {
                dyads[a * groups + b] = from * to - if a == b { both[a] } else { 0 };
            }
        }
    } else {
        let known = count(&|i| !missing.receiver(i));
        let silent = count(&|i| !missing.receiver(i) && missing.sender(i));
        for a in 0..groups {
            for b in 0..groups {
                dyads[a * groups + b] = if a == b {
                    pairs(known[a]) - pairs(silent[a])
                } else {
                    known[a] * known[b] - silent[a] * silent[b]
                };
            }
        }
    }
    for &(i, j) in missing.cells() {
        let (a, b) = (group[i as usize] as usize, group[j as usize] as usize);
        dyads[a * groups + b] -= 1;
        if !directed && a != b {
            dyads[b * groups + a] -= 1;
        }
    }
    dyads
}
