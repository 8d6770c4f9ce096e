//! Maximum flow between actors: how much gets from one to another when a tie carries no more than its
//! capacity (Ford & Fulkerson 1956, doi:10.4153/CJM-1956-045-5), by blocking flows (Dinic 1970).

mod residual;
mod tree;

pub use tree::{Tree, tree};

use crate::{Csr, Error, Graph, Job, Result};

/// What a tie can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// 1, so that flows count paths without a common tie.
    Unit,
    /// The tie's value.
    Value,
}

/// The ties of a graph as arcs there and back, with what each can still carry.
#[derive(Debug, Clone)]
pub struct Flow {
    offsets: Vec<usize>,
    targets: Vec<u32>,
    /// The arc back, of each arc.
    back: Vec<u32>,
    capacity: Vec<f64>,
    left: Vec<f64>,
    level: Vec<u32>,
    next: Vec<usize>,
    queue: Vec<u32>,
}

const FAR: u32 = u32::MAX;

impl Flow {
    /// Lays out the arcs of `graph`.
    ///
    /// # Errors
    /// [`Error::Argument`] when a value that is to be a capacity is negative.
    pub fn new(graph: &Graph, capacity: Capacity) -> Result<Self> {
        let (out, incoming, n) = (graph.out(), graph.incoming(), graph.n());
        let (mut offsets, mut targets, mut capacities) = (vec![0], Vec::new(), Vec::new());
        for actor in 0..n {
            for other in both(out.neighbours(actor), incoming.neighbours(actor)) {
                targets.push(other);
                capacities.push(carries(out, actor, other as usize, capacity)?);
            }
            offsets.push(targets.len());
        }
        let mut back = vec![0; targets.len()];
        for actor in 0..n {
            for arc in offsets[actor]..offsets[actor + 1] {
                let other = targets[arc] as usize;
                let place = targets[offsets[other]..offsets[other + 1]].binary_search(&(actor as u32)).unwrap_or(0);
                back[arc] = (offsets[other] + place) as u32;
            }
        }
        let left = capacities.clone();
        let (level, next, queue) = (vec![FAR; n], vec![0; n], Vec::with_capacity(n));
        Ok(Self { offsets, targets, back, capacity: capacities, left, level, next, queue })
    }

    /// The largest flow from `source` to another actor `target`, past `without` (nobody if it is `None`).
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn most(&mut self, source: usize, target: usize, without: Option<usize>, job: &Job) -> Result<f64> {
        self.left.copy_from_slice(&self.capacity);
        let mut total = 0.0;
        loop {
            job.check()?;
            self.search(source, Some(target), without);
            if self.level[target] == FAR {
                return Ok(total);
            }
            self.next.copy_from_slice(&self.offsets[..self.level.len()]);
            loop {
                let sent = self.push(source, target);
                if sent <= 0.0 {
                    break;
                }
                total += sent;
            }
        }
    }

    /// What the last flow sent through `actor`, which is neither its source nor its target.
    #[must_use]
    pub fn through(&self, actor: usize) -> f64 {
        let arcs = self.offsets[actor]..self.offsets[actor + 1];
        arcs.map(|arc| (self.capacity[arc] - self.left[arc]).max(0.0)).sum()
    }

    /// Whether the source of the last flow can still send something to `actor`: its side of a smallest cut.
    #[must_use]
    pub fn on_source_side(&self, actor: usize) -> bool {
        self.level[actor] != FAR
    }

    /// Distances from `source` over arcs that can still carry something, up to `target`'s.
    fn search(&mut self, source: usize, target: Option<usize>, without: Option<usize>) {
        self.level.fill(FAR);
        self.queue.clear();
        self.queue.push(source as u32);
        self.level[source] = 0;
        let mut first = 0;
        while first < self.queue.len() {
            let actor = self.queue[first] as usize;
            first += 1;
            for arc in self.offsets[actor]..self.offsets[actor + 1] {
                let other = self.targets[arc] as usize;
                if self.left[arc] > 0.0 && self.level[other] == FAR && Some(other) != without {
                    self.level[other] = self.level[actor] + 1;
                    if Some(other) == target {
                        return;
                    }
                    self.queue.push(other as u32);
                }
            }
        }
    }

    /// Sends as much as goes along one shortest way; 0 when there is none left.
    fn push(&mut self, source: usize, target: usize) -> f64 {
        let mut way: Vec<usize> = Vec::new();
        let mut actor = source;
        while actor != target {
            let end = self.offsets[actor + 1];
            let fits = |arc: &usize| {
                let other = self.targets[*arc] as usize;
                self.left[*arc] > 0.0 && self.level[other] != FAR && self.level[other] == self.level[actor] + 1
            };
            if let Some(arc) = (self.next[actor]..end).find(fits) {
                self.next[actor] = arc;
                way.push(arc);
                actor = self.targets[arc] as usize;
                continue;
            }
            self.next[actor] = end;
            let Some(arc) = way.pop() else { return 0.0 };
            actor = self.targets[self.back[arc] as usize] as usize;
            self.next[actor] += 1;
        }
        let sent = way.iter().map(|arc| self.left[*arc]).fold(f64::INFINITY, f64::min);
        for arc in way {
            self.left[arc] -= sent;
            self.left[self.back[arc] as usize] += sent;
        }
        sent
    }
}

/// What the tie from `actor` to `other` carries; nothing where there is none.
fn carries(out: &Csr, actor: usize, other: usize, capacity: Capacity) -> Result<f64> {
    match (out.value(actor, other), capacity) {
        (None, _) => Ok(0.0),
        (Some(_), Capacity::Unit) => Ok(1.0),
        (Some(value), Capacity::Value) if value >= 0.0 => Ok(value),
        (Some(_), Capacity::Value) => Err(Error::Signed { measure: "maximum flow" }),
    }
}

/// The members of either of two sorted lists, in order.
fn both<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        let least = match (a.get(i), b.get(j)) {
            (Some(&x), Some(&y)) => x.min(y),
            (Some(&x), None) => x,
            (None, Some(&y)) => y,
            (None, None) => return None,
        };
        i += usize::from(a.get(i) == Some(&least));
        j += usize::from(b.get(j) == Some(&least));
        Some(least)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_is_a_smallest_cut() {
        // 0 → 1 (3), 0 → 2 (2), 1 → 2 (1), 1 → 3 (2), 2 → 3 (2).
        let out = Csr::new(vec![0, 2, 4, 5, 5], vec![1, 2, 2, 3, 3], Some(vec![3.0, 2.0, 1.0, 2.0, 2.0]));
        let graph = Graph::new(true, out, vec![]);
        let mut flow = Flow::new(&graph, Capacity::Value).unwrap();
        let job = Job::inline();
        assert_eq!(flow.most(0, 3, None, &job), Ok(4.0));
        assert_eq!(flow.most(0, 3, Some(1), &job), Ok(2.0));
        assert_eq!(flow.most(3, 0, None, &job), Ok(0.0));
        let mut paths = Flow::new(&graph, Capacity::Unit).unwrap();
        assert_eq!(paths.most(0, 3, None, &job), Ok(2.0));
        assert!((paths.through(1) - 1.0).abs() < 1e-12);
    }
}
