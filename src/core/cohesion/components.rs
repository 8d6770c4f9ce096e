//! Components (Wasserman & Faust 1994, p. 109-110).

use petgraph::algo::kosaraju_scc;
use petgraph::unionfind::UnionFind;

use crate::Graph;

/// What holds a component together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// A path, whatever the direction of its ties.
    Weak,
    /// A directed path each way.
    Strong,
}

/// Component of each actor, numbered from 0 by decreasing size (equal sizes: by first actor). The
/// two kinds are the same in an undirected graph.
///
/// # Complexity
/// O(n + m).
#[must_use]
pub fn components(graph: &Graph, kind: Connectivity) -> Vec<u32> {
    if kind == Connectivity::Strong && graph.directed() {
        let mut membership = vec![0; graph.n()];
        for (component, members) in kosaraju_scc(graph).iter().enumerate() {
            members.iter().for_each(|actor| membership[*actor as usize] = component as u32);
        }
        return by_size(&membership);
    }
    let mut sets = UnionFind::<u32>::new(graph.n());
    for actor in 0..graph.n() {
        for &other in graph.out().neighbours(actor) {
            sets.union(actor as u32, other);
        }
    }
    by_size(&sets.into_labeling())
}

/// Renumbers groups by decreasing size, equal sizes by their first member.
pub(crate) fn by_size(groups: &[u32]) -> Vec<u32> {
    let count = groups.iter().max().map_or(0, |largest| *largest as usize + 1);
    let (mut sizes, mut first) = (vec![0_usize; count], vec![usize::MAX; count]);
    for (member, &group) in groups.iter().enumerate() {
        sizes[group as usize] += 1;
        first[group as usize] = first[group as usize].min(member);
    }
    let mut order: Vec<usize> = (0..count).filter(|group| sizes[*group] > 0).collect();
    order.sort_unstable_by_key(|&group| (std::cmp::Reverse(sizes[group]), first[group]));
    let mut number = vec![0_u32; count];
    order.iter().enumerate().for_each(|(position, group)| number[*group] = position as u32);
    groups.iter().map(|group| number[*group as usize]).collect()
}
