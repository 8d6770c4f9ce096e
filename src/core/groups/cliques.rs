//! Maximal cliques (Bron & Kerbosch 1973, doi:10.1145/362342.362367; in order of degeneracy: Eppstein, Löffler &
//! Strash 2013, doi:10.1145/2543629).

use super::undirected;
use crate::centrality::coreness;
use crate::{Csr, Direction, Graph, Job, Result};

/// How often the request to stop is looked for.
const CHECK: usize = 1 << 12;

/// Lists the sets of at least `least` actors who are all tied to each other, and whom nobody else is tied to all of;
/// larger sets first, among equals in the order of their members.
///
/// # Complexity
/// O(n·d·3^(d ÷ 3)) for the largest coreness d; as many sets as there are.
///
/// # Errors
/// [`Error::Direction`](crate::Error::Direction) for a directed graph; [`Error::Interrupted`](crate::Error::Interrupted).
pub fn cliques(graph: &Graph, least: usize, job: &Job) -> Result<Vec<Vec<u32>>> {
    undirected(graph, "cliques")?;
    let cores = coreness(graph, Direction::All, job)?;
    // Whoever has a lower coreness comes first, so that few come after each.
    let mut order: Vec<u32> = (0..graph.n() as u32).collect();
    order.sort_by_key(|actor| cores[*actor as usize]);
    let mut place = vec![0_u32; graph.n()];
    order.iter().zip(0..).for_each(|(actor, at)| place[*actor as usize] = at);
    let mut search = Search { ties: graph.out(), least: least.max(1), found: Vec::new(), steps: 0, job };
    job.start(graph.n() as u64);
    for &actor in &order {
        let later = |other: &&u32| place[**other as usize] > place[actor as usize];
        let (open, closed): (Vec<u32>, Vec<u32>) =
            search.ties.neighbours(actor as usize).iter().partition(|other| later(other));
        search.grow(&mut vec![actor], open, closed)?;
        job.advance(1);
    }
    let mut found = search.found;
    found.iter_mut().for_each(|clique| clique.sort_unstable());
    found.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    Ok(found)
}

struct Search<'a> {
    ties: &'a Csr,
    least: usize,
    found: Vec<Vec<u32>>,
    steps: usize,
    job: &'a Job,
}

impl Search<'_> {
    fn tied(&self, one: u32, other: u32) -> bool {
        self.ties.neighbours(one as usize).binary_search(&other).is_ok()
    }

    fn among(&self, actor: u32, others: &[u32]) -> Vec<u32> {
        others.iter().copied().filter(|other| self.tied(actor, *other)).collect()
    }

    /// Adds to a clique those of `open` who are tied to all of it; those in `closed` were tried before.
    fn grow(&mut self, clique: &mut Vec<u32>, mut open: Vec<u32>, mut closed: Vec<u32>) -> Result<()> {
        self.steps += 1;
        if self.steps.is_multiple_of(CHECK) {
            self.job.check()?;
        }
        if clique.len() + open.len() < self.least {
            return Ok(());
        }
        if open.is_empty() {
            if closed.is_empty() {
                self.found.push(clique.clone());
            }
            return Ok(());
        }
        // Each maximal clique holds the pivot or somebody who is not tied to it.
        let near = |actor: &u32| open.iter().filter(|other| self.tied(*actor, **other)).count();
        let pivot = open.iter().chain(&closed).copied().max_by_key(near).expect("somebody is open");
        let tried: Vec<u32> = open.iter().copied().filter(|actor| !self.tied(pivot, *actor)).collect();
        for actor in tried {
            let (next, out) = (self.among(actor, &open), self.among(actor, &closed));
            clique.push(actor);
            self.grow(clique, next, out)?;
            clique.pop();
            open.retain(|other| *other != actor);
            closed.push(actor);
        }
        Ok(())
    }
}
