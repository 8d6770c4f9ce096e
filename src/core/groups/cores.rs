//! k-cores (Seidman 1983, doi:10.1016/0378-8733(83)90028-X).

use petgraph::unionfind::UnionFind;

use super::undirected;
use crate::centrality::coreness;
use crate::{Direction, Graph, Job, Result};

/// Lists the k-cores for each k from 1, larger ones first: the largest connected sets of actors of whom each is tied to
/// at least k others of its set.
///
/// # Complexity
/// O(n + m).
///
/// # Errors
/// [`Error::Direction`](crate::Error::Direction) for a directed graph; [`Error::Interrupted`](crate::Error::Interrupted).
pub fn cores(graph: &Graph, job: &Job) -> Result<Vec<(u32, Vec<u32>)>> {
    undirected(graph, "cores")?;
    let number = coreness(graph, Direction::All, job)?;
    let mut order: Vec<u32> = (0..graph.n() as u32).collect();
    order.sort_by_key(|actor| std::cmp::Reverse(number[*actor as usize]));
    let mut sets = UnionFind::<u32>::new(graph.n());
    let (mut found, mut joined) = (Vec::new(), 0);
    for k in (1..=number.iter().copied().max().unwrap_or(0)).rev() {
        job.check()?;
        while let Some(&actor) = order.get(joined).filter(|actor| number[**actor as usize] >= k) {
            for &other in graph.out().neighbours(actor as usize) {
                if number[other as usize] >= k {
                    sets.union(actor, other);
                }
            }
            joined += 1;
        }
        let mut members = order[..joined].to_vec();
        members.sort_unstable_by_key(|actor| (sets.find(*actor), *actor));
        let sets = members.chunk_by(|one, other| sets.find(*one) == sets.find(*other));
        let mut level: Vec<(u32, Vec<u32>)> = sets.map(|set| (k, set.to_vec())).collect();
        level.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        found.push(level);
    }
    found.reverse();
    Ok(found.concat())
}
