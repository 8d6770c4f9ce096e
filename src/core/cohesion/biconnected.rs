//! Biconnected components, cut actors and bridges (Hopcroft & Tarjan 1973, doi:10.1145/362248.362272).

use crate::{Error, Graph, Job, Result};

/// How an undirected network falls apart when one actor goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Biconnected {
    /// Every tie once, its smaller index first, in order.
    pub ties: Vec<(u32, u32)>,
    /// The biconnected component of each tie, numbered by decreasing number of ties (equal: by first tie).
    pub component: Vec<u32>,
    /// Actors whose going disconnects others from each other.
    pub cut: Vec<bool>,
}

/// An actor on the way of a depth-first search.
struct Step {
    actor: u32,
    parent: u32,
    next: usize,
}

/// Finds the largest sets of ties of which every two lie on a common cycle; a bridge is one by itself.
///
/// # Complexity
/// O(n + m·log d).
///
/// # Errors
/// [`Error::Direction`] for a directed graph; [`Error::Interrupted`].
pub fn biconnected(graph: &Graph, job: &Job) -> Result<Biconnected> {
    if graph.directed() {
        return Err(Error::Direction {
            measure: "biconnected components",
            needs: "an undirected",
            found: "directed",
            remedy: "Make it undirected with net.symmetrize(...)",
        });
    }
    let (n, lists) = (graph.n(), graph.out());
    let (source, target, _) = graph.list();
    let ties: Vec<(u32, u32)> = source.into_iter().zip(target).collect();
    let number = |a: u32, b: u32| ties.binary_search(&(a.min(b), a.max(b))).unwrap_or(0);
    let mut groups = vec![0_u32; ties.len()];
    let mut found = 0;
    let mut cut = vec![false; n];
    // When an actor was met (from 1), and the earliest that it or those after it have a tie to.
    let (mut met, mut low) = (vec![0_u32; n], vec![0_u32; n]);
    let mut clock = 0;
    let mut pending: Vec<(u32, u32)> = Vec::new();
    for root in 0..n as u32 {
        if met[root as usize] > 0 {
            continue;
        }
        job.check()?;
        clock += 1;
        (met[root as usize], low[root as usize]) = (clock, clock);
        let mut way = vec![Step { actor: root, parent: u32::MAX, next: 0 }];
        let mut branches = 0;
        while let Some(step) = way.last_mut() {
            let (actor, parent) = (step.actor, step.parent);
            if let Some(&other) = lists.neighbours(actor as usize).get(step.next) {
                step.next += 1;
                if met[other as usize] == 0 {
                    clock += 1;
                    (met[other as usize], low[other as usize]) = (clock, clock);
                    pending.push((actor, other));
                    way.push(Step { actor: other, parent: actor, next: 0 });
                } else if other != parent && met[other as usize] < met[actor as usize] {
                    pending.push((actor, other));
                    low[actor as usize] = low[actor as usize].min(met[other as usize]);
                }
                continue;
            }
            way.pop();
            if parent == u32::MAX {
                continue;
            }
            low[parent as usize] = low[parent as usize].min(low[actor as usize]);
            if low[actor as usize] >= met[parent as usize] {
                branches += u32::from(parent == root);
                cut[parent as usize] |= parent != root || branches > 1;
                while let Some((a, b)) = pending.pop() {
                    groups[number(a, b)] = found;
                    if (a, b) == (parent, actor) {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    Ok(Biconnected { component: super::by_size(&groups), ties, cut })
}
